/* SPDX-License-Identifier: Apache-2.0 */
/** @file common.h
 * What every other header needs: texts, memory, limits, diagnostics, numbers, dates. Since 0.1.
 *
 * Conventions of the whole interface:
 * - A text that goes in is UTF-8 with a length in bytes; TUOYU_NUL_TERMINATED as length measures it. It may
 * hold no NUL.
 * - A text that comes out as `const char *` ends with NUL and lives as long as the handle it was asked of.
 * - A handle that comes out by an out-parameter is owned by the caller; on error the out-parameter is set to
 * NULL.
 * - `diagnostics` may always be NULL.
 * - A struct that begins with its size may grow at its end. Zero it, set size to its sizeof, set what you
 * need. A library that is older or newer than the headers takes it as long as the fields that it does not
 * know are zero; else, and where size is wrong, it returns TUOYU_ERROR_OPTION_UNKNOWN, _OPTION_OLD or
 * _OPTION_SIZE and has done nothing.
 * - A struct without a size is frozen: its fields stay as they are, and more will be said by further
 * functions.
 */
#ifndef TUOYU_COMMON_H
#define TUOYU_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tuoyu/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TUOYU_NUL_TERMINATED SIZE_MAX

/* ---- Memory ---- */

/** One function does all: size 0 frees, pointer NULL allocates, both given resizes. It is told the old size.
 * Returns NULL when it cannot; the old block then stays. Results must be aligned to 16 bytes. Frozen. */
typedef struct tuoyu_allocator {
    void *(*reallocate)(void *context, void *pointer, size_t old_size, size_t new_size);
    void *context;
} tuoyu_allocator;

/** Asked every few thousand steps of long work, on the thread that does it, whether the work is to end: not 0
 * ends it with TUOYU_ERROR_CANCELLED. It is called often, so that it should look at a flag or a clock first;
 * and it may call the library for other work, but not with what the call in hand is changing. Since 0.2. */
typedef int32_t (*tuoyu_interrupt)(void *context);

/** Bounds on what is read. Zero stands for the default, which is safe for hostile text. */
typedef struct tuoyu_limits {
    size_t size;             /**< sizeof(tuoyu_limits) */
    size_t text_bytes;       /**< of one pack or case; default 1 MiB */
    size_t depth;            /**< of nested YAML; default 64 */
    size_t nodes;            /**< of one YAML document; default 100 000 */
    size_t scalar_bytes;     /**< of one scalar or expression; default 64 KiB */
    size_t expression_depth; /**< default 64 */
    size_t steps;            /**< of one evaluation: a node of an expression, or 128 bytes of memory; the same
                                case always takes the same; default 1 000 000 */
    size_t list_items;       /**< of one list that an evaluation builds; default 100 000 */
    size_t diagnostics;      /**< kept of one load; default 100 */
    size_t
        tally_items;   /**< kept by one tally: regions, distinct values, rows of regions; default 1 000 000 */
    size_t load_steps; /**< of work of one load, all packs together: reading a byte or a value, looking up a
                          name, comparing two rows of a table; the same texts always take the same; default 10
                          000 000. Since 0.2 */
    size_t load_bytes; /**< of the library's memory that one load holds at a time, without what libyaml asks
                          of malloc (some 100 KiB and twice the longest scalar); default 32 MiB. Since 0.2 */
    size_t bytes;      /**< of the values that one evaluation makes, each rounded up to 16; the same case
                          always takes the same, and what is held for them is at most twice as much; default
                          16 MiB. Since 0.2 */
} tuoyu_limits;

/* ---- Texts that the library makes ---- */

typedef struct tuoyu_text tuoyu_text;

/** The bytes, ended by NUL; owned by the text. */
TUOYU_API const char *tuoyu_text_bytes(const tuoyu_text *text);
/** The length in bytes without the NUL. */
TUOYU_API size_t tuoyu_text_length(const tuoyu_text *text);
/** Frees it; NULL is allowed. */
TUOYU_API void tuoyu_text_free(tuoyu_text *text);

