/* SPDX-License-Identifier: Apache-2.0 */
/* Runs packs over columns for the tests that make both: every instruction set and block size against the
 * interpreter, whose results are then told. Jobs come on standard input, a line each but for texts:
 *
 *     pack BYTES               and so many bytes of YAML
 *     date DAYS                the as-of date
 *     column FACT TYPE WIDTH UNSIGNED SCALE OFFSET LENGTH WORDS
 *                              and lines: LENGTH + OFFSET cells (an integer, . missing, ~ none), WORDS texts
 *     run FIRST COUNT          answers, and forgets the job
 *
 * The answer is lines, of which `done` is the last: `rejected FINDINGS`; `output NAME is-typed TYPE SCALE
 * CELLS…`, with a cell for each row (a value, ? missing, ! error, ~ null); `operation NAME HOW-OFTEN`;
 * `different NAME ROW WHAT`. */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile/typed_program.h"
#include "rules/compiled_policy.h"
#include "slot_columns.h"
#include "value/date.h"

enum { MOST_COLUMNS = 256, MOST_OUTPUTS = 256, NAME_SIZE = 256 };

struct job {
    char *pack;
    size_t pack_length;
    int32_t as_of;
    int64_t first, rows;
    char names[MOST_COLUMNS][NAME_SIZE];
    struct column columns[MOST_COLUMNS];
    void *owned[MOST_COLUMNS][4];
    char **words[MOST_COLUMNS];
    size_t column_count;
};

static void give_up(const char *what)
{
    fprintf(stderr, "column_driver: %s\n", what);
    exit(2);
}

static void *allocate(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        give_up("no memory");
    return memory;
}

/* ---- Jobs ---- */

static char *read_line(void)
{
    static char *line;
    static size_t capacity;
    ssize_t length = getline(&line, &capacity, stdin);
    if (length <= 0)
        return NULL;
    if (line[length - 1] == '\n')
        line[length - 1] = 0;
    return line;
}

static void read_pack(struct job *job, size_t length)
{
    job->pack = allocate(length + 1);
    job->pack_length = length;
    if (fread(job->pack, 1, length, stdin) != length)
        give_up("a pack is cut short");
}

/* Bytes that mean nothing, where no value stands. */
static void put_garbage(unsigned char *to, size_t width)
{
    for (size_t i = 0; i < width; i++)
        to[i] = (unsigned char)(0xa5 + 37 * i);
}

static void read_cells(struct job *job, size_t at)
{
    struct column *column = &job->columns[at];
    int64_t count = column->offset + column->length;
    size_t bits = (size_t)(count + 7) / 8, size = column->width ? (size_t)count * column->width : bits;
    unsigned char *values = job->owned[at][0] = allocate(size);
    uint8_t *validity = job->owned[at][1] = allocate(bits), *none = job->owned[at][2] = allocate(bits);
    char *line = read_line(), *cell = line;
    bool has_missing = false, has_none = false;
    for (int64_t i = 0; i < count; i++) {
        if (!cell || !*cell)
            give_up("a column is cut short");
        unsigned char *to = values + (size_t)i * column->width;
        if (*cell == '.')
            has_missing = true;
        else
            bitmap_set(validity, i);
        if (*cell == '~') {
            bitmap_set(none, i);
            has_none = true;
        }
        if (*cell == '.' || *cell == '~') {
            put_garbage(to, column->width == 1 && column->type == COLUMN_BOOLEAN ? 0 : column->width);
            cell++;
        } else {
            int64_t halves[2] = {strtoll(cell, &cell, 10), 0};
            halves[1] = halves[0] < 0 ? -1 : 0;
            if (column->width)
                memcpy(to, halves, column->width);
            else if (halves[0])
                bitmap_set(values, i);
        }
        if (*cell == ' ')
            cell++;
    }
    column->values = values;
    column->validity = has_missing ? validity : NULL;
    column->none = has_none ? none : NULL;
}

