#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each public header compiles alone, as C and as C++, of an old standard and a newer one, without a warning,
by every compiler that is there; the version macros are true; functions are exported as the platform wants
it."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from public_interface import ROOT, project_version

INCLUDE = ROOT / "include"
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wshadow", "-Wundef", "-Werror"]
ONLY_C = ["-Wstrict-prototypes", "-Wmissing-prototypes"]
COMPILERS = {"c": ["gcc", "clang", "clang-14"], "c++": ["g++", "clang++", "clang++-14"]}
STANDARDS = {"c": ["c11", "c17"], "c++": ["c++11", "c++17"]}


def compilers(language):
    return [name for name in COMPILERS[language] if shutil.which(name)]


def messages(compiler, *arguments, text):
    """What the compiler has to say about a text; None where it accepts it."""
    done = subprocess.run(
        [compiler, *arguments, "-fsyntax-only", "-I", INCLUDE, "-"],
        input=text,
        capture_output=True,
        text=True,
    )
    return None if done.returncode == 0 else done.stderr


def each_header_alone():
    for language, standards in STANDARDS.items():
        options = [*WARNINGS, *(ONLY_C if language == "c" else []), "-x", language]
        for compiler in compilers(language):
            for standard in standards:
                for header in sorted((INCLUDE / "tuoyu").glob("*.h")):
                    include = f"#include <tuoyu/{header.name}>\n"
                    found = messages(
                        compiler,
                        *options,
                        f"-std={standard}",
                        text=include + include + "int main(void) { return 0; }\n"
                        if language == "c"
                        else include + include + "int main() { return 0; }\n",
                    )
                    if found:
                        yield f"{header.name} by {compiler} as {standard}: {found}"


def versions():
    major, minor, micro = map(int, project_version().split("."))
    checks = {
        f"TUOYU_VERSION_MAJOR == {major} && TUOYU_VERSION_MINOR == {minor} && TUOYU_VERSION_MICRO == {micro}": True,
        f"TUOYU_VERSION_CHECK({major}, {minor}, {micro})": True,
        f"TUOYU_VERSION_CHECK({major}, {minor}, {micro + 1})": False,
        f"TUOYU_VERSION_CHECK({major}, {minor + 1}, 0)": False,
        f"TUOYU_VERSION_CHECK({major + 1}, 0, 0)": False,
        f"TUOYU_VERSION_CHECK({major}, {minor - 1}, {micro + 1})": True,
        "!TUOYU_VERSION_CHECK(0, 0, 9) || !TUOYU_VERSION_CHECK(0, 1, 99)": False,
        f"sizeof TUOYU_VERSION == {len(project_version()) + 1}": True,
    }
    text = "#include <tuoyu/version.h>\n"
    for expression, is_true in checks.items():
        text += f'_Static_assert(({expression}) == {int(is_true)}, "version");\n'
        if "sizeof" not in expression:  # the preprocessor agrees
            text += f"#if ({expression}) != {int(is_true)}\n#error the preprocessor\n#endif\n"
    found = messages("gcc", "-std=c11", *WARNINGS, "-x", "c", text=text)
    if found:
        yield f"the version macros are not those of {project_version()}: {found}"
    if f'#define TUOYU_VERSION "{project_version()}"' not in (INCLUDE / "tuoyu" / "version.h").read_text(
        encoding="utf-8"
    ):
        yield f"TUOYU_VERSION is not {project_version()}"


def expansion(*options):
    """What TUOYU_API is."""
    text = "#include <tuoyu/version.h>\nexported: TUOYU_API;\n"
    done = subprocess.run(
        ["gcc", "-E", "-P", *options, "-I", INCLUDE, "-"],
        input=text,
        check=True,
        capture_output=True,
        text=True,
    )
    return re.search(r"exported:\s*(.*?)\s*;", done.stdout).group(1)


def exports():
    cases = [
        ([], '__attribute__((visibility("default")))'),
        (["-DTUOYU_STATIC"], ""),
        (["-D_WIN32"], "__declspec(dllimport)"),
        (["-D_WIN32", "-DTUOYU_BUILDING"], "__declspec(dllexport)"),
        (["-D_WIN32", "-DTUOYU_STATIC"], ""),
        (["-D_WIN32", "-DTUOYU_STATIC", "-DTUOYU_BUILDING"], ""),
        (["-U__GNUC__"], ""),
        (["-DTUOYU_API=mine"], "mine"),
    ]
    for options, expected in cases:
        if expansion(*options) != expected:
            yield f"TUOYU_API with {' '.join(options)} is {expansion(*options)!r}, not {expected!r}"


def a_planted_fault_is_found():
    return all(
        messages(compiler, *WARNINGS, "-x", language, text="#if NOT_DEFINED\n#endif\n")
        for language in COMPILERS
        for compiler in compilers(language)
    )


def main():
    failures = [*each_header_alone(), *versions(), *exports()]
    if not a_planted_fault_is_found():
        failures.append("a planted fault is not found")
    used = [name for language in COMPILERS for name in compilers(language)]
    if "gcc" not in used:
        failures.append("gcc is not there: the check reads nothing")
    print("\n".join(failures))
    print(f"by {', '.join(used)}: {len(failures)} findings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
