/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that go out, read back by what comes in; who may release what and when; memory that is refused. */
#include "arrow_fixture.h"

#include <string.h>

#include "../feel/refusing_allocator.h"
#include "arrow/arrow_export.h"
#include "arrow/float_text.h"
#include "value/decimal.h"

static const char *const WORDS[] = {"eligible", "不符合"};

static const struct arrow_output OUTPUTS[] = {
    {.name = {"价.amount", 10}, .type = ARROW_OUTPUT_NUMBER, .scale = 2, .unit = {"CNY/month", 9}},
    {.name = {"complies", 8}, .type = ARROW_OUTPUT_BOOLEAN},
    {.name = {"decision", 8}, .type = ARROW_OUTPUT_WORD, .words = WORDS, .word_count = 2},
    {.name = {"error", 5}, .type = ARROW_OUTPUT_TEXT},
    {.name = {"outcome", 7}, .type = ARROW_OUTPUT_WORD, .words = WORDS, .word_count = 2},
};
enum { COLUMNS = sizeof OUTPUTS / sizeof *OUTPUTS, ROWS = 19 };

static tuoyu_decimal number_of(const char *text)
{
    tuoyu_decimal number;
    assert_int_equal(tuoyu_decimal_from_text(text, TUOYU_NUL_TERMINATED, &number), TUOYU_OK);
    return number;
}

/* Every third row is null. */
static bool is_null(int64_t row)
{
    return row % 3 == 1;
}

static void fill(struct arrow_builder *builders, int64_t rows)
{
    for (int64_t row = 0; row < rows; row++) {
        if (is_null(row)) {
            for (size_t i = 0; i < COLUMNS; i++)
                arrow_append_null(&builders[i]);
            continue;
        }
        if (!arrow_append_number(&builders[0], number_of(row % 2 ? "-1050.5" : "99999999.99")))
            fail();
        arrow_append_boolean(&builders[1], row % 2 == 0);
        arrow_append_word(&builders[2], (int8_t)(row % 2));
        arrow_append_text(&builders[3], row % 2 ? TEXT("𠮷 wrong") : TEXT(""));
        arrow_append_word(&builders[4], (int8_t)(row / 2 % 2));
    }
}

static tuoyu_status make_table(int64_t rows, const tuoyu_allocator *allocator, struct ArrowSchema *schema,
                               struct ArrowArray *array)
{
    struct arrow_builder builders[COLUMNS];
    schema->release = NULL;
    array->release = NULL;
    for (size_t i = 0; i < COLUMNS; i++)
        arrow_builder_init(&builders[i], &OUTPUTS[i], rows, allocator);
    fill(builders, rows);
    tuoyu_status status = arrow_array_export(builders, COLUMNS, rows, allocator, array);
    if (status == TUOYU_OK)
        status = arrow_schema_export(OUTPUTS, COLUMNS, allocator, schema);
    if (status != TUOYU_OK && array->release)
        array->release(array);
    return status;
}

static void what_goes_out_reads_back(void **state)
{
    (void)state;
    static const char *const EVEN[] = {"99999999.99", "true", "'eligible'", "''", "'eligible'"};
    static const char *const ODD[] = {"-1050.5", "false", "'不符合'", "'𠮷 wrong'", "'eligible'"};
    tuoyu_allocator allocator = allocator_or_default(NULL);
    struct fixture fixture;
    fixture_make(&fixture, "+s", 0, 0, NULL);
    assert_int_equal(make_table(ROWS, &allocator, &fixture.schema, &fixture.array), TUOYU_OK);
    assert_int_equal(arrow_table_open(&fixture.table, &fixture.schema, &fixture.array, fixture.diagnostics),
                     TUOYU_OK);
    for (int64_t i = 0; i < COLUMNS; i++) {
        assert_string_equal(arrow_table_column_name(&fixture.table, i).bytes, OUTPUTS[i].name.bytes);
        assert_int_equal(arrow_column_open(&fixture.table, i, &fixture.column, fixture.diagnostics),
                         TUOYU_OK);
        assert_int_equal(arrow_column_check(&fixture.column, 0, ROWS, fixture.diagnostics), TUOYU_OK);
        assert_int_equal(fixture.array.children[i]->null_count, 6);
        assert_cell(&fixture, 0, EVEN[i]);
        assert_cell(&fixture, 9, ODD[i]);
        for (int64_t row = 0; row < ROWS; row++)
            if (is_null(row))
                assert_cell(&fixture, row, "null");
    }
    fixture.array.release(&fixture.array);
    fixture.schema.release(&fixture.schema);
    fixture_free(&fixture);
}

