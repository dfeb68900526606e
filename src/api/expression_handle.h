/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of tuoyu_expression. */
#ifndef TUOYU_API_EXPRESSION_HANDLE_H
#define TUOYU_API_EXPRESSION_HANDLE_H

#include <stdatomic.h>
#include <tuoyu/feel.h>

#include "feel/expression.h"

struct tuoyu_expression {
    atomic_size_t references;
    tuoyu_allocator allocator;
    struct arena arena;
    struct source source;
    struct expression expression;
    size_t name_count;
    tuoyu_limits limits;
};

#endif
