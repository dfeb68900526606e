/* SPDX-License-Identifier: Apache-2.0 */
/* What binds names (for, some, every, filters, contexts, functions) and what takes values apart (paths). */
#include "plan/checker.h"

/* ---- Iteration ---- */

static void bind(struct checker *checker, const struct node *node, struct static_type type)
{
    if (node->slot != UINT32_MAX && node->slot < checker->expression->frame_size) checker->frame[node->slot] = type;
}

static struct static_type iterated(struct checker *checker, const struct node *iterator)
{
    struct static_type type = check_node(checker, iterator->children[0]);
    if (iterator->count == 2) check_node(checker, iterator->children[1]);
    if (iterator->count == 2) return type;
    return type.kind == TYPE_LIST || type.kind == TYPE_RANGE ? static_type_element(&type) : type;
}

static void bind_iterators(struct checker *checker, const struct node *node)
{
    for (uint32_t i = 0; i + 1 < node->count; i++)
        bind(checker, node->children[i], iterated(checker, node->children[i]));
}

struct static_type check_for(struct checker *checker, const struct node *node)
{
    bind_iterators(checker, node);
    bind(checker, node, STATIC_TYPE(TYPE_LIST)); /* `partial` */
    struct static_type item = check_node(checker, node->children[node->count - 1]);
    return static_type_of(checker->arena, TYPE_LIST, item);
}

struct static_type check_quantified(struct checker *checker, const struct node *node)
{
    bind_iterators(checker, node);
    const struct node *body = node->children[node->count - 1];
    struct static_type type = check_node(checker, body);
    if (!static_type_is_open(&type) && type.kind != TYPE_BOOLEAN)
        check_fail(checker, body, TEXT(""), "`satisfies` needs a condition that is true or false");
    return STATIC_TYPE(TYPE_BOOLEAN);
}

/* ---- Contexts ---- */

struct static_type check_context(struct checker *checker, const struct node *node)
{
    struct static_field *fields = ARENA_ARRAY(checker->arena, struct static_field, node->count);
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *entry = node->children[i];
        struct static_type type = check_node(checker, entry->children[0]);
        bind(checker, entry, type);
        if (fields) fields[i] = (struct static_field){.name = entry->name, .type = type};
    }
    return static_type_of_fields(checker->arena, fields, fields ? node->count : 0);
}

static bool is_property(enum type_kind kind, struct text name)
{
    static const struct { enum type_kind kind; const char *names; } PROPERTIES[] = {
        {TYPE_DATE, "|year|month|day|weekday|"},
        {TYPE_DATE_TIME, "|year|month|day|weekday|hour|minute|second|time offset|timezone|"},
        {TYPE_TIME, "|hour|minute|second|time offset|timezone|"},
        {TYPE_YEARS_MONTHS, "|years|months|"},
        {TYPE_DAYS_TIME, "|days|hours|minutes|seconds|"},
        {TYPE_RANGE, "|start|end|start included|end included|"}};
    for (size_t i = 0; i < sizeof PROPERTIES / sizeof *PROPERTIES; i++) {
        if (PROPERTIES[i].kind != kind) continue;
        struct text names = text_of(PROPERTIES[i].names, TUOYU_NUL_TERMINATED);
        for (size_t at = 0; at + name.length + 2 <= names.length; at++) {
            bool is_word = names.bytes[at] == '|' && names.bytes[at + name.length + 1] == '|';
            if (is_word && text_equals(text_slice(names, at + 1, at + 1 + name.length), name)) return true;
        }
    }
    return false;
}

/* What a date, time, duration or range tells of itself. */
static struct static_type property_type(const struct static_type *type, struct text name)
{
    if (type->kind == TYPE_RANGE && (text_equals(name, TEXT("start")) || text_equals(name, TEXT("end"))))
        return static_type_element(type);
    if (type->kind == TYPE_RANGE) return STATIC_TYPE(TYPE_BOOLEAN);
    if (text_equals(name, TEXT("time offset"))) return STATIC_TYPE(TYPE_DAYS_TIME);
    return STATIC_TYPE(text_equals(name, TEXT("timezone")) ? TYPE_STRING : TYPE_NUMBER);
}

