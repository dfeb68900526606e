/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers indicators: the aggregates over rows, the regions that they are broken down by, numbers per
 * region, and the target. */
#include "rules/indicator_unit.h"
#include "rules/rule_kind.h"
#include "value/exact_sum.h"

/* ---- Which names an aggregate may read ---- */

/* For lowering_reaches(): true for what has a value only for a row. */
static bool is_case_bound(const struct slot *slot, const void *context)
{
    (void)context;
    return slot->kind == SLOT_FACT || slot->kind == SLOT_INPUT;
}

/* Reports an aggregate's formula that reads a fact of another entity, which would be missing in every row. */
static void check_own_facts(struct lowering *lowering, uint32_t slot, struct text entity,
                            struct location where)
{
    const struct slot *found = lowering_find_foreign_fact(lowering, slot, entity);
    if (!found)
        return;
    lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_PACK, where, TEXT(""),
                                   "this is computed for each row of `%.*s`, which has no fact `%.*s`",
                                   TEXT_ARGUMENTS(entity), TEXT_ARGUMENTS(found->name)));
}

/* Reports a formula of the indicator as a whole that reads facts of rows; `what` names the formula in the
 * message. */
static void check_no_facts(struct lowering *lowering, uint32_t slot, const char *what, struct location where)
{
    const struct slot *found = NULL;
    if (!lowering_reaches(lowering, slot, is_case_bound, NULL, &found))
        return;
    lowering_fail(lowering,
                  report(lowering->diagnostics, TUOYU_ERROR_PACK, where, TEXT("use parameters only"),
                         "%s of an indicator holds for no single row: it cannot read `%.*s`", what,
                         TEXT_ARGUMENTS(found->name)));
}

/* ---- Facts that name regions ---- */

/* The index of the text fact `entity.field`, or UINT32_MAX if there is none, which is reported; `why`
 * begins the message. */
static uint32_t find_fact(struct lowering *lowering, struct text entity, const char *field,
                          struct location where, const char *why)
{
    struct text name = text_format(lowering->arena, "%.*s.%s", TEXT_ARGUMENTS(entity), field);
    if (!name.bytes) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return UINT32_MAX;
    }
    uint32_t slot = scope_find(lowering->scope, name);
    const struct slot *found = slot == SLOT_NONE ? NULL : program_slot(&lowering->layering->program, slot);
    if (found && found->kind == SLOT_FACT && found->type.kind == TYPE_STRING)
        return found->fact;
    lowering_fail(lowering,
                  report(lowering->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, where, TEXT(""),
                         "%s needs a fact `%.*s` of type string or enum", why, TEXT_ARGUMENTS(name)));
    return UINT32_MAX;
}

/* True if some pack declares facts of this entity. */
static bool is_entity(const struct lowering *lowering, struct text entity)
{
    return map_get(&lowering->layering->entities, entity) != NULL;
}

/* Reports an entity that no pack declares facts of, with the nearest name. */
static void check_entity(struct lowering *lowering, const struct pack_name *entity)
{
    if (is_entity(lowering, entity->text))
        return;
    const struct program *program = &lowering->layering->program;
    struct text best = {NULL, 0};
    size_t distance = SIZE_MAX;
    uint32_t candidates =
        diagnostics_wants_hint(lowering->diagnostics, program->fact_count) ? program->fact_count : 0;
    for (uint32_t i = 0; i < candidates; i++)
        text_nearest(entity->text, slot_fact(program_slot(program, program->fact_slots[i]))->entity, &best,
                     &distance);
    char hint[HINT_SIZE];
    lowering_fail(lowering, report(lowering->diagnostics, TUOYU_ERROR_UNKNOWN_NAME, entity->where,
                                   did_you_mean(hint, best), "no pack declares facts of `%.*s`",
                                   TEXT_ARGUMENTS(entity->text)));
}

/* ---- Aggregates ---- */

/* True if the value can be the bound of a summand: a number that an exact sum can hold. */
static bool lends_bound(const struct value *bound)
{
    return bound->kind == VALUE_NUMBER && exact_sum_holds(bound->as.number);
}

/* If the formula is a fact alone, its declared range bounds what a row with that fact missing can add, and
 * its type tells whether the sum is a whole number. */
