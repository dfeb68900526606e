/* SPDX-License-Identifier: Apache-2.0 */
/* What has a typed form, and decides all rows by it: quotients at each tie and whole unit, facts that are
 * given as null, tables with gaps, days that are computed; and what has none. */
#include <stdio.h>
#include <string.h>

#include "../feel/refusing_allocator.h"
#include "../machine/slot_columns.h"
#include "../program/compiled_pack.h"
#include "compile/typed_lowering.h"
#include "machine/bitmap.h"

enum { AS_OF = 19800, ROWS = 2401 };

#define HEAD                                                                \
    PACK("t.a")                                                             \
    SOURCES "facts:\n"                                                      \
            "  x:\n"                                                        \
            "    yuan: {type: integer, range: '[-1200..1200]'}\n"           \
            "    part: {type: integer, range: '[-50..50]'}\n"               \
            "    third: {type: integer, range: '[0..9]'}\n"                 \
            "    kind: {type: enum, values: [a, b]}\n"                      \
            "    days: {type: integer, range: '[0..40]', nullable: true}\n" \
            "    born: {type: date}\n"                                      \
            "definitions:\n"

static uint32_t fact_named(const struct compiled *pack, const char *name)
{
    return program_slot(&pack->layering->program, slot_named(pack, name))->fact;
}

/* The output over the columns, by the interpreter or not. */
struct answers {
    struct slot_output output;
    int64_t fallback_rows;
    struct output_column column;
    int64_t values[2 * ROWS];
    uint8_t known[(ROWS + 7) / 8], missing[(ROWS + 7) / 8], error[(ROWS + 7) / 8];
};

static void ask(const struct compiled *pack, const char *name, const struct column *const *columns,
                const struct slot_options *options, int64_t rows, struct answers *answers)
{
    const uint32_t slot = slot_named(pack, name);
    struct slot_plan *plan;
    struct slot_workspace *workspace;
    struct slot_counts counts;
    assert_int_equal(slot_plan_make(&pack->layering->program, &slot, 1, options, &plan), TUOYU_OK);
    assert_int_equal(slot_workspace_make(plan, &workspace), TUOYU_OK);
    assert_int_equal(slot_bind(workspace, columns), TUOYU_OK);
    memset(answers, 0, sizeof *answers);
    answers->output = slot_plan_output(plan, 0);
    answers->column = (struct output_column){.values = answers->values,
                                             .known = answers->known,
                                             .missing = answers->missing,
                                             .error = answers->error};
    assert_int_equal(slot_run(workspace, 0, rows, &answers->column, &counts), TUOYU_OK);
    answers->fallback_rows = counts.fallback_rows;
    slot_workspace_free(workspace);
    slot_plan_free(plan);
}

/* Typed, no row by the interpreter but so many, and all as the interpreter has them. */
static void assert_decided(const struct compiled *pack, const char *name, const struct column *const *columns,
                           int64_t fallback_rows)
{
    static struct answers expected, got;
    struct slot_options options = {.as_of = AS_OF, .interpret = true};
    ask(pack, name, columns, &options, ROWS, &expected);
    options.interpret = false;
    for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
        if (!instructions_are_here((enum instruction_set)set))
            continue;
        options.instructions = (enum instruction_set)set;
        ask(pack, name, columns, &options, ROWS, &got);
        assert_true(got.output.is_typed);
        assert_int_equal(got.fallback_rows, fallback_rows);
        assert_memory_equal(got.known, expected.known, sizeof got.known);
        assert_memory_equal(got.missing, expected.missing, sizeof got.missing);
        assert_memory_equal(got.error, expected.error, sizeof got.error);
        assert_memory_equal(got.values, expected.values, sizeof got.values);
    }
}

