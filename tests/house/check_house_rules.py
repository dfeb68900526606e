#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small rules that keep the house in order: unique file names, the top level of the design, a licence line in each
source file, no mutable global in the library, no calls that print, exit, or read clock or locale."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
TOP = {"include", "src", "bindings", "examples", "tests", "meson.build", "meson_options.txt", "LICENSE", "README.md",
       "CHANGELOG.md", "pyproject.toml"}
FORBIDDEN = {
    "abort", "exit", "_exit", "printf", "puts", "putchar", "fprintf", "perror", "fopen", "open", "read", "write", "socket", "time",
    "gettimeofday", "clock_gettime", "localtime", "gmtime", "setlocale", "getenv", "strtod", "atof", "strcoll", "longjmp",
    "rand", "random", "strtok", "__assert_fail",
}

# A line of `objdump -t`: address, seven flags, section, size, name.
SYMBOL = re.compile(r"^[0-9a-f]+ .{7} (\S+)\t[0-9a-f]+\s+(?:\.hidden )?(\S+)$", re.M)
MUTABLE = re.compile(r"\.(data|bss|tdata|tbss)(?!\.rel\.ro)(\..*)?|\*COM\*")


def files(*suffixes):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.splitlines() if listed.returncode == 0 else [
        str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and "build" not in path.parts]
    return [ROOT / name for name in names if name.endswith(suffixes) and (ROOT / name).exists()]


def unique_names():
    seen = {}
    for path in files(".c", ".h"):
        if path.name in seen:
            yield f"{path.relative_to(ROOT)}: the name stands also at {seen[path.name].relative_to(ROOT)}"
        seen[path.name] = path


def top_level():
    for name in sorted({path.relative_to(ROOT).parts[0] for path in files("")}):
        if name not in TOP and not name.startswith("."):
            yield f"{name}: not at the top level of the design"


def licence_lines():
    for path in files(".c", ".h", ".py", ".java", ".sh", ".i"):
        head = path.read_text(encoding="utf-8").splitlines()[:3]
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
            yield f"{path.relative_to(ROOT)}: no licence line"


def objects():
    folder = BUILD / "src" / "libcore.a.p"
    return sorted(folder.glob("*.o"))


def calls_and_globals():
    """Reads the symbol tables of the library's own objects; sanitizers bring globals and calls of their own."""
    if any("__asan_init" in symbols_of(path) for path in objects()[:1]):
        return
    forbidden = FORBIDDEN - ({"__assert_fail"} if are_asserts_on() else set())
    for path in objects():
        for section, name in SYMBOL.findall(symbols_of(path)):
            if section == "*UND*" and name in forbidden:
                yield f"{path.name}: calls {name}"
            # .data.rel.ro is constant once the addresses in it are set.
            if MUTABLE.fullmatch(section) and name != section:
                yield f"{path.name}: {name} is a mutable global"


def are_asserts_on():
    """They are in builds for development; a release has none."""
    return "-DNDEBUG" not in (BUILD / "compile_commands.json").read_text(encoding="utf-8")


def symbols_of(path):
    return subprocess.run(["objdump", "-t", path], check=True, capture_output=True, text=True).stdout


def main():
    failures = [*unique_names(), *top_level(), *licence_lines(), *calls_and_globals()]
    if not objects():
        failures.append("no object of the library was found: the check reads nothing")
    print("\n".join(failures))
    print(f"{len(objects())} objects, {len(failures)} findings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
