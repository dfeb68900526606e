/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the program: adds slots, gives them their parsed expressions, and chooses a parameter's value by
 * date. */
#include "program/program.h"

#include <assert.h>

#include <tuoyu/rules.h>

#include "feel/builtin.h"
#include "program/link.h"
#include "program/unit_text.h"

enum { DEFAULT_DEPTH = 64 };

bool program_init(struct program *program, struct arena *arena, const tuoyu_limits *limits)
{
    size_t depth = limits && limits->expression_depth ? limits->expression_depth : DEFAULT_DEPTH;
    *program = (struct program){.arena = arena, .chain_limit = depth, .expression_depth = depth};
    struct slot as_of = {.kind = SLOT_AS_OF,
                         .name = TEXT("as_of"),
                         .full_name = TEXT("as_of"),
                         .type = STATIC_TYPE(TYPE_DATE),
                         .pack = UINT32_MAX};
    return program_add(program, &as_of) == SLOT_AS_OF_INDEX;
}

/* ---- Slots ---- */

/* Makes the cause of a null that stands for a missing fact or an unset parameter; NULL without memory. */
static const struct cause *absence(struct program *program, enum cause_kind kind, tuoyu_status code,
                                   struct text name)
{
    struct cause *cause = ARENA_NEW(program->arena, struct cause);
    if (cause)
        *cause = (struct cause){.kind = kind, .code = code, .name = name, .message = TEXT("")};
    return cause;
}

/* Numbers a fact and gives it its null; false without memory. */
static bool add_fact(struct program *program, struct slot *slot)
{
    size_t count = program->fact_count;
    uint32_t *slots =
        arena_grow(program->arena, program->fact_slots, count, &program->fact_capacity, sizeof *slots);
    if (slots)
        program->fact_slots = slots;
    struct value *values =
        arena_grow(program->arena, program->no_facts, count, &program->no_fact_capacity, sizeof *values);
    if (values)
        program->no_facts = values;
    slot->absent = absence(program, CAUSE_FACT, TUOYU_ERROR_FACT_MISSING, slot->name);
    if (!slots || !values || !slot->absent)
        return false;
    slot->fact = program->fact_count++;
    slots[slot->fact] = program->slot_count;
    values[slot->fact] = value_null(slot->absent);
    return true;
}

uint32_t program_add(struct program *program, const struct slot *slot)
{
    struct slot **slots = arena_grow(program->arena, program->slots, program->slot_count,
                                     &program->slot_capacity, sizeof *slots);
    if (slots)
        program->slots = slots;
    struct slot *copy = ARENA_NEW(program->arena, struct slot);
    if (!slots || !copy)
        return SLOT_NONE;
    *copy = *slot;
    if (copy->type.kind == TYPE_NUMBER)
        copy->type.unit = unit_of_text(program->arena, copy->unit);
    bool has_expression =
        slot->kind == SLOT_DEFINITION || slot->kind == SLOT_TABLE || slot->kind == SLOT_STEP;
    copy->link = has_expression ? LINK_WAITING : LINK_DONE;
    copy->first_read = program->read_count;
    if (slot->kind == SLOT_FACT && !add_fact(program, copy))
        return SLOT_NONE;
    if (slot->kind == SLOT_PARAMETER) {
        copy->absent = absence(program, CAUSE_PARAMETER, TUOYU_ERROR_PARAMETER_UNSET, slot->name);
        if (!copy->absent)
            return SLOT_NONE;
    }
    slots[program->slot_count] = copy;
    return program->slot_count++;
}

/* ---- Expressions ---- */

tuoyu_status program_parse(struct program *program, const struct scope *scope,
                           const struct expression_text *written, bool is_tests, struct expression *out,
                           tuoyu_diagnostics *diagnostics)
{
    struct parse_options options = {.where = written->where,
                                    .is_verbatim = written->is_verbatim,
                                    .depth_limit = program->expression_depth,
                                    .is_unary_tests = is_tests,
                                    .input_slot = UINT32_MAX,
                                    .is_strict = true};
    return expression_parse(program->arena, written->text, &scope->symbols, &options, out, diagnostics);
}

/* Makes the root of an expression `round to(root, step, mode)`, at the place of the root in the text. Returns
 * TUOYU_OK, TUOYU_ERROR_OVERFLOW or TUOYU_ERROR_NO_MEMORY, not reported. */
