/* SPDX-License-Identifier: Apache-2.0 */
/* Turns what is written or given into the typed value of a declared fact or parameter. Outside the library a
 * number is in its declared unit; inside, a percent is a hundredth: `80` becomes 0.8. */
#ifndef TUOYU_PACK_FACT_VALUE_H
#define TUOYU_PACK_FACT_VALUE_H

#include "pack/model.h"
#include "pack/node.h"

/* Each of these functions checks type, range, scale and enum against the declaration and reports what is
 * wrong at `where` (without a source the message still names the fact). It returns TUOYU_OK,
 * TUOYU_ERROR_FACT_TYPE, _FACT_RANGE, _FACT_VALUE, _DATE, _ENCODING or _NO_MEMORY. A string is copied into
 * the arena; where the arena is NULL, the value borrows the text. An enum's value borrows the id of the
 * declaration. */

/* Reads `true`, `false`, a number, a date, a string or an enum's id; the result is never null. White space
 * around the text was removed before. A text that is not UTF-8 or holds a control character is
 * TUOYU_ERROR_ENCODING. */
tuoyu_status fact_value_from_text(struct arena *arena, const struct pack_fact *fact, struct text text,
                                  struct location where, struct value *out, tuoyu_diagnostics *diagnostics);
/* Takes a number in the declared unit. Returns TUOYU_OK, or the status of an error, which is reported. */
tuoyu_status fact_value_from_decimal(const struct pack_fact *fact, tuoyu_decimal number,
                                     struct location where, struct value *out,
                                     tuoyu_diagnostics *diagnostics);
/* Takes a boolean. Returns TUOYU_OK, or the status of an error, which is reported. */
tuoyu_status fact_value_from_boolean(const struct pack_fact *fact, bool boolean, struct location where,
                                     struct value *out, tuoyu_diagnostics *diagnostics);
/* Takes a date, which must lie in the years 0001 to 9999. Returns TUOYU_OK, or the status of an error, which
 * is reported. */
tuoyu_status fact_value_from_date(const struct pack_fact *fact, int32_t date, struct location where,
                                  struct value *out, tuoyu_diagnostics *diagnostics);
/* Takes "there is none", which only a nullable fact allows. Returns TUOYU_OK, or the status of an error,
 * which is reported. */
tuoyu_status fact_value_from_none(const struct pack_fact *fact, struct location where, struct value *out,
                                  tuoyu_diagnostics *diagnostics);
/* Reads a scalar of YAML or JSON, without the white space around it; a plain null means that there is none.
 * Returns TUOYU_OK, or the status of an error, which is reported. */
tuoyu_status fact_value_read(struct arena *arena, const struct pack_fact *fact, const struct pack_node *node,
                             struct value *out, tuoyu_diagnostics *diagnostics);

/* The word for the type in the format, such as "money". */
struct text fact_type_name(enum fact_type type);

/* Reads value->written as a value of the parameter's type into value->value. Returns TUOYU_OK;
 * TUOYU_ERROR_PACK or _DATE, reported; or _NO_MEMORY, not reported. */
tuoyu_status parameter_read_value(struct arena *arena, const struct pack_parameter *parameter,
                                  struct pack_dated_value *value, tuoyu_diagnostics *diagnostics);
/* Gives a parameter or an override its type and unit and reads its values by them. Returns TUOYU_OK, the
 * first error, reported, or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status parameter_set_type(struct arena *arena, struct pack_parameter *parameter,
                                enum parameter_type type, struct text unit, tuoyu_diagnostics *diagnostics);

#endif
