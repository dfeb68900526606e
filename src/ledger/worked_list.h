/* SPDX-License-Identifier: Apache-2.0 */
/* Worked examples of waiting lists: cases by id, and in which order they come out. */
#ifndef TUOYU_LEDGER_WORKED_LIST_H
#define TUOYU_LEDGER_WORKED_LIST_H

#include "rules/compiled_policy.h"

/* As example_run(), of an example that has cases. */
tuoyu_status worked_list_run(struct tuoyu_policy *policy, const struct policy_example *example, bool *passed,
                             tuoyu_diagnostics *diagnostics);
/* As example_to_json(), of an example that has cases. */
tuoyu_status worked_list_to_json(struct tuoyu_policy *policy, const struct policy_example *example,
                                 tuoyu_text **out, tuoyu_diagnostics *diagnostics);

/* What running an example returns, if this came of it: TUOYU_OK also for an error of the example's own, else
 * TUOYU_ERROR_NO_MEMORY or TUOYU_ERROR_CANCELLED, which are reported. */
tuoyu_status example_status(tuoyu_status status, tuoyu_diagnostics *diagnostics);

#endif
