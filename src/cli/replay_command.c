/* SPDX-License-Identifier: Apache-2.0 */
/* `tuoyu replay`: repeats the decision of a receipt with the same packs, and compares byte for byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/board.h"
#include "cli/case_rule.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/first_difference.h"
#include "cli/language.h"
#include "cli/pack_choice.h"
#include "cli/pack_search.h"
#include "cli/payout_again.h"
#include "cli/receipt_reader.h"
#include "cli/scenario_changes.h"
#include "cli/tell.h"

static const char HELP[] =
    "usage: tuoyu replay RECEIPT [--packs DIR]… [--data DIR] [--claims FILE [--id COLUMN] [--previous "
    "RECEIPT]] "
    "PACK…\n" INTAKE_USAGE "\n"
    "Repeats the decision that a receipt (`tuoyu eval --receipt FILE`) records, with the packs that it "
    "names, and compares\n"
    "byte for byte. Packs that the receipt does not name are left aside.\n\n"
    "  --packs DIR     where the receipt's packs are found by their id; may be given again\n"
    "  --data DIR      for an indicator: the folder of rows that it was measured over\n"
    "  --claims FILE   for a payout from a budget: the CSV file of claims that it was made from\n"
    "  --id COLUMN     which column of it has the ids (else: id)\n"
    "  --previous FILE for a payout that followed on another one: the receipt of that one\n\n" INTAKE_HELP
    "\n"
    "Exit status: 0 the same, 1 a pack or the outcome is another one, or the receipt is wrong, 2 wrong usage "
    "or a file that\n"
    "cannot be read.\n";

/* One run of the command. */
struct replay {
    const struct command_line *line;
    const char *path;
    struct text_file file;
    struct receipt receipt;
    struct pack_files files;
    struct pack_choice choice; /* the receipt's packs, in its order */
    tuoyu_policy *policy;
    struct intake *intake; /* how rows and claims are read */
};

/* ---- The packs ---- */

/* Whether a file is a pack of this id; its sum is then in sum. */
static bool is_pack(const struct pack_file *file, const struct receipt_pack *pack,
                    char sum[TUOYU_SHA256_TEXT_SIZE])
{
    if (!file->id || strcmp(file->id, pack->id) != 0)
        return false;
    const tuoyu_pack_text text = {.text = file->text.bytes, .text_length = file->text.length};
    must_have_memory(tuoyu_pack_sha256(&text, sum));
    return true;
}

/* Finds a pack of the receipt among chosen files: of several versions the one with the receipt's sum, else
 * the first. Returns false where there is none. */
static bool find_in(const struct pack_choice *choice, const struct pack_files *files,
                    const struct receipt_pack *pack, size_t *index)
{
    char sum[TUOYU_SHA256_TEXT_SIZE];
    bool is_found = false;
    for (size_t i = 0; i < choice->count; i++) {
        if (!is_pack(&files->items[choice->indexes[i]], pack, sum))
            continue;
        bool is_same = strcmp(sum, pack->sum) == 0;
        if (!is_found || is_same)
            *index = choice->indexes[i];
        is_found = true;
        if (is_same)
            break;
    }
    return is_found;
}

/* Whether no two named files claim one id, unless they are versions of one pack; says which do. */
static bool are_distinct(const struct pack_files *files)
{
    for (size_t i = 0; i < files->named; i++) {
        for (size_t k = i + 1; k < files->named; k++) {
            const struct pack_file *left = &files->items[i], *right = &files->items[k];
            if (!left->id || !right->id || strcmp(left->id, right->id) != 0 || are_versions(left, right))
                continue;
            tell("tuoyu: %s and %s both say that they are %s; name the one that is meant", left->path,
                 right->path, left->id);
            return false;
        }
    }
    return true;
}

/* Chooses the named packs and all that they use; false after saying what is ambiguous. */
static bool choose_given(struct replay *replay, struct pack_choice *given)
{
    for (size_t i = 0; i < replay->files.named; i++)
        if (!pack_choice_add(given, &replay->files, i))
            return false;
    return true;
}

/* Finds a pack of the receipt among the given ones, else in the folders. Returns an exit status after saying
 * what is missing. */
