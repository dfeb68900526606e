/* SPDX-License-Identifier: Apache-2.0 */
/* The words of an expression, one at a time and without memory: what follows an offset. */
#ifndef TUOYU_FEEL_LEXER_H
#define TUOYU_FEEL_LEXER_H

#include "base/diagnostics.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WRONG, /* lexer_explain() says what */
    TOKEN_NAME,  /* one word of a name; also each keyword */
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_AT_STRING, /* @"…", as a whole */
    TOKEN_LEFT_PARENTHESIS,
    TOKEN_RIGHT_PARENTHESIS,
    TOKEN_LEFT_BRACKET,
    TOKEN_RIGHT_BRACKET,
    TOKEN_LEFT_BRACE,
    TOKEN_RIGHT_BRACE,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_DOT,
    TOKEN_DOT_DOT,
    TOKEN_QUESTION,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_STAR,
    TOKEN_STAR_STAR,
    TOKEN_SLASH,
    TOKEN_ARROW,
    TOKEN_EQUAL,
    TOKEN_NOT_EQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL
};

/* Words that have a meaning of their own at the places the grammar gives them. */
enum keyword {
    KEYWORD_NONE,
    KEYWORD_AND,
    KEYWORD_BETWEEN,
    KEYWORD_ELSE,
    KEYWORD_EVERY,
    KEYWORD_EXTERNAL,
    KEYWORD_FALSE,
    KEYWORD_FOR,
    KEYWORD_FUNCTION,
    KEYWORD_IF,
    KEYWORD_IN,
    KEYWORD_INSTANCE,
    KEYWORD_NOT,
    KEYWORD_NULL,
    KEYWORD_OF,
    KEYWORD_OR,
    KEYWORD_RETURN,
    KEYWORD_SATISFIES,
    KEYWORD_SOME,
    KEYWORD_THEN,
    KEYWORD_TRUE
};

struct token {
    uint8_t kind, keyword;
    uint32_t offset, length;
};

/* The token at or after offset; white space and comments are passed over. */
struct token lexer_next(struct text text, uint32_t offset);
/* Reports what is wrong with a TOKEN_WRONG at its place. */
tuoyu_status lexer_explain(struct text text, struct token token, struct location where,
                           tuoyu_diagnostics *diagnostics);
/* The text that the string between the quotes stands for. TUOYU_OK, TUOYU_ERROR_SYNTAX (then *bad is the
 * offset of the escape that is no character) or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status lexer_unescape(struct arena *arena, struct text quoted, struct text *out, uint32_t *bad);
/* What a person calls it: `)`, `the end`, a name in quotes; ended by NUL. */
void lexer_describe(struct text text, struct token token, char description[64]);
/* Letters, digits and what else may stand in a word. */
bool lexer_is_name_start(uint32_t code_point);
bool lexer_is_name_part(uint32_t code_point);

#endif
