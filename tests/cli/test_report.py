#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""report: the board of indicators as text, JSON and CSV, with regions, unknown rows and missing files."""
import csv
import io
import itertools
import json
import random
import unicodedata

from command_test import expect, main, run, write

STAFF = "id,certified,subdistrict\n1,true,小港街道\n2,true,小港街道\n3,false,新碶街道\n4,,新碶街道\n"
SUBDISTRICTS = "subdistrict.id\n新碶街道\n小港街道\n郭巨街道\n"


def report(folder, *options, staff=STAFF, subdistricts=SUBDISTRICTS):
    (folder / "data").mkdir(exist_ok=True)
    for name, rows in (("staff", staff), ("subdistrict", subdistricts)):
        if rows is not None:
            write(folder, {f"data/{name}.csv": rows})
    return run("report", "fees.yaml", "--data", "data", "--as-of", "2024-05-01", *options, folder=folder)


def rows_of(result):
    return list(csv.DictReader(io.StringIO(result.out)))


def test_board_in_both_languages(folder):
    expect(report(folder), 0, out=["截至 2024-05-01", "持证率", "66.66%", "80%", "50–75%", "未达到", "2"])
    expect(report(folder, "--lang", "en"), 0, out=["as of 2024-05-01", "Certified staff", "not met", "cited"])
    expect(report(folder, "--lang", "en", staff="certified,subdistrict\ntrue,a\ntrue,a\ntrue,a\nfalse,a\n,a\n"), 0, out=["75%", "60–80%", "not known"])


def test_met_and_not_met(folder):
    expect(report(folder, staff=STAFF.replace("4,,", "4,true,"), subdistricts=SUBDISTRICTS), 0, out=["75%", "未达到", "1 名从业人员"])
    expect(report(folder, staff="certified,subdistrict\n" + "true,小港街道\n" * 4 + "false,小港街道\n"), 0, out=["80%", "达到"])


def test_digits_tell_a_value_from_its_target(folder):
    """Two decimals would show 80.00 beside a target of 80; what can be told apart by two is cut after two."""
    def staff(good, bad):
        return "certified,subdistrict\n" + "true,a\n" * good + "false,a\n" * bad
    expect(report(folder, staff=staff(4001, 1000)), 0, out=["80.003%", "小数截取两位，分不清两个数时多截几位"])
    expect(report(folder, staff=staff(4011, 1000)), 0, out="80.04%")
    expect(report(folder, staff=staff(3999, 1000)), 0, out=["79.99%", "未达到"])
    expect(report(folder, staff=staff(4, 1)), 0, out="80%")
    expect(report(folder, "--lang", "en", staff=staff(4001, 1000)), 0, out=["80.003%", "as many as tell two numbers apart"])


def test_regions_with_the_empty_one(folder):
    got = rows_of(expect(report(folder, "--by", "subdistrict", "--format", "csv"), 0))
    assert [row["region"] for row in got] == ["", "小港街道", "新碶街道", "郭巨街道"], got
    assert [row["value"] for row in got][1:] == ["100", "0", ""], got
    assert got[3]["denominator"] == "0" and got[3]["met"] == "", got
    expect(report(folder, "--by", "subdistrict"), 0, out=["郭巨街道", "无数据"])
    expect(report(folder, "--by", "village"), 2, err="village")


RATIO = """\
tuoyu: 1
id: test.ratio
title: {zh: 园所, en: Centres}
in_force: 2024-01-01..2025-12-31
facts:
  centre:
    places: {type: integer, range: "[0..1000]", label: {zh: 托位, en: places}}
    children: {type: integer, range: "[0..1000]", label: {zh: 儿童, en: children}}
    town: {type: string, label: {zh: 街道, en: town}}
  town:
    id: {type: string, label: {zh: 街道, en: town}}
indicators:
  per_child:
    title: {zh: 人均托位, en: Places per child}
    unit: percent
    by: [town]
    ratio: {numerator: {of: centre, sum: centre.places}, denominator: {of: centre, sum: centre.children}}
    target: {at_least: 1}
"""


def test_nothing_is_divided_by_nothing_without_a_word(folder):
    """10/0 is no 0 % and no 100 %: why there is no value stands in every form, for the whole and for its region."""
    write(folder, {"ratio.yaml": RATIO, "data/centre.csv": "centre.places,centre.children,centre.town\n10,0,A\n", "data/town.csv": "town.id\nA\n B \nB\n"})
    options = ["report", "ratio.yaml", "--data", "data", "--as-of", "2025-01-01", "--by", "town"]
    zh, en = "分母为 0，不能相除：分子为 10", "the denominator is 0, by which nothing can be divided: the numerator is 10"
    assert expect(run(*options, folder=folder), 0, out=[zh]).out.count(zh) == 2
    assert expect(run(*options, "--lang", "en", folder=folder), 0, out=[en]).out.count(en) == 2
    rows = rows_of(expect(run(*options, "--format", "csv", folder=folder), 0))
    assert [(row["region"], row["value"], row["met"], row["reason"]) for row in rows] == [
        ("", "", "", zh), ("A", "", "", zh), ("B", "", "", "没有可计入的对象")], rows
    measures = json.loads(expect(run(*options, "--format", "json", folder=folder), 0).out)["measures"]
    assert [one.get("reason") for one in measures] == [{"zh": zh, "en": en}] * 2 + [{"zh": "没有可计入的对象", "en": "nothing to count"}], measures


