/* SPDX-License-Identifier: Apache-2.0 */
/* Computes slots on demand, notes what each reads, and turns what goes wrong into nulls with causes. */
#include "program/evaluation.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEFAULT_STEPS = 1000000, DEFAULT_BYTES = 16 * 1024 * 1024 };

/* ---- Reading a slot ---- */

/* Notes that the current slot has read another. Dependencies are usually read in declaration order, so the
 * search resumes after the last hit. */
static void note_read(struct evaluation *evaluation, uint32_t slot)
{
    if (evaluation->current == SLOT_NONE)
        return;
    const struct slot *reader = program_slot(evaluation->program, evaluation->current);
    uint32_t at = evaluation->last_read < reader->dependency_count ? evaluation->last_read : 0;
    for (uint32_t i = 0; i < reader->dependency_count;
         i++, at = at + 1 < reader->dependency_count ? at + 1 : 0) {
        if (reader->dependencies[at] != slot)
            continue;
        evaluation->reads[reader->first_read + at] = true;
        evaluation->last_read = at;
        return;
    }
}

/* The interpreter's way to a slot: notes the reading and gives the value. */
static struct value resolve(void *context, uint32_t slot)
{
    struct evaluation *evaluation = context;
    note_read(evaluation, slot);
    return evaluation_value(evaluation, slot);
}

/* ---- Parameters ---- */

/* The error of a parameter that is not in force. ended: the end before the as-of date; next: the first value
 * after it; either may be NULL. */
static struct value not_in_force(struct evaluation *evaluation, const struct slot *slot,
                                 const struct dated_value *ended, const struct dated_value *next)
{
    char today[11], before[11] = "", after[11] = "";
    date_format(evaluation->as_of, today);
    if (ended)
        date_format(ended->from - 1, before);
    if (next)
        date_format(next->from, after);
    struct location where = ended ? ended->where : slot->where;
    struct text time = ended && next
                           ? message_text(&evaluation->arena, "until %s and again from %s", before, after)
                       : ended ? message_text(&evaluation->arena, "until %s", before)
                               : message_text(&evaluation->arena, "from %s", after);
    return evaluation_error(evaluation, TUOYU_ERROR_NOT_IN_FORCE, where,
                            "`%.*s` is not in force on %s: it is %.*s", TEXT_ARGUMENTS(slot->name), today,
                            TEXT_ARGUMENTS(time));
}

/* The value of a parameter on the as-of date, or a null with a cause. */
static struct value choose_parameter(struct evaluation *evaluation, uint32_t index)
{
    const struct slot *slot = program_slot(evaluation->program, index);
    if (slot->value_count == 0)
        return value_null(slot->absent);
    const struct dated_value *chosen = parameter_value_on(slot, evaluation->as_of);
    const struct dated_value *next = chosen ? chosen + 1 : slot->values;
    while (next < slot->values + slot->value_count && next->is_end)
        next++;
    if (next == slot->values + slot->value_count)
        next = NULL;
    if (!chosen || chosen->is_end)
        return not_in_force(evaluation, slot, chosen, next);
    if (chosen->is_unset)
        return value_null(slot->absent);
    evaluation->registers[index].chosen = chosen;
    return chosen->value;
}

/* ---- Computing ---- */

/* The value, or an error where it is an amount that the slot may not have. */
static struct value checked_money(struct evaluation *evaluation, const struct slot *slot, struct value value)
{
    const struct money_check *check = &slot->money;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    if (!check->noun || value.kind != VALUE_NUMBER)
        return value;
    if (number_to_unit(slot->unit, value.as.number, &number) != TUOYU_OK)
        number = value.as.number;
    const char *problem = money_problem(check, number);
    if (!problem)
        return value;
    decimal_format(number, digits);
    if (!check->of.length)
        return evaluation_error(evaluation, TUOYU_ERROR_SHARES, slot->where, "the %s is %s: %s", check->noun,
                                problem, digits);
    return evaluation_error(evaluation, TUOYU_ERROR_SHARES, slot->where, "the %s of `%.*s` is %s: %s",
                            check->noun, TEXT_ARGUMENTS(check->of), problem, digits);
}

/* What messages call such a slot. */
static const char *noun_of(enum slot_kind kind)
{
    return kind == SLOT_PARAMETER ? "parameter" : kind == SLOT_TABLE ? "table" : "definition";
}

