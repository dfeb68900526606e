/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of the library, shown on stderr as compilers do. */
#ifndef TUOYU_CLI_FINDINGS_H
#define TUOYU_CLI_FINDINGS_H

#include "cli/allocation.h"

/* Prints all findings. */
void print_findings(const tuoyu_diagnostics *diagnostics);

/* Findings that were printed before, because packs that use the same pack find the same in it. Zeroed it is
 * empty. */
struct seen_findings {
    struct word_list texts; /* owns its words */
};

/* Prints the findings that were not printed before. */
void print_new_findings(const tuoyu_diagnostics *diagnostics, struct seen_findings *seen);
void seen_findings_free(struct seen_findings *seen);

/* A problem with the line that it stands in, as files show it; the caller frees it. */
char *problem_of_line(size_t line, const char *problem, size_t length);
/* All messages in one line, joined by "; "; the caller frees it. */
char *findings_in_one_line(const tuoyu_diagnostics *diagnostics);
/* Adds the messages from an index on to such a line, which may move. */
void add_findings(char **line, const tuoyu_diagnostics *diagnostics, size_t first);

#endif
