/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/claim_file.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/csv_writer.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/loading.h"
#include "cli/output_file.h"
#include "cli/text_file.h"

static const char HELP[] =
    "usage: tuoyu pay PACK… --rule NAME --input CLAIMS.csv --output OUT.csv [--id COLUMN] [--case FILE] [--as-of DATE]\n"
    "                 [--receipt FILE] [--packs DIR]…\n\n"
    "Pays claims from the budget of a cost-sharing rule in the order that its pack lays down, until it runs out. The columns\n"
    "of the input are facts by their full names (child.birth_date). The output has a row for each claim, those that are\n"
    "paid in front: the id, claimed, paid, state, missing, error. state is\n"
    "  paid     in full             unpaid   the budget does not suffice     open   facts are missing: see missing\n"
    "  in_part  the budget ran out  not_due  nothing is due                  error  see error\n\n"
    "  --rule NAME     a cost-sharing rule with a budget, by its name, or pack.id:name\n"
    "  --input FILE    UTF-8 with a header; - is the standard input\n"
    "  --output FILE   appears when all is written; - is the standard output; never the input itself\n"
    "  --id COLUMN     which column has the ids of the claims (else: id); no two may be the same\n"
    "  --case FILE     YAML with the facts of the budget itself, such as what was spent of it\n"
    "  --as-of DATE    the day on which the rule is asked (else: today)\n"
    "  --receipt FILE  writes a receipt from which `tuoyu replay` repeats the payout\n"
    "  --packs DIR     where packs that others use are found by their id; may be given again\n\n"
    "Exit status: 0 clean, 1 some claims are open or have errors, 2 wrong usage or a file that cannot be read or written.\n";

struct pay {
    const struct command_line *line;
    const char *input, *output, *id;
    struct claim_file claims;
    const tuoyu_payout *payout;
};

/* ---- Writing ---- */

static void write_number(struct csv_writer *writer, tuoyu_status status, const tuoyu_decimal *number)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE] = "";
    if (status == TUOYU_OK) tuoyu_decimal_to_text(number, text);
    csv_write_field(writer, text);
}

/* Names that an open claim waits for, a space between them: names hold none. */
static void write_missing(struct csv_writer *writer, const tuoyu_payout *payout, size_t index)
{
    char *text = must_copy("", 0);
    const char *name;
    for (size_t i = 0; (name = tuoyu_payout_claim_missing(payout, index, i)); i++) {
        char *longer = must_format("%s%s%s", text, i ? " " : "", name);
        free(text);
        text = longer;
    }
    csv_write_field(writer, text);
    free(text);
}

static void write_claim(const struct pay *pay, struct csv_writer *writer, size_t index, size_t *next_problem)
{
    tuoyu_decimal number;
    int32_t state = tuoyu_payout_claim_state(pay->payout, index);
    const struct claim_problem *problem = state == TUOYU_CLAIM_ERROR ? next_listed_problem(&pay->claims, next_problem) : NULL;
    csv_write_field(writer, tuoyu_payout_claim_id(pay->payout, index));
    write_number(writer, tuoyu_payout_claim_claimed(pay->payout, index, &number), &number);
    write_number(writer, tuoyu_payout_claim_paid(pay->payout, index, &number), &number);
    csv_write_field(writer, claim_state_word(state));
    write_missing(writer, pay->payout, index);
    csv_write_field(writer, problem ? problem->problem : "");
    csv_end_row(writer);
}

/* Rows that could not even be added. */
static void write_refused(const struct pay *pay, struct csv_writer *writer)
{
    for (size_t i = 0; i < pay->claims.problem_count; i++) {
        const struct claim_problem *problem = &pay->claims.problems[i];
        if (problem->is_listed) continue;
        csv_write_field(writer, problem->id);
        for (int empty = 0; empty < 2; empty++) csv_write_field(writer, "");
        csv_write_field(writer, claim_state_word(TUOYU_CLAIM_ERROR));
        csv_write_field(writer, "");
        csv_write_field(writer, problem->problem);
        csv_end_row(writer);
    }
}

static bool write_output(const struct pay *pay)
{
    static const char *const COLUMNS[] = {"claimed", "paid", "state", "missing", "error"};
    struct output_file file;
    if (!output_file_open(&file, pay->output)) return false;
    struct csv_writer writer = {.bytes = NULL};
    csv_write_field(&writer, pay->id);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) csv_write_field(&writer, COLUMNS[i]);
    csv_end_row(&writer);
    size_t next_problem = 0;
    for (size_t i = 0; i < tuoyu_payout_claim_count(pay->payout); i++) write_claim(pay, &writer, i, &next_problem);
    write_refused(pay, &writer);
    csv_print_rows(&writer, file.stream);
    return output_file_close(&file, true);
}

