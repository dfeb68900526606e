# SPDX-License-Identifier: Apache-2.0
"""Tables by Arrow: what is refused, and what the options of a batch change."""

import datetime
import pathlib
import random
from decimal import Decimal

import numpy
import pandas
import polars
import pyarrow
import pytest

import tuoyu
from arrow_tables import DAY, RULES, policy, random_rows, table_of, one_column  # noqa: F401

# ---- What is refused ----

@pytest.mark.parametrize("kind", [pyarrow.float32(), pyarrow.float64()])
def test_floats_are_refused_unless_asked_for(policy, kind):
    array = pyarrow.array([0.1, 1050.5, None], kind)
    with pytest.raises(tuoyu.FactError, match="binary floating point is not exact"):
        one_column(policy, "child.fee", array, "ceiling")
    rows = one_column(policy, "child.fee", array, "ceiling", floats="shortest")
    assert [row["ceiling.amount"] for row in rows] == [Decimal("0.2"), Decimal("2101"), None]


def numbers_of_all_kinds(kind, count):
    """Decimals of few digits, their neighbours, numbers half way between two decimals, and anything else."""
    dice = random.Random(7)
    few = [round(dice.uniform(-100, 200000), dice.randrange(4)) for _ in range(count)]
    others = [1 / 3, 0.1 + 0.2, 5e-324, 1e-40, 1e30, -0.0, 365164.125, 365164.375, 1e15 + 0.25, 1e15 + 0.75]
    given = numpy.array(few + others, kind)
    bits = numpy.frombuffer(dice.randbytes(count * given.itemsize), kind)
    neighbours = [numpy.nextafter(given, kind(end)) for end in (-1e9, 1e9)]
    every = numpy.concatenate([given, *neighbours, given.round() + kind(0.125), bits])
    return every[numpy.isfinite(every)]


@pytest.mark.parametrize("kind", [numpy.float32, numpy.float64])
@pytest.mark.parametrize("name, rule", [("child.fee", "ceiling"), ("child.share", "shares")])
def test_the_shortest_text_is_what_python_prints(policy, kind, name, rule):
    numbers = numbers_of_all_kinds(kind, 1500)
    rows = one_column(policy, name, pyarrow.array(numbers), rule, floats="shortest")
    texts = [str(n).upper().removesuffix(".0") for n in numbers]
    for text, row, expected in zip(texts, rows, one_column(policy, name, pyarrow.array(texts), rule)):
        if "E" in text:  # messages quote a text as it is written
            row["error"], expected["error"] = row["error"] is None, expected["error"] is None
        assert row == expected, text
    assert 500 < sum(row["error"] is None for row in rows) < len(rows) - 500


def test_what_is_no_finite_number(policy):
    array = pyarrow.array([float("nan"), float("inf"), -float("inf"), 1.5], from_pandas=False)
    rows = one_column(policy, "child.fee", array, "ceiling", floats="shortest")
    assert ["not a finite number" in (row["error"] or "") for row in rows] == [True, True, True, False]


def test_frames_of_floats(policy):
    """A column of pandas with gaps is floats with NaN, handed out as null; polars has several parts."""
    fees = [1050.55, None, 0.1, 100000.0, None, 33.33]
    batch = policy.batch(["ceiling"], as_of=DAY, floats="shortest")
    decimals = pyarrow.table({"child.fee": [None if fee is None else Decimal(str(fee)) for fee in fees]})
    frame = polars.DataFrame({"child.fee": fees})
    parts = polars.concat([frame[:2], frame[2:]], rechunk=False)
    for table in (pandas.DataFrame({"child.fee": fees}), frame, parts):
        assert pyarrow.table(batch.run(table)).to_pylist() == pyarrow.table(batch.run(decimals)).to_pylist()


@pytest.mark.parametrize("name, array, says", [
    ("child.fees", [1], "did you mean child.fee"),
    ("child.fee", [True], "cannot hold a fact of type money"),
    ("child.birth_date", [1], "cannot hold a fact of type date"),
    ("child.registered", [1], "cannot hold a fact of type boolean"),
    ("child.name", [1], "cannot hold a fact of type string"),
    ("child.fee", [[1]], "list"),
    ("child.fee", [b"1"], "binary"),
    ("child.fee", pyarrow.array([Decimal(1)], pyarrow.decimal256(50, 2)), "decimal256"),
    ("child.birth_date", pyarrow.array([0], pyarrow.timestamp("s", "Asia/Shanghai")), "time zone"),
])
def test_columns_that_cannot_be_facts(policy, name, array, says):
    with pytest.raises(tuoyu.FactError, match=says):
        one_column(policy, name, pyarrow.array(array) if isinstance(array, list) else array, "ceiling")


