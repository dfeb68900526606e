/* SPDX-License-Identifier: Apache-2.0 */
/** @file feel.h
 * FEEL, the expression language of DMN 1.5: values and expressions on their own, without packs. Since 0.1.
 */
#ifndef TUOYU_FEEL_H
#define TUOYU_FEEL_H

#include <tuoyu/common.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Values ---- */

/** A FEEL value. Immutable; any number of threads may share it. Reference counted. */
typedef struct tuoyu_value tuoyu_value;

enum {
    TUOYU_VALUE_NULL = 0,
    TUOYU_VALUE_BOOLEAN = 1,
    TUOYU_VALUE_NUMBER = 2,
    TUOYU_VALUE_STRING = 3,
    TUOYU_VALUE_DATE = 4,
    TUOYU_VALUE_TIME = 5,
    TUOYU_VALUE_DATE_TIME = 6,
    TUOYU_VALUE_YEARS_MONTHS = 7, /**< a years and months duration */
    TUOYU_VALUE_DAYS_TIME = 8,    /**< a days and time duration */
    TUOYU_VALUE_LIST = 9,
    TUOYU_VALUE_CONTEXT = 10,
    TUOYU_VALUE_RANGE = 11,
    TUOYU_VALUE_FUNCTION = 12
};

/* Each constructor gives a new value that the caller owns. allocator: NULL for malloc; it must live as long
 * as the value and all that is made of it. TUOYU_OK, TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT and
 * what is named beside it. Any thread. Since 0.1. */

TUOYU_API tuoyu_status tuoyu_value_new_null(const tuoyu_allocator *allocator, tuoyu_value **out);
TUOYU_API tuoyu_status tuoyu_value_new_boolean(const tuoyu_allocator *allocator, bool boolean,
                                               tuoyu_value **out);
/** TUOYU_ERROR_INVALID_ARGUMENT where number is no finite number. */
TUOYU_API tuoyu_status tuoyu_value_new_number(const tuoyu_allocator *allocator, const tuoyu_decimal *number,
                                              tuoyu_value **out);
/** The text is copied. TUOYU_ERROR_ENCODING if it is not UTF-8 or holds a NUL. */
TUOYU_API tuoyu_status tuoyu_value_new_string(const tuoyu_allocator *allocator, const char *text,
                                              size_t length, tuoyu_value **out);
/** date: days since 1970-01-01. TUOYU_ERROR_DATE outside the years 0001 to 9999. */
TUOYU_API tuoyu_status tuoyu_value_new_date(const tuoyu_allocator *allocator, int32_t date,
                                            tuoyu_value **out);
/** Reads the text that FEEL has for a value of that kind: `true`, `-1.5`, any text for a string,
 * `2025-01-31`, `10:20:30+08:00`, `2025-01-31T10:20:30`, `P1Y2M`, `P1DT2H`. Not for lists, contexts, ranges
 * and functions. TUOYU_ERROR_SYNTAX, TUOYU_ERROR_DATE, TUOYU_ERROR_OVERFLOW, TUOYU_ERROR_ENCODING. */
TUOYU_API tuoyu_status tuoyu_value_new_from_text(const tuoyu_allocator *allocator, int32_t kind,
                                                 const char *text, size_t length, tuoyu_value **out);
/** The items are shared, not copied; the caller keeps its own references. */
TUOYU_API tuoyu_status tuoyu_value_new_list(const tuoyu_allocator *allocator, tuoyu_value *const *items,
                                            size_t count, tuoyu_value **out);
/** names: count texts, copied; name_lengths: their lengths, NULL if each ends with NUL. The values are
 * shared. TUOYU_ERROR_DUPLICATE if a name stands twice, TUOYU_ERROR_ENCODING. */
TUOYU_API tuoyu_status tuoyu_value_new_context(const tuoyu_allocator *allocator, const char *const *names,
                                               const size_t *name_lengths, tuoyu_value *const *values,
                                               size_t count, tuoyu_value **out);

/** One more reference; returns the same handle. NULL is allowed. Any thread. */
TUOYU_API tuoyu_value *tuoyu_value_ref(tuoyu_value *value);
/** One reference less; the last one frees it. NULL is allowed. Any thread. */
TUOYU_API void tuoyu_value_unref(tuoyu_value *value);

