/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a QUOTIENT that lie on an edge of its rounding. A digit that the interpreter lost decides there, so
 * these rows are computed again step by step (compile/decimal_steps.h). */
#ifndef TUOYU_MACHINE_EDGE_ROWS_H
#define TUOYU_MACHINE_EDGE_ROWS_H

#include <stddef.h>

#include "compile/typed_program.h"

/* Corrects the edge rows of a block. operands: the columns of the quotient's three operands. out: holds the
 * rounded exact quotients. */
void settle_edge_rows(const struct typed_program *typed, const struct typed_operation *quotient,
                      const void *const *operands, void *out, size_t rows);
/* The quotient of one row, already corrected. first and second: the values of operands 1 and 2. */
int64_t quotient_of_row(const struct typed_operation *quotient, int64_t number, int64_t first,
                        int64_t second);

#endif
