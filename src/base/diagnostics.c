/* SPDX-License-Identifier: Apache-2.0 */
/* The list of findings (errors, warnings, notes), its public functions, and its text form with excerpts and
 * carets. Also tuoyu_text, the handle for texts that the library returns. */
#include "base/diagnostics.h"

#include <stdarg.h>
#include <string.h>

#include "base/plain_text.h"

enum { DEFAULT_LIMIT = 100, LONGEST_MESSAGE = 1000 };
enum { MOST_COMPARISONS = 30000 }; /* name comparisons for all hints of one list */

struct finding {
    tuoyu_diagnostic shown;
    const char *id; /* of its message; "" if that has no row */
    uint32_t caret; /* the column of its excerpt in which the caret stands, from 1 */
};

struct tuoyu_diagnostics {
    struct arena arena;
    enum language language;
    struct finding *items;
    size_t count, capacity, limit, dropped;
    size_t comparisons; /* made for hints */
    /* sources in which a name that is not known is not told */
    const struct source *const *incomplete;
    size_t incomplete_count;
};

struct tuoyu_text {
    tuoyu_allocator allocator;
    char *bytes;
    size_t length, capacity;
};

tuoyu_status tuoyu_diagnostics_new(const tuoyu_allocator *allocator, tuoyu_diagnostics **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_allocator chosen = allocator_or_default(allocator);
    tuoyu_diagnostics *made = allocator_allocate(&chosen, sizeof *made);
    *out = made;
    if (!made)
        return TUOYU_ERROR_NO_MEMORY;
    *made = (tuoyu_diagnostics){.limit = DEFAULT_LIMIT};
    arena_init(&made->arena, &chosen);
    return TUOYU_OK;
}

/* Frees the list with all its messages; NULL is allowed. */
void tuoyu_diagnostics_free(tuoyu_diagnostics *diagnostics)
{
    if (!diagnostics)
        return;
    tuoyu_allocator allocator = diagnostics->arena.allocator;
    arena_free(&diagnostics->arena);
    allocator_free(&allocator, diagnostics, sizeof *diagnostics);
}

/* Removes all messages and keeps the limit; NULL is allowed. */
void tuoyu_diagnostics_clear(tuoyu_diagnostics *diagnostics)
{
    if (!diagnostics)
        return;
    struct arena arena = diagnostics->arena;
    arena_reset(&arena);
    *diagnostics =
        (tuoyu_diagnostics){.arena = arena, .language = diagnostics->language, .limit = diagnostics->limit};
}

tuoyu_status tuoyu_diagnostics_set_language(tuoyu_diagnostics *diagnostics, const char *language)
{
    bool is_good = diagnostics && language && language_read(language, &diagnostics->language);
    return is_good ? TUOYU_OK : TUOYU_ERROR_INVALID_ARGUMENT;
}

void diagnostics_set_language(tuoyu_diagnostics *diagnostics, enum language language)
{
    diagnostics->language = language;
}

enum language diagnostics_language(const tuoyu_diagnostics *diagnostics)
{
    return diagnostics ? diagnostics->language : LANGUAGE_ENGLISH;
}

tuoyu_status diagnostics_new_like(const tuoyu_allocator *allocator, const tuoyu_diagnostics *other,
                                  tuoyu_diagnostics **out)
{
    tuoyu_status status = tuoyu_diagnostics_new(allocator, out);
    if (status == TUOYU_OK)
        (*out)->language = diagnostics_language(other);
    return status;
}

const char *tuoyu_diagnostics_id(const tuoyu_diagnostics *diagnostics, size_t index)
{
    return diagnostics && index < diagnostics->count ? diagnostics->items[index].id : "";
}

/* How many messages are kept; 0 for NULL. */
size_t tuoyu_diagnostics_count(const tuoyu_diagnostics *diagnostics)
{
    return diagnostics ? diagnostics->count : 0;
}

size_t tuoyu_diagnostics_dropped(const tuoyu_diagnostics *diagnostics)
{
    return diagnostics ? diagnostics->dropped : 0;
}

tuoyu_status tuoyu_diagnostics_get(const tuoyu_diagnostics *diagnostics, size_t index, tuoyu_diagnostic *out)
{
    if (!diagnostics || !out || index >= diagnostics->count)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = diagnostics->items[index].shown;
    return TUOYU_OK;
}

bool diagnostics_wants_hint(tuoyu_diagnostics *diagnostics, size_t candidates)
{
    if (!diagnostics || diagnostics->count >= diagnostics->limit)
        return false;
    if (candidates > MOST_COMPARISONS - diagnostics->comparisons)
        return false;
    diagnostics->comparisons += candidates;
    return true;
}

void diagnostics_set_limit(tuoyu_diagnostics *diagnostics, size_t limit)
{
    if (diagnostics)
        diagnostics->limit = limit ? limit : DEFAULT_LIMIT;
}

