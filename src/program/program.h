/* SPDX-License-Identifier: Apache-2.0 */
/* What all packs of a policy are linked to: slots. A slot is anything that has a value in a case. The program
 * is built once, in order (a slot reads only slots that are there), and does not change afterwards. */
#ifndef TUOYU_PROGRAM_PROGRAM_H
#define TUOYU_PROGRAM_PROGRAM_H

#include <assert.h>

#include "program/decision_table.h"
#include "program/money_check.h"
#include "program/percent.h"
#include "program/scope.h"

/* The index that stands for no slot. */
#define SLOT_NONE UINT32_MAX
enum {
    SLOT_AS_OF_INDEX = 0,  /* `as_of` is always slot 0 */
    PROGRAM_HIGHEST = 1000 /* most nodes on one way down through all trees: bounds recursion */
};

enum slot_kind {
    SLOT_AS_OF,
    SLOT_FACT,       /* given by the case */
    SLOT_INPUT,      /* given by the rule that runs: a number per region, what was tallied */
    SLOT_PARAMETER,  /* chosen by the as-of date */
    SLOT_DEFINITION, /* an expression of a pack */
    SLOT_TABLE,
    SLOT_STEP /* an expression of a rule: a step, a share, a criterion */
};

/* Whether a slot is ready to be read. Meeting a slot that is LINK_RUNNING means a cycle. */
enum link_state { LINK_WAITING, LINK_RUNNING, LINK_DONE };

/* A parameter's value from a day on. */
struct dated_value {
    int32_t from;
    bool is_end;        /* from this day on the parameter is no longer in force */
    bool is_unset;      /* from this day on there is no value yet */
    struct value value; /* as expressions see it: a percent in hundredths */
    struct citation citation;
    struct location where;
};

/* What a fact may be, beyond its type. */
struct fact_domain {
    int32_t scale; /* decimals of a number as expressions see it, for a percent two more than in its unit */
    bool is_nullable;
    const struct range *range; /* of numbers and dates as expressions see them; NULL where none is declared */
};

/* Anything that has a value in a case. Which fields are set depends on the kind. */
struct slot {
    enum slot_kind kind;
    struct text name;      /* as expressions write it, such as `child.birth_date` or `income_share` */
    struct text full_name; /* `pack.id:name` or `pack.id:rule.step`; for a fact its name */
    struct localised label;
    struct text unit; /* empty for none; a percent is a hundredth inside and a hundred times that outside */
    struct citation citation; /* of the formula or the whole table; each value of a parameter has its own */
    struct static_type type;
    uint32_t pack;               /* index of the pack; UINT32_MAX for as_of, which has none */
    int32_t first_day, last_day; /* in force, both included; both 0 for always */
    struct location where;

    /* the cause of the null of a fact that is missing or a parameter that is unset; its address says which
     * slot it is */
    const struct cause *absent;

    /* SLOT_FACT */
    uint32_t fact; /* index among the facts */
    struct fact_domain domain;
    const void *declaration;  /* struct pack_fact of pack/model.h */
    struct localised held_by; /* who has it; no words where no pack says so */
    uint32_t held_by_pack;    /* index of the pack that says so */
    /* SLOT_PARAMETER */
    const struct dated_value *values; /* ascending by day; there are none where the parameter is unset */
    uint32_t value_count;
    struct localised unset; /* why there is no value, or who has to set it */
    bool is_delegated;      /* packs below have to set it */
    /* SLOT_DEFINITION, SLOT_STEP */
    struct expression formula; /* the rounding is part of it */
    struct money_check money;  /* a value that breaks it is an error; noun is NULL where there is no check */
    bool is_told_apart; /* explanations show only its value here, because what it is made of has a place of
                           its own */
    bool is_version_choice; /* a definition that only picks the version of a pack in force; explanations
                               leave it out */
    /* SLOT_TABLE */
    struct decision_table *table;

    bool is_in_order; /* the types of its expressions are checked and go together: it can be analysed */

    enum type_kind wanted;        /* the type that its expression must have */
    uint8_t link;                 /* enum link_state */
    const uint32_t *dependencies; /* slots that it can read, distinct, in order of first mention */
    uint32_t dependency_count;
    uint32_t first_read; /* index of its first dependency among those of all slots; evaluation keeps a flag
                            for each */
    uint32_t chain;      /* slots on the longest way down, itself included; 0 before it is linked */
    uint32_t height;     /* nodes on the longest way down through all expressions: bounds the interpreter's
                            recursion */
};

