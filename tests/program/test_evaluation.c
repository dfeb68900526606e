/* SPDX-License-Identifier: Apache-2.0 */
/* Unknown is not zero: three-valued conditions, dated parameters, what is read and what is missing. */
#include <stdio.h>
#include <string.h>

#include "../base/error_count.h"
#include "../program/compiled_pack.h"

#define FACTS                                                           \
    "facts:\n"                                                          \
    "  child:\n"                                                        \
    "    birth_date: {type: date}\n"                                    \
    "    disabled: {type: boolean}\n"                                   \
    "    siblings: {type: integer, range: '[0..20]', nullable: true}\n" \
    "    fee: {type: money, unit: CNY/month}\n"                         \
    "    share: {type: percent}\n"                                      \
    "    kind: {type: enum, values: [public, private]}\n"

static void three_valued(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") FACTS "definitions:\n"
                                          "  both: child.disabled and child.fee > 100\n"
                                          "  either: child.disabled or child.fee > 100\n"
                                          "  chosen: if child.disabled then 0 else child.fee\n"
                                          "  same: child.fee = 5\n"
                                          "  is_none: child.siblings = null\n"
                                          "  in_range: child.fee in [10..20]\n"
                                          "  counted: at least(2, [child.disabled, child.fee > 100, true])\n"
                                          "  negated: not(child.disabled)\n");
    const char *day = "2024-05-01";
    assert_unknown(&pack, day, "both", "child.disabled,child.fee");
    assert_unknown(&pack, day, "either", "child.disabled,child.fee");
    assert_unknown(&pack, day, "chosen", "child.disabled");
    assert_unknown(&pack, day, "same", "child.fee");
    assert_unknown(&pack, day, "is_none", "child.siblings");
    assert_unknown(&pack, day, "in_range", "child.fee");
    assert_unknown(&pack, day, "counted", "child.disabled,child.fee");
    assert_unknown(&pack, day, "negated", "child.disabled");
    give(&pack, "child.disabled", "false");
    assert_shows(&pack, day, "both", "false");
    assert_unknown(&pack, day, "either", "child.fee");
    assert_unknown(&pack, day, "chosen", "child.fee");
    give(&pack, "child.disabled", "true");
    assert_unknown(&pack, day, "both", "child.fee");
    assert_shows(&pack, day, "either", "true");
    assert_shows(&pack, day, "chosen", "0");
    assert_shows(&pack, day, "counted", "true");
    give(&pack, "child.disabled", NULL);
    give(&pack, "child.fee", "50");
    assert_shows(&pack, day, "both", "false");
    give(&pack, "child.siblings", "null");
    assert_shows(&pack, day, "is_none", "true");
    give(&pack, "child.siblings", "0");
    assert_shows(&pack, day, "is_none", "false");
    compiled_free(&pack);
}

static void parameters_by_date(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(
        &pack, PACK("t.a") SOURCES
        "parameters:\n"
        "  rate: {unit: percent, cite: law 第一条, standing: cited, values: {2024-01-01: {value: 80}, "
        "2025-01-01: {value: 12.5}, 2026-01-01: {end: true}, 2027-01-01: {value: 1}}}\n"
        "  subsidy: {unit: CNY/month, unset: 尚无数字}\n"
        "definitions:\n"
        "  part: 1000 * rate\n"
        "  whole: part + subsidy\n"
        "  guarded: if rate > 0.5 then rate else subsidy\n");
    assert_fails(&pack, "2023-12-31", "rate", TUOYU_ERROR_NOT_IN_FORCE, "from 2024-01-01");
    assert_shows(&pack, "2024-01-01", "rate", "0.8");
    assert_shows(&pack, "2024-12-31", "part", "800");
    assert_shows(&pack, "2025-01-01", "part", "125");
    assert_shows(&pack, "2025-12-31", "rate", "0.125");
    assert_fails(&pack, "2026-01-01", "rate", TUOYU_ERROR_NOT_IN_FORCE,
                 "until 2025-12-31 and again from 2027-01-01");
    assert_fails(&pack, "2026-01-01", "part", TUOYU_ERROR_NOT_IN_FORCE, "until 2025-12-31");
    assert_shows(&pack, "2027-01-01", "rate", "0.01");
    assert_shows(&pack, "9999-12-31", "rate", "0.01");
    assert_unknown(&pack, "2024-01-01", "whole", "subsidy");
    assert_shows(&pack, "2024-01-01", "guarded", "0.8");
    assert_unknown(&pack, "2025-01-01", "guarded", "subsidy");
    /* The pack itself is in force from 2020-01-01 only. */
    assert_fails(&pack, "2019-12-31", "subsidy", TUOYU_ERROR_NOT_IN_FORCE, "from 2020-01-01");
    const struct slot_register *chosen = &pack.evaluation.registers[slot_named(&pack, "rate")];
    value_on(&pack, "2025-06-01", "rate");
    assert_non_null(chosen->chosen);
    assert_true(text_equals(chosen->chosen->citation.text, TEXT("法 第一条")));
    assert_int_equal(chosen->chosen->citation.standing, TUOYU_CITED);
    compiled_free(&pack);
}

