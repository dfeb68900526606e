# SPDX-License-Identifier: Apache-2.0
"""Members of answers as columns: what the columns say is what the answer to the row's case says as JSON."""
import datetime
import json
import pathlib
import random
from decimal import Decimal

import pyarrow
import pytest
import yaml

import tuoyu

SOURCE = pathlib.Path(__file__).resolve().parents[3]
PACKS = SOURCE / "examples" / "packs"
DAY = datetime.date(2025, 6, 1)
ONE = ["binding", "before_bounds", "entitled", "paid", "claw_back", "payable", "charged", "excess", "shortfall", "breaks", "score",
       "valid_until"]
PARTS = [("steps", "value", ""), ("instalments", "amount", ""), ("instalments", "due", "due"), ("instalments", "state", "state"),
         ("subsidies", "amount", ""), ("subsidies", "claimed", "claimed"), ("subsidies", "state", "state"), ("criteria", "decision", "")]


@pytest.fixture(scope="module")
def policy():
    with tuoyu.Policy.load({path.name: path.read_text(encoding="utf-8") for path in sorted(PACKS.rglob("*.yaml"))}) as loaded:
        yield loaded


def questions():
    """What kept receipts asked of rules that answer rows: rule, day, facts."""
    for line in (SOURCE / "tests" / "kept" / "receipts.jsonl").read_text(encoding="utf-8").splitlines():
        receipt = json.loads(line)
        if "inputs" in receipt and "claims" not in receipt:
            yield receipt["rule"], datetime.date.fromisoformat(receipt["as_of"]), receipt["inputs"]


def text_of(value):
    if value is None or isinstance(value, (str, bool)):
        return value
    return str(value)


def members_of(answer):
    """What the JSON says, by the name of a column."""
    for name in ONE:
        if name in answer and not isinstance(answer[name], dict):
            yield name, answer[name]
    for part, key, tail in PARTS:
        for identifier, member in answer.get(part, {}).items():
            yield f"{part}.{identifier}" + (f".{tail}" if tail else ""), member.get(key)
    for identifier, points in answer.get("points", {}).items():
        yield f"points.{identifier}", points
    if answer["kind"] == "verdict":
        yield "eligible", {"eligible": True, "ineligible": False}.get(answer["decision"])
        if len(answer.get("grades", [])) == 1:
            yield "grade", answer["grades"][0]["id"]


def one_row(facts):
    """Facts as texts; one that is null has a column of its own type, whose null says so."""
    texts = {name: json.dumps(value) if isinstance(value, bool) or value is None else str(value) for name, value in facts.items()}
    return pyarrow.table({name: pyarrow.array([text]) for name, text in texts.items()} or {"none": pyarrow.array([None])})


def test_columns_say_what_the_answer_says(policy):
    compared, kinds = 0, set()
    for rule, day, facts in questions():
        answer = None
        for ask in (policy.pricing, policy.cost_sharing, policy.eligibility):
            try:
                found = ask(rule)
            except tuoyu.TuoyuError:
                continue
            asked = getattr(found, {"Pricing": "quote", "CostSharing": "split", "Eligibility": "verdict"}[type(found).__name__])
            case = policy.case()
            case.read(json.dumps(facts, ensure_ascii=False))
            answer = json.loads(asked(case, as_of=day).to_json())
        if answer is None:
            continue
        expected = dict(members_of(answer))
        further = [f"{rule}.unmet"] if answer["kind"] == "verdict" else []
        names = [f"{rule}.{name}" for name in expected] + further + [f"{rule}.reasons.zh", f"{rule}.reasons.en", f"{rule}.applies"]
        batch = policy.batch(rule, as_of=day, unknown_columns="ignore", numbers="text", members=names)
        row = pyarrow.table(batch.run(one_row(facts))).to_pylist()[0]
        assert row["error"] is None, (rule, row["error"], facts)
        for name, value in expected.items():
            assert text_of(row[f"{rule}.{name}"]) == value, (rule, name, row, answer)
            compared += 1
        assert (row[f"{rule}.reasons.zh"] is None) == (row[f"{rule}.reasons.en"] is None)
        if answer["outcome"] != "determined":
            assert row[f"{rule}.reasons.zh"]
        if answer["kind"] == "verdict":
            unmet = row[f"{rule}.unmet"].split()
            assert bool(unmet) == (answer["decision"] == "ineligible" and "exception" not in answer), (rule, row)
            assert set(unmet) <= set(answer["criteria"]), (rule, row)
            assert bool(row[f"{rule}.reasons.zh"]) == (answer["decision"] != "eligible"), (rule, row)
        kinds.add(answer["kind"])
    assert compared > 600 and kinds == {"quote", "split", "verdict"}, (compared, kinds)


