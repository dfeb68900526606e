/* SPDX-License-Identifier: Apache-2.0 */
/* Parses tests: what may stand after `in` and in a cell of a decision table. */
#include "feel/parser.h"

bool token_is_comparison(struct token token, enum node_kind *operation)
{
    switch (token.kind) {
    case TOKEN_EQUAL: *operation = NODE_EQUAL; return true;
    case TOKEN_NOT_EQUAL: *operation = NODE_NOT_EQUAL; return true;
    case TOKEN_LESS: *operation = NODE_LESS; return true;
    case TOKEN_LESS_EQUAL: *operation = NODE_LESS_EQUAL; return true;
    case TOKEN_GREATER: *operation = NODE_GREATER; return true;
    case TOKEN_GREATER_EQUAL: *operation = NODE_GREATER_EQUAL; return true;
    default: return false;
    }
}

/* Whether an expression is by its form true or false, so that it is a condition and not a value to compare
 * with. */
static bool is_condition(const struct node *node)
{
    switch (node->kind) {
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL:
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_INSTANCE_OF: return true;
    case NODE_CALL_BUILTIN: return node->builtin->result == TYPE_BOOLEAN;
    default: return false;
    }
}

/* Parses the operand of a test such as `< 3`, whose operator has been taken. NULL after an error. */
static const struct node *comparison_test(struct parser *parser, uint32_t from, enum node_kind operation)
{
    const struct node *bound = parse_operand(parser);
    struct node *node = bound ? parser_node(parser, NODE_TEST_COMPARE, from, 1) : NULL;
    if (!node)
        return NULL;
    node->operation = (uint8_t)operation;
    node->children[0] = bound;
    return parser_finish(parser, node);
}

/* Whether `not(` is ahead. */
static bool is_negated(const struct parser *parser)
{
    return parser_at_keyword(parser, KEYWORD_NOT) && parser_peek(parser).kind == TOKEN_LEFT_PARENTHESIS;
}

/* Parses `not(tests)` after `in`, which holds if none of the tests does. NULL after an error. */
static const struct node *negated_test(struct parser *parser);

/* Parses one test. is_cell: it is in a cell of a decision table, where a whole condition may stand.
 * in_parentheses: a whole expression may stand there. NULL after an error. */
static const struct node *parse_test(struct parser *parser, bool is_cell, bool in_parentheses)
{
    uint32_t from = parser->token.offset;
    enum node_kind operation;
    if (token_is_comparison(parser->token, &operation)) {
        parser_advance(parser);
        return comparison_test(parser, from, operation);
    }
    if (!is_cell && is_negated(parser))
        return negated_test(parser);
    bool used_input = parser->uses_input;
    parser->uses_input = false;
    const struct node *node = is_cell || in_parentheses ? parse_expression(parser) : parse_operand(parser);
    bool is_expression = parser->uses_input || (is_cell && node && is_condition(node));
    parser->uses_input = used_input || parser->uses_input;
    return parser_node_1(parser, is_expression ? NODE_TEST_EXPRESSION : NODE_TEST_EQUAL, from, node);
}

/* Parses `not(…)` with its tests; NULL after an error. */
static const struct node *negated_test(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    struct node_list tests = {0};
    bool closes_range = parser->closes_range;
    if (!parser_enter(parser))
        return NULL;
    parser_advance(parser);
    parser_advance(parser);
    parser->closes_range = false;
    do {
        if (!node_list_add(parser, &tests, parse_test(parser, false, true)))
            return NULL;
    } while (parser_take(parser, TOKEN_COMMA));
    parser->closes_range = closes_range;
    parser_leave(parser);
    if (!parser_expect(parser, TOKEN_RIGHT_PARENTHESIS, "`,` or `)`"))
        return NULL;
    return parser_node_of(parser, NODE_TEST_NOT, from, &tests);
}

/* Parses what follows `in (`: a list of tests, a range, or one test. bracket is the offset of the `(`.
 * Returns false after an error. */
