/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/unit.h"

const struct unit UNIT_PLAIN = {.is_plain = true};

enum { HIGHEST_POWER = 1000 };

/* ---- Making ---- */

/* Multiplies by name^power. false: too many names or too high a power. */
static bool add_atom(struct unit *unit, struct text name, int32_t power)
{
    uint32_t at = 0;
    int order = 1;
    while (at < unit->count && (order = text_compare(unit->atoms[at].name, name)) < 0) at++;
    if (at < unit->count && order == 0) {
        unit->atoms[at].power += power;
        if (unit->atoms[at].power > HIGHEST_POWER || unit->atoms[at].power < -HIGHEST_POWER) return false;
        if (unit->atoms[at].power != 0) return true;
        unit->count--;
        for (; at < unit->count; at++) unit->atoms[at] = unit->atoms[at + 1];
        return true;
    }
    if (unit->count == UNIT_ATOMS) return false;
    for (uint32_t i = unit->count; i > at; i--) unit->atoms[i] = unit->atoms[i - 1];
    unit->atoms[at] = (struct unit_atom){.name = name, .power = power};
    unit->count++;
    return true;
}

static const struct unit *keep(struct arena *arena, const struct unit *unit)
{
    struct unit *kept = ARENA_NEW(arena, struct unit);
    if (kept) *kept = *unit;
    return kept;
}

const struct unit *unit_of_text(struct arena *arena, struct text text)
{
    struct unit unit = {.is_percent = text_equals(text, TEXT("percent"))};
    if (text.length == 0) return &UNIT_PLAIN;
    size_t start = 0;
    for (size_t i = 0; !unit.is_percent && i <= text.length; i++) {
        if (i < text.length && text.bytes[i] != '/') continue;
        if (!add_atom(&unit, text_slice(text, start, i), start == 0 ? 1 : -1)) return NULL;
        start = i + 1;
    }
    return keep(arena, &unit);
}

const struct unit *unit_of_name(struct arena *arena, const char *name)
{
    return unit_of_text(arena, text_of(name, TUOYU_NUL_TERMINATED));
}

bool unit_is_ratio(const struct unit *unit)
{
    return unit && !unit->is_plain && unit->count == 0;
}

static void add_flags(struct unit *unit, const struct unit *flags)
{
    unit->has_twelve |= flags->has_twelve;
    unit->is_loose |= flags->is_loose;
}

const struct unit *unit_product(struct arena *arena, const struct unit *left, const struct unit *right, int sign)
{
    if (!left || !right) return NULL;
    if (right->is_plain) return left;
    if (left->is_plain && (sign > 0 || right->count == 0)) return sign > 0 ? right : left;
    struct unit product = left->is_plain ? (struct unit){.count = 0} : *left;
    product.is_percent = left->is_percent && right->is_percent && sign > 0;
    add_flags(&product, left);
    add_flags(&product, right);
    for (uint32_t i = 0; i < right->count; i++)
        if (!add_atom(&product, right->atoms[i].name, sign * right->atoms[i].power)) return NULL;
    return keep(arena, &product);
}

const struct unit *unit_power(struct arena *arena, const struct unit *unit, int32_t power)
{
    if (!unit || unit->count == 0) return unit;
    struct unit raised = {.count = 0};
    add_flags(&raised, unit);
    if (power > HIGHEST_POWER || power < -HIGHEST_POWER) return NULL;
    for (uint32_t i = 0; power != 0 && i < unit->count; i++)
        if (!add_atom(&raised, unit->atoms[i].name, unit->atoms[i].power)) return NULL;
    for (uint32_t i = 0; i < raised.count; i++) {
        raised.atoms[i].power *= power;
        if (raised.atoms[i].power > HIGHEST_POWER || raised.atoms[i].power < -HIGHEST_POWER) return NULL;
    }
    return keep(arena, &raised);
}

const struct unit *unit_with_flags(struct arena *arena, const struct unit *unit, const struct unit *flags)
{
    if (!unit || unit->is_plain) return unit;
    struct unit changed = *unit;
    add_flags(&changed, flags);
    return keep(arena, &changed);
}

/* ---- Comparing ---- */

static bool is_calendar(struct text name)
{
    return text_equals(name, TEXT("month")) || text_equals(name, TEXT("year"));
}

bool unit_has_calendar(const struct unit *unit)
{
    for (uint32_t i = 0; unit && i < unit->count; i++)
        if (is_calendar(unit->atoms[i].name)) return true;
    return false;
}

static bool has_same_atoms(const struct unit *left, const struct unit *right)
{
    if (left->count != right->count) return false;
    for (uint32_t i = 0; i < left->count; i++) {
        bool is_same = left->atoms[i].power == right->atoms[i].power && text_equals(left->atoms[i].name, right->atoms[i].name);
        if (!is_same) return false;
    }
    return true;
}

bool unit_fits(const struct unit *left, const struct unit *right)
{
    return !left || !right || left->is_plain || right->is_plain || has_same_atoms(left, right);
}

/* With `month` for `year`. */
static struct unit in_months(const struct unit *unit)
{
    struct unit changed = {.count = 0};
    for (uint32_t i = 0; i < unit->count; i++) {
        struct text name = unit->atoms[i].name;
        add_atom(&changed, is_calendar(name) ? TEXT("month") : name, unit->atoms[i].power);
    }
    return changed;
}

bool unit_fits_by_calendar(const struct unit *left, const struct unit *right)
{
    if (unit_fits(left, right)) return true;
    struct unit first = in_months(left), second = in_months(right);
    return has_same_atoms(&first, &second);
}

static bool is_marked(const struct unit *unit)
{
    return unit->is_percent || unit->has_twelve || unit->is_loose;
}

const struct unit *unit_join(const struct unit *left, const struct unit *right)
{
    if (!left || !right || !unit_fits(left, right)) return NULL;
    if (left->is_plain) return right;
    return right->is_plain || is_marked(left) ? left : right;
}

/* Three capital letters. */
static bool is_currency(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] < 'A' || name.bytes[i] > 'Z') return false;
    return name.length == 3;
}

bool unit_may_be_declared(const struct unit *unit, const struct unit *declared)
{
    if (unit_fits(unit, declared)) return true;
    if (!unit_is_ratio(unit)) return false;
    for (uint32_t i = 0; i < declared->count; i++)
        if (is_currency(declared->atoms[i].name)) return false;
    return true;
}

/* ---- Showing ---- */

static void append_power(struct text_builder *builder, struct text name, int32_t power)
{
    text_append(builder, name);
    if (power != 1) text_append_format(builder, "^%d", (int)power);
}

struct text unit_show(struct arena *arena, const struct unit *unit)
{
    if (!unit || unit->is_plain) return TEXT("no unit");
    if (unit->is_percent) return TEXT("percent");
    if (unit->count == 0) return TEXT("no unit (a ratio)");
    struct text_builder shown;
    text_builder_init_arena(&shown, arena);
    for (uint32_t i = 0; i < unit->count; i++) {
        if (unit->atoms[i].power < 0) continue;
        if (shown.length) text_append_byte(&shown, '*');
        append_power(&shown, unit->atoms[i].name, unit->atoms[i].power);
    }
    if (!shown.length) text_append_byte(&shown, '1');
    for (uint32_t i = 0; i < unit->count; i++) {
        if (unit->atoms[i].power > 0) continue;
        text_append_byte(&shown, '/');
        append_power(&shown, unit->atoms[i].name, -unit->atoms[i].power);
    }
    return shown.failed ? TEXT("another unit") : text_builder_text(&shown);
}
