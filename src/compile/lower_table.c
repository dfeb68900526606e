/* SPDX-License-Identifier: Apache-2.0 */
/* A decision table as one look-up. Every combination of classes of its inputs is an entry, which is
 * decided here, once, by the same rules as program/decide.c decides a case. It also finds which inputs and
 * cells the decision reads, for the standing of the answer. */
#include <string.h>

#include "compile/table_classes.h"

enum { ROWS_MOST = 4096 };

/* A cell's value (a constant, or UNKNOWN for an unset parameter) and the standing of what the cell reads (a
 * constant). OPERAND_NONE: null or a formula over facts; an entry with such a value is left to the
 * interpreter. */
struct cell {
    uint32_t value, standing;
};

struct table_lowering {
    struct typed_lowering *lowering;
    const struct decision_table *table;
    struct table_classes classes;
    struct cell *cells; /* by row × outputs + output; after the rows come the defaults */
    uint32_t *tests;    /* by row × inputs + input: the standing of what the test reads, or OPERAND_NONE */
};

/* How an entry was decided. */
struct entry {
    uint8_t state;      /* ENTRY_… */
    uint32_t row;       /* the row whose cells are the value; row_count: the default's */
    uint32_t cited_row; /* the row whose citation counts; row_count: the table's own */
    bool has_standing;  /* the standing of all that it reads is constant */
    int64_t standing;   /* the weakest of the tests and cells that it reads */
};

/* The work on one entry; used again for the next. */
struct lowered_decision {
    const struct table_lowering *table;
    uint32_t number;         /* of the entry */
    bool *reads;             /* by input: the decision looks at it */
    bool *waits;             /* by input: it is missing, and some row may fit depending on it */
    uint32_t *hits, *maybes; /* rows that fit, and rows that may fit */
    uint32_t hit_count, maybe_count;
    bool needs_interpreter; /* only the interpreter can decide the entry */
    struct entry *out;
};

/* ---- Cells ---- */

/* An output's cell. The value is a constant or an unknown, the standing a constant; each is OPERAND_NONE
 * where it is not the same in all cases or has no typed form, which is noted in lowering->untyped. */
static struct cell lower_cell(struct typed_lowering *lowering, const struct expression *written)
{
    struct cell cell = {.value = lower_formula(lowering, written),
                        .standing = lower_formula_standing(lowering, written)};
    const struct typed_operation *value =
        cell.value == OPERAND_NONE ? NULL : builder_at(&lowering->builder, cell.value);
    bool is_fixed = value && (value->code == OPERATION_CONSTANT || value->code == OPERATION_UNKNOWN);
    int64_t standing;
    if (!is_fixed)
        cell.value = OPERAND_NONE;
    if (!builder_constant(&lowering->builder, cell.standing, &standing))
        cell.standing = OPERAND_NONE;
    return cell;
}

/* Lowers all cells. false: memory ran out. A cell without a typed form is no reason to give up the
 * table, so lowering->untyped stays as it was. */
static bool lower_cells(struct table_lowering *table)
{
    const struct decision_table *decision = table->table;
    uint32_t outputs = decision->output_count, rows = decision->row_count + (decision->defaults ? 1 : 0);
    struct location untyped = table->lowering->untyped;
    table->cells = ARENA_ARRAY(table->lowering->builder.arena, struct cell, (size_t)rows * outputs);
    for (uint32_t i = 0; table->cells && i < rows; i++)
        for (uint32_t j = 0; j < outputs; j++)
            table->cells[i * outputs + j] =
                lower_cell(table->lowering,
                           i < decision->row_count ? &decision->rows[i].then[j] : &decision->defaults[j]);
    table->lowering->untyped = untyped;
    return table->cells;
}

/* Finds the standings of all tests. false: memory ran out. */
static bool lower_tests(struct table_lowering *table)
{
    const struct decision_table *decision = table->table;
    uint32_t inputs = decision->input_count;
    table->tests =
        ARENA_ARRAY(table->lowering->builder.arena, uint32_t, (size_t)decision->row_count * inputs);
    for (uint32_t i = 0; table->tests && i < decision->row_count; i++)
        for (uint32_t j = 0; j < inputs; j++)
            table->tests[i * inputs + j] =
                lower_formula_standing(table->lowering, &decision->rows[i].when[j]);
    return table->tests;
}

