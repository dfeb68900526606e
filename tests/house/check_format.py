#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The C files are as clang-format 14 writes them by .clang-format, and no line is longer than it may be. Other versions
write some lines otherwise, so it must be that one. To mend: clang-format -i FILE."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "14"
LONGEST = 110


def formatter():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program and f"version {VERSION}." in subprocess.run([program, "--version"], capture_output=True, text=True).stdout:
            return program
    return None


def c_files():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.c", "*.h", "*.inc"], cwd=ROOT,
                            capture_output=True, text=True)
    names = listed.stdout.splitlines() if listed.returncode == 0 else [
        str(path.relative_to(ROOT)) for path in sorted(ROOT.rglob("*"))
        if path.suffix in (".c", ".h", ".inc") and "build" not in path.parts]
    return [ROOT / name for name in names if (ROOT / name).exists()]


def badly_formatted(program, paths):
    """What the formatter would write otherwise, as it says it: a line and its place."""
    result = subprocess.run([program, f"--style=file:{ROOT / '.clang-format'}", "--dry-run", "--Werror", *map(str, paths)],
                            capture_output=True, text=True)
    return [line for line in result.stderr.splitlines() if "error:" in line]


def long_lines(paths):
    """A table in a comment may be wider, and so may the backslash that the formatter puts behind a line of a macro."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = line.rstrip(" \\") if line.endswith("\\") else line
            if len(text) > LONGEST and not re.match(r" \* +\|", text) and "|" not in text:
                yield f"{path.relative_to(ROOT)}:{number}: {len(text)} characters"


def finds_planted_violations(program):
    with tempfile.TemporaryDirectory() as temporary:
        path = pathlib.Path(temporary) / "planted.c"
        path.write_text("int  planted(void);\n", encoding="utf-8")
        return len(badly_formatted(program, [path])) == 1


def main():
    program = formatter()
    if not program:
        print(f"clang-format {VERSION} is not here")
        return 1
    if not finds_planted_violations(program):
        print("the check does not find a planted violation")
        return 1
    paths = c_files()
    found = badly_formatted(program, paths) + list(long_lines(paths))
    print("\n".join(found))
    print(f"{len(paths)} files, {len(found)} violations")
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
