#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""eval: one case by a rule of each kind."""
import json

from command_test import FEES, expect, main, run, write

CASE = b"child: {kind: toddler, fee: 1700, registered: true}\n"


def evaluate(folder, rule, *options, case=CASE, as_of="2024-05-01"):
    return run("eval", "fees.yaml", "--rule", rule, "--case", "-", "--as-of", as_of, *options, folder=folder, given=case)


def as_json(folder, rule, **more):
    return json.loads(expect(evaluate(folder, rule, "--format", "json", **more), 0).out)


def test_quote(folder):
    answer = as_json(folder, "ceiling")
    assert (answer["kind"], answer["amount"], answer["complies"], answer["excess"]) == ("quote", "1600", False, "100"), answer


def test_split(folder):
    answer = as_json(folder, "split")
    assert answer["whole"] == "1700" and answer["payers"] == {"city": "1020", "family": "680"}, answer


def test_verdict(folder):
    assert as_json(folder, "admitted")["decision"] == "eligible"
    assert as_json(folder, "admitted", case=b"child.registered: false\n")["decision"] == "ineligible"


def test_full_name_and_used_pack(folder):
    assert as_json(folder, "test.shared:extra", case=b"{}")["amount"] == "100"


def test_json_case_and_case_file(folder):
    write(folder, {"case.json": '{"child": {"kind": "infant", "fee": 100.00}}'})
    expect(run("eval", "fees.yaml", "--rule", "ceiling", "--case", "case.json", "--as-of", "2024-05-01", folder=folder), 0, out="2,100.00")
    expect(run("eval", "fees.yaml", "--rule", "ceiling", "--case", "none.json", folder=folder), 2, err="none.json")


def test_missing_fact_is_an_answer(folder):
    answer = as_json(folder, "ceiling", case=b"child: {fee: 1700}\n")
    assert answer["outcome"] == "undetermined" and [item["name"] for item in answer["missing"]] == ["child.kind"], answer


def test_wrong_facts_are_all_reported(folder):
    result = evaluate(folder, "ceiling", case=b"child:\n  kind: todler\n  fee: -1\n  fees: 3\n")
    expect(result, 1, err=["-:2:", "toddler", "-:3:", "-:4:"])
    assert result.out == "", result


def test_rule_that_is_not_there(folder):
    expect(evaluate(folder, "cieling"), 2, err=["cieling", "ceiling"])
    expect(run("eval", "fees.yaml", "--case", "-", folder=folder), 2, err="--rule")


def test_outside_its_dates(folder):
    expect(evaluate(folder, "ceiling", as_of="2026-01-01"), 0, out="结论：本规则在2026年1月1日不生效：至2025年12月31日止生效")
    expect(evaluate(folder, "ceiling", as_of="2023-12-31"), 0, out="结论：本规则在2023年12月31日不生效：自2024年1月1日起生效")


def test_explanation_shows_steps_and_clauses_in_both_languages(folder):
    short = expect(evaluate(folder, "ceiling"), 0, out="1,600.00").out
    long = expect(evaluate(folder, "ceiling", "--explain"), 0, out=["1,600.00", "1,500.00", "测试通知", "第三条"]).out
    assert len(long) > len(short)
    expect(evaluate(folder, "ceiling", "--explain", "--lang", "en"), 0, out=["Ceiling", "The most that may be charged: 1,600.00 CNY/month", "shared_extra: 100.00 CNY/month"])


def test_the_reader(folder):
    """A parent's text is short and names no fact; an official's is the text as it was, an engineer's that with every step, as --explain."""
    short, long = (expect(evaluate(folder, "ceiling", *options), 0).out for options in ([], ["--explain"]))
    assert expect(evaluate(folder, "ceiling", "--for", "official"), 0).out == short
    assert expect(evaluate(folder, "ceiling", "--for", "engineer"), 0).out == long
    assert as_json(folder, "ceiling")["amount"] == "1600"
    trees = [json.loads(expect(evaluate(folder, "ceiling", "--format", "json", *options), 0).out) for options in (["--for", "engineer"], ["--explain"])]
    assert trees[0] == trees[1] and "explanation" in trees[0], trees
    for language, pieces in ("zh", ["问：", "（2024年5月1日）\n答：最高可收 1,600.00 元/月。", "实际收费 1,700.00 元/月，不符合规定，高出 100.00 元/月。\n", "\n依据：测试通知"]), \
                            ("en", ["Question: Ceiling (1 May 2024)\nAnswer: at most this may be charged: 1,600.00 CNY/month.", "too high by 100.00 CNY/month.\n", "\nSource: "]):
        text = expect(evaluate(folder, "ceiling", "--for", "parent", "--lang", language), 0, out=pieces).out
        assert text.count("\n") <= 12 and "child." not in text and "`" not in text, text
    expect(evaluate(folder, "admitted", "--for", "parent", case=b"child.registered: false\n"), 0, out="答：不符合条件。\n没有达到：")
    expect(evaluate(folder, "admitted", "--for", "parent", case=b"{}"), 0, out="答：还不能确定。\n")
    expect(evaluate(folder, "split", "--for", "parent"), 0, out=[" 1,020.00 ", " + ", " 680.00 ", " = 1,700.00 "])
    expect(evaluate(folder, "ceiling", "--for", "child"), 2, err=["--for child", "parent", "official", "engineer"])
    expect(evaluate(folder, "ceiling", "--for", "parent", "--explain"), 2, err="--explain")
    expect(evaluate(folder, "ceiling", "--for", "parent", "--format", "json"), 2, err="--format json")


def test_pack_with_errors(folder):
    write(folder, {"fees.yaml": FEES.replace("uses:", "use:")})
    expect(evaluate(folder, "ceiling"), 1, err="fees.yaml:6:")


def test_indicator_needs_rows(folder):
    expect(evaluate(folder, "certified_rate"), 2, err="--data DIR")
    write(folder, {"data/staff.csv": "staff.certified,staff.subdistrict\ntrue,a\nfalse,a\n", "data/subdistrict.csv": "id\na\nb\n"})
    result = run("eval", "fees.yaml", "--rule", "certified_rate", "--data", "data", "--as-of", "2024-05-01", "--format", "json", folder=folder)
    answer = json.loads(expect(result, 0).out)
    assert (answer["value"], answer["met"], answer["distance"]) == ("50", False, "1"), answer
    expect(evaluate(folder, "ceiling", "--data", "data"), 2, err="--case")


if __name__ == "__main__":
    main(globals())
