/* SPDX-License-Identifier: Apache-2.0 */
/* Columns against the interpreter: the same answers in every bit, whatever the instruction set, the size of a
 * block, the layout of the columns, and whatever is missing, none or out of range. */
#define _DEFAULT_SOURCE
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cmocka_all.h"
#include "compile/typed_program.h"
#include "machine/kernels.h"
#include "rules/compiled_policy.h"
#include "slot_columns.h"

enum { MOST_PACKS = 64, ROWS = 700, MOST_TEXTS = 16 };

/* ---- Random numbers, the same on every machine ---- */

static uint64_t state = 1;

static uint32_t below(uint32_t bound)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % bound;
}

static int64_t between(int64_t low, int64_t high)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    return (int64_t)((uint64_t)low + (span ? (state >> 11) % span : state));
}

/* ---- Policies ---- */

static struct tuoyu_policy *compile(const tuoyu_pack_text *packs, size_t count)
{
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    tuoyu_status status = tuoyu_policy_load(packs, count, NULL, &policy, diagnostics);
    if (status != TUOYU_OK) {
        tuoyu_text *text = NULL;
        if (tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK)
            fprintf(stderr, "%s\n", tuoyu_text_bytes(text)); /* cmocka would cut it */
        tuoyu_text_free(text);
    }
    tuoyu_diagnostics_free(diagnostics);
    assert_int_equal(status, TUOYU_OK);
    return policy;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = calloc(1, 1 << 20);
    assert_non_null(bytes);
    size_t length = fread(bytes, 1, (1 << 20) - 1, file);
    assert_true(length > 0);
    fclose(file);
    return bytes;
}

static struct tuoyu_policy *compile_files(const char *pattern)
{
    char whole[4096];
    glob_t found;
    tuoyu_pack_text packs[MOST_PACKS];
    const char *root = getenv("TUOYU_SOURCE");
    assert_non_null(root);
    snprintf(whole, sizeof whole, "%s/%s", root, pattern);
    assert_int_equal(glob(whole, 0, NULL, &found), 0);
    assert_true(found.gl_pathc <= MOST_PACKS);
    char *texts[MOST_PACKS];
    for (size_t i = 0; i < found.gl_pathc; i++) {
        texts[i] = read_file(found.gl_pathv[i]);
        packs[i] = (tuoyu_pack_text){.name = found.gl_pathv[i],
                                     .name_length = TUOYU_NUL_TERMINATED,
                                     .text = texts[i],
                                     .text_length = TUOYU_NUL_TERMINATED};
    }
    struct tuoyu_policy *policy = compile(packs, found.gl_pathc);
    for (size_t i = 0; i < found.gl_pathc; i++)
        free(texts[i]);
    globfree(&found);
    return policy;
}

/* ---- Columns ---- */

