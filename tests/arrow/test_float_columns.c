/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of floats, where the caller asks for their shortest decimals: every cell of every answer is the
 * interpreter's, which reads each number by its text; whatever the instructions, the size of blocks, and
 * how the column lies in memory. Rows that are no decimals of their fact are errors, and only they are
 * computed one by one. */
#include <stdio.h>
#include <string.h>

#include "../columns/random_floats.h"
#include "../columns/random_numbers.h"
#include "../rules/policy_fixture.h"
#include "arrow/arrow_import.h"
#include "value/decimal.h"

enum { ROWS = 600, OFFSET = 5, FACTS = 2, RULES = 2, TEXT_SIZE = 512 };

static const char *const NAMES[FACTS] = {"child.fee", "child.share"};
static const char *const RULE_NAMES[RULES] = {"ceiling", "shares"};
static const int32_t SCALES[FACTS] = {2, 0};

/* How the columns stand. */
struct style {
    const char *name;
    uint8_t width;
    int64_t offset;
    uint32_t missing, wrong; /* of a thousand cells */
    bool is_misaligned;      /* at an address that is no multiple of the width */
    bool is_dictionary;
};

static const struct style STYLES[] = {
    {"float64", 8, 0, 0, 0, false, false},
    {"float64 after an offset", 8, OFFSET, 0, 0, false, false},
    {"float64, some missing", 8, 0, 100, 0, false, false},
    {"float64, some wrong", 8, OFFSET, 100, 20, false, false},
    {"float64, misaligned", 8, OFFSET, 50, 20, true, false},
    {"float64, dictionary", 8, OFFSET, 50, 20, false, true},
    {"float32", 4, 0, 0, 0, false, false},
    {"float32, some missing", 4, OFFSET, 100, 0, false, false},
    {"float32, some wrong", 4, 0, 100, 20, false, false},
    {"float32, misaligned", 4, 0, 50, 20, true, false},
    {"float32, dictionary", 4, 0, 50, 20, false, true},
    {"float64, all missing", 8, 0, 1000, 0, false, false},
};
enum { STYLE_COUNT = sizeof STYLES / sizeof *STYLES };

struct float_column {
    _Alignas(8) unsigned char bytes[(ROWS + OFFSET + 1) * 8];
    uint8_t validity[(ROWS + OFFSET + 7) / 8 + 1];
    int32_t indices[ROWS + OFFSET];
    const void *buffers[2], *words[2];
    struct ArrowSchema schema, word_schema;
    struct ArrowArray array, word_array;
};

struct float_table {
    struct float_column columns[FACTS];
    struct ArrowSchema schema, *schemas[FACTS];
    struct ArrowArray array, *arrays[FACTS];
    const void *buffers[1];
};

static tuoyu_policy *city;

static void keep_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void keep_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static void fill_column(struct float_column *column, const struct style *style, int32_t scale,
                        uint64_t *random)
{
    unsigned char *bytes = column->bytes + style->is_misaligned;
    for (int64_t row = 0; row < ROWS; row++) {
        int64_t at = style->offset + row, most = scale == 2 ? 8000000 : 100;
        uint64_t bits = float_of_decimal(random_between(random, 0, most), scale, style->width);
        if (random_of(random, 1000) < style->wrong)
            bits = wrong_float(bits, style->width, random);
        if (random_of(random, 1000) < style->missing)
            bits = float_of_decimal(-1, 0, style->width);
        else
            column->validity[at / 8] |= (uint8_t)(1u << at % 8);
        memcpy(bytes + at * style->width, &bits, style->width);
        column->indices[at] = (int32_t)at;
    }
    column->buffers[0] = style->missing ? column->validity : NULL;
    column->buffers[1] = bytes;
}

