/* SPDX-License-Identifier: Apache-2.0 */
/* Sets, adds to or multiplies the dated values of a parameter from a day on, for scenarios. */
#include "pack/changed_parameter.h"

#include <assert.h>

#include "pack/fact_value.h"
#include "pack/layering.h"
#include "value/decimal.h"

/* One change at work: what is read of it, and the values in the making, ascending by day. */
struct changing {
    struct arena *arena;
    const struct parameter_change *change;
    const struct slot *slot;
    struct value operand; /* as expressions see it: a percent in hundredths, but for a factor */
    struct dated_value *items;
    uint32_t count, changed; /* how many there are, and how many of them are changed */
    size_t capacity;
    tuoyu_status status;
};

/* A change stands in no text of a pack. */
static const struct location NOWHERE = {.source = NULL};

/* Whether the change holds on all days, so that it begins on none. */
static bool is_of_all_days(const struct parameter_change *change)
{
    return change->first_day == TUOYU_CHANGE_ALL_DAYS;
}

/* ---- The operand ---- */

/* Reads the factor of a change that multiplies. */
static tuoyu_status read_factor(struct changing *changing, const struct pack_parameter *parameter,
                                tuoyu_diagnostics *diagnostics)
{
    tuoyu_decimal factor;
    struct text written = changing->change->value;
    if (decimal_parse(written, &factor) != TUOYU_OK)
        return report(diagnostics, TUOYU_ERROR_PACK, NOWHERE, TEXT("write a number such as 1.1"),
                      "'%.*s' cannot be multiplied by '%.*s', which is no number",
                      TEXT_ARGUMENTS(parameter->name), TEXT_ARGUMENTS(written));
    changing->operand = value_number(factor);
    return TUOYU_OK;
}

/* Reads what is set, added or multiplied by. Returns TUOYU_OK or an error, reported. */
static tuoyu_status read_operand(struct changing *changing, const struct pack_parameter *parameter,
                                 tuoyu_diagnostics *diagnostics)
{
    bool is_number = parameter->type != PARAMETER_BOOLEAN && parameter->type != PARAMETER_DATE &&
                     parameter->type != PARAMETER_STRING;
    if (!is_number && changing->change->operation != TUOYU_CHANGE_SET)
        return report(diagnostics, TUOYU_ERROR_TYPE, NOWHERE, TEXT("set its value instead"),
                      "'%.*s' is no number: nothing can be added to it, nor can it be multiplied",
                      TEXT_ARGUMENTS(parameter->name));
    if (changing->change->operation == TUOYU_CHANGE_SCALE)
        return read_factor(changing, parameter, diagnostics);
    struct pack_dated_value read = {.written = changing->change->value, .written_where = NOWHERE};
    tuoyu_status status = parameter_read_value(changing->arena, parameter, &read, diagnostics);
    changing->operand = read.value;
    return status;
}

/* ---- Values ---- */

/* Appends a value. Without memory nothing is added; the arena remembers that. */
static void keep(struct changing *changing, const struct dated_value *value)
{
    struct dated_value *items =
        arena_grow(changing->arena, changing->items, changing->count, &changing->capacity, sizeof *items);
    if (!items)
        return;
    changing->items = items;
    items[changing->count++] = *value;
}

/* What the change makes of a value; TUOYU_ERROR_OVERFLOW is kept in changing->status. */
static struct value changed_value(struct changing *changing, struct value value)
{
    tuoyu_decimal number;
    tuoyu_status status;
    switch (changing->change->operation) {
    case TUOYU_CHANGE_ADD: status = decimal_add(value.as.number, changing->operand.as.number, &number); break;
    case TUOYU_CHANGE_SCALE:
        status = decimal_multiply(value.as.number, changing->operand.as.number, &number);
        break;
    default: return changing->operand;
    }
    if (status != TUOYU_OK)
        changing->status = status;
    return status == TUOYU_OK ? value_number(number) : value;
}