static int find_pack(struct replay *replay, const struct pack_choice *given, const struct receipt_pack *pack,
                     size_t *index)
{
    if (find_in(given, &replay->files, pack, index))
        return EXIT_CLEAN;
    size_t search = 0;
    bool has_folders = replay->files.folders->count > 0;
    enum pack_found found =
        has_folders ? pack_search(&replay->files, 0, pack->id, index, &search) : PACK_NOT_FOUND;
    if (found == PACK_FOUND) {
        struct pack_choice versions = {.indexes = NULL};
        pack_choice_add_versions(&versions, &replay->files, *index, search);
        find_in(&versions, &replay->files, pack, index);
        pack_choice_free(&versions);
        return EXIT_CLEAN;
    }
    if (found == PACK_AMBIGUOUS)
        return EXIT_USAGE;
    tell("tuoyu: %s: the pack %s is missing: name its file, or its folder by --packs DIR", replay->path,
         pack->id);
    return EXIT_FINDINGS;
}

/* Whether the text of a pack is the one that the receipt was made with; says so if it is not. */
static bool has_sum(const struct replay *replay, const struct receipt_pack *pack,
                    const struct pack_file *file)
{
    char sum[TUOYU_SHA256_TEXT_SIZE];
    if (is_pack(file, pack, sum) && strcmp(sum, pack->sum) == 0)
        return true;
    tell("tuoyu: %s: the pack %s is another one now:", replay->path, pack->id);
    tell("  receipt: SHA-256 %s", pack->sum);
    tell("  now:     SHA-256 %s (%s)", sum, file->path);
    return false;
}

/* Finds all packs of the receipt, and says of the first that are missing, or another one, which they are.
 * Returns an exit status. */
static int choose_packs(struct replay *replay)
{
    enum { TOLD_MOST = 20 };
    size_t told = 0;
    struct pack_choice given = {.indexes = NULL};
    int result = choose_given(replay, &given) ? EXIT_CLEAN : EXIT_USAGE;
    const struct receipt *receipt = &replay->receipt;
    replay->choice.indexes = must_resize(NULL, receipt->pack_count, sizeof *replay->choice.indexes);
    for (size_t i = 0; i < receipt->pack_count && result != EXIT_USAGE; i++) {
        size_t index = 0;
        if (told == TOLD_MOST) {
            tell("tuoyu: %s: of its %zu packs, those behind these were not looked for", replay->path,
                 receipt->pack_count);
            break;
        }
        int found = find_pack(replay, &given, &receipt->packs[i], &index);
        if (found == EXIT_CLEAN && !has_sum(replay, &receipt->packs[i], &replay->files.items[index]))
            found = EXIT_FINDINGS;
        replay->choice.indexes[replay->choice.count++] = index;
        told += found != EXIT_CLEAN;
        if (found != EXIT_CLEAN)
            result = found;
    }
    pack_choice_free(&given);
    return result;
}

/* Loads the chosen packs, with the changes of the receipt. Returns an exit status. */
static int load_packs(struct replay *replay)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_status status =
        pack_choice_load(&replay->choice, &replay->files, NULL, &replay->policy, diagnostics);
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    return status == TUOYU_OK ? change_policy(&replay->policy, &replay->receipt.changes) : EXIT_FINDINGS;
}

/* ---- The answer ---- */

/* Changes in the words of answers. A receipt that has the former key was made before the release, and cannot
 * be the same byte for byte. */
static const struct word_change {
    const char *former_key, *release, *what;
} WORD_CHANGES[] = {
    {"\"provenance\":", "0.2.0", /* the former word */
     "the former word `provenance` and the `status` of a citation are `standing`, "
     "and parts that have an id stand by it: `lines` are `payers`, `reasons` are `criteria`"},
};

/* Whether an answer that another release recorded is in words of before a change; says which change it met.
 */
static bool is_in_former_words(const struct replay *replay, const char *recorded)
{
    bool is_former = false;
    for (size_t i = 0; i < sizeof WORD_CHANGES / sizeof *WORD_CHANGES; i++) {
        if (!strstr(recorded, WORD_CHANGES[i].former_key))
            continue;
        tell("tuoyu: %s: it is in words of a release before %s, since which %s. Ask for the answer again to "
             "compare what it says",
             replay->path, WORD_CHANGES[i].release, told_format(WORD_CHANGES[i].what));
        is_former = true;
    }
    return is_former;
}

