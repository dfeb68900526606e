/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a text byte by byte. Behind the end one sees NUL. */
#ifndef TUOYU_VALUE_SCAN_H
#define TUOYU_VALUE_SCAN_H

#include "base/text.h"

struct scan {
    struct text text;
    size_t at;
};

/* The next byte; NUL at the end. */
static inline char scan_peek(const struct scan *scan)
{
    return scan->at < scan->text.length ? scan->text.bytes[scan->at] : '\0';
}

/* True if the next byte is a digit; false at the end. */
static inline bool scan_is_digit(const struct scan *scan)
{
    return scan_peek(scan) >= '0' && scan_peek(scan) <= '9';
}

/* True if no byte is left. */
static inline bool scan_is_at_end(const struct scan *scan)
{
    return scan->at == scan->text.length;
}

/* Whether the next byte is this one; if so, goes past it. */
static inline bool scan_take(struct scan *scan, char byte)
{
    bool is_there = !scan_is_at_end(scan) && scan_peek(scan) == byte;
    scan->at += is_there;
    return is_there;
}

/* The value of the next byte, which must be a digit; goes past it. */
static inline int scan_digit(struct scan *scan)
{
    return scan->text.bytes[scan->at++] - '0';
}

/* Reads all digits that follow as a fraction of a second, in nanoseconds; finer digits are dropped. */
static inline int32_t scan_nanoseconds(struct scan *scan)
{
    int32_t nanoseconds = 0;
    for (int32_t unit = 100000000; scan_is_digit(scan); unit /= 10) {
        nanoseconds += scan_digit(scan) * unit;
    }
    return nanoseconds;
}

#endif
