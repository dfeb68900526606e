# SPDX-License-Identifier: Apache-2.0
"""The Python package as its users meet it."""

import copy
import datetime
import gc
import hashlib
import json
import pathlib
import pickle
import subprocess
import threading
from decimal import Decimal

import pytest

import tuoyu

ROOT = pathlib.Path(__file__).resolve().parents[3]
DAY = datetime.date(2025, 1, 1)

PACK = (ROOT / "bindings" / "tests" / "city.yaml").read_text(encoding="utf-8")


@pytest.fixture
def policy():
    with tuoyu.Policy.load({"test.yaml": PACK}) as loaded:
        yield loaded


def test_numbers_are_exact_decimals(policy):
    quote = policy.pricing("ceiling").quote({"child.fee": Decimal("1050.55")}, as_of=DAY)
    assert quote.outcome is tuoyu.Outcome.DETERMINED
    assert quote.amount == Decimal("2101.10") and isinstance(quote.amount, Decimal)
    assert quote.unit == "CNY/month"
    assert [(step.id, step.value) for step in quote.steps] == [("doubled", Decimal("2101.1")), ("bounded", Decimal("2101.1"))]
    assert quote.complies is True and quote.excess == 0
    assert quote.standing is tuoyu.Standing.CITED
    assert [(citation.text, citation.text_en) for citation in quote.citations if citation.name.endswith("limit")] == \
        [("通知 第二条", "Notice 第二条")]


def test_shares_sum_to_the_whole_to_the_fen(policy):
    rule = policy.cost_sharing("shares")
    for fen in (0, 1, 3, 5, 105055, 333333, 9999999):
        for share in (0, 1, 33, 50, 100):
            split = rule.split({"child": {"fee": Decimal(fen) / 100, "share": share}}, as_of=DAY)
            assert split.whole == Decimal(fen) / 100
            assert sum(line.amount for line in split.lines) == split.whole
            assert [line.payer for line in split.lines] == ["district", "family"]


def test_subsidies_say_which_gives_way_to_which(policy):
    rule = policy.cost_sharing("support")
    with rule.split({"child": {"fee": 500, "share": 50, "kind": "public"}}, as_of=DAY) as split:
        fee, public = split.subsidies("en")
        assert (fee.claimed, fee.amount, fee.state, fee.instead) == (250, 0, tuoyu.SubsidyState.EXCLUDED, "public_support")
        assert (fee.combination, fee.because, fee.label) == ("not_twice", "The higher one", "Fee support")
        assert (public.amount, public.state, public.combination, public.because) == (300, tuoyu.SubsidyState.PAID, None, "")
        assert split.whole == 300 and split.binding is None and split.before_bounds == 300
    with policy.cost_sharing("capped").split({"child.fee": 5000}, as_of=DAY) as split:
        assert (split.whole, split.binding, split.before_bounds, split.subsidies()) == (4000, "top", 5000, [])


def test_a_budget_runs_out_and_the_rest_is_listed(policy):
    rule = policy.cost_sharing("support")
    claim = {"child.fee": 6000, "child.share": 50, "child.kind": "private"}
    with rule.budget(as_of=DAY) as budget:
        budget.add("late", {**claim, "child.birth_date": datetime.date(2023, 5, 1)})
        budget.add("𠮷", {**claim, "child.birth_date": datetime.date(2022, 5, 1)})
        budget.add("open", claim)
        with pytest.raises(tuoyu.TuoyuError) as caught:
            budget.add("open", claim)
        assert caught.value.status == "TUOYU_ERROR_DUPLICATE"
        with pytest.raises(tuoyu.TuoyuError) as caught:
            budget.add("bad", {**claim, "child.fee": Decimal("0.001")})
        payout = budget.pay()
    assert payout.outcome is tuoyu.Outcome.UNDETERMINED  # `open` might come before the others
    assert (payout.budget, payout.paid, payout.left, payout.unpaid, payout.unit) == (4000, 4000, 0, 2000, "CNY/month")
    first, second, third, fourth = payout.claims
    assert (first.id, first.paid, first.state, first.status, first.missing) == ("𠮷", 3000, tuoyu.ClaimState.PAID, None, [])
    assert (second.id, second.claimed, second.paid, second.state) == ("late", 3000, 1000, tuoyu.ClaimState.IN_PART)
    assert (third.id, third.paid, third.state, third.missing) == ("open", None, tuoyu.ClaimState.OPEN, ["child.birth_date"])
    assert (third.duplicates, first.duplicates, first.is_final, third.is_final) == (1, 0, False, False)
    assert (fourth.id, fourth.state) == ("bad", tuoyu.ClaimState.ERROR)
    assert fourth.status == "TUOYU_ERROR_FACT_RANGE"
    assert json.loads(payout.to_json())["kind"] == "payout" and "部分发放" in payout.to_text()
    with pytest.raises(tuoyu.TuoyuError) as caught:
        policy.cost_sharing("shares").budget(as_of=DAY)
    assert caught.value.status == "TUOYU_ERROR_NOT_FOUND"


