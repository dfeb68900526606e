# SPDX-License-Identifier: Apache-2.0
"""The vector files that C, Python and Java all run: the same packs, cases and JSON answers."""

import datetime
import json
import pathlib

import pytest

import tuoyu

VECTORS = pathlib.Path(__file__).resolve().parents[3] / "tests" / "vectors"


def cases():
    for path in sorted(VECTORS.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for number, case in enumerate(document["cases"]):
            yield pytest.param(path.stem, document["packs"], case, id=f"{path.stem}-{number}")


def answer(policy, kind, case):
    as_of = datetime.date.fromisoformat(case["as_of"])
    if kind == "indicator":
        tally = policy.indicator(case["rule"]).tally(as_of=as_of)
        for entity, rows in case["rows"].items():
            for row in rows:
                with policy.case() as facts:
                    facts.read(json.dumps({entity: row}, ensure_ascii=False))
                    tally.add(entity, facts)
        for entity, count in case.get("unreadable", {}).items():
            tally.add_unreadable(entity, count)
        (region,) = case.get("region", {}).items() or [(None, None)]
        return tally.measure(*region)
    facts = policy.case()
    facts.read(json.dumps(case["given"], ensure_ascii=False))
    if "claims" in case:
        budget = policy.cost_sharing(case["rule"]).budget(facts, as_of=as_of)
        for id, given in case["claims"].items():
            with policy.case() as claim:
                claim.read(json.dumps(given, ensure_ascii=False))
                budget.add(id, claim)
        return budget.pay()
    if kind == "pricing":
        return policy.pricing(case["rule"]).quote(facts, as_of=as_of)
    if kind in ("cost_sharing", "budget"):
        return policy.cost_sharing(case["rule"]).split(facts, as_of=as_of)
    return policy.eligibility(case["rule"]).verdict(facts, as_of=as_of)


@pytest.mark.parametrize("kind, packs, case", list(cases()))
def test_vector(kind, packs, case):
    with tuoyu.Policy.load([(pack["name"], pack["text"]) for pack in packs]) as policy:
        if "error" in case:
            with pytest.raises(tuoyu.TuoyuError) as caught:
                answer(policy, kind, case)
            assert caught.value.status == case["error"]
        else:
            assert json.loads(answer(policy, kind, case).to_json()) == case["expect"]


def test_there_are_vectors_of_each_kind():
    assert {path.stem for path in VECTORS.glob("*.json")} == {"pricing", "cost_sharing", "budget", "eligibility", "indicator"}
