/* SPDX-License-Identifier: Apache-2.0 */
/* Makes, fills and frees the part that all kinds of answer share: the trace of what the answer rests on,
 * its citations, what is missing, and the words for its states. */
#include "rules/answer.h"

#include <string.h>

#include "rules/promise.h"

/* ---- Making and freeing ---- */

void *answer_new(size_t size, const struct rule *rule, int32_t as_of)
{
    const tuoyu_allocator *allocator = &rule->policy->arena.allocator;
    struct tuoyu_answer *answer = allocator_allocate(allocator, size);
    if (!answer)
        return NULL;
    memset(answer, 0, size);
    arena_init(&answer->arena, allocator);
    answer->policy = policy_ref(rule->policy);
    answer->rule = rule;
    answer->kind = rule->kind;
    answer->as_of = as_of;
    answer->size = size;
    answer->outcome = TUOYU_UNDETERMINED;
    answer->standing = TUOYU_CITED;
    return answer;
}

void answer_free(struct tuoyu_answer *answer)
{
    if (!answer)
        return;
    struct tuoyu_policy *policy = answer->policy;
    tuoyu_allocator allocator = answer->arena.allocator;
    arena_free(&answer->arena);
    allocator_free(&allocator, answer, answer->size);
    policy_unref(policy);
}

tuoyu_status answer_finish(struct tuoyu_answer *answer, tuoyu_status status, void *out,
                           tuoyu_diagnostics *diagnostics)
{
    if (status == TUOYU_OK && answer->arena.failed)
        status = TUOYU_ERROR_NO_MEMORY;
    if (status == TUOYU_ERROR_NO_MEMORY)
        report_no_memory(diagnostics);
    if (status != TUOYU_OK) {
        answer_free(answer);
        answer = NULL;
    }
    memcpy(out, &answer, sizeof answer);
    return status;
}

/* ---- Asking ---- */

void roots_add(struct roots *roots, struct evaluation *evaluation, uint32_t slot)
{
    uint32_t *grown =
        arena_grow(&evaluation->arena, roots->slots, roots->count, &roots->capacity, sizeof *grown);
    if (!grown) {
        roots->failed = true;
        return;
    }
    roots->slots = grown;
    grown[roots->count++] = slot;
}

tuoyu_status rule_ask(struct evaluation *evaluation, struct roots *roots, uint32_t slot, struct value *value,
                      tuoyu_diagnostics *diagnostics)
{
    *value = VALUE_NOTHING;
    if (slot == SLOT_NONE)
        return TUOYU_OK;
    *value = evaluation_value(evaluation, slot);
    roots_add(roots, evaluation, slot);
    return roots->failed ? TUOYU_ERROR_NO_MEMORY : evaluation_status(evaluation, *value, diagnostics);
}

tuoyu_status rule_need(struct evaluation *evaluation, struct roots *roots, uint32_t slot_index,
                       struct value *value, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = rule_ask(evaluation, roots, slot_index, value, diagnostics);
    if (status != TUOYU_OK || value->kind != VALUE_NULL || value_cause(*value))
        return status;
    const struct slot *slot = program_slot(evaluation->program, slot_index);
    struct value error =
        evaluation_error(evaluation, TUOYU_ERROR_EVALUATION, slot->where,
                         "`%.*s` is null, whatever else were known", TEXT_ARGUMENTS(slot->full_name));
    return evaluation_status(evaluation, error, diagnostics);
}

tuoyu_status verdict_ask(struct evaluation *evaluation, struct roots *roots, uint32_t slot,
                         struct value *value, tuoyu_diagnostics *diagnostics)
{
    *value = evaluation_value(evaluation, slot);
    roots_add(roots, evaluation, slot);
    if (roots->failed)
        return TUOYU_ERROR_NO_MEMORY;
    const struct cause *error = cause_first_error(value_cause(*value));
    if (evaluation_has_ended(evaluation))
        return evaluation_status(evaluation, *value, diagnostics);
    if (!error)
        return TUOYU_OK;
    if (error->code == TUOYU_ERROR_NO_MEMORY || error->code == TUOYU_ERROR_LIMIT)
        return evaluation_status(evaluation, *value, diagnostics);
    report_warning(diagnostics, error->code, error->where, TEXT(""), "%.*s", TEXT_ARGUMENTS(error->message));
    return TUOYU_OK;
}

