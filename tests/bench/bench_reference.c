/* SPDX-License-Identifier: Apache-2.0 */
/* The reference workload: the library, C by hand and touching the memory alone take turns over the same rows.
 *
 *     bench_reference reference.yaml [ROWS [LARGEST]]
 *
 * ROWS: 10 000 000 if not given; LARGEST: of a table that shows whether a row takes as long when there are
 * many */
#include "bench.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "reference_engine.h"

enum { IN_CACHE = 16000, THREADS = 2, DECISIONS = 4000 };

/* ---- Memory that is asked for, by anyone in this process ---- */

static size_t memory_calls;

#ifndef __SANITIZE_ADDRESS__ /* which has its own */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *pointer, size_t size);
void *malloc(size_t size)
{
    return memory_calls++, __libc_malloc(size);
}
void *calloc(size_t count, size_t size)
{
    return memory_calls++, __libc_calloc(count, size);
}
void *realloc(void *pointer, size_t size)
{
    return memory_calls++, __libc_realloc(pointer, size);
}
#endif

/* ---- Who takes turns ---- */

struct subject {
    struct reference_engine *engine;
    const struct workload_input *in;
    struct workload_output out;
    size_t first, count, next;
};

static void fail(const char *what)
{
    fprintf(stderr, "bench_reference: %s\n", what);
    exit(EXIT_FAILURE);
}

static void run_ours(void *data)
{
    struct subject *subject = data;
    if (!reference_engine_run(subject->engine, subject->first, subject->count, &subject->out))
        fail("a run failed");
}

static void run_branch_free(void *data)
{
    struct subject *subject = data;
    workload_branch_free(subject->in, &subject->out, subject->count);
}

static void run_plain(void *data)
{
    struct subject *subject = data;
    workload_plain(subject->in, &subject->out, subject->count);
}

static void run_touch(void *data)
{
    struct subject *subject = data;
    workload_touch(subject->in, &subject->out, subject->count);
}

static size_t next_row(struct subject *subject)
{
    if (++subject->next >= subject->count)
        subject->next = 0;
    return subject->next;
}

static void decide_ours(void *data)
{
    struct subject *subject = data;
    reference_engine_run(subject->engine, next_row(subject), 1, &subject->out);
}

static void decide_plain(void *data)
{
    struct subject *subject = data;
    workload_plain_row(subject->in, next_row(subject), &subject->out);
}

/* ---- Answers are the same ---- */

static bool is_same(const struct subject *subject, size_t to, const struct workload_output *expected)
{
    const struct workload_output *out = &subject->out;
    const int64_t *const ours[] = {out->ceiling, out->subsidy, out->employer, out->family};
    const int64_t *const theirs[] = {expected->ceiling, expected->subsidy, expected->employer,
                                     expected->family};
    bool is_same = (out->eligible[to] == 0) == (*expected->eligible != 0);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        is_same &= ours[i][to] == *theirs[i];
    return is_same;
}

/* What stands in row `to` of the output must be the natural C's answer to row `of`. */
static void check_row(const struct subject *subject, size_t of, size_t to)
{
    uint8_t eligible;
    int64_t amounts[4];
    const struct workload_output expected = {&eligible, &amounts[0], &amounts[1], &amounts[2], &amounts[3]};
    workload_plain_row(subject->in, of, &expected);
    if (!is_same(subject, to, &expected))
        fail("an answer differs from the one by hand");
}

static void check_rows(struct subject *subject)
{
    memset(subject->out.family, 0xff, subject->count * sizeof *subject->out.family);
    run_ours(subject);
    if (!reference_engine_has_all(subject->engine, subject->count))
        fail("an answer is missing");
    for (size_t i = 0; i < subject->count; i++)
        check_row(subject, subject->first + i, i);
}

/* ---- Cases ---- */

static double millions_a_second(size_t rows, double nanoseconds)
{
    return (double)rows * 1000 / nanoseconds;
}

