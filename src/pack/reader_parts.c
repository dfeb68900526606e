/* SPDX-License-Identifier: Apache-2.0 */
/* Fetches scalars and small parts of the model from the tree, and makes the checks that several sections
 * share. */
#include "pack/reader_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "program/unit_text.h"

void reader_remember(struct pack_reader *reader, tuoyu_status status)
{
    if (reader->first_error == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY)
        reader->first_error = status;
}

void *reader_array(struct pack_reader *reader, size_t count, size_t item_size)
{
    void *array = arena_allocate_array(reader->arena, count, item_size);
    if (!array)
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
    return array;
}

/* ---- Fetching ---- */

size_t reader_entry_count(const struct pack_node *node)
{
    return node && node->kind == PACK_NODE_MAPPING ? node->count : 0;
}

size_t reader_item_count(const struct pack_node *node)
{
    return node && node->kind == PACK_NODE_SEQUENCE ? node->count : 0;
}

size_t reader_limited_count(struct pack_reader *reader, const struct pack_node *list, size_t most,
                            const char *what)
{
    assert(most > 0);
    size_t count = reader_item_count(list);
    if (count <= most)
        return count;
    READER_ERROR(reader, TUOYU_ERROR_LIMIT, list->items[most]->where,
                 TEXT("put some of them together, or into a table"),
                 "a rule has at most %zu %s, but here are %zu", most, what, count);
    return most;
}

const struct pack_node *reader_get(const struct pack_node *mapping, const char *key)
{
    return pack_node_get(mapping, text_of(key, TUOYU_NUL_TERMINATED));
}

bool reader_has(const struct pack_node *mapping, const char *key)
{
    return reader_get(mapping, key) != NULL;
}

/* The scalar under a key, or NULL. */
static const struct pack_node *scalar(const struct pack_node *mapping, const char *key)
{
    const struct pack_node *node = reader_get(mapping, key);
    return node && node->kind == PACK_NODE_SCALAR ? node : NULL;
}

struct text reader_text(const struct pack_node *mapping, const char *key)
{
    const struct pack_node *node = scalar(mapping, key);
    return node ? node->text : (struct text){NULL, 0};
}

struct localised localised_of(const struct pack_node *node)
{
    if (!node || node->kind == PACK_NODE_SEQUENCE)
        return (struct localised){.zh = {NULL, 0}};
    if (node->kind == PACK_NODE_SCALAR)
        return (struct localised){.zh = node->text, .en = node->text};
    return (struct localised){.zh = reader_text(node, "zh"), .en = reader_text(node, "en")};
}

struct localised reader_localised(const struct pack_node *mapping, const char *key)
{
    return localised_of(reader_get(mapping, key));
}

struct pack_name reader_name(const struct pack_node *mapping, const char *key)
{
    const struct pack_node *node = scalar(mapping, key);
    return node ? (struct pack_name){.text = node->text, .where = node->where}
                : (struct pack_name){.text = {NULL, 0}};
}

/* Enters a place that holds a unit into the model, for layering. */
static void note_unit(struct pack_reader *reader, struct text *unit, struct location where)
{
    struct pack_model *model = reader->model;
    struct pack_unit *grown =
        arena_grow(reader->arena, model->units, model->unit_count, &model->unit_capacity, sizeof *grown);
    if (!grown) {
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    model->units = grown;
    grown[model->unit_count++] = (struct pack_unit){.text = unit, .where = where};
}

void reader_unit(struct pack_reader *reader, const struct pack_node *mapping, const char *key,
                 struct text *unit)
{
    const struct pack_node *node = scalar(mapping, key);
    struct unit read;
    const char *problem;
    *unit = (struct text){NULL, 0};
    if (!node)
        return;
    *unit = node->text;
    if (!unit_text_check(node->text, &read, &problem))
        return; /* the schema's check has reported it */
    *unit = unit_text_of(reader->arena, &read);
    if (!unit->bytes)
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
    note_unit(reader, unit, node->where);
}

struct pack_cite reader_cite(const struct pack_node *mapping, const char *key)
{
    struct pack_cite cite = {.source = {NULL, 0}};
    const struct pack_node *node = scalar(mapping, key);
    if (!node || node->text.length == 0)
        return cite;
    scalar_cite(node->text, &cite.source, &cite.clause);
    cite.where = node->is_verbatim ? node->text_where : node->where;
    return cite;
}

pack_standing reader_standing(const struct pack_node *mapping, const char *key)
{
    return scalar_standing(reader_text(mapping, key));
}

struct pack_period reader_period(const struct pack_node *mapping, const char *key)
{
    const struct pack_node *node = scalar(mapping, key);
    struct pack_period period = {.first = DATE_FIRST, .last = DATE_LAST};
    if (!node)
        return period;
    period.where = node->where;
    period.is_given = scalar_period(node->text, &period.first, &period.last) == TUOYU_OK;
    return period;
}

bool reader_boolean(const struct pack_node *mapping, const char *key, bool otherwise)
{
    bool value = otherwise;
    return scalar_boolean(reader_text(mapping, key), &value) ? value : otherwise;
}

struct pack_rounding reader_rounding(struct pack_reader *reader, const struct pack_node *mapping,
                                     const char *key)
{
    struct pack_rounding rounding = {.is_given = false};
    const struct pack_node *node = reader_get(mapping, key), *to = scalar(node, "to");
    if (!to || decimal_parse(to->text, &rounding.to) != TUOYU_OK)
        return rounding;
    rounding.where = node->where;
    rounding.cite = reader_cite(node, "cite");
    if (decimal_sign(rounding.to) <= 0)
        READER_ERROR(reader, TUOYU_ERROR_PACK, to->where, TEXT("0.01 rounds to fen, 1 to yuan"),
                     "rounding to a multiple of %.*s: it must be above 0", TEXT_ARGUMENTS(to->text));
    if (decimal_rounding_of(reader_text(node, "mode"), &rounding.mode))
        rounding.is_given = decimal_sign(rounding.to) > 0;
    return rounding;
}

struct pack_name *reader_names(struct pack_reader *reader, const struct pack_node *list, size_t *count)
{
    size_t items = reader_item_count(list);
    struct pack_name *names = reader_array(reader, items, sizeof *names);
    *count = 0;
    for (size_t i = 0; names && i < items; i++)
        if (list->items[i]->kind == PACK_NODE_SCALAR)
            names[(*count)++] =
                (struct pack_name){.text = list->items[i]->text, .where = list->items[i]->where};
    return names;
}

/* ---- Expressions ---- */

/* Whether a byte is white space of FEEL within ASCII. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether two texts are the same but for white space. */
static bool same_words(struct text left, struct text right)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < left.length && is_blank(left.bytes[i]))
            i++;
        while (j < right.length && is_blank(right.bytes[j]))
            j++;
        if (i == left.length || j == right.length)
            return i == left.length && j == right.length;
        if (left.bytes[i++] != right.bytes[j++])
            return false;
    }
}

