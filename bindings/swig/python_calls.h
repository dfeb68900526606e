/* SPDX-License-Identifier: Apache-2.0 */
/* What a call from Python needs beside its arguments: where findings go, how an error becomes an exception,
 * and when the interpreter's lock is released. Python only; all but what stands between the two lock
 * functions runs under that lock. */
#ifndef TUOYU_BINDINGS_PYTHON_CALLS_H
#define TUOYU_BINDINGS_PYTHON_CALLS_H

#include <Python.h>

#include "calls.h"

/* Status and findings for one call, which nobody else has until python_call_give(); NULL and MemoryError. */
tuoyu_call *python_call_take(void);
void python_call_give(tuoyu_call *call);
/* Raises what the call reported: true, and an exception is set, if it failed or one was set before. */
bool python_call_raise(tuoyu_call *call);

/* The UTF-8 of a str, which lives as long as it; NULL and an exception for what is no str, or half a
 * surrogate pair. */
const char *python_text(PyObject *object, Py_ssize_t *length);
/* "zh" or "en"; NULL and an exception for all else. */
const char *python_language(PyObject *object);

#endif
