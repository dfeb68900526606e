# SPDX-License-Identifier: Apache-2.0
"""Policies with some numbers changed. The oracle is a pack below that overrides the same number: what it answers
must be what the scenario answers."""

import concurrent.futures
import copy
import datetime
import json
import pathlib
import pickle
import random
from decimal import Decimal

import pytest
import tuoyu
from tuoyu import Change, Standing

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
PACKS = REPOSITORY / "examples" / "packs"
DAY = datetime.date(2025, 6, 1)

SMALL = """
tuoyu: 1
id: cn.test.small
title: t
authority: a
in_force: 2020-01-01..
sources: {law: {title: 通知}}
facts: {c: {fee: {type: money, unit: CNY/month, range: "[0..100000]"}, urban: {type: boolean}}}
parameters:
  ceiling:
    unit: CNY/month
    cite: law 一
    standing: cited
    values: {2021-01-01: {value: 1000}, 2023-01-01: {value: 1200}, 2025-01-01: {value: 1300}, 2027-01-01: {end: true}}
  rate: {unit: percent, cite: law 二, standing: cited, values: {2020-01-01: {value: 60}}}
  open: {unit: CNY/month, unset: not set}
  begins: {type: date, cite: law 三, standing: cited, values: {2020-01-01: {value: 2022-05-01}}}
  is_free: {type: boolean, cite: law 四, standing: cited, values: {2020-01-01: {value: false}}}
pricing:
  price: {title: 价, unit: CNY/month, amount: if is_free then 0 else ceiling, charged: c.fee, cite: law 一}
  opened: {title: 开, unit: CNY/month, amount: open, cite: law 一}
  share: {title: 比, unit: CNY/month, amount: ceiling * rate, round: {to: 0.01, mode: half up}, cite: law 二}
eligibility:
  old: {title: 早, all: [{id: day, when: as_of >= begins, because: 日期, cite: law 三}]}
"""


def day(year, month=1, date=1):
    return datetime.date(year, month, date)


@pytest.fixture(scope="module")
def small():
    return tuoyu.Policy.load({"small.yaml": SMALL})


def amounts(policy, days, rule="price"):
    found = []
    for at in days:
        try:
            quote = policy.pricing(rule).quote({}, as_of=at)
            found.append(quote.amount)
        except tuoyu.TuoyuError as error:
            found.append(error.status)
    return found


DAYS = [day(2020), day(2021), day(2022, 12, 31), day(2023), day(2024, 6, 1), day(2025), day(2026, 12, 31), day(2027)]
BEFORE = "TUOYU_ERROR_NOT_IN_FORCE"


def test_the_first_policy_stays_as_it_is(small):
    before = [small.pricing("price").quote({"c.fee": 1250}, as_of=at).to_json() for at in DAYS[1:-1]]
    changed = small.with_changes({"ceiling": 1})
    assert amounts(changed, DAYS[1:-1]) == [1] * 6
    assert [small.pricing("price").quote({"c.fee": 1250}, as_of=at).to_json() for at in DAYS[1:-1]] == before
    assert small.changes == ()


@pytest.mark.parametrize("change, wanted", [
    (Change("ceiling", 900), [BEFORE, 900, 900, 900, 900, 900, 900, BEFORE]),
    (Change("ceiling", 900, first_day=day(2024)), [BEFORE, 1000, 1000, 1200, 900, 900, 900, BEFORE]),
    (Change("ceiling", 900, first_day=day(2023)), [BEFORE, 1000, 1000, 900, 900, 900, 900, BEFORE]),
    (Change("ceiling", 900, first_day=day(2020)), [900, 900, 900, 900, 900, 900, 900, BEFORE]),
    (Change("ceiling", 900, first_day=day(2027, 6)), [BEFORE, 1000, 1000, 1200, 1200, 1300, 1300, BEFORE]),
    (Change("ceiling", 100, "add"), [BEFORE, 1100, 1100, 1300, 1300, 1400, 1400, BEFORE]),
    (Change("ceiling", -100, "add", day(2024)), [BEFORE, 1000, 1000, 1200, 1100, 1200, 1200, BEFORE]),
    (Change("ceiling", Decimal("1.5"), "scale", day(2025)), [BEFORE, 1000, 1000, 1200, 1200, 1950, 1950, BEFORE]),
    (Change("ceiling", "0.5", "scale"), [BEFORE, 500, 500, 600, 600, 650, 650, BEFORE]),
])
def test_days(small, change, wanted):
    assert amounts(small.with_changes([change]), DAYS) == wanted


