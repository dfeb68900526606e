/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the tree of a pack against the description of the format and reports everything that does not fit;
 * also walks the description itself. */
#include "pack/schema.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* How messages name a node: by the key that it stands under and, in a list, by its number there. */
struct spot {
    struct text key;
    bool is_whole;         /* the key is not a key of the pack but the name of the whole text */
    size_t item;           /* number of the item in the list, from 1; 0 for what is no item */
    struct location where; /* location of the key, or of the item */
};

/* One run of schema_check(). */
struct schema_checker {
    tuoyu_diagnostics *diagnostics;
    tuoyu_status first_error;
    uint32_t former_keys; /* bits of FORMER_KEYS that were warned of */
};

enum { NAME_SIZE = 200 };

/* Returns the name of a node for messages, such as `item 2 of 'steps'`. The text lies in the buffer or in the
 * key. */
static struct text spot_name(const struct spot *spot, char name[NAME_SIZE])
{
    struct text key = scalar_shortened(spot->key, NAME_SIZE - 50);
    if (spot->is_whole)
        return key;
    if (spot->item) {
        return message_write(name, NAME_SIZE, "item %zu of '%.*s'", spot->item, TEXT_ARGUMENTS(key));
    }
    return message_write(name, NAME_SIZE, "'%.*s'", TEXT_ARGUMENTS(key));
}

/* Keeps the first error; TUOYU_OK changes nothing. */
static void remember(struct schema_checker *checker, tuoyu_status status)
{
    if (checker->first_error == TUOYU_OK)
        checker->first_error = status;
}

static void check(struct schema_checker *checker, struct pack_node *node, const struct schema_type *type,
                  const struct spot *spot);

/* ---- Kinds ---- */

/* Whether the type lets a node of this kind stand. */
static bool allows(const struct schema_type *type, enum pack_node_kind kind)
{
    assert(kind <= PACK_NODE_MAPPING);
    if (kind == PACK_NODE_SCALAR)
        return type->scalar != SCALAR_NONE;
    if (kind == PACK_NODE_SEQUENCE)
        return type->items != NULL;
    return type->fields != NULL || type->values != NULL;
}

/* What the type allows, such as "a text, or a list". */
static struct text describe_type(const struct schema_type *type, char first[NAME_SIZE], char both[NAME_SIZE])
{
    const char *mapping = type->fields ? "a mapping with fixed keys" : type->values ? "a mapping" : NULL;
    const char *parts[3] = {type->scalar != SCALAR_NONE ? scalar_meaning(type->scalar) : NULL,
                            type->items ? "a list" : NULL, mapping};
    struct text all = TEXT("");
    char *buffer = first;
    for (size_t i = 0; i < 3; i++) {
        if (!parts[i])
            continue;
        if (all.length) {
            all = message_write(buffer, NAME_SIZE, "%.*s, or %s", TEXT_ARGUMENTS(all), parts[i]);
            buffer = both;
        } else
            all = text_of(parts[i], TUOYU_NUL_TERMINATED);
    }
    return all;
}

/* The field with this key, or NULL. */
static const struct schema_field *find_field(const struct schema_type *type, struct text key)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (text_is(key, type->fields[i].key))
            return &type->fields[i];
    return NULL;
}

/* A hint with the keys that a mapping of the type has; empty if there are none. */
static struct text known_keys(const struct schema_type *type, char hint[SCALAR_HINT_SIZE])
{
    enum { FRAME = 40 }; /* what the seal and the words around the keys take at most */
    char all[SCALAR_HINT_SIZE - FRAME] = "";
    size_t used = 0;
    for (size_t i = 0; i < type->field_count; i++) {
        int length = snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", type->fields[i].key);
        if (length > 0 && (size_t)length < sizeof all - used)
            used += (size_t)length;
    }
    return used ? message_write(hint, SCALAR_HINT_SIZE, "known here: %s", all) : TEXT("");
}

/* How to write what a type allows, for a node of another kind. */
static struct text kind_hint(const struct schema_type *type, enum pack_node_kind kind,
                             char hint[SCALAR_HINT_SIZE])
{
    if (type->items && kind == PACK_NODE_MAPPING)
        return TEXT("write each on a line of its own, with its name as `id:`, as in `- {id: city, …}`");
    if (type->items)
        return TEXT("write a list: `[a, b]`, or each on a line with `- ` before it");
    if (find_field(type, TEXT("to")) && find_field(type, TEXT("mode")))
        return TEXT("write it as `{to: 0.01, mode: half up}`: 0.01 rounds to fen, 1 to yuan");
    return type->fields && !type->values ? known_keys(type, hint) : TEXT("");
}

