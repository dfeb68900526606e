/* SPDX-License-Identifier: Apache-2.0 */
/* A formula that is shown with its numbers invites the reader to do it again. So it is shown only if that
 * gives the value that is shown, though both are rounded for showing. */
#ifndef TUOYU_EXPLAIN_FORMULA_CHECK_H
#define TUOYU_EXPLAIN_FORMULA_CHECK_H

#include "rules/answer.h"

/* Does the formula of a trace entry again with what it read, rounded to these decimals, and compares with its
 * value as shown. Returns true also where there is nothing to be rounded. */
bool formula_holds_as_shown(const struct tuoyu_answer *answer, const struct trace_entry *entry,
                            int32_t decimals);
/* The fewest decimals, from `least` on, with which all formulas of the trace hold as shown; `least` where a
 * dozen do not suffice either. */
int32_t decimals_of_formulas(const struct tuoyu_answer *answer, int32_t least);

#endif
