#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No text of a case, a header, a cell, an id or a file's name can begin a line of an output, steer a terminal or turn the
direction of reading: hostile texts go in by every way there is, and all that is printed is looked at."""
import itertools
import json
import os
import re
import subprocess

from command_test import COMMAND, main, run, write

PACK = """\
tuoyu: 1
id: test.forged
title: {zh: 测试, en: Test}
in_force: 2024-01-01..2025-12-31
facts:
  a:
    name: {type: string, label: {zh: 姓名, en: name}}
    kind: {type: enum, values: [x, y], label: {zh: 类, en: kind}}
    born: {type: date, label: {zh: 出生, en: born}}
    fee: {type: money, unit: CNY, range: "[0..100]", label: {zh: 收费, en: fee}}
    town: {type: string, label: {zh: 街道, en: town}}
  town:
    id: {type: string, label: {zh: 街道, en: town}}
pricing: {price: {title: T, unit: CNY, amount: 'if a.name = "x" and a.kind = "x" then 1 else a.fee'}}
cost_sharing: {split: {title: T, unit: CNY, of: a.fee, payers: [{id: gov, rate: 0.5}], residual: family,
                       budget: {of: 100, payer: gov, order: [a.fee], when_short: pay_part}}}
eligibility: {place: {title: T, all: [{id: ok, when: 'a.name != "y"'}], admission: [{id: fee, ascending: a.fee}]}}
indicators: {fees: {title: T, unit: CNY, value: {of: a, sum: a.fee}, by: [town]}}
"""

CONTROLS = ["\n", "\r", "\r\n", "\t", "\x01", "\x1b[31m", "\x7f", "\x85", "\x9b1A", "\u2028", "\u2029", "\u061c", "\u200e", "\u200f", "\u202a",
            "\u202e", "\u2066", "\u2069", "\ufeff", "\x0b", "\x0c", "\x08"]
FORGED = [f"ok{control}FORGED line {control}x" for control in CONTROLS]
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def assert_plain(text, what):
    for line in text.split("\n"):
        assert not line.strip().startswith("FORGED"), (what, line)
    # A source line that is shown under a finding may hold a tab.
    found = RAW.search("\n".join(line for line in text.split("\n") if not line.startswith("    ")))
    assert not found, (what, found, text)


def checked(result, what):
    assert_plain(result.out, what)
    assert_plain(result.err, what)
    return result


def both_languages(*arguments, folder, what, **more):
    return [checked(run(*arguments, "--lang", language, folder=folder, **more), what) for language in ("zh", "en")]


DAY = ("--as-of", "2025-01-01")


def test_texts_of_cases(folder):
    write(folder, {"p.yaml": PACK})
    for text, fact in itertools.product(FORGED, ("name", "kind", "born", "fee", "nmae")):
        case = json.dumps({f"a.{fact}": text, **({} if fact == "name" else {"a.name": "z"})}).encode()
        for rule in ("price", "place"):
            for options in (["--explain"], ["--format", "json"], ["--explain", "--format", "json"]):
                for result in both_languages("eval", "p.yaml", "--rule", rule, "--case", "-", *DAY, *options, folder=folder, given=case, what=(text, fact)):
                    assert result.code == 1 and result.out == "", (text, fact, result)


def test_names_of_facts_in_cases(folder):
    write(folder, {"p.yaml": PACK})
    for text in FORGED:
        for case in ({text: 1}, {"a": {text: 1}}, {text: {"name": "x"}}):
            for result in both_languages("eval", "p.yaml", "--rule", "price", "--case", "-", *DAY, folder=folder, given=json.dumps(case).encode(), what=text):
                assert result.code == 1, (text, result)


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def test_cells_headers_and_ids(folder):
    write(folder, {"p.yaml": PACK})
    for text, column in itertools.product(FORGED, range(6)):
        for in_header in (True, False):
            header, row = ["id", "a.name", "a.kind", "a.fee", "a.town", "other"], ["n1", "z", "x", "7", "A", "o"]
            (header if in_header else row)[column] = text
            content = ",".join(map(quoted, header)) + "\n" + ",".join(map(quoted, row)) + '\nn2,z,x,8,A,o\n'
            write(folder, {"rows.csv": content, "d/a.csv": content, "d/town.csv": "id\nA\n"})
            what = (text, column, in_header)
            both_languages("admit", "p.yaml", "--rule", "place", "--input", "rows.csv", "--id", "id", "--places", "1", *DAY, folder=folder, what=what)
            checked(run("admit", "p.yaml", "--rule", "place", "--input", "rows.csv", "--id", "id", "--places", "1", *DAY, "--format", "json",
                        folder=folder), what)
            both_languages("report", "p.yaml", "--data", "d", "--by", "town", *DAY, folder=folder, what=what)
            checked(run("report", "p.yaml", "--data", "d", "--by", "town", *DAY, "--format", "json", folder=folder), what)
            both_languages("eval", "p.yaml", "--rule", "fees", "--data", "d", *DAY, folder=folder, what=what)
            result = run("run", "p.yaml", "--rule", "price", "--input", "rows.csv", "--output", "out.csv", *DAY, folder=folder)
            assert_plain(result.err, what)


def test_refused_texts_of_rows_are_errors_of_their_rows(folder):
    """What is printed says which character it was."""
    write(folder, {"p.yaml": PACK})
    for control in CONTROLS:
        code = f"U+{ord(control[0]):04X}"
        content = "a.name,a.fee\n" + quoted(f"o{control}k") + ",7\nz,8\n"
        write(folder, {"rows.csv": content})
        result = run("run", "p.yaml", "--rule", "price", "--input", "rows.csv", "--output", "-", *DAY, folder=folder)
        assert result.code == 1 and code in result.out and result.out.count("determined") == 1, (control, result)


def test_names_of_files(folder):
    for text in [*FORGED, "\udcff\udc80FORGED", "\udcffx\nFORGED"]:
        name = text.encode("utf-8", "surrogateescape").replace(b"/", b"")
        path = os.fsencode(folder) + b"/" + name
        os.makedirs(path + b".d", exist_ok=True)
        for file, content in ((path + b".yaml", PACK), (path + b".bad.yaml", "tuoyu: 2\n"), (path + b".csv", "id,a.fee\nn1,x\n"),
                              (path + b".json", "{a.fee: x}"), (path + b".d/a.csv", "a.fee\nx\n")):
            with open(file, "wb") as stream:
                stream.write(content.encode())
        for arguments in ([b"check", path + b".bad.yaml"], [b"check", path + b".none.yaml"], [b"test", path + b".bad.yaml"],
                          [b"eval", path + b".yaml", b"--rule", b"price", b"--case", path + b".json"],
                          [b"eval", path + b".yaml", b"--rule", b"price", b"--case", path + b".none"],
                          [b"eval", path + b".yaml", b"--rule", name, b"--case", path + b".json"],
                          [b"run", path + b".yaml", b"--rule", b"price", b"--input", path + b".csv", b"--output", path + b".out"],
                          [b"run", path + b".yaml", b"--rule", b"price", b"--input", path + b".none", b"--output", path + b".out"],
                          [b"run", path + b".yaml", b"--rule", b"price", b"--input", path + b".csv", b"--output", path + b".none/out"],
                          [b"admit", path + b".yaml", b"--rule", b"place", b"--input", path + b".csv", b"--id", b"id", b"--places", b"1"],
                          [b"admit", path + b".yaml", b"--rule", b"place", b"--input", path + b".csv", b"--id", name, b"--places", b"1"],
                          [b"report", path + b".yaml", b"--data", path + b".d"], [b"report", path + b".yaml", b"--data", path + b".none"],
                          [b"replay", path + b".json", path + b".yaml"], [b"plan", path + b".yaml", b"--rule", name],
                          [b"report", path + b".yaml", b"--data", path + b".d", b"--packs", path + b".none"],
                          [name], [b"run", b"--" + name], [b"report", b"--lang", name, path + b".yaml"], [b"eval", b"--as-of", name]):
            process = subprocess.run([os.fsencode(COMMAND), *arguments], cwd=folder, capture_output=True, timeout=60, check=False)
            for output in (process.stdout, process.stderr):
                assert_plain(output.decode("utf-8"), arguments)


def test_what_is_written_for_a_person_says_what_stood_there(folder):
    write(folder, {"p.yaml": PACK, "rows.csv": 'id,a.name,a.fee\n"ok\n2. forged admitted\x1b[31m",z,1\nb,z,2\n'})
    result = run("admit", "p.yaml", "--rule", "place", "--input", "rows.csv", "--id", "id", "--places", "1", *DAY, folder=folder)
    assert result.code == 1 and "ok\\u{A}2. forged admitted\\u{1B}[31m：第 2 行有错误" in result.out, result


if __name__ == "__main__":
    main(globals())
