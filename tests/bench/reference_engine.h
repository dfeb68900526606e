/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of reference.yaml through the library's prepared workspaces, over the rows that the functions by
 * hand compute, too. A shared library of it lets Python's peers take turns with it in one process. */
#ifndef TUOYU_TESTS_REFERENCE_ENGINE_H
#define TUOYU_TESTS_REFERENCE_ENGINE_H

#include "reference_workload.h"

struct reference_engine;

/* pack: the text of reference.yaml. NULL with a line on standard error where it cannot be made. */
struct reference_engine *reference_engine_make(const char *pack, const struct workload_input *input,
                                               size_t rows);
void reference_engine_free(struct reference_engine *engine);
/* Rows [first, first + count) into the rows of output from 0 on, where eligible is 0 for a child that is (the
 * index of the decision). 0 where something failed. One thread at a time. */
int reference_engine_run(struct reference_engine *engine, size_t first, size_t count,
                         const struct workload_output *output);
/* Whether all rows of the last run, count of them, have all answers. */
int reference_engine_has_all(const struct reference_engine *engine, size_t count);

#endif
