/* SPDX-License-Identifier: Apache-2.0 */
/* Repeats a payout, and lets a budget follow on one. */
#include "cli/payout_again.h"

#include <stdlib.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/first_difference.h"
#include "cli/tell.h"

enum { RECEIPT_LARGEST = 64 * 1024 * 1024 /* bytes */ };

bool follow_payout(tuoyu_budget *budget, const char *path)
{
    struct text_file file;
    if (!text_file_read(path, RECEIPT_LARGEST, &file))
        return false;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_status status = must_have_memory(tuoyu_budget_follow(budget, file.bytes, file.length, diagnostics));
    if (tuoyu_diagnostics_count(diagnostics))
        tell("tuoyu: %s:", path);
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    text_file_free(&file);
    return status == TUOYU_OK;
}

/* Opens the budget of a receipt with its facts, following on what it followed on. NULL after saying why not.
 */
static tuoyu_budget *open_again(tuoyu_policy *policy, const struct receipt *receipt,
                                const struct payout_source *source)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_case *facts = NULL;
    must_have_memory(tuoyu_case_new(policy, &facts));
    tuoyu_status status = receipt_set_facts(receipt, facts, diagnostics);
    print_findings(diagnostics);
    tuoyu_budget *budget =
        status == TUOYU_OK ? open_budget(policy, receipt->rule, facts, receipt->as_of) : NULL;
    if (budget && source->previous && !follow_payout(budget, source->previous)) {
        tuoyu_budget_free(budget);
        budget = NULL;
    }
    tuoyu_case_free(facts);
    tuoyu_diagnostics_free(diagnostics);
    return budget;
}

tuoyu_payout *payout_again(tuoyu_policy *policy, const struct receipt *receipt,
                           const struct payout_source *source, int *exit_status)
{
    struct claim_file file = {.records = NULL};
    struct claim_options options = {.id = source->id, .intake = source->intake};
    tuoyu_payout *payout = NULL;
    tuoyu_budget *budget = open_again(policy, receipt, source);
    *exit_status = budget ? EXIT_USAGE : EXIT_FINDINGS;
    if (budget && claim_file_read(&file, source->claims, &options, policy, budget)) {
        tuoyu_diagnostics *diagnostics = must_have_diagnostics();
        *exit_status = EXIT_FINDINGS;
        must_have_memory(tuoyu_budget_pay(budget, &payout, diagnostics));
        print_findings(diagnostics);
        tuoyu_diagnostics_free(diagnostics);
    }
    tuoyu_budget_free(budget);
    claim_file_free(&file);
    return payout;
}

/* ---- Proving ---- */

/* Whether two receipts are the same but for the release that made them. */
static bool is_same_receipt(const struct text_file *recorded, const struct receipt *receipt, tuoyu_text *now)
{
    struct receipt_text left = {recorded->bytes, recorded->length},
                        right = {tuoyu_text_bytes(now), tuoyu_text_length(now)};
    while (left.length && left.bytes[left.length - 1] == '\n')
        left.length--;
    return receipt_cut_heads(&left, receipt->engine, &right) && left.length == right.length &&
           memcmp(left.bytes, right.bytes, left.length) == 0;
}

/* Repeats the payout of the receipt that was read, and compares. */
static bool prove(tuoyu_policy *policy, const char *path, const struct text_file *file,
                  const struct receipt *receipt, const struct payout_source *source)
{
    int ignored;
    tuoyu_text *now = NULL;
    tuoyu_payout *payout = payout_again(policy, receipt, source, &ignored);
    if (!payout)
        return false;
    must_have_memory(tuoyu_answer_to_receipt(tuoyu_payout_answer(payout), &now));
    bool is_same = is_same_receipt(file, receipt, now);
    if (!is_same)
        tell("tuoyu: %s: the claims of %s give another payout by these packs than the receipt says; `tuoyu "
             "replay` shows "
             "where",
             path, source->claims);
    tuoyu_text_free(now);
    tuoyu_payout_free(payout);
    return is_same;
}

bool prove_payout(tuoyu_policy *policy, const char *path, const struct payout_source *source)
{
    struct text_file file;
    struct receipt receipt;
    if (!text_file_read(path, RECEIPT_LARGEST, &file))
        return false;
    char *wrong = receipt_read(file.bytes, file.length, &receipt);
    bool is_proven = !wrong && prove(policy, path, &file, &receipt, source);
    if (wrong)
        tell("tuoyu: %s: %s", path, wrong);
    free(wrong);
    receipt_free(&receipt);
    text_file_free(&file);
    return is_proven;
}
