/* SPDX-License-Identifier: Apache-2.0 */
/* What the lowering of all kinds of rule shares. Lowering turns what a pack writes into slots of the
 * program. */
#ifndef TUOYU_RULES_LOWERING_H
#define TUOYU_RULES_LOWERING_H

#include "rules/compiled_policy.h"

/* Which slots a search has met. Each slot has the serial number of the last search that met it, so nothing
 * is cleared between two searches. */
struct slots_met {
    uint32_t *serials, *queue; /* serial numbers by slot; slots in the order in which they are met */
    uint32_t serial;
    size_t capacity;
};

struct lowering {
    struct tuoyu_policy *policy;
    struct arena *arena;
    struct layering *layering;
    uint32_t pack;
    struct rule *rule;
    struct scope *scope;  /* the rule's scope: the names of its pack and its own */
    tuoyu_status status;  /* of the first error, or TUOYU_OK */
    struct slots_met met; /* used by lowering_reaches() */
    struct tuoyu_cost_sharing *first_waiting,
        **last_waiting; /* the list of rules that are made up of other rules, in order */
    tuoyu_diagnostics *diagnostics;
};

/* An expression of a rule, or a tree that the rule built. */
struct lowered {
    struct text part;              /* its name in the rule, such as `ceiling.at_most` */
    const struct localised *label; /* NULL: none */
    struct text unit;
    const struct expression_text *written; /* NULL if there is a tree; errors are then reported at `where` */
    const struct node *tree;
    const struct pack_rounding *round; /* NULL: none */
    struct money_check money;          /* the check of its value as money; noun NULL for none */
    const struct pack_cite *cite;      /* NULL: none */
    const struct citation
        *cited; /* a citation that is lowered already, used instead of `cite`; NULL if there is none */
    pack_standing standing;
    enum type_kind type;
    struct location where;
};

/* Fills in a rule's name, kind, unit and days. Its link to the next version stays. */
void name_rule(struct lowering *lowering, int32_t kind, struct rule *rule, const struct pack_rule *written,
               struct text unit);
/* Lowers what every rule has (name, title, period, citation, `when`) and opens its scope. Returns false
 * when memory is refused. */
bool lower_rule(struct lowering *lowering, int32_t kind, struct rule *rule, const struct pack_rule *written,
                struct text unit);
/* Adds an expression to the program and returns its slot, which is SLOT_NONE only when memory is refused.
 * Errors are kept in lowering->status. */
uint32_t lower_expression(struct lowering *lowering, const struct scope *scope,
                          const struct lowered *lowered);
/* Adds an expression if it is written, labelled by its part; SLOT_NONE if it is not written. */
uint32_t lower_optional(struct lowering *lowering, const struct scope *scope, const char *part,
                        const struct expression_text *written, struct text unit, enum type_kind type);
/* As lower_optional(), for an amount that is checked as money: its slot, or SLOT_NONE if nothing is written
 * or after an error. */
uint32_t lower_optional_money(struct lowering *lowering, const struct scope *scope, const char *part,
                              const struct expression_text *written, struct text unit,
                              struct money_check money);
/* The label of a part that the format names, such as `at_most`, by what follows its last dot; NULL for any
 * other part. */
const struct localised *label_of_part(struct text part);
/* True if a slot is such a part and only another name for the slot that it reads (NODE_SYMBOL) or a
 * constant (NODE_LITERAL). An explanation shows that instead. */
bool is_bare_part(const struct slot *slot);
/* True if an explanation shows what a slot reads instead of the slot: a bare part, or the choice of a
 * pack's version. */
static inline bool is_passed_over(const struct slot *slot)
{
    return slot->is_version_choice || is_bare_part(slot);
}
/* Lowers the steps of a pricing or cost-sharing rule, and declares the name of each in the rule's scope. */
void lower_steps(struct lowering *lowering, const struct pack_step *steps, size_t count);
/* The citation of a part of the rule; its standing is 0 if neither cite nor standing is written. */
struct citation lower_citation(struct lowering *lowering, const struct pack_cite *cite,
                               pack_standing standing, struct location where);
/* A scope inside another one; NULL when memory is refused. */
struct scope *lower_scope(struct lowering *lowering, const struct scope *outer);
/* Keeps the first error in lowering->status. Returns the status that was passed. */
tuoyu_status lowering_fail(struct lowering *lowering, tuoyu_status status);

/* Formulas as trees. Each is NULL, with the status noted in the lowering, when memory is refused or if a
 * tree passed in is NULL. */
const struct node *tree_slot(struct lowering *lowering, uint32_t slot);
/* The literal true or false. */
const struct node *tree_boolean(struct lowering *lowering, bool boolean);
/* The literal null. */
const struct node *tree_null(struct lowering *lowering);
/* The literal of a date. */
const struct node *tree_date(struct lowering *lowering, int32_t date);
/* The literal of a whole number. */
const struct node *tree_number(struct lowering *lowering, int64_t number);
/* The literal of a text, which is borrowed. */
const struct node *tree_string(struct lowering *lowering, struct text text);
/* A node of this kind with two children, such as NODE_AND. NULL when memory is refused or if a child is
 * NULL. */
const struct node *tree_pair(struct lowering *lowering, enum node_kind kind, const struct node *left,
                             const struct node *right);
/* `if condition then … else …`. NULL when memory is refused or if a child is NULL. */
const struct node *tree_if(struct lowering *lowering, const struct node *condition, const struct node *then,
                           const struct node *otherwise);
/* A call of a built-in with two arguments. NULL when memory is refused or if an argument is NULL. */
const struct node *tree_call(struct lowering *lowering, enum builtin_id id, const struct node *first,
                             const struct node *second);

/* True if `accept` takes the slot itself or any slot that it reads, directly or not; *found is then the
 * nearest of them. */
bool lowering_reaches(struct lowering *lowering, uint32_t slot,
                      bool (*accept)(const struct slot *slot, const void *context), const void *context,
                      const struct slot **found);
/* The nearest fact of another entity that the slot reads, directly or not; NULL if there is none. */
const struct slot *lowering_find_foreign_fact(struct lowering *lowering, uint32_t slot, struct text entity);

#endif
