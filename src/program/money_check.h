/* SPDX-License-Identifier: Apache-2.0 */
/* What an amount of money has to keep to, whatever the facts are. A slot with a check is an error where its
 * value breaks it, so that a case, a row of a table and everything that reads the slot meet the same refusal.
 */
#ifndef TUOYU_PROGRAM_MONEY_CHECK_H
#define TUOYU_PROGRAM_MONEY_CHECK_H

#include "base/text.h"
#include "value/decimal.h"

/* The most digits before the point of an amount. Products of two amounts are then exact in 34 digits, and so
 * are sums of as many as memory holds. */
enum { MONEY_DIGITS = 15 };

struct money_check {
    const char *noun; /* what an error calls the amount, such as "share"; NULL where nothing is checked */
    struct text of;   /* whose amount it is, as in "the share of `city`"; empty where the noun suffices */
    bool is_payable;  /* it is paid as it stands, so it must be in whole fen and have at most MONEY_DIGITS */
};

/* What is wrong with an amount in its unit, as the end of a sentence: "below zero"; NULL where it keeps to
 * the check. */
const char *money_problem(const struct money_check *check, tuoyu_decimal number);

/* Whether a number has no more than two decimals. */
bool is_whole_fen(tuoyu_decimal number);

#endif
