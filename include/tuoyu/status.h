/* SPDX-License-Identifier: Apache-2.0 */
/** @file status.h
 * What a call can answer. Numbers never change their meaning between releases. Since 0.1. */
#ifndef TUOYU_STATUS_H
#define TUOYU_STATUS_H

#include <stdint.h>
#include <tuoyu/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Zero is success, every error is negative. A plain int32_t, so that its size is part of the ABI. */
typedef int32_t tuoyu_status;

enum {
    TUOYU_OK = 0,

    /* The call. */
    TUOYU_ERROR_NO_MEMORY = -1, /**< The allocator refused; nothing was changed. */
    TUOYU_ERROR_INVALID_ARGUMENT =
        -2, /**< NULL where a handle is needed, a handle of another policy, an index too large. */
    TUOYU_ERROR_OPTION_SIZE =
        -3, /**< The size of an option struct is one that no release gave it: it was not set, say. */
    TUOYU_ERROR_OPTION_UNKNOWN =
        -4, /**< Bytes that this release does not know are not zero: the caller is newer. */
    TUOYU_ERROR_CANCELLED = -5, /**< The progress or interrupt callback asked to stop. */
    TUOYU_ERROR_NOT_FOUND = -6, /**< No rule, region or entity of that name and kind. */
    TUOYU_ERROR_AMBIGUOUS = -7, /**< Several packs have a rule of that name; write `pack.id:name`. */
    TUOYU_ERROR_OPTION_OLD =
        -8, /**< The caller was compiled for a release that this one no longer serves. Since 0.2. */

    /* Text that was read: packs, facts, expressions. */
    TUOYU_ERROR_SYNTAX = -20,       /**< Not YAML, not FEEL, or bytes that are no tally. */
    TUOYU_ERROR_ENCODING = -21,     /**< Not UTF-8, or a NUL or a control character in it. */
    TUOYU_ERROR_LIMIT = -22,        /**< Larger or deeper than the limits given at load. */
    TUOYU_ERROR_PACK = -23,         /**< The pack says something the format does not know or allow. */
    TUOYU_ERROR_UNKNOWN_NAME = -24, /**< A name that nothing in sight declares. */
    TUOYU_ERROR_DUPLICATE = -25,    /**< The same key or name twice. */
    TUOYU_ERROR_COLLISION = -26,    /**< Two packs give one name different meanings. */
    TUOYU_ERROR_TYPE = -27,         /**< An expression that can have no value, whatever the facts. */
    TUOYU_ERROR_CYCLE = -28,        /**< A definition that needs itself, or packs that use each other. */
    TUOYU_ERROR_PACK_MISSING = -29, /**< `uses:` names a pack that was not given. */

    /* Facts of a case. */
    TUOYU_ERROR_FACT_UNKNOWN = -40, /**< No pack declares a fact of that name. */
    TUOYU_ERROR_FACT_TYPE = -41,    /**< The fact is given in another type than declared. */
    TUOYU_ERROR_FACT_RANGE = -42,   /**< A number or date outside its declared range. */
    TUOYU_ERROR_FACT_VALUE = -43,   /**< Not one of the values of the enum. */
    TUOYU_ERROR_DATE = -44,         /**< A date that does not exist, or outside years 0001 to 9999. */
    TUOYU_ERROR_FACT_MISSING = -45, /**< Why an answer is undetermined: a fact was not given. */

    /* Evaluation. */
    TUOYU_ERROR_PARAMETER_UNSET = -60, /**< Why an answer is undetermined: no source gives this number yet. */
    TUOYU_ERROR_NOT_IN_FORCE = -61,    /**< The rule or number is not in force at the as-of date. */
    TUOYU_ERROR_DIVISION_BY_ZERO = -62,
    TUOYU_ERROR_OVERFLOW = -63,       /**< More than 34 digits could hold, or beyond the range of a date. */
    TUOYU_ERROR_EVALUATION = -64,     /**< Another error of FEEL: the diagnostic says which. */
    TUOYU_ERROR_SHARES = -65,         /**< The shares do not sum to the whole; or an amount of money that is
                                           shared, paid, used up or charged is below zero, too large to be
                                           exact, or not in whole fen. */
    TUOYU_ERROR_TABLE_NO_ROW = -66,   /**< No row of a decision table fits and it has no default. */
    TUOYU_ERROR_TABLE_CONFLICT = -67, /**< More rows of a decision table fit than its hit policy allows. */
    TUOYU_ERROR_PROMISE =
        -68 /**< A record breaks what its entity promises (`require` of a pack). Since 0.2. */
};

/** The name of a status as in this header, such as "TUOYU_ERROR_SYNTAX"; never NULL. Any thread. Since 0.1.
 */
TUOYU_API const char *tuoyu_status_name(tuoyu_status status);

/** Version of the library that runs, such as "0.2.0"; that of the headers is TUOYU_VERSION. Any thread. Since
 * 0.1. */
TUOYU_API const char *tuoyu_version(void);

#ifdef __cplusplus
}
#endif
#endif
