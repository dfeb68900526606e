/* SPDX-License-Identifier: Apache-2.0 */
/* What is certain of a waiting list while some of its records are open: who is admitted in every way that
 * they could turn out, who in some, and who in none. A record is open if facts are missing, if it has an
 * error, or if it cannot be read. */
#ifndef TUOYU_LEDGER_OPEN_ENTRIES_H
#define TUOYU_LEDGER_OPEN_ENTRIES_H

#include "ledger/waiting_list.h"

/* Finds for each entry of a sorted list which open entries may come before it. TUOYU_OK,
 * TUOYU_ERROR_NO_MEMORY or TUOYU_ERROR_CANCELLED. */
tuoyu_status admission_find(struct tuoyu_waiting_list *list);
/* TUOYU_ADMISSION_… of the entry at this index of an ordered list. */
int32_t admission_of(const struct tuoyu_waiting_list *list, size_t index);
/* How many open entries the admission of the entry hangs on: those that may come before it, if that can cost
 * it its place; else 0. They are the first of list->open. */
size_t admission_hangs_on(const struct tuoyu_waiting_list *list, size_t index);
const char *admission_name(int32_t admission); /* "certain" … */

#endif
