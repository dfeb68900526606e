/* SPDX-License-Identifier: Apache-2.0 */
/* JSON or YAML as FEEL values: mappings are contexts, sequences lists, plain scalars numbers, booleans, null
 * or text. */
#ifndef TUOYU_CLI_VALUE_READER_H
#define TUOYU_CLI_VALUE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include <tuoyu/feel.h>

/* Reads one document. NULL when it is none; then problem says why, in one line, with the place. */
tuoyu_value *value_read(const char *text, size_t length, char problem[200]);

#endif
