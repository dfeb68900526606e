/* SPDX-License-Identifier: Apache-2.0 */
/* The reference workload through columns, against the same by hand in C and against touching the memory
 * alone, in turns in one process; every answer is compared first. Arguments: reference.yaml, rows (10 000 000
 * if not given). */
#include "bench.h"

#include <string.h>

#include "../machine/slot_columns.h"
#include "compile/complete_program.h"
#include "reference_workload.h"
#include "rules/compiled_policy.h"

enum { OUTPUTS = 5, TIMES = 9, FACTS = 10 };

struct bench {
    struct workload_input in;
    struct workload_output out, expected;
    struct output_column outputs[OUTPUTS];
    struct slot_workspace *workspace;
    const struct slot_plan *plan;
    size_t rows;
};

static void fail(const char *what)
{
    fprintf(stderr, "bench_columns: %s\n", what);
    exit(1);
}

static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 16);
    if (!file || !text || fread(text, 1, (1 << 16) - 1, file) == 0)
        fail("cannot read the pack");
    fclose(file);
    return text;
}

static tuoyu_policy *load(const char *path)
{
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_text *shown = NULL;
    char *text = read_text(path);
    tuoyu_pack_text pack = {
        .name = path, .name_length = TUOYU_NUL_TERMINATED, .text = text, .text_length = TUOYU_NUL_TERMINATED};
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        fail("no memory");
    if (tuoyu_policy_load(&pack, 1, NULL, &policy, diagnostics) != TUOYU_OK) {
        if (tuoyu_diagnostics_to_text(diagnostics, &shown) == TUOYU_OK)
            fputs(tuoyu_text_bytes(shown), stderr);
        fail("the pack is not right");
    }
    tuoyu_diagnostics_free(diagnostics);
    free(text);
    return policy;
}

static uint32_t slot_of(const struct program *program, const char *name)
{
    for (uint32_t i = 0; i < program->slot_count; i++)
        if (text_equals(program_slot(program, i)->name, text_of(name, TUOYU_NUL_TERMINATED)))
            return i;
    fail(name);
    return 0;
}

static void bind(struct bench *bench, const struct program *program, struct column columns[FACTS])
{
    static const struct text KINDS[] = {{"public", 6}, {"inclusive", 9}, {"ordinary", 8}, {"unlisted", 8}};
    const struct {
        const char *name;
        struct column column;
    } GIVEN[FACTS] = {
        {"child.age_months", {.type = COLUMN_NUMBER, .width = 2, .values = bench->in.age_months}},
        {"child.registered", {.type = COLUMN_BOOLEAN, .width = 1, .values = bench->in.registered}},
        {"child.permit_months",
         {.type = COLUMN_NUMBER, .width = 1, .is_unsigned = true, .values = bench->in.permit_months}},
        {"household.income", {.type = COLUMN_NUMBER, .width = 8, .scale = 2, .values = bench->in.income}},
        {"household.children",
         {.type = COLUMN_NUMBER, .width = 1, .is_unsigned = true, .values = bench->in.children}},
        {"institution.kind",
         {.type = COLUMN_CODE,
          .width = 1,
          .is_unsigned = true,
          .values = bench->in.kind,
          .dictionary = KINDS,
          .dictionary_count = 4}},
        {"institution.filed", {.type = COLUMN_BOOLEAN, .width = 1, .values = bench->in.filed}},
        {"institution.children_per_carer",
         {.type = COLUMN_NUMBER, .width = 2, .scale = 2, .values = bench->in.per_carer}},
        {"institution.fee", {.type = COLUMN_NUMBER, .width = 8, .scale = 2, .values = bench->in.fee}},
        {"employer.share",
         {.type = COLUMN_NUMBER, .width = 2, .scale = 4, .values = bench->in.employer_share}}};
    const struct column *facts[FACTS] = {NULL};
    for (size_t i = 0; i < FACTS; i++) {
        columns[i] = GIVEN[i].column;
        columns[i].length = (int64_t)bench->rows;
        facts[program_slot(program, slot_of(program, GIVEN[i].name))->fact] = &columns[i];
    }
    if (slot_bind(bench->workspace, facts) != TUOYU_OK)
        fail("the columns do not fit");
}