/* Computes a slot whose register is started. */
static struct value compute(struct evaluation *evaluation, uint32_t index)
{
    const struct slot *slot = program_slot(evaluation->program, index);
    switch (slot->kind) {
    case SLOT_AS_OF: return value_date(evaluation->as_of);
    case SLOT_FACT:
        return evaluation->facts ? evaluation->facts[slot->fact] : evaluation->program->no_facts[slot->fact];
    case SLOT_INPUT:
        return evaluation_error(evaluation, TUOYU_ERROR_EVALUATION, slot->where, "`%.*s` has no value here",
                                TEXT_ARGUMENTS(slot->name));
    default: break;
    }
    bool is_out_of_force = (slot->first_day || slot->last_day) &&
                           (evaluation->as_of < slot->first_day || evaluation->as_of > slot->last_day);
    if (is_out_of_force) {
        struct text what =
            message_text(&evaluation->arena, "%s `%.*s`", noun_of(slot->kind), TEXT_ARGUMENTS(slot->name));
        return value_null(
            evaluation_check_period(evaluation, what, slot->first_day, slot->last_day, slot->where));
    }
    if (slot->kind == SLOT_PARAMETER)
        return choose_parameter(evaluation, index);
    if (slot->kind == SLOT_TABLE)
        return evaluate_table(evaluation, index);
    return checked_money(evaluation, slot, expression_evaluate(&slot->formula, &evaluation->environment));
}

/* Empties the register and clears the flags of what the slot read for an earlier case. */
static struct slot_register *start_register(struct evaluation *evaluation, uint32_t index)
{
    assert(index < evaluation->program->slot_count);
    const struct slot *slot = program_slot(evaluation->program, index);
    struct slot_register *started = &evaluation->registers[index];
    *started = (struct slot_register){.round = evaluation->round, .state = REGISTER_RUNNING};
    bool *reads = evaluation->reads + slot->first_read;
    if (slot->dependency_count)
        memset(reads, 0, slot->dependency_count * sizeof *reads);
    return started;
}

/* Ends the computing of a slot: the limit of bytes holds while slots are computed, and what an answer then
 * notes in the same arena is small. */
static void end_slot(struct evaluation *evaluation, uint32_t slot)
{
    if (evaluation->arena.is_full && evaluation->full == SLOT_NONE)
        evaluation->full = slot;
    if (evaluation->current == SLOT_NONE)
        evaluation->arena.given_most = SIZE_MAX;
}

/* The recursion through expression_evaluate() is bounded by slot->chain, which the program limits. */
struct value evaluation_value(struct evaluation *evaluation, uint32_t slot)
{
    struct slot_register *result = evaluation_register(evaluation, slot);
    if (result && result->state == REGISTER_DONE)
        return result->value;
    if (result)
        return evaluation_error(evaluation, TUOYU_ERROR_CYCLE, program_slot(evaluation->program, slot)->where,
                                "`%.*s` needs itself",
                                TEXT_ARGUMENTS(program_slot(evaluation->program, slot)->name));
    uint32_t reader = evaluation->current, last_read = evaluation->last_read;
    struct value input = evaluation->environment.input;
    result = start_register(evaluation, slot);
    evaluation->current = slot;
    evaluation->last_read = 0;
    evaluation->environment.input = VALUE_NOTHING;
    evaluation->arena.given_most = evaluation->bytes;
    result->value = compute(evaluation, slot);
    result->state = REGISTER_DONE;
    evaluation->current = reader;
    evaluation->last_read = last_read;
    evaluation->environment.input = input;
    end_slot(evaluation, slot);
    return result->value;
}

/* ---- Life ---- */

tuoyu_status evaluation_init(struct evaluation *evaluation, const struct program *program,
                             const tuoyu_allocator *allocator, const tuoyu_limits *limits)
{
    *evaluation = (struct evaluation){.program = program};
    arena_init(&evaluation->own, allocator);
    arena_init(&evaluation->arena, allocator);
    evaluation->steps = limits && limits->steps ? limits->steps : DEFAULT_STEPS;
    evaluation->bytes = limits && limits->bytes ? limits->bytes : DEFAULT_BYTES;
    environment_init(&evaluation->environment, &evaluation->arena);
    if (limits && limits->list_items)
        evaluation->environment.list_limit = limits->list_items;
    evaluation->environment.mode = EVALUATE_PACK;
    evaluation->environment.resolve = resolve;
    evaluation->environment.context = evaluation;
    evaluation->registers = ARENA_ARRAY(&evaluation->own, struct slot_register, program->slot_count);
    evaluation->reads = ARENA_ARRAY(&evaluation->own, bool, program->read_count);
    if (!evaluation->registers || !evaluation->reads) {
        evaluation_free(evaluation);
        return TUOYU_ERROR_NO_MEMORY;
    }
    evaluation_begin(evaluation, 0, NULL);
    return TUOYU_OK;
}

