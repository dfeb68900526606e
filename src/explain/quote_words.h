/* SPDX-License-Identifier: Apache-2.0 */
/* What a quote says of a fee, in the words that every reader gets. The numbers that are shown add up, and
 * only what is in force can be broken: a fee does not break an assumed number or a draft. */
#ifndef TUOYU_EXPLAIN_QUOTE_WORDS_H
#define TUOYU_EXPLAIN_QUOTE_WORDS_H

#include "explain/display.h"
#include "rules/answer.h"

/* `（基准 1,500.00 元/月，可上浮 10%）`: what the limit of the fee was made of; nothing where the limit is
 * the amount itself or is not known. */
void display_base(const struct display *display, const struct tuoyu_quote *quote);
/* True if the most that may be charged is also the least. */
bool is_one_fee_allowed(const struct tuoyu_quote *quote);
/* How the fee stands to its limits, as a clause: `符合规定`, `不符合规定，高出 …`. It must be known. */
void display_compliance(const struct display *display, const struct tuoyu_quote *quote);
/* True if the answer is assumed by its formula alone: no number that it was put together of is assumed. */
bool is_assumed_by_method(const struct tuoyu_answer *answer);

#endif
