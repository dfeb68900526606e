/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of the built-ins, by which code speaks of them. */
#ifndef TUOYU_FEEL_BUILTIN_ID_H
#define TUOYU_FEEL_BUILTIN_ID_H

/* The built-ins, in the order of the table: FEEL_ROUND_TO is `round to`, whatever its overload. */
enum builtin_id {
#define BUILTIN(id, ...) FEEL_##id,
#define OVERLOAD(...)
#include "feel/builtin_table.inc"
    BUILTIN_ID_COUNT
};

#endif
