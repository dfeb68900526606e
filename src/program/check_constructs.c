/* SPDX-License-Identifier: Apache-2.0 */
/* Checks what binds names (for, some, every, filters, contexts, functions) and what takes values apart
 * (paths). */
#include "feel/builtin.h"
#include "program/checker.h"

/* ---- Iteration ---- */

/* Gives the local that a node binds its type, if it binds one. */
static void bind(struct checker *checker, const struct node *node, struct static_type type)
{
    if (node->slot != UINT32_MAX && node->slot < checker->expression->frame_size)
        checker->frame[node->slot] = type;
}

/* The type of the values that an iterator goes through. */
static struct static_type iterated(struct checker *checker, const struct node *iterator)
{
    struct static_type type = check_node(checker, iterator->children[0]);
    if (iterator->count == 2)
        check_node(checker, iterator->children[1]);
    if (iterator->count == 2)
        return type;
    return type.kind == TYPE_LIST || type.kind == TYPE_RANGE ? static_type_element(&type) : type;
}

/* Binds the locals of all iterators of a node, whose last child is the body. */
static void bind_iterators(struct checker *checker, const struct node *node)
{
    for (uint32_t i = 0; i + 1 < node->count; i++)
        bind(checker, node->children[i], iterated(checker, node->children[i]));
}

struct static_type check_for(struct checker *checker, const struct node *node)
{
    bind_iterators(checker, node);
    bind(checker, node, STATIC_TYPE(TYPE_LIST)); /* the local `partial`, the results so far */
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
        if (fields)
            fields[i] = (struct static_field){.name = entry->name, .type = type};
    }
    return static_type_of_fields(checker->arena, fields, fields ? node->count : 0);
}

/* Whether values of the type have a property of this name. */
static bool is_property(enum type_kind kind, struct text name)
{
    static const struct {
        enum type_kind kind;
        const char *names;
    } PROPERTIES[] = {{TYPE_DATE, "|year|month|day|weekday|"},
                      {TYPE_DATE_TIME, "|year|month|day|weekday|hour|minute|second|time offset|timezone|"},
                      {TYPE_TIME, "|hour|minute|second|time offset|timezone|"},
                      {TYPE_YEARS_MONTHS, "|years|months|"},
                      {TYPE_DAYS_TIME, "|days|hours|minutes|seconds|"},
                      {TYPE_RANGE, "|start|end|start included|end included|"}};
    for (size_t i = 0; i < sizeof PROPERTIES / sizeof *PROPERTIES; i++) {
        if (PROPERTIES[i].kind != kind)
            continue;
        struct text names = text_of(PROPERTIES[i].names, TUOYU_NUL_TERMINATED);
        for (size_t at = 0; at + name.length + 2 <= names.length; at++) {
            bool is_word = names.bytes[at] == '|' && names.bytes[at + name.length + 1] == '|';
            if (is_word && text_equals(text_slice(names, at + 1, at + 1 + name.length), name))
                return true;
        }
    }
    return false;
}

/* The type of a property of a date, time, duration or range. */
static struct static_type property_type(const struct static_type *type, struct text name)
{
    if (type->kind == TYPE_RANGE && (text_equals(name, TEXT("start")) || text_equals(name, TEXT("end"))))
        return static_type_element(type);
    if (type->kind == TYPE_RANGE)
        return STATIC_TYPE(TYPE_BOOLEAN);
    if (text_equals(name, TEXT("time offset")))
        return STATIC_TYPE(TYPE_DAYS_TIME);
    return STATIC_TYPE(text_equals(name, TEXT("timezone")) ? TYPE_STRING : TYPE_NUMBER);
}

/* The type of the entry or property that a node names; reports one that is not there. */
static struct static_type entry_type(struct checker *checker, const struct node *node,
                                     const struct static_type *type)
{
    if (static_type_is_open(type) || (type->kind == TYPE_CONTEXT && !type->fields))
        return STATIC_TYPE(TYPE_ANY);
    struct text best = TEXT(""), hint = TEXT("");
    if (type->kind == TYPE_CONTEXT) {
        const struct static_type *field = static_type_field(type, node->name);
        if (field)
            return *field;
        size_t distance = SIZE_MAX;
        uint32_t candidates =
            diagnostics_wants_hint(checker->diagnostics, type->field_count) ? type->field_count : 0;
        for (uint32_t i = 0; i < candidates; i++)
            text_nearest(node->name, type->fields[i].name, &best, &distance);
    } else if (is_property(type->kind, node->name)) {
        return property_type(type, node->name);
    }
    if (best.length)
        hint = message_text(checker->arena, "did you mean `%.*s`?", TEXT_ARGUMENTS(best));
    struct text name = check_type_name(type);
    check_fail(checker, node, hint.bytes ? hint : TEXT(""), "a %.*s has no entry `%.*s` here",
               TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(node->name));
    return STATIC_TYPE(TYPE_ANY);
}

struct static_type check_path(struct checker *checker, const struct node *node)
{
    struct static_type type = check_node(checker, node->children[0]);
    if (type.kind != TYPE_LIST)
        return entry_type(checker, node, &type);
    struct static_type element = static_type_element(&type);
    if (element.kind == TYPE_LIST)
        return STATIC_TYPE(TYPE_ANY);
    return static_type_of(checker->arena, TYPE_LIST, entry_type(checker, node, &element));
}

/* ---- Filters ---- */

