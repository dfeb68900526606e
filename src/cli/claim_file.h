/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file of claims that is added to a budget record by record. Every record is kept with what became of
 * it, also where it is not even a row. */
#ifndef TUOYU_CLI_CLAIM_FILE_H
#define TUOYU_CLI_CLAIM_FILE_H

#include <tuoyu/budgets.h>

#include "cli/claim_members.h"

/* What became of a record. */
enum record_kind {
    RECORD_CLAIM,     /* the budget has it as a claim, or as a duplicate of one */
    RECORD_WRONG,     /* a row whose id or facts could not be used */
    RECORD_UNREADABLE /* no row at all: too few fields, a stray quote, bytes that are not UTF-8 */
};

/* A record of the file. */
struct claim_record {
    size_t number; /* from 1; the header is not counted */
    enum record_kind kind;
    char *id;       /* that the budget knows it by; empty where it has none */
    char *shown_id; /* as it stands in the file */
    char **kept;    /* the cells of the columns that are kept */
    char **members; /* the cells of the members that are wanted; NULL for a record that is no claim */
    char *problem;  /* such as `line 3: …`; NULL where there is none */
};

/* All records of a file. */
struct claim_file {
    struct claim_record *records; /* in the order of the file */
    size_t count, capacity;
    const struct word_list *kept; /* names of columns that are kept; borrowed */
    size_t member_count;          /* of the members that are wanted */
    size_t *by_id;                /* indices of records, by id and then by number */
};

/* How a file of claims is read. */
struct claim_options {
    const char *id;                /* the name of the column of ids */
    const struct word_list *kept;  /* names of further columns to keep; NULL for none */
    struct claim_members *members; /* NULL for none */
    struct intake *intake;
};

/* Adds the records of the file (- is the standard input) to the budget.
 * Returns false after saying why the file cannot be read; claim_file_free() is needed then too. */
bool claim_file_read(struct claim_file *file, const char *path, const struct claim_options *options,
                     tuoyu_policy *policy, tuoyu_budget *budget);
void claim_file_free(struct claim_file *file);
/* Finds the records of an id: they are file->by_id[*first] and those after it. Returns how many there are. */
size_t records_of_id(const struct claim_file *file, const char *id, size_t *first);

/* Opens the budget of a rule with its own facts; NULL after saying why not. The caller frees it. */
tuoyu_budget *open_budget(tuoyu_policy *policy, const char *rule, const tuoyu_case *facts, int32_t as_of);

#endif
