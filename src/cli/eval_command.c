/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu eval`: answers one case, or an indicator over a folder of rows, by one rule. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/board.h"
#include "cli/case_rule.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/loading.h"
#include "cli/measure_json.h"
#include "cli/output_file.h"
#include "cli/scenario_changes.h"
#include "cli/tell.h"
#include "cli/text_file.h"

static const char HELP[] =
    "usage: tuoyu eval PACK… --rule NAME --case FILE [--as-of DATE] [--explain] [--lang zh|en] [--format "
    "text|json]\n"
    "                  [--for parent|official|engineer] [--receipt FILE] [--packs DIR]…\n"
    "       tuoyu eval PACK… --rule INDICATOR --data DIR …\n" SCENARIO_USAGE INTAKE_USAGE "\n"
    "Answers one case by one rule; an indicator is answered over the rows of a folder.\n\n"
    "  --rule NAME     a rule by its name, or pack.id:name\n"
    "  --case FILE     facts in YAML or JSON: `child: {birth_date: 2024-01-31}`; - is the standard input\n"
    "  --data DIR      for an indicator: holds ENTITY.csv of each entity that is counted\n"
    "  --as-of DATE    the day on which the rule is asked (else: today)\n"
    "  --explain       shows every step with its numbers, and the parameter and the clause behind it; with "
    "--format json as\n"
    "                  a tree under the last key, `explanation`\n"
    "  --for READER    who reads it: parent, a dozen lines of plain words; official, the result; engineer, "
    "as "
    "--explain\n"
    "                  (else: official)\n"
    "  --lang zh|en    the language of the text (else: zh)\n"
    "  --format WORD   text, for a person, or json (else: text)\n"
    "  --receipt FILE  writes a receipt beside the answer: `tuoyu replay` repeats the decision from it. A "
    "file that is there\n"
    "                  keeps its mode; a link is followed\n"
    "  --packs DIR     where packs that others use are found by their id; may be given "
    "again\n\n"
    "Exit status: 0 answered (also when facts are missing: the answer says which), 1 the pack or a fact is "
    "wrong,\n"
    "2 wrong usage or a file that cannot be read.\n";

/* One run of the command. */
struct eval {
    const struct command_line *line;
    tuoyu_policy *policy;
    const char *rule, *language, *format;
    int32_t reader; /* TUOYU_READER_… */
    int32_t as_of;
};

/* Prints the answer as JSON. measure: that of the answer where it is an indicator's, else NULL. */
static void print_json(const struct eval *eval, const tuoyu_answer *answer, const tuoyu_measure *measure)
{
    tuoyu_text *text = NULL, *tree = NULL;
    if (eval->reader == TUOYU_READER_ENGINEER)
        must_have_memory(tuoyu_answer_explain_json(answer, &tree));
    /* The tree goes before the brace that closes the answer. */
    char *explanation = tree ? must_format(",\"explanation\":%s", tuoyu_text_bytes(tree)) : NULL;
    if (measure) {
        print_measure_json(measure, explanation);
    } else {
        must_have_memory(tuoyu_answer_to_json(answer, &text));
        fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text) - 1, stdout);
        printf("%s}", explanation ? explanation : "");
    }
    putchar('\n');
    free(explanation);
    tuoyu_text_free(text);
    tuoyu_text_free(tree);
}

/* Prints the answer for a person, ended by a line feed. */
static void print_text(const struct eval *eval, const tuoyu_answer *answer)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_answer_explain_for(answer, eval->reader, eval->language, &text));
    size_t length = tuoyu_text_length(text);
    fwrite(tuoyu_text_bytes(text), 1, length, stdout);
    if (length && tuoyu_text_bytes(text)[length - 1] != '\n')
        putchar('\n');
    tuoyu_text_free(text);
}

/* Writes the receipt of the answer; false after saying why it cannot be written. */
static bool write_receipt(const char *path, const tuoyu_answer *answer)
{
    struct output_file file;
    tuoyu_text *text = NULL;
    if (!output_file_open(&file, path))
        return false;
    must_have_memory(tuoyu_answer_to_receipt(answer, &text));
    fwrite(tuoyu_text_bytes(text), 1, tuoyu_text_length(text), file.stream);
    fputc('\n', file.stream);
    tuoyu_text_free(text);
    return output_file_close(&file, true);
}

/* Prints the answer and writes its receipt if one is wanted. Returns an exit status; the answer is printed
 * also where the receipt cannot be written. */
static int give_answer(const struct eval *eval, const tuoyu_answer *answer, const tuoyu_measure *measure)
{
    const char *path = option_value(eval->line, "receipt", NULL);
    if (strcmp(eval->format, "json") == 0)
        print_json(eval, answer, measure);
    else
        print_text(eval, answer);
    return !path || write_receipt(path, answer) ? EXIT_CLEAN : EXIT_USAGE;
}

/* Answers the case in the file by a rule of the kind. Returns an exit status. */
static int answer_one_case(const struct eval *eval, int32_t kind, const struct text_file *file,
                           const char *path)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_case *facts = NULL;
    struct case_rule rule;
    struct case_answer answer = {.answer = NULL};
    must_have_memory(tuoyu_case_new(eval->policy, &facts));
    tuoyu_status status = case_rule_open(&rule, eval->policy, eval->rule, kind, diagnostics);
    if (status == TUOYU_OK)
        status = must_have_memory(
            tuoyu_case_read(facts, path, strlen(path), file->bytes, file->length, diagnostics));
    if (status == TUOYU_OK)
        status = case_rule_answer(&rule, facts, eval->as_of, &answer, diagnostics);
    print_findings(diagnostics);
    int result = status == TUOYU_OK ? give_answer(eval, answer.answer, NULL) : EXIT_FINDINGS;
    case_answer_free(&answer);
    case_rule_close(&rule);
    tuoyu_case_free(facts);
    tuoyu_diagnostics_free(diagnostics);
    return result;
}

/* Checks the options for a case and answers it. Returns an exit status. */
static int eval_case(const struct eval *eval, int32_t kind)
{
    enum { CASE_LARGEST = 64 * 1024 * 1024 }; /* bytes; the library's own limit is lower */
    const char *path = option_value(eval->line, "case", NULL);
    if (option_given(eval->line, "data"))
        return usage_error(eval->line, "%s is no indicator: it needs --case, not --data", eval->rule);
    if (!path)
        return usage_error(eval->line, "no --case is given");
    struct text_file file;
    if (!text_file_read(path, CASE_LARGEST, &file))
        return EXIT_USAGE;
    int result = answer_one_case(eval, kind, &file, path);
    text_file_free(&file);
    return result;
}

/* Measures an indicator over the rows of a folder. Returns an exit status. */
static int eval_indicator(const struct eval *eval)
{
    const char *data = option_value(eval->line, "data", NULL);
    if (!data || option_given(eval->line, "case"))
        return usage_error(
            eval->line, "%s is an indicator: it needs --data DIR with the rows that it counts, and no --case",
            eval->rule);
    struct word_list names = {.items = NULL}, no_packs = {.items = NULL};
    word_list_add(&names, eval->rule);
    struct board board;
    struct intake intake;
    int result = EXIT_USAGE;
    const char *paths[] = {option_value(eval->line, "receipt", NULL)};
    bool is_open = board_open(&board, eval->policy, &names, &no_packs, eval->as_of);
    is_open = intake_open(&intake, eval->line, paths, 1) && is_open;
    board.intake = &intake;
    board.digests_rows = option_given(eval->line, "receipt");
    if (is_open && board_read(&board, data)) {
        char *problem;
        tuoyu_measure *measure = board_measure(&board.lines[0], NULL, NULL, &problem);
        if (measure)
            result = give_answer(eval, tuoyu_measure_answer(measure), measure);
        else
            tell("%s: %s", eval->rule, problem);
        if (!measure || (result == EXIT_CLEAN && board.bad_rows))
            result = EXIT_FINDINGS;
        tuoyu_measure_free(measure);
        free(problem);
    }
    board_close(&board);
    word_list_free(&names);
    return intake_close(&intake, result != EXIT_USAGE) ? result : EXIT_USAGE;
}

/* Reads who the answer is for; --explain asks for what an engineer reads. Returns false after saying what is
 * wrong. */
static bool read_reader(struct eval *eval)
{
    static const char *const READERS[] = {"official", "parent", "engineer", NULL};
    const char *reader = option_choice(eval->line, "for", READERS);
    bool with_steps = option_given(eval->line, "explain");
    if (!reader)
        return false;
    bool is_parent = strcmp(reader, "parent") == 0;
    if (is_parent && (with_steps || strcmp(eval->format, "json") == 0)) {
        usage_error(eval->line, "--for parent is a short text: leave out %s",
                    with_steps ? "--explain" : "--format json");
        return false;
    }
    if (is_parent)
        eval->reader = TUOYU_READER_PARENT;
    else
        eval->reader =
            with_steps || strcmp(reader, "engineer") == 0 ? TUOYU_READER_ENGINEER : TUOYU_READER_OFFICIAL;
    return true;
}

/* Checks the options and answers by the rule. Returns an exit status. */
static int eval_line(struct eval *eval)
{
    static const char *const FORMATS[] = {"text", "json", NULL};
    eval->rule = option_value(eval->line, "rule", NULL);
    eval->language = option_choice(eval->line, "lang", LANGUAGES);
    eval->format = eval->language ? option_choice(eval->line, "format", FORMATS) : NULL;
    if (!eval->format || !read_reader(eval) || !option_as_of(eval->line, &eval->as_of))
        return EXIT_USAGE;
    if (!eval->rule)
        return usage_error(eval->line, "no --rule is given");
    int result = load_policy(eval->line, &eval->policy, NULL);
    if (result != EXIT_CLEAN)
        return result;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    int32_t kind = find_rule_kind(eval->policy, eval->rule, diagnostics);
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    if (!kind)
        result = EXIT_USAGE;
    else
        result = kind == TUOYU_RULE_INDICATOR ? eval_indicator(eval) : eval_case(eval, kind);
    tuoyu_policy_unref(eval->policy);
    return result;
}

/* Runs `tuoyu eval` with its arguments, argv[0] being the command; returns the exit code. */
int eval_command(int argc, char **argv)
{
    struct option options[] = {{.name = "rule", .takes_value = true},
                               {.name = "case", .takes_value = true},
                               {.name = "data", .takes_value = true},
                               {.name = "as-of", .takes_value = true},
                               {.name = "explain"},
                               {.name = "for", .takes_value = true},
                               {.name = "lang", .takes_value = true},
                               {.name = "format", .takes_value = true},
                               {.name = "receipt", .takes_value = true},
                               SCENARIO_OPTIONS,
                               INTAKE_OPTIONS,
                               {.name = "packs", .takes_value = true, .repeats = true},
                               {.name = NULL}};
    struct command_line line = {.command = "eval",
                                .help = HELP,
                                .more_help = (const char *const[]){SCENARIO_HELP, INTAKE_HELP, NULL},
                                .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    struct eval eval = {.line = &line};
    result = eval_line(&eval);
    command_line_free(&line);
    return result;
}
