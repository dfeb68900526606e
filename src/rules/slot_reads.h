/* SPDX-License-Identifier: Apache-2.0 */
/* Which slots something can read: what a rule may ever need, whatever its facts turn out to be. */
#ifndef TUOYU_RULES_SLOT_READS_H
#define TUOYU_RULES_SLOT_READS_H

#include "rules/rule.h"

/* Slots that are marked. */
struct slot_reads {
    const struct program *program;
    bool *is_read;   /* by slot */
    uint32_t *queue; /* room for all slots */
};

/* Makes marks for all slots in the arena, none of them set. Returns false when memory is refused. */
bool slot_reads_init(struct slot_reads *reads, struct arena *arena, const struct program *program);
/* Marks the slot and everything that it can read; SLOT_NONE marks nothing. */
void slot_reads_mark(struct slot_reads *reads, uint32_t slot);
/* Marks everything that a rule can read, in this version of its pack. */
void slot_reads_mark_version(struct slot_reads *reads, const struct rule *rule);
/* Marks everything that a rule can read, in all versions of its pack. */
void slot_reads_mark_rule(struct slot_reads *reads, const struct rule *rule);
/* Marks what the indicator reads of the rows that it counts or sums. */
void indicator_mark_rows(const struct tuoyu_indicator *indicator, struct slot_reads *reads);

#endif