/* Reports a node of a kind that its type does not allow. */
static void report_kind(struct schema_checker *checker, const struct pack_node *node,
                        const struct schema_type *type, const struct spot *spot)
{
    char first[NAME_SIZE], both[NAME_SIZE], name_text[NAME_SIZE], keys[SCALAR_HINT_SIZE];
    struct text name = spot_name(spot, name_text);
    struct text expected = describe_type(type, first, both);
    bool is_nothing = node->kind == PACK_NODE_SCALAR && node->text.length == 0 && !node->is_quoted;
    const char *found = is_nothing                         ? "nothing"
                        : node->kind == PACK_NODE_SCALAR   ? "a text"
                        : node->kind == PACK_NODE_SEQUENCE ? "a list"
                                                           : "a mapping";
    struct text hint = type->scalar == SCALAR_RANGE || type->scalar == SCALAR_EXPRESSION
                           ? TEXT("quote a text that begins with a bracket or brace")
                       : is_nothing ? TEXT("write it, or remove the key")
                                    : kind_hint(type, node->kind, keys);
    struct location where = is_nothing ? spot->where : node->where;
    remember(checker, report(checker->diagnostics, TUOYU_ERROR_PACK, where, hint, "%.*s must be %.*s, not %s",
                             TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(expected), found));
}

/* ---- Mappings with fixed keys ---- */

/* Keys that earlier releases knew by another name. */
static const struct former_key {
    const char *key, *now, *since;
} FORMER_KEYS[] = {
    {"status", "standing", "0.2"}, {"provenance", "standing", "0.2"}, /* the former word in `expect` */
};

/* The field that a key of an earlier release means in a mapping of this type, unless that stands there too;
 * else NULL. It is read as it is called now, with a warning where the pack has the first of its kind. */
static const struct schema_field *former_field(struct schema_checker *checker, const struct pack_node *node,
                                               struct pack_entry *entry, const struct schema_type *type)
{
    for (size_t i = 0; i < sizeof FORMER_KEYS / sizeof FORMER_KEYS[0]; i++) {
        const struct former_key *former = &FORMER_KEYS[i];
        struct text now = text_of(former->now, TUOYU_NUL_TERMINATED);
        const struct schema_field *field = find_field(type, now);
        if (!text_is(entry->key, former->key) || !field || pack_node_get(node, now))
            continue;
        if (!(checker->former_keys >> i & 1))
            report_warning(checker->diagnostics, TUOYU_ERROR_PACK, entry->key_where,
                           TEXT("it is read so; write the new key, here and wherever this one stands"),
                           "the key '%s' is called '%s' since release %s", former->key, former->now,
                           former->since);
        checker->former_keys |= 1u << i;
        entry->key = now;
        return field;
    }
    return NULL;
}

/* What keys are called elsewhere: in Chinese, and by other words. The first that a type has is meant. */
static const struct {
    const char *called, *key;
} OTHER_KEYS[] = {
    {"名称", "label"},       {"名称", "title"},         {"名字", "label"},
    {"标签", "label"},       {"标题", "title"},         {"类型", "type"},
    {"单位", "unit"},        {"范围", "range"},         {"出处", "cite"},
    {"引用", "cite"},        {"依据", "cite"},          {"备注", "note"},
    {"说明", "note"},        {"值", "value"},           {"数值", "value"},
    {"取值", "values"},      {"公式", "formula"},       {"条件", "when"},
    {"原因", "because"},     {"理由", "because"},       {"编号", "id"},
    {"有效期", "in_force"},  {"生效", "in_force"},      {"来源", "sources"},
    {"文号", "number"},      {"日期", "date"},          {"参数", "parameters"},
    {"定义", "definitions"}, {"比例", "rate"},          {"金额", "amount"},
    {"金额", "of"},          {"取整", "round"},         {"承担方", "payers"},
    {"步骤", "steps"},       {"算例", "examples"},      {"上限", "at_most"},
    {"下限", "at_least"},    {"默认", "default"},       {"name", "label"},
    {"name", "title"},       {"description", "note"},   {"comment", "note"},
    {"reason", "because"},   {"source", "cite"},        {"if", "when"},
    {"condition", "when"},   {"expression", "formula"}, {"expr", "formula"},
    {"amount", "of"},        {"total", "of"},           {"percent", "rate"},
    {"share", "rate"},       {"max", "at_most"},        {"min", "at_least"},
    {"digits", "to"},        {"decimals", "to"},        {"options", "values"},
    {"enum", "values"},      {"conditions", "all"},     {"criteria", "all"},
    {"valid", "in_force"},   {"dates", "in_force"},     {"output", "outputs"},
    {"input", "inputs"},     {"otherwise", "default"},
};

