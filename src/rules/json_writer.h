/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON piece by piece and without spaces, so that the same content always gives the same bytes.
 * Running out of memory is kept in the builder. */
#ifndef TUOYU_RULES_JSON_WRITER_H
#define TUOYU_RULES_JSON_WRITER_H

#include "rules/answer.h"

/* Writes a key, with a comma before it unless it is the first of its object. */
void json_key(struct text_builder *json, const char *key);
void json_text_key(struct text_builder *json, struct text key);
/* Writes a key and a string. */
void json_text(struct text_builder *json, const char *key, struct text text);
/* Writes a key and a NUL-terminated string. */
void json_literal(struct text_builder *json, const char *key, const char *text);
/* Writes a key and an object with the text in each language that it has; nothing if it has none. */
void json_localised(struct text_builder *json, const char *key, const struct localised *text);
/* Writes a key and a day as `2024-09-01`. */
void json_day(struct text_builder *json, const char *key, int32_t day);
/* Writes a key and a number as a string of its canonical text; writes nothing if the number is not given. */
void json_number(struct text_builder *json, const char *key, const struct answer_number *number);
/* The same, under the id that a pack gives to the number. */
void json_number_member(struct text_builder *json, struct text id, const struct answer_number *number);
/* Writes a key and true or false. */
void json_boolean(struct text_builder *json, const char *key, bool boolean);
/* Writes a key and `[`; the caller closes the array. */
void json_begin_array(struct text_builder *json, const char *key);
/* Writes a key and `{`; the caller closes the object. */
void json_begin_object(struct text_builder *json, const char *key);
/* The same, under the id that a pack gives to the object. */
void json_begin_member(struct text_builder *json, struct text id);
/* Begins the object number `index`, from 0, of an array; the caller closes it. */
void json_begin_item(struct text_builder *json, size_t index);

#endif
