/* SPDX-License-Identifier: Apache-2.0 */
/* Finds numbers in a formula that cites nothing: they are policy that nobody can check. */
#ifndef TUOYU_PROGRAM_UNSOURCED_NUMBER_H
#define TUOYU_PROGRAM_UNSOURCED_NUMBER_H

#include "feel/expression.h"

/* Warns of the first number without a source in a formula as it was written. 0, 1, 12 and 100 pass, and so do
 * the digits that a built-in rounds to and positions in lists and texts, because they carry no policy. */
void warn_of_unsourced_number(const struct expression *formula, struct text name,
                              tuoyu_diagnostics *diagnostics);

#endif
