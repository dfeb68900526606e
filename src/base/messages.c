/* SPDX-License-Identifier: Apache-2.0 */
/* Seals messages with their arguments, and puts what was sealed into English or Chinese by the tables. */
#include "base/messages.h"

#include <assert.h>
#include <stdio.h>

#include "base/message_table.h"

enum {
    SEAL = 0xFF,
    DIGIT = '0', /* numbers in a seal stand in digits of six bits, from this character on */
    DIGIT_BITS = 6,
    ROW_DIGITS = 2,
    LENGTH_DIGITS = 3,
    MOST_ARGUMENTS = 9,
    LONGEST_ARGUMENT = 1000, /* bytes; one that is not sealed is cut there, because no message is so long */
    DEEPEST = 12,            /* of sealed texts within each other */
    NUMBER_SIZE = 24
};

bool language_read(const char *name, enum language *out)
{
    bool is_english = strcmp(name, "en") == 0;
    if (!is_english && strcmp(name, "zh") != 0)
        return false;
    *out = is_english ? LANGUAGE_ENGLISH : LANGUAGE_CHINESE;
    return true;
}

/* ---- The tables ---- */

/* Returns a negative number, 0 or a positive number as the text stands before the word, equal or after, by
 * bytes. */
static int compare_with(struct text text, const char *word)
{
    int order = strncmp(text.bytes, word, text.length);
    return order != 0 ? order : word[text.length] ? -1 : 0;
}

/* The row of a table with this English text, or NULL. */
static const struct message_row *find_in(const struct message_table *table, struct text english)
{
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_with(english, table->rows[middle].english);
        if (order == 0)
            return &table->rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The row with this English text, and the number of its table in *number; NULL if there is none. */
static const struct message_row *find_row(struct text english, size_t *number)
{
    for (size_t i = 0; english.length && MESSAGE_TABLES[i].rows; i++) {
        const struct message_row *row = find_in(&MESSAGE_TABLES[i], english);
        if (!row)
            continue;
        *number = i;
        return row;
    }
    return NULL;
}

/* ---- Arguments ---- */

struct message_arguments {
    size_t count;
    struct text items[MOST_ARGUMENTS];
    char numbers[MOST_ARGUMENTS][NUMBER_SIZE]; /* the digits of those that are numbers */
};

/* A conversion of a format: from its % up to the character that says what it takes. */
struct conversion {
    size_t start, end;
    bool has_precision;
    char length, kind; /* 'l' for ll, 'z', or NUL; and the character */
    int width;
};

/* Finds the next conversion from an offset on. Returns false if there is none. %% is none. */
static bool next_conversion(const char *format, size_t from, struct conversion *out)
{
    size_t at = from;
    while (format[at] && (format[at] != '%' || format[at + 1] == '%'))
        at += format[at] == '%' ? 2 : 1;
    *out = (struct conversion){.start = at};
    if (!format[at])
        return false;
    for (at++; format[at] >= '0' && format[at] <= '9'; at++)
        out->width = out->width * 10 + format[at] - '0';
    if (format[at] == '.') {
        out->has_precision = true;
        at += 2;
    }
    for (; format[at] == 'l' || format[at] == 'z'; at++)
        out->length = format[at];
    out->kind = format[at];
    out->end = at + 1;
    return true;
}

static bool is_sealed(struct text text)
{
    return text.length > 0 && (unsigned char)text.bytes[0] == SEAL;
}

/* An argument as it is kept. */
static struct text cut_argument(struct text text)
{
    if (text.length <= LONGEST_ARGUMENT || is_sealed(text))
        return text;
    size_t end = LONGEST_ARGUMENT;
    while (end > 0 && ((unsigned char)text.bytes[end] & 0xC0) == 0x80)
        end--;
    return text_slice(text, 0, end);
}

static unsigned long long unsigned_argument(const struct conversion *conversion, va_list *list)
{
    if (conversion->length == 'l')
        return va_arg(*list, unsigned long long);
    return conversion->length == 'z' ? va_arg(*list, size_t) : va_arg(*list, unsigned);
}

/* Takes what a conversion converts from the list, as text. */
static void take_argument(struct message_arguments *arguments, const struct conversion *conversion,
                          va_list *list)
{
    char *digits = arguments->numbers[arguments->count];
    struct text *item = &arguments->items[arguments->count++];
    long long number;
    int length = 0;
    switch (conversion->kind) {
    case 's': {
        int precision = conversion->has_precision ? va_arg(*list, int) : 0;
        const char *bytes = va_arg(*list, const char *);
        size_t measured = conversion->has_precision ? (size_t)precision : TUOYU_NUL_TERMINATED;
        *item = cut_argument(text_of(bytes, measured));
        return;
    }
    case 'd':
        number = conversion->length == 'l' ? va_arg(*list, long long) : va_arg(*list, int);
        length = snprintf(digits, NUMBER_SIZE, "%lld", number);
        break;
    case 'c': length = snprintf(digits, NUMBER_SIZE, "%c", va_arg(*list, int)); break;
    case 'X':
        length =
            snprintf(digits, NUMBER_SIZE, "%0*llX", conversion->width, unsigned_argument(conversion, list));
        break;
    default:
        assert(conversion->kind == 'u');
        length = snprintf(digits, NUMBER_SIZE, "%llu", unsigned_argument(conversion, list));
    }
    *item = (struct text){.bytes = digits, .length = length > 0 ? (size_t)length : 0};
}

/* Takes all that a format converts. */
static void take_arguments(struct message_arguments *arguments, const char *format, va_list *list)
{
    struct conversion conversion;
    arguments->count = 0;
    for (size_t at = 0; next_conversion(format, at, &conversion); at = conversion.end) {
        assert(arguments->count < MOST_ARGUMENTS);
        if (arguments->count == MOST_ARGUMENTS)
            return;
        take_argument(arguments, &conversion, list);
    }
}

/* ---- Sealing ---- */

static void append_number(struct text_builder *builder, size_t number, unsigned digits)
{
    while (digits-- > 0)
        text_append_byte(builder, (char)(DIGIT + ((number >> digits * DIGIT_BITS) & 63)));
}

/* Appends the part of a format from one offset to another, in which no conversion stands but %%. */
static void append_plain(struct text_builder *builder, const char *format, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        text_append_byte(builder, format[at]);
        at += format[at] == '%';
    }
}

