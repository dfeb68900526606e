/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out which columns of a CSV file are facts, and gives a row's cells to a case. */
#include "cli/fact_columns.h"

#include <stdlib.h>
#include <string.h>

#include "cli/findings.h"
#include "cli/tell.h"

/* The most columns of a file, and how many that are no facts are named. */
enum { COLUMNS_MOST = 10000, COLUMNS_WARNED_OF = 10 };

/* Whether a byte is visible ASCII, which is no space whatever the library counts as one. */
static bool is_visible(char c)
{
    return c > ' ' && c < 0x7F;
}

const char *trimmed_cell(const struct csv_record *record, size_t index, size_t *length)
{
    const char *from = record->fields[index];
    *length = record->lengths[index];
    bool is_bare = *length == 0 || (is_visible(from[0]) && is_visible(from[*length - 1]));
    if (!is_bare)
        *length = tuoyu_text_trim(from, *length, &from);
    return from;
}

/* Whether the packs have a fact of this name. */
static bool is_fact(const tuoyu_policy *policy, const char *name)
{
    for (size_t i = 0; i < tuoyu_policy_fact_count(policy); i++)
        if (strcmp(tuoyu_policy_fact_name(policy, i), name) == 0)
            return true;
    return false;
}

/* The name of the fact that a column gives, or NULL; the caller frees it. entity: whose facts may be named
 * without it, or NULL. */
static char *fact_of_column(const tuoyu_policy *policy, const char *column, const char *entity)
{
    if (is_fact(policy, column))
        return must_copy(column, strlen(column));
    if (!entity)
        return NULL;
    char *name = must_format("%s.%s", entity, column);
    if (is_fact(policy, name))
        return name;
    free(name);
    return NULL;
}

/* Warns of a column that is no fact. The library's own finding has the name that was meant. */
static void say_no_fact(const tuoyu_policy *policy, const char *file, const char *column)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_case *facts = NULL;
    must_have_memory(tuoyu_case_new(policy, &facts));
    must_have_memory(tuoyu_case_set_text(facts, column, TUOYU_NUL_TERMINATED, "0", 1, diagnostics));
    tuoyu_diagnostic item = {.hint = ""};
    tuoyu_diagnostics_get(diagnostics, 0, &item);
    tell("%s:1: warning: the column %s is no fact of these packs and is not used%s%s%s", file, column,
         *item.hint ? " (" : "", item.hint, *item.hint ? ")" : "");
    tuoyu_case_free(facts);
    tuoyu_diagnostics_free(diagnostics);
}

/* Reads the header into columns; false after saying what is wrong. */
static bool read_header(struct fact_columns *columns, const char *file, struct csv_reader *reader)
{
    struct csv_record header;
    if (!csv_reader_next(reader, &header)) {
        tell("tuoyu: %s: is empty; its first line must name the columns", file);
        return false;
    }
    if (header.problem) {
        tell("%s:%zu: error: the header cannot be read: %s (save it as \"CSV UTF-8\", with commas)", file,
             header.line, header.problem);
        return false;
    }
    if (header.count > COLUMNS_MOST) {
        tell("%s:%zu: error: the header has %zu columns, more than %d", file, header.line, header.count,
             COLUMNS_MOST);
        return false;
    }
    columns->columns = must_resize(NULL, header.count, sizeof *columns->columns);
    columns->facts = must_resize(NULL, header.count, sizeof *columns->facts);
    columns->count = header.count;
    for (size_t i = 0; i < header.count; i++) {
        size_t length;
        const char *name = trimmed_cell(&header, i, &length);
        columns->columns[i] = must_copy(name, length);
    }
    return true;
}

/* Whether two columns have one name or give one fact, which is said; the command must not choose between
 * them. */
static bool has_duplicates(const struct fact_columns *columns, const char *file)
{
    for (size_t i = 0; i < columns->count; i++) {
        for (size_t k = 0; k < i; k++) {
            bool same_name = *columns->columns[i] && strcmp(columns->columns[i], columns->columns[k]) == 0;
            bool same_fact =
                columns->facts[i] && columns->facts[k] && strcmp(columns->facts[i], columns->facts[k]) == 0;
            if (!same_name && !same_fact)
                continue;
            tell("%s:1: error: the columns %zu and %zu are both %s", file, k + 1, i + 1,
                 same_fact ? columns->facts[i] : columns->columns[i]);
            return true;
        }
    }
    return false;
}

/* Warns of the columns that are no facts, but for the known one, which may be NULL. */
static void say_which_are_no_facts(const struct fact_columns *columns, const tuoyu_policy *policy,
                                   const char *file, const char *known)
{
    size_t count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        bool is_other =
            !columns->facts[i] && *columns->columns[i] && !(known && strcmp(columns->columns[i], known) == 0);
        if (is_other && count++ < COLUMNS_WARNED_OF)
            say_no_fact(policy, file, columns->columns[i]);
    }
    if (count > COLUMNS_WARNED_OF)
        tell("%s:1: and %zu more columns", file, count - COLUMNS_WARNED_OF);
}

bool fact_columns_read(struct fact_columns *columns, const tuoyu_policy *policy, const char *file,
                       const char *entity, const char *known, struct csv_reader *reader)
{
    *columns = (struct fact_columns){.columns = NULL};
    if (!read_header(columns, file, reader))
        return false;
    size_t fact_count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        columns->facts[i] = fact_of_column(policy, columns->columns[i], entity);
        if (columns->facts[i])
            fact_count++;
    }
    bool good = !has_duplicates(columns, file);
    if (good)
        say_which_are_no_facts(columns, policy, file, known);
    if (good && !fact_count) {
        tell("tuoyu: %s: no column is a fact of these packs", file);
        good = false;
    }
    if (!good)
        fact_columns_free(columns);
    return good;
}

/* Frees the columns and makes them empty. */
void fact_columns_free(struct fact_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        free(columns->columns[i]);
        free(columns->facts[i]);
    }
    free(columns->columns);
    free(columns->facts);
    *columns = (struct fact_columns){.columns = NULL};
}

bool record_fits(const struct fact_columns *columns, const struct csv_record *record)
{
    return !record->problem && record->count == columns->count;
}

char *record_problem(const struct fact_columns *columns, const struct csv_record *record)
{
    if (record_fits(columns, record))
        return NULL;
    if (record->problem)
        return must_copy(record->problem, strlen(record->problem));
    return must_format("it has %zu fields, the header has %zu", record->count, columns->count);
}

tuoyu_status fact_columns_set(const struct fact_columns *columns, const struct csv_record *record,
                              tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    tuoyu_case_clear(facts);
    for (size_t i = 0; i < columns->count && i < record->count; i++) {
        if (!columns->facts[i])
            continue;
        size_t length;
        const char *text = trimmed_cell(record, i, &length);
        if (!length)
            continue;
        tuoyu_status status =
            tuoyu_case_set_text(facts, columns->facts[i], TUOYU_NUL_TERMINATED, text, length, diagnostics);
        if (must_have_memory(status) != TUOYU_OK && first == TUOYU_OK)
            first = status;
    }
    return first;
}
