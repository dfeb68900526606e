/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of the pack format that hold rules: pricing, cost-sharing, eligibility and indicators. */
#include "pack/schema_parts.h"

/* ---- Rules ---- */

static const struct schema_field STEP_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "a name in the steps after it and in the rule"},
    {"formula", &SCHEMA_EXPRESSION, REQUIRED, "what it is"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"unit", &SCHEMA_UNIT, OPTIONAL, "for showing it"},
    {"round", &SCHEMA_ROUNDING, OPTIONAL, "how it is rounded"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type STEP = {.name = "step", FIELDS(STEP_FIELDS)};
static const struct schema_type STEPS = {.name = "steps", .items = &STEP};

static const struct schema_field BOUND_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED,
     "what an answer calls it: `binding` where it decided the amount or the whole, `breaks` where a fee "
     "breaks it"},
    {"at_most", &SCHEMA_EXPRESSION, OPTIONAL,
     "neither the amount (or whole) nor the fee may be above this; either this or `at_least`"},
    {"at_least", &SCHEMA_EXPRESSION, OPTIONAL,
     "neither may be below this; where the two kinds conflict, at_most wins"},
    {"used", &SCHEMA_EXPRESSION, OPTIONAL,
     "what counts towards it already, such as what was paid earlier in the year; only what is left of it "
     "then limits, 0 at the least. Below 0 it is an error"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"when", &SCHEMA_EXPRESSION, OPTIONAL, "if false, it does not apply"},
    {"round", &SCHEMA_ROUNDING, OPTIONAL,
     "how it is rounded; if not given, in pricing as the amount, in cost-sharing so that it is kept: at_most "
     "down, at_least up"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type BOUND = {.name = "bound",
                                         FIELDS(BOUND_FIELDS),
                                         .documentation =
                                             "A cap or a floor: per child, month, year or place, whatever "
                                             "its formula says. What was paid before is a fact of the case."};
static const struct schema_type BOUNDS = {.name = "bounds", .items = &BOUND};
static const struct schema_field FLOAT_BAND_FIELDS[] = {
    {"of", &SCHEMA_EXPRESSION, REQUIRED, "the benchmark price"},
    {"up", &SCHEMA_EXPRESSION, REQUIRED,
     "how far the fee may rise above it, as a share of it: a percent parameter, or 0.1"},
    {"down", &SCHEMA_EXPRESSION, REQUIRED, "how far it may fall below it, likewise; `free` for any"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type FLOAT_BAND = {.name = "float_band",
                                              FIELDS(FLOAT_BAND_FIELDS),
                                              .documentation =
                                                  "A benchmark price and how far a fee may leave it: short "
                                                  "for the bounds `float_up` and `float_down`."};
static const struct schema_field PRICING_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &SCHEMA_UNIT, REQUIRED, "of the amount"},
    {"steps", &STEPS, OPTIONAL, "how it is worked out, in order"},
    {"amount", &SCHEMA_EXPRESSION, OPTIONAL,
     "what may be charged; the last step, or the benchmark of the float band, if not given. Money that a fee "
     "is compared with (`charged`) is an error below 0; another amount may be below 0, for a refund"},
    {"round", &SCHEMA_ROUNDING, OPTIONAL, "how the amount is rounded"},
    {"charged", &SCHEMA_EXPRESSION, OPTIONAL,
     "the fee that is charged, to be compared; money is an error below 0"},
    {"at_most", &SCHEMA_EXPRESSION, OPTIONAL,
     "what the fee may not exceed, an error below 0 where it is money; the amount if not given; `amount` is "
     "a name here"},
    {"at_least", &SCHEMA_EXPRESSION, OPTIONAL, "what the fee may not be below"},
    {"bounds", &BOUNDS, OPTIONAL,
     "limits that the amount is brought within, in order, and that the fee must keep; at most 24"},
    {"float_band", &FLOAT_BAND, OPTIONAL,
     "how far a fee may leave a benchmark; its upper end is then the limit of the fee, not the amount"},
};
static const struct schema_type PRICING = {
    .name = "pricing_rule", FIELDS(PRICING_FIELDS), .documentation = "What may be charged?"};
const struct schema_type SCHEMA_PRICING_RULES = {
    .name = "pricing_rules", .values = &PRICING, .keys = SCALAR_NAME};

static const struct schema_field MEMBER_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "the payer; it stands in the split in place of the one above"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"rate", &SCHEMA_EXPRESSION, OPTIONAL,
     "its part of that share; one of them may have none and takes what is left, remainders of rounding "
     "included"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type MEMBER = {.name = "payer_among", FIELDS(MEMBER_FIELDS)};
static const struct schema_type MEMBERS = {.name = "payers_among", .items = &MEMBER};
static const struct schema_field PAYER_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED,
     "the payer; a column of tables is named by it: a rule that is asked of tables has none called whole, "
     "outcome, missing, standing or status"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"rate", &SCHEMA_EXPRESSION, OPTIONAL,
     "its share of the whole; either this or `amount`; `whole` and `remaining` are names here"},
    {"amount", &SCHEMA_EXPRESSION, OPTIONAL, "or what it pays"},
    {"at_most", &SCHEMA_EXPRESSION, OPTIONAL,
     "what its share may not exceed; where it conflicts with `at_least` this holds"},
    {"at_least", &SCHEMA_EXPRESSION, OPTIONAL, "what its share may not be below"},
    {"when", &SCHEMA_EXPRESSION, OPTIONAL, "if false, its share is 0"},
    {"among", &MEMBERS, OPTIONAL,
     "those that it stands for, such as city and county for the government: they share what it pays"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type PAYER = {.name = "payer", FIELDS(PAYER_FIELDS)};
static const struct schema_type PAYERS = {.name = "payers", .items = &PAYER, .may_be_empty = true};
static const struct schema_field RESIDUAL_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "the payer"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
};
static const struct schema_type RESIDUAL = {
    .name = "residual", .scalar = SCALAR_NAME, FIELDS(RESIDUAL_FIELDS)};
