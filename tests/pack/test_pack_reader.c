/* SPDX-License-Identifier: Apache-2.0 */
/* A pack that uses every form of the format, read and compared with what it says. */
#include "pack_support.h"

#include <stdlib.h>
#include <string.h>

static struct reading reading;
static const struct pack_model *model;
static char *text;

static int read_everything(void **state)
{
    (void)state;
    char path[1024];
    size_t length;
    source_path(path, "tests/pack/good/everything.yaml");
    text = read_file(path, &length);
    read_pack(&reading, text);
    model = reading.model;
    return reading.status == TUOYU_OK && tuoyu_diagnostics_count(reading.diagnostics) == 0 ? 0 : -1;
}

static int forget(void **state)
{
    (void)state;
    reading_end(&reading);
    free(text);
    return 0;
}

static void assert_number(tuoyu_decimal number, const char *expected)
{
    char bytes[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(number, bytes);
    assert_string_equal(bytes, expected);
}

static void assert_date(int64_t date, const char *expected)
{
    char bytes[11];
    date_format((int32_t)date, bytes);
    assert_string_equal(bytes, expected);
}

static void the_head(void **state)
{
    (void)state;
    assert_text(model->id, "cn.test.everything");
    assert_text(model->title.zh, "各种写法");
    assert_text(model->title.en, "Every form");
    assert_text(model->authority.zh, "测试机关");
    assert_null(model->authority.en.bytes);
    assert_text(model->note.zh, "一行说明");
    assert_text(model->note.en, "一行说明");
    assert_true(model->in_force.is_given);
    assert_date(model->in_force.first, "2024-01-01");
    assert_date(model->in_force.last, "2025-12-31");
    assert_int_equal(model->use_count, 1);
    assert_text(model->uses[0].text, "cn.test.upper");
    assert_int_equal(model->source_count, 1);
    assert_text(model->sources[0].number, "测发〔2024〕1号");
    assert_text(model->sources[0].url, "https://example.org/a#b");
    assert_true(model->sources[0].has_date);
    assert_date(model->sources[0].date, "2024-05-01");
    assert_text(model->entities[0].label.en, "child");
    assert_text(model->entities[0].counter, "名");
    assert_int_equal(model->entities[0].promise_count, 1);
    assert_text(model->entities[0].promises[0].id, "born");
    assert_text(model->entities[0].promises[0].that.text, "child.birth_date <= as_of");
    assert_text(model->entities[0].promises[0].because.en, "born");
    assert_int_equal(model->entities[0].promises[0].standing, TUOYU_CITED);
}

static void the_facts(void **state)
{
    (void)state;
    assert_int_equal(model->fact_count, 10);
    const struct pack_fact *facts = model->facts;
    assert_text(facts[0].name, "child.birth_date");
    assert_text(facts[0].entity, "child");
    assert_text(facts[0].field, "birth_date");
    assert_true(facts[0].has_range && facts[0].range.low_included && !facts[0].range.high_included);
    assert_date(facts[0].range.low.date, "2000-01-01");
    assert_int_equal(facts[0].range.high.kind, VALUE_NULL);
    assert_int_equal(facts[1].value_count, 2);
    assert_text(facts[1].values[1].id, "toddler_class");
    assert_true(facts[2].is_nullable && !facts[1].is_nullable);
    assert_text(facts[2].values[0].label.en, "full day");
    assert_text(facts[2].values[1].label.en, "半日托");
    assert_int_equal(facts[3].type, FACT_TYPE_MONEY);
    assert_int_equal(facts[3].scale, 2);
    assert_text(facts[3].unit, "CNY/month");
    assert_false(facts[3].range.low_included);
    assert_text(facts[4].unit, "percent");
    assert_number(facts[4].range.high.as.number, "1"); /* a percent is a hundredth inside */
    assert_int_equal(facts[4].scale, 1);
    assert_int_equal(facts[5].scale, 6);
    assert_text(facts[5].unit,
                "centimetre^2*person/time/year"); /* one text for each unit, whatever was written */
    assert_int_equal(facts[6].scale, 0);
    assert_text(facts[7].name, "child.孩次");
}

static void the_parameters(void **state)
{
    (void)state;
    assert_int_equal(model->parameter_count, 7);
    const struct pack_parameter *share = &model->parameters[0];
    assert_int_equal(share->value_count, 3);
    assert_number(share->values[0].value.as.number, "0.8");
    assert_text(share->values[0].written, "80");
    assert_text(share->values[0].cite.source, "price_notice");
    assert_text(share->values[0].cite.clause, "第二条");
    assert_int_equal(share->values[0].standing, TUOYU_CITED);
    assert_number(share->values[1].value.as.number, "0.125");
    assert_text(share->values[1].cite.clause, "第三条 第一款");
    assert_int_equal(share->values[1].standing, TUOYU_DRAFT);
    assert_true(share->values[2].is_end && !share->values[1].is_end);
    assert_date(share->values[2].from, "2025-06-01");
    assert_true(model->parameters[1].is_unset);
    assert_text(model->parameters[1].unset.zh, "尚未公布");
    assert_text(model->parameters[1].unit, "CNY/month");
    assert_int_equal(model->parameters[1].value_count, 0);
    assert_null(model->parameters[2].values[0].cite.source.bytes);
    assert_int_equal(model->parameters[2].values[0].standing, TUOYU_ASSUMED);
    assert_true(value_is_true(model->parameters[3].values[0].value));
    assert_date(model->parameters[4].values[0].value.date, "2024-02-29");
    assert_text(model->parameters[5].values[0].value.as.string, "010");
    const struct pack_parameter *local = &model->parameters[6];
    assert_true(local->is_unset && local->delegation.is_given);
    assert_text(local->delegation.to.en, "counties");
    assert_number(local->delegation.at_least.value.as.number, "0.6");
    assert_number(local->delegation.at_most.value.as.number, "0.8");
    assert_text(local->delegation.cite.clause, "三");
    assert_int_equal(model->override_count, 1);
    assert_text(model->overrides[0].parameter.name, "upper_number");
    assert_int_equal(model->overrides[0].parameter.values[0].value.kind, VALUE_NULL);
    assert_text(model->overrides[0].parameter.values[0].written, "50");
}

static struct text written(struct location where)
{
    return text_slice(where.source->content, where.offset, where.offset + where.length);
}

static void the_definitions_stand_where_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        bool is_verbatim;
    } EXPECTED[] = {
        {"age_months", "completed months(child.birth_date, as_of)", true},
        {"constant", "3", true},
        {"truth", "true", true},
        {"rounded", "1 / 3", true},
        {"block",
         "if age_months < 12\n    then \"婴儿\"   # a number sign is no comment of YAML here\n    else "
         "\"幼儿\"",
         true},
        {"plain", "1 +\n    2", true},
        {"folded", "3 +\n      4", true},
        {"escaped", "\"a\\tb\"", false},
        {"quoted", "{a: 1}", true},
    };
    assert_int_equal(model->definition_count, sizeof EXPECTED / sizeof *EXPECTED);
    for (size_t i = 0; i < model->definition_count; i++) {
        const struct pack_definition *definition = &model->definitions[i];
        assert_text(definition->name, EXPECTED[i].name);
        assert_text(definition->formula.text, EXPECTED[i].text);
        assert_int_equal(definition->formula.is_verbatim, EXPECTED[i].is_verbatim);
        if (EXPECTED[i].is_verbatim)
            assert_text(written(definition->formula.where), EXPECTED[i].text);
    }
    const struct pack_definition *rounded = &model->definitions[3];
    assert_true(rounded->round.is_given);
    assert_number(rounded->round.to, "0.01");
    assert_int_equal(rounded->round.mode, DECIMAL_HALF_EVEN);
    assert_text(rounded->round.cite.clause, "五");
    assert_int_equal(rounded->standing, TUOYU_DERIVED);
    assert_int_equal(model->definitions[0].standing, 0);
}

