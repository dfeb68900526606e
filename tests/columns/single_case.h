/* SPDX-License-Identifier: Apache-2.0 */
/* A rule asked of one case, and what a table's cells must say of it. */
#ifndef TUOYU_TESTS_SINGLE_CASE_H
#define TUOYU_TESTS_SINGLE_CASE_H

#include <tuoyu/rules.h>

#include "table_answers.h"

struct single {
    int32_t kind;
    tuoyu_pricing *pricing;
    tuoyu_cost_sharing *sharing;
    tuoyu_eligibility *eligibility;
    tuoyu_status status; /* of the last case */
    tuoyu_quote *quote;  /* its answer */
    tuoyu_split *split;
    tuoyu_verdict *verdict;
    const tuoyu_answer *answer;
    bool overflows; /* some column could not hold one of its numbers */
};

void single_open(struct single *single, tuoyu_policy *policy, const char *name, int32_t kind);
void single_close(struct single *single);
/* given: the status of the facts; where they are wrong, nothing is asked. */
void single_ask(struct single *single, tuoyu_status given, const tuoyu_case *facts, int32_t as_of,
                tuoyu_diagnostics *diagnostics);
/* What the column must show of the last case. part: what stands after the rule's name in the column's. Asked
 * for in the order of the columns, the status last. */
void single_expect(struct single *single, const char *part, const struct number_form *form,
                   char text[TEXT_SIZE]);
/* What is wrong with the row, as the column `error` says it; first: the first status that is not TUOYU_OK. */
void findings_expect(const tuoyu_diagnostics *diagnostics, tuoyu_status first, char text[TEXT_SIZE]);

#endif
