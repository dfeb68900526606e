#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Units from the pack to the texts: that Chinese and English names are one unit in every place, that each of many seeded
errors is found, and that numbers in Chinese texts have their counters. hard_units.yaml declares every number's unit."""
import csv
import json
import pathlib
import re

from command_test import expect, main, run, write

PACK = (pathlib.Path(__file__).parent / "hard_units.yaml").read_text(encoding="utf-8")
UNIT = re.compile(r"unit: ([^,}\n]+)")
ENGLISH = {
    "元": "CNY", "元/月": "CNY/month", "元/人/月": "CNY/person/month", "元/人/年": "CNY/person/year", "元/托位": "CNY/place", "元/次": "CNY/time",
    "次/人/年": "time/person/year", "人月": "person*month", "人·月": "person*month", "person*month": "person*month", "分": "point", "天": "day",
    "日": "day", "月": "month", "个月": "month", "年": "year", "月/年": "month/year", "平方米": "m2", "平方米/个托位": "m2/place", "百分比": "percent",
    "percent": "percent", "1": "1", "托位": "place", "个托位": "place", "托位/托育机构": "place/机构"}
DAY = "2024-08-01"
CASES = {
    "季度拨付": {"机构": {"考核分": 85, "区县类别": "二类", "当年已领": 150000}, "季度报表": {"一月人月": 40, "二月人月": 50, "三月人月": 60}},
    "家庭自付": {"幼儿": {"当月出勤天数": 11, "当月应出勤天数": 22, "孩次": 3, "月费": 1800}},
    "建设补助": {"机构": {"普惠托位": 30}},
    "月随访费": {},
    "达标": {"机构": {"面积": 640, "托位": 80, "租期": 3, "开办日": "2022-01-01", "考核分": 59.5}},
    "适龄": {"幼儿": {"出生日": "2021-08-02"}},
}


def in_english(pack):
    return UNIT.sub(lambda match: f"unit: {ENGLISH[match[1]]}", pack)


def answer(folder, pack, rule, *more):
    write(folder, {"case.json": json.dumps(CASES[rule], ensure_ascii=False)})
    return run("eval", pack, "--rule", rule, "--as-of", DAY, "--case", "case.json", *more, folder=folder)


