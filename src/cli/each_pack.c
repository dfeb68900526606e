/* SPDX-License-Identifier: Apache-2.0 */
/* Loads each pack of a call by itself, then all of them together. */
#include "cli/each_pack.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/pack_choice.h"

/* ---- One by one ---- */

/* Loads one pack with those that it uses, prints what is new about it, and visits it. Returns an exit
 * status. */
static int visit_one(struct pack_files *files, size_t index, struct seen_findings *seen,
                     const struct pack_visits *visits)
{
    struct pack_choice choice = {.indexes = NULL};
    if (!pack_choice_add(&choice, files, index)) {
        pack_choice_free(&choice);
        return EXIT_USAGE;
    }
    const tuoyu_load_options options = {.size = sizeof options, .is_analysed = visits->is_analysed};
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_policy *policy = NULL;
    tuoyu_status status = pack_choice_load(&choice, files, &options, &policy, diagnostics);
    print_new_findings(diagnostics, seen);
    print_searched_folders(files, diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    bool good = status == TUOYU_OK && visits->visit(policy, files->items[index].id, visits->context);
    if (good && visits->is_apart && visits->visit_together)
        good = visits->visit_together(policy, NULL, visits->context);
    tuoyu_policy_unref(policy);
    pack_choice_free(&choice);
    return good ? EXIT_CLEAN : EXIT_FINDINGS;
}

/* ---- Together ---- */

/* Chooses the clean packs with those that they use; false after saying that two claim one id. */
static bool choose_clean(struct pack_files *files, const bool *is_clean, struct pack_choice *choice)
{
    for (size_t i = 0; i < files->named; i++)
        if (is_clean[i] && !pack_choice_add(choice, files, i))
            return false;
    return true;
}

/* Loads all chosen packs together. The limits grow with their number, because a list may be longer than
 * what is meant to be loaded together, and that is no finding. Returns TUOYU_OK or the status of the
 * first error. */
static tuoyu_status load_all(const struct pack_choice *choice, const struct pack_files *files,
                             tuoyu_policy **policy, tuoyu_diagnostics *diagnostics)
{
    enum { STEPS_A_PACK = 10000000, BYTES_A_PACK = 32 * 1024 * 1024 };
    const tuoyu_limits limits = {.size = sizeof limits,
                                 .load_steps = choice->count * (size_t)STEPS_A_PACK,
                                 .load_bytes = choice->count * (size_t)BYTES_A_PACK};
    const tuoyu_load_options options = {.size = sizeof options, .limits = &limits};
    return pack_choice_load(choice, files, &options, policy, diagnostics);
}

/* Whether the clean packs can be loaded together; says why not. */
static bool go_together(struct pack_files *files, const bool *is_clean, struct seen_findings *seen,
                        const struct pack_visits *visits)
{
    struct pack_choice choice = {.indexes = NULL};
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    bool is_good = choose_clean(files, is_clean, &choice);
    tuoyu_policy *policy = NULL;
    if (is_good && choice.count > (visits->visit_together ? 0 : 1))
        is_good = load_all(&choice, files, &policy, diagnostics) == TUOYU_OK;
    if (policy && visits->visit_together)
        visits->visit_together(policy, NULL, visits->context);
    tuoyu_policy_unref(policy);
    if (!is_good) {
        fputs("tuoyu: these packs are clean one by one, but cannot be loaded together:\n", stderr);
        print_new_findings(diagnostics, seen);
    }
    tuoyu_diagnostics_free(diagnostics);
    pack_choice_free(&choice);
    return is_good;
}

/* ---- All ---- */

/* Visits each pack; fills is_clean by index and returns the worst exit status. */
static int visit_each(struct pack_files *files, struct pack_visits *visits, bool *is_clean,
                      struct seen_findings *seen)
{
    int worst = EXIT_CLEAN;
    for (size_t i = 0; i < files->named; i++) {
        int result = visit_one(files, i, seen, visits);
        is_clean[i] = result == EXIT_CLEAN;
        if (!is_clean[i])
            visits->bad++;
        if (result > worst)
            worst = result;
    }
    return worst;
}

int for_each_pack(const struct command_line *line, struct pack_visits *visits)
{
    if (!line->arguments.count)
        return usage_error(line, "no PACK is named");
    struct pack_files files;
    struct seen_findings seen = {.texts = {.items = NULL}};
    int worst = EXIT_CLEAN;
    if (!pack_files_read(&files, &line->arguments, option_values(line, "packs"))) {
        worst = EXIT_USAGE;
        visits->bad = line->arguments.count - files.named;
    }
    bool *is_clean = must_resize(NULL, files.named + 1, sizeof *is_clean);
    int result = visit_each(&files, visits, is_clean, &seen);
    if (result > worst)
        worst = result;
    visits->do_not_go_together = !visits->is_apart && !go_together(&files, is_clean, &seen, visits);
    if (visits->do_not_go_together && worst == EXIT_CLEAN)
        worst = EXIT_FINDINGS;
    free(is_clean);
    seen_findings_free(&seen);
    pack_files_free(&files);
    return worst;
}
