/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an expression: parsed and evaluated as the standard has it and as packs do, as the tests of a
 * decision table's cell, and over the public interface, where the result as a literal must be the result
 * again. */
#include <string.h>

#include <tuoyu/feel.h>

#include "feel/expression.h"

enum { STEPS = 20000, LIST_ITEMS = 2000, LONGEST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- The interpreter ---- */

static const char *const NAMES[] = {"a", "b", "月龄", "child.birth_date", "Full Name", "a-b", "rows", "未知"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

struct names {
    struct value values[NAME_COUNT];
    struct cause missing;
};

static struct value resolve(void *context, uint32_t slot)
{
    return ((const struct names *)context)->values[slot];
}

static struct list numbers_of(struct value items[3])
{
    for (int i = 0; i < 3; i++)
        items[i] = value_integer(i + 1);
    return (struct list){.count = 3, .items = items};
}

static void interpret(struct text text, bool is_unary_tests, enum evaluation_mode mode)
{
    struct arena arena, names_arena;
    struct map map;
    struct symbol_table symbols;
    struct expression expression;
    struct environment environment;
    struct value items[3], today = value_date(20000);
    struct list list = numbers_of(items);
    struct names names = {
        .missing = {.kind = CAUSE_FACT, .code = TUOYU_ERROR_FACT_MISSING, .name = TEXT("未知")}};
    struct value values[NAME_COUNT] = {value_integer(10),
                                       value_integer(4),
                                       value_integer(20),
                                       value_date(19000),
                                       value_string(TEXT("𠮷田")),
                                       value_integer(7),
                                       {.kind = VALUE_LIST, .as.list = &list},
                                       value_null(&names.missing)};
    memcpy(names.values, values, sizeof values);
    arena_init(&arena, NULL);
    arena_init(&names_arena, NULL);
    map_init(&map, &names_arena);
    symbol_table_over_map(&symbols, &map);
    for (size_t i = 0; i < NAME_COUNT; i++)
        map_put(&map, text_of(NAMES[i], TUOYU_NUL_TERMINATED), (void *)(uintptr_t)(i + 1));
    struct parse_options options = {.is_unary_tests = is_unary_tests, .input_slot = UINT32_MAX};
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostics_new(NULL, &diagnostics);
    if (expression_parse(&arena, text, &symbols, &options, &expression, diagnostics) == TUOYU_OK) {
        environment_init(&environment, &arena);
        environment.mode = mode;
        environment.resolve = resolve;
        environment.context = &names;
        environment.today = &today;
        environment.input = value_integer(5);
        environment.steps_left = STEPS;
        environment.list_limit = LIST_ITEMS;
        expression_evaluate(&expression, &environment);
    }
    tuoyu_diagnostics_free(diagnostics);
    arena_free(&arena);
    arena_free(&names_arena);
}

/* ---- The public interface ---- */

static tuoyu_value *evaluate(const char *text, size_t length)
{
    tuoyu_limits limits = {.size = sizeof limits, .steps = STEPS, .list_items = LIST_ITEMS};
    tuoyu_expression_options options = {.size = sizeof options, .limits = &limits};
    tuoyu_expression *expression = NULL;
    tuoyu_value *value = NULL;
    if (tuoyu_expression_parse(text, length, NULL, NULL, 0, &options, &expression, NULL) != TUOYU_OK)
        return NULL;
    tuoyu_expression_evaluate(expression, NULL, 0, NULL, &value, NULL);
    tuoyu_expression_unref(expression);
    return value;
}

/* Functions have no literal; a literal may nest deeper, or be longer, than what may be read. */
static void check_literal(tuoyu_value *value)
{
    tuoyu_text *literal = NULL, *shown = NULL, *json = NULL;
    tuoyu_value_to_text(value, &shown);
    tuoyu_value_to_json(value, &json);
    tuoyu_value_to_literal(value, &literal);
    bool has_function = literal && strstr(tuoyu_text_bytes(literal), "function");
    tuoyu_value *again =
        literal && !has_function ? evaluate(tuoyu_text_bytes(literal), tuoyu_text_length(literal)) : NULL;
    if (again && tuoyu_value_equals(value, again) == 0)
        __builtin_trap();
    tuoyu_value_unref(again);
    tuoyu_text_free(literal);
    tuoyu_text_free(shown);
    tuoyu_text_free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > LONGEST)
        return 0;
    struct text text = {.bytes = (const char *)data, .length = size};
    interpret(text, false, EVALUATE_STANDARD);
    interpret(text, false, EVALUATE_PACK);
    interpret(text, true, EVALUATE_STANDARD);
    interpret(text, true, EVALUATE_PACK);
    tuoyu_value *value = evaluate((const char *)data, size);
    if (value)
        check_literal(value);
    tuoyu_value_unref(value);
    return 0;
}