def test_claims_of_one_id_are_paid_once_or_not_at_all(policy):
    born = datetime.date(2022, 5, 1)
    claim = {"child.fee": 1000, "child.share": 50, "child.kind": "private", "child.birth_date": born}
    records = [("same", claim), ("same", {**claim, "child.fee": Decimal("1000.00")}),
               ("other", claim), ("other", {**claim, "child.fee": 1}),
               ("torn", claim), (" torn\u3000", {**claim, "child.fee": "x"}), ("alone", claim)]
    seen = set()
    for order in (records, records[::-1], records[1::2] + records[::2]):
        with policy.cost_sharing("support").budget(as_of=DAY) as budget:
            raised = []
            for id, facts in order:
                try:
                    budget.add(id, facts)
                except tuoyu.TuoyuError as error:
                    raised.append(error.status)
            payout = budget.pay()
        assert raised.count("TUOYU_ERROR_DUPLICATE") + raised.count("TUOYU_ERROR_FACT_TYPE") >= 3
        paid = {made.id: (made.paid, made.status, made.duplicates) for made in payout.claims}
        assert paid == {
            "same": (500, None, 1),
            "alone": (500, None, 0),
            "other": (None, "TUOYU_ERROR_DUPLICATE", 1),
            "torn": (None, "TUOYU_ERROR_DUPLICATE", 1)
        }, paid
        assert payout.paid == 1000 and payout.overspent == 0
        seen.add(tuple(made.id for made in payout.claims if made.paid is not None))
    assert seen == {("alone", "same")}


def test_records_that_are_no_claims_stay_on_the_payout(policy):
    born = datetime.date(2022, 5, 1)
    claim = {"child.fee": 1000, "child.share": 50, "child.kind": "private", "child.birth_date": born}
    with policy.cost_sharing("support").budget(as_of=DAY) as budget:
        budget.add("paid", claim)
        budget.add("torn", claim)
        budget.add_unreadable()
        budget.add_unreadable("\u3000short ")
        with pytest.raises(tuoyu.TuoyuError) as caught:
            budget.add_unreadable("torn")
        assert caught.value.status == "TUOYU_ERROR_DUPLICATE"
        for wrong in (None, 7, "a\0b", "a\nb"):
            with pytest.raises((TypeError, tuoyu.TuoyuError)):
                budget.add_unreadable(wrong)
        payout = budget.pay()
    assert payout.outcome is tuoyu.Outcome.UNDETERMINED and payout.paid == 500
    listed = sorted((made.id, made.status) for made in payout.claims if made.paid is None)
    assert listed == [("", "TUOYU_ERROR_SYNTAX"), ("short", "TUOYU_ERROR_SYNTAX"), ("torn", "TUOYU_ERROR_DUPLICATE")]
    assert [made.is_final for made in payout.claims if made.id == "paid"] == [False]


