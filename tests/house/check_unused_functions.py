#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No function or table of the library is one that nothing in it uses. A name that other files could see must be public,
or be used by another file of the library, or by its own file beside its definition. What only tests use belongs to the
tests. When a name goes, those that it alone used are found the next time; a static function that nobody calls is the
compiler's to find."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from public_interface import ROOT, nodes

BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
SKIPPED = 77
# A line of `nm -A`: the object, an address or blanks, a letter, a name.
SYMBOL = re.compile(r"^(.*?):\s*[0-9a-f]*\s+([A-Za-z]) (\S+)$", re.M)

PLANTED = {
    "planted_api.c": "int used(void); int tuoyu_planted(void); int tuoyu_planted(void) { return used(); }",
    "planted_core.c": "int used(void); int unused(void); int used(void) { return 1; } int unused(void) { return used(); }",
}


def symbols_of(objects):
    """name → the object that defines it; name → the objects that use it from outside."""
    listed = subprocess.run(["nm", "-A", "--extern-only", *objects], check=True, capture_output=True, text=True).stdout
    defined, users = {}, {}
    for path, letter, name in SYMBOL.findall(listed):
        if letter == "U":
            users.setdefault(name, set()).add(path)
        elif letter in "TRDBV":
            defined[name] = path
    return defined, users


def source_of(path):
    """`machine_driver.c.o` is made of src/machine/driver.c."""
    room, _, name = pathlib.Path(path).name.removesuffix(".o").partition("_")
    return ROOT / "src" / room / name


def is_used_beside(name, source):
    """Whether the file that defines the name has it a second time, but for comments."""
    if not source.exists():
        return False
    text = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.S)
    return len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1


def unused(objects, public):
    defined, users = symbols_of(objects)
    for name, path in sorted(defined.items()):
        if name not in public and name not in users and not is_used_beside(name, source_of(path)):
            yield pathlib.Path(path).name, name


def finds_a_planted_one(compiler):
    with tempfile.TemporaryDirectory() as folder:
        objects = []
        for name, text in PLANTED.items():
            source = pathlib.Path(folder) / name
            source.write_text(text, encoding="utf-8")
            objects.append(str(source) + ".o")
            subprocess.run([compiler, "-c", source, "-o", objects[-1]], check=True)
        return list(unused(objects, {"tuoyu_planted"})) == [("planted_core.c.o", "unused")]


def main():
    objects = sorted(str(path) for path in (BUILD / "src" / "libcore.a.p").glob("*.o") if source_of(path).exists())
    if not objects or not symbols_of(objects)[0]:
        print("there are no objects whose symbols can be read")
        return SKIPPED
    compiler = shutil.which("cc")
    if compiler and not finds_a_planted_one(compiler):
        print("a planted function that nobody uses was not found")
        return 1
    public = {name for _, listed, _, _ in nodes() for name in listed}
    found = list(unused(objects, public))
    for path, name in found:
        print(f"{path}: nothing in the library uses {name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
