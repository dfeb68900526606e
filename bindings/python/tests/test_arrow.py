# SPDX-License-Identifier: Apache-2.0
"""Tables by Arrow: every row is the answer of its case, whatever library and type the table is of; who reads the answers;
progress and threads."""

import datetime
import gc
import threading
from decimal import Decimal

import duckdb
import pandas
import polars
import pyarrow
import pytest

import tuoyu
from arrow_tables import DAY, RULES, policy, random_rows, ARROW_TYPES, table_of, answer_of, assert_equals_cases, one_column  # noqa: F401

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
