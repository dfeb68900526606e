/* SPDX-License-Identifier: Apache-2.0 */
/* Analyses decision tables as boxes of cells, and reports what it finds with a sample of inputs. */
#include "program/table_analysis.h"

#include <assert.h>
#include <stdlib.h>

#include "program/constant_value.h"
#include "program/table_columns.h"

enum {
    INPUTS_MOST = 64, /* a table of more inputs is not analysed */
    SHOWN_MOST = 8    /* findings of one kind that are reported of a table */
};

/* Which inputs rest on which facts, for all tables in turn. A mark is the serial number of the input that met
 * the slot last. Serial numbers grow, so nothing is cleared between two tables. */
struct fact_marks {
    uint32_t *marks; /* by slot: serial number of the input that met it last */
    uint32_t *stack; /* slots still to be looked at; has room for all reads of the program */
    uint32_t serial; /* serial number of the input marked last */
};

/* The analysis of the table at hand. */
struct analysis {
    struct arena *arena;
    const struct program *program;
    const struct slot *slot;
    const struct decision_table *table;
    struct table_columns columns;
    struct fact_marks *facts;
    bool *is_empty;      /* by row: no input fits it */
    uint32_t *cells;     /* by column: the cell of the sample found last */
    bool is_independent; /* no two inputs rest on one fact, so that some case has any combination of cells */
    bool wants_warnings;
    tuoyu_diagnostics *diagnostics;
    tuoyu_status status;
};

/* Keeps the first error. */
static void analysis_fail(struct analysis *analysis, tuoyu_status status)
{
    if (analysis->status == TUOYU_OK)
        analysis->status = status;
}

/* Charges the quota; false where it is used up. */
static bool take_steps(struct analysis *analysis, uint64_t steps)
{
    return arena_charge(analysis->arena, steps);
}

/* ---- What is shown ---- */

/* Writes the sample found last as a case gives it: `age = 12, kind = "public"`. Where the diagnostics take no
 * more findings, a short phrase saves the work. */
static struct text show_sample(struct analysis *analysis)
{
    struct text_builder shown;
    if (!diagnostics_wants_hint(analysis->diagnostics, 0))
        return TEXT("some inputs");
    text_builder_init_arena(&shown, analysis->arena);
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct input_column *column = &analysis->columns.columns[i];
        struct text name = analysis->table->inputs[i].expression.text;
        if (column->is_opaque)
            continue;
        struct value value = column->samples[analysis->cells[i]];
        if (column->fact && value.kind == VALUE_NUMBER)
            number_to_unit(column->fact->unit, value.as.number, &value.as.number);
        text_append_format(&shown, "%s%.*s = ", shown.length ? ", " : "", TEXT_ARGUMENTS(name));
        value_format_literal(&shown, value);
    }
    if (!shown.failed && shown.length == 0)
        text_append_literal(&shown, "anything");
    return shown.failed ? TEXT("some inputs") : text_builder_text(&shown);
}

/* The line of a row in its pack. */
static unsigned line_of(const struct analysis *analysis, uint32_t row)
{
    return source_line(analysis->table->rows[row].where);
}

/* The row of the table with this number. */
static const struct table_row *row_at(const struct analysis *analysis, uint32_t row)
{
    assert(row < analysis->table->row_count);
    return &analysis->table->rows[row];
}

/* ---- Whether inputs rest on one fact ---- */

/* Marks everything that a slot rests on with the serial number of the input at hand. Returns false where a
 * fact has the mark of another input of the table (one from first_serial on), or the quota is used up. */
static bool mark_facts(struct analysis *analysis, uint32_t index, uint32_t first_serial)
{
    const struct program *program = analysis->program;
    uint32_t *marks = analysis->facts->marks, *stack = analysis->facts->stack,
             serial = analysis->facts->serial, count = 1;
    stack[0] = index;
    while (count > 0) {
        uint32_t at = stack[--count];
        const struct slot *slot = program_slot(program, at);
        if (marks[at] == serial)
            continue;
        if (marks[at] >= first_serial && slot->kind == SLOT_FACT)
            return false;
        marks[at] = serial;
        if (!take_steps(analysis, 1 + slot->dependency_count))
            return false;
        for (uint32_t i = 0; i < slot->dependency_count; i++)
            if (marks[slot->dependencies[i]] != serial)
                stack[count++] = slot->dependencies[i];
    }
    return true;
}

