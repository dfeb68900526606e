/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that come in by Python's Arrow protocol, and answers that go out by it. */
#include "arrow_capsules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_objects.h"
#include "arrow_roles.h"

/* ---- Tables that come in ---- */

static void raise_stream_error(struct ArrowArrayStream *stream, int code)
{
    const char *said = stream->get_last_error ? stream->get_last_error(stream) : NULL;
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "the Arrow stream failed: %s", said ? said : strerror(code));
}

PyObject *arrow_stream_schema(PyObject *stream)
{
    struct ArrowArrayStream *from = stream_in(stream);
    struct ArrowSchema schema = {.release = NULL};
    int code;
    if (!from)
        return NULL;
    Py_BEGIN_ALLOW_THREADS code = from->get_schema(from, &schema);
    Py_END_ALLOW_THREADS if (!code && schema.release) return share_schema(&schema);
    raise_stream_error(from, code);
    return NULL;
}

PyObject *arrow_stream_next(PyObject *stream)
{
    struct ArrowArrayStream *from = stream_in(stream);
    struct ArrowArray array = {.release = NULL};
    int code;
    if (!from)
        return NULL;
    Py_BEGIN_ALLOW_THREADS code = from->get_next(from, &array);
    Py_END_ALLOW_THREADS if (!code) return array.release ? share_array(&array) : Py_NewRef(Py_None);
    raise_stream_error(from, code);
    return NULL;
}

PyObject *arrow_take_schema(PyObject *schema)
{
    struct ArrowSchema *from = PyCapsule_GetPointer(schema, "arrow_schema");
    if (from && from->release)
        return share_schema(from);
    return from ? PyErr_Format(PyExc_ValueError, "the Arrow schema was used up before") : NULL;
}

PyObject *arrow_take_array(PyObject *array)
{
    struct ArrowArray *from = PyCapsule_GetPointer(array, "arrow_array");
    if (from && from->release)
        return share_array(from);
    return from ? PyErr_Format(PyExc_ValueError, "the Arrow array was used up before") : NULL;
}

PyObject *arrow_array_length(PyObject *array)
{
    struct shared_array *shared = shared_array_in(array);
    return shared ? PyLong_FromLongLong(shared_array_look(shared)->length) : NULL;
}

/* ---- What a schema says ---- */

static PyObject *name_of(const struct ArrowSchema *column)
{
    const char *name = column && column->name ? column->name : "";
    return PyUnicode_DecodeUTF8(name, (Py_ssize_t)strlen(name), "surrogateescape");
}

PyObject *arrow_schema_names(PyObject *schema)
{
    struct shared_schema *shared = shared_schema_in(schema);
    if (!shared)
        return NULL;
    const struct ArrowSchema *table = shared_schema_look(shared);
    PyObject *names = PyList_New(0);
    for (int64_t i = 0; names && table->children && i < table->n_children; i++) {
        PyObject *name = name_of(table->children[i]);
        if (!name || PyList_Append(names, name) < 0)
            Py_CLEAR(names);
        Py_XDECREF(name);
    }
    return names;
}

/* One text of the metadata, with its length before it in the machine's order; moves on behind it. */
static const char *next_text(const char **metadata, int32_t *length)
{
    memcpy(length, *metadata, sizeof *length);
    const char *text = *metadata + sizeof *length;
    if (*length < 0)
        return NULL;
    *metadata = text + *length;
    return text;
}

PyObject *arrow_schema_metadata(PyObject *schema, const char *key)
{
    struct shared_schema *shared = shared_schema_in(schema);
    if (!shared)
        return NULL;
    const char *metadata = shared_schema_look(shared)->metadata;
    int32_t count = 0;
    if (metadata)
        memcpy(&count, metadata, sizeof count);
    if (metadata)
        metadata += sizeof count;
    for (int32_t i = 0; i < count; i++) {
        int32_t length, value_length;
        const char *name = next_text(&metadata, &length),
                   *value = name ? next_text(&metadata, &value_length) : NULL;
        if (!value)
            break;
        if ((size_t)length == strlen(key) && memcmp(name, key, strlen(key)) == 0)
            return PyBytes_FromStringAndSize(value, value_length);
    }
    Py_RETURN_NONE;
}

