/* SPDX-License-Identifier: Apache-2.0 */
/* Packs joined: who sees whom, shared facts, collisions, overrides by date, citations; and memory that is
 * refused. */
#include <stdio.h>
#include <string.h>

#include "../base/error_count.h"
#include "../program/compiled_pack.h"
#include "pack/reader.h"

#define USING(id, uses) PACK(id) "uses: [" uses "]\n"
#define DAY "2024-06-01"

static void compile(struct compiled *pack, const char *const *texts, size_t count)
{
    compile_packs(pack, texts, count);
    if (pack->status == TUOYU_OK)
        return;
    tuoyu_text *shown;
    assert_int_equal(tuoyu_diagnostics_to_text(pack->diagnostics, &shown), TUOYU_OK);
    fail_msg("%s", tuoyu_text_bytes(shown));
}

static void reject(const char *const *texts, size_t count, tuoyu_status code, const char *part)
{
    struct compiled pack;
    compile_packs(&pack, texts, count);
    assert_int_equal(pack.status, code);
    assert_finding(&pack, code, part);
    assert_int_equal(error_count(pack.diagnostics), 1);
    compiled_free(&pack);
}

static void sees_through_packs(void **state)
{
    (void)state;
    const char *nation = PACK("nation") SOURCES
        "facts: {child: {fee: {type: money, unit: CNY/month}}}\n"
        "parameters: {base: {cite: law 第一条, standing: cited, values: {2024-01-01: {value: 100}}}}\n"
        "definitions: {doubled: base * 2}\n";
    const char *city = USING("city", "nation") "definitions: {more: doubled + child.fee}\n";
    const char *district = USING("district", "city") "definitions: {most: more + base}\n";
    const char *all[] = {district, nation, city}, *last[] = {nation, city, district};
    struct compiled pack;
    compile(&pack, all, 3); /* in whatever order they are given */
    compiled_free(&pack);
    compile(&pack, last, 3);
    assert_unknown(&pack, DAY, "most", "child.fee");
    give(&pack, "child.fee", "1");
    assert_shows(&pack, DAY, "most", "301");
    assert_fails(&pack, "2023-12-31", "most", TUOYU_ERROR_NOT_IN_FORCE, "base");
    compiled_free(&pack);
    const char *unseen[] = {nation, PACK("city") "definitions: {more: doubled + 1}\n"};
    reject(unseen, 2, TUOYU_ERROR_UNKNOWN_NAME, "doubled");
}

static void missing_and_circular(void **state)
{
    (void)state;
    const char *typo[] = {PACK("cn.nation"), USING("cn.city", "cn.natoin")};
    reject(typo, 2, TUOYU_ERROR_PACK_MISSING, "did you mean `cn.nation`");
    const char *self[] = {USING("a", "a")};
    reject(self, 1, TUOYU_ERROR_CYCLE, "itself");
    const char *round[] = {USING("x", "b"), USING("b", "c"), USING("c", "d"), USING("d", "b")};
    reject(round, 4, TUOYU_ERROR_CYCLE, "b → c → d → b");
    const char *twice[] = {PACK("a"), PACK("a")};
    reject(twice, 2, TUOYU_ERROR_DUPLICATE,
           "two packs have the id `a` and are in force together, from 2020-01-01 on");
}

static void shared_facts(void **state)
{
    (void)state;
#define FACT(id, declaration) \
    PACK(id) "facts: {child: {x: {" declaration "}}}\ndefinitions: {of_" id ": child.x}\n"
    const char *same[] = {FACT("a", "type: integer, range: '[0..10]'"),
                          FACT("b", "type: integer, range: '[0..10]'")};
    struct compiled pack;
    compile(&pack, same, 2);
    assert_int_equal(pack.layering->program.fact_count, 1);
    compiled_free(&pack);
    static const char *const DIFFERENT[][2] = {
        {"type: integer", "type: number"},
        {"type: integer, range: '[0..10]'", "type: integer, range: '[0..10)'"},
        {"type: integer", "type: integer, range: '[0..10]'"},
        {"type: money, unit: CNY/month", "type: money, unit: CNY/year"},
        {"type: enum, values: [p, q]", "type: enum, values: [p]"},
        {"type: date", "type: date, nullable: true"}};
    for (size_t i = 0; i < sizeof DIFFERENT / sizeof *DIFFERENT; i++) {
        char first[512], second[512];
        snprintf(first, sizeof first, PACK("a") "facts: {child: {x: {%s}}}\n", DIFFERENT[i][0]);
        snprintf(second, sizeof second, PACK("b") "facts: {child: {x: {%s}}}\n", DIFFERENT[i][1]);
        const char *texts[] = {first, second};
        compile_packs(&pack, texts, 2);
        assert_int_equal(pack.status, TUOYU_ERROR_COLLISION);
        assert_int_equal(tuoyu_diagnostics_count(pack.diagnostics), 2); /* both places */
        compiled_free(&pack);
    }
}

