# SPDX-License-Identifier: Apache-2.0
"""Misuses of tests/vectors/misuses.csv that give a call what it cannot take; test_misuses.py sees that none is left
out."""

import datetime
import decimal
import json
from decimal import Decimal

import numpy
import pandas
import pyarrow
import pytest

import tuoyu
from child_process import CITY
from misuse_helpers import CHILD, DAY, FEE, PACK, answers_of, ask, policy, refuses, rules_of, tally_of

__all__ = ["policy"]  # a fixture


# ---- What is None ----

def test_null_pack_texts():
    refuses(TypeError, "", lambda: tuoyu.Policy.load(None), lambda: tuoyu.Policy.load(5),
            lambda: tuoyu.Policy.load({"a": None}), lambda: tuoyu.Policy.load({None: PACK}),
            lambda: tuoyu.Policy.load(PACK), lambda: tuoyu.Policy.load([("a", PACK.encode())]),
            lambda: tuoyu.Policy.load([None]), lambda: tuoyu.Policy.load_files(None))


def test_null_name(policy):
    refuses(TypeError, "str", lambda: policy.pricing(None), lambda: policy.cost_sharing(None),
            lambda: policy.eligibility(None), lambda: policy.indicator(None),
            lambda: policy.batch([None], as_of=DAY), lambda: policy.pricing(b"ceiling"),
            lambda: policy.pricing(3))
    refuses(TypeError, "", lambda: policy.batch(None, as_of=DAY))
    waiting = policy.eligibility("rated").waiting_list(1, as_of=DAY)
    refuses(TypeError, "str", lambda: tally_of(policy).add(None, {}),
            lambda: tally_of(policy).add_unreadable(None), lambda: waiting.add(None, CHILD),
            lambda: waiting.add_error(None), lambda: waiting.add_error("torn", id=None),
            lambda: policy.cost_sharing("support").budget(as_of=DAY).add(None, {"child.fee": "x"}))
    assert len(waiting) == 0


def test_null_case(policy):
    refuses(TypeError, "mapping", *[lambda rule=rule: ask(rule, None) for rule in rules_of(policy)],
            lambda: policy.cost_sharing("support").budget(as_of=DAY).add("a", None),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add("a", None),
            lambda: policy.case().update(None), lambda: policy.case([("child.fee", 1)]),
            lambda: policy.pricing("ceiling").quote("child.fee: 1", as_of=DAY))
    refuses(TypeError, "", lambda: policy.case().read(None),
            lambda: policy.case().read("child.fee: 1", source=None))


def test_null_day(policy):
    refuses(TypeError, "datetime.date is wanted", lambda: policy.pricing("ceiling").quote(FEE, as_of=None),
            lambda: policy.cost_sharing("shares").split(FEE, as_of="2025-01-01"),
            lambda: policy.eligibility("entitled").verdict(FEE, as_of=20000),
            lambda: policy.cost_sharing("support").budget(as_of=None),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=None),
            lambda: policy.indicator("certified_rate").tally(as_of=None),
            lambda: policy.batch("ceiling", as_of=None))


def test_null_bytes(policy):
    indicator = policy.indicator("certified_rate")
    refuses(TypeError, "", *[lambda content=content: indicator.tally_from_bytes(content)
                             for content in (None, 5, "tuoyu", [1, 2], 1.5)])
    content = tally_of(policy).to_bytes()
    for form in (bytes, bytearray, memoryview):
        assert indicator.tally_from_bytes(form(content)).to_bytes() == content


def test_null_in_mapping_name(policy):
    refuses(TypeError, "the name of a fact", lambda: policy.case({None: 1}),
            lambda: policy.case({"child": {None: 1}}), lambda: policy.case({3: 1}),
            lambda: policy.case().__setitem__(None, 1), lambda: tally_of(policy).add("staff", {None: True}),
            lambda: policy.pricing("ceiling").quote({b"child.fee": 1}, as_of=DAY))


# ---- Names ----

