/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs of callers that are older or newer than the library, or that did not set the size: every
 * public function that takes one, with every kind of size and with each byte that means nothing. */
#include "../rules/policy_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/option_struct.h"

static tuoyu_policy *policy;
static tuoyu_batch *batch;
static tuoyu_workspace *workspace;
static tuoyu_column columns[8];
static char *whole;

static void keep_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void keep_array(struct ArrowArray *array)
{
    array->release = NULL;
}
static void keep_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

/* A table of no rows and no columns. */
static const void *no_buffers[1];
static struct ArrowSchema empty_schema = {.format = "+s", .release = keep_schema};
static struct ArrowArray empty_array = {.n_buffers = 1, .buffers = no_buffers, .release = keep_array};

/* ---- Every function that takes an option struct ---- */

static tuoyu_status load(const void *options, tuoyu_diagnostics *diagnostics)
{
    tuoyu_pack_text pack = {
        .name = "p", .name_length = 1, .text = whole, .text_length = TUOYU_NUL_TERMINATED};
    tuoyu_policy *loaded = NULL;
    tuoyu_status status = tuoyu_policy_load(&pack, 1, options, &loaded, diagnostics);
    assert_true((status == TUOYU_OK) == (loaded != NULL));
    tuoyu_policy_unref(loaded);
    return status;
}

static tuoyu_status load_with_limits(const void *limits, tuoyu_diagnostics *diagnostics)
{
    tuoyu_load_options options = {.size = sizeof options, .limits = limits};
    return load(&options, diagnostics);
}

static tuoyu_status parse(const void *options, tuoyu_diagnostics *diagnostics)
{
    tuoyu_expression *expression = NULL;
    tuoyu_status status =
        tuoyu_expression_parse("1 + 1", 5, NULL, NULL, 0, options, &expression, diagnostics);
    assert_true((status == TUOYU_OK) == (expression != NULL));
    tuoyu_expression_unref(expression);
    return status;
}

static tuoyu_status parse_with_limits(const void *limits, tuoyu_diagnostics *diagnostics)
{
    tuoyu_expression_options options = {.size = sizeof options, .limits = limits};
    return parse(&options, diagnostics);
}

static tuoyu_status convert(const void *options, tuoyu_diagnostics *diagnostics)
{
    tuoyu_value *converted = NULL;
    tuoyu_status status =
        tuoyu_value_convert(NULL, "number", TUOYU_NUL_TERMINATED, options, &converted, diagnostics);
    tuoyu_value_unref(converted);
    return status;
}

static tuoyu_status evaluate(const void *options, tuoyu_diagnostics *diagnostics)
{
    tuoyu_expression *expression = NULL;
    tuoyu_value *value = NULL;
    assert_int_equal(tuoyu_expression_parse("1 + 1", 5, NULL, NULL, 0, NULL, &expression, NULL), TUOYU_OK);
    tuoyu_status status = tuoyu_expression_evaluate(expression, NULL, 0, options, &value, diagnostics);
    tuoyu_value_unref(value);
    tuoyu_expression_unref(expression);
    return status;
}

static tuoyu_status make_batch(const void *options, tuoyu_diagnostics *diagnostics)
{
    static const char *const NAMES[] = {"monthly_ceiling"};
    tuoyu_batch *made = NULL;
    tuoyu_status status =
        tuoyu_batch_new(policy, NAMES, NULL, 1, day("2025-01-01"), options, &made, diagnostics);
    assert_true((status == TUOYU_OK) == (made != NULL));
    tuoyu_batch_unref(made);
    return status;
}

/* The options of a run are written to, so they are not constant; nor are those in these tests. */
static void *writable(const void *options)
{
    union {
        const void *constant;
        void *writable;
    } pointer = {.constant = options};
    return pointer.writable;
}