/* One pair: the key `unit`. */
static void the_unit_is_metadata(void **state)
{
    (void)state;
    struct ArrowSchema schema;
    tuoyu_allocator allocator = allocator_or_default(NULL);
    assert_int_equal(arrow_schema_export(OUTPUTS, COLUMNS, &allocator, &schema), TUOYU_OK);
    const struct {
        int32_t pairs, key_length;
        char key[4];
        int32_t length;
        char unit[9];
    } EXPECTED = {1, 4, {'u', 'n', 'i', 't'}, 9, {'C', 'N', 'Y', '/', 'm', 'o', 'n', 't', 'h'}};
    assert_memory_equal(schema.children[0]->metadata, &EXPECTED, 25);
    assert_null(schema.children[1]->metadata);
    assert_string_equal(schema.children[0]->format, "d:38,2");
    assert_string_equal(schema.children[2]->dictionary->format, "u");
    schema.release(&schema);
    assert_null(schema.release);
}

/* A consumer moves columns out, releases the table, and then the columns, in any order. */
static void columns_outlive_their_table(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        struct ledger ledger = {0};
        tuoyu_allocator allocator = refusing_allocator(&ledger);
        struct ArrowSchema schema, decision;
        struct ArrowArray array, moved[2];
        assert_int_equal(make_table(ROWS, &allocator, &schema, &array), TUOYU_OK);
        for (int i = 0; i < 2; i++) {
            moved[i] = *array.children[2 + i];
            array.children[2 + i]->release = NULL;
        }
        decision = *schema.children[2];
        schema.children[2]->release = NULL;
        struct ArrowArray table = array; /* moved as a whole */
        table.release(&table);
        schema.release(&schema);
        assert_string_equal(decision.name, "decision");
        assert_memory_equal((const char *)moved[0].dictionary->buffers[2], "eligible不符合", 17);
        assert_memory_equal((const char *)moved[1].buffers[2], "𠮷 wrong", 10);
        moved[order].release(&moved[order]);
        moved[!order].release(&moved[!order]);
        decision.release(&decision);
        assert_int_equal(ledger.bytes, 0);
    }
}

static void an_empty_table_has_all_buffers(void **state)
{
    (void)state;
    struct ArrowSchema schema;
    struct ArrowArray array;
    tuoyu_allocator allocator = allocator_or_default(NULL);
    assert_int_equal(make_table(0, &allocator, &schema, &array), TUOYU_OK);
    for (int64_t i = 0; i < COLUMNS; i++) {
        assert_int_equal(array.children[i]->length, 0);
        for (int64_t k = 1; k < array.children[i]->n_buffers; k++)
            assert_non_null(array.children[i]->buffers[k]);
    }
    array.release(&array);
    schema.release(&schema);
    assert_int_equal(arrow_array_export(NULL, 0, 3, &allocator, &array), TUOYU_OK);
    assert_int_equal(array.length, 3);
    array.release(&array);
}

