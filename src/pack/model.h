/* SPDX-License-Identifier: Apache-2.0 */
/* A pack as read: each section of the format as an array of structs, in the order written. Scalars are typed,
 * defaults that stand in the same pack (cite and status of a parameter's values, of a table's rows) are
 * filled in, but no name is resolved and no expression parsed: that needs the packs that this one uses. All
 * of it stands in the arena of the policy and is not changed after layering. Texts end with NUL.
 *
 * What was not given: an empty text with bytes NULL, a count of 0, a flag that says so, status 0. */
#ifndef TUOYU_PACK_MODEL_H
#define TUOYU_PACK_MODEL_H

#include <tuoyu/rules.h>

#include "base/map.h"
#include "base/source.h"
#include "program/written.h" /* localised, expression_text, hit_policy */
#include "value/value.h"

struct pack_node;

/* ---- Parts ---- */

struct pack_name {
    struct text text;
    struct location where;
};

/* `price_notice 第二条`. Not given: source.bytes NULL. The source may be one of a pack that is used. */
struct pack_cite {
    struct text source; /* id of a source */
    struct text clause; /* may be empty */
    struct location where;
};

/* TUOYU_CITED, TUOYU_DERIVED, TUOYU_DRAFT, TUOYU_ASSUMED; 0 where none is given and none follows from the
 * defaults. */
typedef int32_t pack_status;

/* Both days included. */
struct pack_period {
    bool is_given;
    int32_t first, last; /* last: DATE_LAST where open-ended */
    struct location where;
};

struct pack_rounding {
    bool is_given;
    tuoyu_decimal to; /* above 0 */
    enum decimal_rounding mode;
    struct pack_cite cite;
    struct location where;
};

/* ---- Sources, entities, facts ---- */

struct pack_source {
    struct text id;
    struct localised title;
    struct text number; /* 文号 */
    bool has_date;
    int32_t date;
    struct text url;
    struct localised note;
    struct location where; /* of the id, as everywhere below */
};

struct pack_entity {
    struct text name;
    struct localised label;
    struct text counter; /* the Chinese counter word, 家 of `3 家托育机构`; bytes NULL where none is given */
    struct location where;
};

enum fact_type {
    FACT_TYPE_BOOLEAN,
    FACT_TYPE_INTEGER,
    FACT_TYPE_NUMBER,
    FACT_TYPE_MONEY,
    FACT_TYPE_PERCENT,
    FACT_TYPE_DATE,
    FACT_TYPE_STRING,
    FACT_TYPE_ENUM
};

struct pack_enum_value {
    struct text id;
    struct localised label;
    struct location where;
};

struct pack_fact {
    struct text name; /* in full: `child.birth_date` */
    struct text entity, field;
    enum fact_type type;
    struct localised label, note;
    struct text unit; /* "percent" for FACT_TYPE_PERCENT */
    bool is_nullable;
    bool has_range;
    struct range range;     /* of numbers or dates as they are inside: a percent in hundredths */
    struct text range_text; /* as written */
    int32_t scale;          /* decimals allowed, in the declared unit; 0 to 12 */
    struct pack_enum_value *values;
    size_t value_count;
    struct location where;
};

/* ---- Parameters ---- */

enum parameter_type {
    PARAMETER_NUMBER,
    PARAMETER_INTEGER,
    PARAMETER_BOOLEAN,
    PARAMETER_DATE,
    PARAMETER_STRING
};

struct pack_dated_value {
    int32_t from;        /* first day it holds; it holds until the next one's */
    bool is_end;         /* from here on the parameter is no longer in force; nothing else is given then */
    struct text written; /* as in the pack, in the declared unit */
    struct location written_where;
    struct value value;    /* typed, as it is inside: a percent in hundredths. Of overrides: filled in by
                              parameter_set_type() when the parameter that is overridden is known */
    struct pack_cite cite; /* own or the parameter's */
    pack_status status;    /* own or the parameter's */
    struct localised note;
    struct location where; /* of the day */
};

