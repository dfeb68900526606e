/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins against other ways to the same answer, and under shortage of steps and of memory. */
#include "builtin_fixture.h"
#include "refusing_allocator.h"

/* A generator of our own, so that a failure can be repeated. */
static uint32_t next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static struct value call(struct fixture *fixture, const char *name, const struct value *arguments,
                         size_t count)
{
    static const struct node NODE = {.kind = NODE_CALL_BUILTIN};
    static const struct expression EXPRESSION = {.text = {"", 0}, .root = &NODE};
    const struct builtin *builtin =
        builtin_with_count(builtin_find(text_of(name, TUOYU_NUL_TERMINATED)), count);
    assert_non_null(builtin);
    environment_allow_steps(&fixture->environment, 1000000);
    return builtin_invoke(builtin, false, &fixture->environment, &EXPRESSION, &NODE, arguments, count);
}

static struct value list_of(struct fixture *fixture, const struct value *items, size_t count)
{
    struct list *list = ARENA_NEW(&fixture->arena, struct list);
    assert_non_null(list);
    *list = (struct list){.count = count, .items = items};
    return (struct value){.kind = VALUE_LIST, .as.list = list};
}

/* ---- Ranges, seen as sets of points: halves stand for what lies between two whole numbers ---- */

enum { WHOLE_NUMBERS = 4, POINTS = 2 * WHOLE_NUMBERS + 1 }; /* 0, 0.5, 1, … 4 */

struct set {
    struct range range;
    bool has[POINTS];
    int first, last;
};

static struct set set_of(int low, int high, bool low_included, bool high_included)
{
    struct set set = {.range = {value_integer(low), value_integer(high), low_included, high_included},
                      .first = POINTS};
    for (int i = 2 * low; i <= 2 * high; i++) {
        set.has[i] = (i > 2 * low || low_included) && (i < 2 * high || high_included);
        if (set.has[i] && set.first == POINTS)
            set.first = i;
        if (set.has[i])
            set.last = i;
    }
    return set;
}

static bool common(const struct set *a, const struct set *b)
{
    for (int i = 0; i < POINTS; i++)
        if (a->has[i] && b->has[i])
            return true;
    return false;
}

static bool contains(const struct set *a, const struct set *b)
{
    for (int i = 0; i < POINTS; i++)
        if (b->has[i] && !a->has[i])
            return false;
    return true;
}

/* Points are dense, so that the last half before an open end stands for all that come as near as one likes.
 */
static bool expected_relation(const char *name, const struct set *a, const struct set *b)
{
    if (strcmp(name, "before") == 0)
        return a->last < b->first;
    if (strcmp(name, "after") == 0)
        return b->last < a->first;
    if (strcmp(name, "meets") == 0)
        return a->last == b->first && a->last % 2 == 0;
    if (strcmp(name, "met by") == 0)
        return b->last == a->first && a->first % 2 == 0;
    if (strcmp(name, "overlaps") == 0)
        return common(a, b);
    if (strcmp(name, "overlaps before") == 0)
        return common(a, b) && a->first < b->first && a->last <= b->last;
    if (strcmp(name, "overlaps after") == 0)
        return common(a, b) && b->first < a->first && b->last <= a->last;
    if (strcmp(name, "finishes") == 0)
        return contains(b, a) && a->last == b->last;
    if (strcmp(name, "finished by") == 0)
        return contains(a, b) && a->last == b->last;
    if (strcmp(name, "includes") == 0)
        return contains(a, b);
    if (strcmp(name, "during") == 0)
        return contains(b, a);
    if (strcmp(name, "starts") == 0)
        return contains(b, a) && a->first == b->first;
    if (strcmp(name, "started by") == 0)
        return contains(a, b) && a->first == b->first;
    assert_string_equal(name, "coincides");
    return contains(a, b) && contains(b, a);
}

static size_t all_sets(struct set *sets)
{
    size_t count = 0;
    for (int low = 0; low <= WHOLE_NUMBERS; low++)
        for (int high = low; high <= WHOLE_NUMBERS; high++)
            for (int ends = 0; ends < 4; ends++)
                if (high > low || ends == 3)
                    sets[count++] = set_of(low, high, ends & 1, ends & 2);
    return count;
}

