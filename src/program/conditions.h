/* SPDX-License-Identifier: Apache-2.0 */
/* Finds conditions in formulas that always hold or never do, whatever a case is: `x > 5 and x < 3`, or a
 * comparison that the declared range of a fact decides. */
#ifndef TUOYU_PROGRAM_CONDITIONS_H
#define TUOYU_PROGRAM_CONDITIONS_H

#include "program/program.h"

/* Warns of such conditions in all expressions of a linked program. Conditions are compared by the values that
 * decide them; those that rest on more than constants and one name are not decided, and pass. It takes what
 * is left of the quota (NULL for no limit), never uses the caller's quota up, and ends with a note where that
 * does not suffice. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status warn_of_conditions(const struct program *program, struct quota *quota,
                                tuoyu_diagnostics *diagnostics);

#endif
