/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers scorecards (points, their sum, the grade), and reads from an evaluation what the score and the
 * grade can still be. */
#include "rules/scorecard.h"

/* ---- Lowering ---- */

/* The name `id.part`; bytes NULL when memory is refused, which the lowering notes. */
static struct text part_of(struct lowering *lowering, struct text id, const char *part)
{
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(id), part);
    if (!name.bytes)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return name;
}

/* Lowers an optional expression as the slot `id.part`. SLOT_NONE if it is not written, or when memory is
 * refused. */
static uint32_t lower_part(struct lowering *lowering, struct text id, const char *part,
                           const struct expression_text *written, enum type_kind type)
{
    struct text name = part_of(lowering, id, part);
    return name.bytes ? lower_optional(lowering, lowering->scope, name.bytes, written, TEXT(""), type)
                      : SLOT_NONE;
}

/* The formula of an item's points within their limits; 0 if the item does not count. */
static const struct node *points_tree(struct lowering *lowering, const struct score_item *item)
{
    const struct node *tree = tree_slot(lowering, item->points);
    if (item->at_least != SLOT_NONE)
        tree = tree_call(lowering, FEEL_MAX, tree, tree_slot(lowering, item->at_least));
    if (item->at_most != SLOT_NONE)
        tree = tree_call(lowering, FEEL_MIN, tree, tree_slot(lowering, item->at_most));
    if (item->counts == SLOT_NONE)
        return tree;
    return tree_if(lowering, tree_slot(lowering, item->counts), tree, tree_number(lowering, 0));
}

/* Lowers one item. Returns false when memory is refused. */
static bool lower_item(struct lowering *lowering, const struct pack_score_item *written,
                       struct score_item *item)
{
    *item = (struct score_item){.id = written->id, .because = written->because};
    item->points = lower_part(lowering, written->id, "points", &written->points, TYPE_NUMBER);
    item->counts = lower_part(lowering, written->id, "counts", &written->when, TYPE_BOOLEAN);
    item->at_most = lower_part(lowering, written->id, "at_most", &written->at_most, TYPE_NUMBER);
    item->at_least = lower_part(lowering, written->id, "at_least", &written->at_least, TYPE_NUMBER);
    const struct node *tree = item->points == SLOT_NONE ? NULL : points_tree(lowering, item);
    if (!tree)
        return false;
    item->value = lower_expression(lowering, lowering->scope,
                                   &(struct lowered){.part = written->id,
                                                     .label = &written->because,
                                                     .tree = tree,
                                                     .cite = &written->cite,
                                                     .standing = written->standing,
                                                     .type = TYPE_NUMBER,
                                                     .where = written->where});
    return item->value != SLOT_NONE;
}

/* The sum of the items' points, as a balanced tree, so that many items make no deep one. */
static const struct node *sum_tree(struct lowering *lowering, const struct score_item *items, size_t count)
{
    if (count == 1)
        return tree_slot(lowering, items[0].value);
    size_t half = count / 2;
    return tree_pair(lowering, NODE_ADD, sum_tree(lowering, items, half),
                     sum_tree(lowering, items + half, count - half));
}

/* Lowers the least score of a grade, if it has one. Returns false when memory is refused. */
static bool lower_grade(struct lowering *lowering, const struct pack_grade *written, struct grade *grade)
{
    *grade = (struct grade){.id = written->id,
                            .label = written->label,
                            .consequence = written->consequence,
                            .at_least = SLOT_NONE};
    if (!written->at_least.text.bytes)
        return true;
    struct text part = part_of(lowering, written->id, "at_least");
    if (!part.bytes)
        return false;
    bool has_label = written->label.zh.bytes || written->label.en.bytes;
    grade->at_least =
        lower_expression(lowering, lowering->scope,
                         &(struct lowered){.part = part,
                                           .label = has_label ? &written->label : label_of_part(part),
                                           .written = &written->at_least,
                                           .cite = &written->cite,
                                           .standing = written->standing,
                                           .type = TYPE_NUMBER,
                                           .where = written->where});
    return grade->at_least != SLOT_NONE;
}

/* The formula `if score >= … then "A" else if …`, built from the last grade up. */
static const struct node *grade_tree(struct lowering *lowering, const struct scorecard *scorecard)
{
    const struct node *tree = tree_string(lowering, scorecard->grades[scorecard->grade_count - 1].id);
    for (size_t i = scorecard->grade_count - 1; i > 0 && tree; i--) {
        const struct grade *grade = &scorecard->grades[i - 1];
        const struct node *is_reached =
            tree_pair(lowering, NODE_GREATER_EQUAL, tree_slot(lowering, scorecard->score),
                      tree_slot(lowering, grade->at_least));
        tree = tree_if(lowering, is_reached, tree_string(lowering, grade->id), tree);
    }
    return tree;
}

