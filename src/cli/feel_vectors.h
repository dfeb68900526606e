/* SPDX-License-Identifier: Apache-2.0 */
/* Conformance cases, one JSON object on each line: group, id, expr, inputs, expected, and the types that they
 * are declared with. */
#ifndef TUOYU_CLI_FEEL_VECTORS_H
#define TUOYU_CLI_FEEL_VECTORS_H

#include <stddef.h>

/* Runs the cases of a text, and prints each that fails and the sums. path is what messages call the text.
 * Returns an exit status. */
int run_vectors(const char *path, char *text, size_t length);

#endif
