/* SPDX-License-Identifier: Apache-2.0 */
/* Reads --set NAME=VALUE[@DATE] and makes a policy with these changes. */
#include "cli/scenario_changes.h"

#include <string.h>

#include "cli/exit_status.h"
#include "cli/findings.h"

int change_policy(tuoyu_policy **policy, const struct change_list *changes)
{
    if (!changes->count)
        return EXIT_CLEAN;
    tuoyu_diagnostics *diagnostics = must_have_diagnostics();
    tuoyu_policy *changed = NULL;
    tuoyu_status status =
        must_have_memory(tuoyu_policy_with(*policy, changes->items, changes->count, &changed, diagnostics));
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    if (status != TUOYU_OK)
        return EXIT_FINDINGS;
    tuoyu_policy_unref(*policy);
    *policy = changed;
    return EXIT_CLEAN;
}

/* Takes the day behind the last @ off the value, where it is one: a text may have an @ of its own. */
static void take_day(tuoyu_change *change)
{
    change->first_day = TUOYU_CHANGE_ALL_DAYS;
    for (size_t i = change->value_length; i-- > 0;) {
        if (change->value[i] != '@')
            continue;
        int32_t day;
        if (tuoyu_date_from_text(change->value + i + 1, change->value_length - i - 1, &day) == TUOYU_OK) {
            change->first_day = day;
            change->value_length = i;
        }
        return;
    }
}

/* Reads `NAME=VALUE[@DATE]`, also with += and *=. Returns false where there is no =, or no name before it. */
static bool read_change(const char *text, tuoyu_change *change)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return false;
    *change = (tuoyu_change){.parameter = text,
                             .parameter_length = (size_t)(equals - text),
                             .value = equals + 1,
                             .value_length = strlen(equals + 1),
                             .operation = TUOYU_CHANGE_SET};
    if (equals[-1] == '+')
        change->operation = TUOYU_CHANGE_ADD;
    if (equals[-1] == '*')
        change->operation = TUOYU_CHANGE_SCALE;
    if (change->operation != TUOYU_CHANGE_SET)
        change->parameter_length--;
    take_day(change);
    return change->parameter_length > 0;
}

int change_policy_by_options(const struct command_line *line, tuoyu_policy **policy)
{
    const struct word_list *texts = option_values(line, "set");
    const char *reason = option_value(line, "reason", NULL);
    struct change_list changes = {.items = NULL};
    int result = EXIT_CLEAN;
    if (reason && !texts->count)
        result = usage_error(line, "--reason says why numbers are changed, but there is no --set");
    for (size_t i = 0; i < texts->count && result == EXIT_CLEAN; i++) {
        tuoyu_change change;
        if (!read_change(texts->items[i], &change)) {
            result = usage_error(line, "--set %s: write it as NAME=VALUE or NAME=VALUE@2025-01-31",
                                 texts->items[i]);
            break;
        }
        change.reason = reason;
        change.reason_length = reason ? strlen(reason) : 0;
        change_list_add(&changes, &change);
    }
    if (result == EXIT_CLEAN)
        result = change_policy(policy, &changes);
    change_list_free(&changes);
    return result;
}
