#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A file may include its own room and the rooms below it; src/README.md says why. Fails on each include that goes up."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What each room may include besides itself and the public headers.
BELOW = {
    "base": [],
    "value": ["base"],
    "feel": ["value", "base"],
    "plan": ["feel", "value", "base"],
    "exec": ["plan", "feel", "value", "base"],
    "pack": ["plan", "feel", "value", "base"],
    "rules": ["exec", "pack", "plan", "feel", "value", "base"],
    "arrow": ["exec", "plan", "feel", "value", "base"],
    "api": ["rules", "arrow", "exec", "pack", "plan", "feel", "value", "base"],
    "cli": [],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def violations(source_root):
    for path in sorted(source_root.rglob("*.[ch]")):
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
                yield f"{path}:{number}: {room}/ includes {found.group(1)}, which is not below it"


def finds_a_planted_violation(temporary):
    """The check itself is checked: an include that goes up must be found."""
    folder = temporary / "base"
    folder.mkdir(parents=True)
    (folder / "planted.c").write_text('#include "rules/pricing.h"\n', encoding="utf-8")
    return len(list(violations(temporary))) == 1


def main():
    import tempfile
    with tempfile.TemporaryDirectory() as temporary:
        if not finds_a_planted_violation(pathlib.Path(temporary)):
            print("the check does not find a planted violation")
            return 1
    found = list(violations(ROOT / "src"))
    print("\n".join(found))
    files = len(list((ROOT / "src").rglob("*.[ch]")))
    print(f"{files} files, {len(found)} includes that go up")
    return 1 if found or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
