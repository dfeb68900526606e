# SPDX-License-Identifier: Apache-2.0
"""CSV as offices save it. A file that is written in any mixture of the known ways gives the answers of the file as it is written
for us, and the list of changes names each cell that was written otherwise, once. What can mean two things is refused with both."""
import csv
import datetime
import io
import json
import os
import random
import subprocess
import unicodedata

from command_test import COMMAND, ROOT, expect, main, run, write

PACK = """\
tuoyu: 1
id: test.intake
title: {zh: 收表, en: Intake}
authority: {zh: 测试局, en: Test office}
in_force: 2024-01-01..2026-12-31
sources:
  n: {title: {zh: 测试通知, en: Notice}}
facts:
  child:
    birth: {type: date, label: {zh: 出生日期, en: date of birth}}
    class: {type: enum, values: {infant: {zh: 乳儿班, en: infants}, junior: {zh: 托小班, en: juniors}, senior: {zh: 托大班, en: seniors}}, label: {zh: 班型, en: class}}
    fee: {type: money, unit: CNY/month, range: "[0..100000]", label: {zh: 月收费, en: monthly fee}}
    order: {type: integer, range: "[1..20]", label: {zh: 孩次, en: order}}
    local: {type: boolean, label: {zh: 本地户籍, en: registered here}}
    name: {type: string, label: {zh: 姓名, en: name}}
    share: {type: percent, label: {zh: 比例, en: share}}
  guardian:
    name: {type: string, label: {zh: 姓名, en: name of guardian}}
pricing:
  all:
    title: {zh: 全部, en: All}
    unit: CNY/month
    amount: >-
      child.fee * child.share * child.order * (if child.local then 3 else 5)
      * (if child.class = "infant" then 7 else if child.class = "junior" then 11 else 13)
      * (child.birth.year * 400 + child.birth.month * 31 + child.birth.day) * (if child.name = "张三" then 1 else 2)
    cite: n
cost_sharing:
  split:
    title: {zh: 分担, en: Split}
    unit: CNY/month
    of: child.fee
    payers:
      - {id: gov, label: {zh: 政府, en: gov}, rate: child.share}
    residual: {id: family, label: {zh: 家庭, en: family}}
    budget: {of: 5000, payer: gov, order: [child.order], when_short: pay_part, cite: n}
    cite: n
eligibility:
  admissible:
    title: {zh: 入托, en: Admission}
    cite: n
    all:
      - {id: local, when: child.local, because: {zh: 户籍, en: local}}
    admission:
      - {id: age, ascending: child.birth, because: {zh: 月龄大者, en: the older first}}
indicators:
  fees:
    title: {zh: 收费合计, en: Fees}
    unit: CNY/month
    value: {of: child, where: child.local, sum: child.fee}
    cite: n
"""
RULES = ["--rule", "all", "--rule", "split", "--rule", "admissible"]
DAY = ["--as-of", "2024-05-01"]
FACTS = ["child.birth", "child.class", "child.fee", "child.order", "child.local", "child.name", "child.share"]
LABELS = {"child.birth": ["出生日期", "date of birth"], "child.class": ["班型", "class"], "child.fee": ["月收费", "monthly fee"],
          "child.order": ["孩次", "order"], "child.local": ["本地户籍", "registered here"], "child.share": ["比例", "share"],
          "child.name": ["name"]}
CLASSES = {"infant": ["乳儿班", "infants"], "junior": ["托小班", "juniors"], "senior": ["托大班", "seniors"]}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def answer(folder, *options, pack="intake.yaml", code=0, err="", rules=RULES):
    result = expect(run("run", pack, *rules, "--input", "rows.csv", "--output", "out.csv", *DAY, *options, folder=folder), code, err=err)
    return result


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def answers(folder, columns):
    """What was answered, without the columns of the input."""
    return [list(row.values())[columns:] for row in table(folder / "out.csv")]


def changes(folder):
    return table(folder / "changes.csv")


