/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow_capsules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_share.h"

static const char SCHEMA[] = "arrow_schema", ARRAY[] = "arrow_array", STREAM[] = "arrow_array_stream", ANSWER[] = "tuoyu_answer";

/* ---- Capsules: each owns a struct on the heap, and releases what is left in it ---- */

static void free_schema(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, SCHEMA);
    if (schema && schema->release) schema->release(schema);
    free(schema);
}

static void free_array(PyObject *capsule)
{
    struct ArrowArray *array = PyCapsule_GetPointer(capsule, ARRAY);
    if (array && array->release) array->release(array);
    free(array);
}

static void free_stream(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream && stream->release) stream->release(stream);
    free(stream);
}

static void free_answer(PyObject *capsule)
{
    shared_array_unref(PyCapsule_GetPointer(capsule, ANSWER));
}

/* An empty struct in a capsule; *out is NULL, and an exception set, without memory. */
static PyObject *make_capsule(const char *name, size_t size, PyCapsule_Destructor destructor, void **out)
{
    *out = calloc(1, size);
    PyObject *capsule = *out ? PyCapsule_New(*out, name, destructor) : PyErr_NoMemory();
    if (capsule) return capsule;
    free(*out);
    *out = NULL;
    return NULL;
}

#define MAKE_CAPSULE(name, type, destructor, out) make_capsule((name), sizeof(struct type), (destructor), (void **)(out))

/* The struct in a capsule, which must not be used up; NULL and an exception else. */
static struct ArrowArrayStream *stream_in(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream && !stream->release) PyErr_SetString(PyExc_ValueError, "the Arrow stream was used up before");
    return stream && stream->release ? stream : NULL;
}

/* ---- Streams that come in ---- */

static void raise_stream_error(struct ArrowArrayStream *stream, int code)
{
    const char *said = stream->get_last_error ? stream->get_last_error(stream) : NULL;
    if (!PyErr_Occurred()) PyErr_Format(PyExc_ValueError, "the Arrow stream failed: %s", said ? said : strerror(code));
}

PyObject *arrow_stream_schema(PyObject *stream)
{
    struct ArrowArrayStream *from = stream_in(stream);
    struct ArrowSchema *schema;
    PyObject *capsule = from ? MAKE_CAPSULE(SCHEMA, ArrowSchema, free_schema, &schema) : NULL;
    int code;
    if (!capsule) return NULL;
    Py_BEGIN_ALLOW_THREADS
    code = from->get_schema(from, schema);
    Py_END_ALLOW_THREADS
    if (!code) return capsule;
    raise_stream_error(from, code);
    Py_DECREF(capsule);
    return NULL;
}

PyObject *arrow_stream_next(PyObject *stream)
{
    struct ArrowArrayStream *from = stream_in(stream);
    struct ArrowArray *array;
    PyObject *capsule = from ? MAKE_CAPSULE(ARRAY, ArrowArray, free_array, &array) : NULL;
    int code;
    if (!capsule) return NULL;
    Py_BEGIN_ALLOW_THREADS
    code = from->get_next(from, array);
    Py_END_ALLOW_THREADS
    if (!code && array->release) return capsule;
    if (code) raise_stream_error(from, code);
    Py_DECREF(capsule);
    return code ? NULL : Py_NewRef(Py_None);
}

PyObject *arrow_array_length(PyObject *array)
{
    const struct ArrowArray *in = PyCapsule_GetPointer(array, ARRAY);
    return in ? PyLong_FromLongLong(in->length) : NULL;
}

/* ---- Batches ---- */

PyObject *arrow_batch_schema(tuoyu_call *call, const tuoyu_batch *batch)
{
    struct ArrowSchema *schema;
    call_begin(call);
    PyObject *capsule = MAKE_CAPSULE(SCHEMA, ArrowSchema, free_schema, &schema);
    if (capsule) call_end(call, tuoyu_batch_schema(batch, schema));
    return capsule;
}

/* Called without the interpreter lock. An exception of the callback, or of a signal, stays set and stops the run. */
static int32_t report_progress(void *context, int64_t rows)
{
    PyObject *progress = context;
    PyGILState_STATE state = PyGILState_Ensure();
    int stops = PyErr_CheckSignals();
    if (!stops && progress != Py_None) {
        PyObject *answer = PyObject_CallFunction(progress, "L", (long long)rows);
        stops = answer ? PyObject_IsTrue(answer) : -1;
        Py_XDECREF(answer);
    }
    PyGILState_Release(state);
    return stops;
}

