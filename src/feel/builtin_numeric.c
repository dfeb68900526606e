/* SPDX-License-Identifier: Apache-2.0 */
/* Built-ins that round and compute single numbers. */
#include "feel/builtin_functions.h"
#include "feel/builtin_support.h"

enum { SCALE_LEAST = -6111, SCALE_MOST = 6176 };

/* Rounds the first argument to the scale in the second, or to a whole number without one. */
static struct value round_by(const struct builtin_call *call, enum decimal_rounding mode)
{
    int64_t scale = 0;
    struct value failure;
    if (call->count > 1 && !builtin_integer(call, 1, &scale, &failure))
        return failure;
    if (scale < SCALE_LEAST || scale > SCALE_MOST)
        return builtin_error(call, TUOYU_ERROR_EVALUATION, "%s: the scale %lld is not within %d to %d",
                             call->builtin->name, (long long)scale, SCALE_LEAST, SCALE_MOST);
    tuoyu_decimal result;
    tuoyu_status status = decimal_round(call->arguments[0].as.number, (int32_t)scale, mode, &result);
    return builtin_number(call, status, result);
}

/* The number rounded to so many decimals, ties to the even digit. */
struct value builtin_decimal(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_HALF_EVEN);
}

/* The greatest number of so many decimals (none) that is not above. */
struct value builtin_floor(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_FLOOR);
}

/* The least number of so many decimals (none) that is not below. */
struct value builtin_ceiling(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_CEILING);
}

/* The number rounded away from zero to so many decimals. */
struct value builtin_round_up(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_UP);
}

/* The number cut off towards zero to so many decimals. */
struct value builtin_round_down(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_DOWN);
}

/* The nearest number of so many decimals, ties away from zero. */
struct value builtin_round_half_up(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_HALF_UP);
}

/* The nearest number of so many decimals, ties towards zero. */
struct value builtin_round_half_down(const struct builtin_call *call)
{
    return round_by(call, DECIMAL_HALF_DOWN);
}

/* The number without its sign. */
struct value builtin_abs_number(const struct builtin_call *call)
{
    return value_number(decimal_absolute(call->arguments[0].as.number));
}

/* The duration without its sign. */
struct value builtin_abs_duration(const struct builtin_call *call)
{
    struct duration result;
    if (duration_absolute(call->arguments[0].as.duration, &result) == TUOYU_OK)
        return value_duration(result);
    return builtin_error(call, TUOYU_ERROR_OVERFLOW, "abs: the duration is too long");
}

/* The duration without its sign. */
struct value builtin_abs_months(const struct builtin_call *call)
{
    int64_t months = call->arguments[0].as.months;
    if (months >= 0)
        return value_months(months);
    if (months_negate(months, &months) == TUOYU_OK)
        return value_months(months);
    return builtin_error(call, TUOYU_ERROR_OVERFLOW, "abs: the duration is too long");
}

/* What is left of the dividend, with the sign of the divisor. */
struct value builtin_modulo(const struct builtin_call *call)
{
    tuoyu_decimal result;
    tuoyu_status status = decimal_modulo(call->arguments[0].as.number, call->arguments[1].as.number, &result);
    return builtin_number(call, status, result);
}

/* The square root. */
struct value builtin_sqrt(const struct builtin_call *call)
{
    tuoyu_decimal result;
    tuoyu_status status = decimal_square_root(call->arguments[0].as.number, &result);
    return builtin_number(call, status, result);
}

/* The natural logarithm. */
struct value builtin_log(const struct builtin_call *call)
{
    tuoyu_decimal result;
    tuoyu_status status = decimal_logarithm(call->arguments[0].as.number, &result);
    return builtin_number(call, status, result);
}

/* The power of Euler's number. */
struct value builtin_exp(const struct builtin_call *call)
{
    tuoyu_decimal result;
    tuoyu_status status = decimal_exponential(call->arguments[0].as.number, &result);
    return builtin_number(call, status, result);
}

/* Whether the first argument divided by two has this remainder, 0 or 1. A number with a fraction has
 * neither. */
static struct value leaves_remainder(const struct builtin_call *call, int64_t remainder)
{
    tuoyu_decimal left;
    tuoyu_status status = decimal_modulo(call->arguments[0].as.number, decimal_from_integer(2), &left);
    if (status != TUOYU_OK)
        return builtin_number(call, status, left);
    return value_boolean(decimal_compare(left, decimal_from_integer(remainder)) == 0);
}

/* Whether it is a whole number that two does not divide. */
struct value builtin_odd(const struct builtin_call *call)
{
    return leaves_remainder(call, 1);
}

/* Whether it is a whole number that two divides. */
struct value builtin_even(const struct builtin_call *call)
{
    return leaves_remainder(call, 0);
}
