/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file of claims, added to a budget row by row; what is wrong with a row is kept. */
#ifndef TUOYU_CLI_CLAIM_FILE_H
#define TUOYU_CLI_CLAIM_FILE_H

#include <tuoyu/budgets.h>

#include "cli/allocation.h"

/* A row that something is wrong with. */
struct claim_problem {
    char *id;       /* as it stands in the file; may be empty */
    char *problem;  /* `line 3: …` */
    bool is_listed; /* the budget lists it; else nothing of it was added */
};

struct claim_file {
    struct claim_problem *problems; /* in the order of the rows */
    size_t problem_count, rows;
};

/* Adds the rows of the file (- is the standard input) to the budget; the column `id` has the ids. False after saying why
 * it cannot be read. */
bool claim_file_read(struct claim_file *file, const char *path, const char *id, tuoyu_policy *policy, tuoyu_budget *budget);
void claim_file_free(struct claim_file *file);
/* The next one from index on that the budget lists, NULL at the end. A payout has its claims in error in this order. */
const struct claim_problem *next_listed_problem(const struct claim_file *file, size_t *index);

/* Opens the budget of a rule with its own facts; NULL after saying why not. */
tuoyu_budget *open_budget(tuoyu_policy *policy, const char *rule, const tuoyu_case *facts, int32_t as_of);
/* "open", "paid", "in_part", "unpaid", "not_due", "error". */
const char *claim_state_word(int32_t state);

#endif
