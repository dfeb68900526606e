#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pay, month after month: what was paid is not paid again, what was paid too much is told, a receipt is not believed."""
import csv
import hashlib
import io
import json
import random
from decimal import Decimal

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.months
title: 按月发放
in_force: 2024-01-01..2025-12-31
sources: {notice: {title: 办法}}
facts:
  fund:
    year: {type: money, unit: CNY, range: "[0..1000000]"}
    spent: {type: money, unit: CNY, range: "[0..1000000]"}
  claim:
    due: {type: money, unit: CNY, range: "[0..100000]"}
    filed: {type: date}
    local: {type: boolean}
    before: {type: money, unit: CNY, range: "[0..100000]"}
cost_sharing:
  support:
    title: 补助
    unit: CNY
    cite: notice 第一条
    when: claim.local
    of: claim.due
    payers: [{id: city, rate: 0.3}, {id: county, rate: 0.2}]
    residual: family
    budget: {of: fund.year, used: fund.spent, order: [claim.filed], when_short: pay_part, cite: notice 第二条}
  other: {title: 其他, unit: CNY, cite: notice 第三条, of: claim.due, payers: [{id: city, rate: 1}], budget: {of: fund.year, order: [claim.filed], when_short: stop}}
  arrears:
    title: 补发
    unit: CNY
    cite: notice 第四条
    of: claim.due
    payers: [{id: city, rate: 1}]
    instalments: [{id: first, share: 0.4}, {id: rest, after: claim.local}]
    paid: claim.before
    budget: {of: fund.year, order: [claim.filed], when_short: pay_part, cite: notice 第二条}
