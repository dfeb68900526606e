/* SPDX-License-Identifier: Apache-2.0 */
/* A FEEL value of 32 bytes, copied freely. What it points to is immutable and lives in the arena of the
 * evaluation or of the expression. */
#ifndef TUOYU_VALUE_VALUE_H
#define TUOYU_VALUE_VALUE_H

#include "base/source.h"
#include "value/date.h"
#include "value/date_time.h"
#include "value/decimal.h"
#include "value/duration.h"
#include "value/time.h"

enum value_kind {
    VALUE_NULL, /* 0, so that zeroed memory is null without a cause */
    VALUE_BOOLEAN,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_DATE,
    VALUE_TIME,
    VALUE_DATE_TIME,
    VALUE_YEARS_MONTHS, /* years and months duration */
    VALUE_DAYS_TIME,    /* days and time duration */
    VALUE_LIST,
    VALUE_CONTEXT,
    VALUE_RANGE,
    VALUE_FUNCTION
};

/* ---- Why a value is null ----
 * A null without a cause is FEEL's null, a value like any other. A null with a cause stands for a value that
 * could not be had: a fact is missing or a parameter is unset (the value is unknown), or there was an error.
 * An operation on two such nulls has both causes: CAUSE_BOTH. Each reason is kept once, and at most
 * CAUSE_REASONS of them, so that no expression can make them grow beyond bounds. If there are missing facts
 * or parameters, at least one is kept; the same holds for errors. */
enum { CAUSE_REASONS = 128, VALUE_DEPTH = 128 };
enum cause_kind { CAUSE_FACT, CAUSE_PARAMETER, CAUSE_ERROR, CAUSE_BOTH };

struct cause {
    enum cause_kind kind;
    tuoyu_status code;                /* FACT_MISSING, PARAMETER_UNSET or, of an error, its own */
    struct text name;                 /* full name of the fact or parameter */
    struct text message;              /* CAUSE_ERROR: sealed (base/messages.h), with the values concerned */
    struct location where;            /* CAUSE_ERROR: the part of the expression that failed */
    const struct cause *left, *right; /* CAUSE_BOTH */
};

struct list;
struct context;
struct range;
struct function;

struct value {
    uint8_t kind;
    bool boolean;
    int64_t date; /* VALUE_DATE: days since 1970-01-01; facts and columns hold DATE_FIRST..DATE_LAST only */
    union {
        tuoyu_decimal number;
        struct text string;
        int64_t months;           /* VALUE_YEARS_MONTHS */
        struct duration duration; /* VALUE_DAYS_TIME */
        const struct clock_time *time;
        const struct date_time *date_time;
        const struct list *list;
        const struct context *context;
        const struct range *range;
        const struct function *function;
        const struct cause *cause; /* VALUE_NULL; NULL for a null without a cause */
    } as;
};

struct list {
    size_t count;
    const struct value *items;
    size_t
        weight; /* number of values in it at all levels, a shared one counted each time; 0 if not counted */
};

struct context_entry {
    struct text name;
    struct value value;
};
struct context {
    size_t count;
    const struct context_entry *entries; /* in the order written; no name twice */
    size_t weight;                       /* as in struct list */
};

/* A range between two values. An end that is open to infinity has kind VALUE_NULL without a cause, and is
 * excluded. */
struct range {
    struct value low, high;
    bool low_included, high_included;
};

#define VALUE_NOTHING ((struct value){.kind = VALUE_NULL})

/* These seven make a value of one kind; texts and causes are borrowed. */
static inline struct value value_boolean(bool boolean)
{
    return (struct value){.kind = VALUE_BOOLEAN, .boolean = boolean};
}

/* A number. The decimal must be finite. */
static inline struct value value_number(tuoyu_decimal number)
{
    return (struct value){.kind = VALUE_NUMBER, .as.number = number};
}

/* A string, whose bytes are borrowed. */
static inline struct value value_string(struct text string)
{
    return (struct value){.kind = VALUE_STRING, .as.string = string};
}

