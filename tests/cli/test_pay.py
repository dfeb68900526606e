#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pay: claims in, who is paid out; what is wrong with a row stands beside the others; a receipt repeats it."""
import csv
import io
import json
import random
from decimal import Decimal

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


def pay(folder, claims, *options, rule="support", spent="0", pack=PACK):
    write(folder, {"payout.yaml": pack, "claims.csv": claims, "fund.yaml": f"fund: {{spent: {spent}}}\n"})
    return run("pay", "payout.yaml", "--rule", rule, "--input", "claims.csv", "--output", "out.csv", "--case", "fund.yaml",
               "--as-of", "2024-05-01", *options, folder=folder)


def output(folder, name="out.csv"):
    return list(csv.DictReader(io.StringIO((folder / name).read_bytes().decode("utf-8"), newline="")))


def test_in_order_until_it_runs_out(folder):
    claims = HEADER + "c,300,2024-03-01,\n𠮷,700.01,2024-01-01,\nb,500,2024-02-01,\nz,0,2024-01-01,\n"
    expect(pay(folder, claims), 0, err="4 claims, budget 1000, paid 1000, left 0, unpaid 500.01")
    text = (folder / "out.csv").read_text(encoding="utf-8")
    assert text == ("id,claimed,paid_before,paid,claw_back,state,missing,error,reason,final,record\n𠮷,700.01,,700.01,,paid,,,,yes,2\n"
                    "b,500,,299.99,,in_part,,,the budget ran out,yes,3\n"
                    "c,300,,0,,unpaid,,,the budget does not suffice,yes,1\n"
                    "z,0,,0,,not_due,,,,yes,4\n"), text


def without_numbers(folder):
    return [{key: cell for key, cell in row.items() if key != "record"} for row in output(folder)]


def test_the_order_of_rows_changes_nothing(folder):
    rows = [f"n{i},{i % 7 * 10 + 1},2024-01-{i % 5 + 1:02},\n" for i in range(60)]
    shuffled = list(rows)
    random.Random(7).shuffle(shuffled)
    expect(pay(folder, HEADER + "".join(rows), spent="12.5"), 0)
    first = without_numbers(folder)
    expect(pay(folder, HEADER + "".join(shuffled), spent="12.5"), 0)
    assert without_numbers(folder) == first
    assert sum(float(row["paid"]) for row in output(folder)) == 987.5
    assert sorted(int(row["record"]) for row in output(folder)) == list(range(1, 61))


def counts(read, determined=0, undetermined=0, error=0, unreadable=0):
    return {"read": read, "determined": determined, "undetermined": undetermined, "not_applicable": 0, "not_in_force": 0,
            "error": error, "unreadable": unreadable}


def test_a_claim_that_the_rule_does_not_apply_to_is_counted_so(folder):
    pack = PACK.replace("    of: 'if claim.due", "    when: claim.due != 7\n    of: 'if claim.due", 1)
    expect(pay(folder, HEADER + "a,1,2024-01-01,\nb,7,2024-01-01,\nc,0,2024-01-01,\n", "--summary", "summary.json", pack=pack), 0)
    assert summary(folder)["records"] == {**counts(3, 2), "not_applicable": 1}
    assert {row["id"]: row["state"] for row in output(folder)} == {"a": "paid", "b": "not_due", "c": "not_due"}


STATES = ("open", "paid", "in_part", "unpaid", "not_due", "error", "paid_before", "claw_back")


def summary(folder, name="summary.json"):
    """The summary without its totals, which must be those of its own sums."""
    made = json.loads((folder / name).read_text(encoding="utf-8"))
    states, payers = made.pop("states"), made.pop("payers")
    assert tuple(states) == STATES
    if "paid" in made:
        assert sum(Decimal(state["paid"]) for state in states.values()) == Decimal(made["paid"])
        assert Decimal(made["paid"]) + Decimal(made["left"]) == Decimal(made["budget"])
    assert sum(map(Decimal, payers.values())) == Decimal(made.pop("whole"))
    for name in ("used", "claw_back"):
        made.pop(name, None)
    return made


