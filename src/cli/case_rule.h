/* SPDX-License-Identifier: Apache-2.0 */
/* A rule over one case, of any of the three kinds that take one: pricing, cost-sharing, eligibility. */
#ifndef TUOYU_CLI_CASE_RULE_H
#define TUOYU_CLI_CASE_RULE_H

#include "cli/allocation.h"

/* An open rule. */
struct case_rule {
    const char *name;       /* as it was asked for */
    int32_t kind;           /* TUOYU_RULE_… */
    tuoyu_pricing *pricing; /* one of the three is set, by kind */
    tuoyu_cost_sharing *cost_sharing;
    tuoyu_eligibility *eligibility;
};

/* The answer to a case. */
struct case_answer {
    tuoyu_quote *quote; /* one of the three is set, by the kind of the rule */
    tuoyu_split *split;
    tuoyu_verdict *verdict;
    const tuoyu_answer *answer; /* of that one; NULL where there is none */
};

/* The kind of a rule, TUOYU_RULE_…, or 0 with a finding where there is no such rule. */
int32_t find_rule_kind(const tuoyu_policy *policy, const char *name, tuoyu_diagnostics *diagnostics);
/* Opens a rule of the given kind. Returns TUOYU_OK or the library's error, reported; case_rule_close() may be
 * called in any case. */
tuoyu_status case_rule_open(struct case_rule *rule, tuoyu_policy *policy, const char *name, int32_t kind,
                            tuoyu_diagnostics *diagnostics);
void case_rule_close(struct case_rule *rule);

/* Asks the rule for the facts. Returns TUOYU_OK or the library's error, reported; case_answer_free() may be
 * called in any case. */
tuoyu_status case_rule_answer(const struct case_rule *rule, const tuoyu_case *facts, int32_t as_of,
                              struct case_answer *answer, tuoyu_diagnostics *diagnostics);
void case_answer_free(struct case_answer *answer);

/* The word of TUOYU_DETERMINED and so on: "determined", "undetermined", "not_applicable". */
const char *outcome_word(int32_t outcome);
/* The word of TUOYU_CITED and so on: "cited", "derived", "draft", "assumed",
 * "proposed". */
const char *standing_word(int32_t standing);
/* The word of TUOYU_ELIGIBLE and so on: "eligible", "ineligible", "undetermined", "not_applicable". */
const char *decision_word(int32_t decision);

#endif
