/* SPDX-License-Identifier: Apache-2.0 */
#include "compiled_pack.h"
#include "../base/error_count.h"

#include <stdio.h>
#include <string.h>

#include "pack/fact_value.h"
#include "pack/reader.h"
#include "program/table_analysis.h"

enum { MOST_PACKS = 8, TABLE_STEPS = 10000000 };

static void show_findings(const struct compiled *compiled)
{
    tuoyu_text *text = NULL;
    if (tuoyu_diagnostics_to_text(compiled->diagnostics, &text) == TUOYU_OK)
        print_message("%s\n", tuoyu_text_bytes(text));
    tuoyu_text_free(text);
}

void compile_packs(struct compiled *compiled, const char *const *texts, size_t count)
{
    struct pack_model *models[MOST_PACKS];
    assert_true(count <= MOST_PACKS);
    memset(compiled, 0, sizeof *compiled);
    arena_init(&compiled->arena, NULL);
    assert_int_equal(tuoyu_diagnostics_new(NULL, &compiled->diagnostics), TUOYU_OK);
    for (size_t i = 0; i < count; i++) {
        struct text name = text_format(&compiled->arena, "pack%zu.yaml", i);
        tuoyu_status status = pack_read(&compiled->arena, name, text_of(texts[i], TUOYU_NUL_TERMINATED), NULL,
                                        &models[i], compiled->diagnostics);
        if (compiled->status == TUOYU_OK)
            compiled->status = status;
    }
    if (compiled->status != TUOYU_OK)
        return;
    compiled->status =
        layering_join(&compiled->arena, models, count, NULL, &compiled->layering, compiled->diagnostics);
    if (compiled->status == TUOYU_ERROR_NO_MEMORY || !compiled->layering)
        return;
    struct quota quota;
    quota_init(&quota, TABLE_STEPS, SIZE_MAX);
    tuoyu_status tables = analyse_tables(&compiled->layering->program, true, &quota, compiled->diagnostics);
    if (compiled->status == TUOYU_OK)
        compiled->status = tables;
    if (compiled->status != TUOYU_OK)
        return;
    const struct program *program = &compiled->layering->program;
    assert_int_equal(evaluation_init(&compiled->evaluation, program, NULL, NULL), TUOYU_OK);
    compiled->can_run = true;
    compiled->facts = ARENA_ARRAY(&compiled->arena, struct value, program->fact_count);
    give_nothing(compiled);
}

void compile_good(struct compiled *compiled, const char *text)
{
    compile_packs(compiled, &text, 1);
    if (compiled->status != TUOYU_OK)
        show_findings(compiled);
    assert_int_equal(compiled->status, TUOYU_OK);
}

void compiled_free(struct compiled *compiled)
{
    if (compiled->can_run)
        evaluation_free(&compiled->evaluation);
    tuoyu_diagnostics_free(compiled->diagnostics);
    arena_free(&compiled->arena);
}

void give_nothing(struct compiled *compiled)
{
    const struct program *program = &compiled->layering->program;
    if (program->fact_count)
        memcpy(compiled->facts, program->no_facts, program->fact_count * sizeof *compiled->facts);
}

void give(struct compiled *compiled, const char *name, const char *text)
{
    const struct program *program = &compiled->layering->program;
    uint32_t index = layering_find_fact(compiled->layering, text_of(name, TUOYU_NUL_TERMINATED));
    assert_true(index != SLOT_NONE);
    const struct slot *slot = program_slot(program, index);
    struct value *value = &compiled->facts[slot->fact];
    *value = program->no_facts[slot->fact];
    if (!text)
        return;
    struct location nowhere = {.source = NULL};
    tuoyu_status status =
        strcmp(text, "null") == 0
            ? fact_value_from_none(slot_fact(slot), nowhere, value, compiled->diagnostics)
            : fact_value_from_text(&compiled->arena, slot_fact(slot), text_of(text, TUOYU_NUL_TERMINATED),
                                   nowhere, value, compiled->diagnostics);
    assert_int_equal(status, TUOYU_OK);
}

