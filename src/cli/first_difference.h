/* SPDX-License-Identifier: Apache-2.0 */
/* Where two texts of JSON begin to differ, for a person. */
#ifndef TUOYU_CLI_FIRST_DIFFERENCE_H
#define TUOYU_CLI_FIRST_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>

/* False, after printing `outputs.amount: 4000 there, 4100 now`-like lines, where they differ. */
bool are_same_texts(const char *there, size_t there_length, const char *now, size_t now_length);

#endif
