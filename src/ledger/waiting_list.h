/* SPDX-License-Identifier: Apache-2.0 */
/* A waiting list: many cases asked of one eligibility rule, those that are eligible in the order of its
 * admission keys. The order is total and depends on the cases alone: at last the ids decide, byte by byte. */
#ifndef TUOYU_LEDGER_WAITING_LIST_H
#define TUOYU_LEDGER_WAITING_LIST_H

#include "base/map.h"
#include "rules/answer.h"
#include "rules/case_facts.h"
#include "rules/lowering.h"

struct waiting_entry {
    struct text id;
    int32_t state; /* TUOYU_WAITING_… */
    /* by admission key: a number, a date, a boolean, or null for none; NULL: it has no place */
    struct value *keys;
    struct text *missing; /* full names of the facts and parameters it waits for */
    size_t missing_count;
    tuoyu_status error; /* why it has no verdict; TUOYU_ERROR_SYNTAX: its record cannot be read */
    int64_t line;       /* of a record that could not be asked: its place in its source, 0: not known … */
    struct text reason; /* … and what is wrong with it; bytes NULL for a case */
};

struct tuoyu_waiting_list {
    struct tuoyu_policy *policy; /* a reference */
    const struct tuoyu_eligibility *rule;
    int32_t as_of;
    int64_t places;
    struct arena arena; /* everything below */
    struct map by_id;
    struct waiting_entry **entries;
    size_t count, capacity;
    bool is_ordered;
};

/* TUOYU_OK, TUOYU_ERROR_NOT_FOUND (the rule has no admission), _NOT_IN_FORCE, _NO_MEMORY. */
tuoyu_status waiting_list_make(const struct tuoyu_eligibility *rule, int32_t as_of, int64_t places,
                               struct tuoyu_waiting_list **out, tuoyu_diagnostics *diagnostics);
void waiting_list_free(struct tuoyu_waiting_list *list);
/* A case with an error is kept as one. TUOYU_OK, TUOYU_ERROR_DUPLICATE (nothing is added), _NO_MEMORY, or the
 * case's error. */
tuoyu_status waiting_list_add(struct tuoyu_waiting_list *list, struct text id, const struct tuoyu_case *facts,
                              tuoyu_diagnostics *diagnostics);
/* Adds a record that cannot be asked, as an entry in error. id: what there is of one, shown and never
 * compared. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status waiting_list_add_error(struct tuoyu_waiting_list *list, int64_t line, struct text id,
                                    tuoyu_status code, struct text reason, tuoyu_diagnostics *diagnostics);
/* Entries of which it is open where they stand: they lack facts, have an error, or cannot be read. */
size_t waiting_list_open_count(const struct tuoyu_waiting_list *list);
/* What became of the records. */
struct record_counts waiting_list_records(const struct tuoyu_waiting_list *list);
/* Puts the entries in order and decides who is admitted. false without memory. */
bool waiting_list_order(struct tuoyu_waiting_list *list);
/* The index of the first key by which an entry differs from the one before it, or SIZE_MAX. */
size_t waiting_list_difference(const struct tuoyu_waiting_list *list, const struct waiting_entry *left,
                               const struct waiting_entry *right);

const char *waiting_state_name(int32_t state); /* "admitted" … */
/* The list is in order. */
tuoyu_status waiting_list_to_json(const struct tuoyu_waiting_list *list, tuoyu_text **out);
tuoyu_status waiting_list_to_text(const struct tuoyu_waiting_list *list, const char *language,
                                  tuoyu_text **out);
/* Why the entry stands where it stands. */
tuoyu_status waiting_list_reason(const struct tuoyu_waiting_list *list, size_t index, const char *language,
                                 tuoyu_text **out);

#endif
