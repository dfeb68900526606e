/* SPDX-License-Identifier: Apache-2.0 */
/* What the texts of a pack can mean: names, dates, periods, numbers, units, cites. The functions here ask and
 * read; the schema's check reports. */
#ifndef TUOYU_PACK_SCALAR_H
#define TUOYU_PACK_SCALAR_H

#include "base/diagnostics.h"
#include "pack/model.h"
#include "pack/node.h"

enum scalar_kind {
    SCALAR_NONE,       /* no scalar is allowed */
    SCALAR_TEXT,       /* any text that is not empty */
    SCALAR_EXPRESSION, /* FEEL; its grammar is checked when names are known */
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
    SCALAR_RANGE, /* `[0..100]`; its ends are read by the type of the fact */
    SCALAR_WORD,  /* one of a list */
    SCALAR_ANY,   /* read elsewhere; may be empty */
    SCALAR_KINDS
};

/* For messages and the reference: "a date such as 2024-01-31". */
const char *scalar_meaning(enum scalar_kind kind);
/* A regular expression (ECMA 262) for the JSON Schema, or NULL. */
const char *scalar_pattern(enum scalar_kind kind);

/* Names and ids are bounded, since what is shown and looked up is made of several of them:
 * `pack.id:rule.step`. */
enum { SCALAR_LONGEST_NAME = 255 /* bytes */ };

bool scalar_is_name(struct text text);
bool scalar_is_pack_id(struct text text);
/* `2024-01-01..2025-12-31` or `2024-01-01..`. TUOYU_OK, TUOYU_ERROR_PACK (another form, or it ends before it
 * begins) or TUOYU_ERROR_DATE. */
tuoyu_status scalar_period(struct text text, int32_t *first, int32_t *last);
/* From 0 to INT32_MAX. */
bool scalar_whole(struct text text, int64_t *out);
bool scalar_boolean(struct text text, bool *out);
/* The first word and the rest. */
void scalar_cite(struct text text, struct text *source, struct text *clause);
/* `[low..high)`: ends trimmed, empty where it is open. false: another form. */
struct range_text {
    struct text low, high;
    bool low_included, high_included;
};
bool scalar_range(struct text text, struct range_text *out);
/* TUOYU_CITED … or 0. */
pack_status scalar_status(struct text text);
/* "cited", "derived", "draft", "assumed", NULL. */
extern const char *const SCALAR_STATUS_WORDS[];

/* The index of a text in a list that ends with NULL, or SIZE_MAX. */
size_t scalar_word(const char *const *words, struct text text);

/* Whether a text is of this kind: TUOYU_OK, TUOYU_ERROR_DATE, or TUOYU_ERROR_PACK for any other reason.
 * words: of SCALAR_WORD. */
tuoyu_status scalar_judge(enum scalar_kind kind, const char *const *words, struct text text);
/* The same, and reports what is wrong with it: what stands under or beside `name`. */
tuoyu_status scalar_check(enum scalar_kind kind, const char *const *words, struct text text,
                          struct location where, struct text name, tuoyu_diagnostics *diagnostics);

/* "did you mean 'x'?" in the buffer, or an empty text. */
enum { SCALAR_HINT_SIZE = 400 };
struct text scalar_did_you_mean(struct text best, char hint[SCALAR_HINT_SIZE]);
/* No longer than limit bytes, cut between characters. */
struct text scalar_shortened(struct text text, size_t limit);
/* Whether characters of East Asian full width stand where ASCII is meant: １２．５ （ ） ， */
bool scalar_has_full_width(struct text text);
/* Whether a text is written as a number, but as one that a decimal128 does not hold. */
bool scalar_is_beyond_numbers(struct text text);
/* What is said of such a number, after its name. */
#define SCALAR_BEYOND_NUMBERS "has more than 34 digits, or is too large or too small"

#endif
