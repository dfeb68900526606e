/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the indicators of a board with empty tallies, and asks them for measures. */
#include "cli/board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/findings.h"
#include "cli/tell.h"

/* Opens the indicator of a rule with an empty tally. Where that fails, line->problem says why. */
static void open_line(struct board_line *line, struct board *board, size_t rule)
{
    *line = (struct board_line){.name = tuoyu_policy_rule_name(board->policy, rule), .rule = rule};
    tuoyu_diagnostics *diagnostics = must_have_output_diagnostics();
    tuoyu_status status = tuoyu_policy_indicator(board->policy, line->name, TUOYU_NUL_TERMINATED,
                                                 &line->indicator, diagnostics);
    if (must_have_memory(status) == TUOYU_OK)
        status =
            must_have_memory(tuoyu_indicator_tally(line->indicator, board->as_of, &line->tally, diagnostics));
    if (status != TUOYU_OK)
        line->problem = findings_in_one_line(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
}

/* Opens the indicator of a name as a line of the board; false after saying what is wrong. */
static bool find_named(struct board *board, const char *name)
{
    tuoyu_diagnostics *diagnostics = must_have_output_diagnostics();
    size_t rule = 0;
    tuoyu_status status =
        tuoyu_policy_find_rule(board->policy, name, TUOYU_NUL_TERMINATED, &rule, diagnostics);
    bool good = must_have_memory(status) == TUOYU_OK;
    print_findings(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    if (good && tuoyu_policy_rule_kind(board->policy, rule) != TUOYU_RULE_INDICATOR) {
        tell("tuoyu: %s is no indicator", name);
        return false;
    }
    if (good)
        open_line(&board->lines[board->count++], board, rule);
    return good;
}

/* Whether the rule `pack.id:name` belongs to one of the packs. */
static bool is_of_packs(const char *rule, const struct word_list *packs)
{
    size_t length = strcspn(rule, ":");
    for (size_t i = 0; i < packs->count; i++)
        if (strlen(packs->items[i]) == length && memcmp(packs->items[i], rule, length) == 0)
            return true;
    return false;
}

/* Opens all indicators of the packs; NULL for all packs. */
static void open_lines(struct board *board, const struct word_list *packs)
{
    for (size_t rule = 0; rule < tuoyu_policy_rule_count(board->policy); rule++)
        if (tuoyu_policy_rule_kind(board->policy, rule) == TUOYU_RULE_INDICATOR &&
            (!packs || is_of_packs(tuoyu_policy_rule_name(board->policy, rule), packs)))
            open_line(&board->lines[board->count++], board, rule);
}

bool board_open(struct board *board, tuoyu_policy *policy, const struct word_list *names,
                const struct word_list *packs, int32_t as_of)
{
    size_t rules = tuoyu_policy_rule_count(policy);
    *board = (struct board){.policy = policy, .as_of = as_of};
    board->lines = must_resize(NULL, names->count + rules, sizeof *board->lines);
    for (size_t i = 0; i < names->count; i++)
        if (!find_named(board, names->items[i]))
            return false;
    if (!board->count)
        open_lines(board, packs);
    if (!board->count)
        open_lines(board, NULL);
    if (!board->count)
        tell("tuoyu: these packs have no indicator");
    return board->count > 0;
}

/* Frees what the board keeps of a file. */
static void close_file(struct board_file *file)
{
    for (size_t i = 0; i < file->named_count; i++)
        free(file->named[i].reason);
    for (size_t i = 0; i < file->broken_count; i++)
        free(file->broken[i].name);
    free(file->broken);
    free(file->named);
    free(file->entity);
    free(file->path);
}

/* Frees the board and all that it holds. */
void board_close(struct board *board)
{
    for (size_t i = 0; i < board->file_count; i++)
        close_file(&board->files[i]);
    free(board->files);
    for (size_t i = 0; i < board->count; i++) {
        tuoyu_tally_free(board->lines[i].tally);
        tuoyu_indicator_unref(board->lines[i].indicator);
        free(board->lines[i].problem);
    }
    free(board->lines);
    *board = (struct board){.lines = NULL};
}

bool line_counts(const struct board_line *line, const char *entity)
{
    const char *known;
    for (size_t i = 0; line->indicator && (known = tuoyu_indicator_entity(line->indicator, i)); i++)
        if (strcmp(known, entity) == 0)
            return true;
    return false;
}

char *board_first_unreadable(const struct board *board, const struct board_line *line)
{
    for (size_t i = 0; i < board->file_count; i++) {
        const struct board_file *file = &board->files[i];
        if (file->unreadable && line_counts(line, file->entity))
            return must_format("%s:%zu: %s", file->path, file->named[0].line, file->named[0].reason);
    }
    return NULL;
}

bool line_has_region(const struct board_line *line, const char *region)
{
    const char *known;
    for (size_t i = 0; line->indicator && (known = tuoyu_indicator_region(line->indicator, i)); i++)
        if (strcmp(known, region) == 0)
            return true;
    return false;
}

tuoyu_measure *board_measure(const struct board_line *line, const char *region, const char *region_id,
                             char **problem)
{
    *problem = NULL;
    tuoyu_measure *measure = NULL;
    if (!line->tally) {
        *problem = must_copy(line->problem, strlen(line->problem));
        return NULL;
    }
    tuoyu_diagnostics *diagnostics = must_have_output_diagnostics();
    tuoyu_status status = must_have_memory(tuoyu_tally_measure(
        line->tally, region, TUOYU_NUL_TERMINATED, region_id, TUOYU_NUL_TERMINATED, &measure, diagnostics));
    if (status != TUOYU_OK)
        *problem = findings_in_one_line(diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    return measure;
}
