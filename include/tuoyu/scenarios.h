/* SPDX-License-Identifier: Apache-2.0 */
/** @file scenarios.h
 * A policy with some of its numbers changed: what if the ceiling were 3800? Since 0.2. */
#ifndef TUOYU_SCENARIOS_H
#define TUOYU_SCENARIOS_H

#include <tuoyu/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a change does to a parameter. */
enum {
    TUOYU_CHANGE_SET = 1,  /**< its value becomes this one */
    TUOYU_CHANGE_ADD = 2,  /**< this is added to each of its values; of a percent, percentage points */
    TUOYU_CHANGE_SCALE = 3 /**< each of its values is multiplied by this factor */
};

/** The first day of a change that holds on all days. */
#define TUOYU_CHANGE_ALL_DAYS INT32_MIN

/** A change of one parameter. All texts are UTF-8 and are copied. Frozen, since it stands in arrays. */
typedef struct tuoyu_change {
    const char *parameter; /**< its name, or `pack.id:name` where several packs have one */
    size_t parameter_length;
    /** As a pack writes it: in the parameter's unit, percent in percent (80), a date as 2025-01-31. Of
     * TUOYU_CHANGE_SCALE a number without unit. */
    const char *value;
    size_t value_length;
    const char *reason; /**< why, for whoever reads an answer; NULL for none */
    size_t reason_length;
    int32_t operation; /**< TUOYU_CHANGE_SET, TUOYU_CHANGE_ADD or TUOYU_CHANGE_SCALE */
    /** The day, in days since 1970-01-01, from which on it holds, or TUOYU_CHANGE_ALL_DAYS. The values before
     * this day stay. After it the days on which the parameter changes by law stay as they are for
     * TUOYU_CHANGE_ADD and TUOYU_CHANGE_SCALE; a value that is set holds until the parameter ends. */
    int32_t first_day;
} tuoyu_change;

/** Makes a policy like another one, with these changes, in order. It shares with the first one all that does
 * not change, and leaves it as it is; a policy with changes may be changed further. A changed number has the
 * standing TUOYU_PROPOSED, and so has each answer that rests on one: no simulation passes for a decision.
 * Receipts tell the changes. A value outside the bounds of a delegation is warned of. Cases, batches and
 * tallies of the first policy belong to the first: make new ones. *out is the caller's, to be given back by
 * tuoyu_policy_unref(). Returns TUOYU_OK; TUOYU_ERROR_NOT_FOUND (no such parameter, with did-you-mean, or
 * none of its values lies behind first_day), TUOYU_ERROR_AMBIGUOUS, TUOYU_ERROR_PACK or TUOYU_ERROR_DATE (the
 * value is not of the parameter's type, or the day outside the years 0001 to 9999), TUOYU_ERROR_TYPE (only
 * numbers can be added to or multiplied), TUOYU_ERROR_OVERFLOW, TUOYU_ERROR_ENCODING, TUOYU_ERROR_NO_MEMORY,
 * TUOYU_ERROR_INVALID_ARGUMENT. Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_policy_with(tuoyu_policy *policy, const tuoyu_change *changes, size_t count,
                                         tuoyu_policy **out, tuoyu_diagnostics *diagnostics);

/** How many changes a policy was made with; 0 for NULL. Any thread. Since 0.2. */
TUOYU_API size_t tuoyu_policy_change_count(const tuoyu_policy *policy);
/** Writes the change at an index, in the order in which they were made, to *change: the parameter by its full
 * name, all else as it was given. Its texts end with NUL and live as long as the policy. Returns TUOYU_OK or
 * TUOYU_ERROR_INVALID_ARGUMENT (no change at index). Any thread. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_policy_change(const tuoyu_policy *policy, size_t index, tuoyu_change *change);

#ifdef __cplusplus
}
#endif
#endif