/* The parts of an answer to Python: a capsule and three counts. Takes the array over. */
static PyObject *make_answer(struct ArrowArray *array, const tuoyu_batch_run_options *options)
{
    struct shared_array *shared = shared_array_new(array);
    if (!shared) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(shared, ANSWER, free_answer);
    if (!capsule) {
        shared_array_unref(shared);
        return NULL;
    }
    return Py_BuildValue("NLLL", capsule, (long long)options->rows, (long long)options->error_rows,
                         (long long)options->slow_rows);
}

PyObject *arrow_batch_run(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema, PyObject *array, long long first,
                          long long count, PyObject *progress)
{
    const struct ArrowSchema *in_schema = PyCapsule_GetPointer(schema, SCHEMA);
    const struct ArrowArray *in_array = in_schema ? PyCapsule_GetPointer(array, ARRAY) : NULL;
    struct ArrowArray out;
    tuoyu_batch_run_options options = {.size = sizeof options, .progress = report_progress, .context = progress};
    tuoyu_status status;
    if (!in_schema || !in_array) return NULL;
    tuoyu_diagnostics *diagnostics = call_begin(call);
    Py_BEGIN_ALLOW_THREADS
    status = tuoyu_batch_run(batch, in_schema, in_array, first, count, &options, &out, diagnostics);
    Py_END_ALLOW_THREADS
    if (status == TUOYU_OK && !PyErr_Occurred()) return make_answer(&out, &options);
    if (status == TUOYU_OK) out.release(&out);
    if (PyErr_Occurred()) return NULL;
    call_end(call, status);
    return Py_NewRef(Py_None);
}

PyObject *arrow_batch_run_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *stream)
{
    struct ArrowArrayStream *in = stream_in(stream), *out;
    tuoyu_status status;
    PyObject *capsule = in ? MAKE_CAPSULE(STREAM, ArrowArrayStream, free_stream, &out) : NULL;
    if (!capsule) return NULL;
    tuoyu_diagnostics *diagnostics = call_begin(call);
    Py_BEGIN_ALLOW_THREADS
    status = tuoyu_batch_run_stream(batch, in, NULL, out, diagnostics);
    Py_END_ALLOW_THREADS
    call_end(call, status);
    return capsule;
}

/* ---- Tallies ---- */

/* Where the first rows that are wrong are told. */
struct bad_rows {
    PyObject *findings;
    long long before, most;
};

/* What is wrong with a row, in one text; NULL and an exception without memory. */
static PyObject *message_of(const tuoyu_diagnostics *findings)
{
    PyObject *message = PyUnicode_FromString("");
    tuoyu_diagnostic item;
    for (size_t i = 0; message && tuoyu_diagnostics_get(findings, i, &item) == TUOYU_OK; i++) {
        PyObject *longer = PyUnicode_FromFormat("%U%s%s%s%s%s", message, i ? "; " : "", item.message, *item.hint ? " (" : "",
                                                item.hint, *item.hint ? ")" : "");
        Py_DECREF(message);
        message = longer;
    }
    return message;
}

/* Called without the interpreter lock, as the next. An exception stays set and stops the run. */
static int32_t tell_bad_row(void *context, int64_t row, const tuoyu_diagnostics *findings)
{
    struct bad_rows *bad = context;
    PyGILState_STATE state = PyGILState_Ensure();
    int stops = 0;
    if (PyList_Size(bad->findings) < bad->most) {
        PyObject *message = message_of(findings), *item = message ? Py_BuildValue("LN", bad->before + (long long)row, message) : NULL;
        stops = !item || PyList_Append(bad->findings, item) < 0;
        Py_XDECREF(item);
    }
    PyGILState_Release(state);
    return stops;
}

static int32_t check_signals(void *context, int64_t rows)
{
    (void)context, (void)rows;
    PyGILState_STATE state = PyGILState_Ensure();
    int stops = PyErr_CheckSignals();
    PyGILState_Release(state);
    return stops;
}

