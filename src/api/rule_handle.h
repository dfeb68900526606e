/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's handle is the rule itself, which stands in its policy: a reference to the one is a reference to
 * the other. */
#ifndef TUOYU_API_RULE_HANDLE_H
#define TUOYU_API_RULE_HANDLE_H

#include "rules/answer.h"
#include "rules/case_facts.h"

/* Finds a rule of a kind and takes a reference to the policy. Returns TUOYU_OK, or the status of an error,
 * which is reported. */
tuoyu_status rule_handle_find(tuoyu_policy *policy, const char *name, size_t length, int32_t kind,
                              struct rule **out, tuoyu_diagnostics *diagnostics);
/* TUOYU_OK where the rule can be asked: handles there, of one policy, a date there is. */
tuoyu_status rule_handle_check(const struct rule *rule, const tuoyu_case *facts, int32_t as_of,
                               const void *out, tuoyu_diagnostics *diagnostics);
/* One of the counts (TUOYU_RECORDS_…); -1 where there is none such. */
int64_t record_counts_get(const struct record_counts *counts, int32_t which);
/* Gives out a number that may not be there. TUOYU_OK; TUOYU_ERROR_NOT_FOUND if it is not;
 * TUOYU_ERROR_INVALID_ARGUMENT if `number` or `out` is NULL. */
tuoyu_status answer_number_give(const struct answer_number *number, tuoyu_decimal *out);

#endif
