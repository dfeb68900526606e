/* SPDX-License-Identifier: Apache-2.0 */
/* The columns that a rule adds to a row: what it answers, how sure that is, and what it lacks. */
#ifndef TUOYU_CLI_ANSWER_COLUMNS_H
#define TUOYU_CLI_ANSWER_COLUMNS_H

#include "cli/case_rule.h"

struct answer_columns {
    struct word_list names;  /* owned: "grant.whole", "grant.city", …, "grant.provenance" */
    struct word_list payers; /* owned: of a cost-sharing, in the order of their columns */
};

/* probe is an empty case of the rule's policy: a cost-sharing names its payers whatever the facts. */
void answer_columns_make(struct answer_columns *columns, const struct case_rule *rule, const tuoyu_case *probe, int32_t as_of);
void answer_columns_free(struct answer_columns *columns);

/* One text for each column, owned by the caller; all of them "" where answer is NULL. */
void answer_columns_fill(const struct answer_columns *columns, const struct case_rule *rule, const struct case_answer *answer,
                         char **texts);

#endif