static void rounding(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") FACTS
                 "definitions:\n"
                 "  fen: {formula: child.fee / 3, unit: CNY/month, round: {to: 0.01, mode: half up}}\n"
                 "  tens: {formula: child.fee, unit: CNY/month, round: {to: 10, mode: half even}}\n"
                 "  share: {formula: child.share / 3, unit: percent, round: {to: 0.1, mode: down}}\n");
    assert_unknown(&pack, "2024-01-01", "fen", "child.fee");
    give(&pack, "child.fee", "100");
    assert_shows(&pack, "2024-01-01", "fen", "33.33");
    give(&pack, "child.fee", "25");
    assert_shows(&pack, "2024-01-01", "tens", "20");
    give(&pack, "child.fee", "35");
    assert_shows(&pack, "2024-01-01", "tens", "40");
    give(&pack, "child.share", "50");
    assert_shows(&pack, "2024-01-01", "share", "0.166"); /* 16.6 % */
    compiled_free(&pack);
}

static void errors_are_no_nulls(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") FACTS "definitions:\n"
                                          "  quotient: 1 / child.fee\n"
                                          "  above: quotient + child.share\n"
                                          "  saved: child.disabled or quotient > 1\n");
    give(&pack, "child.fee", "0");
    assert_fails(&pack, "2024-01-01", "quotient", TUOYU_ERROR_DIVISION_BY_ZERO, "1 / child.fee");
    assert_fails(&pack, "2024-01-01", "above", TUOYU_ERROR_DIVISION_BY_ZERO, "");
    give(&pack, "child.disabled", "true");
    assert_shows(&pack, "2024-01-01", "saved", "true");
    give(&pack, "child.disabled", NULL);
    assert_fails(&pack, "2024-01-01", "saved", TUOYU_ERROR_DIVISION_BY_ZERO, "");
    compiled_free(&pack);
}

static void only_what_was_read(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") FACTS "definitions:\n"
                                          "  left: child.fee + 1\n"
                                          "  right: child.share + 1\n"
                                          "  chosen: if child.disabled then left else right\n"
                                          "  twice: chosen + chosen\n");
    give(&pack, "child.fee", "1");
    give(&pack, "child.disabled", "true");
    assert_shows(&pack, "2024-01-01", "twice", "4");
    uint32_t roots[] = {slot_named(&pack, "twice"), slot_named(&pack, "twice")};
    size_t count;
    const uint32_t *trace = evaluation_trace(&pack.evaluation, roots, 2, &count);
    const char *expected[] = {"child.disabled", "child.fee", "left", "chosen", "twice"};
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(trace[i], slot_named(&pack, expected[i]));
    assert_false(evaluation_is_done(&pack.evaluation, slot_named(&pack, "right")));
    /* The next case begins anew. */
    give(&pack, "child.disabled", "false");
    assert_unknown(&pack, "2024-01-01", "twice", "child.share");
    assert_false(evaluation_is_done(&pack.evaluation, slot_named(&pack, "left")));
    compiled_free(&pack);
}

