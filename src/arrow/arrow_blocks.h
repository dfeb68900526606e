/* SPDX-License-Identifier: Apache-2.0 */
/* Writing results of the block machine into builders, many rows at a time. The functions write from the
 * builder's current row on and, except for arrow_append_empty(), leave `rows` as it is; the caller moves it
 * on. They do nothing if the builder failed or has no room. */
#ifndef TUOYU_ARROW_ARROW_BLOCKS_H
#define TUOYU_ARROW_ARROW_BLOCKS_H

#include "arrow/arrow_export.h"
#include "machine/block_machine.h"

/* The results of a block of rows, where the machine left them. */
struct arrow_block {
    const struct block_result *result; /* outputs may share values; rows that are not known go out as 0 */
    size_t rows;
    const struct kernel_set *kernels;
    bool streams; /* whether to write past the caches, because the table is larger than they are */
};

/* Writes each number times the factor into a builder of ARROW_OUTPUT_NUMBER or ARROW_OUTPUT_INTEGER. */
void arrow_write_numbers(struct arrow_builder *builder, const struct arrow_block *block, int64_t factor);
/* Writes truth bytes as bits. The block's values are a byte for each row. */
void arrow_write_booleans(struct arrow_builder *builder, const struct arrow_block *block);
/* Writes numbers of 32 bits, each less one, because words and the like are counted from 1 in the machine and
 * from 0 in a dictionary. All must be known. */
void arrow_write_words(struct arrow_builder *builder, const struct arrow_block *block);
/* Writes rows of a boolean column that are all null. */
void arrow_write_nulls(struct arrow_builder *builder, size_t rows);
/* Adds count empty texts, or nulls (is_known false), and moves the builder's row behind them. */
void arrow_append_empty(struct arrow_builder *builder, int64_t count, bool is_known);

#endif
