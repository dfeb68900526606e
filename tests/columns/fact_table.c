/* SPDX-License-Identifier: Apache-2.0 */
#include "fact_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostics.h"
#include "random_floats.h"
#include "random_numbers.h"
#include "value/date.h"
#include "value/decimal.h"

enum { CELL_SIZE = 96, MOST_OFFSET = 70 };

static const char *const WRONG_TEXTS[] = {"many",
                                          "１２",
                                          "1e400",
                                          "2023-02-29",
                                          "10000-01-01",
                                          "yes",
                                          "null",
                                          "nowhere declared",
                                          "12,5",
                                          "80%",
                                          "0.0000000000000001",
                                          " 1",
                                          "TRUE",
                                          "𠮷"};
static const char *const FREE_TEXTS[] = {"小港街道", "𠮷田", "a", "新碶街道", "b c", "街道 1", "'", "null"};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        abort();
    return memory;
}

/* ---- Values ---- */

static bool is_numeric(const struct pack_fact *fact)
{
    return fact->type == FACT_TYPE_INTEGER || fact->type == FACT_TYPE_NUMBER ||
           fact->type == FACT_TYPE_MONEY || fact->type == FACT_TYPE_PERCENT;
}

static int64_t end_of(struct value end, int32_t scale, int64_t otherwise)
{
    int64_t result = otherwise;
    if (end.kind == VALUE_DATE)
        return end.date;
    if (end.kind == VALUE_NUMBER && !decimal_to_scaled_integer(end.as.number, scale, &result))
        return otherwise;
    return result;
}

