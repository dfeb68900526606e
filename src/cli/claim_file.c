/* SPDX-License-Identifier: Apache-2.0 */
/* Reads claims from a CSV file into a budget, and keeps of each record its number, its id and what is wrong
 * with it. */
#include "cli/claim_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/csv_input.h"
#include "cli/csv_records.h"
#include "cli/fact_columns.h"
#include "cli/findings.h"
#include "cli/language.h"
#include "cli/tell.h"

/* ---- Records ---- */

/* The reading of one file. */
struct claim_reading {
    struct claim_file *file;
    struct fact_columns columns;
    size_t id;            /* index of the column of ids */
    size_t *kept_columns; /* indexes of those that are kept */
    tuoyu_budget *budget;
    tuoyu_case *facts;
    tuoyu_diagnostics *diagnostics;
    struct intake *intake;
    struct claim_members *members; /* NULL: none are wanted */
    struct reading_notes notes;
    bool has_failed; /* the members could not be answered, which was said */
};

/* Copies of the cells that are kept, an empty text for each that the record does not have. */
static char **keep_cells(const struct claim_reading *reading, const struct csv_record *record)
{
    size_t count = reading->file->kept ? reading->file->kept->count : 0;
    char **cells = count ? must_resize(NULL, count, sizeof *cells) : NULL;
    for (size_t i = 0; i < count; i++) {
        size_t column = reading->kept_columns[i];
        bool is_there = column < record->count;
        cells[i] = must_copy(is_there ? record->fields[column] : "", is_there ? record->lengths[column] : 0);
    }
    return cells;
}

/* Keeps a record with its number and kind, and takes over the problem, which may be NULL. */
static void keep_record(struct claim_reading *reading, const struct csv_record *record, enum record_kind kind,
                        struct claim_record kept, char *problem)
{
    struct claim_file *file = reading->file;
    if (file->count == file->capacity) {
        file->capacity = file->capacity ? 2 * file->capacity : 256;
        file->records = must_resize(file->records, file->capacity, sizeof *file->records);
    }
    kept.number = file->count + 1;
    kept.kind = kind;
    kept.kept = keep_cells(reading, record);
    kept.problem = problem ? problem_of_line(record->line, problem, strlen(problem)) : NULL;
    file->records[file->count++] = kept;
    free(problem);
}

/* Keeps a record that belongs to no id. The budget lists it without an id, so that it changes no other claim.
 * Takes over the problem. */
static void keep_nameless(struct claim_reading *reading, const struct csv_record *record,
                          enum record_kind kind, tuoyu_status code, char *problem)
{
    bool has_id = reading->id < record->count;
    const char *shown = has_id ? record->fields[reading->id] : "";
    must_have_memory(tuoyu_budget_add_unreadable(reading->budget, NULL, 0, code, NULL));
    keep_record(reading, record, kind,
                (struct claim_record){.id = must_copy("", 0), .shown_id = must_copy(shown, strlen(shown))},
                problem);
}

/* Adds the claim of a record to the budget. Sets *kind, and *problem to what is wrong (the caller frees it).
 * Returns what the budget says of it. */
static tuoyu_status add_claim(struct claim_reading *reading, const struct csv_record *record, const char *id,
                              size_t length, enum record_kind *kind, char **problem)
{
    *kind = RECORD_CLAIM;
    tuoyu_status status =
        fact_columns_set(&reading->columns, record, &reading->notes, reading->facts, reading->diagnostics);
    if (status != TUOYU_OK) {
        *kind = RECORD_WRONG;
        *problem = findings_in_one_line(reading->diagnostics);
        add_refusals(&reading->notes, record->line, problem);
        return must_have_memory(
            tuoyu_budget_add_unreadable(reading->budget, id, length, status, reading->diagnostics));
    }
    status =
        must_have_memory(tuoyu_budget_add(reading->budget, id, length, reading->facts, reading->diagnostics));
    if (status != TUOYU_OK && status != TUOYU_ERROR_DUPLICATE)
        *problem = findings_in_one_line(reading->diagnostics);
    return status;
}

/* Adds a record to the budget and keeps it. */
static void read_record(struct claim_reading *reading, const struct csv_record *record)
{
    tuoyu_diagnostics_clear(reading->diagnostics);
    char *problem = record_problem(&reading->columns, record);
    if (problem) {
        keep_nameless(reading, record, RECORD_UNREADABLE, TUOYU_ERROR_SYNTAX, problem);
        return;
    }
    size_t length;
    enum record_kind kind;
    const char *id = trimmed_cell(record, reading->id, &length);
    note_look_alikes(&reading->notes, record->line, reading->columns.columns[reading->id], id, length);
    if (!length) {
        problem = must_format(output_format("the column %s is empty: a claim needs an id"),
                              reading->columns.columns[reading->id]);
        keep_nameless(reading, record, RECORD_WRONG, TUOYU_ERROR_INVALID_ARGUMENT, problem);
        return;
    }
    tuoyu_status status = add_claim(reading, record, id, length, &kind, &problem);
    if (status == TUOYU_ERROR_ENCODING) {
        keep_nameless(reading, record, RECORD_WRONG, status,
                      problem ? problem : findings_in_one_line(reading->diagnostics));
        return;
    }
    char **members = NULL;
    if (reading->members && kind == RECORD_CLAIM)
        reading->has_failed |= !claim_members_add(reading->members, &reading->columns, record, &members);
    keep_record(reading, record, kind,
                (struct claim_record){
                    .id = must_copy(id, length), .shown_id = must_copy(id, length), .members = members},
                problem);
}

