/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of the worked examples of the example packs, and their texts. */
#ifndef TUOYU_TESTS_EXAMPLE_ANSWERS_H
#define TUOYU_TESTS_EXAMPLE_ANSWERS_H

#include "rules/answer.h"

/* Loads all example packs, but not those whose path holds `left_out`. */
tuoyu_policy *load_examples(const char *left_out);
/* The answer of the next example that has one, from *index on, which then stands behind it; NULL after the
 * last. Waiting lists are no answers. */
struct tuoyu_answer *next_answer(tuoyu_policy *policy, size_t *index);
/* The text for a reader, TUOYU_READER_…; the caller frees it. */
char *text_for(const tuoyu_answer *answer, int32_t reader, const char *language);
size_t count_lines(const char *text);
/* Fails if the text matches an extended regular expression. */
void assert_no_match(const char *text, const char *pattern);

#endif
