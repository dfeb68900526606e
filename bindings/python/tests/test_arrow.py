# SPDX-License-Identifier: Apache-2.0
"""Rules over tables, with pyarrow, polars, pandas and DuckDB as real producers and consumers."""

import datetime
import gc
import pathlib
import random
import threading
from decimal import Decimal

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest

import tuoyu

DAY = datetime.date(2025, 1, 1)

PACK = """
tuoyu: 1
id: test.tables
title: {zh: 表, en: Tables}
in_force: 2024-01-01..2025-12-31
sources:
  notice: {title: {zh: 通知, en: Notice}}
facts:
  child:
    fee: {type: money, unit: CNY/month, range: '[0..100000]', label: {zh: 保育费, en: Care fee}}
    share: {type: percent, label: {zh: 比例, en: Share}}
    months: {type: integer, unit: month, label: {zh: 月数, en: Months}}
    birth_date: {type: date, label: {zh: 出生日期, en: Birth date}}
    registered: {type: boolean, label: {zh: 本区户籍, en: Registered}}
    name: {type: string, label: {zh: 姓名, en: Name}}
    kind: {type: enum, values: [public, private], label: {zh: 类型, en: Kind}}
    allowance: {type: money, unit: CNY/month, nullable: true, label: {zh: 津贴, en: Allowance}}
pricing:
  ceiling:
    title: {zh: 上限, en: Ceiling}
    cite: notice 第二条
    unit: 元/月
    round: {to: 0.01, mode: half up, cite: notice 第二条}
    steps:
      - {id: doubled, formula: child.fee * 2, unit: CNY/month, label: {zh: 两倍, en: Doubled}}
      - {id: bounded, formula: 'min(doubled, 4000)', unit: CNY/month, label: {zh: 封顶, en: Bounded}}
    charged: child.fee
cost_sharing:
  shares:
    title: {zh: 分担, en: Shares}
    cite: notice 第四条
    unit: CNY/month
    of: child.fee
    payers:
      - {id: district, rate: child.share, label: {zh: 区, en: District}}
    residual: {id: family, label: {zh: 家庭, en: Family}}
eligibility:
  entitled:
    title: {zh: 资格, en: Entitled}
    cite: notice 第五条
    all:
      - {id: young, when: 'completed months(child.birth_date, as_of) < 36', because: {zh: 未满三岁, en: under three}}
      - {id: registered, when: child.registered, because: {zh: 本区户籍, en: registered here}}
      - {id: named, when: 'child.name = "𠮷田"', because: {zh: 姓名为𠮷田, en: is named so}}
      - {id: kind, when: 'child.kind = "public"', because: {zh: 公办, en: public}}
      - {id: long, when: child.months >= 3, because: {zh: 满三个月, en: three months}}
  without:
    title: {zh: 无津贴, en: Without}
    cite: notice 第六条
    all:
      - {id: none, when: child.allowance = null, because: {zh: 无津贴, en: no allowance}}
"""
RULES = ["ceiling", "shares", "entitled"]
FACTS = ["child.fee", "child.share", "child.months", "child.birth_date", "child.registered", "child.name", "child.kind"]


@pytest.fixture(scope="module")
def policy():
    with tuoyu.Policy.load({"tables.yaml": PACK}) as loaded:
        yield loaded


def random_rows(count):
    """Facts of many cases; None is missing. Some are wrong."""
    dice = random.Random(count)
    day = datetime.date(2023, 1, 1)
    return [{
        "child.fee": dice.choice([None, Decimal("1050.55"), Decimal("0.00"), Decimal("2000.01"), Decimal("-1.00"), Decimal("100000.01")]),
        "child.share": dice.choice([None, Decimal("0"), Decimal("33"), Decimal("100"), Decimal("50")]),
        "child.months": dice.choice([None, 0, 3, 12, -7]),
        "child.birth_date": dice.choice([None, day, datetime.date(1, 1, 1), datetime.date(2022, 1, 1), datetime.date(9999, 12, 31)]),
        "child.registered": dice.choice([None, True, True, False]),
        "child.name": dice.choice([None, "𠮷田", "𠮷田", "", "a long name that no view holds inline"]),
        "child.kind": dice.choice([None, "public", "public", "private", "pubic"]),
    } for _ in range(count)]


