/* SPDX-License-Identifier: Apache-2.0 */
/* Walks a pack's tree beside the schema, so that it knows of each scalar whether it is a number, a day or an
 * expression, and writes down what could stand there instead. Expressions are taken apart by the lexer. */
#include "pack/mutation.h"

#include <string.h>

#include "feel/lexer.h"
#include "pack/schema_parts.h"
#include "value/date.h"
#include "value/decimal.h"

/* Where the walk is. */
struct walk_spot {
    const struct walk_spot *above;
    struct text key;  /* the key or the id that leads here */
    struct text cite; /* that holds here */
    bool is_refuted;  /* a condition here that held always would change nothing: a member of any or none */
};

struct mutator {
    struct tuoyu_mutations *mutations;
    struct arena *arena;
    const struct walk_spot *spot;
    int32_t first_day; /* of the pack */
    tuoyu_diagnostics *diagnostics;
};

/* ---- Writing down ---- */

/* The keys that lead to a spot, joined by dots. */
static struct text place_of(const struct mutator *mutator)
{
    const struct walk_spot *way[64];
    size_t count = 0;
    for (const struct walk_spot *spot = mutator->spot; spot && count < 64; spot = spot->above)
        if (spot->key.length)
            way[count++] = spot;
    struct text_builder place;
    text_builder_init_arena(&place, mutator->arena);
    while (count-- > 0) {
        text_append(&place, way[count]->key);
        if (count)
            text_append_byte(&place, '.');
    }
    text_append_byte(&place, '\0');
    struct text text = text_builder_text(&place);
    return place.failed ? TEXT("") : (struct text){.bytes = text.bytes, .length = text.length - 1};
}

/* Adds a change of the bytes at a place of the source. */
static void add(struct mutator *mutator, const char *kind, struct location where, struct text was,
                struct text instead)
{
    struct tuoyu_mutations *list = mutator->mutations;
    struct mutation *items =
        arena_grow(mutator->arena, list->items, list->count, &list->capacity, sizeof *items);
    if (!items || text_equals(was, instead))
        return;
    list->items = items;
    where.length = (uint32_t)was.length;
    items[list->count++] = (struct mutation){.where = where,
                                             .kind = kind,
                                             .place = place_of(mutator),
                                             .was = text_copy(mutator->arena, was),
                                             .instead = text_copy(mutator->arena, instead),
                                             .cite = text_copy(mutator->arena, mutator->spot->cite)};
}

/* A part of a scalar's text with its place in the source. */
struct text_part {
    struct text text;
    struct location where;
};

static struct text_part part_of(struct text_part whole, size_t from, size_t to)
{
    whole.text = text_slice(whole.text, from, to);
    whole.where.offset += (uint32_t)from;
    return whole;
}

/* Adds a change of a part. */
static void change(struct mutator *mutator, const char *kind, struct text_part part, struct text instead)
{
    add(mutator, kind, part.where, part.text, instead);
}

/* ---- Numbers and days ---- */

/* The decimals that a number is written with; none where it has an exponent. */
static int32_t decimals_of(struct text number)
{
    for (size_t i = 0; i < number.length; i++)
        if (number.bytes[i] == '.')
            return (int32_t)(number.length - i - 1);
    return 0;
}

/* Changes a number by one of its last decimal, up and, where it is not 0, down. */
static void change_number(struct mutator *mutator, struct text_part part)
{
    tuoyu_decimal number, step, changed;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (decimal_parse(part.text, &number) != TUOYU_OK ||
        decimal_scale(decimal_from_integer(1), -decimals_of(part.text), &step) != TUOYU_OK)
        return;
    for (int way = 0; way < 2; way++) {
        if (way == 0 && decimal_sign(number) == 0)
            continue;
        tuoyu_status status =
            way ? decimal_add(number, step, &changed) : decimal_subtract(number, step, &changed);
        if (status == TUOYU_OK)
            change(mutator, "number", part,
                   (struct text){.bytes = digits, .length = decimal_format(changed, digits)});
    }
}

/* Changes a day to the one before and the one after. first: the day to which an earlier one is equal, because
 * nothing is in force before it. */
