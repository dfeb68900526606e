/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a QUOTIENT that lie on an edge of its rounding: repeated as the formula is written. */
#ifndef TUOYU_MACHINE_EDGE_ROWS_H
#define TUOYU_MACHINE_EDGE_ROWS_H

#include <stddef.h>

#include "compile/typed_program.h"

/* operands: the columns of the quotient's operands, and in out what their exact division gave. */
void settle_edge_rows(const struct typed_program *typed, const struct typed_operation *quotient,
                      const void *const *operands, void *out, size_t rows);
/* One row's quotient. */
int64_t quotient_of_row(const struct typed_operation *quotient, int64_t number, int64_t first,
                        int64_t second);

#endif
