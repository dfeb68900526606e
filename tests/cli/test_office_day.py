#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A day of an office: its transcript is the committed one, and what it says adds up.

    TUOYU=build/tuoyu examples/office/run.sh FOLDER >examples/office/transcript.txt    renews the transcript"""
import csv
import json
import os
import subprocess
from decimal import Decimal

from command_test import COMMAND, ROOT, main

OFFICE = ROOT / "examples" / "office"


def day(folder):
    out = folder / "out"
    process = subprocess.run(["bash", str(OFFICE / "run.sh"), str(out)], capture_output=True, timeout=120, cwd=folder,
                             env={**os.environ, "TUOYU": str(COMMAND), "LC_ALL": "C.UTF-8"})
    assert process.returncode == 0, process
    return process.stdout.decode("utf-8"), out


def without_messages(text):
    """The wording of what is wrong with single records has tests of its own."""
    return [line for line in text.splitlines() if not line.startswith("#")]


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_transcript_is_the_committed_one(folder):
    said, _ = day(folder)
    kept = (OFFICE / "transcript.txt").read_text(encoding="utf-8")
    assert without_messages(said) == without_messages(kept), "see how to renew it at the head of this file\n" + said


def test_the_day_adds_up(folder):
    said, out = day(folder)
    october, november = (json.loads((out / f"sums_{month}.json").read_text(encoding="utf-8")) for month in (10, 11))
    for sums in (october, november):
        assert Decimal(sums["paid"]) + Decimal(sums["left"]) == Decimal(sums["budget"])
        assert sum(Decimal(state["paid"]) for state in sums["states"].values()) == Decimal(sums["paid"])
        assert sum(map(Decimal, sums["payers"].values())) == Decimal(sums["whole"])
    assert Decimal(october["used"]) + Decimal(october["paid"]) == Decimal(november["used"])
    assert november["budget"] == october["left"], "the budget goes on where last month left it"
    before = {claim["id"]: Decimal(claim["paid"]) for claim in json.loads((out / "receipt_10.json").read_text())["outputs"]["claims"]}
    rows = table(out / "paid_11.csv")
    for row in rows:
        assert Decimal(row["paid_before"] or 0) == before.get(row["申请编号"], 0) or row["state"] == "duplicate"
        if row["state"] in ("paid_before", "claw_back"):
            assert Decimal(row["paid"]) == 0 and Decimal(row["claw_back"] or 0) == before[row["申请编号"]] - Decimal(row["claimed"])
    assert sum(Decimal(row["paid"] or 0) for row in rows) == Decimal(november["paid"]) and len(rows) == 10
    assert sum(Decimal(row["claw_back"] or 0) for row in rows) == Decimal(november["claw_back"]) == 600
    children = table(out / "children.csv")
    assert len(children) == 11, "each record of the file has its row; the empty rows below are none"
    for row in children:
        payers = [Decimal(text) for name, text in row.items() if name.startswith("monthly_care_cost.payers.") and text]
        assert not row["monthly_care_cost.whole"] or sum(payers) == Decimal(row["monthly_care_cost.whole"])
    wrong = {row["编号"] for row in children if row["error"]}
    assert wrong == {"B006", "B007", "B009", "合计"}
    assert "B004" in said and "不符合：本区户籍" in said
    assert not (out / "messages.txt").read_text(encoding="utf-8").count("Traceback")


def test_the_files_are_as_offices_save_them(_):
    assert b"\r\n" in (OFFICE / "children.csv").read_bytes() and "编号" in (OFFICE / "children.csv").read_bytes().decode("gb18030")
    assert (OFFICE / "claims_10.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert ";" in (OFFICE / "claims_10.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert not (OFFICE / "claims_11.csv").read_bytes().startswith(b"\xef\xbb\xbf")


if __name__ == "__main__":
    main(globals())