static void change_day(struct mutator *mutator, struct text_part part, int32_t first)
{
    int32_t day;
    char text[11];
    if (date_parse(part.text, &day) != TUOYU_OK)
        return;
    for (int step = day <= first ? 1 : -1; step <= 1; step += 2) {
        if (day + step < DATE_FIRST || day + step > DATE_LAST)
            continue;
        date_format(day + step, text);
        change(mutator, "day", part, (struct text){.bytes = text, .length = 10});
    }
}

/* Changes both days of a period, `2024-01-01..2025-12-31`. */
static void change_period(struct mutator *mutator, struct text_part part)
{
    enum { DAY = 10 };
    if (part.text.length < DAY)
        return;
    change_day(mutator, part_of(part, 0, DAY), DATE_FIRST);
    if (part.text.length >= 2 * DAY + 2)
        change_day(mutator, part_of(part, part.text.length - DAY, part.text.length), DATE_FIRST);
}

/* Changes a value as a parameter has it: a number, a day or a truth value. */
static void change_value(struct mutator *mutator, struct text_part part)
{
    bool truth;
    if (scalar_boolean(part.text, &truth))
        change(mutator, "truth value", part, truth ? TEXT("false") : TEXT("true"));
    else if (part.text.length == 10 && part.text.bytes[4] == '-')
        change_day(mutator, part, DATE_FIRST);
    else
        change_number(mutator, part);
}

/* ---- Expressions ---- */

/* Brackets that are open, and whether `..` was met directly in each. */
enum { BRACKETS_MOST = 64 };

struct brackets {
    struct token open[BRACKETS_MOST];
    bool is_range[BRACKETS_MOST];
    size_t count;
};

static struct text_part token_part(struct text_part expression, struct token token)
{
    return part_of(expression, token.offset, (size_t)token.offset + token.length);
}

/* Changes both ends of a range, given its brackets. */
static void change_ends(struct mutator *mutator, struct text_part expression, struct token open,
                        struct token close)
{
    bool takes_in = open.kind == TOKEN_LEFT_BRACKET, takes_in_last = close.kind == TOKEN_RIGHT_BRACKET;
    change(mutator, "end of a range", token_part(expression, open), takes_in ? TEXT("(") : TEXT("["));
    change(mutator, "end of a range", token_part(expression, close), takes_in_last ? TEXT(")") : TEXT("]"));
}

/* Follows the brackets of an expression, and changes the ends of each range when it closes. */
static void follow_brackets(struct mutator *mutator, struct text_part expression, struct token token,
                            struct brackets *brackets)
{
    switch ((enum token_kind)token.kind) {
    case TOKEN_LEFT_PARENTHESIS:
    case TOKEN_LEFT_BRACKET:
    case TOKEN_LEFT_BRACE:
        if (brackets->count < BRACKETS_MOST) {
            brackets->is_range[brackets->count] = false;
            brackets->open[brackets->count++] = token;
        }
        return;
    case TOKEN_DOT_DOT:
        if (brackets->count)
            brackets->is_range[brackets->count - 1] = true;
        return;
    case TOKEN_RIGHT_PARENTHESIS:
    case TOKEN_RIGHT_BRACKET:
    case TOKEN_RIGHT_BRACE:
        if (brackets->count == 0)
            return;
        brackets->count--;
        if (brackets->is_range[brackets->count])
            change_ends(mutator, expression, brackets->open[brackets->count], token);
        return;
    default: return;
    }
}

/* What stands for a comparison or an operator instead. */
static const struct {
    enum token_kind kind;
    const char *name, *instead;
} OPERATORS[] = {
    {TOKEN_LESS, "comparison", "<="},    {TOKEN_LESS_EQUAL, "comparison", "<"},
    {TOKEN_GREATER, "comparison", ">="}, {TOKEN_GREATER_EQUAL, "comparison", ">"},
    {TOKEN_EQUAL, "comparison", "!="},   {TOKEN_NOT_EQUAL, "comparison", "="},
    {TOKEN_PLUS, "operator", "-"},       {TOKEN_MINUS, "operator", "+"},
    {TOKEN_STAR, "operator", "/"},       {TOKEN_SLASH, "operator", "*"},
};

