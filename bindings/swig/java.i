/* SPDX-License-Identifier: Apache-2.0 */
/* A Java string at the native border is modified UTF-8, which breaks characters such as 𠮷: texts come out as bytes. */
%{
#include <string.h>

static jbyteArray bytes_of(JNIEnv *environment, const char *text, size_t length)
{
    if (!text || length > INT32_MAX) return NULL;
    jbyteArray bytes = (*environment)->NewByteArray(environment, (jsize)length);
    if (bytes) (*environment)->SetByteArrayRegion(environment, bytes, 0, (jsize)length, (const jbyte *)text);
    return bytes;
}
%}
/* Only a language's code ("zh") goes in as a string: it is ASCII. */
%apply char * { const char *code };
%typemap(jni) const char * "jbyteArray"
%typemap(jtype) const char * "byte[]"
%typemap(jstype) const char * "byte[]"
%typemap(out) const char * { $result = bytes_of(jenv, $1, $1 ? strlen($1) : 0); }
%typemap(javaout) const char * { return $jnicall; }

%typemap(jni) tuoyu_text * "jbyteArray"
%typemap(jtype) tuoyu_text * "byte[]"
%typemap(jstype) tuoyu_text * "byte[]"
%typemap(out) tuoyu_text * {
    $result = $1 ? bytes_of(jenv, tuoyu_text_bytes($1), tuoyu_text_length($1)) : NULL;
    tuoyu_text_free($1);
}
%typemap(javaout) tuoyu_text * { return $jnicall; }
