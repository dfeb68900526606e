/* SPDX-License-Identifier: Apache-2.0 */
/* What a pack writes and a program keeps: texts in two languages, expressions not yet parsed, roundings,
 * citations. */
#ifndef TUOYU_PROGRAM_WRITTEN_H
#define TUOYU_PROGRAM_WRITTEN_H

#include "base/source.h"
#include "value/decimal.h"

/* A plain text stands in both languages; with only one language given the other has bytes NULL. */
struct localised {
    struct text zh, en;
};

/* FEEL, not yet parsed. Not given: text.bytes NULL. */
struct expression_text {
    struct text text;
    struct location where;
    bool is_verbatim; /* the text's bytes stand unchanged at where, so that offsets can be added */
};

/* To a multiple of `to`, which is above 0. */
struct rounding {
    bool is_given;
    tuoyu_decimal to;
    enum decimal_rounding mode;
};

/* Where a number, a row or a formula comes from. */
struct citation {
    struct text text;    /* the source's title and the clause; empty where nothing is cited. Ends with NUL. */
    struct text english; /* the same by the source's English title; bytes NULL where it has no other. Ends
                            with NUL. */
    int32_t status; /* TUOYU_CITED … TUOYU_ASSUMED; 0: it claims nothing of its own (a fact, a plain name) */
    struct localised note;
    struct location where; /* of the cite in its pack, or of what it belongs to */
};

static inline struct text citation_in(const struct citation *citation, bool is_english)
{
    return is_english && citation->english.bytes ? citation->english : citation->text;
}

enum hit_policy {
    HIT_UNIQUE,
    HIT_ANY,
    HIT_PRIORITY,
    HIT_FIRST,
    HIT_RULE_ORDER,
    HIT_OUTPUT_ORDER,
    HIT_COLLECT,
    HIT_COLLECT_SUM,  /* C+ */
    HIT_COLLECT_MIN,  /* C< */
    HIT_COLLECT_MAX,  /* C> */
    HIT_COLLECT_COUNT /* C# */
};

#endif
