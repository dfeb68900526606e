/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of decimals. */
#include "value/decimal.h"

enum { SCALE_LIMIT = 6000 };

tuoyu_status tuoyu_decimal_from_text(const char *text, size_t length, tuoyu_decimal *out)
{
    if (text == NULL || out == NULL) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    return decimal_parse(text_of(text, length), out);
}

size_t tuoyu_decimal_to_text(const tuoyu_decimal *number, char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    if (text == NULL) {
        return 0;
    }
    if (number == NULL || !decimal_is_finite(*number)) {
        text[0] = '\0';
        return 0;
    }
    return decimal_format(*number, text);
}

tuoyu_status tuoyu_decimal_from_int64(int64_t value, int32_t scale, tuoyu_decimal *out)
{
    if (out == NULL || scale < -SCALE_LIMIT || scale > SCALE_LIMIT) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    return decimal_scale(decimal_from_integer(value), -scale, out);
}

tuoyu_status tuoyu_decimal_to_int64(const tuoyu_decimal *number, int32_t scale, int64_t *out)
{
    if (number == NULL || out == NULL || scale < -SCALE_LIMIT || scale > SCALE_LIMIT ||
        !decimal_is_finite(*number)) {
        return TUOYU_ERROR_INVALID_ARGUMENT;
    }
    return decimal_to_scaled_integer(*number, scale, out) ? TUOYU_OK : TUOYU_ERROR_OVERFLOW;
}

int32_t tuoyu_decimal_compare(const tuoyu_decimal *left, const tuoyu_decimal *right)
{
    if (left == NULL || right == NULL) {
        return (left != NULL) - (right != NULL);
    }
    bool left_is_number = decimal_is_finite(*left), right_is_number = decimal_is_finite(*right);
    if (!left_is_number || !right_is_number) {
        return right_is_number - left_is_number;
    }
    return decimal_compare(*left, *right);
}
