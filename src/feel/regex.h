/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions as XPath and XML Schema define them, matched by PCRE2 within bounds of time and memory.
 */
#ifndef TUOYU_FEEL_REGEX_H
#define TUOYU_FEEL_REGEX_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/text.h"

/* What the flags of matches() and replace() ask for. */
struct regex_flags {
    bool dot_matches_newline; /* s */
    bool multiple_lines;      /* m */
    bool ignores_case;        /* i */
    bool ignores_white_space; /* x */
    bool is_literal;          /* q */
};
/* false when there is another letter. */
bool regex_flags_parse(struct text text, struct regex_flags *out);

struct regex {
    tuoyu_allocator allocator;
    pcre2_general_context *general;
    pcre2_match_context *limits;
    pcre2_code *code;
    pcre2_match_data *match;
    uint32_t group_count;
};

/* TUOYU_ERROR_SYNTAX: *message says what is wrong, it stands in the arena or is static. Free it also after an
 * error. */
tuoyu_status regex_compile(struct arena *arena, struct text pattern, struct regex_flags flags,
                           struct regex *out, struct text *message);
void regex_free(struct regex *regex);
/* Finds the first match from a byte offset on; from 0 on a subject's first search, which is when it is
 * checked. TUOYU_ERROR_LIMIT when the search would take more than so many tries, TUOYU_ERROR_ENCODING when
 * the subject is not UTF-8. Beside the tries, a search may look at each character once for each place where a
 * match could begin. */
tuoyu_status regex_find(struct regex *regex, struct text subject, size_t from, uint32_t tries, bool *found);
/* Of the last match: the bytes of a group, 0 being the whole; empty where the group took no part. */
struct text regex_group(const struct regex *regex, struct text subject, uint32_t group);
/* Of the last match: where it begins and ends, in bytes. */
size_t regex_match_start(const struct regex *regex);
size_t regex_match_end(const struct regex *regex);

/* Writes the pattern as PCRE2 has it; NULL, or what is wrong. For flags without q. */
const char *regex_translate(struct text pattern, struct regex_flags flags, struct text_builder *out);

/* ---- Sets of characters ---- */

struct code_point_range {
    uint32_t first, last;
};
/* A block of Unicode by the name it has after `Is` in XML Schema, such as CJKUnifiedIdeographs; NULL if there
 * is none. */
const struct code_point_range *unicode_block(struct text name);

#endif
