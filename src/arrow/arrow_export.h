/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that go out as Arrow structs. Each array and each of its children owns its buffers, so that a
 * consumer may move any of them out and release them in any order. */
#ifndef TUOYU_ARROW_ARROW_EXPORT_H
#define TUOYU_ARROW_ARROW_EXPORT_H

#include <tuoyu/arrow_abi.h>

#include "base/text.h"

enum arrow_output_type {
    ARROW_OUTPUT_BOOLEAN, /* bool */
    ARROW_OUTPUT_WORD,    /* dictionary of int8 and utf8 */
    ARROW_OUTPUT_NUMBER,  /* decimal128(38, scale) */
    ARROW_OUTPUT_INTEGER, /* int64 that counts units of 10^-scale, as the schema's metadata `scale` says */
    ARROW_OUTPUT_DATE,    /* date32 */
    ARROW_OUTPUT_TEXT     /* utf8 */
};

enum { ARROW_OUTPUT_PRECISION = 38 };

/* The name and type of a column that goes out. */
struct arrow_output {
    struct text name; /* ended by NUL */
    enum arrow_output_type type;
    int32_t scale;            /* ARROW_OUTPUT_NUMBER, ARROW_OUTPUT_INTEGER: decimals */
    struct text unit;         /* unit of its numbers, for the schema's metadata `unit`; may be empty */
    const char *const *words; /* ARROW_OUTPUT_WORD: the words of the values 0, 1, … */
    int32_t word_count;       /* at most 127 */
};

/* Makes the schema of a table of these columns. TUOYU_OK, or TUOYU_ERROR_NO_MEMORY with out->release NULL. */
tuoyu_status arrow_schema_export(const struct arrow_output *outputs, size_t count,
                                 const tuoyu_allocator *allocator, struct ArrowSchema *out);

/* A column that is being filled, row by row or by blocks (arrow/arrow_blocks.h). If memory is refused
 * `failed` is set and further rows do nothing, so that one question at the end suffices. */
struct arrow_builder {
    const struct arrow_output *output;
    tuoyu_allocator allocator;
    int64_t capacity, rows; /* rows that there is room for, and rows written; except in columns of texts,
                               `rows` may be set back and rows be written again */
    unsigned char *validity,
        *values; /* values: bits, bytes, 8 or 16 bytes each, or offsets of 4 bytes, one more than rows */
    size_t validity_size, values_size; /* bytes allocated */
    struct text_builder bytes;         /* ARROW_OUTPUT_TEXT */
    bool failed;
    bool is_full; /* whether the texts have more bytes than the offsets of utf8 can count */
};

/* Allocates room for this many rows. Sets builder->failed if memory is refused. output is borrowed. */
void arrow_builder_init(struct arrow_builder *builder, const struct arrow_output *output, int64_t capacity,
                        const tuoyu_allocator *allocator);
/* Points a builder to memory of the caller, which is neither freed nor exported; not for texts. values has
 * room for capacity values and is aligned to their width. */
static inline void arrow_builder_lend(struct arrow_builder *builder, int64_t capacity, void *values,
                                      unsigned char *validity)
{
    builder->capacity = capacity;
    builder->rows = 0;
    builder->values = values;
    builder->validity = validity;
}
/* Frees what the builder owns; it is then empty, with no room. */
void arrow_builder_free(struct arrow_builder *builder);
/* Bytes of a value; 0 if values are bits or texts. */
size_t arrow_output_width(enum arrow_output_type type);

/* Each adds one row; nothing happens if the builder failed or is full. */
void arrow_append_null(struct arrow_builder *builder);
/* Adds a row to a column of ARROW_OUTPUT_BOOLEAN. */
void arrow_append_boolean(struct arrow_builder *builder, bool boolean);
/* Adds the word of this index, from 0; of ARROW_OUTPUT_WORD. */
void arrow_append_word(struct arrow_builder *builder, int8_t index);
/* Adds a row to a column of ARROW_OUTPUT_DATE: days since 1970-01-01. */
void arrow_append_date(struct arrow_builder *builder, int32_t date);
/* Adds a row to a column of ARROW_OUTPUT_TEXT; the text is copied. */
void arrow_append_text(struct arrow_builder *builder, struct text text);
/* Returns false, and adds no row, if the column cannot hold the number exactly. */
bool arrow_append_number(struct arrow_builder *builder, tuoyu_decimal number);

/* Makes a struct array of builders that have `rows` rows each. In any case the builders are empty
 * afterwards. TUOYU_OK; else out->release is NULL, and the status is TUOYU_ERROR_NO_MEMORY,
 * TUOYU_ERROR_LIMIT if the texts of a column are too large, or TUOYU_ERROR_INVALID_ARGUMENT if a builder
 * has another number of rows. */
tuoyu_status arrow_array_export(struct arrow_builder *builders, size_t count, int64_t rows,
                                const tuoyu_allocator *allocator, struct ArrowArray *out);

#endif
