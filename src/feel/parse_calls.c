/* SPDX-License-Identifier: Apache-2.0 */
/* Parses calls: arguments by position or by name, the overload that they choose, and the errors of calls that
 * none takes. */
#include "feel/parser.h"

#include <assert.h>

/* The arguments of a call. */
struct arguments {
    struct node_list values;
    struct text *names; /* one for each value; NULL if they are given by position */
    size_t name_capacity;
};

/* Whether the tokens ahead are a name and a colon. */
static bool is_named_argument(const struct parser *parser)
{
    struct token token = parser->token;
    for (int words = 0; words < 16 && token.kind == TOKEN_NAME; words++)
        token = lexer_next(parser->text, token.offset + token.length);
    return parser->token.kind == TOKEN_NAME && token.kind == TOKEN_COLON;
}

/* Parses one argument. Returns false after an error, as the next function does. */
static bool parse_argument(struct parser *parser, struct arguments *arguments)
{
    bool is_named = is_named_argument(parser);
    uint32_t from = parser->token.offset;
    if (arguments->values.count > 0 && is_named != (arguments->names != NULL)) {
        parser_fail(parser, TUOYU_ERROR_SYNTAX, from, parser->token.length, TEXT("name all of them, or none"),
                    "arguments with and without names in one call");
        return false;
    }
    if (is_named) {
        struct text name;
        struct text *names = arena_grow(&parser->scratch, arguments->names, arguments->values.count,
                                        &arguments->name_capacity, sizeof *names);
        if (!names)
            parser_fail_memory(parser);
        if (!names || !parse_new_name(parser, true, &name) || !parser_expect(parser, TOKEN_COLON, "`:`"))
            return false;
        arguments->names = names;
        names[arguments->values.count] = name;
    }
    return node_list_add(parser, &arguments->values, parse_expression(parser));
}

/* Parses the arguments and the `)`; the `(` has been taken. Returns false after an error. */
static bool parse_arguments(struct parser *parser, struct arguments *arguments)
{
    bool closes_range = parser->closes_range;
    parser->closes_range = false;
    if (!parser_at(parser, TOKEN_RIGHT_PARENTHESIS)) {
        do {
            if (!parse_argument(parser, arguments))
                return false;
        } while (parser_take(parser, TOKEN_COMMA));
    }
    parser->closes_range = closes_range;
    return parser_expect(parser, TOKEN_RIGHT_PARENTHESIS, "`,` or `)`");
}

/* The first name that was given before already, or an empty text. */
static struct text find_duplicate(const struct arguments *arguments)
{
    for (size_t i = 0; arguments->names && i < arguments->values.count && i <= BUILTIN_PARAMETERS; i++)
        for (size_t j = 0; j < i; j++)
            if (text_equals(arguments->names[i], arguments->names[j]))
                return arguments->names[i];
    return TEXT("");
}

/* The first name that no overload has, or an empty text. */
static struct text find_unknown(const struct builtin *first, const struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->values.count; i++) {
        const struct builtin *overload = first;
        while (overload && builtin_parameter_index(overload, arguments->names[i]) == SIZE_MAX)
            overload = builtin_next_overload(overload);
        if (!overload)
            return arguments->names[i];
    }
    return TEXT("");
}

/* An overload with its parameters' names, optional ones with `?`, for messages. */
static struct text signature_of(struct parser *parser, const struct builtin *builtin)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &parser->scratch);
    text_append_format(&builder, "%s(", builtin->name);
    for (size_t i = 0; i < builtin_described_count(builtin); i++)
        text_append_format(&builder, "%s%s%s", i ? ", " : "", builtin->parameters[i].name,
                           i >= builtin->required ? "?" : "");
    text_append_literal(&builder, builtin->parameter_count == BUILTIN_VARIADIC ? ", …)" : ")");
    return text_builder_text(&builder);
}

/* The signatures of all overloads: `date(from) or date(year, month, day)`. Overloads that differ only in
 * types are named once. */
static struct text signatures_of(struct parser *parser, const struct builtin *first)
{
    struct text before = TEXT(""), all = TEXT("");
    for (const struct builtin *overload = first; overload; overload = builtin_next_overload(overload)) {
        struct text signature = signature_of(parser, overload);
        if (text_equals(signature, before))
            continue;
        all = before.length ? message_text(&parser->scratch, "%.*s or %.*s", TEXT_ARGUMENTS(all),
                                           TEXT_ARGUMENTS(signature))
                            : signature;
        before = signature;
    }
    return all;
}

