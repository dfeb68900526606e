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

enum { BENCH_ROUNDS = 11, BENCH_ROUND_NANOSECONDS = 50000000 };

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
        for (int64_t i = 0; i < times; i++) run(data);
        spent = bench_now() - start;
    }
    for (size_t round = 0; round < BENCH_ROUNDS; round++) {
        start = bench_now();
        for (int64_t i = 0; i < times; i++) run(data);
        rounds[round] = (double)(bench_now() - start) / (double)times;
    }
    return bench_median(rounds, BENCH_ROUNDS);
}

/* One line of JSON. bar: what ours may be at most; a negative peer or bar stands for none. */
static inline void bench_report(const char *name, double ours, double peer, const char *unit, double bar)
{
    printf("{\"case\": \"%s\", \"ours\": %.4g, ", name, ours);
    if (peer >= 0) printf("\"peer\": %.4g, \"ratio\": %.4g, ", peer, ours / peer);
    else printf("\"peer\": null, \"ratio\": null, ");
    printf("\"unit\": \"%s\"", unit);
    if (bar >= 0) printf(", \"bar\": %.4g", bar);
    printf("}\n");
    fflush(stdout);
}

#endif
