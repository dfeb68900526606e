/* SPDX-License-Identifier: Apache-2.0 */
/* How a long run of rows hears that it is to stop: by a signal, by the caller's progress function, or by
 * another thread that works on other rows of the same table. Python only. */
#ifndef TUOYU_BINDINGS_RUN_WATCH_H
#define TUOYU_BINDINGS_RUN_WATCH_H

#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

/* A flag that runs share: once it is set, all of them stop. Any thread, with or without the interpreter's
 * lock. */
struct run_stop;
struct run_stop *run_stop_new(void);
void run_stop_free(struct run_stop *stop);
void run_stop_set(struct run_stop *stop);

/* What one run looks at. */
struct run_watch {
    struct run_stop *stop; /* NULL: none */
    PyObject *progress;    /* called with the rows done, and stops the run by a true answer; None: none */
    int64_t rows;          /* of this run in all */
    int64_t told;          /* rows done when progress was called last */
    int64_t due;      /* when signals and progress have their turn, in nanoseconds of the monotonic clock */
    uint64_t signals; /* the one thread in which signals are looked at, by Python's number of it; 0: any */
    bool has_raised;  /* an exception was set */
};

void run_watch_begin(struct run_watch *watch, struct run_stop *stop, PyObject *progress, int64_t rows);

/* To be called now and then without the interpreter's lock, as the progress function of the library's runs:
 * not 0 where the run is to stop. An exception of progress, or of a signal's handler, which runs in the main
 * thread only, stays set. */
int32_t run_watch_look(void *watch, int64_t rows);

/* ---- Calls that are no runs ---- */

/* Lets the calls of this thread hear of signals and of what interrupt_by() was given; returns whether they
 * did before, for run_watch_close_call(). Any thread, with the interpreter's lock. */
bool run_watch_open_call(void);
void run_watch_close_call(bool before);

/* From now on long calls of this thread ask `cancel` about every 50 ms, and end where it answers with truth;
 * None: nobody is asked. Returns who was asked before. */
PyObject *interrupt_by(PyObject *cancel);

#endif
