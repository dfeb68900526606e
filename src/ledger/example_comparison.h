/* SPDX-License-Identifier: Apache-2.0 */
/* Compares what came of a worked example, an answer or an error, with what the example expects. Differences
 * are reported as `expected …, got …`. */
#ifndef TUOYU_LEDGER_EXAMPLE_COMPARISON_H
#define TUOYU_LEDGER_EXAMPLE_COMPARISON_H

#include "rules/answer.h"
#include "rules/compiled_policy.h"

/* Returns true if the answer has all that the example expects; reports each difference. */
bool example_compare_answer(const struct pack_example *example, const struct tuoyu_answer *answer,
                            tuoyu_diagnostics *diagnostics);
/* Returns true if the example expects the error `status` and nothing else. If not, reports each expectation
 * that was not met, and then the findings in `found`, which the run reported. */
bool example_compare_error(const struct pack_example *example, tuoyu_status status,
                           const tuoyu_diagnostics *found, tuoyu_diagnostics *diagnostics);

#endif