/* Lowers a formula and declares its name in the rule's scope. SLOT_NONE when memory is refused. */
static uint32_t lower_named(struct lowering *lowering, struct text name, const struct node *tree,
                            enum type_kind type, struct location where)
{
    if (!tree)
        return SLOT_NONE;
    uint32_t slot = lower_expression(
        lowering, lowering->scope,
        &(struct lowered){
            .part = name, .label = label_of_part(name), .tree = tree, .type = type, .where = where});
    if (slot == SLOT_NONE || scope_declare(lowering->scope, name, slot))
        return slot;
    lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return SLOT_NONE;
}

bool lower_scorecard(struct lowering *lowering, const struct pack_score *written, struct scorecard *scorecard)
{
    *scorecard = (struct scorecard){.score = SLOT_NONE,
                                    .grade = SLOT_NONE,
                                    .item_count = written->item_count,
                                    .grade_count = written->grade_count};
    if (!written->is_given)
        return true;
    scorecard->items = ARENA_ARRAY(lowering->arena, struct score_item, written->item_count);
    scorecard->grades = ARENA_ARRAY(lowering->arena, struct grade, written->grade_count);
    if (!scorecard->items || !scorecard->grades)
        return false;
    for (size_t i = 0; i < written->item_count; i++)
        if (!lower_item(lowering, &written->items[i], &scorecard->items[i]))
            return false;
    for (size_t i = 0; i < written->grade_count; i++)
        if (!lower_grade(lowering, &written->grades[i], &scorecard->grades[i]))
            return false;
    scorecard->score =
        lower_named(lowering, TEXT("score"), sum_tree(lowering, scorecard->items, scorecard->item_count),
                    TYPE_NUMBER, written->where);
    if (scorecard->score == SLOT_NONE || scorecard->grade_count == 0)
        return scorecard->score != SLOT_NONE;
    scorecard->grade =
        lower_named(lowering, TEXT("grade"), grade_tree(lowering, scorecard), TYPE_STRING, written->where);
    return scorecard->grade != SLOT_NONE;
}

/* ---- The answer ---- */

/* The range in which a number can still be. An end that is not given is unbounded. */
struct bounds {
    struct answer_number low, high;
};

/* Reads a number from a computed slot; not given if the slot is SLOT_NONE or its value is no number. */
static struct answer_number number_at(struct evaluation *evaluation, uint32_t slot)
{
    if (slot == SLOT_NONE)
        return (struct answer_number){.is_given = false};
    struct value value = evaluation_value(evaluation, slot);
    return (struct answer_number){.is_given = value.kind == VALUE_NUMBER, .number = value.as.number};
}

/* Widens the range so that it contains zero. */
static void include_zero(struct bounds *bounds)
{
    if (bounds->low.is_given && decimal_sign(bounds->low.number) > 0)
        bounds->low.number = decimal_from_integer(0);
    if (bounds->high.is_given && decimal_sign(bounds->high.number) < 0)
        bounds->high.number = decimal_from_integer(0);
}

/* The range of an item whose points are not known: from its limits and its points as written, and with
 * zero if the item may not count. at_most wins over at_least, as it does in the points. */
static struct bounds open_points(struct evaluation *evaluation, const struct score_item *item)
{
    struct bounds bounds = {.low = number_at(evaluation, item->at_least),
                            .high = number_at(evaluation, item->at_most)};
    struct answer_number points = number_at(evaluation, item->points);
    bool is_crossed = bounds.low.is_given && bounds.high.is_given &&
                      decimal_compare(bounds.low.number, bounds.high.number) > 0;
    if (is_crossed)
        bounds.low = bounds.high;
    if (points.is_given) {
        bool is_below = bounds.low.is_given && decimal_compare(points.number, bounds.low.number) < 0;
        bool is_above = bounds.high.is_given && decimal_compare(points.number, bounds.high.number) > 0;
        struct answer_number limited = is_above ? bounds.high : is_below ? bounds.low : points;
        bool is_exact = (item->at_least == SLOT_NONE || bounds.low.is_given) &&
                        (item->at_most == SLOT_NONE || bounds.high.is_given);
        if (is_exact)
            bounds = (struct bounds){.low = limited, .high = limited};
    }
    if (item->counts != SLOT_NONE && !value_is_true(evaluation_value(evaluation, item->counts)))
        include_zero(&bounds);
    return bounds;
}

/* Adds to one end of a sum. The end becomes unbounded if either is not given or the sum overflows. */
static void add_bound(struct answer_number *sum, const struct answer_number *part)
{
    tuoyu_status status =
        sum->is_given && part->is_given ? decimal_add(sum->number, part->number, &sum->number) : TUOYU_OK;
    sum->is_given = sum->is_given && part->is_given && status == TUOYU_OK;
}

