/* SPDX-License-Identifier: Apache-2.0 */
/* An empty table with the columns that rules can need, for an office to fill in. */
#ifndef TUOYU_CLI_TEMPLATE_OUTPUT_H
#define TUOYU_CLI_TEMPLATE_OUTPUT_H

#include <stdbool.h>

#include "cli/allocation.h"

/* How a template is written. */
struct template_form {
    const char *language;    /* of labels and notes: "zh" or "en" */
    bool is_for_spreadsheet; /* it begins with a byte order mark */
};

/* Writes the template of these rules to a file, `-` for the standard output: a header with the label of each
 * fact, or its name where other facts have the label, too; below it two notes, the names of the facts and
 * what may stand in the columns. Returns false after saying what is wrong. */
bool write_template(const tuoyu_policy *policy, const struct word_list *rules,
                    const struct template_form *form, const char *path);

#endif
