/* SPDX-License-Identifier: Apache-2.0 */
/* Reads single cells of Arrow columns, after checking that what rows point to (texts, words) is there. */
#include "arrow/arrow_import.h"

#include <assert.h>
#include <string.h>

#include "arrow/float_text.h"
#include "base/plain_text.h"
#include "value/date.h"
#include "value/decimal.h"
#include "value/decimal_bits.h"

/* ---- Faults ---- */

tuoyu_status arrow_ill_formed(struct text name, const char *what, tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    if (name.length == 0)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, nowhere, TEXT(""),
                      "the Arrow table is ill-formed: %s", what);
    return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, nowhere, TEXT(""),
                  "the Arrow column `%.*s` is ill-formed: %s", TEXT_ARGUMENTS(name), what);
}

/* ---- Values: buffers need not be aligned, so all are read by memcpy() ---- */

/* The integer of 1, 2, 4 or 8 bytes at this address. */
static int64_t read_signed(const unsigned char *at, uint8_t width)
{
    assert(width == 1 || width == 2 || width == 4 || width == 8);
    int64_t wide = 0;
    int32_t four;
    int16_t two;
    switch (width) {
    case 1: return *(const signed char *)at;
    case 2: memcpy(&two, at, sizeof two); return two;
    case 4: memcpy(&four, at, sizeof four); return four;
    default: memcpy(&wide, at, sizeof wide); return wide;
    }
}

/* The unsigned integer of 1, 2, 4 or 8 bytes at this address. */
static uint64_t read_unsigned(const unsigned char *at, uint8_t width)
{
    assert(width == 1 || width == 2 || width == 4 || width == 8);
    uint64_t wide = 0;
    uint32_t four;
    uint16_t two;
    switch (width) {
    case 1: return *at;
    case 2: memcpy(&two, at, sizeof two); return two;
    case 4: memcpy(&four, at, sizeof four); return four;
    default: memcpy(&wide, at, sizeof wide); return wide;
    }
}

/* Where the value of a row stands in the data buffer. */
static const unsigned char *bytes_at(const struct arrow_values *values, int64_t row)
{
    return values->data + (values->first + row) * values->type.width;
}

/* Whether a row is not null. */
static bool is_valid(const struct arrow_values *values, int64_t row)
{
    return values->type.kind != ARROW_NULL &&
           (!values->validity || arrow_bit(values->validity, values->first + row));
}

/* ---- Checking what rows point to ---- */

/* Where the text of a row begins in the data buffer; of the row behind the last, where the last text ends. */
static int64_t offset_at(const struct arrow_values *values, int64_t row)
{
    return read_signed(values->offsets + (values->first + row) * values->type.width, values->type.width);
}

/* What is wrong with the offsets of the rows first … first + count - 1 of texts, or NULL. */
static const char *check_offsets(const struct arrow_values *values, int64_t first, int64_t count)
{
    if (count == 0)
        return NULL;
    int64_t begin = offset_at(values, first);
    if (begin < 0)
        return "an offset of its texts is negative";
    for (int64_t row = first; row < first + count; row++) {
        int64_t end = offset_at(values, row + 1);
        if (end < begin)
            return "the offsets of its texts do not ascend";
        begin = end;
    }
    return begin > offset_at(values, first) && !values->data ? "a buffer is missing" : NULL;
}

/* Texts of up to this many bytes stand in their view. */
enum { VIEW_INLINE = 12 };

/* What is wrong with the view of a row, or NULL. A view is a length, then either up to twelve bytes, or four
 * of them, the number of a buffer, and where the text begins in that. */
static const char *check_view(const struct arrow_values *values, int64_t row)
{
    const unsigned char *view = bytes_at(values, row);
    int64_t length = read_signed(view, 4);
    if (length < 0)
        return "the length of a text is negative";
    if (length <= VIEW_INLINE)
        return NULL;
    int64_t piece = read_signed(view + 8, 4), offset = read_signed(view + 12, 4);
    if (piece < 0 || piece >= values->piece_count || !values->pieces[piece])
        return "a text is in a buffer that is not there";
    int64_t size = read_signed(values->piece_sizes + piece * 8, 8);
    if (offset < 0 || offset > size - length)
        return "a text is beyond the end of its buffer";
    return memcmp(values->pieces[piece] + offset, view + 4, 4) == 0
               ? NULL
               : "the beginning of a text is not as its view says";
}

