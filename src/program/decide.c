/* SPDX-License-Identifier: Apache-2.0 */
/* Decides by a table. A row fits, does not fit, or may fit: one cell that is false puts it out even where
 * another is unknown. A row that may fit makes the answer unknown only if it could change it. */
#include "program/evaluation.h"

/* Comparisons of two rows that are charged as one step. */
enum { COMPARISONS_A_STEP = 16 };

/* One table in one case. */
struct table_decision {
    struct evaluation *evaluation;
    const struct slot *slot;
    const struct decision_table *table;
    struct slot_register *result;
    struct value *inputs; /* by input, computed when the first cell asks for it */
    bool *has_input;
    uint32_t *hits, *maybes; /* rows that fit, and rows that may fit, in order */
    uint32_t hit_count, maybe_count;
    const struct cause *unknown; /* why it is not known whether the maybes fit */
};

/* ---- Rows ---- */

/* The value of an input, computed once. */
static struct value input_at(struct table_decision *decision, uint32_t column)
{
    if (!decision->has_input[column]) {
        decision->evaluation->environment.input = VALUE_NOTHING;
        decision->inputs[column] = expression_evaluate(&decision->table->inputs[column].expression,
                                                       &decision->evaluation->environment);
        decision->has_input[column] = true;
    }
    return decision->inputs[column];
}

/* Joins two causes, of which either may be NULL. */
static const struct cause *join(struct table_decision *decision, const struct cause *left,
                                const struct cause *right)
{
    return cause_join(&decision->evaluation->arena, left, right);
}

/* Whether a row fits: true, false, or a null with what it waits for. */
static struct value row_fits(struct table_decision *decision, const struct table_row *row)
{
    const struct cause *unknown = NULL;
    for (uint32_t i = 0; i < decision->table->input_count; i++) {
        if (row->when[i].root->kind == NODE_TEST_ANY)
            continue;
        struct value input = input_at(decision, i);
        decision->evaluation->environment.input = input;
        struct value fits = expression_evaluate(&row->when[i], &decision->evaluation->environment);
        if (value_is_true(fits))
            continue;
        /* a fact that is null lies in no range and no list */
        bool is_none = input.kind == VALUE_NULL && !input.as.cause;
        if (fits.kind != VALUE_NULL || !fits.as.cause || is_none)
            return value_boolean(false);
        unknown = join(decision, unknown, value_cause(fits));
    }
    return unknown ? value_null(unknown) : value_boolean(true);
}

/* Fills hits and maybes. Under HIT_FIRST it stops at the first row that fits. */
static void find_rows(struct table_decision *decision)
{
    const struct decision_table *table = decision->table;
    for (uint32_t i = 0; i < table->row_count; i++) {
        struct value fits = row_fits(decision, &table->rows[i]);
        if (value_is_false(fits))
            continue;
        if (fits.kind == VALUE_NULL) {
            decision->maybes[decision->maybe_count++] = i;
            decision->unknown = join(decision, decision->unknown, fits.as.cause);
            continue;
        }
        decision->hits[decision->hit_count++] = i;
        if (table->hit == HIT_FIRST)
            break;
    }
    decision->evaluation->environment.input = VALUE_NOTHING;
}

/* ---- Outputs ---- */

/* The value of output cells: that of the only one, or a context of all. */
static struct value outputs_of(struct table_decision *decision, const struct expression *cells)
{
    const struct decision_table *table = decision->table;
    struct environment *environment = &decision->evaluation->environment;
    if (table->output_count == 1)
        return expression_evaluate(&cells[0], environment);
    struct context *context = ARENA_NEW(environment->arena, struct context);
    struct context_entry *entries =
        ARENA_ARRAY(environment->arena, struct context_entry, table->output_count);
    if (!context || !entries)
        return value_no_memory();
    for (uint32_t i = 0; i < table->output_count; i++)
        entries[i] = (struct context_entry){.name = table->outputs[i].name,
                                            .value = expression_evaluate(&cells[i], environment)};
    *context = (struct context){.count = table->output_count, .entries = entries};
    return (struct value){.kind = VALUE_CONTEXT, .as.context = context};
}

/* The value of a row's output cells. */
static struct value row_output(struct table_decision *decision, uint32_t row)
{
    return outputs_of(decision, decision->table->rows[row].then);
}

/* Notes in the register which rows the value comes from. */
static void note_rows(struct table_decision *decision, const uint32_t *rows, uint32_t count)
{
    decision->result->rows = rows;
    decision->result->row_count = count;
}

