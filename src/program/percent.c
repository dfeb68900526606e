/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in percent: how they stand in a pack, and how expressions see them. */
#include "program/percent.h"

bool unit_is_percent(struct text unit)
{
    return text_equals(unit, TEXT("percent"));
}

tuoyu_status number_to_unit(struct text unit, tuoyu_decimal number, tuoyu_decimal *out)
{
    *out = number;
    return unit_is_percent(unit) ? decimal_scale(number, 2, out) : TUOYU_OK;
}

tuoyu_status number_from_unit(struct text unit, tuoyu_decimal number, tuoyu_decimal *out)
{
    *out = number;
    return unit_is_percent(unit) ? decimal_scale(number, -2, out) : TUOYU_OK;
}