/* Changes a token that is an operator, `and`, `or` or a truth value. */
static void change_operator(struct mutator *mutator, struct text_part expression, struct token token)
{
    struct text_part part = token_part(expression, token);
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++)
        if (OPERATORS[i].kind == (enum token_kind)token.kind)
            change(mutator, OPERATORS[i].name, part, text_of(OPERATORS[i].instead, TUOYU_NUL_TERMINATED));
    if (token.keyword == KEYWORD_AND)
        change(mutator, "and, or", part, TEXT("or"));
    if (token.keyword == KEYWORD_OR)
        change(mutator, "and, or", part, TEXT("and"));
    if (token.keyword == KEYWORD_TRUE)
        change(mutator, "truth value", part, TEXT("false"));
    if (token.keyword == KEYWORD_FALSE)
        change(mutator, "truth value", part, TEXT("true"));
}

/* Changes a token that is a number, or a text that is a day. */
static void change_literal(struct mutator *mutator, struct text_part expression, struct token token)
{
    struct text_part part = token_part(expression, token);
    size_t quote = token.kind == TOKEN_AT_STRING ? 2 : 1;
    if (token.kind == TOKEN_NUMBER)
        change_number(mutator, part);
    bool is_text = token.kind == TOKEN_STRING || token.kind == TOKEN_AT_STRING;
    if (is_text && part.text.length == quote + 11)
        change_day(mutator, part_of(part, quote, quote + 10), DATE_FIRST);
}

/* Changes every token of an expression that says something by itself. */
static void change_tokens(struct mutator *mutator, struct text_part expression)
{
    struct brackets brackets = {.count = 0};
    struct token token = lexer_next(expression.text, 0);
    for (; token.kind != TOKEN_END && token.kind != TOKEN_WRONG;
         token = lexer_next(expression.text, token.offset + token.length)) {
        change_literal(mutator, expression, token);
        change_operator(mutator, expression, token);
        follow_brackets(mutator, expression, token, &brackets);
    }
}

