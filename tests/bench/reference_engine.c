/* SPDX-License-Identifier: Apache-2.0 */
#include "reference_engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "exec/batch.h"
#include "rules/compiled_policy.h"

enum { OUTPUTS = 5, FACTS = 10, AS_OF = 19800 };

struct reference_engine {
    tuoyu_policy *policy;
    struct batch_plan *plan;
    struct batch_workspace *workspace;
    struct column columns[FACTS];
    struct output_column outputs[OUTPUTS];
};

static int told(const char *what)
{
    fprintf(stderr, "reference_engine: %s\n", what);
    return 0;
}

static int load(struct reference_engine *engine, const char *pack)
{
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_text *shown = NULL;
    const tuoyu_pack_text text = {.name = "reference.yaml", .name_length = TUOYU_NUL_TERMINATED, .text = pack,
                                  .text_length = TUOYU_NUL_TERMINATED};
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK) return told("no memory");
    const int is_right = tuoyu_policy_load(&text, 1, NULL, &engine->policy, diagnostics) == TUOYU_OK;
    if (!is_right && tuoyu_diagnostics_to_text(diagnostics, &shown) == TUOYU_OK) told(tuoyu_text_bytes(shown));
    tuoyu_text_free(shown);
    tuoyu_diagnostics_free(diagnostics);
    return is_right;
}

static int slot_of(const struct program *program, const char *name, uint32_t *slot)
{
    for (uint32_t i = 0; i < program->slot_count; i++) {
        *slot = i;
        if (text_equals(program_slot(program, i)->name, text_of(name, TUOYU_NUL_TERMINATED))) return 1;
    }
    return told(name);
}

static int plan(struct reference_engine *engine)
{
    static const char *const NAMES[OUTPUTS] = {"eligible", "fee_ceiling", "subsidy", "employer_part", "family_part"};
    const struct program *program = &engine->policy->layering->program;
    const struct batch_options options = {.as_of = AS_OF};
    uint32_t slots[OUTPUTS];
    for (size_t i = 0; i < OUTPUTS; i++)
        if (!slot_of(program, NAMES[i], &slots[i])) return 0;
    return batch_plan_make(program, slots, OUTPUTS, &options, &engine->plan, NULL) == TUOYU_OK &&
           batch_workspace_make(engine->plan, &engine->workspace) == TUOYU_OK;
}

static int bind(struct reference_engine *engine, const struct workload_input *in, size_t rows)
{
    static const struct text KINDS[] = {{"public", 6}, {"inclusive", 9}, {"ordinary", 8}, {"unlisted", 8}};
    const struct { const char *name; struct column column; } GIVEN[FACTS] = {
        {"child.age_months", {.type = COLUMN_NUMBER, .width = 2, .values = in->age_months}},
        {"child.registered", {.type = COLUMN_BOOLEAN, .width = 1, .values = in->registered}},
        {"child.permit_months", {.type = COLUMN_NUMBER, .width = 1, .is_unsigned = true, .values = in->permit_months}},
        {"household.income", {.type = COLUMN_NUMBER, .width = 8, .scale = 2, .values = in->income}},
        {"household.children", {.type = COLUMN_NUMBER, .width = 1, .is_unsigned = true, .values = in->children}},
        {"institution.kind", {.type = COLUMN_CODE, .width = 1, .is_unsigned = true, .values = in->kind, .dictionary = KINDS,
                              .dictionary_count = 4}},
        {"institution.filed", {.type = COLUMN_BOOLEAN, .width = 1, .values = in->filed}},
        {"institution.children_per_carer", {.type = COLUMN_NUMBER, .width = 2, .scale = 2, .values = in->per_carer}},
        {"institution.fee", {.type = COLUMN_NUMBER, .width = 8, .scale = 2, .values = in->fee}},
        {"employer.share", {.type = COLUMN_NUMBER, .width = 2, .scale = 4, .values = in->employer_share}}};
    const struct program *program = &engine->policy->layering->program;
    const struct column *facts[FACTS] = {NULL};
    for (size_t i = 0; i < FACTS; i++) {
        uint32_t slot;
        if (!slot_of(program, GIVEN[i].name, &slot)) return 0;
        engine->columns[i] = GIVEN[i].column;
        engine->columns[i].length = (int64_t)rows;
        facts[program_slot(program, slot)->fact] = &engine->columns[i];
    }
    return batch_bind(engine->workspace, facts, NULL) == TUOYU_OK;
}

struct reference_engine *reference_engine_make(const char *pack, const struct workload_input *input, size_t rows)
{
    struct reference_engine *engine = calloc(1, sizeof *engine);
    int is_made = engine && load(engine, pack) && plan(engine) && bind(engine, input, rows);
    for (size_t i = 0; is_made && i < OUTPUTS; i++) {
        struct output_column *output = &engine->outputs[i];
        *output = (struct output_column){.known = calloc(1, rows / 8 + 1), .missing = calloc(1, rows / 8 + 1),
                                         .error = calloc(1, rows / 8 + 1)};
        is_made = output->known && output->missing && output->error && batch_plan_output(engine->plan, i).is_typed;
    }
    if (is_made) return engine;
    told("the engine cannot be made");
    reference_engine_free(engine);
    return NULL;
}

void reference_engine_free(struct reference_engine *engine)
{
    if (!engine) return;
    for (size_t i = 0; i < OUTPUTS; i++) {
        free(engine->outputs[i].known);
        free(engine->outputs[i].missing);
        free(engine->outputs[i].error);
    }
    batch_workspace_free(engine->workspace);
    batch_plan_free(engine->plan);
    tuoyu_policy_unref(engine->policy);
    free(engine);
}

int reference_engine_run(struct reference_engine *engine, size_t first, size_t count, const struct workload_output *output)
{
    void *const values[OUTPUTS] = {output->eligible, output->ceiling, output->subsidy, output->employer, output->family};
    struct batch_counts counts;
    for (size_t i = 0; i < OUTPUTS; i++) engine->outputs[i].values = values[i];
    if (batch_run(engine->workspace, (int64_t)first, (int64_t)count, engine->outputs, &counts) != TUOYU_OK) return 0;
    for (size_t i = 0; i < OUTPUTS; i++)
        if (engine->outputs[i].known_count != (int64_t)count) return 0;
    return counts.slow_rows == 0;
}

int64_t reference_engine_fen(const struct reference_engine *engine, size_t output)
{
    int64_t fen = 1;
    if (output > 0)
        for (int32_t scale = batch_plan_output(engine->plan, output).scale; scale < 2; scale++) fen *= 10;
    return fen;
}
