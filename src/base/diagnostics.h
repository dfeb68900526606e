/* SPDX-License-Identifier: Apache-2.0 */
/* The caller's list of findings, as the library adds to it. Every function takes NULL for the list and then
 * adds nothing. Messages and hints are written in English where they are reported, and stand in the list in
 * its language (base/messages.h); both may be, or hold, sealed texts. */
#ifndef TUOYU_BASE_DIAGNOSTICS_H
#define TUOYU_BASE_DIAGNOSTICS_H

#include "base/messages.h"
#include "base/source.h"

/* Adds a finding and returns its code, so that one can `return report(...)`. hint may be empty. The list
 * keeps copies. */
tuoyu_status report(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where,
                    struct text hint, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* As report(), with the severity of a warning: it is not counted as an error. */
tuoyu_status report_warning(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where,
                            struct text hint, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds a note to the finding before it: a further place, such as the first of two that collide. */
void report_note(tuoyu_diagnostics *diagnostics, struct location where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Whether a status says that the work ended, since memory was refused or the host cancelled it, and nothing
 * about the record that it was done for. */
static inline bool work_has_ended(tuoyu_status status)
{
    return status == TUOYU_ERROR_NO_MEMORY || status == TUOYU_ERROR_CANCELLED;
}
/* Adds "out of memory" without a place. Returns TUOYU_ERROR_NO_MEMORY, also without a list. */
tuoyu_status report_no_memory(tuoyu_diagnostics *diagnostics);

/* Adds an error without a place that says why the search for errors ends here. It is kept even if the list is
 * full. Returns its code. */
tuoyu_status report_last(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct text hint,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Removes all findings with this code from the list. */
void diagnostics_withdraw(tuoyu_diagnostics *diagnostics, tuoyu_status code);

/* From now on names that are not known are not told in these sources, which stay the caller's: packs that use
 * one which is missing, so that only what is missing is told. A count of 0 ends this. */
void diagnostics_pass_over(tuoyu_diagnostics *diagnostics, const struct source *const *sources, size_t count);

/* Whether a hint may be looked for among this many candidates: true, and the comparisons are counted, if the
 * finding would be kept and the list has comparisons left. Hostile text may have a mistake in every word and
 * thousands of names near it, so one list may have only this many. */
bool diagnostics_wants_hint(tuoyu_diagnostics *diagnostics, size_t candidates);

/* The number of errors, dropped ones included; warnings and notes are not counted. */
size_t diagnostics_error_count(const tuoyu_diagnostics *diagnostics);
/* The code of the first error, or TUOYU_OK. */
tuoyu_status diagnostics_first_error(const tuoyu_diagnostics *diagnostics);
/* The language of the list; English without one. */
enum language diagnostics_language(const tuoyu_diagnostics *diagnostics);
/* Makes an empty list in the language of another one, which may be NULL. */
tuoyu_status diagnostics_new_like(const tuoyu_allocator *allocator, const tuoyu_diagnostics *other,
                                  tuoyu_diagnostics **out);
void diagnostics_set_language(tuoyu_diagnostics *diagnostics, enum language language);
/* How many findings are kept from now on; 0 sets the default of 100. */
void diagnostics_set_limit(tuoyu_diagnostics *diagnostics, size_t limit);
/* Adds the findings of another list as far as the limit and memory reach; the rest, and those that it had
 * dropped itself, count as dropped. Either list may be NULL. */
void diagnostics_append(tuoyu_diagnostics *diagnostics, const tuoyu_diagnostics *other);

/* Moves the text of a builder, which must have no arena, into a new handle at *out. Returns
 * TUOYU_ERROR_NO_MEMORY, with *out NULL, if memory is or was refused. The builder is empty afterwards in any
 * case. */
tuoyu_status text_builder_to_handle(struct text_builder *builder, tuoyu_text **out);

#endif