def test_an_ended_parameter_can_be_set_from_a_day_behind_its_end(small):
    assert amounts(small.with_changes({"ceiling": 7}, first_day=day(2028)), [day(2027, 6), day(2028)]) == [BEFORE, 7]


def test_kinds_of_values(small):
    assert amounts(small.with_changes({"open": "12.50"}), [DAY], "opened") == [Decimal("12.5")]
    assert amounts(small.with_changes({"rate": 50}), [DAY], "share") == [650]
    assert amounts(small.with_changes([Change("rate", 5, "add")]), [DAY], "share") == [845]
    assert amounts(small.with_changes([Change("rate", "0.5", "scale")]), [DAY], "share") == [390]
    assert amounts(small.with_changes({"is_free": True}), [DAY]) == [0]
    verdict = small.with_changes({"begins": day(2030)}).eligibility("old").verdict({}, as_of=DAY)
    assert verdict.decision is tuoyu.Decision.INELIGIBLE


def test_changes_are_made_in_order_and_on_top_of_each_other(small):
    both = [Change("ceiling", 100, "add"), Change("ceiling", 2, "scale"), Change("rate", 10)]
    at_once = small.with_changes(both)
    one_by_one = small
    for change in both:
        one_by_one = one_by_one.with_changes([change])
    assert at_once.changes == one_by_one.changes == tuple(both)
    for rule in ("price", "share"):
        assert at_once.pricing(rule).quote({}, as_of=DAY).receipt() == \
            one_by_one.pricing(rule).quote({}, as_of=DAY).receipt()
    assert amounts(at_once, [DAY]) == [2800]


def test_a_chain_of_a_thousand_scenarios_is_freed(small):
    policy = small
    for number in range(1000):
        policy = small.with_changes({"ceiling": number}) if number % 50 == 0 else policy.with_changes({"ceiling": number})
    assert amounts(policy, [DAY]) == [999]


def test_what_is_proposed_is_told(small):
    quote = small.with_changes({"ceiling": 900}, reason="物价").pricing("price").quote({"c.fee": 950}, as_of=DAY)
    assert quote.standing is Standing.PROPOSED
    assert "物价" in quote.explain("zh") and "模拟" in quote.explain("zh")
    assert "simulation" in quote.explain("en")
    told = json.loads(quote.receipt())["changes"]
    assert told == [{"parameter": "cn.test.small:ceiling", "set": "900", "reason": "物价"}]
    other = small.with_changes({"rate": 1}).pricing("price").quote({"c.fee": 950}, as_of=DAY)
    assert other.standing is Standing.CITED  # it does not rest on the number that was changed
    assert json.loads(other.receipt())["changes"]


@pytest.mark.parametrize("changes, error, word", [
    ({"ceilin": 1}, tuoyu.TuoyuError, "ceiling"),
    ({"cn.test.small:ceilng": 1}, tuoyu.TuoyuError, "ceiling"),
    ({"c.fee": 1}, tuoyu.TuoyuError, "c.fee"),
    ({"ceiling": "1,000"}, tuoyu.TuoyuError, "1000"),
    ({"ceiling": "x"}, tuoyu.TuoyuError, "number"),
    ({"begins": "2025-02-30"}, tuoyu.TuoyuError, "2025-02-30"),
    ({"is_free": "yes"}, tuoyu.TuoyuError, "true or false"),
    ({"ceiling": 1.5}, TypeError, "float"),
    ({"ceiling": datetime.datetime(2025, 1, 1)}, TypeError, "date and time"),
    ({"ceiling": None}, TypeError, "NoneType"),
    ([Change("is_free", 1, "add")], tuoyu.TuoyuError, "set its value"),
    ([Change("begins", 2, "scale")], tuoyu.TuoyuError, "set its value"),
    ([Change("open", 2, "scale")], tuoyu.TuoyuError, "set its value"),
    ([Change("ceiling", 1, "add", day(2030))], tuoyu.TuoyuError, "set its value"),
    ([Change("ceiling", "9E6144", "scale")], tuoyu.TuoyuError, "ceiling"),
    ([Change("ceiling", 1, "multiply")], ValueError, "scale"),
    (["ceiling"], TypeError, "Change"),
    ([Change("ceiling", 1, reason="a\nb")], tuoyu.TuoyuError, "control"),
    ([Change("ceiling", "1\u202e")], tuoyu.TuoyuError, "control"),
    ([Change("ceiling", 1, first_day=datetime.datetime(2025, 1, 1))], TypeError, "first_day"),
])
def test_wrong_changes_are_refused(small, changes, error, word):
    with pytest.raises(error) as caught:
        small.with_changes(changes)
    assert word in str(caught.value)
    assert amounts(small, [DAY]) == [1300]