def units_of(value):
    """Every text under a key `unit` or `distance_unit`, at any depth."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("unit", "distance_unit"):
                yield part
            yield from units_of(part)
    if isinstance(value, list):
        for part in value:
            yield from units_of(part)


def test_every_number_with_its_unit_is_clean(folder):
    write(folder, {"zh.yaml": PACK, "en.yaml": in_english(PACK)})
    for name in ("zh.yaml", "en.yaml"):
        result = expect(run("check", name, folder=folder), 0, out="1 of 1 packs are clean")
        assert "warning" not in result.out + result.err, result


def test_chinese_units_give_the_same_answers(folder):
    write(folder, {"zh.yaml": PACK, "en.yaml": in_english(PACK)})
    found = set()
    for rule in CASES:
        for options in (("--format", "json"), ("--format", "json", "--explain"), ("--explain", "--lang", "zh"), ("--explain", "--lang", "en")):
            first, second = answer(folder, "zh.yaml", rule, *options), answer(folder, "en.yaml", rule, *options)
            expect(first, 0)
            assert (first.code, first.out, first.err) == (second.code, second.out, second.err), (first, second)
            if options == ("--format", "json"):
                found |= set(units_of(json.loads(first.out)))
    # Whatever a pack wrote, programs read canonical texts.
    assert {"CNY", "CNY/month", "CNY/person/month", "CNY/place", "month/year", "m2/place", "month", "point", "percent"} <= found, found
    assert all(unit.isascii() for unit in found), found


def has_finding(folder, pack):
    write(folder, {"seeded.yaml": pack})
    result = run("check", "seeded.yaml", folder=folder)
    return result.code != 0 or "warning" in result.out + result.err


def test_a_wrong_unit_is_found_wherever_it_stands(folder):
    others = ["元", "月", "年", "托位", "人月"]
    survivors = []
    for match in UNIT.finditer(PACK):
        for other in others:
            if ENGLISH.get(other, other) == ENGLISH[match[1]]:
                continue
            if not has_finding(folder, PACK[:match.start(1)] + other + PACK[match.end(1):]):
                survivors.append(f"{match[1]} -> {other}, line {PACK.count(chr(10), 0, match.start()) + 1}")
    # A mean over what is counted may be told in the unit of its numerator: 托位 for 托位/托育机构.
    assert survivors == [f"托位/托育机构 -> 托位, line {PACK[:PACK.index('托位/托育机构')].count(chr(10)) + 1}"], survivors


def test_a_wrong_operator_is_found(folder):
    # Of a plain factor no unit can tell whether it multiplies or divides.
    operators = [match for match in re.finditer(r" ([*/]) ", PACK) if not PACK.startswith("系数", match.end())]
    assert len(operators) >= 8
    for match in operators:
        seeded = PACK[:match.start(1)] + ("/" if match[1] == "*" else "*") + PACK[match.end(1):]
        assert has_finding(folder, seeded), PACK[match.start() - 20:match.end() + 20]


def test_more_seeded_errors(folder):
    """Each is a mistake that was made in a pack, or a relative of one: what stands there, what is written instead."""
    seeds = [
        ("标准 * 人月合计", "标准 + 人月合计"), ("标准 * 人月合计", "标准"), ("标准 * 人月合计", "标准 * 季度报表.一月人月 / 每年月数"),
        ("机构.租期 * 每年月数 >= 最短租期", "机构.租期 >= 最短租期"), ("机构.租期 * 每年月数 >= 最短租期", "机构.租期 / 12 >= 最短租期"),
        ("add years(机构.开办日, 机构.租期)", "add months(机构.开办日, 机构.租期)"),
        ("add years(机构.开办日, 机构.租期)", "add years(机构.开办日, 最短租期)"),
        ("completed months(幼儿.出生日, as_of)", "completed years(幼儿.出生日, as_of)"),
        ("completed months(幼儿.出生日, as_of)", "completed days(幼儿.出生日, as_of)"),
        ("月龄 < 年龄上限", "月龄 < 最短租期 * 每年月数"), ("机构.考核分 >= 及格分", "机构.考核分 >= 人均面积"),
        ("at_most: 年封顶", "at_most: 标准"), ("used: 机构.当年已领", "used: 幼儿.月费"), ("at_least: 托位目标", "at_least: 及格分"),
        ("if 幼儿.孩次 >= 3 then 市比 else 0", "if 幼儿.孩次 >= 3 then 50 else 0"),
        ("if 幼儿.孩次 >= 3 then 市比 else 0", "if 幼儿.孩次 >= 3 then 标准 else 市比"),
        ("sum: 机构.普惠托位", "sum: 机构.面积"), ("sum: 机构.普惠托位", "sum: 机构.当年已领"),
        ("of: 毛额 * 系数\n", "of: sum([毛额, 幼儿.月费])\n"), ("of: 毛额 * 系数\n", "of: max(毛额, 幼儿.月费)\n"),
        ("随访费 / 每年月数", "随访费 * 12"), ("托位标准 * 机构.普惠托位", "托位标准 * 机构.面积"),
        ("unit: 元/人/年", "unit: 元/幼儿/年"), ("unit: 元/次", "unit: 元/mouth"), ("unit: 元/托位", "unit: 元/Place")]
    for before, after in seeds:
        assert before in PACK, before
        assert has_finding(folder, PACK.replace(before, after, 1)), after


def test_what_a_finding_says(folder):
    def message(before, after, *texts):
        write(folder, {"seeded.yaml": PACK.replace(before, after, 1)})
        result = run("check", "seeded.yaml", folder=folder)
        for text in texts:
            assert text in result.out + result.err, (text, result)
    message("机构.租期 * 每年月数 >= 最短租期", "机构.租期 >= 最短租期", "which is in year", "which is in month",
            "a year is 12 months: multiply or divide one of them by a parameter with unit month/year and value 12")
    message("机构.租期 * 每年月数 >= 最短租期", "机构.租期 / 12 >= 最短租期", "error", "times 12 makes months of years")
    message("机构.租期 * 每年月数 >= 最短租期", "机构.租期 * 12 >= 最短租期", "warning", "12 stands for the months of a year here")
    message("月龄 < 年龄上限", "'completed days(幼儿.出生日, as_of) < 年龄上限'", "no number of days is a month or a year")
    message("unit: 元/人/年", "unit: 元/child/年", "person (人) and child (儿童) are two units")
    message("add years(机构.开办日, 机构.租期)", "add months(机构.开办日, 机构.租期)", "add months() adds months", "add years() adds years")
    message("unit: 元/次", "unit: 元/mouth", "`mouth` is a unit of its own", "did you mean `month`?")
    message("unit: 元/次", "unit: 元/Month", "there is no unit `Month`", "did you mean `month`?")
    message("unit: 元/人/年", "unit: 元/人·年", "can be read in two ways")
    message("of: 毛额 * 系数\n", "of: sum([毛额, 幼儿.月费])\n", "sum() takes together numbers in different units")
    message("sum: 机构.普惠托位", "sum: 机构.面积", "`普惠占比` is declared in percent, but its value is in m2/place")


ROWS = "id,街道,托位,普惠托位\nA,甲,100,40\nB,甲,80,20\nC,乙,20,0\n"


def test_the_distance_is_in_the_unit_of_what_is_added(folder):
    write(folder, {"zh.yaml": PACK, "data/机构.csv": ROWS})
    chinese = expect(run("report", "zh.yaml", "--data", "data", "--as-of", DAY, "--lang", "zh", folder=folder), 0)
    measures = chinese.out.split("\n\n")[0]                       # what follows counts records
    lines = {line.split()[0]: line for line in measures.splitlines() if line.startswith("  ")}
    assert "60 个托位" in lines["普惠托位占比"], chinese          # 60 % of 200 places are 120
    assert "家" not in lines["普惠托位占比"], chinese
    assert "66.66%" in lines["普惠机构占比"] and "达到" in lines["普惠机构占比"], chinese
    assert "个托位/托育机构" in lines["每家机构托位数"], chinese
    english = expect(run("report", "zh.yaml", "--data", "data", "--as-of", DAY, "--lang", "en", folder=folder), 0)
    assert re.search(r"普惠托位占比 +30% +60% +not met +60 place ", english.out), english
    write(folder, {"data/机构.csv": "id,街道,托位,普惠托位\nA,甲,100,0\nB,甲,80,1\n"})
    counted = expect(run("report", "zh.yaml", "--data", "data", "--as-of", DAY, "--lang", "zh", folder=folder), 0)
    assert re.search(r"普惠机构占比 +50% +60% +未达到 +1 家托育机构 ", counted.out), counted
    shown = expect(run("eval", "zh.yaml", "--rule", "普惠占比", "--data", "data", "--as-of", DAY, "--format", "json", folder=folder), 0)
    assert json.loads(shown.out)["distance_unit"] == "place", shown
    told = expect(run("eval", "zh.yaml", "--rule", "机构占比", "--data", "data", "--as-of", DAY, "--lang", "zh", folder=folder), 0)
    for text in ("还差：1 家托育机构\n", "分子：1 家托育机构\n", "分母：2 家托育机构\n"):
        assert text in told.out, (text, told)
    table = expect(run("report", "zh.yaml", "--data", "data", "--as-of", DAY, "--format", "csv", folder=folder), 0)
    rows = list(csv.DictReader(table.out.splitlines()))
    assert [row["distance_unit"] for row in rows] == ["place", "机构", ""], rows


def test_numbers_have_their_counters(folder):
    write(folder, {"zh.yaml": PACK})

    def shown(rule, language, *texts):
        result = answer(folder, "zh.yaml", rule, "--explain", "--lang", language)
        for text in texts:
            assert text in result.out, (text, result)
    shown("达标", "zh", "640 平方米", "8 平方米/托位", "80 个托位", "3 年", "36 个月", "59.5 分", "12 个月/年")
    shown("达标", "en", "640 m²", "8 m²/place", "80 place", "3 year", "36 month", "59.5 point")
    shown("季度拨付", "zh", "400.00 元/人/月", "40 人·月", "50,000.00 元")
    shown("季度拨付", "en", "400.00 CNY/person/month", "40 person·month")
    shown("家庭自付", "zh", "11 天", "1,800.00 元/月")
    shown("月随访费", "zh", "20.00 元/次", "4 次/人/年")


def test_labels_of_entities_are_their_units(folder):
    """An entity's name and its label, Chinese or English, are one unit; the format's own names come after."""
    pack = """\
