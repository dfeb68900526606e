/* SPDX-License-Identifier: Apache-2.0 */
/* Runs worked examples of waiting lists and compares the order that comes out. */
#include "ledger/worked_list.h"

#include "base/diagnostics.h"
#include "ledger/waiting_list.h"

/* ---- Running ---- */

/* Adds the cases of an example to the list and orders it; ends with the first error. */
static tuoyu_status add_cases(struct tuoyu_waiting_list *list, struct tuoyu_case *facts,
                              const struct pack_example *example, tuoyu_diagnostics *diagnostics)
{
    for (size_t i = 0; i < example->case_count; i++) {
        const struct pack_example_case *one = &example->cases[i];
        case_forget(facts);
        tuoyu_status status = case_set_given(facts, one->facts, one->fact_count, diagnostics);
        if (status == TUOYU_OK)
            status = waiting_list_add(list, one->id, facts, diagnostics);
        if (status != TUOYU_OK)
            return status;
    }
    return waiting_list_order(list);
}

/* Makes the list of an example. *list may be set after an error, too, and the caller frees it. */
static tuoyu_status run(struct tuoyu_policy *policy, const struct policy_example *item,
                        struct tuoyu_waiting_list **list, tuoyu_diagnostics *diagnostics)
{
    const struct pack_example *example = item->example;
    struct tuoyu_case *facts;
    *list = NULL;
    const struct rule *rule = policy->rules[item->rule];
    if (rule->kind != TUOYU_RULE_ELIGIBILITY)
        return report(diagnostics, TUOYU_ERROR_PACK, example->where,
                      TEXT("only eligibility rules have an order of admission"),
                      "the rule `%.*s` takes no `cases`", TEXT_ARGUMENTS(rule->name));
    tuoyu_status status = case_make(policy, &facts);
    if (status != TUOYU_OK)
        return status;
    status = waiting_list_make(eligibility_of(rule), example->as_of, example->places, list, diagnostics);
    if (status == TUOYU_OK)
        status = add_cases(*list, facts, example, diagnostics);
    case_free(facts);
    return status;
}

/* ---- Comparing ---- */

/* The state of entries that a key of an expectation names; 0 if it names none. */
static int32_t state_expected(enum expect_key key)
{
    switch (key) {
    case EXPECT_ADMITTED: return TUOYU_WAITING_ADMITTED;
    case EXPECT_WAITING: return TUOYU_WAITING_QUEUED;
    case EXPECT_PENDING: return TUOYU_WAITING_PENDING;
    case EXPECT_REFUSED: return TUOYU_WAITING_REFUSED;
    default: return 0;
    }
}

/* The entry number `place`, from 0, among those of a state; NULL if there are not so many. */
static const struct waiting_entry *entry_of(const struct tuoyu_waiting_list *list, int32_t state,
                                            size_t place)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->entries[i]->state == state && place-- == 0)
            return list->entries[i];
    return NULL;
}

/* Compares the ids of all entries of a state, in order, and reports the first difference. Returns whether
 * they are equal. */
static bool compare_state(const struct tuoyu_waiting_list *list, const struct pack_expectation *expected,
                          int32_t state, tuoyu_diagnostics *diagnostics)
{
    for (size_t i = 0; i <= expected->item_count; i++) {
        const struct waiting_entry *entry = entry_of(list, state, i);
        struct text got = entry ? entry->id : TEXT("none"),
                    want = i < expected->item_count ? expected->items[i].id : TEXT("none");
        if (text_equals(got, want))
            continue;
        report(diagnostics, TUOYU_ERROR_EVALUATION, expected->where, TEXT(""),
               "%s, number %zu: expected %.*s, got %.*s", waiting_state_name(state), i + 1,
               TEXT_ARGUMENTS(want), TEXT_ARGUMENTS(got));
        return false;
    }
    return true;
}

/* Compares a list with all that is expected. Returns whether it passed. */
static bool compare_list(const struct tuoyu_waiting_list *list, const struct pack_example *example,
                         tuoyu_diagnostics *diagnostics)
{
    bool passed = true;
    for (size_t i = 0; i < example->expect_count; i++) {
        const struct pack_expectation *expected = &example->expect[i];
        int32_t state = state_expected(expected->key);
        if (state)
            passed &= compare_state(list, expected, state, diagnostics);
        else {
            report(diagnostics, TUOYU_ERROR_PACK, expected->where, TEXT("such as `admitted` or `waiting`"),
                   expected->key == EXPECT_ERROR ? "an error was expected, and there is none"
                                                 : "a waiting list has nothing of that name");
            passed = false;
        }
    }
    return passed;
}

/* True if this error is all that is expected. */
static bool is_expected(const struct pack_example *example, tuoyu_status status)
{
    for (size_t i = 0; i < example->expect_count; i++)
        if (example->expect[i].key != EXPECT_ERROR || example->expect[i].error != status)
            return false;
    return true;
}

tuoyu_status example_status(tuoyu_status status, tuoyu_diagnostics *diagnostics)
{
    if (status == TUOYU_ERROR_CANCELLED)
        return report_cancelled(diagnostics);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : TUOYU_OK;
}

tuoyu_status worked_list_run(struct tuoyu_policy *policy, const struct policy_example *example, bool *passed,
                             tuoyu_diagnostics *diagnostics)
{
    tuoyu_diagnostics *found;
    struct tuoyu_waiting_list *list;
    *passed = false;
    if (diagnostics_new_like(&policy->arena.allocator, diagnostics, &found) != TUOYU_OK)
        return report_no_memory(diagnostics);
    tuoyu_status status = run(policy, example, &list, found);
    if (status == TUOYU_OK)
        *passed = compare_list(list, example->example, diagnostics);
    else if (!work_has_ended(status))
        *passed = is_expected(example->example, status);
    if (status != TUOYU_OK && !work_has_ended(status) && !*passed)
        diagnostics_append(diagnostics, found);
    waiting_list_free(list);
    tuoyu_diagnostics_free(found);
    return example_status(status, diagnostics);
}

tuoyu_status worked_list_to_json(struct tuoyu_policy *policy, const struct policy_example *example,
                                 tuoyu_text **out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_waiting_list *list;
    tuoyu_status status = run(policy, example, &list, diagnostics);
    if (status == TUOYU_OK)
        status = waiting_list_to_json(list, out);
    waiting_list_free(list);
    return status;
}
