/* SPDX-License-Identifier: Apache-2.0 */
/* From what is written to the typed value of a declared fact or parameter. At the border a number is in its
 * declared unit; inside, a percent is a hundredth: `80` is 0.8. */
#ifndef TUOYU_PACK_FACT_VALUE_H
#define TUOYU_PACK_FACT_VALUE_H

#include "pack/model.h"
#include "pack/node.h"

/* Each checks type, range, scale and enum, reports what is wrong at `where` (source NULL: the fact's name
 * stands in the message anyway) and returns TUOYU_OK, TUOYU_ERROR_FACT_TYPE, _FACT_RANGE, _FACT_VALUE, _DATE,
 * _ENCODING or _NO_MEMORY. A string is copied into the arena; where that is NULL, it borrows the text. An
 * enum's id is the declaration's. */

/* `true`, `false`, a number, a date, a string, an enum's id; never null. The text has no white space around
 * it any more; one that is no UTF-8 or holds a control is TUOYU_ERROR_ENCODING. */
tuoyu_status fact_value_from_text(struct arena *arena, const struct pack_fact *fact, struct text text,
                                  struct location where, struct value *out, tuoyu_diagnostics *diagnostics);
tuoyu_status fact_value_from_decimal(const struct pack_fact *fact, tuoyu_decimal number,
                                     struct location where, struct value *out,
                                     tuoyu_diagnostics *diagnostics);
tuoyu_status fact_value_from_boolean(const struct pack_fact *fact, bool boolean, struct location where,
                                     struct value *out, tuoyu_diagnostics *diagnostics);
tuoyu_status fact_value_from_date(const struct pack_fact *fact, int32_t date, struct location where,
                                  struct value *out, tuoyu_diagnostics *diagnostics);
/* There is none: a nullable fact only. */
tuoyu_status fact_value_from_none(const struct pack_fact *fact, struct location where, struct value *out,
                                  tuoyu_diagnostics *diagnostics);
/* A scalar of YAML or JSON, without the white space around it; a plain null is none. */
tuoyu_status fact_value_read(struct arena *arena, const struct pack_fact *fact, const struct pack_node *node,
                             struct value *out, tuoyu_diagnostics *diagnostics);

/* The fact's type in the format, such as "money". */
struct text fact_type_name(enum fact_type type);

/* Reads what is written as a value of the parameter's type. TUOYU_OK, TUOYU_ERROR_PACK, _DATE, reported, or
 * _NO_MEMORY. */
tuoyu_status parameter_read_value(struct arena *arena, const struct pack_parameter *parameter,
                                  struct pack_dated_value *value, tuoyu_diagnostics *diagnostics);
/* Gives an override the type and unit of the parameter that it changes and reads its values so. Returns
 * TUOYU_OK or TUOYU_ERROR_PACK, reported. */
tuoyu_status parameter_set_type(struct arena *arena, struct pack_parameter *parameter,
                                enum parameter_type type, struct text unit, tuoyu_diagnostics *diagnostics);

#endif
