/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that stand in a formula which cites nothing: policy that nobody can check. */
#ifndef TUOYU_PROGRAM_UNSOURCED_NUMBER_H
#define TUOYU_PROGRAM_UNSOURCED_NUMBER_H

#include "feel/expression.h"

/* Warns of the first such number in a formula as it was written. 0, 1, 12 and 100 count nothing of their own,
 * nor do the digits that a built-in rounds to and positions in lists and texts. */
void warn_of_unsourced_number(const struct expression *formula, struct text name,
                              tuoyu_diagnostics *diagnostics);

#endif
