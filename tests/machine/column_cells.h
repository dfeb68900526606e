/* SPDX-License-Identifier: Apache-2.0 */
/* The value of one row of a column, read without the machines: what the interpreter is given in tests. */
#ifndef TUOYU_TESTS_COLUMN_CELLS_H
#define TUOYU_TESTS_COLUMN_CELLS_H

#include "machine/column.h"
#include "program/program.h"

/* column NULL: the fact is missing. A value that the fact cannot have is a null of the cause `invalid`. */
struct value column_cell(const struct slot *slot, const struct column *column, const struct cause *invalid,
                         int64_t row);

#endif