/* Takes one row as the one that decides. row must stay where it is. */
static struct value take_row(struct table_decision *decision, const uint32_t *row)
{
    note_rows(decision, row, 1);
    return row_output(decision, *row);
}

/* ---- Errors ---- */

/* The inputs as an error shows them: `child.age = 40, child.mixed = true`. */
static struct text show_inputs(struct table_decision *decision)
{
    struct text_builder shown;
    text_builder_init_arena(&shown, &decision->evaluation->arena);
    for (uint32_t i = 0; i < decision->table->input_count; i++) {
        struct text name = decision->table->inputs[i].expression.text;
        text_append_format(&shown, "%s%.*s = ", i ? ", " : "", TEXT_ARGUMENTS(name));
        struct value input = input_at(decision, i);
        if (value_cause(input))
            text_append_literal(&shown, "unknown");
        else
            value_format_literal(&shown, input);
    }
    return shown.failed ? TEXT("") : text_builder_text(&shown);
}

/* The error that no row fits. */
static struct value fail_no_row(struct table_decision *decision)
{
    struct text inputs = show_inputs(decision);
    return evaluation_error(decision->evaluation, TUOYU_ERROR_TABLE_NO_ROW, decision->slot->where,
                            "no row of the table `%.*s` fits: %.*s", TEXT_ARGUMENTS(decision->slot->name),
                            TEXT_ARGUMENTS(inputs));
}

/* The error that two rows fit and may not. */
static struct value fail_conflict(struct table_decision *decision, uint32_t first, uint32_t second)
{
    const struct table_row *rows = decision->table->rows;
    struct text inputs = show_inputs(decision);
    return evaluation_error(decision->evaluation, TUOYU_ERROR_TABLE_CONFLICT, rows[second].where,
                            "two rows of the table `%.*s` fit, those of line %u and line %u: %.*s",
                            TEXT_ARGUMENTS(decision->slot->name), source_line(rows[first].where),
                            source_line(rows[second].where), TEXT_ARGUMENTS(inputs));
}

/* The value where no row fits: the default, or an error. */
static struct value no_row(struct table_decision *decision)
{
    return decision->table->defaults ? outputs_of(decision, decision->table->defaults)
                                     : fail_no_row(decision);
}

/* ---- What may fit ---- */

/* Whether both are known and equal. */
static bool is_equal(struct value left, struct value right)
{
    return !value_cause(left) && !value_cause(right) && value_equals(left, right) == TRUTH_TRUE;
}

/* Whether each row that may fit would give the value too. */
static bool maybes_agree(struct table_decision *decision, struct value value)
{
    for (uint32_t i = 0; i < decision->maybe_count; i++)
        if (!is_equal(row_output(decision, decision->maybes[i]), value))
            return false;
    return true;
}

/* The value where no row fits for certain: the default's, if every row that may fit says the same; else
 * unknown. */
static struct value without_hit(struct table_decision *decision)
{
    if (decision->maybe_count == 0)
        return no_row(decision);
    bool may_conflict = decision->table->hit == HIT_UNIQUE && decision->maybe_count > 1;
    if (!decision->table->defaults || may_conflict)
        return value_null(decision->unknown);
    struct value value = outputs_of(decision, decision->table->defaults);
    return maybes_agree(decision, value) ? value : value_null(decision->unknown);
}

/* ---- One row: U, A, F, P ---- */

/* Hit policy U: the only row that fits; an error if several do. */
static struct value decide_unique(struct table_decision *decision)
{
    if (decision->hit_count > 1)
        return fail_conflict(decision, decision->hits[0], decision->hits[1]);
    if (decision->hit_count == 0)
        return without_hit(decision);
    return decision->maybe_count ? value_null(decision->unknown) : take_row(decision, decision->hits);
}

/* A: what all rows that fit agree on. */
static struct value decide_any(struct table_decision *decision)
{
    if (decision->hit_count == 0)
        return without_hit(decision);
    struct value value = take_row(decision, decision->hits);
    for (uint32_t i = 1; i < decision->hit_count; i++) {
        struct value other = row_output(decision, decision->hits[i]);
        if (value_cause(other))
            return other;
        bool differs = !value_cause(value) && !is_equal(value, other);
        if (differs)
            return fail_conflict(decision, decision->hits[0], decision->hits[i]);
    }
    return maybes_agree(decision, value) ? value : value_null(decision->unknown);
}

