/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of the library, shown on stderr as compilers do. */
#ifndef TUOYU_CLI_FINDINGS_H
#define TUOYU_CLI_FINDINGS_H

#include "cli/allocation.h"

void print_findings(const tuoyu_diagnostics *diagnostics);

/* Findings that were printed already: packs that use the same pack find the same in it. */
struct seen_findings {
    struct word_list texts; /* owned here */
};

void print_new_findings(const tuoyu_diagnostics *diagnostics, struct seen_findings *seen);
void seen_findings_free(struct seen_findings *seen);

/* All messages in one line, "; " between them; the caller frees it. */
char *findings_in_one_line(const tuoyu_diagnostics *diagnostics);
/* Adds those from first on to such a line. */
void add_findings(char **line, const tuoyu_diagnostics *diagnostics, size_t first);

#endif
