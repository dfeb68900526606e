/* SPDX-License-Identifier: Apache-2.0 */
/* Translates the regular expressions of XPath 3.1 (those of XML Schema 1.1 with anchors, lazy quantifiers,
 * groups that do not capture, and back-references) to PCRE2's. It parses the whole grammar, so that nothing
 * which only PCRE2 knows slips through; each literal character that could mean something is written as a
 * number. */
#include "feel/regex.h"

#include <assert.h>

enum { NESTING_MOST = 50, GROUPS_MOST = 200, QUANTITY_MOST = 65535 };

/* The state of a translation. After an error nothing more is read. */
struct translator {
    struct text pattern;
    size_t at;
    struct regex_flags flags;
    struct text_builder *out;
    const char *wrong; /* what is wrong, or NULL */
    uint32_t depth, group_count;
    bool is_closed[GROUPS_MOST + 1]; /* by the number of a group; 0 stands for those that do not capture */
};

/* Translates branches up to a `)` or the end. */
static void translate_choice(struct translator *t);

/* Notes what is wrong, unless something was before. Returns false. */
static bool refuse_pattern(struct translator *t, const char *wrong)
{
    if (!t->wrong)
        t->wrong = wrong;
    return false;
}

/* Whether the pattern is at its end or there was an error. */
static bool at_end(const struct translator *t)
{
    return t->wrong || t->at >= t->pattern.length;
}

/* Whether the next byte is this one; false after an error or at the end. */
static bool next_is(const struct translator *t, char byte)
{
    return !at_end(t) && t->pattern.bytes[t->at] == byte;
}

/* Goes past the byte if it is the next; returns whether it was. */
static bool take_byte(struct translator *t, char byte)
{
    if (!next_is(t, byte))
        return false;
    t->at++;
    return true;
}

/* The next character; 0, with an error, if it is ill-formed or there is none. */
static uint32_t take_code_point(struct translator *t)
{
    uint32_t code_point = 0;
    size_t length = utf8_decode(t->pattern, t->at, &code_point);
    if (length == 0)
        refuse_pattern(t, "it is cut off or not UTF-8");
    t->at += length;
    return code_point;
}

/* True for 0 to 9. */
static bool is_digit(uint32_t code_point)
{
    return code_point >= '0' && code_point <= '9';
}

/* ---- Writing ---- */

/* Writes a character that stands for itself. */
static void write_literal(struct translator *t, uint32_t c)
{
    bool is_plain = c >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_plain)
        text_append_code_point(t->out, c);
    else
        text_append_format(t->out, "\\x{%x}", (unsigned)c);
}

/* True for code points that stand for no character. */
static bool is_surrogate(uint32_t code_point)
{
    return code_point >= 0xD800 && code_point <= 0xDFFF;
}

/* Writes a range of characters. It may not begin or end among the surrogates, which no text contains. */
static void write_range(struct translator *t, uint32_t first, uint32_t last)
{
    if (is_surrogate(first))
        first = 0xE000;
    if (is_surrogate(last))
        last = 0xD7FF;
    if (first <= last)
        text_append_format(t->out, "\\x{%x}-\\x{%x}", (unsigned)first, (unsigned)last);
}

/* Writes ranges, which are in order, for use inside brackets; or everything outside of them (is_negated). */
static void write_ranges(struct translator *t, const struct code_point_range *ranges, size_t count,
                         bool is_negated)
{
    uint32_t next = 0;
    for (size_t i = 0; i < count; i++) {
        assert(next <= ranges[i].first && ranges[i].first <= ranges[i].last);
        if (!is_negated)
            write_range(t, ranges[i].first, ranges[i].last);
        else if (ranges[i].first > next)
            write_range(t, next, ranges[i].first - 1);
        next = ranges[i].last + 1;
    }
    if (is_negated && next <= 0x10FFFF)
        write_range(t, next, 0x10FFFF);
}

/* ---- Escapes ---- */

static const struct code_point_range SPACES[] = {{0x9, 0xA}, {0xD, 0xD}, {0x20, 0x20}};

