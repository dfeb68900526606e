/* SPDX-License-Identifier: Apache-2.0 */
/* Units as people read them: what is shown in Chinese or English reads back to the same unit, entities have
 * their labels and counters, and an indicator may only be declared in what it counts. */
#include <stdio.h>
#include <string.h>

#include "../columns/random_numbers.h"
#include "policy_fixture.h"
#include "program/unit_text.h"

static tuoyu_policy *policy;

#define PACK                                                                                             \
    "entities:\n  nursery: {label: {zh: 托育点, en: nursery}, counter: 处}\n  record: {label: {zh: " \
    "健康档案, en: health record}, counter: 份}\n"                                                  \
    "  town: {label: {zh: 街镇, en: town}}\n  child: {label: {zh: 宝宝, en: little one}}\n"          \
    "facts: {nursery: {id: {type: string}}}\n"

static int load(void **state)
{
    (void)state;
    policy = load_sections(PACK "definitions: {one: 1}\n");
    return policy ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(policy);
    return 0;
}

static void shown_as(char *out, size_t size, const char *unit, const char *language)
{
    tuoyu_text *text;
    assert_int_equal(tuoyu_policy_unit_to_text(policy, unit, TUOYU_NUL_TERMINATED, language, &text),
                     TUOYU_OK);
    snprintf(out, size, "%s", tuoyu_text_bytes(text));
    tuoyu_text_free(text);
}

static void words(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *zh, *en;
    } WORDS[] = {{"CNY/month", "元/月", "CNY/month"},
                 {"CNY/child/month", "元/宝宝/月", "CNY/little one/month"},
                 {"place", "个托位", "place"},
                 {"month", "个月", "month"},
                 {"day", "天", "day"},
                 {"place/community", "个托位/社区", "place/community"},
                 {"m2", "平方米", "m²"},
                 {"m2/person", "平方米/人", "m²/person"},
                 {"m^4", "米^4", "m^4"},
                 {"person*month", "人·月", "person·month"},
                 {"1/month", "1/月", "1/month"},
                 {"percent", "%", "%"},
                 {"nursery", "处托育点", "nursery"},
                 {"record", "份健康档案", "health record"},
                 {"town", "个街镇", "town"},
                 {"child", "名宝宝", "little one"},
                 {"place/nursery", "个托位/托育点", "place/nursery"},
                 {"institution", "家机构", "institution"},
                 {"household", "户家庭", "household"},
                 {"visit/year", "次访视/年", "visit/year"},
                 {"time/year", "次/年", "time/year"},
                 {"working_day", "个工作日", "working_day"},
                 {"CNY/m2", "元/平方米", "CNY/m²"},
                 {"自有", "自有", "自有"},
                 {"spring^2", "spring²", "spring²"},
                 {"no unit at all", "no unit at all", "no unit at all"},
                 {"", "", ""},
                 {"元/月", "元/月", "CNY/month"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        char zh[200], en[200];
        shown_as(zh, sizeof zh, WORDS[i].unit, "zh");
        shown_as(en, sizeof en, WORDS[i].unit, "en");
        if (strcmp(zh, WORDS[i].zh) != 0 || strcmp(en, WORDS[i].en) != 0)
            fail_msg("%s: %s, %s", WORDS[i].unit, zh, en);
    }
}

/* The bases of a text that the format itself knows, things too. */
static struct text canonical_of(struct arena *arena, const char *shown)
{
    struct unit written, unit = {.count = 0};
    const char *problem;
    if (!unit_text_check(text_of(shown, TUOYU_NUL_TERMINATED), &written, &problem))
        fail_msg("'%s': %s", shown, problem);
    for (uint32_t i = 0; i < written.count; i++) {
        const struct known_unit *known = known_unit_find(written.atoms[i].name);
        struct text base = known && known->name && !known->parts[0].base
                               ? text_of(known->name, TUOYU_NUL_TERMINATED)
                               : written.atoms[i].name;
        assert_true(unit_multiply(&unit, base, written.atoms[i].power));
    }
    return unit_text_of(arena, &unit);
}

static void what_is_shown_reads_back(void **state)
{
    (void)state;
    uint64_t random = 5;
    struct arena arena;
    size_t known_count = 0;
    while (KNOWN_UNITS[known_count].zh)
        known_count++;
    arena_init(&arena, NULL);
    for (int round = 0; round < 3000; round++) {
        struct arena_mark mark = arena_mark(&arena);
        struct unit unit = {.count = 0};
        for (uint32_t i = 0; i < 1 + random_of(&random, 4); i++) {
            const struct known_unit *known = &KNOWN_UNITS[random_of(&random, (uint32_t)known_count)];
            /* The pack's child has a label of its own, which the format does not know. */
            bool is_base = known->name && !known->parts[0].base && known->sort != UNIT_SORT_PERCENT &&
                           strcmp(known->name, "child") != 0;
            if (is_base)
                unit_multiply(&unit, text_of(known->name, TUOYU_NUL_TERMINATED),
                              (int32_t)random_of(&random, 7) - 3);
        }
        if (unit.count == 0)
            continue;
        struct text canonical = unit_text_of(&arena, &unit);
        char zh[400], en[400];
        shown_as(zh, sizeof zh, canonical.bytes, "zh");
        shown_as(en, sizeof en, canonical.bytes, "en");
        struct text of_zh = canonical_of(&arena, zh), of_en = canonical_of(&arena, en);
        if (!text_equals(of_zh, canonical))
            fail_msg("%s reads as %.*s, not %s", zh, TEXT_ARGUMENTS(of_zh), canonical.bytes);
        if (!text_equals(of_en, canonical))
            fail_msg("%s reads as %.*s, not %s", en, TEXT_ARGUMENTS(of_en), canonical.bytes);
        arena_rewind(&arena, mark);
    }
    arena_free(&arena);
}