tuoyu: 1
id: test.labels
title: 标签
authority: 测试局
in_force: 2024-01-01..
sources: {n: {title: 通知}}
entities:
  nursery: {label: {zh: 托育机构, en: Nursery}, counter: 家}
facts:
  nursery: {grant: {type: money, unit: UNIT, range: "[0..1000000]"}, count: {type: integer, unit: nursery, range: "[0..1000]"}}
pricing:
  all: {title: 合计, unit: CNY, cite: n 一, steps: [{id: sum, formula: nursery.grant * nursery.count, unit: 元}]}
"""
    for unit, is_clean in [("元/nursery", True), ("元/托育机构", True), ("CNY/Nursery", True), ("元/institution", False), ("元/机构", False), ("元/家", False)]:
        assert has_finding(folder, pack.replace("UNIT", unit)) != is_clean, unit
    # Without that entity, the same word is the format's own name for an institution.
    plain = pack.replace("  nursery: {label: {zh: 托育机构, en: Nursery}, counter: 家}", "  other: {label: 其他}").replace("unit: nursery", "unit: institution")
    for unit, is_clean in [("元/托育机构", True), ("元/机构", True), ("元/家", True), ("元/nursery", False)]:
        assert has_finding(folder, plain.replace("UNIT", unit)) != is_clean, unit


if __name__ == "__main__":
    main(globals())
