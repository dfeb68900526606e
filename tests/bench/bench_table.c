/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_table.h"

#include <string.h>

static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void release_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static struct ArrowSchema schema_of(const char *name, const char *format)
{
    return (struct ArrowSchema){
        .format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
}

static struct ArrowArray array_of(size_t length, int64_t buffer_count, const void **buffers)
{
    return (struct ArrowArray){.length = (int64_t)length,
                               .null_count = buffers[0] ? -1 : 0,
                               .n_buffers = buffer_count,
                               .buffers = buffers,
                               .release = release_array};
}

void bench_table_init(struct bench_table *table, size_t rows)
{
    memset(table, 0, sizeof *table);
    table->schema = schema_of("", "+s");
    table->array = array_of(rows, 1, table->buffers);
    table->schema.children = table->schemas;
    table->array.children = table->arrays;
}

void bench_table_add(struct bench_table *table, const char *name, const char *format, const void *validity,
                     const void *values)
{
    const int64_t index = table->schema.n_children;
    struct bench_column *column = &table->columns[index];
    column->buffers[0] = validity;
    column->buffers[1] = values;
    column->schema = schema_of(name, format);
    column->array = array_of((size_t)table->array.length, 2, column->buffers);
    table->schemas[index] = &column->schema;
    table->arrays[index] = &column->array;
    table->schema.n_children = table->array.n_children = index + 1;
}

void bench_table_add_words(struct bench_table *table, const char *name, const void *validity,
                           const void *codes, const int32_t *offsets, size_t word_count, const char *text)
{
    bench_table_add(table, name, "c", validity, codes);
    struct bench_column *column = &table->columns[table->schema.n_children - 1];
    column->words_buffers[1] = offsets;
    column->words_buffers[2] = text;
    column->words_schema = schema_of(NULL, "u");
    column->words_array = array_of(word_count, 3, column->words_buffers);
    column->schema.dictionary = &column->words_schema;
    column->array.dictionary = &column->words_array;
}
