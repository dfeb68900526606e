/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates for, some, every and filters. */
#include "feel/interpreter.h"

#include <assert.h>

/* ---- Going through the values of iterators ---- */

/* The state of a `for`, `some` or `every`. */
struct iteration {
    struct feel_evaluation *evaluation;
    const struct node *node;
    uint32_t iterators;
    bool (*visit)(struct iteration *iteration); /* called for each combination of values; false ends it */
    struct value failure;                       /* the error of an iterator or of its body */
    bool has_failed;
    struct value truth;  /* some, every: the result so far */
    struct value *items; /* for: the results so far */
    size_t count, capacity, weight;
};

/* Goes through the iterators from this level on, or visits once all are set. Returns false if the iteration
 * has ended, by an error or by visit(). */
static bool go_through(struct iteration *iteration, uint32_t level);

/* Ends the iteration with an error. Returns false. */
static bool stop_with(struct iteration *iteration, struct value failure)
{
    iteration->failure = failure;
    iteration->has_failed = true;
    return false;
}

/* Sets an iterator to a value and goes through the iterators inside it. Returns as go_through(). */
static bool go_on(struct iteration *iteration, const struct node *iterator, uint32_t level,
                  struct value value)
{
    struct environment *environment = iteration->evaluation->environment;
    if (!environment_take_steps(environment, 1))
        return stop_with(iteration, fail_steps(iteration->evaluation, iterator));
    iteration->evaluation->frame[iterator->slot] = value;
    return go_through(iteration, level + 1);
}

/* The whole number, or the day number of a date. Returns false for any other value. */
static bool read_integer(struct value value, int64_t *out)
{
    if (value.kind == VALUE_DATE)
        *out = value.date;
    return value.kind == VALUE_DATE ||
           (value.kind == VALUE_NUMBER && decimal_to_integer(value.as.number, out));
}

/* Goes from one whole number or date to another, up or down, both included. Returns as go_through(). */
static bool go_from_to(struct iteration *iteration, const struct node *iterator, uint32_t level,
                       struct value from, struct value to)
{
    struct feel_evaluation *evaluation = iteration->evaluation;
    int64_t first, last;
    if (from.kind != to.kind || !read_integer(from, &first) || !read_integer(to, &last)) {
        if (value_cause(from) || value_cause(to))
            return stop_with(iteration, null_of_both(evaluation, from, to));
        struct text low = show_value(evaluation->environment->arena, from);
        struct text high = show_value(evaluation->environment->arena, to);
        return stop_with(iteration, FAIL(evaluation, iterator, TUOYU_ERROR_EVALUATION,
                                         "cannot go from %.*s to %.*s: both must be whole numbers or dates",
                                         TEXT_ARGUMENTS(low), TEXT_ARGUMENTS(high)));
    }
    int64_t step = first <= last ? 1 : -1;
    for (int64_t i = first;; i += step) {
        if (!go_on(iteration, iterator, level, from.kind == VALUE_DATE ? value_date(i) : value_integer(i)))
            return false;
        if (i == last)
            return true;
    }
}

/* Goes through the whole numbers or dates of a range. Returns as go_through(). */
static bool go_through_range(struct iteration *iteration, const struct node *iterator, uint32_t level,
                             const struct range *range)
{
    int64_t first, last;
    struct value low = range->low, high = range->high;
    bool are_whole =
        low.kind == high.kind && read_integer(low, &first) && read_integer(high, &last) && first <= last;
    if (!are_whole || first == INT64_MAX || last == INT64_MIN)
        return stop_with(iteration,
                         FAIL(iteration->evaluation, iterator, TUOYU_ERROR_EVALUATION,
                              "only a rising range of whole numbers or dates can be gone through"));
    first += !range->low_included;
    last -= !range->high_included;
    if (first > last)
        return true;
    bool are_dates = low.kind == VALUE_DATE;
    return go_from_to(iteration, iterator, level, are_dates ? value_date(first) : value_integer(first),
                      are_dates ? value_date(last) : value_integer(last));
}