static void learn_bounds(struct lowering *lowering, struct aggregate *aggregate)
{
    aggregate->is_whole = aggregate->kind == AGGREGATE_COUNT || aggregate->kind == AGGREGATE_DISTINCT;
    const struct program *program = &lowering->layering->program;
    const struct slot *formula = program_slot(program, aggregate->expression);
    const struct node *root = formula->formula.root;
    if (!root || root->kind != NODE_SYMBOL || aggregate->is_whole)
        return;
    const struct slot *slot = program_slot(program, root->slot);
    if (slot->kind != SLOT_FACT)
        return;
    const struct pack_fact *fact = slot_fact(slot);
    aggregate->is_whole = fact->type == FACT_TYPE_INTEGER && aggregate->kind == AGGREGATE_SUM;
    if (!fact->has_range)
        return;
    aggregate->has_low = lends_bound(&fact->range.low);
    aggregate->has_high = lends_bound(&fact->range.high);
    if (aggregate->has_low)
        aggregate->low = fact->range.low.as.number;
    if (aggregate->has_high)
        aggregate->high = fact->range.high.as.number;
}

/* Lowers one aggregate. Returns false when memory is refused; other errors are noted in the lowering. */
static bool lower_aggregate(struct lowering *lowering, const struct scope *scope, struct text name,
                            const struct pack_aggregate *written, struct aggregate *aggregate)
{
    struct text where_name = text_format(lowering->arena, "%.*s.where", TEXT_ARGUMENTS(name));
    if (!where_name.bytes)
        return false;
    check_entity(lowering, &written->of);
    *aggregate = (struct aggregate){.entity = written->of.text, .kind = written->kind};
    aggregate->where =
        lower_optional(lowering, scope, where_name.bytes, &written->where, TEXT(""), TYPE_BOOLEAN);
    bool counts = written->kind == AGGREGATE_COUNT, any = written->kind == AGGREGATE_DISTINCT;
    aggregate->expression = lower_expression(lowering, scope,
                                             &(struct lowered){.part = name,
                                                               .written = &written->expression,
                                                               .type = counts ? TYPE_BOOLEAN
                                                                       : any  ? TYPE_ANY
                                                                              : TYPE_NUMBER,
                                                               .where = written->expression.where});
    if (aggregate->expression == SLOT_NONE)
        return false;
    check_own_facts(lowering, aggregate->where, aggregate->entity, written->where.where);
    check_own_facts(lowering, aggregate->expression, aggregate->entity, written->expression.where);
    learn_bounds(lowering, aggregate);
    return true;
}

/* ---- Numbers per region ---- */

/* Lowers a number per region and the input slot in which a region's rows read it. Returns false when
 * memory is refused. */
static bool lower_number(struct lowering *lowering, const struct pack_region_number *written,
                         struct tuoyu_indicator *indicator)
{
    struct region_number *number = &indicator->numbers[indicator->number_count++];
    number->name = written->name;
    if (!lower_aggregate(lowering, lowering->scope, written->name, &written->aggregate, &number->aggregate))
        return false;
    number->region_fact = find_fact(lowering, written->aggregate.of.text, written->by.text.bytes,
                                    written->by.where, "a number per region");
    struct slot input = {.kind = SLOT_INPUT,
                         .name = written->name,
                         .type = STATIC_TYPE(TYPE_NUMBER),
                         .pack = lowering->pack,
                         .first_day = DATE_FIRST,
                         .last_day = DATE_LAST,
                         .where = written->where};
    input.full_name =
        layering_full_name(lowering->layering, lowering->pack, lowering->rule->name, written->name);
    number->input = input.full_name.bytes ? program_add(&lowering->layering->program, &input) : SLOT_NONE;
    return number->input != SLOT_NONE;
}

/* Lowers all numbers per region, which must be per the same kind of region. Returns false when memory is
 * refused. */
static bool lower_numbers(struct lowering *lowering, const struct pack_indicator *written,
                          struct tuoyu_indicator *indicator)
{
    if (written->with_count == 0)
        return true;
    const struct pack_name *region = &written->with[0].by;
    indicator->numbers = ARENA_ARRAY(lowering->arena, struct region_number, written->with_count);
    if (!indicator->numbers)
        return false;
    indicator->number_entity = region->text;
    indicator->number_id_fact = find_fact(lowering, region->text, "id", region->where, "a kind of region");
    for (size_t i = 0; i < written->with_count; i++) {
        if (!text_equals(written->with[i].by.text, region->text))
            lowering_fail(lowering,
                          report(lowering->diagnostics, TUOYU_ERROR_PACK, written->with[i].by.where, TEXT(""),
                                 "all numbers of one indicator are per the same kind of region, `%.*s`",
                                 TEXT_ARGUMENTS(region->text)));
        if (!lower_number(lowering, &written->with[i], indicator))
            return false;
    }
    return true;
}

