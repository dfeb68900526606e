#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Header, symbol map and shared library say the same: what a header declares with TUOYU_API is in the map, is exported,
and nothing else is."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))


def declared():
    names = set()
    for header in (ROOT / "include" / "tuoyu").glob("*.h"):
        text = re.sub(r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.S)
        names |= set(re.findall(r"TUOYU_API[^;{]*?\b(tuoyu_\w+)\s*\(", text))
    return names


def mapped():
    text = (ROOT / "src" / "api" / "tuoyu.map").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/|#.*", "", text, flags=re.S)
    return set(re.findall(r"\b(tuoyu_\w+)\s*;", text)), "*;" in text.replace(" ", "")


def exported():
    library = BUILD / "src" / "libtuoyu.so"
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in lines.splitlines() if " A " not in line}


def main():
    in_header, (in_map, hides_the_rest), in_library = declared(), mapped(), exported()
    failures = [f"{name}: declared, not in the symbol map" for name in sorted(in_header - in_map)]
    failures += [f"{name}: in the symbol map, not declared" for name in sorted(in_map - in_header)]
    failures += [f"{name}: declared, not exported" for name in sorted(in_header - in_library)]
    failures += [f"{name}: exported, not declared" for name in sorted(in_library - in_header)]
    if not hides_the_rest:
        failures.append("the symbol map does not make the rest local")
    if not in_header:
        failures.append("no declaration found in the headers: the check reads nothing")
    print("\n".join(failures))
    print(f"{len(in_header)} public functions, {len(failures)} disagreements")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