static void collisions(void **state)
{
    (void)state;
    const char *a = PACK("a") "definitions: {x: 1}\n", *b = PACK("b") "definitions: {x: 2}\n";
    const char *apart[] = {a, b};
    struct compiled pack;
    compile(&pack, apart, 2); /* neither sees the other */
    assert_shows(&pack, DAY, "x", "2");
    compiled_free(&pack);
    const char *both[] = {a, b, USING("c", "a, b"), USING("d", "c")}; /* said once */
    reject(both, 4, TUOYU_ERROR_COLLISION, "`x` is declared twice");
    const char *below[] = {
        a, USING("b", "a") "tables: {x: {inputs: [1], outputs: [n], rows: [{when: '-', then: 1}]}}\n"};
    reject(below, 2, TUOYU_ERROR_COLLISION, "`x` is declared twice");
    assert_rejected(PACK("a") SOURCES
                    "parameters: {x: {cite: law 一, standing: cited, values: {2024-01-01: {value: 1}}}}\n"
                    "definitions: {x: 1}\n",
                    TUOYU_ERROR_DUPLICATE, "x");
    assert_rejected(PACK("a") "definitions: {as_of: 1}\n", TUOYU_ERROR_PACK, "as_of");
}

#define NATION                                                                                            \
    PACK("nation")                                                                                        \
    SOURCES                                                                                               \
    "parameters:\n"                                                                                       \
    "  base: {unit: CNY/month, cite: law 第一条, standing: cited, values: {2022-01-01: {value: 100}, " \
    "2024-01-01: {value: 200}, 2026-01-01: {value: 300}}}\n"                                              \
    "  rate: {unit: percent, unset: 没有}\n"                                                            \
    "  left: {unit: percent, delegated: {to: {zh: 市, en: cities}, at_least: 1, at_most: 5, cite: "      \
    "law 第五条}}\n"                                                                                   \
    "definitions: {doubled: base * 2}\n"

static void overrides(void **state)
{
    (void)state;
    const char *open[] = {
        NATION,
        USING("city", "nation") "overrides:\n"
                                "  base: {values: {2023-07-01: {value: 150, standing: assumed, note: n}, "
                                "2025-01-01: {value: 250, standing: draft, cite: law 第二条}}}\n"
                                "  rate: {values: {2024-01-01: {value: 80, standing: assumed, note: n}}}\n"};
    struct compiled pack;
    compile(&pack, open, 2);
    assert_shows(&pack, "2022-01-01", "base", "100");
    assert_shows(&pack, "2023-06-30", "base", "100");
    assert_shows(&pack, "2023-07-01", "base", "150");
    assert_int_equal(evaluation_citation(&pack.evaluation, slot_named(&pack, "base"), 0)->standing,
                     TUOYU_ASSUMED);
    assert_shows(&pack, "2024-01-01", "base", "150"); /* what is overridden no longer speaks */
    assert_shows(&pack, "2024-12-31", "doubled", "300");
    assert_shows(&pack, "2025-01-01", "doubled", "500");
    assert_shows(&pack, "2027-01-01", "base", "250");
    assert_fails(&pack, "2021-12-31", "base", TUOYU_ERROR_NOT_IN_FORCE, "from 2022-01-01");
    assert_unknown(&pack, "2023-12-31", "rate", "rate"); /* unset before, as it was */
    assert_shows(&pack, "2024-01-01", "rate", "0.8");
    compiled_free(&pack);

    /* The lower pack is in force for two years only. */
    const char *closed[] = {
        NATION,
        "tuoyu: 1\nid: city\ntitle: t\nauthority: a\nin_force: 2023-01-01..2024-12-31\nuses: [nation]\n"
        "overrides: {base: {values: {2020-01-01: {value: 1, standing: assumed, note: n}}}}\n"};
    compile(&pack, closed, 2);
    assert_shows(&pack, "2022-12-31", "base", "100");
    assert_shows(&pack, "2023-01-01", "base", "1");
    assert_shows(&pack, "2024-12-31", "base", "1");
    assert_shows(&pack, "2025-01-01", "base", "200");
    assert_shows(&pack, "2026-01-01", "base", "300");
    compiled_free(&pack);
}

