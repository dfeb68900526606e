/* SPDX-License-Identifier: Apache-2.0 */
/* Native handles as objects of Python, with a count of the calls that run on each. Everything here runs under
 * the interpreter's lock, which is what guards the counts. */
#include "python_handles.h"

struct native_handle {
    PyObject_HEAD const struct handle_kind *kind;
    void *pointer; /* NULL: freed */
    Py_ssize_t calls;
    bool is_closed;
};

static PyTypeObject *handle_type;

/* ---- Kinds ---- */

#define RELEASE(name, type, function)         \
    static void release_##name(void *pointer) \
    {                                         \
        function((type *)pointer);            \
    }
#define ANSWER(name, type, function)                                 \
    static const tuoyu_answer *answer_of_##name(const void *pointer) \
    {                                                                \
        return function((const type *)pointer);                      \
    }

RELEASE(packs, tuoyu_packs, call_packs_free)
RELEASE(changes, tuoyu_changes, call_changes_free)
RELEASE(policy, tuoyu_policy, tuoyu_policy_unref)
RELEASE(case, tuoyu_case, tuoyu_case_free)
RELEASE(pricing, tuoyu_pricing, tuoyu_pricing_unref)
RELEASE(cost_sharing, tuoyu_cost_sharing, tuoyu_cost_sharing_unref)
RELEASE(eligibility, tuoyu_eligibility, tuoyu_eligibility_unref)
RELEASE(indicator, tuoyu_indicator, tuoyu_indicator_unref)
RELEASE(quote, tuoyu_quote, tuoyu_quote_free)
RELEASE(split, tuoyu_split, tuoyu_split_free)
RELEASE(payout, tuoyu_payout, tuoyu_payout_free)
RELEASE(verdict, tuoyu_verdict, tuoyu_verdict_free)
RELEASE(measure, tuoyu_measure, tuoyu_measure_free)
RELEASE(budget, tuoyu_budget, tuoyu_budget_free)
RELEASE(waiting_list, tuoyu_waiting_list, tuoyu_waiting_list_free)
RELEASE(tally, tuoyu_tally, tuoyu_tally_free)
RELEASE(batch, tuoyu_batch, tuoyu_batch_unref)
RELEASE(stop, struct run_stop, run_stop_free)

ANSWER(quote, tuoyu_quote, tuoyu_quote_answer)
ANSWER(split, tuoyu_split, tuoyu_split_answer)
ANSWER(payout, tuoyu_payout, tuoyu_payout_answer)
ANSWER(verdict, tuoyu_verdict, tuoyu_verdict_answer)
ANSWER(measure, tuoyu_measure, tuoyu_measure_answer)

const struct handle_kind HANDLE_PACKS = {
    .name = "list of packs", .release = release_packs, .is_exclusive = true};
const struct handle_kind HANDLE_CHANGES = {
    .name = "list of changes", .release = release_changes, .is_exclusive = true};
const struct handle_kind HANDLE_POLICY = {.name = "Policy", .release = release_policy};
const struct handle_kind HANDLE_CASE = {.name = "Case", .release = release_case, .is_exclusive = true};
const struct handle_kind HANDLE_PRICING = {.name = "Pricing", .release = release_pricing};
const struct handle_kind HANDLE_COST_SHARING = {.name = "CostSharing", .release = release_cost_sharing};
const struct handle_kind HANDLE_ELIGIBILITY = {.name = "Eligibility", .release = release_eligibility};
const struct handle_kind HANDLE_INDICATOR = {.name = "Indicator", .release = release_indicator};
const struct handle_kind HANDLE_QUOTE = {
    .name = "Quote", .release = release_quote, .answer = answer_of_quote};
const struct handle_kind HANDLE_SPLIT = {
    .name = "Split", .release = release_split, .answer = answer_of_split};
const struct handle_kind HANDLE_PAYOUT = {
    .name = "Payout", .release = release_payout, .answer = answer_of_payout};
const struct handle_kind HANDLE_VERDICT = {
    .name = "Verdict", .release = release_verdict, .answer = answer_of_verdict};
const struct handle_kind HANDLE_MEASURE = {
    .name = "Measure", .release = release_measure, .answer = answer_of_measure};
const struct handle_kind HANDLE_BUDGET = {.name = "Budget", .release = release_budget, .is_exclusive = true};
const struct handle_kind HANDLE_WAITING_LIST = {
    .name = "WaitingList", .release = release_waiting_list, .is_exclusive = true};