/* The cells of a row, by output; row_count: the defaults. */
static const struct cell *cells_of(const struct table_lowering *table, uint32_t row)
{
    return &table->cells[(size_t)row * table->table->output_count];
}

/* Whether the cell's value is a constant, not null, a formula, or an unset parameter. */
static bool is_known_cell(const struct table_lowering *table, const struct cell *cell)
{
    return cell->value != OPERAND_NONE &&
           builder_at(&table->lowering->builder, cell->value)->code == OPERATION_CONSTANT;
}

/* Notes in the entry that the decision reads something of this standing (an operand, or OPERAND_NONE).
 * */
static void note_standing(struct lowered_decision *decision, uint32_t operand)
{
    int64_t standing = 0;
    if (!builder_constant(&decision->table->lowering->builder, operand, &standing))
        decision->out->has_standing = false;
    if (standing > decision->out->standing)
        decision->out->standing = standing;
}

/* Notes the standings of all cells of a row. */
static void note_cell_standings(struct lowered_decision *decision, uint32_t row)
{
    const struct cell *cells = cells_of(decision->table, row);
    for (uint32_t i = 0; i < decision->table->table->output_count; i++)
        note_standing(decision, cells[i].standing);
}

/* Whether two rows have the same known values. Constants are shared, so equal ones have one number. Sets
 * needs_interpreter where a cell has no typed form, or, in a table with several outputs, where a cell is
 * unknown. */
static bool rows_agree(struct lowered_decision *decision, uint32_t row, uint32_t other)
{
    const struct cell *left = cells_of(decision->table, row), *right = cells_of(decision->table, other);
    uint32_t outputs = decision->table->table->output_count;
    for (uint32_t i = 0; i < outputs; i++) {
        bool are_fixed = left[i].value != OPERAND_NONE && right[i].value != OPERAND_NONE;
        bool are_known =
            is_known_cell(decision->table, &left[i]) && is_known_cell(decision->table, &right[i]);
        if (!are_fixed || (outputs > 1 && !are_known))
            decision->needs_interpreter = true;
        if (!is_known_cell(decision->table, &left[i]) || left[i].value != right[i].value)
            return false;
    }
    return true;
}

/* ---- Rows ---- */

/* How the row fits the entry (enum class_fit, never FIT_INTERPRETER: that becomes FIT_MAYBE and sets
 * needs_interpreter). Notes the inputs that it reads. */
static uint8_t row_fits(struct lowered_decision *decision, uint32_t row)
{
    const struct table_classes *classes = &decision->table->classes;
    uint8_t result = FIT_YES;
    for (uint32_t i = 0; i < classes->table->input_count; i++) {
        const struct classed_column *column = &classes->columns[i];
        if (classes->table->rows[row].when[i].root->kind == NODE_TEST_ANY)
            continue;
        uint32_t class = table_classes_of(classes, decision->number, i);
        uint8_t fit = column->fits[row * column->class_count + class];
        decision->reads[i] = true;
        note_standing(decision, decision->table->tests[row * classes->table->input_count + i]);
        if (fit == FIT_NO)
            return FIT_NO;
        if (fit == FIT_INTERPRETER)
            decision->needs_interpreter = true;
        if (fit != FIT_YES)
            result = FIT_MAYBE;
    }
    return result;
}

/* Notes the missing inputs on which it depends whether this row fits. */
static void note_waits(struct lowered_decision *decision, uint32_t row)
{
    const struct table_classes *classes = &decision->table->classes;
    for (uint32_t i = 0; i < classes->table->input_count; i++) {
        const struct classed_column *column = &classes->columns[i];
        bool is_tested = classes->table->rows[row].when[i].root->kind != NODE_TEST_ANY;
        if (is_tested && column->has_unknown &&
            table_classes_of(classes, decision->number, i) + 1 == column->class_count)
            decision->waits[i] = true;
    }
}

