/* SPDX-License-Identifier: Apache-2.0 */
/* The layouts of the public option structs, for option_struct_read(). */
#ifndef TUOYU_BASE_PUBLIC_LAYOUT_H
#define TUOYU_BASE_PUBLIC_LAYOUT_H

#include "base/option_struct.h"

extern const struct option_layout LIMITS_LAYOUT, LOAD_OPTIONS_LAYOUT, EXPRESSION_OPTIONS_LAYOUT,
    EVALUATION_OPTIONS_LAYOUT, BATCH_OPTIONS_LAYOUT, BATCH_RUN_OPTIONS_LAYOUT, TALLY_TABLE_OPTIONS_LAYOUT;

#endif
