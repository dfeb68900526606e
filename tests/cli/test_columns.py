#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No two columns of an output have one name: over all rules of the example packs, and of packs that try."""
import csv
import io
import itertools
import re
import sys

from command_test import ROOT, expect, main, run, write

sys.path.insert(0, str(ROOT / "tests" / "packs"))
import pack_text  # noqa: E402  pylint: disable=wrong-import-position

HOSTILE = """\
tuoyu: 1
id: test.{pack}
title: t
in_force: 2024-01-01..
facts: {{a: {{m: {{type: money, unit: CNY, range: "[0..1000]"}}, b: {{type: boolean}}}}}}
pricing:
  error: {{title: t, unit: CNY, amount: a.m}}
  outcome: {{title: t, unit: CNY, amount: a.m}}
  price: {{title: t, unit: CNY, amount: a.m}}
eligibility:
  missing: {{title: t, all: [{{id: decision, when: a.b}}]}}
cost_sharing:
  split: {{title: t, unit: CNY, of: a.m, payers: [{{id: {payer}, rate: 0.5}}], residual: {residual}}}
"""


def header_of(folder):
    return next(csv.reader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8"))))


def assert_unique(names):
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]


def fact_of(pack):
    """Some fact that the pack declares."""
    lines = pack.section("facts").splitlines()
    entity = next(line.strip().rstrip(":") for line in lines if re.match(r"  \w+:$", line))
    return f"{entity}." + next(line.strip().split(":")[0] for line in lines if re.match(r"    \w+:", line))


def test_all_rules_of_the_example_packs(folder):
    """On each day of a worked example, all rules that it could be asked of at once."""
    asked = 0
    for pack in pack_text.packs():
        rules = [f"{pack.id}:{name}" for name, (kind, _) in pack.rules.items() if kind != "indicators"]
        facts = pack.section("facts")
        for day in sorted({example.as_of for example in pack.examples}) if rules and facts else []:
            write(folder, {"rows.csv": fact_of(pack) + "\n"})
            result = run("run", pack.path, *(word for rule in rules for word in ("--rule", rule)), "--input", "rows.csv", "--output", "out.csv",
                         "--as-of", day, "--packs", pack_text.PACKS, folder=folder)
            expect(result, 0, err="0 rows")
            names = header_of(folder)
            assert_unique(names)
            assert all(f"{rule}.outcome" in names for rule in rules), names
            asked += 1
    assert asked > 10, asked


def ask(folder, payer, residual, *, rules=("split",), header="a.m,a.b", pack="one"):
    write(folder, {"one.yaml": HOSTILE.format(pack="one", payer=payer, residual=residual),
                   "two.yaml": HOSTILE.format(pack="two", payer="gov", residual="family").replace("a:", "c:").replace("a.", "c."),
                   "rows.csv": header + "\n" + "," * header.count(",") + "\n"})
    return run("run", "one.yaml", "two.yaml", *(word for rule in rules for word in ("--rule", rule)), "--input", "rows.csv", "--output", "out.csv",
               "--as-of", "2025-01-01", folder=folder)


def test_payers_that_are_called_as_other_columns_are(folder):
    for payer, residual in itertools.permutations(["whole", "outcome", "missing", "standing", "error", "amount", "payers", "decision", "family"], 2):
        expect(ask(folder, payer, residual, rules=("test.one:split",)), 0)
        assert_unique(header_of(folder))
        assert {f"test.one:split.payers.{payer}", f"test.one:split.payers.{residual}"} <= set(header_of(folder))


def test_rules_of_one_short_name(folder):
    expect(ask(folder, "gov", "family", rules=("split",)), 2, err="test.one")
    rules = [f"test.{pack}:{name}" for pack in ("one", "two") for name in ("split", "error", "outcome", "price", "missing")]
    expect(ask(folder, "gov", "family", rules=rules), 0)
    names = header_of(folder)
    assert_unique(names)
    assert "test.one:split.payers.gov" in names and "test.two:split.payers.gov" in names and names[-1] == "error", names
    expect(ask(folder, "gov", "family", rules=("test.one:split", "test.one:split")), 2, err="twice")


def test_columns_of_the_input_that_are_added_too(folder):
    rules = ("test.one:split", "test.one:error")
    for name in ("error", "test.one:split.whole", "test.one:error.amount", "test.one:split.payers.gov", "test.one:split.outcome"):
        for written in (name, f" {name} ", f"{name}\u3000", f'"{name}"'):
            expect(ask(folder, "gov", "family", rules=rules, header=f"a.m,{written}"), 2, err=["added here", name])
    for pair in ("x,x", "x, x", "a.m,a.m\u00a0"):
        expect(ask(folder, "gov", "family", rules=rules, header=f"a.b,{pair}"), 2, err="are both")


if __name__ == "__main__":
    main(globals())