static void the_tables(void **state)
{
    (void)state;
    const struct pack_table *table = &model->tables[0];
    assert_int_equal(table->hit, HIT_FIRST);
    assert_int_equal(table->input_count, 2);
    assert_text(table->inputs[1].expression.text, "child.registered");
    assert_text(table->inputs[1].label.zh, "户籍");
    assert_int_equal(table->output_count, 2);
    assert_int_equal(table->outputs[0].value_count, 2);
    assert_text(table->outputs[1].unit, "child/carer");
    assert_int_equal(table->row_count, 2);
    assert_text(table->rows[0].when[0].text, "[6..12)");
    assert_true(table->rows[0].when[0].is_verbatim);
    assert_true(table->rows[0].then[0].is_value && !table->rows[0].then[1].is_value);
    assert_text(table->rows[0].cite.clause, "一");
    assert_int_equal(table->rows[0].standing, TUOYU_DRAFT);
    assert_text(table->rows[1].cite.clause, "二"); /* the table's */
    assert_int_equal(table->rows[1].standing, TUOYU_CITED);
    assert_text(table->rows[1].then[1].expression.text, "5 + 2");
    assert_text(table->default_cells[0].expression.text, "toddler_class");
    assert_int_equal(model->tables[1].hit, HIT_UNIQUE);
    assert_null(model->tables[1].default_cells);
    assert_text(model->tables[1].rows[0].then[0].expression.text, "1");
}

