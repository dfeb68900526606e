/* SPDX-License-Identifier: Apache-2.0 */
/* A payout and the records that it was made from, as CSV, text and JSON. */
#ifndef TUOYU_CLI_PAYOUT_OUTPUT_H
#define TUOYU_CLI_PAYOUT_OUTPUT_H

#include <stdio.h>

#include "cli/claim_file.h"

/* What became of the records of the file: read is the sum of the others. */
struct record_counts {
    size_t read;
    size_t answered;   /* something is paid or not paid of it, or nothing is due */
    size_t missing;    /* facts are missing, or the budget is not known */
    size_t error;      /* rows that cannot be used, claims in error, duplicates */
    size_t unreadable; /* no rows */
    size_t repeated;   /* of those in error: the same as another record, so that nothing is open about them */
};

struct payout_output {
    const tuoyu_payout *payout;
    const struct claim_file *claims;
    const char *id;       /* what the column of ids is called */
    const char *language; /* of the text: "zh" or "en" */
};

struct record_counts payout_record_counts(const struct payout_output *output);
/* How many claims something is or is not paid of that those which are open or in error might change. */
size_t payout_not_final_count(const struct payout_output *output);
/* Whether more was used of the budget than there is; *by is by how much. */
bool payout_is_overspent(const tuoyu_payout *payout, tuoyu_decimal *by);

/* A row a record, the claims that are paid in front. */
void payout_print_csv(const struct payout_output *output, FILE *stream);
/* The payout for a person, the records that something is wrong with, and the counts of records. */
void payout_print_text(const struct payout_output *output, FILE *stream);
/* One object: `payout` as the library gives it, `records`, and `problems`, the records that something is
 * wrong with. */
void payout_print_json(const struct payout_output *output, FILE *stream);
/* One object: the sums of the payout, whether it is final, and `records`. */
void payout_print_summary(const struct payout_output *output, FILE *stream);

#endif