static void read_words(struct job *job, size_t at)
{
    struct column *column = &job->columns[at];
    struct text *words = job->owned[at][3] = allocate(column->dictionary_count * sizeof *words);
    job->words[at] = allocate(column->dictionary_count * sizeof *job->words[at]);
    for (uint32_t i = 0; i < column->dictionary_count; i++) {
        const char *line = read_line();
        job->words[at][i] = line ? strdup(line) : NULL;
        if (!job->words[at][i])
            give_up("a word is missing");
        words[i] = text_of(job->words[at][i], TUOYU_NUL_TERMINATED);
    }
    column->dictionary = words;
}

static void read_column(struct job *job, const char *line)
{
    char type;
    unsigned width, is_unsigned, words;
    int scale;
    long long offset, length;
    size_t at = job->column_count++;
    if (at == MOST_COLUMNS)
        give_up("too many columns");
    if (sscanf(line, "column %255s %c %u %u %d %lld %lld %u", job->names[at], &type, &width, &is_unsigned,
               &scale, &offset, &length, &words) != 8)
        give_up("a column is not understood");
    static const char TYPES[] = {
        [COLUMN_BOOLEAN] = 'b', [COLUMN_NUMBER] = 'n', [COLUMN_DATE] = 'd', [COLUMN_CODE] = 'c'};
    const char *found = memchr(TYPES, type, sizeof TYPES);
    if (!found)
        give_up("a type is not understood");
    job->columns[at] = (struct column){.type = (uint8_t)(found - TYPES),
                                       .width = (uint8_t)width,
                                       .is_unsigned = is_unsigned != 0,
                                       .scale = scale,
                                       .offset = offset,
                                       .length = length,
                                       .dictionary_count = words};
    read_cells(job, at);
    if (words)
        read_words(job, at);
}

static void forget(struct job *job)
{
    for (size_t i = 0; i < job->column_count; i++) {
        for (size_t j = 0; j < 4; j++)
            free(job->owned[i][j]);
        for (uint32_t j = 0; job->words[i] && j < job->columns[i].dictionary_count; j++)
            free(job->words[i][j]);
        free(job->words[i]);
    }
    free(job->pack);
    memset(job, 0, sizeof *job);
}

/* ---- Runs ---- */

struct run {
    struct slot_plan *plan;
    struct output_column outputs[MOST_OUTPUTS];
};

static struct slot_workspace *begin_run(struct run *run, const struct program *program, const uint32_t *slots,
                                        size_t count, const struct column *const *facts,
                                        const struct slot_options *options)
{
    struct slot_workspace *workspace;
    if (slot_plan_make(program, slots, count, options, &run->plan) != TUOYU_OK)
        give_up("no plan");
    if (slot_workspace_make(run->plan, &workspace) != TUOYU_OK)
        give_up("no workspace");
    if (slot_bind(workspace, facts) != TUOYU_OK)
        give_up("the columns do not fit the facts");
    return workspace;
}

static void outputs_make(struct output_column *outputs, const struct slot_plan *plan, size_t count,
                         int64_t rows)
{
    size_t bits = (size_t)(rows + 7) / 8;
    for (size_t i = 0; i < count; i++) {
        size_t size = slot_plan_output(plan, i).width * (size_t)rows;
        outputs[i] = (struct output_column){.values = allocate(size),
                                            .known = allocate(bits),
                                            .missing = allocate(bits),
                                            .error = allocate(bits)};
        memset(outputs[i].values, 0x5a, size);
    }
}

static void outputs_free(struct output_column *outputs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(outputs[i].values);
        free(outputs[i].known);
        free(outputs[i].missing);
        free(outputs[i].error);
    }
}

static void run_over(struct run *run, const struct program *program, const uint32_t *slots, size_t count,
                     const struct column *const *facts, const struct slot_options *options,
                     const struct job *job)
{
    struct slot_workspace *workspace = begin_run(run, program, slots, count, facts, options);
    outputs_make(run->outputs, run->plan, count, job->rows);
    if (slot_run(workspace, job->first, job->rows, run->outputs, NULL) != TUOYU_OK)
        give_up("no run");
    slot_workspace_free(workspace);
}