PyObject *arrow_tally_add_table(tuoyu_call *call, tuoyu_tally *tally, const char *entity, size_t entity_length, PyObject *schema,
                                PyObject *array, long long first, long long count, bool ignores_unknown, bool reads_floats,
                                bool null_is_none, bool digests_rows, PyObject *findings, long long before, long long most)
{
    const struct ArrowSchema *in_schema = PyCapsule_GetPointer(schema, SCHEMA);
    const struct ArrowArray *in_array = in_schema ? PyCapsule_GetPointer(array, ARRAY) : NULL;
    struct bad_rows bad = {.findings = findings, .before = before, .most = most};
    tuoyu_tally_table_options options = {.size = sizeof options, .ignores_unknown = ignores_unknown, .reads_floats = reads_floats,
                                         .null_is_none = null_is_none, .digests_rows = digests_rows, .bad_row = tell_bad_row,
                                         .progress = check_signals, .context = &bad};
    tuoyu_status status;
    if (!in_schema || !in_array) return NULL;
    tuoyu_diagnostics *diagnostics = call_begin(call);
    Py_BEGIN_ALLOW_THREADS
    status = tuoyu_tally_add_table(tally, entity, entity_length, in_schema, in_array, first, count, &options, diagnostics);
    Py_END_ALLOW_THREADS
    if (PyErr_Occurred()) return NULL;
    call_end(call, status);
    return Py_BuildValue("LLL", (long long)options.rows, (long long)options.error_rows, (long long)options.slow_rows);
}

/* ---- What consumers take ---- */

PyObject *arrow_share_array(PyObject *answer)
{
    struct shared_array *shared = PyCapsule_GetPointer(answer, ANSWER);
    struct ArrowArray *array;
    PyObject *capsule = shared ? MAKE_CAPSULE(ARRAY, ArrowArray, free_array, &array) : NULL;
    if (!capsule || shared_array_export(shared, array)) return capsule;
    Py_DECREF(capsule);
    return PyErr_NoMemory();
}

/* A stream over answers that are all there. Nothing of it needs the interpreter. */
struct answer_stream {
    tuoyu_batch *batch;
    size_t count, next;
    struct ArrowArray arrays[];
};

static int answers_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    const struct answer_stream *stream = self->private_data;
    return tuoyu_batch_schema(stream->batch, out) == TUOYU_OK ? 0 : ENOMEM;
}

static int answers_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct answer_stream *stream = self->private_data;
    out->release = NULL;
    if (stream->next == stream->count) return 0;
    *out = stream->arrays[stream->next];
    stream->arrays[stream->next++].release = NULL;
    return 0;
}

static const char *answers_error(struct ArrowArrayStream *self)
{
    (void)self;
    return "out of memory";
}

static void answers_release(struct ArrowArrayStream *self)
{
    struct answer_stream *stream = self->private_data;
    for (size_t i = 0; i < stream->count; i++)
        if (stream->arrays[i].release) stream->arrays[i].release(&stream->arrays[i]);
    tuoyu_batch_unref(stream->batch);
    free(stream);
    self->release = NULL;
}

PyObject *arrow_share_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *answers)
{
    Py_ssize_t count = PyList_Size(answers);
    struct ArrowArrayStream *out;
    call_begin(call);
    PyObject *capsule = count < 0 ? NULL : MAKE_CAPSULE(STREAM, ArrowArrayStream, free_stream, &out);
    if (!capsule) return NULL;
    struct answer_stream *stream = calloc(1, sizeof *stream + (size_t)count * sizeof *stream->arrays);
    bool is_made = stream != NULL;
    if (is_made) {
        *out = (struct ArrowArrayStream){.get_schema = answers_schema, .get_next = answers_next,
                                         .get_last_error = answers_error, .release = answers_release, .private_data = stream};
        stream->batch = tuoyu_batch_ref(batch);
    }
    for (Py_ssize_t i = 0; i < count && is_made; i++) {
        struct shared_array *shared = PyCapsule_GetPointer(PyList_GetItem(answers, i), ANSWER);
        is_made = shared && shared_array_export(shared, &stream->arrays[stream->count++]);
    }
    if (is_made) return capsule;
    Py_DECREF(capsule);
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
}
