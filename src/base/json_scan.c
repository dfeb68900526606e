/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON from front to back without a tree. Nothing recurses: values that are passed over are counted by
 * their brackets. */
#include "base/json_scan.h"

#include <string.h>

void json_scan_init(struct json_scan *scan, struct text text, struct arena *arena)
{
    *scan = (struct json_scan){.at = text.bytes, .end = text.bytes + text.length, .arena = arena};
}

/* ---- Bytes ---- */

/* Makes the scan fail; returns false. */
static bool fail(struct json_scan *scan)
{
    scan->failed = true;
    scan->at = scan->end;
    return false;
}

char json_scan_next(struct json_scan *scan)
{
    while (scan->at < scan->end && memchr(" \t\n\r", *scan->at, 4))
        scan->at++;
    return scan->at < scan->end ? *scan->at : '\0';
}

/* Reads this byte, after white space; false after the scan failed. */
static bool take(struct json_scan *scan, char byte)
{
    if (scan->failed || json_scan_next(scan) != byte)
        return fail(scan);
    scan->at++;
    return true;
}

/* ---- Objects and arrays ---- */

bool json_scan_begin(struct json_scan *scan, char bracket)
{
    scan->is_first = true;
    return take(scan, bracket);
}

/* Goes to what comes next in the object or array, over a comma. Returns false at its end and after a
 * failure. */
static bool go_on(struct json_scan *scan, char bracket)
{
    bool is_first = scan->is_first;
    scan->is_first = false;
    if (scan->failed)
        return false;
    if (json_scan_next(scan) == bracket) {
        scan->at++;
        return false;
    }
    return is_first || take(scan, ',');
}

bool json_scan_key(struct json_scan *scan, struct text *key)
{
    if (!go_on(scan, '}'))
        return false;
    *key = json_scan_text(scan);
    return take(scan, ':');
}

bool json_scan_item(struct json_scan *scan)
{
    return go_on(scan, ']');
}

/* ---- Strings ---- */

/* The length of the string at hand without its quotes; the scan fails if it does not end. */
static size_t string_length(struct json_scan *scan)
{
    const char *at = scan->at;
    while (at < scan->end && *at != '"')
        at += *at == '\\' && at + 1 < scan->end ? 2 : 1;
    if (at >= scan->end)
        fail(scan);
    return (size_t)(at - scan->at);
}

/* Reads the four hexadecimal digits behind `\u`; UINT32_MAX if there are none. */
static uint32_t read_unit(const char *at, const char *end)
{
    uint32_t unit = 0;
    if (end - at < 4)
        return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        static const char DIGITS[] = "0123456789abcdef";
        const char *digit = at[i] ? strchr(DIGITS, at[i] >= 'A' && at[i] <= 'F' ? at[i] + 32 : at[i]) : NULL;
        if (!digit)
            return UINT32_MAX;
        unit = unit * 16 + (uint32_t)(digit - DIGITS);
    }
    return unit;
}

/* Reads a code point that is written as one `\u` or as two of them that make a pair, and goes behind it.
 * Returns UINT32_MAX for half a pair and for what is none. */
static uint32_t read_code_point(const char **at, const char *end)
{
    uint32_t high = read_unit(*at, end);
    if (high == UINT32_MAX)
        return UINT32_MAX;
    *at += 4;
    if (high < 0xd800 || high > 0xdfff)
        return high;
    bool has_low = high < 0xdc00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u';
    uint32_t low = has_low ? read_unit(*at + 2, end) : UINT32_MAX;
    if (low < 0xdc00 || low > 0xdfff)
        return UINT32_MAX;
    *at += 6;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* Copies the string between `at` and `end` into `out` without its escapes. Returns its length, SIZE_MAX for
 * an escape that is none. */
static size_t unescape(const char *at, const char *end, char *out)
{
    static const char LETTERS[] = "\"\\/bfnrt", BYTES[] = "\"\\/\b\f\n\r\t";
    size_t length = 0;
    while (at < end) {
        if (*at != '\\') {
            out[length++] = *at++;
            continue;
        }
        const char *letter = at[1] ? strchr(LETTERS, at[1]) : NULL;
        at += 2;
        if (letter) {
            out[length++] = BYTES[letter - LETTERS];
            continue;
        }
        uint32_t code_point = at[-1] == 'u' ? read_code_point(&at, end) : UINT32_MAX;
        if (code_point == UINT32_MAX)
            return SIZE_MAX;
        length += utf8_encode(code_point, out + length);
    }
    return length;
}

struct text json_scan_text(struct json_scan *scan)
{
    size_t length = take(scan, '"') ? string_length(scan) : 0;
    char *bytes = scan->failed ? NULL : arena_allocate_bytes(scan->arena, length + 1);
    size_t unescaped = bytes ? unescape(scan->at, scan->at + length, bytes) : SIZE_MAX;
    if (unescaped == SIZE_MAX) {
        fail(scan);
        return TEXT("");
    }
    bytes[unescaped] = '\0';
    scan->at += length + 1;
    struct text text = {.bytes = bytes, .length = unescaped};
    if (utf8_validate(text) != text.length)
        fail(scan);
    return scan->failed ? TEXT("") : text;
}

/* ---- Other values ---- */

int64_t json_scan_count(struct json_scan *scan)
{
    int64_t count = 0;
    int digits = 0;
    for (json_scan_next(scan); scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; digits++) {
        if (digits == 18)
            break;
        count = count * 10 + (*scan->at++ - '0');
    }
    if (digits == 0 || digits == 18)
        fail(scan);
    return scan->failed ? 0 : count;
}

void json_scan_word(struct json_scan *scan, const char *word)
{
    size_t length = strlen(word);
    json_scan_next(scan);
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0)
        fail(scan);
    else
        scan->at += length;
}

void json_scan_skip(struct json_scan *scan)
{
    size_t depth = 0;
    do {
        char byte = json_scan_next(scan);
        if (byte == '"') {
            take(scan, '"');
            size_t length = string_length(scan);
            scan->at += scan->failed ? 0 : length + 1;
            continue;
        }
        if (byte == '\0') {
            fail(scan);
            return;
        }
        depth += byte == '{' || byte == '[';
        if (byte == '}' || byte == ']')
            depth--;
        scan->at++;
        /* A number or a word is of several bytes; inside of brackets they are passed over one by one. */
        while (depth == 0 && scan->at < scan->end && !memchr(",]} \t\n\r", *scan->at, 7))
            scan->at++;
    } while (depth > 0 && !scan->failed);
}

bool json_scan_is_done(struct json_scan *scan)
{
    return !scan->failed && json_scan_next(scan) == '\0' && scan->at == scan->end;
}