static void inputs_and_steps(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") FACTS "definitions: {doubled: child.fee * 2}\n");
    struct program *program = &pack.layering->program;
    struct scope scope;
    scope_init(&scope, &pack.arena, &pack.layering->packs[0].scope);
    uint32_t tally = program_add(
        program, &(struct slot){.kind = SLOT_INPUT, .name = TEXT("tally"), .type = STATIC_TYPE(TYPE_NUMBER)});
    assert_true(scope_declare(&scope, TEXT("tally"), tally));
    uint32_t step, broken;
    struct formula formula = {
        .name = TEXT("doubled"), .written = {.text = TEXT("doubled + tally + 1")}, .type = TYPE_NUMBER};
    assert_int_equal(program_add_formula(program, &scope, &formula, &step, pack.diagnostics), TUOYU_OK);
    assert_true(scope_declare(&scope, TEXT("doubled"), step)); /* on top of the pack's */
    assert_int_equal(scope_find(&scope, TEXT("doubled")), step);
    assert_int_not_equal(slot_named(&pack, "doubled"), step);
    formula.written.text = TEXT("doubld + 1");
    assert_int_equal(program_add_formula(program, &scope, &formula, &broken, pack.diagnostics),
                     TUOYU_ERROR_UNKNOWN_NAME);
    assert_finding(&pack, TUOYU_ERROR_UNKNOWN_NAME, "did you mean `doubled`");
    assert_true(broken != SLOT_NONE);
    formula.written.text = TEXT("doubled > 3");
    assert_int_equal(program_add_formula(program, &scope, &formula, &broken, pack.diagnostics),
                     TUOYU_ERROR_TYPE);

    struct evaluation evaluation;
    assert_int_equal(evaluation_init(&evaluation, program, NULL, NULL), TUOYU_OK);
    give(&pack, "child.fee", "10");
    for (int64_t i = 0; i < 3; i++) {
        evaluation_begin(&evaluation, 19000, pack.facts);
        evaluation_set_input(&evaluation, tally, value_integer(i));
        struct value value = evaluation_value(&evaluation, step);
        assert_true(value_equals(value, value_integer(21 + i)) == TRUTH_TRUE);
    }
    evaluation_begin(&evaluation, 19000, pack.facts);
    assert_int_equal(evaluation_status(&evaluation, evaluation_value(&evaluation, step), NULL),
                     TUOYU_ERROR_EVALUATION);
    evaluation_free(&evaluation);
    compiled_free(&pack);
}

static void steps_are_limited(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") "definitions: {much: 'sum(for i in 1..1000 return i * i)'}\n");
    assert_shows(&pack, "2024-01-01", "much", "333833500");
    struct evaluation evaluation;
    tuoyu_limits limits = {.size = sizeof limits, .steps = 500};
    assert_int_equal(evaluation_init(&evaluation, &pack.layering->program, NULL, &limits), TUOYU_OK);
    evaluation_begin(&evaluation, 19000, NULL);
    struct value value = evaluation_value(&evaluation, slot_named(&pack, "much"));
    assert_int_equal(evaluation_status(&evaluation, value, NULL), TUOYU_ERROR_LIMIT);
    evaluation_free(&evaluation);
    compiled_free(&pack);
}

/* Chains as long as are allowed run on, longer ones are refused when they are loaded. */
static void long_chains(void **state)
{
    (void)state;
    for (int length = 63; length <= 66; length++) {
        char text[8192] = PACK("t.a") FACTS "definitions:\n  d1: child.fee\n";
        size_t at = strlen(text);
        for (int i = 2; i <= length; i++)
            at += (size_t)snprintf(text + at, sizeof text - at, "  d%d: d%d + d%d\n", i, i - 1, i - 1);
        struct compiled pack;
        const char *texts[] = {text};
        compile_packs(&pack, texts, 1);
        if (length > 64) {
            assert_int_equal(pack.status, TUOYU_ERROR_LIMIT);
            assert_int_equal(error_count(pack.diagnostics), 1);
        } else {
            char name[16];
            snprintf(name, sizeof name, "d%d", length);
            assert_unknown(&pack, "2024-01-01", name, "child.fee"); /* 2 to the 63rd ways lead to it */
            give(&pack, "child.fee", "1");
            assert_shows(&pack, "2024-01-01", name,
                         length == 63 ? "4611686018427387904" : "9223372036854775808");
        }
        compiled_free(&pack);
    }
}

/* A second case of the same size asks for no memory. */
struct counted {
    size_t calls, allowed;
};

