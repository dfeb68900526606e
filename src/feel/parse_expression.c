/* SPDX-License-Identifier: Apache-2.0 */
/* Parses operators by precedence, and the operands between them: literals, names, paths, filters. */
#include <assert.h>
#include <string.h>

#include "feel/parser.h"
#include "feel/temporal_literal.h"

enum precedence {
    PRECEDENCE_OR = 1,
    PRECEDENCE_AND,
    PRECEDENCE_COMPARISON,
    PRECEDENCE_SUM,
    PRECEDENCE_PRODUCT,
    PRECEDENCE_POWER
};

/* Parses operands joined by operators of at least this precedence. NULL after an error. */
static const struct node *parse_binary(struct parser *parser, int least);

/* ---- Literals ---- */

/* The literal of the number token ahead. NULL after an error, also if 34 digits do not hold it. */
static const struct node *parse_number(struct parser *parser)
{
    struct token token = parser->token;
    tuoyu_decimal number;
    tuoyu_status status =
        decimal_parse(parser_slice(parser, token.offset, token.offset + token.length), &number);
    if (status != TUOYU_OK) {
        parser_fail(parser, status, token.offset, token.length, TEXT(""), "%s",
                    status == TUOYU_ERROR_OVERFLOW ? "a number of more than 34 digits, or too large"
                                                   : "not a number");
        return NULL;
    }
    parser_advance(parser);
    return parser_literal(parser, token.offset, value_number(number));
}

/* Decodes the string token whose opening quote is at this offset, and takes it. Returns false after an
 * error. */
static bool parse_string_text(struct parser *parser, struct token token, uint32_t quote, struct text *out)
{
    uint32_t bad = 0;
    struct text quoted = parser_slice(parser, quote + 1, token.offset + token.length - 1);
    tuoyu_status status = lexer_unescape(parser->arena, quoted, out, &bad);
    if (status == TUOYU_ERROR_NO_MEMORY)
        parser_fail_memory(parser);
    else if (status != TUOYU_OK)
        parser_fail(parser, status, quote + 1 + bad, 2, TEXT("write \\uXXXX, or \\UXXXXXX beyond U+FFFF"),
                    "this escape is no character");
    parser_advance(parser);
    return parser->status == TUOYU_OK;
}

/* The literal of the string token ahead. NULL after an error. */
static const struct node *parse_string(struct parser *parser)
{
    struct token token = parser->token;
    struct text text;
    if (!parse_string_text(parser, token, token.offset, &text))
        return NULL;
    return parser_literal(parser, token.offset, value_string(text));
}

/* @"2025-01-31" is a date, time, date and time or duration, as its form says. A text of no such form is null,
 * as the standard says, but reported as a mistake. NULL after an error. */
static const struct node *parse_at_string(struct parser *parser)
{
    struct token token = parser->token;
    uint32_t quote = token.offset + 1;
    while (parser->text.bytes[quote] != '"')
        quote++;
    struct text text;
    if (!parse_string_text(parser, token, quote, &text))
        return NULL;
    struct value value;
    tuoyu_status status = temporal_literal_parse(parser->arena, text, &value);
    if (status == TUOYU_OK)
        return parser_literal(parser, token.offset, value);
    if (status == TUOYU_ERROR_NO_MEMORY) {
        parser_fail_memory(parser);
        return NULL;
    }
    return parser_error_node(
        parser, status, token.offset,
        message_text(parser->arena, "@\"%.*s\" is no date, time or duration", TEXT_ARGUMENTS(text)));
}

/* Takes the keyword ahead, which stands for this value. NULL if memory is refused. */
static const struct node *parse_constant(struct parser *parser, struct value value)
{
    uint32_t from = parser->token.offset;
    parser_advance(parser);
    return parser_literal(parser, from, value);
}

/* ---- What operators stand between ---- */

