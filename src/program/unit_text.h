/* SPDX-License-Identifier: Apache-2.0 */
/* Units as texts. What people write, `元/人/月`, `CNY/(person*month)` or `m²`, is read into a product of
 * names with powers; the same product always gives the same canonical text, `CNY/person/month`, which reads
 * back to it.
 *
 *     unit    = product { "/" divisor }       the product may be "1": 1/month, or 1 for a plain factor
 *     divisor = factor | "(" product ")"
 *     product = factor { ("*" | "·" | "×") factor }
 *     factor  = name [ "^" whole number | "²" | "³" ] */
#ifndef TUOYU_PROGRAM_UNIT_TEXT_H
#define TUOYU_PROGRAM_UNIT_TEXT_H

#include "program/unit.h"
#include "program/unit_names.h"

enum {
    UNIT_TEXT_MOST = 255, /* bytes of what stands in a pack, as of a name; a longer text is no unit */
    UNIT_TEXT_POWER = 9   /* the highest power that can be written, above and below 0 */
};

/* Reads a unit with its names as they are written. false: it is none, and *problem says what to do instead.
 * The names stand in the text. */
bool unit_text_read(struct text text, struct unit *out, const char **problem);

/* The same unit over bases: 元 becomes CNY, m2 becomes m^2. Names of things that are counted stay, since a
 * pack's entities go before them, and names that are not known. false: *problem says what to do. */
bool unit_text_resolve(const struct unit *written, struct unit *out, const char **problem);

/* Both, of what stands in a pack and may not be longer than UNIT_TEXT_MOST. */
bool unit_text_check(struct text written, struct unit *out, const char **problem);

/* Whether a text is a unit of money: `CNY`, `CNY/month`, 元/人. */
bool unit_text_is_money(struct text text);

/* The canonical text of a unit: money first, then what is counted, then times, each by name, divisors after
 * "/"; ended by NUL. bytes NULL without memory. A plain number's is empty, a ratio's `1`. */
struct text unit_text_of(struct arena *arena, const struct unit *unit);
/* What a canonical text stands for: `CNY/month`, `percent`; empty: plain. NULL without memory, and for what
 * is no unit. */
const struct unit *unit_of_text(struct arena *arena, struct text text);
/* A single name, which must be a literal of C. */
const struct unit *unit_of_name(struct arena *arena, const char *name);
/* As a message shows it: the canonical text, or `no unit`. */
struct text unit_show(struct arena *arena, const struct unit *unit);

#endif
