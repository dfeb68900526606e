/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the smallest sets of facts, or of criteria, that would settle a verdict, bottom up over the tree
 * of criteria. */
#include "rules/decision_sets.h"

/* ---- Lists of sets ---- */

/* The number of members of a set. */
static int set_size(uint64_t set)
{
    int size = 0;
    for (; set; set &= set - 1)
        size++;
    return size;
}

/* The order of a list: the smaller set first; of two with equally many members, the one that has the first
 * member in which they differ. Returns true if left comes before right. */
static bool comes_before(uint64_t left, uint64_t right)
{
    int left_size = set_size(left), right_size = set_size(right);
    uint64_t differing = left ^ right;
    if (left_size != right_size)
        return left_size < right_size;
    return left & differing & (~differing + 1);
}

/* Adds a set to a list in its place, unless the list has a subset of it, and drops the sets that contain
 * it. Does nothing once MOST_STEPS sets were compared. */
static void insert(struct decision_search *search, struct set_list *list, uint64_t set)
{
    if (search->steps >= MOST_STEPS)
        return;
    search->steps++;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if ((list->sets[i] & set) == list->sets[i])
            return;
    for (size_t i = 0; i < list->count; i++)
        if ((list->sets[i] & set) != set)
            list->sets[kept++] = list->sets[i];
    list->count = kept;
    size_t at = kept;
    while (at > 0 && comes_before(set, list->sets[at - 1]))
        at--;
    if (at == MOST_SETS)
        return;
    if (list->count < MOST_SETS)
        list->count++;
    for (size_t i = list->count - 1; i > at; i--)
        list->sets[i] = list->sets[i - 1];
    list->sets[at] = set;
}

void set_list_join(struct decision_search *search, struct set_list *list, const struct set_list *other)
{
    for (size_t i = 0; i < other->count; i++)
        insert(search, list, other->sets[i]);
}

/* Adds to `list` the union of every set of `left` with every set of `right`. */
static void join_pairs(struct decision_search *search, struct set_list *list, const struct set_list *left,
                       const struct set_list *right)
{
    for (size_t i = 0; i < left->count; i++)
        for (size_t j = 0; j < right->count; j++)
            insert(search, list, left->sets[i] | right->sets[j]);
}

/* A list with this one set. */
static struct set_list only_set(uint64_t set)
{
    struct set_list list = {.count = 1};
    list.sets[0] = set;
    return list;
}

static const struct set_list NO_SETS = {.count = 0};

/* ---- Criteria ---- */

/* The sets that make a condition true, and those that make it false. The empty set stands for a condition
 * that is so already. */
struct ways {
    struct set_list to_true, to_false;
};

/* The ways of the negated condition. */
static struct ways ways_swapped(const struct ways *ways)
{
    return (struct ways){.to_true = ways->to_false, .to_false = ways->to_true};
}

/* How the criterion at `index` can turn out. By criteria, the criterion itself is what has to change. */
static struct ways ways_of_leaf(const struct decision_search *search, size_t index)
{
    const struct condition_state *state = &search->holds[index];
    struct ways ways = {.to_true = NO_SETS, .to_false = NO_SETS};
    if (state->is_known && state->is_true)
        ways.to_true = only_set(0);
    if (state->is_known && !state->is_true)
        ways.to_false = only_set(0);
    if (search->is_by_criteria) {
        struct set_list change = index < MOST_SET_MEMBERS ? only_set((uint64_t)1 << index) : NO_SETS;
        if (!ways.to_true.count)
            ways.to_true = change;
        if (!ways.to_false.count)
            ways.to_false = change;
    } else if (!state->is_known && state->can_be_known) {
        ways.to_true = ways.to_false = only_set(state->facts);
    }
    return ways;
}

/* Adds to a criterion's ways that it counts as met if it does not apply. A search by criteria never
 * proposes to make a criterion not apply. */
static void let_apply(struct decision_search *search, const struct condition_state *applies,
                      struct ways *ways)
{
    if (applies->is_known && applies->is_true)
        return;
    if (applies->is_known) {
        *ways = (struct ways){.to_true = only_set(0), .to_false = NO_SETS};
        return;
    }
    struct set_list needed =
        applies->can_be_known && !search->is_by_criteria ? only_set(applies->facts) : NO_SETS;
    struct set_list to_false = NO_SETS;
    join_pairs(search, &to_false, &needed, &ways->to_false);
    set_list_join(search, &ways->to_true, &needed);
    ways->to_false = to_false;
}