/* Counts the finding and returns a new item for it with empty texts; NULL if the list is full or memory is
 * refused, after which the finding counts as dropped. */
static struct finding *add_item(tuoyu_diagnostics *diagnostics, tuoyu_status code, int32_t severity)
{
    struct finding *items = NULL;
    if (diagnostics->count < diagnostics->limit)
        items = arena_grow(&diagnostics->arena, diagnostics->items, diagnostics->count,
                           &diagnostics->capacity, sizeof *items);
    if (!items) {
        diagnostics->dropped++;
        return NULL;
    }
    diagnostics->items = items;
    struct finding *item = &items[diagnostics->count++];
    *item = (struct finding){
        .id = "",
        .shown = {
            .code = code, .severity = severity, .source = "", .message = "", .hint = "", .excerpt = ""}};
    return item;
}

/* A copy of a text in one line, ended by NUL, with controls escaped; "" if memory is refused. */
static const char *keep_text(tuoyu_diagnostics *diagnostics, struct text text)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &diagnostics->arena);
    text_append_escaped(&builder, text);
    text_append(&builder, TEXT(""));
    return builder.failed || !builder.bytes ? "" : text_builder_text(&builder).bytes;
}

/* A copy of a source line, under which a caret will stand; "" if memory is refused. Controls and ill-formed
 * bytes become U+FFFD, one for each character as utf8_count() counts them, so that columns stay right. */
static const char *keep_excerpt(tuoyu_diagnostics *diagnostics, struct text text)
{
    struct text_builder builder;
    text_builder_init_arena(&builder, &diagnostics->arena);
    for (size_t offset = 0, length; offset < text.length; offset += length) {
        uint32_t c = 0;
        length = utf8_decode(text, offset, &c);
        bool is_good = length > 0 && (c == '\t' || !character_is_control(c));
        if (is_good)
            text_append(&builder, text_slice(text, offset, offset + length));
        else if (length > 0 || ((unsigned char)text.bytes[offset] & 0xC0) != 0x80)
            text_append_code_point(&builder, 0xFFFD);
        if (length == 0)
            length = 1;
    }
    text_append(&builder, TEXT(""));
    return builder.failed || !builder.bytes ? "" : text_builder_text(&builder).bytes;
}

/* The longest beginning of the text of at most limit bytes that ends between code points. */
static struct text shorten(struct text text, size_t limit)
{
    if (text.length <= limit)
        return text;
    size_t end = limit;
    while (end > 0 && ((unsigned char)text.bytes[end] & 0xC0) == 0x80)
        end--;
    return text_slice(text, 0, end);
}

/* Keeps the line of a place, or of a long line the part around it, with … where it goes on. */
static void keep_window(tuoyu_diagnostics *diagnostics, struct finding *finding, struct location where,
                        struct position position)
{
    enum { BYTES_BEFORE = 120, BYTES_AFTER = 280 };
    static const struct text GOES_ON = {"…", 3};
    struct text line = position.excerpt, before = TEXT(""), after = TEXT("");
    finding->caret = position.column;
    if (line.length > LONGEST_MESSAGE) {
        size_t at = (size_t)(where.source->content.bytes + where.offset - line.bytes);
        at = at < line.length ? at : line.length; /* the end of the line may be the place */
        size_t first = at > BYTES_BEFORE ? at - BYTES_BEFORE : 0;
        while (first > 0 && ((unsigned char)line.bytes[first] & 0xC0) == 0x80)
            first--;
        struct text window = shorten(text_slice(line, first, line.length), at - first + BYTES_AFTER);
        before = first > 0 ? GOES_ON : before;
        after = first + window.length < line.length ? GOES_ON : after;
        finding->caret = (uint32_t)utf8_count(text_slice(line, first, at)) + 1 + (first > 0);
        line = TEXT_JOIN(&diagnostics->arena, before, window, after);
    }
    finding->shown.excerpt = line.bytes ? keep_excerpt(diagnostics, line) : "";
}

/* Whether a finding says only that a name is not known, in a source whose names are not all there. */
static bool is_passed_over(const tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where)
{
    for (size_t i = 0; code == TUOYU_ERROR_UNKNOWN_NAME && i < diagnostics->incomplete_count; i++)
        if (diagnostics->incomplete[i] == where.source)
            return true;
    return false;
}

void diagnostics_pass_over(tuoyu_diagnostics *diagnostics, const struct source *const *sources, size_t count)
{
    if (!diagnostics)
        return;
    diagnostics->incomplete = sources;
    diagnostics->incomplete_count = count;
}

