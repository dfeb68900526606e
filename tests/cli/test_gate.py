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


if __name__ == "__main__":
    main(globals())
