/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals as text: reading literals, and writing the canonical form, one with a fixed number of decimals,
 * and that of scaled integers. */
#include <assert.h>
#include <string.h>

#include "value/decimal.h"
#include "value/decimal_bits.h"
#include "value/scan.h"

/* A number that needs more than PLAIN_PLACES digits is written with an exponent. Zeros that the caller
 * asked for may lengthen it to PADDED_PLACES; with a sign, `0.` and NUL that stays below
 * TUOYU_DECIMAL_TEXT_SIZE. */
enum { PLAIN_PLACES = 40, PADDED_PLACES = 56, EXPONENT_LIMIT = 100000 };
#define EXPONENT_SATURATED INT64_C(1000000000000000)

/* ---- Reading ---- */

/* The digits that were read, on both sides of the point. Zeros are held back until another digit follows
 * them, so that `1.50000…` is no overflow. */
struct digits {
    struct decimal_bits bits;
    size_t zeros; /* zeros read since the last digit that is not zero */
    bool is_lost; /* whether more than 34 digits count, so that some were lost */
};

/* Appends a digit; sets is_lost instead if the coefficient is full. */
static void add_digit(struct digits *digits, int digit)
{
    if (digit == 0) {
        digits->zeros += digits->bits.coefficient != 0;
        return;
    }
    for (size_t i = 0; i <= digits->zeros; i++) {
        if (digits->bits.coefficient >= decimal_power_of_ten(DECIMAL_DIGITS - 1)) {
            digits->is_lost = true;
            return;
        }
        digits->bits.coefficient *= 10;
    }
    digits->bits.coefficient += (unsigned)digit;
    digits->zeros = 0;
}

/* Reads a signed exponent, after its `e`. Returns false if there are no digits. Beyond EXPONENT_SATURATED all
 * exponents count as equal: no text is long enough to make up for them. */
static bool read_exponent(struct scan *scan, int64_t *exponent)
{
    bool negative = scan_take(scan, '-');
    if (!negative) {
        (void)scan_take(scan, '+');
    }
    if (!scan_is_digit(scan)) {
        return false;
    }
    int64_t value = 0;
    while (scan_is_digit(scan)) {
        value = value * 10 + scan_digit(scan);
        if (value > EXPONENT_SATURATED) {
            value = EXPONENT_SATURATED;
        }
    }
    *exponent = negative ? -value : value;
    return true;
}

/* Reads digits up to the next other byte. Returns how many there were. */
static size_t read_digits(struct scan *scan, struct digits *digits)
{
    size_t start = scan->at;
    while (scan_is_digit(scan)) {
        add_digit(digits, scan_digit(scan));
    }
    return scan->at - start;
}

/* Reads a whole number literal. *exponent is the power of ten that its digits are multiplied by, held-back
 * zeros included. Returns false if the text is no number. */
static bool scan_number(struct scan *scan, struct digits *digits, int64_t *exponent)
{
    digits->bits.negative = scan_take(scan, '-');
    size_t count = read_digits(scan, digits), fraction = 0;
    if (scan_take(scan, '.')) {
        count = fraction = read_digits(scan, digits);
    }
    *exponent = 0;
    bool has_exponent = count > 0 && (scan_take(scan, 'e') || scan_take(scan, 'E'));
    if (count == 0 || (has_exponent && !read_exponent(scan, exponent))) {
        return false;
    }
    *exponent += (int64_t)digits->zeros - (int64_t)fraction;
    return scan_is_at_end(scan);
}

tuoyu_status decimal_parse(struct text text, tuoyu_decimal *out)
{
    struct scan scan = {.text = text};
    struct digits digits = {.zeros = 0};
    int64_t exponent;
    if (!scan_number(&scan, &digits, &exponent)) {
        return TUOYU_ERROR_SYNTAX;
    }
    if (digits.bits.coefficient == 0) {
        *out = decimal_from_integer(0);
        return TUOYU_OK;
    }
    if (digits.is_lost || exponent > EXPONENT_LIMIT || exponent < -EXPONENT_LIMIT) {
        return TUOYU_ERROR_OVERFLOW;
    }
    digits.bits.exponent = (int32_t)exponent;
    return decimal_pack(digits.bits, out);
}

/* ---- Writing ---- */

/* A text that is being written into a buffer which is large enough. */
struct writer {
    char *text;
    size_t length;
};

/* Appends bytes; the buffer has room for every text that is written. */
static void write_bytes(struct writer *writer, const char *bytes, size_t count)
{
    memcpy(writer->text + writer->length, bytes, count);
    writer->length += count;
}

