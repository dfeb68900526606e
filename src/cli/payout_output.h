/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a payout and the records that it was made from, as CSV, text and JSON. */
#ifndef TUOYU_CLI_PAYOUT_OUTPUT_H
#define TUOYU_CLI_PAYOUT_OUTPUT_H

#include <stdio.h>

#include "cli/claim_file.h"
#include "cli/record_counts.h"

/* What became of the records of the file. Determined are claims that are paid, paid in part or unpaid, or of
 * which nothing is due; not applicable those of which the rule says nothing; undetermined those with missing
 * facts, or with a budget that is not known; in error rows that cannot be used, claims in error, and
 * duplicates. */
struct payout_counts {
    int64_t of[RECORD_COUNTS]; /* by TUOYU_RECORDS_… */
    int64_t repeated; /* those in error that repeat another record, so that nothing is open about them */
};

/* What is written. */
struct payout_output {
    const tuoyu_payout *payout;
    const struct claim_file *claims;
    const struct claim_members *members; /* whose cells the records have */
    const char *id;                      /* name of the column of ids */
    const char *language;                /* of payout_print_text(): "zh" or "en" */
    bool is_for_spreadsheet;             /* the CSV is */
};

/* Counts the records. */
struct payout_counts payout_record_counts(const struct payout_output *output);
/* How many records are determined, or ones that the rule does not apply to. */
int64_t payout_closed_count(const struct payout_counts *counts);
/* How many decided claims might still change with the claims that are open or in error. */
size_t payout_not_final_count(const struct payout_output *output);
/* Whether more was used of the budget than there is; *by is then by how much. */
bool payout_is_overspent(const tuoyu_payout *payout, tuoyu_decimal *by);

/* Whether the CSV has a column of this name anyway. */
bool payout_has_column(const struct payout_output *output, const char *name);
/* A row for each record; the claims that are paid come first. */
void payout_print_csv(const struct payout_output *output, FILE *stream);
/* The payout for a person, then the records that something is wrong with and the counts of records. */
void payout_print_text(const struct payout_output *output, FILE *stream);
/* One object: `payout` as the library gives it, `records`, and `problems`, the records that something is
 * wrong with. */
void payout_print_json(const struct payout_output *output, FILE *stream);
/* The word of a claim's state, or "". */
const char *claim_state_word(int32_t state);
/* Prints a text in JSON's quotes and escapes. */
void write_json_text(const char *text, FILE *stream);
/* Prints the member `records` of a JSON object. */
void payout_print_counts(const struct payout_output *output, FILE *stream);
/* payout_sums.c: one object: the sums of the payout, whether it is final, and `records`. */
void payout_print_summary(const struct payout_output *output, FILE *stream);

#endif
