/* SPDX-License-Identifier: Apache-2.0 */
/* A decimal128 taken apart: (-1)^negative * coefficient * 10^exponent. Only the files about decimals use
 * it. */
#ifndef TUOYU_VALUE_DECIMAL_BITS_H
#define TUOYU_VALUE_DECIMAL_BITS_H

#include <tuoyu/common.h>

__extension__ typedef unsigned __int128 uint128;

enum { DECIMAL_DIGITS = 34, DECIMAL_EXPONENT_MIN = -6176, DECIMAL_EXPONENT_MAX = 6111, DECIMAL_BIAS = 6176 };

struct decimal_bits {
    uint128 coefficient; /* below 10^34 */
    int32_t exponent;
    bool negative;
};

/* The number must be finite; a coefficient beyond 34 digits counts as zero, as IEEE 754 says. */
struct decimal_bits decimal_unpack(tuoyu_decimal number);
/* Removes final zeros of the coefficient by raising the exponent; zero gets exponent 0 and no sign. */
struct decimal_bits decimal_strip(struct decimal_bits bits);
/* Stores the number as a decimal128. Any exponent and coefficient may be given; TUOYU_ERROR_OVERFLOW unless
 * 34 digits and the range of exponents hold the number exactly. */
tuoyu_status decimal_pack(struct decimal_bits bits, tuoyu_decimal *out);
/* base to an integer power, as if multiplied without rounding and then rounded once. base is not zero if the
 * exponent is negative. */
tuoyu_status decimal_power_integer(tuoyu_decimal base, int64_t exponent, tuoyu_decimal *out);
/* 10^power, power from 0 to 38. */
uint128 decimal_power_of_ten(int32_t power);

#endif