/* What is wrong with the views of the rows first … first + count - 1, or NULL. */
static const char *check_views(const struct arrow_values *values, int64_t first, int64_t count)
{
    const char *problem = NULL;
    for (int64_t row = first; row < first + count && !problem; row++)
        if (is_valid(values, row))
            problem = check_view(values, row);
    return problem;
}

const char *arrow_values_problem(const struct arrow_values *values, int64_t first, int64_t count)
{
    if (values->type.kind == ARROW_TEXT)
        return check_offsets(values, first, count);
    return values->type.kind == ARROW_TEXT_VIEW ? check_views(values, first, count) : NULL;
}

/* The index of a row's word, not yet checked. An unsigned index too large for int64_t comes out negative,
 * which is as wrong. */
static int64_t word_index(const struct arrow_values *values, int64_t row)
{
    const unsigned char *at = bytes_at(values, row);
    return values->type.is_signed ? read_signed(at, values->type.width)
                                  : (int64_t)read_unsigned(at, values->type.width);
}

/* Returns what is wrong with the rows' indices, or NULL. */
static const char *check_indices(const struct arrow_column *column, int64_t first, int64_t count)
{
    for (int64_t row = first; row < first + count; row++) {
        if (!is_valid(&column->values, row))
            continue;
        int64_t word = word_index(&column->values, row);
        if (word < 0 || word >= column->words.length)
            return "an index is beyond its dictionary";
    }
    return NULL;
}

tuoyu_status arrow_column_check(const struct arrow_column *column, int64_t first, int64_t count,
                                tuoyu_diagnostics *diagnostics)
{
    const char *problem = column->is_dictionary ? check_indices(column, first, count)
                                                : arrow_values_problem(&column->values, first, count);
    return problem ? arrow_ill_formed(column->name, problem, diagnostics) : TUOYU_OK;
}

/* ---- Cells ---- */

/* The cell of a value that is none; problem follows the column's name in the message. */
static struct arrow_cell bad_cell(tuoyu_status code, const char *problem)
{
    return (struct arrow_cell){.kind = ARROW_CELL_BAD, .code = code, .problem = problem};
}

/* magnitude * 10^-scale, negative if so said; a bad cell if it has more than 34 digits. */
static struct arrow_cell number_cell(uint128 magnitude, bool is_negative, int32_t scale)
{
    struct arrow_cell cell = {.kind = ARROW_CELL_NUMBER};
    struct decimal_bits bits = {.coefficient = magnitude, .exponent = -scale, .negative = is_negative};
    if (decimal_pack(bits, &cell.number) == TUOYU_OK)
        return cell;
    return bad_cell(TUOYU_ERROR_FACT_RANGE, "has more than 34 digits");
}

/* The integer at this address. */
static struct arrow_cell integer_cell(const struct arrow_type *type, const unsigned char *at)
{
    if (!type->is_signed)
        return number_cell(read_unsigned(at, type->width), false, 0);
    int64_t number = read_signed(at, type->width);
    return number_cell(number < 0 ? -(uint128)number : (uint128)number, number < 0, 0);
}

/* A decimal's bytes are two's complement, lower half first. */
static struct arrow_cell decimal_cell(const struct arrow_type *type, const unsigned char *at)
{
    if (type->width < 16) {
        int64_t number = read_signed(at, type->width);
        return number_cell(number < 0 ? -(uint128)number : (uint128)number, number < 0, type->scale);
    }
    uint128 bits = (uint128)read_unsigned(at + 8, 8) << 64 | read_unsigned(at, 8);
    bool is_negative = bits >> 127;
    return number_cell(is_negative ? -bits : bits, is_negative, type->scale);
}