/* The key of the type that is called so elsewhere; empty if there is none. */
static struct text key_called(const struct schema_type *type, struct text called)
{
    for (size_t i = 0; i < sizeof OTHER_KEYS / sizeof *OTHER_KEYS; i++) {
        struct text key = text_of(OTHER_KEYS[i].key, TUOYU_NUL_TERMINATED);
        if (text_is(called, OTHER_KEYS[i].called) && find_field(type, key))
            return key;
    }
    return TEXT("");
}

/* Reports a key that the type does not have, with what it is called now, the nearest key or the list of all
 * as a hint. */
static void report_unknown_key(struct schema_checker *checker, const struct pack_entry *entry,
                               const struct schema_type *type, const struct spot *spot)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX;
    char hint[SCALAR_HINT_SIZE], name_text[NAME_SIZE];
    bool wants_hint = diagnostics_wants_hint(checker->diagnostics, type->field_count);
    for (size_t i = 0; wants_hint && i < type->field_count; i++)
        text_nearest(entry->key, text_of(type->fields[i].key, TUOYU_NUL_TERMINATED), &best, &distance);
    if (!best.length)
        best = key_called(type, entry->key);
    struct text say = best.length  ? scalar_did_you_mean(best, hint)
                      : wants_hint ? known_keys(type, hint)
                                   : TEXT("");
    struct text name = spot_name(spot, name_text);
    remember(checker, report(checker->diagnostics, TUOYU_ERROR_PACK, entry->key_where, say,
                             "unknown key '%.*s' in %.*s", TEXT_ARGUMENTS(entry->key), TEXT_ARGUMENTS(name)));
}

/* Checks a mapping with fixed keys: each value by its type, then whether a required key is missing, unless it
 * may be there under a wrong name. keys: a list ended by NULL of the only keys that are looked at; NULL looks
 * at all. */
static void check_fields(struct schema_checker *checker, struct pack_node *node,
                         const struct schema_type *type, const struct spot *spot, const char *const *keys)
{
    char name_text[NAME_SIZE];
    for (size_t i = 0; i < node->count; i++) {
        struct pack_entry *entry = &node->entries[i];
        if (keys && scalar_word(keys, entry->key) == SIZE_MAX)
            continue;
        const struct schema_field *field = find_field(type, entry->key);
        if (!field)
            field = former_field(checker, node, entry, type);
        struct spot below = {.key = entry->key, .where = entry->key_where};
        if (field)
            check(checker, entry->node, field->type, &below);
        else
            report_unknown_key(checker, entry, type, spot);
        node->is_misspelt |= field == NULL;
    }
    for (size_t i = 0; i < type->field_count && !node->is_misspelt; i++) {
        if (!type->fields[i].is_required)
            continue;
        struct text key = text_of(type->fields[i].key, TUOYU_NUL_TERMINATED);
        if (pack_node_get(node, key) || (keys && scalar_word(keys, key) == SIZE_MAX))
            continue;
        struct text name = spot_name(spot, name_text);
        remember(checker, report(checker->diagnostics, TUOYU_ERROR_PACK, spot->where, TEXT(""),
                                 "'%s' is missing in %.*s", type->fields[i].key, TEXT_ARGUMENTS(name)));
    }
}

/* ---- Everything else ---- */

/* Reports a key of the values that stands where a name is expected, as in `values: {value: 80}`. */
static void report_missing_level(struct schema_checker *checker, const struct pack_entry *entry)
{
    remember(checker,
             report(checker->diagnostics, TUOYU_ERROR_PACK, entry->key_where,
                    TEXT("write the day from which it holds before it, as in 2024-01-01: {value: 80}"),
                    "'%.*s' belongs under a date such as 2024-01-31", TEXT_ARGUMENTS(entry->key)));
}

