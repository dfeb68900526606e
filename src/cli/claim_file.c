/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/claim_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fact_columns.h"
#include "cli/findings.h"

/* ---- Rows ---- */

struct reading {
    struct claim_file *file;
    struct fact_columns columns;
    size_t id;               /* index of the column */
    tuoyu_budget *budget;
    tuoyu_case *facts;
    tuoyu_diagnostics *diagnostics;
};

static void note_problem(struct reading *reading, const struct csv_record *record, const char *id, char *problem, bool is_listed)
{
    struct claim_file *file = reading->file;
    file->problems = must_resize(file->problems, file->problem_count + 1, sizeof *file->problems);
    file->problems[file->problem_count++] = (struct claim_problem){
        .id = must_copy(id, strlen(id)), .problem = must_format("line %zu: %s", record->line, problem), .is_listed = is_listed};
    free(problem);
}

static void read_row(struct reading *reading, const struct csv_record *record)
{
    const char *id = reading->id < record->count ? record->fields[reading->id] : "";
    tuoyu_diagnostics_clear(reading->diagnostics);
    char *problem = record_problem(&reading->columns, record);
    reading->file->rows++;
    if (!problem && fact_columns_set(&reading->columns, record, reading->facts, reading->diagnostics) != TUOYU_OK)
        problem = findings_in_one_line(reading->diagnostics);
    if (problem) {
        note_problem(reading, record, id, problem, false);
        return;
    }
    tuoyu_status status = must_have_memory(tuoyu_budget_add(reading->budget, id, TUOYU_NUL_TERMINATED, reading->facts, reading->diagnostics));
    bool is_refused = status == TUOYU_ERROR_DUPLICATE || status == TUOYU_ERROR_INVALID_ARGUMENT || status == TUOYU_ERROR_ENCODING;
    if (status != TUOYU_OK) note_problem(reading, record, id, findings_in_one_line(reading->diagnostics), !is_refused);
}

static bool find_id(struct reading *reading, const char *path, const char *id)
{
    for (reading->id = 0; reading->id < reading->columns.count; reading->id++)
        if (strcmp(reading->columns.columns[reading->id], id) == 0) return true;
    fprintf(stderr, "%s:1: error: there is no column %s with the ids of the claims; name the one that has them with --id\n", path, id);
    return false;
}

static bool read_rows(struct reading *reading, const char *path, const char *id, tuoyu_policy *policy, FILE *stream)
{
    struct csv_record record;
    struct csv_reader *reader = csv_reader_open(stream);
    bool is_read = fact_columns_read(&reading->columns, policy, path, NULL, id, reader) && find_id(reading, path, id);
    while (is_read && csv_reader_next(reader, &record)) read_row(reading, &record);
    if (is_read && ferror(stream)) {
        fprintf(stderr, "tuoyu: %s: cannot be read to its end\n", path);
        is_read = false;
    }
    csv_reader_close(reader);
    fact_columns_free(&reading->columns);
    return is_read;
}

bool claim_file_read(struct claim_file *file, const char *path, const char *id, tuoyu_policy *policy, tuoyu_budget *budget)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    struct reading reading = {.file = file, .budget = budget};
    FILE *stream = is_standard_input ? stdin : fopen(path, "rb");
    *file = (struct claim_file){.problems = NULL};
    if (!stream) {
        fprintf(stderr, "tuoyu: %s: cannot be read: %s\n", path, strerror(errno));
        return false;
    }
    reading.diagnostics = must_have_diagnostics();
    must_have_memory(tuoyu_case_new(policy, &reading.facts));
    bool is_read = read_rows(&reading, path, id, policy, stream);
    tuoyu_case_free(reading.facts);
    tuoyu_diagnostics_free(reading.diagnostics);
    if (!is_standard_input) fclose(stream);
    return is_read;
}

void claim_file_free(struct claim_file *file)
{
    for (size_t i = 0; i < file->problem_count; i++) {
        free(file->problems[i].id);
        free(file->problems[i].problem);
    }
    free(file->problems);
}

const struct claim_problem *next_listed_problem(const struct claim_file *file, size_t *index)
{
    while (*index < file->problem_count) {
        const struct claim_problem *problem = &file->problems[(*index)++];
        if (problem->is_listed) return problem;
    }
    return NULL;
}

/* ---- The budget ---- */

tuoyu_budget *open_budget(tuoyu_policy *policy, const char *rule, const tuoyu_case *facts, int32_t as_of)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_cost_sharing *cost_sharing = NULL;
    tuoyu_budget *budget = NULL;
    tuoyu_status status = tuoyu_policy_cost_sharing(policy, rule, TUOYU_NUL_TERMINATED, &cost_sharing, diagnostics);
    if (status == TUOYU_OK) must_have_memory(tuoyu_cost_sharing_budget(cost_sharing, facts, as_of, &budget, diagnostics));
    print_findings(diagnostics);
    tuoyu_cost_sharing_unref(cost_sharing);
    tuoyu_diagnostics_free(diagnostics);
    return budget;
}

const char *claim_state_word(int32_t state)
{
    static const char *const WORDS[] = {"open", "paid", "in_part", "unpaid", "not_due", "error"};
    return state >= 0 && state < (int32_t)(sizeof WORDS / sizeof *WORDS) ? WORDS[state] : "";
}
