#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files as Excel, WPS and LibreOffice save them: each is read as it is meant, or refused with what to do."""
import csv
import io

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.rows
title: 表格
in_force: 2024-01-01..
sources: {notice: {title: 办法}}
facts:
  child:
    id: {type: string, label: {zh: 编号}}
    fee: {type: money, unit: CNY/month, label: {zh: 收费}}
    share: {type: percent, label: {zh: 比例}}
    born: {type: date, label: {zh: 出生日期}}
    filed: {type: date, label: {zh: 申报日期}}
pricing:
  price:
    title: 计算
    unit: CNY/month
    cite: notice 第一条
    steps: [{id: all, formula: 'if child.born < date("2023-01-06") and string length(child.id) > 0 then child.fee * child.share else 0', unit: CNY/month}]
cost_sharing:
  support:
    title: 补助
    unit: CNY/month
    cite: notice 第一条
    of: child.fee
    payers: [{id: city, rate: 1}]
    budget: {of: 100000, order: [child.filed], when_short: stop}
"""
HEADER = "编号,收费,比例,出生日期\n"
ROW = "a,1800,80%,2023/1/5\n"


def ask(folder, content, code=0, *options):
    write(folder, {"rows.yaml": PACK, "rows.csv": content})
    result = run("run", "rows.yaml", "--rule", "price", "--input", "rows.csv", "--output", "out.csv", "--as-of", "2024-06-01",
                 "--changes", "changes.csv", *options, folder=folder)
    assert result.code == code, result
    if code == 2:
        return result.err
    return list(csv.DictReader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8-sig"))))


def amounts(rows):
    return [row["price.amount"] for row in rows]


def test_what_can_mean_one_thing_only_is_read(folder):
    whole = HEADER + ROW
    for name, content in {
        "Unicode 文本": ("\ufeff" + whole.replace(",", "\t").replace("\n", "\r\n")).encode("utf-16-le"),
        "CSV UTF-8": b"\xef\xbb\xbf" + whole.replace("\n", "\r\n").encode(),
        "GBK": whole.encode("gbk"),
        "GB18030 with semicolons": whole.replace(",", ";").encode("gb18030"),
        "empty columns behind": "编号,收费,比例,出生日期,,\na,1800,80%,2023/1/5,,\n",
        "rows of commas": whole + ",,,\r\n,,,\r\n",
        "empty lines": whole + "\r\n\r\n",
        "a space between thousands": HEADER + "a,1 800,80%,2023/1/5\n",
        "a space that does not break": HEADER + "a,1\u00a0800.00,80%,2023/1/5\n",
        "a narrow space": HEADER + "a,1\u202f800,80%,2023/1/5\n",
        "spaces and the unit": HEADER + "a,1 800 元/月,80%,2023/1/5\n",
        "spaces with semicolons": whole.replace(",", ";").replace("1800", "1 800"),
        "percent in full width": HEADER + "a,1800,８０％,2023/1/5\n",
        "percent as a number": HEADER + "a,1800,80,2023/1/5\n",
        "midnight": HEADER + "a,1800,80%,2023-01-05 00:00\n",
        "midnight of Excel": HEADER + "a,1800,80%,2023/1/5 0:00:00\n",
        "the mark of a text before numbers": HEADER + "a,'1800,'80%,'2023/1/5\n",
        "a number as Excel shortens it, of few digits": HEADER + "a,1.8E+03,80%,2023/1/5\n",
        "an id that looks like none": HEADER + "1E+5,1800,80%,2023/1/5\n",
        "an id with a letter E": HEADER + "E+12,1800,80%,2023/1/5\n",
    }.items():
        rows = ask(folder, content)
        assert amounts(rows) == ["1440"], (name, rows)


def test_empty_rows_are_passed_over_at_the_end_only(folder):
    """Further up a record may lack everything, and the rows of the output are those of the input."""
    rows = ask(folder, HEADER + ",,,\n" + ROW + ",,,\n,,,\n" + ROW + ",,,\n" * 3000)
    assert amounts(rows) == ["", "1440", "", "", "1440"], amounts(rows)
    assert [row["price.outcome"] for row in rows].count("undetermined") == 3
    assert amounts(ask(folder, HEADER + ",,,\n" * 5000 + ROW)) == [""] * 5000 + ["1440"]
    assert ask(folder, HEADER + ",,,\n") == []
    rows = ask(folder, HEADER + ROW + ",,\n,,,,\n" + ROW, 1)
    assert [row["error"] for row in rows] == ["", "line 3: it has 3 fields, the header has 4", "line 4: it has 5 fields, the header has 4", ""]


def test_ids_that_a_spreadsheet_shortened_never_pass(folder):
    for written in ("1.23457E+17", "3.30206E+17", "1E+11", "9.99999999E+100", " 3.30206E+17 "):
        rows = ask(folder, HEADER + f"{written},1800,80%,2023/1/5\n" + ROW, 1)
        assert amounts(rows) == ["", "1440"], rows
        assert rows[0]["price.outcome"] == "unreadable" and "format the column as text" in rows[0]["error"]
    assert amounts(ask(folder, HEADER.replace("编号", "child.id").replace("收费", "child.fee").replace("比例", "child.share").replace(
        "出生日期", "child.born") + "1.23457E+17,1800,80,2023-01-05\n", 0, "--strict")) == ["1440"], "as written, where that is asked for"
    claims = "号,收费,申报日期\n3.30206E+17,100,2024-01-01\n3.30206E+17,200,2024-01-02\n330206202301050011,300,2024-01-03\n"
    write(folder, {"claims.csv": claims})
    expect(run("pay", "rows.yaml", "--rule", "support", "--input", "claims.csv", "--id", "号", "--output", "paid.csv", "--as-of", "2024-06-01",
               folder=folder), 1)
    paid = list(csv.DictReader(io.StringIO((folder / "paid.csv").read_text(encoding="utf-8"))))
    assert [row["paid"] for row in paid] == ["300", "", ""] and paid[1]["error"].count("its digits are lost") == 1


def test_lines_of_sums_are_no_records(folder):
    for line in ("合计,1800,,\n", "总计：,1800,,\n", ",合计：1800,,\n", "小计 ,1800,,2023/1/5\n", ",,共计,2023/1/5\n", " 合计 ,1,1,2023/1/5\n"):
        rows = ask(folder, HEADER + ROW + line, 1)
        assert amounts(rows) == ["1440", ""] and "line 3: it is a line of sums and no record: delete it" == rows[1]["error"], rows
    assert amounts(ask(folder, HEADER + "合计镇,1800,80%,2023/1/5\n" + "甲,1800,80%,2023/1/5\n")) == ["1440", "1440"]
    write(folder, {"claims.csv": "编号,收费,申报日期\na,100,2024-01-01\n合计,100,2024-01-01\n"})
    result = run("pay", "rows.yaml", "--rule", "support", "--input", "claims.csv", "--id", "编号", "--output", "-", "--as-of", "2024-06-01", folder=folder)
    expect(result, 1, out="it is a line of sums", err="paid 100,")


def test_headings_are_one_line_and_the_first(folder):
    for title, line in (("收费表,,,\n", 2), ("收费表\n", 2), ("收费表,,,\n单位：元,,,\n", 3), ("\n收费表\n\n", 4)):
        for separator in ",;\t":
            content = (title + HEADER + ROW).replace(",", separator)
            assert f"rows.csv:{line}: error: the columns are named here: delete the lines above it" in ask(folder, content, 2), content
    two = "编号,费用,,出生日期\n,收费,比例,\na,1800,80%,2023/1/5\n"
    assert "rows.csv:2: error: the columns are named on two lines" in ask(folder, two, 2)
    assert "rows.csv:2: error: the columns are named on two lines" in ask(folder, two.encode("gbk"), 2)
    assert "no column is a fact" in ask(folder, "一,二\n三,四\n", 2)


def test_what_is_refused_says_why(folder):
    for written, said in (("1 80", "the spaces of '1 80' do not stand between thousands"), ("1 800,5", "1 800,5"), ("0 800", "do not stand between"),
                          ("####", "####"), ("#DIV/0!", "#DIV/0!"), ("-", "'-'"), ("1800..", "1800..")):
        rows = ask(folder, HEADER + f"a,\"{written}\",80%,2023/1/5\n", 1)
        assert amounts(rows) == [""] and said in rows[0]["error"], rows
    for written in ("2023/1/5 8:30", "1月5日", "2023年1月", "#N/A"):
        rows = ask(folder, HEADER + f"a,1800,80%,{written}\n", 1)
        assert amounts(rows) == [""] and written in rows[0]["error"], rows


def test_a_template_that_was_filled_in_reads_back(folder):
    write(folder, {"rows.yaml": PACK})
    for options, encoding in (((), "utf-8"), (("--excel",), "utf-8-sig"), (("--lang", "en"), "utf-8")):
        expect(run("run", "rows.yaml", "--rule", "price", "--template", "empty.csv", *options, folder=folder), 0)
        lines = (folder / "empty.csv").read_bytes().decode(encoding).splitlines()
        header = next(csv.reader([lines[0]]))
        facts = [cell.replace("#tuoyu ", "") for cell in next(csv.reader([lines[1]]))]
        values = {"child.id": "甲", "child.fee": "1,800.00 元/月", "child.share": "80%", "child.born": "2023年1月5日"}
        assert set(facts) == set(values) and len(header) == len(facts)
        out = io.StringIO()
        csv.writer(out).writerow([values[fact] for fact in facts])
        filled = "\r\n".join(lines) + "\r\n" + out.getvalue() + "," * (len(facts) - 1) + "\r\n"
        for saved in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            assert amounts(ask(folder, filled.encode(saved))) == ["1440"], (options, saved)
            assert amounts(ask(folder, filled.encode(saved), 0, "--excel", "--keep", header[0])) == ["1440"]


if __name__ == "__main__":
    main(globals())