/* Sorts the rows into hits and maybes. With the hit policy `first` the rows after the first hit are not
 * looked at. */
static void find_rows(struct lowered_decision *decision)
{
    const struct decision_table *table = decision->table->table;
    for (uint32_t row = 0; row < table->row_count; row++) {
        uint8_t fit = row_fits(decision, row);
        if (fit == FIT_NO)
            continue;
        if (fit == FIT_MAYBE) {
            decision->maybes[decision->maybe_count++] = row;
            note_waits(decision, row);
            continue;
        }
        decision->hits[decision->hit_count++] = row;
        if (table->hit == HIT_FIRST)
            return;
    }
}

/* ---- Deciding ---- */

/* Whether all rows that may fit have the same values as this row, so that it does not matter. */
static bool maybes_agree(struct lowered_decision *decision, uint32_t row)
{
    for (uint32_t i = 0; i < decision->maybe_count; i++) {
        note_cell_standings(decision, decision->maybes[i]);
        if (!rows_agree(decision, decision->maybes[i], row))
            return false;
    }
    return true;
}

/* The state (ENTRY_…) of an entry that no row surely fits. */
static uint8_t without_hit(struct lowered_decision *decision)
{
    const struct decision_table *table = decision->table->table;
    bool may_conflict = table->hit == HIT_UNIQUE && decision->maybe_count > 1;
    decision->out->row = table->row_count;
    if (decision->maybe_count > 0 && (!table->defaults || may_conflict))
        return ENTRY_OPEN;
    if (!table->defaults)
        return ENTRY_NONE;
    note_cell_standings(decision, table->row_count);
    return maybes_agree(decision, table->row_count) ? ENTRY_VALUE : ENTRY_OPEN;
}

/* The state (ENTRY_…) of the entry, from its hits and maybes; sets its row and its cited row. */
static uint8_t decide(struct lowered_decision *decision)
{
    const struct decision_table *table = decision->table->table;
    if (decision->hit_count == 0)
        return without_hit(decision);
    decision->out->row = decision->hits[0];
    if (table->hit == HIT_UNIQUE && decision->hit_count > 1)
        return ENTRY_NONE;
    if (table->hit == HIT_UNIQUE && decision->maybe_count > 0)
        return ENTRY_OPEN;
    decision->out->cited_row = decision->hits[0];
    note_cell_standings(decision, decision->hits[0]);
    for (uint32_t i = 1; i < decision->hit_count; i++) {
        note_cell_standings(decision, decision->hits[i]);
        if (!rows_agree(decision, decision->hits[i], decision->hits[0]))
            return ENTRY_NONE;
    }
    return maybes_agree(decision, decision->hits[0]) ? ENTRY_VALUE : ENTRY_OPEN;
}

/* Whether the entry depends on every missing input. The look-up can only wait for all of them; where
 * fewer matter, the interpreter must say which. */
static bool waits_for_all(const struct lowered_decision *decision)
{
    const struct table_classes *classes = &decision->table->classes;
    for (uint32_t i = 0; i < classes->table->input_count; i++) {
        const struct classed_column *column = &classes->columns[i];
        if (!column->is_tested || !column->has_unknown)
            continue;
        bool is_unknown = table_classes_of(classes, decision->number, i) + 1 == column->class_count;
        if (is_unknown && !decision->waits[i])
            return false;
    }
    return true;
}

/* Decides entry `number` and writes it to *out. */
static void decide_entry(struct lowered_decision *decision, uint32_t number, struct entry *out)
{
    const struct decision_table *table = decision->table->table;
    *out = (struct entry){.cited_row = table->row_count, .has_standing = true};
    decision->number = number;
    decision->out = out;
    decision->hit_count = decision->maybe_count = 0;
    decision->needs_interpreter = false;
    memset(decision->reads, 0, table->input_count * sizeof *decision->reads);
    memset(decision->waits, 0, table->input_count * sizeof *decision->waits);
    find_rows(decision);
    out->state = decide(decision);
    if (out->state == ENTRY_OPEN && !waits_for_all(decision))
        decision->needs_interpreter = true;
    if (decision->needs_interpreter)
        out->state = ENTRY_NONE;
}