static void the_pricing_and_the_shares(void **state)
{
    (void)state;
    const struct pack_pricing *pricing = &model->pricing[0];
    assert_text(pricing->rule.when.text, "child.registered");
    assert_date(pricing->rule.in_force.first, "2024-02-01");
    assert_int_equal(pricing->rule.standing, TUOYU_CITED);
    assert_int_equal(pricing->step_count, 2);
    assert_text(pricing->steps[1].formula.text, "base * 2");
    assert_int_equal(pricing->steps[0].round.mode, DECIMAL_DOWN);
    assert_null(pricing->amount.text.bytes);
    assert_text(pricing->at_most.text, "amount * 1.1");
    const struct pack_cost_sharing *rules = model->cost_sharing;
    assert_int_equal(model->cost_sharing_count, 5);
    assert_int_equal(rules[0].rule.standing, TUOYU_ASSUMED);
    assert_int_equal(rules[0].payer_count, 3);
    assert_true(!rules[0].payers[0].is_residual && rules[0].payers[2].is_residual);
    assert_text(rules[0].payers[2].label.zh, "家庭");
    assert_text(rules[0].payers[1].at_most.text, "remaining");
    assert_int_equal(rules[1].payer_count, 2);
    assert_true(rules[1].payers[0].is_residual && !rules[1].payers[1].is_residual);
    assert_int_equal(rules[2].payer_count, 2);
    assert_text(rules[2].payers[1].id, "family");
    const struct pack_combination *combinations = rules[3].combinations;
    assert_int_equal(rules[3].subsidy_count, 4);
    assert_text(rules[3].subsidies[3].rule.text, "cn.other:allowance");
    assert_int_equal(rules[3].combination_count, 5);
    assert_true(combinations[0].kind == COMBINATION_ONLY_ONE && combinations[0].keeps_highest &&
                !combinations[1].keeps_highest);
    assert_int_equal(combinations[2].kind, COMBINATION_TOGETHER);
    assert_int_equal(combinations[2].members[1], 2);
    assert_int_equal(combinations[3].member_count, 4); /* all of them, where none are named */
    assert_text(combinations[3].used.text, "100");
    assert_int_equal(combinations[4].members[0], 2); /* in the order of the list */
    assert_int_equal(rules[3].payers[0].among_count, 2);
    assert_text(rules[3].payers[0].among[0].rate.text, "0.4");
    assert_null(rules[3].payers[0].among[1].rate.text.bytes);
    const struct pack_budget *budget = &rules[3].budget;
    assert_true(budget->is_given && !rules[4].budget.is_given);
    assert_int_equal(budget->order_count, 2);
    assert_true(budget->order[0].highest_first && !budget->order[1].highest_first);
    assert_text(budget->order[1].by.text, "2");
    assert_text(budget->payer.text, "city");
    assert_true(budget->ties == TIES_PRO_RATA && budget->when_short == BUDGET_PAYS_PART);
    assert_true(rules[4].bounds[0].is_upper && !rules[4].bounds[1].is_upper);
    assert_text(rules[4].bounds[0].used.text, "100");
}