static void wrong_overrides(void **state)
{
    (void)state;
#define OVERRIDE(name) \
    "overrides: {" name ": {values: {2024-01-01: {value: 1, standing: assumed, note: n}}}}\n"
    const char *typo[] = {NATION, USING("city", "nation") OVERRIDE("bse")};
    reject(typo, 2, TUOYU_ERROR_UNKNOWN_NAME, "did you mean `base`");
    const char *definition[] = {NATION, USING("city", "nation") OVERRIDE("doubled")};
    reject(definition, 2, TUOYU_ERROR_UNKNOWN_NAME, "only parameters can be overridden");
    const char *unseen[] = {NATION, PACK("city") OVERRIDE("base")};
    reject(unseen, 2, TUOYU_ERROR_UNKNOWN_NAME, "no pack above has a parameter `base`");
    const char *twice[] = {NATION, USING("city", "nation") OVERRIDE("base"),
                           USING("town", "nation") OVERRIDE("base")};
    reject(twice, 3, TUOYU_ERROR_COLLISION, "two packs override `base`");
    const char *kind[] = {NATION, USING("city", "nation") "overrides: {base: {values: {2024-01-01: {value: "
                                                          "abc, standing: assumed, note: n}}}}\n"};
    struct compiled pack;
    compile_packs(&pack, kind, 2);
    assert_int_not_equal(pack.status, TUOYU_OK);
    compiled_free(&pack);
}

/* Below: within bounds that the pack above gives. Until then it is unset, and the answer says who has to set
 * it. */
static void delegation(void **state)
{
    (void)state;
#define DELEGATING                                                                                             \
    PACK("nation")                                                                                             \
    SOURCES "parameters:\n"                                                                                    \
            "  share: {unit: percent, delegated: {to: {zh: 区县, en: counties}, at_least: 60, at_most: 80, " \
            "cite: law 第三条}}\n"                                                                          \
            "  free: {cite: law 第四条, delegated: {to: 市}}\n"                                            \
            "definitions: {half: share / 2}\n"
#define SETTING(value)      \
    USING("city", "nation") \
    "overrides: {share: {values: {2024-01-01: {value: " value ", cite: law 第九条, standing: cited}}}}\n"
    const char *alone[] = {DELEGATING};
    struct compiled pack;
    compile(&pack, alone, 1);
    assert_unknown(&pack, DAY, "half", "share");
    assert_unknown(&pack, DAY, "free", "free");
    const struct slot *share = program_slot(&pack.layering->program, slot_named(&pack, "share"));
    assert_string_equal(share->unset.en.bytes,
                        "To be set by counties, at least 60 percent and at most 80 percent (法 第三条)");
    assert_string_equal(share->unset.zh.bytes, "由以下机关设定：区县，不低于 60%、不高于 80%（法 第三条）");
    const struct slot *open = program_slot(&pack.layering->program, slot_named(&pack, "free"));
    assert_string_equal(open->unset.en.bytes, "To be set by 市 (法 第四条)");
    compiled_free(&pack);
    const char *const within[][2] = {{"60", "0.3"}, {"80", "0.4"}, {"80.00", "0.4"}, {"66.6", "0.333"}};
    for (size_t i = 0; i < sizeof within / sizeof *within; i++) {
        char below[400];
        snprintf(below, sizeof below, SETTING("%s"), within[i][0]);
        const char *both[] = {DELEGATING, below};
        compile(&pack, both, 2);
        assert_unknown(&pack, "2023-12-31", "half", "share");
        assert_shows(&pack, "2024-01-01", "half", within[i][1]);
        assert_int_equal(evaluation_citation(&pack.evaluation, slot_named(&pack, "share"), 0)->standing,
                         TUOYU_CITED);
        compiled_free(&pack);
    }
    const char *const outside[] = {"59.999999999999999999999", "80.000000000000000000001", "-60", "6000"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        char below[400];
        snprintf(below, sizeof below, SETTING("%s"), outside[i]);
        const char *both[] = {DELEGATING, below};
        compile_packs(&pack, both, 2);
        assert_int_equal(pack.status, TUOYU_ERROR_PACK);
        assert_finding(&pack, TUOYU_ERROR_PACK, "法 第三条");
        assert_finding(&pack, TUOYU_ERROR_PACK, "法 第九条");
        compiled_free(&pack);
    }
    const char *unbounded[] = {DELEGATING,
                               USING("city", "nation") "overrides: {free: {values: {2024-01-01: {value: "
                                                       "-9e30, standing: assumed, note: n}}}}\n"};
    compile(&pack, unbounded, 2);
    compiled_free(&pack);
    const char *given_back[] = {DELEGATING,
                                USING("city", "nation") "overrides: {share: {unset: 尚未公布}}\n"};
    compile(&pack, given_back, 2);
    assert_unknown(&pack, DAY, "half", "share");
    compiled_free(&pack);
}