const struct handle_kind HANDLE_TALLY = {.name = "Tally", .release = release_tally, .is_exclusive = true};
const struct handle_kind HANDLE_BATCH = {.name = "Batch", .release = release_batch};
const struct handle_kind HANDLE_STOP = {.name = "stop flag", .release = release_stop};

/* ---- The type ---- */

static void free_if_unused(struct native_handle *handle)
{
    void *pointer = handle->pointer;
    if (!handle->is_closed || handle->calls)
        return;
    handle->pointer = NULL;
    if (pointer)
        handle->kind->release(pointer);
}

static PyObject *close_handle(PyObject *self, PyObject *unused)
{
    struct native_handle *handle = (struct native_handle *)self;
    (void)unused;
    handle->is_closed = true;
    free_if_unused(handle);
    Py_RETURN_NONE;
}

static PyObject *is_closed(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(((struct native_handle *)self)->is_closed);
}

static void free_handle(PyObject *self)
{
    struct native_handle *handle = (struct native_handle *)self;
    PyTypeObject *type = Py_TYPE(self);
    handle->is_closed = true; /* no call runs: its arguments would hold a reference */
    free_if_unused(handle);
    PyObject_Free(self);
    Py_DECREF(type);
}

static PyMethodDef METHODS[] = {
    {"close", close_handle, METH_NOARGS,
     "Frees it now, or when the calls on it have ended; closing again does nothing."},
    {NULL}};
static PyGetSetDef MEMBERS[] = {{"closed", is_closed, NULL, "Whether it was closed.", NULL}, {NULL}};
static PyType_Slot SLOTS[] = {{Py_tp_dealloc, (void *)(uintptr_t)free_handle},
                              {Py_tp_methods, METHODS},
                              {Py_tp_getset, MEMBERS},
                              {0, NULL}};
static PyType_Spec SPEC = {.name = "tuoyu._raw.NativeHandle",
                           .basicsize = sizeof(struct native_handle),
                           .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION |
                                    Py_TPFLAGS_IMMUTABLETYPE,
                           .slots = SLOTS};

bool handle_type_ready(void)
{
    if (!handle_type)
        handle_type = (PyTypeObject *)PyType_FromSpec(&SPEC);
    return handle_type;
}

PyObject *handle_new(const struct handle_kind *kind, void *pointer)
{
    if (!pointer)
        return Py_NewRef(Py_None);
    struct native_handle *made = PyObject_New(struct native_handle, handle_type);
    if (!made) {
        kind->release(pointer);
        return NULL;
    }
    made->kind = kind;
    made->pointer = pointer;
    made->calls = 0;
    made->is_closed = false;
    return (PyObject *)made;
}

/* ---- Calls ---- */

static struct native_handle *handle_in(PyObject *object)
{
    return Py_IS_TYPE(object, handle_type) ? (struct native_handle *)object : NULL;
}

static struct native_handle *begin(struct native_handle *handle)
{
    const char *name = handle->kind->name;
    if (handle->is_closed) {
        PyErr_Format(PyExc_ValueError, "this %s is closed", name);
        return NULL;
    }
    if (handle->kind->is_exclusive && handle->calls) {
        PyErr_Format(PyExc_RuntimeError, "another call is using this %s: it is used by one thread at a time",
                     name);
        return NULL;
    }
    handle->calls++;
    return handle;
}

void *handle_begin(PyObject *object, const struct handle_kind *kind)
{
    struct native_handle *handle = handle_in(object);
    if (!handle || handle->kind != kind) {
        PyErr_Format(PyExc_TypeError, "a %s is wanted, not %s", kind->name,
                     handle ? handle->kind->name : Py_TYPE(object)->tp_name);
        return NULL;
    }
    return begin(handle) ? handle->pointer : NULL;
}

const tuoyu_answer *handle_begin_answer(PyObject *object)
{
    struct native_handle *handle = handle_in(object);
    if (!handle || !handle->kind->answer) {
        PyErr_Format(PyExc_TypeError, "an answer is wanted, not %s",
                     handle ? handle->kind->name : Py_TYPE(object)->tp_name);
        return NULL;
    }
    return begin(handle) ? handle->kind->answer(handle->pointer) : NULL;
}

void handle_end(PyObject *object)
{
    struct native_handle *handle = handle_in(object);
    handle->calls--;
    free_if_unused(handle);
}