/* What is wrong with the arguments of a call. */
static struct text mistake_in(struct parser *parser, const struct builtin *builtin,
                              const struct arguments *arguments)
{
    size_t count = arguments->values.count;
    struct text doubled = find_duplicate(arguments),
                unknown = arguments->names ? find_unknown(builtin, arguments) : TEXT("");
    const char *missing = arguments->names && count <= BUILTIN_PARAMETERS
                              ? builtin_missing_parameter(builtin, arguments->names, count)
                              : NULL;
    if (doubled.length)
        return message_text(&parser->scratch, "the argument `%.*s` of %s() is given twice",
                            TEXT_ARGUMENTS(doubled), builtin->name);
    if (unknown.length)
        return message_text(&parser->scratch, "%s() has no argument `%.*s`", builtin->name,
                            TEXT_ARGUMENTS(unknown));
    if (missing)
        return message_text(&parser->scratch, "the argument `%s` of %s() is missing", missing, builtin->name);
    return message_text(&parser->scratch, "%s() is not called like this", builtin->name);
}

/* The node of a call that no overload takes: always null, as the standard says, and reported as a mistake. */
static const struct node *wrong_call(struct parser *parser, uint32_t from, const struct builtin *builtin,
                                     const struct arguments *arguments)
{
    struct text mistake = mistake_in(parser, builtin, arguments), signatures = signatures_of(parser, builtin);
    struct text message = {.bytes = NULL};
    if (mistake.bytes && signatures.bytes)
        message = message_text(parser->arena, "%.*s: write %.*s", TEXT_ARGUMENTS(mistake),
                               TEXT_ARGUMENTS(signatures));
    return parser_error_node(parser, TUOYU_ERROR_TYPE, from, message);
}

/* The call of the overload of this many arguments; an error node if there is none. */
static const struct node *positional_call(struct parser *parser, uint32_t from, const struct builtin *first,
                                          const struct arguments *arguments)
{
    const struct builtin *builtin = builtin_with_count(first, arguments->values.count);
    if (!builtin)
        return wrong_call(parser, from, first, arguments);
    struct node *node = parser_node_of(parser, NODE_CALL_BUILTIN, from, &arguments->values);
    if (node)
        node->builtin = builtin;
    return node;
}

/* The call of the overload with these parameters; those not given become null. An error node if there is
 * none. NULL when memory is refused. */
static const struct node *named_call(struct parser *parser, uint32_t from, const struct builtin *first,
                                     const struct arguments *arguments)
{
    size_t given = arguments->values.count;
    bool is_wrong = find_duplicate(arguments).length > 0 || given > BUILTIN_PARAMETERS;
    const struct builtin *builtin = is_wrong ? NULL : builtin_with_names(first, arguments->names, given);
    if (!builtin && !is_wrong && first->forgives_names && !parser->options->is_strict)
        builtin = builtin_with_some_names(first, arguments->names, given);
    if (!builtin)
        return wrong_call(parser, from, first, arguments);
    size_t count = builtin->required;
    for (size_t i = 0; i < given; i++) {
        size_t index = builtin_parameter_index(builtin, arguments->names[i]);
        if (index + 1 > count)
            count = index + 1;
    }
    struct node *node = parser_node(parser, NODE_CALL_BUILTIN, from, (uint32_t)count);
    if (!node)
        return NULL;
    node->builtin = builtin;
    node->is_named = true;
    for (size_t i = 0; i < given; i++) {
        size_t index = builtin_parameter_index(builtin, arguments->names[i]);
        assert(index < count);
        node->children[index] = arguments->values.items[i];
    }
    for (size_t i = 0; i < count; i++)
        if (!node->children[i])
            node->children[i] = parser_literal(parser, from, VALUE_NOTHING);
    return parser_finish(parser, node);
}

const struct node *parse_builtin_call(struct parser *parser, uint32_t from, const struct builtin *builtin)
{
    struct arguments arguments = {0};
    if (!parse_arguments(parser, &arguments))
        return NULL;
    return arguments.names ? named_call(parser, from, builtin, &arguments)
                           : positional_call(parser, from, builtin, &arguments);
}

const struct node *parse_call(struct parser *parser, uint32_t from, const struct node *function)
{
    struct arguments arguments = {0};
    if (!parse_arguments(parser, &arguments))
        return NULL;
    struct node *node = parser_node(parser, NODE_CALL, from, (uint32_t)arguments.values.count + 1);
    if (!node)
        return NULL;
    node->children[0] = function;
    for (size_t i = 0; i < arguments.values.count; i++) {
        const struct node *value = arguments.values.items[i];
        struct node *named = arguments.names ? parser_node(parser, NODE_ARGUMENT, value->offset, 1) : NULL;
        if (named) {
            named->name = arguments.names[i];
            named->children[0] = value;
        }
        node->children[i + 1] = arguments.names ? parser_finish(parser, named) : value;
    }
    return parser_finish(parser, node);
}