def test_why_a_ratio_has_no_value_is_said_by_every_command(folder):
    zh, en = "分母为 0，不能相除：分子为 10", "the denominator is 0, by which nothing can be divided: the numerator is 10"
    rows = "centre.places,centre.children,centre.town\n10,0,A\n"
    write(folder, {"ratio.yaml": RATIO, "data/centre.csv": rows, "data/town.csv": "town.id\nA\n"})
    asked = ["eval", "ratio.yaml", "--rule", "per_child", "--data", "data", "--as-of", "2025-01-01"]
    expect(run(*asked, folder=folder), 0, out=zh)
    expect(run(*asked, "--lang", "en", folder=folder), 0, out=en)
    answer = json.loads(expect(run(*asked, "--format", "json", folder=folder), 0).out)
    assert answer["reason"] == {"zh": zh, "en": en} and "value" not in answer and answer["met"] is None, answer
    days = [word for day in ("2025-01-01", "2025-02-01") for word in ("--as-of", day)]
    series = rows_of(expect(run("report", "ratio.yaml", "--data", "data", *days, "--format", "csv", folder=folder), 0))
    assert [row["reason"] for row in series] == [zh, zh], series
    # Beside a row that may change it, and one that cannot be read, each reason has its clause.
    write(folder, {"data/centre.csv": rows + "5,,A\n7\n"})
    answer = json.loads(expect(run(*asked, "--format", "json", folder=folder), 1).out)
    assert answer["reason"]["zh"] == f"{zh}；1 条记录无法读取；1 行资料不全，缺少：儿童", answer


def test_csv_has_all_digits_and_the_unknown_range(folder):
    row = rows_of(expect(report(folder, "--format", "csv"), 0))[0]
    assert (row["rule"], row["numerator"], row["denominator"], row["unknown"], row["lower"], row["upper"], row["target"]) == (
        "test.fees:certified_rate", "2", "3", "1", "50", "75", "80"), row
    assert row["value"].startswith("66.666666666666666666"), row


def test_json_is_the_librarys(folder):
    board = json.loads(expect(report(folder, "--by", "subdistrict", "--format", "json"), 0).out)
    assert board["as_of"] == "2024-05-01" and len(board["measures"]) == 4, board
    assert board["measures"][1]["region"] == {"kind": "subdistrict", "id": "小港街道"} and board["measures"][1]["value"] == "100", board


def test_bad_rows_are_named_and_counted_as_unknown(folder):
    result = report(folder, "--format", "csv", staff="id,certified,subdistrict\n1,true,小港街道\n2,oui,小港街道\n3,true\n")
    row = rows_of(expect(result, 1, err=["data/staff.csv:3: error:", "data/staff.csv:4: error:", "2 fields"]))[0]
    assert (row["numerator"], row["unknown"]) == ("1", "2"), row
    assert [row[f"records.{key}"] for key in ("read", "determined", "undetermined", "not_applicable", "not_in_force", "error", "unreadable")] == ["3", "1", "0", "0", "0", "1", "1"], row
    assert row["reason"].endswith("1 行有错误 (data/staff.csv:4: it has 2 fields, the header has 3)"), row


def test_many_bad_rows_do_not_flood(folder):
    result = expect(report(folder, staff="certified,subdistrict\n" + "oui,a\n" * 200), 1, err="190 more rows")
    assert result.err.count("error:") == 10, result


def test_missing_files(folder):
    result = report(folder, staff=None)
    expect(result, 1, out=["持证率", "无数据"], err="staff.csv is not there")
    expect(report(folder, "--format", "json", staff=None), 1, out='"error":')
    (folder / "data" / "subdistrict.csv").unlink()
    expect(report(folder, staff=None, subdistricts=None), 2, err="data")
    expect(report(folder, subdistricts=None), 0, out="持证率", err="subdistrict.csv is not there")
    expect(run("report", "fees.yaml", "--data", "none", "--as-of", "2024-05-01", folder=folder), 2, err="none")


