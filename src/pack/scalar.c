/* SPDX-License-Identifier: Apache-2.0 */
/* Tests and reads the scalars of a pack, and reports a text that is not of its kind with a hint. */
#include "pack/scalar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "feel/lexer.h"
#include "pack/meant_scalar.h"
#include "program/unit_text.h"

const char *const SCALAR_STATUS_WORDS[] = {"cited", "derived", "draft", "assumed", "proposed", NULL};

/* Patterns for a factor of a unit, a product of factors and a whole unit, after the grammar in
 * unit_text.h. */
#define UNIT_FACTOR "[^/*·×^() ]+(\\^-?[1-9])?"
#define UNIT_PRODUCT UNIT_FACTOR "([*·×]" UNIT_FACTOR ")*"
#define UNIT_PATTERN "^" UNIT_PRODUCT "(/(" UNIT_FACTOR "|\\(" UNIT_PRODUCT "\\)))*$"

static const struct {
    const char *meaning, *pattern;
} KINDS[SCALAR_KINDS] = {
    [SCALAR_TEXT] = {"a text", NULL},
    [SCALAR_EXPRESSION] = {"an expression (FEEL)", NULL},
    [SCALAR_NAME] = {"a name of letters, digits and _", NULL},
    [SCALAR_PACK_ID] = {"an id such as cn.chengdu.childcare-price", "^[a-z0-9-]+(\\.[a-z0-9-]+)*$"},
    [SCALAR_RULE] = {"a rule's name, or pack.id:name", NULL},
    [SCALAR_DATE] = {"a date such as 2024-01-31", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    [SCALAR_PERIOD] = {"a period such as 2024-01-01..2025-12-31, or 2024-01-01.. without end",
                       "^[0-9]{4}-[0-9]{2}-[0-9]{2}\\.\\.([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
    [SCALAR_NUMBER] = {"a number", "^-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$"},
    [SCALAR_WHOLE] = {"a whole number, 0 or more", "^[0-9]+$"},
    [SCALAR_BOOLEAN] = {"true or false", "^(true|false)$"},
    [SCALAR_UNIT] = {"a unit such as CNY/child/month, child or percent", UNIT_PATTERN},
    [SCALAR_CITE] = {"the id of a source, a space, and the clause", "^[^ ]+( .+)?$"},
    [SCALAR_RANGE] = {"a range such as \"[0..100]\" or \"(0..]\"", "^[\\[\\](].*\\.\\..*[\\[\\])]$"},
    [SCALAR_WORD] = {"one of the words", NULL},
    [SCALAR_ANY] = {"a value", NULL},
};

const char *scalar_meaning(enum scalar_kind kind)
{
    assert(kind < SCALAR_KINDS);
    return KINDS[kind].meaning ? KINDS[kind].meaning : "nothing";
}

const char *scalar_pattern(enum scalar_kind kind)
{
    return KINDS[kind].pattern;
}

/* ---- Asking and reading ---- */

bool scalar_is_name(struct text text)
{
    if (text.length > SCALAR_LONGEST_NAME)
        return false;
    struct token token = lexer_next(text, 0);
    return text.length > 0 && token.kind == TOKEN_NAME && token.keyword == KEYWORD_NONE &&
           token.offset == 0 && token.length == text.length;
}

bool scalar_is_pack_id(struct text text)
{
    bool segment = false;
    if (text.length > SCALAR_LONGEST_NAME)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (c == '.' && !segment)
            return false;
        if (c != '.' && c != '-' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
            return false;
        segment = c != '.';
    }
    return segment;
}

/* The offset of the first such byte, or text.length. */
static size_t find_byte(struct text text, char byte)
{
    const char *found = text.length ? memchr(text.bytes, byte, text.length) : NULL;
    return found ? (size_t)(found - text.bytes) : text.length;
}

/* The offset of the first `..`, or text.length. */
static size_t find_dots(struct text text)
{
    for (size_t i = 0; i + 1 < text.length; i++)
        if (text.bytes[i] == '.' && text.bytes[i + 1] == '.')
            return i;
    return text.length;
}

tuoyu_status scalar_period(struct text text, int32_t *first, int32_t *last)
{
    size_t dots = find_dots(text);
    if (dots == text.length)
        return TUOYU_ERROR_PACK;
    struct text low = text_trim(text_slice(text, 0, dots)),
                high = text_trim(text_slice(text, dots + 2, text.length));
    *last = DATE_LAST;
    tuoyu_status status = date_parse(low, first);
    if (status == TUOYU_OK && high.length > 0)
        status = date_parse(high, last);
    if (status != TUOYU_OK)
        return status == TUOYU_ERROR_DATE ? status : TUOYU_ERROR_PACK;
    return *first <= *last ? TUOYU_OK : TUOYU_ERROR_PACK;
}

bool scalar_whole(struct text text, int64_t *out)
{
    int64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9' || value > INT32_MAX)
            return false;
        value = value * 10 + (text.bytes[i] - '0');
    }
    *out = value;
    return text.length > 0 && value <= INT32_MAX;
}

bool scalar_boolean(struct text text, bool *out)
{
    *out = text_equals(text, TEXT("true"));
    return *out || text_equals(text, TEXT("false"));
}

void scalar_cite(struct text text, struct text *source, struct text *clause)
{
    size_t space = find_byte(text, ' ');
    *source = text_slice(text, 0, space);
    *clause = text_trim(text_slice(text, space, text.length));
}

bool scalar_range(struct text text, struct range_text *out)
{
    text = text_trim(text);
    size_t dots = find_dots(text);
    if (text.length < 4 || dots == text.length)
        return false;
    char open = text.bytes[0], close = text.bytes[text.length - 1];
    if ((open != '[' && open != '(' && open != ']') || (close != ']' && close != ')' && close != '['))
        return false;
    *out = (struct range_text){.low = text_trim(text_slice(text, 1, dots)),
                               .high = text_trim(text_slice(text, dots + 2, text.length - 1)),
                               .low_included = open == '[',
                               .high_included = close == ']'};
    return true;
}

size_t scalar_word(const char *const *words, struct text text)
{
    for (size_t i = 0; words[i]; i++)
        if (text_is(text, words[i]))
            return i;
    return SIZE_MAX;
}

pack_standing scalar_standing(struct text text)
{
    static const pack_standing STANDINGS[] = {TUOYU_CITED, TUOYU_DERIVED, TUOYU_DRAFT, TUOYU_ASSUMED,
                                              TUOYU_PROPOSED};
    size_t index = scalar_word(SCALAR_STATUS_WORDS, text);
    return index == SIZE_MAX ? 0 : STANDINGS[index];
}

bool scalar_is_beyond_numbers(struct text text)
{
    tuoyu_decimal number;
    return decimal_parse(text, &number) == TUOYU_ERROR_OVERFLOW;
}

bool scalar_has_full_width(struct text text)
{
    for (size_t offset = 0, length; offset < text.length; offset += length) {
        uint32_t c = 0;
        length = utf8_decode(text, offset, &c);
        if (length == 0)
            return false;
        if ((c >= 0xFF01 && c <= 0xFF5E) || c == 0x3000)
            return true;
    }
    return false;
}

/* ---- Reporting ---- */

struct text scalar_shortened(struct text text, size_t limit)
{
    if (text.length <= limit)
        return text;
    while (limit > 0 && ((unsigned char)text.bytes[limit] & 0xC0) == 0x80)
        limit--;
    return text_slice(text, 0, limit);
}

struct text scalar_did_you_mean(struct text best, char hint[SCALAR_HINT_SIZE])
{
    if (!best.length)
        return TEXT("");
    struct text shown = scalar_shortened(best, SCALAR_HINT_SIZE - 100);
    return message_write(hint, SCALAR_HINT_SIZE, "did you mean '%.*s'?", TEXT_ARGUMENTS(shown));
}

enum { MOST_WORDS = 16 }; /* about how many words a list has: what a hint costs */

/* Reports a text that is none of the words, with the nearest word or all of them as a hint. */
static tuoyu_status report_word(const char *const *words, struct text text, struct location where,
                                struct text name, tuoyu_diagnostics *diagnostics)
{
    struct text best = TEXT("");
    size_t distance = SIZE_MAX, used = 0;
    char all[SCALAR_HINT_SIZE] = "", hint[SCALAR_HINT_SIZE];
    bool wants_hint = diagnostics_wants_hint(diagnostics, MOST_WORDS);
    for (size_t i = 0; wants_hint && words[i]; i++) {
        text_nearest(text, text_of(words[i], TUOYU_NUL_TERMINATED), &best, &distance);
        int length = snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", words[i]);
        if (length > 0 && (size_t)length < sizeof all - used)
            used += (size_t)length;
    }
    struct text say = TEXT("");
    if (best.length && text.length > 1)
        say = scalar_did_you_mean(best, hint);
    else if (used)
        say = message_write(hint, sizeof hint, "one of %s", all);
    return report(diagnostics, TUOYU_ERROR_PACK, where, say, "'%.*s' is not known as %.*s",
                  TEXT_ARGUMENTS(text), TEXT_ARGUMENTS(name));
}

tuoyu_status scalar_judge(enum scalar_kind kind, const char *const *words, struct text text)
{
    assert(kind != SCALAR_NONE && kind < SCALAR_KINDS);
    assert(kind != SCALAR_WORD || words);
    int32_t date, last;
    int64_t whole;
    tuoyu_decimal number;
    bool boolean;
    struct unit unit;
    const char *problem;
    struct range_text range;
    bool good = text.length > 0;
    switch (kind) {
    case SCALAR_NAME: good = scalar_is_name(text); break;
    case SCALAR_PACK_ID: good = scalar_is_pack_id(text); break;
    case SCALAR_DATE: {
        tuoyu_status status = date_parse(text, &date);
        return status == TUOYU_OK || status == TUOYU_ERROR_DATE ? status : TUOYU_ERROR_PACK;
    }
    case SCALAR_PERIOD: return scalar_period(text, &date, &last);
    case SCALAR_NUMBER: good = decimal_parse(text, &number) == TUOYU_OK; break;
    case SCALAR_WHOLE: good = scalar_whole(text, &whole); break;
    case SCALAR_BOOLEAN: good = scalar_boolean(text, &boolean); break;
    case SCALAR_UNIT: good = unit_text_check(text, &unit, &problem); break;
    case SCALAR_RANGE: good = scalar_range(text, &range); break;
    case SCALAR_WORD: good = scalar_word(words, text) != SIZE_MAX; break;
    case SCALAR_ANY: good = true; break;
    default: break;
    }
    return good ? TUOYU_OK : TUOYU_ERROR_PACK;
}

/* The hint for a text that is not of its kind; empty where there is nothing to say. */
static struct text advice(enum scalar_kind kind, struct text text, char hint[SCALAR_HINT_SIZE])
{
    bool is_name = kind == SCALAR_NAME || kind == SCALAR_PACK_ID;
    if (is_name && text.length > SCALAR_LONGEST_NAME)
        return TEXT("it may have at most 255 bytes");
    struct token word = lexer_next(text, 0);
    int32_t first, last;
    struct unit unit;
    const char *problem;
    if (scalar_has_full_width(text) && kind != SCALAR_CITE)
        return TEXT("full-width characters are not meant here: write ASCII");
    if (kind == SCALAR_NAME && word.kind == TOKEN_NAME && word.keyword != KEYWORD_NONE &&
        word.length == text.length)
        return TEXT("it is a word of the expression language");
    if (kind == SCALAR_NAME)
        return TEXT("no spaces, dots or signs, and no digit first");
    if (kind == SCALAR_PERIOD && scalar_period(text, &first, &last) == TUOYU_ERROR_PACK &&
        find_dots(text) < text.length)
        return TEXT("two dates, the earlier first");
    if (kind == SCALAR_PERIOD)
        return hint_for_period(text, hint);
    if (kind == SCALAR_DATE)
        return hint_for_date(text, hint);
    if (kind == SCALAR_NUMBER)
        return hint_for_number(text, hint);
    if (kind == SCALAR_BOOLEAN)
        return TEXT("in lower case, without quotes");
    if (kind == SCALAR_RANGE)
        return TEXT("in quotes, for YAML takes a bracket for a list");
    if (kind == SCALAR_UNIT && !unit_text_check(text, &unit, &problem))
        return text_of(problem, TUOYU_NUL_TERMINATED);
    return TEXT("");
}

tuoyu_status scalar_check(enum scalar_kind kind, const char *const *words, struct text text,
                          struct location where, struct text name, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = scalar_judge(kind, words, text);
    if (status == TUOYU_OK)
        return TUOYU_OK;
    if (kind == SCALAR_WORD && text.length > 0)
        return report_word(words, text, where, name, diagnostics);
    if (text.length == 0)
        return report(diagnostics, status, where, TEXT("write it, or remove the key"),
                      "%.*s is empty: %s is expected", TEXT_ARGUMENTS(name), scalar_meaning(kind));
    if (kind == SCALAR_NUMBER && scalar_is_beyond_numbers(text))
        return report(diagnostics, status, where, TEXT(""), "%.*s " SCALAR_BEYOND_NUMBERS,
                      TEXT_ARGUMENTS(name));
    if (status == TUOYU_ERROR_DATE)
        return report(diagnostics, status, where, TEXT(""), "there is no such day: '%.*s'",
                      TEXT_ARGUMENTS(text));
    char hint[SCALAR_HINT_SIZE];
    return report(diagnostics, status, where, advice(kind, text, hint), "%.*s must be %s, not '%.*s'",
                  TEXT_ARGUMENTS(name), scalar_meaning(kind), TEXT_ARGUMENTS(text));
}
