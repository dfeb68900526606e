/* SPDX-License-Identifier: Apache-2.0 */
/* What all packs of a policy lower to: slots. A slot is anything that has a value in a case. It is built
 * once, in order (a slot reads only slots that are there), and immutable afterwards. */
#ifndef TUOYU_PROGRAM_PROGRAM_H
#define TUOYU_PROGRAM_PROGRAM_H

#include <assert.h>

#include "program/decision_table.h"
#include "program/money_check.h"
#include "program/scope.h"

#define SLOT_NONE UINT32_MAX
enum {
    SLOT_AS_OF_INDEX = 0,  /* `as_of` is always slot 0 */
    PROGRAM_HIGHEST = 1000 /* of all trees on one way down, together */
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

/* Whether a slot is ready to be read; a cycle is found where one is met that is being linked. */
enum link_state { LINK_WAITING, LINK_RUNNING, LINK_DONE };

/* A parameter's value from a day on. */
struct dated_value {
    int32_t from;
    bool is_end;        /* from here on the parameter is no longer in force */
    bool is_unset;      /* from here on there is no number yet */
    struct value value; /* as expressions see it: a percent in hundredths */
    struct citation citation;
    struct location where;
};

/* What a fact may be, beyond its type. */
struct fact_domain {
    int32_t scale; /* decimals of a number as expressions see it: of a percent two more than in its unit */
    bool is_nullable;
    const struct range *range; /* of numbers and dates as expressions see them; NULL: none is declared */
};

struct slot {
    enum slot_kind kind;
    struct text name;      /* as expressions write it: `child.birth_date`, `income_share` */
    struct text full_name; /* a fact's name; else `pack.id:name`, `pack.id:rule.step` */
    struct localised label;
    struct text unit; /* "percent": a hundredth inside, a hundred times that at the border; empty: none */
    struct citation citation; /* of the formula or of the whole table; a parameter's stand with its values */
    struct static_type type;
    uint32_t pack;               /* index of the pack; UINT32_MAX: none (as_of) */
    int32_t first_day, last_day; /* in force, both included */
    struct location where;

    /* of a fact that is not given, a parameter that is unset: found by its address */
    const struct cause *absent;

    /* SLOT_FACT */
    uint32_t fact; /* index among the facts */
    struct fact_domain domain;
    const void *declaration; /* struct pack_fact of pack/model.h */
    /* SLOT_PARAMETER */
    const struct dated_value *values; /* ascending; none: unset */
    uint32_t value_count;
    struct localised unset; /* why there is none, or who has to set it */
    bool is_delegated;      /* packs below have to set it */
    /* SLOT_DEFINITION, SLOT_STEP: the rounding is part of the expression */
    struct expression formula;
    struct money_check money; /* a value that breaks it is an error; noun NULL: there is none */
    bool is_told_apart;       /* explanations show its value only: what it is made of is shown by itself */
    bool is_version_choice;   /* a definition that takes the version of a pack which is in force; explanations
                                 pass it over */
    /* SLOT_TABLE */
    struct decision_table *table;

    bool is_in_order; /* its types are checked and go together, so that it can be analysed */

