/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out which columns of a CSV file are facts, and gives a row's cells to a case. */
#include "cli/fact_columns.h"
#include "cli/csv_records.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/findings.h"
#include "cli/language.h"
#include "cli/tell.h"

/* The most columns of a file, and how many that are no facts are named. */
enum { COLUMNS_MOST = 10000, COLUMNS_WARNED_OF = 10 };

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

/* Whether the header can be used; says what is wrong with it. */
static bool is_good_header(const struct csv_record *header, const char *file)
{
    if (header->problem) {
        tell("%s:%zu: error: the header cannot be read: %s (save it as \"CSV UTF-8\", with commas)", file,
             header->line, header->problem);
        return false;
    }
    if (header->count > COLUMNS_MOST) {
        tell("%s:%zu: error: the header has %zu columns, more than %d", file, header->line, header->count,
             COLUMNS_MOST);
        return false;
    }
    return true;
}

/* A header as it is read with one of the separators. */
struct header_trial {
    size_t columns, facts;
};

/* Reads the header at the beginning of the file with this separator. */
static struct header_trial try_separator(const struct header_names *names, struct csv_reader *reader,
                                         char separator)
{
    struct csv_record header;
    struct header_trial trial = {.columns = 0};
    size_t fact;
    csv_reader_restart(reader, separator);
    if (!csv_reader_next(reader, &header) || header.problem)
        return trial;
    trial.columns = header.count;
    for (size_t i = 0; i < header.count && i < COLUMNS_MOST; i++) {
        size_t length;
        const char *cell = trimmed_cell(&header, i, &length);
        char *name = must_copy(cell, length);
        trial.facts += find_fact_of_column(names, name, &fact) != HEADER_NO_FACT;
        free(name);
    }
    return trial;
}

/* Finds the separator by which the most columns of the header are facts; false after saying that it could be
 * two. */
static bool find_separator(const struct header_names *names, const char *file, struct csv_reader *reader,
                           char *separator)
{
    static const char SEPARATORS[] = {',', ';', '\t'};
    enum { COUNT = sizeof SEPARATORS };
    struct header_trial trials[COUNT];
    size_t best = 0;
    for (size_t i = 0; i < COUNT; i++) {
        trials[i] = try_separator(names, reader, SEPARATORS[i]);
        if (trials[i].facts > trials[best].facts)
            best = i;
    }
    *separator = SEPARATORS[best];
    for (size_t i = best + 1; i < COUNT && trials[best].facts; i++) {
        if (trials[i].facts < trials[best].facts || trials[i].columns == 1)
            continue;
        tell(
            "%s:1: error: the columns can be separated by commas, semicolons or tabs: as many are facts; say "
            "it with --separator",
            file);
        return false;
    }
    return true;
}

/* How many records below the header are notes of a template, which `tuoyu run --template` writes. */
static size_t count_notes(struct csv_reader *reader)
{
    struct csv_record record;
    size_t count = 0, length = sizeof TEMPLATE_NOTE - 1;
    while (csv_reader_next(reader, &record) && record.count && record.lengths[0] >= length &&
           memcmp(record.fields[0], TEMPLATE_NOTE, length) == 0)
        count++;
    return count;
}

/* Begins the file with its separator. Returns how many records below the header are notes, or SIZE_MAX after
 * saying what is wrong. */
static size_t begin_file(struct fact_columns *columns, const struct header_names *names, const char *file,
                         struct csv_reader *reader)
{
    struct csv_record header;
    char separator = names->intake->separator;
    if (!separator && !find_separator(names, file, reader, &separator))
        return SIZE_MAX;
    columns->rules = (struct cell_rules){.comma_may_be_decimal = separator == ';',
                                         .excel_days = names->intake->excel_days};
    csv_reader_restart(reader, separator);
    csv_reader_next(reader, &header);
    size_t notes = names->intake->is_strict ? 0 : count_notes(reader);
    csv_reader_restart(reader, separator);
    return notes;
}

/* Whether a cell of a record names a fact. */
static bool names_fact(const struct header_names *names, const struct csv_record *record, size_t index)
{
    size_t fact, length;
    const char *cell = trimmed_cell(record, index, &length);
    char *name = must_copy(cell, length);
    bool is_one = length && find_fact_of_column(names, name, &fact) != HEADER_NO_FACT;
    free(name);
    return is_one;
}

