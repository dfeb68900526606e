/* SPDX-License-Identifier: Apache-2.0 */
/* Python's Arrow protocol: the structs of the C interface in capsules. Python only. Each function returns
 * NULL with an exception set where the protocol is broken; where the library refuses, the call says so.
 *
 *     a table's capsules → arrow_stream_… or arrow_take_… → arrow_batch_run → arrow_share_…
 *
 * Schemas and arrays that came in, and answers, stand in capsules of their own, because several threads and
 * consumers hold them. roles: a byte for each column of the table (arrow_roles.h), or none. */
#ifndef TUOYU_BINDINGS_ARROW_CAPSULES_H
#define TUOYU_BINDINGS_ARROW_CAPSULES_H

#include <Python.h>

#include "calls.h"
#include "run_watch.h"

/* The schema of a stream, and its next array, or None at the end. */
PyObject *arrow_stream_schema(PyObject *stream);
PyObject *arrow_stream_next(PyObject *stream);
/* The schema or the array in a capsule of the protocol, which is then empty. */
PyObject *arrow_take_schema(PyObject *schema);
PyObject *arrow_take_array(PyObject *array);
/* The rows of an array. */
PyObject *arrow_array_length(PyObject *array);
/* The names of a schema's columns, "" where there is none; its metadata under a key, as bytes, or None. */
PyObject *arrow_schema_names(PyObject *schema);
PyObject *arrow_schema_metadata(PyObject *schema, const char *key);

/* The schema of the answers to tables of a schema. schema: None where roles pass nothing on. */
PyObject *arrow_answer_schema(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema, const char *roles,
                              size_t column_count);
/* Answers rows of an array, which stays as it is: (answers, rows, rows with errors, rows by the interpreter),
 * where answers are to be given to arrow_share_array() and arrow_share_stream() as often as wanted. progress:
 * None, or called with the rows done; a true answer stops, and so does the flag. The interpreter's lock is
 * not held while rows are computed. */
PyObject *arrow_batch_run(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema, PyObject *array,
                          const char *roles, size_t column_count, long long first, long long count,
                          PyObject *progress, struct run_stop *stop);

/* Adds rows of an array to a tally: (rows, rows with errors, rows by the interpreter). findings: a list that
 * takes (before + row, what is wrong) of the first rows that are wrong, up to most. The interpreter's lock is
 * not held. */
PyObject *arrow_tally_add_table(tuoyu_call *call, tuoyu_tally *tally, const char *entity,
                                size_t entity_length, PyObject *schema, PyObject *array, const char *roles,
                                size_t column_count, long long first, long long count, int unknown_columns,
                                int floats, int nulls, bool digests_rows, PyObject *findings,
                                long long before, long long most, struct run_stop *stop);

/* A stream of answers to a stream, which moves into it. signals: the thread that looks at signals between
 * rows. */
PyObject *arrow_batch_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *schema, PyObject *stream,
                             const char *roles, size_t column_count, unsigned long long signals);

/* What consumers take of answers: an array, and a stream of the answers in a list. */
PyObject *arrow_share_array(PyObject *answers);
PyObject *arrow_share_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *schema, const char *roles,
                             size_t column_count, PyObject *answers);

#endif