static void quotients_on_each_edge(void **state)
{
    (void)state;
    static const char *const MODES[] = {"round half up", "round half down", "decimal", "round up",
                                        "round down",    "floor",           "ceiling"};
    static const char *const FORMULAS[] = {"x.yuan / 12 * 0.6",
                                           "x.yuan / 12 * 0.8 / 22",
                                           "x.yuan / 3 * 3",
                                           "x.yuan / 7 + x.yuan / 14",
                                           "min(x.yuan / 15 * 0.75, 40) / 9 * x.part",
                                           "(x.yuan + 0.5) / 0.9 * 1.8 - 1"};
    static int32_t yuan[ROWS], part[ROWS];
    for (int32_t i = 0; i < ROWS; i++) {
        yuan[i] = i - 1200;
        part[i] = i % 101 - 50;
    }
    struct column yuans = {.type = COLUMN_NUMBER, .width = 4, .values = yuan, .length = ROWS};
    struct column parts = {.type = COLUMN_NUMBER, .width = 4, .values = part, .length = ROWS};
    for (size_t i = 0; i < sizeof FORMULAS / sizeof *FORMULAS; i++) {
        for (size_t j = 0; j < sizeof MODES / sizeof *MODES; j++) {
            char text[2048];
            struct compiled pack;
            const struct column *columns[6] = {NULL};
            snprintf(text, sizeof text, HEAD "  d: '%s(%s, 1)'\n", MODES[j], FORMULAS[i]);
            compile_good(&pack, text);
            columns[fact_named(&pack, "x.yuan")] = &yuans;
            columns[fact_named(&pack, "x.part")] = &parts;
            assert_decided(&pack, "d", columns, 0);
            compiled_free(&pack);
        }
    }
}

/* Given as null in every third row, missing in every seventh. */
static void none_is_decided(void **state)
{
    (void)state;
    static int32_t days[ROWS];
    static uint8_t none[(ROWS + 7) / 8], validity[(ROWS + 7) / 8];
    int64_t nones = 0;
    for (int64_t i = 0; i < ROWS; i++) {
        days[i] = i % 3 == 0 ? -1000 : (int32_t)(i % 41);
        if (i % 3 == 0)
            bitmap_set(none, i);
        if (i % 7)
            bitmap_set(validity, i);
        nones += i % 3 == 0 && i % 7 != 0;
    }
    struct compiled pack;
    const struct column *columns[6] = {NULL};
    struct column column = {.type = COLUMN_NUMBER, .width = 4, .values = days, .none = none, .length = ROWS};
    compile_good(
        &pack,
        HEAD "  is_none: x.days = null\n  is_some: null != x.days\n  in_time: x.days = null or x.days < 20\n"
             "  late: x.days > 20\n  later: x.days != null and x.days > 20\n");
    columns[fact_named(&pack, "x.days")] = &column;
    for (int missing = 0; missing < 2; missing++) {
        column.validity = missing ? validity : NULL;
        assert_decided(&pack, "is_none", columns, 0);
        assert_decided(&pack, "is_some", columns, 0);
        assert_decided(&pack, "in_time", columns, 0);
        assert_decided(&pack, "later", columns, 0);
        assert_decided(&pack, "late", columns, missing ? nones : (ROWS + 2) / 3);
    }
    compiled_free(&pack);
}

static void gaps_wait(void **state)
{
    (void)state;
    static int32_t codes[ROWS], third[ROWS];
    static const struct text KINDS[] = {{"a", 1}, {"b", 1}};
    for (int32_t i = 0; i < ROWS; i++) {
        codes[i] = i % 2;
        third[i] = i / 2 % 10;
    }
    struct compiled pack;
    const struct column *columns[6] = {NULL};
    struct column kinds = {.type = COLUMN_CODE,
                           .width = 4,
                           .values = codes,
                           .length = ROWS,
                           .dictionary = KINDS,
                           .dictionary_count = 2};
    struct column thirds = {.type = COLUMN_NUMBER, .width = 4, .values = third, .length = ROWS};
    compile_good(&pack, HEAD
                 "  safe: 'if x.kind = \"a\" then rate else 0'\n"
                 "tables:\n  rate:\n    inputs: [x.kind, x.third]\n    outputs: [out]\n    rows:\n"
                 "      - {when: ['\"a\"', '>= 1'], then: 1.5}\n      - {when: ['\"a\"', '0'], then: 2}\n"
                 "    default: 'null'\n    cite: law\n    standing: cited\n");
    columns[fact_named(&pack, "x.kind")] = &kinds;
    columns[fact_named(&pack, "x.third")] = &thirds;
    assert_decided(&pack, "rate", columns, ROWS / 2);
    assert_decided(&pack, "safe", columns, 0);
    compiled_free(&pack);
}

