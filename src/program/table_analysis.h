/* SPDX-License-Identifier: Apache-2.0 */
/* Finds what is wrong with a decision table whatever its outputs mean: rows that overlap where only one may
 * fit, rows that contradict each other, inputs that no row fits, rows that never decide. Each finding shows
 * inputs that prove it. */
#ifndef TUOYU_PROGRAM_TABLE_ANALYSIS_H
#define TUOYU_PROGRAM_TABLE_ANALYSIS_H

#include "program/program.h"

/* Analyses all tables of a linked program whose types are in order. Overlaps and contradictions that some
 * case must meet are errors; everything else is only looked for where warnings are wanted. The tables share
 * what is left of the quota (NULL for no limit); a table for which it does not suffice gets a note, and the
 * analysis never uses the caller's quota up. Returns TUOYU_OK or the first error, also where nobody takes the
 * findings. */
tuoyu_status analyse_tables(const struct program *program, bool wants_warnings, struct quota *quota,
                            tuoyu_diagnostics *diagnostics);

#endif
