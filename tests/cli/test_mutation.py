#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test --mutate: what it changes, what counts as noticed, what is allowed, and that every change it names is the one it made."""
import csv
import io
import json

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.mutated
title: t
in_force: 2024-01-01..2025-12-31
sources:
  s: {title: s 2024 第1条, date: 2023-05-05}
facts:
  child:
    age: {type: integer, range: "[0..72)"}
    fee: {type: number}
    local: {type: boolean}
    born: {type: date}
parameters:
  cap: {cite: s 第3条, standing: cited, values: {2024-01-01: {value: 100.5}, 2025-01-01: {value: 120}}}
tables:
  bands:
    cite: s 第4条
    standing: cited
    inputs: [child.age]
    outputs: [o]
    rows:
      - {when: ["[0..36)"], then: ["1"]}
      - {when: [">= 36"], then: ["2"]}
pricing:
  price:
    title: t
    cite: s 第5条
    unit: '1'
    amount: 'if child.local and child.fee > cap * 2 then cap + 1 else bands'
    round: {to: 0.1, mode: half up}
eligibility:
  may:
    title: t
    cite: s 第6条
    all:
      - {id: born, when: 'child.born >= date("2020-09-01")', because: b}
      - id: either
        because: b
        any:
          - {id: local, when: child.local, because: b}
          - {id: young, only_if: child.age < 36, when: "child.age in [6..12)", because: b}
"""
EXAMPLES = """\
examples:
  - {name: one, rule: price, as_of: 2024-05-01, given: {child: {local: true, fee: 201.01, age: 3, born: 2021-01-01}}, expect: {amount: 101.5}}