def test_rules_can_be_chosen(folder):
    expect(report(folder, "--rule", "certified_rate"), 0, out="持证率")
    expect(report(folder, "--rule", "ceiling"), 2, err="no indicator")
    expect(report(folder, "--rule", "certifed_rate"), 2, err="certified_rate")
    expect(run("report", "shared.yaml", "--data", ".", folder=folder), 2, err="no indicator")


def test_outside_its_dates(folder):
    expect(run("report", "fees.yaml", "--data", "data", "--as-of", "2026-01-01", folder=(report(folder), folder)[1]), 0, out=["不生效", "至2025年12月31日止生效"])


def test_more_rows_than_are_read_at_once(folder):
    staff = ["certified,subdistrict,id"]
    for i in range(20000):
        staff.append(f"{('true', 'false', '', ' true ', 'maybe')[i % 5]},{('a', 'b', '', 'c')[i % 4]},{'x' * (i % 600)}")
    staff[9000] = "true,a"
    result = expect(report(folder, "--by", "subdistrict", "--format", "csv", staff="\n".join(staff) + "\n"), 1,
                    err=["staff.csv:6: error:", "'maybe'", "and 3990 more rows"])
    whole, *regions = rows_of(result)
    rows = [row.split(",")[:2] for row in staff[1:] if row.count(",") == 2]
    yes, no = (sum(row[0].strip() == word for row in rows) for word in ("true", "false"))
    assert (whole["numerator"], whole["denominator"], whole["unknown"]) == (str(yes), str(yes + no), str(len(rows) - yes - no + 1)), whole
    for region in ("a", "b", "c"):
        there = [row for row in rows if row[1] == region]
        got = next(row for row in regions if row["region"] == region)
        assert (got["numerator"], got["unknown"]) == (str(sum(row[0].strip() == "true" for row in there)),
                                                      str(sum(row[0].strip() in ("", "maybe") for row in there) + 1)), got
    lines = [line for line in result.err.splitlines() if "error:" in line]
    assert [int(line.split(":")[1]) for line in lines] == list(range(6, 56, 5)), lines


def test_bad_records_stand_among_bad_rows(folder):
    staff = "certified,subdistrict\noui,a\ntrue\nnon,a\n\"broken\" x,a\ntrue,a\noui,a\n"
    result = expect(report(folder, staff=staff), 1)
    assert [int(line.split(":")[1]) for line in result.err.splitlines() if "error:" in line] == [2, 3, 4, 5, 7], result


# ---- Several dates ----

def series(folder, *options, dates=("2024-05-01", "2025-05-01"), **data):
    report(folder, **data)
    return run("report", "fees.yaml", "--data", "data", *(word for date in dates for word in ("--as-of", date)), *options, folder=folder)


def test_series_of_the_same_rows(folder):
    got = rows_of(expect(series(folder, "--format", "csv", "--by", "subdistrict"), 0))
    assert [(row["as_of"], row["region"]) for row in got] == [(date, region) for date in ("2024-05-01", "2025-05-01")
                                                              for region in ("", "小港街道", "新碶街道", "郭巨街道")], got
    boards = json.loads(expect(series(folder, "--format", "json"), 0).out)
    assert [board["as_of"] for board in boards] == ["2024-05-01", "2025-05-01"], boards
    assert boards[0] == json.loads(expect(report(folder, "--format", "json"), 0).out), boards
    text = expect(series(folder, "--by", "subdistrict"), 0, out=["持证率", "日期", "2024-05-01", "2025-05-01", "小港街道 2025-05-01"]).out
    assert text.count("2024-05-01") == 4 + 1, text  # in each table, and above the counts of records


def test_series_of_rows_by_date(folder):
    (folder / "data" / "2025-05-01").mkdir(parents=True)
    write(folder, {"data/2025-05-01/staff.csv": "certified,subdistrict\ntrue,新的\n", "data/2025-05-01/subdistrict.csv": "id\n新的\n"})
    got = rows_of(expect(series(folder, "--format", "csv"), 0))
    assert [(row["as_of"], row["value"][:5]) for row in got] == [("2024-05-01", "66.66"), ("2025-05-01", "100")], got
    text = expect(series(folder, "--by", "subdistrict"), 0, out=["新的 2025-05-01", "小港街道 2024-05-01"]).out
    assert "新的 2024-05-01" not in text and "小港街道 2025-05-01" not in text, text
    assert rows_of(expect(report(folder, "--as-of", "2024-05-01", "--format", "csv"), 2, err="twice")) == []


def test_series_that_goes_wrong(folder):
    expect(series(folder, dates=("2024-05-01", "2024-5-1")), 2, err="2024-5-1")
    result = expect(series(folder, "--format", "csv", dates=("2025-12-31", "2026-01-01")), 0)
    assert [(row["outcome"], row["error"], row["records.not_in_force"]) for row in rows_of(result)] == [
        ("determined", "", "0"), ("not_in_force", "", "4")], result


