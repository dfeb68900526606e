/* SPDX-License-Identifier: Apache-2.0 */
/* A shorter program for rows that miss no fact: it has no operations that keep track of what is missing,
 * and operations that follow each other are folded into one. Its facts are those of the whole program, in
 * the same order, before all other operations. */
#ifndef TUOYU_COMPILE_COMPLETE_PROGRAM_H
#define TUOYU_COMPILE_COMPLETE_PROGRAM_H

#include "compile/typed_program.h"

/* Makes the complete program from the whole one; all memory is the arena's. complete->count is 0 where
 * there is none: a program with an UNKNOWN, that is an unset parameter, has none. For a single row CHECK,
 * and a LOOKUP that is not total, can still find that the whole program must be run. Returns TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status complete_program_make(struct typed_program *complete, struct arena *arena,
                                   const struct typed_program *whole);

#endif
