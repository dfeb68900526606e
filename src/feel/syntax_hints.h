/* SPDX-License-Identifier: Apache-2.0 */
/* What is meant where the parser finds something else than it expects: habits of spreadsheets, SQL, Python,
 * mathematics and Chinese. */
#ifndef TUOYU_FEEL_SYNTAX_HINTS_H
#define TUOYU_FEEL_SYNTAX_HINTS_H

#include "feel/parser.h"

/* A hint for the token ahead, which is not what was expected; empty where none is known. */
struct text hint_for_token(const struct parser *parser);

#endif