static void compare_rows(const char *name, struct subject *subject)
{
    const bool is_in_cache = subject->count <= IN_CACHE;
    struct bench_contender turns[] = {
        {.run = run_ours}, {.run = run_branch_free}, {.run = run_touch}, {.run = run_plain}};
    const struct {
        const char *peer;
        enum bench_bound bound;
        double bar;
    } PEERS[] = {{"branch-free C, -O3 -march=native", BENCH_RATIO_AT_LEAST, is_in_cache ? 2 : 1.5},
                 {"touching memory alone", is_in_cache ? BENCH_NO_BAR : BENCH_RATIO_AT_LEAST, 0.35},
                 {"natural C, -O3 -march=native", BENCH_NO_BAR, 0}};
    char label[120];
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        turns[i].data = subject;
        turns[i].repeat = is_in_cache ? 5 : 1;
    }
    bench_turns(turns, sizeof turns / sizeof *turns, is_in_cache ? BENCH_MANY_TURNS : BENCH_FEW_TURNS);
    const double ours = millions_a_second(subject->count, turns[0].nanoseconds);
    for (size_t i = 0; i < sizeof PEERS / sizeof *PEERS; i++) {
        snprintf(label, sizeof label, "%s: %s", name, PEERS[i].peer);
        bench_compare(label, ours, millions_a_second(subject->count, turns[i + 1].nanoseconds), "M rows/s",
                      PEERS[i].bound, PEERS[i].bar);
    }
}

static void *thread_of_ours(void *data)
{
    run_ours(data);
    return NULL;
}

static void *thread_of_touch(void *data)
{
    const struct subject *half = data;
    const struct workload_input in = workload_input_from(half->in, half->first);
    workload_touch(&in, &half->out, half->count);
    return NULL;
}

/* Each thread has a workspace and half of the rows. */
static void run_halves(struct subject *halves, void *(*run)(void *data))
{
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, run, &halves[i]))
            fail("no thread");
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

static void run_ours_in_halves(void *data)
{
    run_halves(data, thread_of_ours);
}
static void run_touch_in_halves(void *data)
{
    run_halves(data, thread_of_touch);
}

static void compare_threads(const char *pack, struct subject *whole)
{
    struct subject halves[THREADS];
    const size_t half = whole->count / THREADS / 8 * 8;
    for (size_t i = 0; i < THREADS; i++) {
        const size_t first = i * half, count = i + 1 < THREADS ? half : whole->count - first;
        const struct workload_output out = {whole->out.eligible + first, whole->out.ceiling + first,
                                            whole->out.subsidy + first, whole->out.employer + first,
                                            whole->out.family + first};
        halves[i] = (struct subject){.in = whole->in,
                                     .out = out,
                                     .first = first,
                                     .count = count,
                                     .engine = reference_engine_make(pack, whole->in, whole->count)};
        if (!halves[i].engine)
            fail("no second engine");
        check_rows(&halves[i]);
    }
    struct bench_contender turns[] = {{.run = run_ours_in_halves, .data = halves, .repeat = 1},
                                      {.run = run_ours, .data = whole, .repeat = 1},
                                      {.run = run_touch_in_halves, .data = halves, .repeat = 1},
                                      {.run = run_touch, .data = whole, .repeat = 1}};
    bench_turns(turns, sizeof turns / sizeof *turns, BENCH_FEW_TURNS);
    bench_compare(
        "reference workload: two threads against one", millions_a_second(whole->count, turns[0].nanoseconds),
        millions_a_second(whole->count, turns[1].nanoseconds), "M rows/s", BENCH_RATIO_AT_LEAST, 1.8);
    bench_compare("touching memory alone: two threads against one",
                  millions_a_second(whole->count, turns[2].nanoseconds),
                  millions_a_second(whole->count, turns[3].nanoseconds), "M rows/s", BENCH_NO_BAR, 0);
    for (size_t i = 0; i < THREADS; i++)
        reference_engine_free(halves[i].engine);
}

/* One row after the other, each a run of its own. In a small table they come again, and the processor
 * foresees the branches of the C function; in a large one each row is new, as a case is. */