/* Packs below set the parameter, within bounds of its type (numbers and dates only). */
struct pack_delegation {
    bool is_given;
    struct localised to; /* who sets it */
    struct pack_dated_value at_least,
        at_most;           /* both included; written.bytes NULL: no such bound. Their day is none. */
    struct pack_cite cite; /* own or the parameter's */
    pack_status status;    /* own or the parameter's; 0: cited if there is a cite */
    struct localised note;
    struct location where;
};

struct pack_parameter {
    struct text name;
    struct localised label, note;
    enum parameter_type type;
    struct text unit; /* bytes NULL where none; "percent" */
    bool is_unset;    /* there is no number yet: no values, but a reason, or a delegation */
    struct localised unset;
    struct pack_delegation delegation;
    struct pack_dated_value *values; /* ascending by from, no day twice; at least one unless unset */
    size_t value_count;
    struct location where;
};

/* The parameter named is one of a pack above; type and unit are its. */
struct pack_override {
    struct pack_parameter parameter;
};

/* ---- Definitions and tables ---- */

struct pack_definition {
    struct text name;
    struct localised label, note;
    struct expression_text formula;
    struct text unit;
    struct pack_rounding round;
    struct pack_cite cite;
    pack_status status;
    struct location where;
};

struct pack_table_input {
    struct expression_text expression;
    struct localised label;
};

struct pack_table_output {
    struct text name;
    struct pack_name *values; /* in order of priority */
    size_t value_count;       /* above 0: a cell is one of these, a string */
    struct map value_index;   /* of the values: by text */
    struct text unit;         /* "percent": cells are numbers in percent */
    struct localised label;
    struct location where;
};

struct pack_table_cell {
    struct expression_text expression;
    bool is_value; /* the text is one of the output's values, not FEEL (checked by the reader) */
};

struct pack_table_row {
    struct expression_text *when; /* one unary test per input */
    struct pack_table_cell *then; /* one per output */
    struct pack_cite cite;        /* own or the table's */
    pack_status status;           /* own or the table's */
    struct localised note;
    struct location where;
};

struct pack_table {
    struct text name;
    struct localised label, note;
    enum hit_policy hit;
    struct pack_table_input *inputs;
    size_t input_count; /* at least 1 */
    struct pack_table_output *outputs;
    size_t output_count; /* at least 1 */
    struct pack_table_row *rows;
    size_t row_count;                      /* at least 1 */
    struct pack_table_cell *default_cells; /* one per output, or NULL */
    struct pack_cite cite;
    pack_status status;
    struct location where;
};

/* ---- Rules ---- */

/* What every rule has. */
struct pack_rule {
    struct text name;
    struct localised title, note;
    struct expression_text when;
    struct pack_period in_force;
    struct pack_cite cite;
    pack_status status; /* default: cited if there is a cite, else assumed */
    struct location where;
};