static void make_column(struct float_column *column, const struct style *style, const char *name,
                        int32_t scale, uint64_t *random)
{
    const char *format = style->width == 4 ? "f" : "g";
    memset(column, 0, sizeof *column);
    fill_column(column, style, scale, random);
    column->schema = (struct ArrowSchema){.format = format, .name = name, .release = keep_schema};
    column->array = (struct ArrowArray){.length = ROWS,
                                        .offset = style->offset,
                                        .null_count = -1,
                                        .n_buffers = 2,
                                        .buffers = column->buffers,
                                        .release = keep_array};
    if (!style->is_dictionary)
        return;
    column->words[1] = column->buffers[1];
    column->buffers[1] = column->indices;
    column->schema.format = "i";
    column->schema.dictionary = &column->word_schema;
    column->array.dictionary = &column->word_array;
    column->word_schema = (struct ArrowSchema){.format = format, .release = keep_schema};
    column->word_array = (struct ArrowArray){
        .length = style->offset + ROWS, .n_buffers = 2, .buffers = column->words, .release = keep_array};
}

static void make_table(struct float_table *table, const struct style *style, uint64_t *random)
{
    for (size_t i = 0; i < FACTS; i++) {
        make_column(&table->columns[i], style, NAMES[i], SCALES[i], random);
        table->schemas[i] = &table->columns[i].schema;
        table->arrays[i] = &table->columns[i].array;
    }
    table->schema = (struct ArrowSchema){
        .format = "+s", .n_children = FACTS, .children = table->schemas, .release = keep_schema};
    table->array = (struct ArrowArray){.length = ROWS,
                                       .n_buffers = 1,
                                       .buffers = table->buffers,
                                       .n_children = FACTS,
                                       .children = table->arrays,
                                       .release = keep_array};
}

/* ---- Answers ---- */

struct answers {
    struct ArrowSchema schema;
    struct ArrowArray array;
    struct arrow_table table;
    int64_t error_rows, fallback_rows;
};

