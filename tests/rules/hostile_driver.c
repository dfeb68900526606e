/* SPDX-License-Identifier: Apache-2.0 */
/* Loads what hostile_loads.py writes to the standard input, each load as often as the first argument says
 * (once), with the analysis that `tuoyu check` asks for or, with a second argument, without it, and prints a
 * line for each, with tabs between: its name, the status, the steps that were counted, the most bytes that
 * the library held at once, the processor time of the quickest time in microseconds, how many bytes of text
 * it had, the number of findings, and the last of them with its hint. It ends badly where memory is not given
 * back, or the steps of two times differ. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <tuoyu/tuoyu.h>

#include "rules/compiled_policy.h"

struct load {
    char name[200];
    tuoyu_pack_text *packs;
    size_t count, bytes;
};

struct outcome {
    tuoyu_status status;
    uint64_t steps;
    size_t most_bytes, findings;
    double microseconds;
    char last[400];
};

/* ---- Memory ---- */

struct meter {
    size_t now, most;
};

static void *metered(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct meter *meter = context;
    void *result = NULL;
    if (new_size == 0)
        free(pointer);
    else
        result = realloc(pointer, new_size);
    if (new_size > 0 && !result)
        return NULL;
    meter->now += new_size - (pointer ? old_size : 0);
    if (meter->now > meter->most)
        meter->most = meter->now;
    return result;
}

/* ---- Reading ---- */

static bool read_pack(tuoyu_pack_text *pack)
{
    size_t length;
    if (scanf("%zu", &length) != 1 || getchar() != '\n')
        return false;
    char *bytes = malloc(length + 1);
    if (!bytes || fread(bytes, 1, length, stdin) != length)
        return false;
    *pack = (tuoyu_pack_text){.name = "pack", .name_length = 4, .text = bytes, .text_length = length};
    return true;
}

/* false at the end. */
static bool read_load(struct load *load)
{
    *load = (struct load){.packs = NULL};
    if (scanf("%199s %zu", load->name, &load->count) != 2)
        return false;
    load->packs = calloc(load->count, sizeof *load->packs);
    for (size_t i = 0; i < load->count; i++) {
        if (!load->packs || !read_pack(&load->packs[i]))
            exit(2);
        load->bytes += load->packs[i].text_length;
    }
    return true;
}

static void free_load(struct load *load)
{
    for (size_t i = 0; i < load->count; i++)
        free((void *)(uintptr_t)load->packs[i].text);
    free(load->packs);
}

/* ---- Loading ---- */

static double processor_microseconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return 1e6 * (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void keep_last(struct outcome *outcome, const tuoyu_diagnostics *diagnostics)
{
    tuoyu_diagnostic finding;
    outcome->findings = tuoyu_diagnostics_count(diagnostics);
    outcome->last[0] = '\0';
    if (outcome->findings == 0 ||
        tuoyu_diagnostics_get(diagnostics, outcome->findings - 1, &finding) != TUOYU_OK)
        return;
    snprintf(outcome->last, sizeof outcome->last, "%.250s (%.140s)", finding.message, finding.hint);
    for (char *byte = outcome->last; *byte; byte++)
        if (*byte == '\t' || *byte == '\n')
            *byte = ' ';
}

static struct outcome run(const struct load *load, bool is_analysed)
{
    struct meter meter = {.now = 0};
    struct outcome outcome = {.status = TUOYU_OK};
    const tuoyu_allocator allocator = {.reallocate = metered, .context = &meter};
    const tuoyu_limits limits = {.size = sizeof limits};
    struct quota quota = quota_of_load(&limits);
    const struct load_request request = {
        .allocator = &allocator, .limits = &limits, .is_analysed = is_analysed, .quota = &quota};
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_policy *policy = NULL;
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        exit(2);
    double before = processor_microseconds();
    outcome.status = policy_compile(load->packs, load->count, &request, &policy, diagnostics);
    tuoyu_policy_unref(policy);
    outcome.microseconds = processor_microseconds() - before;
    outcome.steps = quota.steps;
    outcome.most_bytes = meter.most;
    keep_last(&outcome, diagnostics);
    tuoyu_diagnostics_free(diagnostics);
    if (meter.now != 0)
        exit(3); /* a leak */
    return outcome;
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : 1;
    struct load load;
    while (read_load(&load)) {
        struct outcome best = run(&load, argc <= 2);
        for (int i = 1; i < times; i++) {
            struct outcome again = run(&load, argc <= 2);
            if (again.steps != best.steps)
                exit(4); /* steps must not depend on the run */
            if (again.microseconds < best.microseconds)
                best = again;
        }
        printf("%s\t%s\t%llu\t%zu\t%.0f\t%zu\t%zu\t%s\n", load.name, tuoyu_status_name(best.status),
               (unsigned long long)best.steps, best.most_bytes, best.microseconds, load.bytes, best.findings,
               best.last);
        fflush(stdout);
        free_load(&load);
    }
    return EXIT_SUCCESS;
}
