/* SPDX-License-Identifier: Apache-2.0 */
/* A pack as it was read: each section of the format as an array of structs, in the order written. Scalars are
 * typed, and defaults from the same pack (cite and standing of a parameter's values and of a table's rows)
 * are filled in. No name is resolved and no expression parsed, because that needs the packs that this one
 * uses. Everything stands in the arena of the policy and does not change after layering. Texts end with NUL.
 * What was not given is an empty text with bytes NULL, a count of 0, a flag that says so, or standing 0. */
#ifndef TUOYU_PACK_MODEL_H
#define TUOYU_PACK_MODEL_H

#include <tuoyu/rules.h>

#include "base/map.h"
#include "base/source.h"
#include "pack/expect_key.h"
#include "program/written.h" /* localised, expression_text, hit_policy */
#include "value/value.h"

struct pack_node;

/* ---- Parts ---- */

struct pack_name {
    struct text text;
    struct location where;
};

/* A citation such as `price_notice 第二条`; source.bytes is NULL where none was given. The source may belong
 * to a pack that this one uses. */
struct pack_cite {
    struct text source; /* id of a source */
    struct text clause; /* may be empty */
    struct location where;
};

/* TUOYU_CITED, TUOYU_DERIVED, TUOYU_DRAFT or TUOYU_ASSUMED; 0 where none is given and the defaults give
 * none. */
typedef int32_t pack_standing;

/* A period in days, both included. */
struct pack_period {
    bool is_given;
    int32_t first, last; /* last is DATE_LAST where the period has no end */
    struct location where;
};

struct pack_rounding {
    bool is_given;
    tuoyu_decimal to; /* rounds to multiples of this; above 0 */
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
    struct location where; /* the id; so in all structs below, unless said otherwise */
};

/* What holds of every record of an entity. */
struct pack_promise {
    struct text id;
    struct expression_text that;
    struct localised because;
    struct pack_cite cite;
    pack_standing standing; /* 0 where it is not written */
    struct location where;
};

struct pack_entity {
    struct text name;
    struct localised label;
    struct text counter; /* the Chinese counter word, 家 of `3 家托育机构`; bytes NULL where none is given */
    struct pack_promise *promises;
    size_t promise_count;
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
    struct localised label, note, held_by;
    struct text unit; /* "percent" for FACT_TYPE_PERCENT */
    bool is_nullable;
    bool has_range;
    struct range range;     /* of numbers or dates, in the library's own form: a percent in hundredths */
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
    int32_t from; /* first day on which it holds; it holds until the first day of the next value */
    bool is_end;  /* from this day on the parameter is no longer in force; nothing else is given then */
    struct text written; /* as in the pack, in the declared unit */
    struct location written_where;
    struct value value;     /* typed, a percent in hundredths; of an override filled in by
                               parameter_set_type() once the overridden parameter is known */
    struct pack_cite cite;  /* its own or the parameter's */
    pack_standing standing; /* its own or the parameter's */
    struct localised note;
    struct location where; /* the day */
};

/* A delegation: the packs below set the parameter, within bounds of its type (numbers and dates only). */
struct pack_delegation {
    bool is_given;
    struct localised to; /* who sets it */
    struct pack_dated_value at_least,
        at_most;            /* the bounds, both included; written.bytes is NULL where there is none */
    struct pack_cite cite;  /* its own or the parameter's */
    pack_standing standing; /* its own or the parameter's; 0 stands for cited if there is a cite */
    struct localised note;
    struct location where;
};

struct pack_parameter {
    struct text name;
    struct localised label, note;
    enum parameter_type type;
    struct text unit; /* canonical, such as "percent"; bytes NULL where none is given */
    bool is_unset;    /* there is no value yet, but a reason or a delegation */
    struct localised unset;
    struct pack_delegation delegation;
    struct pack_dated_value *values; /* ascending by from, no day twice; at least one unless unset */
    size_t value_count;
    struct location where;
};

/* New values for a parameter of a pack above, from which type and unit come. */
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
    pack_standing standing;
    struct location where;
};

struct pack_table_input {
    struct expression_text expression;
    struct localised label;
};

struct pack_table_output {
    struct text name;
    struct pack_name *values; /* in order of priority */
    size_t value_count;       /* where it is above 0, each cell is one of these values, a string */
    struct map value_index;   /* text to its struct pack_name in values */
    struct text unit;         /* where it is "percent", cells are numbers in percent */
    struct localised label;
    struct location where;
};

struct pack_table_cell {
    struct expression_text expression;
    bool is_value; /* the text is one of the output's values (the reader checks that), not FEEL */
};

struct pack_table_row {
    struct expression_text *when; /* one unary test per input */
    struct pack_table_cell *then; /* one per output */
    struct pack_cite cite;        /* its own or the table's */
    pack_standing standing;       /* its own or the table's */
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
    pack_standing standing;
    struct location where;
};

/* ---- Rules ---- */

/* What every rule has. */
struct pack_rule {
    struct text name;
    struct localised title, note;
    struct localised objection; /* not given: the pack's */
    struct expression_text when;
    struct pack_period in_force;
    struct pack_cite cite;
    pack_standing standing; /* never 0: where none is written, cited if there is a cite, else assumed */
    struct location where;
};

