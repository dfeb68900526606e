#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every message, hint and word that the library says to people has a row in src/base/message_*.inc, in English and
Chinese, and every row is said somewhere. A Chinese text takes the arguments that its English text has, and holds no
Latin word but quotes, arguments, units and the names below.

To add a message: write it in English where it is said, run this, and paste the row that it prints, with the Chinese
text. `--sort` writes the tables in their order, which is that of the English texts, by bytes; `--page` the reference page,
src/base/MESSAGES.md."""
import collections
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROOMS = ["base", "value", "feel", "program", "pack", "rules", "tally", "ledger", "arrow", "table", "api"]
TABLE_OF = {"base": "words", "value": "feel", "tally": "rules", "ledger": "rules", "arrow": "tables", "table": "tables", "api": "tables"}

# Which argument is the format, and which the hint, of the functions that say something.
SAYING = {"report": (4, 3), "report_warning": (4, 3), "report_note": (2, None), "report_last": (3, 2),
          "READER_ERROR": (4, 3), "parser_fail": (5, 4), "check_fail": (3, 2), "null_with_error": (4, None),
          "FAIL": (3, None), "builtin_error": (2, None), "evaluation_error": (3, None), "message_text": (1, None),
          "message_write": (2, None), "parser_fail_expected": (1, None), "check_wanted": (4, None),
          "unreadable": (2, None)}
# Files in which every text of several words is a hint.
HINT_FILES = ["src/feel/name_hints.c", "src/feel/syntax_hints.c"]
# Latin words that a Chinese text may hold: names of formats, standards and products.
NAMES = set("""YAML FEEL CSV JSON UTF ASCII Unicode Arrow SHA NUL NULL CNY DMN GB ISO GiB MiB KiB UTC libyaml tuoyu
    libtuoyu null true false""".split())
# English articles that stand in arguments, by the row's English text: Chinese has none.
ARTICLES = {"there is no %s `%.*s`: it is %s %s": 3}
LATIN = re.compile(r"[A-Za-z][A-Za-z_.+-]*")
QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"|'[^']*'|“[^”]*”|U\+[0-9A-F]+|U\+\{\d\}|0x\{\d\}|\{(?:word )?\d\}\(\)|\{(?:word )?\d\}")

LITERAL = r'"(?:\\.|[^"\\\n])*"'
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\')|/\*.*?\*/', re.S)
CONVERSION = re.compile(r"%(?:%|\d*(?:\.\*)?(?:ll|z)?([a-zA-Z]))")
PLACE = re.compile(r"\{(word )?(\d)\}")
ROW = re.compile(rf"^MESSAGE\(\s*(\w+),\s*({LITERAL}(?:\s*{LITERAL})*),\s*({LITERAL}(?:\s*{LITERAL})*)\)", re.M)

Row = collections.namedtuple("Row", "table id english chinese")
Said = collections.namedtuple("Said", "path line function format hints code")


def unescape(literals):
    """The text of C literals that stand one after the other."""
    text = "".join(part[1:-1] for part in re.findall(LITERAL, literals))
    simple = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'", "0": "\0", "b": "\b", "f": "\f", "v": "\v",
              "a": "\a"}
    return re.sub(r"\\(x[0-9A-Fa-f]{2}|.)",
                  lambda found: chr(int(found[1][1:], 16)) if len(found[1]) == 3 else simple[found[1]], text)


def escape(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def uncommented(text):
    return COMMENT.sub(lambda found: found[1] or re.sub(r"[^\n]", " ", found[0]), text)


def sources(root):
    """Path and text, without comments, of the files in which something is said; macros that are literals are put in."""
    texts = {path: uncommented(path.read_text(encoding="utf-8")) for room in ROOMS for suffix in ("c", "h", "inc")
             for path in sorted((root / "src" / room).glob(f"*.{suffix}")) if not path.name.startswith("message_")}
    macros = {}
    for text in texts.values():
        for name, literal in re.findall(rf"^#define ([A-Z_]+) ({LITERAL})$", text, re.M):
            macros[name] = literal
    pattern = re.compile(r"\b(" + "|".join(macros) + r")\b") if macros else None
    for path, text in texts.items():
        yield path, pattern.sub(lambda found: macros[found[1]], text) if pattern else text


def arguments_of(text, start):
    """The arguments of the call whose opening bracket stands at start."""
    depth, begin, out, at = 0, start + 1, [], start
    while at < len(text):
        literal = re.compile(LITERAL).match(text, at)
        if literal:
            at = literal.end()
            continue
        if text[at] == "'":
            at = text.index("'", at + 2) + 1
            continue
        if text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth -= 1
            if depth == 0:
                return out + [text[begin:at]]
        elif text[at] == "," and depth == 1:
            out.append(text[begin:at])
            begin = at + 1
        at += 1
    return out


def literals_in(text):
    """The literals of an argument: one, or those of both branches of a choice."""
    return [unescape(found[0]) for found in re.finditer(rf"{LITERAL}(?:\s*{LITERAL})*", text)]


def said_in(path, text):
    for found in re.finditer(r"\b(" + "|".join(SAYING) + r")\(", text):
        arguments = arguments_of(text, found.end() - 1)
        place, hint = SAYING[found[1]]
        if len(arguments) <= place or text[:found.start()].rsplit("\n", 1)[-1].lstrip().startswith("#define"):
            continue
        formats = literals_in(arguments[place])
        hints = literals_in(arguments[hint]) if hint is not None else []
        code = re.search(r"TUOYU_ERROR_\w+", " ".join(arguments[:place]))
        for text_of_format in formats or [""]:
            yield Said(path, text.count("\n", 0, found.start()) + 1, found[1], text_of_format,
                       [each for each in hints if each], code[0] if code else "")


def rows_of(root):
    for path in sorted((root / "src" / "base").glob("message_*.inc")):
        for found in ROW.finditer(path.read_text(encoding="utf-8")):
            yield Row(path.stem.removeprefix("message_"), found[1], unescape(found[2]), unescape(found[3]))


def has_words(text):
    """Whether a format has words besides its conversions."""
    return bool(re.search(r"[A-Za-z]{2}", CONVERSION.sub("", text)))


def is_message(text):
    """Whether a format says something by itself: words, or several arguments, which may be words, in an order."""
    return has_words(text) or len(kinds_of(text)) > 1


def id_for(english, taken):
    words = [word for word in re.findall(r"[a-z0-9]+", CONVERSION.sub(" ", english).lower())
             if word not in ("a", "an", "the", "it", "of")]
    name = "_".join(words[:7]) or "nameless"
    if not name[0].isalpha():
        name = "m_" + name
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique


def literal_lines(text, indent, width=104):
    """The text as C literals of lines that are short enough."""
    parts, line = [], ""
    for piece in re.findall(r"[\x21-\x7e]+ *|[^\x21-\x7e]", text):
        if len(escape(line + piece)) + indent + 3 > width and line:
            parts.append(line)
            line = ""
        line += piece
    return [f'"{escape(part)}"' for part in parts + [line]]


def row_text(row):
    one = f'MESSAGE({row.id}, "{escape(row.english)}", "{escape(row.chinese)}")'
    if len(one) <= 100:
        return one
    pad = "\n        "
    return (f"MESSAGE({row.id}," + pad + pad.join(literal_lines(row.english, 8)) + "," + pad
            + pad.join(literal_lines(row.chinese, 8)) + ")")


TABLE_HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/* clang-format off */
/* {what}: id, English, Chinese.
 * In the order of the English texts, by bytes, as `check_messages.py --sort` puts them. */
"""


