/* SPDX-License-Identifier: Apache-2.0 */
/* A batch: rules that answer tables, and the columns that they write. */
#ifndef TUOYU_API_BATCH_HANDLE_H
#define TUOYU_API_BATCH_HANDLE_H

#include <stdatomic.h>
#include <tuoyu/batches.h>

#include "arrow/arrow_export.h"
#include "rules/compiled_policy.h"

struct batch_rule {
    const struct rule *rule;
    struct text name;    /* as it was given */
    size_t first_column; /* of its columns among all */
};

struct tuoyu_batch {
    atomic_size_t references;
    struct tuoyu_policy *policy; /* a reference */
    struct arena arena;          /* holds what is below */
    int32_t as_of;
    tuoyu_batch_options options;
    struct batch_rule *rules;
    size_t rule_count;
    struct arrow_output *columns; /* of the rules in order; the last one is `error` */
    size_t column_count, column_capacity;
};

/* Adds the columns of a rule, or the last one; false when memory is refused. */
bool batch_add_columns(struct tuoyu_batch *batch, struct batch_rule *rule);
bool batch_add_error_column(struct tuoyu_batch *batch);

#endif
