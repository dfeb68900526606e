/* SPDX-License-Identifier: Apache-2.0 */
/* The parser's core: tokens, errors, nodes, and the functions that parse a whole text. */
#include "feel/parser.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "feel/syntax_hints.h"

/* ---- Tokens ---- */

struct text parser_slice(const struct parser *parser, uint32_t from, uint32_t to)
{
    return text_slice(parser->text, from, to);
}

/* The place of a part of the text; where the text stands if that is not verbatim. */
static struct location place(const struct parser *parser, uint32_t offset, uint32_t length)
{
    struct location where = parser->options->where;
    if (!parser->options->is_verbatim)
        return where;
    return (struct location){.source = where.source, .offset = where.offset + offset, .length = length};
}

void parser_continue_at(struct parser *parser, uint32_t offset)
{
    enum { STEPS_A_TOKEN = 5, BYTES_A_STEP = 16 };
    parser->end = offset;
    parser->token = lexer_next(parser->text, offset);
    if (!arena_charge(parser->arena, STEPS_A_TOKEN + parser->token.length / BYTES_A_STEP))
        parser_fail_memory(parser);
    if (parser->token.kind != TOKEN_WRONG || parser->status != TUOYU_OK)
        return;
    parser->status =
        lexer_explain(parser->text, parser->token, place(parser, parser->token.offset, parser->token.length),
                      parser->diagnostics);
}

void parser_advance(struct parser *parser)
{
    parser_continue_at(parser, parser->token.offset + parser->token.length);
}

struct token parser_peek(const struct parser *parser)
{
    return lexer_next(parser->text, parser->token.offset + parser->token.length);
}

bool parser_take(struct parser *parser, enum token_kind kind)
{
    if (parser->token.kind != kind)
        return false;
    parser_advance(parser);
    return true;
}

bool parser_take_keyword(struct parser *parser, enum keyword keyword)
{
    if (!parser_at_keyword(parser, keyword))
        return false;
    parser_advance(parser);
    return true;
}

bool parser_expect(struct parser *parser, enum token_kind kind, const char *what)
{
    if (parser_take(parser, kind))
        return parser->status == TUOYU_OK;
    parser_fail_expected(parser, what);
    return false;
}

bool parser_expect_keyword(struct parser *parser, enum keyword keyword, const char *what)
{
    if (parser_take_keyword(parser, keyword))
        return parser->status == TUOYU_OK;
    parser_fail_expected(parser, what);
    return false;
}

/* ---- Errors ---- */