void evaluation_set_interrupt(struct evaluation *evaluation, tuoyu_interrupt interrupt, void *context)
{
    evaluation->environment.interrupt = interrupt;
    evaluation->environment.interrupt_context = context;
}

void evaluation_free(struct evaluation *evaluation)
{
    arena_free(&evaluation->own);
    arena_free(&evaluation->arena);
    evaluation->registers = NULL;
    evaluation->reads = NULL;
}

void evaluation_begin(struct evaluation *evaluation, int32_t as_of, const struct value *facts)
{
    arena_reset(&evaluation->arena);
    if (++evaluation->round == 0) { /* registers of 2^32 cases ago must not pass for this one's */
        memset(evaluation->registers, 0, evaluation->program->slot_count * sizeof *evaluation->registers);
        evaluation->round = 1;
    }
    evaluation->trace = 0;
    evaluation->as_of = as_of;
    evaluation->facts = facts;
    evaluation->current = SLOT_NONE;
    evaluation->full = SLOT_NONE;
    environment_allow_steps(&evaluation->environment, evaluation->steps);
    evaluation->environment.charged = 0;
    evaluation->environment.input = VALUE_NOTHING;
}

void evaluation_set_input(struct evaluation *evaluation, uint32_t slot, struct value value)
{
    struct slot_register *input = start_register(evaluation, slot);
    input->value = value;
    input->state = REGISTER_DONE;
}

/* ---- Errors ---- */

struct value evaluation_error(struct evaluation *evaluation, tuoyu_status code, struct location where,
                              const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text message = message_text_of_list(&evaluation->arena, format, arguments);
    va_end(arguments);
    struct cause *cause = ARENA_NEW(&evaluation->arena, struct cause);
    if (!cause || !message.bytes)
        return value_no_memory();
    *cause = (struct cause){
        .kind = CAUSE_ERROR, .code = code, .name = TEXT(""), .message = message, .where = where};
    return value_null(cause);
}

const struct cause *evaluation_check_period(struct evaluation *evaluation, struct text what,
                                            int32_t first_day, int32_t last_day, struct location where)
{
    char today[11], nearest[11];
    bool is_early = evaluation->as_of < first_day;
    if ((!first_day && !last_day) || (!is_early && evaluation->as_of <= last_day))
        return NULL;
    if (!what.bytes)
        return value_cause(value_no_memory());
    date_format(evaluation->as_of, today);
    date_format(is_early ? first_day : last_day, nearest);
    struct text time = is_early ? message_text(&evaluation->arena, "from %s", nearest)
                                : message_text(&evaluation->arena, "until %s", nearest);
    return value_cause(evaluation_error(evaluation, TUOYU_ERROR_NOT_IN_FORCE, where,
                                        "%.*s is not in force on %s: it is %.*s", TEXT_ARGUMENTS(what), today,
                                        TEXT_ARGUMENTS(time)));
}

/* Reports why the evaluation ended before its end, at the slot whose value took the last bytes. */
static tuoyu_status report_end(const struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    if (evaluation->environment.is_cancelled)
        return report(diagnostics, TUOYU_ERROR_CANCELLED, nowhere, TEXT(""), "the evaluation was cancelled");
    if (!evaluation->arena.is_full)
        return report_no_memory(diagnostics);
    bool has_slot = evaluation->full != SLOT_NONE;
    struct location where = has_slot ? program_slot(evaluation->program, evaluation->full)->where : nowhere;
    return report(diagnostics, TUOYU_ERROR_LIMIT, where,
                  TEXT("make lists and texts smaller, or raise the limit bytes"),
                  "the evaluation takes more than %zu bytes of memory", evaluation->bytes);
}

tuoyu_status evaluation_status(const struct evaluation *evaluation, struct value value,
                               tuoyu_diagnostics *diagnostics)
{
    const struct cause *error = cause_first_error(value_cause(value));
    if (evaluation_has_ended(evaluation))
        return report_end(evaluation, diagnostics);
    if (error && error->code == TUOYU_ERROR_NO_MEMORY)
        return report_no_memory(diagnostics);
    if (!error)
        return TUOYU_OK;
    return report(diagnostics, error->code, error->where, TEXT(""), "%.*s", TEXT_ARGUMENTS(error->message));
}