def test_wrong_rows_stand_beside_the_others(folder):
    claims = HEADER + "a,1,2024-01-01,\nb,x,2024-01-01,\nc,2,2024-01-01,\n,3,2024-01-01,\nd,4\ne,5,,\n"
    claims += "f,0.001,2024-01-01,\ng,9,2024-01-01,\nh,7,2024-01-01,\n"
    said = ["9 claims", "not final", "records: read 9, determined 2, undetermined 1, not applicable 0, not in force 0, in error 5, unreadable 1"]
    expect(pay(folder, claims, "--summary", "summary.json"), 1, err=said)
    rows = {(row["id"], row["state"]): row for row in output(folder)}
    assert rows["a", "paid"]["paid"] == "1"
    assert rows["e", "open"]["missing"] == "claim.filed"
    assert "line 3: 'claim.due'" in rows["b", "error"]["error"], rows
    assert "line 5: the column id is empty" in rows["", "error"]["error"], rows
    assert "line 6: " in rows["d", "error"]["error"], rows
    negative = rows["g", "error"]["error"]
    assert "line 9: " in negative and "the whole of `support` is below zero: -9" in negative, rows
    assert "line 10: " in rows["h", "error"]["error"], rows
    assert sorted(int(row["record"]) for row in output(folder)) == list(range(1, 10))
    assert {row["final"] for row in output(folder)} == {"no"}
    assert summary(folder) == {
        "outcome": "undetermined", "not_final": 2, "unit": "CNY", "budget": "1000", "overspent": "0",
        "paid": "3", "left": "997", "unpaid": "0", "records": counts(9, 2, 1, 5, 1)}


def test_a_budget_below_zero_pays_nobody_and_says_so(folder):
    claims = HEADER + "b,500,2024-02-01,\na,700,2024-01-01,\n"
    said = "the budget is overspent by 200"
    expect(pay(folder, claims, "--summary", "summary.json", spent="1200"), 1, err=f"{said}: nothing is paid")
    cells = [[row[key] for key in ("id", "paid", "state", "reason", "final")] for row in output(folder)]
    assert cells == [["a", "0", "unpaid", said, "yes"], ["b", "0", "unpaid", said, "yes"]], cells
    assert summary(folder) == {
        "outcome": "determined", "not_final": 0, "unit": "CNY", "budget": "0", "overspent": "200",
        "paid": "0", "left": "0", "unpaid": "1200", "records": counts(2, 2)}
    expect(pay(folder, claims, "--format", "text", spent="1000.01"), 1)
    assert "预算已超支：0.01 元" in (folder / "out.csv").read_text(encoding="utf-8")
    expect(pay(folder, claims, "--format", "text", "--lang", "en", spent="1000"), 0)
    assert "overspent" not in (folder / "out.csv").read_text(encoding="utf-8")
    expect(pay(folder, claims, "--format", "json", spent="5000"), 1)
    made = json.loads((folder / "out.csv").read_text(encoding="utf-8"))
    assert made["payout"]["overspent"] == "4000", made
    assert (made["problems"], made["records"]) == ([], counts(2, 2)), made
    write(folder, {"free.yaml": PACK.replace(', range: "[0..1000000]"', "")})
    write(folder, {"fund.yaml": "fund: {spent: -1}\n"})
    (folder / "out.csv").unlink()
    options = ["--input", "claims.csv", "--output", "out.csv", "--case", "fund.yaml", "--as-of", "2024-05-01"]
    expect(run("pay", "free.yaml", "--rule", "support", *options, folder=folder), 2,
           err="the amount used of `budget` is below zero: -1")
    assert not (folder / "out.csv").exists()


DOUBLED = """\
same,100,2024-01-03,first
same,100.00,2024-01-03,again
 same ,100,2024-01-03,
amount,10,2024-01-01,
amount,11,2024-01-01,
place,20,2024-01-01,
place,20,2024-01-02,
less,30,2024-01-01,
less,30,,
torn,40,2024-01-01,
torn,x,2024-01-01,
open,50,,
open,50,,
once,70,2024-01-04,
short,1
short,60,2024-01-05,
""".splitlines(keepends=True)


