/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/each_pack.h"

#include "cli/exit_status.h"
#include "cli/findings.h"
#include "cli/pack_files.h"

static int visit_one(struct pack_files *files, size_t index, struct seen_findings *seen, pack_visitor *visit, void *context)
{
    struct pack_choice choice = {.indexes = NULL};
    if (!pack_choice_add(&choice, files, index)) {
        pack_choice_free(&choice);
        return EXIT_USAGE;
    }
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_policy *policy = NULL;
    tuoyu_status status = pack_choice_load(&choice, files, &policy, diagnostics);
    print_new_findings(diagnostics, seen);
    print_searched_folders(files, diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    bool good = status == TUOYU_OK && visit(policy, files->items[index].id, context);
    tuoyu_policy_unref(policy);
    pack_choice_free(&choice);
    return good ? EXIT_CLEAN : EXIT_FINDINGS;
}

int for_each_pack(const struct command_line *line, pack_visitor *visit, void *context, size_t *bad)
{
    *bad = 0;
    if (!line->arguments.count) return usage_error(line, "no PACK is named");
    struct pack_files files;
    struct seen_findings seen = {.texts = {.items = NULL}};
    int worst = EXIT_CLEAN;
    if (!pack_files_read(&files, &line->arguments, option_values(line, "packs"))) {
        worst = EXIT_USAGE;
        *bad = line->arguments.count - files.named;
    }
    for (size_t i = 0; i < files.named; i++) {
        int result = visit_one(&files, i, &seen, visit, context);
        if (result != EXIT_CLEAN) (*bad)++;
        if (result > worst) worst = result;
    }
    seen_findings_free(&seen);
    pack_files_free(&files);
    return worst;
}
