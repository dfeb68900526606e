/* SPDX-License-Identifier: Apache-2.0 */
/* The reference workload through the library: reference.yaml over the rows that the functions by hand compute, too.
 * A shared library of it lets Python's peers take turns with it in one process. */
#ifndef TUOYU_TESTS_REFERENCE_ENGINE_H
#define TUOYU_TESTS_REFERENCE_ENGINE_H

#include "reference_workload.h"

struct reference_engine;

/* pack: the text of reference.yaml. input is borrowed. NULL with a line on standard error where it cannot be made. */
struct reference_engine *reference_engine_make(const char *pack, const struct workload_input *input, size_t rows);
void reference_engine_free(struct reference_engine *engine);
/* Rows [first, first + count) into the rows of output from 0 on; 0 where something failed or an answer is missing. One
 * thread at a time. */
int reference_engine_run(struct reference_engine *engine, size_t first, size_t count, const struct workload_output *output);
/* Fen that one of the numbers of an output stands for: an output has the decimals that its values need. Outputs as they
 * stand in struct workload_output, from 0. */
int64_t reference_engine_fen(const struct reference_engine *engine, size_t output);

#endif