def test_parts_of_two_scenarios_do_not_mix():
    text = SMALL + "indicators: {n: {title: n, unit: CNY/month, value: {of: c, sum: c.fee}, target: {at_least: ceiling}}}\n"
    policy = tuoyu.Policy.load({"small.yaml": text})
    changed, again = policy.with_changes({"ceiling": 5}), policy.with_changes({"ceiling": 5}, reason="other")
    tallies = {}
    for name, one in (("plain", policy), ("changed", changed), ("again", again)):
        tallies[name] = one.indicator("n").tally(as_of=DAY)
        tallies[name].add("c", {"c.fee": 10})
    assert tallies["changed"].merge(tallies["again"]) is None
    for left, right in (("plain", "changed"), ("changed", "plain")):
        with pytest.raises(tuoyu.TuoyuError):
            tallies[left].merge(tallies[right])
    data = tallies["changed"].to_bytes()
    assert again.indicator("n").tally_from_bytes(data).to_bytes() == data
    for other in (policy, policy.with_changes({"ceiling": 6})):
        with pytest.raises(tuoyu.TuoyuError):
            other.indicator("n").tally_from_bytes(data)
    with pytest.raises(tuoyu.TuoyuError):
        changed.indicator("n").tally_from_bytes(tallies["plain"].to_bytes())


def test_a_scenario_is_held_to_the_promises_of_its_packs():
    text = SMALL.replace("facts:", "entities: {c: {label: 儿, require: [{id: dear, that: c.fee >= 100}]}}\nfacts:") + \
        "indicators: {n: {title: n, unit: CNY/month, value: {of: c, sum: c.fee}, target: {at_least: ceiling}}}\n"
    policy = tuoyu.Policy.load({"small.yaml": text})
    for one in (policy, policy.with_changes({"ceiling": 5})):
        tally = one.indicator("n").tally(as_of=DAY)
        with pytest.raises(tuoyu.TuoyuError):
            tally.add("c", {"c.fee": 99})
        tally.add("c", {"c.fee": 100})
        measure = tally.measure()
        assert (measure.value, measure.records.error) == (100, 1)
        assert [(promise.name, promise.broken) for promise in measure.promises] == [("c.dear", 1)]
        with pytest.raises(tuoyu.TuoyuError):
            one.pricing("price").quote({"c.fee": 99}, as_of=DAY)


def test_a_case_of_the_first_policy_is_refused(small):
    with pytest.raises(tuoyu.TuoyuError):
        small.with_changes({"ceiling": 5}).pricing("price").quote(small.case(), as_of=DAY)


def test_it_outlives_the_first_policy_and_travels(small):
    policy = tuoyu.Policy.load({"small.yaml": SMALL})
    changed = policy.with_changes({"ceiling": 5}, first_day=day(2025), reason="试")
    policy.close()
    wanted = changed.pricing("price").quote({}, as_of=DAY).receipt()
    for twin in (copy.copy(changed), copy.deepcopy(changed), pickle.loads(pickle.dumps(changed))):
        assert twin.changes == changed.changes
        assert twin.pricing("price").quote({}, as_of=DAY).receipt() == wanted
    batch = pickle.loads(pickle.dumps(changed.batch(["price"], as_of=DAY)))
    pyarrow = pytest.importorskip("pyarrow")
    found = pyarrow.table(batch.run(pyarrow.table({"c.fee": [4, 6]})))
    assert found.column("price.amount").to_pylist() == [5, 5]
    assert found.column("price.complies").to_pylist() == [True, False]
    assert found.column("price.standing").to_pylist() == ["proposed", "proposed"]


