/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tables of cases, one a line; see cases/README.md for the form. Ends with `N passed, N failed`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "feel/expression.h"
#include "value/date_time.h"

/* ---- The names that cases may use ---- */

static const struct name_and_value {
    const char *name, *value;
} NAMES[] = {{"月龄", "20"},
             {"户籍", "\"本区\""},
             {"费用", "5000"},
             {"上限", "3000"},
             {"child.birth_date", "@\"2023-02-28\""},
             {"child.name", "\"𠮷田\""},
             {"Full Name", "\"Bob\""},
             {"a-b", "7"},
             {"a", "10"},
             {"b", "4"},
             {"yes", "true"},
             {"no", "false"},
             {"nothing", "null"},
             {"numbers", "[3, 1, 2]"},
             {"loan", "{principal: 100, interest rate: 0.5}"},
             {"rows", "[{name: \"x\", size: 1}, {name: \"y\", size: 2}, {name: \"z\", size: 3}]"},
             {"é", "\"composed\""},
             {"未知", NULL},
             {"未定", NULL}};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

struct runner {
    struct arena names_arena, arena;
    struct map map;
    struct symbol_table symbols;
    struct value values[NAME_COUNT];
    struct cause missing[NAME_COUNT];
    size_t passed, failed;
};

static struct value resolve(void *context, uint32_t slot)
{
    const struct runner *runner = context;
    return runner->values[slot];
}

/* ---- One line ---- */

struct outcome {
    tuoyu_status status;
    struct value value;
    tuoyu_diagnostics *diagnostics;
};

static struct outcome evaluate(struct runner *runner, struct text text, enum evaluation_mode mode,
                               const struct value *input)
{
    struct outcome outcome = {.value = VALUE_NOTHING};
    struct source source;
    struct expression expression;
    struct environment environment;
    static const struct value NOW = {.kind = VALUE_NULL};
    struct value today = value_date(20000);
    source_init(&source, &runner->arena, TEXT("case"), text);
    struct parse_options options = {
        .where = {&source, 0, (uint32_t)text.length}, .is_verbatim = true, .is_unary_tests = input != NULL};
    tuoyu_diagnostics_new(NULL, &outcome.diagnostics);
    outcome.status =
        expression_parse(&runner->arena, text, &runner->symbols, &options, &expression, outcome.diagnostics);
    if (outcome.status != TUOYU_OK)
        return outcome;
    environment_init(&environment, &runner->arena);
    environment.mode = mode;
    environment.resolve = resolve;
    environment.context = runner;
    environment.today = &today;
    environment.now = &NOW;
    if (input)
        environment.input = *input;
    outcome.value = expression_evaluate(&expression, &environment);
    return outcome;
}

static struct text shown(struct runner *runner, struct value value)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &runner->arena);
    value_format_literal(&builder, value);
    const struct cause *cause = value_cause(value);
    if (cause) {
        const struct cause *error = cause_first_error(cause);
        text_append_literal(&builder, error ? ": " : ": unknown");
        if (error)
            message_render(&builder, error->message, LANGUAGE_ENGLISH);
    }
    return text_builder_text(&builder);
}

struct unknown_names {
    struct text_builder builder;
};

static void add_unknown(void *data, const struct cause *leaf)
{
    struct unknown_names *names = data;
    if (leaf->kind == CAUSE_ERROR)
        return;
    if (names->builder.length)
        text_append_byte(&names->builder, ' ');
    text_append(&names->builder, leaf->name);
}

static bool contains(struct text text, struct text part)
{
    for (size_t i = 0; i + part.length <= text.length; i++)
        if (text_equals(text_slice(text, i, i + part.length), part))
            return true;
    return part.length == 0;
}

/* `error: CODE message`, `null: message`, `unknown: names`, or an expression. */
static bool is_expected(struct runner *runner, const struct outcome *outcome, struct text expected)
{
    struct value value = outcome->value;
    if (text_starts_with(expected, TEXT("error: "))) {
        tuoyu_diagnostic first;
        if (outcome->status == TUOYU_OK || tuoyu_diagnostics_get(outcome->diagnostics, 0, &first) != TUOYU_OK)
            return false;
        struct text code =
            text_of(tuoyu_status_name(outcome->status) + strlen("TUOYU_ERROR_"), TUOYU_NUL_TERMINATED);
        struct text rest = text_slice(expected, strlen("error: "), expected.length);
        if (!text_starts_with(rest, code))
            return false;
        return contains(text_format(&runner->arena, "%s (%s)", first.message, first.hint),
                        text_trim(text_slice(rest, code.length, rest.length)));
    }
    if (outcome->status != TUOYU_OK)
        return false;
    if (text_starts_with(expected, TEXT("null: "))) {
        const struct cause *error = cause_first_error(value_cause(value));
        struct text_builder words;
        text_builder_init_arena(&words, &runner->arena);
        message_render(&words, error ? error->message : TEXT(""), LANGUAGE_ENGLISH);
        return error &&
               contains(text_builder_text(&words), text_slice(expected, strlen("null: "), expected.length));
    }
    if (text_starts_with(expected, TEXT("unknown: "))) {
        struct unknown_names names;
        text_builder_init_arena(&names.builder, &runner->arena);
        cause_visit(value_cause(value), add_unknown, &names);
        return value.kind == VALUE_NULL &&
               text_equals(text_builder_text(&names.builder),
                           text_slice(expected, strlen("unknown: "), expected.length));
    }
    struct outcome wanted = evaluate(runner, expected, EVALUATE_STANDARD, NULL);
    bool is_same = wanted.status == TUOYU_OK && value.kind == wanted.value.kind &&
                   (value.kind == VALUE_NULL || value_equals(value, wanted.value) == TRUTH_TRUE);
    tuoyu_diagnostics_free(wanted.diagnostics);
    return is_same;
}