/* ---- Answers that go out ---- */

/* Makes the schema of the answers; false: the call, or an exception, says why. */
static bool make_schema(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema,
                        struct arrow_roles roles, struct ArrowSchema *out)
{
    struct shared_schema *table = schema == Py_None ? NULL : shared_schema_in(schema);
    if (!table && schema != Py_None)
        return false;
    tuoyu_status status = tuoyu_batch_schema(batch, out);
    if (status == TUOYU_OK && table && !join_passed_schemas(roles, table, out))
        status = TUOYU_ERROR_NO_MEMORY;
    call_end(call, status);
    return status == TUOYU_OK;
}

PyObject *arrow_answer_schema(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema, const char *roles,
                              size_t column_count)
{
    struct ArrowSchema *out;
    PyObject *capsule = new_schema_capsule(&out);
    if (capsule && !make_schema(call, batch, schema, (struct arrow_roles){roles, column_count}, out))
        Py_CLEAR(capsule);
    return capsule;
}

PyObject *arrow_share_array(PyObject *answers)
{
    struct shared_array *shared = shared_array_in(answers);
    struct ArrowArray *array;
    PyObject *capsule = shared ? new_array_capsule(&array) : NULL;
    if (!capsule || shared_array_export(shared, array))
        return capsule;
    Py_DECREF(capsule);
    return PyErr_NoMemory();
}

/* A stream over answers that are all there. Nothing of it needs the interpreter. */
struct answer_stream {
    struct shared_schema *schema;
    size_t count, next;
    struct ArrowArray arrays[];
};

static int answers_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct answer_stream *stream = self->private_data;
    return shared_schema_export(stream->schema, out) ? 0 : ENOMEM;
}

static int answers_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct answer_stream *stream = self->private_data;
    out->release = NULL;
    if (stream->next == stream->count)
        return 0;
    *out = stream->arrays[stream->next];
    stream->arrays[stream->next++].release = NULL;
    return 0;
}

static const char *answers_error(struct ArrowArrayStream *self)
{
    (void)self;
    return "out of memory";
}

static void free_answers(struct answer_stream *stream)
{
    for (size_t i = 0; i < stream->count; i++)
        if (stream->arrays[i].release)
            stream->arrays[i].release(&stream->arrays[i]);
    shared_schema_unref(stream->schema);
    free(stream);
}

static void answers_release(struct ArrowArrayStream *self)
{
    free_answers(self->private_data);
    self->release = NULL;
}

/* All the answers in a list; NULL, and an exception is set. */
static struct answer_stream *collect_answers(PyObject *answers)
{
    Py_ssize_t count = PyList_Size(answers);
    struct answer_stream *stream =
        count < 0 ? NULL : calloc(1, sizeof *stream + (size_t)count * sizeof *stream->arrays);
    if (count >= 0 && !stream)
        PyErr_NoMemory();
    for (Py_ssize_t i = 0; stream && i < count; i++) {
        struct shared_array *shared = shared_array_in(PyList_GetItem(answers, i));
        if (shared && shared_array_export(shared, &stream->arrays[stream->count++]))
            continue;
        if (shared)
            PyErr_NoMemory();
        free_answers(stream);
        stream = NULL;
    }
    return stream;
}

PyObject *arrow_share_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *schema, const char *roles,
                             size_t column_count, PyObject *answers)
{
    struct ArrowSchema made;
    struct ArrowArrayStream *out;
    PyObject *capsule = new_stream_capsule(&out);
    struct answer_stream *stream = capsule ? collect_answers(answers) : NULL;
    bool is_made =
        stream && make_schema(call, batch, schema, (struct arrow_roles){roles, column_count}, &made);
    if (is_made) {
        stream->schema = shared_schema_new(&made);
        is_made = stream->schema;
        if (!is_made)
            PyErr_NoMemory();
    }
    if (is_made) {
        *out = (struct ArrowArrayStream){.get_schema = answers_schema,
                                         .get_next = answers_next,
                                         .get_last_error = answers_error,
                                         .release = answers_release,
                                         .private_data = stream};
        return capsule;
    }
    if (stream)
        free_answers(stream);
    Py_XDECREF(capsule);
    return NULL;
}
