/* SPDX-License-Identifier: Apache-2.0 */
/* FEEL's types: which values belong to them, and the implicit conversions. */
#include "feel/feel_type.h"

#include <assert.h>

#include "feel/ast.h"
#include "feel/builtin.h"
#include "feel/function.h"
#include "value/date_time.h"

enum { TYPE_DEPTH = 64 };

/* The name of the kind in FEEL, such as "days and time duration". */
struct text type_kind_name(enum type_kind kind)
{
    static const struct text NAMES[] = {[TYPE_ANY] = {"Any", 3},
                                        [TYPE_NULL] = {"Null", 4},
                                        [TYPE_BOOLEAN] = {"boolean", 7},
                                        [TYPE_NUMBER] = {"number", 6},
                                        [TYPE_STRING] = {"string", 6},
                                        [TYPE_DATE] = {"date", 4},
                                        [TYPE_TIME] = {"time", 4},
                                        [TYPE_DATE_TIME] = {"date and time", 13},
                                        [TYPE_YEARS_MONTHS] = {"years and months duration", 25},
                                        [TYPE_DAYS_TIME] = {"days and time duration", 22},
                                        [TYPE_LIST] = {"list", 4},
                                        [TYPE_CONTEXT] = {"context", 7},
                                        [TYPE_RANGE] = {"range", 5},
                                        [TYPE_FUNCTION] = {"function", 8}};
    return NAMES[kind];
}

/* The kind of type that the value has; TYPE_NULL for null. */
enum type_kind type_kind_of(struct value value)
{
    assert(value.kind <= VALUE_FUNCTION);
    static const enum type_kind KINDS[] = {
        [VALUE_NULL] = TYPE_NULL,           [VALUE_BOOLEAN] = TYPE_BOOLEAN,
        [VALUE_NUMBER] = TYPE_NUMBER,       [VALUE_STRING] = TYPE_STRING,
        [VALUE_DATE] = TYPE_DATE,           [VALUE_TIME] = TYPE_TIME,
        [VALUE_DATE_TIME] = TYPE_DATE_TIME, [VALUE_YEARS_MONTHS] = TYPE_YEARS_MONTHS,
        [VALUE_DAYS_TIME] = TYPE_DAYS_TIME, [VALUE_LIST] = TYPE_LIST,
        [VALUE_CONTEXT] = TYPE_CONTEXT,     [VALUE_RANGE] = TYPE_RANGE,
        [VALUE_FUNCTION] = TYPE_FUNCTION};
    return KINDS[value.kind];
}

/* ---- instance of ---- */

/* Whether the value, which is not null, belongs to the type; false at depth 0. */
static bool contains(const struct feel_type *type, struct value value, int depth);

/* Whether a part of a value conforms to its type. A part may be null, whatever its type; only the value
 * itself may not. */
static bool part_conforms(const struct feel_type *type, struct value value, int depth)
{
    return value.kind == VALUE_NULL || contains(type, value, depth);
}

/* Whether the context has all fields of the type; it may have more. */
static bool context_conforms(const struct feel_type *type, const struct context *context, int depth)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        size_t at = 0;
        while (at < context->count && !text_equals(context->entries[at].name, type->fields[i].name))
            at++;
        if (at == context->count || !part_conforms(type->fields[i].type, context->entries[at].value, depth))
            return false;
    }
    return true;
}

/* Whether a function's result conforms, as far as that can be said without running it: of a built-in by its
 * table, of a constant body by its value. Any other body is trusted. */
static bool result_conforms(const struct feel_type *type, const struct function *function, int depth)
{
    if (type->kind == TYPE_ANY)
        return true;
    if (!function->node)
        return function->builtin->result == TYPE_ANY || function->builtin->result == type->kind;
    const struct node *body = function->node->children[function->node->count - 1];
    return body->kind != NODE_LITERAL || part_conforms(type, body->value, depth);
}

/* Whether two types are the same; false at depth 0. */
static bool same_type(const struct feel_type *left, const struct feel_type *right, int depth)
{
    if (depth == 0 || left->kind != right->kind || left->field_count != right->field_count)
        return false;
    if (left->element && right->element && !same_type(left->element, right->element, depth - 1))
        return false;
    for (uint32_t i = 0; i < left->field_count; i++) {
        bool is_same = text_equals(left->fields[i].name, right->fields[i].name) &&
                       same_type(left->fields[i].type, right->fields[i].type, depth - 1);
        if (!is_same)
            return false;
    }
    return true;
}

/* Whether a function takes the type's parameters and its result conforms. */
static bool function_conforms(const struct feel_type *type, const struct function *function, int depth)
{
    uint32_t count;
    if (type->is_open)
        return true;
    if (function_parameter_count(function, &count) ? count != type->field_count
                                                   : type->field_count < function->builtin->required)
        return false;
    for (uint32_t i = 0; function->node && i < type->field_count; i++) {
        const struct feel_type *declared = function->node->children[i]->type;
        bool takes_any = !declared || declared->kind == TYPE_ANY;
        if (!takes_any && !same_type(declared, type->fields[i].type, depth))
            return false;
    }
    return result_conforms(type->element, function, depth);
}

/* True if the value is of the type, and all that is in it too, down to `depth` levels. */
static bool contains(const struct feel_type *type, struct value value, int depth)
{
    if (depth == 0)
        return false;
    if (type->kind == TYPE_ANY)
        return value.kind != VALUE_NULL;
    if (type->kind != type_kind_of(value))
        return false;
    switch (type->kind) {
    case TYPE_LIST:
        for (size_t i = 0; type->element->kind != TYPE_ANY && i < value.as.list->count; i++)
            if (!part_conforms(type->element, value.as.list->items[i], depth - 1))
                return false;
        return true;
    case TYPE_RANGE:
        return part_conforms(type->element, value.as.range->low, depth - 1) &&
               part_conforms(type->element, value.as.range->high, depth - 1);
    case TYPE_CONTEXT: return context_conforms(type, value.as.context, depth - 1);
    case TYPE_FUNCTION: return function_conforms(type, value.as.function, depth - 1);
    default: return true;
    }
}

bool type_contains(const struct feel_type *type, struct value value)
{
    return contains(type, value, TYPE_DEPTH);
}

/* ---- Conversion ---- */

struct value type_convert(struct arena *arena, const struct feel_type *type, struct value value)
{
    while (type->kind != TYPE_LIST && value.kind == VALUE_LIST && value.as.list->count == 1 &&
           !type_contains(type, value))
        value = value.as.list->items[0];
    if (value.kind == VALUE_NULL || type_contains(type, value))
        return value;
    if (type->kind == TYPE_DATE_TIME && value.kind == VALUE_DATE) {
        struct date_time midnight = date_time_from_date(value.date);
        return value_date_time(arena, &midnight);
    }
    if (type->kind != TYPE_LIST || value.kind == VALUE_LIST || !type_contains(type->element, value))
        return VALUE_NOTHING;
    struct value *item = ARENA_NEW(arena, struct value);
    struct list *list = ARENA_NEW(arena, struct list);
    if (!item || !list)
        return value_no_memory();
    *item = value;
    *list = (struct list){.count = 1, .items = item};
    return (struct value){.kind = VALUE_LIST, .as.list = list};
}
