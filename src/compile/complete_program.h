/* SPDX-License-Identifier: Apache-2.0 */
/* A shorter program for rows whose facts are all known: no two-sided logic for what is missing, and
 * operations that follow each other made into one. Its facts are those of the whole program, in their order,
 * before all else. */
#ifndef TUOYU_COMPILE_COMPLETE_PROGRAM_H
#define TUOYU_COMPILE_COMPLETE_PROGRAM_H

#include "compile/typed_program.h"

/* Makes it from a program; all memory is the arena's. One with an UNKNOWN has none: known->count is 0. CHECK
 * and a LOOKUP that is not total can still find, for a row, that the whole program must say. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status complete_program_make(struct typed_program *known, struct arena *arena,
                                   const struct typed_program *whole);

#endif