struct pack_step {
    struct text id;
    struct localised label;
    struct expression_text formula;
    struct text unit;
    struct pack_rounding round;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

/* A limit of an amount, or of a whole that is shared; in pricing it also limits the fee that is charged. */
struct pack_bound {
    struct text id;
    struct localised label;
    struct expression_text limit;
    bool is_upper; /* the limit is an at_most, else an at_least */
    struct expression_text
        used; /* what counts towards the limit already; nothing does where it is not given */
    struct expression_text when;
    struct pack_rounding round; /* not given: that of the rule */
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

/* A benchmark price that a fee may exceed (上浮) by at most `up` and fall below (下浮) by at most `down`. */
struct pack_float_band {
    bool is_given;
    struct expression_text of, up;
    struct expression_text down; /* not given: any fee below the benchmark is allowed */
    struct pack_cite cite;
    pack_standing standing;
    struct location where;
};

struct pack_pricing {
    struct pack_rule rule;
    struct text unit;
    struct pack_step *steps;
    size_t step_count;
    struct expression_text amount; /* not given: the last step, or the benchmark of the float band */
    struct pack_rounding round;
    struct expression_text charged, at_most, at_least;
    struct pack_bound *bounds;
    size_t bound_count;
    struct pack_float_band float_band;
};

struct pack_payer {
    struct text id;
    struct localised label;
    struct expression_text rate, amount; /* exactly one of them, none where is_residual */
    struct expression_text at_most, at_least, when;
    bool is_residual;         /* this payer takes what is left; a rule has at most one such payer */
    struct pack_payer *among; /* the payers that it stands for, each with a rate of its share; at most one
                                 of them has no rate and takes the rest */
    size_t among_count;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

/* A part of the whole that is paid at its own time. */
struct pack_instalment {
    struct text id;
    struct localised label;
    struct expression_text share,
        amount; /* at most one of them; the one instalment without either takes what is left */
    struct expression_text due, after; /* at most one of them; payable at once without either */
    struct expression_text forfeit_when;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
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
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

enum combination_kind {
    COMBINATION_ONLY_ONE, /* 不重复享受: only one of the members is paid */
    COMBINATION_TOGETHER, /* 可叠加享受: the members may stack, which they may anyway */
    COMBINATION_AT_MOST   /* the sum of the members is limited */
};

/* A clause on how subsidies of a rule go together. */
struct pack_combination {
    struct text id;
    struct localised because;
    enum combination_kind kind;
    bool keeps_highest;  /* COMBINATION_ONLY_ONE pays the highest (就高), else the first that is due */
    size_t *members;     /* indices of subsidies, in the order written */
    size_t member_count; /* at least 2, for COMBINATION_AT_MOST at least 1 */
    struct expression_text at_most, used; /* only for COMBINATION_AT_MOST; used is optional */
    struct expression_text when;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

/* A key by which claims are put in order. */
struct pack_order_key {
    struct expression_text by;
    bool highest_first;
};

/* Who is paid first of claims that the keys make equal. */
enum budget_ties { TIES_BY_ID, TIES_PRO_RATA };
enum budget_leftover { LEFTOVER_BY_REMAINDER, LEFTOVER_BY_ID };
/* What happens to the claim at which a budget runs out. */
enum budget_end { BUDGET_PAYS_PART, BUDGET_STOPS, BUDGET_SKIPS };

/* Money that may not suffice for all claims. */
struct pack_budget {
    bool is_given;
    struct expression_text of, used; /* used is optional */
    struct pack_name payer;          /* whose shares are paid; not given: the whole of each claim */
    struct pack_order_key *order;
    size_t order_count; /* 0 where all claims are equal */
    enum budget_ties ties;
    enum budget_leftover leftover;
    enum budget_end when_short;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

struct pack_cost_sharing {
    struct pack_rule rule;
    struct text unit;
    struct pack_step *steps;
    size_t step_count;
    struct expression_text of;      /* either this or subsidies */
    struct pack_subsidy *subsidies; /* in the order written; the whole is the sum of what is paid of them */
    size_t subsidy_count;
    struct pack_combination *combinations; /* in the order in which they apply */
    size_t combination_count;
    struct pack_rounding round; /* not given: to 0.01, half up */
    /* in the order written; a residual payer that is only named under `residual` is the last */
    struct pack_payer *payers;
    size_t payer_count;        /* at least 1 */
    struct pack_bound *bounds; /* limits of the whole */
    size_t bound_count;
    struct pack_instalment *instalments;
    size_t instalment_count;
    struct expression_text paid; /* only with instalments */
    struct pack_budget budget;
};

enum criterion_kind { CRITERION_LEAF, CRITERION_ALL, CRITERION_ANY, CRITERION_NONE, CRITERION_AT_LEAST };

struct pack_criterion {
    enum criterion_kind kind;
    struct text id; /* bytes NULL only for the group that is the whole rule */
    struct localised because;
    struct expression_text when; /* only of CRITERION_LEAF */
    struct expression_text
        only_if; /* optional, of leaves and groups; where it is false the criterion does not apply */
    struct pack_criterion *children;
    size_t child_count; /* at least 1 in a group */
    int64_t count;      /* of CRITERION_AT_LEAST: how many must be met, 1 to child_count */
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

/* An exception decides, whatever the criteria say, where it is met and no exception before it is. */
struct pack_exception {
    struct text id;
    struct localised because;
    struct expression_text when;
    bool is_waiver; /* it decides eligible, else ineligible */
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

/* An item of a scorecard, which gives points or takes them. */
struct pack_score_item {
    struct text id;
    struct localised because;
    struct expression_text points;
    struct expression_text when;              /* optional; there are no points where it is false */
    struct expression_text at_most, at_least; /* limits of its points; optional */
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

struct pack_grade {
    struct text id;
    struct localised label, consequence;
    /* the score from which it is given; missing in the last grade, which takes the rest */
    struct expression_text at_least;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
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

/* An item of a checklist: a paper to hand in, a visit to make. */
struct pack_checklist_item {
    struct text id;
    struct localised because;
    struct expression_text done;      /* true or false, or the day it was done, null for not yet */
    struct expression_text from, due; /* first and last day on which it is to be done; optional */
    struct expression_text only_if;   /* optional; the item does not apply where it is false */
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

enum admission_direction { ADMIT_FIRST, ADMIT_ASCENDING, ADMIT_DESCENDING };

/* A key by which a waiting list is ordered. */
struct pack_admission_key {
    struct text id;
    struct localised because;
    enum admission_direction direction;
    struct expression_text expression;
    struct pack_cite cite;
    pack_standing standing; /* 0 stands for the rule's */
    struct location where;
};

struct pack_eligibility {
    struct pack_rule rule;
    struct pack_criterion criterion; /* the group that is the whole rule */
    struct pack_exception *exceptions;
    size_t exception_count;
    struct pack_score score;
    struct pack_checklist_item *checklist;
    size_t checklist_count;
    struct expression_text valid_until; /* optional; the reader has added its criterion to the group */
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
    struct pack_name of; /* the entity; text.bytes is NULL where no aggregate is given */
    enum aggregate_kind kind;
    struct expression_text where;      /* only rows for which this is true; optional */
    struct expression_text expression; /* what is counted, summed, … */
    struct location location;
};

/* A number for each region, tallied over another entity. */
struct pack_region_number {
    struct text name; /* usable in the aggregates of the indicator */
    struct pack_aggregate aggregate;
    struct pack_name by; /* a kind of region */
    struct location where;
};

enum target_kind { TARGET_NONE, TARGET_AT_LEAST, TARGET_AT_MOST, TARGET_EXACTLY };

struct pack_indicator {
    struct pack_rule rule;
    struct text unit;
    bool is_ratio;
    struct pack_aggregate numerator, denominator; /* where is_ratio */
    struct pack_aggregate value;                  /* where not is_ratio */
    struct pack_name *by;
    size_t by_count;
    enum target_kind target_kind;
    struct expression_text target;
    struct expression_text per; /* factor of a ratio: a number or the name of a parameter */
    struct pack_region_number *with;
    size_t with_count;
};

/* ---- Worked examples ---- */

/* A fact as given: its full name and the node of its value, which fact_value_read() reads once the
 * declaration is known. */
struct given_fact {
    struct text name;
    const struct pack_node *node;
    struct location where; /* the name */
};

/* A row of an indicator's example, or a claim against a budget. */
struct pack_example_row {
    struct text entity; /* the entity of the row, or the id of the claim */
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

/* One item of an expectation that is a list or a mapping. */
struct expected_item {
    struct text id;
    struct text text; /* the expected value as written, "null" for none; bytes NULL in a list of ids */
    bool is_number;
    tuoyu_decimal number;
    struct location where;
};

struct pack_expectation {
    enum expect_key key;
    struct text text; /* the scalar as written */
    bool is_number;
    tuoyu_decimal number;
    tuoyu_status error;     /* only of EXPECT_ERROR */
    pack_standing standing; /* only of EXPECT_STANDING */
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
    struct pack_example_row *claims; /* claims against a budget; `given` then has the facts of the budget */
    size_t claim_count;
    struct text region_kind, region_id; /* bytes NULL where the whole is asked for */
    struct pack_example_case *cases;    /* of waiting lists, in the order written */
    size_t case_count;
    int64_t places; /* how many cases can be admitted */
    struct pack_expectation *expect;
    size_t expect_count; /* at least 1 */
    struct pack_cite cite;
    pack_standing standing;
    struct localised note;
    struct location where;
};

/* ---- The whole ---- */

/* A place in the model that holds a unit. Its text is canonical but for names that may be labels of entities;
 * layering replaces these when it knows all packs in sight. */
struct pack_unit {
    struct text *text; /* points into the model */
    struct location where;
};

struct pack_model {
    const struct source *source;
    struct text id;
    struct location id_where;
    struct localised title, authority, objection, note;
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
