/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu pay`: reads claims from a file, has them paid from a budget, and writes who is paid. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/language.h"
#include "cli/loading.h"
#include "cli/output_file.h"
#include "cli/payout_again.h"
#include "cli/payout_output.h"
#include "cli/scenario_changes.h"
#include "cli/tell.h"
#include "cli/text_file.h"

static const char HELP[] =
    "usage: tuoyu pay PACK… --rule NAME --input CLAIMS.csv --output OUT [--id COLUMN] [--case FILE]\n"
    "                 [--as-of DATE] [--format csv|text|json] [--lang zh|en] [--summary FILE]\n"
    "                 [--receipt FILE] [--previous RECEIPT [--previous-claims FILE]\n"
    "                 [--before-previous RECEIPT]] [--keep COLUMN]…\n"
    "                 [--columns NAME,…]… [--packs DIR]…\n" SCENARIO_USAGE INTAKE_USAGE "\n"
    "Pays claims from the budget of a cost-sharing rule in the order that its pack lays down, until it\n"
    "runs out. The columns of the input are facts by their full names (child.birth_date). The output has\n"
    "a row for each record of the input, those that are paid in front: the id, claimed, paid_before, paid,\n"
    "claw_back, state, missing, error, reason, final, record (its number, the header not counted). state is\n"
    "  paid         in full                       open       facts are missing: see missing\n"
    "  in_part      the budget ran out            error      see error\n"
    "  unpaid       the budget does not suffice   duplicate  the same as another record\n"
    "  not_due      nothing is due                claw_back  more was paid before than is due: see "
    "claw_back\n"
    "  paid_before  all that is due was paid\n"
    "final is no where the claims that are open or in error may still change what is paid.\n\n"
    "Nothing is paid beyond the budget, nor anything below zero. Where more was used than there is, the\n"
    "budget is overspent: nothing is paid, and it is said. Records of one id are one claim if their facts\n"
    "are the same: it is paid once. If they differ, or the facts of one cannot be read, all of them are in\n"
    "error and none is paid, in whatever order they stand. A record that is no row (too few fields, a\n"
    "stray quote, not UTF-8) is listed as an error without belonging to an id.\n\n";
static const char OPTIONS_HELP[] =
    "  --rule NAME     a cost-sharing rule with a budget, by its name, or pack.id:name\n"
    "  --input FILE    CSV with a header; - is the standard input\n"
    "  --output FILE   appears when all is written; - is the standard output; never the input itself\n"
    "  --id COLUMN     which column has the ids of the claims (else: id)\n"
    "  --case FILE     YAML with the facts of the budget itself, such as what was spent of it\n"
    "  --as-of DATE    the day on which the rule is asked (else: today)\n"
    "  --format WORD   of the output: csv; text, for a person; or json:\n"
    "                  `payout`, `problems` (records with something wrong) and `records`\n"
    "  --lang zh|en    the language of --format text (else: zh)\n"
    "  --summary FILE  writes JSON: the sums, in all, by state (`states`) and by payer (`payers`, which sum\n"
    "                  to `whole`), how many claims are not final, and `records`: how many ended how, where\n"
    "                  duplicates count as error\n"
    "  --receipt FILE  writes a receipt from which `tuoyu replay` repeats the payout\n"
    "  --previous FILE the receipt of the last payout from this budget. What it paid under an id is not "
    "paid\n"
    "                  again: only what is due beyond it is paid, and what was paid beyond what is due is "
    "told\n"
    "                  (claw_back). The budget goes on from what that payout left; facts that say what was "
    "used\n"
    "                  must count it. A receipt of another rule, another budget or a later day, or one "
    "whose\n"
    "                  sums do not agree, is refused\n"
    "  --previous-claims FILE  the claims of the last payout: it is repeated from them, so that its receipt "
    "is\n"
    "                  proven, and not only its sums\n"
    "  --before-previous FILE  for --previous-claims, where the last payout itself followed on another one: "
    "the\n"
    "                  receipt of that one\n"
    "  --columns NAME  further members of the split of each claim, as `tuoyu run --columns` has them, such "
    "as\n"
    "                  support.payable, support.payers.city, support.instalments.first.due, "
    "support.reasons.zh;\n"
    "                  several with commas between; may be given again\n"
    "  --keep COLUMN   a column of the input that goes out as it is, behind the others of the CSV; may be\n"
    "                  given again\n"
    "  --packs DIR     where packs that others use are found by their id; may be given again\n\n"
    "Exit status: 0 clean, 1 some records are open, in error, duplicate or unreadable, too much was paid\n"
    "before, or the budget is overspent, 2 wrong usage or a file that cannot be read or written.\n";

/* One run of the command. */
struct pay {
    const struct command_line *line;
    const char *input, *output, *id, *format;
    struct claim_file claims;
    struct claim_members members;
    struct payout_output written;
    struct intake intake;
};

/* ---- Writing ---- */

/* Writes a file by `print`; false after saying why it cannot be written. */
static bool write_file(const struct pay *pay, const char *path,
                       void (*print)(const struct payout_output *output, FILE *stream))
{
    struct output_file file;
    if (!output_file_open(&file, path))
        return false;
    print(&pay->written, file.stream);
    return output_file_close(&file, true);
}

/* Writes the output in its format; false after saying why it cannot be written. */
static bool write_output(const struct pay *pay)
{
    bool is_text = strcmp(pay->format, "text") == 0, is_json = strcmp(pay->format, "json") == 0;
    if (is_text)
        return write_file(pay, pay->output, payout_print_text);
    return write_file(pay, pay->output, is_json ? payout_print_json : payout_print_csv);
}

/* Writes the summary if one is wanted; false after saying why it cannot be written. */
static bool write_summary(const struct pay *pay)
{
    const char *path = option_value(pay->line, "summary", NULL);
    return !path || write_file(pay, path, payout_print_summary);
}

/* Writes the receipt if one is wanted; false after saying why it cannot be written. */
static bool write_receipt(const struct pay *pay)
{
    const char *path = option_value(pay->line, "receipt", NULL);
    struct output_file file;
    tuoyu_text *text = NULL;
    if (!path)
        return true;
    if (!output_file_open(&file, path))
        return false;
    must_have_memory(tuoyu_answer_to_receipt(tuoyu_payout_answer(pay->written.payout), &text));
    fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text), file.stream);
    fputc('\n', file.stream);
    tuoyu_text_free(text);
    return output_file_close(&file, true);
}

/* Adds a sum to the line on stderr behind a word; nothing where there is none. */
static void print_number(const char *what, tuoyu_status status, const tuoyu_decimal *number)
{
    char text[TUOYU_DECIMAL_TEXT_SIZE];
    if (status != TUOYU_OK)
        return;
    tuoyu_decimal_to_text(number, text);
    fprintf(stderr, "%s %s", what, text);
}

/* Says how many records are open, and whether what others are paid may still change. */
static void say_what_is_open(const struct pay *pay, const struct payout_counts *counts)
{
    int64_t open = counts->of[TUOYU_RECORDS_READ] - payout_closed_count(counts) - counts->repeated;
    size_t not_final = payout_not_final_count(&pay->written);
    if (counts->repeated)
        fprintf(stderr, told_format("%lld records say the same as others and count once with them\n"),
                (long long)counts->repeated);
    if (open == 0)
        return;
    fprintf(stderr,
            told_format("not final: %lld records are open, in error or unreadable and take nothing; "),
            (long long)open);
    if (not_final)
        fprintf(stderr, told_format("what is paid of %zu others may change once they are known\n"),
                not_final);
    else
        fputs(told_format("what is paid of others stays as it is\n"), stderr);
}

/* Says that the budget is overspent, if it is; returns whether it is. */
static bool say_whether_overspent(const tuoyu_payout *payout)
{
    tuoyu_decimal number;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (!payout_is_overspent(payout, &number))
        return false;
    tuoyu_decimal_to_text(&number, digits);
    fprintf(stderr, told_format("the budget is overspent by %s: nothing is paid\n"), digits);
    return true;
}

/* Says what was paid too much, if something was; returns whether it was. */
static bool say_what_to_claw_back(const tuoyu_payout *payout)
{
    tuoyu_decimal number;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    size_t count = tuoyu_payout_state_count(payout, TUOYU_CLAIM_CLAW_BACK);
    if (count == 0 || tuoyu_payout_claw_back(payout, &number) != TUOYU_OK)
        return false;
    tuoyu_decimal_to_text(&number, digits);
    fprintf(stderr, told_format("%zu claims were paid too much before: %s to be clawed back\n"), count,
            digits);
    return true;
}

/* Prints the sums and counts on stderr. Returns the exit status. */
static int sum_up(const struct pay *pay)
{
    const tuoyu_payout *payout = pay->written.payout;
    struct payout_counts counts = payout_record_counts(&pay->written);
    tuoyu_decimal number;
    fprintf(stderr, told_format("%s: %lld claims"), pay->output, (long long)counts.of[TUOYU_RECORDS_READ]);
    print_number(told_format(", budget"), tuoyu_payout_budget(payout, &number), &number);
    print_number(told_format(", paid"), tuoyu_payout_paid(payout, &number), &number);
    print_number(told_format(", left"), tuoyu_payout_left(payout, &number), &number);
    print_number(told_format(", unpaid"), tuoyu_payout_unpaid(payout, &number), &number);
    fputs(told_format("\nrecords: "), stderr);
    write_text_records(stderr, counts.of, message_language());
    fputc('\n', stderr);
    bool is_overspent = say_whether_overspent(payout);
    bool is_to_claw_back = say_what_to_claw_back(payout);
    say_what_is_open(pay, &counts);
    bool is_closed = payout_closed_count(&counts) == counts.of[TUOYU_RECORDS_READ];
    return is_closed && !is_overspent && !is_to_claw_back ? EXIT_CLEAN : EXIT_FINDINGS;
}

/* ---- Running ---- */

/* Reads the claims, pays them and writes all files. Returns an exit status. */
static int pay_claims(struct pay *pay, tuoyu_policy *policy, tuoyu_budget *budget)
{
    tuoyu_payout *payout = NULL;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    int result = EXIT_USAGE;
    struct claim_options options = {
        .id = pay->id,
        .kept = option_values(pay->line, "keep"),
        .members = &pay->members,
        .intake = &pay->intake,
    };
    if (claim_file_read(&pay->claims, pay->input, &options, policy, budget)) {
        tuoyu_status status = must_have_memory(tuoyu_budget_pay(budget, &payout, diagnostics));
        print_findings(diagnostics);
        pay->written.payout = payout;
        pay->written.claims = &pay->claims;
        pay->written.members = &pay->members;
        if (status != TUOYU_OK)
            result = EXIT_FINDINGS;
        else if (write_output(pay) && write_summary(pay) && write_receipt(pay))
            result = sum_up(pay);
    }
    tuoyu_payout_free(payout);
    tuoyu_diagnostics_free(diagnostics);
    claim_file_free(&pay->claims);
    return result;
}

/* Reads the facts of the budget itself, if a file is named. Returns false after saying what is wrong with
 * them. */
static bool read_facts(const struct command_line *line, tuoyu_case *facts)
{
    enum { CASE_LARGEST = 64 * 1024 * 1024 }; /* bytes; the library's own limit is lower */
    const char *path = option_value(line, "case", NULL);
    struct text_file file;
    if (!path)
        return true;
    if (!text_file_read(path, CASE_LARGEST, &file))
        return false;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_status status =
        must_have_memory(tuoyu_case_read(facts, path, strlen(path), file.bytes, file.length, diagnostics));
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    text_file_free(&file);
    return status == TUOYU_OK;
}

/* Whether the output is the input itself, which is said. */
static bool is_the_input(const struct pay *pay)
{
    FILE *stream = strcmp(pay->input, "-") == 0 ? NULL : fopen(pay->input, "rb");
    bool is_same = stream && is_same_file(stream, pay->output);
    if (stream)
        fclose(stream);
    if (is_same)
        tell("tuoyu: %s: is the input itself and would be lost; name another --output", pay->output);
    return is_same;
}

/* Lets the budget follow on the payout of --previous, if it is given. Returns false after saying why not. */
static bool follow_previous(struct pay *pay, tuoyu_policy *policy, tuoyu_budget *budget)
{
    const char *receipt = option_value(pay->line, "previous", NULL);
    struct payout_source source = {.claims = option_value(pay->line, "previous-claims", NULL),
                                   .id = pay->id,
                                   .previous = option_value(pay->line, "before-previous", NULL),
                                   .intake = &pay->intake};
    if (!receipt)
        return true;
    if (!follow_payout(budget, receipt))
        return false;
    if (source.claims)
        return prove_payout(policy, receipt, &source);
    tell("note: %s: its sums agree; what it paid to each claim is proven by --previous-claims only", receipt);
    return true;
}

/* Makes the columns of --columns and pays. Returns an exit status. */
static int pay_with_members(struct pay *pay, tuoyu_policy *policy, tuoyu_budget *budget, const char *rule,
                            int32_t as_of)
{
    bool is_open =
        claim_members_open(&pay->members, policy, rule, option_values(pay->line, "columns"), as_of);
    int result =
        is_open && follow_previous(pay, policy, budget) ? pay_claims(pay, policy, budget) : EXIT_USAGE;
    claim_members_close(&pay->members);
    return result;
}

/* Whether a file that is written is the receipt of the last payout, which is said. */
static bool is_the_previous(const struct pay *pay)
{
    static const char *const WRITTEN[] = {"output", "receipt", "summary"};
    const char *previous = option_value(pay->line, "previous", NULL);
    FILE *stream = previous ? fopen(previous, "rb") : NULL;
    bool is_same = false;
    for (size_t i = 0; stream && i < sizeof WRITTEN / sizeof *WRITTEN && !is_same; i++) {
        const char *path = option_value(pay->line, WRITTEN[i], NULL);
        is_same = path && is_same_file(stream, path);
    }
    if (stream)
        fclose(stream);
    if (is_same)
        tell("tuoyu: %s: is the receipt of the last payout and would be lost; write to another file",
             previous);
    return is_same;
}

/* Checks the options and runs the command. Returns an exit status. */
static int pay_line(const struct command_line *line)
{
    static const char *const FORMATS[] = {"csv", "text", "json", NULL};
    struct pay pay = {.line = line,
                      .input = option_value(line, "input", NULL),
                      .output = option_value(line, "output", NULL),
                      .id = option_value(line, "id", "id")};
    const char *rule = option_value(line, "rule", NULL);
    tuoyu_policy *policy = NULL;
    int32_t as_of;
    if (!rule)
        return usage_error(line, "no --rule is given");
    if (!pay.input)
        return usage_error(line, "no --input is given");
    if (!pay.output)
        return usage_error(line, "no --output is given");
    pay.format = option_choice(line, "format", FORMATS);
    pay.written.id = pay.id;
    pay.written.is_for_spreadsheet = option_given(line, "excel");
    pay.written.language = pay.format ? option_choice(line, "lang", LANGUAGES) : NULL;
    if (!pay.written.language)
        return EXIT_USAGE;
    const struct word_list *kept = option_values(line, "keep");
    for (size_t i = 0; i < kept->count; i++)
        if (payout_has_column(&pay.written, kept->items[i]))
            return usage_error(line,
                               "--keep %s: the output has a column of this name; rename that of the input",
                               kept->items[i]);
    if (!option_as_of(line, &as_of) || is_the_input(&pay) || is_the_previous(&pay))
        return EXIT_USAGE;
    int result = load_policy(line, &policy, NULL);
    if (result != EXIT_CLEAN)
        return result;
    tuoyu_case *facts = NULL;
    must_have_memory(tuoyu_case_new(policy, &facts));
    const char *paths[] = {pay.input,
                           pay.output,
                           option_value(line, "summary", NULL),
                           option_value(line, "receipt", NULL),
                           option_value(line, "case", NULL),
                           option_value(line, "previous", NULL),
                           option_value(line, "previous-claims", NULL),
                           option_value(line, "before-previous", NULL)};
    bool is_good =
        intake_open(&pay.intake, line, paths, sizeof paths / sizeof *paths) && read_facts(line, facts);
    tuoyu_budget *budget = is_good ? open_budget(policy, rule, facts, as_of) : NULL;
    result = budget ? pay_with_members(&pay, policy, budget, rule, as_of) : EXIT_USAGE;
    if (!intake_close(&pay.intake, result != EXIT_USAGE))
        result = EXIT_USAGE;
    tuoyu_budget_free(budget);
    tuoyu_case_free(facts);
    tuoyu_policy_unref(policy);
    return result;
}

/* Runs `tuoyu pay` with its arguments, argv[0] being the command; returns the exit code. */
int pay_command(int argc, char **argv)
{
    struct option options[] = {{.name = "rule", .takes_value = true},
                               {.name = "input", .takes_value = true},
                               {.name = "output", .takes_value = true},
                               {.name = "id", .takes_value = true},
                               {.name = "case", .takes_value = true},
                               {.name = "as-of", .takes_value = true},
                               {.name = "receipt", .takes_value = true},
                               {.name = "format", .takes_value = true},
                               {.name = "lang", .takes_value = true},
                               {.name = "summary", .takes_value = true},
                               {.name = "previous", .takes_value = true},
                               {.name = "previous-claims", .takes_value = true},
                               {.name = "before-previous", .takes_value = true},
                               {.name = "columns", .takes_value = true, .repeats = true},
                               {.name = "keep", .takes_value = true, .repeats = true},
                               SCENARIO_OPTIONS,
                               INTAKE_OPTIONS,
                               {.name = "packs", .takes_value = true, .repeats = true},
                               {.name = NULL}};
    struct command_line line = {.command = "pay",
                                .help = HELP,
                                .more_help =
                                    (const char *const[]){OPTIONS_HELP, SCENARIO_HELP, INTAKE_HELP, NULL},
                                .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    result = pay_line(&line);
    command_line_free(&line);
    return result;
}