static const struct schema_field INSTALMENT_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "the instalment; not the id of a payer"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"share", &SCHEMA_EXPRESSION, OPTIONAL,
     "its share of the whole; `whole` is a name here. One instalment has neither share nor amount and takes "
     "what is left, remainders of rounding included"},
    {"amount", &SCHEMA_EXPRESSION, OPTIONAL, "or how much it is"},
    {"due", &SCHEMA_EXPRESSION, OPTIONAL,
     "the date from which it is payable; null: not yet. Without `due` and `after` it is payable at once"},
    {"after", &SCHEMA_EXPRESSION, OPTIONAL, "or what must have come true, such as `site.accepted`"},
    {"forfeit_when", &SCHEMA_EXPRESSION, OPTIONAL,
     "if true, it is not paid, and what was paid for it is owed back"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type INSTALMENT = {.name = "instalment", FIELDS(INSTALMENT_FIELDS)};
static const struct schema_type INSTALMENTS = {
    .name = "instalments",
    .items = &INSTALMENT,
    .documentation = "Parts of the whole, rounded as the shares; they sum to it, to the fen. Entitled to are "
                     "those that are not forfeited; of these what is payable by now, less what was paid, is "
                     "to be paid, and what was paid beyond them is clawed back."};
static const struct schema_field SUBSIDY_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED,
     "the subsidy; what is paid of it is a name in the formulas of payers and instalments"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"amount", &SCHEMA_EXPRESSION, OPTIONAL,
     "how much is due by itself, in whole fen, an error below 0; either this or `rule`"},
    {"rule", &SCHEMA_RULE_NAME, OPTIONAL,
     "or a pricing or cost-sharing rule of this pack or one that it uses: its amount or whole is due, "
     "nothing where it does not apply or is not in force"},
    {"when", &SCHEMA_EXPRESSION, OPTIONAL, "if false, nothing is due"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type SUBSIDY = {.name = "subsidy", FIELDS(SUBSIDY_FIELDS)};
static const struct schema_type SUBSIDIES = {.name = "subsidies", .items = &SUBSIDY};
static const char *const KEEP_WORDS[] = {"highest", "first", NULL};
static const struct schema_type KEEP = {.name = "keep", .scalar = SCALAR_WORD, .words = KEEP_WORDS};
static const struct schema_field COMBINATION_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "what an answer calls it"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "the clause as a sentence"},
    {"only_one", &SCHEMA_NAME_LIST, OPTIONAL,
     "subsidies of which only one is paid (不重复享受); exactly one of this, `together` and `at_most`"},
    {"keep", &KEEP, OPTIONAL,
     "of `only_one`, required: `highest` (就高; of equal ones the one listed first) or `first`, the first "
     "listed that is due"},
    {"together", &SCHEMA_NAME_LIST, OPTIONAL,
     "subsidies that the law lets stack (可叠加享受); those that nothing is said of stack too"},
    {"at_most", &SCHEMA_EXPRESSION, OPTIONAL,
     "what they may come to together; they are paid in the order of the list until it is reached; below 0 it "
     "is as 0"},
    {"of", &SCHEMA_NAME_LIST, OPTIONAL,
     "the subsidies that `at_most` limits, those paid first in front; all in their order if not given"},
    {"used", &SCHEMA_EXPRESSION, OPTIONAL,
     "with `at_most`: what counts towards it already, such as what was paid earlier in the year; below 0 it "
     "is an error"},
    {"when", &SCHEMA_EXPRESSION, OPTIONAL, "if false, it does not apply"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type COMBINATION = {.name = "combination", FIELDS(COMBINATION_FIELDS)};
static const struct schema_type COMBINATIONS = {
    .name = "combinations",
    .items = &COMBINATION,
    .documentation =
        "How subsidies go together, each applied in the order written to what those before it have left."};
static const char *const FIRST_WORDS[] = {"lowest", "highest", NULL};
static const struct schema_type FIRST = {.name = "first", .scalar = SCALAR_WORD, .words = FIRST_WORDS};
static const struct schema_field ORDER_KEY_FIELDS[] = {
    {"by", &SCHEMA_EXPRESSION, REQUIRED,
     "a number, date, text or boolean of the claim; a claim whose value is null comes last"},
    {"first", &FIRST, OPTIONAL, "which come first; the lowest (earliest; false before true) if not given"},
};
static const struct schema_type ORDER_KEY = {
    .name = "order_key", .scalar = SCALAR_EXPRESSION, FIELDS(ORDER_KEY_FIELDS)};
static const struct schema_type ORDER = {.name = "order", .items = &ORDER_KEY};
static const char *const TIES_WORDS[] = {"id", "pro_rata", NULL};
static const struct schema_type TIES = {.name = "ties", .scalar = SCALAR_WORD, .words = TIES_WORDS};
static const char *const LEFTOVER_WORDS[] = {"largest_remainder", "id", NULL};
static const struct schema_type LEFTOVER = {
    .name = "leftover", .scalar = SCALAR_WORD, .words = LEFTOVER_WORDS};
static const char *const SHORT_WORDS[] = {"pay_part", "stop", "skip", NULL};
static const struct schema_type WHEN_SHORT = {
    .name = "when_short", .scalar = SCALAR_WORD, .words = SHORT_WORDS};
static const struct schema_field BUDGET_FIELDS[] = {
    {"of", &SCHEMA_EXPRESSION, REQUIRED,
     "how much there is, rounded down to the fen; its facts are those of the budget, not of a claim"},
    {"used", &SCHEMA_EXPRESSION, OPTIONAL,
     "what was paid from it before, an error below 0; only what is left is paid out. Where `of` less `used` "
     "is below 0, the budget is 0, nothing is paid, and the answer says by how much it is `overspent`"},
    {"payer", &SCHEMA_NAME, OPTIONAL,
     "the payer whose shares it pays; if not given, the whole of each claim, or what is payable of its "
     "instalments"},
    {"order", &ORDER, OPTIONAL,
     "who is paid first: by the first key, where that is equal by the second, and so on; all are equal if "
     "not given"},
    {"ties", &TIES, OPTIONAL,
     "claims that are equal: by their `id`, in the order of its bytes, if not given; or `pro_rata`, in "
     "proportion to what they claim, each rounded down to the step of the rounding"},
    {"leftover", &LEFTOVER, OPTIONAL,
     "with `pro_rata`, who gets the steps that rounding down leaves over, one each: those from whom it took "
     "most (`largest_remainder`, if not given; of those from whom it took alike the first by `id`), or the "
     "first in the order of the `id`"},
    {"when_short", &WHEN_SHORT, REQUIRED,
     "at the claim that it does not suffice for: `pay_part` pays what is left, in whole steps of the "
     "rounding; `stop` pays nothing to it and those after it; `skip` goes on with smaller ones after it"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type BUDGET = {
    .name = "budget",
    FIELDS(BUDGET_FIELDS),
    .documentation =
        "Money that claims are paid from in order until it runs out; the others are listed as unpaid. It is "
        "asked over many claims (`tuoyu pay`), a single case is split as if there were no budget. No payment "
        "is below 0, and all together never exceed the budget; each is a multiple of the rule's rounding and "
        "whole fen. Claims of one id are one claim if their facts are the same; if they differ none of them "
        "is paid, in whatever order they come."};
static const struct schema_field COST_SHARING_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &SCHEMA_UNIT, REQUIRED, "of the whole and the shares"},
    {"steps", &STEPS, OPTIONAL, "how the whole is worked out, in order"},
    {"of", &SCHEMA_EXPRESSION, OPTIONAL,
     "the whole, an error below 0 once `bounds` are applied; either this or `subsidies`"},
    {"subsidies", &SUBSIDIES, OPTIONAL,
     "or the subsidies that make it up, at most 24: it is the sum of what is paid of them"},
    {"combinations", &COMBINATIONS, OPTIONAL,
     "which of the subsidies exclude each other, stack, or are limited together; at most 24"},
    {"round", &SCHEMA_ROUNDING, OPTIONAL, "of the whole and of each share; to 0.01, half up, if not given"},
    {"bounds", &BOUNDS, OPTIONAL,
     "with `of`: limits that the whole is brought within, in order, before it is shared; at most 24"},
    {"payers", &PAYERS, OPTIONAL,
     "in the order in which they pay, at most 64; none where `residual` alone receives or pays the whole; "
     "every share, and the whole, is whole fen, 0 or more and "
     "below 10^15: anything else is an error"},
    {"residual", &RESIDUAL, OPTIONAL,
     "the payer that takes what is left, which is all of it where there are no `payers`; without one the "
     "shares must sum to the whole"},
    {"instalments", &INSTALMENTS, OPTIONAL, "when the whole is paid, part by part; at most 64"},
    {"paid", &SCHEMA_EXPRESSION, OPTIONAL,
     "with instalments: what was paid already, in whole fen; below 0 it is an error. What is to be paid back "
     "is no negative payment but the answer's `claw_back`"},
    {"budget", &BUDGET, OPTIONAL, "what claims by this rule are paid from"},
};
static const struct schema_type COST_SHARING = {
    .name = "cost_sharing_rule", FIELDS(COST_SHARING_FIELDS), .documentation = "Who pays what?"};
const struct schema_type SCHEMA_COST_SHARING_RULES = {
    .name = "cost_sharing_rules", .values = &COST_SHARING, .keys = SCALAR_NAME};

static const struct schema_type CRITERION;
static const struct schema_type CRITERIA = {.name = "criteria", .items = &CRITERION};
static const struct schema_field AT_LEAST_FIELDS[] = {
    {"count", &SCHEMA_WHOLE, REQUIRED, "how many"},
    {"of", &CRITERIA, REQUIRED, "of which"},
};
static const struct schema_type AT_LEAST = {.name = "at_least", FIELDS(AT_LEAST_FIELDS)};
#define GROUP_FIELDS                                                                                        \
    {"all", &CRITERIA, OPTIONAL, "every one must be met"}, {"any", &CRITERIA, OPTIONAL, "one must be met"}, \
        {"none", &CRITERIA, OPTIONAL, "none may be met"},                                                   \
    {                                                                                                       \
        "at_least", &AT_LEAST, OPTIONAL, "so many must be met"                                              \
    }
static const struct schema_field CRITERION_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "unique in the rule"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "the requirement as a sentence"},
    {"when", &SCHEMA_EXPRESSION, OPTIONAL, "met if true; either this or a group"},
    {"only_if", &SCHEMA_EXPRESSION, OPTIONAL, "if false it does not apply, and counts as met"},
    GROUP_FIELDS,
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type CRITERION = {
    .name = "criterion", FIELDS(CRITERION_FIELDS), .documentation = "One requirement, or a group of them."};