/* Whether no two inputs of the table rest on one fact. */
static bool are_independent(struct analysis *analysis)
{
    uint32_t first_serial = analysis->facts->serial + 1;
    if (analysis->table->input_count == 1)
        return true;
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct expression *input = &analysis->table->inputs[i].expression;
        analysis->facts->serial++;
        for (uint32_t j = 0; j < input->symbol_count; j++)
            if (!mark_facts(analysis, input->symbols[j], first_serial))
                return false;
    }
    return true;
}

/* Makes empty marks; false without memory. */
static bool make_marks(struct fact_marks *facts, struct arena *arena, const struct program *program)
{
    *facts = (struct fact_marks){.marks = ARENA_ARRAY(arena, uint32_t, program->slot_count),
                                 .stack = ARENA_ARRAY(arena, uint32_t, (size_t)program->read_count + 1)};
    return facts->marks && facts->stack;
}

/* ---- Rows that fit nothing ---- */

/* Warns of a row whose test in a column is true of nothing. */
static void report_empty(struct analysis *analysis, uint32_t row, uint32_t column)
{
    const struct expression *test = &row_at(analysis, row)->when[column];
    struct text name = analysis->table->inputs[column].expression.text;
    report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, expression_location(test, test->root),
                   TEXT(""), "this row of the table `%.*s` never fits: `%.*s` is never `%.*s`",
                   TEXT_ARGUMENTS(analysis->slot->name), TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(test->text));
}

/* Marks the rows that no input fits, and warns of them. */
static void find_empty_rows(struct analysis *analysis)
{
    for (uint32_t i = 0; i < analysis->table->row_count; i++) {
        for (uint32_t j = 0; j < analysis->table->input_count && !analysis->is_empty[i]; j++) {
            const struct cell_set *set = row_cells(&analysis->columns, i, j);
            if (!set->is_known || set->count > 0)
                continue;
            analysis->is_empty[i] = true;
            report_empty(analysis, i, j);
        }
    }
}

/* ---- Two rows at once ---- */

/* Whether both rows surely fit some inputs; analysis->cells is then the first such box. False also where the
 * quota is used up. */
static bool rows_meet(struct analysis *analysis, uint32_t first, uint32_t second)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct cell_set *left = row_cells(&analysis->columns, first, i),
                              *right = row_cells(&analysis->columns, second, i);
        if (!left->is_known || !right->is_known)
            return false;
        if (!take_steps(analysis, 1 + (uint64_t)left->count + right->count))
            return false;
        if (!cell_sets_meet(left, right, &analysis->cells[i]))
            return false;
    }
    return true;
}

/* Whether two rows give the same: always, never, or only where the facts happen to make it so. */
enum agreement { AGREE, DIFFER, AGREE_BY_CHANCE };

/* Compares an output cell of two rows. */
static enum agreement compare_cells(struct analysis *analysis, const struct expression *left,
                                    const struct expression *right)
{
    enum { STEPS_A_PAIR = 8 };
    if (!take_steps(analysis, STEPS_A_PAIR))
        return AGREE;
    struct value first, second;
    struct arena_mark mark = arena_mark(analysis->arena);
    bool are_constant = constant_value(analysis->arena, left, left->root, &first) &&
                        constant_value(analysis->arena, right, right->root, &second);
    enum agreement agreement = text_equals(left->text, right->text) ? AGREE : AGREE_BY_CHANCE;
    if (are_constant)
        agreement = value_equals(first, second) == TRUTH_TRUE ? AGREE : DIFFER;
    arena_rewind(analysis->arena, mark);
    return agreement;
}

/* Compares all output cells of two rows. */
static enum agreement compare_outputs(struct analysis *analysis, uint32_t first, uint32_t second)
{
    enum agreement all = AGREE;
    for (uint32_t i = 0; i < analysis->table->output_count; i++) {
        enum agreement one =
            compare_cells(analysis, &row_at(analysis, first)->then[i], &row_at(analysis, second)->then[i]);
        if (one == DIFFER)
            return DIFFER;
        if (one != AGREE)
            all = one;
    }
    return all;
}

/* Reports two rows that both fit the sample: an error where is_certain, else a warning, if those are wanted.
 * what ends the sentence. */
