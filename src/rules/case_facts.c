/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the facts of a case, sets and reads them by name, and lends the case an evaluation when it is
 * answered. */
#include "rules/case_facts.h"

#include <assert.h>
#include <string.h>

#include "base/plain_text.h"
#include "pack/fact_value.h"

/* A case with more than SEARCHED_FACTS facts has a table of their places; fewer are searched one by one. */
enum { SEARCHED_FACTS = 16, FIRST_CAPACITY = 4 };

/* The program of the policy, borrowed. */
static const struct program *program_of(const struct tuoyu_policy *policy)
{
    return &policy->layering->program;
}

/* The allocator of the case's policy. */
static const tuoyu_allocator *allocator_of(const struct tuoyu_case *facts)
{
    return &facts->policy->arena.allocator;
}

/* ---- Life ---- */

tuoyu_status case_make(struct tuoyu_policy *policy, struct tuoyu_case **out)
{
    *out = allocator_allocate(&policy->arena.allocator, sizeof **out);
    if (!*out)
        return TUOYU_ERROR_NO_MEMORY;
    **out = (struct tuoyu_case){.policy = policy_ref(policy)};
    return TUOYU_OK;
}

void case_free(struct tuoyu_case *facts)
{
    if (!facts)
        return;
    struct tuoyu_policy *policy = facts->policy;
    const tuoyu_allocator *allocator = allocator_of(facts);
    for (uint32_t i = 0; i < facts->capacity; i++)
        allocator_free(allocator, facts->facts[i].text, facts->facts[i].capacity);
    allocator_free(allocator, facts->facts, facts->capacity * sizeof *facts->facts);
    allocator_free(allocator, facts->places, program_of(policy)->fact_count * sizeof *facts->places);
    allocator_free(allocator, facts, sizeof *facts);
    policy_unref(policy);
}

void case_forget(struct tuoyu_case *facts)
{
    for (uint32_t i = 0; i < facts->count && facts->places; i++)
        facts->places[facts->facts[i].fact] = 0;
    facts->count = 0;
}

/* ---- Finding and adding a fact by its index ---- */

/* The fact with this index among those that were given, or NULL if it was not given. */
static struct kept_fact *find_kept(const struct tuoyu_case *facts, uint32_t index)
{
    if (facts->places)
        return facts->places[index] ? &facts->facts[facts->places[index] - 1] : NULL;
    for (uint32_t i = 0; i < facts->count; i++)
        if (facts->facts[i].fact == index)
            return &facts->facts[i];
    return NULL;
}

const struct value *case_value(const struct tuoyu_case *facts, uint32_t index)
{
    const struct kept_fact *kept = find_kept(facts, index);
    return kept ? &kept->value : NULL;
}

/* Doubles the room for facts. Returns false, with the case as it was, when memory is refused. */
static bool grow(struct tuoyu_case *facts)
{
    const tuoyu_allocator *allocator = allocator_of(facts);
    assert(facts->count == facts->capacity);
    uint32_t capacity = facts->capacity ? 2 * facts->capacity : FIRST_CAPACITY;
    struct kept_fact *grown = allocator->reallocate(
        allocator->context, facts->facts, facts->capacity * sizeof *grown, capacity * sizeof *grown);
    if (!grown)
        return false;
    memset(grown + facts->capacity, 0, (capacity - facts->capacity) * sizeof *grown);
    facts->facts = grown;
    facts->capacity = capacity;
    return true;
}

/* Makes the table of places for the facts that the case has. Returns false when memory is refused. */
static bool make_places(struct tuoyu_case *facts)
{
    size_t size = program_of(facts->policy)->fact_count * sizeof *facts->places;
    facts->places = allocator_allocate(allocator_of(facts), size);
    if (!facts->places)
        return false;
    memset(facts->places, 0, size);
    for (uint32_t i = 0; i < facts->count; i++)
        facts->places[facts->facts[i].fact] = i + 1;
    return true;
}

/* The room after the last fact. What is written there counts as given only after append_fact(). Returns
 * NULL when memory is refused. */
static struct kept_fact *next_place(struct tuoyu_case *facts)
{
    if (facts->count == facts->capacity && !grow(facts))
        return NULL;
    if (facts->count == SEARCHED_FACTS && !facts->places && !make_places(facts))
        return NULL;
    return &facts->facts[facts->count];
}

/* Counts the fact that was written to next_place() as given. */
static void append_fact(struct tuoyu_case *facts, uint32_t index)
{
    assert(facts->count < facts->capacity);
    facts->facts[facts->count++].fact = index;
    if (facts->places)
        facts->places[index] = facts->count;
}

/* ---- Setting ---- */

/* Makes room for a text of this length and its NUL. Returns false when memory is refused; the old text is
 * kept then. */
