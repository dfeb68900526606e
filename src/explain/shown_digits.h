/* SPDX-License-Identifier: Apache-2.0 */
/* How many decimals an answer is shown with. Two numbers that differ are to look different, and what is shown
 * as a sum or a difference is to add up in the digits that are shown. */
#ifndef TUOYU_EXPLAIN_SHOWN_DIGITS_H
#define TUOYU_EXPLAIN_SHOWN_DIGITS_H

#include "rules/answer.h"

enum { FEWEST_DECIMALS = 2, ALL_DECIMALS = 34 };

/* The fewest decimals, from FEWEST_DECIMALS on, with which the numbers of an answer read well; ALL_DECIMALS
 * where no number of them suffices. */
int32_t decimals_of_answer(const struct tuoyu_answer *answer);

#endif
