/* SPDX-License-Identifier: Apache-2.0 */
/* Marks what slots can read by following their dependencies. */
#include "rules/slot_reads.h"

#include "rules/promise.h"
#include "rules/rule_kind.h"

bool slot_reads_init(struct slot_reads *reads, struct arena *arena, const struct program *program)
{
    reads->program = program;
    reads->is_read = ARENA_ARRAY(arena, bool, program->slot_count);
    reads->queue = ARENA_ARRAY(arena, uint32_t, program->slot_count);
    return reads->is_read && reads->queue;
}

void slot_reads_mark(struct slot_reads *reads, uint32_t slot)
{
    size_t queued = 0;
    if (slot == SLOT_NONE || reads->is_read[slot])
        return;
    reads->is_read[slot] = true;
    reads->queue[queued++] = slot;
    while (queued) {
        const struct slot *next = program_slot(reads->program, reads->queue[--queued]);
        for (uint32_t i = 0; i < next->dependency_count; i++) {
            uint32_t dependency = next->dependencies[i];
            if (!reads->is_read[dependency])
                reads->queue[queued++] = dependency;
            reads->is_read[dependency] = true;
        }
    }
}

void slot_reads_mark_version(struct slot_reads *reads, const struct rule *rule)
{
    slot_reads_mark(reads, rule->when);
    for (size_t i = 0; i < rule->step_count; i++)
        slot_reads_mark(reads, rule->steps[i].slot);
    kind_of_rule(rule)->mark_reads(rule, reads);
    for (size_t i = 0; i < rule->promise_count; i++)
        slot_reads_mark(reads, rule->promises[i]->slot);
}

void slot_reads_mark_rule(struct slot_reads *reads, const struct rule *rule)
{
    for (; rule; rule = rule->next_version)
        slot_reads_mark_version(reads, rule);
}