static struct static_type entry_type(struct checker *checker, const struct node *node, const struct static_type *type)
{
    if (static_type_is_open(type) || (type->kind == TYPE_CONTEXT && !type->fields)) return STATIC_TYPE(TYPE_ANY);
    struct text best = TEXT(""), hint = TEXT("");
    if (type->kind == TYPE_CONTEXT) {
        const struct static_type *field = static_type_field(type, node->name);
        if (field) return *field;
        size_t distance = SIZE_MAX;
        uint32_t candidates = diagnostics_wants_hint(checker->diagnostics, type->field_count) ? type->field_count : 0;
        for (uint32_t i = 0; i < candidates; i++) text_nearest(node->name, type->fields[i].name, &best, &distance);
    } else if (is_property(type->kind, node->name)) {
        return property_type(type, node->name);
    }
    if (best.length) hint = text_format(checker->arena, "did you mean `%.*s`?", TEXT_ARGUMENTS(best));
    struct text name = check_type_name(type);
    check_fail(checker, node, hint.bytes ? hint : TEXT(""), "a %.*s has no entry `%.*s` here", TEXT_ARGUMENTS(name),
               TEXT_ARGUMENTS(node->name));
    return STATIC_TYPE(TYPE_ANY);
}

struct static_type check_path(struct checker *checker, const struct node *node)
{
    struct static_type type = check_node(checker, node->children[0]);
    if (type.kind != TYPE_LIST) return entry_type(checker, node, &type);
    struct static_type element = static_type_element(&type);
    if (element.kind == TYPE_LIST) return STATIC_TYPE(TYPE_ANY);
    return static_type_of(checker->arena, TYPE_LIST, entry_type(checker, node, &element));
}

/* ---- Filters ---- */

struct static_type check_filter(struct checker *checker, const struct node *node)
{
    struct static_type list = check_node(checker, node->children[0]);
    struct static_type item = list.kind == TYPE_LIST ? static_type_element(&list) : list;
    bind(checker, node, item);
    struct static_type condition = check_node(checker, node->children[1]);
    if (condition.kind == TYPE_NUMBER) return item;
    if (condition.kind == TYPE_BOOLEAN) return list.kind == TYPE_LIST ? list : static_type_of(checker->arena, TYPE_LIST, item);
    if (!static_type_is_open(&condition))
        check_fail(checker, node->children[1], TEXT(""), "a filter is a condition or a position");
    return STATIC_TYPE(TYPE_ANY);
}

struct static_type check_item_entry(struct checker *checker, const struct node *node)
{
    struct static_type item = node->slot < checker->expression->frame_size ? checker->frame[node->slot] : STATIC_TYPE(TYPE_ANY);
    const struct static_type *field = item.kind == TYPE_CONTEXT ? static_type_field(&item, node->name) : NULL;
    if (field) return *field;
    bool is_known = !static_type_is_open(&item) && (item.kind != TYPE_CONTEXT || item.fields);
    if (node->count > 0) {
        struct static_type outside = check_node(checker, node->children[0]);
        return is_known ? outside : STATIC_TYPE(TYPE_ANY);
    }
    return is_known ? entry_type(checker, node, &item) : STATIC_TYPE(TYPE_ANY);
}

/* ---- Functions ---- */

struct static_type check_function(struct checker *checker, const struct node *node)
{
    for (uint32_t i = 0; i + 1 < node->count; i++) {
        const struct node *parameter = node->children[i];
        bind(checker, parameter, STATIC_TYPE(parameter->type ? parameter->type->kind : TYPE_ANY));
    }
    struct static_type result = check_node(checker, node->children[node->count - 1]);
    return static_type_of(checker->arena, TYPE_FUNCTION, result);
}

struct static_type check_call(struct checker *checker, const struct node *node)
{
    struct static_type function = check_node(checker, node->children[0]);
    for (uint32_t i = 1; i < node->count; i++) {
        const struct node *argument = node->children[i];
        check_node(checker, argument->kind == NODE_ARGUMENT ? argument->children[0] : argument);
    }
    if (function.kind == TYPE_FUNCTION) return static_type_element(&function);
    if (!static_type_is_open(&function)) {
        struct text shown = check_show(checker, node->children[0]), name = check_type_name(&function);
        check_fail(checker, node, TEXT(""), "%.*s is a %.*s, which cannot be called", TEXT_ARGUMENTS(shown),
                   TEXT_ARGUMENTS(name));
    }
    return STATIC_TYPE(TYPE_ANY);
}
