/* SPDX-License-Identifier: Apache-2.0 */
/* Tries more and more decimals until the numbers of an answer can be told apart and add up. */
#include "explain/shown_digits.h"

/* Rounds as it is shown; a number that cannot be rounded is shown as it is. */
static tuoyu_decimal shown(const struct answer_number *number, int32_t decimals)
{
    tuoyu_decimal rounded;
    bool is_rounded = decimal_round(number->number, decimals, DECIMAL_HALF_UP, &rounded) == TUOYU_OK;
    return is_rounded ? rounded : number->number;
}

/* Whether numbers that differ look different. */
static bool are_told_apart(const struct answer_number *const *numbers, size_t count, int32_t decimals)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            if (!numbers[i]->is_given || !numbers[j]->is_given ||
                decimal_compare(numbers[i]->number, numbers[j]->number) == 0)
                continue;
            if (decimal_compare(shown(numbers[i], decimals), shown(numbers[j], decimals)) == 0)
                return false;
        }
    return true;
}

/* Whether `larger - smaller = difference` holds as shown. It need not where the difference is 0 or not given.
 */
static bool is_difference(const struct answer_number *larger, const struct answer_number *smaller,
                          const struct answer_number *difference, int32_t decimals)
{
    tuoyu_decimal again;
    if (!difference->is_given || decimal_sign(difference->number) == 0 || !larger->is_given ||
        !smaller->is_given)
        return true;
    return decimal_subtract(shown(larger, decimals), shown(smaller, decimals), &again) == TUOYU_OK &&
           decimal_compare(again, shown(difference, decimals)) == 0;
}

static bool quote_reads_well(const struct tuoyu_answer *answer, int32_t decimals)
{
    const struct tuoyu_quote *quote = quote_of(answer);
    const struct answer_number *const numbers[] = {&quote->amount, &quote->at_most, &quote->at_least,
                                                   &quote->charged};
    return are_told_apart(numbers, sizeof numbers / sizeof *numbers, decimals) &&
           is_difference(&quote->charged, &quote->at_most, &quote->excess, decimals) &&
           is_difference(&quote->at_least, &quote->charged, &quote->shortfall, decimals);
}

static bool split_reads_well(const struct tuoyu_answer *answer, int32_t decimals)
{
    const struct tuoyu_split *split = split_of(answer);
    tuoyu_decimal sum = decimal_from_integer(0);
    for (size_t i = 0; i < cost_sharing_of(answer->rule)->payer_count; i++)
        if (!split->lines[i].is_given ||
            decimal_add(sum, shown(&split->lines[i], decimals), &sum) != TUOYU_OK)
            return true; /* then nothing is shown as a sum */
    return !split->whole.is_given || decimal_compare(sum, shown(&split->whole, decimals)) == 0;
}

static bool measure_reads_well(const struct tuoyu_answer *answer, int32_t decimals)
{
    const struct tuoyu_measure *measure = measure_of(answer);
    const struct answer_number *const numbers[] = {&measure->value, &measure->target, &measure->lower,
                                                   &measure->upper};
    return are_told_apart(numbers, sizeof numbers / sizeof *numbers, decimals);
}

/* Whether an answer reads well with so many decimals, by kind of answer; NULL: any number will do. */
static bool (*const READS_WELL[])(const struct tuoyu_answer *answer, int32_t decimals) = {
    [TUOYU_RULE_PRICING] = quote_reads_well,
    [TUOYU_RULE_COST_SHARING] = split_reads_well,
    [TUOYU_RULE_ELIGIBILITY] = NULL,
    [TUOYU_RULE_INDICATOR] = measure_reads_well,
    [ANSWER_PAYOUT] = NULL, /* it pays whole fen */
};
static_assert(sizeof READS_WELL / sizeof *READS_WELL == ANSWER_KIND_COUNT, "each kind of answer is shown");

int32_t decimals_of_answer(const struct tuoyu_answer *answer)
{
    int32_t decimals = FEWEST_DECIMALS;
    if (READS_WELL[answer->kind] && answer->outcome != TUOYU_NOT_APPLICABLE)
        while (decimals < ALL_DECIMALS && !READS_WELL[answer->kind](answer, decimals))
            decimals++;
    return decimals;
}
