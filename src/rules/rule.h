/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as compiled: which slots of the program answer them, and what they are called. They are immutable,
 * and live in the policy's arena as long as the policy. A rule's public handle is its pointer. */
#ifndef TUOYU_RULES_RULE_H
#define TUOYU_RULES_RULE_H

#include <assert.h>

#include "pack/layering.h"

/* TUOYU_RULE_… number the kinds from 1 on, so that tables over the kinds have this length; entry 0 is empty.
 */
enum { RULE_KIND_COUNT = TUOYU_RULE_INDICATOR + 1 };

/* A step of a rule. */
struct rule_step {
    struct text id;
    struct localised label;
    struct text unit;
    uint32_t slot;
};

/* The citation of a rounding, which an answer has if it rests on the rounded slot. */
struct rule_rounding {
    uint32_t slot;
    struct text name;
    struct citation citation;
};

/* What every rule has. It is the first member of each kind of rule. */
struct rule {
    struct tuoyu_policy *policy;
    int32_t kind; /* TUOYU_RULE_… */
    struct text name, full_name;
    struct localised title;
    struct localised objection; /* where one can object; no words where neither rule nor pack says so */
    uint32_t pack;
    int32_t first_day,
        last_day; /* the days on which it is in force, both included, within those of its pack */
    struct citation citation;
    struct location where;
    /* the same rule in the version of its pack that is in force after this one; or NULL */
    struct rule *next_version;
    uint32_t first_slot, slot_end; /* its own slots stand together: from the first to before the end */
    uint32_t when;                 /* slot, or SLOT_NONE */
    struct text unit;
    struct rule_step *steps;
    size_t step_count;
    struct rule_rounding *roundings;
    size_t rounding_count, rounding_capacity;
    const struct promise *const *promises; /* those that its cases are held against */
    size_t promise_count;
};

/* True if the rule is in force on the day. */
static inline bool rule_is_in_force(const struct rule *rule, int32_t day)
{
    return (!rule->first_day && !rule->last_day) || (day >= rule->first_day && day <= rule->last_day);
}

/* The day nearest to one on which the rule is not in force, on which it is. */
static inline int32_t rule_nearest_day(const struct rule *rule, int32_t day)
{
    return day < rule->first_day ? rule->first_day : rule->last_day;
}

/* A limit of an amount or of a whole. In pricing it limits the fee, too. */
struct bound {
    struct text id;
    struct localised label;
    bool is_upper;
    uint32_t limit;     /* slot of the limit, less what is used of it */
    uint32_t laid_down; /* slot of the limit as written; SLOT_NONE if the bound has no `used` */
    uint32_t used;      /* or SLOT_NONE */
    uint32_t when;      /* slot of the condition; SLOT_NONE if it always applies */
};

struct tuoyu_pricing {
    struct rule rule;
    uint32_t amount;  /* within the bounds */
    uint32_t formula; /* before the bounds; the amount itself where there are none */
    uint32_t charged; /* slot of the fee; SLOT_NONE if no fee is compared */
    /* slot of the fee's limit, which is the amount if none is written; SLOT_NONE if the float band limits
     * the fee */
    uint32_t at_most;
    uint32_t at_least;    /* or SLOT_NONE */
    struct bound *bounds; /* in the order written; those of the float band come first */
    size_t bound_count;
};

struct payer {
    struct text id;
    struct localised label;
    uint32_t share;
};

struct instalment {
    struct text id;
    struct localised label;
    uint32_t amount;
    uint32_t forfeited; /* slot of forfeit_when, or SLOT_NONE */
    uint32_t due;       /* slot of the date, or SLOT_NONE */
    uint32_t reached;   /* slot of whether it is payable by now; SLOT_NONE if it is payable at once */
};

struct subsidy {
    struct text id;
    struct localised label;
    uint32_t claimed; /* slot of what is due before combinations */
    uint32_t paid;    /* slot of what the combinations leave of it */
};

/* A subsidy in a combination, with the slots of its amount before and after it. */
struct combined {
    size_t subsidy; /* index */
    uint32_t before, after;
};

