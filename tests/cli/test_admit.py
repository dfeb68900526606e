#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""admit: rows in the order of admission, whatever order they come in."""
import itertools
import json

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.places
title: {zh: 入托, en: Places}
in_force: 2024-01-01..2025-12-31
facts:
  child:
    ok: {type: boolean, label: {zh: 合格, en: fit}}
    born: {type: date, label: {zh: 出生日期, en: born}}
    points: {type: integer, label: {zh: 积分, en: points}}
eligibility:
  place:
    title: {zh: 录取, en: Admission}
    all: [{id: ok, when: child.ok}]
    admission:
      - {id: points, descending: 10 / child.points, because: {zh: 系数高者优先, en: the higher factor first}}
      - {id: age, ascending: child.born, because: {zh: 月龄大者优先, en: the older first}}
  plain: {title: t, all: [{id: ok, when: child.ok}]}
"""
HEADER = "name,child.ok,child.born,child.points\n"
ROWS = ["甲,true,2023-05-01,1\n", "乙,true,2023-01-01,2\n", "丙,true,2023-01-02,2\n", "丁,,2023-01-01,2\n", "戊,false,2023-01-01,2\n"]


def admit(folder, rows, *options, rule="place", places="2", day="2025-01-01", name="name"):
    write(folder, {"places.yaml": PACK, "rows.csv": HEADER + "".join(rows)})
    return run("admit", "places.yaml", "--rule", rule, "--input", "rows.csv", "--id", name, "--places", places, "--as-of", day, *options,
               folder=folder)


def test_any_order_of_rows_is_the_same_list(folder):
    lists = {expect(admit(folder, rows, "--format", "json"), 0).out for rows in itertools.permutations(ROWS)}
    assert len(lists) == 1
    entries = json.loads(lists.pop())["entries"]
    assert [(entry["id"], entry["state"]) for entry in entries] == [
        ("甲", "admitted"), ("乙", "admitted"), ("丙", "waiting"), ("丁", "pending"), ("戊", "refused")], entries
    assert [entry["admission"] for entry in entries] == ["certain", "possible", "none", "possible", "none"], entries
    assert entries[1]["hangs_on"] == {"count": 1, "ids": ["丁"]} and "hangs_on" not in entries[0], entries


def test_text_for_people(folder):
    text = expect(admit(folder, ROWS), 0).out
    assert ("可录取 2 名\n甲：第 1 位，录取\n乙：第 2 位，录取（未定，取决于 丁）；在 甲 之后：系数高者优先") in text, text
    assert "丁：暂不能确定，缺少：合格；仍可能录取\n戊：不符合条件\n" in text, text
    english = expect(admit(folder, ROWS, "--lang", "en"), 0).out
    assert "丙: place 3, waiting; behind 乙 by the older first, 2 January 2023 against 1 January 2023\n" in english, english


def counts(read, **others):
    return {"read": read, "determined": 0, "undetermined": 0, "not_applicable": 0, "not_in_force": 0, "error": 0, "unreadable": 0} | others


def test_bad_rows_stop_nothing(folder):
    rows = ROWS + ["己,true,2023-01-01,0\n", "甲,true,2023-01-01,5\n", "庚,maybe,2023-01-01,5\n", ",true,2023-01-01,5\n", "辛,true\n"]
    result = expect(admit(folder, rows, "--format", "json"), 1, err=["rows.csv:7:", "rows.csv:8:", "rows.csv:9:", "rows.csv:10:", "rows.csv:11:"])
    found = json.loads(result.out)
    assert [entry["id"] for entry in found["entries"]] == ["甲", "乙", "丙", "丁", "戊", "", "己", "庚", "甲", "辛"], found
    errors = {(entry["id"], entry.get("line")): entry["error"] for entry in found["entries"] if entry["state"] == "error"}
    assert errors == {("", 10): "TUOYU_ERROR_FACT_MISSING", ("己", None): "TUOYU_ERROR_DIVISION_BY_ZERO", ("庚", 9): "TUOYU_ERROR_FACT_TYPE",
                      ("甲", 8): "TUOYU_ERROR_DUPLICATE", ("辛", 11): "TUOYU_ERROR_SYNTAX"}, errors
    assert found["error"] == 5 and found["records"] == counts(read=10, determined=4, undetermined=1, error=4, unreadable=1), found


def test_records_that_are_no_rows_stay_on_the_list(folder):
    """Each with its line and its reason; and the list is not final because of it."""
    broken = {'己,true\n': "2 fields", '"己,true,2023-01-01,9\n': "never closed", 'b"己,true,2023-01-01,9\n': "a quote stands inside",
              '己,true,2023-01-01,9,x\n': "5 fields", b"\xff\xfe,true,2023-01-01,9\n": "not UTF-8",
              "\n\x00,true,2023-01-01,9\n": "it holds a NUL (U+0000)"}
    for record, reason in broken.items():
        record = record if isinstance(record, bytes) else record.encode()
        text = HEADER.encode() + ROWS[0].encode() + record + ROWS[1].encode()
        write(folder, {"places.yaml": PACK, "rows.csv": text})
        options = ["admit", "places.yaml", "--rule", "place", "--input", "rows.csv", "--id", "name", "--places", "2", "--as-of", "2025-01-01"]
        found = json.loads(expect(run(*options, "--format", "json", folder=folder), 1).out)
        assert [entry["state"] for entry in found["entries"]] == ["admitted", "admitted", "error"], found
        assert reason in found["entries"][2]["reason"] and found["entries"][2]["line"] in (3, 4), found
        assert found["final"] is False and found["records"] == counts(read=3, determined=2, undetermined=0, error=0, unreadable=1), found
        for language, words in (("zh", ["名单未定：1 条记录无法读取", "乙：第 2 位，录取", "记录：读入 3，已定 2，未定 0，不适用 0，不生效 0，有错误 0，无法读取 1\n"]),
                                ("en", ["Not final: 1 record cannot be read", "unreadable 1\n"])):
            text = expect(run(*options, "--lang", language, folder=folder), 1, out=words).out
            assert "甲：第 1 位，录取\n" in text or "甲: place 1, admitted\n" in text, text


def test_a_list_of_which_all_is_known_is_final(folder):
    rows = [row for row in ROWS if not row.startswith("丁")]
    found = json.loads(expect(admit(folder, rows, "--format", "json"), 0).out)
    assert found["final"] is True and found["records"] == counts(read=4, determined=4, undetermined=0, error=0, unreadable=0), found
    text = expect(admit(folder, rows), 0).out
    assert "名单未定" not in text, text
    assert json.loads(admit(folder, ROWS, "--format", "json").out)["final"] is False


def test_spaces_around_an_id_are_no_part_of_it(folder):
    for other in ("甲 ", " 甲", "\u3000甲", "甲\u00a0", "\t甲\t", "\u2003甲\u2003", '" 甲 "'):
        found = json.loads(expect(admit(folder, [ROWS[0], f"{other},true,2022-05-01,1\n"], "--format", "json"), 1, err="already").out)
        assert [(entry["id"], entry["state"]) for entry in found["entries"]] == [("甲", "admitted"), ("甲", "error")], found
        assert found["entries"][1]["error"] == "TUOYU_ERROR_DUPLICATE" and found["final"] is False, found


def test_what_it_cannot_do(folder):
    expect(admit(folder, ROWS, rule="plain"), 2, err="gives no order of admission")
    expect(admit(folder, ROWS, rule="plase"), 2, err="place")
    expect(admit(folder, ROWS, name="nmae"), 2, err="nmae")
    expect(admit(folder, ROWS, day="2026-01-01"), 2, err="until 2025-12-31")
    assert expect(admit(folder, [], places="0", rule="place"), 0).out.endswith("可录取 0 名\n")


if __name__ == "__main__":
    main(globals())
