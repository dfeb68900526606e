/* SPDX-License-Identifier: Apache-2.0 */
/* Parses what begins with a bracket: ranges, lists, parentheses. */
#include "feel/parser.h"

/* The node of a range; an end that is NULL is open. NULL after an error. */
static const struct node *make_range(struct parser *parser, uint32_t from, const struct node *low,
                                     bool low_included, const struct node *high, bool high_included)
{
    struct node *node = parser_node(parser, NODE_RANGE, from, 2);
    if (!node)
        return NULL;
    node->children[0] = low;
    node->children[1] = high;
    node->low_included = low_included;
    node->high_included = high_included;
    return parser_finish(parser, node);
}

const struct node *parse_range_end(struct parser *parser, uint32_t from, bool low_included,
                                   const struct node *low)
{
    bool closes_range = parser->closes_range;
    parser->closes_range = true;
    const struct node *high = parse_expression(parser);
    parser->closes_range = closes_range;
    if (!high)
        return NULL;
    bool high_included = parser_at(parser, TOKEN_RIGHT_BRACKET);
    if (!high_included && !parser_at(parser, TOKEN_RIGHT_PARENTHESIS) &&
        !parser_at(parser, TOKEN_LEFT_BRACKET)) {
        parser_fail_expected(parser, "`]` or `)` at the end of the range");
        return NULL;
    }
    parser_advance(parser);
    return make_range(parser, from, low, low_included, high, high_included);
}

/* The value that `(> 10)` stands for: a range with one open end; of `(!= 10)` the list of the two ranges
 * beside 10. */
static const struct node *comparison_range(struct parser *parser, uint32_t from, enum node_kind operation,
                                           const struct node *bound)
{
    switch (operation) {
    case NODE_EQUAL: return make_range(parser, from, bound, true, bound, true);
    case NODE_LESS: return make_range(parser, from, NULL, false, bound, false);
    case NODE_LESS_EQUAL: return make_range(parser, from, NULL, false, bound, true);
    case NODE_GREATER: return make_range(parser, from, bound, false, NULL, false);
    case NODE_GREATER_EQUAL: return make_range(parser, from, bound, true, NULL, false);
    default:
        return parser_node_2(parser, NODE_LIST, from, make_range(parser, from, NULL, false, bound, false),
                             make_range(parser, from, bound, false, NULL, false));
    }
}

const struct node *parse_parenthesis(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    bool closes_range = parser->closes_range;
    enum node_kind operation;
    parser_advance(parser);
    parser->closes_range = false;
    bool is_comparison = token_is_comparison(parser->token, &operation);
    if (is_comparison)
        parser_advance(parser);
    const struct node *node = is_comparison ? parse_operand(parser) : parse_expression(parser);
    parser->closes_range = closes_range;
    if (!node)
        return NULL;
    if (!is_comparison && parser_take(parser, TOKEN_DOT_DOT))
        return parse_range_end(parser, from, false, node);
    if (!parser_expect(parser, TOKEN_RIGHT_PARENTHESIS, "`)`"))
        return NULL;
    return is_comparison ? comparison_range(parser, from, operation, node) : node;
}

const struct node *parse_bracket(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    bool closes_range = parser->closes_range;
    struct node_list list = {0};
    parser_advance(parser);
    parser->closes_range = false;
    while (!(list.count == 0 && parser_at(parser, TOKEN_RIGHT_BRACKET))) {
        const struct node *item = parse_expression(parser);
        if (!item)
            return NULL;
        if (list.count == 0 && parser_take(parser, TOKEN_DOT_DOT)) {
            parser->closes_range = closes_range;
            return parse_range_end(parser, from, true, item);
        }
        if (!node_list_add(parser, &list, item))
            return NULL;
        if (!parser_take(parser, TOKEN_COMMA))
            break;
    }
    parser->closes_range = closes_range;
    if (!parser_expect(parser, TOKEN_RIGHT_BRACKET, "`,` or `]`"))
        return NULL;
    return parser_node_of(parser, NODE_LIST, from, &list);
}

const struct node *parse_reversed_bracket(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    parser_advance(parser);
    const struct node *low = parse_expression(parser);
    if (!low)
        return NULL;
    if (!parser_take(parser, TOKEN_DOT_DOT)) {
        parser_fail_expected(parser, "`..` of the range");
        return NULL;
    }
    return parse_range_end(parser, from, false, low);
}