static void *exact(const void *bytes,
                   size_t size) /* no byte more, so that the sanitizer sees every step outside */
{
    void *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

static uint8_t *random_bits(int64_t count, uint32_t one_in)
{
    uint8_t *bits = calloc(1, (size_t)(count + 7) / 8);
    assert_non_null(bits);
    for (int64_t i = 0; i < count; i++)
        if (below(one_in))
            bitmap_set(bits, i);
    return bits;
}

static int64_t end_of(struct value end, int32_t scale, int64_t otherwise)
{
    int64_t result = otherwise;
    if (end.kind == VALUE_DATE)
        return end.date;
    if (end.kind == VALUE_NUMBER)
        (void)decimal_to_scaled_integer(end.as.number, scale, &result);
    return result;
}

static bool
    is_clean; /* every value is one of its fact, and none is missing: what the shorter program is for */

static int64_t random_integer(const struct slot *slot, const struct column *column)
{
    const struct range *range = slot->domain.range;
    bool is_date = column->type == COLUMN_DATE;
    int32_t scale = column->scale + (unit_is_percent(slot->unit) ? 2 : 0);
    int64_t low = is_date ? 16000 : -100000, high = is_date ? 20500 : 100000;
    if (range) {
        low = end_of(range->low, scale, low);
        high = end_of(range->high, scale, high);
    }
    if (is_clean && (range || is_date))
        return between(low + (range && !range->low_included), high - (range && !range->high_included));
    switch (is_clean ? 9 : below(24)) {
    case 0: return low;
    case 1: return high;
    case 2: return low - 1;
    case 3: return high + 1;
    case 4: return 0;
    case 5: return between(INT64_MIN, INT64_MAX);
    case 6: return is_date ? between(-719162, 2932896) : between(low, low + (high - low) / 1000);
    case 7: return high < 100 ? between(low, high) : between(0, 100);
    default: return between(low, high);
    }
}

static void put_integer(void *values, const struct column *column, int64_t index, int64_t value)
{
    int64_t halves[2] = {value, value < 0 ? -1 : 0};
    memcpy((char *)values + index * column->width, halves, column->width);
}

static void fill_dictionary(struct column *column, const struct slot *slot)
{
    static const struct text OTHERS[] = {{"甲", 3}, {"乙", 3}, {"", 0}, {"x", 1}};
    const struct text *from = slot->type.values ? slot->type.values : OTHERS;
    uint32_t count = slot->type.values ? slot->type.value_count : 4;
    struct text texts[MOST_TEXTS + 1];
    if (count > MOST_TEXTS)
        count = MOST_TEXTS;
    bool is_shuffled = !is_clean && below(3) > 0;
    uint32_t turn = is_shuffled ? below(count) : 0;
    for (uint32_t i = 0; i < count; i++)
        texts[i] = from[(i + turn) % count];
    if (is_shuffled)
        texts[count++] = TEXT("nowhere declared");
    column->dictionary = exact(texts, count * sizeof *texts);
    column->dictionary_count = count;
}

static struct column *random_column(const struct slot *slot)
{
    static const uint8_t NUMBER_WIDTHS[] = {2, 4, 8, 8, 16}, DATE_WIDTHS[] = {4, 4, 8},
                         CODE_WIDTHS[] = {1, 2, 4, 8};
    struct column *column = calloc(1, sizeof *column);
    assert_non_null(column);
    column->length = ROWS;
    column->offset = below(2) ? below(70) : 0;
    column->is_unsigned = below(4) == 0;
    switch (slot->type.kind) {
    case TYPE_BOOLEAN:
        column->type = COLUMN_BOOLEAN;
        column->width = (uint8_t)below(2);
        break;
    case TYPE_DATE:
        column->type = COLUMN_DATE;
        column->width = DATE_WIDTHS[below(3)];
        break;
    case TYPE_STRING:
        column->type = COLUMN_CODE;
        column->width = CODE_WIDTHS[below(4)];
        break;
    default:
        column->type = COLUMN_NUMBER;
        column->width = is_clean ? 8 : NUMBER_WIDTHS[below(5)];
        if (is_clean)
            column->is_unsigned = false;
        column->scale = slot->domain.scale - (unit_is_percent(slot->unit) ? 2 : 0);
        if (!is_clean && below(4) == 0)
            column->scale += (int32_t)below(4) - 1;
    }
    if (column->type == COLUMN_CODE)
        fill_dictionary(column, slot);
    int64_t count = ROWS + column->offset;
    size_t size = column->width ? (size_t)count * column->width : (size_t)(count + 7) / 8;
    char *values = malloc(size);
    assert_non_null(values);
    for (size_t i = 0; i < size; i++)
        values[i] = (char)below(column->width == 1 && column->type == COLUMN_BOOLEAN ? 2 : 256);
    for (int64_t i = 0; i < count && column->width; i++) {
        if (column->type == COLUMN_CODE)
            put_integer(values, column, i, below(column->dictionary_count));
        else if (column->type != COLUMN_BOOLEAN)
            put_integer(values, column, i, random_integer(slot, column));
    }
    column->values = values;
    if (!is_clean && below(3))
        column->validity = random_bits(count, 12);
    if (!is_clean && below(6) == 0)
        column->none = random_bits(count, 2);
    return column;
}

static void free_column(struct column *column)
{
    if (!column)
        return;
    union {
        const void *from;
        void *to;
    } values = {column->values}, validity = {column->validity}, none = {column->none},
      dictionary = {column->dictionary};
    free(values.to);
    free(validity.to);
    free(none.to);
    free(dictionary.to);
    free(column);
}

/* ---- Runs ---- */

struct run {
    struct slot_plan *plan;
    struct output_column *outputs;
    struct slot_counts counts;
};

static void run_over(struct run *run, const struct program *program, const uint32_t *slots, size_t count,
                     const struct column *const *columns, const struct slot_options *options, int64_t first,
                     int64_t rows)
{
    struct slot_workspace *workspace;
    assert_int_equal(slot_plan_make(program, slots, count, options, &run->plan), TUOYU_OK);
    assert_int_equal(slot_workspace_make(run->plan, &workspace), TUOYU_OK);
    assert_int_equal(slot_bind(workspace, columns), TUOYU_OK);
    run->outputs = calloc(count, sizeof *run->outputs);
    assert_non_null(run->outputs);
    for (size_t i = 0; i < count; i++) {
        size_t width = slot_plan_output(run->plan, i).width, bits = (size_t)(rows + 7) / 8;
        run->outputs[i] = (struct output_column){.values = malloc(width * (size_t)rows),
                                                 .known = malloc(bits),
                                                 .missing = malloc(bits),
                                                 .error = malloc(bits)};
        memset(run->outputs[i].values, 0x5a, width * (size_t)rows);
    }
    assert_int_equal(slot_run(workspace, first, rows, run->outputs, &run->counts), TUOYU_OK);
    slot_workspace_free(workspace);
}

/* As run_over, but in runs of up to MOST_PART rows, which the row machine answers as far as they are few. */
static void run_in_parts(struct run *run, const struct program *program, const uint32_t *slots, size_t count,
                         const struct column *const *columns, const struct slot_options *options,
                         int64_t first, int64_t rows)
{
    enum { MOST_PART = 12, MOST_WIDTH = 16 };
    struct slot_workspace *workspace;
    struct slot_counts counts;
    struct output_column *parts = calloc(count, sizeof *parts);
    assert_int_equal(slot_plan_make(program, slots, count, options, &run->plan), TUOYU_OK);
    assert_int_equal(slot_workspace_make(run->plan, &workspace), TUOYU_OK);
    assert_int_equal(slot_bind(workspace, columns), TUOYU_OK);
    run->outputs = calloc(count, sizeof *run->outputs);
    assert_true(parts && run->outputs);
    for (size_t i = 0; i < count; i++) {
        size_t width = slot_plan_output(run->plan, i).width, bits = (size_t)(rows + 7) / 8;
        run->outputs[i] = (struct output_column){.values = malloc(width * (size_t)rows),
                                                 .known = calloc(1, bits),
                                                 .missing = calloc(1, bits),
                                                 .error = calloc(1, bits)};
        parts[i] = (struct output_column){.values = malloc(MOST_PART * MOST_WIDTH),
                                          .known = malloc(2),
                                          .missing = malloc(2),
                                          .error = malloc(2)};
    }
    run->counts = (struct slot_counts){0};
    for (int64_t at = 0; at < rows;) {
        int64_t part = 1 + below(MOST_PART);
        if (part > rows - at)
            part = rows - at;
        assert_int_equal(slot_run(workspace, first + at, part, parts, &counts), TUOYU_OK);
        for (size_t i = 0; i < count; i++)
            put_part(&run->outputs[i], &parts[i], slot_plan_output(run->plan, i).width, at, part);
        run->counts.rows += counts.rows;
        run->counts.fallback_rows += counts.fallback_rows;
        at += part;
    }
    for (size_t i = 0; i < count; i++) {
        free(parts[i].values);
        free(parts[i].known);
        free(parts[i].missing);
        free(parts[i].error);
    }
    free(parts);
    slot_workspace_free(workspace);
}

static void run_free(struct run *run, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(run->outputs[i].values);
        free(run->outputs[i].known);
        free(run->outputs[i].missing);
        free(run->outputs[i].error);
    }
    free(run->outputs);
    slot_plan_free(run->plan);
}