/* Notes for each grade whether some score within the bounds reaches it and no better one. A threshold that
 * is not known excludes no grade. */
static void note_possible(const struct scorecard *scorecard, struct evaluation *evaluation,
                          struct verdict_score *score)
{
    struct answer_number below = {
        .is_given = false}; /* the least threshold of the better grades, which the score must stay below */
    for (size_t i = 0; i < scorecard->grade_count; i++) {
        struct answer_number from = number_at(evaluation, scorecard->grades[i].at_least);
        bool is_known = scorecard->grades[i].at_least == SLOT_NONE || from.is_given;
        struct answer_number least = score->lower;
        if (from.is_given && (!least.is_given || decimal_compare(from.number, least.number) > 0))
            least = from;
        bool is_reached = !least.is_given || !score->upper.is_given ||
                          decimal_compare(least.number, score->upper.number) <= 0;
        bool is_left = !least.is_given || !below.is_given || decimal_compare(least.number, below.number) < 0;
        score->is_possible[i] = is_reached && is_left;
        if (is_known && from.is_given && (!below.is_given || decimal_compare(from.number, below.number) < 0))
            below = from;
    }
}

/* Adds what the answer rests on beside the criteria. The answering of columns counts the same slots, by
 * scorecard_slot(). */
static void add_roots(const struct scorecard *scorecard, struct evaluation *evaluation, struct roots *roots)
{
    uint32_t slot;
    for (size_t i = 0; scorecard_slot(scorecard, i, &slot); i++) {
        evaluation_value(evaluation, slot);
        roots_add(roots, evaluation, slot);
    }
}

bool scorecard_slot(const struct scorecard *scorecard, size_t index, uint32_t *slot)
{
    if (scorecard->score == SLOT_NONE)
        return false;
    if (index < scorecard->item_count)
        return *slot = scorecard->items[index].value, true;
    index -= scorecard->item_count;
    if (index == 0)
        return *slot = scorecard->score, true;
    if (scorecard->grade == SLOT_NONE)
        return false;
    if (index == 1)
        return *slot = scorecard->grade, true;
    index -= 2;
    if (index + 1 >= scorecard->grade_count)
        return false;
    return *slot = scorecard->grades[index].at_least, true;
}

/* Reads the points of each item, and the range in which their sum can still be. Returns TUOYU_OK or the
 * status of the first error. */
static tuoyu_status add_up(const struct scorecard *scorecard, struct evaluation *evaluation,
                           struct roots *roots, struct verdict_score *score, tuoyu_diagnostics *diagnostics)
{
    struct answer_number nothing = {.is_given = true, .number = decimal_from_integer(0)};
    struct bounds sum = {.low = nothing, .high = nothing};
    for (size_t i = 0; i < scorecard->item_count; i++) {
        struct value value;
        tuoyu_status status = verdict_ask(evaluation, roots, scorecard->items[i].value, &value, diagnostics);
        if (status != TUOYU_OK)
            return status;
        struct answer_number points = {.is_given = value.kind == VALUE_NUMBER, .number = value.as.number};
        struct bounds bounds = {.low = points, .high = points};
        if (!points.is_given)
            bounds = open_points(evaluation, &scorecard->items[i]);
        score->points[i] = points;
        add_bound(&sum.low, &bounds.low);
        add_bound(&sum.high, &bounds.high);
    }
    score->score = number_at(evaluation, scorecard->score);
    score->lower = score->score.is_given ? score->score : sum.low;
    score->upper = score->score.is_given ? score->score : sum.high;
    return TUOYU_OK;
}

tuoyu_status scorecard_answer(const struct scorecard *scorecard, struct evaluation *evaluation,
                              struct roots *roots, struct tuoyu_verdict *verdict,
                              tuoyu_diagnostics *diagnostics)
{
    struct verdict_score *score = &verdict->score;
    if (scorecard->score == SLOT_NONE)
        return TUOYU_OK;
    struct arena *arena = &verdict->answer.arena;
    score->points = ARENA_ARRAY(arena, struct answer_number, scorecard->item_count);
    score->is_possible = ARENA_ARRAY(arena, bool, scorecard->grade_count);
    if (!score->points || !score->is_possible)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = add_up(scorecard, evaluation, roots, score, diagnostics);
    if (status != TUOYU_OK)
        return status;
    note_possible(scorecard, evaluation, score);
    add_roots(scorecard, evaluation, roots);
    return roots->failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}

size_t scorecard_possible(const struct scorecard *scorecard, const struct verdict_score *score, size_t place)
{
    for (size_t i = 0; score->is_possible && i < scorecard->grade_count; i++)
        if (score->is_possible[i] && place-- == 0)
            return i;
    return SIZE_MAX;
}
