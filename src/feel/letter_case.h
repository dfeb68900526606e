/* SPDX-License-Identifier: Apache-2.0 */
/* Capital and small letters by Unicode, whatever the locale and the letters around. */
#ifndef TUOYU_FEEL_LETTER_CASE_H
#define TUOYU_FEEL_LETTER_CASE_H

#include "base/text.h"

/* Append a letter's capital or small form. A capital may be several characters: that of ß is SS. */
void append_capital(struct text_builder *builder, uint32_t letter);
void append_small(struct text_builder *builder, uint32_t letter);

#endif
