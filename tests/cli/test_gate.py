#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check as the gate: days without a number, values that never hold, and what no rule uses."""
from command_test import expect, main, run, write

HEAD = """\
tuoyu: 1
id: {id}
title: t
in_force: {days}
sources:
  s: {{title: s}}
"""
PRICE = """\
pricing:
  price: {{title: t, cite: s, unit: CNY/month, amount: '{amount}'}}
"""


def pack(parameters, amount="cap", days="2024-01-01..2025-12-31", more="", name="cn.gate"):
    return HEAD.format(id=name, days=days) + "parameters:\n" + parameters + more + PRICE.format(amount=amount)


def values(name, *days):
    """A parameter with a value from each day; a day with a dash ends it."""
    rows = ", ".join(f"{day[1:]}: {{end: true}}" if day[0] == "-" else f"{day}: {{value: 1}}" for day in days)
    return f"  {name}: {{unit: CNY/month, cite: s, standing: cited, values: {{{rows}}}}}\n"


def check(folder, text, *options, code=0):
    write(folder, {"gate.yaml": text})
    return expect(run("check", *options, "gate.yaml", folder=folder), code).err


def test_gaps_are_told_with_their_days(folder):
    for text, days in (
            (pack(values("cap", "2024-06-01")), "2024-01-01..2024-05-31"),
            (pack(values("cap", "2024-01-01", "-2025-01-01")), "2025-01-01..2025-12-31"),
            (pack(values("cap", "2024-01-01", "-2024-03-01", "2024-05-01")), "2024-03-01..2024-04-30"),
            (pack(values("cap", "2026-01-01")), "2024-01-01..2025-12-31"),
            (pack(values("cap", "2024-02-01"), days="2024-01-01.."), "2024-01-01..2024-01-31"),
            (pack(values("cap", "2024-01-01", "-2025-06-01"), days="2024-01-01.."), "2025-06-01.."),
            (pack(values("cap", "2024-06-01"), more="definitions:\n  base: {formula: cap, unit: CNY/month}\n", amount="base + 1"),
             "2024-01-01..2024-05-31"),
            (pack(values("cap", "2024-06-01"), amount='if as_of < date("2024-03-01") then 5 else cap'), "2024-03-01..2024-05-31")):
        found = check(folder, text)
        assert f"needs `cap`, which has no value on {days} (" in found, (text, found)


def test_numbers_that_suffice_are_not_told(folder):
    for text in (
            pack(values("cap", "2024-01-01")), pack(values("cap", "2020-01-01")), pack(values("cap", "2024-01-01", "2025-12-31")),
            pack(values("cap", "2024-01-01", "-2026-01-01")).replace(", 2026-01-01: {end: true}", ""),
            pack(values("cap", "2024-06-01"), amount='if as_of < date("2024-06-01") then 5 else cap'),
            pack(values("cap", "2024-06-01")).replace("cite: s, unit", "in_force: 2024-06-01..2025-12-31, cite: s, unit"),
            pack("  cap: {unit: CNY/month, unset: 未定}\n"),
            pack("  cap: {unit: CNY/month, delegated: {to: 县, standing: assumed, note: n}}\n")):
        found = check(folder, text)
        assert "no value" not in found and "never holds" not in found, (text, found)


def test_values_that_never_hold_are_told(folder):
    for days in (("2024-01-01", "2026-01-01"), ("2024-01-01", "2099-05-05"), ("2022-01-01", "2023-01-01"), ("2022-01-01", "2024-01-01")):
        found = check(folder, pack(values("cap", *days)))
        assert "this value of `cap` never holds: " in found and "2024-01-01..2025-12-31" in found, (days, found)
    override = "overrides:\n  shared_extra: {cite: s, standing: cited, values: {2027-01-01: {value: 5}}}\n"
    found = check(folder, pack(values("cap", "2024-01-01"), more=override).replace("sources:", "uses: [test.shared]\nsources:", 1))
    assert "this value of `shared_extra` never holds" in found, found


def test_a_range_of_days_lists_all_of_them(folder):
    text = pack(values("cap", "2024-01-01", "-2024-03-01", "2024-05-01"), days="2024-01-01..2024-06-30")
    found = check(folder, text, "--as-of-range", "2023-12-30..2024-08-01", code=1)
    assert "`cn.gate:price` is not in force on 2023-12-30..2023-12-31, 2024-07-01..2024-08-01" in found, found
    assert "needs `cap`, which has no value on 2024-03-01..2024-04-30" in found, found
    assert "no value" not in check(folder, pack(values("cap", "2024-01-01")), "--as-of-range", "2024-01-01..2025-12-31")
    found = check(folder, pack("  cap: {unit: CNY/month, unset: 未定}\n"), "--as-of-range=2024-05-01..2024-05-01", code=1)
    assert "no value on 2024-05-01..2024-05-01" in found, found
    for wrong in ("2024-01-01", "2024-02-30..2024-03-01", "2024-03-01..2024-02-01", "..", "2024-01-01..", ""):
        assert "--as-of-range" in check(folder, text, "--as-of-range", wrong, code=2)


def test_what_no_rule_uses_is_told(folder):
    more = ("facts:\n  child:\n    id: {type: string}\n    institution: {type: string}\n    used: {type: boolean}\n"
            "    idle: {type: boolean}\n  institution:\n    id: {type: string}\n"
            "definitions:\n  spare: {formula: other}\n"
            "tables:\n  bands:\n    standing: assumed\n    inputs: [child.idle]\n    outputs: [o]\n"
            "    rows:\n      - {when: ['-'], then: ['1']}\n")
    text = pack(values("cap", "2024-01-01") + values("other", "2024-01-01"), amount="if child.used then cap else 0", more=more)
    found = check(folder, text.replace("  s: {title: s}", "  s: {title: s}\n  t: {title: t}"))
    for kind, name in (("fact", "child.idle"), ("parameter", "other"), ("definition", "spare"), ("table", "bands")):
        assert f"no rule of these packs uses the {kind} `{name}`" in found, (name, found)
    assert "note: nothing cites the source `t`" in found, found
    assert found.count("no rule") == 4, found


