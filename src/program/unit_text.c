/* SPDX-License-Identifier: Apache-2.0 */
/* Reads units from texts by a small grammar, and writes their canonical text. */
#include "program/unit_text.h"

#include <assert.h>

#include "feel/lexer.h"

/* What a problem tells the writer of a pack to do. */
static const char NOTHING_THERE[] = "a name is missing beside a sign: write it as CNY/month";
static const char TWO_READINGS[] =
    "`/` and then `*` can be read in two ways: write CNY/child/month, or CNY*month/child";
static const char TOO_LONG[] = "it may have at most 255 bytes";
static const char TOO_MANY[] = "a unit has at most six names";
static const char POWER[] = "a power is a whole number from -9 to 9 and not 0, such as m^2";
static const char BRACKET[] = "brackets hold the names of a divisor: CNY/(child*month)";
static const char NUMBER[] =
    "a unit holds names, and numbers only as powers: write person, and the numbers in full";
static const char SPACE[] = "no spaces: write CNY/month";
static const char PERCENT[] =
    "percent stands alone: a rate per month has the unit 1/month, and 0.5 % is written 0.005";
static const char CANCELS[] = "nothing is left of it: write 1 for a plain factor, or percent";
static const char EVERY[] = "write `/` for 每 and for per: 元/人/月";
static const char CHARACTER[] = "names of letters, digits and _, joined by `/` and `*`";

/* ---- Words of a unit ---- */

/* A text while it is read. */
struct unit_reader {
    struct text text;
    size_t at; /* offset of the next byte */
    struct unit unit;
    const char *problem; /* the first problem, or NULL */
};

/* Keeps the first problem; returns false. */
static bool refuse_unit(struct unit_reader *reader, const char *problem)
{
    if (!reader->problem)
        reader->problem = problem;
    return false;
}

/* Whether the whole text is read. */
static bool is_at_end(const struct unit_reader *reader)
{
    return reader->at == reader->text.length;
}

/* Passes over the sign if it stands here; returns whether it did. */
static bool take_sign(struct unit_reader *reader, const char *sign)
{
    struct text wanted = text_of(sign, TUOYU_NUL_TERMINATED);
    if (!text_starts_with(text_slice(reader->text, reader->at, reader->text.length), wanted))
        return false;
    reader->at += wanted.length;
    return true;
}

/* Passes over a sign of multiplication; returns whether one stood here. */
static bool take_times(struct unit_reader *reader)
{
    return take_sign(reader, "*") || take_sign(reader, "·") || take_sign(reader, "×");
}

/* Whether a sign stands at an offset, so that a name ends there: one of ASCII, or · × ² ³. */
static bool is_sign(struct text text, size_t at)
{
    assert(at < text.length);
    switch (text.bytes[at]) {
    case '/':
    case '*':
    case '(':
    case ')':
    case '^':
    case ' ': return true;
    default: break;
    }
    uint32_t sign;
    if ((unsigned char)text.bytes[at] < 0xC2 || utf8_decode(text, at, &sign) != 2)
        return false;
    return sign == 0xB7 || sign == 0xD7 || sign == 0xB2 || sign == 0xB3;
}

/* Whether the text is a name of the expression language. */
static bool is_name(struct text text)
{
    struct token token = lexer_next(text, 0);
    return token.kind == TOKEN_NAME && token.keyword == KEYWORD_NONE && token.offset == 0 &&
           token.length == text.length;
}

/* Whether the text is a sign that people write for a unit, though it is no name of the expression
 * language. */
static bool is_unit_sign(struct text text)
{
    return text_is(text, "%") || text_is(text, "‰") || text_is(text, "㎡") || text_is(text, "㎥");
}

/* The problem where a sign stands in the place of a name. */
static const char *problem_of_sign(const struct unit_reader *reader)
{
    char sign = is_at_end(reader) ? '\0' : reader->text.bytes[reader->at];
    bool is_second_star = sign == '*' && reader->at > 0 && reader->text.bytes[reader->at - 1] == '*';
    if (is_second_star)
        return POWER;
    return sign == ' ' ? SPACE : sign == '(' ? BRACKET : NOTHING_THERE;
}

/* The problem of a name as written, or NULL. */
static const char *problem_of_name(struct text name, const struct unit_reader *reader)
{
    if (name.length == 0)
        return problem_of_sign(reader);
    if (name.bytes[0] >= '0' && name.bytes[0] <= '9')
        return NUMBER;
    return is_name(name) || is_unit_sign(name) ? NULL : CHARACTER;
}

/* Reads a name; false where there is none. */
static bool take_name(struct unit_reader *reader, struct text *name)
{
    size_t start = reader->at;
    while (!is_at_end(reader) && !is_sign(reader->text, reader->at))
        reader->at++;
    *name = text_slice(reader->text, start, reader->at);
    const char *problem = problem_of_name(*name, reader);
    return !problem || refuse_unit(reader, problem);
}