static void *count_calls(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct counted *counted = context;
    tuoyu_allocator standard = allocator_or_default(NULL);
    if (new_size && counted->calls++ >= counted->allowed)
        return NULL;
    return standard.reallocate(standard.context, pointer, old_size, new_size);
}

static void memory(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(
        &pack, PACK("t.a") FACTS
        "definitions: {squares: 'for i in 1..200 return i * child.fee', total: sum(squares)}\n"
        "tables: {t: {inputs: [child.fee], outputs: [a, b], rows: [{when: '> 3', then: [1, total]}]}}\n");
    give(&pack, "child.fee", "10");
    bool was_refused = true;
    for (size_t allowed = 0; was_refused; allowed++) {
        struct counted counted = {.allowed = allowed};
        tuoyu_allocator allocator = {.reallocate = count_calls, .context = &counted};
        struct evaluation evaluation;
        tuoyu_status status = evaluation_init(&evaluation, &pack.layering->program, &allocator, NULL);
        was_refused = status != TUOYU_OK;
        assert_true(status == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY);
        if (was_refused)
            continue;
        size_t calls = 0;
        for (int i = 0; i < 3; i++) {
            evaluation_begin(&evaluation, 19000, pack.facts);
            struct value value = evaluation_value(&evaluation, slot_named(&pack, "t"));
            status = evaluation_status(&evaluation, value, NULL);
            was_refused |= status == TUOYU_ERROR_NO_MEMORY;
            assert_true(status == TUOYU_OK || status == TUOYU_ERROR_NO_MEMORY);
            if (i == 0)
                calls = counted.calls;
        }
        if (!was_refused)
            assert_int_equal(counted.calls, calls);
        evaluation_free(&evaluation);
        assert_true(allowed < 1000);
    }
    compiled_free(&pack);
}

/* ---- Three-valued logic ----
 * Random conditions. Whenever one is decided although facts are unknown, all that the facts can be must
 * decide it so. */

static size_t write_condition(uint32_t *seed, int depth, char *text, size_t size)
{
    static const char *const LEAVES[] = {"child.disabled",
                                         "child.siblings > 1",
                                         "child.siblings = null",
                                         "child.kind = \"public\"",
                                         "child.siblings in [0..1]",
                                         "child.kind in (\"private\")",
                                         "true",
                                         "false",
                                         "child.siblings between 1 and 2",
                                         "count([1, 2][item > child.siblings]) = 1"};
    /* @ stands for a condition */
    static const char *const SHAPES[] = {"(@) and (@)",
                                         "(@) or (@)",
                                         "not(@)",
                                         "(if @ then @ else @)",
                                         "at least(2, [@, @, @])",
                                         "(some x in [@, @] satisfies x)",
                                         "(every x in [@, @] satisfies x)",
                                         "(@) = (@)",
                                         "any([@, @])",
                                         "all([@, @])",
                                         "list contains([@, @], true)",
                                         "(@) != (@)"};
    const char *shape = depth == 0 ? LEAVES[random_below(seed, 10)] : SHAPES[random_below(seed, 12)];
    size_t at = 0;
    for (; *shape && at + 1 < size; shape++) {
        if (*shape == '@')
            at += write_condition(seed, depth - 1 - (int)random_below(seed, (uint32_t)depth), text + at,
                                  size - at);
        else
            text[at++] = *shape;
    }
    text[at] = '\0';
    return at;
}

static const char *const DISABLED[] = {NULL, "true", "false"};
static const char *const SIBLINGS[] = {NULL, "null", "0", "1", "2"};
static const char *const KINDS[] = {NULL, "public", "private"};

/* 0 and 1 are decided, 2 is unknown, 3 an error. */
static int truth_of(struct compiled *pack, int disabled, int siblings, int kind)
{
    give(pack, "child.disabled", DISABLED[disabled]);
    give(pack, "child.siblings", SIBLINGS[siblings]);
    give(pack, "child.kind", KINDS[kind]);
    struct value value = value_on(pack, "2024-01-01", "d");
    if (value.kind == VALUE_BOOLEAN)
        return value.boolean;
    return evaluation_status(&pack->evaluation, value, NULL) == TUOYU_OK && value_cause(value) ? 2 : 3;
}

