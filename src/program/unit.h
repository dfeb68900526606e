/* SPDX-License-Identifier: Apache-2.0 */
/* What a number counts: a product of names with whole powers, such as CNY/child/month. A percent is a ratio
 * that is written in hundredths. A pointer to a unit that is NULL stands for a unit that is not known, which
 * goes with every other. Products, quotients and powers make the units without plain numbers a commutative
 * group, whose neutral element is the ratio. */
#ifndef TUOYU_PROGRAM_UNIT_H
#define TUOYU_PROGRAM_UNIT_H

#include "base/text.h"

enum { UNIT_ATOMS = 6 }; /* a product of more names than these counts as not known */

/* A name with its power. */
struct unit_atom {
    struct text name;
    int32_t power; /* never 0 */
};

/* A product of names. */
struct unit {
    bool is_plain;   /* a number without unit: a literal, a fact or parameter that declares none */
    bool is_percent; /* a percent, which has no atoms */
    bool is_loose;  /* a plain number took part; a name that is missing here may be what that number counts */
    int8_t twelves; /* how often it was multiplied by the literal 12, which may be the months of a year;
                       below 0: divided */
    uint8_t count;  /* number of atoms; 0 in a plain number and in a ratio, such as CNY over CNY */
    /* distinct names: money first, times last, the others between them by their bytes */
    struct unit_atom atoms[UNIT_ATOMS];
};

/* The unit of a number without unit. */
extern const struct unit UNIT_PLAIN;

/* Whether a name is a length of time: year, quarter, month, week, day, hour, minute. */
bool unit_is_time(struct text name);
/* Multiplies a unit by name^power. The name is borrowed. Returns false where the product has too many names
 * or too high a power. */
bool unit_multiply(struct unit *unit, struct text name, int32_t power);
/* The unit of left × right (sign 1) or left ÷ right (sign -1). A plain number leaves the other's unit as it
 * is. NULL where it is not known, or without memory. */
const struct unit *unit_product(struct arena *arena, const struct unit *left, const struct unit *right,
                                int sign);
/* The unit to a power; NULL where it is not known, or without memory. */
const struct unit *unit_power(struct arena *arena, const struct unit *unit, int32_t power);
/* A copy of a unit with the marks is_loose and twelves of `flags` added. NULL stays NULL, and a plain unit
 * plain. */
const struct unit *unit_with_flags(struct arena *arena, const struct unit *unit, const struct unit *flags);

/* Whether numbers in the two units may be added and compared: the units are equal, both are ratios, or one is
 * plain or not known. */
bool unit_fits(const struct unit *left, const struct unit *right);
/* Whether the two do not fit, but would if a year were a month, so that a conversion by 12 is missing or in
 * the wrong direction. */
bool unit_differs_by_years(const struct unit *left, const struct unit *right);
/* Whether the two fit if some of the literals 12 in them stand for the months of a year. */
bool unit_fits_by_twelves(const struct unit *left, const struct unit *right);
/* Whether one has days or weeks where the other has months or years, which never convert. */
bool unit_mixes_days_and_months(const struct unit *left, const struct unit *right);
/* The unit of a number that may be in either: the one that says more, and with more doubt. NULL where they do
 * not fit. */
const struct unit *unit_join(const struct unit *left, const struct unit *right);
/* Whether a number in one unit may be declared to be in the other: a share may be named after what it is a
 * share of, but not after money. */
bool unit_may_be_declared(const struct unit *unit, const struct unit *declared);
/* Whether the unit is known, not plain, and has no names; a percent is a ratio. */
bool unit_is_ratio(const struct unit *unit);
/* Whether the unit has months or years. */
bool unit_has_calendar(const struct unit *unit);
/* Whether the unit is money, or money per something: exactly one currency, which is not a divisor. */
bool unit_is_money(const struct unit *unit);

#endif
