/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/answer_columns.h"
#include "cli/commands.h"
#include "cli/csv_writer.h"
#include "cli/exit_status.h"
#include "cli/fact_columns.h"
#include "cli/findings.h"
#include "cli/loading.h"
#include "cli/output_file.h"

static const char HELP[] =
    "usage: tuoyu run PACK… --rule NAME… --input ROWS.csv --output OUT.csv [--as-of DATE] [--packs DIR]…\n\n"
    "Answers every row of a CSV file by each rule. The columns of the input are facts by their full names\n"
    "(child.birth_date); other columns are passed through. The output has all columns of the input, then for each rule\n"
    "  pricing       NAME.amount NAME.complies\n"
    "  cost-sharing  NAME.whole NAME.PAYER…\n"
    "  eligibility   NAME.decision\n"
    "  and always    NAME.outcome NAME.missing NAME.provenance\n"
    "and last `error`: line and reason of a row that could not be computed; the others are.\n\n"
    "  --rule NAME     a rule by its name, or pack.id:name; may be given again\n"
    "  --input FILE    UTF-8 with a header; - is the standard input\n"
    "  --output FILE   appears when all is written; - is the standard output; never the input itself\n"
    "  --as-of DATE    the day on which the rules are asked (else: today)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given again\n\n"
    "Exit status: 0 clean, 1 some rows have errors, 2 wrong usage or a file that cannot be read or written.\n";

struct run {
    const char *input, *output;
    int32_t as_of;
    tuoyu_policy *policy;
    tuoyu_case *facts;
    tuoyu_diagnostics *diagnostics;
    struct case_rule *rules;
    struct answer_columns *answers; /* of each rule */
    size_t rule_count;
    struct fact_columns columns;
    struct csv_writer writer;
    size_t rows, bad_rows;
};

/* ---- Rules ---- */

static bool open_rule(struct run *run, struct case_rule *rule, const char *name)
{
    int32_t kind = find_rule_kind(run->policy, name, run->diagnostics);
    if (kind == TUOYU_RULE_INDICATOR) {
        fprintf(stderr, "tuoyu run: %s is an indicator: it is over all rows, not of each (see tuoyu report)\n", name);
        return false;
    }
    if (kind && case_rule_open(rule, run->policy, name, kind, run->diagnostics) == TUOYU_OK) return true;
    print_findings(run->diagnostics);
    return false;
}

static bool open_rules(struct run *run, const struct word_list *names)
{
    run->rules = must_resize(NULL, names->count, sizeof *run->rules);
    run->answers = must_resize(NULL, names->count, sizeof *run->answers);
    for (size_t i = 0; i < names->count; i++) {
        if (!open_rule(run, &run->rules[i], names->items[i])) return false;
        run->rule_count++;
        answer_columns_make(&run->answers[i], &run->rules[i], run->facts, run->as_of);
    }
    return true;
}

static void close_run(struct run *run)
{
    for (size_t i = 0; i < run->rule_count; i++) {
        case_rule_close(&run->rules[i]);
        answer_columns_free(&run->answers[i]);
    }
    free(run->rules);
    free(run->answers);
    fact_columns_free(&run->columns);
    tuoyu_case_free(run->facts);
    tuoyu_diagnostics_free(run->diagnostics);
    tuoyu_policy_unref(run->policy);
}

/* ---- Header ---- */

/* A column of the input that a rule would write too: the output would have it twice. */
static bool has_clash(const struct run *run)
{
    for (size_t c = 0; c < run->columns.count; c++) {
        bool clash = strcmp(run->columns.columns[c], "error") == 0;
        for (size_t r = 0; r < run->rule_count; r++)
            for (size_t i = 0; i < run->answers[r].names.count; i++)
                if (strcmp(run->columns.columns[c], run->answers[r].names.items[i]) == 0) clash = true;
        if (!clash) continue;
        fprintf(stderr, "%s:1: error: the column %s is one that is added here; take it out or rename it\n", run->input,
                run->columns.columns[c]);
        return true;
    }
    return false;
}

static void write_header(struct run *run)
{
    for (size_t c = 0; c < run->columns.count; c++) csv_write_field(&run->writer, run->columns.columns[c]);
    for (size_t r = 0; r < run->rule_count; r++)
        for (size_t i = 0; i < run->answers[r].names.count; i++)
            csv_write_field(&run->writer, run->answers[r].names.items[i]);
    csv_write_field(&run->writer, "error");
    csv_end_row(&run->writer);
}

/* ---- Rows ---- */

static void write_answer(struct run *run, size_t r, const struct case_answer *answer)
{
    size_t count = run->answers[r].names.count;
    char **texts = must_resize(NULL, count, sizeof *texts);
    answer_columns_fill(&run->answers[r], &run->rules[r], answer, texts);
    for (size_t i = 0; i < count; i++) {
        csv_write_field(&run->writer, texts[i]);
        free(texts[i]);
    }
    free(texts);
}

