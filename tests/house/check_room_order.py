#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rooms of src/ stand in an order, and a file may include its own room and the rooms before it. So there is no circle
between rooms. src/README.md names them in the same order."""
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A room may include those before it. The command is a user of the library: it includes the public headers only.
ROOMS = ["base", "value", "feel", "program", "pack", "compile", "machine", "arrow", "rules", "tally", "ledger", "explain",
         "table", "api"]
BELOW = {room: ROOMS[:place] for place, room in enumerate(ROOMS)} | {"cli": []}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def sources(source_root):
    return sorted(path for suffix in ("c", "h", "inc") for path in source_root.rglob("*." + suffix))


def violations(source_root):
    for path in sources(source_root):
        room = path.relative_to(source_root).parts[0]
        if room not in BELOW:
            yield f"{path}: the room {room}/ is not in the design"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            target = found.group(1).split("/")[0] if "/" in found.group(1) else room
            if target != room and target not in BELOW[room]:
                yield f"{path}:{number}: {room}/ includes {found.group(1)}, which is not before it"


def finds_planted_violations():
    """The check itself is checked: an include that goes up must be found in each kind of file."""
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        (root / "base").mkdir()
        for suffix in ("c", "h", "inc"):
            (root / "base" / f"planted.{suffix}").write_text('#include "rules/pricing.h"\n', encoding="utf-8")
        return len(list(violations(root))) == 3


def rooms_of_the_tour():
    """The rooms in the order of the table in src/README.md."""
    tour = (ROOT / "src" / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)/` \|", tour, re.MULTILINE)


def main():
    if not finds_planted_violations():
        print("the check does not find planted violations")
        return 1
    found = list(violations(ROOT / "src"))
    if rooms_of_the_tour() != ROOMS + ["cli"]:
        found.append(f"src/README.md names other rooms: {rooms_of_the_tour()}")
    print("\n".join(found))
    files = len(sources(ROOT / "src"))
    print(f"{files} files, {len(found)} violations")
    return 1 if found or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
