/* SPDX-License-Identifier: Apache-2.0 */
/* Decides whether an amount of money can be what it says it is: not below zero and, where it is paid, in
 * whole fen. */
#include "program/money_check.h"

bool is_whole_fen(tuoyu_decimal number)
{
    tuoyu_decimal fen;
    return decimal_scale(number, 2, &fen) == TUOYU_OK && decimal_is_integer(fen);
}

/* Whether a number has more than MONEY_DIGITS before the point. */
static bool is_too_large(tuoyu_decimal number)
{
    tuoyu_decimal least;
    return decimal_scale(decimal_from_integer(1), MONEY_DIGITS, &least) != TUOYU_OK ||
           decimal_compare(number, least) >= 0;
}

const char *money_problem(const struct money_check *check, tuoyu_decimal number)
{
    if (decimal_sign(number) < 0)
        return "below zero";
    if (!check->is_payable)
        return NULL;
    if (is_too_large(number))
        return "too large, it has more than 15 digits before the point";
    return is_whole_fen(number) ? NULL : "not in whole fen";
}