/* Compares the receipt of the new answer with the one that was read. Returns an exit status. */
static int compare_answer(const struct replay *replay, const tuoyu_answer *answer)
{
    tuoyu_text *text = NULL;
    must_have_memory(tuoyu_answer_to_receipt(answer, &text));
    struct receipt_text recorded = {replay->file.bytes, replay->file.length},
                        now = {tuoyu_text_bytes(text), tuoyu_text_length(text)};
    bool is_of_this_release = strcmp(replay->receipt.engine, tuoyu_version()) == 0;
    if (!is_of_this_release)
        tell("note: the receipt was made by tuoyu %s, this is %s", replay->receipt.engine, tuoyu_version());
    (void)receipt_cut_heads(&recorded, replay->receipt.engine, &now);
    bool is_former = !is_of_this_release && is_in_former_words(replay, recorded.bytes);
    bool is_same = !is_former && are_same_texts(recorded.bytes, recorded.length, now.bytes, now.length);
    if (is_same)
        puts("same");
    tuoyu_text_free(text);
    return is_same ? EXIT_CLEAN : EXIT_FINDINGS;
}

/* Repeats the answer to a case. Returns an exit status. */
static int replay_case(const struct replay *replay, int32_t kind)
{
    const struct receipt *receipt = &replay->receipt;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_case *facts = NULL;
    struct case_rule rule;
    struct case_answer answer = {.answer = NULL};
    must_have_memory(tuoyu_case_new(replay->policy, &facts));
    tuoyu_status status = case_rule_open(&rule, replay->policy, receipt->rule, kind, diagnostics);
    if (status == TUOYU_OK)
        status = receipt_set_facts(receipt, facts, diagnostics);
    if (status == TUOYU_OK)
        status = case_rule_answer(&rule, facts, receipt->as_of, &answer, diagnostics);
    print_findings(diagnostics);
    int result = status == TUOYU_OK ? compare_answer(replay, answer.answer) : EXIT_FINDINGS;
    case_answer_free(&answer);
    case_rule_close(&rule);
    tuoyu_case_free(facts);
    tuoyu_diagnostics_free(diagnostics);
    return result;
}

/* Repeats a payout from the file of claims. Returns an exit status. */
static int replay_payout(const struct replay *replay)
{
    const struct receipt *receipt = &replay->receipt;
    struct payout_source source = {.claims = option_value(replay->line, "claims", NULL),
                                   .id = option_value(replay->line, "id", "id"),
                                   .previous = option_value(replay->line, "previous", NULL),
                                   .intake = replay->intake};
    int result;
    if (!source.claims)
        return usage_error(replay->line, "%s paid from a budget: it needs --claims FILE with the claims",
                           receipt->rule);
    tuoyu_payout *payout = payout_again(replay->policy, receipt, &source, &result);
    if (payout)
        result = compare_answer(replay, tuoyu_payout_answer(payout));
    tuoyu_payout_free(payout);
    return result;
}

/* Repeats a measure over the folder of rows. Returns an exit status. */
static int replay_indicator(const struct replay *replay)
{
    const struct receipt *receipt = &replay->receipt;
    const char *data = option_value(replay->line, "data", NULL);
    if (!data)
        return usage_error(replay->line,
                           "%s is an indicator: it needs --data DIR with the rows that it was measured over",
                           receipt->rule);
    struct word_list names = {.items = NULL}, no_packs = {.items = NULL};
    word_list_add(&names, receipt->rule);
    struct board board;
    int result = EXIT_USAGE;
    bool is_open = board_open(&board, replay->policy, &names, &no_packs, receipt->as_of);
    board.digests_rows = receipt->has_row_digest;
    board.intake = replay->intake;
    if (is_open && board_read(&board, data)) {
        char *wrong;
        tuoyu_measure *measure =
            board_measure(&board.lines[0], receipt->region_kind, receipt->region_id, &wrong);
        if (measure)
            result = compare_answer(replay, tuoyu_measure_answer(measure));
        else
            tell("%s: %s", receipt->rule, wrong), result = EXIT_FINDINGS;
        tuoyu_measure_free(measure);
        free(wrong);
    }
    board_close(&board);
    word_list_free(&names);
    return result;
}

