/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy has, as JSON: its packs, parameters, facts and rules, for forms, documents and simulations.
 */
#ifndef TUOYU_EXPLAIN_POLICY_LISTING_H
#define TUOYU_EXPLAIN_POLICY_LISTING_H

#include "rules/compiled_policy.h"

/* One JSON object, with the keys that tuoyu_policy_to_json() documents. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status policy_to_json(const struct tuoyu_policy *policy, tuoyu_text **out);

#endif