def test_name_of_wrong_kind(policy):
    refuses(tuoyu.TuoyuError, "pricing rule", lambda: policy.eligibility("ceiling"),
            lambda: policy.cost_sharing("ceiling"), lambda: policy.indicator("test.city:ceiling"))
    refuses(tuoyu.TuoyuError, "indicator", lambda: policy.pricing("certified_rate"),
            lambda: policy.batch("certified_rate", as_of=DAY))
    refuses(tuoyu.TuoyuError, "cost-sharing rule", lambda: policy.pricing("shares"))


def test_name_unknown(policy):
    refuses(tuoyu.TuoyuError, "did you mean ceiling", lambda: policy.pricing("ceilin"),
            lambda: policy.batch("ceilin", as_of=DAY))
    refuses(tuoyu.TuoyuError, "did you mean certified_rate", lambda: policy.indicator("certifed_rate"))


def test_name_empty(policy):
    refuses(tuoyu.TuoyuError, "", lambda: policy.pricing(""), lambda: policy.cost_sharing(""),
            lambda: policy.eligibility(""), lambda: policy.indicator(""),
            lambda: policy.batch([""], as_of=DAY), lambda: policy.batch([], as_of=DAY),
            lambda: policy.case({"": 1}))


def test_name_with_nul(policy):
    refuses(tuoyu.TuoyuError, r"U\+0000", lambda: policy.pricing("ceiling\0"),
            lambda: policy.case({"child.fee\0": 1}), lambda: policy.batch("ceiling\0x", as_of=DAY),
            lambda: tally_of(policy).add("staff\0", {"certified": True}),
            lambda: tally_of(policy).add_unreadable("staff\0"),
            lambda: tally_of(policy).measure("subdistrict", "小港\0"),
            lambda: tally_of(policy).regions("subdistrict\0"),
            lambda: policy.cost_sharing("support").budget(as_of=DAY).add("a\0b", CHILD),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add("a\0b", CHILD))
    refuses(tuoyu.TuoyuError, "", lambda: policy.case({"child.name": "a\0b"}),
            lambda: policy.case({"child.kind": "public\0"}), lambda: policy.case().read("child.name: 'a\0b'"),
            lambda: tuoyu.Policy.load({"a": PACK + "\0"}))
    waiting = policy.eligibility("rated").waiting_list(1, as_of=DAY)
    waiting.add_error("torn\0here", id="a\0b", line=3)  # a record that is wrong is listed as it came
    assert [(entry.id, entry.reason) for entry in waiting.entries("en")] == [
        ("a\\u{0}b", "line 3 cannot be read: torn\\u{0}here; may still be admitted")]


# ---- Texts ----

def test_text_half_surrogate(policy):
    half = "\ud842"
    refuses(ValueError, "surrogate", lambda: policy.pricing(half), lambda: policy.case({"child.name": half}),
            lambda: policy.case({half: 1}), lambda: tuoyu.Policy.load({"a": PACK + "# " + half}),
            lambda: tuoyu.Policy.load({half: PACK}), lambda: policy.case().read(f"child.name: {half}"),
            lambda: policy.cost_sharing("support").budget(as_of=DAY).add(half, CHILD),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add(half, CHILD),
            lambda: tally_of(policy).measure("subdistrict", half), lambda: policy.batch(half, as_of=DAY),
            lambda: tally_of(policy).add_unreadable(half),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add_error(half),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add_error("torn", id=half),
            lambda: policy.pricing("ceiling").quote(FEE, as_of=DAY).to_text(half))


def test_text_outside_bmp():
    text = PACK.replace("ceiling:", "𠮷:").replace("title: {zh: 上限", "title: {zh: 𠮷上限")
    text = text.replace("name: {type", "𠮷名: {type")
    text = text.replace("child.name =", "child.𠮷名 =")
    with tuoyu.Policy.load({"𠮷.yaml": text}) as policy:
        assert "test.city:𠮷" in policy.rules and "child.𠮷名" in policy.facts
        quote = policy.pricing("𠮷").quote(FEE | {"child.𠮷名": "𠮷田𠮷"}, as_of=DAY)
        assert json.loads(quote.receipt())["inputs"]["child.𠮷名"] == "𠮷田𠮷"
        assert "𠮷上限" in quote.to_text("zh")
        budget = policy.cost_sharing("support").budget(as_of=DAY)
        budget.add("𠮷", CHILD)
        assert budget.pay().claims[0].id == "𠮷"
        tally = policy.indicator("certified_rate").tally(as_of=DAY)
        tally.add("staff", {"certified": True, "subdistrict": "𠮷"})
        assert tally.regions("subdistrict") == ["𠮷"]
        table = pyarrow.table({"child.𠮷名": ["𠮷田"], "𠮷": ["𠮷"]})
        assert pyarrow.table(policy.batch("𠮷", as_of=DAY).run(table, id="𠮷"))["𠮷"].to_pylist() == ["𠮷"]
    with pytest.raises(tuoyu.PackError) as caught:
        tuoyu.Policy.load({"𠮷.yaml": text.replace("pricing:", "𠮷pricing:")})
    assert caught.value.source == "𠮷.yaml" and "𠮷pricing" in str(caught.value)


