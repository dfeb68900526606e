/* SPDX-License-Identifier: Apache-2.0 */
/* What a piece of work may take: steps of computing, and bytes of memory. One quota goes through a whole
 * load, by the arenas that it builds in. Each allocation is charged by the arena; a loop that only looks
 * charges its rounds itself. A quota that is used up makes its arenas refuse memory, so that the work ends
 * the way it ends without memory; whoever began it looks at `end` for the reason. Steps are counted, not
 * timed: the same texts take the same steps on every machine. */
#ifndef TUOYU_BASE_QUOTA_H
#define TUOYU_BASE_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum quota_end { QUOTA_IS_LEFT, QUOTA_STEPS_ENDED, QUOTA_BYTES_ENDED };

struct quota {
    uint64_t steps, steps_most;
    size_t bytes, bytes_most; /* bytes: held now */
    size_t bytes_peak;        /* the most that were held at once */
    enum quota_end end;       /* what was used up first */
};

static inline void quota_init(struct quota *quota, uint64_t steps_most, size_t bytes_most)
{
    *quota = (struct quota){.steps_most = steps_most, .bytes_most = bytes_most};
}

bool quota_end_steps(struct quota *quota);

/* Charges steps; never more than there are. false once the quota is used up. quota NULL: nothing is counted
 * or ends. */
static inline bool quota_take(struct quota *quota, uint64_t steps)
{
    if (!quota)
        return true;
    if (quota->end != QUOTA_IS_LEFT)
        return false;
    if (steps > quota->steps_most - quota->steps)
        return quota_end_steps(quota);
    quota->steps += steps;
    return true;
}

/* Charges bytes that are about to be allocated. false, and nothing is charged, where they would be too many.
 */
bool quota_reserve(struct quota *quota, size_t bytes);
void quota_give_back(struct quota *quota, size_t bytes);

/* A quota of what is left of another, for work that may end early without harm: the other one is charged at
 * the end, and is never used up by it. */
struct quota quota_open_part(const struct quota *whole);
void quota_close_part(struct quota *whole, const struct quota *part);

#endif