struct combination {
    struct text id;
    struct localised because;
    enum combination_kind kind;
    uint32_t when; /* slot of the condition; SLOT_NONE if it always applies */
    uint32_t left; /* for COMBINATION_AT_MOST: slot of what the members may sum to */
    uint32_t sum;  /* slot of the members' sum after the combination; it has the citation */
    struct combined *members;
    size_t member_count;
};

struct order_key {
    uint32_t slot;
    bool highest_first;
};

/* Money that claims by a rule are paid from. */
struct budget {
    uint32_t laid_down; /* slot of what there is; it may be below zero */
    uint32_t used;      /* or SLOT_NONE */
    uint32_t left;      /* slot of what is left of it to pay from, never below zero */
    uint32_t overspent; /* slot of what was used beyond it, never below zero */
    size_t payer;       /* index of the payer whose shares it pays; SIZE_MAX if it pays those of all */
    struct order_key *keys;
    size_t key_count;
    enum budget_ties ties;
    enum budget_leftover leftover;
    enum budget_end when_short;
    tuoyu_decimal step; /* payments are multiples of this amount, which is a whole number of fen */
};

struct tuoyu_cost_sharing {
    struct rule rule;
    const struct pack_cost_sharing *written;
    uint32_t whole;       /* within the bounds */
    uint32_t formula;     /* before the bounds; the whole itself where there are none */
    struct bound *bounds; /* in order */
    size_t bound_count;
    struct subsidy *subsidies; /* the subsidies that make up the whole; none if the whole has a formula */
    size_t subsidy_count;
    struct combination *combinations;
    size_t combination_count;
    struct payer *payers;
    size_t payer_count;
    struct instalment *instalments;
    size_t instalment_count;
    uint32_t entitled, payable; /* where there are instalments */
    uint32_t paid, claw_back;   /* or SLOT_NONE */
    struct budget *budget;      /* or NULL */
    /* used while rules are lowered: the next rule that is made up of other rules */
    struct tuoyu_cost_sharing *next_waiting;
};

/* A criterion or an exception. Criteria are in the order written, a group before its members, and then the
 * exceptions. */
struct criterion {
    enum criterion_kind kind;
    /* for an exception: what it decides if it is met, TUOYU_ELIGIBLE or TUOYU_INELIGIBLE; else 0 */
    int32_t overrides;
    struct text id;
    struct localised because;
    struct citation citation;
    uint32_t depth;   /* 1 for a member of the rule itself, one more in each group */
    int64_t count;    /* for CRITERION_AT_LEAST: how many members have to be met */
    uint32_t applies; /* slot of only_if, or SLOT_NONE */
    uint32_t holds;   /* slot of the condition or of the group */
    uint32_t end;     /* index after its last member; a leaf's own index + 1 */
};

/* Something that gives points. */
struct score_item {
    struct text id;
    struct localised because;
    uint32_t value;             /* slot of the points that it gives, with limits and `when` */
    uint32_t points;            /* slot of the points as written */
    uint32_t counts;            /* slot of `when`, or SLOT_NONE */
    uint32_t at_most, at_least; /* slots, or SLOT_NONE */
};

struct grade {
    struct text id;
    struct localised label, consequence;
    uint32_t at_least; /* slot of the least score; SLOT_NONE for the last grade, which takes the rest */
};

struct scorecard {
    uint32_t score; /* slot of the score; SLOT_NONE if there is no scorecard */
    uint32_t grade; /* slot, or SLOT_NONE */
    struct score_item *items;
    size_t item_count;
    struct grade *grades; /* the best first */
    size_t grade_count;
};

/* A paper to hand in or a visit to make. */
struct checklist_item {
    struct text id;
    struct localised because;
    struct citation citation;
    uint32_t state;     /* slot of the state as a string, such as "done" */
    uint32_t done;      /* slot of whether it is done, a boolean or a date */
    uint32_t from, due; /* slots of dates, or SLOT_NONE */
    bool can_be_exempt; /* true if it has a condition under which it applies */
};

