/* SPDX-License-Identifier: Apache-2.0 */
/* Answers the records of claims by a batch, a table of them at a time, and keeps the cells that are wanted.
 */
#include "cli/claim_members.h"

#include <stdlib.h>
#include <string.h>

#include "cli/answer_cells.h"
#include "cli/findings.h"
#include "cli/tell.h"

/* What a batch has of each rule without being asked. */
enum { BASE = TUOYU_COLUMNS_VALUES | TUOYU_COLUMNS_OUTCOME | TUOYU_COLUMNS_MISSING | TUOYU_COLUMNS_STANDING };

/* ---- Names ---- */

/* Splits a text at white space into names. */
static void split_names(struct claim_members *members, const char *text)
{
    static const char SPACE[] = " \t\n";
    for (const char *at = text + strspn(text, SPACE); *at; at += strspn(at, SPACE)) {
        size_t length = strcspn(at, SPACE);
        members->names = must_resize(members->names, members->count + 1, sizeof *members->names);
        members->names[members->count++] = must_copy(at, length);
        at += length;
    }
}

/* The column of this name among those of the schema, or -1. */
static int64_t find_column(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0)
            return i;
    return -1;
}

/* Whether a name is wanted twice, which is said. */
static bool has_double(const struct claim_members *members)
{
    for (size_t i = 0; i < members->count; i++)
        for (size_t k = i + 1; k < members->count; k++)
            if (strcmp(members->names[i], members->names[k]) == 0) {
                tell("tuoyu pay: --columns names %s twice", members->names[i]);
                return true;
            }
    return false;
}

/* ---- The batch ---- */

/* Makes the batch with these members, and its schema. */
static bool make_batch(struct claim_members *members, tuoyu_policy *policy, const char *rule, int32_t as_of,
                       const char *asked)
{
    tuoyu_batch_options options = {
        .size = sizeof options, .members = asked, .numbers = TUOYU_NUMBERS_TEXT, .columns = BASE};
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    bool is_made = must_have_memory(tuoyu_batch_new(policy, &rule, NULL, 1, as_of, &options, &members->batch,
                                                    diagnostics)) == TUOYU_OK &&
                   must_have_memory(tuoyu_batch_schema(members->batch, &members->schema)) == TUOYU_OK;
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    return is_made;
}

bool claim_members_open(struct claim_members *members, tuoyu_policy *policy, const char *rule,
                        const struct word_list *lists, int32_t as_of)
{
    *members = (struct claim_members){.names = NULL};
    char *asked = names_in_lists(lists);
    split_names(members, asked);
    bool is_made =
        members->count == 0 || (!has_double(members) && make_batch(members, policy, rule, as_of, asked));
    free(asked);
    members->columns = must_resize(NULL, members->count, sizeof *members->columns);
    for (size_t i = 0; i < members->count && is_made; i++)
        members->columns[i] = find_column(&members->schema, members->names[i]);
    return is_made;
}

void claim_members_close(struct claim_members *members)
{
    for (size_t i = 0; i < members->count; i++)
        free(members->names[i]);
    free(members->names);
    free(members->columns);
    free(members->waiting);
    if (members->has_table) {
        row_table_free(&members->table);
        reading_notes_free(&members->spare);
    }
    if (members->schema.release)
        members->schema.release(&members->schema);
    tuoyu_batch_unref(members->batch);
    *members = (struct claim_members){.names = NULL};
}

/* ---- Records ---- */

void claim_members_begin(struct claim_members *members, const struct fact_columns *columns,
                         const struct intake *intake, const char *path)
{
    if (members->count == 0)
        return;
    row_table_open(&members->table, columns);
    reading_notes_open(&members->spare, intake, path);
    members->waiting = must_resize(NULL, ROW_TABLE_ROWS, sizeof *members->waiting);
    members->has_table = true;
}

/* Copies the cells of a row of the answers. */
static void keep_cells(const struct claim_members *members, const struct ArrowArray *answers, size_t row)
{
    char text[ANSWER_CELL_SIZE];
    for (size_t i = 0; i < members->count; i++) {
        int64_t column = members->columns[i];
        struct answer_cell cell =
            answer_cell_at(members->schema.children[column], answers->children[column], row, text);
        members->waiting[row][i] = must_copy(cell.bytes, cell.length);
    }
}

bool claim_members_finish(struct claim_members *members)
{
    struct ArrowArray answers = {.release = NULL};
    if (!members->has_table || members->table.count == 0)
        return true;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_status status = must_have_memory(tuoyu_batch_run(members->batch, &members->table.schema,
                                                           row_table_array(&members->table), 0, -1, NULL,
                                                           &answers, diagnostics));
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    for (size_t row = 0; row < members->table.count && status == TUOYU_OK; row++)
        keep_cells(members, &answers, row);
    if (answers.release)
        answers.release(&answers);
    row_table_clear(&members->table);
    return status == TUOYU_OK;
}

bool claim_members_add(struct claim_members *members, const struct fact_columns *columns,
                       const struct csv_record *record, char ***cells)
{
    *cells = NULL;
    if (members->count == 0)
        return true;
    if (row_table_is_full(&members->table) && !claim_members_finish(members))
        return false;
    *cells = must_resize(NULL, members->count, sizeof **cells);
    members->waiting[members->table.count] = *cells;
    row_table_add(&members->table, columns, record, &members->spare);
    return true;
}
