/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns of a CSV file are facts, and a row of the file as a case. */
#ifndef TUOYU_CLI_FACT_COLUMNS_H
#define TUOYU_CLI_FACT_COLUMNS_H

#include "cli/allocation.h"
#include "cli/csv_reader.h"

/* The columns of a file. */
struct fact_columns {
    char **columns; /* names in the header, owned */
    char **facts;   /* by column: the fact that it gives, or NULL; owned */
    size_t count;
};

/* The field at an index without the white space that people type around it, as the library cuts it; it does
 * not end with NUL. */
const char *trimmed_cell(const struct csv_record *record, size_t index, size_t *length);

/* Reads the header record of the file. A column's name is that of a fact, such as `child.birth_date`; where
 * entity is given, `birth_date` stands for `child.birth_date`. Columns that are no facts are named once on
 * stderr, but for the column `known`, which is known to be something else (NULL for none). Returns false
 * after saying what is wrong, with nothing to free. */
bool fact_columns_read(struct fact_columns *columns, const tuoyu_policy *policy, const char *file,
                       const char *entity, const char *known, struct csv_reader *reader);
void fact_columns_free(struct fact_columns *columns);

/* Makes the row the facts of a case; each fact that is wrong is reported and left out. Returns TUOYU_OK or
 * the first error. */
tuoyu_status fact_columns_set(const struct fact_columns *columns, const struct csv_record *record,
                              tuoyu_case *facts, tuoyu_diagnostics *diagnostics);
/* Whether the record can be read and has as many fields as the header. */
bool record_fits(const struct fact_columns *columns, const struct csv_record *record);
/* Why the record does not fit, or NULL where it does; the caller frees it. */
char *record_problem(const struct fact_columns *columns, const struct csv_record *record);

#endif
