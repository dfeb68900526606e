#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--set: numbers of the packs changed for one call; receipts of such calls, and their replay."""
import json

from command_test import expect, main, run, write

CASE = {"child": {"kind": "toddler", "fee": 1700, "registered": True}}
ASKED = ("--case", "case.json", "--as-of", "2024-05-01")
DATA = {"data/staff.csv": "staff.certified,staff.subdistrict\ntrue,a\nfalse,a\n", "data/subdistrict.csv": "id\na\n"}


def ask(folder, rule, *options, code=0):
    write(folder, {"case.json": json.dumps(CASE)})
    return expect(run("eval", "fees.yaml", "--rule", rule, *ASKED, "--format", "json", *options, folder=folder), code)


def amount(folder, *options, rule="ceiling", member="amount"):
    return json.loads(ask(folder, rule, *options).out)[member]


def test_what_is_set_added_and_multiplied(folder):
    assert amount(folder) == "1600"
    assert amount(folder, "--set", "shared_extra=250") == "1750"
    assert amount(folder, "--set", "test.shared:shared_extra=250") == "1750"
    assert amount(folder, "--set", "shared_extra+=50") == "1650"
    assert amount(folder, "--set", "shared_extra+=-50") == "1550"
    assert amount(folder, "--set", "shared_extra*=1.5") == "1650"
    assert amount(folder, "--set", "shared_extra=250@2024-05-01") == "1750"
    assert amount(folder, "--set", "shared_extra=250@2024-05-02") == "1600"
    assert amount(folder, "--set", "shared_extra=1", "--set", "shared_extra+=1") == "1502"
    assert amount(folder, "--set", "share=10", rule="split", member="payers") == {"city": "170", "family": "1530"}


def test_what_is_wrong_is_said(folder):
    for option, code, said in (("shared_extra", 2, "NAME=VALUE"), ("=5", 2, "NAME=VALUE"), ("+=5", 2, "NAME=VALUE"),
                               ("shared_extr=5", 1, "shared_extra"), ("shared_extra=a", 1, "number"),
                               ("shared_extra=5@2024-02-30", 1, "number"), ("shared_extra*=x", 1, "1.1")):
        found = ask(folder, "ceiling", "--set", option, code=code)
        assert said in found.err, (option, found)
    assert "--set" in ask(folder, "ceiling", "--reason", "x", code=2).err


def test_every_command_that_loads_packs_has_it(folder):
    write(folder, {"rows.csv": "child.kind,child.fee\ntoddler,1700\n", **DATA})
    rows = ("fees.yaml", "--input", "rows.csv", "--as-of", "2024-05-01", "--output", "-")
    found = expect(run("run", *rows, "--rule", "ceiling", "--set", "shared_extra=250", folder=folder), 0)
    assert "1750,true,determined,,proposed" in found.out, found
    board = ("fees.yaml", "--data", "data", "--as-of", "2024-05-01")
    assert expect(run("report", *board, folder=folder), 0).out.count("未达到") == 1
    changed = expect(run("report", *board, "--set", "target=40", folder=folder), 0).out
    assert "未达到" not in changed and "拟议" in changed and "模拟" in changed, changed
    plan = expect(run("plan", "fees.yaml", "--rule", "ceiling", "--as-of", "2024-05-01", "--set", "shared_extra=250",
                      folder=folder), 0).out
    assert "250" in plan, plan


def test_a_receipt_tells_the_changes_and_replay_makes_them_again(folder):
    options = ("--set", "shared_extra+=50@2024-02-01", "--set", "share=1", "--reason", "物价", "--receipt", "r.json")
    ask(folder, "ceiling", *options)
    receipt = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert receipt["changes"] == [
        {"parameter": "test.shared:shared_extra", "add": "50", "from": "2024-02-01", "reason": "物价"},
        {"parameter": "test.fees:share", "set": "1", "reason": "物价"}]
    assert receipt["outputs"]["standing"] == "proposed"
    expect(run("replay", "r.json", "fees.yaml", folder=folder), 0, out="same")
    for change in ([], [{"parameter": "test.shared:shared_extra", "add": "51"}]):
        write(folder, {"s.json": json.dumps({**receipt, "changes": change}, ensure_ascii=False)})
        assert run("replay", "s.json", "fees.yaml", folder=folder).code == 1
    for change in (5, [5], [{}], [{"parameter": "share"}], [{"set": "1"}], [{"parameter": "share", "set": "1", "from": "x"}],
                   [{"parameter": "gone", "set": "1"}]):
        write(folder, {"s.json": json.dumps({**receipt, "changes": change}, ensure_ascii=False)})
        assert run("replay", "s.json", "fees.yaml", folder=folder).code == 1, change


def test_no_simulation_passes_for_a_decision(folder):
    write(folder, {"case.json": json.dumps(CASE)})
    for reader in ("parent", "official", "engineer"):
        for language, word in (("zh", "模拟"), ("en", "simulation")):
            found = expect(run("eval", "fees.yaml", "--rule", "ceiling", *ASKED, "--for", reader, "--lang", language, "--set",
                               "shared_extra=250", folder=folder), 0)
            assert word in found.out, found


main(globals())
