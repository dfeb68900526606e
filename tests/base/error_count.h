/* SPDX-License-Identifier: Apache-2.0 */
/* Errors among the findings of a test, not counting warnings and notes. */
#ifndef TUOYU_TESTS_ERROR_COUNT_H
#define TUOYU_TESTS_ERROR_COUNT_H

#include "base/diagnostics.h"

/* Of those that are kept. *first: the code of the first one, or TUOYU_OK; may be NULL. */
static inline size_t count_errors(const tuoyu_diagnostics *diagnostics, tuoyu_status *first)
{
    size_t errors = 0;
    tuoyu_diagnostic item;
    if (first)
        *first = TUOYU_OK;
    for (size_t i = 0; tuoyu_diagnostics_get(diagnostics, i, &item) == TUOYU_OK; i++) {
        if (item.severity != TUOYU_SEVERITY_ERROR)
            continue;
        if (first && errors == 0)
            *first = item.code;
        errors++;
    }
    return errors;
}

static inline size_t error_count(const tuoyu_diagnostics *diagnostics)
{
    return count_errors(diagnostics, NULL);
}

static inline tuoyu_status first_error(const tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first;
    count_errors(diagnostics, &first);
    return first;
}

#endif
