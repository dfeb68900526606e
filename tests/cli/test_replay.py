#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""replay: a decision repeated from its receipt; and explanations as a tree."""
import hashlib
import json
import os

from command_test import FEES, SHARED, expect, main, run, write

CASE = {"child": {"kind": "toddler", "fee": 1700.5, "registered": True}}
DATA = {"data/staff.csv": "staff.certified,staff.subdistrict\ntrue,a\nfalse,a\n,b\n", "data/subdistrict.csv": "id\na\nb\n"}


def make(folder, rule="ceiling", case=None, name="r.json", pack="fees.yaml"):
    """Writes a receipt; gives it as it stands in the file."""
    write(folder, {"case.json": json.dumps(CASE if case is None else case, ensure_ascii=False)})
    expect(run("eval", pack, "--rule", rule, "--case", "case.json", "--as-of", "2024-05-01", "--receipt", name, folder=folder), 0)
    return (folder / name).read_text(encoding="utf-8")


def make_rows(folder):
    write(folder, DATA)
    expect(run("eval", "fees.yaml", "--rule", "certified_rate", "--data", "data", "--as-of", "2024-05-01", "--receipt", "r.json",
               folder=folder), 0)
    return (folder / "r.json").read_text(encoding="utf-8")


def replay(folder, *packs, receipt="r.json", text=None):
    if text is not None:
        write(folder, {receipt: text})
    return run("replay", receipt, *(packs or ["fees.yaml"]), folder=folder)


def compact(receipt):
    return json.dumps(receipt, ensure_ascii=False, separators=(",", ":")) + "\n"


# ---- The receipt ----

def test_what_it_records(folder):
    receipt = json.loads(make(folder))
    assert list(receipt) == ["receipt", "engine", "rule", "as_of", "packs", "inputs", "outputs"], receipt
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("fees.yaml", "shared.yaml")}
    assert receipt["packs"] == [{"id": "test.fees", "sha256": sums["fees.yaml"]}, {"id": "test.shared", "sha256": sums["shared.yaml"]}]
    assert receipt["inputs"] == {"child.fee": "1700.5", "child.kind": "toddler", "child.registered": True}
    asked = run("eval", "fees.yaml", "--rule", "ceiling", "--case", "case.json", "--as-of", "2024-05-01", "--format", "json", folder=folder)
    assert receipt["outputs"] == json.loads(asked.out)


def test_its_inputs_are_a_case(folder):
    receipt = make(folder)
    write(folder, {"again.json": json.dumps(json.loads(receipt)["inputs"])})
    expect(run("eval", "fees.yaml", "--rule", "ceiling", "--case", "again.json", "--as-of", "2024-05-01", "--receipt", "s.json",
               folder=folder), 0)
    assert (folder / "s.json").read_text(encoding="utf-8") == receipt


def test_no_receipt_without_an_answer(folder):
    write(folder, {"case.json": '{"child": {"kind": "todler"}}'})
    expect(run("eval", "fees.yaml", "--rule", "ceiling", "--case", "case.json", "--receipt", "r.json", folder=folder), 1)
    assert not (folder / "r.json").exists()
    write(folder, {"case.json": "{}"})
    expect(run("eval", "fees.yaml", "--rule", "ceiling", "--case", "case.json", "--as-of", "2024-05-01", "--receipt", "none/r.json",
               folder=folder), 2, err="none/r.json")


# ---- Versions of a pack ----

def version(period, limit):
    return ("tuoyu: 1\nid: test.city\ntitle: t\nin_force: " + period + "\nsources: {law: {title: 法}}\n"
            "facts: {child: {fee: {type: money, unit: CNY/month}}}\n"
            f"parameters: {{limit: {{unit: CNY/month, cite: law 一, standing: cited, values: {{2020-01-01: {{value: {limit}}}}}}}}}\n"
            "pricing: {ceiling: {title: t, unit: CNY/month, cite: law 一, amount: limit, charged: child.fee}}\n")