def test_a_verdict_gives_reasons_and_survives_rare_characters(policy):
    facts = {"child.birth_date": datetime.date(2023, 1, 1), "child.registered": True, "child.name": "𠮷田"}
    verdict = policy.eligibility("entitled").verdict(facts, as_of=DAY)
    assert verdict.decision is tuoyu.Decision.ELIGIBLE
    assert [reason.id for reason in verdict.reasons()] == ["young", "registered", "named"]
    assert verdict.reasons("zh")[2].text == "姓名为𠮷田"
    assert "𠮷" in verdict.explain("zh")
    assert verdict.explain("en", reader="engineer") == verdict.to_text("en", explain=True) == verdict.explain("en")
    assert verdict.explain("en", reader="official") == verdict.to_text("en")
    plain = verdict.explain(reader="parent")
    assert "\n答：符合条件。\n" in plain and len(plain.splitlines()) <= 12 and "child." not in plain
    for wrong, error in (("child", ValueError), ("", ValueError), (None, TypeError), (1, TypeError)):
        with pytest.raises(error, match="reader"):
            verdict.explain("zh", reader=wrong)
    assert json.loads(verdict.to_json())["decision"] == "eligible"


def test_scores_grades_and_checklists(policy):
    facts = {"child.birth_date": datetime.date(2024, 12, 2), "child.registered": True, "child.fee": Decimal("2500")}
    verdict = policy.eligibility("rated").verdict(facts, as_of=DAY)
    assert verdict.decision is tuoyu.Decision.ELIGIBLE
    assert verdict.valid_until == datetime.date(2034, 12, 2)
    assert (verdict.score, verdict.score_lower, verdict.score_upper) == (85, 85, 85)
    assert verdict.points("en") == [tuoyu.Points("registered", "registered here", Decimal(60)), tuoyu.Points("fee", "fee", Decimal(25))]
    assert verdict.grades("en") == [tuoyu.Grade("A", "good", "no inspection")]
    day = datetime.date
    assert verdict.checklist() == [
        tuoyu.ChecklistItem("visit", "访视", tuoyu.ChecklistState.DONE, None, day(2024, 12, 30), day(2025, 1, 1))]
    del facts["child.registered"]
    verdict = policy.eligibility("rated").verdict(facts, as_of=DAY)
    assert (verdict.score, verdict.score_lower, verdict.score_upper) == (None, 25, 85)
    assert [grade.id for grade in verdict.grades()] == ["A", "B"]
    assert verdict.checklist("en")[0].state is tuoyu.ChecklistState.OPEN
    plain = policy.eligibility("entitled").verdict(facts, as_of=DAY)
    assert (plain.valid_until, plain.score, plain.points(), plain.grades(), plain.checklist()) == (None, None, [], [], [])


def test_a_waiting_list_orders_whatever_comes_first(policy):
    def child(born, fee="3000"):
        return {"child.birth_date": datetime.date(2024, 1, born), "child.registered": True, "child.fee": Decimal(fee)}
    with policy.eligibility("rated").waiting_list(1, as_of=DAY) as waiting:
        waiting.add("young", child(9))
        waiting.add("𠮷", child(2))
        waiting.add("cheap", child(1, "100"))
        waiting.add("unknown", {"child.registered": True})
        with pytest.raises(tuoyu.TuoyuError) as caught:
            waiting.add("young", child(1))
        assert caught.value.status == "TUOYU_ERROR_DUPLICATE"
        entries = waiting.entries("en")
        states = tuoyu.WaitingState
        assert [(entry.id, entry.state, entry.position) for entry in entries] == [
            ("𠮷", states.ADMITTED, 1), ("young", states.WAITING, 2), ("unknown", states.PENDING, None), ("cheap", states.REFUSED, None)]
        assert entries[1].reason == "place 2, waiting; behind 𠮷 by age, 9 January 2024 against 2 January 2024"
        assert waiting.to_dict()["entries"][1]["behind_by"] == "age"
        assert "𠮷：第 1 位，录取" in str(waiting)
    with pytest.raises(tuoyu.TuoyuError):
        policy.eligibility("entitled").waiting_list(1, as_of=DAY)