#define VERSION(id, period, rest) "tuoyu: 1\nid: " id "\ntitle: t\nin_force: " period "\n" rest
#define LAW(number)                                                                   \
    "sources: {law: {title: 法}}\nparameters: {base: {unit: CNY, cite: law 第" number \
    "条, standing: cited, values: {2020-01-01: {value: " number "}}}}\n"

/* The as-of date chooses among the versions of a pack, whatever order they are given in. */
static void versions(void **state)
{
    (void)state;
    const char *first =
        VERSION("nation", "2021-01-01..2021-12-31", LAW("1") "definitions: {doubled: base * 2, old: base}\n");
    const char *second =
        VERSION("nation", "2022-01-01..2022-12-31", LAW("2") "definitions: {doubled: base * 2}\n");
    const char *third = VERSION(
        "nation", "2024-01-01..",
        LAW("3") "tables: {doubled: {inputs: [base], outputs: [n], rows: [{when: '-', then: 600}]}}\n");
    const char *city =
        VERSION("city", "2020-01-01..",
                "uses: [nation]\ndefinitions: {more: doubled + 1, of_old: old, base_of: base}\n");
    const char *const ORDERS[][4] = {
        {first, second, third, city}, {third, city, first, second}, {city, second, third, first}};
    for (size_t i = 0; i < 3; i++) {
        struct compiled pack;
        compile(&pack, ORDERS[i], 4);
        uint32_t pack_index = 0;
        while (!text_equals(pack.layering->packs[pack_index].model->id, TEXT("city")))
            pack_index++;
        const struct scope *scope = &pack.layering->packs[pack_index].scope;
        static const struct {
            const char *day, *name, *shows;
        } CASES[] = {{"2021-01-01", "more", "3"},   {"2021-12-31", "more", "3"},
                     {"2022-01-01", "more", "5"},   {"2022-12-31", "more", "5"},
                     {"2024-01-01", "more", "601"}, {"2030-01-01", "more", "601"},
                     {"2021-06-01", "of_old", "1"}, {"2022-01-01", "base_of", "2"}};
        for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
            int32_t day;
            assert_int_equal(date_parse(text_of(CASES[k].day, TUOYU_NUL_TERMINATED), &day), TUOYU_OK);
            evaluation_begin(&pack.evaluation, day, pack.facts);
            struct value value = evaluation_value(
                &pack.evaluation, scope_find(scope, text_of(CASES[k].name, TUOYU_NUL_TERMINATED)));
            tuoyu_decimal expected;
            assert_int_equal(decimal_parse(text_of(CASES[k].shows, TUOYU_NUL_TERMINATED), &expected),
                             TUOYU_OK);
            assert_int_equal(value.kind, VALUE_NUMBER);
            assert_int_equal(decimal_compare(value.as.number, expected), 0);
        }
        compiled_free(&pack);
    }
    const char *in_order[] = {first, second, third, city};
    struct compiled pack;
    compile(&pack, in_order, 4);
    assert_fails(&pack, "2020-12-31", "more", TUOYU_ERROR_NOT_IN_FORCE, "from 2021-01-01");
    assert_fails(&pack, "2023-06-01", "more", TUOYU_ERROR_NOT_IN_FORCE,
                 "from 2024-01-01"); /* between two versions */
    assert_fails(&pack, "2022-01-01", "of_old", TUOYU_ERROR_NOT_IN_FORCE,
                 "until 2021-12-31"); /* only the first has it */
    compiled_free(&pack);
}

/* An override holds in each version of the pack above; versions of the pack below override one after the
 * other. */
