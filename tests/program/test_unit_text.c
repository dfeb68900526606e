/* SPDX-License-Identifier: Apache-2.0 */
/* Units as texts: that every way of writing one unit gives one canonical text, which reads back to it, that
 * products are a commutative group, and that every name of the table has one meaning. The oracle is a vector
 * of powers. */
#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "program/unit_text.h"

/* ---- Units as vectors ---- */

enum { BASES = 6, NAMES_MOST = 8 };

/* A base, and ways to write it; the first is its canonical name. */
static const char *const NAMES[BASES][NAMES_MOST] = {{"CNY", "元", "yuan", "人民币"},
                                                     {"person", "人", "people", "名"},
                                                     {"child", "child"},
                                                     {"month", "月", "个月", "months"},
                                                     {"m", "米", "metre"},
                                                     {"自有", "自有"}};

static uint64_t state = 88172645463325252u;

static uint32_t below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state % limit);
}

struct powers {
    int of[BASES];
};

static struct powers random_powers(void)
{
    struct powers powers = {{0}};
    for (uint32_t i = 0; i < 1 + below(4); i++)
        powers.of[below(BASES)] = (int)below(5) - 2;
    return powers;
}

static bool is_none(const struct powers *powers)
{
    for (int i = 0; i < BASES; i++)
        if (powers->of[i])
            return false;
    return true;
}

static bool is_same(const struct powers *left, const struct powers *right)
{
    return memcmp(left, right, sizeof *left) == 0;
}

static struct unit unit_of_powers(const struct powers *powers)
{
    struct unit unit = {.count = 0};
    for (int i = 0; i < BASES; i++)
        assert_true(unit_multiply(&unit, text_of(NAMES[i][0], TUOYU_NUL_TERMINATED), powers->of[i]));
    return unit;
}

/* ---- Ways of writing ---- */

static const char *random_name(int base)
{
    int count = 0;
    while (count < NAMES_MOST && NAMES[base][count])
        count++;
    return NAMES[base][below((uint32_t)count)];
}

static void append_factor(struct text_builder *builder, int base, int power)
{
    text_append_literal(builder, random_name(base));
    if (power == 2 && below(2))
        text_append_literal(builder, "²");
    else if (power != 1 || below(8) == 0)
        text_append_format(builder, "^%d", power);
}

static const char *random_times(void)
{
    static const char *const SIGNS[] = {"*", "·", "×"};
    return SIGNS[below(3)];
}

/* The bases with powers of a sign, in a random order, as many as are written: a factor may be split into two.
 */
struct factors {
    int base[2 * BASES], power[2 * BASES];
    int count;
};

static void add_split(struct factors *factors, int base, int power)
{
    bool is_split = power > 1 && below(3) == 0;
    factors->base[factors->count] = base;
    factors->power[factors->count++] = is_split ? power - 1 : power;
    if (!is_split)
        return;
    factors->base[factors->count] = base;
    factors->power[factors->count++] = 1;
}

static void shuffle(struct factors *factors)
{
    for (int i = factors->count - 1; i > 0; i--) {
        int j = (int)below((uint32_t)i + 1), base = factors->base[i], power = factors->power[i];
        factors->base[i] = factors->base[j];
        factors->power[i] = factors->power[j];
        factors->base[j] = base;
        factors->power[j] = power;
    }
}

/* Divisors are written behind `/`, in brackets, or as negative powers of what is multiplied. */
static struct text random_writing(struct arena *arena, const struct powers *powers)
{
    struct factors over = {.count = 0}, under = {.count = 0};
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    for (int i = 0; i < BASES; i++) {
        int power = powers->of[i];
        if (power > 0)
            add_split(&over, i, power);
        if (power < 0 && below(4))
            add_split(&under, i, -power);
        else if (power < 0)
            add_split(&over, i, power);
    }
    shuffle(&over);
    shuffle(&under);
    for (int i = 0; i < over.count; i++) {
        if (i)
            text_append_literal(&builder, random_times());
        append_factor(&builder, over.base[i], over.power[i]);
    }
    if (over.count == 0)
        text_append_byte(&builder, '1');
    bool is_bracketed = under.count > 0 && below(2);
    for (int i = 0; i < under.count; i++) {
        text_append_literal(&builder, i && is_bracketed ? random_times() : is_bracketed ? "/(" : "/");
        append_factor(&builder, under.base[i], under.power[i]);
    }
    if (is_bracketed)
        text_append_byte(&builder, ')');
    return text_builder_text(&builder);
}