/* In runs of 1 row, 2 rows … up to MOST_PART and again: few rows are the row machine's. */
static void run_in_parts(struct run *run, const struct program *program, const uint32_t *slots, size_t count,
                         const struct column *const *facts, const struct slot_options *options,
                         const struct job *job)
{
    enum { MOST_PART = 9 };
    static struct output_column parts[MOST_OUTPUTS];
    struct slot_workspace *workspace = begin_run(run, program, slots, count, facts, options);
    outputs_make(run->outputs, run->plan, count, job->rows);
    outputs_make(parts, run->plan, count, MOST_PART);
    int64_t rows = 0;
    for (int64_t at = 0; at < job->rows; at += rows) {
        rows = rows % MOST_PART + 1;
        if (rows > job->rows - at)
            rows = job->rows - at;
        if (slot_run(workspace, job->first + at, rows, parts, NULL) != TUOYU_OK)
            give_up("no run");
        for (size_t i = 0; i < count; i++)
            put_part(&run->outputs[i], &parts[i], slot_plan_output(run->plan, i).width, at, rows);
    }
    outputs_free(parts, count);
    slot_workspace_free(workspace);
}

static void run_free(struct run *run, size_t count)
{
    outputs_free(run->outputs, count);
    slot_plan_free(run->plan);
}

static char state_at(const struct output_column *output, int64_t row)
{
    int sum = bitmap_get(output->known, row) + 2 * bitmap_get(output->missing, row) +
              4 * bitmap_get(output->error, row);
    static const char STATES[] = {'~', '=', '?', '#', '!', '#', '#', '#'};
    return STATES[sum];
}

/* Tells the first row of each output in which two runs differ; step: an output of `got` is each step-th of
 * `expected`. */
static void compare(const struct run *expected, const struct run *got, size_t count, size_t step,
                    const struct program *program, const uint32_t *slots, int64_t rows, const char *what)
{
    for (size_t i = 0; i < count; i++) {
        const struct output_column *left = &expected->outputs[i * step], *right = &got->outputs[i];
        size_t width = slot_plan_output(got->plan, i).width;
        for (int64_t row = 0; row < rows; row++) {
            size_t at = (size_t)row * width;
            bool is_same =
                state_at(left, row) == state_at(right, row) &&
                memcmp((const char *)left->values + at, (const char *)right->values + at, width) == 0;
            if (is_same)
                continue;
            printf("different %.*s %" PRId64 " %s: %c against the interpreter's %c\n",
                   TEXT_ARGUMENTS(program_slot(program, slots[i])->name), row, what, state_at(right, row),
                   state_at(left, row));
            break;
        }
        bool counts_agree = left->known_count == right->known_count &&
                            left->missing_count == right->missing_count &&
                            left->error_count == right->error_count;
        if (!counts_agree)
            printf("different %.*s -1 %s: the counts\n",
                   TEXT_ARGUMENTS(program_slot(program, slots[i])->name), what);
    }
}

/* ---- Answers ---- */

static void print_escaped(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte <= ' ' || byte == '%' || byte > '~')
            printf("%%%02x", byte);
        else
            putchar(byte);
    }
}

static void print_value(const struct slot_output *type, const void *values, int64_t row)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    const char *at = (const char *)values + row * type->width;
    int64_t wide = 0;
    int32_t narrow = 0;
    memcpy(&wide, at, type->width == 8 ? 8 : 0);
    memcpy(&narrow, at, type->width == 4 ? 4 : 0);
    switch (type->type) {
    case OUTPUT_BOOLEAN: putchar(*at ? 't' : 'f'); return;
    case OUTPUT_NUMBER: printf("%" PRId64 "e%d", wide, -type->scale); return;
    case OUTPUT_DATE: printf("%" PRId32, narrow); return;
    case OUTPUT_CODE:
        putchar('"');
        print_escaped(type->dictionary[narrow]);
        return;
    default: decimal_format(((const tuoyu_decimal *)values)[row], digits); printf("%s", digits);
    }
}

