# SPDX-License-Identifier: Apache-2.0
"""The kept tallies (tests/kept/): read back, they measure what they measured; made again of the same rows, they are the same bytes."""

import base64
import csv
import datetime
import json
import pathlib

import pytest

import tuoyu

KEPT = pathlib.Path(__file__).resolve().parents[3] / "tests" / "kept"
TALLIES = [json.loads(line) for line in (KEPT / "tallies.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def policy():
    with tuoyu.Policy.load_files(*sorted((KEPT / "packs").glob("*.yaml"))) as loaded:
        yield loaded


def measures(tally, rule):
    yield json.loads(tally.measure().to_json())
    for kind in rule.regions:
        for region in tally.regions(kind):
            yield json.loads(tally.measure(kind, region).to_json())


def made_again(policy, rule, kept):
    tally = rule.tally(as_of=datetime.date.fromisoformat(kept["as_of"]))
    for entity in rule.entities:
        with open(KEPT / "beilun" / f"{entity}.csv", encoding="utf-8", newline="") as file:
            for row in list(csv.DictReader(file))[:kept["rows"]]:
                with policy.case({fact: text for fact, text in row.items() if text and fact in policy.facts}) as case:
                    tally.add(entity, case)
    return tally


def test_there_are_enough():
    assert len(TALLIES) >= 30


@pytest.mark.parametrize("kept", TALLIES, ids=lambda kept: f"{kept['rule']}-{kept['as_of']}")
def test_tally(policy, kept):
    rule = policy.indicator(kept["rule"])
    content = base64.b64decode(kept["bytes"])
    with rule.tally_from_bytes(content) as read:
        assert list(measures(read, rule)) == kept["measures"]
        assert read.to_bytes() == content
    with made_again(policy, rule, kept) as again:
        assert again.to_bytes() == content
