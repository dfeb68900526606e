/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the dated values of parameters with the period of their pack. */
#include "pack/covered_days.h"

#include <string.h>

void days_format(int32_t first, int32_t last, char text[DAYS_TEXT_SIZE])
{
    enum { DAY = 10 };
    char day[DAY + 1];
    date_format(first, day);
    memcpy(text, day, DAY);
    memcpy(text + DAY, "..", 3);
    if (last >= DATE_LAST)
        return;
    date_format(last, day);
    memcpy(text + DAY + 2, day, DAY + 1);
}

/* The last day on which the value at an index holds. */
static int32_t last_day_of(const struct pack_parameter *parameter, size_t index)
{
    return index + 1 < parameter->value_count ? parameter->values[index + 1].from - 1 : DATE_LAST;
}

/* Warns of values that never hold, because the pack is not in force on any of their days. */
static void find_idle_values(const struct pack_parameter *parameter, const struct pack_period *period,
                             tuoyu_diagnostics *diagnostics)
{
    for (size_t i = 0; i < parameter->value_count; i++) {
        const struct pack_dated_value *value = &parameter->values[i];
        char days[DAYS_TEXT_SIZE];
        days_format(period->first, period->last, days);
        if (value->from > period->last)
            report_warning(diagnostics, TUOYU_ERROR_NOT_IN_FORCE, value->where,
                           TEXT("is the day right, or the end of `in_force`?"),
                           "this value of `%.*s` never holds: its pack is in force on %s",
                           TEXT_ARGUMENTS(parameter->name), days);
        else if (!value->is_end && last_day_of(parameter, i) < period->first)
            report_warning(
                diagnostics, TUOYU_ERROR_NOT_IN_FORCE, value->where,
                TEXT("is the day right, or the beginning of `in_force`?"),
                "this value of `%.*s` never holds: the next one comes before its pack is in force, "
                "which is on %s",
                TEXT_ARGUMENTS(parameter->name), days);
    }
}

void warn_of_idle_values(const struct layering *layering, tuoyu_diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < layering->pack_count; i++) {
        const struct pack_model *model = layering->packs[i].model;
        for (size_t j = 0; j < model->parameter_count; j++)
            find_idle_values(&model->parameters[j], &model->in_force, diagnostics);
        for (size_t j = 0; j < model->override_count; j++)
            find_idle_values(&model->overrides[j].parameter, &model->in_force, diagnostics);
    }
}
