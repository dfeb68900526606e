/* SPDX-License-Identifier: Apache-2.0 */
/* The functions behind the table of built-ins, declared from it; each stands in builtin_<topic>.c. */
#ifndef TUOYU_FEEL_BUILTIN_FUNCTIONS_H
#define TUOYU_FEEL_BUILTIN_FUNCTIONS_H

#include "feel/builtin.h"

#define BUILTIN(...)
#define OVERLOAD(tolerant, extension, forgiving, id, result, function, ...) \
    struct value builtin_##function(const struct builtin_call *call);
#include "feel/builtin_table.inc"

#endif