/* Appends a value that is changed, as holding from a day on. like: the value that held, for its place. */
static void keep_changed(struct changing *changing, const struct dated_value *like, int32_t from)
{
    struct text reason = changing->change->reason;
    struct dated_value value = {.from = from, .where = like ? like->where : changing->slot->where};
    value.value = changed_value(changing, like ? like->value : VALUE_NOTHING);
    value.citation = (struct citation){.text = TEXT(""),
                                       .standing = TUOYU_PROPOSED,
                                       .note = {.zh = reason.length ? reason : TEXT("模拟方案"),
                                                .en = reason.length ? reason : TEXT("a scenario")},
                                       .where = value.where};
    keep(changing, &value);
    changing->changed++;
}

/* Whether the change has something to work on in this value: what is set needs none that was there. */
static bool can_change(const struct changing *changing, const struct dated_value *value)
{
    bool is_set = changing->change->operation == TUOYU_CHANGE_SET;
    return is_set || (value && !value->is_end && !value->is_unset);
}

/* Appends the values before the first day of the change, and the change on that day where the parameter
 * does not change by itself then. Returns how many values were used up. */
static uint32_t begin(struct changing *changing)
{
    const struct slot *slot = changing->slot;
    int32_t day = changing->change->first_day;
    uint32_t used = 0;
    while (used < slot->value_count && slot->values[used].from < day)
        keep(changing, &slot->values[used++]);
    const struct dated_value *before = used ? &slot->values[used - 1] : NULL;
    bool has_own_value = used < slot->value_count && slot->values[used].from == day;
    if (!has_own_value && can_change(changing, before))
        keep_changed(changing, before, day);
    return used;
}

/* Makes the values of the slot as the change leaves them. */
static void change_values(struct changing *changing)
{
    const struct slot *slot = changing->slot;
    bool is_of_all = is_of_all_days(changing->change);
    for (uint32_t i = is_of_all ? 0 : begin(changing); i < slot->value_count; i++) {
        const struct dated_value *value = &slot->values[i];
        if (value->is_end || !can_change(changing, value))
            keep(changing, value);
        else
            keep_changed(changing, value, value->from);
    }
    if (is_of_all && slot->value_count == 0 && can_change(changing, NULL))
        keep_changed(changing, NULL, DATE_FIRST);
}

/* ---- The whole ---- */

/* Warns of a changed value that the law which delegates the parameter does not allow. */
static void warn_of_bounds(const struct changing *changing, const struct pack_parameter *parameter,
                           tuoyu_diagnostics *diagnostics)
{
    for (uint32_t i = 0; parameter->delegation.is_given && i < changing->count; i++) {
        const struct dated_value *value = &changing->items[i];
        if (value->citation.standing != TUOYU_PROPOSED ||
            delegation_allows(&parameter->delegation, value->value))
            continue;
        report_warning(diagnostics, TUOYU_ERROR_PACK, parameter->delegation.where,
                       TEXT("the scenario is computed all the same"),
                       "the change gives `%.*s` a value outside the bounds that are set for it",
                       TEXT_ARGUMENTS(parameter->name));
        return;
    }
}

tuoyu_status parameter_apply_change(struct arena *arena, const struct pack_parameter *parameter,
                                    const struct parameter_change *change, struct slot *slot,
                                    tuoyu_diagnostics *diagnostics)
{
    assert(slot->kind == SLOT_PARAMETER);
    struct changing changing = {.arena = arena, .change = change, .slot = slot, .status = TUOYU_OK};
    tuoyu_status status = read_operand(&changing, parameter, diagnostics);
    if (status != TUOYU_OK)
        return status;
    change_values(&changing);
    if (arena->failed)
        return TUOYU_ERROR_NO_MEMORY;
    if (changing.status != TUOYU_OK)
        return report(diagnostics, changing.status, NOWHERE, TEXT(""),
                      "the change makes `%.*s` larger than any number can be",
                      TEXT_ARGUMENTS(parameter->name));
    if (changing.changed == 0)
        return report(diagnostics, TUOYU_ERROR_NOT_FOUND, NOWHERE, TEXT("set its value instead"),
                      "`%.*s` has no value on the days of the change that could be added to or multiplied",
                      TEXT_ARGUMENTS(parameter->name));
    warn_of_bounds(&changing, parameter, diagnostics);
    slot->values = changing.items;
    slot->value_count = changing.count;
    return TUOYU_OK;
}
