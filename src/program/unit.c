/* SPDX-License-Identifier: Apache-2.0 */
/* The algebra of units, and which of them go together. */
#include "program/unit.h"

#include <assert.h>

const struct unit UNIT_PLAIN = {.is_plain = true};

/* A name to a higher power counts as not known. */
enum { HIGHEST_POWER = 1000 };

/* ---- Order of names ---- */

/* Whether a name is a currency: three capital letters. */
static bool is_currency(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] < 'A' || name.bytes[i] > 'Z')
            return false;
    return name.length == 3;
}

/* Lengths of time, the longest first, as canonical texts order them. */
static const struct text TIMES[] = {{"year", 4}, {"quarter", 7}, {"month", 5}, {"week", 4},
                                    {"day", 3},  {"hour", 4},    {"minute", 6}};
enum { TIME_COUNT = sizeof TIMES / sizeof *TIMES };

/* The rank of a name in canonical texts: 0 for money, 1 for what is neither money nor time, from 2 on for
 * times. */
static int rank_of(struct text name)
{
    if (is_currency(name))
        return 0;
    for (int i = 0; i < TIME_COUNT; i++)
        if (text_equals(name, TIMES[i]))
            return 2 + i;
    return 1;
}

bool unit_is_time(struct text name)
{
    return rank_of(name) >= 2;
}

/* Compares names as canonical texts order them. */
static int compare_names(struct text left, struct text right)
{
    int difference = rank_of(left) - rank_of(right);
    return difference ? difference : text_compare(left, right);
}

/* ---- Making ---- */

/* Whether a power is not too high. */
static bool is_power(int64_t power)
{
    return power <= HIGHEST_POWER && power >= -HIGHEST_POWER;
}

/* Removes the atom at an index. */
static void remove_atom(struct unit *unit, uint32_t at)
{
    assert(at < unit->count);
    unit->count--;
    for (; at < unit->count; at++)
        unit->atoms[at] = unit->atoms[at + 1];
}

/* Multiplies an atom by its own name to a power; an atom whose power becomes 0 is removed. Returns false
 * where the power is too high. */
static bool add_power(struct unit *unit, uint32_t at, int32_t power)
{
    assert(at < unit->count && power != 0);
    int32_t sum = unit->atoms[at].power += power;
    if (sum == 0)
        remove_atom(unit, at);
    return is_power(sum);
}

bool unit_multiply(struct unit *unit, struct text name, int32_t power)
{
    uint32_t at = 0;
    int order = 1;
    if (!is_power(power))
        return false;
    if (power == 0)
        return true;
    while (at < unit->count && (order = compare_names(unit->atoms[at].name, name)) < 0)
        at++;
    if (at < unit->count && order == 0)
        return add_power(unit, at, power);
    if (unit->count == UNIT_ATOMS)
        return false;
    for (uint32_t i = unit->count; i > at; i--)
        unit->atoms[i] = unit->atoms[i - 1];
    unit->atoms[at] = (struct unit_atom){.name = name, .power = power};
    unit->count++;
    return true;
}

/* A copy in the arena; NULL without memory. */
static const struct unit *keep_unit(struct arena *arena, const struct unit *unit)
{
    struct unit *kept = ARENA_NEW(arena, struct unit);
    if (kept)
        *kept = *unit;
    return kept;
}

bool unit_is_ratio(const struct unit *unit)
{
    return unit && !unit->is_plain && unit->count == 0;
}

/* More factors of 12 than these are no conversion of one length of time. */
enum { TWELVES_MOST = 3 };

/* Adds the marks of another unit, raised to a power, to those of a unit. */
static void add_flags(struct unit *unit, const struct unit *flags, int32_t power)
{
    int64_t twelves = unit->twelves + (int64_t)power * flags->twelves;
    unit->twelves = (int8_t)(twelves > TWELVES_MOST    ? TWELVES_MOST
                             : twelves < -TWELVES_MOST ? -TWELVES_MOST
                                                       : twelves);
    unit->is_loose |= flags->is_loose;
}

const struct unit *unit_product(struct arena *arena, const struct unit *left, const struct unit *right,
                                int sign)
{
    assert(sign == 1 || sign == -1);
    if (!left || !right)
        return NULL;
    if (right->is_plain)
        return left;
    if (left->is_plain && (sign > 0 || right->count == 0))
        return sign > 0 ? right : left;
    struct unit product = left->is_plain ? (struct unit){.count = 0} : *left;
    product.is_percent = left->is_percent && right->is_percent && sign > 0;
    add_flags(&product, right, sign);
    for (uint32_t i = 0; i < right->count; i++)
        if (!unit_multiply(&product, right->atoms[i].name, sign * right->atoms[i].power))
            return NULL;
    return keep_unit(arena, &product);
}

const struct unit *unit_power(struct arena *arena, const struct unit *unit, int32_t power)
{
    if (!unit || unit->count == 0)
        return unit;
    struct unit raised = {.count = 0};
    if (!is_power(power))
        return NULL;
    add_flags(&raised, unit, power);
    for (uint32_t i = 0; i < unit->count; i++) {
        int64_t atom_power = (int64_t)unit->atoms[i].power * power;
        if (!is_power(atom_power) || !unit_multiply(&raised, unit->atoms[i].name, (int32_t)atom_power))
            return NULL;
    }
    return keep_unit(arena, &raised);
}