static void versions_and_overrides(void **state)
{
    (void)state;
#define SET(number)                                                           \
    "uses: [nation]\noverrides: {base: {values: {2020-01-01: {value: " number \
    ", standing: assumed, note: n}}}}\n"
    const char *all[] = {
        VERSION("nation", "2021-01-01..2021-12-31", LAW("1")), VERSION("nation", "2022-01-01..", LAW("2")),
        VERSION("city", "2024-01-01..", SET("40")), VERSION("city", "2021-07-01..2022-06-30", SET("30")),
        VERSION("town", "2020-01-01..", "uses: [city, nation]\ndefinitions: {x: base}\n")};
    struct compiled pack;
    compile(&pack, all, 5);
    assert_shows(&pack, "2021-06-30", "x", "1");
    assert_shows(&pack, "2021-07-01", "x", "30");
    assert_shows(&pack, "2021-12-31", "x", "30");
    assert_shows(&pack, "2022-01-01", "x", "30");
    assert_shows(&pack, "2022-06-30", "x", "30");
    assert_shows(&pack, "2022-07-01", "x", "2");
    assert_shows(&pack, "2023-12-31", "x", "2");
    assert_shows(&pack, "2024-01-01", "x", "40");
    compiled_free(&pack);
}

static void claims(void **state)
{
    (void)state;
#define VALUE(rest) PACK("a") SOURCES "parameters: {x: {values: {2024-01-01: {value: 1" rest "}}}}\n"
    assert_rejected(VALUE(""), TUOYU_ERROR_PACK, "cite");
    assert_rejected(VALUE(", standing: cited"), TUOYU_ERROR_PACK, "cite");
    assert_rejected(VALUE(", standing: draft"), TUOYU_ERROR_PACK, "cite");
    assert_rejected(VALUE(", standing: assumed"), TUOYU_ERROR_PACK, "note");
    assert_rejected(VALUE(", cite: law 第一条"), TUOYU_ERROR_PACK, "standing");
    assert_rejected(VALUE(", cite: lwa 第一条, standing: cited"), TUOYU_ERROR_UNKNOWN_NAME,
                    "did you mean `law`");
    struct compiled pack;
    compile_good(&pack, VALUE(", standing: assumed, note: n"));
    compiled_free(&pack);
    compile_good(&pack, VALUE(", standing: assumed, cite: law"));
    value_on(&pack, DAY, "x");
    assert_true(
        text_equals(evaluation_citation(&pack.evaluation, slot_named(&pack, "x"), 0)->text, TEXT("法")));
    compiled_free(&pack);
    const char *two[] = {PACK("a") SOURCES, PACK("b") "sources: {law: {title: 又法}}\n",
                         USING("c", "a, b") "definitions: {x: {formula: 1 + 1, cite: law 一}}\n"};
    reject(two, 3, TUOYU_ERROR_COLLISION, "two packs in use have a source `law`");
}

/* ---- Memory that is refused ---- */

struct refusal {
    size_t calls, allowed;
    bool is_sticky;
    size_t in_use;
};

static void *refuse(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct refusal *refusal = context;
    tuoyu_allocator standard = allocator_or_default(NULL);
    if (new_size) {
        size_t call = refusal->calls++;
        if (call == refusal->allowed || (refusal->is_sticky && call > refusal->allowed))
            return NULL;
    }
    void *result = standard.reallocate(standard.context, pointer, old_size, new_size);
    refusal->in_use = refusal->in_use - (pointer ? old_size : 0) + new_size;
    return result;
}