def test_a_doubled_id_is_paid_once_or_not_at_all_in_any_order(folder):
    rows = list(DOUBLED)
    for turn in range(6):
        expect(pay(folder, HEADER + "".join(rows), "--summary", "summary.json"), 1,
               err="3 records say the same as others")
        made = output(folder)
        assert len(made) == len(rows)
        paid = {row["id"]: row["paid"] for row in made if row["state"] == "paid"}
        assert paid == {"same": "100", "once": "70", "short": "60"}, made
        assert sum(float(row["paid"] or 0) for row in made) == 230
        assert sorted(row["id"] for row in made if row["state"] == "duplicate") == ["open", "same", "same"]
        contested = {row["id"] for row in made if "none of the 2 records of this id is paid" in row["error"]}
        assert contested == {"amount", "place", "less", "torn"}
        numbers = {int(row["record"]): row for row in made}
        for number, line in enumerate(rows, 1):
            assert numbers[number]["id"] == line.split(",")[0].strip(), (number, line, numbers)
        for row in made:
            if row["state"] == "duplicate":
                first = numbers[int(row["reason"].split("the same as record ")[1].split(":")[0])]
                assert first["id"] == row["id"] and first["state"] in ("paid", "open"), row
        assert summary(folder)["records"] == counts(16, 3, 1, 11, 1)
        random.Random(turn).shuffle(rows)


def test_records_that_are_no_rows_stay_and_are_counted(folder):
    claims = HEADER.encode() + b'a,1,2024-01-01,\nb,2\n"c"x,3,2024-01-01,\nd\xff,4,2024-01-01,\n'
    claims += b'e,5,2024-01-01,,more\nf,6,2024-01-01,\nopen "quote,7,2024-01-01,\n"never closed,8\n'
    expect(pay(folder, claims, "--summary", "summary.json"), 1, err=["8 claims", "not final: 6 records"])
    made = {int(row["record"]): row for row in output(folder)}
    assert sorted(made) == list(range(1, 9))
    assert [number for number in made if made[number]["state"] == "paid"] == [1, 6]
    assert {made[number]["state"] for number in (2, 3, 4, 5, 7, 8)} == {"error"}
    for number, said in ((2, "it has 2 fields, the header has 4"), (4, "not UTF-8"), (8, "quote")):
        assert said in made[number]["error"], made[number]
    assert (made[1]["final"], made[2]["paid"]) == ("no", "")
    assert summary(folder)["records"] == counts(8, 2, 0, 0, 6)
    expect(pay(folder, claims, "--format", "json"), 1)
    document = json.loads((folder / "out.csv").read_text(encoding="utf-8"))
    assert set(document) == {"payout", "problems", "records"} and set(document["records"]) == set(counts(0))
    assert [problem["record"] for problem in document["problems"]] == [2, 3, 4, 5, 7, 8]
    assert document["problems"][0] == {
        "record": 2, "id": "b", "state": "error", "error": "line 3: it has 2 fields, the header has 4"}
    expect(pay(folder, claims, "--format", "text"), 1)
    assert "记录：读入 8，已定 2，未定 0，不适用 0，不生效 0，有错误 0，无法读取 6\n" in (folder / "out.csv").read_text(encoding="utf-8")


def test_what_suffices_wherever_it_comes_is_final(folder):
    claims = HEADER + "a,400,2024-01-01,\nlate,600,,\n"
    expect(pay(folder, claims), 1, err="what is paid of others stays as it is")
    made = [(row["id"], row["paid"], row["final"]) for row in output(folder)]
    assert made == [("a", "400", "yes"), ("late", "", "no")], made
    expect(pay(folder, claims.replace("600", "600.01")), 1, err="what is paid of 1 others may change")
    assert [row["final"] for row in output(folder)] == ["no", "no"]
    expect(pay(folder, HEADER + "a,400,2024-01-01,\nnone,0,,\n"), 0)
    assert [row["final"] for row in output(folder)] == ["yes", "yes"]


def test_a_receipt_of_records_that_are_wrong_repeats_the_payout(folder):
    claims = HEADER + "".join(DOUBLED)
    expect(pay(folder, claims, "--receipt", "receipt.json"), 1)
    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["claims"]["count"] == len(DOUBLED)
    replay = ("replay", "receipt.json", "payout.yaml", "--claims", "claims.csv")
    expect(run(*replay, folder=folder), 0, out="same")
    for less in (0, 10, 14):
        write(folder, {"claims.csv": HEADER + "".join(DOUBLED[:less] + DOUBLED[less + 1:])})
        expect(run(*replay, folder=folder), 1, out="different")


def test_the_column_of_ids(folder):
    expect(pay(folder, "编号,claim.due,claim.filed\n一,1,2024-01-01\n", "--id", "编号"), 0)
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines() == [
        "编号,claimed,paid_before,paid,claw_back,state,missing,error,reason,final,record", "一,1,,1,,paid,,,,yes,1"]
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
           out="a,1,,,,open,,,the budget is not known,no,1", err="not final")


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