/* Goes through a list or range; any other value but null counts as a list of one. Returns as go_through(). */
static bool go_through_value(struct iteration *iteration, const struct node *iterator, uint32_t level,
                             struct value value)
{
    if (value.kind == VALUE_RANGE)
        return go_through_range(iteration, iterator, level, value.as.range);
    if (value.kind == VALUE_NULL) {
        if (value.as.cause)
            return stop_with(iteration, value);
        return stop_with(iteration, FAIL(iteration->evaluation, iterator, TUOYU_ERROR_EVALUATION,
                                         "null is no list to go through"));
    }
    if (value.kind != VALUE_LIST)
        return go_on(iteration, iterator, level, value);
    for (size_t i = 0; i < value.as.list->count; i++)
        if (!go_on(iteration, iterator, level, value.as.list->items[i]))
            return false;
    return true;
}

/* This recurses once for each iterator, bounded as the interpreter itself is. Returns false if the iteration
 * ended early, by a failure or because its result is settled. */
static bool go_through(struct iteration *iteration, uint32_t level)
{
    struct feel_evaluation *evaluation = iteration->evaluation;
    struct environment *environment = evaluation->environment;
    assert(level <= iteration->iterators);
    if (level == iteration->iterators)
        return iteration->visit(iteration);
    const struct node *iterator = iteration->node->children[level];
    if (environment->recursion_left == 0)
        return stop_with(iteration, FAIL(evaluation, iterator, TUOYU_ERROR_LIMIT, "too many iterators"));
    environment->recursion_left--;
    struct value first = evaluate(evaluation, iterator->children[0]);
    bool goes_on = iterator->count == 2 ? go_from_to(iteration, iterator, level, first,
                                                     evaluate(evaluation, iterator->children[1]))
                                        : go_through_value(iteration, iterator, level, first);
    environment->recursion_left++;
    return goes_on;
}

/* ---- for ---- */

/* Sets `partial` to the list of results so far, if the body uses it. Returns false, having ended the
 * iteration, if memory is refused. */
static bool set_partial(struct iteration *iteration)
{
    if (iteration->node->slot == UINT32_MAX)
        return true;
    struct feel_evaluation *evaluation = iteration->evaluation;
    struct list *list = ARENA_NEW(evaluation->environment->arena, struct list);
    if (!list)
        return stop_with(iteration, value_no_memory());
    /* Later items are added behind the end of this list, or in another block, so it does not change. */
    *list =
        (struct list){.count = iteration->count, .items = iteration->items, .weight = iteration->weight + 1};
    evaluation->frame[iteration->node->slot] = (struct value){.kind = VALUE_LIST, .as.list = list};
    return true;
}

/* The visit of `for`: adds the body's value to the items. Returns false, having ended the iteration, if they
 * are too many or memory is refused. */
static bool visit_for(struct iteration *iteration)
{
    struct feel_evaluation *evaluation = iteration->evaluation;
    struct environment *environment = evaluation->environment;
    if (!set_partial(iteration))
        return false;
    struct value value = evaluate(evaluation, iteration->node->children[iteration->iterators]);
    iteration->weight += value_weight(value);
    if (iteration->count >= environment->list_limit || iteration->weight > weight_limit(environment))
        return stop_with(iteration, FAIL(evaluation, iteration->node, TUOYU_ERROR_LIMIT,
                                         "a list of more than %zu items", environment->list_limit));
    struct value *items = arena_grow(environment->arena, iteration->items, iteration->count,
                                     &iteration->capacity, sizeof *items);
    if (!items)
        return stop_with(iteration, value_no_memory());
    iteration->items = items;
    items[iteration->count++] = value;
    return true;
}

struct value evaluate_for(struct feel_evaluation *evaluation, const struct node *node)
{
    struct iteration iteration = {
        .evaluation = evaluation, .node = node, .iterators = node->count - 1, .visit = visit_for};
    go_through(&iteration, 0);
    if (iteration.has_failed)
        return iteration.failure;
    return list_value(evaluation, node, iteration.items, iteration.count);
}

/* ---- some, every ---- */

/* The visit of `some` and `every`: joins the body's value to the truth; false once that is decided. */
static bool visit_quantified(struct iteration *iteration)
{
    struct feel_evaluation *evaluation = iteration->evaluation;
    const struct node *node = iteration->node;
    bool is_some = node->kind == NODE_SOME;
    struct value value = evaluate(evaluation, node->children[iteration->iterators]);
    iteration->truth = is_some ? logical_or(evaluation, node, iteration->truth, value)
                               : logical_and(evaluation, node, iteration->truth, value);
    return is_some ? !value_is_true(iteration->truth) : !value_is_false(iteration->truth);
}