/* A date, or a bad cell if it has a time of day or is outside the years 0001 to 9999. */
static struct arrow_cell date_cell(const struct arrow_type *type, const unsigned char *at)
{
    int64_t units = read_signed(at, type->width), days = units / type->per_day;
    if (units % type->per_day)
        return bad_cell(TUOYU_ERROR_FACT_TYPE, "has a time of day: it must be a date");
    if (days < DATE_FIRST || days > DATE_LAST)
        return bad_cell(TUOYU_ERROR_DATE, "is a date outside the years 0001 to 9999");
    return (struct arrow_cell){.kind = ARROW_CELL_DATE, .date = (int32_t)days};
}

/* A float as its shortest decimal; a bad cell if it is not finite. */
static struct arrow_cell float_cell(const struct arrow_type *type, const unsigned char *at)
{
    char digits[FLOAT_TEXT_SIZE];
    struct arrow_cell cell = {.kind = ARROW_CELL_NUMBER};
    size_t length = float_text(read_unsigned(at, type->width), type->width, digits);
    if (length && decimal_parse((struct text){.bytes = digits, .length = length}, &cell.number) == TUOYU_OK)
        return cell;
    return bad_cell(TUOYU_ERROR_FACT_TYPE, "is not a finite number");
}

/* A text without outer white space; a bad cell that keeps the text if that is not plain. */
static struct arrow_cell text_cell(const struct arrow_values *values, int64_t row)
{
    struct text text = {.bytes = "", .length = 0};
    const unsigned char *bytes = NULL;
    if (values->type.kind == ARROW_TEXT) {
        int64_t begin = offset_at(values, row);
        text.length = (size_t)(offset_at(values, row + 1) - begin);
        if (text.length)
            bytes = values->data + begin;
    } else {
        const unsigned char *view = bytes_at(values, row);
        text.length = (size_t)read_signed(view, 4);
        bytes = text.length <= VIEW_INLINE
                    ? view + 4
                    : values->pieces[read_signed(view + 8, 4)] + read_signed(view + 12, 4);
    }
    if (text.length)
        text = text_without_outer_space((struct text){.bytes = (const char *)bytes, .length = text.length});
    if (text_is_plain(text))
        return (struct arrow_cell){.kind = ARROW_CELL_TEXT, .text = text};
    struct arrow_cell bad = bad_cell(TUOYU_ERROR_ENCODING, "is not UTF-8, or holds a NUL");
    bad.text = text;
    return bad;
}

/* The cell of a row of values that are no indices. */
static struct arrow_cell cell_of(const struct arrow_values *values, int64_t row)
{
    assert(row >= 0 && row < values->length);
    if (!is_valid(values, row))
        return (struct arrow_cell){.kind = ARROW_CELL_NULL};
    const struct arrow_type *type = &values->type;
    switch (type->kind) {
    case ARROW_BOOLEAN:
        return (struct arrow_cell){.kind = ARROW_CELL_BOOLEAN,
                                   .boolean = arrow_bit(values->data, values->first + row)};
    case ARROW_INTEGER: return integer_cell(type, bytes_at(values, row));
    case ARROW_DECIMAL: return decimal_cell(type, bytes_at(values, row));
    case ARROW_DATE: return date_cell(type, bytes_at(values, row));
    case ARROW_FLOAT: return float_cell(type, bytes_at(values, row));
    default: return text_cell(values, row);
    }
}

struct arrow_cell arrow_column_cell(const struct arrow_column *column, int64_t row)
{
    if (!column->is_dictionary || !is_valid(&column->values, row))
        return cell_of(&column->values, row);
    return cell_of(&column->words, word_index(&column->values, row));
}

bool arrow_column_float(const struct arrow_column *column, int64_t row, uint64_t *bits)
{
    const struct arrow_values *values = &column->values;
    if (column->type.kind != ARROW_FLOAT || !is_valid(values, row))
        return false;
    if (column->is_dictionary) {
        row = word_index(values, row);
        values = &column->words;
        if (!is_valid(values, row))
            return false;
    }
    *bits = read_unsigned(bytes_at(values, row), values->type.width);
    return true;
}

int64_t arrow_column_code(const struct arrow_column *column, int64_t row)
{
    return column->is_dictionary && is_valid(&column->values, row) ? word_index(&column->values, row) : -1;
}
