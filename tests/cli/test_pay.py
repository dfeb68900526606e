#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pay: claims in, who is paid out; what is wrong with a row stands beside the others; a receipt repeats it."""
import csv
import io
import json
import random

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.payout
title: 发放
authority: 测试局
in_force: 2024-01-01..2025-12-31
sources:
  notice: {title: 办法}
facts:
  fund:
    spent: {type: money, unit: CNY, range: "[0..1000000]"}
  claim:
    due: {type: money, unit: CNY, range: "[0..100000]"}
    filed: {type: date}
cost_sharing:
  support:
    title: 补助
    unit: CNY
    cite: notice 第一条
    of: 'if claim.due in (7, 9) then -claim.due else claim.due'
    payers: [{id: city, rate: 1}]
    budget: {of: 1000, used: fund.spent, order: [claim.filed], when_short: pay_part, cite: notice 第二条}
  plain: {title: 无预算, unit: CNY, cite: notice 第一条, of: claim.due, payers: [{id: city, rate: 1}]}
"""
HEADER = "id,claim.due,claim.filed,note\n"


def pay(folder, claims, *options, rule="support", spent="0"):
    write(folder, {"payout.yaml": PACK, "claims.csv": claims, "fund.yaml": f"fund: {{spent: {spent}}}\n"})
    return run("pay", "payout.yaml", "--rule", rule, "--input", "claims.csv", "--output", "out.csv", "--case", "fund.yaml",
               "--as-of", "2024-05-01", *options, folder=folder)


def output(folder, name="out.csv"):
    return list(csv.DictReader(io.StringIO((folder / name).read_bytes().decode("utf-8"), newline="")))


def test_in_order_until_it_runs_out(folder):
    claims = HEADER + "c,300,2024-03-01,\n𠮷,700.01,2024-01-01,\nb,500,2024-02-01,\nz,0,2024-01-01,\n"
    expect(pay(folder, claims), 0, err="4 claims, budget 1000, paid 1000, left 0, unpaid 500.01")
    text = (folder / "out.csv").read_text(encoding="utf-8")
    assert text == ("id,claimed,paid,state,missing,error\n𠮷,700.01,700.01,paid,,\nb,500,299.99,in_part,,\nc,300,0,unpaid,,\n"
                    "z,0,0,not_due,,\n"), text


def test_the_order_of_rows_changes_nothing(folder):
    rows = [f"n{i},{i % 7 * 10 + 1},2024-01-{i % 5 + 1:02},\n" for i in range(60)]
    shuffled = list(rows)
    random.Random(7).shuffle(shuffled)
    expect(pay(folder, HEADER + "".join(rows), spent="12.5"), 0)
    first = (folder / "out.csv").read_bytes()
    expect(pay(folder, HEADER + "".join(shuffled), spent="12.5"), 0)
    assert (folder / "out.csv").read_bytes() == first
    assert sum(float(row["paid"]) for row in output(folder)) == 987.5


def test_wrong_rows_stand_beside_the_others(folder):
    claims = HEADER + "a,1,2024-01-01,\nb,x,2024-01-01,\na,2,2024-01-01,\n,3,2024-01-01,\nd,4\ne,5,,\nf,0.001,2024-01-01,\n"
    claims += "g,9,2024-01-01,\nh,7,2024-01-01,\n"
    expect(pay(folder, claims), 1, err=["9 claims", "not final"])
    rows = {(row["id"], row["state"]): row for row in output(folder)}
    assert rows["a", "paid"]["paid"] == "1"
    assert rows["e", "open"]["missing"] == "claim.filed"
    assert "line 3: 'claim.due'" in rows["b", "error"]["error"], rows
    assert "line 4: there is a claim `a` already" in rows["a", "error"]["error"], rows
    assert "line 5: a claim needs an id" in rows["", "error"]["error"], rows
    assert "line 6: " in rows["d", "error"]["error"], rows
    assert "line 9: " in rows["g", "error"]["error"] and "`city` is below zero: -9" in rows["g", "error"]["error"], rows
    assert "line 10: " in rows["h", "error"]["error"], rows
    assert len(output(folder)) == 9


def test_the_column_of_ids(folder):
    expect(pay(folder, "编号,claim.due,claim.filed\n一,1,2024-01-01\n", "--id", "编号"), 0)
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines() == ["编号,claimed,paid,state,missing,error", "一,1,1,paid,,"]
    result = expect(pay(folder, "编号,claim.due,claim.filed\n一,1,2024-01-01\n"), 2, err="there is no column id")
    assert "编号 is no fact" in result.err
    result = expect(pay(folder, HEADER + "a,1,2024-01-01,\n"), 0)
    assert "the column id " not in result.err and "the column note is no fact" in result.err, result


def test_what_cannot_be_paid(folder):
    good = HEADER + "a,1,2024-01-01,\n"
    expect(pay(folder, good, rule="plain"), 2, err="has no budget")
    expect(pay(folder, good, rule="suport"), 2, err="did you mean support?")
    expect(pay(folder, good, spent="x"), 2, err="fund.spent")
    assert not (folder / "out.csv").exists()
    expect(pay(folder, good, "--as-of", "2026-05-01"), 2)
    expect(run("pay", "payout.yaml", "--rule", "support", "--input", "claims.csv", "--output", "claims.csv", folder=folder), 2,
           err="would be lost")
    expect(run("pay", "payout.yaml", "--rule", "support", "--input", "nowhere.csv", "--output", "out.csv", "--as-of", "2024-05-01",
               folder=folder), 2, err="nowhere.csv")
    for missing in ("--rule", "--input", "--output"):
        options = {"--rule": "support", "--input": "claims.csv", "--output": "out.csv"}
        del options[missing]
        expect(run("pay", "payout.yaml", *[word for pair in options.items() for word in pair], folder=folder), 2, err=f"no {missing}")


def test_an_unknown_budget_pays_nobody(folder):
    write(folder, {"payout.yaml": PACK, "claims.csv": HEADER + "a,1,2024-01-01,\n"})
    expect(run("pay", "payout.yaml", "--rule", "support", "--input", "claims.csv", "--output", "-", "--as-of", "2024-05-01", folder=folder), 1,
           out="a,1,,open,,", err="not final")


def test_a_receipt_repeats_the_payout(folder):
    claims = HEADER + "b,500,2024-02-01,\na,700,2024-01-01,\n"
    expect(pay(folder, claims, "--receipt", "receipt.json"), 0)
    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["claims"]["count"] == 2 and receipt["outputs"]["kind"] == "payout", receipt
    replay = ("replay", "receipt.json", "payout.yaml")
    expect(run(*replay, "--claims", "claims.csv", folder=folder), 0, out="same")
    expect(run(*replay, folder=folder), 2, err="--claims")
    write(folder, {"claims.csv": claims.replace("500", "501")})
    expect(run(*replay, "--claims", "claims.csv", folder=folder), 1, out="different")
    expect(run(*replay, "--claims", "nowhere.csv", folder=folder), 2, err="nowhere.csv")


if __name__ == "__main__":
    main(globals())