/* The characters that may begin a name of XML, and those that may stand in one. */
static const struct code_point_range NAME_STARTS[] = {
    {':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
static const struct code_point_range NAME_PARTS[] = {
    {'-', '.'},       {'0', ':'},       {'A', 'Z'},        {'_', '_'},       {'a', 'z'},
    {0xB7, 0xB7},     {0xC0, 0xD6},     {0xD8, 0xF6},      {0xF8, 0x37D},    {0x37F, 0x1FFF},
    {0x200C, 0x200D}, {0x203F, 0x2040}, {0x2070, 0x218F},  {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
    {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};

#define WRITE_RANGES(t, ranges, is_negated) \
    write_ranges((t), (ranges), sizeof(ranges) / sizeof *(ranges), (is_negated))

/* Whether the name is a general category of Unicode. */
static bool is_category(struct text name)
{
    static const char *const CATEGORIES =
        " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp "
        "S Sm Sc Sk So C Cc Cf Co Cn ";
    for (const char *from = CATEGORIES; *from; from++)
        if (*from == ' ' && text_starts_with(text_of(from + 1, TUOYU_NUL_TERMINATED), name) &&
            from[1 + name.length] == ' ')
            return true;
    return false;
}

/* Translates what follows `\p` or `\P`: a category or a block in braces. */
static void translate_property(struct translator *t, bool is_negated)
{
    size_t start = t->at + 1;
    if (!take_byte(t, '{')) {
        refuse_pattern(t, "\\p must be followed by {");
        return;
    }
    while (!at_end(t) && !next_is(t, '}'))
        t->at++;
    struct text name = text_slice(t->pattern, start, t->at);
    if (!take_byte(t, '}')) {
        refuse_pattern(t, "\\p{ has no }");
        return;
    }
    if (name.length && is_category(name)) {
        text_append_format(t->out, "\\%c{%.*s}", is_negated ? 'P' : 'p', TEXT_ARGUMENTS(name));
        return;
    }
    const struct code_point_range *block = NULL;
    if (text_starts_with(name, TEXT("Is")))
        block = unicode_block(text_slice(name, 2, name.length));
    if (block)
        write_ranges(t, block, 1, is_negated);
    else
        refuse_pattern(t, "\\p{ } names no category and no block of Unicode");
}

/* Translates a letter behind a backslash that stands for a set, for use inside brackets. Returns false if it
 * is no such letter. */
static bool translate_set_escape(struct translator *t)
{
    char letter = t->pattern.bytes[t->at];
    switch (letter) {
    case 's':
    case 'S': WRITE_RANGES(t, SPACES, letter == 'S'); break;
    case 'i':
    case 'I': WRITE_RANGES(t, NAME_STARTS, letter == 'I'); break;
    case 'c':
    case 'C': WRITE_RANGES(t, NAME_PARTS, letter == 'C'); break;
    case 'd': text_append_literal(t->out, "\\p{Nd}"); break;
    case 'D': text_append_literal(t->out, "\\P{Nd}"); break;
    case 'w': text_append_literal(t->out, "\\p{L}\\p{M}\\p{N}\\p{S}"); break;
    case 'W': text_append_literal(t->out, "\\p{P}\\p{Z}\\p{C}"); break;
    case 'p':
    case 'P': break;
    default: return false;
    }
    t->at++;
    if (letter == 'p' || letter == 'P')
        translate_property(t, letter == 'P');
    return true;
}

/* Reads the character that an escape stands for; the backslash has been taken. Returns false, with an error,
 * if it is no escape. */
static bool take_single_escape(struct translator *t, uint32_t *out)
{
    assert(t->at < t->pattern.length);
    static const char MEANT_LITERALLY[] = "\\|.?*+(){}-[]^$";
    char letter = t->pattern.bytes[t->at++];
    if (letter == 'n')
        *out = '\n';
    else if (letter == 'r')
        *out = '\r';
    else if (letter == 't')
        *out = '\t';
    else
        *out = (unsigned char)letter;
    if (letter == 'n' || letter == 'r' || letter == 't')
        return true;
    for (const char *known = MEANT_LITERALLY; *known; known++)
        if (letter == *known)
            return true;
    return refuse_pattern(t, "a backslash before a character that needs none");
}

/* Translates a back-reference; the backslash has been taken. As many digits belong to it as make the number
 * of a group, which must have been closed before. */
static void translate_back_reference(struct translator *t)
{
    uint32_t number = 0;
    while (!at_end(t) && is_digit((unsigned char)t->pattern.bytes[t->at])) {
        uint32_t longer = number * 10 + (uint32_t)(t->pattern.bytes[t->at] - '0');
        if (number && longer > t->group_count)
            break;
        number = longer;
        t->at++;
    }
    if (number == 0 || number > t->group_count || !t->is_closed[number]) {
        refuse_pattern(t, "a back-reference to a group that is not there");
        return;
    }
    text_append_format(t->out, "\\g{%u}", (unsigned)number);
}

/* Writes characters and sets in brackets; either may be NULL. Sets mean the same whether case counts or
 * not (\p{Lu} is a capital letter), but PCRE2 would widen them. So without regard to case they are written
 * apart. */
static void write_class(struct translator *t, const struct text_builder *characters,
                        const struct text_builder *sets, bool is_negated)
{
    struct text single = characters && characters->length ? text_builder_text(characters) : TEXT("");
    struct text set = sets && sets->length ? text_builder_text(sets) : TEXT("");
    if ((characters && characters->failed) || (sets && sets->failed))
        t->out->failed = true;
    if (!t->flags.ignores_case || !set.length) {
        text_append_literal(t->out, is_negated ? "[^" : "[");
        text_append(t->out, single);
        text_append(t->out, set);
        text_append_byte(t->out, ']');
        return;
    }
    text_append_literal(t->out, is_negated ? "(?:(?!(?-i:[" : "(?:(?-i:[");
    text_append(t->out, set);
    text_append_literal(t->out, "])");
    if (single.length)
        text_append_format(t->out, "|[%.*s]", TEXT_ARGUMENTS(single));
    text_append_literal(t->out, is_negated ? ")(?s:.))" : ")");
}

/* Translates an escape outside brackets; the backslash has been taken. */
static void translate_escape(struct translator *t)
{
    uint32_t literal;
    if (at_end(t)) {
        refuse_pattern(t, "it ends with a backslash");
        return;
    }
    if (is_digit((unsigned char)t->pattern.bytes[t->at])) {
        translate_back_reference(t);
        return;
    }
    struct text_builder set, *out = t->out;
    text_builder_init_arena(&set, out->arena);
    t->out = &set;
    bool is_set = translate_set_escape(t);
    t->out = out;
    if (is_set)
        write_class(t, NULL, &set, false);
    else if (take_single_escape(t, &literal))
        write_literal(t, literal);
}

/* ---- Classes in brackets ---- */

/* Reads one character of a class. Returns false after an error, or if it is a set, which is written to
 * sets. */
static bool take_class_character(struct translator *t, struct text_builder *sets, uint32_t *out)
{
    if (next_is(t, '['))
        return refuse_pattern(t, "a [ within brackets needs a backslash");
    if (!take_byte(t, '\\')) {
        *out = take_code_point(t);
        return !t->wrong;
    }
    if (at_end(t))
        return refuse_pattern(t, "it ends with a backslash");
    struct text_builder *characters = t->out;
    t->out = sets;
    bool is_set = translate_set_escape(t);
    t->out = characters;
    return !is_set && take_single_escape(t, out);
}

/* Translates a character, a range or a set in brackets. */
static void translate_class_part(struct translator *t, struct text_builder *sets, bool is_first)
{
    uint32_t first, last;
    bool is_bare_dash = next_is(t, '-');
    if (!take_class_character(t, sets, &first))
        return;
    bool ends = next_is(t, ']');
    if (is_bare_dash && !is_first && !ends) {
        refuse_pattern(t, "a - within brackets needs a backslash unless it is first or last");
        return;
    }
    bool is_range = next_is(t, '-') && t->at + 1 < t->pattern.length && t->pattern.bytes[t->at + 1] != ']' &&
                    t->pattern.bytes[t->at + 1] != '[';
    if (!is_range) {
        write_literal(t, first);
        return;
    }
    t->at++;
    if (!take_class_character(t, sets, &last)) {
        refuse_pattern(t, "a range that does not end with a character");
        return;
    }
    if (last < first)
        refuse_pattern(t, "a range whose end comes before its start");
    write_range(t, first, last);
}

/* Translates a class, whose `[` has been taken. What it subtracts is written before it, as what must not come
 * next. */
static void translate_class(struct translator *t)
{
    struct text_builder characters, sets, *out = t->out;
    text_builder_init_arena(&characters, out->arena);
    text_builder_init_arena(&sets, out->arena);
    if (++t->depth > NESTING_MOST)
        refuse_pattern(t, "it is nested too deeply");
    bool is_negated = take_byte(t, '^'), is_first = true, subtracts = false;
    t->out = &characters;
    while (!at_end(t) && !next_is(t, ']') && !subtracts) {
        subtracts = next_is(t, '-') && t->at + 1 < t->pattern.length && t->pattern.bytes[t->at + 1] == '[';
        if (!subtracts)
            translate_class_part(t, &sets, is_first);
        if (!subtracts)
            is_first = false;
    }
    t->out = out;
    if (is_first)
        refuse_pattern(t, "empty brackets");
    if (subtracts && !t->wrong) {
        text_append_literal(out, "(?:(?!");
        t->at += 2;
        translate_class(t);
        text_append_byte(out, ')');
    }
    write_class(t, &characters, &sets, is_negated);
    if (subtracts)
        text_append_byte(out, ')');
    if (!take_byte(t, ']'))
        refuse_pattern(t, "a [ has no ]");
    t->depth--;
}

/* ---- Atoms, quantifiers, branches ---- */

/* Translates a group, whose `(` has been taken. */
static void translate_group(struct translator *t)
{
    if (++t->depth > NESTING_MOST)
        refuse_pattern(t, "it is nested too deeply");
    uint32_t group = 0;
    if (take_byte(t, '?')) {
        if (!take_byte(t, ':'))
            refuse_pattern(t, "(? must be followed by :");
        text_append_literal(t->out, "(?:");
    } else {
        group = ++t->group_count;
        if (group > GROUPS_MOST)
            refuse_pattern(t, "it has too many groups");
        text_append_byte(t->out, '(');
    }
    translate_choice(t);
    if (!take_byte(t, ')'))
        refuse_pattern(t, "a ( has no )");
    text_append_byte(t->out, ')');
    assert(t->wrong || group <= GROUPS_MOST);
    if (!t->wrong)
        t->is_closed[group] = true;
    t->depth--;
}

/* Translates a character, class, group or anchor. */
static void translate_atom(struct translator *t)
{
    uint32_t c = take_code_point(t);
    switch (c) {
    case '\\': translate_escape(t); break;
    case '[': translate_class(t); break;
    case '(': translate_group(t); break;
    case '.': text_append_literal(t->out, t->flags.dot_matches_newline ? "(?s:.)" : "[^\\n\\r]"); break;
    case '^':
    case '$':
        /* In a group, because an anchor may be repeated, though to no effect. */
        text_append_format(t->out, "(?:%c)", (char)c);
        break;
    case '*':
    case '+':
    case '?':
    case '{': refuse_pattern(t, "a quantifier with nothing before it"); break;
    case ']':
    case '}': refuse_pattern(t, "a ] or } without its opening; as a character it needs a backslash"); break;
    default: write_literal(t, c); break;
    }
}

/* Reads a number. Returns false if there is none, or with an error if it is too large. */
static bool take_quantity(struct translator *t, uint32_t *out)
{
    size_t start = t->at;
    for (*out = 0; !at_end(t) && is_digit((unsigned char)t->pattern.bytes[t->at]); t->at++) {
        *out = *out * 10 + (uint32_t)(t->pattern.bytes[t->at] - '0');
        if (*out > QUANTITY_MOST)
            return refuse_pattern(t, "a quantity above 65535");
    }
    return t->at > start;
}

/* Translates a quantity; its `{` has been taken. */
static void translate_quantity(struct translator *t)
{
    uint32_t least, most;
    if (!take_quantity(t, &least))
        refuse_pattern(t, "a { without a number");
    text_append_format(t->out, "{%u", (unsigned)least);
    if (take_byte(t, ',')) {
        text_append_byte(t->out, ',');
        bool is_bounded = take_quantity(t, &most);
        if (is_bounded)
            text_append_format(t->out, "%u", (unsigned)most);
        if (is_bounded && most < least)
            refuse_pattern(t, "a quantity whose end comes before its start");
    }
    text_append_byte(t->out, '}');
    if (!take_byte(t, '}'))
        refuse_pattern(t, "a { has no }");
}

/* Translates a quantifier, if there is one. */
static void translate_quantifier(struct translator *t)
{
    if (take_byte(t, '*'))
        text_append_byte(t->out, '*');
    else if (take_byte(t, '+'))
        text_append_byte(t->out, '+');
    else if (take_byte(t, '?'))
        text_append_byte(t->out, '?');
    else if (take_byte(t, '{'))
        translate_quantity(t);
    else
        return;
    if (take_byte(t, '?'))
        text_append_byte(t->out, '?');
}

/* Translates alternatives up to the end of the text or the group's `)`, which is left. */
static void translate_choice(struct translator *t)
{
    while (!at_end(t) && !next_is(t, ')')) {
        if (take_byte(t, '|')) {
            text_append_byte(t->out, '|');
            continue;
        }
        translate_atom(t);
        translate_quantifier(t);
    }
}

/* The pattern without white space, except in brackets. */
static struct text without_white_space(struct text pattern, struct text_builder *builder)
{
    size_t brackets = 0;
    bool is_escaped = false;
    for (size_t i = 0; i < pattern.length; i++) {
        char byte = pattern.bytes[i];
        bool is_space = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
        if (is_space && !brackets)
            continue;
        if (!is_escaped && byte == '[')
            brackets++;
        if (!is_escaped && byte == ']' && brackets)
            brackets--;
        is_escaped = !is_escaped && byte == '\\';
        text_append_byte(builder, byte);
    }
    return builder->length ? text_builder_text(builder) : TEXT("");
}

const char *regex_translate(struct text pattern, struct regex_flags flags, struct text_builder *out)
{
    struct text_builder stripped;
    text_builder_init_arena(&stripped, out->arena);
    if (flags.ignores_white_space)
        pattern = without_white_space(pattern, &stripped);
    struct translator translator = {.pattern = pattern, .flags = flags, .out = out};
    translate_choice(&translator);
    if (next_is(&translator, ')'))
        refuse_pattern(&translator, "a ) without its (");
    if (stripped.failed)
        out->failed = true;
    return out->failed ? NULL : translator.wrong;
}
