/* SPDX-License-Identifier: Apache-2.0 */
/* The evaluation of one program for one case on one day: the values of slots, each computed when it is asked
 * for and only once. An evaluation belongs to one call and one thread at a time. */
#ifndef TUOYU_PROGRAM_EVALUATION_H
#define TUOYU_PROGRAM_EVALUATION_H

#include <assert.h>

#include "program/program.h"

/* Whether the value of a register is being computed or is there. */
enum register_state { REGISTER_RUNNING, REGISTER_DONE };

/* The value of a slot, and where it came from. */
struct slot_register {
    struct value value;
    uint32_t round; /* the case that it was computed for; the register is empty where that is not
                       evaluation->round */
    uint32_t
        trace; /* the last evaluation_trace() of that case that met the slot, counted from 1; 0 for none */
    uint8_t state; /* enum register_state */
    const struct dated_value
        *chosen;          /* SLOT_PARAMETER: the value in force, NULL where it is unset or not in force */
    const uint32_t *rows; /* SLOT_TABLE: indices of the rows that the value comes from */
    uint32_t row_count;   /* 0 where the default was taken, or there is no value */
};

/* Registers for all slots of a program, and the case at hand. */
struct evaluation {
    const struct program *program;
    struct arena own;   /* holds the registers */
    struct arena arena; /* holds the values of the case at hand */
    struct environment environment;
    size_t steps;   /* how many steps one case may take */
    size_t bytes;   /* how many bytes the values of one case may take */
    uint32_t full;  /* the slot in which they did not suffice, or SLOT_NONE */
    uint32_t round; /* number of the case, so that beginning one need not clear the registers */
    uint32_t trace; /* number of traces of this case */
    struct slot_register *registers; /* by slot; read them by evaluation_register() */
    bool *reads; /* by slot->first_read + index of the dependency: whether it was really read. Only
                    valid for slots computed for this case; the others have old flags */
    int32_t as_of;
    const struct value *facts; /* by index of the fact; borrowed; NULL where all are missing */
    uint32_t current;          /* the slot that is being computed, or SLOT_NONE */
    uint32_t last_read;        /* index of the dependency that the current slot read last */
};

/* Makes an evaluation without a case. limits: NULL for the defaults; only steps, bytes and list_items are
 * read. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status evaluation_init(struct evaluation *evaluation, const struct program *program,
                             const tuoyu_allocator *allocator, const tuoyu_limits *limits);
/* Has interrupt asked while cases are evaluated, from the next evaluation_begin() on; NULL: nobody is. */
void evaluation_set_interrupt(struct evaluation *evaluation, tuoyu_interrupt interrupt, void *context);
/* Frees all memory; may be called again. */
void evaluation_free(struct evaluation *evaluation);

/* Begins a case: forgets all values of the one before and keeps the memory. facts: program->fact_count
 * values, borrowed until the next begin; a missing fact is program->no_facts[i]. NULL where all are
 * missing. */
void evaluation_begin(struct evaluation *evaluation, int32_t as_of, const struct value *facts);
/* Gives a slot its value for this case, before anything reads it: a SLOT_INPUT, or what is to be taken as
 * given. */
void evaluation_set_input(struct evaluation *evaluation, uint32_t slot, struct value value);

/* The value of a slot, computed now if it was not yet. It never fails: what is unknown is a null with a
 * cause, and so is an error. */
struct value evaluation_value(struct evaluation *evaluation, uint32_t slot);

/* ---- What a value says ---- */

/* Whether the case cannot be evaluated any further, since memory or the limit of bytes is used up or the host
 * has cancelled it. evaluation_status() says which, of every value. */
static inline bool evaluation_has_ended(const struct evaluation *evaluation)
{
    return evaluation->arena.failed || evaluation->environment.is_cancelled;
}

/* Returns TUOYU_OK for a value and for an unknown one; else reports the first error in its cause at its place
 * and returns its code. After TUOYU_OK, a value that is VALUE_NULL with a value_cause() is unknown. */
tuoyu_status evaluation_status(const struct evaluation *evaluation, struct value value,
                               tuoyu_diagnostics *diagnostics);

/* Lists the missing facts and unset parameters that values wait for, each once, in order: causes of kind
 * CAUSE_FACT and CAUSE_PARAMETER, in the evaluation's arena. Returns false without memory. */
bool evaluation_missing(struct evaluation *evaluation, const struct value *values, size_t value_count,
                        const struct cause ***missing, size_t *count);
/* The slot of such a cause, or SLOT_NONE. */
uint32_t evaluation_missing_slot(const struct evaluation *evaluation, const struct cause *leaf);

/* ---- How it came about ---- */

/* The register of a slot that was computed, or is being computed, for this case; NULL for any other. */
static inline struct slot_register *evaluation_register(const struct evaluation *evaluation, uint32_t slot)
{
    assert(slot < evaluation->program->slot_count);
    struct slot_register *found = &evaluation->registers[slot];
    return found->round == evaluation->round ? found : NULL;
}
/* Whether the slot has its value for this case. */
static inline bool evaluation_is_done(const struct evaluation *evaluation, uint32_t slot)
{
    const struct slot_register *found = evaluation_register(evaluation, slot);
    return found && found->state == REGISTER_DONE;
}
/* Whether computing a slot that is done really read its dependency at index, that is
 * program_slot(…)->dependencies[index]. */
static inline bool evaluation_has_read(const struct evaluation *evaluation, uint32_t slot, uint32_t index)
{
    assert(index < evaluation->program->slots[slot]->dependency_count);
    return evaluation->reads[evaluation->program->slots[slot]->first_read + index];
}
/* All slots that the values of roots rest on, the roots included, each once and after what it read, in the
 * evaluation's arena. Roots that were not computed are left out, and so is SLOT_NONE. NULL without memory. */
const uint32_t *evaluation_trace(struct evaluation *evaluation, const uint32_t *roots, size_t root_count,
                                 size_t *count);
/* The citation at an index, from 0, of those that a computed slot's value itself rests on: a formula's own,
 * the chosen value's, each row's (the table's where the default was taken). NULL behind the last. One with
 * status 0 claims nothing. */
const struct citation *evaluation_citation(const struct evaluation *evaluation, uint32_t slot,
                                           uint32_t index);

/* The error that a rule or number is not in force at the as-of date, naming the nearest day on which it is.
 * NULL where it is in force, or both days are 0. what: such as `rule "x"`; without memory (bytes NULL) the
 * cause says that. */
const struct cause *evaluation_check_period(struct evaluation *evaluation, struct text what,
                                            int32_t first_day, int32_t last_day, struct location where);
/* A null with an error of the caller's own, such as TUOYU_ERROR_SHARES. */
struct value evaluation_error(struct evaluation *evaluation, tuoyu_status code, struct location where,
                              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ---- Between this room's files ---- */

/* decide.c: the value of a table, whose rows it notes in the slot's register. */
struct value evaluate_table(struct evaluation *evaluation, uint32_t slot);

#endif
