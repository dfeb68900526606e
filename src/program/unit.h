/* SPDX-License-Identifier: Apache-2.0 */
/* What a number counts: a product of names with whole powers, such as CNY/child/month. A percent is a ratio
 * that is written in hundredths. A pointer that is NULL stands for what is not known, which goes with
 * everything. Products, quotients and powers make the units without plain numbers a commutative group, whose
 * one is the ratio. */
#ifndef TUOYU_PROGRAM_UNIT_H
#define TUOYU_PROGRAM_UNIT_H

#include "base/text.h"

enum { UNIT_ATOMS = 6 }; /* a product of more names is not known */

struct unit_atom {
    struct text name;
    int32_t power; /* never 0 */
};

struct unit {
    bool is_plain;   /* a number without unit: a literal, a fact or parameter that declares none */
    bool is_percent; /* no atoms then */
    bool is_loose;   /* a plain number took part: what that counts may be what is missing */
    int8_t twelves;  /* how often it was multiplied (below 0: divided) by the literal 12, which may be the
                        months of a year */
    uint8_t count;   /* no atoms and not plain: a ratio, such as CNY over CNY */
    /* names distinct; money first, times last, otherwise by their bytes */
    struct unit_atom atoms[UNIT_ATOMS];
};

extern const struct unit UNIT_PLAIN;

/* Whether a name is that of a length of time: year, quarter, month, week, day, hour, minute. */
bool unit_is_time(struct text name);
/* Multiplies by name^power. The name is not copied. false: the product has too many names or too high a
 * power. */
bool unit_multiply(struct unit *unit, struct text name, int32_t power);
/* sign 1: left × right, -1: left ÷ right. A plain number leaves the other's unit as it is. */
const struct unit *unit_product(struct arena *arena, const struct unit *left, const struct unit *right,
                                int sign);
const struct unit *unit_power(struct arena *arena, const struct unit *unit, int32_t power);
/* A copy that remembers what a number without unit did to it. NULL stays NULL. */
const struct unit *unit_with_flags(struct arena *arena, const struct unit *unit, const struct unit *flags);

/* Whether the two may be added and compared: equal, both ratios, or one of them plain or not known. */
bool unit_fits(const struct unit *left, const struct unit *right);
/* Whether they would fit if a year were a month: what parts them is a conversion by 12, or its direction. */
bool unit_differs_by_years(const struct unit *left, const struct unit *right);
/* Whether they fit if some of the literals 12 in them are months of a year. */
bool unit_fits_by_twelves(const struct unit *left, const struct unit *right);
/* Whether one has a length of days or weeks where the other has one of months or years: they never convert.
 */
bool unit_mixes_days_and_months(const struct unit *left, const struct unit *right);
/* What both can be: the one that says more, and more doubtfully; NULL where they do not fit. */
const struct unit *unit_join(const struct unit *left, const struct unit *right);
/* Whether a number of that kind may be declared to be in the unit: a share may be named after what it is a
 * share of, but is no money. */
bool unit_may_be_declared(const struct unit *unit, const struct unit *declared);
bool unit_is_ratio(const struct unit *unit);
bool unit_has_calendar(const struct unit *unit);
/* Whether it is money, or money per something: exactly one currency, which is no divisor. */
bool unit_is_money(const struct unit *unit);

#endif