/* Whether no string of the expression goes over the end of a line and no comment stands in it, so that line
 * ends and indentation mean nothing. */
static bool lines_stand_alone(struct text text)
{
    bool in_string = false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '\\')
            i++;
        else if (text.bytes[i] == '"')
            in_string = !in_string;
        else if (text.bytes[i] == '\n' && in_string)
            return false;
        else if (text.bytes[i] == '/' && i + 1 < text.length && text.bytes[i + 1] == '/')
            return false;
    }
    return true;
}

/* Gives an expression. One that stands over several lines is taken from the source, with its indentation,
 * where white space means nothing to FEEL; errors can then point into it. */
struct expression_text expression_of(const struct pack_node *node)
{
    if (!node || node->kind != PACK_NODE_SCALAR || node->text.length == 0)
        return (struct expression_text){.text = {NULL, 0}};
    struct location where = node->text_where;
    struct text written = text_slice(where.source->content, where.offset, where.offset + where.length);
    if (!node->is_verbatim && same_words(written, node->text) && lines_stand_alone(written))
        return (struct expression_text){.text = written, .where = where, .is_verbatim = true};
    return (struct expression_text){.text = node->text,
                                    .where = node->is_verbatim ? where : node->where,
                                    .is_verbatim = node->is_verbatim};
}

struct expression_text reader_expression(const struct pack_node *mapping, const char *key)
{
    return expression_of(reader_get(mapping, key));
}

/* ---- Checks ---- */

void reader_unique(struct pack_reader *reader, struct map *seen, struct text name, struct location where,
                   const char *what)
{
    if (!name.bytes)
        return;
    const struct location *first = map_get(seen, name);
    if (first) {
        READER_ERROR(reader, TUOYU_ERROR_DUPLICATE, where, TEXT("give one of them another name"),
                     "the %s '%.*s' stands here twice", what, TEXT_ARGUMENTS(name));
        report_note(reader->diagnostics, *first, "the first one is here");
        return;
    }
    struct location *kept = reader_array(reader, 1, sizeof *kept);
    if (!kept)
        return;
    *kept = where;
    if (!map_put(seen, name, kept))
        reader_remember(reader, TUOYU_ERROR_NO_MEMORY);
}

size_t reader_exactly_one(struct pack_reader *reader, const struct pack_node *mapping, struct text name,
                          struct location where, const char *const *keys)
{
    size_t found = 0, first = SIZE_MAX;
    for (size_t i = 0; keys[i]; i++)
        if (reader_has(mapping, keys[i]) && found++ == 0)
            first = i;
    if (found == 1 || (found == 0 && mapping->is_misspelt))
        return first;
    size_t last = 1;
    struct text all = message_text(reader->arena, "'%s'", keys[0]);
    for (; keys[last + 1]; last++)
        all = message_text(reader->arena, "%.*s, '%s'", TEXT_ARGUMENTS(all), keys[last]);
    READER_ERROR(reader, TUOYU_ERROR_PACK, where, TEXT(""),
                 "'%.*s' needs exactly one of %.*s or '%s', but has %zu of them", TEXT_ARGUMENTS(name),
                 TEXT_ARGUMENTS(all), keys[last], found);
    return first;
}
