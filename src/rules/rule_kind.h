/* SPDX-License-Identifier: Apache-2.0 */
/* What the kinds of rule are: one entry a kind, kept in the file of the kind. Code that needs to know how
 * kinds differ asks the entry instead of switching over the kinds. What the rooms after this one do with a
 * kind stands in tables of theirs, indexed by TUOYU_RULE_… or by the kind of answer, each with an assertion
 * on its length. */
#ifndef TUOYU_RULES_RULE_KIND_H
#define TUOYU_RULES_RULE_KIND_H

#include "rules/answer.h"
#include "rules/lowering.h"
#include "rules/slot_reads.h"

struct rule_kind {
    const char *section;    /* the key of a pack under which its rules stand: "cost_sharing" */
    struct localised words; /* as people and messages call such a rule; the English begins in lower case */
    const char *article;    /* "a" or "an", before the English words */
    size_t size;            /* bytes of its struct, which begins with struct rule */
    /* How many rules of the kind a pack has. */
    size_t (*count)(const struct pack_model *model);
    /* Lowers the rule at this index of the pack to slots of the program; NULL when memory is refused.
     * Errors are kept in lowering->status. */
    struct rule *(*lower)(struct lowering *lowering, const struct pack_model *model, size_t index);
    /* Lowers the rules that had to wait until those of all packs were lowered; NULL if no rule of the kind
     * waits. */
    void (*lower_waiting)(struct lowering *lowering);
    /* Answers a case; NULL if the kind answers for the rows of a table instead. *out is NULL unless
     * TUOYU_OK is returned. */
    tuoyu_status (*answer_case)(const struct rule *rule, const struct tuoyu_case *facts, int32_t as_of,
                                struct tuoyu_answer **out, tuoyu_diagnostics *diagnostics);
    /* The slot of the amount that a rule gives, SLOT_NONE if lowering it failed; NULL if the kind gives no
     * amount. */
    uint32_t (*amount)(const struct rule *rule);
    /* Marks what its answers can read, besides `when` and the steps that every rule has. */
    void (*mark_reads)(const struct rule *rule, struct slot_reads *reads);
    /* Whether the rule is made up of other rules; NULL where the kind never is. */
    bool (*is_made_up_of_rules)(const struct rule *rule);
};

/* The kinds, X(NAME): NAME_KIND is the entry, in the file of the kind, and TUOYU_RULE_NAME its number. */
#define RULE_KINDS(X) X(PRICING), X(COST_SHARING), X(ELIGIBILITY), X(INDICATOR)

#define ENTRY(name) name##_KIND
extern const struct rule_kind RULE_KINDS(ENTRY);
#undef ENTRY

/* The entry of a kind, by its TUOYU_RULE_…, which must be valid. It lives as long as the library. */
const struct rule_kind *rule_kind_at(int32_t kind);
/* The entry of the rule's kind. */
static inline const struct rule_kind *kind_of_rule(const struct rule *rule)
{
    return rule_kind_at(rule->kind);
}

#endif
