/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/table_analysis.h"

#include <stdlib.h>

#include "plan/table_columns.h"

enum {
    STEPS_MOST = 20000000, /* about a fifth of a second */
    INPUTS_MOST = 64,
    SHOWN_MOST = 8         /* findings of one kind */
};

struct analysis {
    struct arena *arena;
    const struct program *program;
    const struct slot *slot;
    const struct decision_table *table;
    struct table_columns columns;
    bool *is_empty;        /* by row: it fits nothing */
    uint32_t *cells;       /* of the sample that was found, by column */
    bool is_independent;   /* no two inputs rest on one fact: every combination of their values can be */
    uint64_t steps;
    bool is_cut_short;
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status;
};

static void fail(struct analysis *analysis, tuoyu_status status)
{
    if (analysis->status == TUOYU_OK) analysis->status = status;
}

/* false: enough was done. */
static bool take_steps(struct analysis *analysis, uint64_t steps)
{
    analysis->steps += steps;
    if (analysis->steps > STEPS_MOST) analysis->is_cut_short = true;
    return !analysis->is_cut_short && !analysis->arena->failed;
}

/* ---- What is shown ---- */

/* `age = 12, kind = "public"`: as a case gives it. */
static struct text show_sample(struct analysis *analysis)
{
    struct text_builder shown;
    text_builder_init_arena(&shown, analysis->arena);
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct table_column *column = &analysis->columns.columns[i];
        struct text name = analysis->table->inputs[i].expression.text;
        if (column->is_opaque) continue;
        struct value value = column->samples[analysis->cells[i]];
        if (column->fact && value.kind == VALUE_NUMBER) number_to_unit(column->fact->unit, value.as.number, &value.as.number);
        text_append_format(&shown, "%s%.*s = ", shown.length ? ", " : "", TEXT_ARGUMENTS(name));
        value_format_literal(&shown, value);
    }
    if (!shown.failed && shown.length == 0) text_append_literal(&shown, "anything");
    return shown.failed ? TEXT("some inputs") : text_builder_text(&shown);
}

static unsigned line_of(const struct analysis *analysis, uint32_t row)
{
    return source_position(analysis->table->rows[row].where).line;
}

static const struct table_row *row_at(const struct analysis *analysis, uint32_t row)
{
    return &analysis->table->rows[row];
}

/* ---- Whether inputs rest on one fact ---- */

/* Marks the facts below a slot with the input's number; false if one has another's. */
static bool mark_facts(const struct program *program, uint32_t index, uint32_t input, uint32_t *marks, uint32_t *stack)
{
    uint32_t count = 1;
    stack[0] = index;
    while (count > 0) {
        uint32_t at = stack[--count];
        const struct slot *slot = program_slot(program, at);
        if (marks[at] == input) continue;
        if (marks[at] && slot->kind == SLOT_FACT) return false;
        marks[at] = input;
        for (uint32_t i = 0; i < slot->dependency_count; i++)
            if (marks[slot->dependencies[i]] != input) stack[count++] = slot->dependencies[i];
    }
    return true;
}

static bool are_independent(struct analysis *analysis)
{
    const struct program *program = analysis->program;
    size_t reads = (size_t)program->read_count + 1;
    uint32_t *marks = ARENA_ARRAY(analysis->arena, uint32_t, program->slot_count);
    uint32_t *stack = ARENA_ARRAY(analysis->arena, uint32_t, reads);
    if (!marks || !stack) return false;
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct expression *input = &analysis->table->inputs[i].expression;
        for (uint32_t j = 0; j < input->symbol_count; j++)
            if (!mark_facts(program, input->symbols[j], i + 1, marks, stack)) return false;
    }
    return true;
}

/* ---- Rows that fit nothing ---- */

static void report_empty(struct analysis *analysis, uint32_t row, uint32_t column)
{
    const struct expression *test = &row_at(analysis, row)->when[column];
    struct text name = analysis->table->inputs[column].expression.text;
    report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, expression_location(test, test->root), TEXT(""),
                   "this row of the table `%.*s` never fits: `%.*s` is never `%.*s`", TEXT_ARGUMENTS(analysis->slot->name),
                   TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(test->text));
}