/* Appends the English text, with the arguments as they are. */
static void append_english(struct text_builder *builder, const char *format,
                           const struct message_arguments *arguments)
{
    struct conversion conversion;
    size_t at = 0;
    for (size_t i = 0; i < arguments->count && next_conversion(format, at, &conversion); i++) {
        append_plain(builder, format, at, conversion.start);
        text_append(builder, arguments->items[i]);
        at = conversion.end;
    }
    append_plain(builder, format, at, strlen(format));
}

/* Appends the seal of a row, or the English text where the message has none. */
static void append_sealed(struct text_builder *builder, const char *format,
                          const struct message_arguments *arguments)
{
    size_t number = 0;
    const struct message_row *row = find_row(text_of(format, TUOYU_NUL_TERMINATED), &number);
    if (!row) {
        append_english(builder, format, arguments);
        return;
    }
    text_append_byte(builder, (char)SEAL);
    append_number(builder, number, 1);
    append_number(builder, (size_t)(row - MESSAGE_TABLES[number].rows), ROW_DIGITS);
    append_number(builder, arguments->count, 1);
    for (size_t i = 0; i < arguments->count; i++) {
        append_number(builder, arguments->items[i].length, LENGTH_DIGITS);
        text_append(builder, arguments->items[i]);
    }
}

struct text message_seal(char *buffer, size_t size, const char *format, va_list list)
{
    struct message_arguments arguments;
    struct text_builder builder;
    va_list taken;
    va_copy(taken, list);
    take_arguments(&arguments, format, &taken);
    va_end(taken);
    text_builder_init_fixed(&builder, buffer, size);
    append_sealed(&builder, format, &arguments);
    if (!builder.failed)
        return text_builder_text(&builder);
    int length = vsnprintf(buffer, size, format, list);
    struct text cut = text_of(buffer, length < 0 ? 0 : TUOYU_NUL_TERMINATED);
    return text_slice(cut, 0, utf8_validate(cut));
}

struct text message_write(char *buffer, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct text sealed = message_seal(buffer, size, format, list);
    va_end(list);
    return sealed;
}

struct text message_text_of_list(struct arena *arena, const char *format, va_list list)
{
    char buffer[MESSAGE_SIZE];
    return text_copy(arena, message_seal(buffer, sizeof buffer, format, list));
}

struct text message_text(struct arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct text sealed = message_text_of_list(arena, format, list);
    va_end(list);
    return sealed;
}

/* ---- Opening ---- */

struct seal {
    const struct message_row *row;
    struct message_arguments arguments;
    size_t length; /* of the whole in bytes */
};

/* Reads a number at an offset and moves behind it. Returns false if there is none. */
static bool read_number(struct text text, size_t *at, unsigned digits, size_t *out)
{
    *out = 0;
    if (digits > text.length - *at)
        return false;
    for (; digits > 0; digits--) {
        size_t digit = (size_t)(unsigned char)text.bytes[(*at)++] - DIGIT;
        if (digit > 63)
            return false;
        *out = *out << DIGIT_BITS | digit;
    }
    return true;
}