ARROW_TYPES = {
    "child.fee": pyarrow.decimal128(10, 2), "child.share": pyarrow.decimal128(5, 1), "child.months": pyarrow.int32(),
    "child.birth_date": pyarrow.date32(), "child.registered": pyarrow.bool_(), "child.name": pyarrow.string(),
    "child.kind": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
}


def table_of(rows, types=ARROW_TYPES):
    return pyarrow.table({name: pyarrow.array([row[name] for row in rows], types[name]) for name in types})


def answer_of(policy, row):
    """The row as a case of its own: what the columns must say."""
    columns, problems = {}, []
    case = policy.case()
    for name in FACTS:
        try:
            if row[name] is not None:
                case[name] = row[name]
        except tuoyu.FactError as error:
            problems += [error.findings[0].message]
    for rule in RULES:
        answer = None
        if not problems:
            ask = {"ceiling": lambda: policy.pricing(rule).quote, "shares": lambda: policy.cost_sharing(rule).split,
                   "entitled": lambda: policy.eligibility(rule).verdict}[rule]()
            answer = ask(case, as_of=DAY)
        if rule == "ceiling":
            columns[f"{rule}.amount"] = answer and answer.amount
            columns[f"{rule}.complies"] = answer and answer.complies
        elif rule == "shares":
            columns[f"{rule}.whole"] = answer and answer.whole
            lines = {line.payer: line.amount for line in answer.lines} if answer else {}
            for payer in ("district", "family"):
                columns[f"{rule}.payers.{payer}"] = lines.get(payer)
        else:
            columns[f"{rule}.decision"] = answer and answer.decision.name.lower()
        columns[f"{rule}.outcome"] = answer.outcome.name.lower() if answer else "error"
        columns[f"{rule}.missing"] = answer and " ".join(missing.name for missing in answer.missing)
        columns[f"{rule}.standing"] = answer and answer.standing.name.lower()
    columns["error"] = problems or None
    return columns


def assert_equals_cases(policy, rows, answers):
    table = pyarrow.table(answers)
    assert len(answers) == table.num_rows == len(rows)
    table.validate(full=True)
    for row, found in zip(rows, table.to_pylist(), strict=True):
        expected = answer_of(policy, row)
        problems = expected.pop("error")
        error = found.pop("error")
        assert found == expected
        assert (error is None) == (problems is None)
        for problem in problems or []:
            assert problem in error


# ---- Every row is its case ----

@pytest.mark.parametrize("threads", [1, 2, 5])
def test_a_table_of_pyarrow(policy, threads):
    rows = random_rows(3000)
    answers = policy.batch(RULES, as_of=DAY).run(table_of(rows), threads=threads)
    assert_equals_cases(policy, rows, answers)
    assert answers.error_rows == sum(value is not None for value in pyarrow.table(answers)["error"].to_pylist())
    assert 0 < answers.error_rows < 3000


def test_chunks_slices_and_record_batches(policy):
    rows = random_rows(700)
    table = table_of(rows)
    batch = policy.batch(RULES, as_of=DAY)
    chunked = pyarrow.concat_tables([table.slice(0, 3), table.slice(3, 0), table.slice(3, 410), table.slice(413)])
    assert_equals_cases(policy, rows, batch.run(chunked))
    assert_equals_cases(policy, rows, batch.run(chunked, threads=3))
    assert_equals_cases(policy, rows[101:350], batch.run(table.slice(101, 249)))
    record_batch = table.combine_chunks().to_batches()[0]
    assert_equals_cases(policy, rows[13:77], batch.run(record_batch.slice(13, 64)))
    assert_equals_cases(policy, rows[13:77], batch.run(record_batch.to_struct_array().slice(13, 64)))


