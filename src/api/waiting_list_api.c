/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of waiting lists. */
#include <tuoyu/rules.h>

#include <string.h>

#include "api/rule_handle.h"
#include "base/plain_text.h"
#include "ledger/open_entries.h"

tuoyu_status tuoyu_eligibility_waiting_list(const tuoyu_eligibility *eligibility, int32_t as_of,
                                            int64_t places, tuoyu_waiting_list **out,
                                            tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!eligibility)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (places < 0)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, (struct location){.source = NULL},
                      TEXT("0 where there are none"), "a waiting list cannot have %lld places",
                      (long long)places);
    if (as_of < DATE_FIRST || as_of > DATE_LAST)
        return report(diagnostics, TUOYU_ERROR_DATE, (struct location){.source = NULL}, TEXT(""),
                      "the as-of date is outside the years 0001 to 9999");
    return waiting_list_make(eligibility, as_of, places, out, diagnostics);
}

/* Frees the list; NULL is allowed. */
void tuoyu_waiting_list_free(tuoyu_waiting_list *list)
{
    waiting_list_free(list);
}

tuoyu_status tuoyu_waiting_list_add(tuoyu_waiting_list *list, const char *id, size_t length,
                                    const tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    if (!list || !id)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = rule_handle_check(&list->rule->rule, facts, list->as_of, list, diagnostics);
    if (status != TUOYU_OK)
        return status;
    struct text text = text_without_outer_space(text_of(id, length));
    if (text.length == 0)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, (struct location){.source = NULL}, TEXT(""),
                      "a case needs an id");
    if (!text_is_plain(text))
        return report(diagnostics, TUOYU_ERROR_ENCODING, (struct location){.source = NULL}, TEXT(""),
                      "an id must be UTF-8 without control characters");
    return waiting_list_add(list, text, facts, diagnostics);
}

tuoyu_status tuoyu_waiting_list_add_error(tuoyu_waiting_list *list, int64_t line, const char *id,
                                          size_t id_length, tuoyu_status code, const char *reason,
                                          size_t reason_length, tuoyu_diagnostics *diagnostics)
{
    struct text why = text_of(reason, reason_length);
    if (!list || line < 0 || code == TUOYU_OK || why.length == 0)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return waiting_list_add_error(list, line, text_without_outer_space(text_of(id, id_length)), code, why,
                                  diagnostics);
}

int64_t tuoyu_waiting_list_records(const tuoyu_waiting_list *list, int32_t which)
{
    if (!list)
        return -1;
    struct record_counts records = waiting_list_records(list);
    return record_counts_get(&records, which);
}

bool tuoyu_waiting_list_is_final(const tuoyu_waiting_list *list)
{
    return list && waiting_list_open_count(list) == 0;
}

/* How many entries the list has, in error or not; 0 for NULL. */
size_t tuoyu_waiting_list_count(const tuoyu_waiting_list *list)
{
    return list ? list->count : 0;
}

tuoyu_status tuoyu_waiting_list_order(tuoyu_waiting_list *list)
{
    if (!list)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return waiting_list_order(list);
}

/* NULL if there is no such entry or the list is not in order, because something was added since. */
static const struct waiting_entry *entry_at(const tuoyu_waiting_list *list, size_t index)
{
    return list && list->is_ordered && index < list->count ? list->entries[index] : NULL;
}

const char *tuoyu_waiting_list_id(const tuoyu_waiting_list *list, size_t index)
{
    const struct waiting_entry *entry = entry_at(list, index);
    return entry ? entry->id.bytes : NULL;
}

/* A TUOYU_WAITING_… state; 0 if there is no such entry or the list is not in order. */
int32_t tuoyu_waiting_list_state(const tuoyu_waiting_list *list, size_t index)
{
    const struct waiting_entry *entry = entry_at(list, index);
    return entry ? entry->state : 0;
}

int32_t tuoyu_waiting_list_admission(const tuoyu_waiting_list *list, size_t index)
{
    return entry_at(list, index) ? admission_of(list, index) : 0;
}

size_t tuoyu_waiting_list_hangs_on_count(const tuoyu_waiting_list *list, size_t index)
{
    return entry_at(list, index) ? admission_hangs_on(list, index) : 0;
}

size_t tuoyu_waiting_list_hangs_on(const tuoyu_waiting_list *list, size_t index, size_t open)
{
    return open < tuoyu_waiting_list_hangs_on_count(list, index) ? list->open[open]->index : SIZE_MAX;
}

/* True for "zh" and "en". */
static bool is_language(const char *language)
{
    return language && (strcmp(language, "zh") == 0 || strcmp(language, "en") == 0);
}

tuoyu_status tuoyu_waiting_list_reason(const tuoyu_waiting_list *list, size_t index, const char *language,
                                       tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!entry_at(list, index) || !is_language(language))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return waiting_list_reason(list, index, language, out);
}

/* TUOYU_ERROR_INVALID_ARGUMENT if the list is not in order. */
tuoyu_status tuoyu_waiting_list_to_json(const tuoyu_waiting_list *list, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return list && list->is_ordered ? waiting_list_to_json(list, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The whole list in the language, "zh" or "en". TUOYU_ERROR_INVALID_ARGUMENT if it is not in order. */
tuoyu_status tuoyu_waiting_list_to_text(const tuoyu_waiting_list *list, const char *language,
                                        tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!list || !list->is_ordered || !is_language(language))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return waiting_list_to_text(list, language, out);
}