static bool parse_tests_in_parentheses(struct parser *parser, uint32_t bracket, struct node_list *tests)
{
    bool closes_range = parser->closes_range;
    parser->closes_range = false;
    do {
        const struct node *test = parse_test(parser, false, true);
        bool is_range =
            test && tests->count == 1 && test->kind == NODE_TEST_EQUAL && parser_take(parser, TOKEN_DOT_DOT);
        if (is_range) {
            const struct node *range = parse_range_end(parser, bracket, false, test->children[0]);
            parser->closes_range = closes_range;
            return node_list_add(parser, tests, parser_node_1(parser, NODE_TEST_EQUAL, bracket, range));
        }
        if (!node_list_add(parser, tests, test))
            return false;
    } while (parser_take(parser, TOKEN_COMMA));
    parser->closes_range = closes_range;
    return parser_expect(parser, TOKEN_RIGHT_PARENTHESIS, "`,` or `)`");
}

const struct node *parse_in(struct parser *parser, uint32_t from, const struct node *value)
{
    struct node_list list = {0};
    if (!node_list_add(parser, &list, value) || !parser_enter(parser))
        return NULL;
    uint32_t bracket = parser->token.offset;
    bool is_good = parser_take(parser, TOKEN_LEFT_PARENTHESIS)
                       ? parse_tests_in_parentheses(parser, bracket, &list)
                       : node_list_add(parser, &list, parse_test(parser, false, false));
    parser_leave(parser);
    return is_good ? parser_node_of(parser, NODE_IN, from, &list) : NULL;
}

/* Parses the tests of a cell, separated by commas. Returns false after an error. */
static bool parse_cell_tests(struct parser *parser, struct node_list *tests)
{
    do {
        if (!node_list_add(parser, tests, parse_test(parser, true, false)))
            return false;
    } while (parser_take(parser, TOKEN_COMMA));
    return true;
}

/* By how much a token changes the number of open brackets. A range may begin and end with any of them, as
 * `[1..3)` and `]1..3[` do: a `]` that begins a test opens, and a `[` after `..` closes if only the end of a
 * test follows it. */
static int opening(const struct parser *parser, struct token token, enum token_kind before, bool in_range)
{
    enum token_kind next;
    switch (token.kind) {
    case TOKEN_LEFT_PARENTHESIS: return 1;
    case TOKEN_RIGHT_PARENTHESIS: return -1;
    case TOKEN_RIGHT_BRACKET: return before == TOKEN_LEFT_PARENTHESIS || before == TOKEN_COMMA ? 1 : -1;
    case TOKEN_LEFT_BRACKET:
        next = lexer_next(parser->text, token.offset + token.length).kind;
        return in_range && (next == TOKEN_RIGHT_PARENTHESIS || next == TOKEN_COMMA) ? -1 : 1;
    default: return 0;
    }
}

/* Whether the whole cell is `not(tests)`; `not(x) and y` is an expression. */
static bool is_negated_cell(const struct parser *parser)
{
    if (!is_negated(parser))
        return false;
    struct token token = parser_peek(parser);
    enum token_kind before = TOKEN_END;
    bool in_range = false;
    int open = 0;
    do {
        if (token.kind == TOKEN_END || token.kind == TOKEN_WRONG)
            return true;
        int change = opening(parser, token, before, in_range);
        open += change;
        in_range = token.kind == TOKEN_DOT_DOT || (in_range && change == 0);
        before = token.kind;
        token = lexer_next(parser->text, token.offset + token.length);
    } while (open > 0);
    return token.kind == TOKEN_END;
}

const struct node *parse_unary_tests(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    struct node_list tests = {0};
    if (parser_at(parser, TOKEN_MINUS) && parser_peek(parser).kind == TOKEN_END) {
        parser_advance(parser);
        return parser_node(parser, NODE_TEST_ANY, from, 0);
    }
    if (is_negated_cell(parser)) {
        parser_advance(parser);
        parser_advance(parser);
        if (!parse_cell_tests(parser, &tests))
            return NULL;
        if (!parser_expect(parser, TOKEN_RIGHT_PARENTHESIS, "`,` or `)`"))
            return NULL;
        return parser_node_of(parser, NODE_TEST_NOT, from, &tests);
    }
    const struct node *input = parser_node(parser, NODE_INPUT, from, 0);
    if (!node_list_add(parser, &tests, input) || !parse_cell_tests(parser, &tests))
        return NULL;
    return tests.count == 2 ? tests.items[1] : parser_node_of(parser, NODE_IN, from, &tests);
}