def test_a_frame_of_polars(policy):
    rows = random_rows(900)
    frame = polars.DataFrame(rows, schema={
        "child.fee": polars.Decimal(10, 2), "child.share": polars.Decimal(5, 1), "child.months": polars.Int16,
        "child.birth_date": polars.Date, "child.registered": polars.Boolean, "child.name": polars.String,
        "child.kind": polars.Categorical})
    answers = policy.batch(RULES, as_of=DAY).run(frame)
    assert_equals_cases(policy, rows, answers)
    assert_equals_cases(policy, rows[17:400], policy.batch(RULES, as_of=DAY).run(frame[17:400]))
    out = polars.DataFrame(answers)
    assert out.height == 900 and out["ceiling.amount"].dtype == polars.Decimal(38, 2)
    expected = [answer_of(policy, row)["ceiling.amount"] for row in rows]
    assert out["ceiling.amount"].to_list() == expected
    assert out["entitled.decision"].cast(polars.String).to_list() == [answer_of(policy, row)["entitled.decision"] for row in rows]


def test_a_frame_of_pandas(policy):
    rows = random_rows(300)
    frame = pandas.DataFrame({name: pandas.Series([row[name] for row in rows], dtype=pandas.ArrowDtype(kind))
                              for name, kind in ARROW_TYPES.items()})
    answers = policy.batch(RULES, as_of=DAY).run(frame)
    assert_equals_cases(policy, rows, answers)
    out = pyarrow.table(answers).to_pandas()
    assert out["shares.outcome"].tolist() == [answer_of(policy, row)["shares.outcome"] for row in rows]


def test_a_query_of_duckdb_and_back(policy):
    rows = random_rows(5000)
    table = table_of(rows)
    with duckdb.connect() as connection:
        connection.register("cases", table)
        relation = connection.sql("select * from cases")
        answers = policy.batch(RULES, as_of=DAY).run(relation)
        assert_equals_cases(policy, rows, answers)
        arrow = pyarrow.table(answers)
        connection.register("answers", arrow)
        total, wrong = connection.sql('select sum("shares.whole"), count(error) from answers').fetchall()[0]
    assert total == sum(answer_of(policy, row)["shares.whole"] or 0 for row in rows)
    assert wrong == answers.error_rows


# ---- Every type ----

def one_column(policy, name, array, rule, **options):
    batch = policy.batch([rule], as_of=DAY, **options)
    return pyarrow.table(batch.run(pyarrow.table({name: array}))).to_pylist()


@pytest.mark.parametrize("kind", [
    pyarrow.int8(), pyarrow.uint8(), pyarrow.int16(), pyarrow.uint16(), pyarrow.int32(), pyarrow.uint32(), pyarrow.int64(),
    pyarrow.uint64(), pyarrow.decimal32(5, 2), pyarrow.decimal64(10, 3), pyarrow.decimal128(38, 0), pyarrow.decimal128(38, 20),
    pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
    pyarrow.dictionary(pyarrow.uint8(), pyarrow.large_string())])
def test_numbers_of_every_type(policy, kind):
    numbers = [0, 1, None, 7, 100, None]
    is_text = not (pyarrow.types.is_integer(kind) or pyarrow.types.is_decimal(kind))
    values = [None if n is None else str(n) if is_text else Decimal(n) if pyarrow.types.is_decimal(kind) else n for n in numbers]
    rows = one_column(policy, "child.fee", pyarrow.array(values, kind), "ceiling")
    assert [row["ceiling.amount"] for row in rows] == [None if n is None else Decimal(2 * n) for n in numbers]
    assert [row["ceiling.missing"] for row in rows] == ["child.fee" if n is None else "" for n in numbers]


