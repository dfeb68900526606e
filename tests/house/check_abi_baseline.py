#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The public interface is what abi_baseline.txt says, to the byte, and what has changed since the last
release, of which abi_RELEASE.txt tells, is named in CHANGELOG.md.

    check_abi_baseline.py             compares
    check_abi_baseline.py --update    writes abi_baseline.txt anew, after a change that is meant

Structs that may grow have no padding that a new field could lie in; the others say in their comment that they
are frozen."""

import difflib
import pathlib
import re
import shutil
import sys

from public_interface import COMPILER, ROOT, declarator, describe, nodes, project_version

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / "abi_baseline.txt"
RELEASE = re.compile(r"abi_(\d+)\.(\d+)\.(\d+)\.txt$")


def version_of(text):
    return tuple(map(int, text.split(".")))


def last_release():
    """The description of the newest release, and its version."""
    found = [
        (tuple(map(int, RELEASE.search(path.name).groups())), path) for path in HERE.glob("abi_*.*.*.txt")
    ]
    version, path = max(found)
    return path.read_text(encoding="utf-8").splitlines(), version


def against_baseline(now):
    kept = BASELINE.read_text(encoding="utf-8").splitlines() if BASELINE.exists() else []
    for line in difflib.unified_diff(kept, now, "abi_baseline.txt", "the headers", lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            yield f"the public interface has changed: {line}"


def items(lines):
    """Each line by what it is about; a field is told by its struct and name."""
    said, struct = {}, ""
    for line in lines:
        if line.startswith(" "):
            said[f"{struct}.{declarator(line.split('bytes: ')[1])}"] = line
            continue
        name = re.match(r"\w+ (\w+)", line).group(1)
        said[name] = line
        struct = name if line.startswith("struct ") else struct
    return said


def changes():
    """Names of what differs from the last release, and whether a program that was compiled for it would notice."""
    before, after = items(last_release()[0]), items(describe())
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield name, name in before


def unreleased_section():
    sections = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.M)
    return sections[1] if len(sections) > 1 else ""


def against_release():
    version, (_, released) = version_of(project_version()), last_release()
    is_other_soname = version[0] != released[0] or (version[0] == 0 and version[1] != released[1])
    section = unreleased_section()
    if not section.startswith(project_version()):
        yield f"CHANGELOG.md does not begin with a section for {project_version()}"
    for name, is_break in changes():
        words = name.split(".")
        if not all(re.search(rf"\b{word}\b", section) for word in words):
            yield f"{name}: differs from release {'.'.join(map(str, released))}; CHANGELOG.md does not say so"
        if is_break and not is_other_soname:
            yield f"{name}: programs rely on it, and the SONAME is that of release {'.'.join(map(str, released))}"


def closed_nodes():
    """A node of a release that is out takes no more functions."""
    lines, released = last_release()
    known = {line.split()[1] for line in lines if line.startswith("function ")}
    for node, names, _, _ in nodes():
        if version_of(node.removeprefix("TUOYU_")) <= released[:2]:
            yield from (
                f"{name}: is new, so it belongs in a later node of the symbol map than {node}"
                for name in names
                if name not in known
            )


def fields_by_struct(lines):
    found, name = {}, ""
    for line in lines:
        if line.startswith("struct "):
            name = line.removeprefix("struct ").split(":")[0]
            found[name] = (int(line.split()[-2]), [])
        elif line.startswith(" "):
            offset, size = map(int, re.match(r"\s*(\d+), (\d+) bytes", line).groups())
            found[name][1].append((offset, size, declarator(line.split("bytes: ")[1])))
    return found


def room_to_grow(lines):
    headers = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "include" / "tuoyu").glob("*.h"))
    )
    for name, (size, fields) in fields_by_struct(lines).items():
        if fields[0][2] == "size":
            ends = [offset + bytes_of for offset, bytes_of, _ in fields]
            begins = [offset for offset, _, _ in fields[1:]] + [size]
            yield from (
                f"{name}: padding behind {field[2]}, where a later field could not be told from old bytes"
                for end, begin, field in zip(ends, begins, fields)
                if end != begin
            )
        elif not name.startswith("Arrow"):
            comment = re.search(r"/\*\*((?:(?!\*/).)*)\*/\s*typedef struct " + name + r" \{", headers, re.S)
            if not comment or not re.search(r"\bFrozen\b", comment.group(1)):
                yield f"{name}: has no size, and its comment does not say that it is frozen"


def the_checks_find_what_is_planted():
    lines = ["struct tuoyu_a: 16 bytes", "    0, 8 bytes: size_t size", "    8, 4 bytes: int32_t b"]
    return len(list(room_to_grow(lines))) == 1 and items(lines).keys() == {
        "tuoyu_a",
        "tuoyu_a.size",
        "tuoyu_a.b",
    }


def main(arguments):
    if not shutil.which(COMPILER):
        print(f"{COMPILER} is not there")
        return 77
    now = list(describe())
    if arguments == ["--update"]:
        BASELINE.write_text("\n".join(now) + "\n", encoding="utf-8")
        print(f"{BASELINE.name} has {len(now)} lines; say in CHANGELOG.md what has changed")
        return 0
    failures = [*against_baseline(now), *against_release(), *closed_nodes(), *room_to_grow(now)]
    if not the_checks_find_what_is_planted():
        failures.append("the checks do not find what is planted")
    print("\n".join(failures))
    print(f"{len(now)} lines, {len(failures)} findings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
