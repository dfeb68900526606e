#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""report: the board of indicators as text, JSON and CSV, with regions, unknown rows and missing files."""
import csv
import io
import json
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
    expect(report(folder, staff=STAFF.replace("4,,", "4,true,"), subdistricts=SUBDISTRICTS), 0, out=["75%", "未达到", "1 staff"])
    expect(report(folder, staff="certified,subdistrict\n" + "true,小港街道\n" * 4 + "false,小港街道\n"), 0, out=["80%", "达到"])


def test_regions_with_the_empty_one(folder):
    got = rows_of(expect(report(folder, "--by", "subdistrict", "--format", "csv"), 0))
    assert [row["region"] for row in got] == ["", "小港街道", "新碶街道", "郭巨街道"], got
    assert [row["value"] for row in got][1:] == ["100", "0", ""], got
    assert got[3]["denominator"] == "0" and got[3]["met"] == "", got
    expect(report(folder, "--by", "subdistrict"), 0, out=["郭巨街道", "无数据"])
    expect(report(folder, "--by", "village"), 2, err="village")


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
    result = report(folder, "--format", "csv", staff="id,certified,subdistrict\n1,true,小港街道\n2,yes,小港街道\n3,true\n")
    row = rows_of(expect(result, 1, err=["data/staff.csv:3: error:", "data/staff.csv:4: error:", "2 fields"]))[0]
    assert (row["numerator"], row["unknown"]) == ("1", "1"), row


def test_many_bad_rows_do_not_flood(folder):
    result = expect(report(folder, staff="certified,subdistrict\n" + "yes,a\n" * 200), 1, err="190 more rows")
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
    expect(run("report", "fees.yaml", "--data", "data", "--as-of", "2026-01-01", folder=(report(folder), folder)[1]), 1, err="2025-12-31")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_columns_are_aligned(folder):
    lines = expect(report(folder, "--by", "subdistrict"), 0).out.splitlines()
    ends = {width(line[:line.index("%") + 1]) for line in lines if "%" in line and "街道" in line and "—" not in line}
    assert len(ends) == 1, lines
    assert all(line == line.rstrip() for line in lines), lines


if __name__ == "__main__":
    main(globals())