def test_what_others_may_use_is_not_told(folder):
    used, idle = values("cap", "2024-01-01"), values("other", "2024-01-01")
    lower = pack("", amount="cap + other", name="cn.gate.city").replace("price:", "own:").replace("parameters:\n", "").replace("sources:", "uses: [cn.gate]\nsources:")
    write(folder, {"city.yaml": lower, "gate.yaml": pack(used + idle)})
    assert "no rule" in run("check", "gate.yaml", folder=folder).err
    for together in (("gate.yaml", "city.yaml"), ("city.yaml", "gate.yaml"), ("city.yaml",)):
        result = expect(run("check", *together, folder=folder), 0)
        assert "no rule" not in result.err, result
    assert "no rule" in run("check", "--apart", "gate.yaml", "city.yaml", folder=folder).err
    write(folder, {"words.yaml": HEAD.format(id="cn.words", days="2024-01-01..") + "parameters:\n" + idle})
    assert "no rule" not in expect(run("check", "words.yaml", folder=folder), 0).err


def test_only_what_is_missing_is_told(folder):
    """A pack without those that it uses: their names are not known, and that says nothing."""
    text = HEAD.format(id="cn.lower", days="2024-01-01..").replace("sources:", "uses: [cn.missing, cn.other]\nsources:") + (
        "parameters:\n  cap: {unit: CNY/month, cite: far 第1条, standing: cited, values: {2024-01-01: {value: 1}}}\n"
        "overrides:\n  elsewhere: {cite: s, standing: cited, values: {2024-01-01: {value: 1}}}\n"
        "definitions:\n  base: {formula: theirs + child.fee, unit: CNY/month}\n"
        "examples:\n  - {name: e, rule: unheard, as_of: 2024-05-05, given: {child: {fee: 1}}, expect: {amount: 1}}\n") + PRICE.format(
        amount="base + far_away(1)")
    found = check(folder, text, code=1)
    errors = [line for line in found.splitlines() if ": error: " in line]
    assert len(errors) == 2 and all("was not given" in line for line in errors), found
    above = HEAD.format(id="cn.above", days="2024-01-01..").replace("sources:", "uses: [cn.lower]\nsources:") + "definitions:\n  mine: {formula: gone}\n"
    write(folder, {"above.yaml": above, "gate.yaml": text})
    found = expect(run("check", "above.yaml", "gate.yaml", folder=folder), 1).err
    assert found.count(": error: ") == 2, found
    apart = HEAD.format(id="cn.apart", days="2024-01-01..") + "definitions:\n  mine: {formula: gone}\n"
    write(folder, {"apart.yaml": apart})
    assert "unknown name `gone`" in expect(run("check", "apart.yaml", "gate.yaml", folder=folder), 1).err
    found = check(folder, text.replace("far_away(1)", "1 +"), code=1)  # what is wrong in itself is told
    assert found.count(": error: ") == 3 and "expected an expression" in found, found


def test_a_long_line_is_shown_around_the_place(folder):
    for before, after in ((5000, 5000), (0, 5000), (5000, 0), (400, 700), (100, 10)):
        for filler in ("x", "托", "𠮷"):
            line = f"definitions: {{a: {{formula: '1', label: {filler * (before + 1)}}}, b: {{formula: wrong_name}}, c: {{formula: '2', label: {filler * (after + 1)}}}}}"
            found = check(folder, HEAD.format(id="cn.gate", days="2024-01-01..") + line + "\n", code=1).split("\n")
            place = next(i for i, one in enumerate(found) if "unknown name `wrong_name`" in one)
            column = int(found[place].split(":")[2])
            assert line[column - 1:].startswith("wrong_name")
            shown, caret = found[place + 1], found[place + 2]
            assert "wrong_name" in shown, shown
            width = lambda text: sum(2 if one in "托𠮷" else 1 for one in text)
            assert width(shown[:shown.index("wrong_name")]) == caret.index("^") and caret.count("^") == len("wrong_name")
            if len(line.encode()) > 1000:
                assert len(shown.encode()) < 500
                assert shown.strip().endswith("…") == (len(line[column:].encode()) > 300) or after < 200
                assert shown.strip().startswith("…") == (len(line[:column].encode()) > 130) or before < 200


def test_one_recipient_needs_no_payers(folder):
    shared = ("cost_sharing:\n  grant: {title: t, cite: s, unit: CNY/month, of: cap%s}\nexamples:\n"
              "  - {name: e, rule: grant, as_of: 2024-05-05, given: {}, expect: {whole: 1, shares: {fund: 1}}}\n")
    base = HEAD.format(id="cn.gate", days="2024-01-01..") + "parameters:\n" + values("cap", "2024-01-01")
    for parts in (", residual: fund", ", residual: {id: fund, label: 基金}", ", payers: [], residual: fund", ", payers: [{id: fund, rate: 1}]",
                  ", payers: [{id: fund}], residual: fund"):
        write(folder, {"gate.yaml": base + shared % parts})
        expect(run("test", "gate.yaml", folder=folder), 0, out="1 passed")
    for parts in ("", ", payers: []"):
        found = check(folder, base + shared % parts, code=1)
        assert "`residual: id` alone" in found and found.count(": error: ") == 1, found


if __name__ == "__main__":
    main(globals())
