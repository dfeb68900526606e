/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the description of the format as a JSON Schema, by which editors check and complete a pack while it
 * is being written. Editors give scalars the types of YAML, so what the format reads as a text may be a
 * number or a boolean to them. */
#include "pack/schema.h"

/* Appends a text in JSON's quotes and escapes. */
static void append_string(struct text_builder *builder, const char *text)
{
    text_append_json(builder, text_of(text, TUOYU_NUL_TERMINATED));
}

/* Appends a key and its colon. */
static void append_key(struct text_builder *builder, const char *key)
{
    append_string(builder, key);
    text_append_byte(builder, ':');
}

/* Appends a reference to the definition of another type. */
static void append_reference(struct text_builder *builder, const struct schema_type *type)
{
    text_append_literal(builder, "{\"$ref\":\"#/definitions/");
    text_append_literal(builder, type->name);
    text_append_literal(builder, "\"}");
}

/* ---- Scalars ---- */

/* The JSON types that YAML may give to a scalar of this kind, as JSON text. */
static const char *json_types(enum scalar_kind kind)
{
    switch (kind) {
    case SCALAR_EXPRESSION: return "[\"string\",\"number\",\"boolean\",\"null\"]";
    case SCALAR_NUMBER: return "[\"number\",\"string\"]";
    case SCALAR_UNIT: /* the unit of a plain factor is written 1 */
    case SCALAR_WHOLE: return "[\"integer\",\"string\"]";
    case SCALAR_BOOLEAN: return "[\"boolean\",\"string\"]";
    case SCALAR_TEXT: return "[\"string\",\"number\",\"boolean\"]";
    default: return "\"string\"";
    }
}

/* Appends the allowed words as an enum; where `true` or `false` is among them, the booleans are allowed as
 * well. */
static void append_words(struct text_builder *builder, const char *const *words)
{
    text_append_literal(builder, "\"enum\":[");
    bool has_boolean = false;
    for (size_t i = 0; words[i]; i++) {
        if (i)
            text_append_byte(builder, ',');
        append_string(builder, words[i]);
        bool boolean;
        has_boolean = has_boolean || scalar_boolean(text_of(words[i], TUOYU_NUL_TERMINATED), &boolean);
    }
    text_append_literal(builder, has_boolean ? ",true,false]" : "]");
}

/* Appends the keywords that describe a scalar: its words, or its type, length and pattern. */
static void append_scalar(struct text_builder *builder, const struct schema_type *type)
{
    if (type->scalar == SCALAR_WORD) {
        append_words(builder, type->words);
        return;
    }
    append_key(builder, "type");
    text_append_literal(builder, json_types(type->scalar));
    if (type->scalar == SCALAR_NAME || type->scalar == SCALAR_PACK_ID)
        text_append_format(builder, ",\"maxLength\":%d", (int)SCALAR_LONGEST_NAME);
    const char *pattern = scalar_pattern(type->scalar);
    if (!pattern)
        return;
    text_append_literal(builder, ",\"pattern\":");
    append_string(builder, pattern);
}

/* ---- Lists and mappings ---- */

/* Appends the keywords that describe a list. */
static void append_list(struct text_builder *builder, const struct schema_type *type)
{
    text_append_literal(builder, "\"type\":\"array\",\"items\":");
    append_reference(builder, type->items);
    if (!type->may_be_empty)
        text_append_literal(builder, ",\"minItems\":1");
}

/* Appends the list of required keys, and nothing where no key is required. */
static void append_required(struct text_builder *builder, const struct schema_type *type)
{
    const char *separator = ",\"required\":[";
    bool any = false;
    for (size_t i = 0; i < type->field_count; i++) {
        if (!type->fields[i].is_required)
            continue;
        text_append_literal(builder, separator);
        append_string(builder, type->fields[i].key);
        separator = ",";
        any = true;
    }
    if (any)
        text_append_byte(builder, ']');
}

/* Appends the keywords that describe a mapping with fixed keys. */
static void append_fields(struct text_builder *builder, const struct schema_type *type)
{
    text_append_literal(builder, "\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < type->field_count; i++) {
        const struct schema_field *field = &type->fields[i];
        if (i)
            text_append_byte(builder, ',');
        append_key(builder, field->key);
        text_append_literal(builder, "{\"description\":"); /* draft-07 ignores keywords beside $ref, so the
                                                              description stands outside */
        append_string(builder, field->documentation);
        text_append_literal(builder, ",\"allOf\":[");
        append_reference(builder, field->type);
        text_append_literal(builder, "]}");
    }
    text_append_literal(builder, "},\"additionalProperties\":false");
    append_required(builder, type);
    if (!type->may_be_empty)
        text_append_literal(builder, ",\"minProperties\":1");
}

/* Appends the keywords that describe a mapping from names. */
static void append_values(struct text_builder *builder, const struct schema_type *type)
{
    text_append_literal(builder, "\"type\":\"object\",\"additionalProperties\":");
    append_reference(builder, type->values);
    const char *pattern = scalar_pattern(type->keys);
    if (pattern) {
        text_append_literal(builder, ",\"propertyNames\":{\"pattern\":");
        append_string(builder, pattern);
        text_append_byte(builder, '}');
    }
    if (!type->may_be_empty)
        text_append_literal(builder, ",\"minProperties\":1");
}

/* ---- Types ---- */

/* Appends what the type allows; several kinds are joined by anyOf. */
static void append_alternatives(struct text_builder *builder, const struct schema_type *type)
{
    static void (*const WRITERS[])(struct text_builder *, const struct schema_type *) = {
        append_scalar, append_list, append_fields, append_values};
    bool has[] = {type->scalar != SCALAR_NONE, type->items != NULL, type->fields != NULL,
                  type->values != NULL};
    size_t count = (size_t)has[0] + has[1] + has[2] + has[3];
    const char *separator = "\"anyOf\":[";
    for (size_t i = 0; i < sizeof has / sizeof *has; i++) {
        if (!has[i])
            continue;
        if (count > 1)
            text_append_literal(builder, separator);
        if (count > 1)
            text_append_byte(builder, '{');
        WRITERS[i](builder, type);
        if (count > 1)
            text_append_byte(builder, '}');
        separator = ",";
    }
    if (count > 1)
        text_append_byte(builder, ']');
}

/* Appends the definition of one type under its name. SCALAR_ANY allows everything and so gets no keyword but
 * the description. */
static void append_type(struct text_builder *builder, const struct schema_type *type)
{
    append_key(builder, type->name);
    text_append_byte(builder, '{');
    const char *meaning = type->scalar != SCALAR_NONE ? scalar_meaning(type->scalar) : NULL;
    const char *description = type->documentation ? type->documentation : meaning;
    if (description) {
        append_key(builder, "description");
        append_string(builder, description);
    }
    if (type->scalar != SCALAR_ANY) {
        if (description)
            text_append_byte(builder, ',');
        append_alternatives(builder, type);
    }
    text_append_byte(builder, '}');
}

void schema_to_json(struct text_builder *builder)
{
    const struct schema_type *types[SCHEMA_TYPE_CAPACITY];
    size_t count = schema_types(&SCHEMA_PACK, types, SCHEMA_TYPE_CAPACITY);
    text_append_literal(builder, "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"tuoyu "
                                 "pack\",\"$ref\":\"#/definitions/pack\",\n"
                                 "\"definitions\":{\n");
    for (size_t i = 0; i < count; i++) {
        append_type(builder, types[i]);
        text_append_literal(builder, i + 1 < count ? ",\n" : "\n");
    }
    text_append_literal(builder, "}}\n");
}