static void numbers_fit_exactly_or_not_at_all(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        int32_t scale;
        bool fits;
    } NUMBERS[] = {
        {"0", 2, true},
        {"-0.01", 2, true},
        {"0.001", 2, false},
        {"1e-30", 30, true},
        {"1e-31", 30, false},
        {"1e35", 2, true},
        {"1e36", 2, false},
        {"999999999999999999999999999999999900", 2, true},
        {"9999999999999999999999999999999999e2", 2, true},
        {"9999999999999999999999999999999999e3", 2, false},
        {"1.10", 1, true},
        {"1e6000", 0, false},
        {"-1e-6000", 38, false},
    };
    tuoyu_allocator allocator = allocator_or_default(NULL);
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        struct arrow_output output = {.type = ARROW_OUTPUT_NUMBER, .scale = NUMBERS[i].scale};
        struct arrow_builder builder;
        arrow_builder_init(&builder, &output, 1, &allocator);
        assert_int_equal(arrow_append_number(&builder, number_of(NUMBERS[i].number)), NUMBERS[i].fits);
        assert_int_equal(builder.rows, NUMBERS[i].fits);
        arrow_builder_free(&builder);
    }
}

static void refused_memory_leaves_nothing(void **state)
{
    (void)state;
    for (int is_sticky = 0; is_sticky < 2; is_sticky++) {
        size_t refused = 1;
        for (;; refused++) {
            struct ledger ledger = {.refused_only = is_sticky ? 0 : refused,
                                    .refused_from = is_sticky ? refused : 0};
            tuoyu_allocator allocator = refusing_allocator(&ledger);
            struct ArrowSchema schema;
            struct ArrowArray array;
            tuoyu_status status = make_table(ROWS, &allocator, &schema, &array);
            if (status == TUOYU_OK) {
                array.release(&array);
                schema.release(&schema);
            } else {
                assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
                assert_null(array.release);
                assert_null(schema.release);
            }
            assert_int_equal(ledger.bytes, 0);
            if (ledger.calls < refused)
                break;
        }
        assert_true(refused > 20);
    }
}

/* ---- Texts of binary numbers ---- */

static void assert_float(uint64_t bits, uint8_t width, const char *expected)
{
    char text[FLOAT_TEXT_SIZE];
    assert_int_equal(float_text(bits, width, text), strlen(expected));
    if (*expected)
        assert_string_equal(text, expected);
}

/* The borders of the format and what people write, as any correct printer of shortest texts has them. */
static void shortest_texts(void **state)
{
    (void)state;
    assert_float(0, 8, "0");
    assert_float(UINT64_C(1) << 63, 8, "0");
    assert_float(UINT64_C(0x3ff0000000000000), 8, "1E0");
    assert_float(UINT64_C(0x3fd3333333333333), 8, "3E-1");
    assert_float(UINT64_C(0x3fd3333333333334), 8, "30000000000000004E-17"); /* 0.1 + 0.2 */
    assert_float(UINT64_C(0x40906a3333333333), 8, "105055E-2");
    assert_float(1, 8, "5E-324");
    assert_float(UINT64_C(0x000fffffffffffff), 8, "2225073858507201E-323");
    assert_float(UINT64_C(0x0010000000000000), 8, "22250738585072014E-324");
    assert_float(UINT64_C(0x7fefffffffffffff), 8, "17976931348623157E292");
    assert_float(UINT64_C(0x4340000000000000), 8, "9007199254740992E0");
    assert_float(UINT64_C(0x44b52d02c7e14af6), 8, "1E23");
    assert_float(UINT64_C(0x7ff0000000000000), 8, "");
    assert_float(UINT64_C(0xfff8000000000001), 8, "");
    assert_float(1, 4, "1E-45");
    assert_float(UINT32_C(0x7f7fffff), 4, "34028235E31");
    assert_float(UINT32_C(0x3dcccccd), 4, "1E-1");
    assert_float(UINT32_C(0xff800000), 4, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_out_reads_back),
        cmocka_unit_test(the_unit_is_metadata),
        cmocka_unit_test(columns_outlive_their_table),
        cmocka_unit_test(an_empty_table_has_all_buffers),
        cmocka_unit_test(numbers_fit_exactly_or_not_at_all),
        cmocka_unit_test(refused_memory_leaves_nothing),
        cmocka_unit_test(shortest_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
