/* SPDX-License-Identifier: Apache-2.0 */
/* What the cells of a column may hold, by the fact that it gives. */
#ifndef TUOYU_CLI_CELL_TYPE_H
#define TUOYU_CLI_CELL_TYPE_H

#include <stdbool.h>

#include "cli/allocation.h"

enum cell_kind { CELL_TEXT, CELL_BOOLEAN, CELL_NUMBER, CELL_PERCENT, CELL_DATE, CELL_ENUM };

/* A value of an enum. */
struct cell_value {
    const char *name, *zh, *en; /* borrowed from the policy; a label that is not there is empty */
    size_t length;              /* of the name */
};

/* The type of a column. */
struct cell_type {
    enum cell_kind kind;
    struct word_list units; /* of numbers: how the unit may be written behind one; owned */
    bool is_in_yuan;        /* of numbers: a ¥ may stand in front */
    struct cell_value *values;
    size_t value_count;
};

/* Finds the type of a fact by its index. The caller frees it. */
void cell_type_of_fact(struct cell_type *type, const tuoyu_policy *policy, size_t fact);
void cell_type_free(struct cell_type *type);

#endif