static void print_outputs(const struct run *run, const struct program *program, const uint32_t *slots,
                          size_t count, int64_t rows)
{
    static const char TYPES[] = {[OUTPUT_BOOLEAN] = 'b',
                                 [OUTPUT_NUMBER] = 'n',
                                 [OUTPUT_DATE] = 'd',
                                 [OUTPUT_CODE] = 'c',
                                 [OUTPUT_DECIMAL] = 'x'};
    for (size_t i = 0; i < count; i++) {
        struct slot_output type = slot_plan_output(run->plan, i);
        printf("output %.*s %d %c %d", TEXT_ARGUMENTS(program_slot(program, slots[i])->name), type.is_typed,
               TYPES[type.type], type.scale);
        for (int64_t row = 0; row < rows; row++) {
            char state = state_at(&run->outputs[i], row);
            putchar(' ');
            if (state == '=')
                print_value(&type, run->outputs[i].values, row);
            else
                putchar(state);
        }
        putchar('\n');
    }
}

static void print_operations_of(const struct typed_program *typed)
{
    static const char *const MODES[] = {
        [DECIMAL_HALF_UP] = "half up", [DECIMAL_HALF_DOWN] = "half down", [DECIMAL_HALF_EVEN] = "half even",
        [DECIMAL_UP] = "up",           [DECIMAL_DOWN] = "down",           [DECIMAL_FLOOR] = "floor",
        [DECIMAL_CEILING] = "ceiling"};
    for (uint32_t i = 0; i < typed->count; i++) {
        const struct typed_operation *operation = &typed->operations[i];
        printf("operation %s", operation_traits(operation)->text);
        if (operation->code == OPERATION_DIVIDE)
            printf(" by the mode %s", MODES[operation->mode]);
        putchar('\n');
    }
}

/* Of the program, and of the shorter one for where all is known. */
static void print_operations(const struct slot_plan *plan)
{
    const struct typed_program *known = slot_plan_complete_program(plan);
    print_operations_of(slot_plan_program(plan));
    if (known)
        print_operations_of(known);
}

/* ---- A job ---- */

static size_t find_outputs(const struct program *program, int32_t as_of, uint32_t *slots)
{
    size_t count = 0;
    for (uint32_t i = 0; i < program->slot_count && count < MOST_OUTPUTS; i++) {
        const struct slot *slot = program_slot(program, i);
        struct slot_plan *plan;
        if (slot->kind != SLOT_DEFINITION && slot->kind != SLOT_TABLE)
            continue;
        if (slot_plan_make(program, &i, 1, &(struct slot_options){.as_of = as_of}, &plan) != TUOYU_OK)
            continue;
        slot_plan_free(plan);
        slots[count++] = i;
    }
    return count;
}

/* Each output by itself: where nothing that another one needs is unknown, it has a shorter program. */
static void run_alone(const struct run *expected, const struct program *program, const uint32_t *slots,
                      size_t count, const struct column *const *facts, struct slot_options options,
                      const struct job *job)
{
    static struct run got, whole;
    for (size_t i = 0; i < count; i++) {
        options.instructions = (enum instruction_set)(INSTRUCTIONS_BASELINE + i % 3);
        options.block_rows = i % 2 ? 0 : 5;
        run_over(&got, program, &slots[i], 1, facts, &options, job);
        whole.outputs[0] = expected->outputs[i];
        compare(&whole, &got, 1, 1, program, &slots[i], job->rows, "by itself");
        print_operations(got.plan);
        run_free(&got, 1);
    }
}

/* Every set and size over all outputs, and over each third of them, which shares and keeps less; and the row
 * machine. */