    enum type_kind wanted;        /* the type that its expression must have */
    uint8_t link;                 /* enum link_state */
    const uint32_t *dependencies; /* slots that it can read, distinct, in order of first mention */
    uint32_t dependency_count;
    uint32_t first_read; /* where its dependencies begin among all (evaluation keeps a flag for each) */
    uint32_t chain;      /* slots on the longest way down, itself included */
    uint32_t height;     /* of all expressions on the highest way down: bounds the interpreter's recursion */
};

struct program {
    struct arena *arena;
    struct slot **slots;
    uint32_t slot_count;
    size_t slot_capacity;
    uint32_t *fact_slots; /* by index of the fact */
    /* by index of the fact: null because it was not given. Copy it to begin a case. */
    struct value *no_facts;
    uint32_t fact_count;
    size_t fact_capacity, no_fact_capacity;
    uint32_t read_count; /* dependencies of all slots together */
    size_t chain_limit;  /* limits.expression_depth */
    uint32_t *link_path; /* of the linker, so long; made when it is first asked for */
    size_t expression_depth;
};

/* limits: NULL for the defaults. Adds `as_of`. false when memory is refused. */
bool program_init(struct program *program, struct arena *arena, const tuoyu_limits *limits);
static inline const struct slot *program_slot(const struct program *program, uint32_t index)
{
    assert(index < program->slot_count);
    return program->slots[index];
}

/* ---- Adding what stands for itself ---- */

/* Adds a copy of the slot; numbers facts. What has an expression is defined and linked later. SLOT_NONE when
 * memory is refused. */
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
    const struct node *tree; /* … or a tree that the rule built (node_symbol(), node_call(), …); `written`
                                then says what to blame, and may be empty */
    struct rounding round;   /* applied to the result; in the declared unit */
    struct money_check money; /* what the rounded result has to keep to; noun NULL: nothing */
    enum type_kind type;      /* that it must have; TYPE_ANY: whatever it has */
    struct citation citation;
    uint32_t pack;
    int32_t first_day, last_day; /* both 0: always */
    struct location where;       /* of the name */
};

/* Parses, checks types and adds. Returns TUOYU_OK, TUOYU_ERROR_SYNTAX, _UNKNOWN_NAME, _TYPE, _LIMIT,
 * _NO_MEMORY; errors are reported at their place. *slot is usable also after an error (its type is then not
 * known), so that what reads it is still checked; SLOT_NONE only without memory. */
tuoyu_status program_add_formula(struct program *program, const struct scope *scope,
                                 const struct formula *formula, uint32_t *slot,
                                 tuoyu_diagnostics *diagnostics);

/* ---- Adding what may be mentioned before it is there: the definitions and tables of packs ----
 * program_add() each with its kind, so that it has a name; then define each; then link all at once. */

/* Parses; what is wrong is reported, the first error returned. formula->name and so on are those of the slot
 * already. */
tuoyu_status program_define_formula(struct program *program, const struct scope *scope, uint32_t slot,
                                    const struct formula *formula, tuoyu_diagnostics *diagnostics);
/* Takes a table whose expressions are parsed; it stands in the arena. Numbers in percent columns become
 * hundredths. */
tuoyu_status program_define_table(struct program *program, uint32_t slot, struct decision_table *table,
                                  tuoyu_diagnostics *diagnostics);
/* For what could not be read: it is never computed, and of any type, so that what mentions it can still be
 * checked. */
void program_abandon(struct program *program, uint32_t slot);
/* Finds the order of what is defined, and checks types in that order. Returns the first of all errors:
 * TUOYU_ERROR_CYCLE (with the path), _LIMIT (too long a chain), _TYPE, _NO_MEMORY. */
tuoyu_status program_link(struct program *program, tuoyu_diagnostics *diagnostics);

/* Parses only; is_tests for a cell of a decision table. */
tuoyu_status program_parse(struct program *program, const struct scope *scope,
                           const struct expression_text *written, bool is_tests, struct expression *out,
                           tuoyu_diagnostics *diagnostics);

/* The value of a parameter that stands on a day, which may be an end or unset; NULL before the first. */
const struct dated_value *parameter_value_on(const struct slot *slot, int32_t day);

/* ---- Borders ---- */

bool unit_is_percent(struct text unit);
/* A number of an evaluation as the unit shows it (percent: × 100), and back. Exact; TUOYU_OK or
 * TUOYU_ERROR_OVERFLOW. */
tuoyu_status number_to_unit(struct text unit, tuoyu_decimal number, tuoyu_decimal *out);
tuoyu_status number_from_unit(struct text unit, tuoyu_decimal number, tuoyu_decimal *out);

#endif