static tuoyu_status run(const void *options, tuoyu_diagnostics *diagnostics)
{
    struct ArrowArray out = {.release = NULL};
    tuoyu_status status =
        tuoyu_batch_run(batch, &empty_schema, &empty_array, 0, -1, writable(options), &out, diagnostics);
    assert_true((status == TUOYU_OK) == (out.release != NULL));
    if (out.release)
        out.release(&out);
    return status;
}

static int get_empty_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    *out = empty_schema;
    return 0;
}

static int get_no_table(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    (void)stream;
    out->release = NULL;
    return 0;
}

static tuoyu_status run_stream(const void *options, tuoyu_diagnostics *diagnostics)
{
    struct ArrowArrayStream source = {.get_schema = get_empty_schema,
                                      .get_next = get_no_table,
                                      .release = keep_stream},
                            out;
    tuoyu_status status = tuoyu_batch_run_stream(batch, &source, writable(options), &out, diagnostics);
    assert_true((status == TUOYU_OK) == (out.release != NULL));
    if (out.release)
        out.release(&out);
    return status;
}

static tuoyu_status run_workspace(const void *options, tuoyu_diagnostics *diagnostics)
{
    struct ArrowSchema schema;
    assert_int_equal(tuoyu_batch_schema(batch, &schema), TUOYU_OK);
    size_t count = (size_t)schema.n_children;
    schema.release(&schema);
    (void)diagnostics;
    return tuoyu_workspace_run(workspace, 0, 0, columns, count, writable(options));
}

