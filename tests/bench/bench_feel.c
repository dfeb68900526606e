/* SPDX-License-Identifier: Apache-2.0 */
/* The interpreter: parsing, evaluating what was parsed once, and what evaluating allocates. */
#include "bench.h"

#include <tuoyu/feel.h>

#include "feel/expression.h"

static const char EXPRESSION[] = "if 月龄 < 36 and 户籍 = \"本区\" then min(费用, 上限) * 0.3 else 0";
static const char *const NAMES[] = {"月龄", "户籍", "费用", "上限"};
enum { NAME_COUNT = 4 };

/* ---- An allocator that counts ---- */

static void *counting_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    *(size_t *)context += 1;
    return realloc(pointer, new_size);
}

/* ---- What is timed ---- */

struct subject {
    size_t allocations;
    tuoyu_allocator allocator;
    struct arena names_arena, arena, expression_arena;
    struct map map;
    struct symbol_table symbols;
    struct value values[NAME_COUNT];
    struct expression expression;
    struct value result;
    tuoyu_expression *handle;
    tuoyu_value *handles[NAME_COUNT];
};

static struct value resolve(void *context, uint32_t slot)
{
    return ((const struct subject *)context)->values[slot];
}

static void parse(void *data)
{
    struct subject *subject = data;
    struct expression expression;
    struct arena_mark mark = arena_mark(&subject->arena);
    expression_parse(&subject->arena, text_of(EXPRESSION, TUOYU_NUL_TERMINATED), &subject->symbols, NULL,
                     &expression, NULL);
    arena_rewind(&subject->arena, mark);
}

static void evaluate(void *data)
{
    struct subject *subject = data;
    struct environment environment;
    struct arena_mark mark = arena_mark(&subject->arena);
    environment_init(&environment, &subject->arena);
    environment.resolve = resolve;
    environment.context = subject;
    subject->result = expression_evaluate(&subject->expression, &environment);
    arena_rewind(&subject->arena, mark);
}

static void parse_handle(void *data)
{
    (void)data;
    tuoyu_expression *expression = NULL;
    tuoyu_expression_parse(EXPRESSION, TUOYU_NUL_TERMINATED, NAMES, NULL, NAME_COUNT, NULL, &expression,
                           NULL);
    tuoyu_expression_unref(expression);
}

static void evaluate_handle(void *data)
{
    struct subject *subject = data;
    tuoyu_value *result = NULL;
    tuoyu_expression_evaluate(subject->handle, subject->handles, NAME_COUNT, NULL, &result, NULL);
    tuoyu_value_unref(result);
}

/* ---- Setting up ---- */

static void set_up(struct subject *subject)
{
    subject->allocator =
        (tuoyu_allocator){.context = &subject->allocations, .reallocate = counting_reallocate};
    arena_init(&subject->names_arena, NULL);
    arena_init(&subject->expression_arena, NULL);
    arena_init(&subject->arena, &subject->allocator);
    map_init(&subject->map, &subject->names_arena);
    symbol_table_over_map(&subject->symbols, &subject->map);
    struct value values[NAME_COUNT] = {value_integer(20), value_string(TEXT("本区")), value_integer(5000),
                                       value_integer(3000)};
    for (size_t i = 0; i < NAME_COUNT; i++) {
        map_put(&subject->map, text_of(NAMES[i], TUOYU_NUL_TERMINATED), (void *)(uintptr_t)(i + 1));
        subject->values[i] = values[i];
    }
    expression_parse(&subject->expression_arena, text_of(EXPRESSION, TUOYU_NUL_TERMINATED), &subject->symbols,
                     NULL, &subject->expression, NULL);
    static const char *const TEXTS[NAME_COUNT] = {"20", "本区", "5000", "3000"};
    for (size_t i = 0; i < NAME_COUNT; i++)
        tuoyu_value_new_from_text(NULL, i == 1 ? TUOYU_VALUE_STRING : TUOYU_VALUE_NUMBER, TEXTS[i],
                                  TUOYU_NUL_TERMINATED, &subject->handles[i]);
    tuoyu_expression_parse(EXPRESSION, TUOYU_NUL_TERMINATED, NAMES, NULL, NAME_COUNT, NULL, &subject->handle,
                           NULL);
}

static void tear_down(struct subject *subject)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        tuoyu_value_unref(subject->handles[i]);
    tuoyu_expression_unref(subject->handle);
    arena_free(&subject->arena);
    arena_free(&subject->expression_arena);
    arena_free(&subject->names_arena);
}

static size_t allocations_of_evaluating(struct subject *subject)
{
    evaluate(subject);
    subject->allocations = 0;
    for (int i = 0; i < 1000; i++)
        evaluate(subject);
    return subject->allocations;
}

int main(void)
{
    static struct subject subject;
    set_up(&subject);
    evaluate(&subject);
    bool is_right = subject.result.kind == VALUE_NUMBER &&
                    decimal_compare(subject.result.as.number, decimal_from_integer(900)) == 0;
    if (!is_right)
        return fprintf(stderr, "the expression does not give 900\n"), EXIT_FAILURE;
    bench_report("FEEL: parse", bench_time(parse, &subject) / 1000, -1, "us", 5);
    bench_report("FEEL: evaluate, parsed once", bench_time(evaluate, &subject) / 1000, -1, "us", 1);
    bench_report("FEEL: allocations of 1000 evaluations", (double)allocations_of_evaluating(&subject), -1,
                 "allocations", 0);
    bench_report("FEEL: parse to a handle", bench_time(parse_handle, &subject) / 1000, -1, "us", 5);
    bench_report("FEEL: evaluate a handle to a value", bench_time(evaluate_handle, &subject) / 1000, -1, "us",
                 1);
    tear_down(&subject);
    return EXIT_SUCCESS;
}
