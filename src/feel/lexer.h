/* SPDX-License-Identifier: Apache-2.0 */
/* The tokens of an expression, read one at a time from an offset, without allocating. */
#ifndef TUOYU_FEEL_LEXER_H
#define TUOYU_FEEL_LEXER_H

#include "base/diagnostics.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WRONG, /* no token; lexer_explain() says why */
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

/* Words with a meaning of their own where the grammar has them; elsewhere they are parts of names. */
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

/* The token at or after an offset, behind white space and comments. At the end it is TOKEN_END. */
struct token lexer_next(struct text text, uint32_t offset);
/* Reports what is wrong with a TOKEN_WRONG, at `where`. Returns the error's code. */
tuoyu_status lexer_explain(struct text text, struct token token, struct location where,
                           tuoyu_diagnostics *diagnostics);
/* Decodes the escapes in the text between a string's quotes; without escapes *out is that text itself.
 * TUOYU_OK, TUOYU_ERROR_SYNTAX with *bad the offset of an escape that is no character, or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status lexer_unescape(struct arena *arena, struct text quoted, struct text *out, uint32_t *bad);
/* Writes what a person calls the token: `)`, `the end`, a name in quotes; ended by NUL. */
void lexer_describe(struct text text, struct token token, char description[64]);
/* Whether a name may begin with the character, and whether it may go on with it. */
bool lexer_is_name_start(uint32_t code_point);
bool lexer_is_name_part(uint32_t code_point);

#endif
