/* SPDX-License-Identifier: Apache-2.0 */
/* Adding to the caller's list of findings. Every function takes NULL for the list and then does nothing. */
#ifndef TUOYU_BASE_DIAGNOSTICS_H
#define TUOYU_BASE_DIAGNOSTICS_H

#include "base/source.h"

/* Adds a finding and returns its code, so that one can `return report(...)`. hint may be empty. The list
 * keeps copies. */
tuoyu_status report(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where,
                    struct text hint, const char *format, ...) __attribute__((format(printf, 5, 6)));
tuoyu_status report_warning(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where,
                            struct text hint, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A further place that belongs to the finding before it, such as the first of two that collide. */
void report_note(tuoyu_diagnostics *diagnostics, struct location where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Without a list there is nothing to add, but memory that ran out is still its own status. */
tuoyu_status report_no_memory(tuoyu_diagnostics *diagnostics);

/* Adds an error that says why no more is looked for: it is kept even where the list is full. It has no place.
 */
tuoyu_status report_last(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct text hint,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Takes findings of a code out of the list. */
void diagnostics_withdraw(tuoyu_diagnostics *diagnostics, tuoyu_status code);

/* Whether a hint is looked for among so many candidates: whether the finding would be read, and the list has
 * not had all the comparisons that one list may have. Hostile text may have a mistake in every word, and
 * thousands of names near it. */
bool diagnostics_wants_hint(tuoyu_diagnostics *diagnostics, size_t candidates);

void diagnostics_set_limit(tuoyu_diagnostics *diagnostics, size_t limit);
/* Adds all findings of another list. */
void diagnostics_append(tuoyu_diagnostics *diagnostics, const tuoyu_diagnostics *other);

/* Makes a tuoyu_text of what a builder holds; the builder's memory moves to it. Builder without arena. */
tuoyu_status text_builder_to_handle(struct text_builder *builder, tuoyu_text **out);

#endif
