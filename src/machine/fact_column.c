/* SPDX-License-Identifier: Apache-2.0 */
/* Binds columns to facts, and reads their values: whole blocks by kernels where the layout allows it,
 * else value by value. */
#include "machine/fact_column.h"

#include <assert.h>
#include <string.h>

#include "compile/typed_builder.h"
#include "machine/bitmap.h"
#include "value/decimal_bits.h"

const void *fact_column_address(const struct bound_column *bound, int64_t row)
{
    return (const char *)bound->column->values + (bound->column->offset + row) * bound->column->width;
}

/* ---- Binding ---- */

/* Whether the fact is declared in percent. */
static bool is_percent(const struct slot *slot)
{
    return unit_is_percent(slot->unit);
}

/* The scale of the column's integers for the quantity that expressions see: 80 percent is 0.8. */
static int32_t scale_of(const struct bound_column *bound)
{
    return bound->column->scale + (is_percent(bound->slot) ? 2 : 0);
}

/* Whether the column's width is among `widths`, a set of bits. */
static bool has_width(const struct column *column, unsigned widths)
{
    return column->width <= 16 && (widths >> column->width & 1);
}

/* Whether a column of this type, width and scale can hold the fact. */
static bool holds_fact(const struct column *column, const struct slot *slot)
{
    if (column->type == COLUMN_CELLS)
        return column->read && slot->type.kind != TYPE_ANY;
    enum { W0 = 1 << 0, W1 = 1 << 1, W2 = 1 << 2, W4 = 1 << 4, W8 = 1 << 8, W16 = 1 << 16 };
    switch (slot->type.kind) {
    case TYPE_BOOLEAN: return column->type == COLUMN_BOOLEAN && has_width(column, W0 | W1);
    case TYPE_NUMBER:
        return column->type == COLUMN_NUMBER && has_width(column, W1 | W2 | W4 | W8 | W16) &&
               column->scale >= -38 && column->scale <= 38;
    case TYPE_DATE: return column->type == COLUMN_DATE && has_width(column, W4 | W8);
    case TYPE_STRING:
        return column->type == COLUMN_CODE && has_width(column, W1 | W2 | W4 | W8) &&
               (column->dictionary || !column->dictionary_count);
    default: return false;
    }
}

/* How the column's values are laid out; LAYOUT_OTHER: they must be read one by one. */
static uint8_t layout_of(const struct bound_column *bound)
{
    const struct column *column = bound->column;
    if (column->type == COLUMN_BOOLEAN)
        return column->width == 1 ? LAYOUT_TRUTH : LAYOUT_BITS;
    if (column->type == COLUMN_CELLS || (column->type == COLUMN_CODE && !bound->codes))
        return LAYOUT_OTHER;
    bool is_unsigned = column->is_unsigned && column->type != COLUMN_DATE;
    switch (column->width) {
    case 1: return is_unsigned ? LOAD_U8 : LOAD_I8;
    case 2: return is_unsigned ? LOAD_U16 : LOAD_I16;
    case 4: return is_unsigned ? LOAD_U32 : LOAD_I32;
    case 8: return is_unsigned ? LAYOUT_OTHER : LOAD_I64;
    case 16: return LOAD_I128;
    default: return LAYOUT_OTHER;
    }
}

/* Sets the range that the column's own integers must lie in, and the factor that makes them the fact's.
 * false: they must be read one by one. */
static bool choose_range(struct bound_column *bound)
{
    const struct typed_operation *fact = bound->fact;
    int32_t places = bound->column->type == COLUMN_NUMBER ? fact->scale - scale_of(bound) : 0;
    bound->load_low = fact->low;
    bound->load_high = fact->high;
    if (bound->column->type == COLUMN_CODE) {
        bound->has_codes = !bound->is_identity;
        bound->load_low = 0;
        bound->load_high = (int64_t)bound->column->dictionary_count - 1;
    }
    if (places < 0 || places > TYPED_SCALE_MOST)
        return false;
    bound->factor = power_of_ten(places);
    if (bound->factor == 1)
        return true;
    bound->load_low = divide_rounded(fact->low, bound->factor, DECIMAL_CEILING);
    bound->load_high = divide_rounded(fact->high, bound->factor, DECIMAL_FLOOR);
    return bound->load_low <= bound->load_high;
}

