#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs the library into an empty folder and builds a program against it as a stranger would: pkg-config, C11 and
C++17, all warnings; the SONAME is what the ABI promises."""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
# city.urban_income 59999 × 80 % ÷ 12, to 34 digits
EXPECTED = "0.1.0 3999.933333333333333333333333333333 CNY/month\n"


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def main():
    with tempfile.TemporaryDirectory() as temporary:
        installed = pathlib.Path(temporary)
        run("meson", "install", "-C", str(BUILD), "--no-rebuild", "--destdir", temporary)
        found = list(installed.rglob("tuoyu.pc"))
        if len(found) != 1:
            print(f"{len(found)} pkg-config files were installed")
            return 1
        environment = {**os.environ, "PKG_CONFIG_PATH": str(found[0].parent), "PKG_CONFIG_SYSROOT_DIR": temporary}
        flags = run("pkg-config", "--cflags", "--libs", "tuoyu", env=environment).split()
        library = next(installed.rglob("libtuoyu.so.0"))
        program = installed / "consumer"
        run("gcc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wstrict-prototypes", "-Werror",
            str(ROOT / "tests/house/consumer.c"), *flags, "-o", str(program))
        (installed / "header.cpp").write_text("#include <tuoyu/tuoyu.h>\nint main() { return tuoyu_version() == nullptr; }\n")
        if subprocess.run(["sh", "-c", "command -v g++"], capture_output=True).returncode == 0:
            run("g++", "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", str(installed / "header.cpp"), *flags,
                "-o", str(installed / "header"))
        printed = run(str(program), env={**os.environ, "LD_LIBRARY_PATH": str(library.parent)})
        soname = run("objdump", "-p", str(library))
    print(printed, end="")
    if "SONAME               libtuoyu.so.0" not in soname:
        print("the SONAME is not libtuoyu.so.0")
        return 1
    return 0 if printed == EXPECTED else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        print(failure.cmd, failure.stdout, failure.stderr)
        sys.exit(1)
