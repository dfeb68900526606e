/* SPDX-License-Identifier: Apache-2.0 */
/* Prints boards and series of boards as JSON and as CSV; board_text.c prints them for people. */
#include "cli/board_output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/case_rule.h"
#include "cli/csv_writer.h"
#include "cli/measure_json.h"
#include "cli/measure_texts.h"
#include "cli/record_counts.h"

/* ---- JSON ---- */

/* Prints the measure of a line as the library's own JSON with two more keys, or an object with the error.
 * Returns 1 where there is no measure, else 0. */
static size_t print_json_measure(const struct board_line *line, const char *region, const char *region_id,
                                 const char *separator)
{
    char *problem;
    tuoyu_measure *measure = board_measure(line, region, region_id, &problem);
    fputs(separator, stdout);
    if (measure) {
        print_measure_json(measure, NULL);
    } else {
        fputs("{\"kind\":\"measure\",\"rule\":", stdout);
        print_json_text(line->name);
        if (region) {
            fputs(",\"region\":{\"kind\":", stdout);
            print_json_text(region);
            fputs(",\"id\":", stdout);
            print_json_text(region_id);
            putchar('}');
        }
        fputs(",\"error\":", stdout);
        print_json_text(problem);
        putchar('}');
    }
    tuoyu_measure_free(measure);
    free(problem);
    return measure ? 0 : 1;
}

/* Prints a promise that records break, how many, and the lines of the first of them. */
static void print_json_broken(const struct broken_promise *broken, const char *separator)
{
    printf("%s{\"promise\":", separator);
    print_json_text(broken->name);
    printf(",\"records\":%zu,\"lines\":[", broken->records);
    for (size_t i = 0; i < broken->records && i < BROKEN_LINES_NAMED; i++)
        printf("%s%zu", i ? "," : "", broken->lines[i]);
    fputs("]}", stdout);
}

/* Prints what became of the records of a file. */
static void print_json_file(const struct board_file *file, const char *separator)
{
    printf("%s{\"entity\":", separator);
    print_json_text(file->entity);
    fputs(",\"file\":", stdout);
    print_json_text(file->path);
    printf(",\"read\":%zu,\"error\":%zu,\"unreadable\":%zu,\"reasons\":[", file->records, file->error_rows,
           file->unreadable);
    for (size_t i = 0; i < file->named_count; i++) {
        printf("%s{\"line\":%zu,\"reason\":", i ? "," : "", file->named[i].line);
        print_json_text(file->named[i].reason);
        putchar('}');
    }
    fputs("],\"findings\":[", stdout);
    for (size_t i = 0; i < file->broken_count; i++)
        print_json_broken(&file->broken[i], i ? "," : "");
    fputs("]}", stdout);
}

/* Prints a board as an object. Returns how many measures could not be had. */
static size_t print_json_board(const struct board *board, const char *region)
{
    char as_of[11];
    size_t problems = 0;
    tuoyu_date_to_text(board->as_of, as_of);
    printf("{\"as_of\":\"%s\",\"files\":[", as_of);
    for (size_t i = 0; i < board->file_count; i++)
        print_json_file(&board->files[i], i ? ",\n" : "\n");
    fputs("],\"measures\":[", stdout);
    for (size_t l = 0; l < board->count; l++) {
        const struct board_line *line = &board->lines[l];
        problems += print_json_measure(line, NULL, NULL, l ? ",\n" : "\n");
        if (!region || !line->tally || !line_has_region(line, region))
            continue;
        const char *id;
        for (size_t i = 0; (id = tuoyu_tally_region_id(line->tally, region, TUOYU_NUL_TERMINATED, i)); i++)
            problems += print_json_measure(line, region, id, ",\n");
    }
    fputs("\n]}", stdout);
    return problems;
}

size_t board_print_json(const struct board *board, const char *region)
{
    size_t problems = print_json_board(board, region);
    putchar('\n');
    return problems;
}

size_t series_print_json(const struct board *boards, size_t count, const char *region)
{
    size_t problems = 0;
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n" : "[", stdout);
        problems += print_json_board(&boards[i], region);
    }
    fputs("]\n", stdout);
    return problems;
}

/* ---- CSV ---- */

static const char *const CSV_HEADER[] = {"rule",
                                         "title",
                                         "region_kind",
                                         "region",
                                         "unit",
                                         "value",
                                         "lower",
                                         "upper",
                                         "numerator",
                                         "denominator",
                                         "target",
                                         "met",
                                         "distance",
                                         "distance_least",
                                         "distance_most",
                                         "distance_unit",
                                         "unknown",
                                         "standing",
                                         "outcome",
                                         "records.read",
                                         "records.determined",
                                         "records.undetermined",
                                         "records.not_applicable",
                                         "records.not_in_force",
                                         "records.error",
                                         "records.unreadable",
                                         "findings",
                                         "reason",
                                         "error",
                                         NULL};

/* Writes the reason of a measure. Where it hangs on records that cannot be read, the first of them stands in
 * brackets. */
static void write_reason(struct csv_writer *writer, const struct board *board, const struct board_line *line,
                         const tuoyu_measure *measure, const char *language)
{
    char *reason = measure_reason_text(measure, language), *record = board_first_unreadable(board, line);
    char *both = must_format("%s%s%s%s", reason, record ? " (" : "", record ? record : "", record ? ")" : "");
    csv_write_field(writer, both);
    free(both);
    free(record);
    free(reason);
}

