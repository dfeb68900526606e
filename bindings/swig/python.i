/* SPDX-License-Identifier: Apache-2.0 */
/* What a call from Python takes and gives.
 *
 * A handle is an object of python_handles.h: the call is counted on it from before the other arguments are read
 * until the end. Status and findings are the call's own: it raises what it reported, and no code of Python runs
 * before it has. */
%{
#include "arrow_capsules.h"
#include "python_calls.h"
#include "python_handles.h"
#include "run_watch.h"
%}
%init %{
    if (!handle_type_ready()) return NULL;
%}

/* ---- Handles ---- */

%define %handle(TYPE, KIND)
%typemap(in) TYPE * (PyObject *held = NULL), const TYPE * (PyObject *held = NULL) {
    $1 = handle_begin($input, &KIND);
    if (!$1) SWIG_fail;
    held = $input;
}
%typemap(freearg) TYPE *, const TYPE * { if ($1) handle_end(held$argnum); }
%typemap(out) TYPE *, const TYPE * { $result = handle_new(&KIND, $1); }
%enddef
%handle(tuoyu_packs, HANDLE_PACKS)
%handle(tuoyu_changes, HANDLE_CHANGES)
%handle(tuoyu_policy, HANDLE_POLICY)
%handle(tuoyu_case, HANDLE_CASE)
%handle(tuoyu_pricing, HANDLE_PRICING)
%handle(tuoyu_cost_sharing, HANDLE_COST_SHARING)
%handle(tuoyu_eligibility, HANDLE_ELIGIBILITY)
%handle(tuoyu_indicator, HANDLE_INDICATOR)
%handle(tuoyu_quote, HANDLE_QUOTE)
%handle(tuoyu_split, HANDLE_SPLIT)
%handle(tuoyu_payout, HANDLE_PAYOUT)
%handle(tuoyu_verdict, HANDLE_VERDICT)
%handle(tuoyu_measure, HANDLE_MEASURE)
%handle(tuoyu_budget, HANDLE_BUDGET)
%handle(tuoyu_waiting_list, HANDLE_WAITING_LIST)
%handle(tuoyu_tally, HANDLE_TALLY)
%handle(tuoyu_batch, HANDLE_BATCH)
%handle(struct run_stop, HANDLE_STOP)

/* An answer is what a quote, split, payout, verdict or measure holds. */
%typemap(in) const tuoyu_answer * (PyObject *held = NULL) {
    $1 = (tuoyu_answer *)handle_begin_answer($input);
    if (!$1) SWIG_fail;
    held = $input;
}
%typemap(freearg) const tuoyu_answer * { if ($1) handle_end(held$argnum); }

/* Only the objects give references back, and they find the answers. */
%rename("$ignore", regextarget=1) "^tuoyu_.*_(unref|free)$";
%rename("$ignore", regextarget=1) "^tuoyu_.*_answer$";
%ignore call_packs_free;
%ignore call_changes_free;

/* ---- Status and findings ---- */

%typemap(in, numinputs=0) tuoyu_call *call {
    $1 = python_call_take();
    if (!$1) SWIG_fail;
}
%typemap(argout) tuoyu_call *call {
    if (python_call_raise($1)) {
        Py_CLEAR($result);
        SWIG_fail;
    }
}
%typemap(freearg) tuoyu_call *call { if ($1) python_call_give($1); }
%ignore call_new;
%ignore call_free;
%ignore call_status;
%rename("$ignore", regextarget=1) "^call_finding";

/* ---- Texts ---- */

/* In: the str's own UTF-8. */
%typemap(in) (char *STRING, size_t LENGTH) (Py_ssize_t size = 0) {
    $1 = (char *)python_text($input, &size);
    if (!$1) SWIG_fail;
    $2 = (size_t)size;
}
%typemap(freearg) (char *STRING, size_t LENGTH) ""
%typemap(in) const char *code {
    $1 = (char *)python_language($input);
    if (!$1) SWIG_fail;
}
%typemap(freearg) const char *code ""
%apply (char *STRING, size_t LENGTH) { (const char *entity, size_t entity_length) };

/* Out: a text that the library made is freed; NULL is None. */
%typemap(out) tuoyu_text * {
    if ($1) {
        $result = PyUnicode_DecodeUTF8(tuoyu_text_bytes($1), (Py_ssize_t)tuoyu_text_length($1), NULL);
        tuoyu_text_free($1);
    } else {
        $result = Py_NewRef(Py_None);
    }
}

/* What is no text goes in and out as bytes. */
%typemap(out) tuoyu_text *call_tally_to_bytes {
    if ($1) {
        $result = PyBytes_FromStringAndSize(tuoyu_text_bytes($1), (Py_ssize_t)tuoyu_text_length($1));
        tuoyu_text_free($1);
    } else {
        $result = Py_NewRef(Py_None);
    }
}
%typemap(in) (const char *bytes, size_t length) (char *content = NULL, Py_ssize_t size = 0) {
    if (PyBytes_AsStringAndSize($input, &content, &size) < 0) SWIG_fail;
    $1 = content;
    $2 = (size_t)size;
}
%apply (const char *bytes, size_t length) { (const char *roles, size_t column_count) };