void parser_fail(struct parser *parser, tuoyu_status code, uint32_t offset, uint32_t length, struct text hint,
                 const char *format, ...)
{
    if (parser->status != TUOYU_OK)
        return;
    char buffer[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    struct text message = message_seal(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    parser->status = report(parser->diagnostics, code, place(parser, offset, length), hint, "%.*s",
                            TEXT_ARGUMENTS(message));
}

void parser_warn(struct parser *parser, tuoyu_status code, uint32_t offset, uint32_t length,
                 struct text message)
{
    if (parser->status != TUOYU_OK)
        return;
    struct location where = place(parser, offset, length);
    if (parser->options->is_strict)
        parser->status = report(parser->diagnostics, code, where, TEXT(""), "%.*s", TEXT_ARGUMENTS(message));
    else
        report_warning(parser->diagnostics, code, where, TEXT(""), "%.*s", TEXT_ARGUMENTS(message));
}

void parser_fail_memory(struct parser *parser)
{
    if (parser->status == TUOYU_OK)
        parser->status = report_no_memory(parser->diagnostics);
}

void parser_fail_expected(struct parser *parser, const char *what)
{
    char found[64];
    lexer_describe(parser->text, parser->token, found);
    parser_fail(parser, TUOYU_ERROR_SYNTAX, parser->token.offset, parser->token.length,
                hint_for_token(parser), "expected %s, found %s", what, found);
}

bool parser_enter(struct parser *parser)
{
    if (parser->status != TUOYU_OK)
        return false;
    if (parser->depth >= parser->depth_limit) {
        parser_fail(parser, TUOYU_ERROR_LIMIT, parser->token.offset, parser->token.length,
                    TEXT("name the parts and use the names"), "expressions nest deeper than %u",
                    parser->depth_limit);
        return false;
    }
    parser->depth++;
    return true;
}

/* ---- Nodes ---- */

struct node *parser_node(struct parser *parser, enum node_kind kind, uint32_t from, uint32_t count)
{
    assert(kind <= NODE_ERROR);
    if (parser->status != TUOYU_OK)
        return NULL;
    struct node *node = ARENA_NEW(parser->arena, struct node);
    const struct node **children =
        node && count ? ARENA_ARRAY(parser->arena, const struct node *, count) : NULL;
    if (!node || (count && !children)) {
        parser_fail_memory(parser);
        return NULL;
    }
    node->kind = (uint8_t)kind;
    node->offset = from;
    node->length = parser->end > from ? parser->end - from : 0;
    node->count = count;
    node->children = children;
    node->height = 1;
    node->slot = UINT32_MAX;
    return node;
}

const struct node *parser_finish(struct parser *parser, struct node *node)
{
    if (!node || parser->status != TUOYU_OK)
        return NULL;
    assert(node->height == 1);
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && node->children[i]->height >= node->height)
            node->height = node->children[i]->height + 1;
    if (node->height > parser->height_limit) {
        parser_fail(parser, TUOYU_ERROR_LIMIT, node->offset, node->length,
                    TEXT("split it, or use a list with sum()"), "a chain of more than %u operations",
                    parser->height_limit);
        return NULL;
    }
    return node;
}

const struct node *parser_node_1(struct parser *parser, enum node_kind kind, uint32_t from,
                                 const struct node *child)
{
    struct node *node = child ? parser_node(parser, kind, from, 1) : NULL;
    if (node)
        node->children[0] = child;
    return parser_finish(parser, node);
}

const struct node *parser_node_2(struct parser *parser, enum node_kind kind, uint32_t from,
                                 const struct node *left, const struct node *right)
{
    struct node *node = left && right ? parser_node(parser, kind, from, 2) : NULL;
    if (!node)
        return NULL;
    node->children[0] = left;
    node->children[1] = right;
    return parser_finish(parser, node);
}

const struct node *parser_literal(struct parser *parser, uint32_t from, struct value value)
{
    struct node *node = parser_node(parser, NODE_LITERAL, from, 0);
    if (node)
        node->value = value;
    return node;
}

const struct node *parser_error_node(struct parser *parser, tuoyu_status code, uint32_t from,
                                     struct text message)
{
    struct node *node = parser_node(parser, NODE_ERROR, from, 0);
    if (!message.bytes)
        parser_fail_memory(parser);
    if (!node || !message.bytes)
        return NULL;
    node->name = message;
    parser_warn(parser, code, from, node->length, message);
    return parser->status == TUOYU_OK ? node : NULL;
}

bool node_list_add(struct parser *parser, struct node_list *list, const struct node *node)
{
    if (!node)
        return false;
    const struct node **items =
        arena_grow(&parser->scratch, list->items, list->count, &list->capacity, sizeof *items);
    if (!items) {
        parser_fail_memory(parser);
        return false;
    }
    list->items = items;
    list->items[list->count++] = node;
    return true;
}

struct node *parser_node_of(struct parser *parser, enum node_kind kind, uint32_t from,
                            const struct node_list *list)
{
    struct node *node = parser_node(parser, kind, from, (uint32_t)list->count);
    if (node && list->count)
        memcpy(node->children, list->items, list->count * sizeof *list->items);
    return parser_finish(parser, node) ? node : NULL;
}

/* ---- The whole ---- */

/* Checks that the text is UTF-8 without NUL and reads its first token. Returns false after an error, also if
 * the text is empty. */
static bool begin_parsing(struct parser *parser)
{
    size_t valid = utf8_validate(parser->text);
    const char *nul = parser->text.length ? memchr(parser->text.bytes, '\0', parser->text.length) : NULL;
    if (nul && (size_t)(nul - parser->text.bytes) < valid)
        valid = (size_t)(nul - parser->text.bytes);
    if (valid < parser->text.length) {
        parser_fail(parser, TUOYU_ERROR_ENCODING, (uint32_t)valid, 1, TEXT("save the text as UTF-8"),
                    "not UTF-8: byte 0x%02X", (unsigned)(unsigned char)parser->text.bytes[valid]);
        return false;
    }
    parser_continue_at(parser, 0);
    if (parser->token.kind == TOKEN_END) {
        parser_fail(parser, TUOYU_ERROR_SYNTAX, 0, 0, TEXT(""), "the expression is empty");
        return false;
    }
    return parser->status == TUOYU_OK;
}

/* Copies the slots of the mentioned names into the expression. Returns false if memory is refused. */
static bool keep_symbols(struct parser *parser, struct expression *out)
{
    uint32_t *slots = ARENA_ARRAY(parser->arena, uint32_t, parser->symbol_count);
    if (!slots) {
        parser_fail_memory(parser);
        return false;
    }
    if (parser->symbol_count)
        memcpy(slots, parser->symbol_slots, parser->symbol_count * sizeof *slots);
    out->symbols = slots;
    out->symbol_count = (uint32_t)parser->symbol_count;
    return true;
}

/* Prepares a parser, whose scratch arena must be freed. Nothing is read yet. */
static void parser_init(struct parser *parser, struct arena *arena, struct text text,
                        const struct symbol_table *symbols, const struct parse_options *options,
                        tuoyu_diagnostics *diagnostics)
{
    *parser = (struct parser){
        .arena = arena, .text = text, .symbols = symbols, .options = options, .diagnostics = diagnostics};
    arena_init_beside(&parser->scratch, arena);
    map_init(&parser->locals, &parser->scratch);
    map_init(&parser->local_prefixes, &parser->scratch);
    map_init(&parser->symbol_names, &parser->scratch);
    map_init(&parser->symbols_met, &parser->scratch);
    parser->depth_limit = options->depth_limit ? (uint32_t)options->depth_limit : PARSER_DEPTH;
    parser->height_limit = parser->depth_limit * PARSER_HEIGHT_FACTOR;
}

static const struct parse_options NO_OPTIONS = {.input_slot = UINT32_MAX};

tuoyu_status expression_parse(struct arena *arena, struct text text, const struct symbol_table *symbols,
                              const struct parse_options *options, struct expression *out,
                              tuoyu_diagnostics *diagnostics)
{
    struct parser parser;
    parser_init(&parser, arena, text, symbols, options ? options : &NO_OPTIONS, diagnostics);
    *out = (struct expression){
        .text = text, .where = parser.options->where, .is_verbatim = parser.options->is_verbatim};
    if (text.length > UINT32_MAX / 2) {
        parser_fail(&parser, TUOYU_ERROR_LIMIT, 0, 0, TEXT(""), "the expression is too long");
    } else if (begin_parsing(&parser)) {
        out->root = parser.options->is_unary_tests ? parse_unary_tests(&parser) : parse_expression(&parser);
        if (out->root && !parser_at(&parser, TOKEN_END))
            parser_fail_expected(&parser, "an operator or the end");
        out->frame_size = parser.frame_size;
        if (parser.status == TUOYU_OK)
            keep_symbols(&parser, out);
    }
    arena_free(&parser.scratch);
    return parser.status;
}

tuoyu_status type_parse(struct arena *arena, struct text text, const struct parse_options *options,
                        const struct feel_type **out, tuoyu_diagnostics *diagnostics)
{
    struct parser parser;
    parser_init(&parser, arena, text, NULL, options ? options : &NO_OPTIONS, diagnostics);
    *out = NULL;
    if (begin_parsing(&parser)) {
        *out = parse_type(&parser);
        if (*out && !parser_at(&parser, TOKEN_END))
            parser_fail_expected(&parser, "the end of the type");
    }
    arena_free(&parser.scratch);
    return parser.status;
}
