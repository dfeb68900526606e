/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the format strings of Arrow schemas: which type it is, what people call it, and what to do if it is
 * not read. */
#include "arrow/arrow_type.h"

#include <stdio.h>
#include <string.h>

/* ---- Types without parameters ---- */

/* A format and the type that it stands for. */
struct plain_type {
    const char *format, *name;
    struct arrow_type type;
};

static const struct plain_type PLAIN[] = {
    {"n", "null", {.kind = ARROW_NULL}},
    {"b", "bool", {.kind = ARROW_BOOLEAN}},
    {"c", "int8", {.kind = ARROW_INTEGER, .width = 1, .is_signed = true}},
    {"C", "uint8", {.kind = ARROW_INTEGER, .width = 1}},
    {"s", "int16", {.kind = ARROW_INTEGER, .width = 2, .is_signed = true}},
    {"S", "uint16", {.kind = ARROW_INTEGER, .width = 2}},
    {"i", "int32", {.kind = ARROW_INTEGER, .width = 4, .is_signed = true}},
    {"I", "uint32", {.kind = ARROW_INTEGER, .width = 4}},
    {"l", "int64", {.kind = ARROW_INTEGER, .width = 8, .is_signed = true}},
    {"L", "uint64", {.kind = ARROW_INTEGER, .width = 8}},
    {"e", "float16", {.kind = ARROW_OTHER}},
    {"f", "float32", {.kind = ARROW_FLOAT, .width = 4}},
    {"g", "float64", {.kind = ARROW_FLOAT, .width = 8}},
    {"u", "utf8", {.kind = ARROW_TEXT, .width = 4}},
    {"U", "large utf8", {.kind = ARROW_TEXT, .width = 8}},
    {"vu", "utf8 view", {.kind = ARROW_TEXT_VIEW, .width = 16}},
    {"tdD", "date32", {.kind = ARROW_DATE, .width = 4, .per_day = 1}},
    {"tdm", "date64", {.kind = ARROW_DATE, .width = 8, .per_day = 86400000}},
    {"z", "binary", {.kind = ARROW_OTHER}},
    {"Z", "large binary", {.kind = ARROW_OTHER}},
    {"vz", "binary view", {.kind = ARROW_OTHER}},
    {"+l", "list", {.kind = ARROW_OTHER}},
    {"+L", "large list", {.kind = ARROW_OTHER}},
    {"+vl", "list view", {.kind = ARROW_OTHER}},
    {"+vL", "large list view", {.kind = ARROW_OTHER}},
    {"+s", "struct", {.kind = ARROW_OTHER}},
    {"+m", "map", {.kind = ARROW_OTHER}},
    {"+r", "run-end encoded", {.kind = ARROW_OTHER}},
};

/* The type whose format is this text; NULL if it is none of PLAIN. */
static const struct plain_type *find_plain(const char *format)
{
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        if (strcmp(PLAIN[i].format, format) == 0)
            return &PLAIN[i];
    return NULL;
}

/* ---- Decimals: d:PRECISION,SCALE or d:PRECISION,SCALE,BITS ---- */

enum { DECIMAL_NUMBER_MOST = 1000 };

/* Reads an integer of at most DECIMAL_NUMBER_MOST at *at, which moves behind it. Returns false if there is
 * none. */
static bool read_format_number(const char **at, int32_t *out)
{
    bool is_negative = **at == '-';
    if (is_negative)
        ++*at;
    if (**at < '0' || **at > '9')
        return false;
    int32_t number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) {
        number = number * 10 + (**at - '0');
        if (number > DECIMAL_NUMBER_MOST)
            return false;
    }
    *out = is_negative ? -number : number;
    return true;
}

/* The numbers in a decimal's format. */
struct decimal_format {
    int32_t precision, scale, bits;
};

/* Returns false if the format is no decimal's; its numbers may still be impossible. */
static bool read_decimal(const char *format, struct decimal_format *out)
{
    out->bits = 128;
    if (strncmp(format, "d:", 2) != 0)
        return false;
    const char *at = format + 2;
    if (!read_format_number(&at, &out->precision) || *at++ != ',' || !read_format_number(&at, &out->scale))
        return false;
    if (*at == ',') {
        at++;
        if (!read_format_number(&at, &out->bits))
            return false;
    }
    return *at == '\0';
}

