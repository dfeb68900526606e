/* SPDX-License-Identifier: Apache-2.0 */
/* Writes keys, values and the beginnings of objects and arrays of canonical JSON. */
#include "rules/json_writer.h"

void json_text_key(struct text_builder *json, struct text key)
{
    if (json->length && json->bytes[json->length - 1] != '{')
        text_append_byte(json, ',');
    text_append_json(json, key);
    text_append_byte(json, ':');
}

void json_key(struct text_builder *json, const char *key)
{
    json_text_key(json, text_of(key, TUOYU_NUL_TERMINATED));
}

void json_text(struct text_builder *json, const char *key, struct text text)
{
    json_key(json, key);
    text_append_json(json, text);
}

void json_literal(struct text_builder *json, const char *key, const char *text)
{
    json_text(json, key, text_of(text, TUOYU_NUL_TERMINATED));
}

void json_localised(struct text_builder *json, const char *key, const struct localised *text)
{
    if (!text->zh.bytes && !text->en.bytes)
        return;
    json_begin_object(json, key);
    if (text->zh.bytes)
        json_text(json, "zh", text->zh);
    if (text->en.bytes)
        json_text(json, "en", text->en);
    text_append_byte(json, '}');
}

void json_day(struct text_builder *json, const char *key, int32_t day)
{
    char date[11];
    date_format(day, date);
    json_literal(json, key, date);
}

void json_number_member(struct text_builder *json, struct text id, const struct answer_number *number)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (!number->is_given)
        return;
    size_t length = decimal_format(number->number, digits);
    json_text_key(json, id);
    text_append_json(json, (struct text){.bytes = digits, .length = length});
}

void json_number(struct text_builder *json, const char *key, const struct answer_number *number)
{
    json_number_member(json, text_of(key, TUOYU_NUL_TERMINATED), number);
}

void json_boolean(struct text_builder *json, const char *key, bool boolean)
{
    json_key(json, key);
    text_append_literal(json, boolean ? "true" : "false");
}

void json_begin_object(struct text_builder *json, const char *key)
{
    json_key(json, key);
    text_append_byte(json, '{');
}

void json_begin_member(struct text_builder *json, struct text id)
{
    json_text_key(json, id);
    text_append_byte(json, '{');
}

void json_begin_item(struct text_builder *json, size_t index)
{
    text_append_literal(json, index ? ",{" : "{");
}

void json_begin_array(struct text_builder *json, const char *key)
{
    json_key(json, key);
    text_append_byte(json, '[');
}