tuoyu_status rule_begin(const struct rule *rule, struct evaluation *evaluation, struct roots *roots,
                        int32_t *outcome, tuoyu_diagnostics *diagnostics)
{
    struct value when;
    *outcome = rule_is_in_force(rule, evaluation->as_of) ? TUOYU_DETERMINED : TUOYU_NOT_IN_FORCE;
    if (*outcome == TUOYU_NOT_IN_FORCE)
        return TUOYU_OK;
    tuoyu_status status = rule_ask_promises(rule, evaluation, diagnostics);
    if (rule->when == SLOT_NONE || status != TUOYU_OK)
        return status;
    status = rule_need(evaluation, roots, rule->when, &when, diagnostics);
    if (value_is_false(when))
        *outcome = TUOYU_NOT_APPLICABLE;
    else if (!value_is_true(when))
        *outcome = TUOYU_UNDETERMINED;
    return status;
}

tuoyu_status answer_number_of(struct value value, struct text unit, struct answer_number *out)
{
    *out = (struct answer_number){.is_given = value.kind == VALUE_NUMBER};
    return out->is_given ? number_to_unit(unit, value.as.number, &out->number) : TUOYU_OK;
}

/* ---- Citations ---- */

bool citations_equal(const struct answer_citation *left, const struct answer_citation *right)
{
    return left->citation.standing == right->citation.standing && left->has_value == right->has_value &&
           text_equals(left->citation.text, right->citation.text) && text_equals(left->name, right->name) &&
           text_equals(left->value, right->value);
}

bool answer_cite(struct tuoyu_answer *answer, const struct answer_citation *citation, uint32_t *index)
{
    *index = UINT32_MAX;
    if (citation->citation.standing == 0)
        return true;
    if (citation->citation.standing > answer->standing)
        answer->standing = citation->citation.standing;
    for (size_t i = 0; i < answer->citation_count; i++) {
        if (!citations_equal(&answer->citations[i], citation))
            continue;
        *index = (uint32_t)i;
        return true;
    }
    struct answer_citation *grown = arena_grow(&answer->arena, answer->citations, answer->citation_count,
                                               &answer->citation_capacity, sizeof *grown);
    if (!grown)
        return false;
    answer->citations = grown;
    *index = (uint32_t)answer->citation_count;
    grown[answer->citation_count++] = *citation;
    return true;
}

struct text answer_value_text(struct arena *arena, struct value value, struct text unit)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    tuoyu_decimal number;
    if (value.kind == VALUE_NULL)
        return TEXT("");
    if (value.kind == VALUE_NUMBER) {
        if (number_to_unit(unit, value.as.number, &number) != TUOYU_OK)
            number = value.as.number;
        return text_copy(arena, (struct text){.bytes = digits, .length = decimal_format(number, digits)});
    }
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    value_format(&builder, value);
    text_append(&builder, TEXT(""));
    return builder.failed ? (struct text){NULL, 0} : text_builder_text(&builder);
}

bool slot_citation(struct tuoyu_answer *answer, struct evaluation *evaluation, uint32_t slot_index,
                   uint32_t index, struct answer_citation *out)
{
    const struct citation *citation = evaluation_citation(evaluation, slot_index, index);
    if (!citation)
        return false;
    const struct slot *slot = program_slot(evaluation->program, slot_index);
    *out = (struct answer_citation){.name = slot->name, .label = slot->label, .citation = *citation};
    const struct slot_register *computed = evaluation_register(evaluation, slot_index);
    if (slot->kind != SLOT_PARAMETER || !computed || !computed->chosen)
        return true;
    out->has_value = true;
    out->unit = slot->unit;
    out->value = answer_value_text(&answer->arena, computed->chosen->value, slot->unit);
    return true;
}

/* Adds the rule's own citation to the answer. Returns false when memory is refused. */
static bool cite_rule(struct tuoyu_answer *answer)
{
    const struct rule *rule = answer->rule;
    uint32_t index;
    return answer_cite(
        answer,
        &(struct answer_citation){.name = rule->name, .label = rule->title, .citation = rule->citation},
        &index);
}