/* The line of a record further down that names facts, where the first does not: a title stands above it. 0
 * where there is none. */
static size_t line_of_headings(const struct header_names *names, struct csv_reader *reader, char separator)
{
    enum { LOOKED_AT = 10 };
    struct csv_record record;
    csv_reader_restart(reader, separator);
    for (size_t row = 0; row < LOOKED_AT && csv_reader_next(reader, &record); row++) {
        size_t found = 0;
        for (size_t i = 0; i < record.count && i < COLUMNS_MOST && !record.problem; i++)
            found += names_fact(names, &record, i);
        if (found)
            return row ? record.line : 0;
    }
    return 0;
}

/* The line below the header, if it has headings too, in columns that the header does not name a fact in; else
 * 0. Such are headings of two lines, some of them merged cells. */
static size_t line_of_more_headings(const struct header_names *names, struct csv_reader *reader, size_t notes)
{
    struct csv_record record;
    if (!csv_reader_next(reader, &record) || record.problem)
        return 0;
    size_t count = record.count < COLUMNS_MOST ? record.count : COLUMNS_MOST, line = 0;
    bool *is_fact = must_resize(NULL, count + 1, sizeof *is_fact);
    for (size_t i = 0; i < count; i++)
        is_fact[i] = names_fact(names, &record, i);
    for (size_t row = 0; row <= notes; row++)
        if (!csv_reader_next(reader, &record))
            record.count = 0;
    for (size_t i = 0; i < record.count && i < count && !record.problem; i++)
        if (!is_fact[i] && names_fact(names, &record, i))
            line = record.line;
    free(is_fact);
    return line;
}

/* Refuses a file whose headings are not its first line alone, and says what to do. */
static bool has_one_header(const struct header_names *names, const char *file, struct csv_reader *reader,
                           size_t notes)
{
    static const char SEPARATORS[] = {',', ';', '\t'};
    char separator = csv_reader_separator(reader);
    bool has_facts = try_separator(names, reader, separator).facts;
    size_t more = 0;
    for (size_t i = 0; !has_facts && i < sizeof SEPARATORS; i++) {
        size_t line = line_of_headings(names, reader, SEPARATORS[i]);
        if (!line)
            continue;
        tell("%s:%zu: error: the columns are named here: delete the lines above it, such as a title, so that "
             "it is "
             "the first",
             file, line);
        return false;
    }
    csv_reader_restart(reader, separator);
    if (has_facts)
        more = line_of_more_headings(names, reader, notes);
    if (more)
        tell("%s:%zu: error: the columns are named on two lines: write one line, with a name for each column",
             file, more);
    csv_reader_restart(reader, separator);
    return !more;
}

/* Reads the header into columns, and passes over the notes below it; false after saying what is wrong. */
static bool read_header(struct fact_columns *columns, const struct header_names *names, const char *file,
                        struct csv_reader *reader)
{
    struct csv_record header, note;
    size_t notes = begin_file(columns, names, file, reader);
    if (notes == SIZE_MAX || (!names->intake->is_strict && !has_one_header(names, file, reader, notes)))
        return false;
    if (!csv_reader_next(reader, &header)) {
        tell("tuoyu: %s: is empty; its first line must name the columns", file);
        return false;
    }
    if (!is_good_header(&header, file))
        return false;
    columns->columns = must_resize(NULL, header.count, sizeof *columns->columns);
    columns->facts = must_resize(NULL, header.count, sizeof *columns->facts);
    columns->types = must_resize(NULL, header.count, sizeof *columns->types);
    columns->count = header.count;
    columns->line = header.line;
    for (size_t i = 0; i < header.count; i++) {
        size_t length;
        const char *name = trimmed_cell(&header, i, &length);
        columns->columns[i] = must_copy(name, length);
        if (names->known && strcmp(columns->columns[i], names->known) == 0)
            columns->known = i;
    }
    while (notes-- && csv_reader_next(reader, &note))
        continue;
    csv_reader_go_on(reader);
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

/* Whether a column is wanted though it is no fact. */
static bool is_wanted(const struct header_names *names, const char *column)
{
    if (names->known && strcmp(column, names->known) == 0)
        return true;
    for (size_t i = 0; names->kept && i < names->kept->count; i++)
        if (strcmp(column, names->kept->items[i]) == 0)
            return true;
    return false;
}

/* Warns of the columns that are no facts, but for those that are wanted. */
static void say_which_are_no_facts(const struct fact_columns *columns, const struct header_names *names,
                                   const char *file)
{
    size_t count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const char *column = columns->columns[i];
        bool is_other = !columns->facts[i] && *column && !is_wanted(names, column);
        if (is_other && count++ < COLUMNS_WARNED_OF)
            say_no_fact(names->policy, file, column);
    }
    if (count > COLUMNS_WARNED_OF)
        tell("%s:1: and %zu more columns", file, count - COLUMNS_WARNED_OF);
}