static void show_difference(const struct run *expected, const struct run *got, size_t index,
                            const struct slot *slot, int64_t rows)
{
    const struct output_column *left = &expected->outputs[index], *right = &got->outputs[index];
    size_t width = slot_plan_output(got->plan, index).width;
    for (int64_t i = 0; i < rows; i++) {
        bool is_same = bitmap_get(left->known, i) == bitmap_get(right->known, i) &&
                       bitmap_get(left->missing, i) == bitmap_get(right->missing, i) &&
                       bitmap_get(left->error, i) == bitmap_get(right->error, i) &&
                       memcmp((char *)left->values + (size_t)i * width,
                              (char *)right->values + (size_t)i * width, width) == 0;
        if (is_same)
            continue;
        int64_t first = 0, second = 0;
        memcpy(&first, (char *)left->values + (size_t)i * width, width < 8 ? width : 8);
        memcpy(&second, (char *)right->values + (size_t)i * width, width < 8 ? width : 8);
        struct text_builder text;
        text_builder_init(&text, NULL);
        typed_program_to_text(slot_plan_program(got->plan), &text);
        print_message("%s\n", text.bytes);
        text_builder_free(&text);
        fail_msg(
            "%.*s (%.*s), row %lld: interpreter %lld (known %d missing %d error %d), machine %lld (%d %d %d)",
            TEXT_ARGUMENTS(slot->full_name), TEXT_ARGUMENTS(slot->formula.text), (long long)i,
            (long long)first, bitmap_get(left->known, i), bitmap_get(left->missing, i),
            bitmap_get(left->error, i), (long long)second, bitmap_get(right->known, i),
            bitmap_get(right->missing, i), bitmap_get(right->error, i));
    }
}

static void assert_same(const struct run *expected, const struct run *got, const struct program *program,
                        const uint32_t *slots, size_t count, int64_t rows)
{
    size_t bits = (size_t)(rows + 7) / 8;
    for (size_t i = 0; i < count; i++) {
        const struct output_column *left = &expected->outputs[i], *right = &got->outputs[i];
        size_t size = slot_plan_output(got->plan, i).width * (size_t)rows;
        bool is_same = memcmp(left->known, right->known, bits) == 0 &&
                       memcmp(left->missing, right->missing, bits) == 0 &&
                       memcmp(left->error, right->error, bits) == 0 &&
                       memcmp(left->values, right->values, size) == 0;
        if (!is_same)
            show_difference(expected, got, i, program_slot(program, slots[i]), rows);
        assert_true(is_same);
        assert_int_equal(left->known_count, right->known_count);
        assert_int_equal(left->missing_count, right->missing_count);
        assert_int_equal(left->error_count, right->error_count);
    }
}

/* Every slot with an expression that can be a column. */
static size_t find_outputs(const struct program *program, uint32_t *slots)
{
    size_t count = 0;
    for (uint32_t i = 0; i < program->slot_count; i++) {
        const struct slot *slot = program_slot(program, i);
        bool is_computed =
            slot->kind == SLOT_DEFINITION || slot->kind == SLOT_STEP || slot->kind == SLOT_TABLE;
        struct slot_plan *plan;
        if (!is_computed ||
            slot_plan_make(program, &i, 1, &(struct slot_options){.as_of = 19800}, &plan) != TUOYU_OK)
            continue;
        slot_plan_free(plan);
        slots[count++] = i;
    }
    return count;
}

/* Each output alone: where all is known, by the shorter programs, block by block and row by row. */
static void compare_each(const struct program *program, uint32_t *slots, size_t count,
                         const struct column *const *columns, size_t *quick)
{
    static const uint32_t BLOCKS[] = {7, 1024};
    enum { ROWS_EACH = 150 };
    for (size_t i = 0; i < count; i++) {
        struct slot_options options = {.as_of = 19800, .interpret = true};
        struct run expected, got;
        run_over(&expected, program, &slots[i], 1, columns, &options, 0, ROWS_EACH);
        options.interpret = false;
        for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
            if (!instructions_are_here((enum instruction_set)set))
                continue;
            options.instructions = (enum instruction_set)set;
            options.block_rows = BLOCKS[below(2)];
            run_over(&got, program, &slots[i], 1, columns, &options, 0, ROWS_EACH);
            assert_same(&expected, &got, program, &slots[i], 1, ROWS_EACH);
            run_free(&got, 1);
        }
        run_in_parts(&got, program, &slots[i], 1, columns, &options, 0, ROWS_EACH);
        assert_same(&expected, &got, program, &slots[i], 1, ROWS_EACH);
        *quick += got.counts.fallback_rows == 0;
        run_free(&got, 1);
        run_free(&expected, 1);
    }
}