static bool make_text_room(const tuoyu_allocator *allocator, struct kept_fact *kept, size_t length)
{
    if (length < kept->capacity)
        return true;
    size_t capacity = length + 1 > 2 * (size_t)kept->capacity ? length + 1 : 2 * (size_t)kept->capacity;
    char *room = capacity <= UINT32_MAX ? allocator_allocate(allocator, capacity) : NULL;
    if (!room)
        return false;
    allocator_free(allocator, kept->text, kept->capacity);
    kept->text = room;
    kept->capacity = (uint32_t)capacity;
    return true;
}

/* True if the value points to a text of the caller's, which must be copied. The text of an enum's value
 * belongs to the declaration and stays. */
static bool borrows_text(const struct pack_fact *fact, struct value value)
{
    return value.kind == VALUE_STRING && fact->type == FACT_TYPE_STRING;
}

tuoyu_status case_set(struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index,
                      struct value value, tuoyu_diagnostics *diagnostics)
{
    struct kept_fact *known = find_kept(facts, index), *kept = known ? known : next_place(facts);
    if (!kept)
        return report_no_memory(diagnostics);
    if (borrows_text(fact, value)) {
        struct text text = value.as.string;
        if (!make_text_room(allocator_of(facts), kept, text.length))
            return report_no_memory(diagnostics);
        if (text.length)
            memcpy(kept->text, text.bytes, text.length);
        kept->text[text.length] = '\0';
        value.as.string.bytes = kept->text;
    }
    kept->value = value;
    if (!known)
        append_fact(facts, index);
    return TUOYU_OK;
}

tuoyu_status case_copy(const struct tuoyu_case *facts, struct tuoyu_case **out)
{
    const struct program *program = program_of(facts->policy);
    tuoyu_status status = case_make(facts->policy, out);
    for (uint32_t i = 0; status == TUOYU_OK && i < facts->count; i++) {
        const struct kept_fact *kept = &facts->facts[i];
        const struct pack_fact *fact = slot_fact(program_slot(program, program->fact_slots[kept->fact]));
        status = case_set(*out, fact, kept->fact, kept->value, NULL);
    }
    if (status == TUOYU_OK)
        return status;
    case_free(*out);
    *out = NULL;
    return status;
}

/* ---- Reading ---- */

const struct pack_fact *case_find_fact(const struct tuoyu_policy *policy, struct text name,
                                       struct location where, uint32_t *index, tuoyu_diagnostics *diagnostics)
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
    report(diagnostics, TUOYU_ERROR_FACT_UNKNOWN, where, did_you_mean(hint, best),
           "no pack declares a fact `%.*s`", TEXT_ARGUMENTS(name));
    return NULL;
}

tuoyu_status case_set_given(struct tuoyu_case *facts, const struct given_fact *given, size_t count,
                            tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < count; i++) {
        uint32_t index = 0;
        struct value value;
        const struct pack_fact *fact =
            case_find_fact(facts->policy, given[i].name, given[i].where, &index, diagnostics);
        tuoyu_status status =
            fact ? fact_value_read(NULL, fact, given[i].node, &value, diagnostics) : TUOYU_ERROR_FACT_UNKNOWN;
        if (status == TUOYU_OK)
            status = case_set(facts, fact, index, value, diagnostics);
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}

tuoyu_status case_read_text(const struct tuoyu_case *facts, const struct pack_fact *fact, uint32_t index,
                            struct text written, struct value *out, tuoyu_diagnostics *diagnostics)
{
    const struct location nowhere = {.source = NULL};
    written = text_without_outer_space(written);
    if (written.length == 0) {
        *out = program_of(facts->policy)->no_facts[index];
        return TUOYU_OK;
    }
    if (fact->is_nullable && text_equals(written, TEXT("null")))
        return fact_value_from_none(fact, nowhere, out, diagnostics);
    return fact_value_from_text(NULL, fact, written, nowhere, out, diagnostics);
}

/* ---- Answering ---- */

struct evaluation *case_begin(const struct tuoyu_case *facts, int32_t as_of)
{
    struct pooled_evaluation *lent = evaluation_pool_lend(&facts->policy->evaluations, facts);
    if (!lent)
        return NULL;
    for (uint32_t i = 0; i < facts->count; i++)
        lent->facts[facts->facts[i].fact] = facts->facts[i].value;
    evaluation_begin(&lent->evaluation, as_of, lent->facts);
    return &lent->evaluation;
}

void case_end(const struct tuoyu_case *facts, struct evaluation *evaluation)
{
    static_assert(offsetof(struct pooled_evaluation, evaluation) == 0, "so that one pointer is the other");
    struct pooled_evaluation *lent = (struct pooled_evaluation *)evaluation;
    const struct value *none = program_of(facts->policy)->no_facts;
    if (!lent)
        return;
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t fact = facts->facts[i].fact;
        lent->facts[fact] = none[fact];
    }
    evaluation_pool_take_back(&facts->policy->evaluations, lent, facts);
}