bool find_kept_columns(const struct fact_columns *columns, const struct word_list *names, const char *file,
                       size_t *indexes)
{
    for (size_t i = 0; i < names->count; i++) {
        size_t *index = &indexes[i];
        for (*index = 0; *index < columns->count; (*index)++)
            if (strcmp(columns->columns[*index], names->items[i]) == 0)
                break;
        if (*index < columns->count)
            continue;
        tell("%s:1: error: there is no column %s for --keep", file, names->items[i]);
        return false;
    }
    return true;
}

/* Finds the facts of all columns; false after saying which column can be several. */
static bool find_facts(struct fact_columns *columns, const struct header_names *names, const char *file,
                       struct intake *intake)
{
    for (size_t i = 0; i < columns->count; i++) {
        size_t fact = 0;
        const char *column = columns->columns[i];
        enum header_match match = find_fact_of_column(names, column, &fact);
        if (match == HEADER_AMBIGUOUS) {
            char *facts = facts_of_label(names, column);
            tell("%s:%zu: error: the column %s can be %s; name it by its fact, or say it with --map", file,
                 columns->line, column, facts);
            free(facts);
            return false;
        }
        if (match == HEADER_NO_FACT)
            continue;
        const char *name = tuoyu_policy_fact_name(names->policy, fact);
        columns->facts[i] = must_copy(name, strlen(name));
        cell_type_of_fact(&columns->types[i], names->policy, fact);
        columns->fact_count++;
        if (match != HEADER_NAME)
            intake_tell_column(intake, file, columns->line, column, name,
                               match == HEADER_MAP ? "map" : "label");
    }
    return true;
}

/* Says by what the fields are separated, where that is no comma. */
static void tell_separator(struct intake *intake, const char *file, char separator)
{
    if (separator != ',')
        intake_tell_file(intake, file, separator == ';' ? "semicolons" : "tabs", "separator");
}

bool fact_columns_read(struct fact_columns *columns, const struct header_names *names, const char *file,
                       struct intake *intake, struct csv_reader *reader)
{
    *columns = (struct fact_columns){.is_strict = intake->is_strict, .known = SIZE_MAX};
    bool good = !map_is_wrong(names) && read_header(columns, names, file, reader) &&
                find_facts(columns, names, file, intake) && !has_duplicates(columns, file);
    if (good) {
        tell_separator(intake, file, csv_reader_separator(reader));
        say_which_are_no_facts(columns, names, file);
    }
    if (good && !columns->fact_count) {
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
        cell_type_free(&columns->types[i]);
    }
    free(columns->types);
    free(columns->columns);
    free(columns->facts);
    *columns = (struct fact_columns){.columns = NULL};
}

/* Whether a cell is a long number as a spreadsheet shortens it: `1.23457E+17`. Most of its digits are lost.
 */
static bool is_shortened(const char *text, size_t length)
{
    enum { LONGEST = 24, FEWEST_DIGITS = 11 };
    char cell[LONGEST + 1], *end;
    const char *exponent = length <= LONGEST ? memchr(text, 'E', length) : NULL;
    if (!exponent || exponent == text || exponent[1] != '+')
        return false;
    memcpy(cell, text, length);
    cell[length] = '\0';
    return strspn(cell, "0123456789.") == (size_t)(exponent - text) &&
           strtol(cell + (exponent - text) + 2, &end, 10) >= FEWEST_DIGITS && !*end;
}

/* Whether a column holds texts or ids, whose digits count one by one. */
static bool holds_texts(const struct fact_columns *columns, size_t index)
{
    return columns->facts[index] ? columns->types[index].kind == CELL_TEXT : index == columns->known;
}

