/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with a decision table whatever its outputs mean: rows that overlap where one only may fit, rows that
 * contradict each other, inputs that no row fits, rows that never decide. Each finding shows inputs that prove it. */
#ifndef TUOYU_PLAN_TABLE_ANALYSIS_H
#define TUOYU_PLAN_TABLE_ANALYSIS_H

#include "plan/program.h"

/* Of a table whose types are checked and in order. Returns the first error, also where nobody takes the findings. The work
 * is bounded; where that does not suffice, a finding says so. */
tuoyu_status analyse_table(const struct program *program, const struct slot *slot, tuoyu_diagnostics *diagnostics);

#endif
