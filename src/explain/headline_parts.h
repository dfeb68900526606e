/* SPDX-License-Identifier: Apache-2.0 */
/* What the headline of an answer is put together of. Each kind of answer writes its own lines. */
#ifndef TUOYU_EXPLAIN_HEADLINE_PARTS_H
#define TUOYU_EXPLAIN_HEADLINE_PARTS_H

#include "explain/explanation.h"

/* ---- headline_lines.c ---- */
/* Writes a number in a unit, or `none` if it is not given. */
void write_number(const struct display *display, const struct answer_number *number, struct text unit);
/* Writes a label, or the id where there is none. */
void write_name(const struct display *display, const struct localised *label, struct text id);
/* `zh：number`, a line of its own; nothing where there is no number. */
void number_line(struct explanation *explanation, uint32_t depth, const char *zh, const char *en,
                 const struct answer_number *number, struct text unit);
/* `（label）` of a bound; nothing where the limit is not one of the rule's bounds. */
void write_bound_label(struct explanation *explanation, const struct bound *bounds, size_t count,
                       struct text id);
/* Writes a line that says which bound decided the amount; nothing if none did. */
void write_binding(struct explanation *explanation, const struct bound *bounds, size_t count,
                   struct text binding);

/* ---- The lines of each kind of answer, which must be of that kind ---- */
void write_quote(struct explanation *explanation, const struct tuoyu_answer *answer);   /* quote_text.c */
void write_split(struct explanation *explanation, const struct tuoyu_answer *answer);   /* split_text.c */
void write_payout(struct explanation *explanation, const struct tuoyu_answer *answer);  /* payout_text.c */
void write_measure(struct explanation *explanation, const struct tuoyu_answer *answer); /* measure_text.c */
/* verdict_text.c: the decision and what the rule has beside it. */
void write_verdict(struct explanation *explanation, const struct tuoyu_answer *answer);
/* verdict_text.c: of an open verdict, which of the missing facts would be enough, and how its criteria stand;
 * it follows the list of what is missing. */
void write_deciding(struct explanation *explanation, const struct tuoyu_answer *answer);

#endif
