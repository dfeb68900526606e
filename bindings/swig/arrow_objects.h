/* SPDX-License-Identifier: Apache-2.0 */
/* Capsules around Arrow's structs: each owns a struct on the heap, and releases what is left in it. Under the
 * interpreter's lock. Python only. */
#ifndef TUOYU_BINDINGS_ARROW_OBJECTS_H
#define TUOYU_BINDINGS_ARROW_OBJECTS_H

#include <Python.h>

#include "arrow_share.h"

/* A capsule of the protocol with an empty struct in it, which *out points to; NULL and an exception without
 * memory. */
PyObject *new_schema_capsule(struct ArrowSchema **out);
PyObject *new_array_capsule(struct ArrowArray **out);
PyObject *new_stream_capsule(struct ArrowArrayStream **out);

/* The struct in a capsule of the protocol, which must not be used up; NULL and an exception else. */
struct ArrowArrayStream *stream_in(PyObject *capsule);

/* Capsules of ours around what several hold; they take the struct over. */
PyObject *share_schema(struct ArrowSchema *schema);
PyObject *share_array(struct ArrowArray *array);
/* What is in one; NULL and an exception for another object. */
struct shared_schema *shared_schema_in(PyObject *capsule);
struct shared_array *shared_array_in(PyObject *capsule);

#endif