static void relations_of_ranges_are_those_of_sets(void **state)
{
    (void)state;
    static const char *const NAMES[] = {
        "before",   "after",       "meets",    "met by", "overlaps", "overlaps before", "overlaps after",
        "finishes", "finished by", "includes", "during", "starts",   "started by",      "coincides"};
    struct set sets[64];
    size_t count = all_sets(sets);
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_PACK);
    for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count; j++) {
                struct value arguments[] = {{.kind = VALUE_RANGE, .as.range = &sets[i].range},
                                            {.kind = VALUE_RANGE, .as.range = &sets[j].range}};
                struct value answer = call(&fixture, NAMES[n], arguments, 2);
                bool expected = expected_relation(NAMES[n], &sets[i], &sets[j]);
                if (answer.kind != VALUE_BOOLEAN || answer.boolean != expected)
                    fail_msg("%s(%s, %s) is not %d", NAMES[n], fixture_show(&fixture, arguments[0]),
                             fixture_show(&fixture, arguments[1]), expected);
            }
    fixture_close(&fixture);
}

static void relations_to_points_are_those_to_ranges_of_one_point(void **state)
{
    (void)state;
    static const char *const POINT_FIRST[] = {"before", "after", "finishes", "during", "starts"};
    static const char *const POINT_LAST[] = {"before", "after", "finished by", "includes", "started by"};
    struct set sets[64];
    size_t count = all_sets(sets);
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_PACK);
    for (int point = 0; point <= WHOLE_NUMBERS; point++) {
        struct set single = set_of(point, point, true, true);
        for (size_t i = 0; i < count; i++) {
            struct value number = value_integer(point),
                         range = {.kind = VALUE_RANGE, .as.range = &sets[i].range};
            for (size_t n = 0; n < 5; n++) {
                struct value point_first = call(&fixture, POINT_FIRST[n], (struct value[]){number, range}, 2);
                struct value point_last = call(&fixture, POINT_LAST[n], (struct value[]){range, number}, 2);
                assert_int_equal(value_is_true(point_first),
                                 expected_relation(POINT_FIRST[n], &single, &sets[i]));
                assert_int_equal(value_is_true(point_last),
                                 expected_relation(POINT_LAST[n], &sets[i], &single));
            }
        }
    }
    fixture_close(&fixture);
}

static void ranges_without_end(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_STANDARD);
    struct range above = {.low = value_integer(5)}, below = {.high = value_integer(5), .high_included = true};
    struct range to_ten = {value_integer(1), value_integer(10), true, true};
    struct value up = {.kind = VALUE_RANGE, .as.range = &above},
                 down = {.kind = VALUE_RANGE, .as.range = &below};
    struct value ten = {.kind = VALUE_RANGE, .as.range = &to_ten};
    assert_true(value_is_true(call(&fixture, "before", (struct value[]){down, up}, 2)));
    assert_true(value_is_true(call(&fixture, "includes", (struct value[]){up, value_integer(999)}, 2)));
    assert_true(value_is_false(call(&fixture, "includes", (struct value[]){up, value_integer(5)}, 2)));
    assert_true(value_is_true(call(&fixture, "overlaps", (struct value[]){up, ten}, 2)));
    assert_true(value_is_false(call(&fixture, "meets", (struct value[]){down, up}, 2)));
    assert_true(value_is_true(call(&fixture, "coincides", (struct value[]){up, up}, 2)));
    fixture_close(&fixture);
}

/* ---- Lists, against the plain way ---- */

enum { LONGEST = 40, ROUNDS = 300 };

static struct value random_value(uint32_t *seed)
{
    static const char *const TEXTS[] = {"a", "b", "𠮷", ""};
    uint32_t kind = next_random(seed, 4);
    if (kind == 0)
        return value_string(text_of(TEXTS[next_random(seed, 4)], TUOYU_NUL_TERMINATED));
    if (kind == 1)
        return value_date((int64_t)next_random(seed, 5));
    if (kind == 2 && next_random(seed, 3) == 0)
        return VALUE_NOTHING;
    tuoyu_decimal number;
    decimal_divide(decimal_from_integer(next_random(seed, 5) * 10), decimal_from_integer(10), &number);
    return value_number(number);
}

