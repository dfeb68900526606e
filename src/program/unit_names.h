/* SPDX-License-Identifier: Apache-2.0 */
/* The units that the format knows by name, in Chinese and English. `元/月` is the unit `CNY/month` because
 * this table says that 元 is a name of CNY and 月 of month. Any other name is a unit of its own, as the
 * entities of packs are. */
#ifndef TUOYU_PROGRAM_UNIT_NAMES_H
#define TUOYU_PROGRAM_UNIT_NAMES_H

#include "base/text.h"

/* What kind of thing a name counts. */
enum unit_sort {
    UNIT_SORT_PERCENT,
    UNIT_SORT_TIME,    /* stands last in a canonical text: CNY/child/month */
    UNIT_SORT_MEASURE, /* means the same in every pack */
    UNIT_SORT_THING    /* things that are counted; an entity's label takes precedence over these names */
};

enum { UNIT_PARTS = 2, UNIT_OTHERS = 6 };

/* One factor of what a name stands for. */
struct unit_part {
    const char *base;
    int8_t power;
};

/* A unit with all its names. */
struct known_unit {
    const char *name; /* as canonical texts write it; NULL for a word for a product, which they write out */
    enum unit_sort sort;
    const char *zh, *en; /* as people write it */
    const char *counter; /* what stands between a number and the Chinese word: 个 in `3 个托位`; "" where
                            nothing does */
    const char *others[UNIT_OTHERS];    /* further names, ended by NULL where there are fewer */
    struct unit_part parts[UNIT_PARTS]; /* the product that it stands for; empty where it is a base itself */
};

/* The unit that a name stands for; NULL where the format does not know it. A Chinese word is also known with
 * its counter: `个托位` is `托位`. */
const struct known_unit *known_unit_find(struct text name);
/* The unit whose canonical name stands for the base to this power: m and 2 give `m2`. NULL where there is
 * none. */
const struct known_unit *known_unit_of_base(struct text base, int32_t power);
/* The known name that is nearest to an unknown one; empty where none is near. Sets *differs_by_case to
 * whether they differ only in case, as `cny` does. */
struct text known_unit_nearest(struct text name, bool *differs_by_case);
/* All of them, in the order of the reference page; after the last one stands one without a Chinese word. */
extern const struct known_unit KNOWN_UNITS[];

/* What to write instead of a name that looks like a unit but is none, because numbers are never scaled by
 * their unit, such as `万元`. NULL for any other name. */
const char *scaled_unit_advice(struct text name);

#endif
