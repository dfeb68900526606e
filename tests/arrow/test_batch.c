/* SPDX-License-Identifier: Apache-2.0 */
/* Rules over tables: every cell is what the rule answers to the row's case; ranges, streams, threads,
 * options, and what goes wrong. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../feel/refusing_allocator.h"
#include "../rules/policy_fixture.h"
#include "arrow/arrow_export.h"
#include "arrow/arrow_import.h"
#include "value/date.h"
#include "value/decimal.h"

enum { FACTS = 6, ROWS = 1500, RULES = 3, TEXT_SIZE = 8192 };

static const char *const NAMES[FACTS] = {"child.fee",        "child.share", "child.birth_date",
                                         "child.registered", "child.name",  "child.kind"};
static const char *const RULE_NAMES[RULES] = {"ceiling", "shares", "entitled"};

/* What a cell of the fact may be: right, missing, at the edge, wrong in each way; with spaces around and
 * controls inside. */
enum { CELL_KINDS = 11 };
static const char *const CELLS[FACTS][CELL_KINDS] = {
    {"1050.55", "0", "100000", "100000.01", "", "1.005", "-1", "many", " 7\t", "\u30007\u00a0", "7\u202e"},
    {"0", "100", "33", "50", "", "12.5", "1e400", "one third", "33 ", "\u2003", "3 3"},
    {"2023-01-01", "2021-12-31", "2022-01-01", "2025-01-01", "", "2023-02-29", "10000-01-01", "2023-1-1",
     "\u30002022-01-01 ", "\n", "2022-01-01\x1b"},
    {"true", "false", "true", "", "yes", "true", "false", "false", " true", "false\u3000", "tr\u200eue"},
    {"𠮷田", "", "null", "a\nb", "𠮷田", "a b; c", "'", "\xff", "\u3000𠮷田\n", "\u2067𠮷田\u2069", "a\x7f"},
    {"public", "private", "", "pubic", "public", "private", "", "public", " public\u3000", "\ufeffprivate",
     "pub\u2028lic"},
};

/* ---- Tables ---- */

