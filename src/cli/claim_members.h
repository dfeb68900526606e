/* SPDX-License-Identifier: Apache-2.0 */
/* Members of the split of each claim as further columns of a payout: what `tuoyu pay --columns` names, by the
 * names that `tuoyu run` has for them. */
#ifndef TUOYU_CLI_CLAIM_MEMBERS_H
#define TUOYU_CLI_CLAIM_MEMBERS_H

#include <tuoyu/batches.h>

#include "cli/row_table.h"

/* The members that are wanted, and the records that wait to be answered. */
struct claim_members {
    char **names; /* as they stand in the header of the output; owned */
    size_t count; /* 0: none is wanted, and all else is unset */
    tuoyu_batch *batch;
    struct ArrowSchema schema; /* of its answers */
    int64_t *columns;          /* by name: index of the column of the answers */
    bool has_table;
    struct row_table table;
    struct reading_notes spare; /* what is noted of cells is noted by whoever reads the claims */
    char ***waiting;            /* by row of the table: where its cells go */
};

/* Makes the batch for the members of the lists, each with commas between. Returns false after saying what is
 * wrong; claim_members_close() is needed then too. */
bool claim_members_open(struct claim_members *members, tuoyu_policy *policy, const char *rule,
                        const struct word_list *lists, int32_t as_of);
void claim_members_close(struct claim_members *members);

/* Begins a file, once its columns are known. */
void claim_members_begin(struct claim_members *members, const struct fact_columns *columns,
                         const struct intake *intake, const char *path);
/* Answers a record: *cells becomes the array of its cells by name, which the caller frees with free_cells().
 * It may be filled in by a later call only. Returns false after saying what is wrong. */
bool claim_members_add(struct claim_members *members, const struct fact_columns *columns,
                       const struct csv_record *record, char ***cells);
/* Answers the records that wait. Returns false after saying what is wrong. */
bool claim_members_finish(struct claim_members *members);

#endif