/* All slots of a policy. */
struct program {
    const char *misdeclared; /* the declared unit that was reported last while slots are linked */
    struct arena *arena;
    struct slot **slots;
    uint32_t slot_count;
    size_t slot_capacity;
    uint32_t *fact_slots; /* by index of the fact: its slot */
    /* by index of the fact: the null of a missing fact. A case begins with a copy. */
    struct value *no_facts;
    uint32_t fact_count;
    size_t fact_capacity, no_fact_capacity;
    uint32_t read_count; /* dependencies of all slots together */
    size_t chain_limit;  /* limits.expression_depth */
    uint32_t *link_path; /* room for the linker, chain_limit long; made when first needed */
    size_t expression_depth;
};

/* Makes a program with the slot `as_of`. limits: NULL for the defaults. Returns false without memory. */
bool program_init(struct program *program, struct arena *arena, const tuoyu_limits *limits);
/* The slot at an index, which must be one of the program. */
static inline const struct slot *program_slot(const struct program *program, uint32_t index)
{
    assert(index < program->slot_count);
    return program->slots[index];
}

/* ---- Adding what stands for itself ---- */

/* Adds a copy of the slot and numbers it if it is a fact. What has an expression is defined and linked later.
 * Returns the index, or SLOT_NONE without memory. */
uint32_t program_add(struct program *program, const struct slot *slot);

/* ---- Adding expressions ----
 * A rule makes a scope over its pack's, adds its steps in order and declares each name in the scope:
 *
 *     struct scope *scope = …; scope_init(scope, arena, &pack->scope);
 *     program_add_formula(program, scope, &(struct formula){…}, &slot, diagnostics);
 *     scope_declare(scope, step->id, slot);
 */
struct formula {
    struct text name, full_name;
    struct localised label;
    struct text unit;
    struct expression_text written; /* either this … */
    const struct node *tree;  /* … or a tree that the rule built (node_symbol(), node_call(), …); messages
                                 then point at `written`, which may be empty */
    struct rounding round;    /* of the result, in the declared unit */
    struct money_check money; /* of the rounded result; noun is NULL for no check */
    enum type_kind type;      /* that the result must have; TYPE_ANY for any */
    struct citation citation;
    uint32_t pack;
    int32_t first_day, last_day; /* both 0 for always */
    struct location where;       /* the name */
};

/* Parses an expression, checks its types and adds its slot. Returns TUOYU_OK, TUOYU_ERROR_SYNTAX,
 * _UNKNOWN_NAME, _TYPE, _LIMIT or _NO_MEMORY; errors are reported at their place. *slot may be used after an
 * error too (its type is then not known), so that what reads it is still checked; it is SLOT_NONE only
 * without memory. */
tuoyu_status program_add_formula(struct program *program, const struct scope *scope,
                                 const struct formula *formula, uint32_t *slot,
                                 tuoyu_diagnostics *diagnostics);

/* ---- Adding what may be mentioned before it is there: the definitions and tables of packs ----
 * program_add() each with its kind, so that it has a name; then define each; then link all at once. */

/* Parses the expression of a slot that was added. Name and so on are those of the slot already. Returns
 * TUOYU_OK or the first error, reported. */
tuoyu_status program_define_formula(struct program *program, const struct scope *scope, uint32_t slot,
                                    const struct formula *formula, tuoyu_diagnostics *diagnostics);
/* Gives a slot its table, whose expressions are parsed and which stands in the arena. Numbers in percent
 * columns become hundredths. Returns TUOYU_OK or the first error, reported. */
tuoyu_status program_define_table(struct program *program, uint32_t slot, struct decision_table *table,
                                  tuoyu_diagnostics *diagnostics);
/* Gives up a slot whose expression could not be read: it is never computed and counts as of any type, so that
 * what mentions it can still be checked. */
void program_abandon(struct program *program, uint32_t slot);
/* Links all slots: finds the order in which they read each other and checks types in that order. Returns
 * TUOYU_OK or the first error: TUOYU_ERROR_CYCLE (with the path), _LIMIT (too long a chain), _TYPE,
 * _NO_MEMORY. */
tuoyu_status program_link(struct program *program, tuoyu_diagnostics *diagnostics);

/* Parses an expression without adding a slot; is_tests for a cell of a decision table. Returns TUOYU_OK, or
 * the status of an error, which is reported. */
tuoyu_status program_parse(struct program *program, const struct scope *scope,
                           const struct expression_text *written, bool is_tests, struct expression *out,
                           tuoyu_diagnostics *diagnostics);

/* The value of a parameter on a day, which may be an end or unset; NULL before the first. */
const struct dated_value *parameter_value_on(const struct slot *slot, int32_t day);

#endif