static void ask(const struct float_table *table, tuoyu_batch_options options, struct answers *out)
{
    tuoyu_batch *batch;
    tuoyu_batch_run_options run = {.size = sizeof run};
    options.size = sizeof options;
    options.floats = TUOYU_FLOATS_SHORTEST;
    assert_int_equal(
        tuoyu_batch_new(city, RULE_NAMES, NULL, RULES, day("2025-01-01"), &options, &batch, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_batch_run(batch, &table->schema, &table->array, 0, -1, &run, &out->array, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_batch_schema(batch, &out->schema), TUOYU_OK);
    assert_int_equal(arrow_table_open(&out->table, &out->schema, &out->array, NULL), TUOYU_OK);
    out->error_rows = run.error_rows;
    out->fallback_rows = run.fallback_rows;
    tuoyu_batch_unref(batch);
}

static void forget(struct answers *answers)
{
    answers->array.release(&answers->array);
    answers->schema.release(&answers->schema);
}

static void show_cell(const struct arrow_column *column, int64_t row, char text[TEXT_SIZE])
{
    struct arrow_cell cell = arrow_column_cell(column, row);
    strcpy(text, "null");
    if (cell.kind == ARROW_CELL_NUMBER)
        decimal_format(cell.number, text);
    if (cell.kind == ARROW_CELL_BOOLEAN)
        strcpy(text, cell.boolean ? "true" : "false");
    if (cell.kind == ARROW_CELL_TEXT)
        snprintf(text, TEXT_SIZE, "\"%.*s\"", TEXT_ARGUMENTS(cell.text));
    assert_int_not_equal(cell.kind, ARROW_CELL_BAD);
}

static void assert_same(const struct answers *got, const struct answers *expected, const char *what)
{
    char left[TEXT_SIZE], right[TEXT_SIZE];
    for (int64_t i = 0; i < expected->table.column_count; i++) {
        struct arrow_column got_column, expected_column;
        assert_int_equal(arrow_column_open(&got->table, i, &got_column, NULL), TUOYU_OK);
        assert_int_equal(arrow_column_open(&expected->table, i, &expected_column, NULL), TUOYU_OK);
        for (int64_t row = 0; row < ROWS; row++) {
            show_cell(&got_column, row, left);
            show_cell(&expected_column, row, right);
            if (strcmp(left, right) != 0)
                fail_msg("%s: %s, row %d: %s, not %s", what, got_column.name.bytes, (int)row, left, right);
        }
    }
}

static void every_cell_is_the_interpreters(void **state)
{
    (void)state;
    static const int32_t BLOCKS[] = {0, 1, 7, 64};
    uint64_t random = 5;
    for (size_t i = 0; i < 3 * STYLE_COUNT; i++) {
        static struct float_table table;
        const struct style *style = &STYLES[i % STYLE_COUNT];
        struct answers expected, got;
        make_table(&table, style, &random);
        ask(&table, (tuoyu_batch_options){.interprets = 1}, &expected);
        assert_int_equal(expected.fallback_rows, ROWS);
        if (style->wrong)
            assert_in_range(expected.error_rows, 5, ROWS / 5);
        else
            assert_int_equal(expected.error_rows, 0);
        for (int32_t set = TUOYU_INSTRUCTIONS_BASELINE; set <= TUOYU_INSTRUCTIONS_AVX512; set++) {
            for (size_t j = 0; j < sizeof BLOCKS / sizeof *BLOCKS; j++) {
                ask(&table, (tuoyu_batch_options){.instructions = set, .block_rows = BLOCKS[j]}, &got);
                assert_same(&got, &expected, style->name);
                assert_int_equal(got.error_rows, expected.error_rows);
                assert_int_equal(got.fallback_rows, expected.error_rows);
                forget(&got);
            }
        }
        forget(&expected);
    }
}

/* Rows asked one by one are another machine's. */
static void single_rows_are_those_of_the_table(void **state)
{
    (void)state;
    const tuoyu_batch_options options = {.size = sizeof options,
                                         .floats = TUOYU_FLOATS_SHORTEST,
                                         .numbers = TUOYU_NUMBERS_INTEGER,
                                         .columns = TUOYU_COLUMNS_VALUES};
    uint64_t random = 6;
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        static struct float_table table;
        int64_t all[ROWS], one[1];
        uint8_t complies[ROWS], known[(ROWS + 7) / 8], is_known[1], others[ROWS];
        tuoyu_batch *batch;
        tuoyu_workspace *workspace;
        make_table(&table, &STYLES[i], &random);
        assert_int_equal(
            tuoyu_batch_new(city, RULE_NAMES, NULL, 1, day("2025-01-01"), &options, &batch, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_workspace_new(batch, &workspace, NULL), TUOYU_OK);
        assert_int_equal(tuoyu_workspace_bind(workspace, &table.schema, &table.array, NULL), TUOYU_OK);
        const tuoyu_column whole[] = {{.values = all, .validity = known},
                                      {.values = complies, .validity = others}};
        const tuoyu_column single[] = {{.values = one, .validity = is_known},
                                       {.values = complies, .validity = others}};
        assert_int_equal(tuoyu_workspace_run(workspace, 0, ROWS, whole, 2, NULL), TUOYU_OK);
        for (int64_t row = 0; row < ROWS; row++) {
            assert_int_equal(tuoyu_workspace_run(workspace, row, 1, single, 2, NULL), TUOYU_OK);
            assert_int_equal(one[0], all[row]);
            assert_int_equal(is_known[0] & 1, known[row / 8] >> row % 8 & 1);
        }
        tuoyu_workspace_free(workspace);
        tuoyu_batch_unref(batch);
    }
}

static int load(void **state)
{
    (void)state;
    city = load_file("tests/arrow/city_of_tables.yaml");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(city);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_the_interpreters),
        cmocka_unit_test(single_rows_are_those_of_the_table),
    };
    return cmocka_run_group_tests_name("float_columns", tests, load, unload);
}