static struct text canonical(struct arena *arena, struct text written)
{
    struct unit unit;
    const char *problem;
    if (!unit_text_check(written, &unit, &problem))
        fail_msg("'%.*s': %s", TEXT_ARGUMENTS(written), problem);
    return unit_text_of(arena, &unit);
}

/* ---- One unit, one text ---- */

static void every_writing_has_the_same_canonical_text(void **ignored)
{
    (void)ignored;
    struct arena arena;
    arena_init(&arena, NULL);
    for (int round = 0; round < 4000; round++) {
        struct arena_mark mark = arena_mark(&arena);
        struct powers first = random_powers(), second = random_powers();
        if (is_none(&first) || is_none(&second))
            continue;
        struct text text = random_writing(&arena, &first), again = random_writing(&arena, &first);
        struct text left = canonical(&arena, text), right = canonical(&arena, again);
        if (!text_equals(left, right))
            fail_msg("%.*s is %.*s, %.*s is %.*s", TEXT_ARGUMENTS(text), TEXT_ARGUMENTS(left),
                     TEXT_ARGUMENTS(again), TEXT_ARGUMENTS(right));
        struct text other = canonical(&arena, random_writing(&arena, &second));
        assert_int_equal(text_equals(left, other), is_same(&first, &second));
        assert_true(text_equals(canonical(&arena, left), left));
        struct unit unit = unit_of_powers(&first);
        assert_true(unit_fits(unit_of_text(&arena, left), &unit));
        assert_int_equal(unit_fits(unit_of_text(&arena, other), &unit), is_same(&first, &second));
        arena_rewind(&arena, mark);
    }
    arena_free(&arena);
}

static void units_are_a_commutative_group(void **ignored)
{
    (void)ignored;
    struct arena arena;
    arena_init(&arena, NULL);
    const struct unit one = {.count = 0};
    for (int round = 0; round < 4000; round++) {
        struct arena_mark mark = arena_mark(&arena);
        struct powers p[3] = {random_powers(), random_powers(), random_powers()};
        struct unit a = unit_of_powers(&p[0]), b = unit_of_powers(&p[1]), c = unit_of_powers(&p[2]);
        int n = (int)below(7) - 3, m = (int)below(7) - 3;
        const struct unit *ab = unit_product(&arena, &a, &b, 1), *bc = unit_product(&arena, &b, &c, 1);
        assert_true(unit_fits(ab, unit_product(&arena, &b, &a, 1)));
        assert_true(unit_fits(unit_product(&arena, ab, &c, 1), unit_product(&arena, &a, bc, 1)));
        assert_true(unit_fits(unit_product(&arena, &a, &one, 1), &a));
        assert_true(unit_fits(unit_product(&arena, &a, unit_power(&arena, &a, -1), 1), &one));
        assert_true(unit_fits(unit_product(&arena, ab, &b, -1), &a));
        assert_true(unit_fits(unit_product(&arena, unit_power(&arena, &a, n), unit_power(&arena, &a, m), 1),
                              unit_power(&arena, &a, n + m)));
        assert_true(unit_fits(unit_power(&arena, ab, n),
                              unit_product(&arena, unit_power(&arena, &a, n), unit_power(&arena, &b, n), 1)));
        for (int i = 0; i < BASES; i++)
            p[0].of[i] += p[1].of[i];
        struct unit sum = unit_of_powers(&p[0]);
        assert_true(unit_fits(ab, &sum));
        for (int i = 0; i < ab->count; i++)
            assert_true(ab->atoms[i].power != 0);
        arena_rewind(&arena, mark);
    }
    arena_free(&arena);
}