/* Checks a mapping from names: each name by the kind of the keys, each value by the type of the values. What
 * stands under a wrong name is not looked at. */
static void check_values(struct schema_checker *checker, struct pack_node *node,
                         const struct schema_type *type)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct pack_entry *entry = &node->entries[i];
        struct spot below = {.key = entry->key, .where = entry->key_where};
        if (type->keys == SCALAR_DATE && find_field(type->values, entry->key)) {
            report_missing_level(checker, entry);
            continue;
        }
        tuoyu_status status = scalar_check(type->keys, NULL, entry->key, entry->key_where, TEXT("this key"),
                                           checker->diagnostics);
        remember(checker, status);
        if (status == TUOYU_OK)
            check(checker, entry->node, type->values, &below);
    }
}

/* Checks each item of a list by the type of the items. */
static void check_items(struct schema_checker *checker, struct pack_node *node,
                        const struct schema_type *type, const struct spot *spot)
{
    for (size_t i = 0; i < node->count; i++) {
        struct spot below = {.key = spot->key, .item = i + 1, .where = node->items[i]->where};
        check(checker, node->items[i], type->items, &below);
    }
}

/* Checks one node and what is below it. The recursion is as deep as the tree, whose depth is limited. */
static void check(struct schema_checker *checker, struct pack_node *node, const struct schema_type *type,
                  const struct spot *spot)
{
    char name_text[NAME_SIZE];
    if (!allows(type, node->kind)) {
        report_kind(checker, node, type, spot);
        return;
    }
    if (node->kind == PACK_NODE_SCALAR) {
        if (scalar_judge(type->scalar, type->words, node->text) == TUOYU_OK)
            return; /* the common case does not pay for making a name */
        struct location where = node->text.length ? node->where : spot->where;
        remember(checker, scalar_check(type->scalar, type->words, node->text, where,
                                       spot_name(spot, name_text), checker->diagnostics));
        return;
    }
    if (node->count == 0 && !type->may_be_empty) {
        struct text name = spot_name(spot, name_text);
        remember(checker, report(checker->diagnostics, TUOYU_ERROR_PACK, spot->where,
                                 TEXT("fill it, or remove the key"), "%.*s is empty", TEXT_ARGUMENTS(name)));
    } else if (node->kind == PACK_NODE_SEQUENCE)
        check_items(checker, node, type, spot);
    else if (type->fields)
        check_fields(checker, node, type, spot, NULL);
    else
        check_values(checker, node, type);
}

tuoyu_status schema_check(struct pack_node *node, const struct schema_type *type, struct text name,
                          tuoyu_diagnostics *diagnostics)
{
    struct schema_checker checker = {.diagnostics = diagnostics, .first_error = TUOYU_OK};
    struct spot spot = {.key = name, .is_whole = true, .where = node->where};
    check(&checker, node, type, &spot);
    return checker.first_error;
}

tuoyu_status schema_check_keys(struct pack_node *node, const struct schema_type *type,
                               const char *const *keys, struct text name, tuoyu_diagnostics *diagnostics)
{
    assert(node->kind == PACK_NODE_MAPPING);
    assert(type->fields && keys);
    struct schema_checker checker = {.diagnostics = diagnostics, .first_error = TUOYU_OK};
    struct spot spot = {.key = name, .is_whole = true, .where = node->where};
    check_fields(&checker, node, type, &spot, keys);
    return checker.first_error;
}

/* ---- Walking the description ---- */

/* Appends a type unless it is NULL, in the list already, or the list is full. Returns the new count. */
static size_t add_type(const struct schema_type **types, size_t count, size_t capacity,
                       const struct schema_type *type)
{
    if (!type || count == capacity)
        return count;
    for (size_t i = 0; i < count; i++)
        if (types[i] == type)
            return count;
    types[count] = type;
    return count + 1;
}

size_t schema_types(const struct schema_type *root, const struct schema_type **types, size_t capacity)
{
    size_t count = add_type(types, 0, capacity, root);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < types[i]->field_count; j++)
            count = add_type(types, count, capacity, types[i]->fields[j].type);
        count = add_type(types, count, capacity, types[i]->items);
        count = add_type(types, count, capacity, types[i]->values);
    }
    return count;
}
