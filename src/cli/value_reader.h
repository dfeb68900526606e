/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON or YAML as values of FEEL: mappings become contexts, sequences lists, plain scalars numbers,
 * booleans, null or text. */
#ifndef TUOYU_CLI_VALUE_READER_H
#define TUOYU_CLI_VALUE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include <tuoyu/feel.h>

/* Reads one document. The caller unrefs the value. NULL where it cannot be read; problem then says why, in
 * one line, with the place. */
tuoyu_value *value_read(const char *text, size_t length, char problem[200]);

#endif