def table_text(rows, what):
    ordered = sorted(rows, key=lambda row: row.english.encode())
    return TABLE_HEAD.format(what=what) + "".join(row_text(row) + "\n" for row in ordered)


def kinds_of(english):
    return [kind for kind in CONVERSION.findall(english) if kind]


def problems_of_row(row):
    """What is wrong with one row by itself."""
    kinds = kinds_of(row.english)
    used = {int(number) for _, number in PLACE.findall(row.chinese)}
    if not row.chinese:
        yield "has no Chinese text"
    for number in sorted(used):
        if not 1 <= number <= len(kinds):
            yield f"{{{number}}} is no argument of the English text"
    ends = [found.end() for found in CONVERSION.finditer(row.english) if found[1]]
    starts = [found.start() for found in CONVERSION.finditer(row.english) if found[1]]
    for number in range(1, len(kinds) + 1):
        start, end = starts[number - 1], ends[number - 1]
        is_plural = row.english[start:end] == "%s" and row.english[start - 1:start].isalpha()
        if number not in used and not is_plural and ARTICLES.get(row.english) != number:
            yield f"does not say {{{number}}}"
    bare = QUOTED.sub(" ", row.chinese)
    for word in LATIN.findall(bare):
        if not all(part in NAMES for part in re.split(r"[-_.+]", word) if part):
            yield f"holds the Latin word {word} outside quotes"
    if re.search(r"[\u4e00-\u9fff][,;:()?!]|[,;:()?!][\u4e00-\u9fff]", QUOTED.sub("`", row.chinese)):
        yield "has half-width punctuation beside Chinese"


