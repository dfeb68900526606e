# SPDX-License-Identifier: Apache-2.0
"""A kind of rule: quotas, which say how many there have to be, and their answer, an allotment."""

TITLE = "A kind of rule"
MOST = 25  # one file of its own in rules/ and in api/, and else a line or an entry in lists and tables


def apply(tree):
    declare(tree)
    read_from_packs(tree)
    answer_cases(tree)
    fill_tables(tree)
    open_to_programs(tree)
    open_to_the_command(tree)


# ---- Its number, its rule, its answer ----

def declare(tree):
    tree.replace("include/tuoyu/policy.h", "    TUOYU_RULE_INDICATOR = 4\n",
                 "    TUOYU_RULE_INDICATOR = 4,\n    TUOYU_RULE_QUOTA = 5\n")
    tree.replace("src/rules/rule.h", "TUOYU_RULE_INDICATOR + 1 };", "TUOYU_RULE_QUOTA + 1 };")
    tree.insert_before("src/rules/rule.h", "/* ---- A rule as the kind that it is ----", '''
struct tuoyu_quota {
    struct rule rule;
    uint32_t number; /* slot of how many there have to be */
};

'''.lstrip("\n"))
    tree.insert_before("src/rules/rule.h", "static inline const struct tuoyu_pricing *pricing_of(", '''
static inline const struct tuoyu_quota *quota_of(const struct rule *rule)
{
    assert(rule->kind == TUOYU_RULE_QUOTA);
    return (const struct tuoyu_quota *)rule;
}

'''.lstrip("\n"))
    tree.insert_before("src/rules/answer.h", "/* ---- Making ---- */\n", '''
struct tuoyu_allotment {
    struct tuoyu_answer answer;
    struct answer_number number;
};

'''.lstrip("\n"))
    tree.insert_before("src/rules/answer.h", "static inline const struct tuoyu_quote *quote_of(", '''
static inline const struct tuoyu_allotment *allotment_of(const struct tuoyu_answer *answer)
{
    assert(answer->kind == TUOYU_RULE_QUOTA);
    return (const struct tuoyu_allotment *)answer;
}

'''.lstrip("\n"))
    tree.insert_before("src/rules/answer.h", "tuoyu_status pricing_quote(", '''
tuoyu_status quota_allotment(const struct tuoyu_quota *quota, const struct tuoyu_case *facts, int32_t as_of,
                             struct tuoyu_allotment **out, tuoyu_diagnostics *diagnostics);
'''.lstrip("\n"))


# ---- Its section of a pack ----

def read_from_packs(tree):
    tree.replace("src/pack/rule_sections.h", 'X(indicators, SCHEMA_INDICATORS, "rules: are we there?")',
                 'X(indicators, SCHEMA_INDICATORS, "rules: are we there?"), \\\n'
                 '        X(quotas, SCHEMA_QUOTAS, "rules: how many have to be there?")')
    tree.insert_before("src/pack/schema_rules.c", "static const struct schema_field MEMBER_FIELDS[] = {\n", '''
static const struct schema_field QUOTA_FIELDS[] = {
    RULE_FIELDS,
    {"unit", &SCHEMA_UNIT, REQUIRED, "of the number"},
    {"number", &SCHEMA_EXPRESSION, REQUIRED, "how many there have to be"},
};
static const struct schema_type QUOTA = {
    .name = "quota", FIELDS(QUOTA_FIELDS), .documentation = "How many have to be there?"};
const struct schema_type SCHEMA_QUOTAS = {.name = "quotas", .values = &QUOTA, .keys = SCALAR_NAME};

'''.lstrip("\n"))
    tree.insert_before("src/pack/model.h", "/* ---- The whole ---- */\n", '''
struct pack_quota {
    struct pack_rule rule;
    struct text unit;
    struct expression_text number;
};

'''.lstrip("\n"))
    tree.insert_after("src/pack/model.h", "    size_t indicator_count;\n",
                      "    struct pack_quota *quotas;\n    size_t quota_count;\n")
    tree.insert_before("src/pack/reader_rules.c", "/* ---- Pricing ---- */\n", '''
/* ---- Quotas ---- */

void reader_quotas(struct pack_reader *reader, const struct pack_node *section)
{
    size_t count = reader_entry_count(section);
    struct pack_quota *quotas = reader_array(reader, count, sizeof *quotas);
    if (!quotas)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct pack_entry *entry = &section->entries[i];
        quotas[i] = (struct pack_quota){.rule = reader_rule(reader, entry)};
        reader_unit(reader, entry->node, "unit", &quotas[i].unit);
        quotas[i].number = reader_expression(entry->node, "number");
    }
    reader->model->quotas = quotas;
    reader->model->quota_count = count;
}

'''.lstrip("\n"))


