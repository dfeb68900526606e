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

/* Arrow: what comes and goes in capsules is an object of Python already. */
%{
#include "arrow_capsules.h"
%}
%include "arrow_capsules.h"