static const char *const EXCEPTION_WORDS[] = {"eligible", "ineligible", NULL};
static const struct schema_type EXCEPTION_DECISION = {
    .name = "exception_decision", .scalar = SCALAR_WORD, .words = EXCEPTION_WORDS};
static const struct schema_field EXCEPTION_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "unique in the rule"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "the exception as a sentence"},
    {"when", &SCHEMA_EXPRESSION, REQUIRED, "it is met if this is true"},
    {"decision", &EXCEPTION_DECISION, REQUIRED,
     "what it then decides: `eligible` waives the criteria, `ineligible` shuts out"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type EXCEPTION = {.name = "exception", FIELDS(EXCEPTION_FIELDS)};
static const struct schema_type EXCEPTIONS = {
    .name = "exceptions",
    .items = &EXCEPTION,
    .documentation = "In order: the first that is met decides, whatever the criteria say. One that is not "
                     "known leaves the verdict open, unless what comes after it says the same."};
static const struct schema_field SCORE_ITEM_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "unique in the rule"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "what the points are for"},
    {"points", &SCHEMA_EXPRESSION, REQUIRED, "how many; below 0 they are taken away"},
    {"when", &SCHEMA_EXPRESSION, OPTIONAL, "if false, there are none"},
    {"at_most", &SCHEMA_EXPRESSION, OPTIONAL,
     "no more points than this; where facts are missing it bounds the score"},
    {"at_least", &SCHEMA_EXPRESSION, OPTIONAL, "no fewer points than this, likewise"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type SCORE_ITEM = {.name = "score_item", FIELDS(SCORE_ITEM_FIELDS)};
static const struct schema_type SCORE_ITEMS = {.name = "score_items", .items = &SCORE_ITEM};
static const struct schema_field GRADE_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "what `grade` then is"},
    {"label", &SCHEMA_LOCALISED, OPTIONAL, "what people call it"},
    {"at_least", &SCHEMA_EXPRESSION, OPTIONAL,
     "the score from which it is given; the last grade has none and takes all the rest"},
    {"consequence", &SCHEMA_LOCALISED, OPTIONAL, "what follows from it"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type GRADE = {.name = "grade", FIELDS(GRADE_FIELDS)};
static const struct schema_type GRADES = {
    .name = "grades",
    .items = &GRADE,
    .documentation = "The best first: the first whose `at_least` is reached is given."};
static const struct schema_field SCORE_FIELDS[] = {
    {"items", &SCORE_ITEMS, REQUIRED, "what gives points"},
    {"grades", &GRADES, OPTIONAL, "what the score means"},
};
static const struct schema_type SCORE = {
    .name = "score",
    FIELDS(SCORE_FIELDS),
    .documentation =
        "A scorecard: `score`, the sum of the points, and `grade` are names in the criteria. Where facts are "
        "missing, the answer has the bounds of the score and the grades that are still possible."};
static const struct schema_field CHECKLIST_ITEM_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "unique in the rule"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "what is to be done"},
    {"done", &SCHEMA_EXPRESSION, REQUIRED, "true or false; or the day it was done, null for not yet"},
    {"from", &SCHEMA_EXPRESSION, OPTIONAL,
     "the first day on which it is to be done, null for none; before it is `not_yet`"},
    {"due", &SCHEMA_EXPRESSION, OPTIONAL,
     "the last day, null for none; from `from` to this it is `due`, after it `overdue`"},
    {"only_if", &SCHEMA_EXPRESSION, OPTIONAL, "if false it does not apply"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type CHECKLIST_ITEM = {.name = "checklist_item", FIELDS(CHECKLIST_ITEM_FIELDS)};
static const struct schema_type CHECKLIST = {
    .name = "checklist",
    .items = &CHECKLIST_ITEM,
    .documentation = "Papers to hand in, visits to make: `all_done` and `none_overdue` are names in the "
                     "criteria; the answer has the state and the days of each item."};
static const struct schema_field ADMISSION_KEY_FIELDS[] = {
    {"id", &SCHEMA_NAME, REQUIRED, "unique in the list"},
    {"because", &SCHEMA_LOCALISED, OPTIONAL, "who comes first, as a sentence"},
    {"first", &SCHEMA_EXPRESSION, OPTIONAL,
     "those for whom this is true come first; exactly one of these three"},
    {"ascending", &SCHEMA_EXPRESSION, OPTIONAL, "the smallest number or the earliest day comes first"},
    {"descending", &SCHEMA_EXPRESSION, OPTIONAL, "the largest number or the latest day comes first"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where it is laid down"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the rule's if neither cite nor standing is given"},
};
static const struct schema_type ADMISSION_KEY = {.name = "admission_key", FIELDS(ADMISSION_KEY_FIELDS)};
static const struct schema_type ADMISSION = {
    .name = "admission",
    .items = &ADMISSION_KEY,
    .documentation =
        "How those who are eligible are ordered where places are few: by the first key, where it is the same "
        "by the next; at last by the id that the caller gives each, so that the order never depends on who "
        "was entered first. A booking that cannot be read or has an error stays on the list as an entry in "
        "error; while there is one, or facts are missing, the list is not final."};
static const struct schema_field ELIGIBILITY_FIELDS[] = {
    RULE_FIELDS,
    GROUP_FIELDS,
    {"except", &EXCEPTIONS, OPTIONAL, "exceptions that override the criteria"},
    {"score", &SCORE, OPTIONAL, "a scorecard with grades"},
    {"checklist", &CHECKLIST, OPTIONAL, "papers or visits, with their days"},
    {"valid_until", &SCHEMA_EXPRESSION, OPTIONAL,
     "the last day on which the verdict holds, null for no end; after it the case is not eligible, by a "
     "criterion `valid_until`"},
    {"admission", &ADMISSION, OPTIONAL, "the order of a waiting list"},
};
static const struct schema_type ELIGIBILITY = {
    .name = "eligibility_rule",
    FIELDS(ELIGIBILITY_FIELDS),
    .documentation = "May it, is it entitled? Exactly one of `all`, `any`, `none`, `at_least`."};
const struct schema_type SCHEMA_ELIGIBILITY_RULES = {
    .name = "eligibility_rules", .values = &ELIGIBILITY, .keys = SCALAR_NAME};

/* ---- Indicators ---- */

#define AGGREGATE_KEYS                                                                \
    {"of", &SCHEMA_NAME, REQUIRED, "the entity whose rows are counted"},              \
        {"where", &SCHEMA_EXPRESSION, OPTIONAL, "only rows for which this is true"},  \
        {"count", &SCHEMA_EXPRESSION, OPTIONAL,                                       \
         "rows for which this is true; `true` for all; exactly one of these six"},    \
        {"sum", &SCHEMA_EXPRESSION, OPTIONAL, "the sum of this"},                     \
        {"mean", &SCHEMA_EXPRESSION, OPTIONAL, "its mean"},                           \
        {"min", &SCHEMA_EXPRESSION, OPTIONAL, "its smallest"},                        \
        {"max", &SCHEMA_EXPRESSION, OPTIONAL, "its largest"},                         \
    {                                                                                 \
        "distinct", &SCHEMA_EXPRESSION, OPTIONAL, "how many different ones there are" \
    }
static const struct schema_field AGGREGATE_FIELDS[] = {AGGREGATE_KEYS};
static const struct schema_type AGGREGATE = {.name = "aggregate", FIELDS(AGGREGATE_FIELDS)};
static const struct schema_field RATIO_FIELDS[] = {
    {"numerator", &AGGREGATE, REQUIRED, "above the line"},
    {"denominator", &AGGREGATE, REQUIRED, "below it"},
};
static const struct schema_type RATIO = {.name = "ratio", FIELDS(RATIO_FIELDS)};
static const struct schema_field TARGET_FIELDS[] = {
    {"at_least", &SCHEMA_EXPRESSION, OPTIONAL, "over parameters; exactly one of these three"},
    {"at_most", &SCHEMA_EXPRESSION, OPTIONAL, "over parameters"},
    {"exactly", &SCHEMA_EXPRESSION, OPTIONAL, "over parameters"},
};
static const struct schema_type TARGET = {.name = "target", FIELDS(TARGET_FIELDS)};
static const struct schema_field REGION_NUMBER_FIELDS[] = {
    AGGREGATE_KEYS,
    {"by", &SCHEMA_NAME, REQUIRED, "the region entity: one number for each of its rows"},
};
static const struct schema_type REGION_NUMBER = {
    .name = "number_of_a_region",
    FIELDS(REGION_NUMBER_FIELDS),
    .documentation = "A number for each row of the region entity, tallied over another entity."};
static const struct schema_type REGION_NUMBERS = {
    .name = "numbers_of_a_region", .values = &REGION_NUMBER, .keys = SCALAR_NAME};
static const struct schema_field INDICATOR_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &SCHEMA_UNIT, REQUIRED, "of value and target"},
    {"ratio", &RATIO, OPTIONAL, "either this or `value`"},
    {"value", &AGGREGATE, OPTIONAL, "or one aggregate"},
    {"by", &SCHEMA_NAME_LIST, OPTIONAL,
     "kinds of region it can be broken down by; the region of a row is its fact of that name"},
    {"target", &TARGET, OPTIONAL, "what is to be reached"},
    {"per", &SCHEMA_EXPRESSION, OPTIONAL,
     "factor of a ratio, such as 1000 for a thousand people: a number or a parameter, an error below 0"},
    {"with", &REGION_NUMBERS, OPTIONAL, "numbers of the region, usable in the aggregates"},
};
static const struct schema_type INDICATOR = {
    .name = "indicator",
    FIELDS(INDICATOR_FIELDS),
    .documentation = "Are we there? A row of which something is not known is left out of the value, and the "
                     "bounds say what it could become; the target is met, or not, only where no such row "
                     "could overthrow it. A row that names no region counts in the whole only. A record that "
                     "cannot be read may be a row, of any region, or none: it counts as unknown in every "
                     "aggregate over its entity, in the whole and in every region."};
const struct schema_type SCHEMA_INDICATORS = {
    .name = "indicators", .values = &INDICATOR, .keys = SCALAR_NAME};