static void run_ours(struct bench *bench)
{
    struct slot_counts counts;
    if (slot_run(bench->workspace, 0, (int64_t)bench->rows, bench->outputs, &counts) != TUOYU_OK ||
        counts.fallback_rows)
        fail("a run failed");
}

/* Numbers of other scales are compared as fen. */
static int64_t fen(const struct bench *bench, size_t index, size_t row)
{
    int64_t value = ((const int64_t *)bench->outputs[index].values)[row];
    for (int32_t scale = slot_plan_output(bench->plan, index).scale; scale < 2; scale++)
        value *= 10;
    return value;
}

static void check(const struct bench *bench)
{
    const struct workload_output *expected = &bench->expected;
    for (size_t i = 0; i < bench->rows; i++) {
        bool is_same = ((const uint8_t *)bench->outputs[0].values)[i] == expected->eligible[i] &&
                       fen(bench, 1, i) == expected->ceiling[i] && fen(bench, 2, i) == expected->subsidy[i] &&
                       fen(bench, 3, i) == expected->employer[i] && fen(bench, 4, i) == expected->family[i];
        if (!is_same)
            fail("an answer differs from the one by hand");
    }
    for (size_t i = 0; i < OUTPUTS; i++)
        if (bench->outputs[i].known_count != (int64_t)bench->rows)
            fail("an answer is missing");
}

static double millions_a_second(size_t rows, double nanoseconds)
{
    return (double)rows * 1000 / nanoseconds;
}

static void measure(struct bench *bench, const char *name, size_t repeat)
{
    char label[80];
    double ours[TIMES], by_hand[TIMES], touch[TIMES];
    for (int i = 0; i < TIMES; i++) {
        int64_t begin = bench_now();
        for (size_t j = 0; j < repeat; j++)
            run_ours(bench);
        int64_t first = bench_now();
        for (size_t j = 0; j < repeat; j++)
            workload_branch_free(&bench->in, &bench->expected, bench->rows);
        int64_t second = bench_now();
        for (size_t j = 0; j < repeat; j++)
            workload_touch(&bench->in, &bench->out, bench->rows);
        int64_t third = bench_now();
        ours[i] = (double)(first - begin) / (double)repeat;
        by_hand[i] = (double)(second - first) / (double)repeat;
        touch[i] = (double)(third - second) / (double)repeat;
    }
    double speed = millions_a_second(bench->rows, bench_median(ours, TIMES));
    snprintf(label, sizeof label, "%s, against C by hand", name);
    bench_report(label, speed, millions_a_second(bench->rows, bench_median(by_hand, TIMES)), "M rows/s", -1);
    snprintf(label, sizeof label, "%s, against touching memory", name);
    bench_report(label, speed, millions_a_second(bench->rows, bench_median(touch, TIMES)), "M rows/s", -1);
}

/* One decision after the other, each a run of its own. */
static void measure_single(struct bench *bench)
{
    enum { ROUND = 20000 };
    double ours[TIMES], by_hand[TIMES];
    struct slot_counts counts;
    void (*volatile plain)(const struct workload_input *, const struct workload_output *, size_t) =
        workload_plain;
    for (int i = 0; i < TIMES; i++) {
        int64_t begin = bench_now();
        for (size_t j = 0; j < ROUND; j++)
            (void)slot_run(bench->workspace, (int64_t)(j % bench->rows), 1, bench->outputs, &counts);
        int64_t first = bench_now();
        for (size_t j = 0; j < ROUND; j++) {
            size_t at = j % bench->rows;
            const struct workload_input *in = &bench->in;
            struct workload_input row = {in->age_months + at,    in->registered + at, in->permit_months + at,
                                         in->income + at,        in->children + at,   in->kind + at,
                                         in->filed + at,         in->per_carer + at,  in->fee + at,
                                         in->employer_share + at};
            plain(&row, &bench->expected, 1);
        }
        int64_t second = bench_now();
        ours[i] = (double)(first - begin) / ROUND;
        by_hand[i] = (double)(second - first) / ROUND;
    }
    bench_report("one decision, against the natural C function", bench_median(ours, TIMES),
                 bench_median(by_hand, TIMES), "ns", -1);
}