static size_t find(struct text text, struct text part)
{
    for (size_t i = 0; i + part.length <= text.length; i++)
        if (text_equals(text_slice(text, i, i + part.length), part))
            return i;
    return SIZE_MAX;
}

static void run_line(struct runner *runner, const char *path, size_t number, struct text line)
{
    struct arena_mark mark = arena_mark(&runner->arena);
    enum evaluation_mode mode = EVALUATE_STANDARD;
    struct value input = VALUE_NOTHING;
    bool is_test = false;
    size_t arrow = find(line, TEXT(" => "));
    if (text_starts_with(line, TEXT("pack "))) {
        mode = EVALUATE_PACK;
        line = text_slice(line, 5, line.length);
        arrow -= 5;
    }
    if (text_starts_with(line, TEXT("test "))) {
        size_t bar = find(line, TEXT(" | "));
        struct outcome given = evaluate(runner, text_slice(line, 5, bar), mode, NULL);
        input = given.value;
        tuoyu_diagnostics_free(given.diagnostics);
        is_test = true;
        line = text_slice(line, bar + 3, line.length);
        arrow -= bar + 3;
    }
    struct text expected = text_slice(line, arrow + 4, line.length);
    struct outcome outcome = evaluate(runner, text_slice(line, 0, arrow), mode, is_test ? &input : NULL);
    if (is_expected(runner, &outcome, expected)) {
        runner->passed++;
    } else {
        runner->failed++;
        struct text got = shown(runner, outcome.value);
        tuoyu_text *told = NULL;
        tuoyu_diagnostics_to_text(outcome.diagnostics, &told);
        printf("%s:%zu: %.*s\n  got %s%.*s\n%s", path, number, TEXT_ARGUMENTS(line),
               outcome.status == TUOYU_OK ? "" : tuoyu_status_name(outcome.status), TEXT_ARGUMENTS(got),
               tuoyu_text_bytes(told));
        tuoyu_text_free(told);
    }
    tuoyu_diagnostics_free(outcome.diagnostics);
    arena_rewind(&runner->arena, mark);
}

/* ---- Files ---- */

static bool run_file(struct runner *runner, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return fprintf(stderr, "%s cannot be read\n", path), false;
    char line[4096];
    for (size_t number = 1; fgets(line, sizeof line, file); number++) {
        struct text text = text_trim(text_of(line, TUOYU_NUL_TERMINATED));
        if (text.length == 0 || text.bytes[0] == '#')
            continue;
        if (find(text, TEXT(" => ")) == SIZE_MAX) {
            printf("%s:%zu: no ` => `\n", path, number);
            runner->failed++;
        } else {
            run_line(runner, path, number, text);
        }
    }
    fclose(file);
    return true;
}

static void declare_names(struct runner *runner)
{
    map_init(&runner->map, &runner->names_arena);
    symbol_table_over_map(&runner->symbols, &runner->map);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        struct text name = text_of(NAMES[i].name, TUOYU_NUL_TERMINATED);
        runner->missing[i] =
            (struct cause){.kind = CAUSE_FACT, .code = TUOYU_ERROR_FACT_MISSING, .name = name};
        runner->values[i] = value_null(&runner->missing[i]);
        if (NAMES[i].value) {
            struct outcome outcome =
                evaluate(runner, text_of(NAMES[i].value, TUOYU_NUL_TERMINATED), EVALUATE_STANDARD, NULL);
            runner->values[i] = outcome.value;
            tuoyu_diagnostics_free(outcome.diagnostics);
        }
        map_put(&runner->map, name, (void *)(uintptr_t)(i + 1));
    }
}

int main(int argc, char **argv)
{
    struct runner runner = {.passed = 0};
    arena_init(&runner.names_arena, NULL);
    arena_init(&runner.arena, NULL);
    declare_names(&runner);
    bool is_read = argc > 1;
    for (int i = 1; i < argc; i++)
        is_read = run_file(&runner, argv[i]) && is_read;
    arena_free(&runner.arena);
    arena_free(&runner.names_arena);
    printf("%zu passed, %zu failed\n", runner.passed, runner.failed);
    return is_read && runner.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