"""
HEADER = "id,claim.due,claim.filed,claim.local\n"
FUND = "fund: {year: 1000, spent: 100}\n"


def pay(folder, month, claims, *options, rule="support", fund=FUND, pack="months.yaml"):
    """Pays the claims of a month, by default with the receipt of the month before."""
    write(folder, {f"claims{month}.csv": claims, f"fund{month}.yaml": fund or ""})
    if pack == "months.yaml" and not (folder / pack).exists():
        write(folder, {pack: PACK})
    follows = ["--previous", f"receipt{month - 1}.json"] if month > 1 and "--previous" not in options else []
    facts = ["--case", f"fund{month}.yaml"] if fund else []
    return run("pay", pack, "--rule", rule, "--input", f"claims{month}.csv", "--output", f"out{month}.csv", *facts, *follows,
               "--as-of", f"2024-{month:02}-01", "--receipt", f"receipt{month}.json", "--summary", f"sums{month}.json", *options,
               folder=folder)


def rows(folder, month):
    text = (folder / f"out{month}.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


def sums(folder, month):
    return json.loads((folder / f"sums{month}.json").read_text(encoding="utf-8"))


def cells(row, *names):
    return tuple(row[name] for name in names or ("claimed", "paid_before", "paid", "claw_back", "state"))


def claim(id, due, filed=1, local="true"):
    return f"{id},{due},2024-01-{filed:02},{local}\n"


def test_the_next_month_pays_the_rest_and_nothing_twice(folder):
    first = HEADER + claim("甲", 400) + claim("乙", 450, 2) + claim("丙", 300, 3) + claim("丁", 0, 4)
    expect(pay(folder, 1, first), 0)
    second = HEADER + claim("甲", 400) + claim("乙", 450, 2) + claim("丙", 320, 3) + claim("戊", 10, 4)
    expect(pay(folder, 2, second, fund="fund: {year: 1000, spent: 1000}\n"), 0)
    made = rows(folder, 2)
    assert cells(made["甲"]) == ("400", "400", "0", "", "paid_before")
    assert cells(made["乙"]) == ("450", "450", "0", "", "paid_before")
    assert cells(made["丙"]) == ("320", "50", "0", "", "unpaid")
    assert "paid before" in made["甲"]["reason"]
    assert sums(folder, 2)["used"] == "1000" and sums(folder, 2)["budget"] == "0"
    assert sums(folder, 2)["unpaid"] == "280"


def test_the_budget_goes_on_from_the_receipt_without_facts(folder):
    expect(pay(folder, 1, HEADER + claim("a", 300)), 0)
    expect(pay(folder, 2, HEADER + claim("b", 700), fund=None), 0)
    assert cells(rows(folder, 2)["b"]) == ("700", "", "600", "", "in_part")
    assert (sums(folder, 2)["used"], sums(folder, 2)["budget"]) == ("400", "600")
    expect(pay(folder, 3, HEADER + claim("a", 300) + claim("b", 700) + claim("c", 1), fund=None), 0)
    made = rows(folder, 3)
    assert cells(made["a"]) == ("300", "300", "0", "", "paid_before"), "what the first month paid is known in the third"
    assert cells(made["b"]) == ("700", "600", "0", "", "unpaid")
    receipt = json.loads((folder / "receipt3.json").read_text(encoding="utf-8"))
    previous = receipt["outputs"]["previous"]
    assert previous["paid"] == {"a": "300", "b": "600"} and previous["used"] == "1000"
    body = (folder / "receipt2.json").read_bytes().rstrip(b"\n")
    assert previous["sha256"] == hashlib.sha256(body).hexdigest()
    for month in (2, 3):
        expect(run("replay", f"receipt{month}.json", "months.yaml", "--claims", f"claims{month}.csv", "--previous",
                   f"receipt{month - 1}.json", folder=folder), 0, out="same")
    expect(run("replay", "receipt3.json", "months.yaml", "--claims", "claims3.csv", "--previous", "receipt1.json", folder=folder), 1)
    expect(run("replay", "receipt3.json", "months.yaml", "--claims", "claims3.csv", folder=folder), 1)


def test_facts_that_count_less_than_the_receipt_are_refused(folder):
    expect(pay(folder, 1, HEADER + claim("a", 300)), 0)
    claims = HEADER + claim("b", 700)
    expect(pay(folder, 2, claims), 2, err="the facts say that 100 of the budget was used, but with the previous payout it is 400")
    assert not (folder / "out2.csv").exists()
    expect(pay(folder, 2, claims, fund="fund: {year: 1000, spent: 450}\n"), 0)
    assert (sums(folder, 2)["used"], sums(folder, 2)["paid"]) == ("450", "550")


def test_what_changed_since_is_paid_or_clawed_back(folder):
    expect(pay(folder, 1, HEADER + "".join(claim(name, 100) for name in "abcdef")), 0)
    second = HEADER + claim("a", 150) + claim("b", 40.01) + claim("c", 0) + claim("d", 100, local="false") + "e,,2024-01-01,true\n"
    said = "3 claims were paid too much before: 259.99 to be clawed back"
    expect(pay(folder, 2, second, fund=None), 1, err=[said, "not final: 1 records"])
    made = rows(folder, 2)
    assert cells(made["a"]) == ("150", "100", "50", "", "paid")
    assert cells(made["b"]) == ("40.01", "100", "0", "59.99", "claw_back")
    assert cells(made["c"]) == ("0", "100", "0", "100", "claw_back")
    assert cells(made["d"]) == ("", "100", "0", "100", "claw_back")
    assert cells(made["e"]) == ("", "100", "", "", "open")
    assert sums(folder, 2)["claw_back"] == "259.99" and sums(folder, 2)["used"] == "700"
    expect(pay(folder, 2, second, "--format", "text", fund=None), 1)
    text = (folder / "out2.csv").read_text(encoding="utf-8")
    assert "b：多发，应追回 59.99 元（前次已发 100.00 元，应发合计 40.01 元）\n" in text, text
    assert "接续前次发放：2024年1月1日\n" in text and "应追回：259.99 元\n" in text, text


def test_a_rule_that_asks_what_was_paid_is_held_to_the_receipts(folder):
    header = "id,claim.due,claim.filed,claim.local,claim.before\n"
    fund = "fund: {year: 9000}\n"
    first = header + "甲,1000,2024-01-01,false,0\n乙,500,2024-01-02,false,2500\n"
    expect(pay(folder, 1, first, rule="arrears", fund=fund), 1, err="1 claims were paid too much before: 2000")
    made = rows(folder, 1)
    assert cells(made["甲"]) == ("400", "", "400", "", "paid")
    assert cells(made["乙"]) == ("0", "", "0", "2000", "claw_back"), "not lost as nothing due"
    second = header + "甲,1000,2024-01-01,true,400\n乙,500,2024-01-02,true,500\n"
    expect(pay(folder, 2, second, rule="arrears", fund=fund), 0)
    assert cells(rows(folder, 2)["甲"]) == ("600", "400", "600", "", "paid")
    third = header + "甲,1000,2024-01-01,true,400\n"
    expect(pay(folder, 3, third, rule="arrears", fund=fund), 1)
    assert "400 was paid before, but the previous payouts paid 1000" in rows(folder, 3)["甲"]["error"]
    expect(pay(folder, 3, third.replace("400", "1000"), rule="arrears", fund=fund), 0)
    assert cells(rows(folder, 3)["甲"]) == ("0", "1000", "0", "", "paid_before")


def change(folder, **changes):
    """The first receipt with members of its answer changed."""
    receipt = json.loads((folder / "receipt1.json").read_text(encoding="utf-8"))
    for path, value in changes.items():
        at, names = receipt, path.split("__")
        for name in names[:-1]:
            at = at[int(name) if name.isdigit() else name]
        at[names[-1]] = value
    write(folder, {"forged.json": json.dumps(receipt, ensure_ascii=False)})


def test_a_forged_or_foreign_receipt_is_refused_with_the_reason(folder):
    claims = HEADER + claim("a", 400) + claim("b", 600, 2)
    expect(pay(folder, 1, claims), 0)
    refused = [
        (dict(outputs__paid="899"), "does not sum to what it paid"),
        (dict(outputs__claims__0__paid="399"), "does not go with what was due"),
        (dict(outputs__claims__0__paid="500", outputs__claims__1__paid="400"), "does not go with what was due"),
        (dict(outputs__claims__1__paid="400", outputs__paid="800"), "what it left unpaid"),
        (dict(outputs__unpaid="0"), "what it left unpaid"),
        (dict(outputs__left="100"), "are not its budget"),
        (dict(outputs__budget="1000", outputs__left="100"), "not the one that these packs compute"),
        (dict(inputs={"fund.year": "1000", "fund.spent": "50"}), "not the one that these packs compute"),
        (dict(outputs__claims__0__id="b"), "two claims under one id"),
        (dict(claims__count=3), "another number of claims"),
        (dict(outputs__kind="split"), "of no payout"),
        (dict(receipt=2), "no receipt of format 1"),
        (dict(rule="test.months:other"), "of another rule"),
        (dict(as_of="2024-03-01"), "of a later day: 2024-03-01, and this payout is of 2024-02-01"),
        (dict(outputs__unit="CNY/month"), "in another unit"),
        (dict(inputs={"fund.yeer": "1000"}), "fund.yeer"),
        (dict(outputs__claims__0__claimed="-400"), "does not go with"),
    ]
    for changes, said in refused:
        change(folder, **changes)
        expect(pay(folder, 2, claims, "--previous", "forged.json", fund=None), 2, err=said)
        assert not (folder / "out2.csv").exists(), changes
    for broken in (b"", b"{}", b"[]", b'{"receipt":1', b"\xff", b'{"receipt":1}x', b"tuoyu: 1", b'{"a":"\\ud800"}', b"{" * 9999):
        write(folder, {"forged.json": broken})
        expect(pay(folder, 2, claims, "--previous", "forged.json", fund=None), 2, err="the receipt of the previous payout")
    expect(pay(folder, 2, claims, "--previous", "nowhere.json"), 2, err="nowhere.json")
    kept = (folder / "receipt1.json").read_bytes()
    expect(pay(folder, 1, claims, "--previous", "receipt1.json", fund=None), 2, err="would be lost")
    assert (folder / "receipt1.json").read_bytes() == kept
    expect(pay(folder, 2, claims, fund="fund: {year: 5000}\n"), 2, err="of another budget: it says otherwise of `fund.year`")


def test_payments_that_were_moved_are_found_by_the_claims(folder):
    claims = HEADER + claim("a", 400) + claim("b", 400, 2) + claim("c", 400, 3)
    expect(pay(folder, 1, claims), 0)
    receipt = (folder / "receipt1.json").read_text(encoding="utf-8")
    write(folder, {"receipt1.json": receipt.replace('"id":"a"', '"id":"z"')})
    expect(pay(folder, 2, claims, fund=None), 0, err="is proven by --previous-claims only")
    expect(pay(folder, 2, claims, "--previous-claims", "claims1.csv", fund=None), 2, err="another payout")
    write(folder, {"receipt1.json": receipt})
    (folder / "out2.csv").unlink()
    result = expect(pay(folder, 2, claims, "--previous-claims", "claims1.csv", fund=None), 0)
    assert "proven" not in result.err
    expect(pay(folder, 3, claims, "--previous-claims", "claims2.csv", "--before-previous", "receipt1.json", fund=None), 0)


def test_another_version_of_a_pack_is_named(folder):
    expect(pay(folder, 1, HEADER + claim("a", 300)), 0)
    write(folder, {"months.yaml": PACK.replace("rate: 0.3", "rate: 0.4")})
    expect(pay(folder, 2, HEADER + claim("a", 300) + claim("b", 700), fund=None), 0, err="another version of the pack test.months")
    receipt = json.loads((folder / "receipt2.json").read_text(encoding="utf-8"))
    assert receipt["outputs"]["previous"]["other_packs"] == ["test.months"]
    assert cells(rows(folder, 2)["b"]) == ("700", "", "600", "", "in_part")


def test_months_together_pay_as_much_as_is_due_and_never_more_than_there_is(folder):
    """Whatever the claims, the payments of all months stay within the budget, and within what was ever due to a claim."""
    dice = random.Random(11)
    for turn in range(8):
        for old in folder.glob("*[0-9].*"):
            old.unlink()
        budget, paid, most = dice.randrange(500, 3000), {}, {}
        for month in range(1, 5):
            names = dice.sample("abcdefghij𠮷", dice.randrange(3, 9))
            due = {name: Decimal(dice.randrange(0, 40000)) / 100 for name in names}
            lines = [claim(name, due[name], dice.randrange(1, 5)) for name in names]
            first = f"fund: {{year: {budget}, spent: 0}}\n"
            result = pay(folder, month, HEADER + "".join(lines), "--columns", "support.whole,support.payers.city", fund=first if month == 1 else None)
            assert result.code in (0, 1), result
            made, totals = rows(folder, month), sums(folder, month)
            for name in names:
                before, row = paid.get(name, Decimal(0)), made[name]
                most[name] = max(most.get(name, Decimal(0)), due[name])
                assert Decimal(row["paid_before"] or 0) == before
                assert Decimal(row["claw_back"] or 0) == max(Decimal(0), before - due[name])
                assert Decimal(row["support.whole"]) == due[name] == Decimal(row["claimed"])
                paid[name] = before + Decimal(row["paid"])
                assert paid[name] <= most[name] and Decimal(row["paid"]) <= max(Decimal(0), due[name] - before)
            assert sum(paid.values()) == Decimal(totals["used"]) + Decimal(totals["paid"]) <= budget
            assert sum(map(Decimal, totals["payers"].values())) == Decimal(totals["whole"]) == sum(due.values())
            assert Decimal(totals["payers"]["city"]) == sum(Decimal(row["support.payers.city"]) for row in made.values())
            for key in ("claimed", "paid"):
                assert sum(Decimal(state[key]) for state in totals["states"].values()) == sum(Decimal(row[key]) for row in made.values())
            assert Decimal(totals["claw_back"]) == sum(Decimal(row["claw_back"] or 0) for row in made.values())
            assert sum(state["claims"] for state in totals["states"].values()) == len(names)


def test_columns_are_those_of_run(folder):
    claims = "id,claim.due,claim.filed,claim.local,claim.before,note\n甲,1000,2024-01-01,false,100,x\n乙,500,,true,2500,y\n丙,,2024-01-03,true,0,z\n"
    claims += "short,1\n丁,x,2024-01-03,true,0,w\n甲,1000,2024-01-01,false,100,x\n"
    names = "arrears.payable,arrears.claw_back,arrears.entitled,arrears.instalments.rest.state,arrears.payers.city,arrears.reasons.zh,arrears.reasons.en"
    expect(pay(folder, 1, claims, "--columns", names, "--keep", "note", rule="arrears"), 1)
    made = list(csv.DictReader(io.StringIO((folder / "out1.csv").read_text(encoding="utf-8"))))
    expect(run("run", "months.yaml", "--rule", "arrears", "--input", "claims1.csv", "--output", "run.csv", "--as-of", "2024-01-01",
               "--columns", names.replace("arrears.payers.city,", ""), folder=folder), 1)
    wanted = list(csv.DictReader(io.StringIO((folder / "run.csv").read_text(encoding="utf-8"))))
    assert list(made[0])[-8:] == ["note", *names.split(",")]
    for row in made:
        record = wanted[int(row["record"]) - 1]
        if row["id"] not in ("short", "丁"):
            assert [row[name] for name in names.split(",")] == [record[name] for name in names.split(",")], (row, record)
            assert row["note"] == record["note"]
        else:
            assert not any(row[name] for name in names.split(",")), row
    expect(pay(folder, 1, claims, "--columns", "arrears.payible", rule="arrears"), 2, err="arrears.payable")
    expect(pay(folder, 1, claims, "--columns", "arrears.paid,arrears.paid", rule="arrears"), 2, err="twice")


if __name__ == "__main__":
    main(globals())
