/* SPDX-License-Identifier: Apache-2.0 */
/* Opens Arrow tables and columns: checks their structs, whatever the producer wrote into them, and takes the
 * columns' buffers. */
#include "arrow/arrow_import.h"

#include <assert.h>
#include <string.h>

static const struct location NOWHERE = {.source = NULL};

/* More rows than any array in memory has. Below it, sums and products of rows and widths cannot overflow. */
#define ROWS_MOST (INT64_MAX / 64)

/* ---- Tables ---- */

/* What is wrong with any schema, as the end of a sentence, or NULL. It may be NULL itself. */
static const char *schema_problem(const struct ArrowSchema *schema)
{
    if (!schema)
        return "a schema is NULL";
    if (!schema->release)
        return "a schema is released";
    if (!schema->format)
        return "a schema has no format";
    return NULL;
}

/* What is wrong with any array, whatever its type, as the end of a sentence, or NULL. It may be NULL
 * itself. */
static const char *array_problem(const struct ArrowArray *array)
{
    if (!array)
        return "an array is NULL";
    if (!array->release)
        return "an array is released";
    if (array->length < 0)
        return "a length is negative";
    if (array->offset < 0)
        return "an offset is negative";
    if (array->length > ROWS_MOST || array->offset > ROWS_MOST)
        return "a length or an offset is too large";
    if (array->null_count < -1 || array->null_count > array->length)
        return "a count of nulls is not that of its rows";
    if (array->n_buffers < 0 || (array->n_buffers > 0 && !array->buffers))
        return "buffers are missing";
    if (array->n_children < 0 || (array->n_children > 0 && !array->children))
        return "children are missing";
    return NULL;
}

/* What is wrong with a table's schema or those of its columns, or NULL. */
static const char *table_schema_problem(const struct ArrowSchema *schema)
{
    const char *problem = schema_problem(schema);
    if (problem)
        return problem;
    if (strcmp(schema->format, "+s") != 0)
        return "a table is a struct array (format +s) with a child for each column";
    if (schema->dictionary)
        return "a struct has a dictionary";
    if (schema->n_children < 0 || (schema->n_children > 0 && !schema->children))
        return "children of the schema are missing";
    for (int64_t i = 0; i < schema->n_children && !problem; i++)
        problem = schema_problem(schema->children[i]);
    return problem;
}

/* What is wrong with a table's array, or with its children as arrays, or NULL. The schema is well-formed. */
static const char *table_array_problem(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    const char *problem = array_problem(array);
    if (problem)
        return problem;
    if (array->n_buffers != 1)
        return "a struct array has one buffer";
    if (array->n_children != schema->n_children)
        return "array and schema have different numbers of children";
    const unsigned char *validity = array->buffers[0];
    if (array->null_count > 0 && !validity)
        return "nulls are counted, but there is no validity buffer";
    for (int64_t i = 0; validity && i < array->length; i++)
        if (!arrow_bit(validity, array->offset + i))
            return "a row is null as a whole";
    for (int64_t i = 0; i < array->n_children; i++) {
        problem = array_problem(array->children[i]);
        if (problem)
            return problem;
        if (array->children[i]->length < array->offset + array->length)
            return "a column is shorter than the table";
    }
    return NULL;
}

tuoyu_status arrow_table_open(struct arrow_table *table, const struct ArrowSchema *schema,
                              const struct ArrowArray *array, tuoyu_diagnostics *diagnostics)
{
    *table = (struct arrow_table){.schema = schema, .array = array};
    const char *problem = table_schema_problem(schema);
    if (!problem && array)
        problem = table_array_problem(schema, array);
    if (problem)
        return arrow_ill_formed(TEXT(""), problem, diagnostics);
    table->column_count = schema->n_children;
    table->length = array ? array->length : 0;
    return TUOYU_OK;
}

struct text arrow_table_column_name(const struct arrow_table *table, int64_t index)
{
    struct text name = text_of(table->schema->children[index]->name, TUOYU_NUL_TERMINATED);
    return utf8_validate(name) == name.length ? name : TEXT("");
}

/* The schema of what the cells hold: the dictionary's, if the column has a well-formed one. */
static const struct ArrowSchema *cell_schema(const struct arrow_table *table, int64_t index)
{
    assert(index >= 0 && index < table->column_count);
    const struct ArrowSchema *schema = table->schema->children[index];
    return schema->dictionary && !schema_problem(schema->dictionary) ? schema->dictionary : schema;
}

struct arrow_type arrow_table_column_type(const struct arrow_table *table, int64_t index)
{
    return arrow_type_read(cell_schema(table, index)->format);
}

const char *arrow_table_column_type_name(const struct arrow_table *table, int64_t index,
                                         char name[ARROW_TYPE_NAME_SIZE])
{
    return arrow_type_name(cell_schema(table, index)->format, name);
}

struct text arrow_table_column_advice(const struct arrow_table *table, int64_t index)
{
    return arrow_type_advice(cell_schema(table, index)->format);
}

