/* SPDX-License-Identifier: Apache-2.0 */
/* Looks now and then whether a run is to stop. A flag of another thread is looked at each time, which costs
 * next to nothing; the interpreter's lock, which signals and progress need, is asked for by the clock and by
 * rows. */
#include "run_watch.h"

#include "call_parts.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum {
    PERIOD = 50 * 1000 * 1000, /* nanoseconds between two looks at the signals */
    ROWS_TOLD = 1024           /* progress hears of so many rows at once, or of those that a period took */
};

struct run_stop {
    atomic_bool is_set;
};

struct run_stop *run_stop_new(void)
{
    struct run_stop *stop = malloc(sizeof *stop);
    if (stop)
        atomic_init(&stop->is_set, false);
    return stop;
}

void run_stop_free(struct run_stop *stop)
{
    free(stop);
}

void run_stop_set(struct run_stop *stop)
{
    atomic_store_explicit(&stop->is_set, true, memory_order_relaxed);
}

static int64_t nanoseconds_now(void)
{
    struct timespec now = {.tv_sec = 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void run_watch_begin(struct run_watch *watch, struct run_stop *stop, PyObject *progress, int64_t rows)
{
    *watch = (struct run_watch){
        .stop = stop, .progress = progress, .rows = rows, .due = nanoseconds_now() + PERIOD};
}

/* Not 0: the run is to stop. Called with the interpreter's lock. */
static int tell_progress(struct run_watch *watch, int64_t rows)
{
    watch->told = rows;
    PyObject *answer = PyObject_CallFunction(watch->progress, "L", (long long)rows);
    int stops = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    return stops;
}

int32_t run_watch_look(void *context, int64_t rows)
{
    struct run_watch *watch = context;
    if (watch->stop && atomic_load_explicit(&watch->stop->is_set, memory_order_relaxed))
        return 1;
    bool has_progress = watch->progress != Py_None;
    bool is_told = has_progress && (rows == watch->rows || rows - watch->told >= ROWS_TOLD);
    int64_t now = nanoseconds_now();
    if (!is_told && now < watch->due)
        return 0;
    if (watch->signals && watch->signals != PyThread_get_thread_ident())
        return 0;
    watch->due = now + PERIOD;
    PyGILState_STATE state = PyGILState_Ensure();
    int stops = PyErr_CheckSignals();
    if (!stops && has_progress)
        stops = tell_progress(watch, rows);
    watch->has_raised = stops < 0;
    PyGILState_Release(state);
    return stops;
}

/* ---- Calls that are no runs ---- */

/* Of each thread: whether a call is on that hears of signals, when they have their turn, and whom else to
 * ask. A run over a table has a watch of its own, so that rows which it evaluates do not look here. */
static _Thread_local bool is_call_open;
static _Thread_local int64_t call_due;
static _Thread_local PyObject *call_cancel;

bool run_watch_open_call(void)
{
    bool before = is_call_open;
    is_call_open = true;
    return before;
}

void run_watch_close_call(bool before)
{
    is_call_open = before;
}

PyObject *interrupt_by(PyObject *cancel)
{
    PyObject *before = call_cancel ? call_cancel : Py_NewRef(Py_None);
    call_cancel = cancel == Py_None ? NULL : Py_NewRef(cancel);
    return before;
}

/* Not 0: the call is to end. Called with the interpreter's lock. */
static int ask_cancel(void)
{
    PyObject *cancel = Py_NewRef(call_cancel), *answer = PyObject_CallNoArgs(cancel);
    int stops = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    Py_DECREF(cancel);
    return stops;
}

int32_t language_interrupt(void *context)
{
    (void)context;
    int64_t now = is_call_open ? nanoseconds_now() : 0;
    if (!is_call_open || now < call_due)
        return 0;
    PyGILState_STATE state = PyGILState_Ensure();
    is_call_open = false; /* for calls that a handler makes, which open themselves */
    int stops = PyErr_CheckSignals();
    if (!stops && call_cancel)
        stops = ask_cancel();
    is_call_open = true;
    PyGILState_Release(state);
    call_due = nanoseconds_now() + PERIOD;
    return stops;
}