/* Appends `count` zeros; nothing for 0 or less. */
static void write_zeros(struct writer *writer, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        writer->text[writer->length++] = '0';
    }
}

/* Writes the digits of the coefficient, highest first, none for zero. Returns how many. */
static int32_t coefficient_digits(uint128 coefficient, char *digits)
{
    char reversed[DECIMAL_DIGITS];
    int32_t count = 0;
    while (coefficient > UINT64_MAX) {
        reversed[count++] = (char)('0' + (int)(coefficient % 10));
        coefficient /= 10;
    }
    for (uint64_t small = (uint64_t)coefficient; small != 0; small /= 10) {
        reversed[count++] = (char)('0' + (int)(small % 10));
    }
    for (int32_t i = 0; i < count; i++) {
        digits[i] = reversed[count - 1 - i];
    }
    return count;
}

/* Writes the digits with a point `decimals` places before their end, then `padding` zeros. */
static void write_plain(struct writer *writer, const char *digits, int32_t count, int32_t decimals,
                        int32_t padding)
{
    assert(count >= 0 && decimals >= 0 && padding >= 0);
    if (decimals >= count) {
        write_bytes(writer, "0", 1);
        if (decimals + padding > 0) {
            write_bytes(writer, ".", 1);
        }
        write_zeros(writer, decimals - count);
        write_bytes(writer, digits, (size_t)count);
    } else {
        write_bytes(writer, digits, (size_t)(count - decimals));
        if (decimals + padding > 0) {
            write_bytes(writer, ".", 1);
        }
        write_bytes(writer, digits + count - decimals, (size_t)decimals);
    }
    write_zeros(writer, padding);
}

/* Writes digits * 10^exponent with one digit before the point, such as `1.5E+50`. */
static void write_scientific(struct writer *writer, const char *digits, int32_t count, int32_t exponent)
{
    write_bytes(writer, digits, 1);
    if (count > 1) {
        write_bytes(writer, ".", 1);
        write_bytes(writer, digits + 1, (size_t)(count - 1));
    }
    int32_t power = exponent + count - 1;
    write_bytes(writer, power < 0 ? "E-" : "E+", 2);
    char text[DECIMAL_DIGITS];
    int32_t length = coefficient_digits((uint128)(uint32_t)(power < 0 ? -power : power), text);
    write_bytes(writer, text, (size_t)length);
}

/* Writes the number with `decimals` places if it needs no more and there is room, else with as many as it
 * needs. Returns the length without the final NUL. */
static size_t format_with(tuoyu_decimal number, int32_t decimals, char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    struct decimal_bits bits = decimal_strip(decimal_unpack(number));
    char digits[PLAIN_PLACES] = {0};
    int32_t count = coefficient_digits(bits.coefficient, digits);
    struct writer writer = {.text = text};
    if (bits.negative) {
        write_bytes(&writer, "-", 1);
    }
    if (bits.exponent > PLAIN_PLACES - count || bits.exponent < -PLAIN_PLACES) {
        write_scientific(&writer, digits, count, bits.exponent);
    } else {
        for (; bits.exponent > 0; bits.exponent--) {
            digits[count++] = '0';
        }
        int32_t needed = -bits.exponent;
        int32_t places = count > needed ? count : needed;
        int32_t padding =
            decimals > needed && decimals - needed <= PADDED_PLACES - places ? decimals - needed : 0;
        write_plain(&writer, digits, count, needed, padding);
    }
    assert(writer.length < TUOYU_DECIMAL_TEXT_SIZE);
    text[writer.length] = '\0';
    return writer.length;
}

size_t decimal_format(tuoyu_decimal number, char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    return format_with(number, 0, text);
}

size_t decimal_format_fixed(tuoyu_decimal number, int32_t decimals, char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    return format_with(number, decimals, text);
}

size_t decimal_format_scaled(int64_t value, int32_t scale, char text[TUOYU_DECIMAL_TEXT_SIZE])
{
    assert(scale >= 0 && scale <= 18);
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char digits[DECIMAL_DIGITS];
    struct writer writer = {.text = text};
    for (; scale > 0 && magnitude % 10 == 0; scale--) {
        magnitude /= 10;
    }
    if (value < 0) {
        write_bytes(&writer, "-", 1);
    }
    write_plain(&writer, digits, coefficient_digits(magnitude, digits), scale, 0);
    text[writer.length] = '\0';
    return writer.length;
}