static void report_overlap(struct analysis *analysis, uint32_t first, uint32_t second, const char *what,
                           bool is_certain)
{
    if (is_certain)
        analysis_fail(analysis, TUOYU_ERROR_TABLE_CONFLICT);
    if (!is_certain && !analysis->wants_warnings)
        return;
    struct text sample = show_sample(analysis);
    struct text hint = analysis->table->hit == HIT_UNIQUE
                           ? TEXT("let only one row fit, or take the first of them with `hit: F`")
                           : TEXT("let them give the same, or take the first of them with `hit: F`");
    struct text message =
        message_text(analysis->arena, "two rows of the table `%.*s` fit %.*s%s: those of line %u and line %u",
                     TEXT_ARGUMENTS(analysis->slot->name), TEXT_ARGUMENTS(sample), what,
                     line_of(analysis, first), line_of(analysis, second));
    struct location where = row_at(analysis, second)->where;
    if (!message.bytes)
        return;
    if (is_certain)
        report(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, where, hint, "%.*s",
               TEXT_ARGUMENTS(message));
    else
        report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, where, hint, "%.*s",
                       TEXT_ARGUMENTS(message));
    report_note(analysis->diagnostics, row_at(analysis, first)->where, "the other row is here");
}

/* Reports two rows that meet, where the hit policy forbids it. Returns whether it did. */
static bool judge_overlap(struct analysis *analysis, uint32_t first, uint32_t second)
{
    bool is_certain = analysis->is_independent;
    if (analysis->table->hit == HIT_UNIQUE) {
        report_overlap(analysis, first, second, "", is_certain);
        return true;
    }
    enum agreement agreement = compare_outputs(analysis, first, second);
    if (agreement == AGREE)
        return false;
    const char *what = agreement == DIFFER ? " and contradict each other" : " and agree only by chance";
    report_overlap(analysis, first, second, what, is_certain && agreement == DIFFER);
    return true;
}

/* Looks at each row against those before it, up to the first that it should not meet. */
static void find_overlaps(struct analysis *analysis)
{
    uint32_t shown = 0;
    for (uint32_t i = 1; i < analysis->table->row_count && shown < SHOWN_MOST; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (!take_steps(analysis, 1))
                return;
            if (!rows_meet(analysis, j, i) || !judge_overlap(analysis, j, i))
                continue;
            shown++;
            break;
        }
    }
}

/* ---- What rows leave of a box ---- */

/* A box, that is a set of cells in each column, from which rows take cells away. */
struct cover {
    struct analysis *analysis;
    const struct cell_set *box; /* by column; each set has a cell */
    bool unknown_covers;        /* a test that is not constant counts as true of every cell, else of none */
};

/* Whether the row counts as fitting the cell. */
static bool row_has(const struct cover *cover, uint32_t row, uint32_t column, uint32_t cell)
{
    const struct cell_set *set = row_cells(&cover->analysis->columns, row, column);
    return set->is_known ? cell_set_has(set, cell) : cover->unknown_covers;
}

/* Compares spans by their first cell, for qsort. */
static int compare_cells_of(const void *left, const void *right)
{
    const struct cell_span *first = left, *second = right;
    return first->first < second->first ? -1 : first->first > second->first;
}

/* Finds the first cell of the box's last column that none of the rows has, into analysis->cells. Returns
 * false where there is none, or the quota is used up. */
static bool find_hole_in_last(struct cover *cover, uint32_t column, const uint32_t *rows, uint32_t count)
{
    struct analysis *analysis = cover->analysis;
    size_t total = 0, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct cell_set *set = row_cells(&analysis->columns, rows[i], column);
        if (!set->is_known && cover->unknown_covers)
            return false;
        total += set->count;
    }
    struct cell_span *spans = ARENA_ARRAY(analysis->arena, struct cell_span, total);
    if (!spans || !take_steps(analysis, 1 + 4 * (uint64_t)total))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct cell_set *set = row_cells(&analysis->columns, rows[i], column);
        for (uint32_t j = 0; set->is_known && j < set->count; j++)
            spans[kept++] = set->spans[j];
    }
    qsort(spans, kept, sizeof *spans, compare_cells_of);
    const struct cell_set *box = &cover->box[column];
    size_t at = 0;
    for (uint32_t i = 0; i < box->count; i++) {
        uint32_t cell = box->spans[i].first;
        while (at < kept && spans[at].first <= cell && cell <= box->spans[i].last) {
            if (spans[at].last >= cell)
                cell = spans[at].last + 1;
            else
                at++;
        }
        if (cell > box->spans[i].last)
            continue;
        analysis->cells[column] = cell;
        return true;
    }
    return false;
}

