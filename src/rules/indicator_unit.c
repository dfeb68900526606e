/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the declared unit of an indicator against what it counts or sums, and names the units of its
 * aggregates. */
#include "rules/indicator_unit.h"

#include "program/unit_text.h"

static const struct unit RATIO = {.count = 0};

/* True if the aggregate counts, and so has a number of things rather than a sum in some unit. */
static bool is_count(const struct aggregate *aggregate)
{
    return aggregate->kind == AGGREGATE_COUNT || aggregate->kind == AGGREGATE_DISTINCT;
}

/* The unit of what is summed, or the entity that is counted as a unit; NULL or a plain unit if it is not
 * known. */
static const struct unit *unit_of_aggregate(struct lowering *lowering, const struct aggregate *aggregate)
{
    if (aggregate->kind == AGGREGATE_COUNT)
        return unit_of_text(lowering->arena, aggregate->entity);
    const struct static_type *type = &program_slot(&lowering->layering->program, aggregate->expression)->type;
    return aggregate->kind != AGGREGATE_DISTINCT && type->kind == TYPE_NUMBER ? type->unit : NULL;
}

/* True if there is a unit and it is not just a plain number. */
static bool is_known(const struct unit *unit)
{
    return unit && !unit->is_plain;
}

/* The unit of an aggregate as text; empty if it is not known or is a ratio. */
static struct text unit_name(struct lowering *lowering, const struct aggregate *aggregate)
{
    const struct unit *unit = unit_of_aggregate(lowering, aggregate);
    if (!is_known(unit) || unit_is_ratio(unit))
        return TEXT("");
    struct text text = unit_text_of(lowering->arena, unit);
    if (!text.bytes)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return text.bytes ? text : TEXT("");
}

void name_indicator_units(struct lowering *lowering, struct tuoyu_indicator *indicator)
{
    struct aggregate *first = &indicator->aggregates[0];
    for (size_t i = 0; i < indicator->aggregate_count; i++)
        indicator->aggregates[i].unit = unit_name(lowering, &indicator->aggregates[i]);
    indicator->distance_unit = indicator->is_ratio ? first->unit : indicator->rule.unit;
}

/* ---- Whether it can be in its unit ---- */

/* One unit that the value may be in. */
struct unit_reading {
    const struct unit *unit;
    bool may_be_named; /* true for a sum of shares, or a count read as a plain number: such a value may be
                          declared in a unit named after what it counts */
};

/* All units that the value may be in, one for each way to read the counts and the factor `per`. */
enum { READINGS_MOST = 8 };
struct readings {
    struct unit_reading all[READINGS_MOST];
    size_t count;
};

/* Adds one unit; there is room for all that can come up. */
static void add_reading(struct readings *readings, const struct unit *unit, bool may_be_named)
{
    if (readings->count < READINGS_MOST)
        readings->all[readings->count++] = (struct unit_reading){unit, may_be_named};
}

/* Adds over / under times the factor, such as `per: 1000`. A factor without unit may also be a number of
 * what the ratio is per, so `over` alone is added then. */
static void add_ratio(struct lowering *lowering, const struct tuoyu_indicator *indicator,
                      struct readings *readings, const struct unit *over, const struct unit *under)
{
    bool has_plain_count = over == &RATIO || under == &RATIO;
    const struct unit *quotient = unit_product(lowering->arena, over, under, -1);
    const struct unit *per = indicator->per == SLOT_NONE
                                 ? NULL
                                 : program_slot(&lowering->layering->program, indicator->per)->type.unit;
    add_reading(readings, is_known(per) ? unit_product(lowering->arena, quotient, per, 1) : quotient,
                has_plain_count);
    if (per && per->is_plain)
        add_reading(readings, over, has_plain_count);
}

/* Adds the units of a ratio, for counts read as their entity and as plain numbers. Nothing is added where
 * a unit is not known. */
static void add_ratios(struct lowering *lowering, const struct tuoyu_indicator *indicator,
                       struct readings *readings)
{
    const struct aggregate *over = &indicator->aggregates[INDICATOR_NUMERATOR],
                           *under = &indicator->aggregates[INDICATOR_DENOMINATOR];
    const struct unit *first = unit_of_aggregate(lowering, over),
                      *second = unit_of_aggregate(lowering, under);
    if (is_known(first) && is_known(second))
        add_ratio(lowering, indicator, readings, first, second);
    bool are_alike = is_count(over) && is_count(under) && text_equals(over->entity, under->entity);
    if (are_alike)
        return; /* a share of the rows, whatever they are called */
    if (is_count(under) && is_known(first))
        add_ratio(lowering, indicator, readings, first, &RATIO);
    if (is_count(over) && is_known(second))
        add_ratio(lowering, indicator, readings, &RATIO, second);
    if (is_count(over) && is_count(under))
        add_ratio(lowering, indicator, readings, &RATIO, &RATIO);
}

/* Adds every unit that the value may be in. */
static void add_readings(struct lowering *lowering, const struct tuoyu_indicator *indicator,
                         struct readings *readings)
{
    const struct aggregate *value = &indicator->aggregates[0];
    const struct unit *unit = unit_of_aggregate(lowering, value);
    if (indicator->is_ratio)
        add_ratios(lowering, indicator, readings);
    else if (is_count(value))
        add_reading(readings, &RATIO, true);
    else if (is_known(unit))
        add_reading(readings, unit, true);
}

/* True if the reading may be declared in this unit. A reading that is not known, or that rests on a number
 * without unit, fits every unit. */
static bool fits(const struct unit_reading *reading, const struct unit *declared)
{
    if (!is_known(reading->unit) || reading->unit->is_loose)
        return true;
    return reading->may_be_named ? unit_may_be_declared(reading->unit, declared)
                                 : unit_fits(reading->unit, declared);
}

/* True if some reading fits the declared unit, or if there is none. */
static bool is_possible(const struct readings *readings, const struct unit *declared)
{
    for (size_t i = 0; i < readings->count; i++)
        if (fits(&readings->all[i], declared))
            return true;
    return readings->count == 0;
}

void check_indicator_unit(struct lowering *lowering, const struct pack_indicator *written,
                          const struct tuoyu_indicator *indicator)
{
    struct readings readings = {.count = 0};
    const struct unit *declared = unit_of_text(lowering->arena, indicator->rule.unit);
    if (!is_known(declared))
        return;
    add_readings(lowering, indicator, &readings);
    if (is_possible(&readings, declared))
        return;
    struct text name = indicator->rule.name, shown = unit_show(lowering->arena, readings.all[0].unit,
                                                               diagnostics_language(lowering->diagnostics));
    lowering_fail(lowering,
                  report(lowering->diagnostics, TUOYU_ERROR_TYPE, written->rule.where,
                         TEXT("change the declared unit, or what is counted"),
                         "`%.*s` is declared in %.*s, but its value is in %.*s", TEXT_ARGUMENTS(name),
                         TEXT_ARGUMENTS(indicator->rule.unit), TEXT_ARGUMENTS(shown)));
}