def violations(root):
    rows, said, literals = list(rows_of(root)), [], set()
    said += hints_in(root)
    for path, text in sources(root):
        said += said_in(path, text)
        literals |= set(literals_in(text))
    english = {}
    ids = set()
    for row in rows:
        place = f"src/base/message_{row.table}.inc: {row.id}"
        if row.id in ids:
            yield f"{place}: another row has this id"
        ids.add(row.id)
        if row.english in english:
            yield f"{place}: {english[row.english].id} has the same English text"
        english[row.english] = row
        if row.english not in literals:
            yield f"{place}: nothing says “{row.english}”; remove the row"
        for problem in problems_of_row(row):
            yield f"{place}: {problem}"
    for table in {row.table for row in rows}:
        texts = [row.english.encode() for row in rows if row.table == table]
        if texts != sorted(texts):
            yield f"src/base/message_{table}.inc: not in the order of the English texts; run check_messages.py --sort"
    for text, place, room in wanted(said):
        if text not in english:
            missing = Row("", id_for(text, ids), text, "")
            ids.add(missing.id)
            yield (f"{place.relative_to(root)}: “{text}” has no row; add to "
                   f"src/base/message_{TABLE_OF.get(room, room)}*.inc, with the Chinese text:\n{row_text(missing)}")


def hints_in(root):
    """Each hint of the files that are tables of hints, as something said: a literal with words or code in it."""
    for name in HINT_FILES:
        path = root / name
        text = uncommented(path.read_text(encoding="utf-8")) if path.exists() else ""
        for literal in literals_in(text):
            if " " in literal.strip() and has_words(literal):
                yield Said(path, 0, "", literal, [], "")


def wanted(said):
    """Each text that needs a row, once, with the file and the room that say it first."""
    seen = set()
    for one in said:
        for text in [one.format, *one.hints]:
            if is_message(text) and text not in seen:
                seen.add(text)
                yield text, one.path, one.path.parent.name


PLANTED = {
    "src/pack/planted.c": 'report(d, TUOYU_ERROR_PACK, w, TEXT("do this"), "no row for %zu of %s", 1, "x");\n'
                          'report_note(d, w, "all is well with %s", name);\n'
                          'report_note(d, w, "two %s and %zu", name, count);\n'
                          'report_note(d, w, "%s: %s", why, name);\n',
    "src/base/message_planted.inc": 'MESSAGE(well, "all is well with %s", "一切正常")\n'
                                    'MESSAGE(two, "two %s and %zu", "两个{1}和{3}")\n'
                                    'MESSAGE(odd, "nobody says this", "没有人说, okay")\n',
}
PLANTED |= {
    "src/cli/planted.c": 'tell("tuoyu: %s went wrong", name);\nusage_error(line, "--%s %d times", name, count);\n',
    "src/cli/told_table.inc": 'TOLD("--%s %d times", "%d次")\nTOLD("never told", "never")\n',
}
FOUND = ["do this", "“%s: %s” has no row", "“tuoyu: %s went wrong” has no row", "take different arguments", "nothing tells", "the Latin word never", "no row for", "does not say {1}", "nothing says", "Latin word okay", "half-width", "{3} is no argument",
         "not in the order"]


def misses_of_planted_faults():
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        for name, text in PLANTED.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = "\n".join([*violations(root), *told_violations(root)])
        return [word for word in FOUND if word not in found]


TOLD = re.compile(rf"^TOLD\(({LITERAL}(?:\s*{LITERAL})*),\s*({LITERAL}(?:\s*{LITERAL})*)\)", re.M)
TELLING = {"tell": 0, "usage_error": 1, "output_format": 0, "told_format": 0, "set_reading": 2}
# Texts of the command that stand in variables before they are told.
VARIABLE = re.compile(rf"static const char [A-Z_]+\[\] =\s*({LITERAL}(?:\s*{LITERAL})*)")


def told_in(root):
    """The formats of what the command tells, with the file that tells each."""
    for path in sorted((root / "src" / "cli").glob("*.c")):
        text = uncommented(path.read_text(encoding="utf-8"))
        if path.name == "csv_reader.c":
            for found in VARIABLE.finditer(text):
                yield unescape(found[1]), path.name
        for found in re.finditer(r"\b(" + "|".join(TELLING) + r")\(", text):
            arguments = arguments_of(text, found.end() - 1)
            if len(arguments) > TELLING[found[1]]:
                for literal in literals_in(arguments[TELLING[found[1]]]):
                    yield literal, path.name