static void find_empty_rows(struct analysis *analysis)
{
    for (uint32_t i = 0; i < analysis->table->row_count; i++) {
        for (uint32_t j = 0; j < analysis->table->input_count && !analysis->is_empty[i]; j++) {
            const struct cell_set *set = row_cells(&analysis->columns, i, j);
            if (!set->is_known || set->count > 0) continue;
            analysis->is_empty[i] = true;
            report_empty(analysis, i, j);
        }
    }
}

/* ---- Two rows at once ---- */

/* Whether both fit something for certain; analysis->cells is the first such box. */
static bool rows_meet(struct analysis *analysis, uint32_t first, uint32_t second)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct cell_set *left = row_cells(&analysis->columns, first, i), *right = row_cells(&analysis->columns, second, i);
        if (!left->is_known || !right->is_known) return false;
        if (!take_steps(analysis, 1 + (uint64_t)left->count + right->count)) return false;
        if (!cell_sets_meet(left, right, &analysis->cells[i])) return false;
    }
    return true;
}

enum agreement { AGREE, DIFFER, AGREE_BY_CHANCE };

static enum agreement compare_cells(struct analysis *analysis, const struct expression *left, const struct expression *right)
{
    struct value first, second;
    struct arena_mark mark = arena_mark(analysis->arena);
    bool are_constant = constant_value(analysis->arena, left, left->root, &first) &&
                        constant_value(analysis->arena, right, right->root, &second);
    enum agreement agreement = text_equals(left->text, right->text) ? AGREE : AGREE_BY_CHANCE;
    if (are_constant) agreement = value_equals(first, second) == TRUTH_TRUE ? AGREE : DIFFER;
    arena_rewind(analysis->arena, mark);
    return agreement;
}

static enum agreement compare_outputs(struct analysis *analysis, uint32_t first, uint32_t second)
{
    enum agreement all = AGREE;
    for (uint32_t i = 0; i < analysis->table->output_count; i++) {
        enum agreement one = compare_cells(analysis, &row_at(analysis, first)->then[i], &row_at(analysis, second)->then[i]);
        if (one == DIFFER) return DIFFER;
        if (one != AGREE) all = one;
    }
    return all;
}

static void report_overlap(struct analysis *analysis, uint32_t first, uint32_t second, const char *what, bool is_certain)
{
    struct text sample = show_sample(analysis);
    struct text hint = analysis->table->hit == HIT_UNIQUE
                           ? TEXT("let only one row fit, or take the first of them with `hit: F`")
                           : TEXT("let them give the same, or take the first of them with `hit: F`");
    struct text message = text_format(analysis->arena, "two rows of the table `%.*s` fit %.*s%s: those of line %u and line %u",
                                      TEXT_ARGUMENTS(analysis->slot->name), TEXT_ARGUMENTS(sample), what,
                                      line_of(analysis, first), line_of(analysis, second));
    struct location where = row_at(analysis, second)->where;
    if (!message.bytes) return;
    if (is_certain)
        fail(analysis, report(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, where, hint, "%.*s", TEXT_ARGUMENTS(message)));
    else report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, where, hint, "%.*s", TEXT_ARGUMENTS(message));
    report_note(analysis->diagnostics, row_at(analysis, first)->where, "the other row is here");
}

/* Whether a pair that meets was worth a finding. */
static bool judge_overlap(struct analysis *analysis, uint32_t first, uint32_t second)
{
    bool is_certain = analysis->is_independent;
    if (analysis->table->hit == HIT_UNIQUE) {
        report_overlap(analysis, first, second, "", is_certain);
        return true;
    }
    enum agreement agreement = compare_outputs(analysis, first, second);
    if (agreement == AGREE) return false;
    const char *what = agreement == DIFFER ? " and contradict each other" : " and agree only by chance";
    report_overlap(analysis, first, second, what, is_certain && agreement == DIFFER);
    return true;
}

/* Each row against those before it, up to the first that it should not meet. */
static void find_overlaps(struct analysis *analysis)
{
    uint32_t shown = 0;
    for (uint32_t i = 1; i < analysis->table->row_count && shown < SHOWN_MOST; i++) {
        for (uint32_t j = 0; j < i && !analysis->is_cut_short; j++) {
            if (!take_steps(analysis, 1) || !rows_meet(analysis, j, i) || !judge_overlap(analysis, j, i)) continue;
            shown++;
            break;
        }
    }
}

