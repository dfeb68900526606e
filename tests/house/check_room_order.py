#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rooms of src/ stand in an order, and a file may include its own room and the rooms before it. So there is no circle
between rooms. src/README.md names them in the same order. Inside a room the files stand in an order, too: none calls a file
that comes back to it, but where what is walked is a tree."""
import graphlib
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

# Files that call each other in a circle, each with the reason. Whoever adds to this list has found no function that both
# sides call and that could stand below them.
CIRCLES = [
    # A tree is parsed by recursion: each form holds expressions.
    {"feel/parse_calls", "feel/parse_constructs", "feel/parse_expression", "feel/parse_names", "feel/parse_ranges",
     "feel/parse_type", "feel/parse_unary_tests", "feel/parser"},
    # A tree is evaluated by recursion, and functions and lists are values that hold trees.
    {"feel/arithmetic", "feel/builtin", "feel/builtin_support", "feel/call", "feel/collection", "feel/comparison",
     "feel/feel_type", "feel/interpreter", "feel/iteration", "feel/path", "feel/tree"},
    # A tree is checked by recursion.
    {"program/check_builtin", "program/check_constructs", "program/check_operators", "program/check_units",
     "program/checker"},
    # A table is a slot, whose cells read slots.
    {"program/decide", "program/evaluation"},
    # A tree is lowered by recursion.
    {"compile/lower_call", "compile/lower_condition", "compile/lower_duration", "compile/lower_number",
     "compile/lower_standing", "compile/lower_table", "compile/table_classes", "compile/typed_program"},
]
NO_CODE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)
PUBLIC_FUNCTION = re.compile(r"^(?!static\b)[a-z][\w *]*?\b(\w+)\([^;{}]*?\)\n\{", re.M)


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


def calls_of(room):
    """File → files of the room that have a function which it calls; files are named as room/file."""
    texts = {f"{room.name}/{path.stem}": NO_CODE.sub("", path.read_text(encoding="utf-8")) for path in sorted(room.glob("*.c"))}
    home = {function: name for name, text in texts.items() for function in PUBLIC_FUNCTION.findall(text)}
    return {name: {home[word] for word in re.findall(r"\w+", text) if word in home} - {name} for name, text in texts.items()}


def new_circles(calls, allowed):
    """A circle of files beside those allowed, each of which counts as one file."""
    whole = {name: "+".join(sorted(circle)) for circle in allowed for name in circle}
    files = {}
    for name, called in calls.items():
        node = whole.get(name, name)
        files.setdefault(node, set()).update({whole.get(other, other) for other in called} - {node})
    try:
        graphlib.TopologicalSorter(files).prepare()
    except graphlib.CycleError as error:
        yield f"these call each other in a circle: {' '.join(reversed(error.args[1]))}"


def circles(source_root, allowed):
    for room in sorted(path for path in source_root.iterdir() if path.is_dir()):
        yield from new_circles(calls_of(room), allowed)


def unneeded(source_root, allowed):
    """Circles that are allowed and of which some file is in none any more."""
    calls = {name: called for room in source_root.iterdir() if room.is_dir() for name, called in calls_of(room).items()}
    for circle in allowed:
        for name in sorted(circle):
            reached, waiting = set(), [name]
            while waiting:
                following = calls.get(waiting.pop(), set()) & circle - reached
                reached |= following
                waiting += following
            if name not in reached:
                yield f"{name}: stands in the list of circles, and is in none"


def finds_planted_circles():
    """A circle of three files; none where it is allowed, unless a fourth has joined it or is in none."""
    files = {"a": "void a(void)\n{\n    b();\n}\n", "b": "int b(int x)\n{\n    return c(x);\n}\n", "c": "int c(int x)\n{\n}\n"}
    with tempfile.TemporaryDirectory() as temporary:
        room = pathlib.Path(temporary) / "base"
        room.mkdir()
        for name, text in files.items():
            (room / f"{name}.c").write_text(text, encoding="utf-8")
        innocent = list(circles(room.parent, []))
        (room / "c.c").write_text("/* a() */\nint c(int x)\n{\n    a();\n}\n", encoding="utf-8")
        both = {"base/a", "base/b", "base/c"}
        found, allowed = list(circles(room.parent, [])), list(circles(room.parent, [both]))
        (room / "d.c").write_text("void d(void)\n{\n}\n", encoding="utf-8")
        extra = list(unneeded(room.parent, [both | {"base/d"}]))
        (room / "d.c").write_text("void d(void)\n{\n    a();\n}\n", encoding="utf-8")
        (room / "b.c").write_text(files["b"] + "int e(int x)\n{\n    d();\n}\n", encoding="utf-8")
        joined = list(circles(room.parent, [both]))
    return not innocent and len(found) == 1 and not allowed and len(extra) == 1 and len(joined) == 1


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
    if not finds_planted_violations() or not finds_planted_circles():
        print("the check does not find planted violations")
        return 1
    found = list(violations(ROOT / "src"))
    found += [*circles(ROOT / "src", CIRCLES), *unneeded(ROOT / "src", CIRCLES)]
    if rooms_of_the_tour() != ROOMS + ["cli"]:
        found.append(f"src/README.md names other rooms: {rooms_of_the_tour()}")
    print("\n".join(found))
    files = len(sources(ROOT / "src"))
    print(f"{files} files, {len(found)} violations")
    return 1 if found or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
