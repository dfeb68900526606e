# SPDX-License-Identifier: Apache-2.0
"""Columns that are no facts: the index of a frame of pandas is passed over, columns named by `id` go out beside
the answers, and every other column that is no fact is still an error."""

import ctypes
import datetime
import gc
import json
import random
from decimal import Decimal

import duckdb
import pandas
import polars
import pyarrow
import pytest

import tuoyu
from child_process import CITY

DAY = datetime.date(2025, 1, 1)
PACK = CITY.read_text(encoding="utf-8")
FEES = [1000, 2000, 500, 3000, 700, 40]
HOUSES = ["甲", "乙", "𠮷", "丁", "戊", "己"]


@pytest.fixture(scope="module")
def policy():
    with tuoyu.Policy.load({"city.yaml": PACK}) as loaded:
        yield loaded


@pytest.fixture(scope="module")
def batch(policy):
    return policy.batch("ceiling", as_of=DAY, columns=["values", "error"])


@pytest.fixture
def frame():
    return pandas.DataFrame({"child.fee": FEES, "household": HOUSES})


def amounts(answers):
    table = pyarrow.table(answers)
    table.validate(full=True)
    return [None if amount is None else int(amount) for amount in table["ceiling.amount"].to_pylist()]


def expected(fees):
    return [None if fee is None else min(2 * int(fee), 4000) for fee in fees]


# ---- The index of pandas ----

MASKS = {
    "mask": lambda frame: frame[frame["child.fee"] > 600],
    "uneven_mask": lambda frame: frame[[True, True, False, True, False, False]],
    "nothing": lambda frame: frame[frame["child.fee"] < 0],
    "query": lambda frame: frame.query("`child.fee` != 500 and `child.fee` != 700"),
    "sorted": lambda frame: frame.sort_values("child.fee"),
    "sample": lambda frame: frame.sample(4, random_state=5),
    "take": lambda frame: frame.iloc[[5, 0, 3]],
    "drop": lambda frame: frame.drop(2),
    "steps": lambda frame: frame.iloc[::2],
    "backwards": lambda frame: frame[::-1],
    "range_that_begins_late": lambda frame: frame.set_axis(range(100, 106)),
    "reset": lambda frame: frame[frame["child.fee"] > 600].reset_index(drop=True),
    "texts": lambda frame: frame.set_axis(list("abcdef")),
    "days": lambda frame: frame.set_axis(pandas.date_range("2024-01-01", periods=6)),
    "floats": lambda frame: frame.set_axis([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]),
    "categories": lambda frame: frame.set_axis(pandas.CategoricalIndex(list("ababab"))),
    "twice_the_same": lambda frame: frame.set_axis([7] * 6),
    "named": lambda frame: frame.set_axis(pandas.Index([5, 3, 8, 1, 9, 2], name="row")),
    "named_range": lambda frame: frame.rename_axis("row"),
    "levels": lambda frame: frame.set_index(pandas.MultiIndex.from_product([[1, 2, 3], ["x", "y"]])),
    "named_levels": lambda frame: frame.set_index(
        pandas.MultiIndex.from_product([[1, 2, 3], ["x", "y"]], names=["area", "wing"])),
    "one_level_named": lambda frame: frame.set_index(
        pandas.MultiIndex.from_product([[1, 2, 3], ["x", "y"]], names=[None, "wing"])),
    "concatenated": lambda frame: pandas.concat([frame, frame.iloc[:2]]),
    "missing": lambda frame: frame.set_axis([1, None, 2, None, 3, None]),
}


@pytest.mark.parametrize("name", MASKS)
def test_an_index_is_no_fact(batch, frame, name):
    part = MASKS[name](frame)
    answers = batch.run(part, id="household")
    assert amounts(answers) == expected(part["child.fee"])
    table = pyarrow.table(answers)
    assert table["household"].to_pylist() == part["household"].tolist()
    assert table.column_names == ["household", "ceiling.amount", "ceiling.complies", "error"]
    assert amounts(batch.run(part.drop(columns="household"))) == expected(part["child.fee"])
    stream = pyarrow.RecordBatchReader.from_stream(batch.stream(part, id="household"))
    assert stream.read_all().equals(table)


@pytest.mark.parametrize("name", MASKS)
def test_an_index_is_no_fact_of_a_tally(policy, name):
    staff = pandas.DataFrame(
        {"certified": [True, False, True, None, True, True], "child.fee": FEES, "household": HOUSES},
        dtype=object)
    part = MASKS[name](staff).drop(columns="child.fee")
    for threads in (1, 2):
        tally = policy.indicator("certified_rate").tally(as_of=DAY)
        added = tally.add_table("staff", part, id="household", threads=threads)
        assert (added.rows, added.error_rows) == (len(part), 0)
        assert tally.measure().numerator == sum(part["certified"] == True)  # noqa: E712: None is neither


