/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the packs that a line names, with those that they use, into one policy. */
#include "cli/loading.h"

#include <string.h>

#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/pack_choice.h"
#include "cli/scenario_changes.h"

/* Loads the chosen packs and prints the findings. Returns an exit status. */
static int load_chosen(const struct pack_choice *choice, const struct pack_files *files,
                       tuoyu_policy **policy)
{
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_status status = pack_choice_load(choice, files, NULL, policy, diagnostics);
    print_findings(diagnostics);
    print_searched_folders(files, diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    return status == TUOYU_OK ? EXIT_CLEAN : EXIT_FINDINGS;
}

int load_policy(const struct command_line *line, tuoyu_policy **policy, struct word_list *named_ids)
{
    *policy = NULL;
    if (!line->arguments.count)
        return usage_error(line, "no PACK is named");
    struct pack_files files;
    struct pack_choice choice = {.indexes = NULL};
    int result = EXIT_CLEAN;
    if (!pack_files_read(&files, &line->arguments, option_values(line, "packs")))
        result = EXIT_USAGE;
    for (size_t i = 0; i < files.named && result == EXIT_CLEAN; i++)
        if (!pack_choice_add(&choice, &files, i))
            result = EXIT_USAGE;
    if (result == EXIT_CLEAN)
        result = load_chosen(&choice, &files, policy);
    if (result == EXIT_CLEAN)
        result = change_policy_by_options(line, policy);
    for (size_t i = 0; named_ids && i < files.named && result == EXIT_CLEAN; i++)
        word_list_add(named_ids, must_copy(files.items[i].id, strlen(files.items[i].id)));
    pack_choice_free(&choice);
    pack_files_free(&files);
    return result;
}