struct static_type check_filter(struct checker *checker, const struct node *node)
{
    struct static_type list = check_node(checker, node->children[0]);
    struct static_type item = list.kind == TYPE_LIST ? static_type_element(&list) : list;
    bind(checker, node, item);
    struct static_type condition = check_node(checker, node->children[1]);
    if (condition.kind == TYPE_NUMBER)
        return item;
    if (condition.kind == TYPE_BOOLEAN)
        return list.kind == TYPE_LIST ? list : static_type_of(checker->arena, TYPE_LIST, item);
    if (!static_type_is_open(&condition))
        check_fail(checker, node->children[1], TEXT(""), "a filter is a condition or a position");
    return STATIC_TYPE(TYPE_ANY);
}

struct static_type check_item_entry(struct checker *checker, const struct node *node)
{
    struct static_type item =
        node->slot < checker->expression->frame_size ? checker->frame[node->slot] : STATIC_TYPE(TYPE_ANY);
    const struct static_type *field = item.kind == TYPE_CONTEXT ? static_type_field(&item, node->name) : NULL;
    if (field)
        return *field;
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
    struct function *function = ARENA_NEW(checker->arena, struct function);
    for (uint32_t i = 0; i + 1 < node->count; i++) {
        const struct node *parameter = node->children[i];
        bind(checker, parameter, STATIC_TYPE(parameter->type ? parameter->type->kind : TYPE_ANY));
    }
    struct static_type result = check_node(checker, node->children[node->count - 1]);
    struct static_type type = static_type_of(checker->arena, TYPE_FUNCTION, result);
    if (function)
        function->node = node;
    type.function = function;
    return type;
}

/* ---- Calls of functions that are known ---- */

/* Whether the arguments of a call are given by name. */
static bool is_by_name(const struct node *call)
{
    return call->count > 1 && call->children[1]->kind == NODE_ARGUMENT;
}

/* Whether the call gives a parameter of this name. */
static bool names_parameter(const struct node *call, struct text name)
{
    for (uint32_t i = 1; i < call->count; i++)
        if (text_equals(call->children[i]->name, name))
            return true;
    return false;
}

/* Checks the named arguments of a call of a function that an expression defines: each parameter must be given
 * exactly once. */
static void check_names_of_defined(struct checker *checker, const struct node *call,
                                   const struct function *function)
{
    enum { NAMES_A_STEP = 8 };
    uint32_t count = function->node->count - 1;
    if (!arena_charge(checker->arena, (uint64_t)call->count * (call->count + count) / NAMES_A_STEP))
        return;
    for (uint32_t i = 1; i < call->count; i++) {
        const struct node *given = call->children[i];
        uint32_t index = 0;
        while (index < count && !text_equals(function_parameter_name(function, index), given->name))
            index++;
        if (index == count)
            check_fail(checker, given, TEXT(""), "the function has no parameter `%.*s`",
                       TEXT_ARGUMENTS(given->name));
        for (uint32_t j = 1; j < i && index < count; j++)
            if (text_equals(call->children[j]->name, given->name))
                check_fail(checker, given, TEXT("remove one of them"), "the parameter `%.*s` is given twice",
                           TEXT_ARGUMENTS(given->name));
    }
    for (uint32_t i = 0; i < count; i++) {
        struct text name = function_parameter_name(function, i);
        if (!names_parameter(call, name))
            check_fail(checker, call, TEXT("a parameter that may be left out is given as null"),
                       "the parameter `%.*s` is not given", TEXT_ARGUMENTS(name));
    }
}

/* Checks the named arguments of a call of a built-in. */
static void check_names_of_builtin(struct checker *checker, const struct node *call,
                                   const struct builtin *builtin)
{
    uint32_t count = call->count - 1;
    struct text *names = ARENA_ARRAY(checker->arena, struct text, count);
    for (uint32_t i = 0; names && i < count; i++)
        names[i] = call->children[i + 1]->name;
    if (!names || builtin_with_names(builtin, names, count))
        return;
    const char *missing = builtin_missing_parameter(builtin, names, count);
    if (missing)
        check_fail(checker, call, TEXT(""), "the argument `%s` of %s() is missing", missing, builtin->name);
    else
        check_fail(checker, call, TEXT(""), "%s() has no such arguments", builtin->name);
}

/* Checks that a call gives the arguments that a known function takes. */
static void check_given(struct checker *checker, const struct node *call, const struct function *function)
{
    uint32_t given = call->count - 1;
    if (is_by_name(call) && function->node)
        check_names_of_defined(checker, call, function);
    else if (is_by_name(call))
        check_names_of_builtin(checker, call, function->builtin);
    else if (function->node && given != function->node->count - 1)
        check_fail(checker, call, TEXT(""), "the function takes %u argument%s, not %u",
                   function->node->count - 1, function->node->count == 2 ? "" : "s", given);
    else if (!function->node && !builtin_with_count(function->builtin, given))
        check_fail(checker, call, TEXT(""), "%s() is not called with %u argument%s", function->builtin->name,
                   given, given == 1 ? "" : "s");
}

struct static_type check_call(struct checker *checker, const struct node *node)
{
    struct static_type function = check_node(checker, node->children[0]);
    for (uint32_t i = 1; i < node->count; i++) {
        const struct node *argument = node->children[i];
        check_node(checker, argument->kind == NODE_ARGUMENT ? argument->children[0] : argument);
    }
    if (function.kind == TYPE_FUNCTION && function.function)
        check_given(checker, node, function.function);
    if (function.kind == TYPE_FUNCTION)
        return static_type_element(&function);
    if (!static_type_is_open(&function)) {
        struct text shown = check_show(checker, node->children[0]), name = check_type_name(&function);
        check_fail(checker, node, TEXT(""), "%.*s is a %.*s, which cannot be called", TEXT_ARGUMENTS(shown),
                   TEXT_ARGUMENTS(name));
    }
    return STATIC_TYPE(TYPE_ANY);
}