/* Whether the expressions under a key are conditions. */
static bool is_condition(struct text key)
{
    static const char *const KEYS[] = {"when", "only_if", "forfeit_when", "where"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (text_equals(key, text_of(KEYS[i], TUOYU_NUL_TERMINATED)))
            return true;
    return false;
}

/* Drops a condition and turns it round. In a row of a table, which is a list, it is a test. */
static void change_condition(struct mutator *mutator, struct text_part expression, bool is_test)
{
    bool is_refuted = mutator->spot->is_refuted && text_equals(mutator->spot->key, TEXT("when"));
    struct text dropped = is_test ? TEXT("-") : is_refuted ? TEXT("false") : TEXT("true");
    struct text turned = TEXT_JOIN(mutator->arena, TEXT("not("), expression.text, TEXT(")"));
    if (text_equals(expression.text, TEXT("-")))
        return;
    change(mutator, "condition dropped", expression, dropped);
    if (turned.bytes)
        change(mutator, "condition turned", expression, turned);
}

/* ---- The walk ---- */

/* Changes a rounding: away from zero instead of the mode, or towards it. */
static void change_word(struct mutator *mutator, struct text_part part)
{
    if (text_equals(mutator->spot->key, TEXT("mode")))
        change(mutator, "rounding", part, text_equals(part.text, TEXT("up")) ? TEXT("down") : TEXT("up"));
}

/* Changes a scalar by its kind. */
static void change_scalar(struct mutator *mutator, const struct pack_node *node,
                          const struct schema_type *type, bool is_test)
{
    struct text_part part = {.text = node->text, .where = node->text_where};
    if (!node->is_verbatim) {
        if (type->scalar == SCALAR_EXPRESSION)
            report_note(mutator->diagnostics, node->where,
                        "this expression is not changed, because it has escapes or several lines");
        return;
    }
    switch (type->scalar) {
    case SCALAR_EXPRESSION:
        change_tokens(mutator, part);
        if (is_condition(mutator->spot->key) || is_test)
            change_condition(mutator, part, is_test);
        return;
    case SCALAR_NUMBER:
    case SCALAR_WHOLE: change_number(mutator, part); return;
    case SCALAR_PERIOD: change_period(mutator, part); return;
    case SCALAR_RANGE: change_tokens(mutator, part); return;
    case SCALAR_WORD: change_word(mutator, part); return;
    case SCALAR_TEXT:
        if (type == &SCHEMA_SCALAR_VALUE)
            change_value(mutator, part);
        return;
    default: return;
    }
}

static void walk(struct mutator *mutator, const struct pack_node *node, const struct schema_type *type,
                 bool is_test);

/* Walks a node under a key or an id. */
static void walk_below(struct mutator *mutator, const struct pack_node *node, const struct schema_type *type,
                       struct text key, bool is_test)
{
    struct walk_spot spot = {.above = mutator->spot, .key = key, .cite = mutator->spot->cite};
    const struct pack_node *cite = pack_node_get(node, TEXT("cite"));
    if (cite && cite->kind == PACK_NODE_SCALAR)
        spot.cite = cite->text;
    spot.is_refuted = text_equals(key, TEXT("any")) || text_equals(key, TEXT("none")) ||
                      (mutator->spot->is_refuted && !text_equals(key, TEXT("all")));
    mutator->spot = &spot;
    walk(mutator, node, type, is_test);
    mutator->spot = spot.above;
}

/* What an item of a list is called: by its id, else by its number from 1. */
static struct text item_name(struct mutator *mutator, const struct pack_node *item, uint32_t index)
{
    const struct pack_node *id = pack_node_get(item, TEXT("id"));
    if (id && id->kind == PACK_NODE_SCALAR)
        return id->text;
    struct text number = text_format(mutator->arena, "%u", index + 1);
    return number.bytes ? number : TEXT("");
}

/* Whether a key leads to what says nothing of the law, or is held otherwise. */
static bool is_left_alone(struct text key)
{
    static const char *const KEYS[] = {"examples", "sources",   "entities", "label",
                                       "held_by",  "objection", "tuoyu"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (text_equals(key, text_of(KEYS[i], TUOYU_NUL_TERMINATED)))
            return true;
    return false;
}

/* Walks the keys of a mapping. A day as a key is changed, too. */
static void walk_mapping(struct mutator *mutator, const struct pack_node *node,
                         const struct schema_type *type)
{
    for (uint32_t i = 0; i < node->count; i++) {
        const struct pack_entry *entry = &node->entries[i];
        const struct schema_type *below = type->values;
        for (size_t j = 0; j < type->field_count; j++)
            if (text_equals(entry->key, text_of(type->fields[j].key, TUOYU_NUL_TERMINATED)))
                below = type->fields[j].type;
        if (!below || is_left_alone(entry->key))
            continue;
        if (type->values && type->keys == SCALAR_DATE)
            change_day(mutator, (struct text_part){.text = entry->key, .where = entry->key_where},
                       mutator->first_day);
        bool is_test = type->fields && text_equals(entry->key, TEXT("when")) && below->items;
        walk_below(mutator, entry->node, below, entry->key, is_test);
    }
}

/* Walks a node by its type. The depth of the tree is limited by the reader. */
static void walk(struct mutator *mutator, const struct pack_node *node, const struct schema_type *type,
                 bool is_test)
{
    if (node->kind == PACK_NODE_SCALAR)
        change_scalar(mutator, node, type, is_test);
    else if (node->kind == PACK_NODE_MAPPING)
        walk_mapping(mutator, node, type);
    for (uint32_t i = 0; node->kind == PACK_NODE_SEQUENCE && type->items && i < node->count; i++)
        walk_below(mutator, node->items[i], type->items, item_name(mutator, node->items[i], i), is_test);
}

void mutations_find(struct tuoyu_mutations *mutations, const struct pack_node *root,
                    tuoyu_diagnostics *diagnostics)
{
    struct walk_spot top = {.key = TEXT(""), .cite = TEXT("")};
    struct mutator mutator = {.mutations = mutations,
                              .arena = &mutations->arena,
                              .spot = &top,
                              .first_day = DATE_FIRST,
                              .diagnostics = diagnostics};
    const struct pack_node *period = pack_node_get(root, TEXT("in_force"));
    int32_t last;
    if (period && period->kind == PACK_NODE_SCALAR)
        scalar_period(period->text, &mutator.first_day, &last);
    walk(&mutator, root, &SCHEMA_PACK, false);
}
