/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the token ahead, at what stands before it, and at the bracket that it stands in. */
#include "feel/syntax_hints.h"

#include "feel/name_hints.h"

/* ---- What stands before ---- */

/* Whether the text before the token ahead, without white space, ends with these bytes. */
static bool follows(const struct parser *parser, struct text end)
{
    return parser->end >= end.length &&
           text_equals(text_slice(parser->text, parser->end - end.length, parser->end), end);
}

/* Whether a digit ends what was taken last. */
static bool follows_digit(const struct parser *parser)
{
    char last = parser->end > 0 ? parser->text.bytes[parser->end - 1] : '\0';
    return last >= '0' && last <= '9';
}

/* Whether the word, with the space behind it, stands somewhere before the token ahead. */
static bool has_word(const struct parser *parser, struct text word)
{
    for (size_t i = 0; i + word.length <= parser->token.offset; i++)
        if ((i == 0 || parser->text.bytes[i - 1] == ' ' || parser->text.bytes[i - 1] == '(') &&
            text_equals(text_slice(parser->text, i, i + word.length), word))
            return true;
    return false;
}

/* Where the innermost bracket opens that is not closed before the token ahead; the length of the text where
 * there is none. Brackets in texts are counted too, which a hint can bear. */
static size_t innermost_bracket(const struct parser *parser)
{
    unsigned closed = 0;
    for (size_t i = parser->token.offset; i > 0; i--) {
        char c = parser->text.bytes[i - 1];
        if (c == ')' || c == ']')
            closed++;
        else if ((c == '(' || c == '[') && closed-- == 0)
            return i - 1;
    }
    return parser->text.length;
}

/* Whether the bracket at an offset is the `(` of `if (`. */
static bool opens_if(const struct parser *parser, size_t bracket)
{
    struct text before = text_trim(text_slice(parser->text, 0, bracket));
    bool is_word =
        before.length >= 2 && text_equals(text_slice(before, before.length - 2, before.length), TEXT("if"));
    return is_word && parser->text.bytes[bracket] == '(' &&
           (before.length == 2 || before.bytes[before.length - 3] == ' ' ||
            before.bytes[before.length - 3] == '(');
}

/* ---- Tokens ---- */

/* Whether the token ahead, a comma, stands between digits, as in 1,800. */
static bool stands_in_number(const struct parser *parser)
{
    size_t offset = parser->token.offset;
    if (offset == 0 || offset + 1 >= parser->text.length)
        return false;
    char before = parser->text.bytes[offset - 1], after = parser->text.bytes[offset + 1];
    return before >= '0' && before <= '9' && after >= '0' && after <= '9';
}

static struct text hint_for_comma(const struct parser *parser)
{
    size_t bracket = innermost_bracket(parser);
    if (has_word(parser, TEXT("between ")))
        return TEXT("write `between low and high`");
    if (bracket < parser->text.length && opens_if(parser, bracket))
        return TEXT("write `if condition then value else other`");
    if (stands_in_number(parser))
        return TEXT("a number has no commas");
    if (bracket == parser->text.length)
        return TEXT("conditions are joined by `and` or `or`");
    return TEXT("");
}

static struct text hint_for_name(const struct parser *parser)
{
    struct text word =
        text_slice(parser->text, parser->token.offset, parser->token.offset + parser->token.length);
    struct text hint = parser->token.keyword == KEYWORD_NONE ? hint_for_operator(word) : TEXT("");
    if (hint.length)
        return hint;
    if (parser->token.keyword == KEYWORD_ELSE && parser->options->is_unary_tests)
        return TEXT("in a cell `-` takes whatever is left; what comes out where no row fits is `default:`");
    if (parser->end == 0)
        return TEXT("");
    if (parser->token.keyword == KEYWORD_IF)
        return TEXT("write `if condition then value else other`");
    if (follows(parser, TEXT("not")))
        return TEXT("write `not(condition)`");
    if (follows_digit(parser) && parser->token.offset == parser->end)
        return TEXT("a number stands without its unit, which is declared by `unit:`");
    return TEXT("is a `,`, a `\"` or an operator missing before it?");
}

struct text hint_for_token(const struct parser *parser)
{
    switch (parser->token.kind) {
    case TOKEN_NAME: return hint_for_name(parser);
    case TOKEN_COMMA: return hint_for_comma(parser);
    case TOKEN_DOT_DOT: return TEXT("a range stands in brackets: `[1..10]`, or `[1..10)` without its end");
    case TOKEN_QUESTION: return TEXT("write `if condition then value else other`");
    case TOKEN_GREATER: return follows(parser, TEXT("<")) ? TEXT("write `!=`") : TEXT("");
    case TOKEN_LESS: return follows(parser, TEXT("=")) ? TEXT("write `<=`") : TEXT("");
    case TOKEN_EQUAL: return follows(parser, TEXT("=")) ? TEXT("write `=` for equal") : TEXT("");
    case TOKEN_RIGHT_PARENTHESIS: {
        size_t bracket = innermost_bracket(parser);
        bool is_range = bracket < parser->text.length && parser->text.bytes[bracket] == '[';
        return is_range ? TEXT("a range has `..` between its ends: `[1..10)`") : TEXT("");
    }
    case TOKEN_END:
        return follows(parser, TEXT(","))      ? TEXT("remove the last `,`")
               : has_word(parser, TEXT("if ")) ? TEXT("write `if condition then value else other`")
                                               : TEXT("");
    default: return TEXT("");
    }
}