/** TUOYU_VALUE_…; NULL is TUOYU_VALUE_NULL. */
TUOYU_API int32_t tuoyu_value_kind(const tuoyu_value *value);
/** The name of a kind in FEEL, such as "days and time duration"; "" if there is no such kind. */
TUOYU_API const char *tuoyu_value_kind_name(int32_t kind);

/* Each gives what a value of that kind holds; TUOYU_ERROR_INVALID_ARGUMENT for another kind. */

TUOYU_API tuoyu_status tuoyu_value_get_boolean(const tuoyu_value *value, bool *out);
TUOYU_API tuoyu_status tuoyu_value_get_number(const tuoyu_value *value, tuoyu_decimal *out);
/** *text lives as long as the value and ends with no NUL: *length counts. */
TUOYU_API tuoyu_status tuoyu_value_get_string(const tuoyu_value *value, const char **text, size_t *length);
/** Also the day of a date and time. TUOYU_ERROR_DATE outside the years 0001 to 9999. */
TUOYU_API tuoyu_status tuoyu_value_get_date(const tuoyu_value *value, int32_t *out);

/** How many items a list, or entries a context has; 0 for any other. */
TUOYU_API size_t tuoyu_value_count(const tuoyu_value *value);
/** An item of a list, or the value of a context's entry, at index from 0. The caller owns *out.
 * TUOYU_ERROR_INVALID_ARGUMENT if there is none, TUOYU_ERROR_NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_value_item(tuoyu_value *value, size_t index, tuoyu_value **out);
/** The name of a context's entry at index; *text lives as long as the value. TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_value_entry_name(const tuoyu_value *value, size_t index, const char **text,
                                              size_t *length);
/** The value of a context's entry by name; the caller owns *out. TUOYU_ERROR_NOT_FOUND,
 * TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT if value is no context. */
TUOYU_API tuoyu_status tuoyu_value_entry(tuoyu_value *value, const char *name, size_t length,
                                         tuoyu_value **out);

/** As FEEL's string() shows it. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. The caller frees *out. */
TUOYU_API tuoyu_status tuoyu_value_to_text(const tuoyu_value *value, tuoyu_text **out);
/** As an expression that gives the value back: `"text"`, `date("2025-01-31")`. As tuoyu_value_to_text. */
TUOYU_API tuoyu_status tuoyu_value_to_literal(const tuoyu_value *value, tuoyu_text **out);
/** As JSON: numbers in full precision, dates and the other temporal values as strings. As
 * tuoyu_value_to_text. */
TUOYU_API tuoyu_status tuoyu_value_to_json(const tuoyu_value *value, tuoyu_text **out);

/** FEEL's `=`: 1 equal, 0 not equal, -1 where that is null (values of different kinds, say). Any thread. */
TUOYU_API int32_t tuoyu_value_equals(const tuoyu_value *left, const tuoyu_value *right);

/* ---- Expressions ---- */

/** An expression, parsed once. Immutable; any number of threads may evaluate it at the same time. Reference
 * counted. */
typedef struct tuoyu_expression tuoyu_expression;

/** A name for a type, as an item definition of DMN gives it. Lengths as everywhere: TUOYU_NUL_TERMINATED
 * measures. Frozen, since it stands in arrays. */
typedef struct tuoyu_named_type {
    const char *name;
    size_t name_length;
    const char *type; /**< such as `list<number>`; may use the names before it */
    size_t type_length;
} tuoyu_named_type;

/** How to parse. Zero it, set size, set what you need. */
typedef struct tuoyu_expression_options {
    size_t size; /**< sizeof(tuoyu_expression_options) */
    /** NULL: malloc. It must live as long as the expression and all made from it. */
    const tuoyu_allocator *allocator;
    /** NULL: the defaults. Used: scalar_bytes, expression_depth, steps, bytes, list_items */
    const tuoyu_limits *limits;
    const char *source_name;       /**< what diagnostics call the text; NULL: "expression" */
    const tuoyu_named_type *types; /**< that `instance of` and parameters may name */
    size_t type_count;
    int32_t is_unary_tests; /**< not 0: a cell of a decision table, tests over the input `?` */
    int32_t is_strict; /**< not 0: what can only be null, such as a call with wrong arguments, is an error */
} tuoyu_expression_options;

