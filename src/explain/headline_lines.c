/* SPDX-License-Identifier: Apache-2.0 */
/* What the headlines of the kinds of answer share: names, numbers, lines with a number, and bounds. */
#include "explain/headline_parts.h"

void write_number(const struct display *display, const struct answer_number *number, struct text unit)
{
    if (number->is_given)
        display_number(display, number->number, unit);
    else
        display_words(display, "无", "none");
}

void number_line(struct explanation *explanation, uint32_t depth, const char *zh, const char *en,
                 const struct answer_number *number, struct text unit)
{
    if (!number->is_given)
        return;
    begin_line(explanation, depth);
    display_words(&explanation->display, zh, en);
    display_words(&explanation->display, "：", ": ");
    display_number(&explanation->display, number->number, unit);
    end_line(explanation);
}

void write_name(const struct display *display, const struct localised *label, struct text id)
{
    if (label->zh.bytes || label->en.bytes)
        display_localised(display, label);
    else
        text_append(display->builder, id);
}

void write_bound_label(struct explanation *explanation, const struct bound *bounds, size_t count,
                       struct text id)
{
    const struct display *display = &explanation->display;
    for (size_t i = 0; i < count; i++) {
        if (!text_equals(bounds[i].id, id))
            continue;
        display_words(display, "（", " (");
        write_name(display, &bounds[i].label, id);
        display_words(display, "）", ")");
    }
}

void write_binding(struct explanation *explanation, const struct bound *bounds, size_t count,
                   struct text binding)
{
    if (!binding.bytes)
        return;
    begin_line(explanation, 1);
    display_words(&explanation->display, "由限额决定", "decided by a bound");
    write_bound_label(explanation, bounds, count, binding);
    end_line(explanation);
}
