/* SPDX-License-Identifier: Apache-2.0 */
#include "reference_engine.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tuoyu/tuoyu.h>

#include "bench_table.h"

enum { RULES = 3, COLUMNS = 7, AS_OF = 19800, PACKED = 4 };

static const char *const NAMES[RULES] = {"entitled", "fee_limit", "monthly_fee"};
static const char *const OUTPUTS[COLUMNS] = {"entitled.decision",         "fee_limit.amount",
                                             "fee_limit.complies",        "monthly_fee.whole",
                                             "monthly_fee.payers.public", "monthly_fee.payers.employer",
                                             "monthly_fee.payers.family"};

struct reference_engine {
    tuoyu_policy *policy;
    tuoyu_batch *batch;
    tuoyu_workspace *workspace;
    struct bench_table table;
    void *packed[PACKED]; /* columns in the form that Arrow has them in */
    tuoyu_column columns[COLUMNS];
};

static bool told(const char *what)
{
    fprintf(stderr, "reference_engine: %s\n", what);
    return false;
}

static bool load(struct reference_engine *engine, const char *pack)
{
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_text *shown = NULL;
    const tuoyu_pack_text text = {.name = "reference.yaml",
                                  .name_length = TUOYU_NUL_TERMINATED,
                                  .text = pack,
                                  .text_length = TUOYU_NUL_TERMINATED};
    const tuoyu_batch_options options = {
        .size = sizeof options, .numbers = TUOYU_NUMBERS_INTEGER, .columns = TUOYU_COLUMNS_VALUES};
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        return told("no memory");
    const bool is_right = tuoyu_policy_load(&text, 1, NULL, &engine->policy, diagnostics) == TUOYU_OK &&
                          tuoyu_batch_new(engine->policy, NAMES, NULL, RULES, AS_OF, &options, &engine->batch,
                                          diagnostics) == TUOYU_OK &&
                          tuoyu_workspace_new(engine->batch, &engine->workspace, diagnostics) == TUOYU_OK;
    if (!is_right && tuoyu_diagnostics_to_text(diagnostics, &shown) == TUOYU_OK)
        told(tuoyu_text_bytes(shown));
    tuoyu_text_free(shown);
    tuoyu_diagnostics_free(diagnostics);
    return is_right;
}

/* ---- The facts as an Arrow table ---- */

static void *bits_of(const uint8_t *bytes, size_t rows)
{
    uint8_t *bits = calloc(rows / 8 + 64, 1);
    for (size_t i = 0; bits && i < rows; i++)
        bits[i / 8] |= (uint8_t)(bytes[i] << (i % 8));
    return bits;
}

static void *wide_of(const int16_t *values, size_t rows)
{
    int32_t *wide = calloc(rows + 16, sizeof *wide);
    for (size_t i = 0; wide && i < rows; i++)
        wide[i] = values[i];
    return wide;
}

/* Arrow has no bytes for booleans and no decimals of 16 bits: four columns are copied, the others are taken
 * as they are. */
static bool bind(struct reference_engine *engine, const struct workload_input *in, size_t rows)
{
    static const int32_t KIND_ENDS[] = {0, 6, 15, 23, 31};
    struct bench_table *table = &engine->table;
    void *const packed[PACKED] = {bits_of(in->registered, rows), bits_of(in->filed, rows),
                                  wide_of(in->per_carer, rows), wide_of(in->employer_share, rows)};
    memcpy(engine->packed, packed, sizeof packed);
    for (size_t i = 0; i < PACKED; i++)
        if (!packed[i])
            return told("no memory");
    bench_table_init(table, rows);
    bench_table_add(table, "child.age_months", "s", NULL, in->age_months);
    bench_table_add(table, "child.registered", "b", NULL, packed[0]);
    bench_table_add(table, "child.permit_months", "C", NULL, in->permit_months);
    bench_table_add(table, "household.income", "d:9,2,64", NULL, in->income);
    bench_table_add(table, "household.children", "C", NULL, in->children);
    bench_table_add_words(table, "institution.kind", NULL, in->kind, KIND_ENDS, 4,
                          "publicinclusiveordinaryunlisted");
    bench_table_add(table, "institution.filed", "b", NULL, packed[1]);
    bench_table_add(table, "institution.children_per_carer", "d:4,2,32", NULL, packed[2]);
    bench_table_add(table, "institution.fee", "d:9,2,64", NULL, in->fee);
    bench_table_add(table, "employer.share", "d:5,4,32", NULL, packed[3]);
    return tuoyu_workspace_bind(engine->workspace, &table->schema, &table->array, NULL) == TUOYU_OK;
}

/* ---- What goes out ---- */

static bool outputs_are_as_expected(const struct reference_engine *engine)
{
    struct ArrowSchema schema;
    if (tuoyu_batch_schema(engine->batch, &schema) != TUOYU_OK)
        return told("no schema");
    bool is_same = schema.n_children == COLUMNS;
    for (int64_t i = 0; is_same && i < COLUMNS; i++)
        is_same = strcmp(schema.children[i]->name, OUTPUTS[i]) == 0;
    schema.release(&schema);
    return is_same || told("the columns are others");
}

static bool make_columns(struct reference_engine *engine, size_t rows)
{
    for (size_t i = 0; i < COLUMNS; i++)
        if (!(engine->columns[i].validity = calloc(rows / 8 + 64, 1)))
            return told("no memory");
    engine->columns[2].values = calloc(rows / 8 + 64, 1);
    engine->columns[3].values = calloc(rows + 8, sizeof(int64_t));
    return (engine->columns[2].values && engine->columns[3].values) || told("no memory");
}

struct reference_engine *reference_engine_make(const char *pack, const struct workload_input *input,
                                               size_t rows)
{
    struct reference_engine *engine = calloc(1, sizeof *engine);
    if (engine && load(engine, pack) && outputs_are_as_expected(engine) && bind(engine, input, rows) &&
        make_columns(engine, rows))
        return engine;
    told("the engine cannot be made");
    reference_engine_free(engine);
    return NULL;
}

void reference_engine_free(struct reference_engine *engine)
{
    if (!engine)
        return;
    tuoyu_workspace_free(engine->workspace);
    tuoyu_batch_unref(engine->batch);
    tuoyu_policy_unref(engine->policy);
    for (size_t i = 0; i < PACKED; i++)
        free(engine->packed[i]);
    for (size_t i = 0; i < COLUMNS; i++)
        free(engine->columns[i].validity);
    free(engine->columns[2].values);
    free(engine->columns[3].values);
    free(engine);
}

int reference_engine_run(struct reference_engine *engine, size_t first, size_t count,
                         const struct workload_output *output)
{
    tuoyu_batch_run_options options = {.size = sizeof options};
    engine->columns[0].values = output->eligible;
    engine->columns[1].values = output->ceiling;
    engine->columns[4].values = output->subsidy;
    engine->columns[5].values = output->employer;
    engine->columns[6].values = output->family;
    return tuoyu_workspace_run(engine->workspace, (int64_t)first, (int64_t)count, engine->columns, COLUMNS,
                               &options) == TUOYU_OK &&
           options.fallback_rows == 0;
}

/* No fee was given to be compared, so that `complies` has no values. */
int reference_engine_has_all(const struct reference_engine *engine, size_t count)
{
    for (size_t column = 0; column < COLUMNS; column++) {
        const uint8_t *validity = engine->columns[column].validity;
        for (size_t i = 0; column != 2 && i < count; i++)
            if (!(validity[i / 8] >> (i % 8) & 1))
                return 0;
    }
    return 1;
}
