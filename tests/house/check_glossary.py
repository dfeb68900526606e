#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""src/GLOSSARY.md is kept to. Words that it marks as `code` in its last column stand nowhere in the sources; no struct tag
is defined twice, no static function has a name that stands in more than three files; lines and functions keep the size
that makes them readable."""
import collections
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_FILES_OF_A_NAME = 3
TOKENS_A_LINE = 9
TOKENS_A_FUNCTION = ((0.5, 100), (0.9, 236), (0.99, 369))
LINES_A_FILE = 700

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|\w+|->|\+\+|--|<<=|>>=|<<|>>|[<>=!]=|&&|\|\||[-+*/%&|^]=|\.\.\.|\S')
FUNCTION = re.compile(r"^(static )?(?!struct|enum|typedef|union)[A-Za-z_][^;{}()=#]*?(\w+)\([^;{}]*\)\n\{\n.*?^\}", re.M | re.S)


def banned_words(glossary):
    """The words in backquotes in the last column of the glossary's tables."""
    for line in glossary.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) > 2:
            for word in re.findall(r"`([a-z][a-z ]+)`", cells[-1]):
                if "is an error code" not in cells[-1].split(f"`{word}`")[1][:20]:
                    yield word


def pattern_of(word):
    """The word in comments and names: `known program`, known_program, KNOWN_PROGRAM."""
    return re.compile(r"(?<![A-Za-z])" + word.replace(" ", "[ _]") + r"(?![A-Za-z])", re.I)


def sources(root):
    for suffix in ("c", "h", "inc"):
        yield from sorted(root.glob(f"src/*/*.{suffix}"))
    yield from sorted(root.glob("include/tuoyu/*.h"))


def words_that_are_not_used(root, glossary):
    patterns = [(word, pattern_of(word)) for word in banned_words(glossary)]
    for path in sources(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for word, pattern in patterns:
                if pattern.search(line) and "In 0.1 it was" not in line and "tuoyu_answer_provenance" not in line and "former" not in line:
                    yield f"{path.relative_to(root)}:{number}: `{word}` is another word for something in the glossary"


def names_that_stand_twice(root):
    tags, names = collections.defaultdict(list), collections.defaultdict(set)
    for path in sources(root):
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        for tag in re.findall(r"^(?:typedef )?struct (\w+) \{", text, re.M):
            tags[tag].append(path.name)
        for found in FUNCTION.finditer(text):
            if found[1]:
                names[found[2]].add(path.name)
    for tag, places in sorted(tags.items()):
        if len(places) > 1:
            yield f"struct {tag} is defined in {', '.join(places)}"
    for name, places in sorted(names.items()):
        if len(places) > MOST_FILES_OF_A_NAME:
            yield f"{name}() is a function of its own in {', '.join(sorted(places))}"


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def sizes(root):
    tokens, functions = [], []
    for path in sources(root):
        raw = path.read_text(encoding="utf-8")
        text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), raw)
        if raw.count("\n") > LINES_A_FILE:
            yield f"{path.relative_to(root)}: {raw.count(chr(10))} lines"
        counts = [len(TOKEN.findall(line)) for line in text.splitlines() if not line.lstrip().startswith("#include")]
        tokens += [count for count in counts if count]
        functions += [len(TOKEN.findall(found[0])) for found in FUNCTION.finditer(text)]
    if not tokens or not functions:
        return
    mean = sum(tokens) / len(tokens)
    if mean > TOKENS_A_LINE:
        yield f"a line has {mean:.2f} tokens"
    for part, most in TOKENS_A_FUNCTION:
        if quantile(functions, part) > most:
            yield f"{part:.0%} of the functions have up to {quantile(functions, part)} tokens, more than {most}"


def violations(root, glossary):
    yield from words_that_are_not_used(root, glossary)
    yield from names_that_stand_twice(root)
    yield from sizes(root)


def finds_planted_violations(glossary):
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        (root / "src" / "base").mkdir(parents=True)
        for name in ("a", "b", "c", "d"):
            (root / "src" / "base" / f"planted_{name}.c").write_text(
                "struct planted {\n    int lacking;\n};\nstatic int plant(void)\n{\n    return 0;\n}\n", encoding="utf-8")
        found = list(violations(root, glossary))
        return len(found) == 6 and sum("`lacking`" in line for line in found) == 4


def main():
    glossary = (ROOT / "src" / "GLOSSARY.md").read_text(encoding="utf-8")
    if not finds_planted_violations(glossary):
        print("the check does not find planted violations")
        return 1
    found = list(violations(ROOT, glossary))
    print("\n".join(found))
    print(f"{len(list(sources(ROOT)))} files, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
