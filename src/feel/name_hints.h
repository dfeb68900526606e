/* SPDX-License-Identifier: Apache-2.0 */
/* What is meant by names that spreadsheets, other languages and Chinese have, and FEEL has not. */
#ifndef TUOYU_FEEL_NAME_HINTS_H
#define TUOYU_FEEL_NAME_HINTS_H

#include "base/text.h"

/* What to write for a function, or else a word, that is called otherwise here; empty where that is not known.
 * Of a name of several words only the first is looked at. */
struct text hint_for_function(struct text name);
struct text hint_for_word(struct text name);
/* What to write for a word that stands where an operator is expected. */
struct text hint_for_operator(struct text word);

#endif
