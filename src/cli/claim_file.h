/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file of claims, added to a budget record by record. Every record is kept with what became of it: none
 * vanishes, also where it is no row at all. */
#ifndef TUOYU_CLI_CLAIM_FILE_H
#define TUOYU_CLI_CLAIM_FILE_H

#include <tuoyu/budgets.h>

#include "cli/allocation.h"

enum record_kind {
    RECORD_CLAIM,     /* the budget has it as a claim, or as a duplicate of one */
    RECORD_WRONG,     /* a row whose id or facts could not be used */
    RECORD_UNREADABLE /* no row of the file: too few fields, a stray quote, bytes that are not UTF-8 */
};

struct claim_record {
    size_t number; /* from 1; the header is not counted */
    enum record_kind kind;
    char *id;       /* that the budget knows it by; empty: none */
    char *shown_id; /* as it stands in the file */
    char *problem;  /* `line 3: …`; NULL: there is none */
};

struct claim_file {
    struct claim_record *records; /* in the order of the file */
    size_t count, capacity;
    size_t *by_id; /* indices of records, by id and then by number */
};

/* Adds the records of the file (- is the standard input) to the budget; the column `id` has the ids. False
 * after saying why it cannot be read. */
bool claim_file_read(struct claim_file *file, const char *path, const char *id, tuoyu_policy *policy,
                     tuoyu_budget *budget);
void claim_file_free(struct claim_file *file);
/* The records of an id as file->by_id[*first … *first + count - 1]. Returns count. */
size_t records_of_id(const struct claim_file *file, const char *id, size_t *first);

/* Opens the budget of a rule with its own facts; NULL after saying why not. */
tuoyu_budget *open_budget(tuoyu_policy *policy, const char *rule, const tuoyu_case *facts, int32_t as_of);

#endif
