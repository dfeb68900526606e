#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One family's quote, split and verdict from Python.

    PYTHONPATH=build/bindings/python python3 examples/family.py 2025-09-30 ANSWERS.json

Prints three lines and writes the three answers as JSON, one a line, which is the same from every language."""
import datetime
import pathlib
import sys

import tuoyu

EXAMPLES = pathlib.Path(__file__).resolve().parent
PACKS = ["national/childcare-standards.yaml", "national/child-allowance.yaml", "national/child-health-visits.yaml",
         "national/family-childcare-sites.yaml", "ningbo/childcare-construction-grant.yaml", "beilun/inclusive-childcare.yaml",
         "beilun/illustrative.yaml"]


def main(as_of, answers_path):
    as_of = datetime.date.fromisoformat(as_of)
    with tuoyu.Policy.load_files(*(EXAMPLES / "packs" / name for name in PACKS)) as policy, policy.case() as family:
        family.read((EXAMPLES / "beilun" / "family.yaml").read_text(encoding="utf-8"), "family.yaml")
        quote = policy.pricing("monthly_fee").quote(family, as_of=as_of)
        split = policy.cost_sharing("monthly_care_cost").split(family, as_of=as_of)
        verdict = policy.eligibility("inclusive_place").verdict(family, as_of=as_of)

        print(f"  报价 quote    {quote.amount} {quote.unit}, over by {quote.excess}")
        print("  分担 split    " + ", ".join(f"{line.payer} {line.amount}" for line in split.lines))
        print(f"  认定 verdict  {verdict.decision.name}")
        answers = "".join(answer.to_json() + "\n" for answer in (quote, split, verdict))
        pathlib.Path(answers_path).write_text(answers, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
