# SPDX-License-Identifier: Apache-2.0
"""A payout that follows on another one: nothing twice, what was too much is told, a receipt is not believed."""
import datetime
import json
import random
from decimal import Decimal

import pytest

import tuoyu

PACK = """
tuoyu: 1
id: test.fund
title: t
in_force: 2024-01-01..
sources: {n: {title: n}}
facts:
  fund: {spent: {type: money, unit: CNY, range: "[0..1000000]"}}
  claim: {due: {type: money, unit: CNY, range: "[0..100000]"}, filed: {type: date}}
cost_sharing:
  support:
    title: t
    unit: CNY
    cite: n 1
    of: claim.due
    payers: [{id: city, rate: 0.3}, {id: county, rate: 0.7}]
    budget: {of: 1000, used: fund.spent, order: [claim.filed], when_short: pay_part}
"""
FIRST, SECOND = datetime.date(2024, 5, 1), datetime.date(2024, 6, 1)


@pytest.fixture
def rule():
    with tuoyu.Policy.load({"p.yaml": PACK}) as policy:
        yield policy.cost_sharing("support")


def pay(rule, day, claims, facts=None, receipt=None):
    with rule.budget(facts, as_of=day) as budget:
        if receipt is not None:
            budget.follow(receipt)
        for order, (name, due) in enumerate(claims.items(), 1):
            budget.add(name, {"claim.due": due, "claim.filed": datetime.date(2024, 1, order)})
        return budget.pay()


def test_the_second_payout_pays_the_rest(rule):
    first = pay(rule, FIRST, {"甲": 400, "𠮷": 450, "丙": 300}, {"fund.spent": 100})
    second = pay(rule, SECOND, {"甲": 380, "𠮷": 450, "丙": 320, "丁": 7}, None, first.receipt())
    assert (second.used, second.budget, second.paid, second.unpaid, second.claw_back) == (1000, 0, 0, 277, 20)
    by_id = {claim.id: claim for claim in second.claims}
    assert by_id["甲"].state is tuoyu.ClaimState.CLAW_BACK and by_id["甲"].claw_back == 20
    assert by_id["𠮷"].state is tuoyu.ClaimState.PAID_BEFORE and by_id["𠮷"].paid_before == 450
    assert by_id["丙"].paid_before == 50 and by_id["丙"].claimed == 320 and by_id["丁"].paid_before is None
    assert second.payers == {"city": Decimal("347.1"), "county": Decimal("809.9")} and second.whole == 1157
    assert second.states[tuoyu.ClaimState.UNPAID] == tuoyu.StateTotals(2, Decimal(327), Decimal(0))
    assert sum(totals.paid for totals in second.states.values()) == second.paid
    assert json.loads(second.to_json())["previous"]["paid"] == {"甲": "400", "𠮷": "450", "丙": "50"}


def test_a_receipt_that_was_cut_or_changed_is_refused_and_breaks_nothing(rule):
    first = pay(rule, FIRST, {"a": 400, "b": 450, "c": 300}, {"fund.spent": 100}).receipt()
    dice = random.Random(3)
    with rule.budget({"fund.spent": 1000}, as_of=SECOND) as budget:
        for end in range(len(first)):
            with pytest.raises(tuoyu.TuoyuError):
                budget.follow(first[:end])
        for _ in range(500):
            at = dice.randrange(len(first))
            changed = first[:at] + dice.choice('"{}[],:0a\\') + first[at + 1:]
            try:
                with rule.budget({"fund.spent": 1000}, as_of=SECOND) as other:
                    other.follow(changed)
            except tuoyu.TuoyuError as error:
                assert str(error)
        budget.follow(first)
        with pytest.raises(tuoyu.TuoyuError) as caught:
            budget.follow(first)
        assert caught.value.status == "TUOYU_ERROR_INVALID_ARGUMENT"


def test_what_cannot_be_followed(rule):
    first = pay(rule, FIRST, {"a": 400}, {"fund.spent": 100})
    for day, facts in ((datetime.date(2024, 4, 30), None), (SECOND, {"fund.spent": 499})):
        with rule.budget(facts, as_of=day) as budget, pytest.raises(tuoyu.TuoyuError) as caught:
            budget.follow(first.receipt())
        assert caught.value.status == "TUOYU_ERROR_INVALID_ARGUMENT"
    with rule.budget(as_of=SECOND) as budget:
        budget.add("a", {"claim.due": 1, "claim.filed": FIRST})
        with pytest.raises(tuoyu.TuoyuError):
            budget.follow(first.receipt())
        with pytest.raises(tuoyu.TuoyuError):
            budget.follow(first.to_json())
        with pytest.raises(TypeError):
            budget.follow(None)
        with pytest.raises(TypeError):
            budget.follow(b"{}")
