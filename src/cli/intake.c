/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the options about files that come in, and writes and tells what was read otherwise than written. */
#include "cli/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/csv_reader.h"
#include "cli/csv_records.h"
#include "cli/csv_writer.h"
#include "cli/fact_columns.h"
#include "cli/language.h"
#include "cli/tell.h"

/* Kinds of change: in lists and counts, and in the sentence on stderr. */
static const struct {
    const char *name, *words;
} CHANGES[] = {[CHANGE_DATE] = {"date", "dates"},
               [CHANGE_EXCEL_DAY] = {"excel_day", "days counted by a spreadsheet"},
               [CHANGE_NUMBER] = {"number", "numbers"},
               [CHANGE_BOOLEAN] = {"boolean", "yes or no"},
               [CHANGE_VALUE] = {"value", "values by their labels"},
               [CHANGE_COMPOSED] = {"composed", "texts composed"}};

const char *change_name(enum change_kind kind)
{
    return CHANGES[kind].name;
}

/* ---- Options ---- */

/* Reads --encoding; false after saying what is wrong. */
static bool read_encoding(struct intake *intake, const struct command_line *line)
{
    static const char *const CHOICES[] = {"utf-8", "gb18030", NULL};
    if (!option_given(line, "encoding"))
        return true;
    const char *choice = option_choice(line, "encoding", CHOICES);
    intake->has_encoding = true;
    intake->encoding = choice == CHOICES[1] ? ENCODING_GB18030 : ENCODING_UTF8;
    return choice != NULL;
}

/* Reads --separator; false after saying what is wrong. */
static bool read_separator(struct intake *intake, const struct command_line *line)
{
    static const char *const CHOICES[] = {"comma", "semicolon", "tab", NULL};
    if (!option_given(line, "separator"))
        return true;
    const char *choice = option_choice(line, "separator", CHOICES);
    intake->separator = choice == CHOICES[0] ? ',' : choice == CHOICES[1] ? ';' : '\t';
    return choice != NULL;
}

/* Reads --excel-days; false after saying what is wrong. */
static bool read_excel_days(struct intake *intake, const struct command_line *line)
{
    static const char *const CHOICES[] = {"1900", "1904", NULL};
    if (!option_given(line, "excel-days"))
        return true;
    const char *choice = option_choice(line, "excel-days", CHOICES);
    intake->excel_days = choice == CHOICES[0] ? 1900 : 1904;
    return choice != NULL;
}