/* Parses what begins with a name or a keyword. NULL after an error. */
static const struct node *parse_word(struct parser *parser)
{
    switch (parser->token.keyword) {
    case KEYWORD_TRUE: return parse_constant(parser, value_boolean(true));
    case KEYWORD_FALSE: return parse_constant(parser, value_boolean(false));
    case KEYWORD_NULL: return parse_constant(parser, VALUE_NOTHING);
    case KEYWORD_IF: return parse_if(parser);
    case KEYWORD_FOR: return parse_for(parser);
    case KEYWORD_SOME:
    case KEYWORD_EVERY: return parse_quantified(parser);
    case KEYWORD_FUNCTION: return parse_function(parser);
    case KEYWORD_NONE:
    case KEYWORD_NOT:
    case KEYWORD_EXTERNAL:
    case KEYWORD_OF: return parse_name(parser);
    default: parser_fail_expected(parser, "an expression"); return NULL;
    }
}

/* Parses `?`. NULL if memory is refused. */
static const struct node *parse_input(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    parser_advance(parser);
    parser->uses_input = true;
    return parser_node(parser, NODE_INPUT, from, 0);
}

/* Parses an operand without what may follow it (paths, filters, calls). NULL after an error. */
static const struct node *parse_primary(struct parser *parser)
{
    switch (parser->token.kind) {
    case TOKEN_NUMBER: return parse_number(parser);
    case TOKEN_STRING: return parse_string(parser);
    case TOKEN_AT_STRING: return parse_at_string(parser);
    case TOKEN_NAME: return parse_word(parser);
    case TOKEN_QUESTION: return parse_input(parser);
    case TOKEN_LEFT_PARENTHESIS: return parse_parenthesis(parser);
    case TOKEN_LEFT_BRACKET: return parse_bracket(parser);
    case TOKEN_RIGHT_BRACKET: return parse_reversed_bracket(parser);
    case TOKEN_LEFT_BRACE: return parse_context(parser);
    default: parser_fail_expected(parser, "an expression"); return NULL;
    }
}

/* Parses the name in value.name; the dot has been taken. from is where the value begins. NULL after an
 * error. */
static const struct node *parse_path(struct parser *parser, uint32_t from, const struct node *value)
{
    struct text name;
    if (!parse_path_name(parser, &name))
        return NULL;
    struct node *node = parser_node(parser, NODE_PATH, from, 1);
    if (!node)
        return NULL;
    node->name = name;
    node->children[0] = value;
    return parser_finish(parser, node);
}

/* Parses the filter of a list; its `[` has been taken. NULL after an error. */
static const struct node *parse_filter(struct parser *parser, uint32_t from, const struct node *list)
{
    if (!parser_enter(parser))
        return NULL;
    bool closes_range = parser->closes_range;
    parser->closes_range = false;
    uint32_t bindings = parser->binding_count;
    struct filter_scope filter = {.serial = bindings + 1, .outer = parser->filter};
    const struct binding *item = scope_bind(parser, TEXT("item"));
    if (!item)
        return NULL;
    filter.slot = item->slot;
    parser->filter = &filter;
    const struct node *condition = parse_expression(parser);
    parser->filter = filter.outer;
    scope_leave(parser, bindings);
    parser->closes_range = closes_range;
    parser_leave(parser);
    if (!condition || !parser_expect(parser, TOKEN_RIGHT_BRACKET, "`]`"))
        return NULL;
    struct node *node = parser_node(parser, NODE_FILTER, from, 2);
    if (!node)
        return NULL;
    node->slot = filter.slot;
    node->children[0] = list;
    node->children[1] = condition;
    return parser_finish(parser, node);
}

