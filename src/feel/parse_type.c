/* SPDX-License-Identifier: Apache-2.0 */
/* Parses types: `number`, `list<string>`, `context<a: number>`, `function<number>->boolean`. */
#include "feel/parser.h"

/* A copy in the tree's arena; NULL if memory is refused. */
static const struct feel_type *new_type(struct parser *parser, struct feel_type type)
{
    struct feel_type *made = ARENA_NEW(parser->arena, struct feel_type);
    if (!made)
        parser_fail_memory(parser);
    else
        *made = type;
    return made;
}

static const struct feel_type ANY = {.kind = TYPE_ANY};

/* Parses `<type>`; without it the type is Any. NULL after an error. */
static const struct feel_type *parse_element(struct parser *parser)
{
    if (!parser_take(parser, TOKEN_LESS))
        return &ANY;
    const struct feel_type *element = parse_type(parser);
    return element && parser_expect(parser, TOKEN_GREATER, "`>`") ? element : NULL;
}

struct field_list {
    struct type_field *items;
    size_t count, capacity;
};

/* Parses `name: type` or, of a function's parameters, `type`. Returns false after an error. */
static bool parse_field(struct parser *parser, bool with_name, struct field_list *list)
{
    struct type_field field = {.name = TEXT("")};
    if (with_name &&
        (!parse_new_name(parser, true, &field.name) || !parser_expect(parser, TOKEN_COLON, "`:`")))
        return false;
    field.type = parse_type(parser);
    if (!field.type)
        return false;
    struct type_field *items =
        arena_grow(parser->arena, list->items, list->count, &list->capacity, sizeof *items);
    if (!items) {
        parser_fail_memory(parser);
        return false;
    }
    list->items = items;
    items[list->count++] = field;
    return true;
}

/* Parses fields up to `>`; the `<` has been taken. Returns false after an error. */
static bool parse_fields(struct parser *parser, bool with_name, struct field_list *list)
{
    if (parser_take(parser, TOKEN_GREATER))
        return true;
    do {
        if (!parse_field(parser, with_name, list))
            return false;
    } while (parser_take(parser, TOKEN_COMMA));
    return parser_expect(parser, TOKEN_GREATER, "`,` or `>`");
}

/* Parses what follows `list`, `range`, `context` or `function`. NULL after an error. */
static const struct feel_type *parse_structured(struct parser *parser, enum type_kind kind)
{
    struct field_list list = {0};
    struct feel_type type = {.kind = kind};
    if (kind == TYPE_LIST || kind == TYPE_RANGE) {
        type.element = parse_element(parser);
        return type.element ? new_type(parser, type) : NULL;
    }
    bool has_fields = parser_take(parser, TOKEN_LESS);
    if (has_fields && !parse_fields(parser, kind == TYPE_CONTEXT, &list))
        return NULL;
    type.fields = list.items;
    type.field_count = (uint32_t)list.count;
    if (kind == TYPE_FUNCTION) {
        type.is_open = !has_fields;
        type.element = &ANY;
        if (parser_take(parser, TOKEN_ARROW))
            type.element = parse_type(parser);
        if (!type.element)
            return NULL;
    }
    return new_type(parser, type);
}

/* Finds the kind that a name stands for. Returns false if it is none of FEEL's. */
static bool find_simple(struct text name, enum type_kind *kind)
{
    static const struct {
        const char *name;
        enum type_kind kind;
    } NAMES[] = {{"Any", TYPE_ANY},
                 {"Null", TYPE_NULL},
                 {"null", TYPE_NULL},
                 {"boolean", TYPE_BOOLEAN},
                 {"number", TYPE_NUMBER},
                 {"string", TYPE_STRING},
                 {"date", TYPE_DATE},
                 {"time", TYPE_TIME},
                 {"date and time", TYPE_DATE_TIME},
                 {"dateTime", TYPE_DATE_TIME},
                 {"years and months duration", TYPE_YEARS_MONTHS},
                 {"yearMonthDuration", TYPE_YEARS_MONTHS},
                 {"days and time duration", TYPE_DAYS_TIME},
                 {"dayTimeDuration", TYPE_DAYS_TIME},
                 {"list", TYPE_LIST},
                 {"context", TYPE_CONTEXT},
                 {"range", TYPE_RANGE},
                 {"function", TYPE_FUNCTION}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (!text_equals(text_of(NAMES[i].name, TUOYU_NUL_TERMINATED), name))
            continue;
        *kind = NAMES[i].kind;
        return true;
    }
    return false;
}

/* The type that the options give this name, or NULL. */
static const struct feel_type *find_named(const struct parser *parser, struct text name)
{
    for (size_t i = 0; i < parser->options->type_count; i++)
        if (text_equals(parser->options->types[i].name, name))
            return parser->options->types[i].type;
    return NULL;
}

/* Finds the longest name of a type that begins with the token ahead; it may contain `and`. Stores its kind,
 * or the named type, and returns where it ends in the text; 0 if there is none. */
static uint32_t find_type_name(struct parser *parser, enum type_kind *kind, const struct feel_type **named)
{
    char words[PARSER_LONGEST_NAME + 1];
    size_t length = 0;
    uint32_t end = 0;
    struct token token = parser->token;
    while (token.kind == TOKEN_NAME ||
           (length > 0 &&
            (token.kind == TOKEN_NUMBER || token.kind == TOKEN_DOT || token.kind == TOKEN_MINUS))) {
        if (length + token.length + 1 > PARSER_LONGEST_NAME)
            break;
        bool is_apart = length > 0 && parser->text.bytes[token.offset - 1] != '.' && token.kind == TOKEN_NAME;
        if (is_apart)
            words[length++] = ' ';
        for (uint32_t i = 0; i < token.length; i++)
            words[length++] = parser->text.bytes[token.offset + i];
        struct text name = {.bytes = words, .length = length};
        const struct feel_type *found = find_named(parser, name);
        if (found || find_simple(name, kind)) {
            end = token.offset + token.length;
            *named = found;
        }
        token = lexer_next(parser->text, token.offset + token.length);
    }
    return end;
}

const struct feel_type *parse_type(struct parser *parser)
{
    enum type_kind kind = TYPE_ANY;
    const struct feel_type *named = NULL;
    uint32_t end = find_type_name(parser, &kind, &named);
    if (end == 0) {
        char found[64];
        lexer_describe(parser->text, parser->token, found);
        parser_fail(parser, parser->token.kind == TOKEN_NAME ? TUOYU_ERROR_UNKNOWN_NAME : TUOYU_ERROR_SYNTAX,
                    parser->token.offset, parser->token.length,
                    TEXT("such as number, string, boolean, date, list<number>"), "expected a type, found %s",
                    found);
        return NULL;
    }
    parser_continue_at(parser, end);
    if (named)
        return named;
    if (kind != TYPE_LIST && kind != TYPE_CONTEXT && kind != TYPE_RANGE && kind != TYPE_FUNCTION)
        return new_type(parser, (struct feel_type){.kind = kind});
    if (!parser_enter(parser))
        return NULL;
    const struct feel_type *type = parse_structured(parser, kind);
    parser_leave(parser);
    return type;
}