static int64_t power_of(int32_t exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* scale: of the integer in the fact's unit. */
static int64_t random_number(const struct pack_fact *fact, int32_t scale, uint32_t wrong, uint64_t *random)
{
    int32_t inside = scale + (fact->type == FACT_TYPE_PERCENT ? 2 : 0);
    int64_t one = power_of(scale), low = -1000 * one, high = 100000 * one;
    if (fact->type == FACT_TYPE_DATE) {
        low = 17000;
        high = 21000;
    }
    if (fact->has_range) {
        low = end_of(fact->range.low, inside, low);
        high = end_of(fact->range.high, inside, high);
    }
    if (random_of(random, 1000) < wrong)
        return random_of(random, 2) ? high + random_between(random, 0, 3)
                                    : low - random_between(random, 0, 3);
    if (low == high)
        return low;
    bool has_low = !fact->has_range || fact->range.low_included,
         has_high = !fact->has_range || fact->range.high_included;
    switch (random_of(random, 16)) {
    case 0: return has_low ? low : low + 1;
    case 1: return has_high ? high : high - 1;
    case 2: return low + 1 <= high - 1 ? low + 1 : has_low ? low : high;
    case 3:
    case 4:
    case 5:
    case 6: /* what rules compare with is small, and whole */
        if (fact->type != FACT_TYPE_DATE && low <= 0 && high >= 60 * one)
            return random_of(random, 60) * one;
        break;
    case 7:
    case 8:
        if (high - low >= 2 * one && fact->type != FACT_TYPE_DATE)
            return (random_between(random, low + one, high - 1) / one) * one;
        break;
    default: break;
    }
    return random_between(random, has_low ? low : low + 1, has_high ? high : high - 1);
}

static size_t scaled_to_text(int64_t number, int32_t scale, char text[CELL_SIZE])
{
    tuoyu_decimal decimal;
    if (tuoyu_decimal_from_int64(number, scale, &decimal) != TUOYU_OK)
        abort();
    return tuoyu_decimal_to_text(&decimal, text);
}

static size_t random_text(const struct pack_fact *fact, uint32_t wrong, uint64_t *random,
                          char text[CELL_SIZE])
{
    const char *chosen = "";
    if (random_of(random, 1000) < wrong) {
        chosen = WRONG_TEXTS[random_of(random, sizeof WRONG_TEXTS / sizeof *WRONG_TEXTS)];
    } else if (fact->type == FACT_TYPE_BOOLEAN) {
        chosen = random_of(random, 2) ? "true" : "false";
    } else if (fact->type == FACT_TYPE_DATE) {
        int64_t day = random_number(fact, 0, wrong, random);
        if (day < DATE_FIRST)
            day = DATE_FIRST;
        return (size_t)(tuoyu_date_to_text((int32_t)(day > DATE_LAST ? DATE_LAST : day), text) == TUOYU_OK
                            ? 10
                            : 0);
    } else if (is_numeric(fact)) {
        return scaled_to_text(random_number(fact, fact->scale, wrong, random), fact->scale, text);
    } else if (fact->value_count) {
        struct text id = fact->values[random_of(random, (uint32_t)fact->value_count)].id;
        return (size_t)snprintf(text, CELL_SIZE, "%.*s", TEXT_ARGUMENTS(id));
    } else {
        chosen = FREE_TEXTS[random_of(random, sizeof FREE_TEXTS / sizeof *FREE_TEXTS)];
    }
    strcpy(text, chosen);
    return strlen(text);
}

/* ---- Columns ---- */

static void choose_form(struct fact_cells *cells, uint64_t *random)
{
    static const enum fact_form NUMBERS[] = {FORM_DECIMAL, FORM_DECIMAL, FORM_DECIMAL, FORM_INT64,
                                             FORM_INT32,   FORM_INT16,   FORM_TEXT,    FORM_FLOAT64,
                                             FORM_FLOAT64, FORM_FLOAT32};
    bool is_text = random_of(random, 6) == 0;
    switch (cells->fact->type) {
    case FACT_TYPE_BOOLEAN: cells->form = is_text ? FORM_TEXT : FORM_BOOLEAN; break;
    case FACT_TYPE_DATE: cells->form = is_text ? FORM_TEXT : FORM_DATE; break;
    case FACT_TYPE_ENUM: cells->form = random_of(random, 2) ? FORM_TEXT : FORM_WORD; break;
    case FACT_TYPE_STRING: cells->form = FORM_TEXT; break;
    default: cells->form = NUMBERS[random_of(random, sizeof NUMBERS / sizeof *NUMBERS)];
    }
    if (cells->form == FORM_DECIMAL)
        cells->scale = cells->fact->scale + (random_of(random, 8) == 0 ? (int32_t)random_of(random, 3) : 0);
}

static uint8_t float_width(enum fact_form form)
{
    return form == FORM_FLOAT32 ? 4 : form == FORM_FLOAT64 ? 8 : 0;
}

static int64_t random_float(const struct fact_cells *cells, uint32_t wrong, uint64_t *random)
{
    uint8_t width = float_width(cells->form);
    uint64_t bits = float_of_decimal(random_number(cells->fact, cells->fact->scale, wrong, random),
                                     cells->fact->scale, width);
    return (int64_t)(random_of(random, 1000) < wrong ? wrong_float(bits, width, random) : bits);
}

static int64_t random_cell(const struct fact_cells *cells, uint32_t wrong, uint64_t *random)
{
    static const int64_t MOST[] = {[FORM_INT16] = INT16_MAX, [FORM_INT32] = INT32_MAX};
    int64_t number, factor;
    switch (cells->form) {
    case FORM_BOOLEAN: return random_of(random, 2);
    case FORM_FLOAT32:
    case FORM_FLOAT64: return random_float(cells, wrong, random);
    case FORM_WORD:
        return random_of(random, 1000) < wrong ? (int64_t)cells->fact->value_count
                                               : random_of(random, (uint32_t)cells->fact->value_count);
    case FORM_DATE:
        number = random_number(cells->fact, 0, wrong, random);
        return number < DATE_FIRST ? DATE_FIRST : number > DATE_LAST ? DATE_LAST : number;
    case FORM_DECIMAL:
        factor = power_of(cells->scale - cells->fact->scale);
        /* Numbers that do not fit with more decimals become others that do. */
        number =
            random_number(cells->fact, cells->fact->scale, wrong, random) % (INT64_MAX / factor) * factor;
        return factor > 1 && random_of(random, 1000) < wrong ? number + 1 : number;
    case FORM_INT16:
    case FORM_INT32:
        number = random_number(cells->fact, 0, wrong, random);
        return number > MOST[cells->form] || number < -MOST[cells->form] ? random_of(random, 100) : number;
    default: return random_number(cells->fact, 0, wrong, random);
    }
}

static void fill_cells(struct fact_cells *cells, int64_t rows, struct table_style style, uint64_t *random)
{
    char text[CELL_SIZE];
    cells->is_given = allocate((size_t)rows * sizeof *cells->is_given);
    cells->numbers = allocate((size_t)rows * sizeof *cells->numbers);
    cells->bytes = allocate((size_t)rows * CELL_SIZE);
    cells->ends = allocate(((size_t)rows + 1) * sizeof *cells->ends);
    for (int64_t row = 0; row < rows; row++) {
        cells->is_given[row] = random_of(random, 1000) >= style.missing;
        cells->ends[row + 1] = cells->ends[row];
        if (!cells->is_given[row])
            continue;
        if (cells->form != FORM_TEXT) {
            cells->numbers[row] = random_cell(cells, style.wrong, random);
            continue;
        }
        size_t length = random_text(cells->fact, style.wrong, random, text);
        memcpy(cells->bytes + cells->ends[row], text, length);
        cells->ends[row + 1] += (int32_t)length;
    }
}

/* ---- Arrow ---- */

static void leave_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void leave_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static size_t width_of(enum fact_form form)
{
    static const size_t WIDTHS[FORM_COUNT] = {
        [FORM_INT16] = 2,   [FORM_INT32] = 4,   [FORM_INT64] = 8, [FORM_DECIMAL] = 16,
        [FORM_FLOAT32] = 4, [FORM_FLOAT64] = 8, [FORM_DATE] = 4,  [FORM_WORD] = 2};
    return WIDTHS[form];
}

static void put_values(struct fact_cells *cells, int64_t rows)
{
    size_t width = width_of(cells->form), count = (size_t)(cells->offset + rows);
    cells->values = allocate(width ? count * width : (count + 7) / 8);
    for (int64_t row = 0; row < rows; row++) {
        int64_t number = cells->is_given[row] ? cells->numbers[row] : 0x2a2a2a2a, at = cells->offset + row;
        int64_t halves[2] = {number, number < 0 ? -1 : 0};
        if (width)
            memcpy((char *)cells->values + (size_t)at * width, halves, width);
        else if (number & 1)
            ((uint8_t *)cells->values)[at / 8] |= (uint8_t)(1u << at % 8);
    }
    cells->buffers[1] = cells->values;
}

/* Texts: offsets and bytes. The rows before the first are empty texts. */
static void put_texts(struct fact_cells *cells, int64_t rows)
{
    int32_t *ends = cells->values = allocate((size_t)(cells->offset + rows + 1) * sizeof *ends);
    memcpy(ends + cells->offset, cells->ends, ((size_t)rows + 1) * sizeof *ends);
    cells->buffers[1] = ends;
    cells->buffers[2] = cells->bytes;
}

static void put_words(struct fact_cells *cells)
{
    size_t count = cells->fact->value_count, size = 0;
    int32_t *ends = cells->words_ends = allocate((count + 2) * sizeof *ends);
    char *bytes = cells->words_bytes = allocate(count * CELL_SIZE + CELL_SIZE);
    for (size_t i = 0; i <= count; i++) {
        struct text word = i < count ? cells->fact->values[i].id : TEXT("nowhere declared");
        memcpy(bytes + size, word.bytes, word.length);
        size += word.length;
        ends[i + 1] = (int32_t)size;
    }
    cells->words_buffers[1] = ends;
    cells->words_buffers[2] = bytes;
    cells->words_schema = (struct ArrowSchema){.format = "u", .release = leave_schema};
    cells->words_array = (struct ArrowArray){.length = (int64_t)count + 1,
                                             .n_buffers = 3,
                                             .buffers = cells->words_buffers,
                                             .release = leave_array};
    cells->schema.dictionary = &cells->words_schema;
    cells->array.dictionary = &cells->words_array;
}

static void put_column(struct fact_cells *cells, int64_t rows)
{
    static const char *const FORMATS[FORM_COUNT] = {
        [FORM_INT16] = "s",   [FORM_INT32] = "i",   [FORM_INT64] = "l",
        [FORM_FLOAT32] = "f", [FORM_FLOAT64] = "g", [FORM_BOOLEAN] = "b",
        [FORM_DATE] = "tdD",  [FORM_TEXT] = "u",    [FORM_WORD] = "s"};
    bool is_text = cells->form == FORM_TEXT, has_missing = false;
    uint8_t *validity = cells->validity = allocate((size_t)(cells->offset + rows + 7) / 8);
    for (int64_t row = 0; row < rows; row++) {
        int64_t at = cells->offset + row;
        has_missing |= !cells->is_given[row];
        if (cells->is_given[row])
            validity[at / 8] |= (uint8_t)(1u << at % 8);
    }
    if (cells->form == FORM_DECIMAL)
        snprintf(cells->format, sizeof cells->format, "d:38,%d", (int)cells->scale);
    else
        strcpy(cells->format, FORMATS[cells->form]);
    cells->buffers[0] = has_missing ? validity : NULL;
    if (is_text)
        put_texts(cells, rows);
    else
        put_values(cells, rows);
    cells->schema = (struct ArrowSchema){.format = cells->format,
                                         .name = cells->fact->name.bytes,
                                         .flags = ARROW_FLAG_NULLABLE,
                                         .release = leave_schema};
    cells->array = (struct ArrowArray){.length = rows,
                                       .null_count = -1,
                                       .offset = cells->offset,
                                       .n_buffers = is_text ? 3 : 2,
                                       .buffers = cells->buffers,
                                       .release = leave_array};
    if (cells->form == FORM_WORD)
        put_words(cells);
}

/* ---- Tables ---- */

void fact_table_make(struct fact_table *table, const struct tuoyu_policy *policy, const uint32_t *facts,
                     size_t count, int64_t rows, struct table_style style, uint64_t *random)
{
    const struct program *program = &policy->layering->program;
    memset(table, 0, sizeof *table);
    table->facts = allocate(count * sizeof *table->facts);
    table->schemas = allocate(count * sizeof *table->schemas);
    table->arrays = allocate(count * sizeof *table->arrays);
    table->count = count;
    table->rows = rows;
    for (size_t i = 0; i < count; i++) {
        struct fact_cells *cells = &table->facts[i];
        cells->fact = program_slot(program, program->fact_slots[facts[i]])->declaration;
        cells->offset = random_of(random, 3) ? 0 : random_of(random, MOST_OFFSET);
        choose_form(cells, random);
        fill_cells(cells, rows, style, random);
        put_column(cells, rows);
        table->schemas[i] = &cells->schema;
        table->arrays[i] = &cells->array;
    }
    table->schema = (struct ArrowSchema){.format = "+s",
                                         .name = "",
                                         .n_children = (int64_t)count,
                                         .children = table->schemas,
                                         .release = leave_schema};
    table->array = (struct ArrowArray){.length = rows,
                                       .n_buffers = 1,
                                       .buffers = table->buffers,
                                       .n_children = (int64_t)count,
                                       .children = table->arrays,
                                       .release = leave_array};
}

void fact_table_free(struct fact_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        struct fact_cells *cells = &table->facts[i];
        void *const owned[] = {cells->is_given, cells->numbers, cells->bytes,       cells->ends,
                               cells->validity, cells->values,  cells->words_bytes, cells->words_ends};
        for (size_t j = 0; j < sizeof owned / sizeof *owned; j++)
            free(owned[j]);
    }
    free(table->facts);
    free(table->schemas);
    free(table->arrays);
}

