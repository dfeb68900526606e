/* SPDX-License-Identifier: Apache-2.0 */
/* Finds constants that can never be computed: a day that does not exist, a divisor of 0, a pattern that is no
 * pattern. Each of them would make an error of every case. */
#ifndef TUOYU_PROGRAM_CONSTANTS_H
#define TUOYU_PROGRAM_CONSTANTS_H

#include "program/program.h"

/* Computes every part of a linked program that rests on written values only, each once, and reports those
 * that have no value, and calls of today() and now(), since a pack has no clock. It takes what is left of the
 * quota (NULL for no limit) and never uses the caller's quota up; where that does not suffice there is a
 * note. Returns TUOYU_OK or the first error. */
tuoyu_status check_constants(const struct program *program, struct quota *quota,
                             tuoyu_diagnostics *diagnostics);

#endif