def test_a_receipt_says_what_the_answer_rested_on(policy):
    facts = {"child.fee": Decimal("1050.50"), "child.name": "𠮷田", "child.registered": False}
    quote = policy.pricing("ceiling").quote(facts, as_of=DAY)
    receipt = json.loads(quote.receipt())
    assert list(receipt) == ["receipt", "engine", "rule", "as_of", "packs", "inputs", "outputs"]
    assert receipt["packs"] == [{"id": "test.city", "sha256": hashlib.sha256(PACK.encode()).hexdigest()}]
    assert receipt["inputs"] == {"child.fee": "1050.5", "child.name": "𠮷田", "child.registered": False}
    assert receipt["outputs"] == quote.to_dict() and receipt["as_of"] == "2025-01-01"
    assert quote.receipt() == policy.pricing("ceiling").quote(dict(reversed(facts.items())), as_of=DAY).receipt()


def test_an_explanation_is_a_tree(policy):
    tree = policy.pricing("ceiling").quote({"child.fee": Decimal("1050.55")}, as_of=DAY).explanation()
    assert tree["kind"] == "rule" and tree["value"] == "2101.1" and tree["children"]
    leaves, nodes = [], [tree]
    for node in nodes:
        nodes += node.get("children", [])
        if not node.get("children"):
            leaves.append(node)
    assert {leaf["kind"] for leaf in leaves} <= {"fact", "parameter", "step"}
    assert any(leaf["name"] == "child.fee" and leaf["value"] == "1050.55" for leaf in leaves)


def test_missing_is_neither_zero_nor_false(policy):
    verdict = policy.eligibility("entitled").verdict({"child.registered": True}, as_of=DAY)
    assert verdict.decision is tuoyu.Decision.UNDETERMINED
    assert {missing.name for missing in verdict.missing} == {"child.birth_date", "child.name"}
    assert {missing.status for missing in verdict.missing} == {"TUOYU_ERROR_FACT_MISSING"}
    assert {missing.held_by for missing in verdict.missing} == {"卫生健康部门𠮷", ""}
    assert (verdict.objection(), verdict.objection("en")) == ("六十日内向区政府提出", "to the district within sixty days")
    assert "（卫生健康部门𠮷有）" in verdict.explain(reader="parent") and "六十日内" in verdict.explain(reader="parent")
    quote = policy.pricing("ceiling").quote({}, as_of=DAY)
    assert quote.objection() == ""
    assert quote.outcome is tuoyu.Outcome.UNDETERMINED and quote.amount is None and quote.complies is None


def test_an_indicator_tallies_regions(policy):
    tally = policy.indicator("certified_rate").tally(as_of=DAY)
    for region in ("小港街道", "大碶街道"):
        tally.add("subdistrict", {"id": region})
    for certified in (True, True, True, False):
        tally.add("staff", {"certified": certified, "subdistrict": "小港街道"})
    tally.add("staff", {"subdistrict": "小港街道"})
    measure = tally.measure()
    assert (measure.value, measure.target, measure.unit, measure.unknown) == (75, 80, "percent", 1)
    assert (measure.lower, measure.upper, measure.met) == (60, 80, None)
    assert (measure.distance, measure.distance_unit) == (1, "staff")
    assert tally.measure("subdistrict", "大碶街道").value is None
    assert set(tally.regions("subdistrict")) == {"小港街道", "大碶街道"}
    with pytest.raises(tuoyu.TuoyuError):
        tally.measure("subdistrict", "没有街道")


