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

#include "base/messages.h"
#include "program/unit.h"
#include "program/unit_names.h"

enum {
    UNIT_TEXT_MOST = 255, /* the most bytes of a unit in a pack; a longer text is no unit */
    UNIT_TEXT_POWER = 9   /* the highest power that can be written, above and below 0 */
};

/* Reads a unit with its names as they are written, which it borrows from the text. Returns false where the
 * text is no unit, and *problem says what to do instead. */
bool unit_text_read(struct text text, struct unit *out, const char **problem);

/* Gives the same unit over bases: 元 becomes CNY, m2 becomes m^2. Names of things that are counted stay,
 * since a pack's entities take precedence over them, and so do unknown names. Returns false where that fails,
 * and *problem says what to do. */
bool unit_text_resolve(const struct unit *written, struct unit *out, const char **problem);

/* Reads and resolves a unit as a pack writes it, of at most UNIT_TEXT_MOST bytes. Returns false where it is
 * none, and *problem says what to do. */
bool unit_text_check(struct text written, struct unit *out, const char **problem);

/* Whether a text is a unit of money, such as `CNY`, `CNY/month` or 元/人. */
bool unit_text_is_money(struct text text);

/* The canonical text of a unit: money first, then what is counted, then times, each by name, divisors after
 * "/". It ends with NUL; bytes is NULL without memory. A plain number's text is empty, a ratio's is `1`. */
struct text unit_text_of(struct arena *arena, const struct unit *unit);
/* The unit of a canonical text, such as `CNY/month` or `percent`; an empty text gives UNIT_PLAIN. NULL
 * without memory, and for a text that is no unit. */
const struct unit *unit_of_text(struct arena *arena, struct text text);
/* The unit of a single name, which must be a literal of C, because it is borrowed. NULL without memory. */
const struct unit *unit_of_name(struct arena *arena, const char *name);
/* A unit as messages in a language show it: its canonical or its Chinese text, or `no unit`, which is a word
 * of messages. */
struct text unit_show(struct arena *arena, const struct unit *unit, enum language language);

#endif
