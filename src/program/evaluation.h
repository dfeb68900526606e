/* SPDX-License-Identifier: Apache-2.0 */
/* One program, one case, one date: the values of slots, computed when they are asked for and once only. Owned
 * by one call; used by one thread at a time. */
#ifndef TUOYU_PROGRAM_EVALUATION_H
#define TUOYU_PROGRAM_EVALUATION_H

#include "program/program.h"

enum register_state { REGISTER_RUNNING, REGISTER_DONE };

/* What came of a slot, and how. */
struct slot_register {
    struct value value;
    uint32_t round; /* the case that it was computed for; where that is not evaluation->round, it is empty */
    uint32_t trace; /* the last evaluation_trace() of that case that met it, counted from 1 */
    uint8_t state;
    const struct dated_value *chosen; /* SLOT_PARAMETER: the value in force; NULL if unset or not in force */
    const uint32_t *rows;             /* SLOT_TABLE: indices of the rows that the value comes from */
    uint32_t row_count;               /* 0: the default, or no value */
};

struct evaluation {
    const struct program *program;
    struct arena own;   /* the registers */
    struct arena arena; /* the values of a case */
    struct environment environment;
    size_t steps;                    /* of one case */
    uint32_t round;                  /* counts cases, so that beginning one need not clear the registers */
    uint32_t trace;                  /* counts the traces of this case */
    struct slot_register *registers; /* by slot; read them by evaluation_register() */
    bool *reads; /* by slot->first_read + index of the dependency: it was really read. Of slots that
                    were computed for this case; those of others are left from an earlier one */
    int32_t as_of;
    const struct value *facts; /* by fact index; borrowed */
    uint32_t current;          /* the slot that is being computed */
    uint32_t last_read;        /* index of the dependency that it read last */
};

/* limits: NULL for the defaults (only steps and list_items are read). TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status evaluation_init(struct evaluation *evaluation, const struct program *program,
                             const tuoyu_allocator *allocator, const tuoyu_limits *limits);
void evaluation_free(struct evaluation *evaluation);

/* Begins a case; forgets all values of the one before, keeps the memory. facts: program->fact_count values,
 * borrowed until the next begin; a fact that is not given is program->no_facts[i]. NULL: none is given. */
void evaluation_begin(struct evaluation *evaluation, int32_t as_of, const struct value *facts);
/* Sets a SLOT_INPUT, before anything reads it. */
void evaluation_set_input(struct evaluation *evaluation, uint32_t slot, struct value value);

/* The value; computed now if it was not yet. Never fails: an unknown is a null with a cause, and so is an
 * error. */
struct value evaluation_value(struct evaluation *evaluation, uint32_t slot);

/* ---- What a value says ---- */

/* TUOYU_OK for a value and for an unknown; else the code of the first error in its cause, which is reported
 * at its place. Ask this first, then value.kind == VALUE_NULL && value_cause(value) means unknown. */
tuoyu_status evaluation_status(const struct evaluation *evaluation, struct value value,
                               tuoyu_diagnostics *diagnostics);

/* The facts and parameters that values wait for, each name once, in order: leaves of kind CAUSE_FACT and
 * CAUSE_PARAMETER. In the evaluation's arena; false when memory is refused. */
bool evaluation_missing(struct evaluation *evaluation, const struct value *values, size_t value_count,
                        const struct cause ***missing, size_t *count);
/* The slot of a leaf's fact or parameter, or SLOT_NONE. */
uint32_t evaluation_missing_slot(const struct evaluation *evaluation, const struct cause *leaf);

/* ---- How it came about ---- */

/* The register of a slot that was computed, or that is being computed, for this case; NULL for any other. */
static inline struct slot_register *evaluation_register(const struct evaluation *evaluation, uint32_t slot)
{
    assert(slot < evaluation->program->slot_count);
    struct slot_register *found = &evaluation->registers[slot];
    return found->round == evaluation->round ? found : NULL;
}
static inline bool evaluation_is_done(const struct evaluation *evaluation, uint32_t slot)
{
    const struct slot_register *found = evaluation_register(evaluation, slot);
    return found && found->state == REGISTER_DONE;
}
/* Whether the computation of a slot that is done really read its dependency at index: that of
 * program_slot(…)->dependencies[index]. */
static inline bool evaluation_has_read(const struct evaluation *evaluation, uint32_t slot, uint32_t index)
{
    return evaluation->reads[evaluation->program->slots[slot]->first_read + index];
}
/* All slots that the values of roots rest on, roots included: each once, what was read before what read it.
 * In the evaluation's arena; NULL when memory is refused. Roots that were not computed are left out. */
const uint32_t *evaluation_trace(struct evaluation *evaluation, const uint32_t *roots, size_t root_count,
                                 size_t *count);
/* The citations that a computed slot's value rests on by itself: a formula's own, the chosen value's, each
 * row's (the table's, where the default was taken). index from 0; NULL at the end. One with status 0 claims
 * nothing. */
const struct citation *evaluation_citation(const struct evaluation *evaluation, uint32_t slot,
                                           uint32_t index);

/* The error that a rule or number is not in force at the as-of date, naming the nearest day that it is; NULL
 * if it is in force, or both days are 0. what: `rule "x"`. Without memory the cause says that. */
const struct cause *evaluation_check_period(struct evaluation *evaluation, struct text what,
                                            int32_t first_day, int32_t last_day, struct location where);
/* A null with an error of the rule's own, such as TUOYU_ERROR_SHARES. */
struct value evaluation_error(struct evaluation *evaluation, tuoyu_status code, struct location where,
                              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ---- Between this room's files ---- */

/* decide.c: the value of a table; notes the rows in its register. */
struct value evaluate_table(struct evaluation *evaluation, uint32_t slot);

#endif