def told_violations(root):
    """The command's own table: its Chinese has the same conversions in the same order, since printf reads them."""
    table = uncommented((root / "src" / "cli" / "told_table.inc").read_text(encoding="utf-8"))
    rows = {unescape(found[1]): unescape(found[2]) for found in TOLD.finditer(table)}
    told = dict(told_in(root))
    elsewhere = {literal for path in (root / "src" / "cli").glob("*.c")
                 for literal in literals_in(uncommented(path.read_text(encoding="utf-8")))}
    for english, path in told.items():
        is_text = has_words(re.sub("tuoyu( feel)?", "", english)) and english not in ("true", "false")
        if is_text and english not in rows:
            yield f'{path}: “{english}” has no row; add to src/cli/told_table.inc:\nTOLD("{escape(english)}", "")'
    for english, chinese in rows.items():
        if english not in told and english not in elsewhere:
            yield f"src/cli/told_table.inc: nothing tells “{english}”; remove the row"
        if [found[0] for found in CONVERSION.finditer(english)] != [found[0] for found in CONVERSION.finditer(chinese)]:
            yield f"src/cli/told_table.inc: “{english}” and “{chinese}” take different arguments"
        for word in LATIN.findall(CONVERSION.sub(" ", QUOTED.sub(" ", chinese.replace("U+%04X", " ")))):
            if not all(part in NAMES for part in re.split(r"[-_.+]", word) if part) and word not in ("run", "s:1"):
                yield f"src/cli/told_table.inc: {chinese} holds the Latin word {word}"


PAGE = pathlib.Path("src/base/MESSAGES.md")
PAGE_HEAD = """# Messages

What the library says to people, in English and Chinese, by the table that has it: the id, the statuses that it comes with,
both texts, and what to do. `{1}` is the first argument. Written by `tests/house/check_messages.py --page`.
"""
TITLES = {"pack": "Packs", "pack_hints": "What to do about packs", "program": "Types, units and decision tables",
          "feel": "Expressions", "rules": "Rules, indicators and budgets", "tables": "Tables and calls",
          "words": "Words, and what any call may say"}


def numbered(english):
    """The English text with `{1}` for its first conversion."""
    count = 0

    def place(found):
        nonlocal count
        if not found[1]:
            return "%"
        count += 1
        return f"{{{count}}}"
    return CONVERSION.sub(place, english)


def shown_place(found):
    return f"{{{found[2]}}}"


def page_text(root):
    """The reference page, by the tables."""
    rows = list(rows_of(root))
    chinese = {row.english: row.chinese for row in rows}
    codes, hints = collections.defaultdict(set), collections.defaultdict(list)
    for path, text in sources(root):
        for one in said_in(path, text):
            codes[one.format] |= {one.code.removeprefix("TUOYU_ERROR_")} - {""}
            hints[one.format] += [hint for hint in one.hints if hint not in hints[one.format]]
    lines = [PAGE_HEAD]
    for table, title in TITLES.items():
        lines.append(f"\n## {title}\n\n")
        for row in (row for row in rows if row.table == table):
            statuses = " ".join(sorted(codes[row.english]))
            lines.append(f"- **{row.id}**{' · ' + statuses if statuses else ''}\n")
            lines.append(f"  - {numbered(row.english)}\n  - {PLACE.sub(shown_place, row.chinese)}\n")
            for hint in hints[row.english]:
                lines.append(f"  - → {numbered(hint)} → {chinese.get(hint, '')}\n")
    return "".join(lines)


def page_violations(root):
    missing = {row.table for row in rows_of(root)} - set(TITLES)
    if missing:
        yield f"no title for the tables {', '.join(sorted(missing))}"
    page = root / PAGE
    if not page.exists() or page.read_text(encoding="utf-8") != page_text(root):
        yield f"{PAGE}: not what the tables say; run check_messages.py --page"


def sort_tables(root):
    tables = collections.defaultdict(list)
    for row in rows_of(root):
        tables[row.table].append(row)
    for table, rows in tables.items():
        path = root / "src" / "base" / f"message_{table}.inc"
        head = re.search(r"/\* (.*?): id, English", path.read_text(encoding="utf-8"))
        path.write_text(table_text(rows, head[1] if head else "Messages"), encoding="utf-8")


def main():
    if sys.argv[1:] == ["--sort"]:
        sort_tables(ROOT)
        return 0
    if sys.argv[1:] == ["--page"]:
        (ROOT / PAGE).write_text(page_text(ROOT), encoding="utf-8")
        return 0
    missed = misses_of_planted_faults()
    found = list(violations(ROOT)) + list(page_violations(ROOT)) + list(told_violations(ROOT)) + [f"the check does not find what it should: {word}" for word in missed]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
