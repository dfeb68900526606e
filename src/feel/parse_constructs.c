/* SPDX-License-Identifier: Apache-2.0 */
/* Parses if, for, some, every, function and { }. */
#include "feel/parser.h"

/* ---- if ---- */

/* An `if` of an `else if` chain, without its `else`. */
struct arm {
    const struct node *condition, *then;
    uint32_t from;     /* offset of the `if` */
    struct arm *outer; /* the `if` whose `else` it is */
};

/* Parses from `if` to behind `else`. NULL after an error. */
static struct arm *parse_arm(struct parser *parser, struct arm *outer)
{
    struct arm *arm = ARENA_NEW(&parser->scratch, struct arm);
    if (!arm) {
        parser_fail_memory(parser);
        return NULL;
    }
    arm->outer = outer;
    arm->from = parser->token.offset;
    parser_advance(parser);
    arm->condition = parse_expression(parser);
    if (!arm->condition || !parser_expect_keyword(parser, KEYWORD_THEN, "`then`"))
        return NULL;
    arm->then = parse_expression(parser);
    if (!arm->then || !parser_expect_keyword(parser, KEYWORD_ELSE, "`else`"))
        return NULL;
    return arm;
}

/* Parses `if … then … else …`, and `else if` in a loop, so that a long chain does not nest in the parser.
 * NULL after an error. */
const struct node *parse_if(struct parser *parser)
{
    struct arm *arm = NULL;
    do {
        arm = parse_arm(parser, arm);
    } while (arm && parser_at_keyword(parser, KEYWORD_IF));
    const struct node *otherwise = arm ? parse_expression(parser) : NULL;
    for (; arm && otherwise; arm = arm->outer) {
        struct node *node = parser_node(parser, NODE_IF, arm->from, 3);
        if (!node)
            return NULL;
        node->children[0] = arm->condition;
        node->children[1] = arm->then;
        node->children[2] = otherwise;
        otherwise = parser_finish(parser, node);
    }
    return otherwise;
}

/* ---- for, some, every ---- */

/* Parses `name in list` or `name in from .. to`, and binds the name. NULL after an error. */
static const struct node *parse_iterator(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    struct text name;
    if (!parse_new_name(parser, false, &name))
        return NULL;
    if (!parser_expect_keyword(parser, KEYWORD_IN, "`in` after the name"))
        return NULL;
    const struct node *first = parse_expression(parser);
    const struct node *last = NULL;
    bool is_range = first && parser_take(parser, TOKEN_DOT_DOT);
    if (is_range)
        last = parse_expression(parser);
    if (!first || (is_range && !last))
        return NULL;
    struct node *node = parser_node(parser, NODE_ITERATOR, from, is_range ? 2 : 1);
    const struct binding *binding = node ? scope_bind(parser, name) : NULL;
    if (!binding)
        return NULL;
    node->name = name;
    node->slot = binding->slot;
    node->children[0] = first;
    if (is_range)
        node->children[1] = last;
    return parser_finish(parser, node);
}

/* Parses iterators separated by commas. Returns false after an error. */
static bool parse_iterators(struct parser *parser, struct node_list *list)
{
    do {
        if (!node_list_add(parser, list, parse_iterator(parser)))
            return false;
    } while (parser_take(parser, TOKEN_COMMA));
    return parser->status == TUOYU_OK;
}

/* Parses `for … return …` from its first word on; NULL after an error. */
const struct node *parse_for(struct parser *parser)
{
    uint32_t from = parser->token.offset, bindings = parser->binding_count;
    parser_advance(parser);
    struct node_list list = {0};
    if (!parse_iterators(parser, &list))
        return NULL;
    const struct binding *partial = scope_bind(parser, TEXT("partial"));
    if (!partial || !parser_expect_keyword(parser, KEYWORD_RETURN, "`return`"))
        return NULL;
    if (!node_list_add(parser, &list, parse_expression(parser)))
        return NULL;
    uint32_t slot = partial->is_used ? partial->slot : UINT32_MAX;
    scope_leave(parser, bindings);
    struct node *node = parser_node_of(parser, NODE_FOR, from, &list);
    if (node)
        node->slot = slot;
    return node;
}

/* Parses `some` or `every … satisfies …` from its first word on; NULL after an error. */
const struct node *parse_quantified(struct parser *parser)
{
    uint32_t from = parser->token.offset, bindings = parser->binding_count;
    enum node_kind kind = parser->token.keyword == KEYWORD_SOME ? NODE_SOME : NODE_EVERY;
    parser_advance(parser);
    struct node_list list = {0};
    if (!parse_iterators(parser, &list))
        return NULL;
    if (!parser_expect_keyword(parser, KEYWORD_SATISFIES, "`satisfies`"))
        return NULL;
    if (!node_list_add(parser, &list, parse_expression(parser)))
        return NULL;
    scope_leave(parser, bindings);
    return parser_node_of(parser, kind, from, &list);
}

