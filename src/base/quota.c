/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the steps and bytes that a load has taken against what it may take. */
#include "base/quota.h"

#include <assert.h>

bool quota_end_steps(struct quota *quota)
{
    quota->steps = quota->steps_most;
    quota->end = QUOTA_STEPS_ENDED;
    return false;
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
    return part;
}

void quota_close_part(struct quota *whole, const struct quota *part)
{
    if (!whole)
        return;
    assert(part->steps <= whole->steps_most - whole->steps);
    whole->steps += part->steps;
    if (whole->bytes + part->bytes_peak > whole->bytes_peak)
        whole->bytes_peak = whole->bytes + part->bytes_peak;
}