/* Whether the `[` ahead ends a range such as `]1..3[`, because what follows it begins no expression. */
static bool bracket_ends_range(const struct parser *parser)
{
    if (!parser->closes_range)
        return false;
    struct token next = parser_peek(parser);
    switch (next.kind) {
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_AT_STRING:
    case TOKEN_QUESTION:
    case TOKEN_LEFT_PARENTHESIS:
    case TOKEN_LEFT_BRACKET:
    case TOKEN_LEFT_BRACE:
    case TOKEN_MINUS: return false;
    case TOKEN_NAME:
        return next.keyword == KEYWORD_AND || next.keyword == KEYWORD_OR || next.keyword == KEYWORD_THEN ||
               next.keyword == KEYWORD_ELSE || next.keyword == KEYWORD_RETURN ||
               next.keyword == KEYWORD_SATISFIES || next.keyword == KEYWORD_IN ||
               next.keyword == KEYWORD_INSTANCE || next.keyword == KEYWORD_BETWEEN;
    default: return true;
    }
}

/* Parses an operand with the paths, filters and calls behind it. NULL after an error. */
static const struct node *parse_postfix(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    const struct node *node = parse_primary(parser);
    while (node && parser->status == TUOYU_OK) {
        if (parser_take(parser, TOKEN_DOT)) {
            node = parse_path(parser, from, node);
        } else if (parser_at(parser, TOKEN_LEFT_BRACKET) && !bracket_ends_range(parser)) {
            parser_advance(parser);
            node = parse_filter(parser, from, node);
        } else if (parser_take(parser, TOKEN_LEFT_PARENTHESIS)) {
            node = parse_call(parser, from, node);
        } else {
            return node;
        }
    }
    return NULL;
}

/* ---- Operators ---- */

/* Parses any number of minus signs and their operand, without recursion. Each sign becomes a node, and the
 * limit of height bounds them. NULL after an error. */
static const struct node *parse_negation(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    uint32_t signs = 0;
    while (parser_take(parser, TOKEN_MINUS)) {
        if (++signs <= parser->height_limit)
            continue;
        parser_fail(parser, TUOYU_ERROR_LIMIT, from, parser->end - from, TEXT(""), "too many minus signs");
        return NULL;
    }
    const struct node *node = parse_postfix(parser);
    bool is_literal_number = node && node->kind == NODE_LITERAL && node->value.kind == VALUE_NUMBER;
    if (signs == 1 && is_literal_number)
        return parser_literal(parser, from, value_number(decimal_negate(node->value.as.number)));
    for (; node && signs > 0; signs--)
        node = parser_node_1(parser, NODE_NEGATE, from, node);
    return node;
}

/* Parses an operand and any `instance of` behind it. NULL after an error. */
static const struct node *parse_instance_of(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    const struct node *value = parse_negation(parser);
    while (value && parser_at_keyword(parser, KEYWORD_INSTANCE)) {
        parser_advance(parser);
        if (!parser_expect_keyword(parser, KEYWORD_OF, "`of` after `instance`"))
            return NULL;
        const struct feel_type *type = parse_type(parser);
        struct node *node = type ? parser_node(parser, NODE_INSTANCE_OF, from, 1) : NULL;
        if (!node)
            return NULL;
        node->children[0] = value;
        node->type = type;
        value = parser_finish(parser, node);
    }
    return value;
}

/* A binary operator. */
struct operator
{
    int precedence; /* 0 if there is no operator */
    enum node_kind kind;
};

/* The binary operator that the token ahead is, if any. */
static struct operator operator_ahead(const struct parser *parser)
{
    enum node_kind comparison;
    if (token_is_comparison(parser->token, &comparison))
        return (struct operator){PRECEDENCE_COMPARISON, comparison};
    switch (parser->token.kind) {
    case TOKEN_PLUS: return (struct operator){PRECEDENCE_SUM, NODE_ADD};
    case TOKEN_MINUS: return (struct operator){PRECEDENCE_SUM, NODE_SUBTRACT};
    case TOKEN_STAR: return (struct operator){PRECEDENCE_PRODUCT, NODE_MULTIPLY};
    case TOKEN_SLASH: return (struct operator){PRECEDENCE_PRODUCT, NODE_DIVIDE};
    case TOKEN_STAR_STAR: return (struct operator){PRECEDENCE_POWER, NODE_POWER};
    case TOKEN_NAME: break;
    default: return (struct operator){0};
    }
    switch (parser->token.keyword) {
    case KEYWORD_OR: return (struct operator){PRECEDENCE_OR, NODE_OR};
    case KEYWORD_AND: return (struct operator){PRECEDENCE_AND, NODE_AND};
    case KEYWORD_BETWEEN: return (struct operator){PRECEDENCE_COMPARISON, NODE_BETWEEN};
    case KEYWORD_IN: return (struct operator){PRECEDENCE_COMPARISON, NODE_IN};
    default: return (struct operator){0};
    }
}

