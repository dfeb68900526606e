/* SPDX-License-Identifier: Apache-2.0 */
/* What an input of a table can be, as far as types and the declarations of facts say. */
#ifndef TUOYU_PROGRAM_INPUT_DOMAIN_H
#define TUOYU_PROGRAM_INPUT_DOMAIN_H

#include "program/table_columns.h"

struct input_domain {
    enum type_kind kind;
    const struct slot *fact;          /* the fact that the input is; NULL where it is computed */
    const struct range *range;        /* declared range of the fact, or NULL */
    const struct static_type *values; /* type with all strings that it can be; NULL where it can be any */
    int32_t scale;                    /* greatest number of decimals; below 0 where there is no limit */
    bool is_nullable;
};

/* The domain of an input whose type is checked. */
struct input_domain input_domain_of(const struct table_columns *columns, const struct table_input *input);

#endif
