/* SPDX-License-Identifier: Apache-2.0 */
/* What the lowering of all kinds of rule shares: from what a pack writes to slots of the program. */
#ifndef TUOYU_RULES_LOWERING_H
#define TUOYU_RULES_LOWERING_H

#include "rules/compiled_policy.h"

/* Which slots a search met already. A slot has the serial number of the search that met it last, so that
 * nothing is cleared between two searches. */
struct slots_met {
    uint32_t *serials, *queue; /* by slot; in the order in which they are met */
    uint32_t serial;
    size_t capacity;
};

struct lowering {
    struct tuoyu_policy *policy;
    struct arena *arena;
    struct layering *layering;
    uint32_t pack;
    struct rule *rule;
    struct scope *scope;                                      /* of the rule: its pack's names and its own */
    tuoyu_status status;                                      /* of the first error */
    struct slots_met met;                                     /* of lowering_reaches() */
    struct tuoyu_cost_sharing *first_waiting, **last_waiting; /* rules that are made up of others, in order */
    tuoyu_diagnostics *diagnostics;
};

/* An expression of a rule, or a tree that the rule built. */
struct lowered {
    struct text part;              /* its name in the rule: `monthly_ceiling.part` */
    const struct localised *label; /* NULL: none */
    struct text unit;
    const struct expression_text *written; /* not given with a tree: the location of `where` is blamed */
    const struct node *tree;
    const struct pack_rounding *round; /* NULL: none */
    struct money_check money;          /* what its value has to keep to; noun NULL: nothing */
    const struct pack_cite *cite;      /* NULL: none */
    const struct citation *cited;      /* one that is lowered already, in place of cite; NULL: none */
    pack_standing standing;
    enum type_kind type;
    struct location where;
};

/* What a rule is called, its kind, unit and days; the other versions that it was joined to stay. */
void name_rule(struct lowering *lowering, int32_t kind, struct rule *rule, const struct pack_rule *written,
               struct text unit);
/* Takes over what every rule has: title, period, citation, `when`; declares its scope. Returns false without
 * memory. */
bool lower_rule(struct lowering *lowering, int32_t kind, struct rule *rule, const struct pack_rule *written,
                struct text unit);
/* Adds an expression; SLOT_NONE only without memory. Errors are kept in lowering->status. */
uint32_t lower_expression(struct lowering *lowering, const struct scope *scope,
                          const struct lowered *lowered);
/* An expression that need not be there: SLOT_NONE where it is not. What people call it follows from part. */
uint32_t lower_optional(struct lowering *lowering, const struct scope *scope, const char *part,
                        const struct expression_text *written, struct text unit, enum type_kind type);
/* The same of an amount of money that keeps to a check. */
uint32_t lower_optional_money(struct lowering *lowering, const struct scope *scope, const char *part,
                              const struct expression_text *written, struct text unit,
                              struct money_check money);
/* What people call a part that the format names, such as `at_most`; NULL for any other. */
const struct localised *label_of_part(struct text part);
/* Whether a slot is such a part and no more than another name for what it mentions (NODE_SYMBOL) or a number
 * as it is written (NODE_LITERAL): an explanation then shows that instead. */
bool is_bare_part(const struct slot *slot);
/* Whether an explanation shows what a slot reads in its place: a bare part, or the choice of a pack's
 * version. */
static inline bool is_passed_over(const struct slot *slot)
{
    return slot->is_version_choice || is_bare_part(slot);
}
/* The steps of a pricing or cost-sharing rule; each name is declared in the rule's scope. */
void lower_steps(struct lowering *lowering, const struct pack_step *steps, size_t count);
/* The citation of a part of the rule; claims nothing (standing 0) where neither cite nor standing is written.
 */
struct citation lower_citation(struct lowering *lowering, const struct pack_cite *cite,
                               pack_standing standing, struct location where);
/* A scope on top of another one; NULL without memory. */
struct scope *lower_scope(struct lowering *lowering, const struct scope *outer);
/* Keeps the first error. */
tuoyu_status lowering_fail(struct lowering *lowering, tuoyu_status status);

/* Trees. Without memory they are NULL, and lowering->status says so. */
const struct node *tree_slot(struct lowering *lowering, uint32_t slot);
const struct node *tree_boolean(struct lowering *lowering, bool boolean);
const struct node *tree_null(struct lowering *lowering);
const struct node *tree_date(struct lowering *lowering, int32_t date);
const struct node *tree_number(struct lowering *lowering, int64_t number);
const struct node *tree_string(struct lowering *lowering, struct text text);
const struct node *tree_pair(struct lowering *lowering, enum node_kind kind, const struct node *left,
                             const struct node *right);
const struct node *tree_if(struct lowering *lowering, const struct node *condition, const struct node *then,
                           const struct node *otherwise);
const struct node *tree_call(struct lowering *lowering, enum builtin_id id, const struct node *first,
                             const struct node *second);

/* Whether a slot can, on any way down, read one (or is one) that `accept` takes; *found is the nearest such.
 */
bool lowering_reaches(struct lowering *lowering, uint32_t slot,
                      bool (*accept)(const struct slot *slot, const void *context), const void *context,
                      const struct slot **found);

#endif