static bool write_receipt(const struct pay *pay)
{
    const char *path = option_value(pay->line, "receipt", NULL);
    struct output_file file;
    tuoyu_text *text = NULL;
    if (!path) return true;
    if (!output_file_open(&file, path)) return false;
    must_have_memory(tuoyu_answer_to_receipt(tuoyu_payout_answer(pay->payout), &text));
    fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text), file.stream);
    fputc('\n', file.stream);
    tuoyu_text_free(text);
    return output_file_close(&file, true);
}

static void print_number(const char *what, tuoyu_status status, const tuoyu_decimal *number)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    if (status != TUOYU_OK) return;
    tuoyu_decimal_to_text(number, text);
    fprintf(stderr, ", %s %s", what, text);
}

/* One line on stderr; returns the exit status. */
static int sum_up(const struct pay *pay)
{
    tuoyu_decimal number;
    bool is_open = tuoyu_answer_outcome(tuoyu_payout_answer(pay->payout)) != TUOYU_DETERMINED;
    fprintf(stderr, "%s: %zu claims", pay->output, pay->claims.rows);
    print_number("budget", tuoyu_payout_budget(pay->payout, &number), &number);
    print_number("paid", tuoyu_payout_paid(pay->payout, &number), &number);
    print_number("left", tuoyu_payout_left(pay->payout, &number), &number);
    print_number("unpaid", tuoyu_payout_unpaid(pay->payout, &number), &number);
    fputc('\n', stderr);
    if (!is_open && !pay->claims.problem_count) return EXIT_CLEAN;
    fputs("not final: claims that are open or in error take nothing, and might come before others once they are known\n", stderr);
    return EXIT_FINDINGS;
}

/* ---- Running ---- */

static int pay_claims(struct pay *pay, tuoyu_policy *policy, tuoyu_budget *budget)
{
    tuoyu_payout *payout = NULL;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    int result = EXIT_USAGE;
    if (claim_file_read(&pay->claims, pay->input, pay->id, policy, budget)) {
        tuoyu_status status = must_have_memory(tuoyu_budget_pay(budget, &payout, diagnostics));
        print_findings(diagnostics);
        pay->payout = payout;
        if (status != TUOYU_OK) result = EXIT_FINDINGS;
        else if (write_output(pay) && write_receipt(pay)) result = sum_up(pay);
    }
    tuoyu_payout_free(payout);
    tuoyu_diagnostics_free(diagnostics);
    claim_file_free(&pay->claims);
    return result;
}

/* The facts of the budget itself. False after saying what is wrong with them. */
static bool read_facts(const struct command_line *line, tuoyu_case *facts)
{
    enum { CASE_LARGEST = 64 * 1024 * 1024 /* bytes; the library's own limit is lower */ };
    const char *path = option_value(line, "case", NULL);
    struct text_file file;
    if (!path) return true;
    if (!text_file_read(path, CASE_LARGEST, &file)) return false;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_status status = must_have_memory(tuoyu_case_read(facts, path, strlen(path), file.bytes, file.length, diagnostics));
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    text_file_free(&file);
    return status == TUOYU_OK;
}

static bool is_the_input(const struct pay *pay)
{
    FILE *stream = strcmp(pay->input, "-") == 0 ? NULL : fopen(pay->input, "rb");
    bool is_same = stream && is_same_file(stream, pay->output);
    if (stream) fclose(stream);
    if (is_same) fprintf(stderr, "tuoyu: %s: is the input itself and would be lost; name another --output\n", pay->output);
    return is_same;
}

static int pay_line(const struct command_line *line)
{
    struct pay pay = {.line = line, .input = option_value(line, "input", NULL), .output = option_value(line, "output", NULL),
                      .id = option_value(line, "id", "id")};
    const char *rule = option_value(line, "rule", NULL);
    tuoyu_policy *policy = NULL;
    int32_t as_of;
    if (!rule) return usage_error(line, "no --rule is given");
    if (!pay.input) return usage_error(line, "no --input is given");
    if (!pay.output) return usage_error(line, "no --output is given");
    if (!option_as_of(line, &as_of) || is_the_input(&pay)) return EXIT_USAGE;
    int result = load_policy(line, &policy, NULL);
    if (result != EXIT_CLEAN) return result;
    tuoyu_case *facts = NULL;
    must_have_memory(tuoyu_case_new(policy, &facts));
    tuoyu_budget *budget = read_facts(line, facts) ? open_budget(policy, rule, facts, as_of) : NULL;
    result = budget ? pay_claims(&pay, policy, budget) : EXIT_USAGE;
    tuoyu_budget_free(budget);
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
    return result;
}

int pay_command(int argc, char **argv)
{
    struct option options[] = {
        {.name = "rule", .takes_value = true},
        {.name = "input", .takes_value = true},
        {.name = "output", .takes_value = true},
        {.name = "id", .takes_value = true},
        {.name = "case", .takes_value = true},
        {.name = "as-of", .takes_value = true},
        {.name = "receipt", .takes_value = true},
        {.name = "packs", .takes_value = true, .repeats = true},
        {.name = NULL}};
    struct command_line line = {.command = "pay", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result)) return result;
    result = pay_line(&line);
    command_line_free(&line);
    return result;
}
