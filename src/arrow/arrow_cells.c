/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/arrow_cells.h"

#include <string.h>

#include "arrow/float_integer.h"
#include "value/date.h"
#include "value/decimal.h"

enum { DIGITS_MOST = 18 };

/* ---- Texts ---- */

/* `[-]digits[.digits]` as an integer of the scale. */
static bool read_number(struct text text, int32_t scale, int64_t *out)
{
    size_t at = text.length > 0 && text.bytes[0] == '-';
    int64_t number = 0;
    int32_t digits = 0, decimals = 0;
    bool is_behind = false;
    for (; at < text.length; at++) {
        unsigned digit = (unsigned)text.bytes[at] - '0';
        bool is_point = text.bytes[at] == '.' && !is_behind && digits > 0 && at + 1 < text.length;
        if (!is_point && (digit > 9 || ++digits > DIGITS_MOST))
            return false;
        if (is_point) {
            is_behind = true;
            continue;
        }
        number = number * 10 + (int64_t)digit;
        decimals += is_behind;
    }
    if (digits == 0 || decimals > scale)
        return false;
    for (; decimals < scale; decimals++)
        if (__builtin_mul_overflow(number, 10, &number))
            return false;
    *out = text.bytes[0] == '-' ? -number : number;
    return true;
}

static bool read_code(struct text text, const struct text *texts, uint32_t count, int64_t *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!text_equals(texts[i], text))
            continue;
        *out = i;
        return true;
    }
    return false;
}

static enum cell_reading read_text(struct text text, const struct cell_target *target, int64_t *out)
{
    int32_t date;
    bool is_read = false;
    if (text.length == 0)
        return CELL_MISSING;
    switch (target->kind) {
    case CELL_BOOLEAN:
        *out = text_equals(text, TEXT("true"));
        is_read = *out || text_equals(text, TEXT("false"));
        break;
    case CELL_DATE:
        is_read = date_parse(text, &date) == TUOYU_OK;
        *out = is_read ? date : 0;
        break;
    case CELL_CODE: is_read = read_code(text, target->texts, target->text_count, out); break;
    default: is_read = read_number(text, target->scale, out);
    }
    return is_read ? CELL_KNOWN : CELL_OTHER;
}

/* ---- Floats ---- */

static enum cell_reading read_float(const struct arrow_column *column, const struct cell_target *target,
                                    uint64_t bits, int64_t *out)
{
    return float_to_scaled_integer(bits, column->type.width, target->scale, out) ? CELL_KNOWN : CELL_OTHER;
}

static bool reads_floats(const struct arrow_column *column, const struct cell_target *target)
{
    return column->type.kind == ARROW_FLOAT && target->kind == CELL_NUMBER && target->scale >= 0 &&
           target->scale <= FLOAT_SCALE_MOST;
}

/* ---- All kinds ---- */

static enum cell_reading read_cell(const void *context, const struct cell_target *target, int64_t row,
                                   int64_t *out)
{
    const struct arrow_cells *cells = context;
    uint64_t bits;
    if (reads_floats(cells->column, target) && arrow_column_float(cells->column, row, &bits))
        return read_float(cells->column, target, bits, out);
    struct arrow_cell cell = arrow_column_cell(cells->column, row);
    switch (cell.kind) {
    case ARROW_CELL_NULL: return cells->null_is_none ? CELL_NONE : CELL_MISSING;
    case ARROW_CELL_TEXT: return read_text(cell.text, target, out);
    case ARROW_CELL_BOOLEAN:
        *out = cell.boolean;
        return target->kind == CELL_BOOLEAN ? CELL_KNOWN : CELL_OTHER;
    case ARROW_CELL_DATE: *out = cell.date; return target->kind == CELL_DATE ? CELL_KNOWN : CELL_OTHER;
    case ARROW_CELL_NUMBER:
        if (target->kind != CELL_NUMBER || !decimal_to_scaled_integer(cell.number, target->scale, out))
            return CELL_OTHER;
        return CELL_KNOWN;
    default: return CELL_OTHER;
    }
}

void arrow_column_as_cells(const struct arrow_cells *cells, struct column *out)
{
    const struct arrow_values *values = &cells->column->values;
    *out =
        (struct column){.type = COLUMN_CELLS, .read = read_cell, .context = cells, .length = values->length};
    bool has_none = cells->null_is_none && values->validity;
    if (values->type.kind != ARROW_FLOAT || has_none || (uintptr_t)values->data % values->type.width)
        return;
    out->values = values->data;
    out->validity = values->validity;
    out->offset = values->first;
    out->width = values->type.width;
}