/* The scope of an aggregate: that of the rule, and for rows of the region entity also the numbers of their
 * region. NULL when memory is refused. */
static const struct scope *scope_of_aggregate(struct lowering *lowering,
                                              const struct tuoyu_indicator *indicator, struct text entity)
{
    if (indicator->number_count == 0 || !text_equals(entity, indicator->number_entity))
        return lowering->scope;
    struct scope *scope = lower_scope(lowering, lowering->scope);
    for (size_t i = 0; scope && i < indicator->number_count; i++)
        if (!scope_declare(scope, indicator->numbers[i].name, indicator->numbers[i].input))
            return NULL;
    return scope;
}

/* ---- The whole ---- */

/* True for a ratio that counts some of the rows over all of the same rows, which is seen by how both are
 * written. */
static bool is_share(const struct lowering *lowering, const struct pack_indicator *written,
                     const struct aggregate aggregates[])
{
    const struct aggregate *over = &aggregates[INDICATOR_NUMERATOR],
                           *under = &aggregates[INDICATOR_DENOMINATOR];
    const struct node *all = program_slot(&lowering->layering->program, under->expression)->formula.root;
    return text_equals(over->entity, under->entity) && over->kind == AGGREGATE_COUNT &&
           under->kind == AGGREGATE_COUNT && all && all->kind == NODE_LITERAL && value_is_true(all->value) &&
           text_equals(written->numerator.where.text, written->denominator.where.text);
}

/* Lowers the numerator and the denominator, or the only value. Returns false when memory is refused. */
static bool lower_aggregates(struct lowering *lowering, const struct pack_indicator *written,
                             struct tuoyu_indicator *indicator)
{
    static const struct text NAMES[] = {{"numerator", 9}, {"denominator", 11}};
    const struct pack_aggregate *aggregates[] = {&written->numerator, &written->denominator};
    if (!written->is_ratio)
        aggregates[0] = &written->value;
    indicator->is_ratio = written->is_ratio;
    indicator->aggregate_count = written->is_ratio ? 2 : 1;
    for (size_t i = 0; i < indicator->aggregate_count; i++) {
        const struct scope *scope = scope_of_aggregate(lowering, indicator, aggregates[i]->of.text);
        struct text name = written->is_ratio ? NAMES[i] : TEXT("value");
        if (!scope || !lower_aggregate(lowering, scope, name, aggregates[i], &indicator->aggregates[i]))
            return false;
    }
    indicator->is_share = written->is_ratio && is_share(lowering, written, indicator->aggregates);
    return true;
}

/* Finds, for each kind of region, the facts that say which region a row belongs to. Returns false when
 * memory is refused. */
static bool lower_regions(struct lowering *lowering, const struct pack_indicator *written,
                          struct tuoyu_indicator *indicator)
{
    indicator->regions = ARENA_ARRAY(lowering->arena, struct region_kind, written->by_count);
    if (!indicator->regions)
        return false;
    for (size_t i = 0; i < written->by_count; i++) {
        const struct pack_name *by = &written->by[i];
        uint32_t *facts = ARENA_ARRAY(lowering->arena, uint32_t, INDICATOR_AGGREGATES);
        if (!facts)
            return false;
        struct region_kind *region = &indicator->regions[indicator->region_count++];
        *region = (struct region_kind){.name = by->text, .facts = facts};
        region->id_fact = find_fact(lowering, by->text, "id", by->where, "a kind of region");
        for (size_t j = 0; j < indicator->aggregate_count; j++) {
            struct text entity = indicator->aggregates[j].entity;
            if (text_equals(entity, by->text))
                facts[j] = region->id_fact;
            else if (j > 0 && text_equals(entity, indicator->aggregates[0].entity))
                facts[j] = facts[0];
            else
                facts[j] = find_fact(lowering, entity, by->text.bytes, by->where, "breaking down");
        }
    }
    return true;
}

/* Adds an entity to the indicator's list unless it is there already. */
static void add_entity(struct tuoyu_indicator *indicator, struct text entity)
{
    for (size_t i = 0; i < indicator->entity_count; i++)
        if (text_equals(indicator->entities[i], entity))
            return;
    indicator->entities[indicator->entity_count++] = entity;
}