/* ---- Texts that a person would write ---- */

static void assert_canonical(const char *written, const char *wanted)
{
    struct arena arena;
    arena_init(&arena, NULL);
    struct text text = canonical(&arena, text_of(written, TUOYU_NUL_TERMINATED));
    if (!text_is(text, wanted))
        fail_msg("'%s' is '%.*s', not '%s'", written, TEXT_ARGUMENTS(text), wanted);
    arena_free(&arena);
}

static void chinese_and_english_are_the_same(void **ignored)
{
    (void)ignored;
    static const char *const SAME[][2] = {
        {"元/人/月", "CNY/person/month"},
        {"元/月", "CNY/month"},
        {"CNY/month/child", "CNY/child/month"},
        {"元/(人·月)", "CNY/person/month"},
        {"人月", "person*month"},
        {"人·月", "person*month"},
        {"元/人月", "CNY/person/month"},
        {"人天", "person*day"},
        {"人次", "person_time"},
        {"平方米", "m2"},
        {"㎡", "m2"},
        {"m²", "m2"},
        {"m^2", "m2"},
        {"square_metre", "m2"},
        {"m*m", "m2"},
        {"m2*m2", "m^4"},
        {"m2/m", "m"},
        {"m2/child", "m2/child"},
        {"平方米/人", "m2/person"},
        {"月/年", "month/year"},
        {"年^-1·月", "month/year"},
        {"1/月", "1/month"},
        {"日", "day"},
        {"天", "day"},
        {"小时", "hour"},
        {"周岁", "year"},
        {"个月", "month"},
        {"%", "percent"},
        {"百分比", "percent"},
        {"month*CNY", "CNY*month"},
        {"child*CNY/month", "CNY*child/month"},
        {"次/年", "time/year"},
        {"分", "point"},
        {"USD/month", "USD/month"},
        {"1", "1"},
        {"托位", "托位"},
        /* things stay: a pack's entities go before them */ {"自有/月", "自有/month"}};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
        assert_canonical(SAME[i][0], SAME[i][1]);
}

static void what_is_no_unit_says_why(void **ignored)
{
    (void)ignored;
    static const char *const BAD[][2] = {{"元/人·月", "two ways"},
                                         {"a/b*c", "two ways"},
                                         {"", "missing"},
                                         {"/", "missing"},
                                         {"a//b", "missing"},
                                         {"a*", "missing"},
                                         {"*a", "missing"},
                                         {"a/(b", "brackets"},
                                         {"a/b)", "brackets"},
                                         {"(a)/b", "brackets"},
                                         {"a/((b))", "brackets"},
                                         {"a b", "no spaces"},
                                         {" a", "no spaces"},
                                         {"a^0", "power"},
                                         {"a^99999999999999999999", "power"},
                                         {"a^-", "power"},
                                         {"a**2", "power"},
                                         {"2a", "numbers"},
                                         {"1000*人", "numbers"},
                                         {"a.b", "letters"},
                                         {"a-b", "letters"},
                                         {"a，b", "letters"},
                                         {"\xff", "letters"},
                                         {"if", "letters"},
                                         {"%/月", "percent stands alone"},
                                         {"%^2", "percent stands alone"},
                                         {"a/a", "nothing is left"},
                                         {"1*a", "numbers"},
                                         {"月/个月", "nothing is left"},
                                         {"万元", "10000"},
                                         {"元/千人", "1000"},
                                         {"‰", "percent"},
                                         {"元每人", "/"},
                                         {"a*b*c*d*e*f*g", "six names"},
                                         {"a^9*a", "power"}};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct unit unit;
        const char *problem = NULL;
        bool is_unit = unit_text_check(text_of(BAD[i][0], TUOYU_NUL_TERMINATED), &unit, &problem);
        if (is_unit || !problem || !strstr(problem, BAD[i][1]))
            fail_msg("'%s': %s", BAD[i][0], problem ? problem : "a unit");
    }
}

