/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions as XPath and XML Schema define them, matched by PCRE2 within limits of time and
 * memory. */
#ifndef TUOYU_FEEL_REGEX_H
#define TUOYU_FEEL_REGEX_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/text.h"

/* The flags of matches(), replace() and split(), by their letters. */
struct regex_flags {
    bool dot_matches_newline; /* s */
    bool multiple_lines;      /* m */
    bool ignores_case;        /* i */
    bool ignores_white_space; /* x */
    bool is_literal;          /* q */
};
/* Reads the letters of flags. Returns false if there is another letter. */
bool regex_flags_parse(struct text text, struct regex_flags *out);

/* A compiled pattern and its last match. */
struct regex {
    tuoyu_allocator allocator;
    pcre2_general_context *general;
    pcre2_match_context *limits;
    pcre2_code *code;
    pcre2_match_data *match;
    uint32_t group_count;
};

/* Compiles a pattern; *out must be freed also after an error. TUOYU_ERROR_SYNTAX, where *message says what is
 * wrong, in the arena or static; or TUOYU_ERROR_NO_MEMORY. */
tuoyu_status regex_compile(struct arena *arena, struct text pattern, struct regex_flags flags,
                           struct regex *out, struct text *message);
/* Frees what compiling took. The regex is then empty, and may be freed again. */
void regex_free(struct regex *regex);
/* Finds the first match at or after a byte offset. The first search of a subject must begin at 0, because
 * that one checks that it is UTF-8. TUOYU_ERROR_LIMIT if the search takes more than this many tries,
 * TUOYU_ERROR_ENCODING if the subject is not UTF-8. Beside the tries, a search may look at each character
 * once for each place where a match could begin. */
tuoyu_status regex_find(struct regex *regex, struct text subject, size_t from, uint32_t tries, bool *found);
/* The bytes of a group in the last match, 0 being the whole; empty if the group took no part. */
struct text regex_group(const struct regex *regex, struct text subject, uint32_t group);
/* Where the last match begins and ends, in bytes. */
size_t regex_match_start(const struct regex *regex);
/* The offset behind the last match; only after a match was found. */
size_t regex_match_end(const struct regex *regex);

/* Writes the pattern in PCRE2's syntax. Returns NULL, or what is wrong with it. Not for the flag q. */
const char *regex_translate(struct text pattern, struct regex_flags flags, struct text_builder *out);

/* ---- Sets of characters ---- */

struct code_point_range {
    uint32_t first, last;
};
/* The block of Unicode with this name, which in a pattern follows `Is`, such as CJKUnifiedIdeographs; NULL if
 * there is none. */
const struct code_point_range *unicode_block(struct text name);

#endif