# ---- How it answers a case ----

QUOTA_C = '''\
/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers quotas, and answers a case by one: how many there have to be. */
#include "rules/case_facts.h"
#include "rules/rule_kind.h"

/* Lowers a whole rule; failures are noted in the lowering. */
static void lower_quota(struct lowering *lowering, const struct pack_quota *written,
                        struct tuoyu_quota *quota)
{
    quota->number = SLOT_NONE;
    if (lower_rule(lowering, TUOYU_RULE_QUOTA, &quota->rule, &written->rule, written->unit))
        quota->number = lower_optional(lowering, lowering->scope, "number", &written->number, written->unit,
                                       TYPE_NUMBER);
}

/* ---- The answer ---- */

static tuoyu_status allot(const struct tuoyu_quota *quota, struct tuoyu_allotment *allotment,
                          struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_answer *answer = &allotment->answer;
    struct roots roots = {.slots = NULL};
    struct value number = VALUE_NOTHING;
    tuoyu_status status = rule_begin(&quota->rule, evaluation, &roots, &answer->outcome, diagnostics);
    if (status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED)
        status = rule_need(evaluation, &roots, quota->number, &number, diagnostics);
    if (status == TUOYU_OK)
        status = answer_number_of(number, quota->rule.unit, &allotment->number);
    if (status != TUOYU_OK)
        return status;
    if (answer->outcome == TUOYU_DETERMINED && !allotment->number.is_given)
        answer->outcome = TUOYU_UNDETERMINED;
    bool is_shown = answer_rest_on(answer, evaluation, &roots);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED)
        is_shown = answer_list_missing(answer, evaluation, &roots);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status quota_allotment(const struct tuoyu_quota *quota, const struct tuoyu_case *facts, int32_t as_of,
                             struct tuoyu_allotment **out, tuoyu_diagnostics *diagnostics)
{
    quota = quota_of(rule_on(&quota->rule, as_of));
    *out = NULL;
    struct tuoyu_allotment *allotment = answer_new(sizeof *allotment, &quota->rule, as_of);
    if (!allotment)
        return report_no_memory(diagnostics);
    struct evaluation *evaluation = case_begin(facts, as_of);
    tuoyu_status status =
        evaluation ? allot(quota, allotment, evaluation, diagnostics) : TUOYU_ERROR_NO_MEMORY;
    case_end(facts, evaluation);
    return answer_finish(&allotment->answer, status, out, diagnostics);
}

/* ---- The kind ---- */

static size_t count_in(const struct pack_model *model)
{
    return model->quota_count;
}

static struct rule *lower(struct lowering *lowering, const struct pack_model *model, size_t index)
{
    struct tuoyu_quota *made = ARENA_NEW(lowering->arena, struct tuoyu_quota);
    if (!made)
        return NULL;
    lower_quota(lowering, &model->quotas[index], made);
    return &made->rule;
}

static tuoyu_status answer_case(const struct rule *rule, const struct tuoyu_case *facts, int32_t as_of,
                                struct tuoyu_answer **out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_allotment *allotment;
    tuoyu_status status = quota_allotment(quota_of(rule), facts, as_of, &allotment, diagnostics);
    *out = allotment ? &allotment->answer : NULL;
    return status;
}

const struct rule_kind QUOTA_KIND = {
    .section = "quotas",
    .words = {.zh = {"配额", 6}, .en = {"quota", 5}},
    .article = "a",
    .count = count_in,
    .lower = lower,
    .answer_case = answer_case,
};
'''


def answer_cases(tree):
    tree.create("src/rules/quota.c", QUOTA_C)
    tree.insert_before("src/rules/meson.build", "  'rule_kind.c',\n", "  'quota.c',\n")
    tree.replace("src/rules/rule_kind.h", "X(INDICATOR)\n", "X(INDICATOR), X(QUOTA)\n")


# ---- The tables of later rooms ----

