/* SPDX-License-Identifier: Apache-2.0 */
/* What a number counts: a product of names with whole powers, such as CNY/month. A percent is a ratio that is written in
 * hundredths. A pointer that is NULL stands for what is not known, which goes with everything. */
#ifndef TUOYU_PLAN_UNIT_H
#define TUOYU_PLAN_UNIT_H

#include "base/text.h"

enum { UNIT_ATOMS = 6 }; /* a product of more names is not known */

struct unit_atom {
    struct text name;
    int32_t power; /* never 0 */
};

struct unit {
    bool is_plain;   /* a number without unit: a literal, a fact or parameter that declares none */
    bool is_percent; /* no atoms then */
    bool has_twelve; /* something per year or month was multiplied or divided by the literal 12 */
    bool is_loose;   /* a plain number took part: what that counts may be what is missing */
    uint8_t count;   /* no atoms and not plain: a ratio, such as CNY over CNY */
    struct unit_atom atoms[UNIT_ATOMS]; /* names distinct, sorted */
};

extern const struct unit UNIT_PLAIN;

/* As declared: `CNY/month`, `CNY/place/month`, `percent`; empty: plain. NULL without memory or with too many names. */
const struct unit *unit_of_text(struct arena *arena, struct text text);
/* A single name, which must be a literal of C. */
const struct unit *unit_of_name(struct arena *arena, const char *name);
/* sign 1: left × right, -1: left ÷ right. A plain number leaves the other's unit as it is. */
const struct unit *unit_product(struct arena *arena, const struct unit *left, const struct unit *right, int sign);
const struct unit *unit_power(struct arena *arena, const struct unit *unit, int32_t power);
/* A copy that remembers what a number without unit did to it;. NULL stays NULL. */
const struct unit *unit_with_flags(struct arena *arena, const struct unit *unit, const struct unit *flags);

/* Whether the two may be added and compared: equal, both ratios, or one of them plain or not known. */
bool unit_fits(const struct unit *left, const struct unit *right);
/* The same where a year may stand for months. */
bool unit_fits_by_calendar(const struct unit *left, const struct unit *right);
/* What both can be: the one that says more, and more doubtfully; NULL where they do not fit. */
const struct unit *unit_join(const struct unit *left, const struct unit *right);
/* Whether a number of that kind may be declared to be in the unit: a share may be named after what it is a share of, but
 * is no money. */
bool unit_may_be_declared(const struct unit *unit, const struct unit *declared);
bool unit_is_ratio(const struct unit *unit);
bool unit_has_calendar(const struct unit *unit);
/* `CNY/month`; `no unit` */
struct text unit_show(struct arena *arena, const struct unit *unit);

#endif