def test_typing_errors_beside_an_index_are_found(batch, policy, frame):
    wrong = frame[frame["child.fee"] > 600].rename(columns={"child.fee": "child.fees"})
    for call in (batch.run, batch.stream):
        with pytest.raises(tuoyu.FactError, match="child.fees.*did you mean child.fee"):
            call(wrong, id="household")
        with pytest.raises(tuoyu.FactError, match="household"):
            call(frame[frame["child.fee"] > 600])
    with pytest.raises(tuoyu.FactError, match="certfied"):
        policy.indicator("certified_rate").tally(as_of=DAY).add_table(
            "staff", pandas.DataFrame({"certfied": [True]}, index=[5]))


def test_an_index_that_is_a_fact_is_one(batch, policy, frame):
    part = frame.set_index("child.fee")
    assert amounts(batch.run(part, id="household")) == expected(FEES)
    levels = frame.assign(**{"child.kind": "public"}).set_index(["child.kind", "child.fee"])
    assert amounts(batch.run(levels, id="household")) == expected(FEES)
    shares = pandas.DataFrame({"child.fee": FEES, "child.share": [50, 50, 0, 0, 100, 100]})
    grouped = shares.groupby("child.share").sum()
    split = pyarrow.table(policy.batch("shares", as_of=DAY).run(grouped))
    assert split["shares.whole"].to_pylist() == [3500, 3000, 740
                                                 ] and split["shares.payers.district"].to_pylist() == [0, 1500, 740]
    staff = pandas.DataFrame({"subdistrict": ["a", "b", "a"]},
                             index=pandas.Index([True, True, False], name="certified"))
    tally = policy.indicator("certified_rate").tally(as_of=DAY)
    tally.add_table("staff", staff)  # without the entity, as a column
    assert (tally.measure().numerator, tally.measure("subdistrict", "a").denominator) == (2, 2)


def test_groups_that_are_no_facts(batch, frame):
    by = frame.assign(area=list("aabbcc"))
    assert amounts(batch.run(by.groupby("area")[["child.fee"]].sum())) == expected([3000, 3500, 740])
    assert amounts(batch.run(by.groupby(["area", "household"])[["child.fee"]].max())) == \
        expected(by.groupby(["area", "household"])["child.fee"].max())
    kept = batch.run(by.groupby("area", as_index=False)[["child.fee"]].sum(), id="area")
    assert pyarrow.table(kept)["area"].to_pylist() == ["a", "b", "c"]
    with pytest.raises(tuoyu.FactError, match="area"):
        batch.run(by.groupby("area")[["child.fee"]].sum().reset_index())


def test_an_index_that_is_a_range_and_named_as_a_fact_is_not_lost(batch):
    frame = pandas.DataFrame({"household": HOUSES}, index=pandas.RangeIndex(100, 700, 100, name="child.fee"))
    with pytest.raises(ValueError, match=r"child.fee.*reset_index\(\)"):
        batch.run(frame, id="household")
    assert amounts(batch.run(frame.reset_index(), id="household")) == expected(range(100, 700, 100))
    named = pandas.DataFrame({"child.fee": FEES}, index=pandas.RangeIndex(6, name="household"))
    with pytest.raises(ValueError, match=r"household.*reset_index\(\)"):
        batch.run(named, id="household")


def test_an_index_may_be_the_id(batch, frame):
    part = frame.set_index("household")
    assert pyarrow.table(batch.run(part, id="household"))["household"].to_pylist() == HOUSES
    assert pyarrow.table(batch.run(part)).column_names == ["ceiling.amount", "ceiling.complies", "error"]


@pytest.mark.parametrize("metadata", [
    b"", b"{", b"[]", b"null", b'{"index_columns": null}', b'{"index_columns": [{"kind": "range"}]}',
    b'{"index_columns": [7, null]}', b'{"index_columns": ["nowhere"]}', b"\xff\xfe",
    b'{"index_columns": "household"}', b"[" * 100000, b'{"index_columns": [["x"]]}'
])
def test_metadata_of_pandas_that_are_none(batch, metadata):
    table = pyarrow.table({"child.fee": FEES
                           }).replace_schema_metadata({b"other": b"x", b"pandas": metadata, b"last": b""})
    assert amounts(batch.run(table)) == expected(FEES)