def fill_tables(tree):
    explain(tree)
    tree.insert_before("src/ledger/example_comparison.c", "/* How each kind of answer is compared,", '''
static bool compare_allotment(struct example_comparison *comparison, const struct pack_expectation *expected)
{
    if (expected->key != EXPECT_VALUE)
        return false;
    compare_number(comparison, expected, "number", &allotment_of(comparison->answer)->number);
    return true;
}

'''.lstrip("\n"))
    tree.insert_before("src/ledger/example_comparison.c", '    [ANSWER_PAYOUT] = {"a payout", compare_payout},\n',
                       '    [TUOYU_RULE_QUOTA] = {"an allotment", compare_allotment},\n')
    tree.insert_before("src/table/column_answer.c", "/* ---- All ---- */\n", '''
/* The outputs of a quota. */
static void lower_allotments(struct answering *answering)
{
    struct column_answer *answer = answering->answer;
    answer->amount = (uint32_t)answering->outputs->count;
    uint32_t number = ask(answering, answering->is_on, quota_of(answering->rule)->number, "number");
    answer->asked_end = (uint32_t)answering->outputs->count;
    finish_answering(answering, build_known(answering->builder, number));
}

'''.lstrip("\n"))
    tree.insert_after("src/table/column_answer.c", "    [TUOYU_RULE_INDICATOR] = NULL,\n",
                      "    [TUOYU_RULE_QUOTA] = lower_allotments,\n")
    tree.insert_before("src/table/batch_columns.c", "/* By kind of rule, adds the columns that come", '''
/* Column `number`. false: memory ran out. */
static bool add_quota(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    return add_number(batch, rule, TEXT("number"), DECIMALS_UNROUNDED, 0);
}

'''.lstrip("\n"))
    tree.insert_after("src/table/batch_columns.c", "    [TUOYU_RULE_INDICATOR] = NULL,\n",
                      "    [TUOYU_RULE_QUOTA] = add_quota,\n")
    tree.insert_before("src/table/batch_case.c", "/* Reads an answer for the columns, by kind of rule", '''
/* The number. */
static void read_allotment(const struct tuoyu_answer *answer, struct row_answer *row)
{
    row->amount = &allotment_of(answer)->number;
}

'''.lstrip("\n"))
    tree.insert_after("src/table/batch_case.c", "    [TUOYU_RULE_INDICATOR] = NULL,\n",
                      "    [TUOYU_RULE_QUOTA] = read_allotment,\n")


def explain(tree):
    tree.insert_before("src/explain/answer_json.c", "static const struct {\n    const char *word; /* of the member", '''
static void add_allotment(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_text(json, "unit", answer->rule->unit);
    json_number(json, "number", &allotment_of(answer)->number);
}

'''.lstrip("\n"))
    tree.insert_before("src/explain/answer_json.c", '    [ANSWER_PAYOUT] = {"payout", add_payout},\n',
                       '    [TUOYU_RULE_QUOTA] = {"allotment", add_allotment},\n')
    tree.insert_before("src/explain/explanation_json.c", "/* The nodes of an answer, by kind of answer", '''
static void add_number(struct text_builder *json, const struct tuoyu_answer *answer)
{
    json_number(json, "value", &allotment_of(answer)->number);
}

static void add_quota(struct json_tree *tree, struct children *children)
{
    add_slot(tree, quota_of(tree->answer->rule)->number, children);
}

'''.lstrip("\n"))
    tree.insert_before("src/explain/explanation_json.c", "    [ANSWER_PAYOUT] = {add_paid, add_payout},\n",
                       "    [TUOYU_RULE_QUOTA] = {add_number, add_quota},\n")
    tree.insert_before("src/explain/headline.c", "/* How the result of an answer is told, by kind of answer. */\n", '''
static void write_allotment(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    number_line(explanation, 0, "配额", "Quota", &allotment_of(answer)->number, answer->rule->unit);
}

'''.lstrip("\n"))
    tree.insert_before("src/explain/headline.c", "    [ANSWER_PAYOUT] = {write_payout, NULL, false},\n",
                       "    [TUOYU_RULE_QUOTA] = {write_allotment, NULL, false},\n")
    tree.insert_before("src/explain/explanation.c", "/* The slots that an answer is made of, by kind of answer. */\n", '''
static void explain_allotment(struct explanation *explanation, const struct tuoyu_answer *answer)
{
    explain_slot(explanation, quota_of(answer->rule)->number, 1);
}

'''.lstrip("\n"))
    tree.insert_before("src/explain/explanation.c", "    [ANSWER_PAYOUT] = explain_payout,\n",
                       "    [TUOYU_RULE_QUOTA] = explain_allotment,\n")


# ---- Its handles, for programs and for the command ----