static void days_are_computed(void **state)
{
    (void)state;
    static int32_t born[ROWS], third[ROWS];
    for (int32_t i = 0; i < ROWS; i++) {
        born[i] = 10950 + i * 5 / 2; /* from the end of 1999 on, with a leap day that others have not */
        third[i] = i % 10;
    }
    struct compiled pack;
    const struct column *columns[6] = {NULL};
    struct column days = {.type = COLUMN_DATE, .width = 4, .values = born, .length = ROWS};
    struct column thirds = {.type = COLUMN_NUMBER, .width = 4, .values = third, .length = ROWS};
    compile_good(
        &pack, HEAD
        "  new_year: 'date(x.born.year + 1, 12, 31)'\n  later: 'add months(x.born, x.third * 13)'\n"
        "  earlier: 'x.born - duration(\"P1M\") * x.third'\n  week: 'x.born + duration(\"P7D\") * x.third'\n"
        "  years: 'add years(x.born, x.third - 4)'\n  leap: 'date(x.born.year, 2, 29)'\n");
    columns[fact_named(&pack, "x.born")] = &days;
    columns[fact_named(&pack, "x.third")] = &thirds;
    assert_decided(&pack, "new_year", columns, 0);
    assert_decided(&pack, "later", columns, 0);
    assert_decided(&pack, "earlier", columns, 0);
    assert_decided(&pack, "years", columns, 0);
    assert_decided(&pack, "week", columns, 0);
    static struct answers answers;
    ask(&pack, "leap", columns, &(struct slot_options){.as_of = AS_OF}, ROWS, &answers);
    assert_false(answers.output.is_typed); /* not every year has it */
    compiled_free(&pack);
}

static void too_much_is_interpreted(void **state)
{
    (void)state;
    static const char *const FORMULAS[] = {"x.yuan / 12",
                                           "x.yuan / 12 * 0.6",
                                           "round up(x.yuan / 12 + x.part / 7 + x.third / 3, 2)",
                                           "round up(x.yuan / x.part, 2)",
                                           "round up(x.yuan / 0, 2)",
                                           "round up(x.yuan / -12 * 3, 2)"};
    static struct answers answers;
    for (size_t i = 0; i < sizeof FORMULAS / sizeof *FORMULAS; i++) {
        char text[2048];
        struct compiled pack;
        const struct column *columns[6] = {NULL};
        snprintf(text, sizeof text, HEAD "  d: '%s'\n", FORMULAS[i]);
        compile_good(&pack, text);
        ask(&pack, "d", columns, &(struct slot_options){.as_of = AS_OF}, 20, &answers);
        assert_false(answers.output.is_typed);
        compiled_free(&pack);
    }
}

static void refused_memory(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, HEAD
                 "  share: x.yuan / 12 * 0.3\n  d: 'round up(min(share, 40) * x.part - x.third / 7, 2)'\n");
    const uint32_t slot = slot_named(&pack, "d");
    bool is_made = false;
    for (size_t at = 1; !is_made; at++) {
        for (int keeps_refusing = 0; keeps_refusing < 2; keeps_refusing++) {
            struct ledger ledger = {.refused_only = keeps_refusing ? 0 : at,
                                    .refused_from = keeps_refusing ? at : 0};
            tuoyu_allocator allocator = refusing_allocator(&ledger);
            struct slot_plan *plan;
            const struct slot_options options = {.as_of = AS_OF, .allocator = &allocator};
            tuoyu_status status = slot_plan_make(&pack.layering->program, &slot, 1, &options, &plan);
            assert_true(status == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY);
            assert_true(status == TUOYU_OK ? ledger.calls < at : ledger.calls >= at);
            is_made = status == TUOYU_OK;
            slot_plan_free(plan);
            assert_int_equal(ledger.bytes, 0);
        }
    }
    compiled_free(&pack);
}

/* The table of built-ins says which of them columns compute, and the lowering of calls computes just those.
 */
static void each_builtin_says_whether_it_has_a_form(void **state)
{
    (void)state;
    size_t typed = 0;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        bool is_typed = builtin_traits(&BUILTINS[i])->columns == COLUMNS_TYPED;
        if (is_typed != call_has_form(BUILTINS[i].id))
            fail_msg("%s: the table and the lowering disagree", BUILTINS[i].name);
        typed += is_typed && (i == 0 || BUILTINS[i - 1].id != BUILTINS[i].id);
    }
    assert_int_equal(typed, 23);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_builtin_says_whether_it_has_a_form),
        cmocka_unit_test(quotients_on_each_edge),
        cmocka_unit_test(none_is_decided),
        cmocka_unit_test(gaps_wait),
        cmocka_unit_test(days_are_computed),
        cmocka_unit_test(too_much_is_interpreted),
        cmocka_unit_test(refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
