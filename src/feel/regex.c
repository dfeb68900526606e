/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions run by PCRE2, with the library's allocator and with limits on time and memory. */
#include "feel/regex.h"

#include <string.h>

enum { DEPTH_LIMIT = 20000, HEAP_LIMIT = 16384 /* KiB */, PATTERN_BYTES_MOST = 8192 };
/* Bytes before each block for PCRE2: they hold its size, which our allocator must be told, and keep it
 * aligned. */
enum { BLOCK_HEADER = 16 };

/* PCRE2's malloc. NULL when memory is refused. */
static void *allocate(PCRE2_SIZE size, void *allocator)
{
    if (size > SIZE_MAX - BLOCK_HEADER)
        return NULL;
    char *block = allocator_allocate(allocator, size + BLOCK_HEADER);
    if (!block)
        return NULL;
    memcpy(block, &size, sizeof size);
    return block + BLOCK_HEADER;
}

/* PCRE2's free. */
static void deallocate(void *pointer, void *allocator)
{
    size_t size;
    if (!pointer)
        return;
    char *block = (char *)pointer - BLOCK_HEADER;
    memcpy(&size, block, sizeof size);
    allocator_free(allocator, block, size + BLOCK_HEADER);
}

bool regex_flags_parse(struct text text, struct regex_flags *out)
{
    *out = (struct regex_flags){.is_literal = false};
    for (size_t i = 0; i < text.length; i++) {
        switch (text.bytes[i]) {
        case 's': out->dot_matches_newline = true; break;
        case 'm': out->multiple_lines = true; break;
        case 'i': out->ignores_case = true; break;
        case 'x': out->ignores_white_space = true; break;
        case 'q': out->is_literal = true; break;
        default: return false;
        }
    }
    return true;
}

/* Makes the contexts with allocator and limits. Returns false if memory is refused. */
static bool make_contexts(struct regex *regex)
{
    regex->general = pcre2_general_context_create(allocate, deallocate, &regex->allocator);
    regex->limits = regex->general ? pcre2_match_context_create(regex->general) : NULL;
    if (!regex->limits)
        return false;
    pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(regex->limits, HEAP_LIMIT);
    return true;
}

/* The options of PCRE2 that our flags mean. */
static uint32_t options_of(struct regex_flags flags)
{
    uint32_t options = PCRE2_UTF;
    if (flags.ignores_case)
        options |= PCRE2_CASELESS;
    if (flags.is_literal)
        return options | PCRE2_LITERAL;
    options |= PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF;
    return flags.multiple_lines ? options | PCRE2_MULTILINE : options;
}

/* Compiles a pattern that is PCRE2's. TUOYU_ERROR_SYNTAX with *message, or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status compile(struct arena *arena, struct text pattern, struct regex_flags flags,
                            struct regex *regex, struct text *message)
{
    int error;
    PCRE2_SIZE offset;
    pcre2_compile_context *context = pcre2_compile_context_create(regex->general);
    if (!context)
        return TUOYU_ERROR_NO_MEMORY;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    regex->code =
        pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.length, options_of(flags), &error, &offset, context);
    pcre2_compile_context_free(context);
    if (regex->code) {
        pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &regex->group_count);
        regex->match = pcre2_match_data_create_from_pattern(regex->code, regex->general);
        return regex->match ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    }
    if (error == PCRE2_ERROR_HEAP_FAILED)
        return TUOYU_ERROR_NO_MEMORY;
    PCRE2_UCHAR text[160];
    if (pcre2_get_error_message(error, text, sizeof text) < 0)
        text[0] = 0;
    *message = text_format(arena, "%s", (const char *)text);
    return message->bytes ? TUOYU_ERROR_SYNTAX : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status regex_compile(struct arena *arena, struct text pattern, struct regex_flags flags,
                           struct regex *out, struct text *message)
{
    *out = (struct regex){.allocator = arena->allocator};
    if (pattern.length > PATTERN_BYTES_MOST) {
        *message = TEXT("it is longer than 8192 bytes");
        return TUOYU_ERROR_SYNTAX;
    }
    struct text_builder builder;
    text_builder_init_arena(&builder, arena);
    if (!flags.is_literal) {
        const char *wrong = regex_translate(pattern, flags, &builder);
        if (builder.failed)
            return TUOYU_ERROR_NO_MEMORY;
        if (wrong) {
            *message = text_of(wrong, TUOYU_NUL_TERMINATED);
            return TUOYU_ERROR_SYNTAX;
        }
        pattern = text_builder_text(&builder);
    }
    if (!pattern.bytes)
        pattern = TEXT("");
    if (!make_contexts(out))
        return TUOYU_ERROR_NO_MEMORY;
    return compile(arena, pattern, flags, out, message);
}

void regex_free(struct regex *regex)
{
    pcre2_match_data_free(regex->match);
    pcre2_code_free(regex->code);
    pcre2_match_context_free(regex->limits);
    pcre2_general_context_free(regex->general);
    *regex = (struct regex){.code = NULL};
}

tuoyu_status regex_find(struct regex *regex, struct text subject, size_t from, uint32_t tries, bool *found)
{
    pcre2_set_match_limit(regex->limits, tries);
    int result = pcre2_match(regex->code, (PCRE2_SPTR)subject.bytes, subject.length, from,
                             from ? PCRE2_NO_UTF_CHECK : 0, regex->match, regex->limits);
    *found = result > 0;
    if (result > 0 || result == PCRE2_ERROR_NOMATCH)
        return TUOYU_OK;
    if (result == PCRE2_ERROR_NOMEMORY)
        return TUOYU_ERROR_NO_MEMORY;
    if (result <= PCRE2_ERROR_UTF8_ERR1 && result >= PCRE2_ERROR_UTF8_ERR21)
        return TUOYU_ERROR_ENCODING;
    return TUOYU_ERROR_LIMIT;
}

struct text regex_group(const struct regex *regex, struct text subject, uint32_t group)
{
    const PCRE2_SIZE *spans = pcre2_get_ovector_pointer(regex->match);
    if (group > regex->group_count || spans[2 * group] == PCRE2_UNSET)
        return TEXT("");
    return text_slice(subject, spans[2 * group], spans[2 * group + 1]);
}

size_t regex_match_start(const struct regex *regex)
{
    return pcre2_get_ovector_pointer(regex->match)[0];
}

size_t regex_match_end(const struct regex *regex)
{
    return pcre2_get_ovector_pointer(regex->match)[1];
}
