/* SPDX-License-Identifier: Apache-2.0 */
/* A Java string at the native border is modified UTF-8, which breaks characters such as 𠮷: texts come out as bytes. */
%begin %{
#define _POSIX_C_SOURCE 200809L /* clock_gettime() */
%}
%{
#include <string.h>
#include <time.h>

#include "call_parts.h"

static jbyteArray bytes_of(JNIEnv *environment, const char *text, size_t length)
{
    if (!text || length > INT32_MAX) return NULL;
    jbyteArray bytes = (*environment)->NewByteArray(environment, (jsize)length);
    if (bytes) (*environment)->SetByteArrayRegion(environment, bytes, 0, (jsize)length, (const jbyte *)text);
    return bytes;
}

/* Set once, when the library is loaded. */
static JavaVM *machine;
static jclass interrupts;
static jmethodID is_wanted;

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved)
{
    JNIEnv *environment = NULL;
    (void)reserved;
    if ((*vm)->GetEnv(vm, (void **)&environment, JNI_VERSION_1_8) != JNI_OK) return JNI_ERR;
    jclass found = (*environment)->FindClass(environment, "tuoyu/Interrupts");
    interrupts = found ? (*environment)->NewGlobalRef(environment, found) : NULL;
    is_wanted = interrupts ? (*environment)->GetStaticMethodID(environment, interrupts, "isWanted", "()Z") : NULL;
    machine = vm;
    return is_wanted ? JNI_VERSION_1_8 : JNI_ERR;
}

/* Asks Interrupts.isWanted() on this thread about every 50 ms. An exception of it ends the work, too, and is thrown
 * where the native call returns. */
int32_t language_interrupt(void *context)
{
    enum { PERIOD = 50 * 1000 * 1000 };
    static _Thread_local int64_t due;
    JNIEnv *environment = NULL;
    struct timespec now = {.tv_sec = 0};
    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t nanoseconds = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    if (nanoseconds < due || (*machine)->GetEnv(machine, (void **)&environment, JNI_VERSION_1_8) != JNI_OK) return 0;
    due = nanoseconds + PERIOD;
    jboolean wanted = (*environment)->CallStaticBooleanMethod(environment, interrupts, is_wanted);
    return wanted || (*environment)->ExceptionCheck(environment);
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