/* Adds the citations of a traced slot and of its rounding to the answer, and notes the slot's first one in
 * entry->citation (UINT32_MAX if it has none). Returns false when memory is refused. */
static bool cite_slot(struct tuoyu_answer *answer, struct evaluation *evaluation, struct trace_entry *entry)
{
    struct answer_citation citation;
    entry->citation = UINT32_MAX;
    for (uint32_t i = 0; slot_citation(answer, evaluation, entry->slot, i, &citation); i++) {
        uint32_t at;
        if (!answer_cite(answer, &citation, &at))
            return false;
        if (entry->citation == UINT32_MAX)
            entry->citation = at;
    }
    const struct rule *rule = answer->rule;
    for (size_t i = 0; i < rule->rounding_count; i++) {
        uint32_t at;
        if (rule->roundings[i].slot != entry->slot)
            continue;
        citation = (struct answer_citation){.name = rule->roundings[i].name,
                                            .citation = rule->roundings[i].citation,
                                            .label = program_slot(evaluation->program, entry->slot)->label};
        if (!answer_cite(answer, &citation, &at))
            return false;
    }
    return true;
}

/* ---- Trace ---- */

/* True for a value that owns no memory beyond itself, so that it can be copied out of the evaluation as it
 * is. */
static bool is_simple(struct value value)
{
    return value.kind == VALUE_BOOLEAN || value.kind == VALUE_NUMBER || value.kind == VALUE_DATE ||
           value.kind == VALUE_YEARS_MONTHS || value.kind == VALUE_DAYS_TIME;
}

/* Copies a value into the answer's arena: strings are copied, values of other kinds that own memory become
 * the text that shows them, and every null becomes VALUE_NOTHING. Returns false when memory is refused. */
static bool keep_value(struct arena *arena, struct value value, struct value *out)
{
    *out = value.kind == VALUE_NULL ? VALUE_NOTHING : value;
    if (value.kind == VALUE_NULL || is_simple(value))
        return true;
    struct text kept = value.kind == VALUE_STRING ? text_copy(arena, value.as.string)
                                                  : answer_value_text(arena, value, TEXT(""));
    *out = value_string(kept);
    return kept.bytes;
}

/* Fills in entry->reads with the entries that the slot read when it was computed. entry_of has the index
 * of each slot's entry plus one, or 0. Returns false when memory is refused. */
static bool keep_reads(struct tuoyu_answer *answer, struct evaluation *evaluation, const uint32_t *entry_of,
                       struct trace_entry *entry)
{
    const struct slot *slot = program_slot(evaluation->program, entry->slot);
    entry->reads = ARENA_ARRAY(&answer->arena, uint32_t, slot->dependency_count);
    if (!entry->reads)
        return false;
    for (uint32_t i = 0; i < slot->dependency_count; i++) {
        uint32_t at = entry_of[slot->dependencies[i]];
        if (evaluation_has_read(evaluation, entry->slot, i) && at)
            entry->reads[entry->read_count++] = at - 1;
    }
    return true;
}

bool answer_rest_on(struct tuoyu_answer *answer, struct evaluation *evaluation, const struct roots *roots)
{
    size_t count = 0;
    const uint32_t *slots = evaluation_trace(evaluation, roots->slots, roots->count, &count);
    /* By slot: the index of its entry plus one; 0 if the slot has no entry yet. */
    uint32_t *entry_of = ARENA_ARRAY(&evaluation->arena, uint32_t, evaluation->program->slot_count);
    answer->trace = ARENA_ARRAY(&answer->arena, struct trace_entry, count);
    if (!slots || !entry_of || !answer->trace || !cite_rule(answer))
        return false;
    if (!inputs_keep(&answer->arena, answer->policy, evaluation->facts, &answer->inputs))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct trace_entry *entry = &answer->trace[i];
        entry->slot = slots[i];
        entry_of[slots[i]] = (uint32_t)i + 1;
        bool is_kept = keep_value(&answer->arena, evaluation_value(evaluation, slots[i]), &entry->value) &&
                       keep_reads(answer, evaluation, entry_of, entry) &&
                       cite_slot(answer, evaluation, entry);
        if (!is_kept)
            return false;
        answer->trace_count = i + 1;
    }
    return !answer->arena.failed;
}

