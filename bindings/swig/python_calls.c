/* SPDX-License-Identifier: Apache-2.0 */
/* Calls from Python: status and findings are taken from a small store and turned into an exception before any
 * other code of Python can run, so that neither a signal's handler nor a finalizer that calls the library
 * changes them. */
#include "python_calls.h"

#include <string.h>

/* ---- Status and findings ---- */

/* Calls that nobody uses: one for each call that ran at the same time, or inside another. */
enum { SPARE_MOST = 16 };
static tuoyu_call *spare[SPARE_MOST];
static size_t spare_count;

tuoyu_call *python_call_take(void)
{
    tuoyu_call *call = spare_count ? spare[--spare_count] : call_new();
    if (call)
        call_begin(call);
    else
        PyErr_NoMemory();
    return call;
}

void python_call_give(tuoyu_call *call)
{
    if (call && spare_count < SPARE_MOST)
        spare[spare_count++] = call;
    else
        call_free(call);
}

/* ---- Exceptions ---- */

static PyObject *finding_at(const tuoyu_call *call, long long index)
{
    return Py_BuildValue("(iisiisss)", call_finding_code(call, index), call_finding_severity(call, index),
                         call_finding_source(call, index), call_finding_line(call, index),
                         call_finding_column(call, index), call_finding_message(call, index),
                         call_finding_hint(call, index), call_finding_id(call, index));
}

static PyObject *findings_of(const tuoyu_call *call)
{
    PyObject *findings = PyList_New(0);
    for (long long i = 0; findings && i < call_finding_count(call); i++) {
        PyObject *finding = finding_at(call, i);
        if (!finding || PyList_Append(findings, finding) < 0)
            Py_CLEAR(findings);
        Py_XDECREF(finding);
    }
    return findings;
}

/* Calls a function of tuoyu.errors that makes an exception, and raises it. Takes arguments over. */
static void raise_made_by(const char *function, PyObject *arguments)
{
    PyObject *module = arguments ? PyImport_ImportModule("tuoyu.errors") : NULL;
    PyObject *maker = module ? PyObject_GetAttrString(module, function) : NULL;
    PyObject *made = maker ? PyObject_CallObject(maker, arguments) : NULL;
    if (made)
        PyErr_SetObject((PyObject *)Py_TYPE(made), made);
    Py_XDECREF(made);
    Py_XDECREF(maker);
    Py_XDECREF(module);
    Py_XDECREF(arguments);
}

bool python_call_raise(tuoyu_call *call)
{
    int status = call_status(call);
    if (PyErr_Occurred())
        return true;
    if (status == TUOYU_OK)
        return false;
    if (status == TUOYU_ERROR_NO_MEMORY) {
        PyErr_NoMemory();
        return true;
    }
    PyObject *findings = findings_of(call);
    tuoyu_text *text = findings ? call_findings_text(call) : NULL;
    if (findings)
        raise_made_by("error_of", Py_BuildValue("(isNs)", status, tuoyu_status_name(status), findings,
                                                text ? tuoyu_text_bytes(text) : ""));
    tuoyu_text_free(text);
    return true;
}

/* ---- Arguments ---- */

const char *python_text(PyObject *object, Py_ssize_t *length)
{
    if (PyUnicode_Check(object))
        return PyUnicode_AsUTF8AndSize(object, length);
    PyErr_Format(PyExc_TypeError, "a text (str) is wanted, not %s", Py_TYPE(object)->tp_name);
    return NULL;
}

const char *python_language(PyObject *object)
{
    Py_ssize_t length = 0;
    const char *code = python_text(object, &length);
    if (!code || (length == 2 && (strcmp(code, "zh") == 0 || strcmp(code, "en") == 0)))
        return code;
    raise_made_by("language_error", Py_BuildValue("(O)", object));
    return NULL;
}