def test_records_that_cannot_be_read_count_as_unknown(policy):
    indicator = policy.indicator("certified_rate")
    tally = indicator.tally(as_of=DAY)
    for certified in (True, True, True, False):
        tally.add("staff", {"certified": certified, "subdistrict": "小港街道"})
    tally.add("staff", {"subdistrict": "小港街道"})
    assert tally.measure().records == tuoyu.Records(read=5, determined=4, undetermined=1, not_applicable=0, not_in_force=0, error=0, unreadable=0)
    tally.add_unreadable("staff")
    tally.add_unreadable("staff", 2)
    tally.add_unreadable("nobody", 7)
    measure = tally.measure()
    assert (measure.value, measure.unknown, measure.unreadable, measure.met) == (75, 4, 3, None)
    assert (measure.lower, measure.upper) == (Decimal("37.5"), Decimal("87.5"))
    assert measure.records == tuoyu.Records(read=8, determined=4, undetermined=1, not_applicable=0, not_in_force=0, error=0, unreadable=3)
    assert measure.outcome is tuoyu.Outcome.UNDETERMINED and json.loads(measure.to_json())["unreadable"] == 3
    assert measure.reason() == "3 条记录无法读取；1 行资料不全，缺少：staff.certified"
    assert measure.reason("en") == "3 records cannot be read; 1 row is incomplete, missing: staff.certified"
    region = tally.measure("subdistrict", " 小港街道\u3000")
    assert (region.unreadable, region.records, region.lower) == (3, None, Decimal("37.5"))
    read = indicator.tally_from_bytes(tally.to_bytes())
    read.merge(tally)
    assert read.measure().records == tuoyu.Records(read=16, determined=8, undetermined=2, not_applicable=0, not_in_force=0, error=0, unreadable=6)
    with pytest.raises(tuoyu.TuoyuError):
        tally.add_unreadable("staff", -1)
    with pytest.raises(TypeError):
        tally.add_unreadable("staff", 1.5)
    with pytest.raises(tuoyu.TuoyuError):
        measure.reason("fr")
    assert indicator.tally(as_of=DAY).measure().reason("en") == "nothing to count"


RATIO = """
tuoyu: 1
id: test.ratio
title: T
in_force: 2024-01-01..
facts: {centre: {places: {type: integer}, children: {type: integer}, town: {type: string}}, town: {id: {type: string}}}
indicators:
  per_child:
    title: T
    unit: percent
    by: [town]
    ratio: {numerator: {of: centre, sum: centre.places}, denominator: {of: centre, sum: centre.children}}
    target: {at_least: 1}
"""


def test_a_ratio_without_a_value_says_why():
    rule = tuoyu.Policy.load({"ratio.yaml": RATIO}).indicator("per_child")
    divided = "the denominator is 0, by which nothing can be divided: the numerator is 10"

    def tally_of(places, children):
        tally = rule.tally(as_of=DAY)
        tally.add("centre", {"places": places, "children": children, "town": "A"})
        return tally

    for places, children, why in ((10, 0, divided), (0, 0, "nothing to count"), (10, -1, "the denominator is below 0"),
                                  (-10, 0, divided.replace("10", "-10")), (10, 5, "")):
        tally = tally_of(places, children)
        merged = rule.tally(as_of=DAY)
        merged.merge(tally)
        for one in (tally, merged, rule.tally_from_bytes(tally.to_bytes())):
            for measure in (one.measure(), one.measure("town", "A")):
                assert measure.reason("en") == why and (measure.value is None) == bool(why)
                assert measure.met == (None if why else True)
    mended = tally_of(10, 0)
    mended.merge(tally_of(0, 5))  # of both together there is a value
    assert (mended.measure().value, mended.measure().reason("zh")) == (200, "")


def test_records_that_cannot_be_asked_stay_on_the_list(policy):
    with policy.eligibility("rated").waiting_list(1, as_of=DAY) as waiting:
        waiting.add(" a\u3000", {"child.registered": True})
        assert waiting.records == tuoyu.Records(1, 0, 1, 0, 0, 0, 0) and not waiting.is_final
        with pytest.raises(tuoyu.TuoyuError) as caught:
            waiting.add("a", {"child.registered": True})
        assert caught.value.status == "TUOYU_ERROR_DUPLICATE"
        waiting.add_error("it has 2 fields\x1b[31m", id="b\nc", line=3)
        waiting.add_error("the id is there already", id="a", line=4, unreadable=False)
        assert waiting.records == tuoyu.Records(3, 0, 1, 0, 0, 1, 1) and not waiting.is_final
        assert [(entry.id, entry.reason) for entry in waiting.entries("en")][1:] == [
            ("a", "line 4 is in error: the id is there already; may still be admitted"), ("b\\u{A}c", "line 3 cannot be read: it has 2 fields\\u{1B}[31m; may still be admitted")]
        assert "Not final: " in waiting.to_text("en")
        with pytest.raises(tuoyu.TuoyuError):
            waiting.add_error("")
        with pytest.raises(TypeError):
            waiting.add_error(None)
    with policy.eligibility("rated").waiting_list(1, as_of=DAY) as empty:
        assert empty.is_final


