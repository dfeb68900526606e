/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that go out as Arrow structs. Each array and each child of it owns its buffers, so that a consumer
 * may move any of them out and release them in any order. */
#ifndef TUOYU_ARROW_ARROW_EXPORT_H
#define TUOYU_ARROW_ARROW_EXPORT_H

#include <tuoyu/arrow_abi.h>

#include "base/text.h"

enum arrow_output_type {
    ARROW_OUTPUT_BOOLEAN, /* bool */
    ARROW_OUTPUT_SMALL,   /* int8 */
    ARROW_OUTPUT_WORD,    /* dictionary of int8 and utf8 */
    ARROW_OUTPUT_NUMBER,  /* decimal128(38, scale) */
    ARROW_OUTPUT_INTEGER, /* int64: numbers of 10^-scale, as the schema's metadata `scale` says */
    ARROW_OUTPUT_TEXT     /* utf8 */
};

enum { ARROW_OUTPUT_PRECISION = 38 };

/* What a column that goes out is. */
struct arrow_output {
    struct text name; /* ended by NUL */
    enum arrow_output_type type;
    int32_t scale;            /* ARROW_OUTPUT_NUMBER, ARROW_OUTPUT_INTEGER: decimals */
    struct text unit;         /* of its numbers, as the schema's metadata `unit` says; may be empty */
    const char *const *words; /* ARROW_OUTPUT_WORD: what stands for 0, 1, … */
    int32_t word_count;       /* at most 127 */
};

/* The schema of a table of such columns. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status arrow_schema_export(const struct arrow_output *outputs, size_t count,
                                 const tuoyu_allocator *allocator, struct ArrowSchema *out);

/* A column while it is filled: row by row, or by blocks (arrow/arrow_blocks.h). Refused memory is kept in
 * `failed`; ask at the end. */
struct arrow_builder {
    const struct arrow_output *output;
    tuoyu_allocator allocator;
    int64_t capacity, rows; /* rows that there will be, and that there are; but for texts, `rows` may be set
                               back, and a row be written again */
    unsigned char *validity,
        *values; /* values: bits, bytes, 8 or 16 bytes, or offsets of 4 bytes, one more than rows */
    size_t validity_size, values_size; /* as allocated */
    struct text_builder bytes;         /* ARROW_OUTPUT_TEXT */
    bool failed;
    bool is_full; /* the texts have more bytes than the offsets of utf8 can say */
};

void arrow_builder_init(struct arrow_builder *builder, const struct arrow_output *output, int64_t capacity,
                        const tuoyu_allocator *allocator);
/* A builder that owns nothing writes to memory of the caller, which is neither freed nor exported; no texts.
 * values: as many as the capacity, aligned to their width. */
static inline void arrow_builder_lend(struct arrow_builder *builder, int64_t capacity, void *values,
                                      unsigned char *validity)
{
    builder->capacity = capacity;
    builder->rows = 0;
    builder->values = values;
    builder->validity = validity;
}
void arrow_builder_free(struct arrow_builder *builder);
/* Bytes of a value; 0: bits, or texts. */
size_t arrow_output_width(enum arrow_output_type type);

/* Each adds one row; no more than the capacity. */
void arrow_append_null(struct arrow_builder *builder);
void arrow_append_boolean(struct arrow_builder *builder, bool boolean);
/* ARROW_OUTPUT_SMALL, ARROW_OUTPUT_WORD. */
void arrow_append_small(struct arrow_builder *builder, int8_t number);
void arrow_append_text(struct arrow_builder *builder, struct text text);
/* false, and no row is added, where the column cannot hold the number exactly. */
bool arrow_append_number(struct arrow_builder *builder, tuoyu_decimal number);

/* Makes a struct array of full builders, which are empty afterwards, in any case. TUOYU_OK,
 * TUOYU_ERROR_NO_MEMORY, or TUOYU_ERROR_LIMIT where a column of texts is too large. */
tuoyu_status arrow_array_export(struct arrow_builder *builders, size_t count, int64_t rows,
                                const tuoyu_allocator *allocator, struct ArrowArray *out);

#endif