static void compare_alone(struct tuoyu_policy *policy, bool clean, size_t *quick)
{
    const struct program *program = &policy->layering->program;
    uint32_t *slots = calloc(program->slot_count, sizeof *slots);
    struct column **columns = calloc(program->fact_count, sizeof *columns);
    assert_true(slots && columns);
    size_t count = find_outputs(program, slots);
    is_clean = clean;
    for (uint32_t i = 0; i < program->fact_count; i++)
        columns[i] = random_column(program_slot(program, program->fact_slots[i]));
    is_clean = false;
    compare_each(program, slots, count, (const struct column *const *)columns, quick);
    for (uint32_t i = 0; i < program->fact_count; i++)
        free_column(columns[i]);
    free(slots);
    free(columns);
}

/* Counts outputs, and those of them that are typed. */
static void compare_policy(struct tuoyu_policy *policy, int rounds, size_t *outputs, size_t *typed)
{
    static const uint32_t BLOCKS[] = {1, 7, 1024, 4096};
    int64_t fallback_rows = 0;
    const struct program *program = &policy->layering->program;
    uint32_t *slots = calloc(program->slot_count, sizeof *slots);
    struct column **columns = calloc(program->fact_count, sizeof *columns);
    assert_true(slots && columns);
    size_t count = find_outputs(program, slots);
    for (int round = 0; round < rounds; round++) {
        for (uint32_t i = 0; i < program->fact_count; i++)
            columns[i] = below(20) ? random_column(program_slot(program, program->fact_slots[i])) : NULL;
        int64_t first = below(3) ? 0 : below(40), rows = ROWS - first - below(5);
        struct slot_options options = {.as_of = (int32_t)between(19000, 20400), .interpret = true};
        const struct column *const *given = (const struct column *const *)columns;
        struct run expected, got;
        run_over(&expected, program, slots, count, given, &options, first, rows);
        options.interpret = false;
        for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
            if (!instructions_are_here((enum instruction_set)set))
                continue;
            for (size_t i = 0; i < 4; i++) {
                options.instructions = (enum instruction_set)set;
                options.block_rows = BLOCKS[i];
                run_over(&got, program, slots, count, given, &options, first, rows);
                assert_same(&expected, &got, program, slots, count, rows);
                fallback_rows = got.counts.fallback_rows;
                run_free(&got, count);
            }
        }
        run_in_parts(&got, program, slots, count, given, &options, first, rows);
        assert_same(&expected, &got, program, slots, count, rows);
        assert_int_equal(got.counts.fallback_rows,
                         fallback_rows); /* the same rows fall back from both machines */
        run_free(&got, count);
        *outputs += count;
        for (size_t i = 0; i < count; i++)
            *typed += slot_plan_output(expected.plan, i).is_typed;
        run_free(&expected, count);
        for (uint32_t i = 0; i < program->fact_count; i++)
            free_column(columns[i]);
    }
    free(slots);
    free(columns);
}

/* ---- Random expressions ---- */

struct writer {
    char *text;
    size_t length;
};

static void put(struct writer *writer, const char *text)
{
    size_t length = strlen(text);
    memcpy(writer->text + writer->length, text, length + 1);
    writer->length += length;
}

static void write_truth(struct writer *writer, int depth);
static void write_date(struct writer *writer, int depth);

static void write_any(struct writer *writer, const char *const *choices, uint32_t count)
{
    put(writer, choices[below(count)]);
}