struct test_table {
    struct ArrowSchema schema;
    struct ArrowArray array;
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Mostly the first cell of each fact, so that many rows are right. */
static const char *cell_of(size_t fact, int64_t row)
{
    uint32_t state = (uint32_t)(row * 31 + (int64_t)fact * 7919 + 1);
    uint32_t chance = next_random(&state);
    return CELLS[fact][chance % 3 ? 0 : next_random(&state) % CELL_KINDS];
}

/* A table of texts, a column for each fact. */
static void make_texts(struct test_table *table, int64_t rows)
{
    struct arrow_output outputs[FACTS];
    struct arrow_builder builders[FACTS];
    tuoyu_allocator allocator = allocator_or_default(NULL);
    for (size_t i = 0; i < FACTS; i++) {
        outputs[i] =
            (struct arrow_output){.name = text_of(NAMES[i], TUOYU_NUL_TERMINATED), .type = ARROW_OUTPUT_TEXT};
        arrow_builder_init(&builders[i], &outputs[i], rows, &allocator);
        for (int64_t row = 0; row < rows; row++)
            arrow_append_text(&builders[i], text_of(cell_of(i, row), TUOYU_NUL_TERMINATED));
    }
    assert_int_equal(arrow_array_export(builders, FACTS, rows, &allocator, &table->array), TUOYU_OK);
    assert_int_equal(arrow_schema_export(outputs, FACTS, &allocator, &table->schema), TUOYU_OK);
}

static void release_table(struct test_table *table)
{
    if (table->array.release)
        table->array.release(&table->array);
    if (table->schema.release)
        table->schema.release(&table->schema);
}

/* A cell of an answer as text; "" is null. */
static void show_cell(const struct arrow_table *table, const char *name, int64_t row, char text[TEXT_SIZE])
{
    struct arrow_column column;
    int64_t index = 0;
    while (index < table->column_count && strcmp(arrow_table_column_name(table, index).bytes, name) != 0)
        index++;
    assert_true(index < table->column_count);
    assert_int_equal(arrow_column_open(table, index, &column, NULL), TUOYU_OK);
    assert_int_equal(arrow_column_check(&column, row, 1, NULL), TUOYU_OK);
    struct arrow_cell cell = arrow_column_cell(&column, row);
    strcpy(text, "");
    if (cell.kind == ARROW_CELL_NUMBER)
        decimal_format(cell.number, text);
    if (cell.kind == ARROW_CELL_BOOLEAN)
        strcpy(text, cell.boolean ? "true" : "false");
    if (cell.kind == ARROW_CELL_TEXT)
        snprintf(text, TEXT_SIZE, "%.*s", TEXT_ARGUMENTS(cell.text));
    assert_int_not_equal(cell.kind, ARROW_CELL_BAD);
}

static void assert_shows(const struct arrow_table *table, const char *rule, const char *part, int64_t row,
                         const char *expected)
{
    char name[64], text[TEXT_SIZE];
    snprintf(name, sizeof name, "%s%s%s", rule, *rule ? "." : "", part);
    show_cell(table, name, row, text);
    if (strcmp(text, expected) != 0)
        fail_msg("%s, row %d: \"%s\", not \"%s\"", name, (int)row, text, expected);
}

/* ---- The case of a row, asked by itself ---- */

static const char *const OUTCOMES[] = {"",      "determined",  "undetermined", "not_applicable",
                                       "error", "not_in_force"};
static const char *const STANDINGS[] = {"", "cited", "derived", "draft", "assumed"};
static const char *const DECISIONS[] = {"", "eligible", "ineligible", "undetermined", "not_applicable"};

static void assert_common(const struct arrow_table *table, const char *rule, int64_t row,
                          const tuoyu_answer *answer)
{
    char missing[TEXT_SIZE] = "";
    for (size_t i = 0; answer && i < tuoyu_answer_missing_count(answer); i++) {
        if (i)
            strcat(missing, " ");
        strcat(missing, tuoyu_answer_missing_name(answer, i));
    }
    assert_shows(table, rule, "outcome", row, answer ? OUTCOMES[tuoyu_answer_outcome(answer)] : "error");
    assert_shows(table, rule, "missing", row, missing);
    assert_shows(table, rule, "standing", row, answer ? STANDINGS[tuoyu_answer_standing(answer)] : "");
}

static void assert_quote(const struct arrow_table *table, int64_t row, const tuoyu_quote *quote)
{
    static const char *const COMPLIES[] = {"", "false", "true"};
    tuoyu_decimal amount;
    tuoyu_status status = quote ? tuoyu_quote_amount(quote, &amount) : TUOYU_ERROR_NOT_FOUND;
    assert_shows(table, "ceiling", "amount", row, status == TUOYU_OK ? digits(status, &amount) : "");
    assert_shows(table, "ceiling", "complies", row, quote ? COMPLIES[tuoyu_quote_complies(quote) + 1] : "");
    assert_common(table, "ceiling", row, quote ? tuoyu_quote_answer(quote) : NULL);
}

static void assert_split(const struct arrow_table *table, int64_t row, const tuoyu_split *split)
{
    static const char *const MEMBERS[] = {"payers.district", "payers.family"};
    tuoyu_decimal amount;
    tuoyu_status status = split ? tuoyu_split_whole(split, &amount) : TUOYU_ERROR_NOT_FOUND;
    assert_shows(table, "shares", "whole", row, status == TUOYU_OK ? digits(status, &amount) : "");
    for (size_t i = 0; i < 2; i++) {
        status = split ? tuoyu_split_line_amount(split, i, &amount) : TUOYU_ERROR_NOT_FOUND;
        assert_shows(table, "shares", MEMBERS[i], row, status == TUOYU_OK ? digits(status, &amount) : "");
    }
    assert_common(table, "shares", row, split ? tuoyu_split_answer(split) : NULL);
}

/* Whether the row has errors, which are then those of the column `error`. */
static bool assert_row(tuoyu_policy *policy, const struct arrow_table *table, int64_t row, int64_t given,
                       int32_t as_of)
{
    tuoyu_diagnostics *findings;
    tuoyu_case *facts;
    tuoyu_pricing *pricing;
    tuoyu_cost_sharing *sharing;
    tuoyu_eligibility *eligibility;
    tuoyu_quote *quote = NULL;
    tuoyu_split *split = NULL;
    tuoyu_verdict *verdict = NULL;
    char error[TEXT_SIZE] = "";
    bool is_good = true;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &findings), TUOYU_OK);
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    for (size_t i = 0; i < FACTS; i++)
        is_good &= tuoyu_case_set_text(facts, NAMES[i], TUOYU_NUL_TERMINATED, cell_of(i, given),
                                       TUOYU_NUL_TERMINATED, findings) == TUOYU_OK;
    assert_int_equal(tuoyu_policy_pricing(policy, "ceiling", 7, &pricing, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_policy_cost_sharing(policy, "shares", 6, &sharing, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_policy_eligibility(policy, "entitled", 8, &eligibility, NULL), TUOYU_OK);
    if (is_good) {
        tuoyu_pricing_quote(pricing, facts, as_of, &quote, findings);
        tuoyu_cost_sharing_split(sharing, facts, as_of, &split, findings);
        tuoyu_eligibility_verdict(eligibility, facts, as_of, &verdict, findings);
    }
    assert_quote(table, row, quote);
    assert_split(table, row, split);
    assert_shows(table, "entitled", "decision", row,
                 verdict ? DECISIONS[tuoyu_verdict_decision(verdict)] : "");
    assert_common(table, "entitled", row, verdict ? tuoyu_verdict_answer(verdict) : NULL);
    bool has_error = tuoyu_diagnostics_count(findings) > 0;
    show_cell(table, "error", row, error);
    for (size_t i = 0; i < tuoyu_diagnostics_count(findings); i++) {
        tuoyu_diagnostic item;
        tuoyu_diagnostics_get(findings, i, &item);
        if (!strstr(error, item.message))
            fail_msg("row %d: \"%s\" is not in \"%s\"", (int)row, item.message, error);
        assert_non_null(strstr(error, item.hint));
    }
    if (!has_error)
        assert_string_equal(error, "");
    tuoyu_quote_free(quote);
    tuoyu_split_free(split);
    tuoyu_verdict_free(verdict);
    tuoyu_pricing_unref(pricing);
    tuoyu_cost_sharing_unref(sharing);
    tuoyu_eligibility_unref(eligibility);
    tuoyu_case_free(facts);
    tuoyu_diagnostics_free(findings);
    return has_error;
}

/* ---- Fixture ---- */

static tuoyu_policy *city;

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

static tuoyu_batch *make_batch(const tuoyu_batch_options *options)
{
    tuoyu_batch *batch;
    assert_int_equal(tuoyu_batch_new(city, RULE_NAMES, NULL, RULES, day("2025-01-01"), options, &batch, NULL),
                     TUOYU_OK);
    return batch;
}

static void open_answer(const tuoyu_batch *batch, struct ArrowArray array, struct test_table *out,
                        struct arrow_table *table)
{
    out->array = array;
    assert_int_equal(tuoyu_batch_schema(batch, &out->schema), TUOYU_OK);
    assert_int_equal(arrow_table_open(table, &out->schema, &out->array, NULL), TUOYU_OK);
}

/* ---- Tests ---- */

static void every_row_is_its_case(void **state)
{
    (void)state;
    struct test_table in, out;
    struct arrow_table table;
    struct ArrowArray array;
    tuoyu_batch *batch = make_batch(NULL);
    tuoyu_batch_run_options options = {.size = sizeof options};
    int64_t errors = 0;
    make_texts(&in, ROWS);
    assert_int_equal(tuoyu_batch_run(batch, &in.schema, &in.array, 0, -1, &options, &array, NULL), TUOYU_OK);
    release_table(&in);
    open_answer(batch, array, &out, &table);
    assert_int_equal(table.length, ROWS);
    for (int64_t row = 0; row < ROWS; row++)
        errors += assert_row(city, &table, row, row, day("2025-01-01"));
    assert_int_equal(options.rows, ROWS);
    assert_int_equal(options.error_rows, errors);
    assert_true(errors > 100 && errors < ROWS - 100);
    release_table(&out);
    tuoyu_batch_unref(batch);
}

/* Nothing is asked of a row on a day on which its rules are not in force, whatever its cells say, and by
 * whichever machine. */
static void rules_that_are_not_in_force_say_so_in_every_row(void **state)
{
    (void)state;
    static const int32_t NUMBERS[] = {TUOYU_NUMBERS_DECIMAL, TUOYU_NUMBERS_INTEGER, TUOYU_NUMBERS_TEXT};
    enum { GIVEN = 300 };
    for (size_t i = 0; i < 2 * sizeof NUMBERS / sizeof *NUMBERS; i++) {
        struct test_table in, out;
        struct arrow_table table;
        struct ArrowArray array;
        tuoyu_batch *batch;
        const tuoyu_batch_options options = {
            .size = sizeof options, .numbers = NUMBERS[i / 2], .interprets = i % 2};
        tuoyu_batch_run_options run = {.size = sizeof run};
        assert_int_equal(
            tuoyu_batch_new(city, RULE_NAMES, NULL, RULES, day("2026-01-01"), &options, &batch, NULL),
            TUOYU_OK);
        make_texts(&in, GIVEN);
        assert_int_equal(tuoyu_batch_run(batch, &in.schema, &in.array, 0, -1, &run, &array, NULL), TUOYU_OK);
        open_answer(batch, array, &out, &table);
        for (int64_t row = 0; row < GIVEN; row++) {
            for (size_t rule = 0; rule < RULES; rule++) {
                assert_shows(&table, RULE_NAMES[rule], "outcome", row, "not_in_force");
                assert_shows(&table, RULE_NAMES[rule], "missing", row, "");
            }
            assert_shows(&table, "ceiling", "amount", row, "");
            assert_shows(&table, "ceiling", "complies", row, "");
            assert_shows(&table, "shares", "whole", row, "");
            assert_shows(&table, "shares", "payers.family", row, "");
            assert_shows(&table, "entitled", "decision", row, "not_applicable");
        }
        assert_int_equal(run.rows, GIVEN);
        release_table(&in);
        release_table(&out);
        tuoyu_batch_unref(batch);
    }
}

static void ranges_are_parts_of_the_whole(void **state)
{
    (void)state;
    static const struct {
        int64_t first, count, rows;
    } RANGES[] = {{0, 0, 0}, {0, 1, 1}, {36, 64, 64}, {99, -1, 1}, {100, -1, 0}, {100, 0, 0}};
    static const struct {
        int64_t first, count;
    } WRONG[] = {{-1, 1}, {0, 101}, {101, 0}, {101, -1}, {50, INT64_MAX}, {INT64_MAX, 1}, {0, -2}};
    struct test_table in;
    struct ArrowArray array;
    tuoyu_batch *batch = make_batch(NULL);
    make_texts(&in, 100);
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
        struct test_table out;
        struct arrow_table table;
        assert_int_equal(tuoyu_batch_run(batch, &in.schema, &in.array, RANGES[i].first, RANGES[i].count, NULL,
                                         &array, NULL),
                         TUOYU_OK);
        open_answer(batch, array, &out, &table);
        assert_int_equal(table.length, RANGES[i].rows);
        for (int64_t row = 0; row < table.length; row++)
            assert_row(city, &table, row, RANGES[i].first + row, day("2025-01-01"));
        release_table(&out);
    }
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        assert_int_equal(
            tuoyu_batch_run(batch, &in.schema, &in.array, WRONG[i].first, WRONG[i].count, NULL, &array, NULL),
            TUOYU_ERROR_INVALID_ARGUMENT);
        assert_null(array.release);
    }
    release_table(&in);
    tuoyu_batch_unref(batch);
}