/* Reads which row a seal at the beginning of a text is of. */
static const struct message_row *read_row(struct text text, size_t *at)
{
    size_t number, row;
    if (!read_number(text, at, 1, &number) || !read_number(text, at, ROW_DIGITS, &row))
        return NULL;
    for (size_t i = 0; i < number; i++)
        if (!MESSAGE_TABLES[i].rows)
            return NULL;
    return row < MESSAGE_TABLES[number].count ? &MESSAGE_TABLES[number].rows[row] : NULL;
}

/* Opens the seal at the beginning of a text. Returns false if there is none, or only a part of one. */
static bool open_seal(struct text text, struct seal *out)
{
    size_t at = 1, count;
    if (!is_sealed(text))
        return false;
    out->row = read_row(text, &at);
    if (!out->row || !read_number(text, &at, 1, &count) || count > MOST_ARGUMENTS)
        return false;
    out->arguments.count = count;
    for (size_t i = 0; i < count; i++) {
        size_t length;
        if (!read_number(text, &at, LENGTH_DIGITS, &length) || length > text.length - at)
            return false;
        out->arguments.items[i] = text_slice(text, at, at + length);
        at += length;
    }
    out->length = at;
    return true;
}

static void render(struct text_builder *builder, struct text text, enum language language, unsigned depth);

/* Puts a word into the language, if it has a row, and else as it is. */
static void render_word(struct text_builder *builder, struct text word, enum language language,
                        unsigned depth)
{
    size_t number;
    const struct message_row *row = is_sealed(word) ? NULL : find_row(word, &number);
    if (row && language == LANGUAGE_CHINESE)
        text_append_literal(builder, row->chinese);
    else
        render(builder, word, language, depth);
}

/* Reads `{1}` or `{word 1}` at the beginning of a text: the argument's number from 0, and how long it is. */
static size_t read_place(const char *text, size_t *number, bool *is_word)
{
    static const char WORD[] = "{word ";
    *is_word = strncmp(text, WORD, sizeof WORD - 1) == 0;
    size_t at = *is_word ? sizeof WORD - 1 : 1;
    if (text[0] != '{' || text[at] < '1' || text[at] > '9' || text[at + 1] != '}')
        return 0;
    *number = (size_t)(text[at] - '1');
    return at + 2;
}

static void render_chinese(struct text_builder *builder, const struct seal *seal, unsigned depth)
{
    const char *text = seal->row->chinese;
    for (size_t number, length; *text; text += length) {
        bool is_word;
        length = read_place(text, &number, &is_word);
        if (length == 0 || number >= seal->arguments.count) {
            text_append_byte(builder, *text);
            length = 1;
        } else if (is_word)
            render_word(builder, seal->arguments.items[number], LANGUAGE_CHINESE, depth);
        else
            render(builder, seal->arguments.items[number], LANGUAGE_CHINESE, depth);
    }
}

static void render_english(struct text_builder *builder, const struct seal *seal, unsigned depth)
{
    const char *format = seal->row->english;
    struct conversion conversion;
    size_t at = 0, number = 0;
    while (format[at]) {
        bool is_found = next_conversion(format, at, &conversion) && number < seal->arguments.count;
        size_t end = is_found ? conversion.start : strlen(format);
        append_plain(builder, format, at, end);
        if (!is_found)
            return;
        render(builder, seal->arguments.items[number++], LANGUAGE_ENGLISH, depth);
        at = conversion.end;
    }
}

/* Appends a text, and what is sealed in it in the language. */
static void render(struct text_builder *builder, struct text text, enum language language, unsigned depth)
{
    struct seal seal;
    while (text.length > 0) {
        const char *found = memchr(text.bytes, SEAL, text.length);
        size_t before = found ? (size_t)(found - text.bytes) : text.length;
        text_append(builder, text_slice(text, 0, before));
        text = text_slice(text, before, text.length);
        size_t used = text.length > 0 ? 1 : 0;
        if (depth < DEEPEST && open_seal(text, &seal)) {
            used = seal.length;
            if (language == LANGUAGE_CHINESE)
                render_chinese(builder, &seal, depth + 1);
            else
                render_english(builder, &seal, depth + 1);
        } else
            text_append(builder, text_slice(text, 0, used));
        text = text_slice(text, used, text.length);
    }
}

void message_render(struct text_builder *builder, struct text text, enum language language)
{
    render_word(builder, text, language, 0);
}

const char *message_id(struct text text)
{
    struct seal seal;
    size_t number;
    if (open_seal(text, &seal))
        return seal.row->id;
    const struct message_row *row = find_row(text, &number);
    return row ? row->id : "";
}