#define ANY(writer, ...)                                  \
    write_any(writer, (const char *const[]){__VA_ARGS__}, \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* One of them in a text, as months and days do not add up. */
static const char *const ELAPSED[] = {"completed months(", "completed years(", "completed days("};
static uint32_t elapsed;

/* Sums of what is linear between knots, in one number: brackets, net amounts, what is above and below a
 * limit. */
static void write_bracket(struct writer *writer)
{
    static const char *const ROOTS[] = {"x.small", "x.money", "x.signed", "x.wide", "min(x.money, x.small)"};
    const char *root = ROOTS[below(5)];
    uint32_t terms = 1 + below(6);
    for (uint32_t i = 0; i < terms; i++) {
        if (i)
            ANY(writer, " + ", " - ");
        ANY(writer, "", "0.5 * ", "3 * ", "-2 * ", "0.01 * ");
        ANY(writer, "min(", "max(", "clamp(", "abs(", "(");
        char last = writer->text[writer->length - 2];
        put(writer, root);
        ANY(writer, "", " - 3", " + 10", " - 4.5", " - 50000");
        if (last == 'n' || last == 'x')
            ANY(writer, ", 5)", ", 0)", ", -40)", ", 60000.5)", ", 99)");
        else if (last == 'p')
            ANY(writer, ", 0, 5)", ", -7, 40000)", ", 12.5, 12.5)", ", 0, 100)");
        else
            put(writer, ")");
    }
}

static void write_number(struct writer *writer, int depth)
{
    if (depth == 0 || below(6) == 0) {
        ANY(writer, "x.small", "x.money", "x.free", "x.part", "x.signed", "x.wide", "factor", "floor_sum",
            "unset", "0", "1", "2.5", "-3", "100", "0.125", "1000000", "banded", "gapped", "limits",
            "limits * 4");
        return;
    }
    put(writer, "(");
    switch (below(15)) {
    case 13:
    case 14: write_bracket(writer); break;
    case 0:
    case 1:
    case 2:
        write_number(writer, depth - 1);
        ANY(writer, " + ", " - ", " * ", " * ");
        write_number(writer, depth - 1);
        break;
    case 3:
        write_number(writer, depth - 1);
        ANY(writer, " / 4", " / 3", " / 12", " / 0.5");
        break;
    case 4:
    case 5:
        ANY(writer, "round half up(", "round half down(", "decimal(", "round up(", "round down(", "floor(",
            "ceiling(");
        write_number(writer, depth - 1);
        ANY(writer, "", " / 3", " / 7", " / 12", " / 1000", " / 64");
        ANY(writer, ", 0)", ", 2)", ", 1)", ", -2)");
        break;
    case 6:
        put(writer, "round to(");
        write_number(writer, depth - 1);
        ANY(writer, "", " / 9");
        ANY(writer, ", 0.5, ", ", 10, ", ", 0.01, ", ", 3, ");
        ANY(writer, "\"half up\")", "\"half even\")", "\"up\")", "\"floor\")", "\"ceiling\")", "\"down\")",
            "\"half down\")");
        break;
    case 7:
    case 8:
        ANY(writer, "min(", "max(", "sum(");
        write_number(writer, depth - 1);
        put(writer, ", ");
        write_number(writer, depth - 1);
        put(writer, ")");
        break;
    case 9:
        put(writer, "abs(");
        write_number(writer, depth - 1);
        put(writer, ")");
        break;
    case 10:
        put(writer, "if ");
        write_truth(writer, depth - 1);
        put(writer, " then ");
        write_number(writer, depth - 1);
        put(writer, " else ");
        write_number(writer, depth - 1);
        break;
    case 11:
        put(writer, ELAPSED[elapsed]);
        write_date(writer, depth - 1);
        put(writer, ", ");
        write_date(writer, depth - 1);
        put(writer, ")");
        break;
    default: write_date(writer, 0); ANY(writer, ".year", ".month", ".day");
    }
    put(writer, ")");
}

static void write_date(struct writer *writer, int depth)
{
    switch (depth == 0 ? below(4) : below(11)) {
    case 0: put(writer, "x.born"); return;
    case 1: put(writer, "x.day"); return;
    case 2: put(writer, "as_of"); return;
    case 3: put(writer, "date(\"2024-02-29\")"); return;
    case 4: put(writer, "start of month("); break;
    case 5: put(writer, "end of month("); break;
    case 6:
        ANY(writer, "add months(", "add years(");
        write_date(writer, depth - 1);
        ANY(writer, ", 6)", ", -13)", ", 36)", ", x.small)", ", x.signed)", ", 12 * x.signed - 3)",
            ", x.yuan)", ", -9600)", ", x.small * 100)");
        return;
    case 7:
        ANY(writer, "date(x.yuan, ", "date(x.small + 1980, ", "date(x.born.year + 1, ", "date(x.day.year, ",
            "date(x.small, ", "date(x.small * 100, ");
        ANY(writer, "1, 1)", "12, 31)", "2, 28)", "2, 29)", "4, 30)", "4, x.small + 25)");
        return;
    case 8:
        put(writer, "(");
        write_date(writer, depth - 1);
        ANY(writer, " + ", " - ");
        ANY(writer, "duration(\"P7D\")", "duration(\"P1D\") * x.small", "x.signed * duration(\"P1M\")",
            "duration(\"-P2Y3M\")", "duration(\"PT24H\") * 2", "duration(\"PT5H\")",
            "duration(\"P1D\") * x.money", "duration(\"P1D\") * x.wide",
            "x.small * duration(\"P1000D\") * x.small");
        put(writer, ")");
        return;
    case 9:
        ANY(writer, "min(", "max(");
        write_date(writer, depth - 1);
        ANY(writer, ", x.born)", ", as_of)", ", date(x.yuan, 12, 1))");
        return;
    default:
        put(writer, "(if ");
        write_truth(writer, depth - 1);
        put(writer, " then x.born else as_of)");
        return;
    }
    write_date(writer, depth - 1);
    put(writer, ")");
}

static void write_truth(struct writer *writer, int depth)
{
    if (depth == 0 || below(8) == 0) {
        ANY(writer, "x.yes", "x.no", "true", "x.kind = \"a\"", "x.kind != \"b\"", "x.kind in (\"a\", \"c\")",
            "x.small in [3..7)", "x.small in (< 2, 5, [50..60])", "x.money between 10 and 200.005",
            "x.born < as_of", "tried", "x.signed = null", "x.signed != null", "x.no = null", "null != x.no",
            "x.small = null", "x.signed > 2");
        return;
    }
    put(writer, "(");
    switch (below(7)) {
    case 0:
    case 1:
        write_truth(writer, depth - 1);
        ANY(writer, " and ", " or ");
        write_truth(writer, depth - 1);
        break;
    case 2:
        put(writer, "not(");
        write_truth(writer, depth - 1);
        put(writer, ")");
        break;
    case 3:
    case 4:
        write_number(writer, depth - 1);
        ANY(writer, " < ", " <= ", " > ", " >= ", " = ", " != ");
        write_number(writer, depth - 1);
        break;
    case 5:
        put(writer, "x.money / x.small");
        ANY(writer, " < ", " <= ", " > ", " >= ", " = ");
        ANY(writer, "2.5", "10", "x.part", "factor");
        break;
    default:
        put(writer, "at least(");
        ANY(writer, "1", "2", "3");
        put(writer, ", [");
        for (int i = 0; i < 4; i++) {
            if (i)
                put(writer, ", ");
            write_truth(writer, depth - 1);
        }
        put(writer, "])");
    }
    put(writer, ")");
}

static const char HEAD[] =
    "tuoyu: 1\nid: cn.test\ntitle: t\nin_force: 2020-01-01..\nsources: {s: {title: t}}\nfacts:\n  x:\n"
    "    small: {type: integer, range: \"[0..100]\"}\n    money: {type: number, scale: 2, range: "
    "\"[-50..100000]\"}\n"
    "    free: {type: number, scale: 3}\n    yuan: {type: integer, range: \"[0..2000]\"}\n    share: {type: "
    "percent, range: \"[0..100]\", scale: 2}\n    part: {type: number, range: \"[0..1]\", scale: 4}\n"
    "    signed: {type: integer, range: \"[-7..7]\", nullable: true}\n    wide: {type: integer, range: "
    "\"[-9000000000..9000000000)\"}\n"
    "    yes: {type: boolean}\n    no: {type: boolean, nullable: true}\n"
    "    kind: {type: enum, values: [a, b, c]}\n    born: {type: date, range: "
    "\"[1900-01-01..2100-12-31]\"}\n    day: {type: date}\n"
    "parameters:\n  rate: {unit: percent, cite: s 1, standing: cited, values: {2020-01-01: {value: 12.5}, "
    "2023-01-01: {value: 80}}}\n  unset: {unset: none}\n"
    "  factor: {cite: s 1, standing: cited, values: {2020-01-01: {value: 1.2}, 2023-06-01: {value: -0.5}}}\n"
    "tables:\n"
    "  banded:\n    hit: F\n    inputs: [{expression: x.money}, {expression: x.kind}]\n    outputs: [{name: "
    "out}]\n    rows:\n"
    "      - {when: [\"< 0\", \"-\"], then: 1}\n      - {when: [\"[0..10.5)\", '\"a\"']  , then: 2.25}\n"
    "      - {when: [\"[0..10.5]\", 'not(\"a\")'], then: 3}\n      - {when: [\"> 90000\", '\"b\"'], then: "
    "-4}\n"
    "      - {when: [\"> 90000\", '\"c\"'], then: unset}\n      - {when: [\"10.5, 20, 30\", \"-\"], then: "
    "7}\n"
    "    default: 0\n"
    "  tried:\n    hit: U\n    inputs: [{expression: x.yes}, {expression: x.small}]\n    outputs: [{name: "
    "out}]\n    rows:\n"
    "      - {when: [\"true\", \"<= 50\"], then: true}\n      - {when: [\"true\", \"[51..80]\"], then: "
    "false}\n"
    "      - {when: [\"false\", \"-\"], then: false}\n"
    "  gapped:\n    hit: F\n    inputs: [{expression: x.kind}, {expression: x.small}]\n    outputs: [{name: "
    "out}]\n    rows:\n"
    "      - {when: ['\"a\"', \"< 30\"], then: 1.5}\n      - {when: ['\"a\"', \"-\"], then: 'null'}\n"
    "      - {when: ['\"b\"', \"> 90\"], then: x.money}\n      - {when: ['\"b\"', \"-\"], then: 4}\n"
    "    default: 'null'\n"
    "  limits:\n    hit: U\n    inputs: [{expression: x.small}]\n    outputs: [{name: out}]\n    rows:\n"
    "      - {when: [\"< 3\"], then: 7}\n      - {when: [\"[3..10)\"], then: -2.5}\n      - {when: "
    "[\"[10..25)\"], then: 1000000}\n"
    "      - {when: [\"[25..26)\"], then: 4}\n      - {when: [\"[26..40)\"], then: 40.25}\n      - {when: "
    "[\"[40..60)\"], then: 0}\n"
    "      - {when: [\"[60..70)\"], then: 31}\n      - {when: [\"[70..77)\"], then: 12}\n"
    "      - {when: [\">= 77\"], then: 1}\n"
    "definitions:\n  floor_sum: floor(x.money + x.small)\n"
    "  percent_share: {formula: x.share, unit: percent}\n"
    "  percent_rounded: {formula: x.share * rate, unit: percent, round: {to: 0.1, mode: half up}}\n"
    "  percent_within: x.share <= rate\n  percent_least: {formula: 'min(x.share, rate)', unit: percent}\n";

static void random_expressions_agree(void **unused)
{
    (void)unused;
    size_t outputs = 0, typed = 0, quick = 0, others = 0;
    enum { DEFINITIONS = 40, SIZE = 1 << 20 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (int round = 0; round < 12; round++) {
        struct writer writer = {.text = text};
        state = (uint64_t)round * 77 + 5;
        elapsed = (uint32_t)round % 3;
        put(&writer, HEAD);
        for (int i = 0; i < DEFINITIONS; i++) {
            char name[32];
            snprintf(name, sizeof name, "  d%d: |-\n    ", i);
            put(&writer, name);
            switch (below(4)) {
            case 0: write_truth(&writer, 3); break;
            case 1: write_date(&writer, 2); break;
            default: write_number(&writer, 3);
            }
            put(&writer, "\n");
            assert_true(writer.length < SIZE / 2);
        }
        struct tuoyu_policy *policy = compile(&(tuoyu_pack_text){.name = "random.yaml",
                                                                 .name_length = TUOYU_NUL_TERMINATED,
                                                                 .text = text,
                                                                 .text_length = writer.length},
                                              1);
        compare_policy(policy, 3, &outputs, &typed);
        compare_alone(policy, true, &quick);
        compare_alone(policy, false, &others);
        tuoyu_policy_unref(policy);
    }
    free(text);
    print_message("random expressions: %zu of %zu outputs typed, %zu alone without the interpreter\n", typed,
                  outputs, quick);
    assert_true(quick > 200);
    assert_true(typed * 2 > outputs);
}

/* Quotients that are computed with further before they are rounded: over facts whose values make ties and
 * whole units of them common, so that the digits that the interpreter loses decide. */
static void write_quotient(struct writer *writer, int depth)
{
    if (depth == 0 || below(7) == 0) {
        ANY(writer, "x.money", "x.small", "x.yuan", "x.yuan / 12", "x.money / 3", "x.yuan * rate / 12",
            "x.small / 7", "1 / 3", "2", "x.signed / 6", "share", "unset", "10 / 12", "x.yuan / 12 * 0.3");
        return;
    }
    put(writer, "(");
    switch (below(9)) {
    case 0:
    case 1:
        write_quotient(writer, depth - 1);
        ANY(writer, " * 0.3", " * 3", " * -1.2", " * 0.8", " * rate", " * 0", " * 21", " * 1.5", " * x.part");
        break;
    case 2:
    case 3:
        write_quotient(writer, depth - 1);
        ANY(writer, " / 12", " / 3", " / 22", " / 0.9", " / 7", " / 64", " / 1.1");
        break;
    case 4:
    case 5:
        write_quotient(writer, depth - 1);
        ANY(writer, " + ", " - ");
        write_quotient(writer, depth - 1);
        break;
    case 6:
        ANY(writer, "min(", "max(");
        write_quotient(writer, depth - 1);
        ANY(writer, ", 4000)", ", 0.5)", ", x.small)", ", x.yuan / 15)", ", share)");
        break;
    case 7:
        put(writer, "- ");
        write_quotient(writer, depth - 1);
        break;
    default:
        write_quotient(writer, depth - 1);
        put(writer, " * ");
        write_quotient(writer, 0);
    }
    put(writer, ")");
}

static void quotients_agree(void **unused)
{
    (void)unused;
    size_t outputs = 0, typed = 0;
    enum { DEFINITIONS = 40, SIZE = 1 << 18 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (int round = 0; round < 12; round++) {
        struct writer writer = {.text = text};
        state = (uint64_t)round * 191 + 3;
        put(&writer, HEAD);
        put(&writer, "  share: x.yuan / 12 * rate\n");
        for (int i = 0; i < DEFINITIONS; i++) {
            char name[32];
            snprintf(name, sizeof name, "  d%d: |-\n    ", i);
            put(&writer, name);
            ANY(&writer, "round half up(", "round half down(", "decimal(", "round up(", "round down(",
                "floor(", "ceiling(");
            write_quotient(&writer, 1 + (int)below(3));
            ANY(&writer, ", 0)", ", 2)", ", 1)", ", -2)", ", 2)");
            put(&writer, "\n");
            assert_true(writer.length < SIZE / 2);
        }
        struct tuoyu_policy *policy = compile(&(tuoyu_pack_text){.name = "quotients.yaml",
                                                                 .name_length = TUOYU_NUL_TERMINATED,
                                                                 .text = text,
                                                                 .text_length = writer.length},
                                              1);
        compare_policy(policy, 3, &outputs, &typed);
        tuoyu_policy_unref(policy);
    }
    free(text);
    print_message("quotients: %zu of %zu outputs typed\n", typed, outputs);
    assert_true(typed * 4 > outputs * 3);
}

static void example_packs_agree(void **unused)
{
    (void)unused;
    size_t outputs = 0, typed = 0, quick = 0, others = 0;
    struct tuoyu_policy *policy = compile_files("examples/packs/*/*.yaml");
    compare_policy(policy, 2, &outputs, &typed);
    compare_alone(policy, true, &quick);
    compare_alone(policy, false, &others);
    tuoyu_policy_unref(policy);
    print_message("example packs: %zu of %zu outputs typed, %zu alone without the interpreter\n", typed,
                  outputs, quick);
    assert_true(quick > 100);
    assert_true(typed * 2 > outputs);
}

/* ---- Runs larger than the caches ---- */

static const char LARGE[] =
    "tuoyu: 1\nid: cn.test\ntitle: t\nin_force: 2020-01-01..\nsources: {s: {title: t}}\nfacts:\n  x:\n"
    "    small: {type: integer, range: \"[0..100]\"}\n    money: {type: number, scale: 2, range: "
    "\"[-50..100000]\"}\n"
    "    wide: {type: integer, range: \"[-9000000000..9000000000)\"}\n    yes: {type: boolean}\n"
    "    born: {type: date, range: \"[1900-01-01..2100-12-31]\"}\n"
    "definitions:\n  a: x.small * 3 - 7\n  b: min(x.money, 400)\n  c: x.wide + x.small\n  d: round half "
    "up(x.money / 7, 2)\n"
    "  e: if x.yes then x.money else 0\n  f: abs(x.wide)\n  g: x.yes and x.small > 30\n  h: end of "
    "month(x.born)\n"
    "  i: {formula: x.small / 1000, unit: percent}\n";

enum { LARGE_OUTPUTS = 9, LARGE_ROWS = 170000, LARGE_FACTS = 5 };

/* Values of all facts, side by side; missing: every so many rows, 0 for none. */
static void fill_large(struct column columns[LARGE_FACTS], const struct program *program,
                       const struct column *facts[], int64_t missing)
{
    static const struct {
        uint8_t type, width;
        int32_t scale;
        int64_t low, high;
    } KINDS[LARGE_FACTS] = {{COLUMN_NUMBER, 1, 0, 0, 100},
                            {COLUMN_NUMBER, 4, 2, -5000, 10000000},
                            {COLUMN_NUMBER, 8, 0, -9000000000, 8999999999},
                            {COLUMN_BOOLEAN, 1, 0, 0, 1},
                            {COLUMN_DATE, 4, 0, -25567, 47846}};
    for (uint32_t i = 0; i < LARGE_FACTS; i++) {
        char *values = malloc((size_t)LARGE_ROWS * KINDS[i].width);
        uint8_t *validity = missing ? malloc(LARGE_ROWS / 8 + 1) : NULL;
        assert_true(values && (validity || !missing));
        columns[i] = (struct column){.type = KINDS[i].type,
                                     .width = KINDS[i].width,
                                     .scale = KINDS[i].scale,
                                     .values = values,
                                     .length = LARGE_ROWS,
                                     .validity = validity};
        for (int64_t row = 0; row < LARGE_ROWS; row++)
            put_integer(values, &columns[i], row, between(KINDS[i].low, KINDS[i].high));
        if (validity)
            memset(validity, 0xff, LARGE_ROWS / 8 + 1);
        for (int64_t row = 0; missing && row < LARGE_ROWS; row += missing + i)
            bitmap_clear(validity, row);
        assert_int_equal(program->fact_count, LARGE_FACTS);
        facts[i] = &columns[i];
    }
}

/* What is streamed past the caches, to addresses of any alignment, against the same rows in runs that are
 * not. */
static void large_runs_agree(void **unused)
{
    (void)unused;
    struct tuoyu_policy *policy = compile(&(tuoyu_pack_text){.name = "large.yaml",
                                                             .name_length = TUOYU_NUL_TERMINATED,
                                                             .text = LARGE,
                                                             .text_length = TUOYU_NUL_TERMINATED},
                                          1);
    const struct program *program = &policy->layering->program;
    uint32_t slots[LARGE_OUTPUTS];
    size_t count = 0;
    for (uint32_t i = 0; i < program->slot_count; i++)
        if (program_slot(program, i)->kind == SLOT_DEFINITION)
            slots[count++] = i;
    assert_int_equal(count, LARGE_OUTPUTS);
    for (int set = INSTRUCTIONS_BASELINE; set <= INSTRUCTIONS_AVX512; set++) {
        if (!instructions_are_here((enum instruction_set)set))
            continue;
        struct column columns[LARGE_FACTS];
        const struct column *facts[LARGE_FACTS];
        struct slot_options options = {.as_of = 19800,
                                       .instructions = (enum instruction_set)set,
                                       .block_rows = set == INSTRUCTIONS_AVX2 ? 1000 : 0};
        struct run expected, got;
        fill_large(columns, program, facts, set == INSTRUCTIONS_BASELINE ? 0 : 1500);
        run_over(&got, program, slots, count, facts, &options, 3, LARGE_ROWS - 3);
        run_in_parts(&expected, program, slots, count, facts, &options, 3, LARGE_ROWS - 3);
        assert_same(&expected, &got, program, slots, count, LARGE_ROWS - 3);
        run_free(&expected, count);
        run_free(&got, count);
        for (int i = 0; i < LARGE_FACTS; i++) {
            union {
                const void *from;
                void *to;
            } values = {columns[i].values}, validity = {columns[i].validity};
            free(values.to);
            free(validity.to);
        }
    }
    tuoyu_policy_unref(policy);
}

/* Each operation that the table gives a kernel has one in every set, and no other has. */
static void the_table_says_which_operations_have_kernels(void **state_)
{
    (void)state_;
    const struct kernel_set *const sets[] = {&KERNELS_BASELINE, &KERNELS_AVX2, &KERNELS_AVX512};
    for (size_t set = 0; set < sizeof sets / sizeof *sets; set++) {
        for (int code = 0; code < OPERATION_COUNT; code++) {
            size_t count = 0;
            for (int lane = 0; lane < LANE_COUNT; lane++)
                for (int form = 0; form < FORM_COUNT; form++)
                    count += sets[set]->operations[code][lane][form] != NULL;
            /* a quotient takes the kernel of a division, and settles its edges itself */
            bool has_kernel = OPERATIONS[code].lane != LANE_NO_KERNEL && code != OPERATION_QUOTIENT;
            if (has_kernel != (count > 0))
                fail_msg("%s: %zu kernels", OPERATIONS[code].text, count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_which_operations_have_kernels),
        cmocka_unit_test(random_expressions_agree),
        cmocka_unit_test(quotients_agree),
        cmocka_unit_test(example_packs_agree),
        cmocka_unit_test(large_runs_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
