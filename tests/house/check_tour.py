#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The walks of src/README.md are true: each station is a function of the file that is named, it calls the next one (or
hands it on in a table that it reads), no walk has more than twelve stations, and none climbs back to a later room."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from check_room_order import ROOMS  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_STATIONS = 12
COMMENT = re.compile(r"/\*.*?\*/", re.S)
WALK = re.compile(r"^### (.+?)\n(.*?)(?=^##|\Z)", re.M | re.S)
STATION = re.compile(r"^\d+\. `(\w+)\(\)` in `(\w+)/(\w+)`", re.M)


def walks(tour):
    """Title → stations (function, room, file) of each walk in the section on walks."""
    section = re.search(r"^## Walks\n(.*?)(?=^## |\Z)", tour, re.M | re.S)
    return {title: STATION.findall(text) for title, text in WALK.findall(section[1])} if section else {}


def body_of(text, function):
    found = re.search(r"^(?![ \n#])[^;{}=]*?\b" + function + r"\([^;{}]*\)\n\{\n(.*?)^\}", text, re.M | re.S)
    return found[1] if found else None


def reaches(text, body, following):
    """Whether the body names the next function, or a table of its file that does."""
    named = re.compile(r"\b" + following + r"\b")
    if named.search(body):
        return True
    tables = re.findall(r"^(?:static )?(?:const )?[^;(){}]*?(\w+)\[\] = \{\n(.*?)^\};", text, re.M | re.S)
    tables += re.findall(r"^\} (\w+)\[\] = \{\n(.*?)^\};", text, re.M | re.S)
    return any(re.search(r"\b" + name + r"\b", body) and named.search(content) for name, content in tables)


def violations(tour, read):
    found = walks(tour)
    if len(found) < 3:
        yield f"the tour has {len(found)} walks"
    for title, stations in found.items():
        if not 2 <= len(stations) <= MOST_STATIONS:
            yield f"{title}: {len(stations)} stations"
        for index, (function, room, file) in enumerate(stations):
            text = COMMENT.sub("", read(room, file))
            body = body_of(text, function)
            if body is None:
                yield f"{title}: {room}/{file} has no function {function}()"
                continue
            if index + 1 == len(stations):
                continue
            following, next_room, _ = stations[index + 1]
            if not reaches(text, body, following):
                yield f"{title}: {function}() does not call {following}()"
            if ROOMS.index(next_room) > ROOMS.index(room):
                yield f"{title}: {following}() in {next_room}/ is above {room}/"


def read_source(room, file):
    path = ROOT / "src" / room / f"{file}.c"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def finds_planted_violations():
    tour = "## Walks\n" + "".join(
        f"### {title}\n1. `first()` in `value/a`\n2. `second()` in `{room}/b`\n" for title, room in
        (("a", "base"), ("b", "rules"), ("c", "base")))
    sources = {"a": "static int first(void)\n{\n    return 0;\n}\n", "b": "static int second(void)\n{\n    return 0;\n}\n"}
    found = list(violations(tour, lambda room, file: sources[file]))
    return len(found) == 4  # three calls that are not there, one that climbs


def main():
    if not finds_planted_violations():
        print("the check does not find planted violations")
        return 1
    tour = (ROOT / "src" / "README.md").read_text(encoding="utf-8")
    found = list(violations(tour, read_source))
    print("\n".join(found))
    print(f"{len(walks(tour))} walks, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
