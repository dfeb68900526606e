/* SPDX-License-Identifier: Apache-2.0 */
/* Characters that look like others: radicals copied out of a PDF, full-width letters, invisible ones. */
#ifndef TUOYU_CLI_LOOK_ALIKE_H
#define TUOYU_CLI_LOOK_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the first such character of a text in UTF-8. Sets *found to it and *meant to the one that it looks
 * like, 0 where it is invisible. */
bool find_look_alike(const char *text, size_t length, int32_t *found, int32_t *meant);

#endif
