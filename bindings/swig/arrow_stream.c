/* SPDX-License-Identifier: Apache-2.0 */
/* A stream of answers to a stream of tables, answered as they are asked for, by whichever thread asks.
 *
 *     the caller's stream → without hidden columns → the library's stream → with the columns that are passed
 * on */
#include "arrow_capsules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_objects.h"
#include "arrow_roles.h"

struct row_stream {
    struct ArrowArrayStream source;  /* the caller's */
    struct ArrowArrayStream answers; /* the library's, to what shown_next() gives */
    struct shared_schema *schema;    /* of the source */
    struct shared_array *table;      /* the last one of the source, which the next answers are to */
    struct arrow_roles roles;        /* of the bytes at the end */
    struct run_watch watch;
    tuoyu_batch_run_options options;
    const char *error; /* of this stream's own; NULL: the library says it */
    char bytes[];
};

/* ---- What the library reads: the source without hidden columns ---- */

/* What a shown table owns. */
struct shown_node {
    struct shown_table shown;
    struct shared_schema *schema;
    struct shared_array *table;
};

static void free_shown_node(struct shown_node *node)
{
    shown_table_close(&node->shown);
    shared_schema_unref(node->schema);
    shared_array_unref(node->table);
    free(node);
}

static void release_shown_schema(struct ArrowSchema *schema)
{
    free_shown_node(schema->private_data);
    schema->release = NULL;
}

static void release_shown_array(struct ArrowArray *array)
{
    free_shown_node(array->private_data);
    array->release = NULL;
}

static struct shown_node *show(struct row_stream *stream, struct shared_array *table)
{
    struct shown_node *node = calloc(1, sizeof *node);
    if (!node)
        return NULL;
    const struct ArrowArray *array = table ? shared_array_look(table) : NULL;
    if (!shown_table_open(&node->shown, stream->roles, shared_schema_look(stream->schema), array)) {
        free(node);
        return NULL;
    }
    node->schema = shared_schema_ref(stream->schema);
    node->table = shared_array_ref(table);
    return node;
}

static int shown_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct shown_node *node = show(self->private_data, NULL);
    if (!node)
        return ENOMEM;
    *out = node->shown.schema;
    out->private_data = node;
    out->release = release_shown_schema;
    return 0;
}

static int shown_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct row_stream *stream = self->private_data;
    struct ArrowArray array = {.release = NULL};
    out->release = NULL;
    shared_array_unref(stream->table);
    stream->table = NULL;
    int code = stream->source.get_next(&stream->source, &array);
    if (code || !array.release)
        return code;
    stream->table = shared_array_new(&array);
    if (stream->table && !passed_columns_fit(stream->roles, shared_array_look(stream->table))) {
        stream->error = "a column named by id does not have the rows of its table";
        return EINVAL;
    }
    struct shown_node *node = stream->table ? show(stream, stream->table) : NULL;
    if (!node)
        return ENOMEM;
    *out = node->shown.array;
    out->private_data = node;
    out->release = release_shown_array;
    return 0;
}

static const char *shown_error(struct ArrowArrayStream *self)
{
    struct row_stream *stream = self->private_data;
    return stream->source.get_last_error ? stream->source.get_last_error(&stream->source) : NULL;
}

/* The stream itself stays: it frees the source. */
static void shown_release(struct ArrowArrayStream *self)
{
    self->release = NULL;
}

/* ---- What goes out ---- */

static int answers_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct row_stream *stream = self->private_data;
    stream->error = NULL;
    int code = stream->answers.get_schema(&stream->answers, out);
    if (code || join_passed_schemas(stream->roles, stream->schema, out))
        return code;
    stream->error = "out of memory";
    return ENOMEM;
}

/* Raises the exception that it is given, in the main thread, as soon as code of Python runs there. */
static int raise_kept(void *exception)
{
    PyErr_SetObject((PyObject *)Py_TYPE((PyObject *)exception), exception);
    Py_DECREF((PyObject *)exception);
    return -1;
}

