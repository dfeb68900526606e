/* SPDX-License-Identifier: Apache-2.0 */
/* Shows where two texts of JSON begin to differ, for a person. */
#ifndef TUOYU_CLI_FIRST_DIFFERENCE_H
#define TUOYU_CLI_FIRST_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the recorded text and the one of now are the same. Where they are not, it prints the place of the
 * first difference and what stands there in each. */
bool are_same_texts(const char *recorded, size_t recorded_length, const char *now, size_t now_length);

#endif
