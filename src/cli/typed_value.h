/* SPDX-License-Identifier: Apache-2.0 */
/* Values that carry their type: {"t": "date", "v": "2025-01-31"}. */
#ifndef TUOYU_CLI_TYPED_VALUE_H
#define TUOYU_CLI_TYPED_VALUE_H

#include <tuoyu/feel.h>

/* The value that is meant, or a null where it is malformed. The caller unrefs it. */
tuoyu_value *typed_value(tuoyu_value *given);

/* The entry of a context, which the caller unrefs; NULL where there is none. */
tuoyu_value *entry_of(tuoyu_value *context, const char *name);
/* The text of an entry, which the caller frees; NULL where there is none, or it is no text. */
char *text_entry(tuoyu_value *context, const char *name, size_t length);

#endif