/** Reads an expression. names: name_count names that it may use, each without its value yet; name_lengths:
 * NULL if each ends with NUL. A name may hold dots (`child.age`) and single spaces. All texts are copied.
 * Returns TUOYU_OK, TUOYU_ERROR_SYNTAX, _ENCODING, _UNKNOWN_NAME, _DUPLICATE, _TYPE (is_strict), _LIMIT,
 * _OVERFLOW (a literal of more than 34 digits), _NO_MEMORY, _INVALID_ARGUMENT, _OPTION_SIZE, _OPTION_OLD,
 * _OPTION_UNKNOWN; what and where stands in diagnostics, warnings also with TUOYU_OK. Any thread. Since 0.1.
 */
TUOYU_API tuoyu_status tuoyu_expression_parse(const char *text, size_t length, const char *const *names,
                                              const size_t *name_lengths, size_t name_count,
                                              const tuoyu_expression_options *options, tuoyu_expression **out,
                                              tuoyu_diagnostics *diagnostics);
TUOYU_API tuoyu_expression *tuoyu_expression_ref(tuoyu_expression *expression);
TUOYU_API void tuoyu_expression_unref(tuoyu_expression *expression);
/** Whether it mentions the name at index of those it was parsed with. */
TUOYU_API bool tuoyu_expression_uses(const tuoyu_expression *expression, size_t index);

/** What an evaluation may know of the world; the library has no clock and no time zones. Zero it, set size.
 */
typedef struct tuoyu_evaluation_options {
    size_t size;        /**< sizeof(tuoyu_evaluation_options) */
    tuoyu_value *input; /**< the value of `?`; NULL: null */
    tuoyu_value *today; /**< a date for today(); NULL: today() is null, with an error */
    tuoyu_value *now;   /**< a date and time for now(); as today */
    /** The offset from UTC in seconds of a named zone at a local date and time. date is days since
     * 1970-01-01, INT64_MIN for a time without date. Of a local time that comes twice it is that of the
     * earlier one; of one that never comes, because clocks are put forward, that from before: then `-` and
     * `=` agree with java.time. false: not known. NULL: no zone is known. Called on the calling thread only.
     */
    bool (*zone_offset)(void *context, const char *zone, size_t zone_length, int64_t date,
                        int32_t second_of_day, int32_t *offset);
    void *zone_context;
    tuoyu_interrupt interrupt; /**< asked now and then whether to go on; NULL: nobody is. Since 0.2 */
    void *interrupt_context;   /**< handed to interrupt. Since 0.2 */
} tuoyu_evaluation_options;

/** Evaluates; values: one for each name the expression was parsed with, in that order; NULL is null.
 * An error of evaluation gives null, as FEEL has it: *out is null, the status is TUOYU_OK, and diagnostics
 * hold a warning for each reason, with its place in the expression. So it is where a limit (steps, bytes,
 * list_items) is reached. The caller owns *out. Returns TUOYU_OK, TUOYU_ERROR_CANCELLED (options.interrupt
 * said so), TUOYU_ERROR_NO_MEMORY, TUOYU_ERROR_INVALID_ARGUMENT (also: count is not the number of names),
 * TUOYU_ERROR_OPTION_SIZE, _OPTION_OLD, _OPTION_UNKNOWN. Any thread. Since 0.1. */
TUOYU_API tuoyu_status tuoyu_expression_evaluate(tuoyu_expression *expression, tuoyu_value *const *values,
                                                 size_t count, const tuoyu_evaluation_options *options,
                                                 tuoyu_value **out, tuoyu_diagnostics *diagnostics);

/** FEEL's implicit conversion to a declared type, such as `list<number>`: a singleton list to its item, an
 * item to a singleton list, a date to its midnight in UTC; what does not conform becomes null, with a
 * warning. Of options only allocator, types and limits are used. The caller owns *out. Returns TUOYU_OK or,
 * where type is none, as tuoyu_expression_parse. Any thread. Since 0.1. */
TUOYU_API tuoyu_status tuoyu_value_convert(tuoyu_value *value, const char *type, size_t type_length,
                                           const tuoyu_expression_options *options, tuoyu_value **out,
                                           tuoyu_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
