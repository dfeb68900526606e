/* SPDX-License-Identifier: Apache-2.0 */
/* Lends an Arrow column's buffers to the block machine as they are, if the machine reads that layout. */
#include "arrow/arrow_borrow.h"

#include <assert.h>

#include "base/map.h"

enum { SCALE_MOST = 38 };

/* Whether the buffer is aligned for values of this width, of which 8 bytes suffice for wider ones. */
static bool is_aligned(const void *buffer, uint8_t width)
{
    uintptr_t alignment = width > 8 ? 8 : width < 1 ? 1 : width;
    return (uintptr_t)buffer % alignment == 0;
}

/* Sets the column's type, width and scale. Returns false if the machine has no type that is laid out as this
 * one. */
static bool borrow_type(const struct arrow_type *type, struct column *out)
{
    out->width = type->width;
    switch (type->kind) {
    case ARROW_BOOLEAN: out->type = COLUMN_BOOLEAN; return true;
    case ARROW_INTEGER:
        out->type = COLUMN_NUMBER;
        out->is_unsigned = !type->is_signed;
        return true;
    case ARROW_DECIMAL:
        out->type = COLUMN_NUMBER;
        out->scale = type->scale;
        return type->scale >= -SCALE_MOST && type->scale <= SCALE_MOST;
    case ARROW_DATE: out->type = COLUMN_DATE; return type->per_day == 1;
    default: return false;
    }
}

/* Sets the column's words, whose texts stand in the arena. Returns false if a word is null, not plain text or
 * there twice, or if memory is refused. */
static bool borrow_words(const struct arrow_column *column, struct arena *arena, struct column *out)
{
    assert(column->is_dictionary && column->words.length >= 0);
    const struct arrow_column words = {.type = column->type, .values = column->words};
    bool is_text = column->type.kind == ARROW_TEXT || column->type.kind == ARROW_TEXT_VIEW;
    if (!is_text || column->words.length > INT32_MAX)
        return false;
    size_t count = (size_t)column->words.length;
    struct text *texts = ARENA_ARRAY(arena, struct text, count);
    struct map seen;
    map_init(&seen, arena);
    for (size_t i = 0; texts && i < count; i++) {
        struct arrow_cell cell = arrow_column_cell(&words, (int64_t)i);
        if (cell.kind != ARROW_CELL_TEXT || map_get(&seen, cell.text) ||
            !map_put(&seen, cell.text, &texts[i]))
            return false;
        texts[i] = cell.text;
    }
    out->type = COLUMN_CODE;
    out->dictionary = texts;
    out->dictionary_count = (uint32_t)count;
    return texts;
}

bool arrow_column_borrow(const struct arrow_column *column, struct arena *arena, struct column *out)
{
    const struct arrow_values *values = &column->values;
    *out = (struct column){.values = values->data,
                           .validity = values->validity,
                           .offset = values->first,
                           .length = values->length};
    if (!borrow_type(&values->type, out) || !is_aligned(values->data, values->type.width))
        return false;
    return !column->is_dictionary || borrow_words(column, arena, out);
}
