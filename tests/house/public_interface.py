# SPDX-License-Identifier: Apache-2.0
"""What the public headers and the symbol map say, read for the checks beside it: functions with prototypes as
the compiler understands them, structs with sizes and offsets, values of enums."""

import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPILER = os.environ.get("CC", "gcc")

COMMENT = re.compile(r"/\*.*?\*/", re.S)
NODE = re.compile(r"(TUOYU_[\d.]+)\s*\{(.*?)\}\s*(TUOYU_[\d.]+)?\s*;", re.S)
# gcc -aux-info: /* FILE:LINE:NC */ extern const char *tuoyu_text_bytes (const tuoyu_text *);
PROTOTYPE = re.compile(r"/\* (\S+):(\d+):NC \*/ extern (.*?)(tuoyu_\w+) (\(.*\));")
STRUCT = re.compile(r"(typedef )?struct (\w+) \{(.*?)\}", re.S)
ENUM = re.compile(r"enum \{(.*?)\}", re.S)
CALLBACK = re.compile(r"typedef [^;{]*?\(\*(tuoyu_\w+)\)[^;]*;")
PLAIN_TYPE = re.compile(r"typedef (?!struct)[^;{(]*? (tuoyu_\w+);")
HANDLE = re.compile(r"typedef struct (\w+) \1;")
CONSTANT = re.compile(r"^#define ((?:TUOYU|ARROW)_\w+)[ \t]+\S", re.M)
NO_CONSTANTS = re.compile(r"TUOYU_(API|VERSION.*)$")


def project_version(root=ROOT):
    return re.search(r"version: '([\d.]+)'", (root / "meson.build").read_text(encoding="utf-8")).group(1)


def header_text(root=ROOT):
    """All public headers without comments, one after the other, in the order in which tuoyu.h includes them."""
    folder = root / "include" / "tuoyu"
    names = re.findall(r"#include <tuoyu/(\w+\.h)>", (folder / "tuoyu.h").read_text(encoding="utf-8"))
    return "\n".join(COMMENT.sub("", (folder / name).read_text(encoding="utf-8")) for name in names)


def nodes(root=ROOT):
    """The symbol map: a list of (node, names in order, the node that it follows or None, whether it hides the rest)."""
    text = COMMENT.sub("", (root / "src" / "api" / "tuoyu.map").read_text(encoding="utf-8"))
    return [
        (name, re.findall(r"\b(tuoyu_\w+)\s*;", body), follows or None, "*;" in body.replace(" ", ""))
        for name, body, follows in NODE.findall(text)
    ]


def one_line(text):
    return " ".join(text.split())


def prototypes(root=ROOT):
    """name → (header, line, return type and parameters), as the compiler has them."""
    with tempfile.TemporaryDirectory() as temporary:
        listing = pathlib.Path(temporary) / "functions"
        subprocess.run(
            [
                COMPILER,
                "-std=c11",
                "-fsyntax-only",
                "-aux-info",
                listing,
                "-I",
                root / "include",
                "-x",
                "c",
                root / "include" / "tuoyu" / "tuoyu.h",
            ],
            check=True,
        )
        found = PROTOTYPE.findall(listing.read_text(encoding="utf-8"))
    return {
        name: (pathlib.Path(file).name, int(line), f"{before.strip()} {parameters}")
        for file, line, before, name, parameters in found
    }


def declarator(field):
    """The name that a declaration of a field declares: `bool (*call)(int)`, `uint64_t opaque[2]`, `const char *text`."""
    pointer = re.search(r"\(\*(\w+)\)", field)
    return pointer.group(1) if pointer else re.search(r"(\w+)\s*(\[\w*\])?$", field).group(1)


def structs(text):
    """(name as C writes it, fields as declarations)."""
    for typedef, name, body in STRUCT.findall(text):
        yield (
            name if typedef else f"struct {name}",
            [one_line(field) for field in body.split(";") if field.strip()],
        )


def enumerators(text):
    for body in ENUM.findall(text):
        yield from (item.split("=")[0].strip() for item in body.split(",") if item.strip())


def measured(text, root):
    """What a compiled program says: sizes, offsets and values by expression."""
    expressions = []
    for name, fields in structs(text):
        expressions += [f"sizeof({name})"]
        for field in map(declarator, fields):
            expressions += [f"offsetof({name}, {field})", f"sizeof((({name} *)0)->{field})"]
    expressions += [*enumerators(text), *constants(text)]
    lines = "".join(f'    printf("%lld\\n", (long long)({expression}));\n' for expression in expressions)
    program = f"#include <stdio.h>\n#include <tuoyu/tuoyu.h>\nint main(void)\n{{\n{lines}    return 0;\n}}\n"
    with tempfile.TemporaryDirectory() as temporary:
        source, binary = pathlib.Path(temporary) / "measure.c", pathlib.Path(temporary) / "measure"
        source.write_text(program, encoding="utf-8")
        subprocess.run([COMPILER, "-std=c11", "-I", root / "include", source, "-o", binary], check=True)
        printed = subprocess.run([binary], check=True, capture_output=True, text=True).stdout.split()
    return dict(zip(expressions, map(int, printed), strict=True))


def constants(text):
    return [
        name for name in CONSTANT.findall(text) if not NO_CONSTANTS.match(name) and not name.endswith("_H")
    ]


def layout(name, fields, values):
    """The struct as (name, size, [(offset, size, declaration)])."""
    return (
        name,
        values[f"sizeof({name})"],
        [
            (
                values[f"offsetof({name}, {declarator(field)})"],
                values[f"sizeof((({name} *)0)->{declarator(field)})"],
                field,
            )
            for field in fields
        ],
    )


def describe(root=ROOT):
    """The whole interface as lines, each of which says all of one thing but for the fields below their struct."""
    text = header_text(root)
    values = measured(text, root)
    node_of = {name: node for node, names, _, _ in nodes(root) for name in names}
    yield from sorted(
        f"function {name} {node_of.get(name, '-')}: {prototype}"
        for name, (_, _, prototype) in prototypes(root).items()
    )
    yield from sorted(f"handle {name}" for name in HANDLE.findall(text))
    yield from (
        f"type {match.group(1)}: {one_line(match.group(0))}"
        for pattern in (PLAIN_TYPE, CALLBACK)
        for match in pattern.finditer(text)
    )
    for name, size, fields in (layout(name, fields, values) for name, fields in structs(text)):
        yield f"struct {name.removeprefix('struct ')}: {size} bytes"
        yield from (f"    {offset}, {bytes_of} bytes: {field}" for offset, bytes_of, field in fields)
    yield from (f"value {name} = {values[name]}" for name in [*enumerators(text), *constants(text)])