/* ---- What rows leave of a box ---- */

/* A set of cells in each column, and the rows that may take some of it away. */
struct cover {
    struct analysis *analysis;
    const struct cell_set *box; /* by column */
    bool unknown_covers;        /* what a test that is not constant may fit counts as fitted */
};

static bool row_has(const struct cover *cover, uint32_t row, uint32_t column, uint32_t cell)
{
    const struct cell_set *set = row_cells(&cover->analysis->columns, row, column);
    return set->is_known ? cell_set_has(set, cell) : cover->unknown_covers;
}

static int compare_cells_of(const void *left, const void *right)
{
    const struct cell_span *first = left, *second = right;
    return first->first < second->first ? -1 : first->first > second->first;
}

/* The first cell of the box's last column that no row has. */
static bool find_hole_in_last(struct cover *cover, uint32_t column, const uint32_t *rows, uint32_t count)
{
    struct analysis *analysis = cover->analysis;
    size_t total = 0, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct cell_set *set = row_cells(&analysis->columns, rows[i], column);
        if (!set->is_known && cover->unknown_covers) return false;
        total += set->count;
    }
    struct cell_span *spans = ARENA_ARRAY(analysis->arena, struct cell_span, total);
    if (!spans || !take_steps(analysis, 1 + 4 * (uint64_t)total)) return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct cell_set *set = row_cells(&analysis->columns, rows[i], column);
        for (uint32_t j = 0; set->is_known && j < set->count; j++) spans[kept++] = set->spans[j];
    }
    qsort(spans, kept, sizeof *spans, compare_cells_of);
    const struct cell_set *box = &cover->box[column];
    size_t at = 0;
    for (uint32_t i = 0; i < box->count; i++) {
        uint32_t cell = box->spans[i].first;
        while (at < kept && spans[at].first <= cell && cell <= box->spans[i].last) {
            if (spans[at].last >= cell) cell = spans[at].last + 1;
            else at++;
        }
        if (cell > box->spans[i].last) continue;
        analysis->cells[column] = cell;
        return true;
    }
    return false;
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *first = left, *second = right;
    return *first < *second ? -1 : *first > *second;
}

/* Where, within the box's column, the rows that have a cell change: the first cell of each stretch. */
static uint32_t *find_stretches(struct cover *cover, uint32_t column, const uint32_t *rows, uint32_t count, size_t *stretch_count)
{
    struct analysis *analysis = cover->analysis;
    const struct cell_set *box = &cover->box[column];
    size_t total = box->count, kept = 0, distinct = 0;
    for (uint32_t i = 0; i < count; i++) total += 2 * (size_t)row_cells(&analysis->columns, rows[i], column)->count;
    uint32_t *starts = ARENA_ARRAY(analysis->arena, uint32_t, total);
    if (!starts || !take_steps(analysis, 4 * (uint64_t)total)) return NULL;
    for (uint32_t i = 0; i < box->count; i++) starts[kept++] = box->spans[i].first;
    for (uint32_t i = 0; i < count; i++) {
        const struct cell_set *set = row_cells(&analysis->columns, rows[i], column);
        for (uint32_t j = 0; set->is_known && j < set->count; j++) {
            if (cell_set_has(box, set->spans[j].first)) starts[kept++] = set->spans[j].first;
            if (cell_set_has(box, set->spans[j].last + 1)) starts[kept++] = set->spans[j].last + 1;
        }
    }
    qsort(starts, kept, sizeof *starts, compare_numbers);
    for (size_t i = 0; i < kept; i++)
        if (distinct == 0 || starts[distinct - 1] != starts[i]) starts[distinct++] = starts[i];
    *stretch_count = distinct;
    return starts;
}

