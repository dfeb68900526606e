/* SPDX-License-Identifier: Apache-2.0 */
/* Which fact a column of a header gives: by its name, its label, or the map of the command line. */
#ifndef TUOYU_CLI_HEADER_NAMES_H
#define TUOYU_CLI_HEADER_NAMES_H

#include "cli/intake.h"

enum header_match { HEADER_NO_FACT, HEADER_NAME, HEADER_LABEL, HEADER_MAP, HEADER_AMBIGUOUS };

/* What the names in a header are held to. */
struct header_names {
    const tuoyu_policy *policy;
    const struct intake *intake;
    const char *entity;           /* whose facts may be named without it, or NULL */
    const char *known;            /* a column that is known to be no fact, or NULL */
    const struct word_list *kept; /* columns that go out, facts or not; NULL for none */
};

/* Finds the fact of a column. Sets *fact to its index among the policy's facts. */
enum header_match find_fact_of_column(const struct header_names *names, const char *column, size_t *fact);
/* The facts that an ambiguous column can be, as a sentence has them; the caller frees the text. */
char *facts_of_label(const struct header_names *names, const char *column);
/* Whether the map names a fact that there is none of, which is said. */
bool map_is_wrong(const struct header_names *names);

#endif
