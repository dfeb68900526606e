/* SPDX-License-Identifier: Apache-2.0 */
/* Results of the block machine into columns that go out: many rows at a time, from the builder's row on,
 * which stays. */
#ifndef TUOYU_ARROW_ARROW_BLOCKS_H
#define TUOYU_ARROW_ARROW_BLOCKS_H

#include "arrow/arrow_export.h"
#include "machine/block_machine.h"

/* Rows of a block: where the machine left them. */
struct arrow_block {
    const struct block_result *result; /* outputs may share values; rows that are not known go out as 0 */
    size_t rows;
    const struct kernel_set *kernels;
    bool streams; /* past the caches: the table is larger than they are */
};

/* Each number times the factor: ARROW_OUTPUT_NUMBER, ARROW_OUTPUT_INTEGER. */
void arrow_write_numbers(struct arrow_builder *builder, const struct arrow_block *block, int64_t factor);
void arrow_write_booleans(struct arrow_builder *builder, const struct arrow_block *block);
/* Small numbers of 32 bits, each less one, as words and the like stand from 0 on; all known. */
void arrow_write_words(struct arrow_builder *builder, const struct arrow_block *block);
/* Numbers from 0 to 7 in 32 bits, each as what the map has for it; all known. */
void arrow_write_mapped(struct arrow_builder *builder, const struct arrow_block *block, const int8_t map[8]);
/* Booleans that are all null. */
void arrow_write_nulls(struct arrow_builder *builder, size_t rows);
/* Empty texts, known or null; after these rows the builder's row is count further. */
void arrow_append_empty(struct arrow_builder *builder, int64_t count, bool is_known);

#endif