@pytest.mark.parametrize("kind", [
    pyarrow.date32(), pyarrow.date64(), pyarrow.timestamp("s"), pyarrow.timestamp("ms"), pyarrow.timestamp("us"),
    pyarrow.timestamp("ns"), pyarrow.timestamp("us", "UTC"), pyarrow.string(), pyarrow.string_view()])
def test_dates_of_every_type(policy, kind):
    dates = [datetime.date(2022, 1, 1), None, datetime.date(2022, 1, 2), datetime.date(1969, 12, 31)]
    values = [None if d is None else d.isoformat() for d in dates] if "string" in str(kind) else dates
    rows = one_column(policy, "child.birth_date", pyarrow.array(values).cast(kind), "entitled")
    assert [row["entitled.decision"] for row in rows] == ["ineligible", "undetermined", "undetermined", "ineligible"]
    assert [row["error"] for row in rows] == [None] * 4


def test_a_time_of_day_is_no_date(policy):
    array = pyarrow.array([datetime.datetime(2022, 1, 1, 0, 0, 1), datetime.datetime(2022, 1, 1)])
    rows = one_column(policy, "child.birth_date", array, "entitled")
    assert "time of day" in rows[0]["error"] and rows[1]["error"] is None


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(),
                                  pyarrow.dictionary(pyarrow.int16(), pyarrow.string())])
def test_texts_of_every_type(policy, kind):
    names = ["𠮷田", None, "", "a long name that no view holds inline", "𠮷田"]
    rows = one_column(policy, "child.name", pyarrow.array(names, kind), "entitled")
    assert ["child.name" in row["entitled.missing"].split() for row in rows] == [False, True, True, False, False]
    assert [row["entitled.decision"] for row in rows] == ["undetermined"] * 3 + ["ineligible", "undetermined"]


def test_all_null_and_empty(policy):
    nulls = pyarrow.table({name: pyarrow.nulls(5, kind) for name, kind in ARROW_TYPES.items()})
    batch = policy.batch(RULES, as_of=DAY)
    for table in (nulls, pyarrow.table({name: pyarrow.nulls(5) for name in ARROW_TYPES})):
        rows = pyarrow.table(batch.run(table)).to_pylist()
        assert {row["shares.missing"] for row in rows} == {"child.fee child.share"} and len(rows) == 5
    for empty in (nulls.slice(0, 0), nulls.schema.empty_table(), polars.DataFrame(nulls.slice(0, 0))):
        answers = batch.run(empty)
        assert len(answers) == 0 and pyarrow.table(answers).num_rows == 0
        assert pyarrow.table(answers).schema == pyarrow.schema(batch)


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


# ---- Consumers ----

def test_schema_and_units(policy):
    schema = pyarrow.schema(policy.batch(RULES, as_of=DAY))
    assert schema.names[-1] == "error"
    assert schema.field("ceiling.amount").type == pyarrow.decimal128(38, 2)
    assert schema.field("ceiling.amount").metadata == {b"unit": b"CNY/month"}
    assert schema.field("entitled.decision").type == pyarrow.dictionary(pyarrow.int8(), pyarrow.string())


def test_answers_are_read_as_often_as_wanted_and_outlive_all(policy):
    rows = random_rows(50)
    batch = policy.batch(RULES, as_of=DAY)
    answers = batch.run(table_of(rows))
    record_batch, again = pyarrow.record_batch(answers), pyarrow.record_batch(answers)
    column = pyarrow.table(answers)["entitled.decision"]
    stream = answers.__arrow_c_stream__()
    batch.close()
    answers.close()
    del answers, batch, stream
    gc.collect()
    assert record_batch.equals(again)
    assert column.to_pylist() == record_batch["entitled.decision"].to_pylist()


