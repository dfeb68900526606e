#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No function of the library is one that no public function reaches. The core has a section for each function; the
linker is asked which of them it would drop where only the public names must stay. What only tests use belongs to the
tests. A static function that nobody calls is the compiler's to find, and one that its own file calls may be dropped
because it was inlined there."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
MAP = ROOT / "src" / "api" / "tuoyu.map"
DROPPED = re.compile(r"removing unused section '\.(?:text|rodata|data\.rel\.ro)(?:\.\w+)*?\.(\w+)' in file '([^']+)'")
SKIPPED = 77

PLANTED = """
int tuoyu_planted(void);
int planted_used(void);
int planted_unused(void);
int planted_used(void) { return 1; }
int planted_unused(void) { return planted_used(); }
int tuoyu_planted(void) { return planted_used(); }
"""


def globals_of(objects):
    """Names that other files can see: functions and tables."""
    listed = subprocess.run(["nm", "--defined-only", "--extern-only", *objects], check=True, capture_output=True, text=True)
    return {line.split()[-1] for line in listed.stdout.splitlines() if re.search(r" [TRDV] ", line)}


def unused(compiler, objects, version_script):
    """(name, object) of all that the linker drops and other files could have used."""
    visible = globals_of(objects)
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [compiler, "-shared", "-nostdlib", "-o", f"{folder}/linked.so", *objects, "-Wl,--gc-sections",
             "-Wl,--print-gc-sections", "-Wl,--unresolved-symbols=ignore-all", f"-Wl,--version-script={version_script}"],
            capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    found = {(name, pathlib.Path(path).name) for name, path in DROPPED.findall(run.stdout + run.stderr)}
    return sorted((path, name) for name, path in found if name in visible)


def is_called_beside(name, object_name):
    """Whether the file that defines the function mentions it twice: `machine_driver.c.o` is src/machine/driver.c."""
    room, _, rest = object_name.removesuffix(".o").partition("_")
    path = ROOT / "src" / room / rest
    if not path.exists():
        return False
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    return len(re.findall(rf"\b{name}\b", text)) > 1


def finds_a_planted_one(compiler):
    with tempfile.TemporaryDirectory() as folder:
        source, compiled, script = (pathlib.Path(folder) / name for name in ("planted.c", "planted.o", "planted.map"))
        source.write_text(PLANTED)
        script.write_text("{ global: tuoyu_*; local: *; };")
        subprocess.run([compiler, "-O0", "-fPIC", "-ffunction-sections", "-c", source, "-o", compiled], check=True)
        return unused(compiler, [str(compiled)], script) == [("planted.o", "planted_unused")]


def main():
    compiler = os.environ.get("CC", "cc").split()[-1]
    objects = sorted(str(path) for path in (BUILD / "src" / "libcore.a.p").glob("*.o"))
    if not objects or not shutil.which(compiler):
        print("no objects or no compiler")
        return SKIPPED
    headers = subprocess.run(["objdump", "-h", objects[0]], check=True, capture_output=True, text=True).stdout
    commands = (BUILD / "compile_commands.json").read_text(encoding="utf-8")
    if ".text." not in headers or "-fsanitize" in commands:
        print("the core has no section for each function, or sanitizers hold on to all of them")
        return SKIPPED
    if not finds_a_planted_one(compiler):
        print("a planted function that nobody uses was not found")
        return 1
    found = [(path, name) for path, name in unused(compiler, objects, MAP) if not is_called_beside(name, path)]
    for path, name in found:
        print(f"{path}: no public function reaches {name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
