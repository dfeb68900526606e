/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON or YAML into values of FEEL from the events of libyaml. */
#include "cli/value_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "cli/allocation.h"

/* The deepest nesting that is read, and the most values of one document. */
enum { DEEPEST = 64, VALUES_MOST = 50000 };

/* The reading of one text. */
struct value_reading {
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event; /* event is set and must be deleted */
    char *problem;  /* the caller's buffer of 200 bytes */
    size_t count;   /* values so far */
};

/* ---- Surrogate pairs: JSON writes 😀 as \ud83d\ude00, which YAML does not know ---- */

/* Reads the value of `\uXXXX` at an offset; false where none stands there. */
static bool read_half(const char *text, size_t length, size_t at, unsigned *out)
{
    if (at + 6 > length || text[at] != '\\' || text[at + 1] != 'u')
        return false;
    *out = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        const char *digits = "0123456789abcdef",
                   *digit = strchr(digits, text[i] >= 'A' && text[i] <= 'F' ? text[i] + 32 : text[i]);
        if (!digit || !text[i])
            return false;
        *out = *out * 16 + (unsigned)(digit - digits);
    }
    return true;
}

/* Writes a character beyond U+FFFF; returns its length. */
static size_t write_utf8(unsigned c, char *out)
{
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* A copy with surrogate pairs joined, which the caller frees. *length becomes that of the copy. */
static char *join_surrogates(const char *text, size_t *length)
{
    char *joined = must_resize(NULL, *length + 1, 1);
    size_t written = 0;
    for (size_t i = 0; i < *length;) {
        unsigned high, low;
        bool is_pair = read_half(text, *length, i, &high) && high >= 0xD800 && high <= 0xDBFF &&
                       read_half(text, *length, i + 6, &low) && low >= 0xDC00 && low <= 0xDFFF;
        if (is_pair) {
            written += write_utf8(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), joined + written);
            i += 12;
            continue;
        }
        bool is_escape = text[i] == '\\' && i + 1 < *length;
        joined[written++] = text[i++];
        if (is_escape)
            joined[written++] = text[i++];
    }
    *length = written;
    return joined;
}

/* ---- Events ---- */

/* Writes a problem with the line and column of the last event; returns false. */
static bool refuse_value(struct value_reading *reading, const char *what)
{
    const yaml_mark_t mark = reading->has_event ? reading->event.start_mark : reading->parser.problem_mark;
    snprintf(reading->problem, 200, "line %zu, column %zu: %s", mark.line + 1, mark.column + 1, what);
    return false;
}

/* Reads the next event; false with the problem. */
static bool next_event(struct value_reading *reading)
{
    if (reading->has_event)
        yaml_event_delete(&reading->event);
    reading->has_event = yaml_parser_parse(&reading->parser, &reading->event) != 0;
    if (reading->has_event)
        return true;
    return refuse_value(reading, reading->parser.problem ? reading->parser.problem : "not YAML");
}

/* Whether a value could be made; false with the problem. */
static bool made(struct value_reading *reading, tuoyu_status status)
{
    if (must_have_memory(status) == TUOYU_OK)
        return true;
    return refuse_value(reading, status == TUOYU_ERROR_DUPLICATE  ? "a key stands twice"
                                 : status == TUOYU_ERROR_OVERFLOW ? "a number of more than 34 digits"
                                                                  : "not UTF-8, or a NUL");
}

/* Whether a text has the form that JSON gives numbers. */
static bool is_number_text(const char *text)
{
    text += *text == '-';
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || (digits > 1 && text[0] == '0'))
        return false;
    text += digits;
    if (*text == '.') {
        digits = strspn(text + 1, "0123456789");
        if (digits == 0)
            return false;
        text += digits + 1;
    }
    if (*text != 'e' && *text != 'E')
        return *text == '\0';
    text += 1 + (text[1] == '+' || text[1] == '-');
    digits = strspn(text, "0123456789");
    return digits > 0 && text[digits] == '\0';
}

/* The value of a scalar; NULL with the problem. So do all functions below that give a value. */
static tuoyu_value *read_scalar(struct value_reading *reading)
{
    const char *text = (const char *)reading->event.data.scalar.value;
    size_t length = reading->event.data.scalar.length;
    bool is_plain = reading->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    int32_t kind = TUOYU_VALUE_STRING;
    if (is_plain && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
        kind = TUOYU_VALUE_BOOLEAN;
    if (is_plain && is_number_text(text))
        kind = TUOYU_VALUE_NUMBER;
    tuoyu_value *value = NULL;
    if (is_plain && (!*text || strcmp(text, "null") == 0 || strcmp(text, "~") == 0))
        made(reading, tuoyu_value_new_null(NULL, &value));
    else
        made(reading, tuoyu_value_new_from_text(NULL, kind, text, length, &value));
    return value;
}

/* ---- Collections ---- */

/* The items of a list, or the entries of a mapping. */
struct parts {
    char **names;
    size_t *name_lengths;
    tuoyu_value **values;
    size_t count, capacity;
};

/* Adds an item; copies its name and takes over its value. */
static void parts_add(struct parts *parts, const char *name, size_t length, tuoyu_value *value)
{
    if (parts->count == parts->capacity) {
        parts->capacity = parts->capacity ? parts->capacity * 2 : 8;
        parts->names = must_resize(parts->names, parts->capacity, sizeof *parts->names);
        parts->name_lengths = must_resize(parts->name_lengths, parts->capacity, sizeof *parts->name_lengths);
        parts->values = must_resize(parts->values, parts->capacity, sizeof *parts->values);
    }
    parts->names[parts->count] = must_copy(name, length);
    parts->name_lengths[parts->count] = length;
    parts->values[parts->count++] = value;
}

/* Frees the names and unrefs the values. */
static void parts_free(struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        free(parts->names[i]);
        tuoyu_value_unref(parts->values[i]);
    }
    free(parts->names);
    free(parts->name_lengths);
    free(parts->values);
}

