/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cells of Arrow columns into the integers that the machines compute with: numbers of a scale, dates,
 * truths, and codes of texts. */
#include "arrow/arrow_cells.h"

#include <assert.h>
#include <string.h>

#include "arrow/float_integer.h"
#include "value/date.h"
#include "value/decimal.h"

enum { DIGITS_MOST = 18 };

/* ---- Texts ---- */

/* Reads `[-]digits[.digits]` as an integer of the scale. Returns false for any other text, for more than
 * DIGITS_MOST digits and for more decimals than the scale: a case then reads it. */
static bool read_cell_number(struct text text, int32_t scale, int64_t *out)
{
    size_t at = text.length > 0 && text.bytes[0] == '-';
    int64_t number = 0;
    int32_t digits = 0, decimals = 0;
    bool is_fraction = false;
    for (; at < text.length; at++) {
        unsigned digit = (unsigned)text.bytes[at] - '0';
        bool is_point = text.bytes[at] == '.' && !is_fraction && digits > 0 && at + 1 < text.length;
        if (!is_point && (digit > 9 || ++digits > DIGITS_MOST))
            return false;
        if (is_point) {
            is_fraction = true;
            continue;
        }
        number = number * 10 + (int64_t)digit;
        decimals += is_fraction;
    }
    if (digits == 0 || decimals > scale)
        return false;
    for (; decimals < scale; decimals++)
        if (__builtin_mul_overflow(number, 10, &number))
            return false;
    *out = text.bytes[0] == '-' ? -number : number;
    return true;
}

/* The index of the text among the words. Returns false if it is none of them. */
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

/* Reads a text as what the fact is. CELL_OTHER if the text is not plainly that; CELL_MISSING if it is
 * empty. */
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
    default: is_read = read_cell_number(text, target->scale, out);
    }
    return is_read ? CELL_KNOWN : CELL_OTHER;
}

/* ---- Floats ---- */

/* Reads a float's shortest decimal. CELL_OTHER if it has more decimals than the scale or does not fit. */
static enum cell_reading read_float(const struct arrow_column *column, const struct cell_target *target,
                                    uint64_t bits, int64_t *out)
{
    return float_to_scaled_integer(bits, column->type.width, target->scale, out) ? CELL_KNOWN : CELL_OTHER;
}

/* Whether the column has floats that the fact's scale lets be read as integers. */
static bool reads_floats(const struct arrow_column *column, const struct cell_target *target)
{
    return column->type.kind == ARROW_FLOAT && target->kind == CELL_NUMBER && target->scale >= 0 &&
           target->scale <= FLOAT_SCALE_MOST;
}

/* ---- All kinds ---- */

/* The column's `read` function; context is a struct arrow_cells. *out is set for CELL_KNOWN only. */
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
    assert(cells && cells->column);
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