/* Computes the row unless something is wrong with it, and writes what the rules answer. */
static void write_answers(struct run *run, bool is_good)
{
    for (size_t r = 0; r < run->rule_count; r++) {
        struct case_answer answer = {.answer = NULL};
        bool answered = is_good &&
            case_rule_answer(&run->rules[r], run->facts, run->as_of, &answer, run->diagnostics) == TUOYU_OK;
        write_answer(run, r, answered ? &answer : NULL);
        case_answer_free(&answer);
    }
}

static void write_row(struct run *run, const struct csv_record *record)
{
    tuoyu_diagnostics_clear(run->diagnostics);
    char *problem = record_problem(&run->columns, record);
    bool is_good = !problem && fact_columns_set(&run->columns, record, run->facts, run->diagnostics) == TUOYU_OK;
    for (size_t c = 0; c < run->columns.count; c++) csv_write_field(&run->writer, c < record->count ? record->fields[c] : "");
    write_answers(run, is_good);
    if (!problem && tuoyu_diagnostics_count(run->diagnostics)) problem = findings_in_one_line(run->diagnostics);
    char *error = problem ? must_format("line %zu: %s", record->line, problem) : must_copy("", 0);
    csv_write_field(&run->writer, error);
    csv_end_row(&run->writer);
    run->rows++;
    if (problem) run->bad_rows++;
    free(error);
    free(problem);
}

static void show_progress(const struct run *run, size_t position, off_t size)
{
    enum { ROWS_BETWEEN = 1000 };
    if (run->rows % ROWS_BETWEEN || !isatty(STDERR_FILENO)) return;
    if (size > 0) fprintf(stderr, "\r%zu rows, %d%%", run->rows, (int)((off_t)position * 100 / size));
    else fprintf(stderr, "\r%zu rows", run->rows);
}

static void write_rows(struct run *run, FILE *stream, struct csv_reader *reader)
{
    struct stat about;
    off_t size = fstat(fileno(stream), &about) == 0 && S_ISREG(about.st_mode) ? about.st_size : 0;
    struct csv_record record;
    while (csv_reader_next(reader, &record)) {
        write_row(run, &record);
        show_progress(run, csv_reader_position(reader), size);
    }
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
}

static int convert(struct run *run, FILE *stream, struct csv_reader *reader)
{
    if (!fact_columns_read(&run->columns, run->policy, run->input, NULL, NULL, reader) || has_clash(run)) return EXIT_USAGE;
    struct output_file file;
    if (!output_file_open(&file, run->output)) return EXIT_USAGE;
    run->writer = (struct csv_writer){.stream = file.stream};
    write_header(run);
    write_rows(run, stream, reader);
    bool was_read = !ferror(stream);
    if (!was_read) fprintf(stderr, "tuoyu: %s: cannot be read to its end\n", run->input);
    if (!output_file_close(&file, was_read) || !was_read) return EXIT_USAGE;
    fprintf(stderr, "%s: %zu rows", run->output, run->rows);
    if (run->bad_rows) fprintf(stderr, ", %zu of them with errors: see the column error", run->bad_rows);
    fputc('\n', stderr);
    return run->bad_rows ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run_input(struct run *run)
{
    bool is_standard_input = strcmp(run->input, "-") == 0;
    FILE *stream = is_standard_input ? stdin : fopen(run->input, "rb");
    if (!stream) {
        fprintf(stderr, "tuoyu: %s: cannot be read: %s\n", run->input, strerror(errno));
        return EXIT_USAGE;
    }
    int result = EXIT_USAGE;
    if (is_same_file(stream, run->output)) {
        fprintf(stderr, "tuoyu: %s: is the input itself and would be lost; name another --output\n", run->output);
    } else {
        struct csv_reader *reader = csv_reader_open(stream);
        result = convert(run, stream, reader);
        csv_reader_close(reader);
    }
    if (!is_standard_input) fclose(stream);
    return result;
}

static int run_line(const struct command_line *line)
{
    struct run run = {.input = option_value(line, "input", NULL), .output = option_value(line, "output", NULL)};
    const struct word_list *rules = option_values(line, "rule");
    if (!rules->count) return usage_error(line, "no --rule is given");
    if (!run.input) return usage_error(line, "no --input is given");
    if (!run.output) return usage_error(line, "no --output is given");
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(rules->items[i], rules->items[k]) == 0)
                return usage_error(line, "--rule %s is given twice", rules->items[i]);
    if (!option_as_of(line, &run.as_of)) return EXIT_USAGE;
    int result = load_policy(line, &run.policy, NULL);
    if (result != EXIT_CLEAN) return result;
    run.diagnostics = must_have_diagnostics();
    must_have_memory(tuoyu_case_new(run.policy, &run.facts));
    result = open_rules(&run, rules) ? run_input(&run) : EXIT_USAGE;
    close_run(&run);
    return result;
}

int run_command(int argc, char **argv)
{
    struct option options[] = {
        {.name = "rule", .takes_value = true, .repeats = true},
        {.name = "input", .takes_value = true},
        {.name = "output", .takes_value = true},
        {.name = "as-of", .takes_value = true},
        {.name = "packs", .takes_value = true, .repeats = true},
        {.name = NULL}};
    struct command_line line = {.command = "run", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result)) return result;
    result = run_line(&line);
    command_line_free(&line);
    return result;
}