RANGES = """\
tuoyu: 1
id: test.ranges
title: t
in_force: 2024-01-01..
facts:
  c:
    n: {type: integer, range: "[0..3]", unit: place}
    on: {type: boolean}
indicators:
  share: {title: share, unit: percent, ratio: {numerator: {of: c, where: c.on, count: c.n > 1}, denominator: {of: c, where: c.on, count: true}}, target: {at_least: 0.6}}
  few: {title: few, unit: percent, ratio: {numerator: {of: c, where: c.on, count: c.n > 1}, denominator: {of: c, where: c.on, count: true}}, target: {at_most: 0.3}}
  count: {title: count, unit: c, value: {of: c, where: c.on, count: true}, target: {at_least: 3}}
  exact: {title: exact, unit: place, value: {of: c, where: c.on, sum: c.n}, target: {exactly: 4}}
  most: {title: most, unit: place, value: {of: c, sum: c.n}, target: {at_most: 2}}
  rate: {title: rate, unit: place/c, ratio: {numerator: {of: c, where: c.on, sum: c.n}, denominator: {of: c, count: true}}, target: {at_least: 1.5}}
  strict: {title: strict, unit: 1, ratio: {numerator: {of: c, count: c.on}, denominator: {of: c, where: c.n > 0, count: true}}, target: {at_least: 1.2}}
"""
TIGHT = {"share", "few", "count", "most"}  # of which no two sums hang on one another in a way that the ends do not know


def measures_of(folder, rows):
    write(folder, {"p.yaml": RANGES, "data/c.csv": "row,c.n,c.on\n" + "".join(f"{i},{n},{on}\n" for i, (n, on) in enumerate(rows))})
    result = expect(run("report", "p.yaml", "--data", "data", "--as-of", "2025-01-01", "--format", "json", folder=folder), 0)
    return {one["rule"].split(":")[1]: one for one in json.loads(result.out)["measures"]}


def test_distance_is_the_range_of_all_ways_in_which_rows_can_turn_out(folder):
    seen = 0
    for seed in range(14):
        chance = random.Random(seed)
        rows = [(chance.choice(["", 0, 1, 2, 3, 2]), chance.choice(["", "true", "true", "false"])) for _ in range(chance.choice([2, 3, 4]))]
        while sum(n == "" for n, _ in rows) * 2 + sum(on == "" for _, on in rows) > 4:
            rows[chance.randrange(len(rows))] = (2, "true")
        claims = measures_of(folder, rows)
        ways = itertools.product(*([(n, on) for n in (range(4) if row[0] == "" else [row[0]]) for on in (("true", "false") if row[1] == "" else [row[1]])]
                                   for row in rows))
        facts = [measures_of(folder, way) for way in ways]
        for name, claim in claims.items():
            found = [float(fact[name]["distance"]) for fact in facts if "distance" in fact[name]]
            if "distance" not in claim or not found:
                continue
            least, most = (float(claim.get(key, claim["distance"])) for key in ("distance_least", "distance_most"))
            assert least <= min(found) and max(found) <= most, (seed, rows, claim, found)
            if name in TIGHT and len(found) == len(facts):
                assert (least, most) == (min(found), max(found)), (seed, rows, claim, found)
                seen += least < most
    assert seen > 10, seen


def test_distance_is_shown_as_a_range_with_its_unit(folder):
    rows = [("", "true"), (0, "true"), (1, "true")]
    measures_of(folder, rows)
    options = ["report", "p.yaml", "--data", "data", "--as-of", "2025-01-01"]
    text = expect(run(*options, folder=folder), 0).out
    assert "1–2 个 c" in text or "1–2 c" in text, text  # of three, 60 % are two: one is open, so that one or two are missing
    table = {row["rule"].split(":")[1]: row for row in rows_of(expect(run(*options, "--format", "csv", folder=folder), 0))}
    assert (table["share"]["distance_least"], table["share"]["distance_most"]) == ("1", "2"), table["share"]
    assert (table["exact"]["distance_least"], table["exact"]["distance_most"], table["exact"]["distance_unit"]) == ("0", "3", "place"), table["exact"]
    expect(run("eval", "p.yaml", "--rule", "exact", "--data", "data", "--as-of", "2025-01-01", "--lang", "en", folder=folder), 0, out="still to go: 0 to 3 place\n")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_columns_are_aligned(folder):
    lines = expect(report(folder, "--by", "subdistrict"), 0).out.splitlines()
    ends = {width(line[:line.index("%") + 1]) for line in lines if "%" in line and "街道" in line and "—" not in line}
    assert len(ends) == 1, lines
    assert all(line == line.rstrip() for line in lines), lines


if __name__ == "__main__":
    main(globals())