static void distinct_values_are_the_first_of_each(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < ROUNDS; round++) {
        struct fixture fixture;
        struct value items[LONGEST];
        size_t count = next_random(&seed, LONGEST), kept = 0;
        fixture_open(&fixture, EVALUATE_STANDARD);
        for (size_t i = 0; i < count; i++)
            items[i] = random_value(&seed);
        struct value list = list_of(&fixture, items, count);
        struct value distinct = call(&fixture, "distinct values", &list, 1);
        assert_int_equal(distinct.kind, VALUE_LIST);
        for (size_t i = 0; i < count; i++) {
            bool is_new = true;
            for (size_t j = 0; j < i; j++)
                is_new &= value_equals(items[j], items[i]) != TRUTH_TRUE;
            if (!is_new)
                continue;
            assert_true(kept < distinct.as.list->count);
            assert_int_equal(value_equals(distinct.as.list->items[kept++], items[i]), TRUTH_TRUE);
        }
        assert_int_equal(distinct.as.list->count, kept);
        fixture_close(&fixture);
    }
}

static void numbers_in_order(struct fixture *fixture, uint32_t *seed)
{
    struct value items[LONGEST];
    int64_t sorted[LONGEST], total = 0;
    size_t count = 1 + next_random(seed, LONGEST - 1);
    for (size_t i = 0; i < count; i++) {
        int64_t number = (int64_t)next_random(seed, 9) - 4;
        size_t at = i;
        for (; at > 0 && sorted[at - 1] > number; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = number;
        items[i] = value_integer(number);
        total += number;
    }
    struct value list = list_of(fixture, items, count);
    assert_int_equal(value_equals(call(fixture, "sum", &list, 1), value_integer(total)), TRUTH_TRUE);
    assert_int_equal(value_equals(call(fixture, "min", &list, 1), value_integer(sorted[0])), TRUTH_TRUE);
    assert_int_equal(value_equals(call(fixture, "max", &list, 1), value_integer(sorted[count - 1])),
                     TRUTH_TRUE);
    struct value median = call(fixture, "median", &list, 1);
    tuoyu_decimal twice;
    assert_int_equal(decimal_add(median.as.number, median.as.number, &twice), TUOYU_OK);
    assert_int_equal(
        decimal_compare(twice, decimal_from_integer(sorted[count / 2] + sorted[(count - 1) / 2])), 0);
    const struct list *mode = call(fixture, "mode", &list, 1).as.list;
    size_t most = 0, modes = 0;
    for (int64_t number = -4; number <= 4; number++) {
        size_t times = 0;
        for (size_t i = 0; i < count; i++)
            times += sorted[i] == number;
        modes = times > most ? 1 : modes + (times == most && times > 0);
        most = times > most ? times : most;
    }
    assert_int_equal(mode->count, modes);
    for (size_t i = 1; i < mode->count; i++)
        assert_true(decimal_compare(mode->items[i - 1].as.number, mode->items[i].as.number) < 0);
}

static void aggregates_agree_with_integers(void **state)
{
    (void)state;
    uint32_t seed = 2;
    for (int round = 0; round < ROUNDS; round++) {
        struct fixture fixture;
        fixture_open(&fixture, EVALUATE_PACK);
        numbers_in_order(&fixture, &seed);
        fixture_close(&fixture);
    }
}

/* ---- Rounding, against integers ---- */

/* Hundredths to a multiple of step hundredths. */
static int64_t rounded(int64_t number, int64_t step, const char *mode)
{
    int64_t below = number >= 0 ? number / step * step : -((-number + step - 1) / step * step),
            above = below + step;
    if (below == number)
        return number;
    int64_t nearer = 2 * (number - below) - step; /* negative: below is nearer */
    bool is_up = strcmp(mode, "ceiling") == 0 || (strcmp(mode, "up") == 0 && number > 0) ||
                 (strcmp(mode, "down") == 0 && number < 0);
    if (strncmp(mode, "half", 4) == 0) {
        is_up = nearer > 0;
        if (nearer == 0 && strcmp(mode, "half up") == 0)
            is_up = number > 0;
        if (nearer == 0 && strcmp(mode, "half down") == 0)
            is_up = number < 0;
        if (nearer == 0 && strcmp(mode, "half even") == 0)
            is_up = below / step % 2 != 0;
    }
    return is_up ? above : below;
}

static void rounding_agrees_with_integers(void **state)
{
    (void)state;
    static const struct {
        const char *mode, *standard;
    } MODES[] = {{"half up", "round half up"}, {"half down", "round half down"}, {"half even", "decimal"},
                 {"up", "round up"},           {"down", "round down"},           {"floor", "floor"},
                 {"ceiling", "ceiling"}};
    static const int64_t STEPS[] = {1, 5, 10, 25, 50, 100, 500};
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_PACK);
    for (int64_t hundredths = -1100; hundredths <= 1100; hundredths++)
        for (size_t m = 0; m < sizeof MODES / sizeof *MODES; m++) {
            tuoyu_decimal number, step, hundred = decimal_from_integer(100), back;
            decimal_divide(decimal_from_integer(hundredths), hundred, &number);
            for (size_t s = 0; s < sizeof STEPS / sizeof *STEPS; s++) {
                decimal_divide(decimal_from_integer(STEPS[s]), hundred, &step);
                struct value result =
                    call(&fixture, "round to",
                         (struct value[]){value_number(number), value_number(step),
                                          value_string(text_of(MODES[m].mode, TUOYU_NUL_TERMINATED))},
                         3);
                decimal_multiply(result.as.number, hundred, &back);
                assert_int_equal(
                    decimal_compare(back, decimal_from_integer(rounded(hundredths, STEPS[s], MODES[m].mode))),
                    0);
            }
            struct value result = call(&fixture, MODES[m].standard,
                                       (struct value[]){value_number(number), value_integer(1)}, 2);
            decimal_multiply(result.as.number, hundred, &back);
            assert_int_equal(
                decimal_compare(back, decimal_from_integer(rounded(hundredths, 10, MODES[m].mode))), 0);
        }
    fixture_close(&fixture);
}

