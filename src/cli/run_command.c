/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu run`: answers every row of a CSV file by one or more rules, on several threads. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/case_rule.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/csv_input.h"
#include "cli/csv_writer.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/language.h"
#include "cli/loading.h"
#include "cli/ordered_threads.h"
#include "cli/output_file.h"
#include "cli/run_chunk.h"
#include "cli/scenario_changes.h"
#include "cli/tell.h"
#include "cli/template_output.h"

static const char HELP[] =
    "usage: tuoyu run PACK… --rule NAME… --input ROWS.csv --output OUT.csv [--as-of DATE] [--threads N]\n"
    "                 [--summary FILE] [--keep COLUMN]… [--columns NAME,…]… [--packs DIR]…\n" SCENARIO_USAGE
        INTAKE_USAGE
    "       tuoyu run PACK… --rule NAME… --template FILE.csv [--lang zh|en] [--packs DIR]…\n\n"
    "Answers every row of a CSV file by each rule. The columns of the input are facts by their full names\n"
    "(child.birth_date) or by their labels; other columns are passed through. The output has all columns of "
    "the\n"
    "input as they stood there (or those of --keep), then for each rule\n"
    "  pricing       NAME.amount NAME.complies\n"
    "  cost-sharing  NAME.whole NAME.payers.PAYER…\n"
    "  eligibility   NAME.decision\n"
    "  and always    NAME.outcome NAME.missing NAME.standing\n"
    "and last `error`: line and reason of a row that could not be computed, or of a record that is no row, "
    "which keeps its\n"
    "place and has the outcome `unreadable`; the others are computed. On stderr stand the counts for each "
    "rule: read =\n"
    "determined + undetermined (facts are missing) + not_applicable + not_in_force (the rule, on the day) + "
    "error +\n"
    "unreadable (too short, a stray quote, not UTF-8).\n\n"
    "  --rule NAME     a rule by its name, or pack.id:name; may be given again\n"
    "  --input FILE    CSV with a header; - is the standard input\n"
    "  --output FILE   appears when all is written, with the mode of the file that it replaces; a link is "
    "followed; - is the\n"
    "                  standard output; never the input itself\n"
    "  --as-of DATE    the day on which the rules are asked (else: today)\n"
    "  --threads N     how many threads share the work (else: as many as there are processors); no result "
    "depends on it\n"
    "  --summary FILE  the counts as JSON: `records` of all rules together, and of each rule; - is the "
    "standard output\n"
    "  --keep COLUMN   of the columns of the input only this one goes out; may be given again\n"
    "  --columns NAME  further members of answers as columns, as `tuoyu eval --format json` calls them, such "
    "as\n"
    "                  split.payable, split.claw_back, split.instalments.first.due, place.unmet, "
    "place.reasons.zh;\n"
    "                  several with commas between; may be given again\n"
    "  --template FILE writes an empty table with the columns that the rules can need, to be filled in: "
    "headings, "
    "below them\n"
    "                  two lines of notes that begin with #tuoyu and are passed over when the table is read; "
    "- is "
    "the standard\n"
    "                  output\n"
    "  --lang zh|en    the language of the template (else: zh)\n"
    "  --packs DIR     where packs that others use are found by their id; may be given "
    "again\n\n"
    "Exit status: 0 clean, 1 some rows have errors or cannot be read, 2 wrong usage or a file that cannot be "
    "read or written.\n";

enum { THREADS_MOST = 256 };

/* One run of the command. */
struct run {
    const char *input, *output, *summary;
    int32_t as_of;
    struct run_rules rules;
    struct fact_columns columns;
    size_t thread_count;
    struct csv_input csv;
    struct intake intake;
    const struct word_list *kept; /* columns of --keep; none: all */
    bool *is_kept;                /* by column of the input */
    bool is_for_spreadsheet;
    off_t input_size; /* in bytes; 0 where it is not known */
    struct output_file file;
    int64_t counts[RECORD_COUNTS];
    struct outcome_counts *outcomes; /* by rule */
    bool has_failed;                 /* a chunk could not be answered, or the output not be written */
};

/* ---- Rules ---- */

/* Whether none of the rules is an indicator; says which is. */
static bool refuse_indicators(const tuoyu_policy *policy, const struct word_list *names,
                              tuoyu_diagnostics *diagnostics)
{
    for (size_t i = 0; i < names->count; i++) {
        if (find_rule_kind(policy, names->items[i], diagnostics) != TUOYU_RULE_INDICATOR)
            continue;
        tell("tuoyu run: %s is an indicator: it is over all rows, not of each (see tuoyu report)",
             names->items[i]);
        return false;
    }
    tuoyu_diagnostics_clear(diagnostics);
    return true;
}

/* Finds the column `outcome` of each rule among the answers. */
static void find_outcomes(struct run_rules *rules)
{
    rules->outcome_columns = must_resize(NULL, rules->names->count, sizeof *rules->outcome_columns);
    for (size_t i = 0; i < rules->names->count; i++) {
        char *name = must_format("%s.outcome", rules->names->items[i]);
        for (int64_t c = 0; c < rules->schema.n_children; c++)
            if (strcmp(rules->schema.children[c]->name, name) == 0)
                rules->outcome_columns[i] = c;
        free(name);
    }
}

/* Makes the batch of the rules; false after saying what is wrong. */
static bool open_rules(struct run_rules *rules, tuoyu_policy *policy, const struct word_list *names,
                       const struct word_list *columns, int32_t as_of)
{
    char *members = names_in_lists(columns);
    tuoyu_batch_options options = {.size = sizeof options,
                                   .members = members,
                                   .numbers = TUOYU_NUMBERS_TEXT,
                                   .language = output_language(),
                                   .columns = TUOYU_COLUMNS_VALUES | TUOYU_COLUMNS_OUTCOME |
                                              TUOYU_COLUMNS_MISSING | TUOYU_COLUMNS_STANDING |
                                              TUOYU_COLUMNS_ERROR};
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    bool good = refuse_indicators(policy, names, diagnostics) &&
                must_have_memory(tuoyu_batch_new(policy, names->items, NULL, names->count, as_of, &options,
                                                 &rules->batch, diagnostics)) == TUOYU_OK &&
                must_have_memory(tuoyu_batch_schema(rules->batch, &rules->schema)) == TUOYU_OK;
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    free(members);
    rules->names = names;
    if (good)
        find_outcomes(rules);
    return good;
}

/* Frees what open_rules() made, also after it failed. */
static void close_rules(struct run_rules *rules)
{
    free(rules->outcome_columns);
    if (rules->schema.release)
        rules->schema.release(&rules->schema);
    tuoyu_batch_unref(rules->batch);
}

/* ---- Header ---- */

/* Finds the columns of the input that go out: those of --keep, or all. False after saying which column is not
 * there. */
static bool find_kept(struct run *run)
{
    size_t *indexes = must_resize(NULL, run->kept->count + 1, sizeof *indexes);
    bool good = find_kept_columns(&run->columns, run->kept, run->input, indexes);
    run->is_kept = must_resize(NULL, run->columns.count, sizeof *run->is_kept);
    run->rules.is_kept = run->is_kept;
    for (size_t c = 0; c < run->columns.count; c++)
        run->is_kept[c] = run->kept->count == 0;
    for (size_t i = 0; good && i < run->kept->count; i++)
        run->is_kept[indexes[i]] = true;
    free(indexes);
    return good;
}

/* Whether the input has a column that is also written for the rules, which is said: the output would have it
 * twice. */
static bool has_clash(const struct run *run)
{
    const struct ArrowSchema *added = &run->rules.schema;
    for (size_t c = 0; c < run->columns.count; c++) {
        const char *name = run->columns.columns[c];
        for (int64_t i = 0; i < added->n_children && run->is_kept[c]; i++) {
            if (strcmp(name, added->children[i]->name) != 0)
                continue;
            tell("%s:1: error: the column %s is one that is added here; take it out or rename it", run->input,
                 name);
            return true;
        }
    }
    return false;
}

/* Writes the header: the columns of the input, then those of the answers. */
static void write_header(struct run *run)
{
    struct csv_writer header = {.is_for_spreadsheet = run->is_for_spreadsheet};
    for (size_t c = 0; c < run->columns.count; c++)
        if (run->is_kept[c])
            csv_write_field(&header, run->columns.columns[c]);
    for (int64_t i = 0; i < run->rules.schema.n_children; i++)
        csv_write_field(&header, run->rules.schema.children[i]->name);
    csv_end_row(&header);
    if (run->is_for_spreadsheet)
        output_file_write(&run->file, SPREADSHEET_MARK, sizeof SPREADSHEET_MARK - 1);
    output_file_write(&run->file, header.bytes, header.length);
    csv_writer_free(&header);
}

/* ---- Rows, in chunks that threads take, answer and write ---- */

/* For ordered_threads_run(): reads the next chunk. Returns false if there are no more. */
static bool read_chunk(void *context, void *chunk)
{
    struct run *run = context;
    return run_chunk_read(chunk, run->csv.reader);
}

/* For ordered_threads_run(): answers a chunk. A failure is reported in turn, when the chunk is written. */
static void answer_chunk(void *context, void *chunk)
{
    const struct run *run = context;
    (void)run_chunk_answer(chunk, &run->rules);
}

/* Shows on a terminal how far the command has come. */
static void show_progress(const struct run *run, size_t position)
{
    if (!isatty(STDERR_FILENO))
        return;
    long long rows = (long long)run->counts[TUOYU_RECORDS_READ];
    if (run->input_size > 0)
        fprintf(stderr, "\r%lld rows, %d%%", rows, (int)((off_t)position * 100 / run->input_size));
    else
        fprintf(stderr, "\r%lld rows", rows);
}

/* Adds the counts of a chunk to those of the run. */
static void add_counts(struct run *run, const struct run_chunk *chunk)
{
    for (int which = 0; which < RECORD_COUNTS; which++)
        run->counts[which] += chunk->counts[which];
    for (size_t i = 0; i < run->rules.names->count; i++)
        for (int which = 0; which < RECORD_COUNTS; which++)
            run->outcomes[i].of[which] += chunk->outcomes[i].of[which];
}

/* For ordered_threads_run(): writes a chunk. Returns false where the run has failed. */
static bool write_chunk(void *context, void *piece)
{
    struct run *run = context;
    struct run_chunk *chunk = piece;
    if (run->has_failed)
        return false;
    if (tuoyu_diagnostics_count(chunk->failure)) {
        print_findings(chunk->failure);
        run->has_failed = true;
        return false;
    }
    add_counts(run, chunk);
    reading_notes_hand_over(&chunk->notes, &run->intake);
    run->has_failed = !output_file_write(&run->file, chunk->rows.bytes, chunk->rows.length);
    show_progress(run, chunk->position);
    return !run->has_failed;
}

/* Reads, answers and writes all rows on all threads. */
static void write_rows(struct run *run)
{
    const struct ordered_work work = {
        .context = run, .take = read_chunk, .work = answer_chunk, .hand_on = write_chunk};
    struct run_chunk *chunks = must_resize(NULL, run->thread_count, sizeof *chunks);
    void **pieces = must_resize(NULL, run->thread_count, sizeof *pieces);
    for (size_t i = 0; i < run->thread_count; i++) {
        run_chunk_open(&chunks[i], &run->rules);
        chunks[i].rows.is_for_spreadsheet = run->is_for_spreadsheet;
        reading_notes_open(&chunks[i].notes, &run->intake, run->input);
        pieces[i] = &chunks[i];
    }
    ordered_threads_run(&work, pieces, run->thread_count);
    for (size_t i = 0; i < run->thread_count; i++)
        run_chunk_free(&chunks[i]);
    free(pieces);
    free(chunks);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

/* ---- What became of the records ---- */

/* The counts of one rule, by TUOYU_RECORDS_…. */
static void counts_of_rule(const struct run *run, size_t rule, int64_t counts[RECORD_COUNTS])
{
    memcpy(counts, run->outcomes[rule].of, sizeof run->outcomes[rule].of);
    counts[TUOYU_RECORDS_READ] = run->counts[TUOYU_RECORDS_READ];
    counts[TUOYU_RECORDS_UNREADABLE] = run->counts[TUOYU_RECORDS_UNREADABLE];
}

/* Says on stderr what became of the rows. */
static void tell_counts(const struct run *run)
{
    int64_t bad = run->counts[TUOYU_RECORDS_ERROR] + run->counts[TUOYU_RECORDS_UNREADABLE];
    long long rows = (long long)run->counts[TUOYU_RECORDS_READ];
    if (bad)
        tell("%s: %lld rows, %lld of them with errors: see the column error", run->output, rows,
             (long long)bad);
    else
        tell("%s: %lld rows", run->output, rows);
    for (size_t i = 0; i < run->rules.names->count; i++) {
        int64_t counts[RECORD_COUNTS];
        counts_of_rule(run, i, counts);
        fprintf(stderr, "  %s: ", run->rules.names->items[i]);
        write_text_records(stderr, counts, message_language());
        fputc('\n', stderr);
    }
}

/* Writes the counts of one rule as JSON. */
static void write_summary_rule(const struct run *run, size_t rule, FILE *stream)
{
    int64_t counts[RECORD_COUNTS];
    counts_of_rule(run, rule, counts);
    fprintf(stream, "%s{\"rule\":\"%s\",", rule ? ",\n" : "\n", run->rules.names->items[rule]);
    write_json_records(stream, counts);
    fputc('}', stream);
}

/* Writes the summary if one is wanted; false after saying why it cannot be written. */
static bool write_summary(const struct run *run)
{
    struct output_file file;
    char as_of[11];
    if (!run->summary)
        return true;
    if (are_same_files(run->summary, run->output)) {
        tell("tuoyu: %s: is the output itself, which would be lost; name another --summary", run->summary);
        return false;
    }
    if (!output_file_open(&file, run->summary))
        return false;
    tuoyu_date_to_text(run->as_of, as_of);
    fprintf(file.stream, "{\"as_of\":\"%s\",", as_of);
    write_json_records(file.stream, run->counts);
    fputc(',', file.stream);
    intake_write_json(&run->intake, file.stream);
    fputs(",\"rules\":[", file.stream);
    for (size_t i = 0; i < run->rules.names->count; i++)
        write_summary_rule(run, i, file.stream);
    fputs("\n]}\n", file.stream);
    return output_file_close(&file, true);
}

/* Says the counts and writes the summary. Returns the exit status. */
static int sum_up(const struct run *run)
{
    tell_counts(run);
    if (!write_summary(run))
        return EXIT_USAGE;
    return run->counts[TUOYU_RECORDS_ERROR] + run->counts[TUOYU_RECORDS_UNREADABLE] ? EXIT_FINDINGS
                                                                                    : EXIT_CLEAN;
}

/* Reads the header, writes the output and sums up. Returns an exit status. */
static int convert(struct run *run, tuoyu_policy *policy)
{
    struct header_names names = {.policy = policy, .intake = &run->intake, .kept = run->kept};
    if (!fact_columns_read(&run->columns, &names, run->input, &run->intake, run->csv.reader) ||
        !find_kept(run) || has_clash(run))
        return EXIT_USAGE;
    if (!output_file_open(&run->file, run->output))
        return EXIT_USAGE;
    write_header(run);
    write_rows(run);
    bool was_read = !csv_reader_failed(run->csv.reader);
    if (!was_read)
        tell("tuoyu: %s: cannot be read to its end", run->input);
    bool is_good = was_read && !run->has_failed;
    if (!output_file_close(&run->file, is_good) || !is_good)
        return EXIT_USAGE;
    return sum_up(run);
}

/* The size of a regular file, 0 for anything else. */
static off_t size_of(FILE *stream)
{
    struct stat about;
    return fstat(fileno(stream), &about) == 0 && S_ISREG(about.st_mode) ? about.st_size : 0;
}

/* Converts an open input. Returns an exit status. */
static int read_stream(struct run *run, tuoyu_policy *policy, FILE *stream)
{
    run->input_size = size_of(stream);
    if (!csv_input_open(&run->csv, stream, run->input, &run->intake))
        return EXIT_USAGE;
    int result = convert(run, policy);
    csv_input_close(&run->csv);
    fact_columns_free(&run->columns);
    free(run->is_kept);
    return result;
}

/* Opens the input and converts it, unless it is one of the files to be written. Returns an exit status. */
static int run_input(struct run *run, tuoyu_policy *policy)
{
    bool is_standard_input = strcmp(run->input, "-") == 0;
    FILE *stream = is_standard_input ? stdin : fopen(run->input, "rb");
    if (!stream) {
        tell("tuoyu: %s: cannot be read: %s", run->input, strerror(errno));
        return EXIT_USAGE;
    }
    int result = EXIT_USAGE;
    if (is_same_file(stream, run->output)) {
        tell("tuoyu: %s: is the input itself and would be lost; name another --output", run->output);
    } else if (run->summary && is_same_file(stream, run->summary)) {
        tell("tuoyu: %s: is the input itself and would be lost; name another --summary", run->summary);
    } else {
        result = read_stream(run, policy, stream);
    }
    if (!is_standard_input)
        fclose(stream);
    return result;
}

/* ---- The command line ---- */

/* Reads --threads, or takes the number of processors; false after saying what is wrong. */
static bool option_threads(const struct command_line *line, size_t *count)
{
    const char *text = option_value(line, "threads", NULL);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *count = processors < 1 ? 1 : processors > THREADS_MOST ? THREADS_MOST : (size_t)processors;
    if (!text)
        return true;
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    *count = number;
    if (text[0] >= '0' && text[0] <= '9' && !*end && number >= 1 && number <= THREADS_MOST)
        return true;
    usage_error(line, "--threads %s: write a number from 1 to %d", text, THREADS_MOST);
    return false;
}

/* Loads the packs and answers the input. Returns an exit status. */
static int run_packs(struct run *run, const struct command_line *line)
{
    const struct word_list *rules = option_values(line, "rule");
    tuoyu_policy *policy;
    int result = load_policy(line, &policy, NULL);
    if (result != EXIT_CLEAN)
        return result;
    run->rules.columns = &run->columns;
    run->outcomes = must_resize(NULL, rules->count, sizeof *run->outcomes);
    const struct word_list *columns = option_values(line, "columns");
    result =
        open_rules(&run->rules, policy, rules, columns, run->as_of) ? run_input(run, policy) : EXIT_USAGE;
    close_rules(&run->rules);
    free(run->outcomes);
    tuoyu_policy_unref(policy);
    return result;
}

/* Writes the template of the rules. Returns an exit status. */
static int run_template(const struct command_line *line)
{
    static const char *const OTHERS[] = {"input", "output", "summary", "keep", "columns", "changes", "as-of"};
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (option_given(line, OTHERS[i]))
            return usage_error(line, "--template answers no rows; leave out --%s", OTHERS[i]);
    struct template_form form = {.language = option_choice(line, "lang", LANGUAGES),
                                 .is_for_spreadsheet = option_given(line, "excel")};
    tuoyu_policy *policy;
    int result = form.language ? load_policy(line, &policy, NULL) : EXIT_USAGE;
    if (result != EXIT_CLEAN)
        return result;
    bool good =
        write_template(policy, option_values(line, "rule"), &form, option_value(line, "template", NULL));
    tuoyu_policy_unref(policy);
    return good ? EXIT_CLEAN : EXIT_USAGE;
}

/* Checks the options and runs the command. Returns an exit status. */
static int run_line(const struct command_line *line)
{
    struct run run = {.input = option_value(line, "input", NULL),
                      .output = option_value(line, "output", NULL),
                      .summary = option_value(line, "summary", NULL),
                      .kept = option_values(line, "keep"),
                      .is_for_spreadsheet = option_given(line, "excel")};
    const struct word_list *rules = option_values(line, "rule");
    if (!rules->count)
        return usage_error(line, "no --rule is given");
    if (option_given(line, "template"))
        return run_template(line);
    if (!run.input)
        return usage_error(line, "no --input is given");
    if (!run.output)
        return usage_error(line, "no --output is given");
    if (run.summary && strcmp(run.summary, run.output) == 0)
        return usage_error(line, "--summary and --output are the same: %s", run.summary);
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(rules->items[i], rules->items[k]) == 0)
                return usage_error(line, "--rule %s is given twice", rules->items[i]);
    if (!option_threads(line, &run.thread_count) || !option_as_of(line, &run.as_of))
        return EXIT_USAGE;
    const char *paths[] = {run.input, run.output, run.summary};
    int result = intake_open(&run.intake, line, paths, sizeof paths / sizeof *paths) ? run_packs(&run, line)
                                                                                     : EXIT_USAGE;
    return intake_close(&run.intake, result != EXIT_USAGE) ? result : EXIT_USAGE;
}

/* Runs `tuoyu run` with its arguments, argv[0] being the command; returns the exit code. */
int run_command(int argc, char **argv)
{
    struct option options[] = {{.name = "rule", .takes_value = true, .repeats = true},
                               {.name = "input", .takes_value = true},
                               {.name = "output", .takes_value = true},
                               {.name = "as-of", .takes_value = true},
                               {.name = "threads", .takes_value = true},
                               {.name = "summary", .takes_value = true},
                               {.name = "keep", .takes_value = true, .repeats = true},
                               {.name = "columns", .takes_value = true, .repeats = true},
                               {.name = "template", .takes_value = true},
                               {.name = "lang", .takes_value = true},
                               SCENARIO_OPTIONS,
                               INTAKE_OPTIONS,
                               {.name = "packs", .takes_value = true, .repeats = true},
                               {.name = NULL}};
    struct command_line line = {.command = "run",
                                .help = HELP,
                                .more_help = (const char *const[]){SCENARIO_HELP, INTAKE_HELP, NULL},
                                .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    result = run_line(&line);
    command_line_free(&line);
    return result;
}