def test_answers_in_parts_are_no_array(policy):
    table = table_of(random_rows(10))
    answers = policy.batch(RULES, as_of=DAY).run(pyarrow.concat_tables([table, table]))
    assert not hasattr(answers, "__arrow_c_array__")
    with pytest.raises(TypeError):
        pyarrow.record_batch(answers)
    assert pyarrow.table(answers).num_rows == polars.DataFrame(answers).height == 20
    assert polars.DataFrame(answers)["ceiling.amount"].to_list() == pyarrow.table(answers)["ceiling.amount"].to_pylist()
    assert "20 rows" in repr(answers)


def test_a_stream_is_answered_as_it_is_read(policy):
    rows = random_rows(90)
    table = table_of(rows)
    read = []

    def parts():
        for first in range(0, 90, 30):
            read.append(first)
            yield from table.slice(first, 30).to_batches()

    source = pyarrow.RecordBatchReader.from_batches(table.schema, parts())
    stream = policy.batch(RULES, as_of=DAY).stream(source)
    reader = pyarrow.RecordBatchReader.from_stream(stream)
    assert read == []
    first = reader.read_next_batch()
    assert read == [0] and first.num_rows == 30
    rest = reader.read_all()
    whole = pyarrow.concat_tables([pyarrow.Table.from_batches([first]), rest])
    assert whole.equals(pyarrow.table(policy.batch(RULES, as_of=DAY).run(table)).combine_chunks())
    with pytest.raises(ValueError):
        stream.__arrow_c_stream__()


def test_a_source_that_fails_is_an_error(policy):
    table = table_of(random_rows(5))

    def parts():
        yield from table.to_batches()
        raise RuntimeError("the disk is gone")

    batch = policy.batch(RULES, as_of=DAY)
    with pytest.raises(Exception, match="the disk is gone"):
        batch.run(pyarrow.RecordBatchReader.from_batches(table.schema, parts()))
    reader = pyarrow.RecordBatchReader.from_stream(batch.stream(pyarrow.RecordBatchReader.from_batches(table.schema, parts())))
    with pytest.raises(Exception, match="the disk is gone"):
        reader.read_all()
    with pytest.raises(tuoyu.FactError, match="nothing.of.it"):
        batch.stream(pyarrow.table({"nothing.of.it": [1]}))


# ---- Progress and threads ----

def test_progress_and_stopping(policy):
    table = table_of(random_rows(10000))
    batch = policy.batch(RULES, as_of=DAY)
    seen = []
    batch.run(table, progress=lambda rows: seen.append(rows))
    assert seen == sorted(seen) and seen[-1] == 10000 and len(seen) > 2
    with pytest.raises(tuoyu.TuoyuError) as caught:
        batch.run(table, progress=lambda rows: True)
    assert caught.value.status == "TUOYU_ERROR_CANCELLED"

    def broken(rows):
        raise KeyError("mine")

    for threads in (1, 3):
        with pytest.raises(KeyError, match="mine"):
            batch.run(table, progress=broken, threads=threads)