SPACES = ["\t", "\n", " ", "\x85", "\xa0", "\u1680", "\u2000", "\u200a", "\u2028", "\u202f", "\u205f", "\u3000", "\ufeff"]
CONTROLS = ["\n", "\r", "\t", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066",
            "\u2069", "\ufeff"]


def test_outer_spaces_are_no_part_of_a_text(policy):
    facts = {"child.birth_date": "2023-05-01", "child.registered": "true", "child.name": "𠮷田", "child.kind": "public", "child.fee": "7"}
    entitled = policy.eligibility("entitled")
    plain = entitled.verdict(facts, as_of=DAY).to_json()
    for space in SPACES:
        spaced = {name: f"{space}{text}{space}{space}" for name, text in facts.items()}
        assert entitled.verdict(spaced, as_of=DAY).to_json() == plain, hex(ord(space))
        if space not in "\x85\u2028\ufeff":  # which no text of YAML may hold
            with policy.case() as case:
                case.read(json.dumps(spaced))
                assert entitled.verdict(case, as_of=DAY).to_json() == plain, hex(ord(space))
        assert entitled.verdict({"child.name": space}, as_of=DAY).to_json() == entitled.verdict({}, as_of=DAY).to_json()


def test_texts_that_would_forge_a_line_are_refused(policy):
    for control in CONTROLS:
        for name in ("child.name", "child.kind", "child.fee", "child.birth_date"):
            for give in (lambda case, text: case.__setitem__(name, text), lambda case, text: case.read(json.dumps({name: text}))):
                with policy.case() as case:
                    with pytest.raises(tuoyu.TuoyuError) as caught:
                        give(case, f"ok{control}结论：999 元")
                    assert caught.value.status == "TUOYU_ERROR_ENCODING" and f"U+{ord(control):04X}" in str(caught.value), (control, name)
                    assert not any(mark in str(caught.value).replace("\n", "") for mark in CONTROLS)


def test_tallies_of_parts_merge_and_travel_as_bytes(policy):
    indicator = policy.indicator("certified_rate")
    rows = [{"certified": certified, "subdistrict": region} for certified in (True, False) for region in ("小港街道", "𠮷")] * 3
    whole, left, right = (indicator.tally(as_of=DAY) for _ in range(3))
    for number, row in enumerate(rows):
        whole.add("staff", row)
        (left if number % 3 else right).add("staff", row)
    content = right.to_bytes()
    assert isinstance(content, bytes) and b"\0" in content
    read = indicator.tally_from_bytes(content)
    assert read.as_of == DAY and read.to_bytes() == content
    right.merge(left)
    left.merge(read)
    assert left.to_bytes() == right.to_bytes() == whole.to_bytes()
    assert left.measure("subdistrict", "𠮷").receipt() == whole.measure("subdistrict", "𠮷").receipt()
    for wrong in (b"", b"tuoyu", content[:-1], content[:40] + b"x" + content[41:]):
        with pytest.raises(tuoyu.TuoyuError) as caught:
            indicator.tally_from_bytes(wrong)
        assert caught.value.status == "TUOYU_ERROR_SYNTAX"
    with pytest.raises(tuoyu.TuoyuError):
        whole.merge(whole)
    with pytest.raises(tuoyu.TuoyuError):
        whole.merge(indicator.tally(as_of=DAY + datetime.timedelta(days=1)))
    with pytest.raises(TypeError):
        indicator.tally_from_bytes("text")


@pytest.mark.parametrize("facts, status", [
    ({"child.fee": -1}, "TUOYU_ERROR_FACT_RANGE"),
    ({"child.fee": "many"}, "TUOYU_ERROR_FACT_TYPE"),
    ({"child.kind": "pubic"}, "TUOYU_ERROR_FACT_VALUE"),
    ({"child.birth_date": "2023-02-29"}, "TUOYU_ERROR_DATE"),
    ({"child.foo": 1}, "TUOYU_ERROR_FACT_UNKNOWN"),
    ({"child.registered": "maybe"}, "TUOYU_ERROR_FACT_TYPE"),
    ({"child.fee": None}, "TUOYU_ERROR_FACT_TYPE"),
])
def test_each_wrong_fact_has_its_code(policy, facts, status):
    with pytest.raises(tuoyu.FactError) as caught:
        policy.case(facts)
    assert caught.value.status == status and caught.value.code < 0
    assert caught.value.findings


