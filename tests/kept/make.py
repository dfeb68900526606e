#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the kept answers again: run it only where a change of their bytes is meant, and say in the same commit why.

    PYTHONPATH=build/bindings/python python3 tests/kept/make.py

What it writes beside itself:
  worked_examples.txt  what `tuoyu test --answers` prints for the packs in packs/
  receipts.jsonl       a receipt a line: of worked examples and of the cases in tests/vectors/, at most two for each
                       rule and outcome; of indicators over the rows in beilun/; of payouts
  payouts.jsonl        the claims and the budget's case of each payout, in the order of their receipts
  tallies.jsonl        tallies as bytes (base64) with what they measure, of all indicators over the rows in beilun/

The packs are copies, so that the sums in receipts stay while the example packs go on. Needs PyYAML."""
import base64
import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import yaml

import tuoyu

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from kept_answers import COMMAND, DATA, KEPT, PACKS, VECTORS, pack_files  # noqa: E402

MOST_OF_ONE_OUTCOME = 2
DAYS = ("2024-06-15", "2025-09-30")


def receipt_of(rule, as_of, packs, *more):
    """The receipt's text, or None where there is no answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "receipt.json"
        command = [str(COMMAND), *more, "--rule", rule, "--as-of", as_of, "--receipt", str(path), *map(str, packs)]
        subprocess.run(command, capture_output=True, check=False)
        return path.read_text(encoding="utf-8") if path.exists() else None


class Receipts:
    def __init__(self):
        self.lines, self.counts = [], collections.Counter()

    def add(self, receipt):
        if receipt is None:
            return False
        parsed = json.loads(receipt)
        outputs = parsed["outputs"]
        kind = (parsed["rule"], outputs["outcome"], outputs.get("decision"), outputs.get("complies"), len(outputs["missing"]) > 0)
        if self.counts[kind] >= MOST_OF_ONE_OUTCOME or receipt in self.lines:
            return False
        self.counts[kind] += 1
        self.lines.append(receipt)
        return True


def write_case(folder, facts):
    path = pathlib.Path(folder) / "case.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return path


def add_worked_examples(receipts):
    """Every worked example that is one case."""
    for path in sorted(PACKS.glob("*.yaml")):
        pack = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for example in pack.get("examples", []):
            if not isinstance(example.get("given"), dict) or "claims" in example or "rows" in example:
                continue
            rule = example["rule"] if ":" in example["rule"] else f"{pack['id']}:{example['rule']}"
            with tempfile.TemporaryDirectory() as folder:
                case = write_case(folder, example["given"])
                receipts.add(receipt_of(rule, example["as_of"], pack_files(), "eval", "--case", str(case)))


def add_vectors(receipts, payouts):
    """The cases that C, Python and Java all run. Their packs go beside the others."""
    for path in sorted(VECTORS.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        packs = []
        for number, pack in enumerate(document["packs"]):
            packs.append(PACKS / "vectors" / f"{path.stem}-{number}.yaml")
            packs[-1].parent.mkdir(exist_ok=True)
            packs[-1].write_text(pack["text"], encoding="utf-8")
        for case in document["cases"]:
            if "rows" in case:
                continue
            with tempfile.TemporaryDirectory() as folder:
                given = write_case(folder, case["given"])
                if "claims" not in case:
                    receipts.add(receipt_of(case["rule"], case["as_of"], packs, "eval", "--case", str(given)))
                    continue
                claims = claims_text(case["claims"])
                (pathlib.Path(folder) / "claims.csv").write_text(claims, encoding="utf-8")
                made = receipt_of(case["rule"], case["as_of"], packs, "pay", "--case", str(given), "--input", f"{folder}/claims.csv",
                                  "--output", f"{folder}/out.csv")
                if receipts.add(made):
                    payouts.append(json.dumps({"given": case["given"], "claims": claims}, ensure_ascii=False))


def claims_text(claims):
    names = sorted({f"{entity}.{name}" for claim in claims.values() for entity, facts in claim.items() for name in facts})
    lines = [["id", *names]]
    for key, claim in claims.items():
        facts = {f"{entity}.{name}": value for entity, inner in claim.items() for name, value in inner.items()}
        lines.append([key, *(cell(facts.get(name, "")) for name in names)])
    return "".join(",".join(line) + "\n" for line in lines)


def cell(value):
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)


def indicators(policy):
    """Names of the indicators whose rows are in beilun/."""
    for name in policy.rules:
        try:
            rule = policy.indicator(name)
        except tuoyu.TuoyuError:
            continue
        if all((DATA / f"{entity}.csv").exists() for entity in rule.entities):
            yield name, rule


def rows_of(entity):
    with open(DATA / f"{entity}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tally_line(policy, name, rule, as_of, rows):
    tally = rule.tally(as_of=datetime.date.fromisoformat(as_of))
    for entity in rule.entities:
        for row in rows_of(entity)[:rows]:
            with policy.case() as case:
                for fact, text in row.items():
                    if text and fact in policy.facts:
                        case[fact] = text
                tally.add(entity, case)
    measures = [json.loads(tally.measure().to_json())]
    for kind in rule.regions:
        measures += [json.loads(tally.measure(kind, region).to_json()) for region in tally.regions(kind)]
    return json.dumps({"rule": name, "as_of": as_of, "rows": rows, "bytes": base64.b64encode(tally.to_bytes()).decode("ascii"),
                       "measures": measures}, ensure_ascii=False)


def main():
    receipts, payouts, tallies = Receipts(), [], []
    add_worked_examples(receipts)
    add_vectors(receipts, payouts)
    policy = tuoyu.Policy.load_files(*pack_files())
    for name, rule in indicators(policy):
        for as_of, rows in zip(DAYS, (7, None)):
            try:
                tallies.append(tally_line(policy, name, rule, as_of, rows))
            except tuoyu.TuoyuError as error:
                print(f"{name} on {as_of}: {error}", file=sys.stderr)
                continue
            receipts.add(receipt_of(name, as_of, pack_files(), "eval", "--data", str(DATA)))
    (KEPT / "receipts.jsonl").write_text("".join(receipts.lines), encoding="utf-8")
    (KEPT / "payouts.jsonl").write_text("".join(line + "\n" for line in payouts), encoding="utf-8")
    (KEPT / "tallies.jsonl").write_text("".join(line + "\n" for line in tallies), encoding="utf-8")
    answers = subprocess.run([str(COMMAND), "test", "--answers", *map(str, pack_files())], capture_output=True, check=True).stdout
    (KEPT / "worked_examples.txt").write_bytes(answers)
    print(f"{len(receipts.lines)} receipts, {len(payouts)} of them payouts; {len(tallies)} tallies; "
          f"{answers.count(bytes([10])) - 1} worked examples")


if __name__ == "__main__":
    main()
