/* SPDX-License-Identifier: Apache-2.0 */
/* Finds where open entries may stand in the order of a waiting list, and what that leaves certain. Of an open
 * entry the first keys may be known; by them it has a best and a worst place. */
#include "ledger/open_entries.h"

#include <assert.h>

/* One end of where an entry may come to stand. Of an entry with a place both are that place. */
enum end { BEST = -1, WORST = 1 };

/* What is known of the order of two ends: below 0 if the left one comes first, 0 if nothing tells. */
static int compare_ends(const struct tuoyu_waiting_list *list, const struct waiting_entry *left,
                        enum end left_end, const struct waiting_entry *right, enum end right_end)
{
    for (size_t i = 0; i < list->rule->admission_count; i++) {
        bool is_left_open = i >= left->leading_count, is_right_open = i >= right->leading_count;
        if (is_left_open && is_right_open)
            return (left_end > right_end) - (left_end < right_end);
        if (is_left_open)
            return left_end;
        if (is_right_open)
            return -(int)right_end;
        int order =
            admission_key_compare(&list->rule->admission[i], left->leading_keys[i], right->leading_keys[i]);
        if (order != 0)
            return order;
    }
    return text_compare(left->id, right->id);
}

/* ---- Sorting ---- */

/* By which of their ends entries are sorted. */
struct sorting {
    const struct tuoyu_waiting_list *list;
    enum end end;
};

/* For merge_sort(), by a struct sorting. */
static int compare_by_end(const void *context, const void *left, const void *right)
{
    const struct sorting *sorting = context;
    return compare_ends(sorting->list, left, sorting->end, right, sorting->end);
}

/* How many of some entries, sorted by one of their ends, have that end before an end of another entry. */
static size_t count_before(const struct sorting *sorting, struct waiting_entry *const *sorted, size_t count,
                           const struct waiting_entry *entry, enum end end)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (compare_ends(sorting->list, sorted[middle], sorting->end, entry, end) < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

/* ---- Finding ---- */

/* Collects the open entries, and those of them that are eligible whatever their keys come to be. Returns
 * false when memory is refused. */
static bool collect_open(struct tuoyu_waiting_list *list)
{
    size_t most = list->count - list->placed_count;
    list->open = ARENA_ARRAY(&list->scratch, struct waiting_entry *, most);
    list->eligible_open = ARENA_ARRAY(&list->scratch, struct waiting_entry *, most);
    if (!list->open || !list->eligible_open)
        return false;
    list->open_count = list->eligible_open_count = 0;
    for (size_t i = list->placed_count; i < list->count; i++) {
        struct waiting_entry *entry = list->entries[i];
        entry->index = i;
        if (entry->state == TUOYU_WAITING_REFUSED)
            continue;
        list->open[list->open_count++] = entry;
        if (entry->is_eligible)
            list->eligible_open[list->eligible_open_count++] = entry;
    }
    return true;
}

/* Counts who may come before an entry in the worst case, and who does in the best. `placed` is the number of
 * entries with a place before its worst and its best end. */
static void count_ahead(const struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                        const size_t placed[2])
{
    const struct sorting by_best = {list, BEST}, by_worst = {list, WORST};
    size_t is_itself = !entry->keys;
    entry->most_ahead =
        placed[0] + count_before(&by_best, list->open, list->open_count, entry, WORST) - is_itself;
    entry->least_ahead =
        placed[1] + count_before(&by_worst, list->eligible_open, list->eligible_open_count, entry, BEST);
}

tuoyu_status admission_find(struct tuoyu_waiting_list *list)
{
    arena_reset(&list->scratch);
    list->placed_count = 0;
    while (list->placed_count < list->count && list->entries[list->placed_count]->keys)
        list->placed_count++;
    void **scratch = ARENA_ARRAY(&list->scratch, void *, list->count - list->placed_count);
    if (!scratch || !collect_open(list))
        return TUOYU_ERROR_NO_MEMORY;
    const struct sorting by_best = {list, BEST}, by_worst = {list, WORST};
    const struct tuoyu_policy *policy = list->policy;
    tuoyu_status status =
        policy_sort(policy, list->open, list->open_count, scratch, compare_by_end, &by_best);
    if (status == TUOYU_OK)
        status = policy_sort(policy, list->eligible_open, list->eligible_open_count, scratch, compare_by_end,
                             &by_worst);
    for (size_t i = 0; i < list->placed_count && status == TUOYU_OK; i++) {
        count_ahead(list, list->entries[i], (const size_t[]){i, i});
        status = policy_is_interrupted(policy, i) ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
    }
    for (size_t i = 0; i < list->open_count && status == TUOYU_OK; i++) {
        struct waiting_entry *open = list->open[i];
        /* Entries with a place are in order, so either of their ends will do. */
        const size_t placed[] = {count_before(&by_best, list->entries, list->placed_count, open, WORST),
                                 count_before(&by_best, list->entries, list->placed_count, open, BEST)};
        count_ahead(list, open, placed);
        status = policy_is_interrupted(policy, i) ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
    }
    return status;
}

/* ---- What is certain ---- */

int32_t admission_of(const struct tuoyu_waiting_list *list, size_t index)
{
    assert(list->is_ordered && index < list->count);
    const struct waiting_entry *entry = list->entries[index];
    uint64_t places = (uint64_t)list->places;
    if (entry->state == TUOYU_WAITING_REFUSED || entry->least_ahead >= places)
        return TUOYU_ADMISSION_NONE;
    bool is_eligible = entry->keys || entry->is_eligible;
    return is_eligible && entry->most_ahead < places ? TUOYU_ADMISSION_CERTAIN : TUOYU_ADMISSION_POSSIBLE;
}

size_t admission_hangs_on(const struct tuoyu_waiting_list *list, size_t index)
{
    const struct waiting_entry *entry = list->entries[index];
    bool is_not_final =
        entry->state == TUOYU_WAITING_ADMITTED && admission_of(list, index) != TUOYU_ADMISSION_CERTAIN;
    return is_not_final ? entry->most_ahead - index : 0;
}

const char *admission_name(int32_t admission)
{
    static const char *const NAMES[] = {"", "certain", "possible", "none"};
    return NAMES[admission];
}