/* A text in the words of the list's language, in one line and cut at limit bytes. */
static const char *keep_words(tuoyu_diagnostics *diagnostics, struct text text, size_t limit)
{
    struct text_builder builder;
    text_builder_init(&builder, &diagnostics->arena.allocator);
    message_render(&builder, text, diagnostics->language);
    /* A text quoted in a message may have several lines; a message has one. */
    for (size_t i = 0; i < builder.length; i++)
        if (builder.bytes[i] == '\n' || builder.bytes[i] == '\r' || builder.bytes[i] == '\t')
            builder.bytes[i] = ' ';
    const char *kept = keep_text(diagnostics, shorten(text_builder_text(&builder), limit));
    text_builder_free(&builder);
    return kept;
}

/* Says where a finding is. */
static void place_finding(tuoyu_diagnostics *diagnostics, struct finding *finding, struct location where)
{
    struct position position = source_position(where);
    tuoyu_diagnostic *item = &finding->shown;
    item->source = keep_text(diagnostics, where.source->name);
    item->line = position.line;
    item->column = position.column;
    item->span = position.span;
    keep_window(diagnostics, finding, where, position);
}

/* Takes the finding that was added last away again, if the one before it says the same of the same place, as
 * where a key stands for several values. */
static void drop_repeated(tuoyu_diagnostics *diagnostics)
{
    if (diagnostics->count < 2)
        return;
    const tuoyu_diagnostic *last = &diagnostics->items[diagnostics->count - 1].shown,
                           *before = &diagnostics->items[diagnostics->count - 2].shown;
    if (last->line > 0 && last->line == before->line && last->column == before->column &&
        last->severity == before->severity && strcmp(last->source, before->source) == 0 &&
        strcmp(last->message, before->message) == 0)
        diagnostics->count--;
}

/* Adds a finding with its message; does nothing without a list. */
static __attribute__((format(printf, 6, 0))) void add_formatted(tuoyu_diagnostics *diagnostics,
                                                                tuoyu_status code, int32_t severity,
                                                                struct location where, struct text hint,
                                                                const char *format, va_list arguments)
{
    if (!diagnostics || is_passed_over(diagnostics, code, where))
        return;
    struct finding *finding = add_item(diagnostics, code, severity);
    if (!finding)
        return;
    char buffer[MESSAGE_SIZE];
    struct text message = message_seal(buffer, sizeof buffer, format, arguments);
    finding->id = message_id(message);
    finding->shown.message = keep_words(diagnostics, message, LONGEST_MESSAGE - 4);
    finding->shown.hint = keep_words(diagnostics, hint, LONGEST_MESSAGE);
    if (where.source)
        place_finding(diagnostics, finding, where);
    drop_repeated(diagnostics);
}

tuoyu_status report(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where,
                    struct text hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_formatted(diagnostics, code, TUOYU_SEVERITY_ERROR, where, hint, format, arguments);
    va_end(arguments);
    return code;
}

tuoyu_status report_warning(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct location where,
                            struct text hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_formatted(diagnostics, code, TUOYU_SEVERITY_WARNING, where, hint, format, arguments);
    va_end(arguments);
    return code;
}

tuoyu_status report_last(tuoyu_diagnostics *diagnostics, tuoyu_status code, struct text hint,
                         const char *format, ...)
{
    if (!diagnostics)
        return code;
    size_t limit = diagnostics->limit;
    va_list arguments;
    va_start(arguments, format);
    if (diagnostics->count >= limit)
        diagnostics->limit = diagnostics->count + 1;
    add_formatted(diagnostics, code, TUOYU_SEVERITY_ERROR, (struct location){.source = NULL}, hint, format,
                  arguments);
    diagnostics->limit = limit;
    va_end(arguments);
    return code;
}

void report_note(tuoyu_diagnostics *diagnostics, struct location where, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_formatted(diagnostics, TUOYU_OK, TUOYU_SEVERITY_NOTE, where, TEXT(""), format, arguments);
    va_end(arguments);
}

tuoyu_status report_no_memory(tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, TUOYU_ERROR_NO_MEMORY, (struct location){.source = NULL}, TEXT(""),
                  "out of memory");
}

void diagnostics_withdraw(tuoyu_diagnostics *diagnostics, tuoyu_status code)
{
    if (!diagnostics)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->items[i].shown.code != code)
            diagnostics->items[kept++] = diagnostics->items[i];
    diagnostics->count = kept;
}

void diagnostics_append(tuoyu_diagnostics *diagnostics, const tuoyu_diagnostics *other)
{
    if (!diagnostics || !other)
        return;
    for (size_t i = 0; i < other->count; i++) {
        const tuoyu_diagnostic *from = &other->items[i].shown;
        struct finding *item = add_item(diagnostics, from->code, from->severity);
        if (!item)
            continue;
        *item = other->items[i];
        item->shown.source = keep_text(diagnostics, text_of(from->source, TUOYU_NUL_TERMINATED));
        item->shown.message = keep_text(diagnostics, text_of(from->message, TUOYU_NUL_TERMINATED));
        item->shown.hint = keep_text(diagnostics, text_of(from->hint, TUOYU_NUL_TERMINATED));
        item->shown.excerpt = keep_excerpt(diagnostics, text_of(from->excerpt, TUOYU_NUL_TERMINATED));
    }
    diagnostics->dropped += other->dropped;
}

