/* SPDX-License-Identifier: Apache-2.0 */
/* What a scalar was meant to be that is written as people do: a day as 2025/1/1 or 2025年1月1日, a number
 * with commas or 元. The pack format has one form of each; this is for hints. */
#ifndef TUOYU_PACK_MEANT_SCALAR_H
#define TUOYU_PACK_MEANT_SCALAR_H

#include "pack/scalar.h"

/* A hint with the text in the form of a date; empty where it is not one day. */
struct text hint_for_date(struct text text, char hint[SCALAR_HINT_SIZE]);
/* A hint with the text in the form of a period; empty where it is neither one day nor two. */
struct text hint_for_period(struct text text, char hint[SCALAR_HINT_SIZE]);
/* A hint with the text as a number; empty where there is more to it than commas, spaces and a sign of money.
 */
struct text hint_for_number(struct text text, char hint[SCALAR_HINT_SIZE]);

#endif