/* Parses what follows `between`. NULL after an error. */
static const struct node *parse_between(struct parser *parser, uint32_t from, const struct node *value)
{
    const struct node *low = parse_operand(parser);
    if (!low || !parser_expect_keyword(parser, KEYWORD_AND, "`and` of `between … and …`"))
        return NULL;
    const struct node *high = parse_operand(parser);
    struct node *node = high ? parser_node(parser, NODE_BETWEEN, from, 3) : NULL;
    if (!node)
        return NULL;
    node->children[0] = value;
    node->children[1] = low;
    node->children[2] = high;
    return parser_finish(parser, node);
}

/* A balanced tree over the operands from first to before last, so that a long chain of conditions is not
 * deep. NULL after an error. */
static const struct node *balance(struct parser *parser, enum node_kind kind, const struct node **operands,
                                  size_t first, size_t last)
{
    assert(first < last);
    if (last - first == 1)
        return operands[first];
    size_t middle = first + (last - first + 1) / 2;
    const struct node *left = balance(parser, kind, operands, first, middle);
    const struct node *right = balance(parser, kind, operands, middle, last);
    if (!left || !right)
        return NULL;
    struct node *node = parser_node(parser, kind, left->offset, 2);
    if (!node)
        return NULL;
    node->length = right->offset + right->length - left->offset;
    node->children[0] = left;
    node->children[1] = right;
    return parser_finish(parser, node);
}

/* Parses `a and b and c …` from the operator behind a, which is `first`, into a balanced tree. NULL after an
 * error. */
static const struct node *parse_chain(struct parser *parser, struct operator operator,
                                      const struct node * first)
{
    struct node_list operands = {0};
    if (!node_list_add(parser, &operands, first))
        return NULL;
    while (operator_ahead(parser).kind == operator.kind && operator_ahead(parser).precedence) {
        parser_advance(parser);
        if (!node_list_add(parser, &operands, parse_binary(parser, operator.precedence + 1)))
            return NULL;
    }
    return balance(parser, operator.kind, operands.items, 0, operands.count);
}

/* Parses operators that bind at least as tightly as `least`, with their operands; NULL after an error. */
static const struct node *parse_binary(struct parser *parser, int least)
{
    uint32_t from = parser->token.offset;
    const struct node *left = parse_instance_of(parser);
    while (left && parser->status == TUOYU_OK) {
        struct operator operator= operator_ahead(parser);
        if (operator.precedence<least || operator.precedence == 0)
            return left;
        if (operator.precedence <= PRECEDENCE_AND) {
            left = parse_chain(parser, operator, left);
            continue;
        }
        parser_advance(parser);
        if (operator.kind == NODE_BETWEEN)
            left = parse_between(parser, from, left);
        else if (operator.kind == NODE_IN)
            left = parse_in(parser, from, left);
        else
            left = parser_node_2(parser, operator.kind, from, left,
                                 parse_binary(parser, operator.precedence + 1));
    }
    return NULL;
}

const struct node *parse_operand(struct parser *parser)
{
    return parse_binary(parser, PRECEDENCE_SUM);
}

const struct node *parse_expression(struct parser *parser)
{
    if (!parser_enter(parser))
        return NULL;
    const struct node *node = parse_binary(parser, PRECEDENCE_OR);
    parser_leave(parser);
    return parser->status == TUOYU_OK ? node : NULL;
}
