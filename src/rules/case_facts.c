/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/case_facts.h"

#include <string.h>

#include "base/plain_text.h"
#include "pack/fact_value.h"

static const struct program *program_of(const struct tuoyu_policy *policy)
{
    return &policy->layering->program;
}

tuoyu_status case_make(struct tuoyu_policy *policy, struct tuoyu_case **out)
{
    const tuoyu_allocator *allocator = &policy->arena.allocator;
    const struct program *program = program_of(policy);
    *out = NULL;
    struct tuoyu_case *made = allocator_allocate(allocator, sizeof *made);
    if (!made) return TUOYU_ERROR_NO_MEMORY;
    *made = (struct tuoyu_case){.policy = policy_retain(policy)};
    arena_init(&made->arena, allocator);
    size_t count = program->fact_count;
    made->values = count ? allocator_allocate(allocator, count * sizeof *made->values) : NULL;
    made->texts = count ? allocator_allocate(allocator, count * sizeof *made->texts) : NULL;
    if (made->texts) memset(made->texts, 0, count * sizeof *made->texts);
    struct evaluation *workspace = allocator_allocate(allocator, sizeof *workspace);
    bool is_ready = workspace && ((made->values && made->texts) || !count) &&
                    evaluation_init(workspace, program, allocator, &policy->limits) == TUOYU_OK;
    if (!is_ready && workspace) {
        allocator_free(allocator, workspace, sizeof *workspace);
        workspace = NULL;
    }
    made->workspace = workspace;
    if (!is_ready) {
        case_release(made);
        return TUOYU_ERROR_NO_MEMORY;
    }
    case_forget(made);
    *out = made;
    return TUOYU_OK;
}

void case_release(struct tuoyu_case *facts)
{
    if (!facts) return;
    struct tuoyu_policy *policy = facts->policy;
    const tuoyu_allocator allocator = policy->arena.allocator;
    if (facts->workspace) {
        evaluation_free(facts->workspace);
        allocator_free(&allocator, facts->workspace, sizeof *facts->workspace);
    }
    allocator_free(&allocator, facts->values, program_of(policy)->fact_count * sizeof *facts->values);
    allocator_free(&allocator, facts->texts, program_of(policy)->fact_count * sizeof *facts->texts);
    arena_free(&facts->arena);
    allocator_free(&allocator, facts, sizeof *facts);
    policy_release(policy);
}

void case_forget(struct tuoyu_case *facts)
{
    const struct program *program = program_of(facts->policy);
    arena_reset(&facts->arena);
    facts->round++;
    if (program->fact_count) memcpy(facts->values, program->no_facts, program->fact_count * sizeof *facts->values);
}

tuoyu_status case_copy(const struct tuoyu_case *facts, struct tuoyu_case **out)
{
    tuoyu_status status = case_make(facts->policy, out);
    for (uint32_t i = 0; status == TUOYU_OK && i < program_of(facts->policy)->fact_count; i++) {
        struct value value = facts->values[i];
        if (value.kind == VALUE_STRING) value.as.string = text_copy(&(*out)->arena, value.as.string);
        if (value.kind == VALUE_STRING && !value.as.string.bytes) status = TUOYU_ERROR_NO_MEMORY;
        (*out)->values[i] = value;
    }
    if (status == TUOYU_OK) return status;
    case_release(*out);
    *out = NULL;
    return status;
}

const struct pack_fact *case_find_fact(const struct tuoyu_policy *policy, struct text name, struct location where,
                                       uint32_t *index, tuoyu_diagnostics *diagnostics)
{
    const struct program *program = program_of(policy);
    uint32_t found = layering_find_fact(policy->layering, name);
    if (found != SLOT_NONE) {
        const struct slot *slot = program_slot(program, found);
        *index = slot->fact;
        return slot_fact(slot);
    }
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    for (uint32_t i = 0; i < program->fact_count; i++)
        text_nearest(name, program_slot(program, program->fact_slots[i])->name, &best, &distance);
    char hint[HINT_SIZE];
    report(diagnostics, TUOYU_ERROR_FACT_UNKNOWN, where, did_you_mean(hint, best), "no pack declares a fact `%.*s`",
           TEXT_ARGUMENTS(name));
    return NULL;
}

/* Gives the text that a value borrows a place in the case: that of the fact's text before it, if there is room. */
static tuoyu_status keep_text(struct tuoyu_case *facts, uint32_t index, struct value *value, tuoyu_diagnostics *diagnostics)
{
    struct case_text *kept = &facts->texts[index];
    struct text text = value->as.string;
    size_t needed = text.length + 1;
    if (kept->round != facts->round) *kept = (struct case_text){.round = facts->round};
    if (needed > kept->capacity) {
        size_t capacity = needed > 2 * kept->capacity ? needed : 2 * kept->capacity;
        char *bytes = arena_allocate_bytes(&facts->arena, capacity);
        if (!bytes) return report_no_memory(diagnostics);
        kept->bytes = bytes;
        kept->capacity = capacity;
    }
    if (text.length) memcpy(kept->bytes, text.bytes, text.length);
    kept->bytes[text.length] = '\0';
    value->as.string.bytes = kept->bytes;
    return TUOYU_OK;
}

/* Of an enum the text is the declaration's. */
static bool borrows_text(const struct pack_fact *fact, struct value value)
{
    return value.kind == VALUE_STRING && fact->type == FACT_TYPE_STRING;
}

tuoyu_status case_set_given(struct tuoyu_case *facts, const struct given_fact *given, size_t count,
                            tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < count; i++) {
        uint32_t index = 0;
        struct value value;
        const struct pack_fact *fact = case_find_fact(facts->policy, given[i].name, given[i].where, &index, diagnostics);
        tuoyu_status status = fact ? fact_value_read(NULL, fact, given[i].node, &value, diagnostics)
                                   : TUOYU_ERROR_FACT_UNKNOWN;
        if (status == TUOYU_OK && borrows_text(fact, value)) status = keep_text(facts, index, &value, diagnostics);
        if (status == TUOYU_OK) facts->values[index] = value;
        else if (first == TUOYU_OK) first = status;
    }
    return first;
}

tuoyu_status case_read_text(struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index, struct text written,
                            struct value *out, tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    written = text_without_outer_space(written);
    if (written.length == 0) {
        *out = program_of(facts->policy)->no_facts[index];
        return TUOYU_OK;
    }
    if (fact->is_nullable && text_equals(written, TEXT("null"))) return fact_value_from_none(fact, nowhere, out, diagnostics);
    tuoyu_status status = fact_value_from_text(NULL, fact, written, nowhere, out, diagnostics);
    return status == TUOYU_OK && borrows_text(fact, *out) ? keep_text(facts, index, out, diagnostics) : status;
}

struct evaluation *case_begin(const struct tuoyu_case *facts, int32_t as_of)
{
    evaluation_begin(facts->workspace, as_of, facts->values);
    return facts->workspace;
}