/* ---- As text ---- */

/* Whether a terminal shows the character two columns wide (East Asian Wide and Fullwidth). */
static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* Appends the caret line: white space as wide as the text before the place (East Asian characters take two
 * columns of a terminal, a tab stays a tab), then one mark per column of the place. column counts from 1. */
static void append_caret(struct text_builder *builder, struct text excerpt, uint32_t column, uint32_t span)
{
    size_t offset = 0;
    uint32_t index = 1, c = 0;
    while (index < column + span) {
        size_t length = utf8_decode(excerpt, offset, &c);
        if (length == 0)
            break;
        bool inside = index >= column;
        if (!inside && c == '\t')
            text_append_byte(builder, '\t');
        else
            text_append_repeated(builder, inside ? '^' : ' ', is_wide(c) ? 2 : 1);
        offset += length;
        index++;
    }
    if (index <= column)
        text_append_byte(builder, '^');
    text_append_byte(builder, '\n');
}

/* The words around a finding, by language. */
static const struct {
    const char *severities[3], *after_severity, *before_hint, *after_hint;
} WORDS[] = {
    [LANGUAGE_ENGLISH] = {.severities = {"error", "warning", "note"},
                          .after_severity = ": ",
                          .before_hint = " (",
                          .after_hint = ")"},
    [LANGUAGE_CHINESE] = {.severities = {"错误", "警告", "说明"},
                          .after_severity = "：",
                          .before_hint = "（建议：",
                          .after_hint = "）"},
};

/* Appends one finding: its place, severity, message and hint on one line, then the excerpt and a caret
 * line. */
static void append_finding(struct text_builder *builder, const struct finding *finding,
                           enum language language)
{
    const tuoyu_diagnostic *item = &finding->shown;
    if (item->source[0])
        text_append_format(builder, "%s:", item->source);
    if (item->line)
        text_append_format(builder, "%u:%u:", item->line, item->column);
    if (item->source[0] || item->line)
        text_append_byte(builder, ' ');
    text_append_format(builder, "%s%s%s", WORDS[language].severities[item->severity],
                       WORDS[language].after_severity, item->message);
    if (item->hint[0])
        text_append_format(builder, "%s%s%s", WORDS[language].before_hint, item->hint,
                           WORDS[language].after_hint);
    text_append_byte(builder, '\n');
    if (!item->line)
        return;
    text_append_format(builder, "    %s\n    ", item->excerpt);
    append_caret(builder, text_of(item->excerpt, TUOYU_NUL_TERMINATED), finding->caret, item->span);
}

tuoyu_status tuoyu_diagnostics_to_text(const tuoyu_diagnostics *diagnostics, tuoyu_text **out)
{
    char buffer[MESSAGE_SIZE];
    if (!diagnostics || !out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text_builder builder;
    text_builder_init(&builder, &diagnostics->arena.allocator);
    for (size_t i = 0; i < diagnostics->count; i++)
        append_finding(&builder, &diagnostics->items[i], diagnostics->language);
    if (diagnostics->dropped) {
        struct text more = message_write(buffer, sizeof buffer, "and %zu more", diagnostics->dropped);
        message_render(&builder, more, diagnostics->language);
        text_append_byte(&builder, '\n');
    }
    return text_builder_to_handle(&builder, out);
}

tuoyu_status text_builder_to_handle(struct text_builder *builder, tuoyu_text **out)
{
    *out = NULL;
    text_append(builder, TEXT(""));
    tuoyu_text *made = builder->failed ? NULL : allocator_allocate(&builder->allocator, sizeof *made);
    if (!made) {
        text_builder_free(builder);
        return TUOYU_ERROR_NO_MEMORY;
    }
    *made = (tuoyu_text){.allocator = builder->allocator,
                         .bytes = builder->bytes,
                         .length = builder->length,
                         .capacity = builder->capacity};
    builder->bytes = NULL;
    text_builder_free(builder);
    *out = made;
    return TUOYU_OK;
}

const char *tuoyu_text_bytes(const tuoyu_text *text)
{
    return text ? text->bytes : "";
}

size_t tuoyu_text_length(const tuoyu_text *text)
{
    return text ? text->length : 0;
}

void tuoyu_text_free(tuoyu_text *text)
{
    if (!text)
        return;
    tuoyu_allocator allocator = text->allocator;
    allocator_free(&allocator, text->bytes, text->capacity);
    allocator_free(&allocator, text, sizeof *text);
}
