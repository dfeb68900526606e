/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error_count.h"
#include "pack_support.h"

#include <stdio.h>
#include <string.h>

#include "pack/fact_value.h"

static struct reading reading;

static const char PACK[] =
    "tuoyu: 1\nid: cn.test\ntitle: a\nauthority: b\nin_force: 2024-01-01..\nfacts:\n  a:\n"
    "    flag: {type: boolean}\n    count: {type: integer, range: \"[0..10]\"}\n    size: {type: number, "
    "range: "
    "\"(0..1)\", scale: 3}\n"
    "    fee: {type: money, unit: CNY, range: \"[-5..100]\"}\n    rate: {type: percent, range: "
    "\"[0..100]\"}\n"
    "    day: {type: date, range: \"[2024-01-01..2024-12-31)\"}\n    name: {type: string}\n"
    "    kind: {type: enum, values: {public: {zh: 公办, en: state}, private: {zh: 民办}}}\n"
    "    gone: {type: date, nullable: true}\n    free: {type: number}\n";

static int read_facts(void **state)
{
    (void)state;
    read_pack(&reading, PACK);
    return reading.status == TUOYU_OK ? 0 : -1;
}

static int forget(void **state)
{
    (void)state;
    reading_end(&reading);
    return 0;
}

static const struct pack_fact *fact(const char *field)
{
    for (size_t i = 0; i < reading.model->fact_count; i++)
        if (text_equals(reading.model->facts[i].field, text_of(field, TUOYU_NUL_TERMINATED)))
            return &reading.model->facts[i];
    fail_msg("no fact %s", field);
    return NULL;
}

