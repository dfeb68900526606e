/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cells as they are meant: first it is seen whether the library reads a cell by itself, then the
 * readings of its kind are tried. Booleans, values and texts are read here. */
#include "cli/cell_reading.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "cli/cell_date.h"
#include "cli/cell_number.h"
#include "cli/utf8_text.h"

/* ---- What the library reads by itself ---- */

/* Whether the text has only the characters of a number as the library reads it. */
static bool is_bare_number(const char *text, size_t length)
{
    static const bool IS_PART[UCHAR_MAX + 1] = {
        ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
        ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
        ['.'] = true, ['-'] = true, ['+'] = true, ['e'] = true, ['E'] = true};
    for (size_t i = 0; i < length; i++)
        if (!IS_PART[(unsigned char)text[i]])
            return false;
    return true;
}

/* Whether the text has the form 2024-01-31. What stands for its digits is read by the library anyway. */
static bool is_bare_date(const char *text, size_t length)
{
    enum { LENGTH = 10, FIRST_LINE = 4, SECOND_LINE = 7 };
    return length == LENGTH && text[FIRST_LINE] == '-' && text[SECOND_LINE] == '-' &&
           is_bare_number(text, length);
}

/* Whether the bytes are that word. */
static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* Whether the bytes are the name of a value. */
static bool is_value(const struct cell_type *type, const char *text, size_t length)
{
    for (size_t i = 0; i < type->value_count; i++)
        if (type->values[i].length == length && memcmp(text, type->values[i].name, length) == 0)
            return true;
    return false;
}

/* Whether nothing needs to be done for a text: it is ASCII, or of Han characters that never change. */
static bool is_plain_text(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        unsigned char c = (unsigned char)text[at];
        if (c < 0x80)
            at++;
        else if (c >= 0xE4 && c <= 0xE9)
            at += 3;
        else
            return false;
    }
    return true;
}

bool cell_is_bare(const struct cell_type *type, const char *text, size_t length)
{
    switch (type->kind) {
    case CELL_NUMBER:
    case CELL_PERCENT: return is_bare_number(text, length);
    case CELL_DATE: return is_bare_date(text, length);
    case CELL_BOOLEAN:
        return (length == 4 && memcmp(text, "true", 4) == 0) ||
               (length == 5 && memcmp(text, "false", 5) == 0);
    case CELL_ENUM: return is_value(type, text, length);
    default: return is_plain_text(text, length);
    }
}

/* ---- Readings ---- */

/* Reads a boolean. Marks and codes (√, 1 and 2) hang on the form that they come from, and are refused. */
static enum cell_outcome read_boolean_cell(const char *text, struct cell_reading *reading)
{
    static const char *const YES[] = {"true", "yes", "y", "是"}, *const NO[] = {"false", "no", "n", "否"};
    enum { WORDS = sizeof YES / sizeof *YES };
    reading->change = CHANGE_BOOLEAN;
    for (size_t i = 0; i < WORDS; i++) {
        if (strcasecmp(text, YES[i]) == 0)
            return set_reading(reading, CELL_CHANGED, "true");
        if (strcasecmp(text, NO[i]) == 0)
            return set_reading(reading, CELL_CHANGED, "false");
    }
    return CELL_AS_WRITTEN;
}

/* The text composed (NFC), which the caller frees; NULL where it is no UTF-8. */
static char *composed(const char *text, size_t length)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t got = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &made,
                                        UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (got == UTF8PROC_ERROR_NOMEM)
        must_have_memory(TUOYU_ERROR_NO_MEMORY);
    return (char *)made;
}

/* Whether one of the value's names is the text. */
static bool value_is(const struct cell_value *value, const char *text)
{
    return strcmp(value->name, text) == 0 || strcmp(value->zh, text) == 0 || strcmp(value->en, text) == 0;
}

/* Reads the name or label of a value, written in full width or not. */
static enum cell_outcome read_value_cell(const struct cell_type *type, const char *text, const char *folded,
                                         struct cell_reading *reading)
{
    const struct cell_value *found = NULL;
    reading->change = CHANGE_VALUE;
    for (size_t i = 0; i < type->value_count; i++) {
        const struct cell_value *value = &type->values[i];
        if (!value_is(value, text) && !value_is(value, folded))
            continue;
        if (found)
            return set_reading(reading, CELL_REFUSED,
                               "'%s' can be %s or %s: write the name of the one that is meant", text,
                               found->name, value->name);
        found = value;
    }
    return found ? set_reading(reading, CELL_CHANGED, "%s", found->name) : CELL_AS_WRITTEN;
}

/* Reads a text: composed. */
static enum cell_outcome read_text_cell(const char *text, size_t length, struct cell_reading *reading)
{
    char *made = composed(text, length);
    bool is_changed = made && !is_word(text, length, made);
    reading->change = CHANGE_COMPOSED;
    if (is_changed)
        set_reading(reading, CELL_CHANGED, "%s", made);
    free(made);
    return is_changed ? CELL_CHANGED : CELL_AS_WRITTEN;
}

/* Reads a cell that the library does not read by itself. */
static enum cell_outcome read_otherwise(const struct cell_type *type, const struct cell_rules *rules,
                                        const char *text, size_t length, struct cell_reading *reading)
{
    char folded[CELL_LONGEST + 1];
    enum cell_outcome outcome = CELL_AS_WRITTEN;
    /* A spreadsheet's mark that a cell is a text. */
    bool is_marked = length > 1 && *text == '\'' && type->kind != CELL_ENUM && type->kind != CELL_BOOLEAN;
    text += is_marked;
    length -= is_marked;
    if (is_marked && cell_is_bare(type, text, length)) {
        reading->change = type->kind == CELL_DATE ? CHANGE_DATE : CHANGE_NUMBER;
        return set_reading(reading, CELL_CHANGED, "%.*s", (int)length, text);
    }
    char *made = composed(text, length);
    if (made && strlen(made) <= CELL_LONGEST) {
        fold_width(made, strlen(made), folded);
        switch (type->kind) {
        case CELL_NUMBER:
        case CELL_PERCENT: outcome = read_number_cell(type, rules, folded, reading); break;
        case CELL_DATE: outcome = read_date_cell(rules, folded, reading); break;
        case CELL_BOOLEAN: outcome = read_boolean_cell(folded, reading); break;
        default: outcome = read_value_cell(type, made, folded, reading); break;
        }
    }
    free(made);
    return outcome;
}

enum cell_outcome read_cell(const struct cell_type *type, const struct cell_rules *rules, const char *text,
                            size_t length, struct cell_reading *reading)
{
    if (type->kind == CELL_TEXT)
        return read_text_cell(text, length, reading);
    if (length > CELL_LONGEST || is_word(text, length, "null"))
        return CELL_AS_WRITTEN;
    return read_otherwise(type, rules, text, length, reading);
}