/* ---- Buffers ---- */

/* Takes the buffers of long texts. Returns what is wrong, or NULL. */
static const char *take_view_pieces(const struct ArrowArray *array, struct arrow_values *values)
{
    values->piece_count = array->n_buffers - 3;
    if (values->piece_count < 0)
        return "it has too few buffers for its type";
    values->piece_sizes = array->buffers[array->n_buffers - 1];
    values->pieces = (const unsigned char *const *)(const void *)(array->buffers + 2);
    return values->piece_count > 0 && !values->piece_sizes ? "the sizes of its buffers are missing" : NULL;
}

/* How many buffers an array of this kind has; not for ARROW_TEXT_VIEW, which has any number. */
static int64_t buffers_of(enum arrow_kind kind)
{
    assert(kind != ARROW_TEXT_VIEW && kind != ARROW_OTHER);
    return kind == ARROW_NULL ? 0 : kind == ARROW_TEXT ? 3 : 2;
}

/* Takes the buffers of an array of this type. parent_offset is how many of its rows come before the table's
 * first, length how many rows must be there. Returns what is wrong, or NULL. */
static const char *take_buffers(const struct ArrowArray *array, struct arrow_type type, int64_t parent_offset,
                                int64_t length, struct arrow_values *values)
{
    const char *problem = array_problem(array);
    if (problem)
        return problem;
    if (array->n_children != 0)
        return "it has children, which its type has none of";
    *values = (struct arrow_values){.type = type, .first = array->offset + parent_offset, .length = length};
    if (type.kind == ARROW_TEXT_VIEW)
        problem = take_view_pieces(array, values);
    else if (array->n_buffers != buffers_of(type.kind))
        problem = "it has another number of buffers than its type";
    if (problem || type.kind == ARROW_NULL)
        return problem;
    values->validity = array->buffers[0];
    if (array->null_count > 0 && !values->validity)
        return "nulls are counted, but there is no validity buffer";
    values->data = array->buffers[type.kind == ARROW_TEXT ? 2 : 1];
    if (type.kind == ARROW_TEXT)
        values->offsets = array->buffers[1];
    const unsigned char *needed = type.kind == ARROW_TEXT ? values->offsets : values->data;
    return length > 0 && !needed ? "a buffer is missing" : NULL;
}

/* Reports a column whose type is not read. Returns TUOYU_ERROR_FACT_TYPE. */
static tuoyu_status not_read(const struct arrow_table *table, int64_t index, tuoyu_diagnostics *diagnostics)
{
    char name[ARROW_TYPE_NAME_SIZE];
    struct text column = arrow_table_column_name(table, index);
    return report(diagnostics, TUOYU_ERROR_FACT_TYPE, NOWHERE, arrow_table_column_advice(table, index),
                  "the column `%.*s` is of type %s, which is not read", TEXT_ARGUMENTS(column),
                  arrow_table_column_type_name(table, index, name));
}

/* Takes the buffers of a column's dictionary, and checks all words once, since any row may point to any of
 * them. Returns what is wrong, or NULL. */
static const char *open_dictionary(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                   struct arrow_column *column)
{
    const char *problem = schema_problem(schema->dictionary);
    if (!problem)
        problem = array_problem(array->dictionary);
    if (problem)
        return problem;
    if (column->values.type.kind != ARROW_INTEGER)
        return "the indices of a dictionary are integers";
    if (schema->dictionary->dictionary || array->dictionary->dictionary)
        return "a dictionary has a dictionary of its own";
    column->is_dictionary = true;
    column->type = arrow_type_read(schema->dictionary->format);
    problem = take_buffers(array->dictionary, column->type, 0, array->dictionary->length, &column->words);
    return problem ? problem : arrow_values_problem(&column->words, 0, column->words.length);
}

tuoyu_status arrow_column_open(const struct arrow_table *table, int64_t index, struct arrow_column *column,
                               tuoyu_diagnostics *diagnostics)
{
    assert(table->array && index >= 0 && index < table->column_count);
    const struct ArrowSchema *schema = table->schema->children[index];
    const struct ArrowArray *array = table->array->children[index];
    *column = (struct arrow_column){.name = arrow_table_column_name(table, index),
                                    .type = arrow_type_read(schema->format)};
    if (column->type.kind == ARROW_OTHER || arrow_table_column_type(table, index).kind == ARROW_OTHER)
        return not_read(table, index, diagnostics);
    const char *problem = NULL;
    if (schema->n_children != 0)
        problem = "it has children, which its type has none of";
    else if (!schema->dictionary != !array->dictionary)
        problem = "array and schema disagree about a dictionary";
    if (!problem)
        problem = take_buffers(array, column->type, table->array->offset, table->length, &column->values);
    if (!problem && schema->dictionary)
        problem = open_dictionary(schema, array, column);
    return problem ? arrow_ill_formed(column->name, problem, diagnostics) : TUOYU_OK;
}