static tuoyu_status wrap_rounding(struct program *program, const struct formula *formula,
                                  struct expression *expression)
{
    assert(formula->round.is_given && expression->root);
    tuoyu_decimal step = formula->round.to;
    tuoyu_status status = number_from_unit(formula->unit, step, &step);
    if (status != TUOYU_OK)
        return status;
    const struct node *root = expression->root;
    const struct node *arguments[] = {
        root, node_literal(program->arena, value_number(step)),
        node_literal(program->arena, value_string(decimal_rounding_name(formula->round.mode)))};
    if (!arguments[1] || !arguments[2])
        return TUOYU_ERROR_NO_MEMORY;
    const struct node *call = node_call(program->arena, FEEL_ROUND_TO, 3, arguments);
    struct node *placed = call ? ARENA_NEW(program->arena, struct node) : NULL;
    if (!placed)
        return TUOYU_ERROR_NO_MEMORY;
    *placed = *call;
    placed->offset = root->offset;
    placed->length = root->length;
    expression->root = placed;
    return TUOYU_OK;
}

/* Makes the expression of a formula, parsed or from its tree, with its rounding. Errors but that of the
 * rounding are reported. */
static tuoyu_status make_expression(struct program *program, const struct scope *scope,
                                    const struct formula *formula, struct expression *out,
                                    tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status;
    if (formula->tree) {
        struct location where = formula->written.where.source ? formula->written.where : formula->where;
        struct expression like = {.text = formula->written.text.bytes ? formula->written.text : TEXT(""),
                                  .where = where};
        status = expression_from_node(program->arena, formula->tree, &like, out);
        if (status != TUOYU_OK)
            return report_no_memory(diagnostics);
    } else {
        status = program_parse(program, scope, &formula->written, false, out, diagnostics);
        if (status != TUOYU_OK)
            return status;
    }
    if (!formula->round.is_given)
        return TUOYU_OK;
    status = wrap_rounding(program, formula, out);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

void program_abandon(struct program *program, uint32_t index)
{
    assert(index < program->slot_count);
    struct slot *slot = program->slots[index];
    slot->link = LINK_DONE;
    slot->type = STATIC_TYPE(TYPE_ANY);
    slot->dependency_count = 0;
}

tuoyu_status program_define_formula(struct program *program, const struct scope *scope, uint32_t index,
                                    const struct formula *formula, tuoyu_diagnostics *diagnostics)
{
    assert(index < program->slot_count);
    struct slot *slot = program->slots[index];
    tuoyu_status status = make_expression(program, scope, formula, &slot->formula, diagnostics);
    if (status != TUOYU_OK) {
        program_abandon(program, index);
        return status;
    }
    slot->wanted = formula->round.is_given ? TYPE_NUMBER : formula->type;
    slot->dependencies = slot->formula.symbols;
    slot->dependency_count = slot->formula.symbol_count;
    slot->first_read = program->read_count;
    program->read_count += slot->dependency_count;
    return TUOYU_OK;
}

tuoyu_status program_add_formula(struct program *program, const struct scope *scope,
                                 const struct formula *formula, uint32_t *slot,
                                 tuoyu_diagnostics *diagnostics)
{
    struct slot made = {.kind = SLOT_STEP,
                        .name = formula->name,
                        .full_name = formula->full_name,
                        .label = formula->label,
                        .unit = formula->unit,
                        .money = formula->money,
                        .citation = formula->citation,
                        .pack = formula->pack,
                        .first_day = formula->first_day,
                        .last_day = formula->last_day,
                        .where = formula->where};
    *slot = program_add(program, &made);
    if (*slot == SLOT_NONE)
        return report_no_memory(diagnostics);
    tuoyu_status status = program_define_formula(program, scope, *slot, formula, diagnostics);
    return status == TUOYU_OK ? program_link_slot(program, *slot, diagnostics) : status;
}

/* ---- Parameters ---- */

const struct dated_value *parameter_value_on(const struct slot *slot, int32_t day)
{
    const struct dated_value *chosen = NULL;
    for (uint32_t i = 0; i < slot->value_count && slot->values[i].from <= day; i++)
        chosen = &slot->values[i];
    return chosen;
}
