/* SPDX-License-Identifier: Apache-2.0 */
/* A rule over one case, whichever of the three kinds that take one: pricing, cost-sharing, eligibility. */
#ifndef TUOYU_CLI_CASE_RULE_H
#define TUOYU_CLI_CASE_RULE_H

#include "cli/allocation.h"

struct case_rule {
    const char *name; /* as it was asked for */
    int32_t kind;
    tuoyu_pricing *pricing; /* one of the three, by kind */
    tuoyu_cost_sharing *cost_sharing;
    tuoyu_eligibility *eligibility;
};

struct case_answer {
    tuoyu_quote *quote; /* one of the three, by kind of the rule */
    tuoyu_split *split;
    tuoyu_verdict *verdict;
    const tuoyu_answer *answer;
};

/* Finds the rule's kind, or 0 with a finding. */
int32_t find_rule_kind(const tuoyu_policy *policy, const char *name, tuoyu_diagnostics *diagnostics);
tuoyu_status case_rule_open(struct case_rule *rule, tuoyu_policy *policy, const char *name, int32_t kind,
                            tuoyu_diagnostics *diagnostics);
void case_rule_close(struct case_rule *rule);

tuoyu_status case_rule_answer(const struct case_rule *rule, const tuoyu_case *facts, int32_t as_of,
                              struct case_answer *answer, tuoyu_diagnostics *diagnostics);
void case_answer_free(struct case_answer *answer);

/* "determined", "undetermined", "not_applicable". */
const char *outcome_word(int32_t outcome);
/* "cited", "derived", "draft", "assumed". */
const char *provenance_word(int32_t provenance);
/* "eligible", "ineligible", "undetermined", "not_applicable". */
const char *decision_word(int32_t decision);

#endif