/* The number of digits that always fit in this many bits; 0 for a width that is not read. */
static int32_t most_digits(int32_t bits)
{
    return bits == 32 ? 9 : bits == 64 ? 18 : bits == 128 ? 38 : 0;
}

/* ARROW_OTHER if the precision, scale or width is none that is read. */
static struct arrow_type decimal_type(const struct decimal_format *written)
{
    enum { SCALE_MOST = 76 };
    bool is_good = written->precision >= 1 && written->precision <= most_digits(written->bits) &&
                   written->scale >= -SCALE_MOST && written->scale <= SCALE_MOST;
    if (!is_good)
        return (struct arrow_type){.kind = ARROW_OTHER};
    return (struct arrow_type){.kind = ARROW_DECIMAL,
                               .width = (uint8_t)(written->bits / 8),
                               .precision = written->precision,
                               .scale = written->scale};
}

/* ---- Timestamps: ts, a unit, a colon, a zone or nothing ---- */

/* How many units a day has: s, m, u or n for seconds down to nanoseconds. 0 for any other letter. */
static int64_t units_of_day(char unit)
{
    switch (unit) {
    case 's': return INT64_C(86400);
    case 'm': return INT64_C(86400000);
    case 'u': return INT64_C(86400000000);
    case 'n': return INT64_C(86400000000000);
    default: return 0;
    }
}

/* Whether the format is a timestamp's, of any unit and zone. */
static bool is_timestamp(const char *format)
{
    return strncmp(format, "ts", 2) == 0 && units_of_day(format[2]) && format[3] == ':';
}

/* Whether a timestamp's zone is UTC or none. */
static bool is_utc(const char *zone)
{
    static const char *const NAMES[] = {"", "UTC", "utc", "Z", "+00:00", "Etc/UTC"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(zone, NAMES[i]) == 0)
            return true;
    return false;
}

struct arrow_type arrow_type_read(const char *format)
{
    const struct plain_type *plain = find_plain(format);
    if (plain)
        return plain->type;
    struct decimal_format decimal;
    if (read_decimal(format, &decimal))
        return decimal_type(&decimal);
    if (is_timestamp(format) && is_utc(format + 4))
        return (struct arrow_type){.kind = ARROW_DATE, .width = 8, .per_day = units_of_day(format[2])};
    return (struct arrow_type){.kind = ARROW_OTHER};
}

/* ---- Words ---- */

/* Writes a format that is not known, with everything but printable ASCII as `?`. */
static void show_format(const char *format, char name[ARROW_TYPE_NAME_SIZE])
{
    enum { SHOWN = 40 };
    size_t used = (size_t)snprintf(name, ARROW_TYPE_NAME_SIZE, "a type of format '");
    for (size_t i = 0; format[i] && i < SHOWN; i++)
        name[used++] = format[i] >= ' ' && format[i] <= '~' ? format[i] : '?';
    name[used++] = '\'';
    name[used] = '\0';
}

const char *arrow_type_name(const char *format, char name[ARROW_TYPE_NAME_SIZE])
{
    const struct plain_type *plain = find_plain(format);
    if (plain)
        return plain->name;
    struct decimal_format decimal;
    if (read_decimal(format, &decimal)) {
        snprintf(name, ARROW_TYPE_NAME_SIZE, "decimal%d(%d, %d)", decimal.bits, decimal.precision,
                 decimal.scale);
        return name;
    }
    if (is_timestamp(format))
        return *(format + 4) && !is_utc(format + 4) ? "timestamp with a time zone" : "timestamp";
    show_format(format, name);
    return name;
}

struct text arrow_type_advice(const char *format)
{
    struct decimal_format decimal;
    if (read_decimal(format, &decimal))
        return TEXT("cast it to decimal128 of a precision up to 38");
    if (is_timestamp(format))
        return TEXT("cast it to date32, in the zone that is meant");
    if (strcmp(format, "e") == 0)
        return TEXT("cast it to a decimal or to text");
    return TEXT("");
}