static void the_criteria(void **state)
{
    (void)state;
    const struct pack_eligibility *rule = &model->eligibility[0];
    assert_int_equal(rule->criterion.kind, CRITERION_ALL); /* the group written, and that it is still valid */
    assert_null(rule->criterion.id.bytes);
    assert_int_equal(rule->criterion.child_count, 2);
    assert_text(rule->criterion.children[1].id, "valid_until");
    const struct pack_criterion *written_group = &rule->criterion.children[0];
    assert_int_equal(written_group->kind, CRITERION_ANY);
    assert_text(written_group->id, "criteria");
    assert_int_equal(written_group->child_count, 2);
    assert_text(written_group->children[0].only_if.text, "true");
    const struct pack_criterion *group = &written_group->children[1];
    assert_int_equal(group->kind, CRITERION_AT_LEAST);
    assert_int_equal(group->count, 1);
    assert_text(group->because.zh, "两项");
    assert_int_equal(group->children[1].kind, CRITERION_NONE);
    assert_text(group->children[1].children[0].id, "z");
}

static void what_stands_beside_the_criteria(void **state)
{
    (void)state;
    const struct pack_eligibility *rule = &model->eligibility[0];
    assert_text(rule->valid_until.text, "child.birth_date");
    assert_true(rule->score.is_given);
    assert_int_equal(rule->score.item_count, 1);
    assert_text(rule->score.items[0].points.text, "10");
    assert_text(rule->score.items[0].when.text, "child.registered");
    assert_text(rule->score.items[0].at_most.text, "9");
    assert_text(rule->score.items[0].at_least.text, "1");
    assert_int_equal(rule->score.items[0].standing, TUOYU_DRAFT);
    assert_int_equal(rule->score.grade_count, 2);
    assert_text(rule->score.grades[0].id, "优");
    assert_text(rule->score.grades[0].consequence.zh, "免检");
    assert_null(rule->score.grades[1].at_least.text.bytes);
    assert_int_equal(rule->checklist_count, 1);
    assert_text(rule->checklist[0].done.text, "child.registered");
    assert_text(rule->checklist[0].due.text, "child.birth_date");
    assert_text(rule->checklist[0].only_if.text, "true");
    assert_int_equal(rule->admission_count, 3);
    assert_int_equal(rule->admission[0].direction, ADMIT_FIRST);
    assert_int_equal(rule->admission[1].direction, ADMIT_ASCENDING);
    assert_int_equal(rule->admission[2].direction, ADMIT_DESCENDING);
    assert_text(rule->admission[2].expression.text, "child.fee");
    assert_text(rule->admission[0].cite.clause, "八");
}

static void the_indicators(void **state)
{
    (void)state;
    const struct pack_indicator *indicators = model->indicators;
    assert_true(indicators[0].is_ratio);
    assert_int_equal(indicators[0].numerator.kind, AGGREGATE_COUNT);
    assert_text(indicators[0].numerator.of.text, "staff");
    assert_text(indicators[0].numerator.where.text, "staff.open");
    assert_text(indicators[0].denominator.expression.text, "true");
    assert_text(indicators[0].by[0].text, "subdistrict");
    assert_int_equal(indicators[0].target_kind, TARGET_AT_LEAST);
    assert_text(indicators[1].per.text, "1000");
    assert_int_equal(indicators[1].numerator.kind, AGGREGATE_SUM);
    assert_int_equal(indicators[1].with[0].aggregate.kind, AGGREGATE_DISTINCT);
    assert_text(indicators[1].with[0].by.text, "subdistrict");
    assert_int_equal(indicators[1].target_kind, TARGET_EXACTLY);
    assert_false(indicators[2].is_ratio);
    assert_int_equal(indicators[2].value.kind, AGGREGATE_MAX);
    assert_int_equal(indicators[2].target_kind, TARGET_NONE);
}