/* Compares numbers, for qsort. */
static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *first = left, *second = right;
    return *first < *second ? -1 : *first > *second;
}

/* The first cell of each stretch of the box's column within which the rows that have a cell are the same.
 * NULL without memory or quota. */
static uint32_t *find_stretches(struct cover *cover, uint32_t column, const uint32_t *rows, uint32_t count,
                                size_t *stretch_count)
{
    struct analysis *analysis = cover->analysis;
    const struct cell_set *box = &cover->box[column];
    size_t total = box->count, kept = 0, distinct = 0;
    for (uint32_t i = 0; i < count; i++)
        total += 2 * (size_t)row_cells(&analysis->columns, rows[i], column)->count;
    uint32_t *starts = ARENA_ARRAY(analysis->arena, uint32_t, total);
    if (!starts || !take_steps(analysis, 4 * (uint64_t)total))
        return NULL;
    for (uint32_t i = 0; i < box->count; i++)
        starts[kept++] = box->spans[i].first;
    for (uint32_t i = 0; i < count; i++) {
        const struct cell_set *set = row_cells(&analysis->columns, rows[i], column);
        for (uint32_t j = 0; set->is_known && j < set->count; j++) {
            if (cell_set_has(box, set->spans[j].first))
                starts[kept++] = set->spans[j].first;
            if (cell_set_has(box, set->spans[j].last + 1))
                starts[kept++] = set->spans[j].last + 1;
        }
    }
    qsort(starts, kept, sizeof *starts, compare_numbers);
    for (size_t i = 0; i < kept; i++)
        if (distinct == 0 || starts[distinct - 1] != starts[i])
            starts[distinct++] = starts[i];
    *stretch_count = distinct;
    return starts;
}

/* Whether some of the box, from a column on, is in none of the rows; analysis->cells is then in that part.
 * Before the column the rows all have the cells chosen. The recursion is as deep as the table has inputs.
 * False also where the quota is used up, which the arena remembers. */
static bool find_hole(struct cover *cover, uint32_t column, const uint32_t *rows, uint32_t count)
{
    assert(column <= cover->analysis->table->input_count);
    struct analysis *analysis = cover->analysis;
    uint32_t columns = analysis->table->input_count;
    if (count == 0) {
        for (uint32_t i = column; i < columns; i++)
            analysis->cells[i] = cover->box[i].spans[0].first;
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
        if (!take_steps(analysis, count))
            break;
        for (uint32_t j = 0; j < count; j++)
            if (row_has(cover, rows[j], column, starts[i]))
                inside[kept++] = rows[j];
        analysis->cells[column] = starts[i];
        found = find_hole(cover, column + 1, inside, kept);
    }
    arena_rewind(analysis->arena, mark);
    return found;
}

/* ---- Inputs that no row fits ---- */

/* Whether it is an error at run time if no row fits. */
static bool needs_a_row(const struct analysis *analysis)
{
    switch (analysis->table->hit) {
    case HIT_UNIQUE:
    case HIT_ANY:
    case HIT_PRIORITY:
    case HIT_FIRST:
    case HIT_COLLECT_MIN:
    case HIT_COLLECT_MAX: return !analysis->table->defaults;
    default: return false;
    }
}

/* Whether a gap that is found is one that some case can have. */
static bool can_show_gap(const struct analysis *analysis)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        const struct input_column *column = &analysis->columns.columns[i];
        if (!column->is_bounded || column->cell_count == 0)
            return false;
    }
    return analysis->is_independent;
}

/* Warns of inputs that no row fits, where there are some. */
static void find_gap(struct analysis *analysis)
{
    uint32_t columns = analysis->table->input_count, rows = analysis->table->row_count;
    struct cell_set *box = ARENA_ARRAY(analysis->arena, struct cell_set, columns);
    struct cell_span *spans = ARENA_ARRAY(analysis->arena, struct cell_span, columns);
    uint32_t *all = ARENA_ARRAY(analysis->arena, uint32_t, rows);
    if (!box || !spans || !all)
        return;
    for (uint32_t i = 0; i < columns; i++) {
        spans[i] = (struct cell_span){.first = 0, .last = analysis->columns.columns[i].cell_count - 1};
        box[i] = (struct cell_set){.spans = &spans[i], .count = 1, .is_known = true};
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows; i++)
        if (!analysis->is_empty[i])
            all[count++] = i;
    struct cover cover = {.analysis = analysis, .box = box, .unknown_covers = true};
    if (!find_hole(&cover, 0, all, count) || analysis->arena->failed)
        return;
    struct text sample = show_sample(analysis);
    report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_NO_ROW, analysis->slot->where,
                   TEXT("add a row, or a `default`"),
                   "no row of the table `%.*s` fits %.*s, and it has no default",
                   TEXT_ARGUMENTS(analysis->slot->name), TEXT_ARGUMENTS(sample));
}