/* Writes the counts of records, empty for a region, where they are not known. */
static void write_records(struct csv_writer *writer, const tuoyu_measure *measure)
{
    char text[24];
    int64_t counts[RECORD_COUNTS];
    bool has_records = records_of_measure(measure, counts);
    for (int which = 0; which < RECORD_COUNTS; which++) {
        snprintf(text, sizeof text, "%lld", (long long)counts[which]);
        csv_write_field(writer, has_records ? text : "");
    }
}

/* Writes which promises records break, and how many do: `institution.places_hold: 2`. */
static void write_findings(struct csv_writer *writer, const tuoyu_measure *measure)
{
    char *all = must_copy("", 0);
    const char *name;
    for (size_t i = 0; (name = tuoyu_measure_promise_name(measure, i)); i++) {
        long long broken = (long long)tuoyu_measure_promise_broken(measure, i);
        if (!broken)
            continue;
        char *longer = must_format("%s%s%s: %lld", all, *all ? "; " : "", name, broken);
        free(all);
        all = longer;
    }
    csv_write_field(writer, all);
    free(all);
}

/* Writes the columns of a measure from `unit` to the counts of records. */
static void write_measure_fields(struct csv_writer *writer, const tuoyu_measure *measure)
{
    struct measure_texts texts;
    char unknown[24];
    measure_texts_read(&texts, measure);
    snprintf(unknown, sizeof unknown, "%lld", (long long)texts.unknown);
    const char *const fields[] = {texts.unit,
                                  texts.value,
                                  texts.lower,
                                  texts.upper,
                                  texts.numerator,
                                  texts.denominator,
                                  texts.target,
                                  texts.met,
                                  texts.distance,
                                  texts.distance_least,
                                  texts.distance_most,
                                  *texts.distance ? texts.distance_unit : "",
                                  unknown,
                                  standing_word(texts.standing),
                                  outcome_word(texts.outcome)};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        csv_write_field(writer, fields[i]);
    write_records(writer, measure);
    write_findings(writer, measure);
}

/* Writes the row of a measure, or of why there is none. has_date: the row begins with the day of its board.
 * Returns 1 where there is no measure, else 0. */
static size_t write_csv_row(struct csv_writer *writer, const struct board *board,
                            const struct board_line *line, const char *region, const char *region_id,
                            const char *language, bool has_date)
{
    enum { MEASURE_AND_REASON_FIELDS = 17 + RECORD_COUNTS };
    char *problem;
    tuoyu_measure *measure = board_measure(line, region, region_id, &problem);
    char as_of[11];
    tuoyu_date_to_text(board->as_of, as_of);
    if (has_date)
        csv_write_field(writer, as_of);
    csv_write_field(writer, line->name);
    csv_write_field(writer, tuoyu_policy_rule_title(board->policy, line->rule, language));
    csv_write_field(writer, region ? region : "");
    csv_write_field(writer, region ? region_id : "");
    if (measure) {
        write_measure_fields(writer, measure);
        write_reason(writer, board, line, measure, language);
    } else {
        for (int i = 0; i < MEASURE_AND_REASON_FIELDS; i++)
            csv_write_field(writer, "");
    }
    csv_write_field(writer, problem ? problem : "");
    csv_end_row(writer);
    tuoyu_measure_free(measure);
    free(problem);
    return measure ? 0 : 1;
}

/* Writes the rows of a board. Returns how many measures could not be had. */
static size_t write_csv_board(struct csv_writer *writer, const struct board *board, const char *region,
                              const char *language, bool has_date)
{
    size_t problems = 0;
    for (size_t l = 0; l < board->count; l++) {
        const struct board_line *line = &board->lines[l];
        problems += write_csv_row(writer, board, line, NULL, NULL, language, has_date);
        if (!region || !line->tally || !line_has_region(line, region))
            continue;
        const char *id;
        for (size_t i = 0; (id = tuoyu_tally_region_id(line->tally, region, TUOYU_NUL_TERMINATED, i)); i++)
            problems += write_csv_row(writer, board, line, region, id, language, has_date);
    }
    return problems;
}

/* Writes the names of the columns; has_date: that of the day comes first. */
static void write_csv_header(struct csv_writer *writer, bool has_date)
{
    if (has_date)
        csv_write_field(writer, "as_of");
    for (const char *const *name = CSV_HEADER; *name; name++)
        csv_write_field(writer, *name);
    csv_end_row(writer);
}

size_t board_print_csv(const struct board *board, const char *region, const char *language,
                       bool for_spreadsheet)
{
    struct csv_writer writer = {.is_for_spreadsheet = for_spreadsheet};
    if (for_spreadsheet)
        fputs(SPREADSHEET_MARK, stdout);
    write_csv_header(&writer, false);
    size_t problems = write_csv_board(&writer, board, region, language, false);
    csv_print_rows(&writer, stdout);
    return problems;
}

size_t series_print_csv(const struct board *boards, size_t count, const char *region, const char *language,
                        bool for_spreadsheet)
{
    struct csv_writer writer = {.is_for_spreadsheet = for_spreadsheet};
    if (for_spreadsheet)
        fputs(SPREADSHEET_MARK, stdout);
    size_t problems = 0;
    write_csv_header(&writer, true);
    for (size_t i = 0; i < count; i++)
        problems += write_csv_board(&writer, &boards[i], region, language, true);
    csv_print_rows(&writer, stdout);
    return problems;
}