def test_text_huge(policy):
    with pytest.raises(tuoyu.PackError, match="1048576 bytes") as caught:
        tuoyu.Policy.load({"a.yaml": PACK + "#" * 2 ** 21})
    assert caught.value.status == "TUOYU_ERROR_LIMIT"
    with pytest.raises(tuoyu.TuoyuError, match="1048576 bytes"):
        policy.case().read("child.name: " + "x" * 2 ** 21)
    for length in (2**10, 2**19):
        huge = "𠮷" * length
        try:
            quote = policy.pricing("ceiling").quote({"child.name": huge}, as_of=DAY)
        except tuoyu.TuoyuError as error:
            assert length > 2**10 and error.status == "TUOYU_ERROR_LIMIT" and "bytes" in str(error)
        else:
            assert json.loads(quote.receipt())["inputs"]["child.name"] == huge


# ---- Facts ----

def test_fact_unknown(policy):
    for facts in ({"child.fe": 1}, {"child": {"fe": 1}}):
        with pytest.raises(tuoyu.FactError, match="did you mean child.fee"):
            policy.pricing("ceiling").quote(facts, as_of=DAY)
    refuses(tuoyu.FactError, "certifed", lambda: tally_of(policy).add("staff", {"certifed": True}),
            lambda: policy.case().read("staff: {certifed: true}"))
    refuses(tuoyu.FactError, "child.fe",
            lambda: policy.batch("ceiling", as_of=DAY).run(pyarrow.table({"child.fe": [1]})))


TYPES = """
tuoyu: 1
id: t
title: T
in_force: 2024-01-01..
facts:
  f:
    boolean: {type: boolean}
    integer: {type: integer}
    number: {type: number}
    money: {type: money, unit: CNY}
    percent: {type: percent}
    date: {type: date}
    string: {type: string}
    enum: {type: enum, values: [甲, 乙]}
pricing: {p: {title: P, unit: CNY, amount: 'f.money'}}
"""
NUMBERS = ("integer", "number", "money", "percent")

# Each value with the types that take it, and what they then hold; all other types refuse it.
VALUES = [
    (True, {"boolean": True}),
    (False, {"boolean": False}),
    (numpy.bool_(True), {"boolean": True}),
    (5, dict.fromkeys(NUMBERS, "5")),
    (-1, dict.fromkeys(NUMBERS, "-1")),
    (numpy.int8(5), dict.fromkeys(NUMBERS, "5")),
    (numpy.uint64(2**64 - 1), dict.fromkeys(NUMBERS, str(2**64 - 1))),
    (numpy.array(5), dict.fromkeys(NUMBERS, "5")),
    (10**33, dict.fromkeys(NUMBERS, "1" + "0" * 33)),
    (Decimal("5.0"), dict.fromkeys(NUMBERS, "5")),
    (Decimal("5.5"), dict.fromkeys(NUMBERS[1:], "5.5")),
    (Decimal("-0"), dict.fromkeys(NUMBERS, "0")),
    (tuoyu.Outcome.DETERMINED, dict.fromkeys(NUMBERS, "1")),
    (datetime.date(2024, 2, 29), {"date": "2024-02-29"}),
    ("5", dict.fromkeys(NUMBERS, "5") | {"string": "5"}),
    ("true", {"boolean": True, "string": "true"}),
    ("2024-02-29", {"date": "2024-02-29", "string": "2024-02-29"}),
    ("2023-02-29", {"string": "2023-02-29"}),
    ("甲", {"enum": "甲", "string": "甲"}),
    ("丙", {"string": "丙"}),
    (numpy.str_("甲"), {"enum": "甲", "string": "甲"}),
    (None, {}),
    (1.5, {}),
    (1.0, {}),
    (1j, {}),
    (b"5", {}),
    (bytearray(b"5"), {}),
    ([5], {}),
    ((5, ), {}),
    ({5}, {}),
    (object(), {}),
    (int, {}),
    (datetime.datetime(2024, 2, 29), {}),
    (datetime.time(1), {}),
    (datetime.timedelta(1), {}),
    (numpy.float64(5), {}),
    (numpy.float32(5), {}),
    (numpy.datetime64("2024-02-29"), {}),
    (numpy.array([5]), {}),
    (numpy.array([True, False]), {}),
    (pandas.Timestamp("2024-02-29"), {}),
    (pandas.NA, {}),
    (pandas.NaT, {}),
    (pandas.Series([5]), {}),
]