struct value evaluate_quantified(struct feel_evaluation *evaluation, const struct node *node)
{
    struct iteration iteration = {.evaluation = evaluation,
                                  .node = node,
                                  .iterators = node->count - 1,
                                  .visit = visit_quantified,
                                  .truth = value_boolean(node->kind == NODE_EVERY)};
    go_through(&iteration, 0);
    return iteration.has_failed ? iteration.failure : iteration.truth;
}

/* ---- Filters ---- */

/* The item at a position, which counts from 1, or backwards from -1; an error if there is none. */
static struct value pick(struct feel_evaluation *evaluation, const struct node *node, const struct list *list,
                         struct value index)
{
    int64_t position;
    bool is_whole = decimal_to_integer(index.as.number, &position);
    if (is_whole && position > 0 && (uint64_t)position <= list->count)
        return list->items[position - 1];
    if (is_whole && position < 0 && position >= -(int64_t)list->count)
        return list->items[(int64_t)list->count + position];
    struct text met = show_value(evaluation->environment->arena, index);
    return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "there is no item at %.*s in a list of %zu",
                TEXT_ARGUMENTS(met), list->count);
}

/* The items that a filter has kept so far. */
struct filtering {
    struct value *items;
    size_t count;
    const struct cause *unknown; /* in EVALUATE_PACK: why it is unknown whether an item stays */
};

/* Tests one item, and keeps it if the condition is true. Returns false if *result is the filter's result: an
 * error, or an item if the condition is a number. */
static bool filter_item(struct feel_evaluation *evaluation, const struct node *node, const struct list *list,
                        size_t index, struct filtering *filtering, struct value *result)
{
    evaluation->frame[node->slot] = list->items[index];
    struct value condition = evaluate(evaluation, node->children[1]);
    if (index == 0 && condition.kind == VALUE_NUMBER) {
        *result = pick(evaluation, node, list, condition);
        return false;
    }
    if (value_is_true(condition))
        filtering->items[filtering->count++] = list->items[index];
    if (is_undecided(evaluation, condition))
        filtering->unknown =
            cause_join(evaluation->environment->arena, filtering->unknown, value_cause(condition));
    if (condition.kind == VALUE_BOOLEAN || condition.kind == VALUE_NULL)
        return true;
    struct text met = show_value(evaluation->environment->arena, condition);
    *result = FAIL(evaluation, node->children[1], TUOYU_ERROR_EVALUATION,
                   "%.*s is no condition and no position", TEXT_ARGUMENTS(met));
    return false;
}

/* The items of a list that meet the condition of a NODE_FILTER, or the item at a position. */
static struct value filter_list(struct feel_evaluation *evaluation, const struct node *node,
                                const struct list *list)
{
    const struct node *condition = node->children[1];
    if (condition->kind == NODE_LITERAL && condition->value.kind == VALUE_NUMBER)
        return pick(evaluation, node, list, condition->value);
    struct filtering filtering = {.items =
                                      ARENA_ARRAY(evaluation->environment->arena, struct value, list->count)};
    if (!filtering.items)
        return value_no_memory();
    struct value result = VALUE_NOTHING;
    if (!environment_take_steps(evaluation->environment, list->count))
        return fail_steps(evaluation, node);
    for (size_t i = 0; i < list->count; i++)
        if (!filter_item(evaluation, node, list, i, &filtering, &result))
            return result;
    if (filtering.unknown)
        return value_null(filtering.unknown);
    return list_value(evaluation, node, filtering.items, filtering.count);
}

struct value evaluate_filter(struct feel_evaluation *evaluation, const struct node *node)
{
    struct value base = evaluate(evaluation, node->children[0]);
    if (base.kind == VALUE_LIST)
        return filter_list(evaluation, node, base.as.list);
    if (base.kind == VALUE_NULL) {
        if (base.as.cause)
            return base;
        return FAIL(evaluation, node, TUOYU_ERROR_EVALUATION, "null has no items");
    }
    struct value *item = ARENA_NEW(evaluation->environment->arena, struct value);
    if (!item)
        return value_no_memory();
    *item = base;
    return filter_list(evaluation, node, &(struct list){.count = 1, .items = item});
}