/* The column of a text or id that a spreadsheet has shortened, or SIZE_MAX. */
static size_t shortened_column(const struct fact_columns *columns, const struct csv_record *record)
{
    for (size_t i = 0; i < columns->count && !columns->is_strict; i++) {
        size_t length;
        if (!holds_texts(columns, i) || record->lengths[i] < sizeof "1E+11" - 1)
            continue;
        const char *text = trimmed_cell(record, i, &length);
        if (is_shortened(text, length))
            return i;
    }
    return SIZE_MAX;
}

/* Whether the record is a line of sums below a table: its first cell that is not empty says so. */
static bool is_sum_line(const struct fact_columns *columns, const struct csv_record *record)
{
    static const char *const WORDS[] = {"合计", "总计", "小计", "共计"};
    size_t at = 0, length = 0;
    while (at < record->count && record->lengths[at] == 0)
        at++;
    if (at == record->count || columns->is_strict)
        return false;
    const char *text = trimmed_cell(record, at, &length);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t word = strlen(WORDS[i]);
        if (length >= word && memcmp(text, WORDS[i], word) == 0)
            return length == word || memcmp(text + word, "：", strlen("：")) == 0 || text[word] == ':' ||
                   text[word] == ' ';
    }
    return false;
}

bool record_fits(const struct fact_columns *columns, const struct csv_record *record)
{
    return !record->problem && record->count == columns->count && !is_sum_line(columns, record) &&
           shortened_column(columns, record) == SIZE_MAX;
}

char *record_problem(const struct fact_columns *columns, const struct csv_record *record)
{
    if (record_fits(columns, record))
        return NULL;
    if (record->problem) {
        const char *problem = output_format(record->problem);
        return must_copy(problem, strlen(problem));
    }
    if (record->count != columns->count)
        return must_format(output_format("it has %zu fields, the header has %zu"), record->count,
                           columns->count);
    if (is_sum_line(columns, record))
        return must_format("%s", output_format("it is a line of sums and no record: delete it"));
    size_t index = shortened_column(columns, record), length;
    const char *text = trimmed_cell(record, index, &length);
    return must_format(output_format("%s is %.*s: a spreadsheet has shortened the number, and its digits are "
                                     "lost; format the column as text and fill it in again"),
                       columns->columns[index], (int)length, text);
}

/* Reads a cell that is not bare and notes what became of it. */
static const char *read_meaning(const struct fact_columns *columns, const struct csv_record *record,
                                size_t index, const char *text, struct reading_notes *notes, size_t *length)
{
    const struct cell_type *type = &columns->types[index];
    enum cell_outcome outcome = read_cell(type, &columns->rules, text, *length, &notes->reading);
    if (type->kind == CELL_TEXT)
        note_look_alikes(notes, record->line, columns->columns[index], text, *length);
    if (outcome == CELL_REFUSED)
        note_refusal(notes, record->line);
    if (outcome != CELL_CHANGED)
        return text;
    note_change(notes, record->line, columns->columns[index], columns->facts[index], text, *length);
    *length = notes->reading.length;
    return notes->reading.text;
}

const char *fact_cell(const struct fact_columns *columns, const struct csv_record *record, size_t index,
                      struct reading_notes *notes, size_t *length)
{
    const char *text = trimmed_cell(record, index, length);
    if (columns->is_strict || *length == 0 || cell_is_bare(&columns->types[index], text, *length))
        return text;
    return read_meaning(columns, record, index, text, notes, length);
}

tuoyu_status fact_columns_set(const struct fact_columns *columns, const struct csv_record *record,
                              struct reading_notes *notes, tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    tuoyu_case_clear(facts);
    for (size_t i = 0; i < columns->count && i < record->count; i++) {
        if (!columns->facts[i])
            continue;
        size_t length;
        const char *text = fact_cell(columns, record, i, notes, &length);
        if (!length)
            continue;
        tuoyu_status status =
            tuoyu_case_set_text(facts, columns->facts[i], TUOYU_NUL_TERMINATED, text, length, diagnostics);
        if (must_have_memory(status) != TUOYU_OK && first == TUOYU_OK)
            first = status;
    }
    return first;
}
