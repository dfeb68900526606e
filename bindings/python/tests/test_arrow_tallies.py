# SPDX-License-Identifier: Apache-2.0
"""Tables by Arrow into tallies, and texts in every layout."""

import random
from decimal import Decimal

import polars
import pyarrow
import pytest

import tuoyu
from arrow_tables import DAY, policy  # noqa: F401

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
            assert measure.records.undetermined == values.count(None)
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
