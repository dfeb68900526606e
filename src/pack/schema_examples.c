/* SPDX-License-Identifier: Apache-2.0 */
/* The section of the pack format that holds worked examples, with what they may expect. */
#include "pack/schema_parts.h"

/* ---- Examples ---- */

const char *const SCHEMA_ERROR_WORDS[] = {
    "fact_unknown", "fact_type",        "fact_range", "fact_value", "date",
    "not_in_force", "division_by_zero", "overflow",   "evaluation", "shares",
    "table_no_row", "table_conflict",   "type",       "limit",      NULL};
static const char *const OUTCOME_WORDS[] = {"determined", "undetermined", "not_applicable", "not_in_force",
                                            NULL};
static const char *const DECISION_WORDS[] = {"eligible", "ineligible", "undetermined", "not_applicable",
                                             NULL};
static const char *const MET_WORDS[] = {"true", "false", "unknown", NULL};
static const struct schema_type OUTCOME = {.name = "outcome", .scalar = SCALAR_WORD, .words = OUTCOME_WORDS};
static const struct schema_type DECISION = {
    .name = "decision", .scalar = SCALAR_WORD, .words = DECISION_WORDS};
static const struct schema_type ERROR = {.name = "error", .scalar = SCALAR_WORD, .words = SCHEMA_ERROR_WORDS};
static const struct schema_type MET = {
    .name = "met", .scalar = SCALAR_WORD, .words = MET_WORDS, .items = &SCHEMA_TEXT, .may_be_empty = true};
static const struct schema_type UNKNOWN = {
    .name = "unknown", .scalar = SCALAR_NUMBER, .items = &SCHEMA_TEXT, .may_be_empty = true};
static const struct schema_type EXPECTED_STEPS = {
    .name = "expected_steps", .values = &SCHEMA_SCALAR_VALUE, .keys = SCALAR_NAME};
static const struct schema_type EXPECTED_SHARES = {
    .name = "expected_shares", .values = &SCHEMA_NUMBER, .keys = SCALAR_NAME};
static const struct schema_type EXPECTED_PAYMENTS = {
    .name = "expected_payments", .values = &SCHEMA_NUMBER, .keys = SCALAR_TEXT};
static const struct schema_type EXPECTED_STATES = {
    .name = "expected_states", .values = &SCHEMA_SCALAR_VALUE, .keys = SCALAR_TEXT};
static const struct schema_type EXPECTED_SET = {
    .name = "expected_set", .scalar = SCALAR_TEXT, .items = &SCHEMA_TEXT};
static const struct schema_type EXPECTED_SETS = {
    .name = "expected_sets",
    .items = &EXPECTED_SET,
    .may_be_empty = true,
    .documentation =
        "Each a list, in the order in which the answer names its members; one member may stand alone."};
