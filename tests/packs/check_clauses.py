#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares clauses.csv, the clauses of the Beilun plan and the rules that answer them, with the packs: every rule is there,
cites the clause, and has worked examples that are met, unmet and undetermined. Where the plan gives no numbers, the examples
of the overlay of assumed ones count too. Beside the checkout, the table of clauses in the policy notes must be covered."""
import csv
import pathlib
import re
import sys

from pack_text import ROOT, packs

TABLE = pathlib.Path(__file__).with_name("clauses.csv")
NOTES = ROOT.parent / "shared" / "policy" / "FACTS.md"

# What an example of each kind of rule must expect to count as met, unmet, undetermined.
NUMBER = r"(?:amount|whole|value|numerator): [\d.]*[1-9]"
SIGNS = {
    "eligibility": (r"decision: eligible", r"decision: ineligible", r"decision: undetermined"),
    "pricing": (r"complies: true|" + NUMBER, r"complies: false|amount: 0\b|not_applicable", r"outcome: undetermined"),
    "cost_sharing": (r"shares: \{.*[1-9]", r"not_applicable|shares: \{.*: 0[,}]", r"outcome: undetermined"),
    "indicators": (r"met: true", r"met: false", r"met: unknown"),
    "untargeted": (r"value: [\d.]*[1-9]", r"value: (?!100\b)", r"unknown: [1-9]"),
}


def examples_of(all_packs, pack, rule):
    """The expectations of the examples that run this rule, in its own pack and in those that build on it."""
    for other in all_packs:
        own = other is pack or (pack.id in other.uses and rule not in other.rules)
        for example in other.examples:
            if example.rule == f"{pack.id}:{rule}" or (own and example.rule == rule):
                yield example.expect


def rule_findings(all_packs, pack, row):
    rule = row["rule"]
    if rule not in pack.rules:
        return [f"{pack.id} has no rule {rule}"]
    kind, block = pack.rules[rule]
    failures = []
    if not re.search(rf"cite: {re.escape(row['cite'])}(?=[,}}\n])", block):
        failures.append(f"{rule} does not cite {row['cite']}")
    signs = SIGNS["untargeted" if kind == "indicators" and "target:" not in block else kind]
    expectations = list(examples_of(all_packs, pack, rule))
    for label, sign in zip(("met", "unmet", "undetermined"), signs):
        if not any(re.search(sign, expectation) for expectation in expectations):
            failures.append(f"{rule} has no worked example that is {label}")
    return failures


def metadata_findings(pack, row):
    failures = []
    if not re.search(rf"^{re.escape(row['cite'])}$", pack.text, re.M) or "\nauthority: " not in pack.text:
        failures.append(f"{pack.id} lacks `{row['cite']}` or its authority")
    if not any("not_in_force" in example.expect for example in pack.examples):
        failures.append(f"{pack.id} has no worked example outside its time")
    return failures


def clauses_of_the_notes():
    if not NOTES.exists():
        return []
    section = re.search(r"^## 1\. .*?(?=^## 2\. )", NOTES.read_text(encoding="utf-8"), re.M | re.S).group()
    return [cells[1].strip() for cells in (line.split("|") for line in section.splitlines() if line.startswith("| "))
            if cells[1].strip() != "Clause"]


def main():
    all_packs = packs()
    by_id = {pack.id: pack for pack in all_packs}
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    passed, failures = 0, []
    for row in rows:
        pack = by_id.get(row["pack"])
        found = [f"no pack {row['pack']}"] if not pack else \
            rule_findings(all_packs, pack, row) if row["rule"] else metadata_findings(pack, row)
        failures += [f"{row['clause']}: {finding}" for finding in found]
        passed += not found
    covered = {row["clause"] for row in rows}
    failures += [f"{clause}: a clause of the notes that the table lacks" for clause in clauses_of_the_notes() if clause not in covered]
    print("\n".join(failures))
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