def test_fact_wrong_type():
    with tuoyu.Policy.load({"types.yaml": TYPES}) as policy:
        pricing, taken = policy.pricing("p"), 0
        for value, holds in VALUES:
            for kind in ("boolean", *NUMBERS, "date", "string", "enum"):
                try:
                    quote = pricing.quote({f"f.{kind}": value}, as_of=DAY)
                except (tuoyu.FactError, TypeError) as error:
                    assert kind not in holds, (value, kind, error)
                    assert f"f.{kind}" in str(error)
                else:
                    assert json.loads(quote.receipt())["inputs"] == {f"f.{kind}": holds[kind]}, (value, kind)
                    taken += 1
        assert taken == sum(len(holds) for _, holds in VALUES)


def test_fact_nan(policy):
    for text in ("NaN", "sNaN", "Infinity", "-Infinity", "NaN123"):
        refuses(tuoyu.FactError, f"'child.fee' is given {text}",
                lambda: policy.case({"child.fee": Decimal(text)}))
    for number in (float("nan"), numpy.float64("nan"), numpy.float32("nan"), pandas.NA, pandas.NaT):
        refuses(TypeError, "child.fee: .*left out", lambda: policy.case({"child.fee": number}))
    for number in (float("inf"), numpy.float32("-inf")):
        refuses(TypeError, "child.fee: .*not exact", lambda: policy.case({"child.fee": number}))
    for text in ("NaN", "inf", "Infinity", "-inf", "1e", "0x10"):
        refuses(tuoyu.FactError, text, lambda: policy.case({"child.fee": text}))
    rows = pyarrow.table({"child.fee": [float("nan"), float("inf"), 1.5]})
    answers = pyarrow.table(policy.batch("ceiling", as_of=DAY, floats="shortest").run(rows)).to_pylist()
    assert [("finite" in (row["error"] or "")) for row in answers] == [True, True, False]


def test_fact_not_exact(policy):
    for number in (0.1, 1.0, 1e300, numpy.float64(0.5), numpy.float16(0.5)):
        refuses(TypeError, "child.fee: .*not exact; give an int, a Decimal, or text",
                lambda: policy.case({"child.fee": number}))
    table = pyarrow.table({"child.fee": [0.1]})
    refuses(tuoyu.FactError, "not exact", lambda: policy.batch("ceiling", as_of=DAY).run(table))
    answers = policy.batch("ceiling", as_of=DAY, floats="shortest").run(table)
    assert pyarrow.table(answers)["ceiling.amount"].to_pylist() == [Decimal("0.2")]


def test_fact_huge_number(policy):
    digits = "1" * 35
    for number in (int(digits), Decimal(digits), Decimal("1E+10000"), Decimal("1E-10000"),
                   Decimal("0." + digits), 10**10000, -10**5000, 10**4000 + 1):
        with pytest.raises(tuoyu.FactError, match="'child.fee'") as caught:
            policy.case({"child.fee": number})
        assert len(str(caught.value)) < 300 and caught.value.findings
    for text in (digits, "1e10000", "1e-10000"):
        refuses(tuoyu.TuoyuError, "child.fee", lambda: policy.case({"child.fee": text}))
    with decimal.localcontext(decimal.Context(prec=3)):
        case = policy.case({"child.fee": Decimal("1050.55")})
    assert policy.pricing("ceiling").quote(case, as_of=DAY).amount == Decimal("2101.10")