/* Reads the power after `^`; false where it is none that can be written. */
static bool take_digits(struct unit_reader *reader, int32_t *power)
{
    int32_t sign = take_sign(reader, "-") ? -1 : 1;
    size_t start = reader->at;
    for (*power = 0; !is_at_end(reader) && *power <= UNIT_TEXT_POWER; reader->at++) {
        char digit = reader->text.bytes[reader->at];
        if (digit < '0' || digit > '9')
            break;
        *power = *power * 10 + (digit - '0');
    }
    bool is_power = reader->at > start && *power > 0 && *power <= UNIT_TEXT_POWER;
    *power *= sign;
    return is_power || refuse_unit(reader, POWER);
}

/* Reads a power, 1 where none is written. Returns false, with the problem noted, if it is ill-formed. */
static bool take_power(struct unit_reader *reader, int32_t *power)
{
    *power = 1;
    if (take_sign(reader, "²"))
        *power = 2;
    else if (take_sign(reader, "³"))
        *power = 3;
    else if (take_sign(reader, "^"))
        return take_digits(reader, power);
    return true;
}

/* ---- The grammar ---- */

/* Reads a factor and multiplies the unit by it. sign: 1 for what is multiplied, -1 for a divisor. Returns
 * false, with the problem noted, if there is none. */
static bool take_factor(struct unit_reader *reader, int32_t sign)
{
    struct text name;
    int32_t power;
    if (!take_name(reader, &name) || !take_power(reader, &power))
        return false;
    return unit_multiply(&reader->unit, name, sign * power) || refuse_unit(reader, TOO_MANY);
}

/* Reads a product of factors. Returns false, with the problem noted, if one of them is ill-formed. */
static bool take_product(struct unit_reader *reader, int32_t sign)
{
    if (!take_factor(reader, sign))
        return false;
    while (take_times(reader))
        if (!take_factor(reader, sign))
            return false;
    return true;
}

/* Reads what follows a `/`: one factor, or a product in brackets. Returns false, with the problem noted, if
 * it is ill-formed. */
static bool take_divisor(struct unit_reader *reader)
{
    if (!take_sign(reader, "(")) {
        if (!take_factor(reader, -1))
            return false;
        return !take_times(reader) || refuse_unit(reader, TWO_READINGS);
    }
    if (!take_product(reader, -1))
        return false;
    return take_sign(reader, ")") || refuse_unit(reader, BRACKET);
}

/* The problem of what follows a complete unit. */
static const char *problem_of_rest(const struct unit_reader *reader)
{
    char next = reader->text.bytes[reader->at];
    if (next == ' ')
        return SPACE;
    return next == '(' || next == ')' ? BRACKET : CHARACTER;
}

/* Reads a whole unit; false with a problem where it is none. */
static bool take_unit(struct unit_reader *reader)
{
    if (text_is(reader->text, "1"))
        return true; /* a plain factor is a ratio of nothing in particular */
    if (text_starts_with(reader->text, TEXT("1/")))
        reader->at = 1;
    else if (!take_product(reader, 1))
        return false;
    while (take_sign(reader, "/"))
        if (!take_divisor(reader))
            return false;
    if (!is_at_end(reader))
        return refuse_unit(reader, problem_of_rest(reader));
    return reader->unit.count > 0 || refuse_unit(reader, CANCELS);
}

bool unit_text_read(struct text text, struct unit *out, const char **problem)
{
    struct unit_reader reader = {.text = text};
    bool is_read = take_unit(&reader);
    *out = reader.unit;
    *problem = reader.problem;
    return is_read;
}

/* ---- Names ---- */

/* Whether the text holds the part. */
static bool holds(struct text text, const char *part)
{
    struct text wanted = text_of(part, TUOYU_NUL_TERMINATED);
    for (size_t at = 0; at + wanted.length <= text.length; at++)
        if (memcmp(text.bytes + at, wanted.bytes, wanted.length) == 0)
            return true;
    return false;
}

/* Multiplies by a known unit; false where the product is too large. */
static bool multiply_known(struct unit *unit, const struct known_unit *known, int32_t power)
{
    if (!known->parts[0].base)
        return unit_multiply(unit, text_of(known->name, TUOYU_NUL_TERMINATED), power);
    for (size_t i = 0; i < UNIT_PARTS && known->parts[i].base; i++) {
        const struct unit_part *part = &known->parts[i];
        if (!unit_multiply(unit, text_of(part->base, TUOYU_NUL_TERMINATED), part->power * power))
            return false;
    }
    return true;
}

