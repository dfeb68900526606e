/* SPDX-License-Identifier: Apache-2.0 */
/* What a pack writes and the program keeps: texts in two languages, expressions not yet parsed, roundings,
 * citations. */
#ifndef TUOYU_PROGRAM_WRITTEN_H
#define TUOYU_PROGRAM_WRITTEN_H

#include "base/source.h"
#include "value/decimal.h"

/* A text in two languages. A plain text stands for both; where only one language is given, the other has
 * bytes NULL. */
struct localised {
    struct text zh, en;
};

/* An expression of FEEL, not yet parsed; text.bytes is NULL where none is given. */
struct expression_text {
    struct text text;
    struct location where;
    bool is_verbatim; /* the text's bytes stand unchanged at where, so that offsets can be added */
};

/* A rounding to a multiple of `to`, which is above 0. */
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
    int32_t standing; /* TUOYU_CITED … TUOYU_ASSUMED; 0 where it claims nothing, as a fact or a plain name */
    struct localised note;
    struct location where; /* location of the `cite:` key, or of its parent if there is none */
};

/* The text of a citation in a language; the Chinese one where there is no English one. */
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