/* ---- function ---- */

/* Parses `name` or `name: type`, and binds the name. NULL after an error. */
static const struct node *parse_parameter(struct parser *parser)
{
    uint32_t from = parser->token.offset;
    struct text name;
    if (!parse_new_name(parser, false, &name))
        return NULL;
    const struct feel_type *type = NULL;
    if (parser_take(parser, TOKEN_COLON)) {
        type = parse_type(parser);
        if (!type)
            return NULL;
    }
    struct node *node = parser_node(parser, NODE_PARAMETER, from, 0);
    const struct binding *binding = node ? scope_bind(parser, name) : NULL;
    if (!binding)
        return NULL;
    node->name = name;
    node->type = type;
    node->slot = binding->slot;
    return node;
}

/* Parses `function(…) …` from its first word on; NULL after an error. */
const struct node *parse_function(struct parser *parser)
{
    uint32_t from = parser->token.offset, bindings = parser->binding_count;
    parser_advance(parser);
    if (!parser_expect(parser, TOKEN_LEFT_PARENTHESIS, "`(` after `function`"))
        return NULL;
    struct node_list list = {0};
    if (!parser_at(parser, TOKEN_RIGHT_PARENTHESIS)) {
        do {
            if (!node_list_add(parser, &list, parse_parameter(parser)))
                return NULL;
        } while (parser_take(parser, TOKEN_COMMA));
    }
    if (!parser_expect(parser, TOKEN_RIGHT_PARENTHESIS, "`,` or `)`"))
        return NULL;
    if (parser_at_keyword(parser, KEYWORD_EXTERNAL)) {
        parser_fail(parser, TUOYU_ERROR_SYNTAX, parser->token.offset, parser->token.length,
                    TEXT("write the function's body in FEEL"), "external functions are not run");
        return NULL;
    }
    if (!node_list_add(parser, &list, parse_expression(parser)))
        return NULL;
    scope_leave(parser, bindings);
    return parser_node_of(parser, NODE_FUNCTION, from, &list);
}

/* ---- Contexts ---- */

/* Parses an entry's name or quoted key. Returns false after an error. */
static bool parse_key(struct parser *parser, struct text *name)
{
    if (!parser_at(parser, TOKEN_STRING))
        return parse_new_name(parser, true, name);
    struct token token = parser->token;
    uint32_t bad = 0;
    struct text quoted = parser_slice(parser, token.offset + 1, token.offset + token.length - 1);
    tuoyu_status status = lexer_unescape(parser->arena, quoted, name, &bad);
    if (status == TUOYU_ERROR_NO_MEMORY)
        parser_fail_memory(parser);
    else if (status != TUOYU_OK)
        parser_fail(parser, status, token.offset + 1 + bad, 2, TEXT("write \\uXXXX"),
                    "this escape is no character");
    parser_advance(parser);
    return parser->status == TUOYU_OK;
}

/* Parses an entry, binds its name and adds it to keys, which has those of the entries before. NULL after an
 * error. */
static const struct node *parse_entry(struct parser *parser, struct map *keys)
{
    uint32_t from = parser->token.offset;
    struct text name;
    if (!parse_key(parser, &name))
        return NULL;
    if (map_get(keys, name)) {
        parser_fail(parser, TUOYU_ERROR_DUPLICATE, from, parser->end - from, TEXT("give it another name"),
                    "the entry `%.*s` stands twice", TEXT_ARGUMENTS(name));
        return NULL;
    }
    if (!map_put(keys, name, parser)) {
        parser_fail_memory(parser);
        return NULL;
    }
    if (!parser_expect(parser, TOKEN_COLON, "`:` after the entry's name"))
        return NULL;
    const struct node *value = parse_expression(parser);
    struct node *node = value ? parser_node(parser, NODE_ENTRY, from, 1) : NULL;
    const struct binding *binding = node ? scope_bind(parser, name) : NULL;
    if (!binding)
        return NULL;
    node->name = name;
    node->slot = binding->slot;
    node->children[0] = value;
    return parser_finish(parser, node);
}

/* Parses `{…}` from its brace on; NULL after an error. */
const struct node *parse_context(struct parser *parser)
{
    uint32_t from = parser->token.offset, bindings = parser->binding_count;
    bool closes_range = parser->closes_range;
    parser->closes_range = false;
    parser_advance(parser);
    struct map keys;
    map_init(&keys, &parser->scratch);
    struct node_list list = {0};
    if (!parser_at(parser, TOKEN_RIGHT_BRACE)) {
        do {
            if (!node_list_add(parser, &list, parse_entry(parser, &keys)))
                return NULL;
        } while (parser_take(parser, TOKEN_COMMA));
    }
    if (!parser_expect(parser, TOKEN_RIGHT_BRACE, "`,` or `}`"))
        return NULL;
    scope_leave(parser, bindings);
    parser->closes_range = closes_range;
    return parser_node_of(parser, NODE_CONTEXT, from, &list);
}
