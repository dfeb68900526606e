/* SPDX-License-Identifier: Apache-2.0 */
/* Outputs of runs over a few rows, put together to those of one run. */
#ifndef TUOYU_TESTS_OUTPUT_PART_H
#define TUOYU_TESTS_OUTPUT_PART_H

#include "machine/batch.h"

/* Puts a part's rows at their place in the whole, whose bits there are 0. width: bytes of a value. */
void put_part(struct output_column *whole, const struct output_column *part, size_t width, int64_t at,
              int64_t rows);

#endif