static tuoyu_value *read_node(struct value_reading *reading, int depth);

/* Reads the key of the next entry and the event after it. The caller frees *name, also after a failure.
 * Returns false with the problem. */
static bool read_key(struct value_reading *reading, char **name, size_t *length)
{
    if (reading->event.type != YAML_SCALAR_EVENT)
        return refuse_value(reading, "a key must be a text");
    *length = reading->event.data.scalar.length;
    *name = must_copy((const char *)reading->event.data.scalar.value, *length);
    return next_event(reading);
}

/* Reads the items up to the end of the collection; false with the problem. */
static bool read_parts(struct value_reading *reading, int depth, bool is_mapping, struct parts *parts)
{
    yaml_event_type_t end = is_mapping ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    if (depth >= DEEPEST)
        return refuse_value(reading, "nested too deeply");
    if (!next_event(reading))
        return false;
    while (reading->event.type != end) {
        char *name = NULL;
        size_t length = 0;
        tuoyu_value *value = NULL;
        if (!is_mapping || read_key(reading, &name, &length))
            value = read_node(reading, depth + 1);
        if (value)
            parts_add(parts, name ? name : "", length, value);
        free(name);
        if (!value || !next_event(reading))
            return false;
    }
    return true;
}

/* Reads a list or mapping from its first event on; NULL after an error, which is noted. */
static tuoyu_value *read_collection(struct value_reading *reading, int depth, bool is_mapping)
{
    struct parts parts = {0};
    tuoyu_value *value = NULL;
    if (read_parts(reading, depth, is_mapping, &parts)) {
        made(reading, is_mapping
                          ? tuoyu_value_new_context(NULL, (const char *const *)parts.names,
                                                    parts.name_lengths, parts.values, parts.count, &value)
                          : tuoyu_value_new_list(NULL, parts.values, parts.count, &value));
    }
    parts_free(&parts);
    return value;
}

/* The value that begins with the event at hand; its last event is then at hand. The caller gives the value
 * back. NULL after an error, which is noted. */
static tuoyu_value *read_node(struct value_reading *reading, int depth)
{
    if (reading->count++ == VALUES_MOST) {
        refuse_value(reading, "more than 50000 values");
        return NULL;
    }
    switch (reading->event.type) {
    case YAML_SCALAR_EVENT: return read_scalar(reading);
    case YAML_SEQUENCE_START_EVENT: return read_collection(reading, depth, false);
    case YAML_MAPPING_START_EVENT: return read_collection(reading, depth, true);
    case YAML_ALIAS_EVENT: refuse_value(reading, "aliases are not read"); return NULL;
    default: refuse_value(reading, "there is no value"); return NULL;
    }
}

/* The value of the only document. NULL after an error, which is noted. */
static tuoyu_value *read_document(struct value_reading *reading)
{
    do {
        if (!next_event(reading))
            return NULL;
    } while (reading->event.type == YAML_STREAM_START_EVENT ||
             reading->event.type == YAML_DOCUMENT_START_EVENT);
    tuoyu_value *value = read_node(reading, 0);
    if (!value)
        return NULL;
    do {
        if (!next_event(reading))
            break;
    } while (reading->event.type == YAML_DOCUMENT_END_EVENT);
    if (reading->has_event && reading->event.type == YAML_STREAM_END_EVENT)
        return value;
    if (reading->has_event)
        refuse_value(reading, "there is more than one document");
    tuoyu_value_unref(value);
    return NULL;
}

tuoyu_value *value_read(const char *text, size_t length, char problem[200])
{
    struct value_reading reading = {.problem = problem};
    char *joined = join_surrogates(text, &length);
    tuoyu_value *value = NULL;
    if (!yaml_parser_initialize(&reading.parser))
        must_have_memory(TUOYU_ERROR_NO_MEMORY);
    yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reading.parser, (const unsigned char *)joined, length);
    value = read_document(&reading);
    if (reading.has_event)
        yaml_event_delete(&reading.event);
    yaml_parser_delete(&reading.parser);
    free(joined);
    return value;
}