static void compare_decisions(const char *label, struct subject *subject)
{
    struct bench_contender turns[] = {{.run = decide_ours, .data = subject, .repeat = DECISIONS},
                                      {.run = decide_plain, .data = subject, .repeat = DECISIONS}};
    for (size_t i = 0; i < subject->count && i < IN_CACHE; i++) {
        decide_ours(subject);
        check_row(subject, subject->next, 0);
    }
    bench_turns(turns, 2, BENCH_MANY_TURNS);
    bench_compare(label, turns[0].nanoseconds, turns[1].nanoseconds, "ns", BENCH_RATIO_AT_MOST, 3);
}

/* The time that a row takes does not depend on how many there are. */
static void compare_sizes(struct subject *subject, size_t fewer)
{
    struct subject few = *subject;
    char label[120];
    few.count = fewer;
    struct bench_contender turns[] = {{.run = run_ours, .data = subject, .repeat = 1},
                                      {.run = run_ours, .data = &few, .repeat = subject->count / fewer}};
    bench_turns(turns, 2, BENCH_FEW_TURNS);
    snprintf(label, sizeof label, "time a row: %zu M rows against %zu M", subject->count / 1000000,
             fewer / 1000000);
    bench_compare(label, turns[0].nanoseconds / (double)subject->count, turns[1].nanoseconds / (double)fewer,
                  "ns", BENCH_RATIO_WITHIN, 0.1);
}

static void count_memory_calls(struct subject *subject)
{
    const size_t before = memory_calls;
    run_ours(subject);
    for (size_t i = 0; i < 1000; i++)
        decide_ours(subject);
    bench_compare("calls for memory while rows are evaluated", (double)(memory_calls - before), -1, "calls",
                  BENCH_OURS_AT_MOST, 0);
}

/* ---- Setting up ---- */

static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);
    if (!file || !text || fread(text, 1, (1 << 16) - 1, file) == 0)
        fail("cannot read the pack");
    fclose(file);
    return text;
}

struct table {
    struct workload_input in;
    struct subject subject;
};

static void make_table(struct table *table, const char *pack, size_t rows)
{
    if (!workload_allocate(&table->in, &table->subject.out, rows))
        fail("no memory");
    table->subject.in = &table->in;
    table->subject.count = rows;
    table->subject.engine = reference_engine_make(pack, &table->in, rows);
    if (!table->subject.engine)
        fail("no engine");
    check_rows(&table->subject);
}

static void free_table(struct table *table)
{
    reference_engine_free(table->subject.engine);
    workload_free(&table->in, &table->subject.out);
}

static void measure_table(const char *pack, size_t rows, size_t fewer, bool is_first)
{
    struct table table = {0};
    char label[80];
    make_table(&table, pack, rows);
    if (is_first) {
        snprintf(label, sizeof label, "reference workload, %zu rows", rows);
        compare_rows(label, &table.subject);
        compare_threads(pack, &table.subject);
        compare_decisions("one decision: the natural C function", &table.subject);
        count_memory_calls(&table.subject);
    }
    if (fewer && fewer < rows)
        compare_sizes(&table.subject, fewer);
    free_table(&table);
}

static void measure_cache(const char *pack, size_t rows)
{
    struct table table = {0};
    make_table(&table, pack, rows);
    compare_rows("reference workload, 16 000 rows in cache", &table.subject);
    compare_decisions("one decision, 16 000 cases again and again: the natural C function", &table.subject);
    free_table(&table);
}

int main(int count, char **arguments)
{
    if (count < 2)
        fail("give reference.yaml");
    const size_t rows = count > 2 ? strtoul(arguments[2], NULL, 10) : 10000000;
    if (rows == 0)
        fail("a table has rows");
    const size_t largest = count > 3 ? strtoul(arguments[3], NULL, 10) : 0;
    char *pack = read_text(arguments[1]);
    measure_table(pack, rows, 1000000, true);
    measure_cache(pack, rows < IN_CACHE ? rows : IN_CACHE);
    if (largest > rows)
        measure_table(pack, largest, 1000000, false);
    free(pack);
    return EXIT_SUCCESS;
}