# ---- Every scalar of every answer of a worked example ----

def examples():
    """Rule, day and facts of the worked examples that are about one case; everything as text."""
    for path in sorted(PACKS.rglob("*.yaml")):
        pack = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for example in pack.get("examples", []):
            if isinstance(example.get("given"), dict) and "rows" not in example:
                rule = example["rule"]
                yield rule if ":" in rule else f"{pack['id']}:{rule}", datetime.date.fromisoformat(example["as_of"]), dict(
                    flat(example["given"]))


#: What is found by asking further days, which a column does not: how a criterion stands to time.
OF_OTHER_DAYS = {"state", "met_from", "met_until", "eligible_from"}


def flat(value, path=""):
    """The scalars of nested objects by their paths; what is a list has an order and no names."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name in OF_OTHER_DAYS and not path.startswith(("checklist", "instalments", "subsidies")):
                continue
            yield from flat(member, f"{path}.{name}" if path else name)
    elif not isinstance(value, list):
        yield path, value


def ask(policy, rule, case, day):
    """The JSON of the answer; None for a rule that is about rows, and for an example of an error."""
    for find, name in ((policy.pricing, "quote"), (policy.cost_sharing, "split"), (policy.eligibility, "verdict")):
        try:
            found = find(rule)
        except tuoyu.TuoyuError:
            continue
        try:
            return json.loads(getattr(found, name)(case, as_of=day).to_json())
        except tuoyu.TuoyuError:
            return None
    return None


def test_every_scalar_of_every_worked_example_can_be_a_column(policy):
    compared, rules, met = 0, set(), set()
    for rule, day, facts in examples():
        case = policy.case()
        try:
            case.read(json.dumps(facts, ensure_ascii=False).replace('"null"', "null"))
        except tuoyu.TuoyuError:  # the example is of this error
            continue
        answer = ask(policy, rule, case, day)
        if answer is None:
            continue
        expected = dict(flat(answer))
        if answer["outcome"] != "determined":  # the first columns of a rule have only what is decided
            expected = {name: value for name, value in expected.items() if name not in ("whole", "amount", "complies")}
        batch = policy.batch(rule, as_of=day, unknown_columns="ignore", numbers="text",
                             members=[f"{rule}.{name}" for name in expected])
        row = pyarrow.table(batch.run(one_row({name: text for name, text in facts.items()}))).to_pylist()[0]
        assert row["error"] is None, (rule, row["error"], facts)
        for name, value in expected.items():
            assert text_of(row[f"{rule}.{name}"]) == value, (rule, name, row, answer)
            compared += 1
            met.add(".".join(part for place, part in enumerate(name.split(".")) if place != 1))
        rules.add(rule)
    assert compared > 5000 and len(rules) > 40, (compared, len(rules))
    wanted = {"steps.value", "bounds.at_most", "subsidies.by", "criteria.decision", "points", "score", "payers", "excess", "claw_back",
              "payable", "binding", "checklist.state", "whole", "amount", "complies", "decision"}
    assert wanted <= met, wanted - met


def test_a_member_that_is_a_column_anyway_stands_once(policy):
    rule = "cn.zhejiang.ningbo.childcare-construction-grant:construction_grant"
    names = [f"{rule}.{name}" for name in ("whole", "payers.city", "outcome", "standing", "missing")]
    day = datetime.date(2023, 12, 31)
    assert pyarrow.schema(policy.batch(rule, as_of=day, members=names)).names == pyarrow.schema(policy.batch(rule, as_of=day)).names
    with pytest.raises(tuoyu.TuoyuError, match="payers.city"):
        policy.batch(rule, as_of=day, members=[f"{rule}.payers.citty"])


PACK = """
tuoyu: 1
id: test.members
title: t
in_force: 2024-01-01..
sources: {n: {title: 通知}}
facts: {child: {fee: {type: money, unit: CNY}, ok: {type: boolean, label: {zh: 合格, en: fit}}, before: {type: money, unit: CNY}}}
cost_sharing:
  grant:
    title: t
    unit: CNY
    cite: n 一
    of: child.fee
    payers: [{id: city, rate: 0.5}]
    residual: county
    instalments: [{id: first, share: 0.4}, {id: rest}]
    paid: child.before