/* One of the keys that a waiting list is ordered by. */
struct admission_key {
    struct text id;
    struct localised because;
    struct citation citation;
    enum admission_direction direction;
    uint32_t slot;
};

struct tuoyu_eligibility {
    struct rule rule;
    struct criterion *criteria;
    size_t criterion_count;   /* exceptions included */
    size_t exception_count;   /* they stand last */
    enum criterion_kind kind; /* how the criteria of the rule are joined */
    int64_t count;
    uint32_t holds; /* slot of the decision, exceptions included */
    struct scorecard scorecard;
    struct checklist_item *checklist;
    size_t checklist_count;
    uint32_t valid_until; /* slot, or SLOT_NONE */
    struct admission_key *admission;
    size_t admission_count;
};

/* Something that is counted or summed over the rows of an entity. */
struct aggregate {
    struct text entity;
    enum aggregate_kind kind;
    uint32_t where;      /* slot of the condition; SLOT_NONE if every row counts */
    uint32_t expression; /* slot */
    struct text unit; /* the unit of what is counted or summed, as canonical text; empty if it is not known */
    bool is_whole;    /* true if its number is always an integer */
    bool has_low,
        has_high; /* whether a row whose number is missing is bounded, by the fact's declared range */
    tuoyu_decimal low, high;
};

/* A kind of region, and the fact that says which one a row belongs to. */
struct region_kind {
    struct text name;
    const uint32_t *facts; /* by aggregate of the indicator: index of the fact */
    uint32_t id_fact;      /* index of the fact REGION.id */
};

/* A number per row of a region entity. */
struct region_number {
    struct text name;
    struct aggregate aggregate;
    uint32_t input;       /* the input slot in which aggregates over the region's rows read the number */
    uint32_t region_fact; /* index of the fact ENTITY.REGION */
};

enum { INDICATOR_NUMERATOR, INDICATOR_DENOMINATOR, INDICATOR_AGGREGATES };

struct tuoyu_indicator {
    struct rule rule;
    bool is_ratio;
    bool is_share; /* a ratio that counts some of the rows over all of the same rows: never above 1 */
    struct aggregate aggregates[INDICATOR_AGGREGATES]; /* an indicator that is no ratio has only the first */
    size_t aggregate_count;
    uint32_t per; /* slot, or SLOT_NONE */
    enum target_kind target_kind;
    uint32_t target; /* slot, or SLOT_NONE */
    /* the unit of what has to be added to reach the target (for a ratio, that of its numerator), or empty */
    struct text distance_unit;
    struct region_kind *regions;
    size_t region_count;
    /* the region entity per whose rows the numbers are; bytes NULL if there are no numbers */
    struct text number_entity;
    uint32_t number_id_fact; /* index of its fact id */
    struct region_number *numbers;
    size_t number_count;
    struct text *entities; /* the distinct entities whose rows are counted */
    size_t entity_count;
};

/* ---- A rule as the kind that it is ---- The only casts from a rule; a debug build asserts the kind. */

/* The rule as its kind; it must be of that kind, as for the three below. */
static inline const struct tuoyu_pricing *pricing_of(const struct rule *rule)
{
    assert(rule->kind == TUOYU_RULE_PRICING);
    return (const struct tuoyu_pricing *)rule;
}

/* The rule as a cost-sharing rule, which it must be. */
static inline const struct tuoyu_cost_sharing *cost_sharing_of(const struct rule *rule)
{
    assert(rule->kind == TUOYU_RULE_COST_SHARING);
    return (const struct tuoyu_cost_sharing *)rule;
}

/* The rule as an eligibility rule, which it must be. */
static inline const struct tuoyu_eligibility *eligibility_of(const struct rule *rule)
{
    assert(rule->kind == TUOYU_RULE_ELIGIBILITY);
    return (const struct tuoyu_eligibility *)rule;
}

/* The rule as an indicator, which it must be. */
static inline const struct tuoyu_indicator *indicator_of(const struct rule *rule)
{
    assert(rule->kind == TUOYU_RULE_INDICATOR);
    return (const struct tuoyu_indicator *)rule;
}

#endif
