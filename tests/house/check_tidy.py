#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The library and the command are clean by clang-tidy with the small list of .clang-tidy. What it cannot compile, such as
a flag of another compiler, is told as an error too."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))


def tidy():
    return shutil.which("clang-tidy-14") or shutil.which("clang-tidy")


def problems(program, paths, *options):
    result = subprocess.run([program, f"--config-file={ROOT / '.clang-tidy'}", "--quiet", *map(str, paths), *options],
                            capture_output=True, text=True, cwd=ROOT)
    found = [line for line in result.stdout.splitlines() if ": error: " in line or ": warning: " in line]
    return found if found or result.returncode == 0 else [result.stderr.strip() or "clang-tidy failed"]


def finds_planted_violations(program):
    with tempfile.TemporaryDirectory() as temporary:
        path = pathlib.Path(temporary) / "planted.c"
        path.write_text("int planted(int x)\n{\n    return x == x;\n}\n", encoding="utf-8")
        found = problems(program, [path], "--", "-std=c11")
        return len(found) == 1 and "misc-redundant-expression" in found[0]


def main():
    program = tidy()
    if not program:
        print("clang-tidy is not here")
        return 1
    if not finds_planted_violations(program):
        print("the check does not find a planted violation")
        return 1
    paths = sorted((ROOT / "src").glob("*/*.c"))
    found = problems(program, paths, "-p", BUILD)
    print("\n".join(found))
    print(f"{len(paths)} files, {len(found)} problems")
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