/* Multiplies a unit by what a written name stands for. Returns what is wrong with the name, or NULL. */
static const char *multiply_written(struct unit *unit, struct text name, int32_t power)
{
    const struct known_unit *known = known_unit_find(name);
    if (known && known->sort == UNIT_SORT_PERCENT)
        return PERCENT;
    if (known && known->sort != UNIT_SORT_THING)
        return multiply_known(unit, known, power) ? NULL : TOO_MANY;
    const char *advice = known ? NULL : scaled_unit_advice(name);
    if (!advice && !known && holds(name, "每"))
        advice = EVERY;
    if (advice)
        return advice;
    return unit_multiply(unit, name, power) ? NULL : TOO_MANY;
}

/* Whether the powers can be written, so that the canonical text can be read again: `m2^9` is m^18, which
 * cannot. */
static bool has_written_powers(const struct unit *unit)
{
    for (uint32_t i = 0; i < unit->count; i++)
        if (unit->atoms[i].power > UNIT_TEXT_POWER || unit->atoms[i].power < -UNIT_TEXT_POWER)
            return false;
    return true;
}

bool unit_text_resolve(const struct unit *written, struct unit *out, const char **problem)
{
    const struct unit_atom *first = &written->atoms[0];
    const struct known_unit *known =
        written->count == 1 && first->power == 1 ? known_unit_find(first->name) : NULL;
    *out = (struct unit){.is_percent = known && known->sort == UNIT_SORT_PERCENT};
    *problem = NULL;
    if (out->is_percent)
        return true;
    for (uint32_t i = 0; i < written->count && !*problem; i++)
        *problem = multiply_written(out, written->atoms[i].name, written->atoms[i].power);
    if (!*problem && out->count == 0 && written->count > 0)
        *problem = CANCELS;
    if (!*problem && !has_written_powers(out))
        *problem = POWER;
    return !*problem;
}

bool unit_text_check(struct text written, struct unit *out, const char **problem)
{
    struct unit raw;
    *problem = written.length > UNIT_TEXT_MOST ? TOO_LONG : NULL;
    return !*problem && unit_text_read(written, &raw, problem) && unit_text_resolve(&raw, out, problem);
}

bool unit_text_is_money(struct text text)
{
    struct unit unit;
    const char *problem;
    return unit_text_check(text, &unit, &problem) && unit_is_money(&unit);
}

/* ---- The canonical text ---- */

/* Appends a base to a power, by its canonical or Chinese name where it has one for that power. */
static void append_factor(struct text_builder *builder, struct text base, int32_t power, bool is_chinese)
{
    const struct known_unit *known = known_unit_of_base(base, power);
    if (known) {
        text_append_literal(builder, is_chinese ? known->zh : known->name);
        return;
    }
    text_append(builder, base);
    if (power != 1)
        text_append_format(builder, "^%d", (int)power);
}

/* The text of a unit by canonical names, or by Chinese ones. Returns as unit_text_of(). */
static struct text write_unit(struct arena *arena, const struct unit *unit, bool is_chinese)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    if (unit->is_plain)
        return text_copy(arena, TEXT(""));
    if (unit->is_percent)
        return text_copy(arena, is_chinese ? TEXT("百分比") : TEXT("percent"));
    for (uint32_t i = 0; i < unit->count; i++) {
        if (unit->atoms[i].power < 0)
            continue;
        if (builder.length)
            text_append_byte(&builder, '*');
        append_factor(&builder, unit->atoms[i].name, unit->atoms[i].power, is_chinese);
    }
    if (!builder.length)
        text_append_byte(&builder, '1');
    for (uint32_t i = 0; i < unit->count; i++) {
        if (unit->atoms[i].power > 0)
            continue;
        text_append_byte(&builder, '/');
        append_factor(&builder, unit->atoms[i].name, -unit->atoms[i].power, is_chinese);
    }
    return builder.failed ? (struct text){NULL, 0} : text_builder_text(&builder);
}

struct text unit_text_of(struct arena *arena, const struct unit *unit)
{
    return write_unit(arena, unit, false);
}

/* ---- Units of the program ---- */

const struct unit *unit_of_text(struct arena *arena, struct text text)
{
    struct unit written;
    const char *problem;
    if (text.length == 0)
        return &UNIT_PLAIN;
    struct unit *unit = ARENA_NEW(arena, struct unit);
    bool is_read =
        unit && unit_text_read(text, &written, &problem) && unit_text_resolve(&written, unit, &problem);
    return is_read ? unit : NULL;
}

const struct unit *unit_of_name(struct arena *arena, const char *name)
{
    return unit_of_text(arena, text_of(name, TUOYU_NUL_TERMINATED));
}

struct text unit_show(struct arena *arena, const struct unit *unit, enum language language)
{
    if (!unit || unit->is_plain)
        return TEXT("no unit");
    if (unit_is_ratio(unit) && !unit->is_percent)
        return TEXT("no unit (a ratio)");
    struct text shown = write_unit(arena, unit, language == LANGUAGE_CHINESE);
    return shown.bytes ? shown : TEXT("another unit");
}