/* Finds the column of the ids; false after saying that there is none. */
static bool find_id(struct claim_reading *reading, const char *path, const char *id)
{
    for (reading->id = 0; reading->id < reading->columns.count; reading->id++)
        if (strcmp(reading->columns.columns[reading->id], id) == 0)
            return true;
    tell(
        "%s:1: error: there is no column %s with the ids of the claims; name the one that has them with --id",
        path, id);
    return false;
}

/* Finds the columns that are kept; false after saying which is not there. */
static bool find_kept(struct claim_reading *reading, const char *path)
{
    const struct word_list *kept = reading->file->kept;
    if (!kept)
        return true;
    reading->kept_columns = must_resize(NULL, kept->count + 1, sizeof *reading->kept_columns);
    return find_kept_columns(&reading->columns, kept, path, reading->kept_columns);
}

/* Reads all records; false after saying what is wrong with the file. */
static bool read_records(struct claim_reading *reading, const char *path, const char *id,
                         tuoyu_policy *policy, FILE *stream)
{
    struct csv_record record;
    struct csv_input input;
    struct header_names names = {
        .policy = policy, .intake = reading->intake, .known = id, .kept = reading->file->kept};
    if (!csv_input_open(&input, stream, path, reading->intake))
        return false;
    bool is_read = fact_columns_read(&reading->columns, &names, path, reading->intake, input.reader) &&
                   find_id(reading, path, id) && find_kept(reading, path);
    if (is_read && reading->members)
        claim_members_begin(reading->members, &reading->columns, reading->intake, path);
    while (is_read && !reading->has_failed && csv_reader_next(input.reader, &record)) {
        read_record(reading, &record);
        reading_notes_hand_over(&reading->notes, reading->intake);
    }
    if (is_read && reading->members)
        reading->has_failed |= !claim_members_finish(reading->members);
    is_read &= !reading->has_failed;
    if (is_read && csv_reader_failed(input.reader)) {
        tell("tuoyu: %s: cannot be read to its end", path);
        is_read = false;
    }
    csv_input_close(&input);
    fact_columns_free(&reading->columns);
    return is_read;
}

/* ---- By id ---- */

/* A record while records are sorted. */
struct id_entry {
    const char *id;
    size_t index;
};

/* Compares by id, then by number, for qsort. */
static int compare_entries(const void *left, const void *right)
{
    const struct id_entry *first = left, *second = right;
    int order = strcmp(first->id, second->id);
    return order ? order : first->index < second->index ? -1 : first->index > second->index;
}

/* Fills file->by_id, in which records are searched by id. */
static void sort_by_id(struct claim_file *file)
{
    struct id_entry *entries = must_resize(NULL, file->count + 1, sizeof *entries);
    file->by_id = must_resize(NULL, file->count + 1, sizeof *file->by_id);
    for (size_t i = 0; i < file->count; i++)
        entries[i] = (struct id_entry){.id = file->records[i].id, .index = i};
    qsort(entries, file->count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < file->count; i++)
        file->by_id[i] = entries[i].index;
    free(entries);
}

/* The id of the record at a place in by_id. */
static const char *id_at(const struct claim_file *file, size_t place)
{
    return file->records[file->by_id[place]].id;
}

size_t records_of_id(const struct claim_file *file, const char *id, size_t *first)
{
    size_t low = 0, high = file->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(id_at(file, middle), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = *first = low;
    while (end < file->count && strcmp(id_at(file, end), id) == 0)
        end++;
    return end - low;
}

/* ---- The file ---- */

bool claim_file_read(struct claim_file *file, const char *path, const struct claim_options *options,
                     tuoyu_policy *policy, tuoyu_budget *budget)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    struct claim_reading reading = {
        .file = file, .budget = budget, .intake = options->intake, .members = options->members};
    FILE *stream = is_standard_input ? stdin : fopen(path, "rb");
    *file = (struct claim_file){.records = NULL, .kept = options->kept};
    file->member_count = options->members ? options->members->count : 0;
    if (!stream) {
        tell("tuoyu: %s: cannot be read: %s", path, strerror(errno));
        return false;
    }
    reading.diagnostics = must_have_output_diagnostics();
    must_have_memory(tuoyu_case_new(policy, &reading.facts));
    reading_notes_open(&reading.notes, options->intake, path);
    bool is_read = read_records(&reading, path, options->id, policy, stream);
    reading_notes_free(&reading.notes);
    free(reading.kept_columns);
    tuoyu_case_free(reading.facts);
    tuoyu_diagnostics_free(reading.diagnostics);
    if (!is_standard_input)
        fclose(stream);
    sort_by_id(file);
    return is_read;
}

/* Frees the records; the file must not be used again. */
void claim_file_free(struct claim_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        free(file->records[i].id);
        free(file->records[i].shown_id);
        free(file->records[i].problem);
        for (size_t k = 0; file->kept && k < file->kept->count; k++)
            free(file->records[i].kept[k]);
        free(file->records[i].kept);
        for (size_t k = 0; file->records[i].members && k < file->member_count; k++)
            free(file->records[i].members[k]);
        free(file->records[i].members);
    }
    free(file->records);
    free(file->by_id);
}

/* ---- The budget ---- */

tuoyu_budget *open_budget(tuoyu_policy *policy, const char *rule, const tuoyu_case *facts, int32_t as_of)
{
    tuoyu_diagnostics *diagnostics = must_have_output_diagnostics();
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_budget *budget = NULL;
    tuoyu_status status =
        tuoyu_policy_cost_sharing(policy, rule, TUOYU_NUL_TERMINATED, &cost_sharing, diagnostics);
    if (status == TUOYU_OK)
        must_have_memory(tuoyu_cost_sharing_budget(cost_sharing, facts, as_of, &budget, diagnostics));
    print_findings(diagnostics);
    tuoyu_cost_sharing_unref(cost_sharing);
    tuoyu_diagnostics_free(diagnostics);
    return budget;
}
