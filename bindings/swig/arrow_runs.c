/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of tables on their way through a batch and into a tally. The interpreter's lock is not held meanwhile;
 * it is taken where an exception, a finding or progress concerns Python. */
#include "arrow_capsules.h"

#include "arrow_objects.h"
#include "arrow_roles.h"

/* A table and what the library is shown of it. */
struct input {
    struct shared_array *table;
    struct shown_table shown;
    struct arrow_roles roles;
};

/* False, and an exception is set: these are no capsules of ours, or memory is refused. */
static bool open_input(struct input *input, PyObject *schema, PyObject *array, const char *roles,
                       size_t column_count)
{
    struct shared_schema *shared = shared_schema_in(schema);
    *input = (struct input){.table = shared ? shared_array_in(array) : NULL, .roles = {roles, column_count}};
    if (!input->table)
        return false;
    if (!passed_columns_fit(input->roles, shared_array_look(input->table))) {
        PyErr_SetString(PyExc_ValueError, "a column named by id does not have the rows of its table");
        return false;
    }
    bool is_open = shown_table_open(&input->shown, input->roles, shared_schema_look(shared),
                                    shared_array_look(input->table));
    if (!is_open)
        PyErr_NoMemory();
    return is_open;
}

/* How many rows first and count mean. */
static int64_t rows_of(const struct input *input, long long first, long long count)
{
    return count < 0 ? shared_array_look(input->table)->length - first : count;
}

/* ---- Batches ---- */

/* The answers in a capsule, and three counts. Takes the array over. */
static PyObject *make_answer(struct ArrowArray *array, const tuoyu_batch_run_options *options)
{
    PyObject *capsule = share_array(array);
    if (!capsule)
        return NULL;
    return Py_BuildValue("NLLL", capsule, (long long)options->rows, (long long)options->error_rows,
                         (long long)options->fallback_rows);
}

/* Runs without the interpreter's lock, and joins what is passed on. */
static tuoyu_status run(const tuoyu_batch *batch, struct input *input, int64_t first, int64_t count,
                        tuoyu_batch_run_options *options, struct ArrowArray *out,
                        tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status;
    Py_BEGIN_ALLOW_THREADS status = tuoyu_batch_run(batch, &input->shown.schema, &input->shown.array, first,
                                                    count, options, out, diagnostics);
    if (status == TUOYU_OK && !join_passed_arrays(input->roles, input->table, first, out->length, out))
        status = TUOYU_ERROR_NO_MEMORY;
    Py_END_ALLOW_THREADS return status;
}

PyObject *arrow_batch_run(tuoyu_call *call, const tuoyu_batch *batch, PyObject *schema, PyObject *array,
                          const char *roles, size_t column_count, long long first, long long count,
                          PyObject *progress, struct run_stop *stop)
{
    struct input input;
    struct run_watch watch;
    struct ArrowArray out = {.release = NULL};
    tuoyu_batch_run_options options = {.size = sizeof options, .progress = run_watch_look, .context = &watch};
    if (!open_input(&input, schema, array, roles, column_count))
        return NULL;
    run_watch_begin(&watch, stop, progress, rows_of(&input, first, count));
    tuoyu_status status = run(batch, &input, first, count, &options, &out, call_begin(call));
    shown_table_close(&input.shown);
    call_end(call, status);
    bool is_answered = status == TUOYU_OK && !PyErr_Occurred();
    if (!is_answered && out.release)
        out.release(&out);
    return is_answered ? make_answer(&out, &options) : NULL;
}

/* ---- Tallies ---- */

/* A run into a tally: what it looks at, and where the first rows that are wrong are told. */
struct tally_run {
    struct run_watch watch;
    PyObject *findings;
    long long before, most;
};

/* What is wrong with a row, in one text; NULL and an exception without memory. */
static PyObject *message_of(const tuoyu_diagnostics *findings)
{
    PyObject *message = PyUnicode_FromString("");
    tuoyu_diagnostic item;
    for (size_t i = 0; message && tuoyu_diagnostics_get(findings, i, &item) == TUOYU_OK; i++) {
        PyObject *longer = PyUnicode_FromFormat("%U%s%s%s%s%s", message, i ? "; " : "", item.message,
                                                *item.hint ? " (" : "", item.hint, *item.hint ? ")" : "");
        Py_DECREF(message);
        message = longer;
    }
    return message;
}

/* Called without the interpreter's lock. An exception stays set and stops the run. */
static int32_t tell_bad_row(void *context, int64_t row, const tuoyu_diagnostics *findings)
{
    struct tally_run *run = context;
    PyGILState_STATE state = PyGILState_Ensure();
    int stops = 0;
    if (PyList_Size(run->findings) < run->most) {
        PyObject *message = message_of(findings),
                 *item = message ? Py_BuildValue("LN", run->before + (long long)row, message) : NULL;
        stops = !item || PyList_Append(run->findings, item) < 0;
        Py_XDECREF(item);
    }
    PyGILState_Release(state);
    return stops;
}

static int32_t look(void *context, int64_t rows)
{
    struct tally_run *run = context;
    return run_watch_look(&run->watch, rows);
}

PyObject *arrow_tally_add_table(tuoyu_call *call, tuoyu_tally *tally, const char *entity,
                                size_t entity_length, PyObject *schema, PyObject *array, const char *roles,
                                size_t column_count, long long first, long long count, int unknown_columns,
                                int floats, int nulls, bool digests_rows, PyObject *findings,
                                long long before, long long most, struct run_stop *stop)
{
    struct input input;
    struct tally_run run = {.findings = findings, .before = before, .most = most};
    tuoyu_tally_table_options options = {.size = sizeof options,
                                         .unknown_columns = unknown_columns,
                                         .floats = floats,
                                         .nulls = nulls,
                                         .digests_rows = digests_rows,
                                         .bad_row = tell_bad_row,
                                         .progress = look,
                                         .context = &run};
    tuoyu_status status;
    if (!open_input(&input, schema, array, roles, column_count))
        return NULL;
    run_watch_begin(&run.watch, stop, Py_None, rows_of(&input, first, count));
    tuoyu_diagnostics *diagnostics = call_begin(call);
    Py_BEGIN_ALLOW_THREADS status =
        tuoyu_tally_add_table(tally, entity, entity_length, &input.shown.schema, &input.shown.array, first,
                              count, &options, diagnostics);
    Py_END_ALLOW_THREADS shown_table_close(&input.shown);
    call_end(call, status);
    if (status != TUOYU_OK || PyErr_Occurred())
        return NULL;
    return Py_BuildValue("LLL", (long long)options.rows, (long long)options.error_rows,
                         (long long)options.fallback_rows);
}
