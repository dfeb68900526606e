#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""White space around a text is no part of it, whatever the text is, an id or a region too, and whichever command reads it."""
import csv
import io
import json

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.spaces
title: {zh: 空白, en: Spaces}
in_force: 2024-01-01..2025-12-31
sources:
  n: {title: n}
facts:
  child:
    fee: {type: money, unit: CNY/month, range: "[0..1000]", label: {zh: 收费, en: fee}}
    order: {type: integer, label: {zh: 次序, en: order}}
    town: {type: string, label: {zh: 街道, en: town}}
  town:
    id: {type: string, label: {zh: 街道, en: town}}
pricing:
  in_a: {title: t, unit: CNY/month, when: child.town = "A", amount: child.fee}
cost_sharing:
  split:
    title: t
    unit: CNY/month
    of: child.fee
    payers: [{id: gov, rate: 1}]
    budget: {of: 1000, order: [child.order], when_short: pay_part, cite: n}
    cite: n
indicators:
  fees: {title: {zh: 收费, en: Fees}, unit: CNY/month, value: {of: child, sum: child.fee}, by: [town], target: {at_least: 30}}
"""
AROUND = ("", " ", "\t", "\u3000", "\u00a0", "\u2003", "\u0085", "\ufeff", " \u3000\t")
DATE = ("--as-of", "2025-01-01")


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_cells_and_header(folder):
    lines = [f"{space}{i}{space},{space}10{space},{space}A{space}" for i, space in enumerate(AROUND)]
    write(folder, {"spaces.yaml": PACK, "rows.csv": "id,\u3000child.fee ,child.town\u00a0\n" + "\n".join(lines) + "\n"})
    for threads in ("1", "3"):
        got = rows(expect(run("run", "spaces.yaml", "--rule", "in_a", "--input", "rows.csv", "--output", "-", "--threads", threads, *DATE, folder=folder), 0).out)
        assert [(row["in_a.amount"], row["error"]) for row in got] == [("10", "")] * len(AROUND), got


def test_regions(folder):
    lines = [f"10,{space}A{space}" for space in AROUND]
    towns = "\n".join(["town.id", *(f"{space}A{space}" for space in AROUND), "B "])
    write(folder, {"spaces.yaml": PACK, "data/child.csv": "child.fee,child.town\n" + "\n".join(lines) + "\n", "data/town.csv": towns})
    board = json.loads(expect(run("report", "spaces.yaml", "--data", "data", "--by", "town", "--format", "json", *DATE, folder=folder), 0).out)
    found = [(one.get("region", {}).get("id"), one["value"]) for one in board["measures"]]
    assert found == [(None, "90"), ("A", "90"), ("B", "0")], found


def test_ids_of_claims(folder):
    """Both are one id, with other facts: neither is paid."""
    for space in AROUND[1:]:
        write(folder, {"spaces.yaml": PACK, "claims.csv": f"id,child.fee,child.order\nA,1000,1\n{space}A{space},1000,2\n"})
        expect(run("pay", "spaces.yaml", "--rule", "split", "--input", "claims.csv", "--output", "out.csv", *DATE, folder=folder), 1)
        got = rows((folder / "out.csv").read_text(encoding="utf-8"))
        assert [(row["id"], row["state"]) for row in got] == [("A", "error")] * 2, got
        assert [row["error"].split(" and ")[0] for row in got] == ["record 2 has the same id", "record 1 has the same id"], got


if __name__ == "__main__":
    main(globals())
