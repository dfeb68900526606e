/* SPDX-License-Identifier: Apache-2.0 */
/* A native handle as Python holds it. Calls on it are counted, so that it is freed once, by close() or by the
 * collector, and never while a call runs on it, whatever the call's arguments or another thread do meanwhile.
 * Python only. */
#ifndef TUOYU_BINDINGS_PYTHON_HANDLES_H
#define TUOYU_BINDINGS_PYTHON_HANDLES_H

#include <Python.h>

#include "calls.h"
#include "run_watch.h"

/* What there is to know about the handles of one type. */
struct handle_kind {
    const char *name;                                   /* as Python's users call it */
    void (*release)(void *pointer);                     /* frees it, or gives a reference back */
    const tuoyu_answer *(*answer)(const void *pointer); /* the answer in it; NULL for what is no answer */
    bool is_exclusive; /* owned by one thread at a time: a second call is refused */
};

extern const struct handle_kind HANDLE_PACKS, HANDLE_CHANGES, HANDLE_POLICY, HANDLE_CASE, HANDLE_PRICING,
    HANDLE_COST_SHARING, HANDLE_ELIGIBILITY, HANDLE_INDICATOR, HANDLE_QUOTE, HANDLE_SPLIT, HANDLE_PAYOUT,
    HANDLE_VERDICT, HANDLE_MEASURE, HANDLE_BUDGET, HANDLE_WAITING_LIST, HANDLE_TALLY, HANDLE_BATCH,
    HANDLE_STOP;

/* Makes the type of the objects below; to be called once, when the module is made. False: an exception is
 * set. */
bool handle_type_ready(void);

/* A new object that owns pointer; None for NULL. Where memory is refused pointer is released and MemoryError
 * set. */
PyObject *handle_new(const struct handle_kind *kind, void *pointer);

/* Begins a call on the handle in an object: it stays until handle_end(). NULL and an exception: TypeError for
 * what is no such handle, ValueError for a closed one, RuntimeError for one that another call is using and
 * that has one owner. */
void *handle_begin(PyObject *object, const struct handle_kind *kind);
/* The same for the answer in a quote, split, payout, verdict or measure. */
const tuoyu_answer *handle_begin_answer(PyObject *object);
/* Ends a call; the last one frees what was closed meanwhile. */
void handle_end(PyObject *object);

#endif