static void run_machines(const struct run *expected, const struct program *program, const uint32_t *slots,
                         size_t count, const struct column *const *facts, struct slot_options options,
                         const struct job *job)
{
    static const char *const SETS[] = {
        [INSTRUCTIONS_BASELINE] = "baseline", [INSTRUCTIONS_AVX2] = "avx2", [INSTRUCTIONS_AVX512] = "avx512"};
    static const uint32_t BLOCKS[] = {1, 7, 1024, 4096};
    static struct run got;
    uint32_t thirds[MOST_OUTPUTS];
    char what[64];
    size_t third = (count + 2) / 3;
    for (size_t i = 0; i < third; i++)
        thirds[i] = slots[3 * i];
    for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
        if (!instructions_are_here((enum instruction_set)set))
            continue;
        options.instructions = (enum instruction_set)set;
        for (size_t i = 0; i < 4; i++) {
            options.block_rows = BLOCKS[i];
            snprintf(what, sizeof what, "%s, blocks of %" PRIu32, SETS[set], BLOCKS[i]);
            run_over(&got, program, slots, count, facts, &options, job);
            compare(expected, &got, count, 1, program, slots, job->rows, what);
            run_free(&got, count);
        }
        options.block_rows = 0;
        snprintf(what, sizeof what, "%s, a third of the outputs", SETS[set]);
        run_over(&got, program, thirds, third, facts, &options, job);
        compare(expected, &got, third, 3, program, thirds, job->rows, what);
        run_free(&got, third);
    }
    run_alone(expected, program, slots, count, facts, options, job);
    options.instructions = INSTRUCTIONS_BEST;
    run_in_parts(&got, program, slots, count, facts, &options, job);
    compare(expected, &got, count, 1, program, slots, job->rows, "a few rows at a time");
    run_free(&got, count);
}

static void answer_program(const struct program *program, const struct job *job)
{
    static struct run expected;
    uint32_t slots[MOST_OUTPUTS];
    const struct column **facts = allocate(program->fact_count * sizeof *facts);
    for (uint32_t i = 0; i < program->fact_count; i++)
        for (size_t j = 0; j < job->column_count; j++)
            if (text_equals(program_slot(program, program->fact_slots[i])->full_name,
                            text_of(job->names[j], TUOYU_NUL_TERMINATED)))
                facts[i] = &job->columns[j];
    struct slot_options options = {.as_of = job->as_of, .interpret = true};
    size_t count = find_outputs(program, job->as_of, slots);
    run_over(&expected, program, slots, count, facts, &options, job);
    print_outputs(&expected, program, slots, count, job->rows);
    options.interpret = false;
    run_machines(&expected, program, slots, count, facts, options, job);
    run_free(&expected, count);
    free(facts);
}

static void answer(const struct job *job)
{
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_pack_text pack = {.name = "random.yaml",
                            .name_length = TUOYU_NUL_TERMINATED,
                            .text = job->pack,
                            .text_length = job->pack_length};
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        give_up("no memory");
    if (tuoyu_policy_load(&pack, 1, NULL, &policy, diagnostics) == TUOYU_OK) {
        answer_program(&policy->layering->program, job);
    } else {
        tuoyu_text *text = NULL;
        if (tuoyu_diagnostics_to_text(diagnostics, &text) != TUOYU_OK)
            give_up("no memory");
        printf("rejected ");
        print_escaped(text_of(tuoyu_text_bytes(text), TUOYU_NUL_TERMINATED));
        putchar('\n');
        tuoyu_text_free(text);
    }
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    printf("done\n");
    fflush(stdout);
}

int main(void)
{
    static struct job job;
    unsigned long length;
    long long first, rows;
    for (char *line = read_line(); line; line = read_line()) {
        if (sscanf(line, "pack %lu", &length) == 1)
            read_pack(&job, length);
        else if (sscanf(line, "date %" SCNd32, &job.as_of) == 1)
            continue;
        else if (strncmp(line, "column ", 7) == 0)
            read_column(&job, line);
        else if (sscanf(line, "run %lld %lld", &first, &rows) == 2) {
            job.first = first;
            job.rows = rows;
            answer(&job);
            forget(&job);
        } else {
            give_up("a line is not understood");
        }
    }
    return 0;
}