static void check_completions(struct compiled *pack, const char *text, int disabled, int siblings, int kind)
{
    int known = truth_of(pack, disabled, siblings, kind);
    if (known > 1)
        return;
    for (int d = 1; d < 3; d++)
        for (int s = 1; s < 5; s++)
            for (int k = 1; k < 3; k++) {
                int sure = truth_of(pack, disabled ? disabled : d, siblings ? siblings : s, kind ? kind : k);
                if (sure <= 1 && sure != known)
                    fail_msg("%s\n%d %d %d gives %d, but %d %d %d gives %d", text, disabled, siblings, kind,
                             known, d, s, k, sure);
            }
}

static void unknown_is_never_guessed(void **state)
{
    (void)state;
    uint32_t seed = 20250101;
    for (int i = 0; i < 1200; i++) {
        char text[8192] = PACK("t.a") FACTS "definitions:\n  d: |-\n    ";
        size_t at = strlen(text);
        write_condition(&seed, 1 + i % 3, text + at, sizeof text - at - 1);
        strcat(text, "\n");
        struct compiled pack;
        const char *texts[] = {text};
        compile_packs(&pack, texts, 1);
        for (int unknown = 1; pack.status == TUOYU_OK && unknown < 8; unknown++)
            check_completions(&pack, text, unknown & 1 ? 0 : 1, unknown & 2 ? 0 : 2, unknown & 4 ? 0 : 1);
        if (pack.status != TUOYU_OK)
            assert_finding(&pack, TUOYU_OK, text);
        compiled_free(&pack);
    }
}

/* Registers are not cleared when a case begins: what was computed for another, however long ago, is nothing
 * to this one. */
static void each_case_is_computed_anew(void **state)
{
    (void)state;
    struct compiled pack;
    compile_good(&pack, PACK("t.a") FACTS "definitions:\n"
                                          "  chosen: if child.disabled then child.fee else child.siblings\n"
                                          "  doubled: chosen * 2\n"
                                          "  rare: child.share\n");
    uint32_t chosen = slot_named(&pack, "chosen"), rare = slot_named(&pack, "rare");
    uint32_t fee = 1, siblings = 2; /* indices of dependencies of `chosen` */
    for (uint32_t start = 0;; start = UINT32_MAX - 3) {
        pack.evaluation.round = start;
        give(&pack, "child.share", start ? "200" : "100");
        struct value given = value_integer(start ? 2 : 1);
        for (int i = 0; i < 8;
             i++) { /* the second time it goes round at the fourth; the last is round 5 again */
            char number[8];
            snprintf(number, sizeof number, "%d", i);
            give(&pack, "child.disabled", i % 2 ? "true" : "false");
            give(&pack, "child.fee", i % 2 ? number : NULL);
            give(&pack, "child.siblings", i % 2 ? NULL : number);
            snprintf(number, sizeof number, "%d", 2 * i);
            assert_shows(&pack, "2024-05-01", "doubled", number);
            assert_int_equal(evaluation_has_read(&pack.evaluation, chosen, fee), i % 2 == 1);
            assert_int_equal(evaluation_has_read(&pack.evaluation, chosen, siblings), i % 2 == 0);
            bool is_asked = i == (start ? 7 : 4);
            struct value share = is_asked ? evaluation_value(&pack.evaluation, rare) : given;
            assert_true(value_equals(share, given) == TRUTH_TRUE);
            size_t first = 0, second = 0;
            assert_non_null(evaluation_trace(&pack.evaluation, &chosen, 1, &first));
            assert_non_null(evaluation_trace(&pack.evaluation, &chosen, 1, &second));
            assert_int_equal(first, 3);
            assert_int_equal(second, 3);
        }
        if (start)
            break;
    }
    compiled_free(&pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(three_valued),
                                       cmocka_unit_test(parameters_by_date),
                                       cmocka_unit_test(rounding),
                                       cmocka_unit_test(errors_are_no_nulls),
                                       cmocka_unit_test(only_what_was_read),
                                       cmocka_unit_test(inputs_and_steps),
                                       cmocka_unit_test(steps_are_limited),
                                       cmocka_unit_test(long_chains),
                                       cmocka_unit_test(memory),
                                       cmocka_unit_test(unknown_is_never_guessed),
                                       cmocka_unit_test(each_case_is_computed_anew)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