def test_many_threads_make_scenarios_of_one_policy(small):
    def answer(number):
        changed = small.with_changes({"ceiling": number})
        return [changed.pricing("price").quote({}, as_of=DAY).amount for _ in range(5)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for number, found in enumerate(pool.map(answer, range(400))):
            assert found == [number] * 5


def test_worked_examples_run_on_a_scenario():
    example = "examples: [{name: e, rule: price, as_of: 2025-06-01, given: {}, expect: {amount: 1300}}]\n"
    policy = tuoyu.Policy.load({"small.yaml": SMALL + example})
    assert set(policy.run_examples().values()) == {True}
    assert set(policy.with_changes({"ceiling": 900}).run_examples().values()) == {False}
    assert set(policy.with_changes({"rate": 1}).run_examples().values()) == {True}


def test_listing(small):
    listing = small.with_changes({"rate": 55}).listing()
    assert [pack["id"] for pack in listing["packs"]] == ["cn.test.small"]
    parameters = {parameter["name"].split(":")[1]: parameter for parameter in listing["parameters"]}
    assert [value.get("value", "end") for value in parameters["ceiling"]["values"]] == ["1000", "1200", "1300", "end"]
    assert parameters["rate"]["values"][0]["value"] == "55"
    assert parameters["rate"]["values"][0]["standing"] == "proposed"
    assert parameters["open"]["values"][0]["is_unset"] is True
    assert {fact["name"] for fact in listing["facts"]} == {"c.fee", "c.urban"}
    rules = {rule["name"].split(":")[1]: rule for rule in listing["rules"]}
    assert rules["price"]["facts"] == ["c.fee"] and rules["price"]["kind"] == "pricing"


# ---- Against packs that override ----

def pack_files():
    """The path of each example pack by its id, with the ids that it uses."""
    found = {}
    for path in sorted(PACKS.rglob("*.yaml")):
        head = path.read_text(encoding="utf-8")
        ident = next(line.split(":", 1)[1].strip() for line in head.splitlines() if line.startswith("id:"))
        found.setdefault(ident, []).append(path)
    return found


def policies():
    """Every example pack with all that it uses, as one policy each, and the texts."""
    files = pack_files()
    for ident, paths in files.items():
        if ident.endswith("illustration"):
            continue
        chosen, wanted = {}, [ident]
        while wanted:
            name = wanted.pop()
            for path in files[name]:
                if str(path) in chosen:
                    continue
                text = path.read_text(encoding="utf-8")
                chosen[str(path)] = text
                for line in text.splitlines():
                    if line.startswith("uses:"):
                        wanted += [word.strip() for word in line.split("[", 1)[1].split("]")[0].split(",") if word.strip()]
        yield ident, chosen


def overlay(parameter, first_day, value):
    pack, name = parameter["name"].split(":")
    return f"""
tuoyu: 1
id: cn.test.overlay
title: 试算
authority: 试
in_force: 0001-01-01..
uses: [{pack}]
overrides:
  {name}: {{values: {{{first_day}: {{value: {value}, standing: assumed, note: 试}}}}}}
"""


def bare(answer):
    """An answer without what tells how well founded it is."""
    if isinstance(answer, dict):
        return {key: bare(value) for key, value in answer.items() if key not in ("standing", "citations", "reason")}
    return [bare(item) for item in answer] if isinstance(answer, list) else answer


def as_answers(policy):
    return {name: bare(json.loads(text)) if text.startswith(("{", "[")) else text
            for name, text in policy.example_answers().items()}


@pytest.mark.parametrize("ident, texts", [pytest.param(*each, id=each[0]) for each in policies()])
def test_a_scenario_answers_as_a_pack_that_overrides(ident, texts):
    choice = random.Random(ident)
    policy = tuoyu.Policy.load(texts)
    parameters = [parameter for parameter in policy.listing()["parameters"]
                  if parameter["type"] in ("number", "integer") and "delegation" not in parameter
                  and sum(other["name"] == parameter["name"] for other in policy.listing()["parameters"]) == 1]
    compared = differing = 0
    before = as_answers(policy)
    for parameter in choice.sample(parameters, min(len(parameters), 12)):
        first = choice.choice(["0001-01-01", "2023-07-01", "2024-03-01", "2025-01-01"])
        value = choice.choice(["0", "1", "7", "33", "1200"])
        try:
            below = tuoyu.Policy.load({**texts, "overlay.yaml": overlay(parameter, first, value)})
        except tuoyu.PackError as error:
            assert "override" in str(error) or "uses" in str(error), error
            continue
        changed = policy.with_changes({parameter["name"]: value}, first_day=datetime.date.fromisoformat(first))
        wanted, found = as_answers(below), as_answers(changed)
        ends = [each["from"] for each in parameter["values"] if each.get("is_end")]
        if not ends:  # an override holds behind the end of a parameter, a scenario ends with it
            assert found == wanted, (parameter["name"], first, value)
            compared += 1
            differing += found != before
    assert compared or not parameters
    if len(before) > 20:  # with so many worked examples, some of the changes are noticed
        assert differing