/* Whether some of the box, from the column on, is in none of the rows. The recursion is bounded by the inputs. */
static bool find_hole(struct cover *cover, uint32_t column, const uint32_t *rows, uint32_t count)
{
    struct analysis *analysis = cover->analysis;
    uint32_t columns = analysis->table->input_count;
    if (count == 0) {
        for (uint32_t i = column; i < columns; i++) analysis->cells[i] = cover->box[i].spans[0].first;
        return true;
    }
    struct arena_mark mark = arena_mark(analysis->arena);
    bool found = false;
    if (column + 1 == columns) {
        found = find_hole_in_last(cover, column, rows, count);
        arena_rewind(analysis->arena, mark);
        return found;
    }
    size_t stretches = 0;
    uint32_t *starts = find_stretches(cover, column, rows, count, &stretches);
    uint32_t *inside = ARENA_ARRAY(analysis->arena, uint32_t, count);
    for (size_t i = 0; starts && inside && i < stretches && !found; i++) {
        uint32_t kept = 0;
        if (!take_steps(analysis, count)) break;
        for (uint32_t j = 0; j < count; j++)
            if (row_has(cover, rows[j], column, starts[i])) inside[kept++] = rows[j];
        analysis->cells[column] = starts[i];
        found = find_hole(cover, column + 1, inside, kept);
    }
    arena_rewind(analysis->arena, mark);
    return found;
}

/* ---- Inputs that no row fits ---- */

static bool needs_a_row(const struct analysis *analysis)
{
    switch (analysis->table->hit) {
    case HIT_UNIQUE: case HIT_ANY: case HIT_PRIORITY: case HIT_FIRST: case HIT_COLLECT_MIN: case HIT_COLLECT_MAX:
        return !analysis->table->defaults;
    default: return false;
    }
}

static bool can_show_gap(const struct analysis *analysis)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct table_column *column = &analysis->columns.columns[i];
        if (!column->is_bounded || column->cell_count == 0) return false;
    }
    return analysis->is_independent;
}

static void find_gap(struct analysis *analysis)
{
    uint32_t columns = analysis->table->input_count, rows = analysis->table->row_count;
    struct cell_set *box = ARENA_ARRAY(analysis->arena, struct cell_set, columns);
    struct cell_span *spans = ARENA_ARRAY(analysis->arena, struct cell_span, columns);
    uint32_t *all = ARENA_ARRAY(analysis->arena, uint32_t, rows);
    if (!box || !spans || !all) return;
    for (uint32_t i = 0; i < columns; i++) {
        spans[i] = (struct cell_span){.first = 0, .last = analysis->columns.columns[i].cell_count - 1};
        box[i] = (struct cell_set){.spans = &spans[i], .count = 1, .is_known = true};
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows; i++)
        if (!analysis->is_empty[i]) all[count++] = i;
    struct cover cover = {.analysis = analysis, .box = box, .unknown_covers = true};
    if (!find_hole(&cover, 0, all, count) || analysis->arena->failed) return;
    struct text sample = show_sample(analysis);
    report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_NO_ROW, analysis->slot->where, TEXT("add a row, or a `default`"),
                   "no row of the table `%.*s` fits %.*s, and it has no default", TEXT_ARGUMENTS(analysis->slot->name),
                   TEXT_ARGUMENTS(sample));
}

/* ---- Rows that never decide ---- */

/* The priority of a row's outputs, less being first; false where they are not constant. */
static bool priority_of(struct analysis *analysis, uint32_t row, uint32_t output, uint32_t *rank)
{
    const struct table_output *column = &analysis->table->outputs[output];
    const struct expression *cell = &row_at(analysis, row)->then[output];
    struct value value;
    if (!constant_value(analysis->arena, cell, cell->root, &value) || value.kind != VALUE_STRING) return false;
    for (*rank = 0; *rank < column->value_count; ++*rank)
        if (text_equals(column->values[*rank], value.as.string)) break;
    return true;
}

/* Whether the other row decides wherever both fit. */
static bool goes_before(struct analysis *analysis, uint32_t other, uint32_t row)
{
    if (analysis->table->hit == HIT_FIRST) return other < row;
    for (uint32_t i = 0; i < analysis->table->output_count; i++) {
        uint32_t first, second;
        if (!analysis->table->outputs[i].values) continue;
        if (!priority_of(analysis, other, i, &first) || !priority_of(analysis, row, i, &second)) return false;
        if (first != second) return first < second;
    }
    return other < row;
}

static bool is_constant_row(const struct analysis *analysis, uint32_t row)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++)
        if (!row_cells(&analysis->columns, row, i)->is_known) return false;
    return true;
}

