/* SPDX-License-Identifier: Apache-2.0 */
#include "column_cells.h"

#include <string.h>

#include "compile/typed_builder.h"
#include "value/date.h"
#include "value/decimal_bits.h"

static bool is_within(const struct range *range, struct value value)
{
    int order;
    if (!range)
        return true;
    if (range->low.kind != VALUE_NULL &&
        (!value_compare(value, range->low, &order) || order < 0 || (order == 0 && !range->low_included)))
        return false;
    return range->high.kind == VALUE_NULL ||
           (value_compare(value, range->high, &order) && (order < 0 || (order == 0 && range->high_included)));
}

/* The lowest byte comes first; the highest bit is the sign's. */
static int128 integer_at(const struct column *column, int64_t index)
{
    const unsigned char *bytes = (const unsigned char *)column->values + index * column->width;
    bool has_sign = !column->is_unsigned || column->type == COLUMN_DATE || column->width == 16;
    uint128 bits = has_sign && bytes[column->width - 1] >> 7 ? ~(uint128)0 : 0;
    for (int i = column->width - 1; i >= 0; i--)
        bits = bits << 8 | bytes[i];
    return (int128)bits;
}

static bool number_at(const struct slot *slot, const struct column *column, int64_t index, struct value *out)
{
    int128 integer = integer_at(column, index);
    struct decimal_bits bits = {.coefficient = integer < 0 ? -(uint128)integer : (uint128)integer,
                                .exponent = -column->scale - (unit_is_percent(slot->unit) ? 2 : 0),
                                .negative = integer < 0};
    tuoyu_decimal number, kept;
    if (bits.coefficient == 0)
        bits = (struct decimal_bits){0};
    if (decimal_pack(bits, &number) != TUOYU_OK)
        return false;
    if (decimal_round(number, slot->domain.scale, DECIMAL_DOWN, &kept) != TUOYU_OK ||
        decimal_compare(kept, number) != 0)
        return false;
    *out = value_number(number);
    return is_within(slot->domain.range, *out);
}

static bool text_at(const struct slot *slot, const struct column *column, int64_t index, struct value *out)
{
    int128 code = integer_at(column, index);
    if (code < 0 || code >= column->dictionary_count)
        return false;
    *out = value_string(column->dictionary[code]);
    bool is_declared = !slot->type.values;
    for (uint32_t i = 0; i < slot->type.value_count && !is_declared; i++)
        is_declared = text_equals(slot->type.values[i], column->dictionary[code]);
    return is_declared;
}

static bool date_at(const struct slot *slot, const struct column *column, int64_t index, struct value *out)
{
    int128 days = integer_at(column, index);
    if (days < DATE_FIRST || days > DATE_LAST)
        return false;
    *out = value_date((int64_t)days);
    return is_within(slot->domain.range, *out);
}

static bool truth_at(const struct column *column, int64_t index)
{
    const uint8_t *values = column->values;
    return column->width == 0 ? bitmap_get(values, index) : values[index] != 0;
}

struct value column_cell(const struct slot *slot, const struct column *column, const struct cause *invalid,
                         int64_t row)
{
    struct value value = VALUE_NOTHING;
    int64_t index = column ? column->offset + row : 0;
    bool is_valid = true;
    if (!column || (column->validity && !bitmap_get(column->validity, index)))
        return value_null(slot->absent);
    if (column->none && bitmap_get(column->none, index))
        is_valid = slot->domain.is_nullable;
    else if (column->type == COLUMN_BOOLEAN)
        value = value_boolean(truth_at(column, index));
    else if (column->type == COLUMN_NUMBER)
        is_valid = number_at(slot, column, index, &value);
    else if (column->type == COLUMN_DATE)
        is_valid = date_at(slot, column, index, &value);
    else
        is_valid = text_at(slot, column, index, &value);
    return is_valid ? value : value_null(invalid);
}