/* ---- Cases ---- */

static tuoyu_status give_float(const struct fact_cells *cells, int64_t row, tuoyu_case *facts,
                               tuoyu_diagnostics *diagnostics)
{
    static const struct location NOWHERE = {.source = NULL};
    struct text name = cells->fact->name;
    tuoyu_decimal number;
    if (shortest_decimal((uint64_t)cells->numbers[row], float_width(cells->form), &number))
        return tuoyu_case_set_decimal(facts, name.bytes, name.length, &number, diagnostics);
    return report(diagnostics, TUOYU_ERROR_FACT_TYPE, NOWHERE, TEXT(""), "'%.*s' is not a finite number",
                  TEXT_ARGUMENTS(name));
}

static tuoyu_status give(const struct fact_cells *cells, int64_t row, tuoyu_case *facts,
                         tuoyu_diagnostics *diagnostics)
{
    tuoyu_decimal number;
    struct text name = cells->fact->name, word = TEXT("nowhere declared");
    int64_t value = cells->numbers[row];
    switch (cells->form) {
    case FORM_BOOLEAN: return tuoyu_case_set_boolean(facts, name.bytes, name.length, value != 0, diagnostics);
    case FORM_DATE: return tuoyu_case_set_date(facts, name.bytes, name.length, (int32_t)value, diagnostics);
    case FORM_TEXT:
        return tuoyu_case_set_text(facts, name.bytes, name.length, cells->bytes + cells->ends[row],
                                   (size_t)(cells->ends[row + 1] - cells->ends[row]), diagnostics);
    case FORM_WORD:
        if (value < (int64_t)cells->fact->value_count)
            word = cells->fact->values[value].id;
        return tuoyu_case_set_text(facts, name.bytes, name.length, word.bytes, word.length, diagnostics);
    case FORM_FLOAT32:
    case FORM_FLOAT64: return give_float(cells, row, facts, diagnostics);
    default:
        if (tuoyu_decimal_from_int64(value, cells->form == FORM_DECIMAL ? cells->scale : 0, &number) !=
            TUOYU_OK)
            abort();
        return tuoyu_case_set_decimal(facts, name.bytes, name.length, &number, diagnostics);
    }
}