static tuoyu_status add_table(const void *options, tuoyu_diagnostics *diagnostics)
{
    tuoyu_indicator *indicator = NULL;
    tuoyu_tally *tally = NULL;
    assert_int_equal(tuoyu_policy_indicator(policy, "certified_rate", TUOYU_NUL_TERMINATED, &indicator, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_indicator_tally(indicator, day("2025-01-01"), &tally, NULL), TUOYU_OK);
    tuoyu_status status = tuoyu_tally_add_table(tally, "staff", 5, &empty_schema, &empty_array, 0, -1,
                                                writable(options), diagnostics);
    tuoyu_tally_free(tally);
    tuoyu_indicator_unref(indicator);
    return status;
}

/* first: the size in release 0.1, as a number, because that is what its callers say for ever. */
struct way {
    const char *function, *name;
    tuoyu_status (*ask)(const void *options, tuoyu_diagnostics *diagnostics);
    size_t first, size, reserved;
    bool is_silent; /* the function takes no diagnostics */
};

static const struct way WAYS[] = {
    {"tuoyu_policy_load", "tuoyu_load_options", load, 24, sizeof(tuoyu_load_options), 0, false},
    {"tuoyu_policy_load", "tuoyu_limits", load_with_limits, 80, sizeof(tuoyu_limits), 0, false},
    {"tuoyu_expression_parse", "tuoyu_expression_options", parse, 56, sizeof(tuoyu_expression_options), 0,
     false},
    {"tuoyu_expression_parse", "tuoyu_limits", parse_with_limits, 80, sizeof(tuoyu_limits), 0, false},
    {"tuoyu_value_convert", "tuoyu_expression_options", convert, 56, sizeof(tuoyu_expression_options), 0,
     false},
    {"tuoyu_expression_evaluate", "tuoyu_evaluation_options", evaluate, 48, sizeof(tuoyu_evaluation_options),
     0, false},
    {"tuoyu_batch_new", "tuoyu_batch_options", make_batch, 40, sizeof(tuoyu_batch_options), 0, false},
    {"tuoyu_batch_run", "tuoyu_batch_run_options", run, 48, sizeof(tuoyu_batch_run_options), 0, false},
    {"tuoyu_batch_run_stream", "tuoyu_batch_run_options", run_stream, 48, sizeof(tuoyu_batch_run_options), 0,
     false},
    {"tuoyu_workspace_run", "tuoyu_batch_run_options", run_workspace, 48, sizeof(tuoyu_batch_run_options), 0,
     true},
    {"tuoyu_tally_add_table", "tuoyu_tally_table_options", add_table, 80, sizeof(tuoyu_tally_table_options),
     28, false},
};
enum { WAY_COUNT = sizeof WAYS / sizeof *WAYS };

/* ---- What is asked ---- */

static const char *finding_of(const tuoyu_diagnostics *diagnostics)
{
    tuoyu_diagnostic finding = {.message = ""};
    if (tuoyu_diagnostics_get(diagnostics, 0, &finding) == TUOYU_OK)
        assert_true(finding.hint[0] != '\0');
    return finding.message;
}

/* Asks with a struct of zeros that says `said` and has `bytes`, no byte more (so that sanitizers see a read
 * beyond it), in which byte number `set` is not zero, if there is one. */
static void assert_asked(const struct way *way, size_t said, size_t bytes, size_t set, tuoyu_status expected)
{
    tuoyu_diagnostics *diagnostics;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    unsigned char *options = calloc(1, bytes);
    assert_non_null(options);
    memcpy(options, &said, sizeof said);
    if (set < bytes)
        options[set] = 1;
    tuoyu_status status = way->ask(options, diagnostics);
    if (status != expected)
        print_error("%s, %s of %zu bytes\n", way->function, way->name, said);
    assert_int_equal(status, expected);
    if (expected != TUOYU_OK && !way->is_silent) {
        assert_int_equal(tuoyu_diagnostics_count(diagnostics), 1);
        assert_non_null(strstr(finding_of(diagnostics), way->name));
    }
    free(options);
    tuoyu_diagnostics_free(diagnostics);
}

static void sizes_that_no_release_had(void **state)
{
    (void)state;
    for (const struct way *way = WAYS; way < WAYS + WAY_COUNT; way++) {
        for (size_t said = 0; said < way->first; said++)
            assert_asked(way, said, said < sizeof said ? sizeof said : said, SIZE_MAX,
                         TUOYU_ERROR_OPTION_SIZE);
        static const size_t NEVER_SET[] = {4097, UINT32_MAX, SIZE_MAX, (size_t)1 << 63, 0xcdcdcdcdcdcdcdcd};
        for (size_t i = 0; i < sizeof NEVER_SET / sizeof *NEVER_SET; i++)
            assert_asked(way, NEVER_SET[i], way->size, SIZE_MAX, TUOYU_ERROR_OPTION_SIZE);
    }
}

static void callers_of_the_first_release_and_later(void **state)
{
    (void)state;
    for (const struct way *way = WAYS; way < WAYS + WAY_COUNT; way++) {
        assert_asked(way, way->first, way->first, SIZE_MAX, TUOYU_OK);
        assert_asked(way, way->size, way->size, SIZE_MAX, TUOYU_OK);
        for (size_t more = 1; more <= 64; more++)
            assert_asked(way, way->size + more, way->size + more, SIZE_MAX, TUOYU_OK);
        assert_asked(way, 4096, 4096, SIZE_MAX, TUOYU_OK);
    }
}

static void bytes_that_mean_nothing(void **state)
{
    (void)state;
    for (const struct way *way = WAYS; way < WAYS + WAY_COUNT; way++) {
        for (size_t byte = way->reserved; way->reserved && byte < way->reserved + 4; byte++) {
            assert_asked(way, way->size, way->size, byte, TUOYU_ERROR_OPTION_UNKNOWN);
            assert_asked(way, way->size + 8, way->size + 8, byte, TUOYU_ERROR_OPTION_UNKNOWN);
        }
        for (size_t byte = way->size; byte < way->size + 24; byte++)
            assert_asked(way, way->size + 24, way->size + 24, byte, TUOYU_ERROR_OPTION_UNKNOWN);
        assert_asked(way, 4096, 4096, 4095, TUOYU_ERROR_OPTION_UNKNOWN);
    }
}

/* ---- A struct whose first release is no longer served ---- */

static const struct option_layout DISTANT = {
    .name = "distant", .first_size = 12, .oldest_size = 20, .size = 32, .reserved = 16};

static tuoyu_status read_distant(size_t said, size_t set, unsigned char known[32])
{
    unsigned char given[64] = {0};
    memset(known, 0x55, 32);
    memset(given + 8, 0, sizeof given - 8);
    memcpy(given, &said, sizeof said);
    if (set < sizeof given)
        given[set] = 7;
    return option_struct_read(known, &DISTANT, given, NULL);
}

static void three_errors_are_told_apart(void **state)
{
    (void)state;
    unsigned char known[32];
    for (size_t said = 0; said <= 64; said++) {
        tuoyu_status expected = said < 12   ? TUOYU_ERROR_OPTION_SIZE
                                : said < 20 ? TUOYU_ERROR_OPTION_OLD
                                            : TUOYU_OK;
        assert_int_equal(read_distant(said, SIZE_MAX, known), expected);
        for (size_t i = 0; i < sizeof known; i++) { /* what is not given, or not taken, keeps its default */
            size_t taken = expected != TUOYU_OK ? 0 : said < 32 ? said : 32;
            unsigned first = i < sizeof said ? (unsigned)(said >> 8 * i) & 0xff : 0;
            assert_int_equal(known[i], i < taken ? first : 0x55);
        }
        for (size_t set = 8; set < said && said >= 20; set++) {
            bool is_known = set < 32 && !(set >= 16 && set < 20);
            assert_int_equal(read_distant(said, set, known),
                             is_known ? TUOYU_OK : TUOYU_ERROR_OPTION_UNKNOWN);
            assert_int_equal(known[set < 32 ? set : 31], is_known ? 7 : 0x55);
        }
    }
    memset(known, 0x55, sizeof known);
    assert_int_equal(option_struct_read(known, &DISTANT, NULL, NULL), TUOYU_OK);
    assert_int_equal(known[31], 0x55);
}

/* ---- The values of an older caller hold, and what it has not got is not written ---- */

static void what_a_run_writes(void **state)
{
    (void)state;
    enum { GUARD = 32 };
    unsigned char *memory = malloc(sizeof(tuoyu_tally_table_options) + GUARD);
    assert_non_null(memory);
    memset(memory, 0xab, sizeof(tuoyu_tally_table_options) + GUARD);
    tuoyu_tally_table_options older = {.size = 80, .rows = 41};
    memcpy(memory, &older, 80);
    assert_int_equal(add_table(memory, NULL), TUOYU_OK);
    memcpy(&older, memory, 80);
    assert_int_equal(older.rows, 41);
    for (size_t i = 80; i < sizeof(tuoyu_tally_table_options) + GUARD; i++)
        assert_int_equal(memory[i], 0xab);
    free(memory);
}

static int prepare(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"monthly_ceiling"};
    static unsigned char values[16], validity[1];
    whole = source_file("tests/rules/packs/whole.yaml");
    policy = load_packs(whole, NULL);
    tuoyu_batch_options options = {.size = sizeof options,
                                   .columns = TUOYU_COLUMNS_VALUES | TUOYU_COLUMNS_OUTCOME};
    assert_int_equal(tuoyu_batch_new(policy, NAMES, NULL, 1, day("2025-01-01"), &options, &batch, NULL),
                     TUOYU_OK);
    assert_int_equal(tuoyu_workspace_new(batch, &workspace, NULL), TUOYU_OK);
    assert_int_equal(tuoyu_workspace_bind(workspace, &empty_schema, &empty_array, NULL), TUOYU_OK);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        columns[i] = (tuoyu_column){.values = values, .validity = validity};
    return 0;
}

static int give_back(void **state)
{
    (void)state;
    tuoyu_workspace_free(workspace);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    free(whole);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_that_no_release_had), cmocka_unit_test(callers_of_the_first_release_and_later),
        cmocka_unit_test(bytes_that_mean_nothing),   cmocka_unit_test(three_errors_are_told_apart),
        cmocka_unit_test(what_a_run_writes),
    };
    return cmocka_run_group_tests(tests, prepare, give_back);
}
