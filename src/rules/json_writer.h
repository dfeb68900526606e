/* SPDX-License-Identifier: Apache-2.0 */
/* Objects and arrays of JSON, piece by piece and without a space, so that the same content is the same bytes.
 */
#ifndef TUOYU_RULES_JSON_WRITER_H
#define TUOYU_RULES_JSON_WRITER_H

#include "rules/answer.h"

/* A key, with the comma before it unless it is the first of its object. */
void json_key(struct text_builder *json, const char *key);
void json_text(struct text_builder *json, const char *key, struct text text);
void json_literal(struct text_builder *json, const char *key, const char *text);
/* A string in canonical text; left out where there is none. */
void json_number(struct text_builder *json, const char *key, const struct answer_number *number);
void json_boolean(struct text_builder *json, const char *key, bool boolean);
void json_begin_array(struct text_builder *json, const char *key);
/* Begins object number index of an array that was opened with its key. */
void json_begin_item(struct text_builder *json, size_t index);

#endif