/* A long text is refused before it is read, and a long product as soon as it has too many names. */
static void long_texts_are_bounded(void **ignored)
{
    (void)ignored;
    static char text[70000];
    struct unit unit;
    const char *problem;
    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = i % 2 ? '*' : 'a';
    assert_false(unit_text_check((struct text){text, sizeof text - 2}, &unit, &problem));
    assert_false(unit_text_read((struct text){text, sizeof text - 2}, &unit, &problem));
    memset(text, '(', sizeof text - 1);
    assert_false(unit_text_read((struct text){text, sizeof text - 1}, &unit, &problem));
    memset(text, 'a', UNIT_TEXT_MOST);
    assert_true(unit_text_check((struct text){text, UNIT_TEXT_MOST}, &unit, &problem));
    assert_false(unit_text_check((struct text){text, UNIT_TEXT_MOST + 1}, &unit, &problem));
}

/* ---- The table ---- */

static void assert_means(const struct known_unit *unit, struct text name)
{
    const struct known_unit *found = known_unit_find(name);
    if (found != unit)
        fail_msg("'%.*s' does not stand for the row that has it", TEXT_ARGUMENTS(name));
}

static void every_name_has_one_meaning(void **ignored)
{
    (void)ignored;
    for (size_t i = 0; KNOWN_UNITS[i].zh; i++) {
        const struct known_unit *unit = &KNOWN_UNITS[i];
        char counted[64];
        snprintf(counted, sizeof counted, "%s%s", unit->counter, unit->zh);
        if (unit->name)
            assert_means(unit, text_of(unit->name, TUOYU_NUL_TERMINATED));
        assert_means(unit, text_of(unit->zh, TUOYU_NUL_TERMINATED));
        if (!strchr(unit->en, ' ') && strcmp(unit->en, "m²") != 0)
            assert_means(unit, text_of(unit->en, TUOYU_NUL_TERMINATED));
        assert_means(unit, text_of(counted, TUOYU_NUL_TERMINATED));
        for (size_t j = 0; j < UNIT_OTHERS && unit->others[j]; j++)
            assert_means(unit, text_of(unit->others[j], TUOYU_NUL_TERMINATED));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(unit->zh, KNOWN_UNITS[j].zh);
    }
    assert_null(known_unit_find(TEXT("")));
    assert_null(known_unit_find(TEXT("mouth")));
}

static void near_names_are_offered(void **ignored)
{
    (void)ignored;
    static const struct {
        const char *name, *nearest;
        bool by_case;
    } CASES[] = {{"mouth", "month", false},
                 {"moths", "months", false},
                 {"chlid", "child", false},
                 {"squaremetre", "square_metre", false},
                 {"cny", "CNY", true},
                 {"Month", "month", true},
                 {"PERCENT", "percent", true},
                 {"M2", "m2", true},
                 {"a", "", false},
                 {"driver", "", false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        bool by_case;
        struct text nearest = known_unit_nearest(text_of(CASES[i].name, TUOYU_NUL_TERMINATED), &by_case);
        if (!text_is(nearest, CASES[i].nearest) || by_case != CASES[i].by_case)
            fail_msg("%s: %.*s", CASES[i].name, TEXT_ARGUMENTS(nearest));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_writing_has_the_same_canonical_text),
                                       cmocka_unit_test(units_are_a_commutative_group),
                                       cmocka_unit_test(chinese_and_english_are_the_same),
                                       cmocka_unit_test(what_is_no_unit_says_why),
                                       cmocka_unit_test(long_texts_are_bounded),
                                       cmocka_unit_test(every_name_has_one_meaning),
                                       cmocka_unit_test(near_names_are_offered)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
