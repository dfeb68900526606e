/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which an eligibility rule admits where places are short: its keys as slots. The lists are in
 * ledger/waiting_list. */
#ifndef TUOYU_RULES_ADMISSION_H
#define TUOYU_RULES_ADMISSION_H

#include "rules/lowering.h"

/* Lowers the keys of a rule into eligibility->admission. Returns false when memory is refused. */
bool lower_admission(struct lowering *lowering, const struct pack_eligibility *written,
                     struct tuoyu_eligibility *eligibility);

/* Orders two values of a key: below 0 if `left` comes first. A value that is none comes after all others. */
int admission_key_compare(const struct admission_key *key, struct value left, struct value right);

#endif
