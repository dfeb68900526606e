/* SPDX-License-Identifier: Apache-2.0 */
/* A text that the library made becomes a str, and is freed; NULL is None. */
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

/* Arrow: what comes and goes in capsules is an object of Python already. */
%{
#include "arrow_capsules.h"
%}
%apply (char *STRING, size_t LENGTH) { (const char *entity, size_t entity_length) };
%include "arrow_capsules.h"

/* Columns of an answer; Java takes no tables. */
%constant int TUOYU_COLUMNS_VALUES = TUOYU_COLUMNS_VALUES;
%constant int TUOYU_COLUMNS_OUTCOME = TUOYU_COLUMNS_OUTCOME;
%constant int TUOYU_COLUMNS_MISSING = TUOYU_COLUMNS_MISSING;
%constant int TUOYU_COLUMNS_PROVENANCE = TUOYU_COLUMNS_PROVENANCE;
%constant int TUOYU_COLUMNS_STATUS = TUOYU_COLUMNS_STATUS;
%constant int TUOYU_COLUMNS_ERROR = TUOYU_COLUMNS_ERROR;