static const struct pack_expectation *expectation(const struct pack_example *example, enum expect_key key)
{
    for (size_t i = 0; i < example->expect_count; i++)
        if (example->expect[i].key == key)
            return &example->expect[i];
    fail_msg("nothing is expected under key %d", (int)key);
    return NULL;
}

static void the_examples(void **state)
{
    (void)state;
    const struct pack_example *examples = model->examples;
    assert_int_equal(examples[0].given_count, 3);
    assert_text(examples[0].given[1].name, "child.mode");
    assert_true(pack_node_is_null(examples[0].given[1].node));
    assert_text(examples[0].given[2].name, "child.fee");
    assert_int_equal(expectation(&examples[0], EXPECT_MISSING)->item_count, 0);
    assert_number(expectation(&examples[0], EXPECT_AMOUNT)->number, "125");
    assert_text(expectation(&examples[0], EXPECT_COMPLIES)->text, "false");
    assert_text(expectation(&examples[0], EXPECT_STEPS)->items[1].text, "full");
    assert_false(expectation(&examples[0], EXPECT_STEPS)->items[1].is_number);
    assert_int_equal(expectation(&examples[0], EXPECT_STANDING)->standing, TUOYU_DRAFT);
    assert_int_equal(expectation(&examples[1], EXPECT_ERROR)->error, TUOYU_ERROR_NOT_IN_FORCE);
    assert_text(expectation(&examples[1], EXPECT_SHARES)->items[1].id, "family");
    assert_text(expectation(&examples[1], EXPECT_CRITERIA_MET)->items[0].id, "filed");
    assert_int_equal(expectation(&examples[1], EXPECT_CRITERIA_UNKNOWN)->item_count, 2);
    assert_int_equal(examples[2].row_count, 2);
    assert_text(examples[2].rows[1].facts[1].name, "staff.id");
    assert_text(examples[2].region_kind, "subdistrict");
    assert_text(examples[2].region_id, "小港街道");
    assert_text(expectation(&examples[2], EXPECT_TARGET_MET)->text, "unknown");
    assert_number(expectation(&examples[2], EXPECT_UNKNOWN_ROWS)->number, "3");
}

static void the_head_alone_can_be_read_of_a_pack_with_errors(void **state)
{
    (void)state;
    struct reading head;
    reading_begin(&head);
    struct text content =
        TEXT("tuoyu: 1\nid: cn.a\ntitle: x\nin_force: 2024-01-01..\nuses: [cn.b]\nfacts: nonsense\nfoo: 1\n");
    assert_int_equal(pack_read_head(&head.arena, TEXT("p"), content, NULL, &head.model, head.diagnostics),
                     TUOYU_OK);
    assert_text(head.model->id, "cn.a");
    assert_text(head.model->uses[0].text, "cn.b");
    assert_int_equal(head.model->in_force.last, DATE_LAST);
    assert_int_equal(
        pack_read_head(&head.arena, TEXT("p"), TEXT("tuoyu: 1\nid: X\n"), NULL, &head.model, NULL),
        TUOYU_ERROR_PACK);
    assert_null(head.model);
    reading_end(&head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head),
        cmocka_unit_test(the_facts),
        cmocka_unit_test(the_parameters),
        cmocka_unit_test(the_definitions_stand_where_they_are_written),
        cmocka_unit_test(the_tables),
        cmocka_unit_test(the_pricing_and_the_shares),
        cmocka_unit_test(the_criteria),
        cmocka_unit_test(what_stands_beside_the_criteria),
        cmocka_unit_test(the_indicators),
        cmocka_unit_test(the_examples),
        cmocka_unit_test(the_head_alone_can_be_read_of_a_pack_with_errors),
    };
    return cmocka_run_group_tests(tests, read_everything, forget);
}
