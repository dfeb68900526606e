/* SPDX-License-Identifier: Apache-2.0 */
/* Looks now and then whether a run is to stop. A flag of another thread is looked at each time, which costs
 * next to nothing; the interpreter's lock, which signals and progress need, is asked for by the clock and by
 * rows. */
#include "run_watch.h"

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