/* Makes room for deciding the entries of the table. Returns false if memory ran out. */
static bool decision_init(struct lowered_decision *decision, const struct table_lowering *table)
{
    struct arena *arena = table->lowering->builder.arena;
    const struct decision_table *written = table->table;
    *decision = (struct lowered_decision){.table = table,
                                          .reads = ARENA_ARRAY(arena, bool, written->input_count),
                                          .waits = ARENA_ARRAY(arena, bool, written->input_count),
                                          .hits = ARENA_ARRAY(arena, uint32_t, written->row_count),
                                          .maybes = ARENA_ARRAY(arena, uint32_t, written->row_count)};
    return decision->reads && decision->waits && decision->hits && decision->maybes;
}

/* Prepares the table and a decision. false: the table has no typed form (its hit policy collects rows,
 * it is too large, an input has no classes), or memory ran out. */
static bool table_begin(struct table_lowering *table, struct typed_lowering *lowering,
                        const struct slot *slot, struct lowered_decision *decision)
{
    const struct decision_table *written = slot->table;
    bool is_single =
        written && (written->hit == HIT_UNIQUE || written->hit == HIT_FIRST || written->hit == HIT_ANY);
    if (!is_single || written->row_count > ROWS_MOST)
        return false;
    *table = (struct table_lowering){.lowering = lowering, .table = written};
    return lower_cells(table) && lower_tests(table) &&
           table_classes_make(&table->classes, lowering, written) && decision_init(decision, table);
}

/* ---- Values ---- */

/* Whether some input of the entry is in the class of missing values. */
static bool has_unknown_class(const struct table_classes *classes, uint32_t entry)
{
    for (uint32_t i = 0; i < classes->table->input_count; i++) {
        const struct classed_column *column = &classes->columns[i];
        if (column->is_tested && column->has_unknown &&
            table_classes_of(classes, entry, i) + 1 == column->class_count)
            return true;
    }
    return false;
}

/* Brings all cells of an output that have a value to one scale and one list of texts. Returns the value
 * of one of them; NULL where no cell has one, or they are of different kinds. */
static uint32_t *unify_cells(struct table_lowering *table, uint32_t output)
{
    struct typed_builder *builder = &table->lowering->builder;
    uint32_t rows = table->table->row_count + (table->table->defaults ? 1 : 0),
             outputs = table->table->output_count;
    uint32_t *first = NULL;
    /* The first round finds the common scale and texts, the second gives them to all cells. */
    for (uint32_t i = 0; i < 2 * rows; i++) {
        uint32_t *value = &table->cells[i % rows * outputs + output].value;
        if (*value == OPERAND_NONE)
            continue;
        if (!first)
            first = value;
        if (value != first && !build_alike(builder, first, value))
            return NULL;
    }
    return first;
}