/* ---- Rows that never decide ---- */

/* Finds the place of a row's output in the order of priority: 0 is the first, and the number of the output's
 * values stands for a text that is none of them. Returns false where the output is not a constant text. */
static bool priority_of(struct analysis *analysis, uint32_t row, uint32_t output, uint32_t *rank)
{
    const struct table_output *column = &analysis->table->outputs[output];
    const struct expression *cell = &row_at(analysis, row)->then[output];
    struct value value;
    if (!constant_value(analysis->arena, cell, cell->root, &value) || value.kind != VALUE_STRING)
        return false;
    for (*rank = 0; *rank < column->value_count; ++*rank)
        if (text_equals(column->values[*rank], value.as.string))
            break;
    return true;
}

/* Whether the other row decides wherever both fit. False where that is not certain. */
static bool goes_before(struct analysis *analysis, uint32_t other, uint32_t row)
{
    if (analysis->table->hit == HIT_FIRST)
        return other < row;
    for (uint32_t i = 0; i < analysis->table->output_count; i++) {
        uint32_t first, second;
        if (!analysis->table->outputs[i].values)
            continue;
        if (!priority_of(analysis, other, i, &first) || !priority_of(analysis, row, i, &second))
            return false;
        if (first != second)
            return first < second;
    }
    return other < row;
}

/* Whether all tests of the row are constant. */
static bool is_constant_row(const struct analysis *analysis, uint32_t row)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++)
        if (!row_cells(&analysis->columns, row, i)->is_known)
            return false;
    return true;
}

/* Warns of a row that never decides; other is one of the rows that come first. */
static void report_shadowed(struct analysis *analysis, uint32_t row, uint32_t other)
{
    for (uint32_t i = 0; i < analysis->table->input_count; i++) {
        uint32_t ignored;
        const struct cell_set *mine = row_cells(&analysis->columns, row, i);
        analysis->cells[i] = cell_sets_meet(mine, row_cells(&analysis->columns, other, i), &ignored)
                                 ? ignored
                                 : mine->spans[0].first;
    }
    struct text sample = show_sample(analysis);
    report_warning(analysis->diagnostics, TUOYU_ERROR_TABLE_CONFLICT, row_at(analysis, row)->where,
                   TEXT("remove it, or put it before them"),
                   "this row of the table `%.*s` never decides: others come first wherever it fits, that of "
                   "line %u for %.*s",
                   TEXT_ARGUMENTS(analysis->slot->name), line_of(analysis, other), TEXT_ARGUMENTS(sample));
}

/* Whether the rows that go before a row leave nothing of it; *other is then one of them. rows has room for
 * all rows. */
static bool is_shadowed(struct analysis *analysis, uint32_t row, uint32_t *rows, uint32_t *other)
{
    struct cell_set *box = ARENA_ARRAY(analysis->arena, struct cell_set, analysis->table->input_count);
    uint32_t count = 0;
    for (uint32_t i = 0; box && i < analysis->table->input_count; i++)
        box[i] = *row_cells(&analysis->columns, row, i);
    for (uint32_t i = 0; i < analysis->table->row_count; i++) {
        if (!take_steps(analysis, 1))
            return false;
        bool matters = i != row && is_constant_row(analysis, i) && rows_meet(analysis, i, row) &&
                       goes_before(analysis, i, row);
        if (matters)
            rows[count++] = i;
    }
    if (count == 0 || !box)
        return false;
    *other = rows[0];
    struct cover cover = {.analysis = analysis, .box = box};
    return !find_hole(&cover, 0, rows, count) && !analysis->arena->failed;
}