uint32_t slot_named(const struct compiled *compiled, const char *name)
{
    const struct layering *layering = compiled->layering;
    uint32_t slot =
        scope_find(&layering->packs[layering->pack_count - 1].scope, text_of(name, TUOYU_NUL_TERMINATED));
    assert_true(slot != SLOT_NONE);
    return slot;
}

struct value value_on(struct compiled *compiled, const char *date, const char *name)
{
    int32_t as_of;
    assert_int_equal(date_parse(text_of(date, TUOYU_NUL_TERMINATED), &as_of), TUOYU_OK);
    evaluation_begin(&compiled->evaluation, as_of, compiled->facts);
    return evaluation_value(&compiled->evaluation, slot_named(compiled, name));
}

void assert_shows(struct compiled *compiled, const char *date, const char *name, const char *expected)
{
    struct value value = value_on(compiled, date, name);
    struct text_builder shown;
    text_builder_init_arena(&shown, &compiled->arena);
    value_format(&shown, value);
    if (value_cause(value)) {
        assert_int_equal(evaluation_status(&compiled->evaluation, value, compiled->diagnostics), TUOYU_OK);
        fail_msg("`%s` on %s is unknown, not %s", name, date, expected);
    }
    struct text text = text_builder_text(&shown);
    if (!text_equals(text, text_of(expected, TUOYU_NUL_TERMINATED)))
        fail_msg("`%s` on %s is %.*s, not %s", name, date, TEXT_ARGUMENTS(text), expected);
}

void assert_unknown(struct compiled *compiled, const char *date, const char *name, const char *names)
{
    struct value value = value_on(compiled, date, name);
    const struct cause **missing;
    size_t count;
    assert_int_equal(value.kind, VALUE_NULL);
    if (evaluation_status(&compiled->evaluation, value, compiled->diagnostics) != TUOYU_OK)
        show_findings(compiled);
    assert_int_equal(evaluation_status(&compiled->evaluation, value, NULL), TUOYU_OK);
    assert_true(evaluation_missing(&compiled->evaluation, &value, 1, &missing, &count));
    struct text_builder shown;
    text_builder_init_arena(&shown, &compiled->arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            text_append_byte(&shown, ',');
        text_append(&shown, missing[i]->name);
        assert_true(evaluation_missing_slot(&compiled->evaluation, missing[i]) != SLOT_NONE);
    }
    text_append_literal(&shown, "");
    assert_string_equal(shown.bytes ? shown.bytes : "", names);
}

void assert_fails(struct compiled *compiled, const char *date, const char *name, tuoyu_status code,
                  const char *part)
{
    struct value value = value_on(compiled, date, name);
    tuoyu_diagnostics_clear(compiled->diagnostics);
    assert_int_equal(evaluation_status(&compiled->evaluation, value, compiled->diagnostics), code);
    assert_finding(compiled, code, part);
}

static bool finding_matches(const tuoyu_diagnostic *finding, tuoyu_status code, const char *part)
{
    bool has_part =
        strstr(finding->message, part) || strstr(finding->hint, part) || strstr(finding->excerpt, part);
    return finding->code == code && has_part;
}

void assert_finding(const struct compiled *compiled, tuoyu_status code, const char *part)
{
    tuoyu_diagnostic finding;
    for (size_t i = 0; i < tuoyu_diagnostics_count(compiled->diagnostics); i++)
        if (tuoyu_diagnostics_get(compiled->diagnostics, i, &finding) == TUOYU_OK &&
            finding_matches(&finding, code, part))
            return;
    show_findings(compiled);
    fail_msg("no finding %s with \"%s\"", tuoyu_status_name(code), part);
}

void assert_rejected(const char *text, tuoyu_status code, const char *part)
{
    struct compiled compiled;
    compile_packs(&compiled, &text, 1);
    assert_int_equal(compiled.status, code);
    assert_finding(&compiled, code, part);
    if (error_count(compiled.diagnostics) != 1)
        show_findings(&compiled);
    assert_int_equal(error_count(compiled.diagnostics), 1);
    tuoyu_diagnostic first;
    assert_int_equal(tuoyu_diagnostics_get(compiled.diagnostics, 0, &first), TUOYU_OK);
    assert_true(first.line > 0);
    compiled_free(&compiled);
}

uint32_t random_below(uint32_t *state, uint32_t bound)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % bound;
}
