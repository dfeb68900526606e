/* SPDX-License-Identifier: Apache-2.0 */
/* What the texts of a pack can mean: names, dates, periods, numbers, units, cites. The functions here test
 * and read; only scalar_check() reports. */
#ifndef TUOYU_PACK_SCALAR_H
#define TUOYU_PACK_SCALAR_H

#include "base/diagnostics.h"
#include "pack/model.h"
#include "pack/node.h"

/* What kind of text may stand somewhere. */
enum scalar_kind {
    SCALAR_NONE,       /* no scalar is allowed */
    SCALAR_TEXT,       /* any text that is not empty */
    SCALAR_EXPRESSION, /* FEEL; its grammar is checked once names are known */
    SCALAR_NAME,
    SCALAR_PACK_ID,
    SCALAR_RULE, /* a rule's name, or `pack.id:name` */
    SCALAR_DATE,
    SCALAR_PERIOD,
    SCALAR_NUMBER,
    SCALAR_WHOLE, /* 0, 1, 2 … */
    SCALAR_BOOLEAN,
    SCALAR_UNIT,
    SCALAR_CITE,
    SCALAR_RANGE, /* `[0..100]`; its ends are read once the type of the fact is known */
    SCALAR_WORD,  /* one word of a list */
    SCALAR_ANY,   /* any text, also an empty one; it is read elsewhere */
    SCALAR_KINDS
};

/* What a text of this kind is, for messages and the reference: "a date such as 2024-01-31". */
const char *scalar_meaning(enum scalar_kind kind);
/* A regular expression (ECMA 262) for the JSON Schema, or NULL where the kind has none. */
const char *scalar_pattern(enum scalar_kind kind);

/* The longest name or id in bytes. It is bounded because what is shown and looked up is made of several of
 * them: `pack.id:rule.step`. */
enum { SCALAR_LONGEST_NAME = 255 };

/* Whether the text is a name that expressions can use, and no word of FEEL. */
bool scalar_is_name(struct text text);
/* Whether the text is made of segments of small letters, digits and `-`, joined by dots. */
bool scalar_is_pack_id(struct text text);
/* Reads `2024-01-01..2025-12-31` or `2024-01-01..`, whose last day is DATE_LAST. Returns TUOYU_OK,
 * TUOYU_ERROR_PACK (another form, or it ends before it begins) or TUOYU_ERROR_DATE (no such day). */
tuoyu_status scalar_period(struct text text, int32_t *first, int32_t *last);
/* Reads a whole number from 0 to INT32_MAX; false for any other text. */
bool scalar_whole(struct text text, int64_t *out);
/* Reads `true` or `false`; returns false for any other text. */
bool scalar_boolean(struct text text, bool *out);
/* Splits a cite into the source's id, which is the first word, and the clause, which may be empty. */
void scalar_cite(struct text text, struct text *source, struct text *clause);
/* A range as written: its ends trimmed, empty where it is open-ended. */
struct range_text {
    struct text low, high;
    bool low_included, high_included;
};
/* Reads `[low..high)`; false for another form. The ends are not interpreted. */
bool scalar_range(struct text text, struct range_text *out);
/* TUOYU_CITED, _DERIVED, _DRAFT or _ASSUMED, or 0 for any other text. */
pack_standing scalar_standing(struct text text);
/* The words for them in the same order, ended by NULL. */
extern const char *const SCALAR_STATUS_WORDS[];

/* The index of a text in a list of words that ends with NULL, or SIZE_MAX. */
size_t scalar_word(const char *const *words, struct text text);

/* Tests whether a text is of a kind. Returns TUOYU_OK, TUOYU_ERROR_DATE for a day that does not exist, or
 * TUOYU_ERROR_PACK for any other reason. words: the list of a SCALAR_WORD, else NULL. */
tuoyu_status scalar_judge(enum scalar_kind kind, const char *const *words, struct text text);
/* Like scalar_judge(), and reports what is wrong. name says what has the value, such as `'unit'`. */
tuoyu_status scalar_check(enum scalar_kind kind, const char *const *words, struct text text,
                          struct location where, struct text name, tuoyu_diagnostics *diagnostics);

/* Writes "did you mean 'x'?" sealed into the buffer; returns an empty text where there is no x. */
enum { SCALAR_HINT_SIZE = 400 };
/* The text points into the buffer. */
struct text scalar_did_you_mean(struct text best, char hint[SCALAR_HINT_SIZE]);
/* The text cut to at most `limit` bytes, between characters. */
struct text scalar_shortened(struct text text, size_t limit);
/* Whether the text holds full-width characters that stand where ASCII is meant: １２．５ （ ） ， */
bool scalar_has_full_width(struct text text);
/* Whether the text is a number by its form that no decimal128 can hold. */
bool scalar_is_beyond_numbers(struct text text);
/* The message about such a number, to follow its name. */
#define SCALAR_BEYOND_NUMBERS "has more than 34 digits, or is too large or too small"

#endif