/* ---- Substrings, against arrays of characters ---- */

static void substrings_count_characters(void **state)
{
    (void)state;
    static const char *const CHARACTERS[] = {"a", "é", "托", "𠮷"};
    uint32_t seed = 3;
    for (int round = 0; round < ROUNDS; round++) {
        struct fixture fixture;
        fixture_open(&fixture, EVALUATE_STANDARD);
        struct text_builder whole, part;
        text_builder_init_arena(&whole, &fixture.arena);
        text_builder_init_arena(&part, &fixture.arena);
        size_t count = 1 + next_random(&seed, 12), start = next_random(&seed, (uint32_t)count),
               length = next_random(&seed, 12);
        text_append_literal(&part, "");
        for (size_t i = 0; i < count; i++) {
            const char *character = CHARACTERS[next_random(&seed, 4)];
            text_append_literal(&whole, character);
            if (i >= start && i < start + length)
                text_append_literal(&part, character);
        }
        int64_t position = next_random(&seed, 2) ? (int64_t)start + 1 : (int64_t)start - (int64_t)count;
        struct value arguments[] = {value_string(text_builder_text(&whole)), value_integer(position),
                                    value_integer((int64_t)length)};
        struct value result = call(&fixture, "substring", arguments, 3);
        assert_true(text_equals(result.as.string, text_builder_text(&part)));
        struct value counted = call(&fixture, "string length", arguments, 1);
        assert_int_equal(value_equals(counted, value_integer((int64_t)count)), TRUTH_TRUE);
        fixture_close(&fixture);
    }
}

/* ---- Limits ---- */

static void assert_limit(struct value value)
{
    const struct cause *error = cause_first_error(value_cause(value));
    assert_non_null(error);
    assert_int_equal(error->code, TUOYU_ERROR_LIMIT);
}