/* The smallest sets, at most MOST_SETS, that make at least `count` of the members true (to_true) or false.
 * Sets may be left out once MOST_STEPS are used up. Empty, with search->failed set, when memory is refused.
 */
static struct set_list choose(struct decision_search *search, const struct ways *members, size_t member_count,
                              size_t count, bool to_true)
{
    /* reached[j]: the sets that bring about j of the members seen so far. */
    struct set_list *reached = ARENA_ARRAY(search->arena, struct set_list, count + 1);
    if (!reached) {
        search->failed = true;
        return NO_SETS;
    }
    reached[0] = only_set(0);
    for (size_t i = 0; i < member_count; i++) {
        const struct set_list *member = to_true ? &members[i].to_true : &members[i].to_false;
        size_t still = member_count - i - 1;
        for (size_t j = count; j > 0 && j + still >= count; j--)
            join_pairs(search, &reached[j], &reached[j - 1], member);
    }
    return reached[count];
}

static struct ways ways_of_group(struct decision_search *search, size_t begin, size_t end,
                                 enum criterion_kind kind, int64_t count);

/* How a member of a group can turn out, as the group counts it. The recursion follows the tree, whose
 * depth the reader bounds. */
static struct ways ways_of_member(struct decision_search *search, size_t index, enum criterion_kind group)
{
    const struct criterion *criterion = &search->rule->criteria[index];
    struct ways ways = criterion->kind == CRITERION_LEAF ? ways_of_leaf(search, index)
                                                         : ways_of_group(search, index + 1, criterion->end,
                                                                         criterion->kind, criterion->count);
    if (group == CRITERION_NONE)
        ways = ways_swapped(&ways);
    let_apply(search, &search->applies[index], &ways);
    return ways;
}

/* In which ways the criteria [begin, end) of a group can come to be true, and to be false. Sets
 * search->failed when memory is refused. */
static struct ways ways_of_group(struct decision_search *search, size_t begin, size_t end,
                                 enum criterion_kind kind, int64_t count)
{
    struct ways none = {.to_true = NO_SETS, .to_false = NO_SETS};
    struct ways *members = ARENA_ARRAY(search->arena, struct ways, end - begin);
    size_t member_count = 0;
    if (!members) {
        search->failed = true;
        return none;
    }
    for (size_t i = begin; i < end; i = search->rule->criteria[i].end)
        members[member_count++] = ways_of_member(search, i, kind);
    size_t needed = kind == CRITERION_ANY ? 1 : kind == CRITERION_AT_LEAST ? (size_t)count : member_count;
    return (struct ways){.to_true = choose(search, members, member_count, needed, true),
                         .to_false = choose(search, members, member_count, member_count - needed + 1, false)};
}

/* Puts an exception before the ways of what comes after it, which it overrides if it is met. */
static void let_override(struct decision_search *search, size_t index, struct ways *after)
{
    struct ways exception = ways_of_leaf(search, index);
    bool is_waiver = search->rule->criteria[index].overrides == TUOYU_ELIGIBLE;
    struct set_list *same = is_waiver ? &after->to_true : &after->to_false;
    struct set_list *other = is_waiver ? &after->to_false : &after->to_true;
    struct set_list both = NO_SETS;
    join_pairs(search, &both, &exception.to_false, other);
    set_list_join(search, same, &exception.to_true);
    *other = both;
}

bool decision_sets(struct decision_search *search, struct set_list *eligible, struct set_list *ineligible)
{
    const struct tuoyu_eligibility *rule = search->rule;
    struct ways ways =
        ways_of_group(search, 0, rule->criterion_count - rule->exception_count, rule->kind, rule->count);
    for (size_t i = rule->criterion_count; i > rule->criterion_count - rule->exception_count; i--)
        let_override(search, i - 1, &ways);
    *eligible = ways.to_true;
    *ineligible = ways.to_false;
    return !search->failed;
}