static void report_shadowed(struct analysis *analysis, uint32_t row, uint32_t other)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        uint32_t ignored;
        const struct cell_set *mine = row_cells(&analysis->columns, row, i);
        analysis->cells[i] = cell_sets_meet(mine, row_cells(&analysis->columns, other, i), &ignored) ? ignored : mine->spans[0].first;
    }
    struct text sample = show_sample(analysis);
    report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, row_at(analysis, row)->where, TEXT("remove it, or put it before them"),
                   "this row of the table `%.*s` never decides: others come first wherever it fits, that of line %u for %.*s",
                   TEXT_ARGUMENTS(analysis->slot->name), line_of(analysis, other), TEXT_ARGUMENTS(sample));
}

/* Whether the rows that go before it leave nothing of it; *other is one of them. */
static bool is_shadowed(struct analysis *analysis, uint32_t row, uint32_t *rows, uint32_t *other)
{
    struct cell_set *box = ARENA_ARRAY(analysis->arena, struct cell_set, analysis->table->input_count);
    uint32_t count = 0;
    for (uint32_t i = 0; box && i < analysis->table->input_count; i++) box[i] = *row_cells(&analysis->columns, row, i);
    for (uint32_t i = 0; i < analysis->table->row_count; i++) {
        if (!take_steps(analysis, 1)) return false;
        bool matters = i != row && is_constant_row(analysis, i) && rows_meet(analysis, i, row) && goes_before(analysis, i, row);
        if (matters) rows[count++] = i;
    }
    if (count == 0 || !box) return false;
    *other = rows[0];
    struct cover cover = {.analysis = analysis, .box = box};
    return !find_hole(&cover, 0, rows, count) && !analysis->is_cut_short && !analysis->arena->failed;
}

static void find_shadowed_rows(struct analysis *analysis)
{
    uint32_t *rows = ARENA_ARRAY(analysis->arena, uint32_t, analysis->table->row_count), other, shown = 0;
    for (uint32_t i = 0; rows && i < analysis->table->row_count && shown < SHOWN_MOST && !analysis->is_cut_short; i++) {
        struct arena_mark mark = arena_mark(analysis->arena);
        if (!analysis->is_empty[i] && is_constant_row(analysis, i) && is_shadowed(analysis, i, rows, &other)) {
            report_shadowed(analysis, i, other);
            shown++;
        }
        arena_rewind(analysis->arena, mark);
    }
}

/* ---- The whole ---- */

static void run(struct analysis *analysis)
{
    enum hit_policy hit = analysis->table->hit;
    analysis->is_independent = are_independent(analysis);
    find_empty_rows(analysis);
    if (hit == HIT_UNIQUE || hit == HIT_ANY) find_overlaps(analysis);
    if (hit == HIT_FIRST || hit == HIT_PRIORITY) find_shadowed_rows(analysis);
    if (needs_a_row(analysis) && can_show_gap(analysis)) find_gap(analysis);
}

static bool prepare(struct analysis *analysis)
{
    analysis->is_empty = ARENA_ARRAY(analysis->arena, bool, analysis->table->row_count);
    analysis->cells = ARENA_ARRAY(analysis->arena, uint32_t, analysis->table->input_count);
    return analysis->is_empty && analysis->cells &&
           table_columns_make(&analysis->columns, analysis->arena, analysis->program, analysis->table);
}

tuoyu_status analyse_table(const struct program *program, const struct slot *slot, tuoyu_diagnostics *diagnostics)
{
    struct arena arena;
    arena_init(&arena, &program->arena->allocator);
    struct analysis analysis = {.arena = &arena, .program = program, .slot = slot, .table = slot->table, .diagnostics = diagnostics};
    if (slot->table->input_count > INPUTS_MOST) analysis.is_cut_short = true;
    else if (prepare(&analysis)) run(&analysis);
    if (analysis.is_cut_short)
        report_warning(diagnostics, TUOYU_ERROR_LIMIT, slot->where, TEXT("make several tables of it"),
                       "the table `%.*s` is too large to look for all rows that overlap, all gaps and all rows that never decide",
                       TEXT_ARGUMENTS(slot->name));
    if (arena.failed) fail(&analysis, report_no_memory(diagnostics));
    arena_free(&arena);
    return analysis.status;
}
