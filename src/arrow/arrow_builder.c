/* SPDX-License-Identifier: Apache-2.0 */
/* Building Arrow columns row by row. */
#include <assert.h>
#include <string.h>

#include "arrow/arrow_export.h"
#include "value/decimal.h"
#include "value/decimal_bits.h"

size_t arrow_output_width(enum arrow_output_type type)
{
    switch (type) {
    case ARROW_OUTPUT_BOOLEAN:
    case ARROW_OUTPUT_TEXT: return 0;
    case ARROW_OUTPUT_NUMBER: return 16;
    case ARROW_OUTPUT_INTEGER: return 8;
    case ARROW_OUTPUT_DATE: return 4;
    default: return 1;
    }
}

/* Bytes of the values buffer for this many rows: bits, values, or the offsets of texts, one more than rows.
 */
static size_t values_size(enum arrow_output_type type, size_t rows)
{
    if (type == ARROW_OUTPUT_BOOLEAN)
        return (rows + 7) / 8;
    return type == ARROW_OUTPUT_TEXT ? (rows + 1) * 4 : rows * arrow_output_width(type);
}

/* Allocates a buffer of at least size bytes, a multiple of 64 and never 0; its size goes to *allocated.
 * Returns NULL if memory is refused. Values that will be written anyway need not be zeroed, only the padding
 * at the end. */
static unsigned char *make_buffer(const tuoyu_allocator *allocator, size_t size, bool is_zeroed,
                                  size_t *allocated)
{
    enum { PADDING = 64 };
    *allocated = (size / PADDING + 1) * PADDING;
    unsigned char *buffer = allocator_allocate(allocator, *allocated);
    size_t kept = is_zeroed ? 0 : size / PADDING * PADDING;
    if (buffer)
        memset(buffer + kept, 0, *allocated - kept);
    return buffer;
}

void arrow_builder_init(struct arrow_builder *builder, const struct arrow_output *output, int64_t capacity,
                        const tuoyu_allocator *allocator)
{
    *builder = (struct arrow_builder){.output = output, .allocator = *allocator, .capacity = capacity};
    if (capacity < 0 || (uint64_t)capacity > PTRDIFF_MAX / 32) {
        builder->failed = true;
        return;
    }
    text_builder_init(&builder->bytes, allocator);
    size_t size = values_size(output->type, (size_t)capacity);
    bool is_text = output->type == ARROW_OUTPUT_TEXT;
    builder->validity = make_buffer(allocator, ((size_t)capacity + 7) / 8, true, &builder->validity_size);
    builder->values =
        make_buffer(allocator, size, output->type == ARROW_OUTPUT_BOOLEAN, &builder->values_size);
    if (is_text && builder->values)
        memset(builder->values, 0, 4);
    builder->failed = !builder->validity || !builder->values;
}

void arrow_builder_free(struct arrow_builder *builder)
{
    allocator_free(&builder->allocator, builder->validity, builder->validity_size);
    allocator_free(&builder->allocator, builder->values, builder->values_size);
    text_builder_free(&builder->bytes);
    *builder = (struct arrow_builder){.output = builder->output, .allocator = builder->allocator};
}

/* ---- Rows ---- */

/* Whether the builder has its memory and room for one row more. */
static bool has_room(const struct arrow_builder *builder)
{
    assert(builder->failed || (builder->rows >= 0 && builder->rows <= builder->capacity));
    return !builder->failed && builder->rows < builder->capacity;
}

/* Sets the bit of a row to 1. */
static void set_bit(unsigned char *bits, int64_t row)
{
    bits[row / 8] = (unsigned char)(bits[row / 8] | 1u << (row % 8));
}

/* Writes the offset that ends this row's text, at the current end of the bytes. Sets is_full if that no
 * longer fits an int32. */
static void end_text(struct arrow_builder *builder)
{
    if (builder->output->type != ARROW_OUTPUT_TEXT)
        return;
    if (builder->bytes.length > INT32_MAX)
        builder->is_full = true;
    int32_t end = builder->is_full ? 0 : (int32_t)builder->bytes.length;
    memcpy(builder->values + (builder->rows + 1) * 4, &end, sizeof end);
}