struct pack_step {
    struct text id;
    struct localised label;
    struct expression_text formula;
    struct text unit;
    struct pack_rounding round;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* A limit of an amount, or of a whole that is shared; in pricing of the fee that is charged too. */
struct pack_bound {
    struct text id;
    struct localised label;
    struct expression_text limit;
    bool is_upper;               /* at_most; else at_least */
    struct expression_text used; /* what counts towards the limit already; not given: nothing does */
    struct expression_text when;
    struct pack_rounding round; /* not given: the rule's */
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* 上浮 at most so much, 下浮 at most so much or free, of a benchmark price. */
struct pack_float_band {
    bool is_given;
    struct expression_text of, up;
    struct expression_text down; /* not given: free */
    struct pack_cite cite;
    pack_status status;
    struct location where;
};

struct pack_pricing {
    struct pack_rule rule;
    struct text unit;
    struct pack_step *steps;
    size_t step_count;
    struct expression_text amount; /* not given: the last step, or what the float band is of */
    struct pack_rounding round;
    struct expression_text charged, at_most, at_least;
    struct pack_bound *bounds;
    size_t bound_count;
    struct pack_float_band float_band;
};

struct pack_payer {
    struct text id;
    struct localised label;
    struct expression_text rate, amount; /* exactly one, unless is_residual */
    struct expression_text at_most, at_least, when;
    bool is_residual;         /* takes what is left; at most one, and it has neither rate nor amount */
    struct pack_payer *among; /* those that it stands for, each with a rate of its share; at most one has
                                 none: it takes the rest */
    size_t among_count;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* A part of the whole that is paid at its own time. */
struct pack_instalment {
    struct text id;
    struct localised label;
    struct expression_text share, amount; /* at most one; neither, in one of them: it takes what is left */
    struct expression_text due, after;    /* at most one; neither: payable at once */
    struct expression_text forfeit_when;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* One of several subsidies that make up a whole. */
struct pack_subsidy {
    struct text id;
    struct localised label;
    struct expression_text amount; /* either this … */
    struct pack_name rule;         /* … or the pricing or cost-sharing rule whose amount or whole it is */
    struct expression_text when;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

enum combination_kind {
    COMBINATION_ONLY_ONE, /* 不重复享受: one of them is paid */
    COMBINATION_TOGETHER, /* 可叠加享受: says so, and changes nothing */
    COMBINATION_AT_MOST   /* all of them together are limited */
};

/* How subsidies go together. */
struct pack_combination {
    struct text id;
    struct localised because;
    enum combination_kind kind;
    bool keeps_highest;                   /* COMBINATION_ONLY_ONE: 就高; else the first that is due */
    size_t *members;                      /* indices of subsidies, in order */
    size_t member_count;                  /* at least 2; of COMBINATION_AT_MOST at least 1 */
    struct expression_text at_most, used; /* COMBINATION_AT_MOST; used: optional */
    struct expression_text when;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* What claims are put in order by. */
struct pack_order_key {
    struct expression_text by;
    bool highest_first;
};

enum budget_ties { TIES_BY_ID, TIES_PRO_RATA };
/* What happens to the claim at which a budget runs out. */
enum budget_end { BUDGET_PAYS_PART, BUDGET_STOPS, BUDGET_SKIPS };

/* Money that may not suffice for all claims. */
struct pack_budget {
    bool is_given;
    struct expression_text of, used; /* used: optional */
    struct pack_name payer;          /* not given: the whole is paid from it */
    struct pack_order_key *order;
    size_t order_count; /* may be 0: all claims are equal */
    enum budget_ties ties;
    enum budget_end when_short;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

struct pack_cost_sharing {
    struct pack_rule rule;
    struct text unit;
    struct pack_step *steps;
    size_t step_count;
    struct expression_text of;      /* either this or subsidies */
    struct pack_subsidy *subsidies; /* in order; the whole is what is paid of them */
    size_t subsidy_count;
    struct pack_combination *combinations; /* in the order in which they apply */
    size_t combination_count;
    struct pack_rounding round; /* not given: to 0.01, half up */
    /* in order; a residual payer that is only named under `residual` stands last */
    struct pack_payer *payers;
    size_t payer_count;        /* at least 1 */
    struct pack_bound *bounds; /* of the whole */
    size_t bound_count;
    struct pack_instalment *instalments;
    size_t instalment_count;
    struct expression_text paid; /* only with instalments */
    struct pack_budget budget;
};

enum criterion_kind { CRITERION_LEAF, CRITERION_ALL, CRITERION_ANY, CRITERION_NONE, CRITERION_AT_LEAST };

struct pack_criterion {
    enum criterion_kind kind;
    struct text id; /* bytes NULL only for the whole rule */
    struct localised because;
    struct expression_text when;    /* CRITERION_LEAF */
    struct expression_text only_if; /* optional, of leaves and groups; false: does not apply */
    struct pack_criterion *children;
    size_t child_count; /* at least 1 in a group */
    int64_t count;      /* CRITERION_AT_LEAST: 1 to child_count */
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* Decides whatever the criteria say, where it is met and none before it is. */
struct pack_exception {
    struct text id;
    struct localised because;
    struct expression_text when;
    bool is_waiver; /* decision: eligible; else ineligible */
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

/* Something that gives points, or takes them. */
struct pack_score_item {
    struct text id;
    struct localised because;
    struct expression_text points;
    struct expression_text when;              /* optional; false: no points */
    struct expression_text at_most, at_least; /* of its points; optional */
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

struct pack_grade {
    struct text id;
    struct localised label, consequence;
    /* the score from which it is given; not given in the last, which takes the rest */
    struct expression_text at_least;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

struct pack_score {
    bool is_given;
    struct pack_score_item *items;
    size_t item_count;
    struct pack_grade *grades; /* the best first */
    size_t grade_count;
    struct location where;
};

/* A paper to hand in, a visit to make. */
struct pack_checklist_item {
    struct text id;
    struct localised because;
    struct expression_text done;      /* true or false, or the day it was done, null for not yet */
    struct expression_text from, due; /* days, both included, between which it is to be done; optional */
    struct expression_text only_if;   /* optional; false: does not apply */
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

enum admission_direction { ADMIT_FIRST, ADMIT_ASCENDING, ADMIT_DESCENDING };

/* By what a waiting list is ordered. */
struct pack_admission_key {
    struct text id;
    struct localised because;
    enum admission_direction direction;
    struct expression_text expression;
    struct pack_cite cite;
    pack_status status; /* 0: the rule's */
    struct location where;
};

struct pack_eligibility {
    struct pack_rule rule;
    struct pack_criterion criterion; /* of the whole: a group */
    struct pack_exception *exceptions;
    size_t exception_count;
    struct pack_score score;
    struct pack_checklist_item *checklist;
    size_t checklist_count;
    struct expression_text valid_until; /* optional; its criterion is among those above */
    struct pack_admission_key *admission;
    size_t admission_count;
};

enum aggregate_kind {
    AGGREGATE_COUNT,
    AGGREGATE_SUM,
    AGGREGATE_MEAN,
    AGGREGATE_MIN,
    AGGREGATE_MAX,
    AGGREGATE_DISTINCT
};

struct pack_aggregate {
    struct pack_name of; /* an entity; text.bytes NULL: no aggregate given */
    enum aggregate_kind kind;
    struct expression_text where;      /* which rows; optional */
    struct expression_text expression; /* of count, sum, … */
    struct location location;
};

struct pack_region_number {
    struct text name; /* usable in the ratio and the value */
    struct pack_aggregate aggregate;
    struct pack_name by; /* a kind of region */
    struct location where;
};

enum target_kind { TARGET_NONE, TARGET_AT_LEAST, TARGET_AT_MOST, TARGET_EXACTLY };

struct pack_indicator {
    struct pack_rule rule;
    struct text unit;
    bool is_ratio;
    struct pack_aggregate numerator, denominator; /* is_ratio */
    struct pack_aggregate value;                  /* else */
    struct pack_name *by;
    size_t by_count;
    enum target_kind target_kind;
    struct expression_text target;
    struct expression_text per; /* a number or the name of a parameter; only with a ratio */
    struct pack_region_number *with;
    size_t with_count;
};

/* ---- Worked examples ---- */

/* A fact as given: its full name and the node of its value, to be read by fact_value_read() once it is known.
 */
struct given_fact {
    struct text name;
    const struct pack_node *node;
    struct location where; /* of the name */
};

struct pack_example_row {
    struct text entity; /* of a claim: its id */
    struct given_fact *facts;
    size_t fact_count;
    struct location where;
};

/* A case of a waiting list. */
struct pack_example_case {
    struct text id;
    struct given_fact *facts;
    size_t fact_count;
    struct location where;
};

enum expect_key {
    EXPECT_OUTCOME,    /* text: "determined" … */
    EXPECT_MISSING,    /* items: ids, the exact set */
    EXPECT_ERROR,      /* status */
    EXPECT_PROVENANCE, /* status of rules.h in `provenance` */
    EXPECT_AMOUNT,     /* number, and so on unless said otherwise */
    EXPECT_COMPLIES,   /* text: "true" or "false" */
    EXPECT_EXCESS,
    EXPECT_SHORTFALL,
    EXPECT_BINDING, /* text: id of a bound, or "none"; so the next one */
    EXPECT_BREAKS,
    EXPECT_STEPS, /* items: ids with values */
    EXPECT_WHOLE,
    EXPECT_SHARES,      /* items: ids with numbers, the exact set */
    EXPECT_SUBSIDIES,   /* items: ids with numbers, the exact set */
    EXPECT_INSTALMENTS, /* items: ids with numbers, the exact set */
    EXPECT_STATES,      /* items: ids with words */
    EXPECT_ENTITLED,
    EXPECT_CLAW_BACK,
    EXPECT_PAYABLE,
    EXPECT_PAYMENTS, /* items: ids of claims with numbers, the exact set */
    EXPECT_LEFT,
    EXPECT_UNPAID,
    EXPECT_OVERSPENT,
    EXPECT_DECISION,     /* text: "eligible" … */
    EXPECT_CRITERIA_MET, /* items: ids, at least these; so the next two */
    EXPECT_CRITERIA_UNMET,
    EXPECT_CRITERIA_UNKNOWN,
    EXPECT_EXCEPTION, /* text: an id, or "none" */
    EXPECT_DECIDING,  /* items: sets as `a, b`, all of them; so the next one */
    EXPECT_TO_BECOME_ELIGIBLE,
    EXPECT_SCORE,       /* number */
    EXPECT_GRADE,       /* text: an id, or "none" */
    EXPECT_GRADES,      /* items: ids, the exact set */
    EXPECT_VALID_UNTIL, /* text: a date, or "none" */
    EXPECT_ADMITTED,    /* items: ids of cases, in order; so the next three */
    EXPECT_WAITING,
    EXPECT_PENDING,
    EXPECT_REFUSED,
    EXPECT_VALUE,
    EXPECT_TARGET,
    EXPECT_TARGET_MET, /* text: "true", "false" or "unknown" */
    EXPECT_DISTANCE,
    EXPECT_NUMERATOR,
    EXPECT_DENOMINATOR,
    EXPECT_LOWER,
    EXPECT_UPPER,
    EXPECT_UNKNOWN_ROWS
};

struct expected_item {
    struct text id;
    struct text text; /* of a value, as written; "null" for none */
    bool is_number;
    tuoyu_decimal number;
    struct location where;
};

struct pack_expectation {
    enum expect_key key;
    struct text text; /* of a scalar, as written */
    bool is_number;
    tuoyu_decimal number;
    tuoyu_status error;     /* EXPECT_ERROR */
    pack_status provenance; /* EXPECT_PROVENANCE */
    struct expected_item *items;
    size_t item_count;
    struct location where;
};

struct pack_example {
    struct text name;
    struct pack_name rule; /* `child_allowance` or `pack.id:child_allowance` */
    int32_t as_of;
    struct given_fact *given;
    size_t given_count;
    struct pack_example_row *rows; /* of indicators, in the order written */
    size_t row_count;
    struct pack_example_row *claims; /* against a budget, whose facts are then given */
    size_t claim_count;
    struct text region_kind, region_id; /* bytes NULL: the whole */
    struct pack_example_case *cases;    /* of waiting lists, in the order written */
    size_t case_count;
    int64_t places; /* how many of them can be admitted */
    struct pack_expectation *expect;
    size_t expect_count; /* at least 1 */
    struct pack_cite cite;
    pack_status status;
    struct localised note;
    struct location where;
};

/* ---- The whole ---- */

/* A `unit` that stands somewhere in the pack. Its text is canonical but for names that entities may have as
 * labels, which layering replaces when it knows all packs in sight. */
struct pack_unit {
    struct text *text; /* the member of the model that holds it */
    struct location where;
};

struct pack_model {
    const struct source *source;
    struct text id;
    struct location id_where;
    struct localised title, authority, note;
    struct pack_period in_force;
    struct pack_name *uses;
    size_t use_count;
    struct pack_source *sources;
    size_t source_count;
    struct pack_entity *entities;
    size_t entity_count;
    struct pack_unit *units;
    size_t unit_count, unit_capacity;
    struct pack_fact *facts;
    size_t fact_count;
    struct pack_parameter *parameters;
    size_t parameter_count;
    struct pack_definition *definitions;
    size_t definition_count;
    struct pack_table *tables;
    size_t table_count;
    struct pack_pricing *pricing;
    size_t pricing_count;
    struct pack_cost_sharing *cost_sharing;
    size_t cost_sharing_count;
    struct pack_eligibility *eligibility;
    size_t eligibility_count;
    struct pack_indicator *indicators;
    size_t indicator_count;
    struct pack_override *overrides;
    size_t override_count;
    struct pack_example *examples;
    size_t example_count;
};

#endif
