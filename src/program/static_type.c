/* SPDX-License-Identifier: Apache-2.0 */
/* Makes static types, and joins and compares them. */
#include "program/static_type.h"

#include <string.h>

struct static_type static_type_of(struct arena *arena, enum type_kind kind, struct static_type element)
{
    struct static_type *copy = element.kind == TYPE_ANY ? NULL : ARENA_NEW(arena, struct static_type);
    if (copy)
        *copy = element;
    return (struct static_type){.kind = kind, .element = copy};
}

bool static_type_is_ordered(const struct static_type *type)
{
    switch (type->kind) {
    case TYPE_NUMBER:
    case TYPE_STRING:
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_DATE_TIME:
    case TYPE_YEARS_MONTHS:
    case TYPE_DAYS_TIME: return true;
    default: return false;
    }
}

enum { FEW = 8 }; /* up to so many names are searched one by one, without a map */

/* A map from each name to its index + 1; NULL where the names are few, or without memory. stride: the bytes
 * from one name to the next. A name that stands twice is found at its first place. */
static const struct map *index_of(struct arena *arena, const void *first_name, size_t stride, uint32_t count)
{
    if (count <= FEW)
        return NULL;
    struct map *index = ARENA_NEW(arena, struct map);
    if (!index)
        return NULL;
    map_init(index, arena);
    for (uint32_t i = 0; i < count; i++) {
        const struct text *name = (const struct text *)((const char *)first_name + i * stride);
        if (!map_get(index, *name) && !map_put(index, *name, (void *)((uintptr_t)i + 1)))
            return NULL;
    }
    return index;
}

struct static_type static_type_of_strings(struct arena *arena, const struct text *values, uint32_t count)
{
    return (struct static_type){.kind = TYPE_STRING,
                                .values = values,
                                .value_count = count,
                                .index = index_of(arena, values, sizeof *values, count)};
}

struct static_type static_type_of_fields(struct arena *arena, const struct static_field *fields,
                                         uint32_t count)
{
    return (struct static_type){.kind = TYPE_CONTEXT,
                                .fields = fields,
                                .field_count = count,
                                .index = index_of(arena, &fields->name, sizeof *fields, count)};
}

bool static_type_has_value(const struct static_type *type, struct text value)
{
    if (type->index)
        return map_get(type->index, value) != NULL;
    for (uint32_t i = 0; i < type->value_count; i++)
        if (text_equals(type->values[i], value))
            return true;
    return false;
}

bool static_types_share_value(struct arena *arena, const struct static_type *left,
                              const struct static_type *right)
{
    if (left->kind != TYPE_STRING || right->kind != TYPE_STRING || !left->values || !right->values)
        return true;
    const struct static_type *fewer = left->value_count < right->value_count ? left : right,
                             *more = fewer == left ? right : left;
    for (uint32_t i = 0; i < fewer->value_count && arena_charge(arena, 2); i++)
        if (static_type_has_value(more, fewer->values[i]))
            return true;
    return arena->failed;
}

/* Whether every value of the other type is one of the type's. */
static bool has_all_values(const struct static_type *type, const struct static_type *other)
{
    for (uint32_t i = 0; i < other->value_count; i++)
        if (!static_type_has_value(type, other->values[i]))
            return false;
    return true;
}

/* The type of a string that may be of either type. Any string where there would be too many values. */
static struct static_type join_strings(struct arena *arena, const struct static_type *left,
                                       const struct static_type *right)
{
    struct static_type joined = STATIC_TYPE(TYPE_STRING);
    if (!left->values || !right->values)
        return joined;
    if (left->values == right->values || (right->value_count <= FEW && has_all_values(left, right)))
        return *left;
    if (left->value_count + right->value_count > STATIC_VALUES_MOST)
        return joined;
    struct text *values = ARENA_ARRAY(arena, struct text, left->value_count + right->value_count);
    if (!values)
        return joined;
    memcpy(values, left->values, left->value_count * sizeof *values);
    joined.value_count = left->value_count;
    for (uint32_t i = 0; i < right->value_count; i++)
        if (!static_type_has_value(left, right->values[i]))
            values[joined.value_count++] = right->values[i];
    joined.values = values;
    return joined;
}

/* Whether the parts of both types are the same ones. They are compared by address only, so two equal ones may
 * count as different. */
static bool is_same_inside(const struct static_type *left, const struct static_type *right)
{
    return left->element == right->element && left->fields == right->fields &&
           left->function == right->function;
}

/* Joins two lists or ranges whose items are of one simple kind. */
static struct static_type join_elements(struct arena *arena, const struct static_type *left,
                                        const struct static_type *right)
{
    struct static_type element = *left->element;
    element.unit = unit_join(element.unit, right->element->unit);
    bool is_kept = element.unit == left->element->unit && left->function == right->function;
    return is_kept ? *left : static_type_of(arena, left->kind, element);
}

struct static_type static_type_join(struct arena *arena, const struct static_type *left,
                                    const struct static_type *right)
{
    if (left->kind == TYPE_NULL)
        return *right;
    if (right->kind == TYPE_NULL)
        return *left;
    if (left->kind != right->kind)
        return STATIC_TYPE(TYPE_ANY);
    if (left->kind == TYPE_STRING)
        return join_strings(arena, left, right);
    if (left->kind == TYPE_NUMBER)
        return (struct static_type){.kind = TYPE_NUMBER, .unit = unit_join(left->unit, right->unit)};
    if (is_same_inside(left, right))
        return *left;
    bool is_simple = left->element && right->element && left->element->kind == right->element->kind &&
                     static_type_is_ordered(left->element) && left->element->kind != TYPE_STRING;
    return is_simple ? join_elements(arena, left, right) : STATIC_TYPE(left->kind);
}

const struct static_type *static_type_field(const struct static_type *context, struct text name)
{
    uintptr_t place = context->index ? (uintptr_t)map_get(context->index, name) : 0;
    if (context->index)
        return place ? &context->fields[place - 1].type : NULL;
    for (uint32_t i = 0; i < context->field_count; i++)
        if (text_equals(context->fields[i].name, name))
            return &context->fields[i].type;
    return NULL;
}

struct static_type static_type_of_value(struct arena *arena, struct value value)
{
    static const enum type_kind KINDS[] = {
        [VALUE_NULL] = TYPE_NULL,           [VALUE_BOOLEAN] = TYPE_BOOLEAN,
        [VALUE_NUMBER] = TYPE_NUMBER,       [VALUE_STRING] = TYPE_STRING,
        [VALUE_DATE] = TYPE_DATE,           [VALUE_TIME] = TYPE_TIME,
        [VALUE_DATE_TIME] = TYPE_DATE_TIME, [VALUE_YEARS_MONTHS] = TYPE_YEARS_MONTHS,
        [VALUE_DAYS_TIME] = TYPE_DAYS_TIME, [VALUE_LIST] = TYPE_LIST,
        [VALUE_CONTEXT] = TYPE_CONTEXT,     [VALUE_RANGE] = TYPE_RANGE,
        [VALUE_FUNCTION] = TYPE_FUNCTION};
    struct static_type type = STATIC_TYPE(KINDS[value.kind]);
    if (value.kind == VALUE_NUMBER)
        type.unit = &UNIT_PLAIN;
    if (value.kind == VALUE_FUNCTION)
        type.function = value.as.function;
    struct text *single = value.kind == VALUE_STRING ? ARENA_NEW(arena, struct text) : NULL;
    if (single) {
        *single = value.as.string;
        type.values = single;
        type.value_count = 1;
    }
    return type;
}
