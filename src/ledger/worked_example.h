/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the worked examples that packs carry, and compares the answers with what they expect. */
#ifndef TUOYU_LEDGER_WORKED_EXAMPLE_H
#define TUOYU_LEDGER_WORKED_EXAMPLE_H

#include "rules/compiled_policy.h"

/* Runs an example. *passed says whether all that it expects came out; each difference is reported at its
 * place as `expected …, got …`. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status example_run(struct tuoyu_policy *policy, const struct policy_example *example, bool *passed,
                         tuoyu_diagnostics *diagnostics);
/* The answer of an example as JSON. Returns TUOYU_OK, TUOYU_ERROR_NO_MEMORY, or the error that the example
 * ends with. */
tuoyu_status example_to_json(struct tuoyu_policy *policy, const struct policy_example *example,
                             tuoyu_text **out, tuoyu_diagnostics *diagnostics);

#endif