/* ---- Numbers: whatever has __index__, so that those of numpy are taken, too ---- */

%typemap(in) long long {
    PyObject *index = PyNumber_Index($input);
    $1 = index ? PyLong_AsLongLong(index) : -1;
    Py_XDECREF(index);
    if ($1 == -1 && PyErr_Occurred()) SWIG_fail;
}
%typemap(in) int {
    PyObject *index = PyNumber_Index($input);
    long number = index ? PyLong_AsLong(index) : -1;
    Py_XDECREF(index);
    if (number == -1 && PyErr_Occurred()) SWIG_fail;
    if (number < INT_MIN || number > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "the number is too large");
        SWIG_fail;
    }
    $1 = (int)number;
}
%typemap(in) bool {
    int truth = PyObject_IsTrue($input);
    if (truth < 0) SWIG_fail;
    $1 = truth != 0;
}

/* ---- The interpreter's lock ---- */

/* Released where a call may take long and touches no object of Python. Other threads then work on, and its
 * handles stay as they are: the call is counted on them. Signals are heard all the same, and what interrupt_by()
 * was given (run_watch.h). One decision costs some two percent more by it; setting
 * a fact and reading an answer would lose more than they could give, and hold the lock. */
%define %unlocked(FUNCTION)
%exception FUNCTION {
    bool heard_before = run_watch_open_call();
    Py_BEGIN_ALLOW_THREADS
    $action
    Py_END_ALLOW_THREADS
    run_watch_close_call(heard_before);
}
%enddef
%unlocked(call_policy_load)
%unlocked(call_policy_example_run)
%unlocked(call_policy_example_to_json)
%unlocked(call_case_read)
%unlocked(call_pricing_quote)
%unlocked(call_cost_sharing_split)
%unlocked(call_cost_sharing_budget)
%unlocked(call_eligibility_verdict)
%unlocked(call_budget_add)
%unlocked(call_budget_follow)
%unlocked(call_budget_pay)
%unlocked(call_waiting_list_add)
%unlocked(call_waiting_list_order)
%unlocked(call_waiting_list_to_json)
%unlocked(call_waiting_list_to_text)
%unlocked(call_tally_add)
%unlocked(call_tally_merge)
%unlocked(call_tally_to_bytes)
%unlocked(call_tally_from_bytes)
%unlocked(call_tally_measure)
%unlocked(call_tally_measure_region)
%unlocked(call_batch_new)
%unlocked(call_batch_plan)
%unlocked(tuoyu_batch_trim)
%unlocked(call_answer_to_json)
%unlocked(call_answer_explain_json)
%unlocked(call_answer_to_receipt)
%unlocked(call_answer_to_text)
%unlocked(call_answer_explain_for)

/* ---- Arrow: what comes and goes in capsules is an object of Python already ---- */

%include "arrow_capsules.h"
struct run_stop *run_stop_new(void);
void run_stop_set(struct run_stop *stop);
PyObject *interrupt_by(PyObject *cancel);

/* Columns of an answer; Java takes no tables. */
%constant int TUOYU_UNKNOWN_COLUMNS_REFUSE = TUOYU_UNKNOWN_COLUMNS_REFUSE;
%constant int TUOYU_UNKNOWN_COLUMNS_IGNORE = TUOYU_UNKNOWN_COLUMNS_IGNORE;
%constant int TUOYU_FLOATS_REFUSE = TUOYU_FLOATS_REFUSE;
%constant int TUOYU_FLOATS_SHORTEST = TUOYU_FLOATS_SHORTEST;
%constant int TUOYU_NULLS_MISSING = TUOYU_NULLS_MISSING;
%constant int TUOYU_NULLS_NONE = TUOYU_NULLS_NONE;
%constant int TUOYU_NUMBERS_DECIMAL = TUOYU_NUMBERS_DECIMAL;
%constant int TUOYU_NUMBERS_TEXT = TUOYU_NUMBERS_TEXT;
%constant int TUOYU_NUMBERS_INTEGER = TUOYU_NUMBERS_INTEGER;
%constant int TUOYU_COLUMNS_VALUES = TUOYU_COLUMNS_VALUES;
%constant int TUOYU_COLUMNS_OUTCOME = TUOYU_COLUMNS_OUTCOME;
%constant int TUOYU_COLUMNS_MISSING = TUOYU_COLUMNS_MISSING;
%constant int TUOYU_COLUMNS_STANDING = TUOYU_COLUMNS_STANDING;
%constant int TUOYU_COLUMNS_ERROR = TUOYU_COLUMNS_ERROR;
