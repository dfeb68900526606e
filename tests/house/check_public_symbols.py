#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Headers, symbol map and libraries say the same: what a header declares with TUOYU_API is in the map once,
in the node of the release that its comment names, and is what the shared and the static library export; they
export nothing else."""

import os
import pathlib
import re
import subprocess
import sys

from public_interface import ROOT, nodes, project_version

BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
SHARED, STATIC = BUILD / "src" / "libtuoyu.so", BUILD / "src" / "libtuoyu.a"
DECLARATION = re.compile(r"(?:/\*\*((?:(?!\*/).)*)\*/\s*)?TUOYU_API[^;{]*?\b(tuoyu_\w+)\s*\(", re.S)
SINCE = re.compile(r"\bSince (\d+\.\d+)\.")


def declared(headers):
    """name → the release that the comment just before it names, or None."""
    found = {}
    for text in headers:
        text = re.sub(r"^#.*(\\\n.*)*$", "", text, flags=re.M)
        for comment, name in DECLARATION.findall(text):
            since = SINCE.findall(comment)
            found[name] = since[-1] if since else None
    return found


def headers():
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "include" / "tuoyu").glob("*.h"))]


def map_alone(map_nodes):
    """What is wrong with the map by itself."""
    names = [name for _, listed, _, _ in map_nodes for name in listed]
    yield from (
        f"{name}: stands {names.count(name)} times in the symbol map"
        for name in sorted(set(names))
        if names.count(name) > 1
    )
    if not map_nodes or not map_nodes[0][3]:
        yield "the first node of the symbol map does not make the rest local"
    for (before, *_), (node, _, follows, _) in zip(map_nodes, map_nodes[1:]):
        if follows != before:
            yield f"{node}: follows {follows} and not {before}"
        if release(node) <= release(before):
            yield f"{node}: is not later than {before}"
    newest = tuple(map(int, project_version().split(".")[:2]))
    yield from (f"{node}: is of no release yet" for node, *_ in map_nodes if release(node) > newest)


def release(node):
    return tuple(map(int, node.removeprefix("TUOYU_").split(".")))


def map_and_headers(map_nodes, in_header):
    node_of = {name: node for node, listed, _, _ in map_nodes for name in listed}
    yield from (
        f"{name}: declared, not in the symbol map" for name in sorted(in_header.keys() - node_of.keys())
    )
    yield from (
        f"{name}: in the symbol map, not declared" for name in sorted(node_of.keys() - in_header.keys())
    )
    first = map_nodes[0][0]
    for name in sorted(in_header.keys() & node_of.keys()):
        since, node = in_header[name], node_of[name]
        if f"TUOYU_{since}" != node if since else node != first:
            yield f"{name}: its comment says since {since}, the symbol map {node}"


def symbols(*arguments):
    """Name and, in a shared library, its version, of each symbol that is defined for others."""
    lines = subprocess.run(
        ["nm", "--defined-only", *arguments], check=True, capture_output=True, text=True
    ).stdout
    return dict(
        (line.split()[2].split("@@") + [None])[:2]
        for line in lines.splitlines()
        if len(line.split()) == 3 and line.split()[1] != "A"
    )


def exported(map_nodes, in_header):
    """What each library that was built exports, and what is wrong about it."""
    node_of = {name: node for node, listed, _, _ in map_nodes for name in listed}
    if SHARED.exists():
        names = symbols("-D", SHARED)
        yield from differences(names.keys(), in_header.keys(), SHARED.name)
        yield from (
            f"{name}: has version {version} in {SHARED.name}"
            for name, version in sorted(names.items())
            if version != node_of.get(name, version)
        )
    if STATIC.exists():
        yield from differences(symbols("-g", STATIC).keys(), in_header.keys(), STATIC.name)
        members = subprocess.run(
            ["ar", "t", STATIC], check=True, capture_output=True, text=True
        ).stdout.split()
        if members != ["tuoyu.o"]:
            yield f"{STATIC.name} is not one object: {' '.join(members[:5])}"
    if not SHARED.exists() and not STATIC.exists():
        yield "no library was built: the check reads nothing"


def differences(in_library, in_header, library):
    yield from (f"{name}: declared, not in {library}" for name in sorted(in_header - in_library))
    yield from (f"{name}: in {library}, not declared" for name in sorted(in_library - in_header))


def the_checks_find_what_is_planted():
    planted = [
        ("TUOYU_0.1", ["tuoyu_a", "tuoyu_a", "tuoyu_b"], None, True),
        ("TUOYU_0.2", ["tuoyu_c"], "TUOYU_0.0", False),
    ]
    comments = declared(
        [
            "/** A. Since 0.2. */\nTUOYU_API int tuoyu_a(void);\n/** C. */\nTUOYU_API int *tuoyu_c(int);\n"
            "TUOYU_API int tuoyu_d(void);"
        ]
    )
    return len(list(map_alone(planted))) == 2 and len(list(map_and_headers(planted, comments))) == 4


def main():
    map_nodes, in_header = nodes(), declared(headers())
    failures = [
        *map_alone(map_nodes),
        *map_and_headers(map_nodes, in_header),
        *exported(map_nodes, in_header),
    ]
    if not in_header:
        failures.append("no declaration found in the headers: the check reads nothing")
    if not the_checks_find_what_is_planted():
        failures.append("the checks do not find what is planted")
    print("\n".join(failures))
    print(f"{len(in_header)} public functions, {len(failures)} disagreements")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
