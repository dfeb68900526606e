/* SPDX-License-Identifier: Apache-2.0 */
/* Capsules of Python's Arrow protocol, and of what came in by it. */
#include "arrow_objects.h"

#include <stdlib.h>

static const char SCHEMA[] = "arrow_schema", ARRAY[] = "arrow_array", STREAM[] = "arrow_array_stream";
static const char SHARED_SCHEMA[] = "tuoyu_schema", SHARED_ARRAY[] = "tuoyu_array";

/* ---- Of the protocol ---- */

static void free_schema(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, SCHEMA);
    if (schema && schema->release)
        schema->release(schema);
    free(schema);
}

static void free_array(PyObject *capsule)
{
    struct ArrowArray *array = PyCapsule_GetPointer(capsule, ARRAY);
    if (array && array->release)
        array->release(array);
    free(array);
}

static void free_stream(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream && stream->release)
        stream->release(stream);
    free(stream);
}

/* *out is NULL where memory is refused. */
static PyObject *make_capsule(const char *name, size_t size, PyCapsule_Destructor destructor, void **out)
{
    *out = calloc(1, size);
    PyObject *capsule = *out ? PyCapsule_New(*out, name, destructor) : PyErr_NoMemory();
    if (capsule)
        return capsule;
    free(*out);
    *out = NULL;
    return NULL;
}

PyObject *new_schema_capsule(struct ArrowSchema **out)
{
    return make_capsule(SCHEMA, sizeof **out, free_schema, (void **)out);
}

PyObject *new_array_capsule(struct ArrowArray **out)
{
    return make_capsule(ARRAY, sizeof **out, free_array, (void **)out);
}

PyObject *new_stream_capsule(struct ArrowArrayStream **out)
{
    return make_capsule(STREAM, sizeof **out, free_stream, (void **)out);
}

static PyObject *used_up(const char *what)
{
    return PyErr_Format(PyExc_ValueError, "the Arrow %s was used up before", what);
}

struct ArrowArrayStream *stream_in(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream && !stream->release)
        used_up("stream");
    return stream && stream->release ? stream : NULL;
}

/* ---- Shared ---- */

static void free_shared_schema(PyObject *capsule)
{
    shared_schema_unref(PyCapsule_GetPointer(capsule, SHARED_SCHEMA));
}

static void free_shared_array(PyObject *capsule)
{
    shared_array_unref(PyCapsule_GetPointer(capsule, SHARED_ARRAY));
}

PyObject *share_schema(struct ArrowSchema *schema)
{
    struct shared_schema *shared = shared_schema_new(schema);
    PyObject *capsule = shared ? PyCapsule_New(shared, SHARED_SCHEMA, free_shared_schema) : PyErr_NoMemory();
    if (!capsule)
        shared_schema_unref(shared);
    return capsule;
}

PyObject *share_array(struct ArrowArray *array)
{
    struct shared_array *shared = shared_array_new(array);
    PyObject *capsule = shared ? PyCapsule_New(shared, SHARED_ARRAY, free_shared_array) : PyErr_NoMemory();
    if (!capsule)
        shared_array_unref(shared);
    return capsule;
}

struct shared_schema *shared_schema_in(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, SHARED_SCHEMA);
}

struct shared_array *shared_array_in(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, SHARED_ARRAY);
}