def test_an_old_decision_with_all_versions_at_hand(folder):
    write(folder, {"old.yaml": version("2023-01-01..2023-12-31", 100), "new.yaml": version("2024-01-01..", 200),
                   "below.yaml": "tuoyu: 1\nid: test.below\ntitle: t\nin_force: 2020-01-01..\nuses: [test.city]\n"
                                 "pricing: {half: {title: t, unit: CNY/month, cite: law 二, amount: limit / 2}}\n",
                   "case.json": "{}"})
    for day, amount in (("2023-12-31", "100"), ("2024-01-01", "200")):
        asked = run("eval", "new.yaml", "old.yaml", "--rule", "ceiling", "--case", "case.json", "--as-of", day, "--format", "json",
                    "--receipt", "r.json", folder=folder)
        assert json.loads(expect(asked, 0).out)["amount"] == amount
        assert expect(replay(folder, "old.yaml", "new.yaml"), 0).out == "same\n"
        assert expect(replay(folder, "--packs", "."), 0).out == "same\n"
        found = run("eval", "below.yaml", "--rule", "half", "--case", "case.json", "--as-of", day, "--format", "json", folder=folder)
        assert json.loads(expect(found, 0).out)["amount"] == str(int(amount) // 2)
    expect(run("eval", "new.yaml", "--rule", "ceiling", "--case", "case.json", "--as-of", "2023-12-31", folder=folder), 0,
           out="自2024年1月1日起生效")
    write(folder, {"old.yaml": version("2023-01-01..2023-12-31", 101)})
    expect(replay(folder, "old.yaml", "new.yaml"), 1, err="the pack test.city is another one now")
    expect(replay(folder, "new.yaml"), 1, err="the pack test.city is another one now")
    write(folder, {"old.yaml": version("2023-01-01..2024-01-01", 100)})
    expect(replay(folder, "old.yaml", "new.yaml"), 2, err="both say that they are test.city")


# ---- The same ----

def test_same_for_each_kind(folder):
    for rule in ("ceiling", "split", "admitted", "test.shared:extra"):
        make(folder, rule)
        assert expect(replay(folder), 0).out == "same\n"
    make(folder, "ceiling", case={})  # undetermined
    assert expect(replay(folder), 0).out == "same\n"


def test_same_whatever_packs_are_named_and_in_what_order(folder):
    make(folder)
    write(folder, {"other.yaml": SHARED.replace("test.shared", "test.other"), "packs/fees.yaml": FEES, "packs/shared.yaml": SHARED})
    for packs in (["shared.yaml", "fees.yaml"], ["other.yaml", "shared.yaml", "fees.yaml"], ["--packs", "packs"]):
        expect(replay(folder, *packs), 0, out="same")


def test_same_without_the_last_line_break_and_from_another_release(folder):
    text = make(folder)
    expect(replay(folder, text=text.rstrip("\n")), 0, out="same")
    engine = json.loads(text)["engine"]
    result = expect(replay(folder, text=text.replace(f'"engine":"{engine}"', '"engine":"9.8.7"')), 0, out="same")
    assert "9.8.7" in result.err and engine in result.err, result


def test_texts_that_yaml_would_change(folder):
    pack = FEES.replace("    kind: {", "    name: {type: string, nullable: true}\n    kind: {")
    write(folder, {"fees.yaml": pack})
    for name in ("𠮷田", "null", "~", "", "# no: comment", "true", None):
        receipt = json.loads(make(folder, case={"child.name": name, "child.kind": "toddler"}))
        assert receipt["inputs"]["child.name"] == name, receipt
        expect(replay(folder), 0, out="same")


def test_texts_that_no_fact_may_be(folder):
    """They are read as JSON has them, and then refused as facts are everywhere."""
    pack = FEES.replace("    kind: {", "    name: {type: string, nullable: true}\n    kind: {")
    write(folder, {"fees.yaml": pack})
    text = make(folder, case={"child.name": "NAME", "child.kind": "toddler"})
    for name, code in (("a\u2028b", "2028"), ("a\u0085b\u2029", "0085"), ("a\ufeffb", "FEFF"), ("a\x7f\x80\x9f", "007F"),
                       ("\ufffe\uffff", "FFFE"), ("a\nb \n c", "000A"), ("a\tb", "0009"), ("a\u202eb", "202E")):
        written = json.dumps(name, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")
        expect(replay(folder, text=text.replace("NAME", written)), 1, err=f"U+{code}")


# ---- Another one ----

def test_a_changed_pack_is_named_with_both_sums(folder):
    make(folder)
    changed = SHARED + "# a comment\n"
    write(folder, {"shared.yaml": changed})
    sums = [hashlib.sha256(text.encode("utf-8")).hexdigest() for text in (SHARED, changed)]
    result = expect(replay(folder), 1, err=["test.shared", "shared.yaml", *sums])
    assert "test.fees" not in result.err and result.out == "", result
    write(folder, {"shared.yaml": "not a pack"})
    expect(replay(folder), 1, err="test.shared")
    write(folder, {"shared.yaml": SHARED, "fees.yaml": FEES.replace("value: 60", "value: 61")})
    expect(replay(folder), 1, err=["test.fees", "fees.yaml"])


def test_a_changed_fact_shows_in_what_comes_out(folder):
    receipt = json.loads(make(folder))
    receipt["inputs"]["child.fee"] = "1600"
    expect(replay(folder, text=compact(receipt)), 1, out=["outputs.charged", "1700.5", "1600"])
    receipt["inputs"]["child.kind"] = "infant"
    expect(replay(folder, text=compact(receipt)), 1, out="outputs.amount")
    receipt["inputs"]["child.kind"] = "infnt"
    expect(replay(folder, text=compact(receipt)), 1, err="infant")
    receipt["inputs"] = {"child.kid": "infant"}
    expect(replay(folder, text=compact(receipt)), 1, err="child.kid")


def test_ids_that_are_former_words_are_no_former_words(folder):
    pack = ("tuoyu: 1\nid: test.words\ntitle: t\nin_force: 2024-01-01..\nsources: {law: {title: 法}}\n"
            "facts: {child: {fee: {type: money, unit: CNY}}}\n"
            "cost_sharing: {split: {title: t, unit: CNY, cite: law 一, of: child.fee, payers: [{id: provenance, rate: 0.5}], residual: status}}\n")
    write(folder, {"words.yaml": pack, "case.yaml": "child: {fee: 10}"})
    expect(run("eval", "words.yaml", "--rule", "split", "--case", "case.yaml", "--as-of", "2024-05-01", "--receipt", "r.json", folder=folder), 0)
    assert '"provenance":"5"' in (folder / "r.json").read_text(encoding="utf-8")
    assert expect(replay(folder, "words.yaml"), 0).out == "same\n"


def test_a_receipt_in_former_words_says_which_change_it_met(folder):
    text = make(folder)
    former = text.replace('"standing":', '"provenance":', 1).replace(f'"engine":"{json.loads(text)["engine"]}"', '"engine":"0.1.0"')
    result = expect(replay(folder, text=former), 1, err=["0.1.0", "before 0.2.0", "`provenance`", "Ask for the answer again"])
    assert "different" not in result.out + result.err and result.out == "", result


def test_a_changed_outcome_is_shown_with_its_place(folder):
    text = make(folder)
    for old, new, place in (('"amount":"1600"', '"amount":"1601"', "outputs.amount"),
                            ('"top":{"value":"1600"', '"top":{"value":"9"', "outputs.steps.top.value"),
                            ('"complies":false', '"complies":true', "outputs.complies"),
                            ("第三条", "第四条", "outputs.citations[0].text"),
                            ('"missing":[]', '"missing":[1]', "outputs.missing"),
                            ('"as_of":"2024-05-01","packs"', '"as_of":"2024-05-02","packs"', "outputs.as_of"),
                            ('"child.fee":"1700.5"', '"child.fee":"1700.50"', "inputs.child.fee"),
                            ('"inputs":{', '"inputs": {', "inputs"),
                            ('}}\n', '},"more":1}\n', "different")):
        assert old in text, old
        expect(replay(folder, text=text.replace(old, new, 1)), 1, out=place)


def test_a_changed_rule(folder):
    text = make(folder)
    expect(replay(folder, text=text.replace("test.fees:ceiling", "test.fees:cieling")), 1, err="ceiling")
    expect(replay(folder, text=text.replace("test.fees:ceiling", "test.fees:certified_rate")), 1, err="rows")
    expect(replay(folder, text=text.replace('"rule":"test.fees:ceiling","as_of":"2024-05-01","packs"',
                                            '"rule":"test.fees:split","as_of":"2024-05-01","packs"')), 1, out="outputs.kind")
    expect(replay(folder, text=text.replace("2024-05-01", "2026-01-01")), 1, out=["different at outputs.outcome", "in_force_until"])


# ---- What is no receipt, or lacks something ----

def test_a_missing_pack(folder):
    make(folder)
    expect(replay(folder, "shared.yaml"), 1, err=["test.fees", "--packs"])
    os.remove(folder / "shared.yaml")
    expect(replay(folder), 1, err=["test.shared", "--packs"])
    expect(replay(folder, "gone.yaml"), 2, err="gone.yaml")
    expect(run("replay", "r.json", folder=folder), 2, err="PACK")
    expect(run("replay", folder=folder), 2, err="RECEIPT")
    expect(run("replay", "no.json", "fees.yaml", folder=folder), 2, err="no.json")


def test_two_files_of_one_pack(folder):
    write(folder, {"new/fees.yaml": FEES + "#\n"})
    make(folder)
    expect(replay(folder, "fees.yaml", "new/fees.yaml"), 2, err=["fees.yaml", "new/fees.yaml", "test.fees"])


def test_every_truncation_is_told(folder):
    whole = make(folder).encode("utf-8")
    for length in [*range(0, 60), *range(60, len(whole) - 1, 37), len(whole) - 2]:
        result = replay(folder, text=whole[:length])
        expect(result, 1)
        assert "r.json" in result.err and "same" not in result.out, (length, result)


def test_hostile_receipts(folder):
    good = json.loads(make(folder))
    deep = '{"receipt":1,"engine":' + "[" * 100000
    anchors = 'receipt: 1\na: &a [x]\nb: [*a, *a]\n'
    for text in ("", "null", "[]", "1", "{}", '{"receipt":2}', '{"receipt":"1"}', '{"receipt":1}', deep, deep + "]" * 100000 + "}", anchors,
                 b"\xff\xfe", b'{"receipt":1,"engine":"\xff"}', b"\0", '{"receipt":1,"receipt":1}', "x" * 100000,
                 '{"receipt":' + "9" * 10000 + "}"):
        result = expect(replay(folder, text=text), 1, err="r.json")
        assert result.out == "", result
    for key, values in {"engine": [1, None, []], "rule": [1, None], "as_of": ["2024-02-30", "today", 1, None],
                        "packs": [[], {}, None, "x", [1], [{}], [{"id": "test.fees"}], [{"id": "test.fees", "sha256": "0" * 63}],
                                  [{"id": "test.fees", "sha256": "G" * 64}], [good["packs"][0]] * 2],
                        "inputs": [1, [], None, "x"]}.items():
        for value in values:
            expect(replay(folder, text=compact({**good, key: value})), 1, err="r.json")
        expect(replay(folder, text=compact({other: good[other] for other in good if other != key})), 1, err="r.json")
    expect(replay(folder, text=compact({**good, "inputs": {"child.fee": [1]}})), 1, err="child.fee")
    expect(replay(folder, text=compact({**good, "rows": {}})), 1, err="rows")
    expect(replay(folder, text=compact({**good, "engine": '0.1.0","rule":"x'})), 1, out="different")
    expect(replay(folder, text=compact({**good, "packs": [*good["packs"], {"id": "x" * 10000, "sha256": "0" * 64}]})), 1, err="missing")
    expect(replay(folder, text=compact({**good, "packs": good["packs"][:1]})), 1, err="test.shared")
    expect(replay(folder, text=compact({**good, "packs": good["packs"][::-1]})), 0, out="same")  # it says what was loaded first
    expect(replay(folder, text=json.dumps(good)), 1, out="different")  # the same content, other bytes


# ---- Indicators ----

def test_rows_are_compared_by_their_sum(folder):
    receipt = json.loads(make_rows(folder))
    lines = ['staff {"staff.certified":true,"staff.subdistrict":"a"}\n', 'staff {"staff.certified":false,"staff.subdistrict":"a"}\n',
             'staff {"staff.subdistrict":"b"}\n', 'subdistrict {"subdistrict.id":"a"}\n', 'subdistrict {"subdistrict.id":"b"}\n']
    total = sum(int.from_bytes(hashlib.sha256(line.encode("utf-8")).digest(), "big") for line in lines) % 2**256
    assert receipt["rows"] == {"counts": [{"entity": "staff", "count": 3}, {"entity": "subdistrict", "count": 2}],
                               "sha256": f"{total:064x}"}, receipt
    expect(replay(folder, "fees.yaml", "--data", "data"), 0, out="same")
    expect(replay(folder), 2, err="--data")
    write(folder, {"data/staff.csv": "staff.subdistrict,staff.certified\na,true\na,false\nb,\n"})  # other columns, the same rows
    expect(replay(folder, "fees.yaml", "--data", "data"), 0, out="same")
    write(folder, {"data/staff.csv": "staff.certified,staff.subdistrict\nfalse,a\ntrue,a\n,b\n"})  # in another order, the same rows
    expect(replay(folder, "fees.yaml", "--data", "data"), 0, out="same")
    write(folder, {"data/staff.csv": "staff.certified,staff.subdistrict\nfalse,a\ntrue,b\n,b\n"})  # the same counts, other rows
    expect(replay(folder, "fees.yaml", "--data", "data"), 1, out="rows.sha256")
    write(folder, {"data/staff.csv": "staff.certified,staff.subdistrict\ntrue,a\nfalse,a\n"})
    expect(replay(folder, "fees.yaml", "--data", "data"), 1, out="rows.counts[0].count")


# ---- The tree ----

def nodes_of(tree):
    yield tree
    for child in tree.get("children", []):
        yield from nodes_of(child)


def test_the_tree_stands_in_the_answer(folder):
    make(folder)
    options = ["eval", "fees.yaml", "--rule", "ceiling", "--case", "case.json", "--as-of", "2024-05-01", "--format", "json"]
    plain, explained = json.loads(run(*options, folder=folder).out), json.loads(run(*options, "--explain", folder=folder).out)
    tree = explained.pop("explanation")
    assert explained == plain
    assert (tree["kind"], tree["name"], tree["value"], tree["citation"]) == ("rule", "test.fees:ceiling", "1600", "测试通知 第三条"), tree
    found = {node["name"]: node for node in nodes_of(tree)}
    assert found["shared_extra"] == {"kind": "parameter", "name": "shared_extra", "value": "100", "unit": "CNY/month",
                                     "citation": "共用法 第一条", "standing": "cited"}, found
    assert found["child.fee"]["label"] == {"zh": "收费", "en": "fee"} and found["child.kind"]["value"] == "toddler", found


def test_trees_of_the_other_kinds(folder):
    make(folder)
    write(folder, DATA)
    given = {"split": ["--case", "case.json"], "admitted": ["--case", "case.json"], "certified_rate": ["--data", "data"]}
    trees = {rule: json.loads(expect(run("eval", "fees.yaml", "--rule", rule, *options, "--as-of", "2024-05-01", "--format", "json", "--explain",
                                         folder=folder), 0).out)["explanation"] for rule, options in given.items()}
    assert [node["name"] for node in trees["split"]["children"]] == ["whole", "city", "family"], trees
    criterion = trees["admitted"]["children"][0]
    assert (criterion["kind"], criterion["decision"], criterion["children"][0]["name"]) == ("criterion", "eligible", "child.registered")
    assert [(node["kind"], node["name"]) for node in trees["certified_rate"]["children"]] == [
        ("count", "numerator"), ("count", "denominator"), ("parameter", "target")], trees


if __name__ == "__main__":
    main(globals())