tuoyu_status fact_table_give(const struct fact_table *table, int64_t row, bool null_is_none,
                             tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK, status;
    tuoyu_case_clear(facts);
    for (size_t i = 0; i < table->count; i++) {
        const struct fact_cells *cells = &table->facts[i];
        bool is_none = null_is_none && cells->fact->is_nullable;
        if (!cells->is_given[row] && !is_none)
            continue;
        if (cells->is_given[row])
            status = give(cells, row, facts, diagnostics);
        else
            status =
                tuoyu_case_set_none(facts, cells->fact->name.bytes, cells->fact->name.length, diagnostics);
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}

void fact_table_show(const struct fact_table *table, int64_t row)
{
    char text[CELL_SIZE];
    for (size_t i = 0; i < table->count; i++) {
        const struct fact_cells *cells = &table->facts[i];
        printf("  %.*s (%s): ", TEXT_ARGUMENTS(cells->fact->name), cells->format);
        if (!cells->is_given[row])
            printf("missing\n");
        else if (cells->form == FORM_TEXT)
            printf("\"%.*s\"\n", (int)(cells->ends[row + 1] - cells->ends[row]),
                   cells->bytes + cells->ends[row]);
        else if (cells->form == FORM_DECIMAL)
            printf("%.*s\n", (int)scaled_to_text(cells->numbers[row], cells->scale, text), text);
        else if (cells->form == FORM_DATE)
            printf("%s\n", tuoyu_date_to_text((int32_t)cells->numbers[row], text) == TUOYU_OK ? text : "?");
        else
            printf("%" PRId64 "\n", cells->numbers[row]);
    }
}