const struct unit *unit_with_flags(struct arena *arena, const struct unit *unit, const struct unit *flags)
{
    if (!unit || unit->is_plain)
        return unit;
    struct unit changed = *unit;
    add_flags(&changed, flags, 1);
    return keep_unit(arena, &changed);
}

/* ---- Comparing ---- */

/* Whether both have the same names to the same powers. */
static bool has_same_atoms(const struct unit *left, const struct unit *right)
{
    if (left->count != right->count)
        return false;
    for (uint32_t i = 0; i < left->count; i++) {
        bool is_same = left->atoms[i].power == right->atoms[i].power &&
                       text_equals(left->atoms[i].name, right->atoms[i].name);
        if (!is_same)
            return false;
    }
    return true;
}

bool unit_fits(const struct unit *left, const struct unit *right)
{
    return !left || !right || left->is_plain || right->is_plain || has_same_atoms(left, right);
}

bool unit_is_money(const struct unit *unit)
{
    uint32_t currencies = 0;
    for (uint32_t i = 0; unit && i < unit->count; i++)
        if (is_currency(unit->atoms[i].name))
            currencies += unit->atoms[i].power == 1 ? 1 : 2;
    return currencies == 1;
}

/* ---- Years, months, days ---- */

/* Whether a name is month or year. */
static bool is_calendar(struct text name)
{
    return text_equals(name, TEXT("month")) || text_equals(name, TEXT("year"));
}

bool unit_has_calendar(const struct unit *unit)
{
    for (uint32_t i = 0; unit && i < unit->count; i++)
        if (is_calendar(unit->atoms[i].name))
            return true;
    return false;
}

/* Whether the unit has days or weeks; false for NULL. */
static bool has_days(const struct unit *unit)
{
    for (uint32_t i = 0; unit && i < unit->count; i++)
        if (text_equals(unit->atoms[i].name, TEXT("day")) || text_equals(unit->atoms[i].name, TEXT("week")))
            return true;
    return false;
}

bool unit_mixes_days_and_months(const struct unit *left, const struct unit *right)
{
    return (has_days(left) && unit_has_calendar(right)) || (has_days(right) && unit_has_calendar(left));
}

/* The unit with `month` in the place of `year`. */
static struct unit in_months(const struct unit *unit)
{
    struct unit changed = {.count = 0};
    for (uint32_t i = 0; i < unit->count; i++) {
        struct text name = unit->atoms[i].name;
        unit_multiply(&changed, is_calendar(name) ? TEXT("month") : name, unit->atoms[i].power);
    }
    return changed;
}

bool unit_differs_by_years(const struct unit *left, const struct unit *right)
{
    if (unit_fits(left, right))
        return false;
    struct unit first = in_months(left), second = in_months(right);
    return has_same_atoms(&first, &second);
}

/* The power of `year` in the left unit, less that in the right one. */
static int32_t years_between(const struct unit *left, const struct unit *right)
{
    int32_t years = 0;
    for (uint32_t i = 0; i < left->count; i++)
        if (text_equals(left->atoms[i].name, TEXT("year")))
            years += left->atoms[i].power;
    for (uint32_t i = 0; i < right->count; i++)
        if (text_equals(right->atoms[i].name, TEXT("year")))
            years -= right->atoms[i].power;
    return years;
}

/* Whether a number lies between two others, both included. */
static bool is_between(int32_t number, int32_t zero_or_below, int32_t zero_or_above)
{
    assert(zero_or_below <= zero_or_above);
    return number >= zero_or_below && number <= zero_or_above;
}

bool unit_fits_by_twelves(const struct unit *left, const struct unit *right)
{
    if (!unit_differs_by_years(left, right))
        return unit_fits(left, right);
    /* A 12 that is in month/year takes a year from its side and gives it a month. Any number of the twelves
     * may be such; those of the two sides work against each other. */
    int32_t low = (left->twelves < 0 ? left->twelves : 0) - (right->twelves > 0 ? right->twelves : 0);
    int32_t high = (left->twelves > 0 ? left->twelves : 0) - (right->twelves < 0 ? right->twelves : 0);
    return is_between(years_between(left, right), low, high);
}

/* Whether the unit says more than its names. */
static bool is_marked(const struct unit *unit)
{
    return unit->is_percent || unit->twelves || unit->is_loose;
}

const struct unit *unit_join(const struct unit *left, const struct unit *right)
{
    if (!left || !right || !unit_fits(left, right))
        return NULL;
    if (left->is_plain)
        return right;
    return right->is_plain || is_marked(left) ? left : right;
}

bool unit_may_be_declared(const struct unit *unit, const struct unit *declared)
{
    if (unit_fits(unit, declared))
        return true;
    if (!unit_is_ratio(unit))
        return false;
    for (uint32_t i = 0; i < declared->count; i++)
        if (is_currency(declared->atoms[i].name))
            return false;
    return true;
}