def prepare(folder, rows, pack=PACK):
    write(folder, {"intake.yaml": pack})
    (folder / "rows.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())


def as_csv(rows, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


# ---- Everything at once ----

def written_dates(date, chance):
    year, month, day = date.year, date.month, date.day
    forms = [f"{year}/{month}/{day}", f"{year}-{month}-{day}", f"{year}.{month}.{day}", f"{year}年{month}月{day}日",
             f"{year}年{month:02}月{day:02}日", f"{year}/{month:02}/{day:02}", f"{year}{month:02}{day:02}", f"{year} 年 {month} 月 {day} 日",
             f"{year}/{month}/{day} 0:00", f"{year}-{month:02}-{day:02} 00:00:00", full_width(date.isoformat()), f"{year}年{month}月{day}号"]
    if day > 12 or day == month:
        forms += [f"{day}/{month}/{year}", f"{month}/{day}/{year}"]
    return chance.choice(forms)


def written_fee(fee, chance, separator):
    plain = f"{fee:.2f}"
    forms = [f"{fee:,.2f}", plain + "元", plain + " 元/月", "¥" + plain, "￥" + f"{fee:,.2f}", full_width(plain), plain + "CNY", full_width(f"{fee:,.2f}") + "元",
             f"{plain} CNY/month", f"{plain}元/月"]
    if separator != ";" and fee == int(fee):
        forms.append(f"{int(fee):,}")
    return chance.choice([form for form in forms if form != plain])


def random_row(chance, separator):
    """A row as it is written for us, and as an office writes it."""
    date = datetime.date(2021, 1, 1) + datetime.timedelta(days=chance.randrange(1200))
    fee, order, share = chance.choice([chance.randrange(10000000) / 100, chance.randrange(100000)]), chance.randrange(1, 21), chance.randrange(101)
    local, name = chance.random() < 0.5, chance.choice(["张三", "李四", "王小明", "Ünal", "买买提·吐尔逊"])
    kind = chance.choice(list(CLASSES))
    clean = [date.isoformat(), kind, f"{fee:.2f}", str(order), str(local).lower(), name, str(share)]
    truth = ["TRUE", "True", "是", "yes", "Y", "ＴＲＵＥ"] if local else ["FALSE", "False", "否", "no", "N", "ｎｏ"]
    office = [written_dates(date, chance), chance.choice(CLASSES[kind] + [full_width(kind)]), written_fee(fee, chance, separator),
              full_width(str(order)), chance.choice(truth), unicodedata.normalize("NFD", name), chance.choice([f"{share}%", f"{share} %", full_width(f"{share}%")])]
    return clean, [chance.choice([a, b]) for a, b in zip(clean, office, strict=True)]


def test_any_mixture_gives_the_answers_of_the_clean_file(folder):
    chance = random.Random(20)
    for trial in range(36):
        encoding = ["utf-8", "utf-8-sig", "gb18030", "utf-16"][trial % 4]
        separator = list(SEPARATORS.values())[trial // 4 % 3]
        rows = [random_row(chance, separator) for _ in range(chance.choice([1, 5, 60]))]
        prepare(folder, as_csv([FACTS] + [clean for clean, _ in rows]))
        answer(folder, "--strict", code=0)
        expected = answers(folder, len(FACTS))
        header = [chance.choice([fact] + LABELS[fact] + [f" {fact}\u3000"]) for fact in FACTS]
        text = as_csv([header] + [office for _, office in rows], separator)
        (folder / "rows.csv").write_bytes(text.encode(encoding))
        for source in ("rows.csv", "-"):
            result = subprocess.run([str(COMMAND), "run", "intake.yaml", *RULES, "--input", source, "--output", "out.csv", *DAY, "--changes", "changes.csv",
                                     "--summary", "summary.json"], cwd=folder, input=(folder / "rows.csv").read_bytes(), capture_output=True)
            assert result.returncode == 0, (trial, result.stderr.decode(), text)
            assert answers(folder, len(FACTS)) == expected, (trial, text)
            assert [list(row.values())[:len(FACTS)] for row in table(folder / "out.csv")] == [office for _, office in rows], trial
            listed = changes(folder)
            otherwise = sorted((str(number + 2), FACTS[column], office[column], clean[column]) for number, (clean, office) in enumerate(rows)
                               for column in range(len(FACTS)) if clean[column] != office[column])
            cells = [row for row in listed if row["line"] not in ("", "1")]
            found = sorted((row["line"], row["fact"], row["written"], row["read"]) for row in cells)
            assert [row[:3] for row in found] == [row[:3] for row in otherwise], (trial, found, otherwise)
            for (_, fact, _, read), (_, _, _, meant) in zip(found, otherwise, strict=True):
                assert read == meant or (fact == "child.fee" and float(read) == float(meant)), (read, meant)
            counts = json.loads((folder / "summary.json").read_text())["changes"]
            assert sum(counts.values()) == len(cells) and counts["refused"] == 0, counts
            about = {row["rule"]: row["written"] for row in listed if row["line"] == ""}
            non_ascii = any(ord(c) > 127 for c in text)
            assert about.get("encoding") == {"gb18030": "GB18030" if non_ascii else None, "utf-16": "UTF-16"}.get(encoding), about
            assert about.get("separator") == {";": "semicolons", "\t": "tabs"}.get(separator), about
            by_label = {row["column"]: row["fact"] for row in listed if row["line"] == "1"}
            assert by_label == {name: fact for name, fact in zip(header, FACTS, strict=True) if name.strip("\u3000 ") != fact}, by_label


# ---- Cells ----

def cell(folder, column, text, *options, header="", separator=","):
    """Answers a row with one cell, and returns its error and the change, if any."""
    row = dict(zip(FACTS, ["2023-01-05", "infant", "1", "1", "true", "n", "50"], strict=True)) | {column: text}
    prepare(folder, as_csv([list(row), list(row.values())], separator))
    run("run", "intake.yaml", *RULES, "--input", "rows.csv", "--output", "out.csv", *DAY, "--changes", "changes.csv", *options, folder=folder)
    found = [change for change in changes(folder) if change["line"] == "2"]
    return table(folder / "out.csv")[0]["error"], found[0]["read"] if found else None


REFUSED = [
    ("child.birth", "1/5/2023", ["2023-01-05", "2023-05-01"]),
    ("child.birth", "05-01-2023", ["2023-05-01", "2023-01-05"]),
    ("child.birth", "５.１.２０２３", ["2023-05-01", "2023-01-05"]),
    ("child.birth", "05/01/23", ["2005-01-23", "2023-05-01", "2023-01-05"]),
    ("child.birth", "31/12/99", ["1999-12-31", "2099-12-31"]),
    ("child.birth", "44941", ["2023-01-15", "2027-01-16", "--excel-days 1900"]),
    ("child.birth", "2023", ["date such as"]),
    ("child.birth", "2023/1", ["date such as"]),
    ("child.birth", "2023年1月", ["date such as"]),
    ("child.birth", "2023/1-5", ["date such as"]),
    ("child.birth", "2023/2/30", ["there is no such day"]),
    ("child.birth", "2023-01-05 08:30", ["date such as"]),
    ("child.birth", "去年", ["date such as"]),
    ("child.fee", "1,80", ["1.80", "180"]),
    ("child.fee", "1,80,000", ["do not stand between thousands"]),
    ("child.fee", "0,800", ["0.800"]),
    ("child.fee", "1800,", ["an amount of money"]),
    ("child.fee", "1800元/年", ["元/年", "CNY/month"]),
    ("child.fee", "1.8万元", ["万元"]),
    ("child.fee", "约1800", ["an amount of money"]),
    ("child.fee", "1 80", ["the spaces of '1 80' do not stand between thousands"]),
    ("child.fee", "(1,800)", ["an amount of money"]),
    ("child.fee", "80%", ["%"]),
    ("child.order", "2个", ["a whole number"]),
    ("child.order", "１.５", ["a whole number"]),
    ("child.share", "50元", ["a number of percent"]),
    ("child.local", "1", ["true or false"]),
    ("child.local", "√", ["true or false"]),
    ("child.local", "有", ["true or false"]),
    ("child.local", "不是", ["true or false"]),
    ("child.class", "托班", ["no value"]),
    ("child.class", "Infant", ["no value"]),
    ("child.birth", "9" * 300, ["date such as"]),
    ("child.fee", "1," * 5000 + "1", ["an amount of money"]),
]


def test_what_can_mean_two_things_is_refused_with_both(folder):
    for column, text, said in REFUSED:
        error, read = cell(folder, column, text)
        assert error.startswith("line 2: ") and all(part in error for part in said), (text, error)
        assert read is None or "2/30" in text or text == "１.５", (text, read)


def test_a_comma_in_a_file_with_semicolons_can_be_a_point(folder):
    for text, both in (("1,800", ["1800", "1.800"]), ("12,345元", ["12345", "12.345"])):
        error, _ = cell(folder, "child.fee", text, separator=";")
        assert all(f"{one}" in error for one in both) and "semicolons" in error, error
        assert cell(folder, "child.fee", text) == ("", both[0])
    for text, read in (("1,800.00", "1800.00"), ("1,234.5", "1234.5"), ("99,999.00元", "99999.00")):
        assert cell(folder, "child.fee", text, separator=";") == ("", read)


def test_days_that_a_spreadsheet_counts(folder):
    """Against the calendar: day 1 of 1900 is its first of January, 60 was none, and from 61 on one day is too many."""
    for number in [1000, 36526, 44941, 45000, 100000]:
        for first, start in (("1900", datetime.date(1899, 12, 30)), ("1904", datetime.date(1904, 1, 1))):
            assert cell(folder, "child.birth", str(number), "--excel-days", first) == ("", (start + datetime.timedelta(days=number)).isoformat())
    for text in ("2023", "60", "0", "44941.5", "-5"):
        error, read = cell(folder, "child.birth", text, "--excel-days", "1900")
        assert error and read is None, (text, error)
    assert cell(folder, "child.fee", "44941", "--excel-days", "1900") == ("", None)


def test_what_the_library_reads_is_never_changed(folder):
    for column, texts in {"child.fee": ["0", "007.50", "1e3", "1800.00", "100000"], "child.birth": ["2023-01-05"], "child.local": ["true", "false"],
                          "child.class": ["infant"], "child.name": ["1,800", "2023/1/5", "是", "（全角）", "=1+1", "TRUE"], "child.share": ["0.5", "80"]}.items():
        for text in texts:
            assert cell(folder, column, text) == ("", None), text


def test_strict_reads_nothing_otherwise(folder):
    for column, text in [("child.birth", "2023/1/5"), ("child.fee", "1,800"), ("child.local", "是"), ("child.class", "乳儿班"), ("child.order", "２")]:
        error, read = cell(folder, column, text, "--strict")
        assert error and read is None, text
        assert cell(folder, column, text)[0] == "", text
    prepare(folder, "出生日期,孩次\n2023-01-05,1\n")
    answer(folder, "--strict", code=2, err="no column is a fact")
    answer(folder, "--strict", "--encoding", "gb18030", code=2, err="leave out --encoding")


def test_a_label_of_two_values_is_refused(folder):
    twice = PACK.replace("junior: {zh: 托小班", "junior: {zh: 乳儿班")
    prepare(folder, "child.class,child.fee,child.local\n乳儿班,1,true\n托大班,1,true\n", pack=twice)
    answer(folder, code=1)
    first, second = table(folder / "out.csv")
    assert "infant" in first["error"] and "junior" in first["error"] and not second["error"], first


# ---- Headers ----

def test_a_label_of_two_facts_is_refused(folder):
    prepare(folder, "姓名,月收费\n张三,1\n")
    answer(folder, code=2, err=["rows.csv:1: error:", "child.name or guardian.name", "--map"])
    write(folder, {"map.csv": "姓名,guardian.name\n"})
    answer(folder, "--map", "map.csv")
    write(folder, {"map.csv": "姓名,child.nam\n"})
    answer(folder, "--map", "map.csv", code=2, err="child.nam, which is no fact")
    write(folder, {"map.csv": "姓名\n"})
    answer(folder, "--map", "map.csv", code=2, err="map.csv:1")
    write(folder, {"map.csv": "姓名,child.name\n姓名,guardian.name\n"})
    answer(folder, "--map", "map.csv", code=2, err=["map.csv:2", "twice"])
    answer(folder, "--map", "none.csv", code=2, err="none.csv: cannot be read")


def test_a_map_goes_before_names_and_labels(folder):
    prepare(folder, "孩次,数\n3,2\n")
    (folder / "map.csv").write_bytes("\ufeff数,child.order\r\n孩次,child.share\r\n".encode())
    answer(folder, "--map", "map.csv", "--changes", "changes.csv")
    assert {(row["column"], row["fact"], row["rule"]) for row in changes(folder)} == {("数", "child.order", "map"), ("孩次", "child.share", "map")}


def test_name_and_label_of_one_fact_are_two_columns_of_it(folder):
    prepare(folder, "child.order,孩次\n1,2\n")
    answer(folder, code=2, err="columns 1 and 2 are both child.order")


def test_separators_that_are_as_good(folder):
    prepare(folder, "child.order,child.share;child.fee,child.order;child.share\n")
    answer(folder, code=2, err="--separator")
    prepare(folder, "child.order;x,y\n1;2,3\n")
    answer(folder)
    assert list(table(folder / "out.csv")[0])[:2] == ["child.order", "x,y"]
    answer(folder, "--separator", "comma", code=2, err="no column is a fact")


# ---- Encodings ----

MANY = "".join(f"张三{i},1\n" for i in range(40000))


def both_ways(folder, *options):
    """The outcome for a file, and that for a pipe, which cannot be read twice; they must be the same."""
    results = []
    for source in ("rows.csv", "-"):
        out = folder / "out.csv"
        out.unlink(missing_ok=True)
        result = subprocess.run([str(COMMAND), "run", "intake.yaml", *RULES, "--input", source, "--output", "out.csv", *DAY, *options], cwd=folder,
                                input=(folder / "rows.csv").read_bytes(), capture_output=True)
        results.append((result.returncode, result.stderr.decode(), out.read_bytes() if out.exists() else None))
    assert results[0][0] == results[1][0] and results[0][2] == results[1][2], results[1][:2]
    return results[0]


def test_a_file_in_two_encodings_is_refused_with_both_readings(folder):
    for first, second in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        rows = "child.name,child.fee\n".encode() + "张三,1\n".encode(first) + b"x,2\n" * 50000 + "李四,3\n".encode(second)
        prepare(folder, rows)
        code, err, out = both_ways(folder)
        otherwise = "寮犱笁" if first == "utf-8" else "鏉庡洓"  # the bytes of UTF-8 as GB18030
        assert code == 2 and out is None and all(text in err for text in ("张三", "李四", otherwise)), err
        lines = {"utf-8": 2, "gb18030": 50003} if first == "utf-8" else {"utf-8": 50003, "gb18030": 2}
        assert all(f"line {line} is {name.upper()}" in err for name, line in lines.items()), err
        for encoding, bad in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
            code, err, out = both_ways(folder, "--encoding", encoding)
            if encoding == "utf-8":
                wrong = [row["error"] for row in table(folder / "out.csv") if row["error"]]
                assert code == 1 and len(wrong) == 1 and wrong[0].endswith("it is not UTF-8"), wrong


def test_gb18030_that_is_cut_off_or_broken(folder):
    """The records with broken bytes are told, and the others stay."""
    head = "child.name,child.fee\n张三,1\n".encode("gb18030")
    for tail, bad in ((b"\xc0", 1), (b"\xc0\n", 1), (b"\xff,1\n", 1), (b"\x81\x30\x81", 1), (b"\x81\x30\x81\n\xc0\xee,2\n", 1), ("𠮷,2\n".encode("gb18030"), 0),
                      (b"\xc0\xee\xcb\xc4,2", 0)):
        prepare(folder, head + tail)
        code, err, out = both_ways(folder)
        got = table(folder / "out.csv")
        assert got[0]["child.name"] == "张三" and not got[0]["error"] and "GB18030" in err, (tail, err)
        wrong = [row["error"] for row in got if row["error"]]
        assert len(wrong) == bad and code == (1 if bad else 0), (tail, got)
        assert all("GB18030" in one or "fields" in one for one in wrong), wrong


def test_long_files_in_gb18030(folder):
    """Characters and lines lie across whatever is read at once."""
    rows = "child.name,child.fee\n" + MANY
    prepare(folder, rows)
    code, _, expected = both_ways(folder)
    for shift in range(3):
        prepare(folder, ("child.name,child.fee" + "," * shift + "\n" + MANY.replace("\n", "," * shift + "\n")).encode("gb18030"))
        code, err, out = both_ways(folder)
        assert code == 0, err
        assert [row["child.name"] for row in table(folder / "out.csv")] == [f"张三{i}" for i in range(40000)]
    for encoding in ("gb18030", "utf-16"):
        prepare(folder, rows.encode(encoding))
        assert both_ways(folder)[2] == expected, encoding


def test_marks_and_workbooks(folder):
    prepare(folder, b"PK\x03\x04" + b"\0" * 100)
    assert "workbook" in both_ways(folder)[1]
    prepare(folder, b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    assert "workbook" in both_ways(folder)[1]
    prepare(folder, "child.name,child.fee\n\ufeff张三,1\n")
    assert both_ways(folder)[0] == 0 and not table(folder / "out.csv")[0]["error"]
    for encoding in ("utf-16-le", "utf-16-be"):
        prepare(folder, "\ufeffchild.name;child.fee\n张三;1\n𠮷;2\n".encode(encoding))
        code, err, out = both_ways(folder)
        assert code == 0 and [row["child.name"] for row in table(folder / "out.csv")] == ["张三", "𠮷"], err
        prepare(folder, "child.name,child.fee\n张三,1\n".encode(encoding))
        assert both_ways(folder)[0] == 2
    prepare(folder, "\ufeffchild.name,child.fee\n张三,1\n".encode("utf-16-le") + b"x")
    code, err, out = both_ways(folder)
    assert code == 1 and "UTF-16" in table(folder / "out.csv")[1]["error"], err


def test_what_could_be_either_is_told(folder):
    prepare(folder, "child.name,child.fee\n".encode() + "陆隆,1\n".encode("gb18030"))
    code, err, out = both_ways(folder)
    assert code == 0 and "could be GB18030" in err and "陆隆" in err, err
    code, err, out = both_ways(folder, "--encoding", "gb18030")
    assert table(folder / "out.csv")[0]["child.name"] == "陆隆"
    code, err, out = both_ways(folder, "--encoding", "utf-8")
    assert "could be" not in err, err
    prepare(folder, "child.name,child.fee\nÜnal,1\n".encode())
    assert "could be" not in both_ways(folder)[1]


def test_nul_and_control_characters_stay_what_they_are(folder):
    prepare(folder, "child.name,child.fee\n张\0三,1\n李\u202e四,1\n王五,1\n".encode("gb18030"))
    code, err, out = both_ways(folder)
    errors = [row["error"] for row in table(folder / "out.csv")]
    assert code == 1 and "NUL" in errors[0] and "U+202E" in errors[1] and not errors[2], errors


# ---- Characters that look like others ----

def test_look_alikes_are_told_with_what_was_meant(folder):
    for text, said in {"⼩港": "U+2F29), which looks like 小 (U+5C0F)", "Ａ座": "looks like A", "张\u200b三": "not seen", "１号": "looks like 1"}.items():
        prepare(folder, f"child.name,child.fee\n{text},1\n")
        said = said.replace("U+2F29), ", "U+2F29, ")
        answer(folder, err=["rows.csv:2: warning:", said, "1 texts have characters that look like others"])
        assert table(folder / "out.csv")[0]["child.name"] == text
    prepare(folder, "child.name,child.fee\n小港（街道）,1\n、。「」,2\n·—…,3\n")
    assert "look" not in answer(folder).err
    prepare(folder, "child.name,child.fee\n" + "⼩,1\n" * 5000)
    result = answer(folder, err="5000 texts")
    assert result.err.count("warning: '") == 10, result
    prepare(folder, "编号,child.fee,child.share,child.order,child.birth,child.local\n⼀号,1,50,1,2023-01-05,true\n")
    for command, options in (("pay", ["--rule", "split", "--output", "-"]), ("admit", ["--rule", "admissible", "--places", "1"])):
        expect(run(command, "intake.yaml", *options, "--input", "rows.csv", "--id", "编号", *DAY, folder=folder), 0, err="looks like 一 (U+4E00)")
    (folder / "data").mkdir(exist_ok=True)
    write(folder / "data", {"child.csv": "name,local,fee\n⼩港,true,1\n"})
    expect(run("report", "intake.yaml", "--data", "data", *DAY, folder=folder), 0, err=["data/child.csv:2: warning:", "looks like 小 (U+5C0F)"])


# ---- Output for spreadsheets ----

FORMULAS = ["=1+1", "+cmd", "-x", "@SUM(1)", "\tx", "＝1", '=HYPERLINK("http://x.invalid/","a")', "-1-1", "+1;2"]
HARMLESS = ["-5", "+5", "-5.25", "张三", "a=b", "", "'x", "1-2"]


def test_excel_makes_texts_harmless_and_leaves_numbers(folder):
    prepare(folder, as_csv([["note", "child.fee"]] + [[text, "1"] for text in FORMULAS + HARMLESS]))
    answer(folder)
    plain = table(folder / "out.csv")
    answer(folder, "--excel")
    assert (folder / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    notes = [row["note"] for row in table(folder / "out.csv")]
    assert notes == ["'" + text for text in FORMULAS] + HARMLESS, notes
    assert [list(row.values())[1:] for row in table(folder / "out.csv")] == [list(row.values())[1:] for row in plain]


def test_excel_of_pay_and_report(folder):
    prepare(folder, "id,child.fee,child.share,child.order\n=a,100,50,1\n-3,100,50,2\n")
    options = ["pay", "intake.yaml", "--rule", "split", "--input", "rows.csv", "--output", "out.csv", *DAY]
    expect(run(*options, "--excel", folder=folder), 0)
    assert (folder / "out.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert [row["id"] for row in table(folder / "out.csv")] == ["'=a", "-3"]
    expect(run(*options, folder=folder), 0)
    assert [row["id"] for row in table(folder / "out.csv")] == ["=a", "-3"]
    (folder / "data").mkdir(exist_ok=True)
    write(folder / "data", {"child.csv": "fee,local\n1,true\n"})
    result = expect(run("report", "intake.yaml", "--data", "data", "--format", "csv", "--excel", *DAY, folder=folder), 0)
    assert result.out.startswith("\ufeff")


def test_kept_columns(folder):
    prepare(folder, "id,child.fee,child.share,note\na,1,50,x\nb,2,50,y\n")
    answer(folder, "--keep", "id", "--keep", "note")
    assert [list(row.items())[:2] for row in table(folder / "out.csv")] == [[("id", "a"), ("note", "x")], [("id", "b"), ("note", "y")]]
    assert "child.fee" not in table(folder / "out.csv")[0] and table(folder / "out.csv")[0]["split.whole"] == "1"
    answer(folder, "--keep", "nix", code=2, err="no column nix")
    assert "is no fact" not in answer(folder, "--keep", "id", "--keep", "note").err
    prepare(folder, "id,child.fee,child.share,child.order,备注,child.name\nb,2,50,2,=y,李四\na,1,50,1,x,张三\nc,1\na,1,50,1,z,张三\n")
    options = ["pay", "intake.yaml", "--rule", "split", "--input", "rows.csv", "--output", "out.csv", *DAY]
    expect(run(*options, "--keep", "备注", "--keep", "child.name", folder=folder), 1)
    got = [(row["id"], row["备注"], row["child.name"]) for row in table(folder / "out.csv")]
    assert sorted(got) == sorted([("a", "x", "张三"), ("b", "=y", "李四"), ("c", "", ""), ("a", "z", "张三")]), got
    expect(run(*options, "--keep", "nix", folder=folder), 2, err="no column nix")
    for name in ("id", "record", "paid"):
        expect(run(*options, "--keep", name, folder=folder), 2, err=f"--keep {name}: the output has a column")


# ---- Templates ----

PILOT = [ROOT / "examples/packs/beilun/inclusive-childcare.yaml", ROOT / "examples/packs/beilun/illustrative.yaml"]


def template(folder, *options, packs=("intake.yaml",), rules=RULES):
    expect(run("run", *packs, *rules, "--template", "rows.csv", *options, folder=folder), 0)
    return [line for line in csv.reader(io.StringIO((folder / "rows.csv").read_bytes().decode("utf-8-sig"), newline=""))]


def test_a_template_is_read_back(folder):
    prepare(folder, "")
    for language, excel, encoding in (("zh", True, "utf-8-sig"), ("zh", False, "gb18030"), ("en", False, "utf-16")):
        header, names, notes = template(folder, "--lang", language, *["--excel"] * excel)
        assert [name.replace("#tuoyu ", "") for name in names] == FACTS, names
        assert header == [(LABELS[fact] + [fact])[language == "en" and fact != "child.name"] if fact != "child.name" or language == "en" else fact for fact in FACTS], header
        assert notes[0].startswith("#tuoyu ") and len(notes) == len(FACTS) and ("元/月" in notes[2]) == (language == "zh"), notes
        text = (folder / "rows.csv").read_bytes().decode("utf-8-sig")
        for rows in (0, 1, 3):
            filled = text + as_csv([["2023/1/5", "托小班", "1,800.00", "2", "是", "张三", "80%"]] * rows)
            (folder / "rows.csv").write_bytes(filled.encode(encoding))
            result = answer(folder, "--changes", "changes.csv", err=f"out.csv: {rows} rows")
            assert "is no fact" not in result.err and "error:" not in result.err, result
            assert [row["line"] for row in changes(folder) if row["rule"] == "date"] == [str(4 + i) for i in range(rows)]
            assert all(row["all.outcome"] == "determined" for row in table(folder / "out.csv"))


def test_notes_stand_below_the_header_only(folder):
    prepare(folder, "child.name,child.fee\n#tuoyu a,b\nx,1\n#tuoyu c,2\n")
    answer(folder)
    assert [row["child.name"] for row in table(folder / "out.csv")] == ["x", "#tuoyu c"]
    answer(folder, "--strict", code=1)
    assert len(table(folder / "out.csv")) == 3


def test_a_template_has_all_that_a_rule_needs(folder):
    """A rule answers as from all columns, from those of its template alone; and no empty row asks for another fact."""
    rows = table(ROOT / "examples" / "beilun" / "child.csv")[:300]
    for rule in ("monthly_fee", "monthly_care_cost", "inclusive_place"):
        rules = ["--rule", rule]
        facts = [name.replace("#tuoyu ", "") for name in template(folder, packs=PILOT, rules=rules)[1]]
        got = []
        for columns in (list(rows[0]), [fact for fact in facts if fact in rows[0]]):
            prepare(folder, as_csv([columns] + [[row[column] for column in columns] for row in rows]))
            run("run", *PILOT, *rules, "--input", "rows.csv", "--output", "out.csv", *DAY, folder=folder)
            got.append([{name: text for name, text in row.items() if name.startswith(rule) or name == "error"} for row in table(folder / "out.csv")])
        assert got[0] == got[1] and 0 < len(facts) < len(rows[0]), (rule, facts)
        prepare(folder, facts[0] + ",x\n,1\n")
        run("run", *PILOT, *rules, "--input", "rows.csv", "--output", "out.csv", *DAY, folder=folder)
        asked = {name for name in table(folder / "out.csv")[0][f"{rule}.missing"].split() if "." in name and ":" not in name}
        assert asked <= set(facts) | {name for name in asked if name not in rows[0]}, (asked, facts)


def test_templates_that_cannot_be(folder):
    prepare(folder, "x")
    expect(run("run", "intake.yaml", "--rule", "none", "--template", "-", folder=folder), 2, err="none")
    expect(run("run", "intake.yaml", *RULES, "--template", "-", "--input", "rows.csv", folder=folder), 2, err="leave out --input")


# ---- The other commands ----

OFFICE = "编号;出生日期;本地户籍;月收费;比例;孩次\nn1;2023年1月5日;是;1,800.00元;５０%;1\nn2;2023/2/5;否;900元;50;２\n"
CLEAN = "编号,child.birth,child.local,child.fee,child.share,child.order\nn1,2023-01-05,true,1800.00,50,1\nn2,2023-02-05,false,900,50,2\n"


def test_every_command_reads_so(folder):
    commands = {"pay": ["--rule", "split", "--input", "rows.csv", "--output", "-", "--id", "编号"],
                "admit": ["--rule", "admissible", "--input", "rows.csv", "--id", "编号", "--places", "1"],
                "report": ["--data", "data"], "eval": ["--rule", "fees", "--data", "data"]}
    (folder / "data").mkdir(exist_ok=True)
    for command, options in commands.items():
        got = []
        for text in (CLEAN.encode(), OFFICE.encode("gb18030")):
            prepare(folder, text)
            (folder / "data" / "child.csv").write_bytes(text)
            got.append(expect(run(command, "intake.yaml", *options, *DAY, "--changes", "changes.csv", folder=folder), 0).out)
        assert got[0] == got[1], (command, got)
        cells = [row for row in changes(folder) if row["line"] in ("2", "3")]
        assert len(cells) == 8 and len({(row["line"], row["column"]) for row in cells}) == 8, (command, cells)


def test_receipts_of_files_as_offices_save_them_are_replayed(folder):
    (folder / "data").mkdir(exist_ok=True)
    prepare(folder, OFFICE.encode("gb18030"))
    (folder / "data" / "child.csv").write_bytes(OFFICE.encode("gb18030"))
    expect(run("eval", "intake.yaml", "--rule", "fees", "--data", "data", *DAY, "--receipt", "r.json", folder=folder), 0)
    expect(run("replay", "r.json", "--data", "data", "intake.yaml", folder=folder), 0)
    expect(run("pay", "intake.yaml", "--rule", "split", "--input", "rows.csv", "--output", "o", "--id", "编号", *DAY, "--receipt", "p.json", folder=folder), 0)
    expect(run("replay", "p.json", "--claims", "rows.csv", "--id", "编号", "intake.yaml", folder=folder), 0)
    (folder / "rows.csv").write_bytes(CLEAN.encode())
    expect(run("replay", "p.json", "--claims", "rows.csv", "--id", "编号", "intake.yaml", folder=folder), 0)


def test_refusals_are_told_by_every_command(folder):
    text = CLEAN.replace("2023-01-05", "1/5/2023")
    prepare(folder, text)
    (folder / "data").mkdir(exist_ok=True)
    write(folder / "data", {"child.csv": text})
    both = ["2023-01-05", "2023-05-01"]
    expect(run("admit", "intake.yaml", "--rule", "admissible", "--input", "rows.csv", "--id", "编号", "--places", "1", *DAY, folder=folder), 1, err=both)
    expect(run("pay", "intake.yaml", "--rule", "split", "--input", "rows.csv", "--output", "-", "--id", "编号", *DAY, folder=folder), 1, out=both)
    expect(run("report", "intake.yaml", "--data", "data", *DAY, folder=folder), 1, err=both)


def test_a_series_lists_a_file_once(folder):
    prepare(folder, "x\n")
    (folder / "data").mkdir(exist_ok=True)
    write(folder / "data", {"child.csv": OFFICE})
    expect(run("report", "intake.yaml", "--data", "data", "--as-of", "2024-05-01", "--as-of", "2024-06-01", "--changes", "changes.csv", folder=folder), 0)
    cells = [row for row in changes(folder) if row["line"] in ("2", "3")]
    assert len(cells) == 8, cells


# ---- The list of changes ----

def test_the_list_overwrites_no_other_file(folder):
    prepare(folder, CLEAN)
    for path in ("rows.csv", "./rows.csv", "out.csv"):
        (folder / "out.csv").write_text("old")
        before = (folder / "rows.csv").read_bytes()
        answer(folder, "--changes", path, code=2, err="name another --changes")
        assert (folder / "rows.csv").read_bytes() == before and (folder / "out.csv").read_text() == "old"


def test_a_run_that_fails_leaves_no_list(folder):
    prepare(folder, "a,b\n1,2\n")
    answer(folder, "--changes", "list.csv", code=2)
    assert not [name for name in os.listdir(folder) if name.startswith("list.csv")], os.listdir(folder)


def test_threads_list_the_same_changes(folder):
    chance = random.Random(3)
    rows = [random_row(chance, ",")[1] for _ in range(20000)]
    prepare(folder, as_csv([FACTS] + rows))
    lists = []
    for threads in ("1", "2", "7"):
        answer(folder, "--changes", "changes.csv", "--threads", threads)
        lists.append((folder / "changes.csv").read_bytes())
    assert lists[0] == lists[1] == lists[2]


if __name__ == "__main__":
    main(globals())