/* F: the first row that fits. find_rows() has stopped there, so that all maybes come before it. */
static struct value decide_first(struct table_decision *decision)
{
    if (decision->hit_count == 0)
        return without_hit(decision);
    struct value value = take_row(decision, decision->hits);
    return maybes_agree(decision, value) ? value : value_null(decision->unknown);
}

/* The place of a value in the output's order of priority; value_count for any other value. */
static uint32_t rank_of(const struct table_output *output, struct value value)
{
    uint32_t rank = 0;
    if (value.kind != VALUE_STRING)
        return output->value_count;
    while (rank < output->value_count && !text_equals(value.as.string, output->values[rank]))
        rank++;
    return rank;
}

/* One output of a row's value. */
static struct value output_at(const struct table_decision *decision, struct value row, uint32_t index)
{
    return row.kind == VALUE_CONTEXT && decision->table->output_count > 1
               ? row.as.context->entries[index].value
               : row;
}

/* Compares the priority of two rows' values: below 0 where the left one comes first. The first output with
 * values decides, then the next. */
static int compare_priority(const struct table_decision *decision, struct value left, struct value right)
{
    for (uint32_t i = 0; i < decision->table->output_count; i++) {
        const struct table_output *output = &decision->table->outputs[i];
        if (!output->values)
            continue;
        uint32_t first = rank_of(output, output_at(decision, left, i)),
                 second = rank_of(output, output_at(decision, right, i));
        if (first != second)
            return first < second ? -1 : 1;
    }
    return 0;
}

/* P: the row of the highest priority. */
static struct value decide_priority(struct table_decision *decision)
{
    if (decision->hit_count == 0)
        return without_hit(decision);
    uint32_t *best = decision->hits;
    struct value value = row_output(decision, *best);
    for (uint32_t i = 1; i < decision->hit_count; i++) {
        struct value other = row_output(decision, decision->hits[i]);
        if (compare_priority(decision, other, value) >= 0)
            continue;
        best = &decision->hits[i];
        value = other;
    }
    for (uint32_t i = 0; i < decision->maybe_count; i++) {
        struct value other = row_output(decision, decision->maybes[i]);
        int order = compare_priority(decision, other, value);
        bool would_win = order < 0 || (order == 0 && decision->maybes[i] < *best);
        if ((would_win && !is_equal(other, value)) || value_cause(other))
            return value_null(decision->unknown);
    }
    note_rows(decision, best, 1);
    return value;
}

/* ---- Several rows: R, O, C and its aggregates ---- */

/* Sorts the hits and their values by priority; rows of one priority stay in their order. Returns false where
 * it would take too many steps. */
static bool sort_by_priority(const struct table_decision *decision, struct value *values)
{
    size_t steps = (size_t)decision->hit_count * decision->hit_count / COMPARISONS_A_STEP;
    if (!environment_take_steps(&decision->evaluation->environment, steps))
        return false;
    for (uint32_t i = 1; i < decision->hit_count; i++) {
        struct value moved = values[i];
        uint32_t row = decision->hits[i], at = i;
        for (; at > 0 && compare_priority(decision, moved, values[at - 1]) < 0; at--) {
            values[at] = values[at - 1];
            decision->hits[at] = decision->hits[at - 1];
        }
        values[at] = moved;
        decision->hits[at] = row;
    }
    return true;
}

/* R, O and C: the list of all rows' values. */
static struct value decide_list(struct table_decision *decision)
{
    if (decision->maybe_count)
        return value_null(decision->unknown);
    if (decision->hit_count == 0 && decision->table->defaults)
        return no_row(decision);
    struct arena *arena = &decision->evaluation->arena;
    struct value *items = ARENA_ARRAY(arena, struct value, decision->hit_count);
    struct list *list = ARENA_NEW(arena, struct list);
    if (!items || !list)
        return value_no_memory();
    for (uint32_t i = 0; i < decision->hit_count; i++)
        items[i] = row_output(decision, decision->hits[i]);
    if (decision->table->hit == HIT_OUTPUT_ORDER && !sort_by_priority(decision, items))
        return evaluation_error(decision->evaluation, TUOYU_ERROR_LIMIT, decision->slot->where,
                                "sorting the rows takes more than %zu steps: raise the limit steps",
                                decision->evaluation->environment.steps_most);
    note_rows(decision, decision->hits, decision->hit_count);
    *list = (struct list){.count = decision->hit_count, .items = items};
    return (struct value){.kind = VALUE_LIST, .as.list = list};
}

