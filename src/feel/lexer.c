/* SPDX-License-Identifier: Apache-2.0 */
/* Splits an expression's text into tokens, says what is wrong with one that is none, and decodes the escapes
 * of strings. */
#include "feel/lexer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* ---- Characters ---- */

/* Whether the standard counts the character as white space. */
static bool is_white(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= 0x09 && c <= 0x0D);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/* True for 0 to 9. */
static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Whether the character is one of ０ to ９. */
static bool is_full_width_digit(uint32_t c)
{
    return c >= 0xFF10 && c <= 0xFF19;
}

/* Whether the standard's grammar lets a name begin with this character beyond ASCII. */
static bool is_in_name_ranges(uint32_t c)
{
    static const uint32_t RANGES[][2] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                                         {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                         {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                                         {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
        if (c >= RANGES[i][0] && c <= RANGES[i][1])
            return true;
    return false;
}

/* Whether a character in the standard's ranges is punctuation or a space, such as 、。（）, which here is no
 * part of a name. */
static bool is_punctuation(uint32_t c)
{
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CN: return true;
    case UTF8PROC_CATEGORY_SM: return c >= 0xFF00 && c <= 0xFFEF;
    default: return false;
    }
}

bool lexer_is_name_start(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (c >= 0x4E00 && c <= 0x9FFF)
        return true;
    return is_in_name_ranges(c) && !is_full_width_digit(c) && !is_punctuation(c);
}

/* True if the code point may stand in a name behind its first character. */
bool lexer_is_name_part(uint32_t c)
{
    if (c < 0x80)
        return lexer_is_name_start(c) || is_digit(c);
    return lexer_is_name_start(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

/* What was probably meant by a character that looks like one of the language; NULL if it looks like none. */
static const char *look_alike(uint32_t c)
{
    static const struct {
        uint32_t c;
        const char *meant;
    } LOOK_ALIKES[] = {{0xD7, "*"},    {0xF7, "/"},    {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},
                       {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "\""}, {0x2019, "\""},
                       {0x201C, "\""}, {0x201D, "\""}, {0x2026, ".."}, {0x2192, "->"}, {0x2212, "-"},
                       {0x2215, "/"},  {0x2236, ":"},  {0x2260, "!="}, {0x2264, "<="}, {0x2265, ">="},
                       {0x2266, "<="}, {0x2267, ">="}, {0x3001, ","},  {0x3002, "."},  {0x3008, "<"},
                       {0x3009, ">"},  {0x300A, "<"},  {0x300B, ">"},  {0x300C, "\""}, {0x300D, "\""},
                       {0x300E, "\""}, {0x300F, "\""}, {0x3010, "["},  {0x3011, "]"},  {0x3014, "["},
                       {0x3015, "]"},  {0xFE50, ","},  {0xFE59, "("},  {0xFE5A, ")"},  {0xFF5E, ".."}};
    for (size_t i = 0; i < sizeof LOOK_ALIKES / sizeof *LOOK_ALIKES; i++)
        if (LOOK_ALIKES[i].c == c)
            return LOOK_ALIKES[i].meant;
    static const char FULL_WIDTH[] = "!\0\"\0#\0$\0%\0&\0'\0(\0)\0*\0+\0,\0-\0.\0/\0"
                                     "0\0"
                                     "1\0"
                                     "2\0"
                                     "3\0"
                                     "4\0"
                                     "5\0"
                                     "6\0"
                                     "7\0"
                                     "8\0"
                                     "9\0:\0;\0<\0=\0>\0?\0@";
    if (c >= 0xFF01 && c <= 0xFF20)
        return &FULL_WIDTH[(c - 0xFF01) * 2];
    if (c == 0xFF3B)
        return "[";
    if (c == 0xFF3D)
        return "]";
    if (c == 0xFF5B)
        return "{";
    if (c == 0xFF5D)
        return "}";
    return NULL;
}

/* ---- Tokens ---- */

/* The byte at an offset; 0 behind the end. */
static unsigned char byte_at(struct text text, uint32_t offset)
{
    return offset < text.length ? (unsigned char)text.bytes[offset] : 0;
}

/* The offset behind white space and comments; that of the start of a comment that does not end. */
static uint32_t skip_white(struct text text, uint32_t offset)
{
    for (;;) {
        unsigned char byte = byte_at(text, offset);
        if (byte == ' ' || (byte >= 0x09 && byte <= 0x0D)) {
            offset++;
        } else if (byte >= 0x80) {
            uint32_t c;
            size_t length = utf8_decode(text, offset, &c);
            if (length == 0 || !is_white(c))
                return offset;
            offset += (uint32_t)length;
        } else if (byte == '/' && byte_at(text, offset + 1) == '/') {
            while (offset < text.length && text.bytes[offset] != '\n')
                offset++;
        } else if (byte == '/' && byte_at(text, offset + 1) == '*') {
            uint32_t end = offset + 2;
            while (end < text.length && !(text.bytes[end] == '*' && byte_at(text, end + 1) == '/'))
                end++;
            if (end >= text.length)
                return offset;
            offset = end + 2;
        } else {
            return offset;
        }
    }
}

/* The offset behind the digits that stand here, if any. */
static uint32_t skip_digits(struct text text, uint32_t offset)
{
    while (is_digit(byte_at(text, offset)))
        offset++;
    return offset;
}

/* The offset behind the number that begins here. */
static uint32_t number_end(struct text text, uint32_t offset)
{
    uint32_t end = skip_digits(text, offset);
    if (byte_at(text, end) == '.' && is_digit(byte_at(text, end + 1)))
        end = skip_digits(text, end + 1);
    unsigned char e = byte_at(text, end);
    if (e == 'e' || e == 'E') {
        unsigned char sign = byte_at(text, end + 1);
        uint32_t digits = sign == '+' || sign == '-' ? end + 2 : end + 1;
        if (is_digit(byte_at(text, digits)))
            end = skip_digits(text, digits);
    }
    return end;
}

/* The offset behind the closing quote of the string whose opening quote is at offset; UINT32_MAX if there is
 * none. */
static uint32_t string_end(struct text text, uint32_t offset)
{
    for (uint32_t end = offset + 1; end < text.length; end++) {
        if (text.bytes[end] == '"')
            return end + 1;
        if (text.bytes[end] == '\\')
            end++;
    }
    return UINT32_MAX;
}

/* The offset behind the characters of a name from here on. */
static uint32_t name_end(struct text text, uint32_t offset)
{
    while (offset < text.length) {
        unsigned char byte = byte_at(text, offset);
        uint32_t c = byte;
        size_t length = byte < 0x80 ? 1 : utf8_decode(text, offset, &c);
        if (length == 0 || !lexer_is_name_part(c))
            break;
        offset += (uint32_t)length;
    }
    return offset;
}

/* KEYWORD_NONE if the word is no keyword. */
static enum keyword keyword_of(struct text word)
{
    static const struct {
        struct text word;
        enum keyword keyword;
    } KEYWORDS[] = {{{"and", 3}, KEYWORD_AND},
                    {{"between", 7}, KEYWORD_BETWEEN},
                    {{"else", 4}, KEYWORD_ELSE},
                    {{"every", 5}, KEYWORD_EVERY},
                    {{"external", 8}, KEYWORD_EXTERNAL},
                    {{"false", 5}, KEYWORD_FALSE},
                    {{"for", 3}, KEYWORD_FOR},
                    {{"function", 8}, KEYWORD_FUNCTION},
                    {{"if", 2}, KEYWORD_IF},
                    {{"in", 2}, KEYWORD_IN},
                    {{"instance", 8}, KEYWORD_INSTANCE},
                    {{"not", 3}, KEYWORD_NOT},
                    {{"null", 4}, KEYWORD_NULL},
                    {{"of", 2}, KEYWORD_OF},
                    {{"or", 2}, KEYWORD_OR},
                    {{"return", 6}, KEYWORD_RETURN},
                    {{"satisfies", 9}, KEYWORD_SATISFIES},
                    {{"some", 4}, KEYWORD_SOME},
                    {{"then", 4}, KEYWORD_THEN},
                    {{"true", 4}, KEYWORD_TRUE}};
    if (word.length < 2 || word.length > 9 || word.bytes[0] < 'a' || word.bytes[0] > 't')
        return KEYWORD_NONE;
    for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++)
        if (text_equals(KEYWORDS[i].word, word))
            return KEYWORDS[i].keyword;
    return KEYWORD_NONE;
}

/* The token of this kind from one offset to another. */
static struct token make(enum token_kind kind, uint32_t from, uint32_t to)
{
    assert(from <= to);
    return (struct token){.kind = (uint8_t)kind, .offset = from, .length = to - from};
}

/* The TOKEN_WRONG of one character, or of one byte that is ill-formed. */
static struct token wrong(struct text text, uint32_t offset)
{
    uint32_t c;
    size_t length = utf8_decode(text, offset, &c);
    return make(TOKEN_WRONG, offset, offset + (length ? (uint32_t)length : 1));
}

/* The token from start to the end of the string at quote; TOKEN_WRONG up to the quote if that is not
 * closed. */
static struct token string_token(struct text text, uint32_t start, uint32_t quote, enum token_kind kind)
{
    uint32_t end = string_end(text, quote);
    return end == UINT32_MAX ? make(TOKEN_WRONG, start, quote + 1) : make(kind, start, end);
}

/* A token of one byte, or of two and kind `longer` if the next byte is `follow`. */
static struct token one_or_two(struct text text, uint32_t offset, enum token_kind kind, unsigned char follow,
                               enum token_kind longer)
{
    if (byte_at(text, offset + 1) == follow)
        return make(longer, offset, offset + 2);
    return make(kind, offset, offset + 1);
}

/* The token of punctuation or an operator. */
static struct token symbol_token(struct text text, uint32_t offset)
{
    unsigned char byte = byte_at(text, offset), next = byte_at(text, offset + 1);
    switch (byte) {
    case '(': return make(TOKEN_LEFT_PARENTHESIS, offset, offset + 1);
    case ')': return make(TOKEN_RIGHT_PARENTHESIS, offset, offset + 1);
    case '[': return make(TOKEN_LEFT_BRACKET, offset, offset + 1);
    case ']': return make(TOKEN_RIGHT_BRACKET, offset, offset + 1);
    case '{': return make(TOKEN_LEFT_BRACE, offset, offset + 1);
    case '}': return make(TOKEN_RIGHT_BRACE, offset, offset + 1);
    case ',': return make(TOKEN_COMMA, offset, offset + 1);
    case ':': return make(TOKEN_COLON, offset, offset + 1);
    case '?': return make(TOKEN_QUESTION, offset, offset + 1);
    case '.': return one_or_two(text, offset, TOKEN_DOT, '.', TOKEN_DOT_DOT);
    case '+': return make(TOKEN_PLUS, offset, offset + 1);
    case '-': return one_or_two(text, offset, TOKEN_MINUS, '>', TOKEN_ARROW);
    case '*': return one_or_two(text, offset, TOKEN_STAR, '*', TOKEN_STAR_STAR);
    case '/':
        return next == '*' ? make(TOKEN_WRONG, offset, offset + 2) : make(TOKEN_SLASH, offset, offset + 1);
    case '=':
        return next == '=' ? make(TOKEN_WRONG, offset, offset + 2) : make(TOKEN_EQUAL, offset, offset + 1);
    case '!': return one_or_two(text, offset, TOKEN_WRONG, '=', TOKEN_NOT_EQUAL);
    case '<': return one_or_two(text, offset, TOKEN_LESS, '=', TOKEN_LESS_EQUAL);
    case '>': return one_or_two(text, offset, TOKEN_GREATER, '=', TOKEN_GREATER_EQUAL);
    case '&':
    case '|': return make(TOKEN_WRONG, offset, offset + (next == byte ? 2 : 1));
    default: return wrong(text, offset);
    }
}

struct token lexer_next(struct text text, uint32_t offset)
{
    offset = skip_white(text, offset);
    if (offset >= text.length)
        return make(TOKEN_END, (uint32_t)text.length, (uint32_t)text.length);
    unsigned char byte = byte_at(text, offset), next = byte_at(text, offset + 1);
    if (is_digit(byte))
        return make(TOKEN_NUMBER, offset, number_end(text, offset));
    if (byte == '.' && is_digit(next) && (offset == 0 || byte_at(text, offset - 1) != '.'))
        return make(TOKEN_NUMBER, offset, number_end(text, offset));
    if (byte == '"')
        return string_token(text, offset, offset, TOKEN_STRING);
    if (byte == '@') {
        uint32_t quote = skip_white(text, offset + 1);
        return byte_at(text, quote) == '"' ? string_token(text, offset, quote, TOKEN_AT_STRING)
                                           : wrong(text, offset);
    }
    uint32_t c = byte;
    if (byte >= 0x80 && utf8_decode(text, offset, &c) == 0)
        return wrong(text, offset);
    if (!lexer_is_name_start(c))
        return byte >= 0x80 ? wrong(text, offset) : symbol_token(text, offset);
    struct token token = make(TOKEN_NAME, offset, name_end(text, offset));
    token.keyword = (uint8_t)keyword_of(text_slice(text, offset, offset + token.length));
    return token;
}

/* ---- Explaining ---- */

/* Reports an ASCII symbol that FEEL does not have, with a hint if people coming from other languages use
 * it. */
static tuoyu_status explain_symbol(struct text word, struct location where, tuoyu_diagnostics *diagnostics)
{
    static const struct {
        const char *word, *hint;
    } KNOWN[] = {{"==", "write `=` for equal"},
                 {"&&", "write `and`"},
                 {"&", "write `and`; texts are joined with `+`"},
                 {"||", "write `or`"},
                 {"|", "write `or`"},
                 {"!", "write `not(…)`, or `!=` for not equal"},
                 {"'", "a text stands in double quotes: \"…\""},
                 {"`", "a text stands in double quotes: \"…\""},
                 {"%", "write a percentage as a number: 0.8 for 80%; a remainder is `modulo(a, b)`"},
                 {"^", "write `**` for a power"},
                 {"~", "a range has `..` between its ends: `[1..10)`"},
                 {";", "items are separated with `,`"},
                 {"@", "write @\"2025-01-31\""}};
    struct text hint = TEXT("");
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (text_equals(text_of(KNOWN[i].word, TUOYU_NUL_TERMINATED), word))
            hint = text_of(KNOWN[i].hint, TUOYU_NUL_TERMINATED);
    if (text_equals(word, TEXT("/*")))
        return report(diagnostics, TUOYU_ERROR_SYNTAX, where, TEXT("end it with */"),
                      "this comment does not end");
    return report(diagnostics, TUOYU_ERROR_SYNTAX, where, hint, "`%.*s` has no meaning here",
                  TEXT_ARGUMENTS(word));
}

tuoyu_status lexer_explain(struct text text, struct token token, struct location where,
                           tuoyu_diagnostics *diagnostics)
{
    assert(token.kind == TOKEN_WRONG && token.length > 0);
    struct text word = text_slice(text, token.offset, token.offset + token.length);
    uint32_t c = 0;
    size_t length = utf8_decode(text, token.offset, &c);
    if (word.bytes[word.length - 1] == '"')
        return report(diagnostics, TUOYU_ERROR_SYNTAX, where, TEXT("end it with \""),
                      "this text does not end");
    if (length == 0)
        return report(diagnostics, TUOYU_ERROR_ENCODING, where, TEXT("save the text as UTF-8"),
                      "not UTF-8: byte 0x%02X", (unsigned)(unsigned char)word.bytes[0]);
    if (c < 0x20 || c == 0x7F)
        return report(diagnostics, TUOYU_ERROR_ENCODING, where, TEXT("remove it"),
                      "a control character, U+%04X", (unsigned)c);
    if (c < 0x80)
        return explain_symbol(word, where, diagnostics);
    const char *meant = look_alike(c);
    if (!meant)
        return report(diagnostics, TUOYU_ERROR_SYNTAX, where, TEXT(""),
                      "the character %.*s (U+%04X) has no meaning here", TEXT_ARGUMENTS(word), (unsigned)c);
    char hint[64];
    return report(diagnostics, TUOYU_ERROR_SYNTAX, where,
                  message_write(hint, sizeof hint, "write `%s`", meant),
                  "%.*s (U+%04X) is not the character `%s` that it looks like", TEXT_ARGUMENTS(word),
                  (unsigned)c, meant);
}

void lexer_describe(struct text text, struct token token, char description[64])
{
    if (token.kind == TOKEN_END) {
        snprintf(description, 64, "the end");
        return;
    }
    struct text word = text_slice(text, token.offset, token.offset + token.length);
    size_t kept = word.length;
    if (kept > 40) {
        kept = 40;
        while (kept > 0 && ((unsigned char)word.bytes[kept] & 0xC0) == 0x80)
            kept--;
    }
    snprintf(description, 64, "`%.*s%s`", (int)kept, word.bytes, kept < word.length ? "…" : "");
}

/* ---- Strings ---- */

/* The value of a hexadecimal digit; -1 if it is none. */
static int hexadecimal(unsigned char byte)
{
    if (is_digit(byte))
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return -1;
}

/* Reads this many hexadecimal digits. Returns false if they are not all there. */
static bool read_hexadecimal(struct text text, size_t offset, size_t digits, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        int digit = offset + i < text.length ? hexadecimal((unsigned char)text.bytes[offset + i]) : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* Reads the code point of `\U…` or `\u…` at offset, the latter with its second half if it is a surrogate.
 * Returns how many bytes it takes; 0 if it is no code point. */
static size_t read_code_point(struct text text, size_t offset, uint32_t *c)
{
    bool is_long = text.bytes[offset + 1] == 'U';
    size_t taken = is_long ? 8 : 6;
    if (!read_hexadecimal(text, offset + 2, taken - 2, c))
        return 0;
    if (*c >= 0xD800 && *c <= 0xDBFF && !is_long) {
        uint32_t low;
        bool has_low = offset + 7 < text.length && text.bytes[offset + 6] == '\\' &&
                       text.bytes[offset + 7] == 'u' && read_hexadecimal(text, offset + 8, 4, &low) &&
                       low >= 0xDC00 && low <= 0xDFFF;
        if (!has_low)
            return 0;
        *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
        taken = 12;
    }
    return *c == 0 || *c > 0x10FFFF || (*c >= 0xD800 && *c <= 0xDFFF) ? 0 : taken;
}

tuoyu_status lexer_unescape(struct arena *arena, struct text quoted, struct text *out, uint32_t *bad)
{
    *out = quoted;
    if (!quoted.length || !memchr(quoted.bytes, '\\', quoted.length))
        return TUOYU_OK;
    char *bytes = arena_allocate(arena, quoted.length + 1);
    if (!bytes)
        return TUOYU_ERROR_NO_MEMORY;
    static const char SIMPLE[][2] = {{'n', '\n'}, {'r', '\r'},  {'t', '\t'},  {'b', '\b'}, {'f', '\f'},
                                     {'"', '"'},  {'\'', '\''}, {'\\', '\\'}, {'/', '/'}};
    size_t length = 0, i = 0;
    while (i < quoted.length) {
        char escape = quoted.bytes[i] == '\\' && i + 1 < quoted.length ? quoted.bytes[i + 1] : '\0';
        if (escape == 'u' || escape == 'U') {
            uint32_t c;
            size_t taken = read_code_point(quoted, i, &c);
            if (taken == 0) {
                *bad = (uint32_t)i;
                return TUOYU_ERROR_SYNTAX;
            }
            length += utf8_encode(c, bytes + length);
            i += taken;
            continue;
        }
        size_t known = 0;
        while (escape && known < sizeof SIMPLE / sizeof *SIMPLE && SIMPLE[known][0] != escape)
            known++;
        if (escape && known < sizeof SIMPLE / sizeof *SIMPLE) {
            bytes[length++] = SIMPLE[known][1];
            i += 2;
        } else {
            /* A backslash before any other character stands for itself, as in the regular expression "\d". */
            bytes[length++] = quoted.bytes[i++];
        }
    }
    *out = (struct text){.bytes = bytes, .length = length};
    return TUOYU_OK;
}