def test_day_outside_calendar(policy):
    for moment in (datetime.datetime(2025, 1, 1), pandas.Timestamp("2025-01-01"),
                   datetime.datetime(2025, 1, 1, 23, 59, tzinfo=datetime.timezone.utc)):
        refuses(TypeError, r"as_of: a date is wanted, not a date and time \(\w+\); its .date\(\) is the day",
                lambda: policy.pricing("ceiling").quote(FEE, as_of=moment),
                lambda: policy.cost_sharing("shares").split(FEE, as_of=moment),
                lambda: policy.eligibility("entitled").verdict(FEE, as_of=moment),
                lambda: policy.cost_sharing("support").budget(as_of=moment),
                lambda: policy.eligibility("rated").waiting_list(1, as_of=moment),
                lambda: policy.indicator("certified_rate").tally(as_of=moment),
                lambda: policy.batch("ceiling", as_of=moment))
        refuses(TypeError, r"child.birth_date: .*\.date\(\)",
                lambda: policy.case({"child.birth_date": moment}))
    refuses(TypeError, "as_of",
            lambda: policy.pricing("ceiling").quote(FEE, as_of=numpy.datetime64("2025-01-01")),
            lambda: policy.pricing("ceiling").quote(FEE, as_of=pandas.NaT))
    for text in ("0000-12-31", "10000-01-01", "2025-02-29", "-0001-01-01"):
        refuses(tuoyu.FactError, "child.birth_date", lambda: policy.case({"child.birth_date": text}))

    class Beyond(datetime.date):
        def toordinal(self):
            return 10 ** 9

    refuses(tuoyu.TuoyuError, "0001 to 9999",
            lambda: policy.pricing("ceiling").quote(FEE, as_of=Beyond(2025, 1, 1)),
            lambda: policy.batch("ceiling", as_of=Beyond(2025, 1, 1)))
    for day in (datetime.date.min, datetime.date.max):
        assert policy.case({"child.birth_date": day})


# ---- Arguments ----

def test_language_unknown(policy):
    waiting = policy.eligibility("rated").waiting_list(1, as_of=DAY)
    waiting.add("a", CHILD)
    verdict = policy.eligibility("rated").verdict(CHILD, as_of=DAY)
    split = policy.cost_sharing("support").split(CHILD, as_of=DAY)
    for language in ("fr", "", "ZH", "zh-CN", "english"):
        calls = [
            verdict.reasons, verdict.points, verdict.grades, verdict.checklist, split.subsidies,
            waiting.entries, waiting.to_text, tally_of(policy).measure().reason,
            *[call for answer in answers_of(policy) for call in (answer.to_text, answer.explain)]
        ]
        for call in calls:
            with pytest.raises(tuoyu.TuoyuError, match=f"language `{language}`") as caught:
                call(language)
            assert caught.value.status == "TUOYU_ERROR_INVALID_ARGUMENT"
            with pytest.raises(TypeError):
                call(None)


def test_index_outside(policy):
    """Counts, too: less than none, more than there can be, and what is no whole number."""
    tally, waiting = tally_of(policy), policy.eligibility("rated").waiting_list(1, as_of=DAY)
    before = tally.to_bytes()
    refuses(tuoyu.TuoyuError, "", lambda: tally.add_unreadable("staff", -1),
            lambda: tally.add_unreadable("staff", 2 ** 62 + 1), lambda: waiting.add_error("torn", line=-1))
    refuses(OverflowError, "", lambda: tally.add_unreadable("staff", 2 ** 63),
            lambda: waiting.add_error("torn", line=2 ** 63))
    for wrong in (1.5, "1", None, Decimal(1)):
        refuses(TypeError, "", lambda: tally.add_unreadable("staff", wrong),
                lambda: waiting.add_error("torn", line=wrong))
    assert tally.to_bytes() == before and len(waiting) == 0
    tally.add_unreadable("staff", numpy.int64(2))
    waiting.add_error("torn", line=numpy.uint8(3))
    assert tally.measure().unreadable == 2 and waiting.records.unreadable == 1
    quote, split, verdict, measure, payout = answers_of(policy)
    for items in (quote.steps, quote.citations, split.lines, verdict.reasons(), measure.citations,
                  payout.claims):
        for index in (len(items), -len(items) - 1, 2 ** 70):
            refuses(IndexError, "", lambda: items[index])


