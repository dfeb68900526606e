/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a batch over a stream of tables: a stream goes out that answers each table of the source when it
 * is asked for. */
#include <errno.h>
#include <string.h>
#include <tuoyu/batches.h>

#include "table/batch_answers.h"
#include "table/batch_input.h"

static const struct location NOWHERE = {.source = NULL};

/* The private data of a stream that goes out. */
struct batch_stream {
    tuoyu_batch *batch;             /* a reference */
    struct ArrowArrayStream source; /* owned */
    struct ArrowSchema schema;      /* of the source, owned */
    tuoyu_batch_run_options *options;
    tuoyu_diagnostics *diagnostics;
    tuoyu_text *error; /* text of the last call's error, or NULL */
};

/* The errno that Arrow's stream functions return for a status; 0 for TUOYU_OK. */
static int errno_of(tuoyu_status status)
{
    switch (status) {
    case TUOYU_OK: return 0;
    case TUOYU_ERROR_NO_MEMORY: return ENOMEM;
    case TUOYU_ERROR_CANCELLED: return ECANCELED;
    default: return EINVAL;
    }
}

/* Clears the error of the last call. */
static void forget_error(struct batch_stream *stream)
{
    tuoyu_diagnostics_clear(stream->diagnostics);
    tuoyu_text_free(stream->error);
    stream->error = NULL;
}

/* Releases the source and frees everything, the stream itself and its reference to the batch too. */
static void close_stream(struct batch_stream *stream)
{
    tuoyu_batch *batch = stream->batch;
    if (stream->source.release)
        stream->source.release(&stream->source);
    if (stream->schema.release)
        stream->schema.release(&stream->schema);
    tuoyu_text_free(stream->error);
    tuoyu_diagnostics_free(stream->diagnostics);
    allocator_free(&batch->arena.allocator, stream, sizeof *stream);
    tuoyu_batch_unref(batch);
}

/* ---- The functions of the stream ---- */

/* Arrow's get_schema: the schema of the columns that go out; returns 0 or an errno. */
static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct batch_stream *stream = self->private_data;
    forget_error(stream);
    return errno_of(tuoyu_batch_schema(stream->batch, out));
}

/* Reports what the source says of its error; returns TUOYU_ERROR_INVALID_ARGUMENT. */
static tuoyu_status source_failed(struct ArrowArrayStream *source, tuoyu_diagnostics *diagnostics)
{
    const char *said = source->get_last_error ? source->get_last_error(source) : NULL;
    struct text text = text_of(said, TUOYU_NUL_TERMINATED);
    bool is_text = text.length > 0 && utf8_validate(text) == text.length;
    return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""), "the stream failed: %s",
                  is_text ? said : "it does not say why");
}

/* Arrow's get_next: answers the next table of the source; *out is released at its end. Returns 0 or an
 * errno. */
static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct batch_stream *stream = self->private_data;
    struct ArrowArray table = {.release = NULL};
    forget_error(stream);
    *out = (struct ArrowArray){.release = NULL};
    int code = stream->source.get_next(&stream->source, &table);
    if (code)
        source_failed(&stream->source, stream->diagnostics);
    else if (table.release)
        code = errno_of(tuoyu_batch_run(stream->batch, &stream->schema, &table, 0, -1, stream->options, out,
                                        stream->diagnostics));
    if (table.release)
        table.release(&table);
    if (code)
        tuoyu_diagnostics_to_text(stream->diagnostics, &stream->error);
    return code;
}

/* For ArrowArrayStream: why the last call failed; NULL if no call did. Owned by the stream. */
static const char *get_last_error(struct ArrowArrayStream *self)
{
    const struct batch_stream *stream = self->private_data;
    return stream->error ? tuoyu_text_bytes(stream->error) : NULL;
}

/* Arrow's release. */
static void release(struct ArrowArrayStream *self)
{
    close_stream(self->private_data);
    self->release = NULL;
}

/* ---- Making ---- */

/* Takes the source's schema and checks it against the batch. Returns TUOYU_OK, or an error that is
 * reported. */
static tuoyu_status take_schema(struct batch_stream *stream, tuoyu_diagnostics *diagnostics)
{
    struct arena arena;
    struct batch_input input;
    struct ArrowArrayStream *source = &stream->source;
    if (!source->get_schema || !source->get_next)
        return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                      "the stream has no functions");
    if (source->get_schema(source, &stream->schema))
        return source_failed(source, diagnostics);
    arena_init(&arena, &stream->batch->arena.allocator);
    tuoyu_status status = batch_input_open(stream->batch, &stream->schema, NULL, &arena, &input, diagnostics);
    arena_free(&arena);
    return status;
}

tuoyu_status tuoyu_batch_run_stream(tuoyu_batch *batch, struct ArrowArrayStream *source,
                                    tuoyu_batch_run_options *options, struct ArrowArrayStream *out,
                                    tuoyu_diagnostics *diagnostics)
{
    if (out)
        *out = (struct ArrowArrayStream){.release = NULL};
    if (!batch || !source || !source->release || !out || source == out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct batch_stream *stream = allocator_allocate(&batch->arena.allocator, sizeof *stream);
    if (!stream) {
        source->release(source);
        return report_no_memory(diagnostics);
    }
    *stream = (struct batch_stream){.batch = tuoyu_batch_ref(batch), .source = *source, .options = options};
    source->release = NULL;
    tuoyu_status status = tuoyu_diagnostics_new(&batch->arena.allocator, &stream->diagnostics);
    if (status == TUOYU_OK)
        diagnostics_set_language(stream->diagnostics, batch->language);
    if (status == TUOYU_OK)
        status = batch_run_options_check(options, diagnostics);
    if (status == TUOYU_OK)
        status = take_schema(stream, diagnostics);
    if (status == TUOYU_OK) {
        *out = (struct ArrowArrayStream){.get_schema = get_schema,
                                         .get_next = get_next,
                                         .get_last_error = get_last_error,
                                         .release = release,
                                         .private_data = stream};
        return TUOYU_OK;
    }
    close_stream(stream);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}
