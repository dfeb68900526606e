/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow_fixture.h"

#include <stdio.h>
#include <string.h>

#include "value/date.h"
#include "value/decimal.h"

static void count_schema(struct ArrowSchema *schema)
{
    ++*(int *)schema->private_data;
    schema->release = NULL;
}

static void count_array(struct ArrowArray *array)
{
    ++*(int *)array->private_data;
    array->release = NULL;
}

static struct ArrowSchema make_schema(struct fixture *fixture, const char *format, const char *name)
{
    return (struct ArrowSchema){.format = format,
                                .name = name,
                                .flags = ARROW_FLAG_NULLABLE,
                                .release = count_schema,
                                .private_data = &fixture->released};
}

static struct ArrowArray make_array(struct fixture *fixture, int64_t rows, int64_t buffer_count,
                                    const void **buffers)
{
    return (struct ArrowArray){.length = rows,
                               .null_count = -1,
                               .n_buffers = buffer_count,
                               .buffers = buffers,
                               .release = count_array,
                               .private_data = &fixture->released};
}

void fixture_make(struct fixture *fixture, const char *format, int64_t rows, int64_t buffer_count,
                  const void *const *buffers)
{
    memset(fixture, 0, sizeof *fixture);
    for (int64_t i = 0; i < buffer_count; i++)
        fixture->buffers[i] = buffers[i];
    fixture->schema = make_schema(fixture, "+s", "");
    fixture->column_schema = make_schema(fixture, format, "列");
    fixture->array = make_array(fixture, rows, 1, fixture->table_buffers);
    fixture->array.null_count = 0;
    fixture->column_array = make_array(fixture, rows, buffer_count, fixture->buffers);
    fixture->schemas[0] = &fixture->column_schema;
    fixture->arrays[0] = &fixture->column_array;
    fixture->schema.children = fixture->schemas;
    fixture->array.children = fixture->arrays;
    fixture->schema.n_children = fixture->array.n_children = 1;
    assert_int_equal(tuoyu_diagnostics_new(NULL, &fixture->diagnostics), TUOYU_OK);
}

void fixture_add_words(struct fixture *fixture)
{
    static const int32_t OFFSETS[] = {0, 1, 3, 7};
    fixture->words_buffers[1] = OFFSETS;
    fixture->words_buffers[2] = "abc𠮷";
    fixture->words_schema = make_schema(fixture, "u", NULL);
    fixture->words_array = make_array(fixture, 3, 3, fixture->words_buffers);
    fixture->column_schema.dictionary = &fixture->words_schema;
    fixture->column_array.dictionary = &fixture->words_array;
}

void fixture_free(struct fixture *fixture)
{
    assert_int_equal(fixture->released, 0);
    tuoyu_diagnostics_free(fixture->diagnostics);
}

tuoyu_status fixture_open(struct fixture *fixture)
{
    tuoyu_diagnostics_clear(fixture->diagnostics);
    tuoyu_status status =
        arrow_table_open(&fixture->table, &fixture->schema, &fixture->array, fixture->diagnostics);
    if (status == TUOYU_OK)
        status = arrow_column_open(&fixture->table, 0, &fixture->column, fixture->diagnostics);
    if (status == TUOYU_OK)
        status = arrow_column_check(&fixture->column, 0, fixture->table.length, fixture->diagnostics);
    return status;
}

void assert_refused(struct fixture *fixture, tuoyu_status code, const char *part)
{
    tuoyu_diagnostic item = {.message = ""};
    assert_int_equal(fixture_open(fixture), code);
    assert_int_equal(tuoyu_diagnostics_count(fixture->diagnostics), 1);
    assert_int_equal(tuoyu_diagnostics_get(fixture->diagnostics, 0, &item), TUOYU_OK);
    if (!strstr(item.message, part))
        fail_msg("\"%s\" does not say \"%s\"", item.message, part);
    assert_int_equal(item.code, code);
}

const char *cell_text(const struct fixture *fixture, int64_t row, char text[128])
{
    struct arrow_cell cell = arrow_column_cell(&fixture->column, row);
    switch (cell.kind) {
    case ARROW_CELL_NULL: return "null";
    case ARROW_CELL_BOOLEAN: return cell.boolean ? "true" : "false";
    case ARROW_CELL_NUMBER: decimal_format(cell.number, text); break;
    case ARROW_CELL_DATE: date_format(cell.date, text); break;
    case ARROW_CELL_TEXT: snprintf(text, 128, "'%.*s'", TEXT_ARGUMENTS(cell.text)); break;
    case ARROW_CELL_BAD: snprintf(text, 128, "bad: %s", cell.problem); break;
    }
    return text;
}

void assert_cell(const struct fixture *fixture, int64_t row, const char *expected)
{
    char text[128];
    assert_string_equal(cell_text(fixture, row, text), expected);
}
