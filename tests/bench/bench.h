/* SPDX-License-Identifier: Apache-2.0 */
/* Timing of small things: the median of several rounds, each long enough for the clock. */
#ifndef TUOYU_BENCH_H
#define TUOYU_BENCH_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BENCH_ROUNDS = 61, BENCH_ROUND_NANOSECONDS = 4000000 };

static inline int64_t bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int bench_order(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static inline double bench_median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, bench_order);
    return values[count / 2];
}

/* Nanoseconds of one call of run(data): the median of the rounds, after one to warm up. */
static inline double bench_time(void (*run)(void *data), void *data)
{
    double rounds[BENCH_ROUNDS];
    int64_t times = 1, start, spent = 0;
    for (; spent < BENCH_ROUND_NANOSECONDS / 4; times *= 2) {
        start = bench_now();
        for (int64_t i = 0; i < times; i++)
            run(data);
        spent = bench_now() - start;
    }
    for (size_t round = 0; round < BENCH_ROUNDS; round++) {
        start = bench_now();
        for (int64_t i = 0; i < times; i++)
            run(data);
        rounds[round] = (double)(bench_now() - start) / (double)times;
    }
    return bench_median(rounds, BENCH_ROUNDS);
}

/* ---- Contenders take turns, so that what else the machine does meets them alike ----
 * Turns of much less than a millisecond are rarely interrupted, and then many of them make the median of what
 * is not. */

struct bench_contender {
    void (*run)(void *data);
    void *data;
    size_t repeat;      /* calls a turn */
    double nanoseconds; /* out: of one call, the median */
};

enum { BENCH_FEW_TURNS = 9, BENCH_MANY_TURNS = 101, BENCH_CONTENDERS = 8 };

static inline void bench_turns(struct bench_contender *contenders, size_t count, size_t turns)
{
    double rounds[BENCH_CONTENDERS][BENCH_MANY_TURNS];
    for (size_t i = 0; i < count; i++)
        contenders[i].run(contenders[i].data);
    for (size_t turn = 0; turn < turns; turn++) {
        for (size_t i = 0; i < count; i++) {
            int64_t start = bench_now();
            for (size_t j = 0; j < contenders[i].repeat; j++)
                contenders[i].run(contenders[i].data);
            rounds[i][turn] = (double)(bench_now() - start) / (double)contenders[i].repeat;
        }
    }
    for (size_t i = 0; i < count; i++)
        contenders[i].nanoseconds = bench_median(rounds[i], turns);
}

/* ---- What was measured, a line of JSON a case; results.py reads it ---- */

/* What the bar is set for. The ratio is ours / peer. */
enum bench_bound {
    BENCH_NO_BAR,
    BENCH_OURS_AT_MOST,
    BENCH_RATIO_AT_LEAST,
    BENCH_RATIO_AT_MOST,
    BENCH_RATIO_WITHIN
};

/* A negative peer stands for none. RATIO_WITHIN: the ratio differs from 1 by at most the bar. */
static inline void bench_compare(const char *name, double ours, double peer, const char *unit,
                                 enum bench_bound bound, double bar)
{
    static const char *const BOUNDS[] = {"", "ours at most", "ratio at least", "ratio at most",
                                         "ratio within"};
    printf("{\"case\": \"%s\", \"ours\": %.4g, ", name, ours);
    if (peer >= 0)
        printf("\"peer\": %.4g, \"ratio\": %.4g, ", peer, ours / peer);
    else
        printf("\"peer\": null, \"ratio\": null, ");
    printf("\"unit\": \"%s\"", unit);
    if (bound != BENCH_NO_BAR)
        printf(", \"bound\": \"%s\", \"bar\": %.4g", BOUNDS[bound], bar);
    printf("}\n");
    fflush(stdout);
}

/* bar: what ours may be at most; negative: none. */
static inline void bench_report(const char *name, double ours, double peer, const char *unit, double bar)
{
    bench_compare(name, ours, peer, unit, bar >= 0 ? BENCH_OURS_AT_MOST : BENCH_NO_BAR, bar);
}

#endif
