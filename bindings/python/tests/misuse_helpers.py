# SPDX-License-Identifier: Apache-2.0
"""What the tests of misuses ask, and of whom."""

import datetime

import pytest

import tuoyu
from child_process import CITY

DAY = datetime.date(2025, 1, 1)
PACK = CITY.read_text(encoding="utf-8")
FEE = {"child.fee": 1000}
CHILD = {"child.fee": 1000, "child.share": 50, "child.kind": "private", "child.registered": True,
         "child.birth_date": datetime.date(2023, 5, 1)}


@pytest.fixture
def policy():
    with tuoyu.Policy.load({"city.yaml": PACK}) as loaded:
        yield loaded


def tally_of(policy, rows=3):
    tally = policy.indicator("certified_rate").tally(as_of=DAY)
    for number in range(rows):
        tally.add("staff", {"certified": number % 2 == 0, "subdistrict": "小港"})
    return tally


def answers_of(policy):
    """One of each kind."""
    return [
        policy.pricing("ceiling").quote(FEE, as_of=DAY),
        policy.cost_sharing("shares").split(CHILD, as_of=DAY),
        policy.eligibility("rated").verdict(CHILD, as_of=DAY),
        tally_of(policy).measure(),
        policy.cost_sharing("support").budget(as_of=DAY).pay()
    ]


def rules_of(policy):
    return [policy.pricing("ceiling"), policy.cost_sharing("shares"), policy.eligibility("entitled"),
            policy.indicator("certified_rate")]


def ask(rule, facts):
    """What any kind of rule answers."""
    if isinstance(rule, tuoyu.Indicator):
        tally = rule.tally(as_of=DAY)
        tally.add("staff", facts)
        return tally.measure()
    name = {tuoyu.Pricing: "quote", tuoyu.CostSharing: "split", tuoyu.Eligibility: "verdict"}[type(rule)]
    return getattr(rule, name)(facts, as_of=DAY)


def facts_for(rule):
    return {"certified": True} if isinstance(rule, tuoyu.Indicator) else CHILD


def refuses(kind, match, *calls):
    """Each of the calls raises an exception of this kind, whose text matches."""
    for call in calls:
        with pytest.raises(kind, match=match or None):
            call()