def test_packs_none():
    refuses(tuoyu.TuoyuError, "no pack is given", lambda: tuoyu.Policy.load({}),
            lambda: tuoyu.Policy.load([]), lambda: tuoyu.Policy.load(iter([])), tuoyu.Policy.load_files)


def test_packs_twice():
    refuses(tuoyu.PackError, "test.city", lambda: tuoyu.Policy.load([("a.yaml", PACK), ("b.yaml", PACK)]),
            lambda: tuoyu.Policy.load([("a.yaml", PACK), ("a.yaml", PACK)]),
            lambda: tuoyu.Policy.load_files(CITY, CITY))


# ---- What does not belong together ----

def test_case_of_other_policy(policy):
    with tuoyu.Policy.load({"city.yaml": PACK}) as other:
        case = other.case(CHILD)
        refuses(tuoyu.TuoyuError, "another policy",
                *[lambda rule=rule: ask(rule, case) for rule in rules_of(policy)],
                lambda: policy.cost_sharing("support").budget(case, as_of=DAY),
                lambda: policy.cost_sharing("support").budget(as_of=DAY).add("a", case),
                lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add("a", case))


def test_tally_of_other_policy(policy):
    tally = tally_of(policy)
    before = tally.to_bytes()
    more = PACK.replace("  entitled:",
                        "  again: {title: A, cite: notice 第七条, all: [{id: a, when: true}]}\n  entitled:", 1)
    with tuoyu.Policy.load({"city.yaml": more}) as other:
        refuses(
            tuoyu.TuoyuError, "", lambda: tally.merge(tally_of(other)),
            lambda: other.indicator("certified_rate").tally_from_bytes(before),
            lambda: tally.merge(policy.indicator("certified_rate").tally(as_of=DAY + datetime.timedelta(1))))
    refuses(TypeError, "a Tally is wanted", lambda: tally.merge(None), lambda: tally.merge(before),
            lambda: tally.merge(policy))
    assert tally.to_bytes() == before


def test_tally_merged_with_itself(policy):
    tally = tally_of(policy)
    before = tally.to_bytes()
    refuses(tuoyu.TuoyuError, "itself", lambda: tally.merge(tally))
    assert tally.to_bytes() == before
    tally.merge(policy.indicator("certified_rate").tally_from_bytes(before))
    assert tally.measure().denominator == 6


def test_tally_bytes_forged(policy):
    indicator, content = policy.indicator("certified_rate"), tally_of(policy).to_bytes()
    forged = [content[:length]
              for length in range(0, len(content), 7)] + [content + b"\0", content * 2, b"\0" * 1000]
    forged += [content[:at] + bytes([content[at] ^ 1]) + content[at + 1:] for at in range(0, len(content), 5)]
    for wrong in forged:
        with pytest.raises(tuoyu.TuoyuError):
            indicator.tally_from_bytes(wrong)
    assert indicator.tally_from_bytes(content).to_bytes() == content


def test_claim_twice(policy):
    other, wrong = CHILD | {"child.fee": 1}, CHILD | {"child.fee": "x"}
    for second, paid in ((CHILD, 500), (policy.case(CHILD), 500), (other, None), (policy.case(other), None),
                         (wrong, None)):
        budget = policy.cost_sharing("support").budget(as_of=DAY)
        budget.add("a", CHILD)
        refuses(tuoyu.TuoyuError, "", lambda: budget.add("a", second))
        (claim,) = budget.pay().claims
        assert (claim.id, claim.paid, claim.duplicates) == ("a", paid, 1), second


def test_example_index(policy):
    assert policy.run_examples() == {} and policy.example_answers() == {}