eligibility:
  fit: {title: t, cite: n 二, all: [{id: ok, when: child.ok, because: {zh: 体检合格, en: has passed the check}}]}
"""


def test_what_was_paid_too_much_stands_in_the_table():
    """What g-retro2 of the cases lost: 2000 paid too much."""
    with tuoyu.Policy.load({"m.yaml": PACK}) as policy:
        names = ["grant.payable", "grant.claw_back", "grant.instalments.first", "grant.instalments.first.state"]
        table = pyarrow.table({"child.fee": [Decimal("1000.00"), Decimal("1000.00"), None], "child.before": [Decimal(0), Decimal(3000), None]})
        for numbers in ("decimal", "text", "integer"):
            rows = pyarrow.table(policy.batch("grant", as_of=DAY, numbers=numbers, members=names).run(table)).to_pylist()
            scale = 100 if numbers == "integer" else 1
            found = [[None if row[name] is None else Decimal(row[name]) / scale for name in names[:3]] for row in rows]
            assert found == [[1000, 0, 400], [0, 2000, 400], [None, None, None]], (numbers, rows)
            assert [row["grant.outcome"] for row in rows] == ["determined", "determined", "undetermined"]


def test_why_a_child_is_refused_stands_in_the_table():
    with tuoyu.Policy.load({"m.yaml": PACK}) as policy:
        names = ["fit.unmet", "fit.reasons.zh", "fit.reasons.en", "fit.eligible", "fit.applies", "fit.criteria.ok"]
        rows = pyarrow.table(policy.batch("fit", as_of=DAY, members=names).run(pyarrow.table({"child.ok": [True, False, None]}))).to_pylist()
        assert [[row[name] for name in names] for row in rows] == [
            ["", None, None, True, True, "eligible"], ["ok", "不符合：体检合格", "not met: has passed the check", False, True, "ineligible"],
            ["", "缺少：合格", "missing: fit", None, True, "undetermined"]], rows


@pytest.mark.parametrize("members, says", [
    (["grant.payabel"], "did you mean `grant.payable`"), (["grunt.payable"], "none of the rules"), (["grant."], "none of the rules"),
    (["grant.payable", "grant.payable"], "twice"), (["fit.payable"], "no member `payable`"), (["grant.instalments"], "no member"),
    (["grant.instalments.second"], "no member"), (["payable"], "none of the rules"), (["grant.steps.a"], "no member")])
def test_wrong_members_are_told(members, says):
    with tuoyu.Policy.load({"m.yaml": PACK}) as policy:
        with pytest.raises(tuoyu.TuoyuError, match=says.replace(".", r"\.")):
            policy.batch(["grant", "fit"], as_of=DAY, members=members)


@pytest.mark.parametrize("members", [[""], ["a b"], ["grant.payable\n"]])
def test_names_that_are_none(members):
    with tuoyu.Policy.load({"m.yaml": PACK}) as policy:
        with pytest.raises(ValueError, match="members"):
            policy.batch(["grant"], as_of=DAY, members=members)


def test_threads_pickles_and_streams():
    import pickle
    with tuoyu.Policy.load({"m.yaml": PACK}) as policy:
        batch = policy.batch(["grant", "fit"], as_of=DAY, members=["grant.payable", "fit.reasons.zh"])
        table = pyarrow.table({"child.fee": [Decimal(i) for i in range(5000)], "child.before": [Decimal(0)] * 5000, "child.ok": [True] * 5000})
        whole = pyarrow.table(batch.run(table))
        assert whole.equals(pyarrow.table(batch.run(table, threads=2)).combine_chunks())
        assert whole.equals(pyarrow.table(pickle.loads(pickle.dumps(batch)).run(table)))
        assert whole.equals(pyarrow.RecordBatchReader.from_stream(batch.stream(table)).read_all())
        assert whole.column_names[:4] == ["grant.whole", "grant.payers.city", "grant.payers.county", "grant.payable"]


def test_a_rule_called_like_a_pack_takes_no_member_of_another():
    other = PACK.replace("id: test.members", "id: grant.other").replace("grant:", "share:").replace("fit:", "suits:").replace("child", "pupil")
    with tuoyu.Policy.load({"m.yaml": PACK, "o.yaml": other}) as policy:
        batch = policy.batch(["grant", "grant.other:share"], as_of=DAY, members=["grant.other:share.payable", "grant.payable"])
        names = pyarrow.schema(batch).names
        assert "grant.payable" in names and "grant.other:share.payable" in names


# ---- What a refusal comes from, in groups of criteria ----

def random_criteria(dice, depth, made):
    """A criterion as YAML, which is JSON too, and the same as an oracle reads it."""
    identifier = f"c{len(made)}"
    made.append(identifier)
    kind = dice.choice(["leaf", "leaf", "all", "any", "none"]) if depth else "leaf"
    because = {"because": {"zh": f"条件{identifier}", "en": f"criterion {identifier}"}} if dice.random() < 0.5 else {}
    if kind == "leaf":
        return {"id": identifier, "when": f"f.{identifier}", **because}
    return {"id": identifier, kind: [random_criteria(dice, depth - 1, made) for _ in range(dice.randint(1, 3))], **because}


def kind_of(criterion):
    return next((kind for kind in ("all", "any", "none") if kind in criterion), "leaf")


def holds(criterion, facts):
    kind = kind_of(criterion)
    if kind == "leaf":
        return facts[criterion["id"]]
    below = [holds(member, facts) for member in criterion[kind]]
    return all(below) if kind == "all" else any(below) if kind == "any" else not any(below)


def to_blame(criterion, facts, wanted=False):
    """The ids of what makes the criterion come out as `wanted`."""
    kind = kind_of(criterion)
    if holds(criterion, facts) != wanted:
        return []
    if kind == "leaf" or (kind == "any" and "because" in criterion):
        return [criterion["id"]]
    return [name for member in criterion[kind] for name in to_blame(member, facts, wanted != (kind == "none"))]


def test_only_what_a_refusal_comes_from_is_unmet():
    """Not a member whose group is met by another, nor one that must not hold and does not."""
    dice, refused = random.Random(5), 0
    for _ in range(60):
        made = []
        top = [random_criteria(dice, 3, made) for _ in range(dice.randint(1, 4))]
        leaves = {name: {"type": "boolean"} for name in made}
        pack = {"tuoyu": 1, "id": "test.groups", "title": "t", "in_force": "2024-01-01..", "sources": {"n": {"title": "n"}},
                "facts": {"f": leaves}, "eligibility": {"r": {"title": "t", "cite": "n 1", "all": top}}}
        rows = [{name: dice.random() < 0.5 for name in made} for _ in range(40)]
        with tuoyu.Policy.load({"p.yaml": json.dumps(pack, ensure_ascii=False)}) as policy:
            names = ["r.unmet", "r.reasons.zh", "r.reasons.en", "r.eligible"]
            table = pyarrow.table({f"f.{name}": [row[name] for row in rows] for name in made})
            found = pyarrow.table(policy.batch("r", as_of=DAY, members=names).run(table)).to_pylist()
        for facts, row in zip(rows, found):
            expected = [name for criterion in top for name in to_blame(criterion, facts)]
            assert row["r.eligible"] == all(holds(criterion, facts) for criterion in top)
            assert row["r.unmet"].split() == expected, (pack, facts, row)
            assert (row["r.reasons.zh"] or "").count("不符合：") == (row["r.reasons.en"] or "").count("not met: ") == len(expected)
            refused += bool(expected)
    assert refused > 800, refused
