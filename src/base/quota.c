/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the steps and bytes that a load has taken against what it may take, and asks the host now and then
 * whether to go on. */
#include "base/quota.h"

#include <assert.h>

enum { STEPS_AN_ASKING = 65536 }; /* a step takes some ten nanoseconds */

/* Sets at which step interrupt is asked next. */
static void set_stop(struct quota *quota)
{
    bool is_asked = quota->interrupt && quota->steps_most - quota->steps > STEPS_AN_ASKING;
    quota->steps_stop = is_asked ? quota->steps + STEPS_AN_ASKING : quota->steps_most;
}

void quota_set_interrupt(struct quota *quota, tuoyu_interrupt interrupt, void *context)
{
    quota->interrupt = interrupt;
    quota->interrupt_context = context;
    set_stop(quota);
}

bool quota_take_beyond(struct quota *quota, uint64_t steps)
{
    bool is_enough = steps <= quota->steps_most - quota->steps;
    bool is_cancelled = is_enough && quota->interrupt && quota->interrupt(quota->interrupt_context);
    if (!is_enough) {
        quota->steps = quota->steps_most;
        quota->end = QUOTA_STEPS_ENDED;
    } else if (is_cancelled) {
        quota->end = QUOTA_CANCELLED;
    } else {
        quota->steps += steps;
    }
    set_stop(quota);
    return is_enough && !is_cancelled;
}

bool quota_reserve(struct quota *quota, size_t bytes)
{
    if (!quota)
        return true;
    if (quota->end != QUOTA_IS_LEFT)
        return false;
    if (bytes > quota->bytes_most - quota->bytes) {
        quota->end = QUOTA_BYTES_ENDED;
        return false;
    }
    quota->bytes += bytes;
    if (quota->bytes > quota->bytes_peak)
        quota->bytes_peak = quota->bytes;
    return true;
}

void quota_give_back(struct quota *quota, size_t bytes)
{
    assert(!quota || bytes <= quota->bytes);
    if (quota)
        quota->bytes -= bytes;
}

struct quota quota_open_part(const struct quota *whole)
{
    struct quota part;
    quota_init(&part, UINT64_MAX, SIZE_MAX);
    if (!whole)
        return part;
    quota_init(&part, whole->steps_most - whole->steps, whole->bytes_most - whole->bytes);
    quota_set_interrupt(&part, whole->interrupt, whole->interrupt_context);
    part.end = whole->end == QUOTA_CANCELLED ? QUOTA_CANCELLED : QUOTA_IS_LEFT;
    return part;
}

void quota_close_part(struct quota *whole, const struct quota *part)
{
    if (!whole)
        return;
    assert(part->steps <= whole->steps_most - whole->steps);
    whole->steps += part->steps;
    if (part->end == QUOTA_CANCELLED)
        whole->end = QUOTA_CANCELLED;
    set_stop(whole);
    if (whole->bytes + part->bytes_peak > whole->bytes_peak)
        whole->bytes_peak = whole->bytes + part->bytes_peak;
}