static void refused_memory(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        VERSION("nation", "2010-01-01..2019-12-31", "definitions: {doubled: 2}\n"),
        NATION "tables: {t: {inputs: [base], outputs: [{name: p, unit: percent}, n], rows: [{when: '> 150', "
               "then: [-5, doubled]}, {when: '<= 150', then: [1, 2]}]}}\n",
        USING(
            "city",
            "nation") "overrides:\n  base: {values: {2023-07-01: {value: 150, standing: assumed, note: n}}}\n"
                      "  left: {values: {2023-07-01: {value: 5, standing: assumed, note: n}}}\n"
                      "definitions: {rounded: {formula: t.n / 3, unit: CNY, round: {to: 0.01, mode: half "
                      "up}, cite: law 第三条}}\n"
                      "entities: {site: {label: 站点}}\n"
                      "facts: {site: {grant: {type: money, unit: 元/站点/月}, area: {type: number, unit: "
                      "㎡/mouth}}}\n"};
    for (int sticky = 0; sticky < 2; sticky++) {
        bool was_refused = true;
        for (size_t allowed = 0; was_refused; allowed++) {
            struct refusal refusal = {.allowed = allowed, .is_sticky = sticky};
            tuoyu_allocator allocator = {.reallocate = refuse, .context = &refusal};
            struct arena arena;
            enum { COUNT = sizeof TEXTS / sizeof *TEXTS };
            struct pack_model *models[COUNT] = {NULL};
            struct layering *layering;
            arena_init(&arena, &allocator);
            tuoyu_status status = TUOYU_OK;
            for (size_t i = 0; i < COUNT && status == TUOYU_OK; i++)
                status = pack_read(&arena, TEXT("p"), text_of(TEXTS[i], TUOYU_NUL_TERMINATED), NULL,
                                   &models[i], NULL);
            if (status == TUOYU_OK)
                status = layering_join(&arena, models, COUNT, NULL, &layering, NULL);
            was_refused = refusal.calls > allowed;
            if (was_refused)
                assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
            else
                assert_int_equal(status, TUOYU_OK);
            arena_free(&arena);
            assert_int_equal(refusal.in_use, 0);
            assert_true(allowed < 10000);
        }
    }
}

static void expect_findings(const char *text, const char *part)
{
    struct compiled pack;
    compile_packs(&pack, &text, 1);
    assert_int_equal(pack.status, TUOYU_OK);
    assert_int_equal(tuoyu_diagnostics_count(pack.diagnostics) > 0, part != NULL);
    if (part)
        assert_finding(&pack, TUOYU_ERROR_PACK, part);
    compiled_free(&pack);
}

static void numbers_without_source(void **state)
{
    (void)state;
#define DEFINED(definition) \
    PACK("a")               \
    SOURCES "facts: {c: {n: {type: integer}, l: {type: string}}}\ndefinitions: {d: " definition "}\n"
    expect_findings(DEFINED("c.n * 3"), "3 in `d` has no source");
    expect_findings(DEFINED("'if c.n >= 36 then 1 else 0'"), "36 in `d` has no source");
    expect_findings(DEFINED("{formula: 'c.n + 2.50', note: n}"), "2.5 in `d`");
    expect_findings(DEFINED("'c.n in [1..5]'"), "5 in `d`");
    expect_findings(DEFINED("'min(c.n, 7)'"), "7 in `d`");
    expect_findings(DEFINED("{formula: c.n * 3, cite: law 第一条}"), NULL);
    expect_findings(DEFINED("{formula: c.n * 3, standing: assumed, note: n}"), NULL);
    expect_findings(DEFINED("(c.n + 1) / 12 * 100 - 0"), NULL);
    expect_findings(DEFINED("'round half up(c.n / 100, 2)'"), NULL);
    expect_findings(DEFINED("'substring(c.l, 2, 3)'"), NULL);
    expect_findings(DEFINED("'[c.n, 1][2]'"), NULL);
    expect_findings(DEFINED("{formula: c.n / 100, unit: CNY, round: {to: 5, mode: up}}"), NULL);
}

static void a_table_like_an_entity(void **state)
{
    (void)state;
    struct compiled pack;
    const char *texts[] = {
        PACK("nation") "facts: {child: {n: {type: integer}}}\n",
        USING("city",
              "nation") "tables: {child: {inputs: [as_of], outputs: [n], rows: [{when: '-', then: 1}]}}\n"};
    compile_packs(&pack, texts, 2);
    assert_int_equal(pack.status, TUOYU_OK);
    assert_finding(&pack, TUOYU_ERROR_COLLISION, "the table `child` is called like an entity");
    compiled_free(&pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_without_source),
                                       cmocka_unit_test(a_table_like_an_entity),
                                       cmocka_unit_test(sees_through_packs),
                                       cmocka_unit_test(missing_and_circular),
                                       cmocka_unit_test(shared_facts),
                                       cmocka_unit_test(collisions),
                                       cmocka_unit_test(overrides),
                                       cmocka_unit_test(wrong_overrides),
                                       cmocka_unit_test(delegation),
                                       cmocka_unit_test(claims),
                                       cmocka_unit_test(versions),
                                       cmocka_unit_test(versions_and_overrides),
                                       cmocka_unit_test(refused_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
