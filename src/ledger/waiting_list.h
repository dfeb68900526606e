/* SPDX-License-Identifier: Apache-2.0 */
/* A waiting list: many cases asked of one eligibility rule; those that are eligible stand in the order of
 * its admission keys. The order is total and depends on the cases alone: where keys tie, ids decide, byte
 * by byte. */
#ifndef TUOYU_LEDGER_WAITING_LIST_H
#define TUOYU_LEDGER_WAITING_LIST_H

#include "base/map.h"
#include "rules/admission.h"
#include "rules/answer.h"
#include "rules/case_facts.h"
#include "rules/lowering.h"

struct waiting_entry {
    struct text id;
    int32_t state; /* TUOYU_WAITING_… */
    /* by admission key: a number, a date, a boolean, or null for none. NULL if the entry has no place in
     * the order */
    struct value *keys;
    /* The values of its first keys, as far as they are known: all keys of an entry with a place. */
    struct value *leading_keys;
    size_t leading_count;
    bool is_not_applicable; /* the rule does not apply to it */
    bool is_eligible;       /* of a pending entry: it is eligible, and only keys are missing */
    size_t index;           /* of an open entry: its index in the ordered list */
    /* How many may come before it, if the open entries turn out as badly for it as they can, and how many do
     * if they turn out as well as they can. */
    size_t most_ahead, least_ahead;
    struct text *missing; /* full names of the facts and parameters that it waits for */
    size_t missing_count;
    /* why it has no verdict; TUOYU_ERROR_SYNTAX with a reason if its record could not be read */
    tuoyu_status error;
    int64_t line; /* for a record that could not be asked: its line in the source; 0 if that is not known */
    struct text reason; /* for such a record: what is wrong with it; bytes NULL for a case */
};

struct tuoyu_waiting_list {
    struct tuoyu_policy *policy; /* a reference */
    const struct tuoyu_eligibility *rule;
    int32_t as_of;
    int64_t places;
    struct arena arena; /* holds everything below */
    struct map by_id;
    struct waiting_entry **entries;
    size_t count, capacity;
    bool is_ordered;
    /* Of an ordered list, see ledger/open_entries: how many entries have a place; those that are open, by
     * their best end; and those of them that are eligible, by their worst. */
    size_t placed_count;
    struct waiting_entry **open, **eligible_open;
    size_t open_count, eligible_open_count;
    struct arena scratch; /* holds these arrays */
};

/* Makes an empty list. TUOYU_OK, TUOYU_ERROR_NOT_FOUND (the rule has no admission keys), _NOT_IN_FORCE or
 * _NO_MEMORY, reported. */
tuoyu_status waiting_list_make(const struct tuoyu_eligibility *rule, int32_t as_of, int64_t places,
                               struct tuoyu_waiting_list **out, tuoyu_diagnostics *diagnostics);
/* Frees a list and gives its reference to the policy back. NULL is allowed. */
void waiting_list_free(struct tuoyu_waiting_list *list);
/* Adds a case. A case with an error is added as an entry in error, and the error is returned. Else
 * TUOYU_OK, or TUOYU_ERROR_DUPLICATE, _NO_MEMORY or _CANCELLED, with which nothing is added. */
tuoyu_status waiting_list_add(struct tuoyu_waiting_list *list, struct text id, const struct tuoyu_case *facts,
                              tuoyu_diagnostics *diagnostics);
/* Adds a record that cannot be asked as an entry in error. The id is only shown, never looked up. TUOYU_OK
 * or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status waiting_list_add_error(struct tuoyu_waiting_list *list, int64_t line, struct text id,
                                    tuoyu_status code, struct text reason, tuoyu_diagnostics *diagnostics);
/* The number of entries whose place is open: facts are missing, they have an error, or they cannot be
 * read. */
size_t waiting_list_open_count(const struct tuoyu_waiting_list *list);
/* How many records came in, and how each of them ended: determined, undetermined, not applicable, in error,
 * unreadable. */
struct record_counts waiting_list_records(const struct tuoyu_waiting_list *list);
/* Puts the entries in order and decides who is admitted. TUOYU_OK, TUOYU_ERROR_NO_MEMORY or
 * TUOYU_ERROR_CANCELLED, after which it may be asked again. */
tuoyu_status waiting_list_order(struct tuoyu_waiting_list *list);
/* The index of the first key by which an entry differs from the one before it, or SIZE_MAX. */
size_t waiting_list_difference(const struct tuoyu_waiting_list *list, const struct waiting_entry *left,
                               const struct waiting_entry *right);

const char *waiting_state_name(int32_t state); /* "admitted" … */
/* The two below require that waiting_list_order() was called after the last entry was added. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status waiting_list_to_json(const struct tuoyu_waiting_list *list, tuoyu_text **out);
/* The whole list in the language, an entry a line, each with the reason for its place. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
tuoyu_status waiting_list_to_text(const struct tuoyu_waiting_list *list, const char *language,
                                  tuoyu_text **out);
/* Says why the entry at this index has its place. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status waiting_list_reason(const struct tuoyu_waiting_list *list, size_t index, const char *language,
                                 tuoyu_text **out);

#endif