/* Repeats the decision by its rule, which must be one of these packs and of the kind that the receipt has
 * inputs for. Returns an exit status. */
static int replay_rule(const struct replay *replay)
{
    const struct receipt *receipt = &replay->receipt;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    int32_t kind = find_rule_kind(replay->policy, receipt->rule, diagnostics);
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    if (!kind)
        return EXIT_FINDINGS;
    if ((kind == TUOYU_RULE_INDICATOR) == !receipt->inputs)
        return !receipt->inputs     ? replay_indicator(replay)
               : receipt->is_payout ? replay_payout(replay)
                                    : replay_case(replay, kind);
    tell("tuoyu: %s: %s", replay->path,
         receipt->inputs ? "the rule is an indicator, but the receipt has no `rows`"
                         : "the rule takes a case, but the receipt has no `inputs`");
    return EXIT_FINDINGS;
}

/* Reads the options about files and repeats the decision. Returns an exit status. */
static int replay_intake(struct replay *replay)
{
    struct intake intake;
    const char *paths[] = {replay->path, option_value(replay->line, "claims", NULL),
                           option_value(replay->line, "previous", NULL)};
    replay->intake = &intake;
    int result = intake_open(&intake, replay->line, paths, 3) ? replay_rule(replay) : EXIT_USAGE;
    return intake_close(&intake, result != EXIT_USAGE) ? result : EXIT_USAGE;
}

/* ---- The command ---- */

/* Reads the receipt. Returns an exit status after saying what is wrong with it. */
static int replay_read(struct replay *replay)
{
    char *wrong = receipt_read(replay->file.bytes, replay->file.length, &replay->receipt);
    if (!wrong)
        return EXIT_CLEAN;
    tell("tuoyu: %s: %s", replay->path, wrong);
    free(wrong);
    return EXIT_FINDINGS;
}

/* Reads everything and repeats the decision. Returns an exit status. */
static int replay_line(struct replay *replay, const struct word_list *packs)
{
    int result = replay_read(replay);
    if (result != EXIT_CLEAN)
        return result;
    if (!pack_files_read(&replay->files, packs, option_values(replay->line, "packs")) ||
        !are_distinct(&replay->files))
        result = EXIT_USAGE;
    if (result == EXIT_CLEAN)
        result = choose_packs(replay);
    if (result == EXIT_CLEAN)
        result = load_packs(replay);
    return result == EXIT_CLEAN ? replay_intake(replay) : result;
}

/* Runs `tuoyu replay` with its arguments, argv[0] being the command; returns the exit code. */
int replay_command(int argc, char **argv)
{
    enum { RECEIPT_LARGEST = 64 * 1024 * 1024 /* bytes */ };
    struct option options[] = {{.name = "packs", .takes_value = true, .repeats = true},
                               {.name = "data", .takes_value = true},
                               {.name = "claims", .takes_value = true},
                               {.name = "id", .takes_value = true},
                               {.name = "previous", .takes_value = true},
                               INTAKE_OPTIONS,
                               {.name = NULL}};
    struct command_line line = {.command = "replay", .help = HELP, .options = options};
    int result;
    if (!command_line_read(&line, argc, argv, &result))
        return result;
    struct word_list packs = {.items = NULL};
    if (line.arguments.count)
        packs = (struct word_list){.items = line.arguments.items + 1, .count = line.arguments.count - 1};
    struct replay replay = {.line = &line};
    if (!line.arguments.count)
        result = usage_error(&line, "no RECEIPT is named");
    else if (!packs.count && !option_given(&line, "packs"))
        result = usage_error(&line, "no PACK is named, and no folder by --packs");
    else {
        replay.path = line.arguments.items[0];
        result = text_file_read(replay.path, RECEIPT_LARGEST, &replay.file) ? replay_line(&replay, &packs)
                                                                            : EXIT_USAGE;
    }
    tuoyu_policy_unref(replay.policy);
    pack_choice_free(&replay.choice);
    pack_files_free(&replay.files);
    receipt_free(&replay.receipt);
    text_file_free(&replay.file);
    command_line_free(&line);
    return result;
}