def test_unknown_columns_may_be_passed_over(policy):
    table = pyarrow.table({"note": [[1.5]], "child.fee": [Decimal("1.00")]})
    with pytest.raises(tuoyu.FactError, match="note"):
        policy.batch(["ceiling"], as_of=DAY).run(table)
    answers = policy.batch(["ceiling"], as_of=DAY, unknown_columns="ignore").run(table)
    assert pyarrow.table(answers)["ceiling.amount"].to_pylist() == [2]


def test_null_may_mean_none(policy):
    nulls = pyarrow.nulls(1, pyarrow.decimal128(5, 2))
    assert one_column(policy, "child.allowance", nulls, "without")[0]["without.decision"] == "undetermined"
    assert one_column(policy, "child.allowance", nulls, "without", nulls="none")[0]["without.decision"] == "eligible"
    assert one_column(policy, "child.allowance", pyarrow.array(["null"]), "without")[0]["without.decision"] == "eligible"


def test_numbers_as_text(policy):
    rows = one_column(policy, "child.fee", pyarrow.array([Decimal("0.50"), None]), "ceiling", numbers="text")
    assert [row["ceiling.amount"] for row in rows] == ["1", None]


def test_numbers_as_integers(policy):
    fees = pyarrow.array([Decimal("0.50"), Decimal("1999.99"), None])
    batch = policy.batch("ceiling", as_of=DAY, numbers="integer", columns=["values"])
    answers = pyarrow.table(batch.run(pyarrow.table({"child.fee": fees})))
    assert answers.schema.field("ceiling.amount").type == pyarrow.int64()
    assert answers.schema.field("ceiling.amount").metadata == {b"unit": b"CNY/month", b"scale": b"2"}
    assert answers["ceiling.amount"].to_pylist() == [100, 399998, None]


@pytest.mark.parametrize("threads", [1, 2])
def test_only_the_columns_that_are_wanted(policy, threads):
    table = table_of(random_rows(3000))
    whole = pyarrow.table(policy.batch(RULES, as_of=DAY).run(table))
    parts = {"values": ("amount", "complies", "whole", "decision"), "outcome": ("outcome",), "missing": ("missing",),
             "standing": ("standing",), "error": ("error",)}
    seen = set()
    for part, endings in parts.items():
        some = pyarrow.table(policy.batch(RULES, as_of=DAY, columns=[part]).run(table, threads=threads))
        assert all(some[name].to_pylist() == whole[name].to_pylist() for name in some.column_names)
        assert {name.rsplit(".")[-1] for name in some.column_names} >= set(endings)
        assert not seen & set(some.column_names)
        seen |= set(some.column_names)
    assert seen == set(whole.column_names)


def test_the_plan_of_a_batch(policy):
    plan = policy.batch("ceiling", as_of=DAY).plan()
    assert "ceiling.amount" in plan and "child.fee" in plan


def test_wrong_calls_say_so(policy):
    for columns in (["amounts"], []):
        with pytest.raises(ValueError, match="columns"):
            policy.batch(["ceiling"], as_of=DAY, columns=columns)
    with pytest.raises(ValueError, match="numbers"):
        policy.batch(["ceiling"], as_of=DAY, numbers="float")
    with pytest.raises(tuoyu.TuoyuError, match="ceiling"):
        policy.batch(["cieling"], as_of=DAY)
    with pytest.raises(tuoyu.TuoyuError, match="twice"):
        policy.batch(["ceiling", "test.tables:ceiling"], as_of=DAY)
    with pytest.raises(ValueError, match="floats"):
        policy.batch(["ceiling"], as_of=DAY, floats="yes")
    with pytest.raises(TypeError):
        policy.batch([3], as_of=DAY)
    batch = policy.batch("ceiling", as_of=DAY)
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        batch.run([1, 2])
    with pytest.raises(ValueError):
        batch.run(table_of([]), threads=0)
    batch.close()
    with pytest.raises(ValueError):
        batch.run(table_of([]))


def column_names(policy, rules):
    nothing = pyarrow.table({next(iter(policy.facts)): pyarrow.array([], pyarrow.null())})
    with policy.batch(rules, as_of=datetime.date(2025, 6, 30)) as batch:
        return pyarrow.table(batch.run(nothing)).column_names


def test_no_two_columns_have_one_name():
    """Over all rules of the example packs, each alone and all together, with every group of columns."""
    root = pathlib.Path(__file__).resolve().parents[3] / "examples" / "packs"
    with tuoyu.Policy.load_files(*sorted(root.rglob("*.yaml"))) as policy:
        rules = []
        for name in policy.rules:
            try:
                names = column_names(policy, [name])
            except tuoyu.TuoyuError as error:
                assert "indicator" in str(error), error
                continue
            rules.append(name)
            assert len(set(names)) == len(names) >= 5, names
        names = column_names(policy, rules)
        assert len(set(names)) == len(names)
    assert len(rules) > 20