/* Warns of rows that never decide. */
static void find_shadowed_rows(struct analysis *analysis)
{
    uint32_t *rows = ARENA_ARRAY(analysis->arena, uint32_t, analysis->table->row_count), other, shown = 0;
    for (uint32_t i = 0;
         rows && i < analysis->table->row_count && shown < SHOWN_MOST && !analysis->arena->failed; i++) {
        struct arena_mark mark = arena_mark(analysis->arena);
        if (!analysis->is_empty[i] && is_constant_row(analysis, i) &&
            is_shadowed(analysis, i, rows, &other)) {
            report_shadowed(analysis, i, other);
            shown++;
        }
        arena_rewind(analysis->arena, mark);
    }
}

/* ---- The whole ---- */

/* Whether rows that overlap may be an error under the hit policy. */
static bool forbids_overlap(enum hit_policy hit)
{
    return hit == HIT_UNIQUE || hit == HIT_ANY;
}

/* Looks for everything that the hit policy and the caller ask for. */
static void run(struct analysis *analysis)
{
    enum hit_policy hit = analysis->table->hit;
    analysis->is_independent = are_independent(analysis);
    if (analysis->wants_warnings)
        find_empty_rows(analysis);
    if (forbids_overlap(hit))
        find_overlaps(analysis);
    if (!analysis->wants_warnings)
        return;
    if (hit == HIT_FIRST || hit == HIT_PRIORITY)
        find_shadowed_rows(analysis);
    if (needs_a_row(analysis) && can_show_gap(analysis))
        find_gap(analysis);
}

/* Cuts the table into cells; false without memory or quota. */
static bool prepare_analysis(struct analysis *analysis)
{
    analysis->is_empty = ARENA_ARRAY(analysis->arena, bool, analysis->table->row_count);
    analysis->cells = ARENA_ARRAY(analysis->arena, uint32_t, analysis->table->input_count);
    return analysis->is_empty && analysis->cells &&
           table_columns_make(&analysis->columns, analysis->arena, analysis->program, analysis->table);
}

/* Whether the slot is a table in which there is something to look for. */
static bool is_analysed(const struct slot *slot, bool wants_warnings)
{
    return slot->kind == SLOT_TABLE && slot->is_in_order &&
           (wants_warnings || forbids_overlap(slot->table->hit));
}

/* Notes that a table was not analysed, and why. */
static void note_undecided(const struct slot *slot, const char *why, tuoyu_diagnostics *diagnostics)
{
    report_note(
        diagnostics, slot->where,
        "not decided: whether the table `%.*s` has rows that overlap, gaps, or rows that never decide; %s",
        TEXT_ARGUMENTS(slot->name), why);
}

/* Analyses the table of a slot; false where memory or the quota does not suffice. */
static bool analyse(struct analysis *analysis, const struct slot *slot)
{
    analysis->slot = slot;
    analysis->table = slot->table;
    if (slot->table->input_count > INPUTS_MOST) {
        note_undecided(slot, "it has more than 64 inputs", analysis->diagnostics);
        return true;
    }
    struct arena_mark mark = arena_mark(analysis->arena);
    if (prepare_analysis(analysis))
        run(analysis);
    arena_rewind(analysis->arena, mark);
    return !analysis->arena->failed;
}

/* Analyses table after table, and stops with a note where the quota is used up. */
static void analyse_each(struct analysis *analysis)
{
    const struct program *program = analysis->program;
    bool has_marks = make_marks(analysis->facts, analysis->arena, program);
    for (uint32_t i = 0; i < program->slot_count; i++) {
        const struct slot *slot = program_slot(program, i);
        if (!is_analysed(slot, analysis->wants_warnings) || (has_marks && analyse(analysis, slot)))
            continue;
        if (analysis->arena->quota && analysis->arena->quota->end != QUOTA_IS_LEFT)
            note_undecided(slot, "this one, and the tables after it, take more steps than a load may take",
                           analysis->diagnostics);
        return;
    }
}

tuoyu_status analyse_tables(const struct program *program, bool wants_warnings, struct quota *quota,
                            tuoyu_diagnostics *diagnostics)
{
    struct arena arena;
    struct fact_marks facts;
    struct quota part = quota_open_part(quota);
    struct analysis analysis = {.arena = &arena,
                                .program = program,
                                .facts = &facts,
                                .wants_warnings = wants_warnings,
                                .diagnostics = diagnostics};
    arena_init(&arena, &program->arena->allocator);
    arena.quota = &part;
    analyse_each(&analysis);
    if (arena.failed && part.end == QUOTA_IS_LEFT)
        analysis_fail(&analysis, report_no_memory(diagnostics));
    arena_free(&arena);
    quota_close_part(quota, &part);
    return analysis.status;
}
