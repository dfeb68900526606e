/* SPDX-License-Identifier: Apache-2.0 */
/** @file version.h
 * Which release these headers are of, and how public functions are exported. tuoyu_version() tells which
 * release runs. Since 0.2.
 *
 * Before 1.0 a minor release may change what programs were compiled against; its number is then part of the
 * library's SONAME, so that no program runs with a library that it was not compiled for. From 1.0 on only a
 * major release may. */
#ifndef TUOYU_VERSION_H
#define TUOYU_VERSION_H

#define TUOYU_VERSION_MAJOR 0
#define TUOYU_VERSION_MINOR 2
#define TUOYU_VERSION_MICRO 0

/** The version as text, such as "0.2.0". */
#define TUOYU_VERSION "0.2.0"

/** Whether these headers are of the release major.minor.micro or of a later one; for `#if` and `if` alike. */
#define TUOYU_VERSION_CHECK(major, minor, micro)                                                            \
    (TUOYU_VERSION_MAJOR > (major) || (TUOYU_VERSION_MAJOR == (major) &&                                    \
                                       (TUOYU_VERSION_MINOR > (minor) || (TUOYU_VERSION_MINOR == (minor) && \
                                                                          TUOYU_VERSION_MICRO >= (micro)))))

/** Stands before each public function. A program that links the static library may define TUOYU_STATIC before
 * it includes a header; it has to on Windows only, where functions of a DLL are imported otherwise. */
#ifndef TUOYU_API
#if defined(TUOYU_STATIC)
#define TUOYU_API
#elif defined(_WIN32) || defined(__CYGWIN__)
#if defined(TUOYU_BUILDING)
#define TUOYU_API __declspec(dllexport)
#else
#define TUOYU_API __declspec(dllimport)
#endif
#elif defined(__GNUC__) && __GNUC__ >= 4
#define TUOYU_API __attribute__((visibility("default")))
#else
#define TUOYU_API
#endif
#endif

#endif