/* A date, in days since 1970-01-01. */
static inline struct value value_date(int64_t date)
{
    return (struct value){.kind = VALUE_DATE, .date = date};
}

/* A null with this cause, which is borrowed; NULL for none. */
static inline struct value value_null(const struct cause *cause)
{
    return (struct value){.kind = VALUE_NULL, .as.cause = cause};
}

/* A duration of years and months. */
static inline struct value value_months(int64_t months)
{
    return (struct value){.kind = VALUE_YEARS_MONTHS, .as.months = months};
}

/* A duration of days and time. */
static inline struct value value_duration(struct duration duration)
{
    return (struct value){.kind = VALUE_DAYS_TIME, .as.duration = duration};
}

/* The number with this value. */
struct value value_integer(int64_t integer);
/* Each copies into the arena; a null with a cause if memory is refused. */
struct value value_time(struct arena *arena, const struct clock_time *time);
/* Copies the date and time into the arena; a null with a cause if memory is refused. */
struct value value_date_time(struct arena *arena, const struct date_time *date_time);
/* The null whose cause is that memory ran out; it needs none itself. */
struct value value_no_memory(void);

/* True for the boolean true only; a null or a number is neither true nor false. */
static inline bool value_is_true(struct value value)
{
    return value.kind == VALUE_BOOLEAN && value.boolean;
}

/* True for the boolean false only. */
static inline bool value_is_false(struct value value)
{
    return value.kind == VALUE_BOOLEAN && !value.boolean;
}
/* Why the value is null; NULL if it is not, or is null without a cause. */
static inline const struct cause *value_cause(struct value value)
{
    return value.kind == VALUE_NULL ? value.as.cause : NULL;
}

/* Joins two causes; either may be NULL, which gives the other. If memory is refused it returns the left
 * one. */
const struct cause *cause_join(struct arena *arena, const struct cause *left, const struct cause *right);
/* The first error in it, or NULL. */
const struct cause *cause_first_error(const struct cause *cause);
/* Calls visit for each reason (fact, parameter or error) once, left to right. */
void cause_visit(const struct cause *cause, void (*visit)(void *data, const struct cause *leaf), void *data);

/* FEEL's equality: true, false, or null if the kinds differ or cannot be compared (a local time with one that
 * has an offset). null = null is true, null = x is false. Lists are compared by their items in order,
 * contexts by their entries in any order. The result is null if values are nested deeper than VALUE_DEPTH. */
enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_NULL };
/* As value_equals_with(), where nothing is known of named time zones. */
enum truth value_equals(struct value left, struct value right);
/* As value_equals(), with what the host knows of named time zones; NULL if nothing. */
enum truth value_equals_with(struct value left, struct value right, const struct zone_offsets *zones);
/* FEEL's is(): the same kind, and the same in each component. Times with different offsets are not the same.
 * True if they are. */
bool value_is_same(struct value left, struct value right);
/* Orders two values of one ordered kind: *order is negative, 0 or positive. Returns false if they have no
 * order. */
bool value_compare(struct value left, struct value right, int *order);
/* As value_compare(), with what the host knows of named time zones; NULL if nothing. Returns false if they
 * have no order. */
bool value_compare_with(struct value left, struct value right, const struct zone_offsets *zones, int *order);

/* The name of the kind in FEEL, such as "days and time duration". */
struct text value_kind_name(enum value_kind kind);
/* Appends the value as FEEL's string() shows it; strings inside lists and contexts are quoted. */
void value_format(struct text_builder *builder, struct value value);
/* Appends an expression that gives the value back: `"text"`, `date("2025-01-01")`. */
void value_format_literal(struct text_builder *builder, struct value value);
/* Appends the value as JSON: numbers in full precision, dates and other temporal values as ISO 8601
 * strings. */
void value_format_json(struct text_builder *builder, struct value value);

#endif