static const struct schema_field EXPECT_FIELDS[] = {
    {"outcome", &OUTCOME, OPTIONAL, "of every kind of rule"},
    {"missing", &SCHEMA_TEXTS, OPTIONAL, "the facts and parameters that are missing: exactly these"},
    {"error", &ERROR, OPTIONAL, "the status that the evaluation ends with"},
    {"standing", &SCHEMA_STANDING, OPTIONAL, "the weakest standing it rests on"},
    {"amount", &SCHEMA_NUMBER, OPTIONAL, "pricing: what may be charged"},
    {"complies", &SCHEMA_BOOLEAN, OPTIONAL, "pricing: whether the fee does"},
    {"excess", &SCHEMA_NUMBER, OPTIONAL, "pricing: by how much the fee exceeds"},
    {"shortfall", &SCHEMA_NUMBER, OPTIONAL, "pricing: by how much the fee is too low"},
    {"binding", &SCHEMA_NAME, OPTIONAL,
     "pricing, cost-sharing: the bound that decided the amount or the whole; `none` where its formula did"},
    {"breaks", &SCHEMA_NAME, OPTIONAL,
     "pricing: the bound that the fee breaks, or `amount`, `at_most`, `at_least`; `none` where it complies"},
    {"steps", &EXPECTED_STEPS, OPTIONAL, "pricing: values of steps, by id"},
    {"whole", &SCHEMA_NUMBER, OPTIONAL, "cost-sharing: what is shared"},
    {"shares", &EXPECTED_SHARES, OPTIONAL, "cost-sharing: all shares, by payer"},
    {"subsidies", &EXPECTED_SHARES, OPTIONAL, "cost-sharing: what is paid of all subsidies, by id"},
    {"instalments", &EXPECTED_SHARES, OPTIONAL, "cost-sharing: all instalments, by id"},
    {"states", &EXPECTED_STATES, OPTIONAL,
     "cost-sharing: by instalment `due`, `later`, `forfeited` or `open`; by subsidy `paid`, `not_due`, "
     "`excluded`, `cut` or `open`; by claim `paid`, `in_part`, `unpaid`, `not_due`, `open` or `error`; "
     "eligibility: by item of the checklist `done`, `due`, `overdue`, `not_yet`, `not_applicable` or `open`"},
    {"entitled", &SCHEMA_NUMBER, OPTIONAL, "cost-sharing: the instalments that are not forfeited"},
    {"claw_back", &SCHEMA_NUMBER, OPTIONAL, "cost-sharing: what was paid beyond that"},
    {"payable", &SCHEMA_NUMBER, OPTIONAL, "cost-sharing: what is to be paid now"},
    {"payments", &EXPECTED_PAYMENTS, OPTIONAL,
     "budgets: what is paid to all claims, by id; but for those that are open or in error"},
    {"left", &SCHEMA_NUMBER, OPTIONAL, "budgets: what is left after that"},
    {"unpaid", &SCHEMA_NUMBER, OPTIONAL, "budgets: what was claimed and is not paid"},
    {"overspent", &SCHEMA_NUMBER, OPTIONAL,
     "budgets: by how much more was used than there is; 0 where there is enough"},
    {"decision", &DECISION, OPTIONAL, "eligibility: the verdict"},
    {"met", &MET, OPTIONAL,
     "eligibility: ids of criteria, at least these; indicators: whether the target is met"},
    {"unmet", &SCHEMA_TEXTS, OPTIONAL, "eligibility: ids of criteria, at least these"},
    {"unknown", &UNKNOWN, OPTIONAL,
     "eligibility: ids of criteria, at least these; indicators: rows left out"},
    {"exception", &SCHEMA_NAME, OPTIONAL,
     "eligibility: the exception that decided; `none` where the criteria did"},
    {"deciding", &EXPECTED_SETS, OPTIONAL,
     "eligibility, undetermined: all smallest sets of missing facts that could decide"},
    {"to_become_eligible", &EXPECTED_SETS, OPTIONAL,
     "eligibility, ineligible: all smallest sets of criteria that would have to change"},
    {"score", &SCHEMA_NUMBER, OPTIONAL, "eligibility: the score; its bounds are `lower` and `upper`"},
    {"grade", &SCHEMA_NAME, OPTIONAL, "eligibility: the grade; `none` where it is open"},
    {"grades", &SCHEMA_TEXTS, OPTIONAL, "eligibility: the grades that are possible: exactly these"},
    {"valid_until", &SCHEMA_TEXT, OPTIONAL,
     "eligibility: the last day on which the verdict holds; `none` where there is none"},
    {"admitted", &SCHEMA_TEXTS, OPTIONAL, "waiting lists: the ids of all who are admitted, in order"},
    {"waiting", &SCHEMA_TEXTS, OPTIONAL, "waiting lists: likewise of those who wait"},
    {"pending", &SCHEMA_TEXTS, OPTIONAL, "waiting lists: of those for whom facts are missing"},
    {"refused", &SCHEMA_TEXTS, OPTIONAL, "waiting lists: of those who are not eligible"},
    {"value", &SCHEMA_NUMBER, OPTIONAL, "indicators, and the next six"},
    {"target", &SCHEMA_NUMBER, OPTIONAL, "in the indicator's unit"},
    {"distance", &SCHEMA_NUMBER, OPTIONAL, "what is missing to the target"},
    {"numerator", &SCHEMA_NUMBER, OPTIONAL, "of the ratio"},
    {"denominator", &SCHEMA_NUMBER, OPTIONAL, "of the ratio"},
    {"lower", &SCHEMA_NUMBER, OPTIONAL, "were all unknown rows to count against it"},
    {"upper", &SCHEMA_NUMBER, OPTIONAL, "were all unknown rows to count for it"},
};
const struct schema_type SCHEMA_EXPECT = {
    .name = "expectations", FIELDS(EXPECT_FIELDS), .documentation = "Only what is listed is compared."};
static const struct schema_type GIVEN = {
    .name = "given_facts",
    .values = &SCHEMA_ANY,
    .keys = SCALAR_ANY,
    .may_be_empty = true,
    .documentation = "`child: {birth_date: 2023-12-15}`, or `child.birth_date: 2023-12-15`."};
static const struct schema_type GIVEN_ROWS = {.name = "given_rows", .items = &GIVEN, .may_be_empty = true};
static const struct schema_type GIVEN_ENTITIES = {
    .name = "given_entities", .values = &GIVEN_ROWS, .keys = SCALAR_NAME};
static const struct schema_type GIVEN_CLAIMS = {
    .name = "given_claims", .values = &GIVEN, .keys = SCALAR_TEXT};
static const struct schema_type GIVEN_CASES = {.name = "given_cases", .values = &GIVEN, .keys = SCALAR_TEXT};
static const struct schema_type REGION = {.name = "region", .values = &SCHEMA_TEXT, .keys = SCALAR_NAME};
static const struct schema_field EXAMPLE_FIELDS[] = {
    {"name", &SCHEMA_TEXT, REQUIRED, "what it shows"},
    {"rule", &SCHEMA_RULE_NAME, REQUIRED, "the rule that it runs"},
    {"as_of", &SCHEMA_DATE, REQUIRED, "the day it is asked for"},
    {"given", &GIVEN, OPTIONAL, "the facts"},
    {"rows", &GIVEN_ENTITIES, OPTIONAL, "of indicators: rows by entity; keys are facts of the entity"},
    {"claims", &GIVEN_CLAIMS, OPTIONAL,
     "of a rule with a budget: claims by id, each with its facts; `given` has then those of the budget"},
    {"region", &REGION, OPTIONAL, "of indicators: the kind of region and its id; the whole if not given"},
    {"cases", &GIVEN_CASES, OPTIONAL, "of waiting lists: the facts of each case, by its id"},
    {"places", &SCHEMA_WHOLE, OPTIONAL, "of waiting lists: how many can be admitted"},
    {"expect", &SCHEMA_EXPECT, REQUIRED, "what must come out"},
    {"cite", &SCHEMA_CITE, OPTIONAL, "where the example stands"},
    {"standing", &SCHEMA_STANDING, OPTIONAL,
     "cited: the source itself gives it; derived: worked out by its text"},
    {"note", &SCHEMA_LOCALISED, OPTIONAL, "a remark"},
};
static const struct schema_type EXAMPLE = {
    .name = "example", FIELDS(EXAMPLE_FIELDS), .documentation = "A worked example, run by `tuoyu test`."};
const struct schema_type SCHEMA_EXAMPLES = {.name = "examples", .items = &EXAMPLE};