static void run_case(const struct program *program, const char *name, size_t rows, size_t repeat,
                     enum instruction_set set)
{
    static const char *const NAMES[OUTPUTS] = {"eligible", "fee_ceiling", "subsidy", "employer_part",
                                               "family_part"};
    struct bench bench = {.rows = rows};
    struct workload_input other;
    struct column columns[FACTS];
    uint32_t slots[OUTPUTS];
    struct slot_plan *plan;
    for (size_t i = 0; i < OUTPUTS; i++)
        slots[i] = slot_of(program, NAMES[i]);
    struct slot_options options = {.as_of = 19800, .instructions = set};
    if (slot_plan_make(program, slots, OUTPUTS, &options, &plan) != TUOYU_OK ||
        slot_workspace_make(plan, &bench.workspace) != TUOYU_OK ||
        !workload_allocate(&bench.in, &bench.out, rows) || !workload_allocate(&other, &bench.expected, rows))
        fail("no memory");
    bench.plan = plan;
    void *values[OUTPUTS] = {bench.out.eligible, bench.out.ceiling, bench.out.subsidy, bench.out.employer,
                             bench.out.family};
    for (size_t i = 0; i < OUTPUTS; i++) {
        bench.outputs[i] = (struct output_column){.values = values[i],
                                                  .known = calloc(1, rows / 8 + 1),
                                                  .missing = calloc(1, rows / 8 + 1),
                                                  .error = calloc(1, rows / 8 + 1)};
        if (!slot_plan_output(plan, i).is_typed)
            fail("an output is not typed");
    }
    bind(&bench, program, columns);
    run_ours(&bench);
    workload_plain(&bench.in, &bench.expected, rows);
    check(&bench);
    workload_branch_free(&bench.in, &bench.expected, rows);
    check(&bench);
    if (repeat)
        measure(&bench, name, repeat);
    else
        measure_single(&bench);
    for (size_t i = 0; i < OUTPUTS; i++) {
        free(bench.outputs[i].known);
        free(bench.outputs[i].missing);
        free(bench.outputs[i].error);
    }
    struct workload_output none = bench.expected;
    workload_free(&bench.in, &bench.out);
    workload_free(&other, &none);
    slot_workspace_free(bench.workspace);
    slot_plan_free(plan);
}

static void show(const struct program *program)
{
    struct arena arena;
    struct typed_program typed, known;
    struct text_builder text;
    uint32_t slot = slot_of(program, "family_part");
    arena_init(&arena, NULL);
    text_builder_init(&text, NULL);
    if (lower_slots(&typed, &arena, program, 19800, &slot, 1) == TUOYU_OK)
        typed_program_to_text(&typed, &text);
    text_append_literal(&text, "\nwhere all is known:\n");
    if (complete_program_make(&known, &arena, &typed) == TUOYU_OK)
        typed_program_to_text(&known, &text);
    fputs(text.bytes, stderr);
    text_builder_free(&text);
    arena_free(&arena);
}

int main(int count, char **arguments)
{
    if (count < 2)
        fail("give reference.yaml");
    tuoyu_policy *policy = load(arguments[1]);
    const struct program *program = &policy->layering->program;
    size_t rows = count > 2 ? (size_t)strtoul(arguments[2], NULL, 10) : 10000000;
    if (count > 3)
        show(program);
    run_case(program, "reference workload", rows, 1, INSTRUCTIONS_BEST);
    run_case(program, "reference workload, 16 000 rows in cache", 16000, 300, INSTRUCTIONS_BEST);
    run_case(program, NULL, 16000, 0, INSTRUCTIONS_BEST);
    run_case(program, "reference workload, AVX2", rows, 1, INSTRUCTIONS_AVX2);
    run_case(program, "reference workload, baseline", rows, 1, INSTRUCTIONS_BASELINE);
    tuoyu_policy_unref(policy);
    return 0;
}