/* An exception of a signal's handler cannot go through the consumer, which knows of error numbers only: it is
 * kept until the consumer has given up. */
static void keep_exception(void)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *type = NULL, *exception = NULL, *trace = NULL;
    PyErr_Fetch(&type, &exception, &trace);
    PyErr_NormalizeException(&type, &exception, &trace);
    if (exception && Py_AddPendingCall(raise_kept, exception) == 0)
        exception = NULL;
    Py_XDECREF(type);
    Py_XDECREF(exception);
    Py_XDECREF(trace);
    PyGILState_Release(state);
}

static int answers_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct row_stream *stream = self->private_data;
    stream->error = NULL;
    int code = stream->answers.get_next(&stream->answers, out);
    if (stream->watch.has_raised) {
        stream->watch.has_raised = false;
        stream->error = "stopped by an exception of a signal's handler";
        keep_exception();
    }
    if (code || !out->release || join_passed_arrays(stream->roles, stream->table, 0, out->length, out))
        return code;
    stream->error = "out of memory";
    return ENOMEM;
}

static const char *answers_error(struct ArrowArrayStream *self)
{
    struct row_stream *stream = self->private_data;
    return stream->error ? stream->error : stream->answers.get_last_error(&stream->answers);
}

static void free_row_stream(struct row_stream *stream)
{
    if (stream->answers.release)
        stream->answers.release(&stream->answers);
    if (stream->source.release)
        stream->source.release(&stream->source);
    shared_schema_unref(stream->schema);
    shared_array_unref(stream->table);
    free(stream);
}

static void answers_release(struct ArrowArrayStream *self)
{
    free_row_stream(self->private_data);
    self->release = NULL;
}

/* ---- Making ---- */

static struct row_stream *make_stream(struct shared_schema *schema, struct ArrowArrayStream *source,
                                      const char *roles, size_t column_count)
{
    struct row_stream *stream = calloc(1, sizeof *stream + column_count);
    if (!stream)
        return NULL;
    if (column_count)
        memcpy(stream->bytes, roles, column_count);
    stream->roles = (struct arrow_roles){stream->bytes, column_count};
    stream->schema = shared_schema_ref(schema);
    stream->source = *source;
    source->release = NULL;
    return stream;
}

/* The library's stream, over what it is shown. */
static tuoyu_status answer_stream(struct row_stream *stream, tuoyu_batch *batch,
                                  tuoyu_diagnostics *diagnostics)
{
    struct ArrowArrayStream shown = {.get_schema = shown_schema,
                                     .get_next = shown_next,
                                     .get_last_error = shown_error,
                                     .release = shown_release,
                                     .private_data = stream};
    stream->options = (tuoyu_batch_run_options){
        .size = sizeof stream->options, .progress = run_watch_look, .context = &stream->watch};
    return tuoyu_batch_run_stream(batch, &shown, &stream->options, &stream->answers, diagnostics);
}

PyObject *arrow_batch_stream(tuoyu_call *call, tuoyu_batch *batch, PyObject *schema, PyObject *stream,
                             const char *roles, size_t column_count, unsigned long long signals)
{
    struct shared_schema *shared = shared_schema_in(schema);
    struct ArrowArrayStream *source = shared ? stream_in(stream) : NULL, *out;
    PyObject *capsule = source ? new_stream_capsule(&out) : NULL;
    if (!capsule)
        return NULL;
    struct row_stream *made = make_stream(shared, source, roles, column_count);
    tuoyu_status status = made ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
    if (made) {
        run_watch_begin(&made->watch, NULL, Py_None, -1);
        made->watch.signals = signals;
        status = answer_stream(made, batch, call_begin(call));
    }
    call_end(call, status);
    if (status == TUOYU_OK) {
        *out = (struct ArrowArrayStream){.get_schema = answers_schema,
                                         .get_next = answers_next,
                                         .get_last_error = answers_error,
                                         .release = answers_release,
                                         .private_data = made};
        return capsule;
    }
    if (made)
        free_row_stream(made);
    Py_DECREF(capsule);
    return NULL;
}
