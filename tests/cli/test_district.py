#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The district data of the demonstration: what it promises, and what the packs make of it."""
import csv
import decimal
import io
import json
import subprocess
import sys

from command_test import ROOT, expect, main, run

DATA = ROOT / "examples" / "beilun"
PILOT, ASSUMED = ROOT / "examples/packs/beilun/inclusive-childcare.yaml", ROOT / "examples/packs/beilun/illustrative.yaml"
AS_OF = "2025-09-30"


def rows(path):
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_generator_gives_the_same_bytes(folder):
    subprocess.run([sys.executable, DATA / "generate.py", folder], check=True)
    kept = sorted(path.name for path in DATA.glob("*.csv"))
    assert len(kept) == 10 and kept == sorted(path.name for path in folder.glob("*.csv"))
    for name in kept:
        assert (folder / name).read_bytes() == (DATA / name).read_bytes(), name


def test_eleven_subdistricts_one_with_nothing_inclusive(_):
    names = {row["subdistrict.id"] for row in rows(DATA / "subdistrict.csv")}
    inclusive = {row["institution.subdistrict"] for row in rows(DATA / "institution.csv") if row["institution.inclusive"] == "true"}
    inclusive |= {row["care_station.subdistrict"] for row in rows(DATA / "care_station.csv") if row["care_station.inclusive_care"] == "true"}
    assert len(names) == 11 and names - inclusive == {"郭巨街道"}, names - inclusive


def test_children_point_to_institutions_with_room(_):
    places = {row["institution.id"]: int(row["institution.places"]) for row in rows(DATA / "institution.csv")}
    children = rows(DATA / "child.csv")
    assert len(children) >= 2000
    for row in children:
        attended = row["child.institution"]
        if attended == "null":
            continue
        places[attended] -= 1
        assert places[attended] >= 0 and row["institution.id"] == attended


def test_every_split_sums_to_the_fen(folder):
    expect(run("run", PILOT, ASSUMED, "--rule", "monthly_fee", "--rule", "monthly_care_cost", "--rule", "inclusive_place",
               "--input", DATA / "child.csv", "--output", "out.csv", "--as-of", AS_OF, folder=folder), 0)
    got = rows(folder / "out.csv")
    split = [row for row in got if row["monthly_care_cost.outcome"] == "determined"]
    assert len(got) == len(rows(DATA / "child.csv")) and len(split) > 500, len(split)
    for row in split:
        shares = [decimal.Decimal(row[f"monthly_care_cost.payers.{payer}"]) for payer in ("district", "employer", "institution", "family")]
        assert sum(shares) == decimal.Decimal(row["monthly_care_cost.whole"]) == decimal.Decimal(row["child.monthly_fee"]), row
        assert min(shares) >= 0 and row["monthly_care_cost.standing"] == "assumed", row
    for row in got:
        for rule in ("monthly_fee", "monthly_care_cost", "inclusive_place"):
            assert (row[f"{rule}.outcome"] == "undetermined") == bool(row[f"{rule}.missing"]), row


def test_spoiled_rows_are_found_and_no_others(folder):
    result = run("run", PILOT, ASSUMED, "--rule", "monthly_fee", "--input", DATA / "child_with_errors.csv", "--output", "out.csv",
                 "--as-of", AS_OF, "--strict", folder=folder)
    expect(result, 1, err="30 rows, 10 of them")
    wrong = [number for number, row in enumerate(rows(folder / "out.csv"), 1) if row["error"]]
    assert wrong == list(range(1, 20, 2)), wrong
    # What can mean one thing only is read as meant; the others stay wrong.
    result = run("run", PILOT, ASSUMED, "--rule", "monthly_fee", "--input", DATA / "child_with_errors.csv", "--output", "out.csv",
                 "--as-of", AS_OF, "--changes", "changes.csv", folder=folder)
    expect(result, 1, err=["30 rows, 7 of them", "read as meant: 3 cells"])
    changes = rows(folder / "changes.csv")
    still_wrong = {number for number, row in enumerate(rows(folder / "out.csv"), 1) if row["error"]}
    assert still_wrong == set(wrong) - {int(change["line"]) - 1 for change in changes} and len(changes) == 3, changes


def count(entity, column, value="true"):
    return sum(row[f"{entity}.{column}"] == value for row in rows(DATA / f"{entity}.csv"))


def test_board_counts_what_the_files_hold(folder):
    result = expect(run("report", PILOT, "--data", DATA, "--as-of", AS_OF, "--by", "subdistrict", "--format", "csv", folder=folder), 0)
    board = {(row["rule"].split(":")[1], row["region"]): row for row in csv.DictReader(io.StringIO(result.out))}
    staff, known = board["certified_staff_rate", ""], count("staff", "certified") + count("staff", "certified", "false")
    assert (staff["numerator"], staff["denominator"]) == (str(count("staff", "certified")), str(known)), staff
    assert staff["unknown"] == str(count("staff", "certified", "")), staff
    places = sum(int(row["institution.places"]) for row in rows(DATA / "institution.csv") if row["institution.open"] == "true")
    mean = board["mean_places_per_community", ""]
    assert (mean["numerator"], mean["denominator"]) == (str(places), str(len(rows(DATA / "community.csv")))), mean
    assert int(mean["distance"]) == max(0, 16 * int(mean["denominator"]) - places), mean
    coverage = {region: row["value"] for (rule, region), row in board.items() if rule == "subdistrict_coverage_rate" and region}
    assert len(coverage) == 11 and [region for region, value in coverage.items() if value == "0"] == ["郭巨街道"], coverage
    assert board["care_stations_at_provincial_standard", ""]["distance"] == "3"


def test_family_is_answered_and_marked_assumed(folder):
    for rule in ("monthly_fee", "monthly_care_cost", "inclusive_place"):
        result = run("eval", PILOT, ASSUMED, "--rule", rule, "--case", DATA / "family.yaml", "--as-of", AS_OF, "--format", "json", folder=folder)
        answer = json.loads(expect(result, 0).out)
        assert (answer["outcome"], answer["standing"]) == ("determined", "assumed"), answer
    result = run("eval", PILOT, "--rule", "monthly_fee", "--case", DATA / "family.yaml", "--as-of", AS_OF, "--format", "json", folder=folder)
    answer = json.loads(expect(result, 0).out)
    assert answer["outcome"] == "undetermined" and {item["code"] for item in answer["missing"]} == {"TUOYU_ERROR_PARAMETER_UNSET"}, answer


if __name__ == "__main__":
    main(globals())
