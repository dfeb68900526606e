/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the static types of a decision table. */
#ifndef TUOYU_PROGRAM_CHECK_TABLE_H
#define TUOYU_PROGRAM_CHECK_TABLE_H

#include "program/checker.h"

/* Checks a table and returns the type of its value; sets the types of inputs and outputs. What the table
 * reads must be linked. */
struct static_type check_table(struct checker *checker, struct slot *slot);
/* The height of the highest tree among the table's expressions. */
uint32_t table_height(const struct decision_table *table);

#endif
