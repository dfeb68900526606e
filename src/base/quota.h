/* SPDX-License-Identifier: Apache-2.0 */
/* Limits on a piece of work: steps of computing, and bytes of memory. One quota goes through a whole load, by
 * the arenas that it builds in. Each arena charges its allocations; a loop that only compares or searches
 * charges its rounds itself. Once a quota is used up its arenas refuse memory, so that the work ends as if
 * memory had run out; whoever began it reads the reason in `end`. Steps are counted, not timed: the same
 * texts take the same steps on every machine. */
#ifndef TUOYU_BASE_QUOTA_H
#define TUOYU_BASE_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tuoyu/common.h>

enum quota_end { QUOTA_IS_LEFT, QUOTA_STEPS_ENDED, QUOTA_BYTES_ENDED, QUOTA_CANCELLED };

struct quota {
    uint64_t steps, steps_most;
    uint64_t steps_stop;       /* at which interrupt is asked, or steps_most */
    tuoyu_interrupt interrupt; /* asked now and then whether to go on; NULL: nobody is */
    void *interrupt_context;
    size_t bytes, bytes_most; /* bytes: those held now */
    size_t bytes_peak;        /* the highest value of bytes so far */
    enum quota_end end;       /* which of the two was used up first, if any */
};

/* A quota of which nothing is used yet. */
static inline void quota_init(struct quota *quota, uint64_t steps_most, size_t bytes_most)
{
    *quota = (struct quota){.steps_most = steps_most, .steps_stop = steps_most, .bytes_most = bytes_most};
}

/* Has interrupt asked while steps are taken; NULL: nobody is. */
void quota_set_interrupt(struct quota *quota, tuoyu_interrupt interrupt, void *context);

/* Charges steps that go beyond steps_stop, for quota_take(): asks interrupt, and returns false if it wants
 * the work to end, or fewer steps are left. */
bool quota_take_beyond(struct quota *quota, uint64_t steps);

/* Charges steps. Returns false, now and from then on, if fewer were left or interrupt said so. quota NULL
 * counts nothing and gives true. */
static inline bool quota_take(struct quota *quota, uint64_t steps)
{
    if (!quota)
        return true;
    if (quota->end != QUOTA_IS_LEFT)
        return false;
    if (steps > quota->steps_stop - quota->steps)
        return quota_take_beyond(quota, steps);
    quota->steps += steps;
    return true;
}

/* Charges bytes that are about to be allocated. Returns false, and charges nothing, if fewer are left or the
 * quota has ended. quota NULL counts nothing and gives true. */
bool quota_reserve(struct quota *quota, size_t bytes);
/* Takes back the charge of bytes that were freed; quota NULL is allowed. */
void quota_give_back(struct quota *quota, size_t bytes);

/* Opens a quota of what is left of another, for work that may end early without harm. quota_close_part() then
 * charges its steps to the whole quota, which ends by that only where the part was cancelled. The whole must
 * not be charged until then. whole NULL, of which nothing is counted, gives a part that never ends. */
struct quota quota_open_part(const struct quota *whole);
/* Charges to the whole what the part took; only as many steps were open to it as the whole has left. */
void quota_close_part(struct quota *whole, const struct quota *part);

#endif