/* ---- Threads ---- */

struct range_of_thread {
    const tuoyu_batch *batch;
    const struct test_table *in;
    int64_t first;
    struct ArrowArray array;
};

static void *run_range(void *data)
{
    struct range_of_thread *range = data;
    tuoyu_batch_run(range->batch, &range->in->schema, &range->in->array, range->first, 50, NULL,
                    &range->array, NULL);
    return NULL;
}

static void threads_share_batch_and_table(void **state)
{
    (void)state;
    enum { THREADS = 8 };
    struct test_table in;
    struct range_of_thread ranges[THREADS];
    pthread_t threads[THREADS];
    tuoyu_batch *batch = make_batch(NULL);
    make_texts(&in, 50 * THREADS);
    for (int i = 0; i < THREADS; i++) {
        ranges[i] = (struct range_of_thread){.batch = batch, .in = &in, .first = 50 * i};
        assert_int_equal(pthread_create(&threads[i], NULL, run_range, &ranges[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        struct test_table out;
        struct arrow_table table;
        pthread_join(threads[i], NULL);
        open_answer(batch, ranges[i].array, &out, &table);
        for (int64_t row = 0; row < 50; row++)
            assert_row(city, &table, row, 50 * i + row, day("2025-01-01"));
        release_table(&out);
    }
    release_table(&in);
    tuoyu_batch_unref(batch);
}

/* ---- Options ---- */

/* A table of one column of these values. */
struct one_column {
    struct ArrowSchema schema, column_schema, *schemas[1];
    struct ArrowArray array, column_array, *arrays[1];
    const void *table_buffers[1], *buffers[2];
};

static void keep_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void keep_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static void make_column(struct one_column *column, const char *name, const char *format, int64_t rows,
                        const void *validity, const void *values)
{
    *column = (struct one_column){.buffers = {validity, values}};
    column->schemas[0] = &column->column_schema;
    column->arrays[0] = &column->column_array;
    column->column_schema = (struct ArrowSchema){.format = format, .name = name, .release = keep_schema};
    column->schema = (struct ArrowSchema){
        .format = "+s", .n_children = 1, .children = column->schemas, .release = keep_schema};
    column->column_array = (struct ArrowArray){
        .length = rows, .null_count = -1, .n_buffers = 2, .buffers = column->buffers, .release = keep_array};
    column->array = (struct ArrowArray){.length = rows,
                                        .n_buffers = 1,
                                        .buffers = column->table_buffers,
                                        .n_children = 1,
                                        .children = column->arrays,
                                        .release = keep_array};
}

/* Runs the city's rules over one column; the answer is released by the caller where the status is TUOYU_OK.
 */
static tuoyu_status run_column(const struct one_column *column, const tuoyu_batch_options *options,
                               struct test_table *out, struct arrow_table *table,
                               tuoyu_diagnostics *diagnostics)
{
    struct ArrowArray array;
    tuoyu_batch *batch = make_batch(options);
    tuoyu_status status =
        tuoyu_batch_run(batch, &column->schema, &column->array, 0, -1, NULL, &array, diagnostics);
    if (status == TUOYU_OK)
        open_answer(batch, array, out, table);
    else
        assert_null(array.release);
    tuoyu_batch_unref(batch);
    return status;
}

static void assert_column_refused(const char *name, const char *format, const tuoyu_batch_options *options,
                                  tuoyu_status code, const char *message, const char *hint)
{
    static const int64_t VALUES[4] = {0};
    struct one_column column;
    struct test_table out;
    struct arrow_table table;
    tuoyu_diagnostics *findings;
    tuoyu_diagnostic item = {.message = ""};
    assert_int_equal(tuoyu_diagnostics_new(NULL, &findings), TUOYU_OK);
    make_column(&column, name, format, 1, NULL, VALUES);
    assert_int_equal(run_column(&column, options, &out, &table, findings), code);
    assert_int_equal(tuoyu_diagnostics_count(findings), 1);
    tuoyu_diagnostics_get(findings, 0, &item);
    if (!strstr(item.message, message) || !strstr(item.hint, hint))
        fail_msg("%s (%s)", item.message, item.hint);
    tuoyu_diagnostics_free(findings);
}

static void columns_that_cannot_be_facts(void **state)
{
    (void)state;
    const tuoyu_batch_options ignoring = {.size = sizeof ignoring,
                                          .unknown_columns = TUOYU_UNKNOWN_COLUMNS_IGNORE};
    assert_column_refused("child.fees", "l", NULL, TUOYU_ERROR_FACT_UNKNOWN, "child.fees",
                          "did you mean child.fee?");
    assert_column_refused(NULL, "l", NULL, TUOYU_ERROR_FACT_UNKNOWN, "no name", "");
    assert_column_refused("child.fee", "g", &ignoring, TUOYU_ERROR_FACT_TYPE,
                          "float64: binary floating point is not exact", "decimal");
    assert_column_refused("child.fee", "tdD", NULL, TUOYU_ERROR_FACT_TYPE,
                          "date32, which cannot hold a fact of type money", "");
    assert_column_refused("child.fee", "b", NULL, TUOYU_ERROR_FACT_TYPE, "bool", "");
    assert_column_refused("child.birth_date", "l", NULL, TUOYU_ERROR_FACT_TYPE, "int64", "");
    assert_column_refused("child.birth_date", "tsn:Asia/Shanghai", NULL, TUOYU_ERROR_FACT_TYPE, "time zone",
                          "date32");
    assert_column_refused("child.registered", "c", NULL, TUOYU_ERROR_FACT_TYPE, "int8", "");
    assert_column_refused("child.kind", "i", NULL, TUOYU_ERROR_FACT_TYPE, "int32", "");
    assert_column_refused("child.fee", "+l", NULL, TUOYU_ERROR_FACT_TYPE, "list, which is not read", "");
    assert_column_refused("child.fee", "d:76,2,256", NULL, TUOYU_ERROR_FACT_TYPE, "decimal256(76, 2)",
                          "decimal128");
}

static void unknown_columns_are_passed_over_where_asked(void **state)
{
    (void)state;
    const tuoyu_batch_options ignoring = {.size = sizeof ignoring,
                                          .unknown_columns = TUOYU_UNKNOWN_COLUMNS_IGNORE};
    static const char *const FORMATS[] = {"l", "g", "+l", "what?"};
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        struct one_column column;
        struct test_table out;
        struct arrow_table table;
        make_column(&column, "note", FORMATS[i], 1, NULL, NULL);
        assert_int_equal(run_column(&column, &ignoring, &out, &table, NULL), TUOYU_OK);
        assert_shows(&table, "ceiling", "missing", 0, "child.fee");
        release_table(&out);
    }
}

static void two_columns_of_one_fact(void **state)
{
    (void)state;
    static const int64_t VALUES[1] = {1};
    struct one_column column;
    struct ArrowSchema *schemas[2];
    struct ArrowArray *arrays[2];
    struct test_table out;
    struct arrow_table table;
    make_column(&column, "child.fee", "l", 1, NULL, VALUES);
    schemas[0] = schemas[1] = &column.column_schema;
    arrays[0] = arrays[1] = &column.column_array;
    column.schema.children = schemas;
    column.array.children = arrays;
    column.schema.n_children = column.array.n_children = 2;
    assert_int_equal(run_column(&column, NULL, &out, &table, NULL), TUOYU_ERROR_DUPLICATE);
}

static void floats_where_asked(void **state)
{
    (void)state;
    const tuoyu_batch_options options = {.size = sizeof options, .floats = TUOYU_FLOATS_SHORTEST};
    /* 1050.55, 0.1 + 0.2, not a number */
    static const uint64_t VALUES[] = {UINT64_C(0x40906a3333333333), UINT64_C(0x3fd3333333333334),
                                      UINT64_C(0x7ff8000000000000)};
    struct one_column column;
    struct test_table out;
    struct arrow_table table;
    make_column(&column, "child.fee", "g", 3, NULL, VALUES);
    assert_int_equal(run_column(&column, &options, &out, &table, NULL), TUOYU_OK);
    assert_shows(&table, "ceiling", "amount", 0, "2101.1");
    assert_shows(&table, "", "error", 0, "");
    assert_shows(&table, "ceiling", "amount", 1, "");
    assert_shows(&table, "ceiling", "outcome", 1, "error");
    assert_shows(&table, "", "error", 2, "'child.fee' is not a finite number");
    release_table(&out);
}

static void numbers_as_text(void **state)
{
    (void)state;
    const tuoyu_batch_options options = {.size = sizeof options, .numbers = TUOYU_NUMBERS_TEXT};
    static const int32_t VALUES[] = {1050, 3};
    static const uint8_t SECOND = 2;
    struct one_column column;
    struct test_table out;
    struct arrow_table table;
    make_column(&column, "child.fee", "i", 2, &SECOND, VALUES);
    assert_int_equal(run_column(&column, &options, &out, &table, NULL), TUOYU_OK);
    assert_string_equal(out.schema.children[0]->format, "u");
    assert_shows(&table, "ceiling", "amount", 0, "");
    assert_shows(&table, "ceiling", "missing", 0, "child.fee");
    assert_shows(&table, "ceiling", "amount", 1, "6");
    release_table(&out);
}

/* A null is missing; only where asked, and of a nullable fact, it says that there is none. */
static void null_may_be_none(void **state)
{
    (void)state;
    static const int64_t VALUES[] = {0};
    static const uint8_t NONE = 0;
    tuoyu_policy *policy =
        load_sections("facts: {a: {x: {type: number, nullable: true}, y: {type: number}}}\n"
                      "eligibility: {e: {title: t, all: [{id: i, when: a.x = null, because: b}]}}\n");
    const char *name = "e";
    for (int32_t is_none = 0; is_none < 2; is_none++) {
        const tuoyu_batch_options options = {.size = sizeof options,
                                             .nulls = is_none ? TUOYU_NULLS_NONE : TUOYU_NULLS_MISSING};
        struct one_column column;
        struct test_table out;
        struct arrow_table table;
        struct ArrowArray array;
        tuoyu_batch *batch;
        assert_int_equal(tuoyu_batch_new(policy, &name, NULL, 1, day("2025-01-01"), &options, &batch, NULL),
                         TUOYU_OK);
        make_column(&column, "a.x", "l", 1, &NONE, VALUES);
        assert_int_equal(tuoyu_batch_run(batch, &column.schema, &column.array, 0, -1, NULL, &array, NULL),
                         TUOYU_OK);
        open_answer(batch, array, &out, &table);
        assert_shows(&table, "e", "decision", 0, is_none ? "eligible" : "undetermined");
        release_table(&out);
        make_column(&column, "a.y", "l", 1, &NONE, VALUES);
        assert_int_equal(tuoyu_batch_run(batch, &column.schema, &column.array, 0, -1, NULL, &array, NULL),
                         TUOYU_OK);
        open_answer(batch, array, &out, &table);
        assert_shows(&table, "e", "decision", 0, "undetermined");
        assert_shows(&table, "", "error", 0, "");
        release_table(&out);
        tuoyu_batch_unref(batch);
    }
    tuoyu_policy_unref(policy);
}

/* Decimals follow the rounding; what does not fit is an error of its row, and text holds it. */
static void a_number_is_never_rounded_on_its_way_out(void **state)
{
    (void)state;
    static const int64_t VALUES[] = {3, 4};
    const char *const names[] = {"third", "tenth", "mill"};
    tuoyu_policy *policy = load_sections(
        "facts: {a: {x: {type: number}}}\n"
        "pricing:\n"
        "  third: {title: t, unit: CNY, steps: [{id: s, formula: 1 / a.x, label: l, unit: CNY}]}\n"
        "  tenth: {title: t, unit: CNY, steps: [{id: s, formula: 1 / a.x, label: l, unit: CNY}], round: {to: "
        "0.1, mode: down}}\n"
        "  mill: {title: t, unit: CNY, steps: [{id: s, formula: 1 / a.x, label: l, unit: CNY, round: {to: "
        "0.001, mode: up}}]}\n");
    struct one_column column;
    struct test_table out;
    struct arrow_table table;
    struct ArrowArray array;
    tuoyu_batch *batch;
    char error[TEXT_SIZE];
    assert_int_equal(tuoyu_batch_new(policy, names, NULL, 3, day("2025-01-01"), NULL, &batch, NULL),
                     TUOYU_OK);
    make_column(&column, "a.x", "l", 2, NULL, VALUES);
    assert_int_equal(tuoyu_batch_run(batch, &column.schema, &column.array, 0, -1, NULL, &array, NULL),
                     TUOYU_OK);
    open_answer(batch, array, &out, &table);
    assert_string_equal(out.schema.children[0]->format, "d:38,12");
    assert_shows(&table, "third", "amount", 0, "");
    assert_shows(&table, "third", "outcome", 0, "error");
    show_cell(&table, "error", 0, error);
    assert_non_null(
        strstr(error, "third.amount is 0.3333333333333333333333333333333333, which decimal128(38, 12)"));
    assert_shows(&table, "third", "amount", 1, "0.25");
    assert_string_equal(out.schema.children[5]->format, "d:38,2");
    assert_shows(&table, "tenth", "amount", 0, "0.3");
    assert_string_equal(out.schema.children[10]->format, "d:38,3");
    assert_shows(&table, "mill", "amount", 0, "0.334");
    release_table(&out);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
}

static void options_of_other_releases(void **state)
{
    (void)state;
    struct {
        tuoyu_batch_options known;
        int64_t unknown;
    } newer = {.known.size = sizeof newer};
    tuoyu_batch_options older = {.size = 4};
    tuoyu_batch *batch;
    assert_int_equal(tuoyu_batch_new(city, RULE_NAMES, NULL, RULES, 0, &newer.known, &batch, NULL), TUOYU_OK);
    tuoyu_batch_unref(batch);
    newer.unknown = 1;
    assert_int_equal(tuoyu_batch_new(city, RULE_NAMES, NULL, RULES, 0, &newer.known, &batch, NULL),
                     TUOYU_ERROR_OPTION_UNKNOWN);
    assert_int_equal(tuoyu_batch_new(city, RULE_NAMES, NULL, RULES, 0, &older, &batch, NULL),
                     TUOYU_ERROR_OPTION_SIZE);
    assert_null(batch);
}

static void rules_that_cannot_be_chosen(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        tuoyu_status code;
        const char *part;
    } CASES[] = {
        {"cieling", "shares", TUOYU_ERROR_NOT_FOUND, "cieling"},
        {"certified_rate", "shares", TUOYU_ERROR_INVALID_ARGUMENT, "indicator"},
        {"shares", "test.city:shares", TUOYU_ERROR_DUPLICATE, "twice"},
        {"shares", NULL, TUOYU_ERROR_INVALID_ARGUMENT, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *const names[] = {CASES[i].first, CASES[i].second};
        tuoyu_diagnostics *findings;
        tuoyu_diagnostic item = {.message = ""};
        tuoyu_batch *batch;
        assert_int_equal(tuoyu_diagnostics_new(NULL, &findings), TUOYU_OK);
        assert_int_equal(tuoyu_batch_new(city, names, NULL, 2, 0, NULL, &batch, findings), CASES[i].code);
        assert_null(batch);
        tuoyu_diagnostics_get(findings, 0, &item);
        if (CASES[i].part)
            assert_non_null(strstr(item.message, CASES[i].part));
        tuoyu_diagnostics_free(findings);
    }
    tuoyu_batch *batch;
    assert_int_equal(tuoyu_batch_new(city, RULE_NAMES, NULL, 0, 0, NULL, &batch, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_batch_new(NULL, RULE_NAMES, NULL, 1, 0, NULL, &batch, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_batch_new(city, RULE_NAMES, NULL, 1, INT32_MAX, NULL, &batch, NULL),
                     TUOYU_ERROR_DATE);
}

/* ---- Progress ---- */

struct stopping {
    int64_t at;   /* the rows at which the run is to stop */
    int64_t last; /* those that were told last */
    int calls;
    bool is_falling;
};

static int32_t stop_at(void *context, int64_t rows)
{
    struct stopping *stopping = context;
    stopping->calls++;
    stopping->is_falling |= rows < stopping->last;
    stopping->last = rows;
    return rows >= stopping->at;
}

/* Runs over texts until it is stopped; options of the run and of the batch, and what progress heard. */
static void run_and_stop(const tuoyu_batch_options *options, struct stopping *stopping,
                         tuoyu_batch_run_options *run)
{
    struct test_table in;
    struct ArrowArray array;
    tuoyu_batch *batch = make_batch(options);
    *run = (tuoyu_batch_run_options){.size = sizeof *run, .progress = stop_at, .context = stopping};
    make_texts(&in, 6000);
    tuoyu_status status = tuoyu_batch_run(batch, &in.schema, &in.array, 0, -1, run, &array, NULL);
    assert_int_equal(status, TUOYU_ERROR_CANCELLED);
    assert_null(array.release);
    assert_true(run->rows == stopping->last && !stopping->is_falling);
    release_table(&in);
    tuoyu_batch_unref(batch);
}

/* Blocks of 300 rows: at the seventh at the latest; earlier where the interpreter, which asks row by row,
 * computes one. */
static void progress_can_stop_a_run(void **state)
{
    (void)state;
    struct stopping stopping = {.at = 2000};
    tuoyu_batch_run_options run;
    const tuoyu_batch_options blocks = {.size = sizeof blocks, .block_rows = 300};
    run_and_stop(&blocks, &stopping, &run);
    assert_true(stopping.calls >= 7 && run.rows >= 2000 && run.rows <= 2100);
}

static void progress_can_stop_the_interpreter_at_a_row(void **state)
{
    (void)state;
    struct stopping stopping = {.at = 5};
    tuoyu_batch_run_options run;
    const tuoyu_batch_options interpreted = {.size = sizeof interpreted, .interprets = 1};
    run_and_stop(&interpreted, &stopping, &run);
    assert_true(stopping.calls == 5 && run.rows == 5);
}

/* ---- Streams ---- */

struct table_source {
    int64_t tables; /* still to come */
    int fails_at;   /* the call of get_next that fails; 0: none */
    int calls, released;
    bool has_no_schema;
    int64_t rows;
};

static int source_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct table_source *source = self->private_data;
    struct test_table table;
    if (source->has_no_schema)
        return EIO;
    make_texts(&table, 0);
    *out = table.schema;
    table.array.release(&table.array);
    return 0;
}

static int source_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct table_source *source = self->private_data;
    struct test_table table;
    *out = (struct ArrowArray){.release = NULL};
    if (++source->calls == source->fails_at)
        return EIO;
    if (source->tables-- <= 0)
        return 0;
    make_texts(&table, source->rows);
    *out = table.array;
    table.schema.release(&table.schema);
    return 0;
}

static const char *source_error(struct ArrowArrayStream *self)
{
    (void)self;
    return "the disk is gone";
}

static void source_release(struct ArrowArrayStream *self)
{
    ((struct table_source *)self->private_data)->released++;
    self->release = NULL;
}

static struct ArrowArrayStream stream_of(struct table_source *source)
{
    return (struct ArrowArrayStream){.get_schema = source_schema,
                                     .get_next = source_next,
                                     .get_last_error = source_error,
                                     .release = source_release,
                                     .private_data = source};
}

static void a_stream_answers_table_by_table(void **state)
{
    (void)state;
    struct table_source source = {.tables = 3, .rows = 40};
    struct ArrowArrayStream in = stream_of(&source), out;
    struct test_table answer;
    tuoyu_batch *batch = make_batch(NULL);
    tuoyu_batch_run_options options = {.size = sizeof options};
    assert_int_equal(tuoyu_batch_run_stream(batch, &in, &options, &out, NULL), TUOYU_OK);
    assert_null(in.release);
    tuoyu_batch_unref(batch); /* the stream holds one */
    assert_int_equal(out.get_schema(&out, &answer.schema), 0);
    for (int i = 0; i < 3; i++) {
        struct arrow_table table;
        assert_int_equal(out.get_next(&out, &answer.array), 0);
        assert_int_equal(arrow_table_open(&table, &answer.schema, &answer.array, NULL), TUOYU_OK);
        for (int64_t row = 0; row < 40; row++)
            assert_row(city, &table, row, row, day("2025-01-01"));
        answer.array.release(&answer.array);
    }
    assert_int_equal(out.get_next(&out, &answer.array), 0);
    assert_null(answer.array.release);
    assert_null(out.get_last_error(&out));
    assert_int_equal(options.rows, 120);
    out.release(&out);
    assert_int_equal(source.released, 1);
    release_table(&answer);
}

static void a_stream_that_fails_says_so(void **state)
{
    (void)state;
    struct table_source source = {.tables = 3, .rows = 4, .fails_at = 2};
    struct ArrowArrayStream in = stream_of(&source), out;
    struct ArrowArray array;
    tuoyu_batch *batch = make_batch(NULL);
    assert_int_equal(tuoyu_batch_run_stream(batch, &in, NULL, &out, NULL), TUOYU_OK);
    assert_int_equal(out.get_next(&out, &array), 0);
    array.release(&array);
    assert_int_equal(out.get_next(&out, &array), EIO);
    assert_null(array.release);
    assert_non_null(strstr(out.get_last_error(&out), "the disk is gone"));
    out.release(&out);
    struct table_source silent = {.has_no_schema = true};
    in = stream_of(&silent);
    assert_int_equal(tuoyu_batch_run_stream(batch, &in, NULL, &out, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(in.release);
    assert_null(out.release);
    assert_int_equal(silent.released, 1);
    assert_int_equal(tuoyu_batch_run_stream(batch, &in, NULL, &out, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_batch_unref(batch);
}

/* ---- Memory ---- */

/* A policy whose memory is refused once, or from a call on. */
static tuoyu_status run_refused(struct ledger *ledger, size_t refused, const struct test_table *in)
{
    tuoyu_allocator allocator = refusing_allocator(ledger);
    char *text = source_file("tests/arrow/city_of_tables.yaml");
    tuoyu_pack_text pack = {.name = "city", .name_length = 4, .text = text, .text_length = strlen(text)};
    tuoyu_load_options load_options = {.size = sizeof load_options, .allocator = &allocator};
    tuoyu_policy *policy;
    tuoyu_batch *batch = NULL;
    struct ArrowArray array = {.release = NULL};
    assert_int_equal(tuoyu_policy_load(&pack, 1, &load_options, &policy, NULL), TUOYU_OK);
    free(text);
    if (refused)
        ledger->refused_only = ledger->calls + refused;
    size_t before = ledger->calls;
    tuoyu_status status =
        tuoyu_batch_new(policy, RULE_NAMES, NULL, RULES, day("2025-01-01"), NULL, &batch, NULL);
    if (status == TUOYU_OK)
        status = tuoyu_batch_run(batch, &in->schema, &in->array, 0, -1, NULL, &array, NULL);
    ledger->calls -= before;
    if (array.release)
        array.release(&array);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    return status;
}

static void refused_memory_is_said_and_given_back(void **state)
{
    (void)state;
    struct test_table in;
    make_texts(&in, 8);
    for (size_t refused = 1;; refused++) {
        struct ledger ledger = {0};
        tuoyu_status status = run_refused(&ledger, refused, &in);
        assert_int_equal(ledger.bytes, 0);
        if (ledger.calls < refused) {
            assert_int_equal(status, TUOYU_OK);
            assert_true(refused > 100);
            break;
        }
        if (status != TUOYU_OK)
            assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
    }
    release_table(&in);
}

/* ---- Names of columns ---- */

static void assert_columns_differ(tuoyu_policy *policy, int32_t columns)
{
    static const char *const NAME[] = {"split"};
    tuoyu_batch_options options = {.size = sizeof options, .columns = columns};
    tuoyu_batch *batch;
    struct ArrowSchema schema;
    assert_int_equal(tuoyu_batch_new(policy, NAME, NULL, 1, day("2025-01-01"), &options, &batch, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_batch_schema(batch, &schema), TUOYU_OK);
    for (int64_t i = 0; i < schema.n_children; i++)
        for (int64_t j = 0; j < i; j++)
            assert_string_not_equal(schema.children[i]->name, schema.children[j]->name);
    schema.release(&schema);
    tuoyu_batch_unref(batch);
}

/* Payers that are called as other members of answers are, in every choice of groups: each column keeps a
 * name of its own. */
static void no_two_columns_have_one_name(void **state)
{
    (void)state;
    static const char *const PAYERS[] = {"whole", "outcome", "missing", "standing",
                                         "error", "amount",  "payers"};
    for (size_t i = 0; i < sizeof PAYERS / sizeof *PAYERS; i++) {
        for (int is_residual = 0; is_residual < 2; is_residual++) {
            char pack[400];
            snprintf(pack, sizeof pack,
                     "facts: {a: {m: {type: money, unit: CNY}}}\ncost_sharing: {split: {title: S, unit: CNY, "
                     "cite: s 1, of: a.m, "
                     "payers: [{id: %s, rate: 0.5}], residual: %s}}\n",
                     is_residual ? "gov" : PAYERS[i], is_residual ? PAYERS[i] : "gov");
            tuoyu_policy *policy = load_sections(pack);
            for (int32_t columns = 0; columns < 2 * TUOYU_COLUMNS_ERROR; columns++)
                assert_columns_differ(policy, columns);
            tuoyu_policy_unref(policy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_its_case),
        cmocka_unit_test(rules_that_are_not_in_force_say_so_in_every_row),
        cmocka_unit_test(ranges_are_parts_of_the_whole),
        cmocka_unit_test(threads_share_batch_and_table),
        cmocka_unit_test(columns_that_cannot_be_facts),
        cmocka_unit_test(unknown_columns_are_passed_over_where_asked),
        cmocka_unit_test(two_columns_of_one_fact),
        cmocka_unit_test(floats_where_asked),
        cmocka_unit_test(numbers_as_text),
        cmocka_unit_test(null_may_be_none),
        cmocka_unit_test(no_two_columns_have_one_name),
        cmocka_unit_test(a_number_is_never_rounded_on_its_way_out),
        cmocka_unit_test(options_of_other_releases),
        cmocka_unit_test(rules_that_cannot_be_chosen),
        cmocka_unit_test(progress_can_stop_a_run),
        cmocka_unit_test(progress_can_stop_the_interpreter_at_a_row),
        cmocka_unit_test(a_stream_answers_table_by_table),
        cmocka_unit_test(a_stream_that_fails_says_so),
        cmocka_unit_test(refused_memory_is_said_and_given_back),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