@pytest.mark.parametrize("value", [1.5, 1j, [1], b"1", datetime.datetime(2025, 1, 1)])
def test_what_is_not_exact_is_refused(policy, value):
    with pytest.raises(TypeError):
        policy.case({"child.fee": value})


def test_the_error_of_a_pack_has_its_place():
    with pytest.raises(tuoyu.PackError) as caught:
        tuoyu.Policy.load({"bad.yaml": PACK.replace("pricing:", "princing:")})
    assert caught.value.source == "bad.yaml"
    assert caught.value.line == PACK[:PACK.index("pricing:")].count("\n") + 1
    assert caught.value.column == 1
    assert "pricing" in str(caught.value)


def test_findings_are_said_in_the_language_that_is_asked():
    bad = {"bad.yaml": PACK.replace("pricing:", "princing:")}
    with pytest.raises(tuoyu.PackError) as english:
        tuoyu.Policy.load(bad)
    with pytest.raises(tuoyu.PackError) as chinese:
        tuoyu.Policy.load(bad, language="zh")
    assert [finding.id for finding in english.value.findings] == [finding.id for finding in chinese.value.findings]
    assert all(finding.id for finding in chinese.value.findings)
    assert "错误：" in str(chinese.value) and "没有`princing`这个键" in chinese.value.findings[0].message
    with pytest.raises(tuoyu.PackError) as again:  # the call before leaves no language behind
        tuoyu.Policy.load(bad)
    assert str(again.value) == str(english.value)
    with pytest.raises(tuoyu.TuoyuError):
        tuoyu.Policy.load(bad, language="fr")


def test_a_policy_keeps_its_language_where_it_arrives():
    policy = tuoyu.Policy.load({"p.yaml": PACK}, language="zh")
    for other in (policy, copy.copy(policy), pickle.loads(pickle.dumps(policy))):
        with pytest.raises(tuoyu.TuoyuError) as caught:
            other.batch(["ceilin"], as_of=datetime.date(2025, 1, 1))
        assert "没有" in caught.value.findings[0].message


def test_not_in_force_is_an_outcome(policy):
    quote = policy.pricing("ceiling").quote({"child.fee": 1}, as_of=datetime.date(2026, 1, 1))
    assert (quote.outcome, quote.amount, quote.complies) == (tuoyu.Outcome.NOT_IN_FORCE, None, None)
    assert "in_force_until" in quote.to_json()


def test_an_unknown_rule_is_an_error_that_helps(policy):
    with pytest.raises(tuoyu.TuoyuError, match="ceiling"):
        policy.pricing("cieling")


def test_closed_handles_say_so(policy):
    case = policy.case({"child.fee": 1})
    case.close()
    case.close()
    with pytest.raises(ValueError):
        case["child.fee"] = 2
    with pytest.raises(TypeError):
        policy.pricing(None)


def test_rules_and_answers_outlive_their_policy():
    policy = tuoyu.Policy.load({"test.yaml": PACK})
    pricing = policy.pricing("ceiling")
    case = policy.case({"child.fee": 10})
    policy.close()
    del policy
    gc.collect()
    quote = pricing.quote(case, as_of=DAY)
    pricing.close()
    case.close()
    assert quote.amount == 20


def test_facts_from_json_text(policy):
    case = policy.case()
    case.read(json.dumps({"child": {"fee": 3, "name": "𠮷田"}}))
    assert policy.pricing("ceiling").quote(case, as_of=DAY).amount == 6
    case.clear()
    assert policy.pricing("ceiling").quote(case, as_of=DAY).amount is None
    with pytest.raises(tuoyu.TuoyuError):
        case.read("child: {fee: 3")