"""


def changes(folder, text, *options, code=1, name="p.yaml"):
    write(folder, {name: text})
    result = expect(run("test", "--mutate", "--format", "json", *options, name, folder=folder), code)
    return json.loads(result.out)


def test_without_examples_everything_survives_that_loads(folder):
    found = changes(folder, PACK)
    assert found["noticed"] == 0 and found["survived"] == found["changes"] == len(found["survivors"]) > 50, found["changes"]
    wanted = {
        ("parameters.cap.values.2024-01-01.value", "100.5", "100.4"), ("parameters.cap.values.2024-01-01.value", "100.5", "100.6"),
        ("parameters.cap.values", "2025-01-01", "2024-12-31"), ("parameters.cap.values", "2025-01-01", "2025-01-02"),
        ("in_force", "2024-01-01", "2023-12-31"), ("in_force", "2025-12-31", "2026-01-01"),
        ("facts.child.age.range", "[", "("), ("facts.child.age.range", "72", "73"), ("facts.child.age.range", ")", "]"),
        ("tables.bands.rows.2.when.1", ">=", ">"), ("tables.bands.rows.2.then.1", "2", "3"),
        ("pricing.price.amount", "and", "or"), ("pricing.price.amount", "*", "/"), ("pricing.price.amount", "+", "-"),
        ("pricing.price.round.to", "0.1", "0.2"), ("pricing.price.round.mode", "half up", "up"),
        ("eligibility.may.all.born.when", ">=", ">"), ("eligibility.may.all.born.when", "2020-09-01", "2020-08-31"),
        ("eligibility.may.all.born.when", 'child.born >= date("2020-09-01")', "true"),
        ("eligibility.may.all.either.any.local.when", "child.local", "false"),
        ("eligibility.may.all.either.any.local.when", "child.local", "not(child.local)"),
        ("eligibility.may.all.either.any.young.when", "[", "("), ("eligibility.may.all.either.any.young.when", "12", "11"),
        ("eligibility.may.all.either.any.young.only_if", "child.age < 36", "true")}
    got = {(one["place"], one["was"], one["instead"]) for one in found["survivors"]}
    missing = {one for one in wanted if one not in got}
    assert not missing, missing
    for one in found["survivors"]:
        assert not one["place"].startswith(("sources", "examples", "title", "uses")), one
        assert one["cite"] == {"parameters": "s 第3条", "tables": "s 第4条", "pricing": "s 第5条",
                               "eligibility": "s 第6条"}.get(one["place"].split(".")[0], ""), one


def test_each_change_stands_where_it_says(folder):
    for text in (PACK, PACK.replace("\n", "\r\n"), "\ufeff" + PACK, PACK.replace("local", "本地户籍"), PACK.replace("title: t", "title: '托育：𠮷'")):
        found = changes(folder, text)
        lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
        for one in found["survivors"]:
            line = lines[one["line"] - 1]
            assert line[one["column"] - 1:].startswith(one["was"]), (one, line)
            assert one["was"] != one["instead"]
        assert len({(one["line"], one["column"], one["was"], one["instead"]) for one in found["survivors"]}) == len(found["survivors"])


def test_what_survives_is_what_the_examples_pass_with(folder):
    """The same by hand: each change is written to a file and tested."""
    found = changes(folder, PACK + EXAMPLES)
    assert 0 < found["noticed"] < found["changes"]
    lines, survived = (PACK + EXAMPLES).split("\n"), {(one["line"], one["column"], one["instead"]) for one in found["survivors"]}
    every = changes(folder, PACK)["survivors"]
    for number, one in enumerate(every):
        line = lines[one["line"] - 1]
        changed = line[:one["column"] - 1] + one["instead"] + line[one["column"] - 1 + len(one["was"]):]
        write(folder, {"c.yaml": "\n".join(lines[:one["line"] - 1] + [changed] + lines[one["line"]:])})
        passes = run("test", "c.yaml", folder=folder).code == 0
        assert passes == ((one["line"], one["column"], one["instead"]) in survived), (number, one, passes)


def test_the_example_that_is_missing_is_what_was_missing(folder):
    before = changes(folder, PACK + EXAMPLES)
    more = ("  - {name: two, rule: price, as_of: 2024-12-31, given: {child: {local: true, fee: 201, age: 35, born: 2021-01-01}}, expect: {amount: 1}}\n"
            "  - {name: three, rule: may, as_of: 2024-12-31, given: {child: {local: true, fee: 1, age: 35, born: 2020-09-01}}, expect: {decision: eligible}}\n")
    after = changes(folder, PACK + EXAMPLES + more)
    assert after["survived"] < before["survived"] and after["changes"] == before["changes"]
    gone = {(one["place"], one["instead"]) for one in before["survivors"]} - {(one["place"], one["instead"]) for one in after["survivors"]}
    assert ("eligibility.may.all.born.when", "2020-09-02") in gone and ("pricing.price.amount", ">=") in gone, gone


def test_a_pack_that_uses_it_may_notice(folder):
    lower = ("tuoyu: 1\nid: test.lower\ntitle: t\nin_force: 2024-01-01..2025-12-31\nuses: [test.mutated]\nexamples:\n"
             "  - {name: x, rule: 'test.mutated:price', as_of: 2024-05-01, expect: {amount: 2}, "
             "given: {child: {local: false, fee: 1, age: 36, born: 2021-01-01}}}\n")
    write(folder, {"lower.yaml": lower, "p.yaml": PACK})
    alone = changes(folder, PACK)
    both = json.loads(expect(run("test", "--mutate", "--format", "json", "p.yaml", "lower.yaml", folder=folder), 1).out)
    assert alone["noticed"] == 0 and both["noticed"] > 0, both


def test_what_is_allowed_needs_a_reason_and_a_use(folder):
    found = changes(folder, PACK + EXAMPLES)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["place", "what", "reason"])
    for one in found["survivors"]:
        if not one["place"].startswith("facts"):
            rows.writerow([f'test.mutated:{one["place"]}'.replace("[", "?"), "", "因为"])
    unique = "\n".join(dict.fromkeys(text.getvalue().replace("\r", "").split("\n")))
    write(folder, {"all.csv": unique + "test.mutated:facts.*,number,n\ntest.mutated:facts.*,end of a range,n\n"})
    passed = changes(folder, PACK + EXAMPLES, "--except", "all.csv", code=0)
    assert passed["survived"] == 0 and passed["allowed"] == found["survived"]
    write(folder, {"idle.csv": unique + "test.mutated:*,,n\nnothing:*,,n\n"})
    assert "idle.csv" in expect(run("test", "--mutate", "--except", "idle.csv", "p.yaml", folder=folder), 1).err
    for broken in ("", "place,what\n", "place,what,reason\na:*,\n", "place,what,reason\na:*,,\n", 'place,what,reason\n"a:*,,x\n'):
        write(folder, {"broken.csv": broken})
        expect(run("test", "--mutate", "--except", "broken.csv", "p.yaml", folder=folder), 2, err="broken.csv")
    expect(run("test", "--mutate", "--except", "none.csv", "p.yaml", folder=folder), 2, err="none.csv")


def test_what_fails_before_is_not_changed(folder):
    write(folder, {"p.yaml": PACK + EXAMPLES.replace("101.5", "99")})
    expect(run("test", "--mutate", "p.yaml", folder=folder), 1, err="must pass before anything is changed")
    write(folder, {"p.yaml": PACK.replace("cap + 1", "cap + nothing")})
    expect(run("test", "--mutate", "p.yaml", folder=folder), 1, err="must pass before anything is changed")
    write(folder, {"p.yaml": "x: ["})
    expect(run("test", "--mutate", "p.yaml", folder=folder), 2)
    expect(run("test", "--mutate", folder=folder), 2, err="no PACK is named")
    expect(run("test", "--mutate", "--format", "xml", "p.yaml", folder=folder), 2, err="xml")


def test_what_cannot_be_changed_in_place_is_told(folder):
    text = PACK.replace("amount: 'if child.local and child.fee > cap * 2 then cap + 1 else bands'",
                        'amount: "if child.fee >\\x20cap then 1 else 2"')
    write(folder, {"p.yaml": text})
    result = expect(run("test", "--mutate", "p.yaml", folder=folder), 1, err="this expression is not changed")
    assert "pricing.price.amount" not in result.out, result.out


def test_the_text_names_the_clause(folder):
    write(folder, {"p.yaml": PACK + EXAMPLES})
    result = expect(run("test", "--mutate", "p.yaml", folder=folder), 1)
    assert "p.yaml:14:96: number: 120 -> 121: no worked example notices (parameters.cap.values.2025-01-01.value; s 第3条)" in result.out, result.out
    assert " changes, " in result.out.splitlines()[-1]


if __name__ == "__main__":
    main(globals())