/* Sets the bit of a row to 0. */
static void clear_bit(unsigned char *bits, int64_t row)
{
    bits[row / 8] = (unsigned char)(bits[row / 8] & ~(1u << (row % 8)));
}

/* Marks the row as valid and moves on to the next. */
static void end_row(struct arrow_builder *builder)
{
    set_bit(builder->validity, builder->rows);
    end_text(builder);
    builder->rows++;
}

void arrow_append_null(struct arrow_builder *builder)
{
    if (!has_room(builder))
        return;
    size_t width = arrow_output_width(builder->output->type);
    if (width)
        memset(builder->values + (size_t)builder->rows * width, 0, width);
    if (builder->output->type == ARROW_OUTPUT_BOOLEAN)
        clear_bit(builder->values, builder->rows);
    clear_bit(builder->validity, builder->rows);
    end_text(builder);
    builder->rows++;
}

void arrow_append_boolean(struct arrow_builder *builder, bool boolean)
{
    if (!has_room(builder))
        return;
    (boolean ? set_bit : clear_bit)(builder->values, builder->rows);
    end_row(builder);
}

void arrow_append_word(struct arrow_builder *builder, int8_t number)
{
    if (!has_room(builder))
        return;
    memcpy(builder->values + builder->rows, &number, 1);
    end_row(builder);
}

void arrow_append_date(struct arrow_builder *builder, int32_t date)
{
    if (!has_room(builder))
        return;
    memcpy(builder->values + 4 * builder->rows, &date, sizeof date);
    end_row(builder);
}

void arrow_append_text(struct arrow_builder *builder, struct text text)
{
    if (!has_room(builder))
        return;
    if (!builder->is_full)
        text_append(&builder->bytes, text);
    if (builder->bytes.failed)
        builder->failed = true;
    else
        end_row(builder);
}

/* Stores number * 10^scale as a magnitude of at most 38 digits and a sign. Returns false if it is no such
 * integer. */
static bool scaled(tuoyu_decimal number, int32_t scale, uint128 *magnitude, bool *is_negative)
{
    struct decimal_bits bits = decimal_strip(decimal_unpack(number));
    int64_t places = (int64_t)bits.exponent + scale;
    *magnitude = 0;
    *is_negative = bits.negative;
    if (bits.coefficient == 0)
        return true;
    if (places < 0 || places >= ARROW_OUTPUT_PRECISION)
        return false;
    uint128 most = (decimal_power_of_ten(ARROW_OUTPUT_PRECISION) - 1) / decimal_power_of_ten((int32_t)places);
    *magnitude = bits.coefficient * decimal_power_of_ten((int32_t)places);
    return bits.coefficient <= most;
}

/* Adds a row to a column of ARROW_OUTPUT_INTEGER. Returns false, and adds none, if it cannot hold the number
 * exactly. */
static bool append_integer(struct arrow_builder *builder, tuoyu_decimal number)
{
    int64_t integer;
    if (!decimal_to_scaled_integer(number, builder->output->scale, &integer))
        return false;
    memcpy(builder->values + builder->rows * 8, &integer, sizeof integer);
    end_row(builder);
    return true;
}

bool arrow_append_number(struct arrow_builder *builder, tuoyu_decimal number)
{
    uint128 magnitude;
    bool is_negative;
    if (!has_room(builder))
        return true;
    if (builder->output->type == ARROW_OUTPUT_INTEGER)
        return append_integer(builder, number);
    if (!scaled(number, builder->output->scale, &magnitude, &is_negative))
        return false;
    uint128 integer = is_negative ? -magnitude : magnitude;
    uint64_t halves[2] = {(uint64_t)integer, (uint64_t)(integer >> 64)};
    memcpy(builder->values + builder->rows * 16, halves, sizeof halves);
    end_row(builder);
    return true;
}
