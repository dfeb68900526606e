/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns of a CSV file are facts, and a row of the file as a case. */
#ifndef TUOYU_CLI_FACT_COLUMNS_H
#define TUOYU_CLI_FACT_COLUMNS_H

#include "cli/cell_type.h"
#include "cli/csv_reader.h"
#include "cli/header_names.h"
#include "cli/reading_notes.h"

/* What the first cell of a record begins with that a template has below its header, as a note. */
#define TEMPLATE_NOTE "#tuoyu "

/* The columns of a file. */
struct fact_columns {
    char **columns;          /* names in the header, owned */
    char **facts;            /* by column: the fact that it gives, or NULL; owned */
    struct cell_type *types; /* by column, of those that are facts */
    size_t count, fact_count;
    size_t known; /* index of the column of ids, which need not be a fact; SIZE_MAX: none */
    size_t line;  /* of the header */
    struct cell_rules rules;
    bool is_strict; /* cells are read as written */
};

/* Reads the header record of the file, with the separator found by it, and the notes of a template below it.
 * A column's name is that of a fact, such as `child.birth_date`, or its label; where the names have an
 * entity, `birth_date` stands for `child.birth_date`. Columns that are no facts are named once on stderr, but
 * for the known one. Returns false after saying what is wrong, with nothing to free. */
bool fact_columns_read(struct fact_columns *columns, const struct header_names *names, const char *file,
                       struct intake *intake, struct csv_reader *reader);
/* Finds the columns of these names, which --keep wants to go out; indexes has room for all. False after
 * saying which one is not there. */
bool find_kept_columns(const struct fact_columns *columns, const struct word_list *names, const char *file,
                       size_t *indexes);
void fact_columns_free(struct fact_columns *columns);

/* The cell of a column that is a fact as it is meant, without white space around it; it lives until the next
 * call. What is read otherwise than written, and what is refused, is noted. */
const char *fact_cell(const struct fact_columns *columns, const struct csv_record *record, size_t index,
                      struct reading_notes *notes, size_t *length);
/* Makes the row the facts of a case; each fact that is wrong is reported and left out. Returns TUOYU_OK or
 * the first error. */
tuoyu_status fact_columns_set(const struct fact_columns *columns, const struct csv_record *record,
                              struct reading_notes *notes, tuoyu_case *facts, tuoyu_diagnostics *diagnostics);
/* Whether the record can be read and has as many fields as the header. */
bool record_fits(const struct fact_columns *columns, const struct csv_record *record);
/* Why the record does not fit, or NULL where it does; the caller frees it. */
char *record_problem(const struct fact_columns *columns, const struct csv_record *record);

#endif