uint32_t lower_table(struct typed_lowering *lowering, const struct slot *slot, uint32_t output)
{
    struct table_lowering table;
    struct lowered_decision decision;
    struct arena *arena = lowering->builder.arena;
    if (!table_begin(&table, lowering, slot, &decision) || output >= table.table->output_count)
        return OPERAND_NONE;
    uint32_t count = table.classes.entry_count;
    int64_t *entries = ARENA_ARRAY(arena, int64_t, count), known = 0;
    uint8_t *states = ARENA_ARRAY(arena, uint8_t, count);
    uint32_t *waits = ARENA_ARRAY(arena, uint32_t, count), *rows = ARENA_ARRAY(arena, uint32_t, count);
    bool has_states = false, has_waits = false, is_total = true;
    if (!entries || !states || !waits || !rows)
        return OPERAND_NONE;
    for (uint32_t i = 0; i < count; i++) {
        struct entry entry;
        decide_entry(&decision, i, &entry);
        states[i] = entry.state;
        rows[i] = entry.row;
    }
    const uint32_t *like_cell = unify_cells(&table, output);
    if (!like_cell)
        return lowering_gives_up(lowering);
    for (uint32_t i = 0; i < count; i++) {
        if (states[i] == ENTRY_VALUE) {
            uint32_t value = cells_of(&table, rows[i])[output].value;
            const struct typed_operation *cell =
                value == OPERAND_NONE ? NULL : builder_at(&lowering->builder, value);
            if (!cell)
                states[i] = ENTRY_NONE;
            else if (cell->code == OPERATION_CONSTANT)
                known = entries[i] = cell->immediate[0];
            else
                states[i] = ENTRY_UNKNOWN;
            if (cell && cell->code == OPERATION_UNKNOWN)
                waits[i] = cell->leaf;
        }
        has_states |= states[i] != ENTRY_VALUE;
        has_waits |= states[i] == ENTRY_UNKNOWN;
        is_total &= states[i] == ENTRY_VALUE || has_unknown_class(&table.classes, i);
    }
    for (uint32_t i = 0; i < count; i++)
        if (states[i] != ENTRY_VALUE)
            entries[i] = known; /* any value will do; a value of another entry keeps the interval narrow */
    struct typed_operation like = *builder_at(&lowering->builder, *like_cell);
    like.is_total = is_total;
    return build_lookup(&lowering->builder, table.classes.index, entries, has_states ? states : NULL,
                        has_waits ? waits : NULL, count, &like);
}

/* ---- The standing of a table ---- */

/* The standing of the citation that counts for the entry. */
static int64_t citation_standing(const struct slot *slot, const struct entry *entry)
{
    const struct decision_table *table = slot->table;
    return entry->cited_row < table->row_count ? table->rows[entry->cited_row].citation.standing
                                               : slot->citation.standing;
}

/* The standing of an input in the entries that read it, else 0. is_read: by entry, 1 where it reads the
 * input. */
static uint32_t input_standing(struct table_lowering *table, uint32_t input, const int64_t *is_read)
{
    static const struct typed_operation TRUTH = {.kind = TYPED_BOOLEAN};
    struct typed_builder *builder = &table->lowering->builder;
    int64_t constant;
    uint32_t standing = lower_formula_standing(table->lowering, &table->table->inputs[input].expression);
    if (builder_constant(builder, standing, &constant) && constant == 0)
        return standing;
    uint32_t reads =
        build_lookup(builder, table->classes.index, is_read, NULL, NULL, table->classes.entry_count, &TRUTH);
    return build_select(builder, reads, standing, build_number(builder, 0, 0));
}

uint32_t lower_table_standing(struct typed_lowering *lowering, const struct slot *slot)
{
    static const struct typed_operation NUMBER = {.kind = TYPED_NUMBER};
    struct table_lowering table;
    struct lowered_decision decision;
    struct typed_builder *builder = &lowering->builder;
    if (!table_begin(&table, lowering, slot, &decision))
        return OPERAND_NONE;
    uint32_t count = table.classes.entry_count, inputs = table.table->input_count;
    int64_t *standings = ARENA_ARRAY(builder->arena, int64_t, count);
    int64_t *is_read =
        ARENA_ARRAY(builder->arena, int64_t, (size_t)count * inputs); /* by input × count + entry */
    if (!standings || !is_read)
        return OPERAND_NONE;
    for (uint32_t i = 0; i < count; i++) {
        struct entry entry;
        decide_entry(&decision, i, &entry);
        if (entry.state != ENTRY_NONE && !entry.has_standing)
            return OPERAND_NONE;
        standings[i] = citation_standing(slot, &entry);
        if (entry.standing > standings[i])
            standings[i] = entry.standing;
        for (uint32_t j = 0; j < inputs; j++)
            is_read[j * count + i] = decision.reads[j];
    }
    uint32_t standing = build_lookup(builder, table.classes.index, standings, NULL, NULL, count, &NUMBER);
    for (uint32_t j = 0; j < inputs; j++)
        if (table.classes.columns[j].is_tested)
            standing = build_arithmetic(builder, OPERATION_MAXIMUM, standing,
                                        input_standing(&table, j, is_read + (size_t)j * count));
    return standing;
}