HANDLES = '''
/* ---- Quotas: how many have to be there? ---- */

typedef struct tuoyu_quota tuoyu_quota;
typedef struct tuoyu_allotment tuoyu_allotment;

TUOYU_API tuoyu_status tuoyu_policy_quota(tuoyu_policy *policy, const char *name, size_t length,
                                          tuoyu_quota **out, tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_quota *tuoyu_quota_ref(tuoyu_quota *quota);
TUOYU_API void tuoyu_quota_unref(tuoyu_quota *quota);
TUOYU_API tuoyu_status tuoyu_quota_allotment(const tuoyu_quota *quota, const tuoyu_case *facts, int32_t as_of,
                                             tuoyu_allotment **out, tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_allotment_free(tuoyu_allotment *allotment);
TUOYU_API const tuoyu_answer *tuoyu_allotment_answer(const tuoyu_allotment *allotment);
/** How many, in the unit of the rule. TUOYU_ERROR_NOT_FOUND unless the outcome is TUOYU_DETERMINED. */
TUOYU_API tuoyu_status tuoyu_allotment_number(const tuoyu_allotment *allotment, tuoyu_decimal *out);

'''.lstrip("\n")
ALLOTMENT_API_C = '''\
/* SPDX-License-Identifier: Apache-2.0 */
/* What an allotment says that other answers do not: its number. */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"

tuoyu_status tuoyu_allotment_number(const tuoyu_allotment *allotment, tuoyu_decimal *out)
{
    return answer_number_give(allotment ? &allotment->number : NULL, out);
}
'''
EXPORTED = ("tuoyu_allotment_answer", "tuoyu_allotment_free", "tuoyu_allotment_number", "tuoyu_policy_quota",
            "tuoyu_quota_allotment", "tuoyu_quota_ref", "tuoyu_quota_unref")


def open_to_programs(tree):
    tree.insert_before("include/tuoyu/rules.h", "/* ---- Pricing: what may be charged? ---- */\n", HANDLES)
    tree.insert_after("src/api/rule_api.c", "RULE_HANDLE(indicator, TUOYU_RULE_INDICATOR)\n",
                      "RULE_HANDLE(quota, TUOYU_RULE_QUOTA)\n")
    tree.insert_after("src/api/rule_api.c", "ANSWER_OF_CASE(eligibility, verdict)\n", "ANSWER_OF_CASE(quota, allotment)\n")
    tree.insert_after("src/api/rule_api.c", "ANSWER_HANDLE(payout)\n", "ANSWER_HANDLE(allotment)\n")
    tree.create("src/api/allotment_api.c", ALLOTMENT_API_C)
    tree.insert_after("src/api/meson.build", "core_sources += files(\n", "  'allotment_api.c',\n")
    tree.insert_after("src/api/tuoyu.map", "TUOYU_0.2 {\n  global:\n",
                      "".join(f"    {name};\n" for name in EXPORTED))


def open_to_the_command(tree):
    tree.insert_after("src/cli/case_rule.h", "    tuoyu_eligibility *eligibility;\n", "    tuoyu_quota *quota;\n")
    tree.insert_after("src/cli/case_rule.h", "    tuoyu_verdict *verdict;\n", "    tuoyu_allotment *allotment;\n")
    tree.insert_before("src/cli/case_rule.c", "    return must_have_memory(status);\n}\n\n/* Gives the rule's handles back", '''
    if (kind == TUOYU_RULE_QUOTA)
        status = tuoyu_policy_quota(policy, name, TUOYU_NUL_TERMINATED, &rule->quota, diagnostics);
'''.lstrip("\n"))
    tree.insert_after("src/cli/case_rule.c", "    tuoyu_eligibility_unref(rule->eligibility);\n",
                      "    tuoyu_quota_unref(rule->quota);\n")
    tree.replace("src/cli/case_rule.c", "            answer->answer = tuoyu_verdict_answer(answer->verdict);\n    }\n", '''
            answer->answer = tuoyu_verdict_answer(answer->verdict);
    } else if (rule->kind == TUOYU_RULE_QUOTA) {
        status = tuoyu_quota_allotment(rule->quota, facts, as_of, &answer->allotment, diagnostics);
        if (status == TUOYU_OK)
            answer->answer = tuoyu_allotment_answer(answer->allotment);
    }
'''.lstrip("\n"))
    tree.insert_after("src/cli/case_rule.c", "    tuoyu_verdict_free(answer->verdict);\n",
                      "    tuoyu_allotment_free(answer->allotment);\n")


# ---- Using it ----

RULES = """
quotas:
  months_to_keep:
    title: {zh: 应留月数, en: Months to keep}
    unit: month
    number: fee.months + 2
"""
EXAMPLES = """
  - {name: 三个月, rule: months_to_keep, as_of: 2024-05-01, given: {fee: {months: 3}}, expect: {value: 5}}
  - {name: 未知, rule: months_to_keep, as_of: 2024-05-01, given: {}, expect: {outcome: undetermined, missing: [fee.months]}}
"""


def use(built):
    built.expect_value("months_to_keep", {"months": "3"}, "5", member="number")
    built.expect_value("months_to_keep", {}, None, member="number")
    built.expect_typed("months_to_keep")
    built.expect_columns("months_to_keep.number", ["3", "4", "5"])
    built.expect_explained("months_to_keep", "zh", "配额：")
    built.expect_explained("months_to_keep", "en", "Quota: ")
    built.expect_output(["test", built.pack], "2 passed, 0 failed")
    built.expect_output(["schema"], '"quotas"')
    built.expect_page("tests/pack/test_schema", "src/pack/README.md", "`quotas`")