/* ---- Texts from outside ---- */

/** The text without the white space around it, as the library cuts it from facts, ids and names of regions:
 * every character of Unicode's White_Space, U+3000 among them, and the byte order mark. Sets *start to where
 * what is left begins and returns its length in bytes; the bytes stay the caller's. text NULL: 0. Any
 * thread. Since 0.2. */
TUOYU_API size_t tuoyu_text_trim(const char *text, size_t length, const char **start);
/** The text as it may stand in one line for a person, whatever it holds: controls, separators of lines and
 * marks that turn the direction of writing as `\u{202E}`, bytes that are not UTF-8 as `\x{FF}`. The library
 * writes what it shows so. Any thread. TUOYU_OK, TUOYU_ERROR_NO_MEMORY, _INVALID_ARGUMENT. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_text_escape(const char *text, size_t length, tuoyu_text **out);

/* ---- Diagnostics ---- */

/** What was found wrong: a list, in order of finding. Owned by the caller, used by one thread at a time. */
typedef struct tuoyu_diagnostics tuoyu_diagnostics;

enum { TUOYU_SEVERITY_ERROR = 0, TUOYU_SEVERITY_WARNING = 1, TUOYU_SEVERITY_NOTE = 2 };

/** One finding. The pointers live until the list is cleared or freed. Frozen: what more there will be to say
 * of a finding is asked by its index. */
typedef struct tuoyu_diagnostic {
    tuoyu_status code;
    int32_t severity;
    const char *source;  /**< name of the text it stands in; "" if none */
    uint32_t line;       /**< from 1; 0 if no position is known */
    uint32_t column;     /**< from 1, in characters (code points) */
    uint32_t span;       /**< how many characters are meant; at least 1 where there is a position */
    const char *message; /**< one line, no final stop */
    const char *hint;    /**< what to do, or ""; one line */
    const char *excerpt; /**< the source line, or of a long one the part around the place, with … where it
                            goes on; or "" */
} tuoyu_diagnostic;

/** Makes an empty list. allocator: NULL for malloc. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_diagnostics_new(const tuoyu_allocator *allocator, tuoyu_diagnostics **out);
TUOYU_API void tuoyu_diagnostics_free(tuoyu_diagnostics *diagnostics);
TUOYU_API void tuoyu_diagnostics_clear(tuoyu_diagnostics *diagnostics);
TUOYU_API size_t tuoyu_diagnostics_count(const tuoyu_diagnostics *diagnostics);
/** Sets the language of what is found from now on: "en", as in a new list, or "zh" for Chinese. Clearing the
 * list keeps it. What calls make of findings for later, such as the column `error` of a batch, has a language
 * of its own options. Returns TUOYU_OK or TUOYU_ERROR_INVALID_ARGUMENT. Since 0.2. */
TUOYU_API tuoyu_status tuoyu_diagnostics_set_language(tuoyu_diagnostics *diagnostics, const char *language);
/** The id of the message of the finding at index, such as `fact_is_given_twice`: the same in each language
 * and release. "" where there is no such finding. The text lives with the library. Since 0.2. */
TUOYU_API const char *tuoyu_diagnostics_id(const tuoyu_diagnostics *diagnostics, size_t index);
/** How many more there were than are kept. */
TUOYU_API size_t tuoyu_diagnostics_dropped(const tuoyu_diagnostics *diagnostics);
/** Fills *out with the finding at index. Returns TUOYU_OK or TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_diagnostics_get(const tuoyu_diagnostics *diagnostics, size_t index,
                                             tuoyu_diagnostic *out);
/** Writes all of them as `source:line:column: error: message`, each with its line and a caret under the
 * place. Returns TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
TUOYU_API tuoyu_status tuoyu_diagnostics_to_text(const tuoyu_diagnostics *diagnostics, tuoyu_text **out);

/* ---- Records ---- */

/** What became of records that came in, such as the rows of a file, by the words of outcomes. read =
 * determined + undetermined + not_applicable + not_in_force + error + unreadable. Since 0.2. */
