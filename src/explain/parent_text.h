/* SPDX-License-Identifier: Apache-2.0 */
/* An answer in a dozen lines for a parent, who knows neither the pack nor the library. */
#ifndef TUOYU_EXPLAIN_PARENT_TEXT_H
#define TUOYU_EXPLAIN_PARENT_TEXT_H

#include "rules/answer.h"

enum { MOST_PARENT_LINES = 12 };

/* The answer for a parent, at most MOST_PARENT_LINES lines, in English for "en" and else in Chinese. TUOYU_OK
 * or TUOYU_ERROR_NO_MEMORY, and then *out is NULL. */
tuoyu_status answer_to_parent_text(const struct tuoyu_answer *answer, const char *language, tuoyu_text **out);

#endif