def test_tables_that_pandas_wrote(batch, frame, tmp_path):
    part = frame[frame["child.fee"] > 600]
    table = pyarrow.Table.from_pandas(part)
    assert amounts(batch.run(table, id="household")) == expected(part["child.fee"])
    bare = pyarrow.Table.from_pandas(part.set_axis(["p", "q", "r", "s"])).replace_schema_metadata(None)
    assert "__index_level_0__" in bare.column_names
    for other in (bare, polars.DataFrame(bare), bare.to_batches()[0], bare.to_batches()[0].to_struct_array()):
        assert amounts(batch.run(other, id="household")) == expected(part["child.fee"])
    renamed = table.rename_columns(["fee" if name == "child.fee" else name for name in table.column_names])
    with pytest.raises(tuoyu.FactError, match="`fee`"):
        batch.run(renamed, id="household")
    assert json.loads(table.schema.metadata[b"pandas"])["index_columns"]
    with pytest.raises(tuoyu.FactError, match="__index_level_x__"):
        batch.run(pyarrow.table({"child.fee": FEES, "__index_level_x__": FEES}))


# ---- Columns named by id ----

def test_ids_of_every_type(batch):
    chance = random.Random(3)
    ids = {
        "int": pyarrow.array([1, None, 3, 4, 5, 6]),
        "text": pyarrow.array(HOUSES),
        "view": pyarrow.array(HOUSES, pyarrow.string_view()),
        "dictionary": pyarrow.array(["x", "y", "x", None, "z", "x"]).dictionary_encode(),
        "day": pyarrow.array([DAY] * 6),
        "float": pyarrow.array([0.5] * 6),
        "decimal": pyarrow.array([Decimal("1.5")] * 6),
        "flag": pyarrow.array([True, None] * 3),
        "list": pyarrow.array([[1], [], None, [2, 3], [4], [5]]),
        "null": pyarrow.nulls(6),
        "struct": pyarrow.array([{"a": 1, "b": "x"}, None, {"a": 2, "b": "𠮷"}] * 2),
        "bytes": pyarrow.array([b"\0"] * 6),
        "zone": pyarrow.array([datetime.datetime(2025, 1, 1)] * 6, pyarrow.timestamp("us", "Asia/Shanghai")),
        "map": pyarrow.array([[("k", 1)]] * 6, pyarrow.map_(pyarrow.string(), pyarrow.int64())),
        "runs": pyarrow.RunEndEncodedArray.from_arrays([2, 6], ["p", "q"]),
    }
    table = pyarrow.table({**ids, "child.fee": FEES})
    for count in range(1, 5):
        names = chance.sample(sorted(ids), count)
        some = table.select([name for name in table.column_names if name in names or name == "child.fee"])
        for part in (some, some.slice(1, 4), some.to_batches()[0].slice(2, 3), some.slice(3, 0)):
            answers = batch.run(part, id=names)
            found = pyarrow.table(answers)
            found.validate(full=True)
            assert amounts(answers) == expected(part["child.fee"].to_pylist())
            for name in names:
                assert found.schema.field(name).type == table.schema.field(name).type
                assert found[name].to_pylist() == part[name].to_pylist()
    answers = pyarrow.table(batch.run(table, id=ids.keys()))
    assert all(answers[name].to_pylist() == table[name].to_pylist() for name in ids)


@pytest.mark.parametrize("threads", [1, 3])
def test_ids_of_many_rows_in_parts_and_threads(batch, threads):
    fees, ids = [number % 3000 for number in range(9000)], [f"h{number}" for number in range(9000)]
    table = pyarrow.table({"id": ids, "child.fee": fees})
    parts = pyarrow.concat_tables(
        [table.slice(0, 7), table.slice(7, 0),
         table.slice(7, 5000), table.slice(5007)])
    answers = batch.run(parts, id="id", threads=threads)
    found = pyarrow.table(answers)
    assert found["id"].to_pylist() == ids and amounts(answers) == expected(fees)
    frame = polars.DataFrame(batch.run(polars.DataFrame(table), id="id", threads=threads))
    assert frame["id"].to_list() == ids
    with duckdb.connect() as connection:
        connection.register("answers", found)
        total = connection.sql(
            'select count(*), sum("ceiling.amount") from answers where id = \'h\' || (id[2:])').fetchall()
    assert total == [(9000, sum(expected(fees)))]


def test_ids_outlive_their_table(batch):
    table = pyarrow.table({"id": HOUSES, "child.fee": FEES})
    answers = batch.run(table, id="id")
    record_batch, stream = pyarrow.record_batch(answers), answers.__arrow_c_stream__()
    reader = pyarrow.RecordBatchReader.from_stream(batch.stream(table, id="id"))
    first = reader.read_next_batch()
    del table, answers, stream, reader
    gc.collect()
    for found in (record_batch, first):
        found.validate(full=True)
        assert found["id"].to_pylist() == HOUSES


def test_an_id_that_is_a_fact_is_both(batch):
    answers = batch.run(pyarrow.table({"child.fee": FEES, "child.name": HOUSES}),
                        id=("child.name", "child.fee"))
    assert amounts(answers) == expected(FEES)
    assert pyarrow.table(answers).select(["child.fee", "child.name"
                                          ]).to_pydict() == {"child.fee": FEES, "child.name": HOUSES}


