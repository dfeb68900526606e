/* SPDX-License-Identifier: Apache-2.0 */
/* Values and formulas as people write them, in Chinese or English. */
#ifndef TUOYU_EXPLAIN_DISPLAY_H
#define TUOYU_EXPLAIN_DISPLAY_H

#include "rules/answer.h"
#include "rules/compiled_policy.h"

struct display {
    struct text_builder *builder;
    const struct tuoyu_policy *policy;
    bool is_english;
    int32_t decimals; /* to which numbers that have more are rounded; 0 stands for 2 */
};

/* Writes the Chinese or the English words. */
void display_words(const struct display *display, const char *zh, const char *en);
/* Writes a label or note in the language of the display, or in the other one if it has only that. */
void display_localised(const struct display *display, const struct localised *localised);
/* The label of a slot, or its name where it has none. */
void display_slot_name(const struct display *display, const struct slot *slot);

/* A number that is in its unit already: `4,000.00 元/月`, `30%`, `3 个托位`. What has more decimals than are
 * shown is marked as rounded; a number that is not 0 is never shown as 0. */
void display_number(const struct display *display, tuoyu_decimal number, struct text unit);
/* A value as evaluations see it. slot: what it is a value of, for its unit and the labels of its enum; or
 * NULL. */
void display_value(const struct display *display, struct value value, const struct slot *slot);
/* As display_value, but with all digits of a number, as a formula writes them. */
void display_exact_value(const struct display *display, struct value value, const struct slot *slot);
/* A date: `2025年1月1日`, `1 January 2025`. */
void display_date(const struct display *display, int64_t date);
/* Appends that the rule of an answer is not in force on its day, and from or until when it is. */
void display_not_in_force(const struct display *display, const struct tuoyu_answer *answer);
/* `CNY/month`: `元/月`, `CNY/month`; `place`: `个托位`. Entities by their labels, with their counter words in
 * Chinese. */
void display_unit(const struct display *display, struct text unit);
/* The same behind a number, with a space where one goes there: ` 元/月`, `%`, `/月` of `1/month`; nothing of
 * no unit. */
void display_unit_after_number(const struct display *display, struct text unit);

/* A formula with labels for names: `月均收入 × 收入占比`. */
void display_formula(const struct display *display, const struct expression *formula);

#endif