static void work_is_bounded(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_STANDARD);
    struct value *items = ARENA_ARRAY(&fixture.arena, struct value, MANY);
    struct text long_text = {.bytes = ARENA_ARRAY(&fixture.arena, char, 65536), .length = 65536};
    assert_true(items && long_text.bytes);
    memset((char *)(uintptr_t)long_text.bytes, 'a', long_text.length);

    /* Times of day share a hash: each has to be compared with all before. */
    for (size_t i = 0; i < MANY; i++) {
        struct clock_time *time = ARENA_NEW(&fixture.arena, struct clock_time);
        assert_non_null(time);
        *time = (struct clock_time){
            .hour = (int32_t)(i / 3600 % 24), .minute = (int32_t)(i / 60 % 60), .second = (int32_t)(i % 60)};
        items[i] = (struct value){.kind = VALUE_TIME, .as.time = time};
    }
    assert_limit(call(&fixture, "distinct values", (struct value[]){list_of(&fixture, items, MANY)}, 1));

    /* Numbers do not. */
    for (size_t i = 0; i < MANY; i++)
        items[i] = value_integer((int64_t)i);
    struct value distinct =
        call(&fixture, "distinct values", (struct value[]){list_of(&fixture, items, MANY)}, 1);
    assert_int_equal(distinct.as.list->count, MANY);

    fixture.environment.list_limit = 60000;
    struct value list = list_of(&fixture, items, MANY);
    assert_limit(call(&fixture, "concatenate", (struct value[]){list, list}, 2));

    /* A list that holds itself twice over, thirty times, has a thousand million places. */
    struct value nested = list_of(&fixture, NULL, 0);
    for (int i = 0; i < 30; i++) {
        struct value *pair = ARENA_ARRAY(&fixture.arena, struct value, 2);
        assert_non_null(pair);
        pair[0] = pair[1] = nested;
        nested = list_of(&fixture, pair, 2);
    }
    assert_limit(call(&fixture, "flatten", &nested, 1));

    for (size_t i = 0; i < MANY; i++)
        items[i] = value_string(long_text);
    assert_limit(call(&fixture, "string join", (struct value[]){list}, 1));
    struct value text = value_string(long_text);
    assert_limit(call(&fixture, "matches", (struct value[]){text, value_string(TEXT("a"))}, 2));
    text.as.string.length = 10000;
    assert_limit(call(&fixture, "replace", (struct value[]){text, value_string(TEXT("a")), text}, 3));
    assert_limit(call(&fixture, "split", (struct value[]){text, value_string(TEXT("(a+)+b|a"))}, 2));
    assert_limit(call(&fixture, "matches", (struct value[]){text, value_string(TEXT("(a|aa)+$[bc]"))}, 2));
    struct value long_enough =
        call(&fixture, "matches", (struct value[]){text, value_string(TEXT("[^x]*[xy]"))}, 2);
    assert_true(value_is_false(long_enough));
    struct value parts =
        call(&fixture, "split",
             (struct value[]){value_string(text_slice(long_text, 0, 5000)), value_string(TEXT("a"))}, 2);
    assert_int_equal(parts.as.list->count, 5001);
    fixture_close(&fixture);
}

/* ---- Memory ---- */

/* true when it went through without a refusal. */
static bool survives(const char *text, size_t refused_from)
{
    struct ledger ledger = {.refused_from = refused_from};
    tuoyu_allocator allocator = refusing_allocator(&ledger);
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_PACK);
    arena_free(&fixture.arena);
    arena_init(&fixture.arena, &allocator);
    struct symbol_table none = {.find = NULL};
    struct parse_options options = {.input_slot = UINT32_MAX};
    struct expression expression;
    tuoyu_status status = expression_parse(&fixture.arena, text_of(text, TUOYU_NUL_TERMINATED), &none,
                                           &options, &expression, NULL);
    if (status == TUOYU_OK) {
        struct value value = expression_evaluate(&expression, &fixture.environment);
        const struct cause *error = cause_first_error(value_cause(value));
        bool is_told = error && error->code == TUOYU_ERROR_NO_MEMORY;
        if (!value_is_true(value) && !is_told && !fixture.arena.failed)
            fail_msg("%s: neither true nor out of memory", text);
    } else {
        assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
    }
    fixture_close(&fixture);
    assert_int_equal(ledger.bytes, 0);
    return ledger.calls < refused_from;
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        size_t refused_from = 1;
        while (!survives(BUILTINS[i].example, refused_from))
            if (++refused_from > 200)
                fail_msg("%s: 200 allocations", BUILTINS[i].example);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations_of_ranges_are_those_of_sets),
        cmocka_unit_test(relations_to_points_are_those_to_ranges_of_one_point),
        cmocka_unit_test(ranges_without_end),
        cmocka_unit_test(distinct_values_are_the_first_of_each),
        cmocka_unit_test(aggregates_agree_with_integers),
        cmocka_unit_test(rounding_agrees_with_integers),
        cmocka_unit_test(substrings_count_characters),
        cmocka_unit_test(work_is_bounded),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