/* The lesser of both. */
static int64_t least(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

/* Chooses the kernel that reads floats and the range in which it is sure of them. Without a kernel,
 * floats are read cell by cell. */
static void choose_float_load(struct bound_column *bound, const struct kernel_set *kernels)
{
    bool is_wide = bound->column->width == 8;
    int64_t most = is_wide ? FLOAT_64_MOST : FLOAT_32_MOST;
    int32_t scale_most = is_wide ? FLOAT_64_SCALE_MOST : FLOAT_32_SCALE_MOST;
    bound->float_scale = bound->fact->scale - (is_percent(bound->slot) ? 2 : 0);
    bound->load_low = -least(-bound->fact->low, most);
    bound->load_high = least(bound->fact->high, most);
    bool is_read =
        bound->slot->type.kind == TYPE_NUMBER && bound->float_scale >= 0 && bound->float_scale <= scale_most;
    if (is_read && bound->load_low <= bound->load_high)
        bound->load = kernels->loads[is_wide ? LOAD_F64 : LOAD_F32][bound->fact->lane];
}

/* Chooses how a bound column is read: by a kernel, as bits, or one by one. */
static void choose_layout(struct bound_column *bound, const struct kernel_set *kernels)
{
    if (bound->column->type == COLUMN_CELLS) {
        if (bound->column->values)
            choose_float_load(bound, kernels);
        return;
    }
    uint8_t layout = layout_of(bound);
    if (layout < LOAD_COUNT && choose_range(bound))
        bound->load = kernels->loads[layout][bound->fact->lane];
    if (layout == LAYOUT_TRUTH)
        bound->load_truth = kernels->load_truth;
    bound->has_bits = layout == LAYOUT_BITS;
    bool is_plain = layout > LOAD_COUNT || layout == LAYOUT_TRUTH ||
                    (bound->load && bound->factor == 1 && !bound->has_codes && layout != LOAD_I128);
    bool has_gaps = bound->column->validity || bound->column->none;
    bound->layout = has_gaps || !is_plain ? LAYOUT_OTHER : layout;
    if (bound->layout != LAYOUT_OTHER && bound->column->values)
        bound->values = fact_column_address(bound, 0);
}

/* Makes room for `count` codes. false: memory ran out, and the old room is kept. */
static bool make_value_room(struct bound_column *bound, uint32_t count, const tuoyu_allocator *allocator)
{
    if (count <= bound->code_capacity)
        return true;
    int32_t *codes = allocator_allocate(allocator, count * sizeof *codes);
    if (!codes)
        return false;
    fact_column_free(bound, allocator);
    bound->codes = codes;
    bound->code_capacity = count;
    return true;
}

/* Finds for each text of the column's dictionary the fact's code, -1 where the fact has no such value.
 * */
static void map_codes(struct bound_column *bound)
{
    bound->is_identity = bound->column->dictionary_count == bound->slot->type.value_count;
    for (uint32_t i = 0; i < bound->column->dictionary_count; i++) {
        bound->codes[i] = -1;
        for (uint32_t j = 0; j < bound->slot->type.value_count; j++)
            if (text_equals(bound->slot->type.values[j], bound->column->dictionary[i]))
                bound->codes[i] = (int32_t)j;
        bound->is_identity &= bound->codes[i] == (int32_t)i;
    }
}

tuoyu_status fact_column_bind(struct bound_column *bound, const struct column *column,
                              const struct kernel_set *kernels, const tuoyu_allocator *allocator)
{
    const struct slot *slot = bound->slot;
    bound->column = NULL;
    bound->load = NULL;
    bound->load_truth = NULL;
    bound->has_bits = bound->has_codes = false;
    bound->factor = 1;
    bound->layout = LAYOUT_OTHER;
    if (!column)
        return TUOYU_OK;
    if (!holds_fact(column, slot))
        return TUOYU_ERROR_FACT_TYPE;
    bool has_values = column->values || column->type == COLUMN_CELLS;
    if (column->offset < 0 || column->length < 0 || (column->length > 0 && !has_values))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    bool is_enum = column->type == COLUMN_CODE && slot->type.values;
    if (is_enum && !make_value_room(bound, column->dictionary_count, allocator))
        return TUOYU_ERROR_NO_MEMORY;
    bound->column = column;
    bound->is_identity = false;
    if (is_enum)
        map_codes(bound);
    if (bound->fact)
        choose_layout(bound, kernels);
    return TUOYU_OK;
}

void fact_column_free(struct bound_column *bound, const tuoyu_allocator *allocator)
{
    allocator_free(allocator, bound->codes, bound->code_capacity * sizeof *bound->codes);
    bound->codes = NULL;
    bound->code_capacity = 0;
}

/* ---- One value ---- */

/* The integer at an index of the column, which counts from the first value, not from row 0. */
static int128 integer_at(const struct column *column, int64_t index)
{
    const void *values = column->values;
    bool is_unsigned = column->is_unsigned && column->type != COLUMN_DATE;
    switch (column->width) {
    case 1: return is_unsigned ? ((const uint8_t *)values)[index] : ((const int8_t *)values)[index];
    case 2: return is_unsigned ? ((const uint16_t *)values)[index] : ((const int16_t *)values)[index];
    case 4: return is_unsigned ? (int128)((const uint32_t *)values)[index] : ((const int32_t *)values)[index];
    case 8: return is_unsigned ? (int128)((const uint64_t *)values)[index] : ((const int64_t *)values)[index];
    default: {
        const uint64_t *halves = (const uint64_t *)values + 2 * index;
        return (int128)((uint128)halves[1] << 64 | halves[0]);
    }
    }
}

/* The boolean at an index of the column, which counts from the first value or bit. True if it is 1. */
static bool truth_at(const struct column *column, int64_t index)
{
    return column->width ? ((const uint8_t *)column->values)[index] != 0 : bitmap_get(column->values, index);
}

/* The integer at scale `to` instead of `from`. false: it has more decimals, or is beyond 64 bits. */
static bool rescaled(int128 value, int32_t from, int32_t to, int64_t *out)
{
    for (; from < to; from++) {
        if (value > INT64_MAX || value < INT64_MIN)
            return false;
        value *= 10;
    }
    for (; from > to && value != 0; from--) {
        if (value % 10 != 0)
            return false;
        value /= 10;
    }
    *out = (int64_t)value;
    return value >= INT64_MIN && value <= INT64_MAX;
}

/* The value of the fact in the machine's form. false: the cell has no value of the fact's domain, so the
 * row falls back. */
static bool typed_at(const struct bound_column *bound, int64_t index, int64_t *out)
{
    const struct column *column = bound->column;
    int128 value;
    switch (column->type) {
    case COLUMN_BOOLEAN: *out = truth_at(column, index); return true;
    case COLUMN_CODE:
        value = integer_at(column, index);
        if (value < 0 || value >= column->dictionary_count)
            return false;
        *out = bound->codes[value];
        return *out >= 0;
    case COLUMN_NUMBER:
        if (!rescaled(integer_at(column, index), scale_of(bound), bound->fact->scale, out))
            return false;
        break;
    default:
        value = integer_at(column, index);
        *out = value < DATE_FIRST || value > DATE_LAST ? INT64_MIN : (int64_t)value;
        break;
    }
    return *out >= bound->fact->low && *out <= bound->fact->high;
}

/* Reads a cell by the column's function. *value is some value of the domain where the cell has none.
 * CELL_OTHER: the row falls back. */
static enum cell_reading read_cell(const struct bound_column *bound, int64_t row, int64_t *value)
{
    static const enum cell_kind KINDS[] = {CELL_NUMBER, CELL_BOOLEAN, CELL_DATE, CELL_CODE};
    const struct typed_operation *fact = bound->fact;
    const struct cell_target target = {.kind = KINDS[fact->kind],
                                       .scale = fact->scale - (is_percent(bound->slot) ? 2 : 0),
                                       .texts = fact->texts,
                                       .text_count = fact->text_count};
    enum cell_reading reading = bound->column->read(bound->column->context, &target, row, value);
    if (reading == CELL_KNOWN && *value >= fact->low && *value <= fact->high)
        return CELL_KNOWN;
    *value = fact->low;
    bool is_none = reading == CELL_NONE && bound->slot->domain.is_nullable;
    return reading == CELL_MISSING || is_none ? reading : CELL_OTHER;
}

/* FACT_… by enum cell_reading. CELL_OTHER counts as known, since its row falls back anyway. */
static const uint8_t KNOWN_OF_READING[] = {[CELL_KNOWN] = FACT_KNOWN,
                                           [CELL_MISSING] = FACT_MISSING,
                                           [CELL_NONE] = FACT_NONE,
                                           [CELL_OTHER] = FACT_KNOWN};

bool fact_column_read_any(const struct bound_column *bound, int64_t row, int64_t *value, uint8_t *known)
{
    const struct column *column = bound->column;
    if (column && column->type == COLUMN_CELLS) {
        enum cell_reading reading = read_cell(bound, row, value);
        *known = KNOWN_OF_READING[reading];
        return reading != CELL_OTHER;
    }
    int64_t index = column ? column->offset + row : 0;
    *known = column && (!column->validity || bitmap_get(column->validity, index));
    *value = bound->fact->low;
    bool is_none = *known && column->none && bitmap_get(column->none, index);
    if (is_none)
        *known = FACT_NONE;
    if (*known != FACT_KNOWN)
        return !is_none || bound->slot->domain.is_nullable;
    return typed_at(bound, index, value);
}

/* ---- Blocks ---- */

/* Reads the validity bits into bytes. false: all rows are known, and the bytes may be unset. */
static bool read_known(const struct column *column, int64_t index, size_t rows, uint8_t *known)
{
    return column->validity && bitmap_read(column->validity, index, rows, known);
}

/* Writes a value to a row in the width of the lane. */
static void put(void *out, uint8_t lane, size_t row, int64_t value)
{
    if (lane == LANE_8)
        ((uint8_t *)out)[row] = (uint8_t)value;
    else if (lane == LANE_32)
        ((int32_t *)out)[row] = (int32_t)value;
    else
        ((int64_t *)out)[row] = value;
}

/* Loads a block value by value. known: FACT_… by row; NULL: all are known. Marks rows that fall back. */
static void load_each(const struct bound_column *bound, int64_t index, size_t rows, void *out,
                      const uint8_t *known, uint8_t *fallback, bool *has_fallback)
{
    int64_t value;
    for (size_t i = 0; i < rows; i++) {
        bool is_known = !known || known[i] == FACT_KNOWN;
        bool is_valid = is_known && typed_at(bound, index + (int64_t)i, &value);
        put(out, bound->fact->lane, i, is_valid ? value : bound->fact->low);
        if (is_valid || !is_known)
            continue;
        fallback[i] = 1;
        *has_fallback = true;
    }
}

/* Finds the rows that are given as null; known must hold FACT_… of all rows. A null row of a fact that
 * is not nullable falls back. Returns whether some row is now FACT_NONE. */
static bool read_none(const struct bound_column *bound, int64_t index, size_t rows, uint8_t *known,
                      uint8_t *fallback, bool *has_fallback)
{
    bool is_nullable = bound->slot->domain.is_nullable, has_none = false;
    for (size_t i = 0; i < rows; i++) {
        if (!known[i] || !bitmap_get(bound->column->none, index + (int64_t)i))
            continue;
        if (is_nullable) {
            known[i] = FACT_NONE;
            has_none = true;
        } else {
            fallback[i] = 1;
            *has_fallback = true;
        }
    }
    return has_none;
}

/* Loads floats with SIMD. false: the kernel is not sure of every row, and the results mean nothing.
 * *are_known: no row is missing. */
static bool load_floats(const struct bound_column *bound, int64_t first, size_t rows, void *out,
                        uint8_t *known, bool *are_known)
{
    const struct column *column = bound->column;
    if (!bound->load)
        return false;
    *are_known = !read_known(column, column->offset + first, rows, known);
    const struct kernel_call call = {.out = out,
                                     .a = fact_column_address(bound, first),
                                     .known_a = *are_known ? NULL : known,
                                     .rows = rows,
                                     .x = bound->load_low,
                                     .y = bound->load_high,
                                     .power = (uint64_t)power_of_ten(bound->float_scale)};
    return !bound->load(&call);
}

/* Loads cells by the column's function. true: all rows are known. */
static bool load_cells(const struct bound_column *bound, int64_t first, size_t rows, void *out,
                       uint8_t *known, uint8_t *fallback, bool *has_fallback)
{
    bool all = true;
    for (size_t i = 0; i < rows; i++) {
        int64_t value;
        enum cell_reading reading = read_cell(bound, first + (int64_t)i, &value);
        put(out, bound->fact->lane, i, value);
        known[i] = KNOWN_OF_READING[reading];
        all &= known[i] == FACT_KNOWN;
        if (reading != CELL_OTHER)
            continue;
        fallback[i] = 1;
        *has_fallback = true;
    }
    return all;
}

/* Maps the column's codes in `out` to the fact's codes. false: a known row has a code that the fact does
 * not have. */
static bool map_block(const struct bound_column *bound, const struct kernel_call *call)
{
    int32_t *out = call->out;
    int32_t least = 0;
    for (size_t i = 0; i < call->rows; i++) {
        const bool is_known = !call->known_a || call->known_a[i];
        const int32_t code = is_known ? bound->codes[out[i]] : 0;
        least = code < least ? code : least;
        out[i] = code;
    }
    return least == 0;
}

/* Multiplies the values in `out` by the factor. */
static void scale_block(const struct bound_column *bound, const struct kernel_call *call)
{
    int32_t *narrow = call->out, factor = (int32_t)bound->factor;
    int64_t *wide = call->out;
    for (size_t i = 0; i < call->rows && bound->fact->lane == LANE_32; i++)
        narrow[i] *= factor;
    for (size_t i = 0; i < call->rows && bound->fact->lane == LANE_64; i++)
        wide[i] *= bound->factor;
}

/* Loads with SIMD. false: some row is out of range, and the results mean nothing. */
static bool load_all(const struct bound_column *bound, struct kernel_call *call)
{
    call->x = bound->load_low;
    call->y = bound->load_high;
    if (bound->load(call) || (bound->has_codes && !map_block(bound, call)))
        return false;
    if (bound->factor != 1)
        scale_block(bound, call);
    return true;
}

bool fact_column_load(const struct bound_column *bound, int64_t first, size_t rows, void *out, uint8_t *known,
                      uint8_t *fallback, bool *has_fallback)
{
    const struct column *column = bound->column;
    assert(bound->fact);
    if (column && column->type == COLUMN_CELLS) {
        bool are_known;
        if (load_floats(bound, first, rows, out, known, &are_known))
            return are_known;
        return load_cells(bound, first, rows, out, known, fallback, has_fallback);
    }
    if (!column) {
        memset(known, 0, rows);
        for (size_t i = 0; i < rows; i++)
            put(out, bound->fact->lane, i, bound->fact->low);
        return false;
    }
    int64_t index = column->offset + first;
    bool has_unknown = read_known(column, index, rows, known);
    if (column->none && !has_unknown)
        memset(known, FACT_KNOWN, rows);
    if (column->none)
        has_unknown |= read_none(bound, index, rows, known, fallback, has_fallback);
    const uint8_t *known_rows = has_unknown ? known : NULL;
    struct kernel_call call = {
        .out = out, .a = fact_column_address(bound, first), .known_a = known_rows, .rows = rows};
    if (bound->has_bits)
        bitmap_read(column->values, index, rows, out);
    else if (bound->load_truth)
        bound->load_truth(&call);
    else if (!bound->load || !load_all(bound, &call))
        load_each(bound, index, rows, out, known_rows, fallback, has_fallback);
    return !has_unknown;
}
