/* SPDX-License-Identifier: Apache-2.0 */
/* Python's Arrow protocol: the structs of the C interface in capsules. Python only. NULL with a Python exception set where
 * the protocol is broken; None and a status in the call where the library refuses. */
#ifndef TUOYU_BINDINGS_ARROW_CAPSULES_H
#define TUOYU_BINDINGS_ARROW_CAPSULES_H

#include <Python.h>

#include "calls.h"

/* The schema of a stream, and its next array, or None at the end. Both belong to the capsule that is returned. */
PyObject *arrow_stream_schema(PyObject *stream);
PyObject *arrow_stream_next(PyObject *stream);
/* The rows of an array. */
PyObject *arrow_array_length(PyObject *array);

PyObject *arrow_batch_schema(tuoyu_call *call, const tuoyu_batch *batch);
/* Answers rows of an array, which stays as it is: an answer (array, rows, rows with errors, rows by the interpreter), where
 * array is to be given to arrow_share_array() and arrow_share_stream() as often as wanted. progress: None, or called with
 * the rows done; a true answer stops. The interpreter lock is not held while rows are computed. */
PyObject *arrow_batch_run(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema, PyObject *array, long long first,
                          long long count, PyObject *progress);
/* A stream of answers to a stream, which moves into it. */
PyObject *arrow_batch_run_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *stream);

/* Adds rows of an array to a tally: (rows, rows with errors, rows by the interpreter). findings: a list that takes
 * (before + row, what is wrong) of the first rows that are wrong, up to most. The interpreter lock is not held: nobody else may use
 * the tally. */
PyObject *arrow_tally_add_table(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length, PyObject *schema,
                                PyObject *array, long long first, long long count, bool ignores_unknown, bool reads_floats,
                                bool null_is_none, bool digests_rows, PyObject *findings, long long before, long long most);

/* What consumers take: an array, a stream of answers in a list. */
PyObject *arrow_share_array(PyObject *answer);
PyObject *arrow_share_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *answers);

#endif