/* Hit policy C#: how many rows fit. */
static struct value decide_count(struct table_decision *decision)
{
    if (decision->maybe_count)
        return value_null(decision->unknown);
    if (decision->hit_count == 0 && decision->table->defaults)
        return no_row(decision);
    note_rows(decision, decision->hits, decision->hit_count);
    return value_integer(decision->hit_count);
}

/* The error that an output is not what the hit policy needs; an output that is a null with a cause passes it
 * on. */
static struct value fail_output(struct table_decision *decision, uint32_t row, struct value value,
                                const char *wanted)
{
    if (value_cause(value))
        return value;
    return evaluation_error(decision->evaluation, TUOYU_ERROR_EVALUATION, decision->table->rows[row].where,
                            "an output of the table `%.*s` is not %s", TEXT_ARGUMENTS(decision->slot->name),
                            wanted);
}

/* Hit policy C+: the sum of the rows' values; a null if one is not known. */
static struct value decide_sum(struct table_decision *decision)
{
    tuoyu_decimal sum = decimal_from_integer(0);
    bool may_default = decision->hit_count == 0 && decision->table->defaults;
    if (may_default)
        return decision->maybe_count ? value_null(decision->unknown) : no_row(decision);
    if (!maybes_agree(decision, value_number(sum)))
        return value_null(decision->unknown); /* every row that may fit must add nothing */
    for (uint32_t i = 0; i < decision->hit_count; i++) {
        struct value value = row_output(decision, decision->hits[i]);
        if (value.kind != VALUE_NUMBER)
            return fail_output(decision, decision->hits[i], value, "a number");
        tuoyu_status status = decimal_add(sum, value.as.number, &sum);
        if (status != TUOYU_OK)
            return evaluation_error(decision->evaluation, status, decision->slot->where,
                                    "the sum of the table `%.*s` is too large",
                                    TEXT_ARGUMENTS(decision->slot->name));
    }
    note_rows(decision, decision->hits, decision->hit_count);
    return value_number(sum);
}

/* C< and C>: the least or the greatest value. A row that may fit matters only if it goes beyond. */
static struct value decide_extreme(struct table_decision *decision)
{
    int wanted = decision->table->hit == HIT_COLLECT_MIN ? -1 : 1, order;
    if (decision->hit_count == 0)
        return without_hit(decision);
    uint32_t *best = decision->hits;
    struct value value = row_output(decision, *best);
    for (uint32_t i = 0; i < decision->hit_count; i++) {
        struct value other = row_output(decision, decision->hits[i]);
        if (!value_compare(other, value, &order))
            return fail_output(decision, decision->hits[i], other, "comparable with the others");
        if (order * wanted <= 0)
            continue;
        best = &decision->hits[i];
        value = other;
    }
    for (uint32_t i = 0; i < decision->maybe_count; i++) {
        struct value other = row_output(decision, decision->maybes[i]);
        if (!value_compare(other, value, &order) || order * wanted > 0)
            return value_null(decision->unknown);
    }
    note_rows(decision, best, 1);
    return value;
}

/* ---- The whole ---- */

/* Decides a table by its hit policy; an error is a null with a cause. */
static struct value decide(struct table_decision *decision)
{
    switch (decision->table->hit) {
    case HIT_UNIQUE: return decide_unique(decision);
    case HIT_ANY: return decide_any(decision);
    case HIT_FIRST: return decide_first(decision);
    case HIT_PRIORITY: return decide_priority(decision);
    case HIT_COLLECT_SUM: return decide_sum(decision);
    case HIT_COLLECT_MIN:
    case HIT_COLLECT_MAX: return decide_extreme(decision);
    case HIT_COLLECT_COUNT: return decide_count(decision);
    default: return decide_list(decision);
    }
}

struct value evaluate_table(struct evaluation *evaluation, uint32_t slot)
{
    struct arena *arena = &evaluation->arena;
    struct table_decision decision = {.evaluation = evaluation,
                                      .slot = program_slot(evaluation->program, slot),
                                      .result = &evaluation->registers[slot]};
    decision.table = decision.slot->table;
    decision.inputs = ARENA_ARRAY(arena, struct value, decision.table->input_count);
    decision.has_input = ARENA_ARRAY(arena, bool, decision.table->input_count);
    decision.hits = ARENA_ARRAY(arena, uint32_t, decision.table->row_count);
    decision.maybes = ARENA_ARRAY(arena, uint32_t, decision.table->row_count);
    if (!decision.inputs || !decision.has_input || !decision.hits || !decision.maybes)
        return value_no_memory();
    find_rows(&decision);
    return decide(&decision);
}