enum {
    TUOYU_RECORDS_READ = 0,           /**< all that came in */
    TUOYU_RECORDS_DETERMINED = 1,     /**< with an answer, or known to be counted or not */
    TUOYU_RECORDS_UNDETERMINED = 2,   /**< facts or parameters are missing */
    TUOYU_RECORDS_NOT_APPLICABLE = 3, /**< the rule's `when` is false */
    TUOYU_RECORDS_NOT_IN_FORCE = 4,   /**< the rule is not in force on the day */
    TUOYU_RECORDS_ERROR = 5,          /**< read, but with something wrong */
    TUOYU_RECORDS_UNREADABLE = 6      /**< no row at all: too short, a stray quote, not UTF-8 */
};

/* ---- Numbers ---- */

/** An IEEE 754 decimal128 number: 34 digits. The bytes are opaque; copy it as a whole. Frozen. Every function
 * that takes one checks that it is a finite number in its regular encoding, as all that the library gives
 * are; what else 16 bytes may hold (an infinity, no number, a coefficient of more than 34 digits) is refused,
 * or answered as said at the function. */
typedef struct tuoyu_decimal {
    uint64_t opaque[2];
} tuoyu_decimal;

enum { TUOYU_DECIMAL_TEXT_SIZE = 64 };

/** Reads `-12.50`, `1e3`. TUOYU_ERROR_SYNTAX if it is no number, TUOYU_ERROR_OVERFLOW if 34 digits do not
 * hold it exactly. */
TUOYU_API tuoyu_status tuoyu_decimal_from_text(const char *text, size_t length, tuoyu_decimal *out);
/** Writes the canonical text: no exponent where 40 places suffice, no final zeros, ended by NUL. Returns its
 * length; 0, and an empty text, where number is NULL or no finite number. */
TUOYU_API size_t tuoyu_decimal_to_text(const tuoyu_decimal *number, char text[TUOYU_DECIMAL_TEXT_SIZE]);
/** value / 10^scale; scale from -6000 to 6000. Exact. Money in fen is scale 2. TUOYU_OK or
 * TUOYU_ERROR_INVALID_ARGUMENT. */
TUOYU_API tuoyu_status tuoyu_decimal_from_int64(int64_t value, int32_t scale, tuoyu_decimal *out);
/** number * 10^scale as an integer. TUOYU_ERROR_OVERFLOW if it is not an integer or does not fit: it is never
 * rounded. TUOYU_ERROR_INVALID_ARGUMENT: number is no finite number, or scale is not from -6000 to 6000. */
TUOYU_API tuoyu_status tuoyu_decimal_to_int64(const tuoyu_decimal *number, int32_t scale, int64_t *out);
/** Negative, zero or positive as left is less than, equal to or greater than right. NULL comes before every
 * number; what is no finite number comes after all of them, and is equal to what is none either: so the order
 * is total. */
TUOYU_API int32_t tuoyu_decimal_compare(const tuoyu_decimal *left, const tuoyu_decimal *right);

/* ---- Dates: int32_t days since 1970-01-01, proleptic Gregorian, years 0001 to 9999, as Arrow's date32 ----
 */

/** TUOYU_ERROR_DATE if there is no such day. */
TUOYU_API tuoyu_status tuoyu_date_from_ymd(int32_t year, int32_t month, int32_t day, int32_t *out);
TUOYU_API tuoyu_status tuoyu_date_to_ymd(int32_t date, int32_t *year, int32_t *month, int32_t *day);
/** Reads `2025-01-31`. TUOYU_ERROR_SYNTAX or TUOYU_ERROR_DATE. */
TUOYU_API tuoyu_status tuoyu_date_from_text(const char *text, size_t length, int32_t *out);
/** Writes `2025-01-31` and NUL. TUOYU_ERROR_DATE if it is outside years 0001 to 9999. */
TUOYU_API tuoyu_status tuoyu_date_to_text(int32_t date, char text[11]);

#ifdef __cplusplus
}
#endif
#endif