/* ---- Indicators ---- */

#define FACTS                                                                                              \
    "facts:\n  nursery: {id: {type: string}, places: {type: integer, unit: place, range: \"[0..1000]\"}, " \
    "taken: {type: integer, unit: place, range: \"[0..1000]\"}, income: {type: money, unit: CNY/year, "    \
    "range: \"[0..1000000]\"}, "                                                                           \
    "score: {type: number, range: \"[0..100]\"}, open: {type: boolean}}\n  town: {id: {type: string}, "    \
    "people: {type: integer, unit: person, range: \"[0..)\"}}\n"                                           \
    "parameters:\n  thousand: {unit: person, cite: s 一, standing: cited, values: {2024-01-01: {value: "  \
    "1000}}}\n"                                                                                            \
    "  factor: {cite: s 一, standing: cited, values: {2024-01-01: {value: 1000}}}\nindicators:\n  x: "    \
    "{title: "                                                                                             \
    "x, cite: s 一, "

static void an_indicator_is_in_what_it_counts(void **state)
{
    (void)state;
    static const char *const GOOD[] = {"unit: place, value: {of: nursery, sum: nursery.places}",
                                       "unit: 托位, value: {of: nursery, mean: nursery.places}",
                                       "unit: nursery, value: {of: nursery, count: true}",
                                       "unit: 家, value: {of: nursery, count: true}",
                                       "unit: point, value: {of: nursery, mean: nursery.score}",
                                       "unit: CNY/year, value: {of: nursery, max: nursery.income}",
                                       "unit: percent, ratio: {numerator: {of: nursery, sum: nursery.taken}, "
                                       "denominator: {of: nursery, sum: nursery.places}}",
                                       "unit: percent, ratio: {numerator: {of: nursery, count: "
                                       "nursery.open}, denominator: {of: nursery, count: true}}",
                                       "unit: place/nursery, ratio: {numerator: {of: nursery, sum: "
                                       "nursery.places}, denominator: {of: nursery, count: true}}",
                                       "unit: place, ratio: {numerator: {of: nursery, sum: nursery.places}, "
                                       "denominator: {of: nursery, count: true}}",
                                       "unit: place/person, ratio: {numerator: {of: nursery, sum: "
                                       "nursery.places}, denominator: {of: town, sum: town.people}}",
                                       "unit: place, per: 1000, ratio: {numerator: {of: nursery, sum: "
                                       "nursery.places}, denominator: {of: town, sum: town.people}}",
                                       "unit: place, per: thousand, ratio: {numerator: {of: nursery, sum: "
                                       "nursery.places}, denominator: {of: town, sum: town.people}}",
                                       "unit: nursery/person, ratio: {numerator: {of: nursery, count: true}, "
                                       "denominator: {of: town, sum: town.people}}",
                                       "unit: CNY/place/year, ratio: {numerator: {of: nursery, sum: "
                                       "nursery.income}, denominator: {of: nursery, sum: nursery.places}}",
                                       "unit: CNY/year, ratio: {numerator: {of: nursery, sum: "
                                       "nursery.income}, denominator: {of: nursery, count: true}}",
                                       "unit: nursery, ratio: {numerator: {of: nursery, distinct: "
                                       "nursery.id}, denominator: {of: town, count: true}}"};
    static const struct {
        const char *rule, *says;
    } BAD[] = {
        {"unit: CNY, value: {of: nursery, sum: nursery.places}",
         "`x` is declared in CNY, but its value is in place"},
        {"unit: percent, value: {of: nursery, sum: nursery.places}", "but its value is in place"},
        {"unit: CNY, value: {of: nursery, count: true}", "but its value is in no unit (a ratio)"},
        {"unit: CNY/month, value: {of: nursery, mean: nursery.income}", "but its value is in CNY/year"},
        {"unit: percent, ratio: {numerator: {of: nursery, sum: nursery.places}, denominator: {of: town, sum: "
         "town.people}}",
         "but its value is in place/person"},
        {"unit: place, ratio: {numerator: {of: nursery, sum: nursery.taken}, denominator: {of: nursery, sum: "
         "nursery.places}}",
         "no unit (a ratio)"},
        {"unit: nursery, ratio: {numerator: {of: nursery, count: nursery.open}, denominator: {of: nursery, "
         "count: true}}",
         "no unit (a ratio)"},
        {"unit: place/town, ratio: {numerator: {of: nursery, sum: nursery.places}, denominator: {of: "
         "nursery, count: true}}",
         "but its value is in place/nursery"},
        {"unit: person, per: thousand, ratio: {numerator: {of: nursery, sum: nursery.places}, denominator: "
         "{of: town, sum: town.people}}",
         "but its value is in place"},
        {"unit: CNY/place/month, ratio: {numerator: {of: nursery, sum: nursery.income}, denominator: {of: "
         "nursery, sum: nursery.places}}",
         "CNY/place/year"}};
    char sections[4000];
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        snprintf(sections, sizeof sections, FACTS "%s}\n", GOOD[i]);
        tuoyu_policy_unref(load_sections(sections));
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        snprintf(sections, sizeof sections, FACTS "%s}\n", BAD[i].rule);
        assert_refused(sections, TUOYU_ERROR_TYPE, 8, BAD[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words), cmocka_unit_test(what_is_shown_reads_back),
                                       cmocka_unit_test(an_indicator_is_in_what_it_counts)};
    return cmocka_run_group_tests(tests, load, unload);
}