static void texts_become_values_or_the_right_error(void **state)
{
    (void)state;
    static const struct {
        const char *fact, *text;
        tuoyu_status status;
        const char *value, *hint; /* as FEEL shows it; part of the hint */
    } CASES[] = {
        {"flag", "true", TUOYU_OK, "true", NULL},
        {"flag", "false", TUOYU_OK, "false", NULL},
        {"flag", "True", TUOYU_ERROR_FACT_TYPE, NULL, "write true"},
        {"flag", "否", TUOYU_ERROR_FACT_TYPE, NULL, "write false"},
        {"flag", "", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"flag", "maybe", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"count", "0", TUOYU_OK, "0", NULL},
        {"count", "10", TUOYU_OK, "10", NULL},
        {"count", "10.0", TUOYU_OK, "10", NULL},
        {"count", "1e1", TUOYU_OK, "10", NULL},
        {"count", "11", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"count", "-1", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"count", "2.5", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"count", "two", TUOYU_ERROR_FACT_TYPE, NULL, "digits"},
        {"count", "５", TUOYU_ERROR_FACT_TYPE, NULL, "full-width"},
        {"count", " 5", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"count", "NaN", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"count", "Infinity", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"size", "0.001", TUOYU_OK, "0.001", NULL},
        {"size", "0.0001", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"size", "0.5000", TUOYU_OK, "0.5", NULL},
        {"size", "0", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"size", "1", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"fee", "-5.00", TUOYU_OK, "-5", NULL},
        {"fee", "99.99", TUOYU_OK, "99.99", NULL},
        {"fee", "99.999", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"fee", "1,000", TUOYU_ERROR_FACT_TYPE, NULL, "write 1000"},
        {"fee", "100 CNY", TUOYU_ERROR_FACT_TYPE, NULL, "write 100"},
        {"rate", "80", TUOYU_OK, "0.8", NULL},
        {"rate", "100", TUOYU_OK, "1", NULL},
        {"rate", "12.345678", TUOYU_OK, "0.12345678", NULL},
        {"rate", "100.1", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"rate", "80%", TUOYU_ERROR_FACT_TYPE, NULL, "without the sign"},
        {"day", "2024-01-01", TUOYU_OK, "2024-01-01", NULL},
        {"day", "2024-02-29", TUOYU_OK, "2024-02-29", NULL},
        {"day", "2023-02-29", TUOYU_ERROR_DATE, NULL, NULL},
        {"day", "2024-12-31", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"day", "2023-12-31", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
        {"day", "0000-01-01", TUOYU_ERROR_DATE, NULL, NULL},
        {"day", "2024/01/01", TUOYU_ERROR_FACT_TYPE, NULL, "four digits"},
        {"day", "20240101", TUOYU_ERROR_FACT_TYPE, NULL, NULL},
        {"name", "𠮷", TUOYU_OK, "𠮷", NULL},
        {"name", "", TUOYU_OK, "", NULL},
        {"name", "true", TUOYU_OK, "true", NULL},
        {"kind", "public", TUOYU_OK, "public", NULL},
        {"kind", "pubic", TUOYU_ERROR_FACT_VALUE, NULL, "did you mean 'public'?"},
        {"kind", "Private", TUOYU_ERROR_FACT_VALUE, NULL, "did you mean 'private'?"},
        {"kind", "民办", TUOYU_ERROR_FACT_VALUE, NULL, "did you mean 'private'?"},
        {"kind", "state", TUOYU_ERROR_FACT_VALUE, NULL, "did you mean 'public'?"},
        {"kind", "hospital", TUOYU_ERROR_FACT_VALUE, NULL, "one of public, private"},
        {"kind", "", TUOYU_ERROR_FACT_VALUE, NULL, NULL},
        {"free", "1234567890123456789012345678901234", TUOYU_OK, "1234567890123456789012345678901234", NULL},
        {"free", "12345678901234567890123456789012345", TUOYU_ERROR_FACT_RANGE, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct value value = VALUE_NOTHING;
        tuoyu_diagnostics_clear(reading.diagnostics);
        tuoyu_status status = fact_value_from_text(
            &reading.arena, fact(CASES[i].fact), text_of(CASES[i].text, TUOYU_NUL_TERMINATED),
            (struct location){.source = NULL}, &value, reading.diagnostics);
        if (status != CASES[i].status)
            print_error("%s '%s': %s\n", CASES[i].fact, CASES[i].text, tuoyu_status_name(status));
        assert_int_equal(status, CASES[i].status);
        assert_int_equal(first_error(reading.diagnostics), status);
        if (status == TUOYU_OK) {
            struct text_builder builder;
            text_builder_init_arena(&builder, &reading.arena);
            value_format(&builder, value);
            assert_text(text_builder_text(&builder), CASES[i].value);
            continue;
        }
        tuoyu_diagnostic item;
        assert_int_equal(tuoyu_diagnostics_get(reading.diagnostics, 0, &item), TUOYU_OK);
        assert_non_null(strstr(item.message, CASES[i].fact));
        if (CASES[i].hint && !strstr(item.hint, CASES[i].hint))
            fail_msg("'%s': hint '%s'", CASES[i].text, item.hint);
    }
}

static void typed_values_are_checked_the_same(void **state)
{
    (void)state;
    struct location nowhere = {.source = NULL};
    struct value value;
    tuoyu_decimal number = decimal_from_integer(80);
    assert_int_equal(fact_value_from_decimal(fact("rate"), number, nowhere, &value, NULL), TUOYU_OK);
    char bytes[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(value.as.number, bytes);
    assert_string_equal(bytes, "0.8");
    assert_int_equal(fact_value_from_decimal(fact("count"), number, nowhere, &value, NULL),
                     TUOYU_ERROR_FACT_RANGE);
    assert_int_equal(fact_value_from_decimal(fact("flag"), number, nowhere, &value, NULL),
                     TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(fact_value_from_decimal(fact("name"), number, nowhere, &value, NULL),
                     TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(fact_value_from_decimal(fact("free"), (tuoyu_decimal){{UINT64_MAX, UINT64_MAX}}, nowhere,
                                             &value, NULL),
                     TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(fact_value_from_boolean(fact("flag"), false, nowhere, &value, NULL), TUOYU_OK);
    assert_true(value_is_false(value));
    assert_int_equal(fact_value_from_boolean(fact("count"), true, nowhere, &value, NULL),
                     TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(fact_value_from_date(fact("gone"), DATE_LAST, nowhere, &value, NULL), TUOYU_OK);
    assert_int_equal(fact_value_from_date(fact("gone"), DATE_LAST + 1, nowhere, &value, NULL),
                     TUOYU_ERROR_DATE);
    assert_int_equal(fact_value_from_date(fact("gone"), INT32_MIN, nowhere, &value, NULL), TUOYU_ERROR_DATE);
    assert_int_equal(fact_value_from_date(fact("day"), 0, nowhere, &value, NULL), TUOYU_ERROR_FACT_RANGE);
    assert_int_equal(fact_value_from_date(fact("free"), 0, nowhere, &value, NULL), TUOYU_ERROR_FACT_TYPE);
    assert_int_equal(fact_value_from_none(fact("gone"), nowhere, &value, NULL), TUOYU_OK);
    assert_int_equal(value.kind, VALUE_NULL);
    assert_null(value_cause(value));
    assert_int_equal(fact_value_from_none(fact("day"), nowhere, &value, NULL), TUOYU_ERROR_FACT_TYPE);
}

static void nodes_keep_none_missing_and_text_apart(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *fact;
        tuoyu_status status;
    } CASES[] = {
        {"null", "gone", TUOYU_OK},
        {"~", "gone", TUOYU_OK},
        {"'null'", "gone", TUOYU_ERROR_FACT_TYPE},
        {"x:", "gone", TUOYU_ERROR_FACT_TYPE},
        {"null", "day", TUOYU_ERROR_FACT_TYPE},
        {"'null'", "name", TUOYU_OK},
        {"''", "name", TUOYU_OK},
        {"[a]", "name", TUOYU_ERROR_FACT_TYPE},
        {"{a: b}", "name", TUOYU_ERROR_FACT_TYPE},
        {"\"5\"", "count", TUOYU_OK},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct reading tree;
        read_tree(&tree, CASES[i].yaml);
        const struct pack_node *node =
            strcmp(CASES[i].yaml, "x:") == 0 ? pack_node_get(tree.root, TEXT("x")) : tree.root;
        struct value value;
        assert_int_equal(fact_value_read(&tree.arena, fact(CASES[i].fact), node, &value, tree.diagnostics),
                         CASES[i].status);
        reading_end(&tree);
    }
}

static void an_override_is_read_by_the_type_of_what_it_changes(void **state)
{
    (void)state;
    struct reading pack;
    read_pack(&pack,
              "tuoyu: 1\nid: cn.test\ntitle: a\nauthority: b\nin_force: 2024-01-01..\noverrides:\n"
              "  x: {values: {2024-01-01: {value: 50, standing: assumed, note: n}, 2025-01-01: {value: half, "
              "standing: assumed, note: n}, 2026-01-01: {end: true}}}\n");
    assert_int_equal(pack.status, TUOYU_OK);
    struct pack_parameter *parameter = &pack.model->overrides[0].parameter;
    assert_int_equal(
        parameter_set_type(&pack.arena, parameter, PARAMETER_NUMBER, TEXT("percent"), pack.diagnostics),
        TUOYU_ERROR_PACK);
    char bytes[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(parameter->values[0].value.as.number, bytes);
    assert_string_equal(bytes, "0.5");
    tuoyu_diagnostic item;
    assert_int_equal(tuoyu_diagnostics_get(pack.diagnostics, 0, &item), TUOYU_OK);
    assert_int_equal(item.line, 7);
    assert_int_equal(
        parameter_set_type(&pack.arena, parameter, PARAMETER_STRING, (struct text){NULL, 0}, NULL), TUOYU_OK);
    assert_text(parameter->values[1].value.as.string, "half");
    reading_end(&pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_values_or_the_right_error),
        cmocka_unit_test(typed_values_are_checked_the_same),
        cmocka_unit_test(nodes_keep_none_missing_and_text_apart),
        cmocka_unit_test(an_override_is_read_by_the_type_of_what_it_changes),
    };
    return cmocka_run_group_tests(tests, read_facts, forget);
}
