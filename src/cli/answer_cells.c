/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cells of a batch's answers from the Arrow arrays that hold them. */
#include "cli/answer_cells.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { BITS = 8 };

/* The bit at an index of a bitmap. True if it is 1. */
static bool bit_at(const void *bits, size_t index)
{
    return ((const uint8_t *)bits)[index / BITS] >> index % BITS & 1;
}

/* Whether the cell is null; index counts from the beginning of the buffers. */
static bool is_null(const struct ArrowArray *column, size_t index)
{
    return column->buffers[0] && !bit_at(column->buffers[0], index);
}

/* The text at an index of a column of texts. */
static struct answer_cell text_at(const struct ArrowArray *column, size_t index)
{
    const int32_t *offsets = column->buffers[1];
    const char *bytes = column->buffers[2];
    return (struct answer_cell){.bytes = bytes + offsets[index],
                                .length = (size_t)(offsets[index + 1] - offsets[index])};
}

struct answer_cell answer_cell_at(const struct ArrowSchema *schema, const struct ArrowArray *column,
                                  size_t row, char text[ANSWER_CELL_SIZE])
{
    assert(row < (size_t)column->length);
    static const struct answer_cell NOTHING = {.bytes = ""}, BOOLEANS[] = {{"false", 5}, {"true", 4}};
    size_t index = row + (size_t)column->offset;
    if (is_null(column, index))
        return NOTHING;
    if (schema->dictionary)
        return text_at(column->dictionary, (size_t)((const int8_t *)column->buffers[1])[index]);
    if (schema->format[0] == 'b')
        return BOOLEANS[bit_at(column->buffers[1], index)];
    if (strcmp(schema->format, "tdD") == 0) {
        tuoyu_date_to_text(((const int32_t *)column->buffers[1])[index], text);
        return (struct answer_cell){.bytes = text, .length = strlen(text)};
    }
    return text_at(column, index);
}