def test_closing_while_others_run_does_no_harm(policy):
    rows = random_rows(5000)
    table = table_of(rows)
    batch = policy.batch(RULES, as_of=DAY)
    expected = pyarrow.table(batch.run(table))
    found = []
    started = threading.Barrier(5)

    def work():
        waits = iter([started.wait])  # once, between the first blocks, however long these are

        def progress(_):
            for wait in waits:
                wait()
        found.append(pyarrow.table(batch.run(table, progress=progress)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait()
    batch.close()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and all(table.equals(expected) for table in found)


# ---- Tallies ----

STAFF = """
tuoyu: 1
id: test.staff
title: {zh: 人员, en: Staff}
in_force: 2024-01-01..2025-12-31
sources:
  notice: {title: {zh: 通知, en: Notice}}
facts:
  staff:
    certified: {type: boolean}
    pay: {type: money, unit: CNY/month, range: '[0..100000]'}
    area: {type: string}
indicators:
  rate: {title: R, unit: percent, cite: notice 第一条, by: [area], ratio: {numerator: {of: staff, count: staff.certified}, denominator: {of: staff, count: true}}}
  pay: {title: P, unit: CNY/month, cite: notice 第一条, by: [area], value: {of: staff, where: staff.certified, sum: staff.pay}}
"""


@pytest.fixture(scope="module")
def staff():
    with tuoyu.Policy.load({"staff.yaml": STAFF.replace("facts:", "facts:\n  area: {id: {type: string}}")}) as policy:
        yield policy


def staff_rows(count):
    chance = random.Random(5)
    return [{"certified": chance.choice([True, True, False, None]), "pay": chance.choice([Decimal("5000.00"), Decimal("0.01"), None]),
             "area": chance.choice(["小港", "𠮷", "b", None])} for _ in range(count)]


@pytest.mark.parametrize("name", ["rate", "pay"])
@pytest.mark.parametrize("threads", [1, 3])
def test_tables_into_a_tally(staff, name, threads):
    rows = staff_rows(5000)
    arrow = pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(
        [("certified", pyarrow.bool_()), ("pay", pyarrow.decimal128(12, 2)), ("area", pyarrow.string())]))
    tables = [arrow, arrow.to_batches()[0], pyarrow.concat_tables([arrow.slice(0, 7), arrow.slice(7)]),
              arrow.set_column(2, "area", arrow["area"].dictionary_encode()), arrow.rename_columns(["staff." + n for n in arrow.column_names]),
              polars.DataFrame(arrow), pyarrow.table({n: [None if row[n] is None else str(row[n]).lower() for row in rows] for n in arrow.column_names})]
    one_by_one = staff.indicator(name).tally(as_of=DAY)
    for row in rows:
        one_by_one.add("staff", {key: value for key, value in row.items() if value is not None})
    expected = {region: one_by_one.measure("area", region).to_dict() for region in one_by_one.regions("area")}
    digests = staff.indicator(name).tally(as_of=DAY)
    digests.add_table("staff", arrow, digests=True, threads=threads)
    assert digests.to_bytes() == one_by_one.to_bytes()
    for table in tables:
        tally = staff.indicator(name).tally(as_of=DAY)
        added = tally.add_table("staff", table, threads=threads)
        assert (added.rows, added.error_rows, added.errors) == (len(rows), 0, ())
        assert tally.measure().to_dict() == one_by_one.measure().to_dict()
        assert {region: tally.measure("area", region).to_dict() for region in tally.regions("area")} == expected


def test_wrong_rows_and_wrong_tables(staff):
    tally = staff.indicator("pay").tally(as_of=DAY)
    table = pyarrow.table({"certified": [True] * 3000, "pay": ["1"] * 2999 + ["x"], "area": ["A"] * 3000})
    added = tally.add_table("staff", pyarrow.concat_tables([table, table]), threads=2)
    assert (added.rows, added.error_rows) == (6000, 2)
    assert [row for row, _ in added.errors] == [2999, 5999] and "'staff.pay'" in added.errors[0][1]
    assert tally.measure().value == 5998 and tally.measure().unknown == 2
    before = tally.to_bytes()
    with pytest.raises(tuoyu.FactError):
        tally.add_table("staff", pyarrow.table({"certfied": [True]}))
    with pytest.raises(tuoyu.FactError):
        tally.add_table("staff", pyarrow.table({"pay": [1.5]}))
    with pytest.raises(TypeError):
        tally.add_table("staff", [1, 2])
    with pytest.raises(ValueError):
        tally.add_table("staff", table, threads=0)
    assert tally.to_bytes() == before
    assert tally.add_table("staff", pyarrow.table({"pay": [1.5]}), floats="shortest").rows == 1
    assert tally.add_table("other", table).rows == 0


def test_a_row_in_error_is_not_said_to_lack_a_fact():
    """The facts come as texts here, so that one can be wrong; there is a target, so that it matters."""
    pack = STAFF.replace("count: true}}}", "count: true}}, target: {at_least: 0.75}}")
    staff = tuoyu.Policy.load({"staff.yaml": pack.replace("facts:", "facts:\n  area: {id: {type: string}}")})
    for values, said in ((["x", "true"], "1 row is in error"),
                         ([None, "true"], "1 row is incomplete, missing: staff.certified"),
                         (["x", None, "y"], "1 row is incomplete, missing: staff.certified; 2 rows are in error")):
        tally = staff.indicator("rate").tally(as_of=DAY)
        tally.add_table("staff", pyarrow.table({"certified": values, "area": ["A"] * len(values)}))
        again = staff.indicator("rate").tally_from_bytes(tally.to_bytes())
        merged = staff.indicator("rate").tally(as_of=DAY)
        merged.merge(tally)
        in_area = "3 rows are incomplete or in error, missing: staff.certified" if ";" in said else said
        for one in (tally, again, merged):
            measure, nothing = one.measure(), "nothing to count; "
            assert measure.reason("en").removeprefix(nothing) == said
            assert measure.records.missing == values.count(None)
            assert measure.records.error == values.count("x") + values.count("y")
            assert one.measure("area", "A").reason("en").removeprefix(nothing) == in_area


TEXT_LAYOUTS = {
    "string": pyarrow.string(), "large": pyarrow.large_string(), "view": pyarrow.string_view(),
    "dictionary": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), "wide dictionary": pyarrow.dictionary(pyarrow.int64(), pyarrow.large_string()),
}


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_outer_spaces_and_controls_in_every_layout_of_texts(policy, layout):
    """Each row is answered as the case of the same texts; the spaces around make no difference, a control is an error."""
    rows, expected = [], []
    for space in ("", " ", "\t", "\u3000", "\u00a0 ", "\n", "\ufeff", "\u2003\u2003\u2003\u2003\u2003"):
        for control in ("", "", "\u202e", "\x1b", "\n", "\u2028", "\u200f"):
            rows.append({"child.name": f"{space}𠮷{control}田{space}", "child.kind": f"{space}pub{control}lic", "child.birth_date": f"2023-01-01{space}",
                         "child.registered": f"{space}true", "child.months": f"{space}3{space}"})
            expected.append(control == "")
    table = pyarrow.table({name: pyarrow.array([row[name] for row in rows], TEXT_LAYOUTS[layout]) for name in rows[0]})
    with policy.batch(["entitled"], as_of=DAY) as batch:
        got = pyarrow.table(batch.run(table)).to_pylist()
    for row, is_right, answer in zip(rows, expected, got):
        assert (answer["error"] is None) == is_right, (row, answer)
        assert answer["entitled.decision"] == ("eligible" if is_right else None), (row, answer)
        if not is_right:
            assert "holds a" in answer["error"] and "U+" in answer["error"] and not set(answer["error"]) & set("\u202e\x1b\n\u2028\u200f"), answer


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_regions_with_spaces_around_are_one_region(staff, layout):
    areas = ["北仑", " 北仑", "北仑\u3000", "\t北仑\t", "小\u202e港", "新碶", "\u00a0新碶\n", " "]
    table = pyarrow.table({"area": pyarrow.array(areas, TEXT_LAYOUTS[layout]), "certified": pyarrow.array([True] * len(areas))})
    tally = staff.indicator("rate").tally(as_of=DAY)
    added = tally.add_table("staff", table)
    assert (added.rows, added.error_rows) == (len(areas), 1) and "U+202E" in added.errors[0][1], added
    assert tally.regions("area") == sorted(["北仑", "新碶"], key=lambda text: text.encode())
    assert (tally.measure("area", "北仑").denominator, tally.measure("area", "新碶 ").denominator) == (4, 2)


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
