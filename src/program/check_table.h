/* SPDX-License-Identifier: Apache-2.0 */
/* The static types of a decision table. */
#ifndef TUOYU_PROGRAM_CHECK_TABLE_H
#define TUOYU_PROGRAM_CHECK_TABLE_H

#include "program/checker.h"

/* The type of the table's value; fills in those of its outputs. What it reads must be linked. */
struct static_type check_table(struct checker *checker, struct slot *slot);
/* Of the highest of its trees. */
uint32_t table_height(const struct decision_table *table);

#endif
