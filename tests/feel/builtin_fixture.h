/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates expressions for the tests of built-ins: `unknown` is a fact that was not given, `unset` a
 * parameter without a value, now() is 2026-03-01T08:30:00 and today() its date. */
#ifndef TUOYU_TESTS_BUILTIN_FIXTURE_H
#define TUOYU_TESTS_BUILTIN_FIXTURE_H

#include "../cmocka_all.h"
#include "base/messages.h"

#include <string.h>

#include "feel/builtin.h"
#include "feel/expression.h"

static const struct cause FIXTURE_CAUSES[] = {
    {.kind = CAUSE_FACT, .code = TUOYU_ERROR_FACT_MISSING, .name = {"unknown", 7}},
    {.kind = CAUSE_PARAMETER, .code = TUOYU_ERROR_PARAMETER_UNSET, .name = {"unset", 5}}};

static struct value fixture_resolve(void *context, uint32_t slot)
{
    (void)context;
    return value_null(&FIXTURE_CAUSES[slot]);
}

/* The first overload of the name, or NULL. */
static inline const struct builtin *builtin_find(struct text name)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++)
        if (text_equals(name, text_of(BUILTINS[i].name, TUOYU_NUL_TERMINATED)))
            return &BUILTINS[i];
    return NULL;
}

struct fixture {
    struct arena arena;
    struct environment environment;
    struct value today, now;
    struct date_time now_parts;
};

static void fixture_open(struct fixture *fixture, enum evaluation_mode mode)
{
    arena_init(&fixture->arena, NULL);
    environment_init(&fixture->environment, &fixture->arena);
    assert_int_equal(date_time_parse(TEXT("2026-03-01T08:30:00"), &fixture->now_parts), TUOYU_OK);
    fixture->today = value_date(fixture->now_parts.date);
    fixture->now = (struct value){.kind = VALUE_DATE_TIME, .as.date_time = &fixture->now_parts};
    fixture->environment.mode = mode;
    fixture->environment.resolve = fixture_resolve;
    fixture->environment.today = &fixture->today;
    fixture->environment.now = &fixture->now;
}

static void fixture_close(struct fixture *fixture)
{
    arena_free(&fixture->arena);
}

static struct value fixture_evaluate(struct fixture *fixture, struct text text)
{
    struct map names;
    struct symbol_table symbols;
    struct parse_options options = {.input_slot = UINT32_MAX};
    struct expression *expression = ARENA_NEW(&fixture->arena, struct expression);
    assert_non_null(expression);
    map_init(&names, &fixture->arena);
    assert_true(map_put(&names, TEXT("unknown"), (void *)(uintptr_t)1) &&
                map_put(&names, TEXT("unset"), (void *)(uintptr_t)2));
    symbol_table_over_map(&symbols, &names);
    tuoyu_status status = expression_parse(&fixture->arena, text, &symbols, &options, expression, NULL);
    if (status != TUOYU_OK)
        fail_msg("%.*s: does not parse (%d)", TEXT_ARGUMENTS(text), (int)status);
    return expression_evaluate(expression, &fixture->environment);
}

/* The value as an expression; with why, where it is null for a reason. */
static inline const char *fixture_show(struct fixture *fixture, struct value value)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &fixture->arena);
    value_format_literal(&builder, value);
    const struct cause *error = cause_first_error(value_cause(value));
    if (error) {
        text_append_literal(&builder, " (");
        message_render(&builder, error->message, LANGUAGE_ENGLISH);
        text_append_byte(&builder, ')');
    }
    assert_false(builder.failed);
    return builder.bytes;
}

/* That both expressions have the same value, no kind of null among it; in either mode. */
static inline void assert_gives(const char *text, const char *expected)
{
    for (int mode = EVALUATE_STANDARD; mode <= EVALUATE_PACK; mode++) {
        struct fixture fixture;
        fixture_open(&fixture, (enum evaluation_mode)mode);
        struct value value = fixture_evaluate(&fixture, text_of(text, TUOYU_NUL_TERMINATED));
        struct value wanted = fixture_evaluate(&fixture, text_of(expected, TUOYU_NUL_TERMINATED));
        if (wanted.kind == VALUE_NULL || value_equals(value, wanted) != TRUTH_TRUE)
            fail_msg("%s: %s, not %s", text, fixture_show(&fixture, value), expected);
        fixture_close(&fixture);
    }
}

/* That the value is null for an error whose message has this part. */
static inline void assert_error(const char *text, const char *part)
{
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_STANDARD);
    struct value value = fixture_evaluate(&fixture, text_of(text, TUOYU_NUL_TERMINATED));
    const struct cause *error = cause_first_error(value_cause(value));
    const char *shown = fixture_show(&fixture, value);
    if (!error || !strstr(shown, part))
        fail_msg("%s: %s, not an error with \"%s\"", text, shown, part);
    fixture_close(&fixture);
}

/* That the value is null without a cause. */
static inline void assert_plain_null(const char *text)
{
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_STANDARD);
    struct value value = fixture_evaluate(&fixture, text_of(text, TUOYU_NUL_TERMINATED));
    if (value.kind != VALUE_NULL || value_cause(value))
        fail_msg("%s: %s, not plain null", text, fixture_show(&fixture, value));
    fixture_close(&fixture);
}

static inline void fixture_note_name(void *data, const struct cause *leaf)
{
    text_append(data, leaf->name);
    text_append_byte(data, ' ');
}

/* That in a pack the value is null for exactly these facts and parameters: `unknown unset `. */
static inline void assert_unknown(const char *text, const char *names)
{
    struct fixture fixture;
    struct text_builder builder;
    fixture_open(&fixture, EVALUATE_PACK);
    text_builder_init_arena(&builder, &fixture.arena);
    text_append_literal(&builder, "");
    struct value value = fixture_evaluate(&fixture, text_of(text, TUOYU_NUL_TERMINATED));
    if (value_cause(value))
        cause_visit(value_cause(value), fixture_note_name, &builder);
    if (value.kind != VALUE_NULL || !builder.bytes || strcmp(builder.bytes, names) != 0)
        fail_msg("%s: %s because of \"%s\", not \"%s\"", text, fixture_show(&fixture, value),
                 builder.bytes ? builder.bytes : "", names);
    fixture_close(&fixture);
}

/* That in a pack the value is this one, although something is unknown. */
static inline void assert_decided(const char *text, const char *expected)
{
    struct fixture fixture;
    fixture_open(&fixture, EVALUATE_PACK);
    const char *shown =
        fixture_show(&fixture, fixture_evaluate(&fixture, text_of(text, TUOYU_NUL_TERMINATED)));
    if (strcmp(shown, expected) != 0)
        fail_msg("%s: %s, not %s", text, shown, expected);
    fixture_close(&fixture);
}

#endif