/* Lists the entities whose rows are counted. Returns false when memory is refused. */
static bool list_entities(struct lowering *lowering, struct tuoyu_indicator *indicator)
{
    indicator->entities =
        ARENA_ARRAY(lowering->arena, struct text, indicator->aggregate_count + indicator->number_count);
    if (!indicator->entities)
        return false;
    for (size_t i = 0; i < indicator->aggregate_count; i++)
        add_entity(indicator, indicator->aggregates[i].entity);
    for (size_t i = 0; i < indicator->number_count; i++)
        add_entity(indicator, indicator->numbers[i].aggregate.entity);
    return true;
}

/* Lowers a whole indicator; failures are noted in the lowering. */
static void lower_indicator(struct lowering *lowering, const struct pack_indicator *written,
                            struct tuoyu_indicator *indicator)
{
    if (!lower_rule(lowering, TUOYU_RULE_INDICATOR, &indicator->rule, &written->rule, written->unit))
        return;
    bool is_done = lower_numbers(lowering, written, indicator) &&
                   lower_aggregates(lowering, written, indicator) &&
                   lower_regions(lowering, written, indicator) && list_entities(lowering, indicator);
    indicator->target_kind = written->target_kind;
    indicator->target =
        lower_optional(lowering, lowering->scope, "target", &written->target, written->unit, TYPE_NUMBER);
    indicator->per = lower_optional(lowering, lowering->scope, "per", &written->per, TEXT(""), TYPE_NUMBER);
    if (!is_done)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    if (is_done)
        name_indicator_units(lowering, indicator);
    if (is_done)
        check_indicator_unit(lowering, written, indicator);
    if (lowering->arena->failed)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    check_no_facts(lowering, indicator->rule.when, "`when`", written->rule.when.where);
    check_no_facts(lowering, indicator->target, "the target", written->target.where);
    check_no_facts(lowering, indicator->per, "`per`", written->per.where);
}

/* ---- The kind ---- */

/* How many indicators a pack has. */
static size_t indicator_count_in(const struct pack_model *model)
{
    return model->indicator_count;
}

/* Makes and lowers an indicator; NULL when memory is refused. */
static struct rule *lower(struct lowering *lowering, const struct pack_model *model, size_t index)
{
    struct tuoyu_indicator *made = ARENA_NEW(lowering->arena, struct tuoyu_indicator);
    if (!made)
        return NULL;
    lower_indicator(lowering, &model->indicators[index], made);
    return &made->rule;
}

/* Marks what is read of the rows that are counted or summed. */
static void mark_aggregate(const struct aggregate *aggregate, struct slot_reads *reads)
{
    slot_reads_mark(reads, aggregate->where);
    slot_reads_mark(reads, aggregate->expression);
}

void indicator_mark_rows(const struct tuoyu_indicator *indicator, struct slot_reads *reads)
{
    for (size_t i = 0; i < indicator->aggregate_count; i++)
        mark_aggregate(&indicator->aggregates[i], reads);
    for (size_t i = 0; i < indicator->number_count; i++)
        mark_aggregate(&indicator->numbers[i].aggregate, reads);
}

/* Marks a fact by its index, which says to which region a row belongs. */
static void mark_fact(struct slot_reads *reads, uint32_t fact)
{
    slot_reads_mark(reads, reads->program->fact_slots[fact]);
}

/* For rule_kind: marks what is read of rows, and the facts that name regions. */
static void mark_measure(const struct rule *rule, struct slot_reads *reads)
{
    const struct tuoyu_indicator *indicator = indicator_of(rule);
    indicator_mark_rows(indicator, reads);
    for (size_t i = 0; i < indicator->region_count; i++) {
        mark_fact(reads, indicator->regions[i].id_fact);
        for (size_t k = 0; k < indicator->aggregate_count; k++)
            mark_fact(reads, indicator->regions[i].facts[k]);
    }
    for (size_t i = 0; i < indicator->number_count; i++)
        mark_fact(reads, indicator->numbers[i].region_fact);
}

const struct rule_kind INDICATOR_KIND = {
    .section = "indicators",
    .words = {.zh = {"指标", 6}, .en = {"indicator", 9}},
    .article = "an",
    .size = sizeof(struct tuoyu_indicator),
    .count = indicator_count_in,
    .lower = lower,
    .mark_reads = mark_measure,
};
