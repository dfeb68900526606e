/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with decision tables whatever their outputs mean: rows that overlap where one only may fit,
 * rows that contradict each other, inputs that no row fits, rows that never decide. Each finding shows inputs
 * that prove it. */
#ifndef TUOYU_PROGRAM_TABLE_ANALYSIS_H
#define TUOYU_PROGRAM_TABLE_ANALYSIS_H

#include "program/program.h"

/* Of all tables of a linked program whose types are in order. Overlaps and contradictions that some case must
 * meet are errors; all else is only looked for where warnings are wanted. The tables share what is left of
 * the quota (NULL: there is no end); what it does not suffice for is told as a note, and the quota is not
 * used up by it. Returns the first error, also where nobody takes the findings. */
tuoyu_status analyse_tables(const struct program *program, bool wants_warnings, struct quota *quota,
                            tuoyu_diagnostics *diagnostics);

#endif