def test_wrong_ids_say_so(batch, policy, frame):
    tally = policy.indicator("certified_rate").tally(as_of=DAY)
    for call in (batch.run, batch.stream, lambda table, id: tally.add_table("child", table, id=id)):
        with pytest.raises(ValueError, match="no column 'houshold'; did you mean 'household'"):
            call(frame, id="houshold")
        with pytest.raises(ValueError, match="no column 'x'"):
            call(frame, id=["household", "x"])
        for wrong in (5, [5], [None], b"household"):
            with pytest.raises(TypeError):
                call(frame, id=wrong)
    with pytest.raises(ValueError, match="two columns 'ceiling.amount'"):
        batch.run(frame.rename(columns={"household": "ceiling.amount"}), id="ceiling.amount")
    with pytest.raises(ValueError, match="two columns 'error'"):
        batch.stream(frame.rename(columns={"household": "error"}), id="error")
    twice = pyarrow.table([HOUSES, HOUSES, FEES], names=["id", "id", "child.fee"])
    with pytest.raises(ValueError, match="two columns 'id'"):
        batch.run(twice, id="id")
    assert amounts(batch.run(frame.drop(columns="household"), id=[])) == expected(FEES)


def test_the_schema_tells_of_ids(batch, frame):
    answers = batch.run(frame, id="household")
    schema = pyarrow.schema(answers)
    assert schema.names == ["household", "ceiling.amount", "ceiling.complies", "error"]
    assert schema.field("ceiling.amount").metadata == {b"unit": b"CNY/month"}
    assert schema.metadata is None or b"pandas" not in schema.metadata
    assert pyarrow.schema(batch).names == ["ceiling.amount", "ceiling.complies", "error"]
    back = pyarrow.table(answers).to_pandas()
    assert back["household"].tolist() == HOUSES and back.index.equals(pandas.RangeIndex(6))


def test_unknown_columns_may_still_be_passed_over(policy, frame):
    batch = policy.batch("ceiling", as_of=DAY, unknown_columns="ignore")
    table = frame.assign(note=1.5)
    assert pyarrow.table(batch.run(table, id="household"))["household"].to_pylist() == HOUSES
    assert "household" not in pyarrow.table(batch.run(table)).column_names


def test_one_decision_is_the_same_with_ids_and_without(policy):
    rows = [{"child.fee": fee, "child.share": share, "child.name": name} for fee in (None, 5, 100001)
            for share in (None, 50) for name in (None, "𠮷田")]
    table = pyarrow.Table.from_pylist(rows).append_column("id",
                                                          [[f"{number}" for number in range(len(rows))]])
    batch = policy.batch(["ceiling", "shares", "entitled"], as_of=DAY)
    plain = pyarrow.table(batch.run(table.drop_columns("id")))
    for answers in (batch.run(table, id="id"), batch.run(table, id="id", threads=2)):
        assert pyarrow.table(answers).drop_columns("id").equals(plain)
        assert answers.error_rows == batch.run(table.drop_columns("id")).error_rows == 4


# ---- Tables that are ill-formed ----

class Struct(ctypes.Structure):
    """The head of an ArrowArray: all that is changed here."""

    _fields_ = [("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
                ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64), ("buffers", ctypes.c_void_p),
                ("children", ctypes.POINTER(ctypes.c_void_p))]


class Forged:
    """A record batch whose array is changed before it is handed over."""

    def __init__(self, change):
        self.change = change

    def __arrow_c_array__(self, requested_schema=None):
        schema, array = pyarrow.record_batch({"id": HOUSES, "child.fee": FEES}).__arrow_c_array__()
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
        table = Struct.from_address(pointer(array, b"arrow_array"))
        self.change(table, Struct.from_address(table.children[0]))
        return schema, array


def set_field(name, value, of_table=False):
    return lambda table, column: setattr(table if of_table else column, name, value)


@pytest.mark.parametrize("change", [
    set_field("length", 5), set_field("length", -1), set_field("length", -2 ** 63), set_field("offset", -1),
    set_field("offset", 2 ** 63 - 1), set_field("length", 7, True), set_field("offset", 1, True),
    set_field("offset", -1, True), set_field("n_children", 1, True), set_field("offset", 2 ** 63 - 1, True),
    set_field("length", -5, True), set_field("n_children", -1, True)])
def test_columns_that_do_not_fit_their_table(batch, change):
    for options in ({"id": "id"}, {"id": ["child.fee", "id"]}):
        with pytest.raises((ValueError, MemoryError, tuoyu.TuoyuError)):
            batch.run(Forged(change), **options)