def test_threads_share_a_policy(policy):
    pricing = policy.pricing("ceiling")
    wrong = []

    def work(number):
        for i in range(200):
            fee = number * 200 + i
            if pricing.quote({"child.fee": fee}, as_of=DAY).amount != min(2 * fee, 4000):
                wrong.append(fee)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def pack_with_example(name, expected):
    """A pack with one example, called as in every other pack."""
    return f"""\
tuoyu: 1
id: cn.{name}
title: 甲
authority: 乙
in_force: 2024-01-01..
pricing: {{{name}: {{title: 价, unit: CNY, steps: [{{id: one, formula: 1, unit: CNY}}]}}}}
examples: [{{name: 𠮷例, rule: {name}, as_of: 2024-05-01, given: {{}}, expect: {{amount: {expected}}}}}]
"""


def test_examples_of_one_name_in_two_packs_are_two():
    with tuoyu.Policy.load({"a.yaml": pack_with_example("a", 2), "b.yaml": pack_with_example("b", 1)}) as policy:
        assert policy.run_examples() == {"cn.a:𠮷例": False, "cn.b:𠮷例": True}


def example_packs(has_overlay):
    return {str(path): path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples" / "packs").rglob("*.yaml"))
            if has_overlay or "illustrative" not in path.name}


def test_the_packs_of_the_examples_pass_their_own():
    # The overlay sets what the pilot leaves unset, so that examples which expect "unset" would fail beside it.
    with tuoyu.Policy.load(example_packs(False)) as policy:
        results = policy.run_examples()
    assert len(results) >= 60
    assert [name for name, passed in results.items() if not passed] == []


def test_worked_examples_answer_as_the_command_does():
    said = subprocess.run([ROOT / "build" / "tuoyu", "test", "--answers", *example_packs(True)], capture_output=True, text=True, check=True).stdout
    expected = dict(line.split("\t") for line in said.splitlines() if "\t" in line)
    answers = {}
    for has_overlay in (True, False):  # what the overlay answers, then the others without it
        with tuoyu.Policy.load(example_packs(has_overlay)) as policy:
            answers |= policy.example_answers()
    assert len(expected) >= 600
    assert answers == expected


def test_the_schema_is_json():
    assert json.loads(tuoyu.pack_schema())["$schema"].startswith("http://json-schema.org/draft-07")
    assert tuoyu.version().count(".") == 2


PROMISES = PACK.replace("facts:", """\
entities:
  child:
    label: {zh: 儿童, en: child}
    require: [{id: modest, that: child.fee < 100, because: {zh: 低于一百, en: below a hundred}}]
  staff:
    label: {zh: 人员, en: staff}
    require: [{id: placed, that: staff.subdistrict != "none", because: {zh: 有街道, en: of a subdistrict}, cite: notice 第九条}]
facts:""", 1)


def test_a_record_that_breaks_a_promise_is_in_error():
    policy = tuoyu.Policy.load({"p.yaml": PROMISES})
    with pytest.raises(tuoyu.TuoyuError, match="below a hundred") as caught:
        policy.pricing("ceiling").quote({"child.fee": 100}, as_of=datetime.date(2025, 1, 1))
    assert caught.value.status == "TUOYU_ERROR_PROMISE"


def test_promises_of_a_measure_are_told_and_carried():
    with tuoyu.Policy.load({"p.yaml": PROMISES}) as policy:
        indicator = policy.indicator("certified_rate")
        tally = indicator.tally(as_of=datetime.date(2025, 1, 1))
        for row in ({"staff.certified": True, "staff.subdistrict": "A"}, {"staff.certified": True}):
            tally.add("staff", row)
        with pytest.raises(tuoyu.TuoyuError, match="staff.placed"):
            tally.add("staff", {"staff.certified": True, "staff.subdistrict": "none"})
        expected = [tuoyu.Promise("staff.placed", "有街道", "of a subdistrict", 'staff.subdistrict != "none"', "通知 第九条", 1, 1)]
        carried = indicator.tally_from_bytes(tally.to_bytes())
        for one in (tally, carried):
            measure = one.measure()
            assert measure.promises == expected
            assert (measure.records.error, measure.unknown, measure.upper) == (1, 1, 100)
        assert carried.measure("subdistrict", "A").promises == []
        assert (measure.distance_least, measure.distance, measure.distance_most) == (0, 0, 1)
