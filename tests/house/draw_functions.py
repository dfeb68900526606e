#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The reader's test: draws functions of src/ by a seed, and shows of each its comment and its types.

    draw_functions.py SEED [COUNT]       without bodies: for the reader, who writes down what each promises
    draw_functions.py SEED [COUNT] --bodies    with them: for whoever compares

The seed is the hash of a commit, so that nobody chooses. At most 2 of 40 may be told wrong by a reader who sees
nothing else.
"""
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMENT = r"(?:/\*(?:[^*]|\*(?!/))*\*/\n)?"
HEAD = r"(?:static )?(?!struct \w+ \{|enum|typedef|union|return|else)[A-Za-z_][\w *]*?\b(\w+)\([^;{}]*?\)"
DEFINITION = re.compile(rf"^({COMMENT})({HEAD})\n\{{\n(.*?)^\}}", re.M | re.S)


def declarations(texts):
    """By name of a function, the comment and the declaration in a header."""
    found = {}
    pattern = re.compile(rf"^({COMMENT})((?:TUOYU_API )?{HEAD}(?: __attribute__.*?)?;)", re.M | re.S)
    for text in texts:
        for comment, head, name in pattern.findall(text):
            found.setdefault(name, comment)
    return found


def functions():
    headers = [path.read_text(encoding="utf-8") for folder in ("src", "include") for path in sorted((ROOT / folder).rglob("*.h"))]
    declared = declarations(headers)
    for path in sorted((ROOT / "src").rglob("*.c")):
        for comment, head, name, body in DEFINITION.findall(path.read_text(encoding="utf-8")):
            above = declared.get(name, "") if not comment else comment
            yield f"{path.relative_to(ROOT)}\n{above}{head}\n", body


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    seed, count = words[0], int(words[1]) if len(words) > 1 else 40
    for number, (head, body) in enumerate(random.Random(seed).sample(list(functions()), count), 1):
        print(f"{number}. {head}" + (f"{{\n{body}}}\n" if "--bodies" in sys.argv else ""))


if __name__ == "__main__":
    main()