/* Reads --strict, which goes with no other option but --changes; false after saying so. */
static bool read_strict(struct intake *intake, const struct command_line *line)
{
    static const char *const OTHERS[] = {"encoding", "separator", "map", "excel-days"};
    intake->is_strict = option_given(line, "strict");
    for (size_t i = 0; intake->is_strict && i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (option_given(line, OTHERS[i]))
            return usage_error(line, "--strict reads nothing otherwise than written; leave out --%s",
                               OTHERS[i]),
                   false;
    if (intake->is_strict) {
        intake->has_encoding = true;
        intake->separator = ',';
    }
    return true;
}

/* ---- The map ---- */

/* Adds a line of the map; false after saying what is wrong with it. */
static bool add_mapped(struct intake *intake, const char *path, const struct csv_record *record)
{
    size_t column_length, fact_length;
    if (record->problem || record->count != 2) {
        tell("%s:%zu: error: %s", path, record->line,
             record->problem ? record->problem
                             : "a line of a map is the name of a column and that of a fact");
        return false;
    }
    const char *column = trimmed_cell(record, 0, &column_length),
               *fact = trimmed_cell(record, 1, &fact_length);
    for (size_t i = 0; i < intake->mapped.count; i += 2) {
        const char *other = intake->mapped.items[i];
        if (strlen(other) != column_length || memcmp(other, column, column_length) != 0)
            continue;
        tell("%s:%zu: error: the column %s stands in the map twice", path, record->line, other);
        return false;
    }
    word_list_add(&intake->mapped, must_copy(column, column_length));
    word_list_add(&intake->mapped, must_copy(fact, fact_length));
    return true;
}

/* Reads the map from a stream; false after saying what is wrong with it. */
static bool read_map_records(struct intake *intake, const char *path, FILE *stream)
{
    struct csv_source *source = csv_source_open(stream, path, NULL);
    if (!source)
        return false;
    struct csv_reader *reader = csv_reader_open(source, ',');
    struct csv_record record;
    bool good = true;
    csv_reader_go_on(reader);
    while (good && csv_reader_next(reader, &record))
        good = add_mapped(intake, path, &record);
    csv_reader_close(reader);
    csv_source_close(source);
    return good;
}

/* Reads --map; false after saying what is wrong. */
static bool read_map(struct intake *intake, const struct command_line *line)
{
    const char *path = option_value(line, "map", NULL);
    FILE *stream = path ? fopen(path, "rb") : NULL;
    if (path && !stream)
        return tell("tuoyu: %s: cannot be read: %s", path, strerror(errno)), false;
    bool good = !path || read_map_records(intake, path, stream);
    if (stream)
        fclose(stream);
    return good;
}

/* ---- Changes ---- */

/* Writes a row of the list of changes. */
static void write_change(struct intake *intake, const char *const fields[], size_t count)
{
    struct csv_writer row = {.is_for_spreadsheet = intake->is_for_spreadsheet};
    if (!intake->changes.stream)
        return;
    for (size_t i = 0; i < count; i++)
        csv_write_field(&row, fields[i]);
    csv_end_row(&row);
    output_file_write(&intake->changes, row.bytes, row.length);
    csv_writer_free(&row);
}

/* Opens the list of changes; false after saying why it cannot be written. */
static bool open_changes(struct intake *intake)
{
    static const char *const HEADER[] = {"file", "line", "column", "fact", "written", "read", "rule"};
    if (!intake->changes_path)
        return true;
    if (!output_file_open(&intake->changes, intake->changes_path))
        return false;
    if (intake->is_for_spreadsheet)
        output_file_write(&intake->changes, SPREADSHEET_MARK, sizeof SPREADSHEET_MARK - 1);
    write_change(intake, HEADER, sizeof HEADER / sizeof *HEADER);
    return true;
}

/* Whether the list of changes is one of the other files, which is said. */
static bool would_lose(const struct intake *intake, const char *const paths[], size_t count)
{
    const char *list = intake->changes_path;
    for (size_t i = 0; list && i < count; i++) {
        if (!paths[i] || (strcmp(paths[i], list) != 0 && !are_same_files(paths[i], list)))
            continue;
        tell("tuoyu: %s: is read or written already and would be lost; name another --changes", list);
        return true;
    }
    return false;
}

bool intake_open(struct intake *intake, const struct command_line *line, const char *const paths[],
                 size_t count)
{
    *intake = (struct intake){.changes_path = option_value(line, "changes", NULL),
                              .is_for_spreadsheet = option_given(line, "excel")};
    return !would_lose(intake, paths, count) && read_encoding(intake, line) && read_separator(intake, line) &&
           read_excel_days(intake, line) && read_strict(intake, line) && read_map(intake, line) &&
           open_changes(intake);
}

void intake_begin_file(struct intake *intake, const char *file)
{
    intake->is_repeated = false;
    for (size_t i = 0; i < intake->known.count; i++)
        intake->is_repeated |= strcmp(intake->known.items[i], file) == 0;
    if (!intake->is_repeated)
        word_list_add(&intake->known, must_copy(file, strlen(file)));
}

void intake_tell_file(struct intake *intake, const char *file, const char *written, const char *rule)
{
    const char *fields[] = {file, "", "", "", written, "", rule};
    if (intake->is_repeated)
        return;
    write_change(intake, fields, sizeof fields / sizeof *fields);
    char *longer = must_format("%s%s%s: %s", intake->files ? intake->files : "", intake->files ? ", " : "",
                               file, written);
    free(intake->files);
    intake->files = longer;
}

void intake_tell_column(struct intake *intake, const char *file, size_t line, const char *column,
                        const char *fact, const char *rule)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", line);
    const char *fields[] = {file, number, column, fact, column, fact, rule};
    if (intake->is_repeated)
        return;
    write_change(intake, fields, sizeof fields / sizeof *fields);
    intake->columns++;
}

/* Says in a line what was read otherwise than written. */
static void tell_changes(const struct intake *intake)
{
    size_t cells = 0;
    char *kinds = must_copy("", 0);
    for (int kind = 0; kind < CHANGE_KINDS; kind++) {
        cells += intake->counts[kind];
        if (!intake->counts[kind])
            continue;
        char *longer = must_format("%s%s%zu %s", kinds, *kinds ? ", " : ": ", intake->counts[kind],
                                   told_format(CHANGES[kind].words));
        free(kinds);
        kinds = longer;
    }
    if (intake->files)
        tell("read: %s", intake->files);
    if (intake->columns)
        tell("read as meant: %zu columns by label or map", intake->columns);
    if (cells)
        tell("read as meant: %zu cells%s%s", cells, kinds,
             intake->changes_path ? "" : told_format(" (--changes FILE lists them)"));
    if (intake->look_alikes)
        tell("warning: %zu texts have characters that look like others", intake->look_alikes);
    free(kinds);
}

bool intake_close(struct intake *intake, bool keep)
{
    bool good = true;
    if (keep)
        tell_changes(intake);
    if (intake->changes.stream)
        good = output_file_close(&intake->changes, keep);
    intake->changes.stream = NULL;
    word_list_free_words(&intake->mapped);
    word_list_free_words(&intake->known);
    free(intake->files);
    *intake = (struct intake){.changes_path = NULL};
    return good;
}

void intake_write_json(const struct intake *intake, FILE *stream)
{
    fputs("\"changes\":{", stream);
    for (int kind = 0; kind < CHANGE_KINDS; kind++)
        fprintf(stream, "%s\"%s\":%zu", kind ? "," : "", CHANGES[kind].name, intake->counts[kind]);
    fprintf(stream, ",\"refused\":%zu}", intake->refused);
}
