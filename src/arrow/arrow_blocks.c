/* SPDX-License-Identifier: Apache-2.0 */
/* Writes results of the block machine into builders: values, validity bits, and the empty texts of whole
 * blocks. */
#include "arrow/arrow_blocks.h"

#include <assert.h>
#include <string.h>

#include "machine/bitmap.h"

/* Whether the builder has its memory and room for this many rows more. */
static bool has_room(const struct arrow_builder *builder, size_t rows)
{
    return !builder->failed && builder->capacity - builder->rows >= (int64_t)rows;
}

/* Clears the bits of `rows` rows from row `first` on, and whatever follows them in their last byte. */
static void clear_bits(unsigned char *bits, int64_t first, size_t rows)
{
    int64_t last = first + (int64_t)rows, whole = (first + 7) / 8, end = (last + 7) / 8;
    for (int64_t row = first; row % 8 != 0 && row < last; row++)
        bitmap_clear(bits, row);
    if (end > whole)
        memset(bits + whole, 0, (size_t)(end - whole));
}

/* The bits of the rows; those that a run wrote before are overwritten. */
static void write_bits(unsigned char *bits, int64_t first, const uint8_t *bytes, size_t rows)
{
    clear_bits(bits, first, rows);
    bitmap_write(bits, first, bytes, false, rows);
}

/* Marks which rows of the block have a value: those that are known. */
static void write_validity(struct arrow_builder *builder, const struct arrow_block *block)
{
    write_bits(builder->validity, builder->rows, block->result->known, block->rows);
}

/* A value of the block, whichever width its lane has. */
static int64_t value_at(const struct arrow_block *block, size_t row)
{
    return block->result->lane == LANE_32 ? ((const int32_t *)block->result->values)[row]
                                          : ((const int64_t *)block->result->values)[row];
}

/* ---- Numbers ---- */

/* Writes the block's numbers times the factor as int64; rows that are not known become 0. */
static void write_integers(struct arrow_builder *builder, const struct arrow_block *block, int64_t factor)
{
    const struct kernel_set *kernels = block->kernels;
    struct kernel_call call = {.out = builder->values + builder->rows * 8,
                               .a = block->result->values,
                               .x = factor,
                               .known_a = block->result->known,
                               .rows = block->rows};
    bool is_wide = block->result->lane == LANE_32,
         streams = block->streams && !block->result->known; /* what is masked is read again */
    if (factor != 1)
        (is_wide ? kernels->store_wide : kernels->store_long)(&call);
    else if (is_wide)
        (streams ? kernels->stream_wide : kernels->operations[OPERATION_WIDEN][LANE_32][0])(&call);
    else if (streams)
        kernels->stream_bytes(&(struct kernel_call){.out = call.out, .a = call.a, .rows = block->rows * 8});
    else
        memcpy(call.out, block->result->values, block->rows * 8);
    if (block->result->known)
        kernels->mask[LANE_64](&call);
}

/* Writes the block's numbers times the factor as decimal128: two's complement of 128 bits, lower half first.
 * Rows that are not known become 0. */
static void write_decimals(struct arrow_builder *builder, const struct arrow_block *block, int64_t factor)
{
    __extension__ typedef __int128 int128;
    unsigned char *out = builder->values + builder->rows * 16;
    for (size_t i = 0; i < block->rows; i++) {
        bool is_known = !block->result->known || block->result->known[i];
        int128 number = is_known ? (int128)value_at(block, i) * factor : 0;
        memcpy(out + 16 * i, &number, sizeof number);
    }
}

void arrow_write_numbers(struct arrow_builder *builder, const struct arrow_block *block, int64_t factor)
{
    if (!has_room(builder, block->rows))
        return;
    if (builder->output->type == ARROW_OUTPUT_INTEGER)
        write_integers(builder, block, factor);
    else
        write_decimals(builder, block, factor);
    write_validity(builder, block);
}

/* ---- Others ---- */

void arrow_write_booleans(struct arrow_builder *builder, const struct arrow_block *block)
{
    if (!has_room(builder, block->rows))
        return;
    write_bits(builder->values, builder->rows, block->result->values, block->rows);
    write_validity(builder, block);
    int64_t end = (builder->rows + (int64_t)block->rows + 7) / 8;
    for (int64_t i = builder->rows / 8; i < end && block->result->known; i++)
        builder->values[i] &= builder->validity[i];
}

void arrow_write_words(struct arrow_builder *builder, const struct arrow_block *block)
{
    if (!has_room(builder, block->rows))
        return;
    const int32_t *restrict numbers = block->result->values;
    int8_t *restrict out = (int8_t *)builder->values + builder->rows;
    const size_t rows = block->rows;
    for (size_t i = 0; i < rows; i++)
        out[i] = (int8_t)(numbers[i] - 1);
    write_validity(builder, block);
}

void arrow_write_nulls(struct arrow_builder *builder, size_t rows)
{
    if (!has_room(builder, rows))
        return;
    clear_bits(builder->values, builder->rows, rows);
    clear_bits(builder->validity, builder->rows, rows);
}

void arrow_append_empty(struct arrow_builder *builder, int64_t count, bool is_known)
{
    if (!has_room(builder, (size_t)count))
        return;
    if (builder->bytes.length > INT32_MAX)
        builder->is_full = true;
    int32_t end = builder->is_full ? 0 : (int32_t)builder->bytes.length;
    int32_t *offsets = (int32_t *)(void *)builder->values + builder->rows + 1;
    for (int64_t i = 0; i < count; i++)
        offsets[i] = end;
    if (is_known)
        bitmap_write(builder->validity, builder->rows, NULL, false, (size_t)count);
    builder->rows += count;
}
