/* SPDX-License-Identifier: Apache-2.0 */
#include "table_answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/decimal.h"

void give_up(const char *what, const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    if (diagnostics && tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK)
        fprintf(stderr, "%s", tuoyu_text_bytes(text));
    fprintf(stderr, "%s\n", what);
    exit(2);
}

/* The number that the metadata has under `scale`; -1: none. Counts and lengths are int32, of this machine's
 * order. */
static int32_t scale_in(const char *metadata)
{
    int32_t count = 0, length;
    char digits[16] = "";
    if (metadata)
        memcpy(&count, metadata, sizeof count);
    for (const char *at = metadata ? metadata + sizeof count : NULL; count > 0; count--) {
        memcpy(&length, at, sizeof length);
        bool is_scale = length == 5 && memcmp(at + sizeof length, "scale", 5) == 0;
        at += (int32_t)sizeof length + length;
        memcpy(&length, at, sizeof length);
        if (is_scale && length < (int32_t)sizeof digits)
            memcpy(digits, at + sizeof length, (size_t)length);
        at += (int32_t)sizeof length + length;
    }
    return *digits ? atoi(digits) : -1;
}

static struct number_form form_of(const struct ArrowSchema *schema, const struct arrow_column *column)
{
    if (column->type.kind == ARROW_DECIMAL)
        return (struct number_form){.kind = NUMBER_DECIMAL, .decimals = column->type.scale};
    if (column->type.kind == ARROW_INTEGER && *schema->format == 'l')
        return (struct number_form){.kind = NUMBER_INTEGER, .decimals = scale_in(schema->metadata)};
    return (struct number_form){.kind = NUMBER_TEXT};
}

void table_answers_open(struct table_answers *answers, const tuoyu_batch *batch, struct ArrowArray *array)
{
    answers->array = *array;
    array->release = NULL;
    if (tuoyu_batch_schema(batch, &answers->schema) != TUOYU_OK)
        give_up("no schema", NULL);
    if (arrow_table_open(&answers->table, &answers->schema, &answers->array, NULL) != TUOYU_OK ||
        answers->table.column_count > MOST_COLUMNS)
        give_up("the answer is no table", NULL);
    for (int64_t i = 0; i < answers->table.column_count; i++) {
        if (arrow_column_open(&answers->table, i, &answers->columns[i], NULL) != TUOYU_OK ||
            arrow_column_check(&answers->columns[i], 0, answers->table.length, NULL) != TUOYU_OK)
            give_up("a column of the answer is ill-formed", NULL);
        answers->forms[i] = form_of(answers->schema.children[i], &answers->columns[i]);
    }
}

void table_answers_close(struct table_answers *answers)
{
    answers->array.release(&answers->array);
    answers->schema.release(&answers->schema);
}

const char *table_answers_cell(const struct table_answers *answers, int64_t column, int64_t row,
                               char text[TEXT_SIZE])
{
    struct arrow_cell cell = arrow_column_cell(&answers->columns[column], row);
    const struct number_form *form = &answers->forms[column];
    int64_t integer;
    *text = 0;
    switch (cell.kind) {
    case ARROW_CELL_NUMBER:
        if (form->kind == NUMBER_INTEGER &&
            (!decimal_to_scaled_integer(cell.number, 0, &integer) ||
             tuoyu_decimal_from_int64(integer, form->decimals, &cell.number) != TUOYU_OK))
            give_up("an integer is none", NULL);
        decimal_format(cell.number, text);
        break;
    case ARROW_CELL_BOOLEAN: strcpy(text, cell.boolean ? "true" : "false"); break;
    case ARROW_CELL_TEXT: snprintf(text, TEXT_SIZE, "%.*s", TEXT_ARGUMENTS(cell.text)); break;
    case ARROW_CELL_NULL: break;
    default: give_up("a cell of the answer is none", NULL);
    }
    return text;
}