/* Sorts what is missing by slot, which is the order in which packs declare it. The order in which the rule
 * came upon it does not matter then. */
static void sort_missing(struct tuoyu_answer *answer)
{
    for (size_t i = 1; i < answer->missing_count; i++) {
        struct answer_missing moved = answer->missing[i];
        size_t at = i;
        for (; at > 0 && answer->missing[at - 1].slot > moved.slot; at--)
            answer->missing[at] = answer->missing[at - 1];
        answer->missing[at] = moved;
    }
}

bool answer_list_missing(struct tuoyu_answer *answer, struct evaluation *evaluation,
                         const struct roots *roots)
{
    struct value *values = ARENA_ARRAY(&evaluation->arena, struct value, roots->count);
    const struct cause **missing = NULL;
    size_t count = 0;
    if (!values)
        return false;
    for (size_t i = 0; i < roots->count; i++)
        values[i] = evaluation_value(evaluation, roots->slots[i]);
    if (!evaluation_missing(evaluation, values, roots->count, &missing, &count))
        return false;
    answer->missing = ARENA_ARRAY(&answer->arena, struct answer_missing, count);
    if (!answer->missing)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct text name = text_copy(&answer->arena, missing[i]->name);
        if (!name.bytes)
            return false;
        answer->missing[i] = (struct answer_missing){
            .name = name, .code = missing[i]->code, .slot = evaluation_missing_slot(evaluation, missing[i])};
        answer->missing_count = i + 1;
    }
    sort_missing(answer);
    return true;
}

/* ---- Words ---- */

const char *outcome_name(int32_t outcome)
{
    switch (outcome) {
    case TUOYU_DETERMINED: return "determined";
    case TUOYU_NOT_APPLICABLE: return "not_applicable";
    case TUOYU_OUTCOME_ERROR: return "error";
    case TUOYU_NOT_IN_FORCE: return "not_in_force";
    default: return "undetermined";
    }
}

const char *standing_name(int32_t standing)
{
    switch (standing) {
    case TUOYU_CITED: return "cited";
    case TUOYU_DERIVED: return "derived";
    case TUOYU_DRAFT: return "draft";
    case TUOYU_ASSUMED: return "assumed";
    default: return "proposed";
    }
}

const char *decision_name(int32_t decision)
{
    switch (decision) {
    case TUOYU_ELIGIBLE: return "eligible";
    case TUOYU_INELIGIBLE: return "ineligible";
    case TUOYU_DECISION_NOT_APPLICABLE: return "not_applicable";
    default: return "undetermined";
    }
}

const char *instalment_state_name(int32_t state)
{
    switch (state) {
    case TUOYU_INSTALMENT_DUE: return "due";
    case TUOYU_INSTALMENT_LATER: return "later";
    case TUOYU_INSTALMENT_FORFEITED: return "forfeited";
    default: return "open";
    }
}

const char *subsidy_state_name(int32_t state)
{
    switch (state) {
    case TUOYU_SUBSIDY_PAID: return "paid";
    case TUOYU_SUBSIDY_NOT_DUE: return "not_due";
    case TUOYU_SUBSIDY_EXCLUDED: return "excluded";
    case TUOYU_SUBSIDY_CUT: return "cut";
    default: return "open";
    }
}

const char *claim_state_name(int32_t state)
{
    switch (state) {
    case TUOYU_CLAIM_PAID: return "paid";
    case TUOYU_CLAIM_IN_PART: return "in_part";
    case TUOYU_CLAIM_UNPAID: return "unpaid";
    case TUOYU_CLAIM_NOT_DUE: return "not_due";
    case TUOYU_CLAIM_ERROR: return "error";
    case TUOYU_CLAIM_PAID_BEFORE: return "paid_before";
    case TUOYU_CLAIM_CLAW_BACK: return "claw_back";
    default: return "open";
    }
}
