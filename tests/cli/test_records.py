#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nothing is lost between a file and its answers: random files with records of every kind, whose fate is known from how they
were made, through run, report and admit; and the counts that each of them gives, in every form."""
import csv
import io
import json
import random
import re

from command_test import expect, main, run, write

KEYS = ("read", "determined", "undetermined", "not_applicable", "not_in_force", "error", "unreadable")

PACK = """\
tuoyu: 1
id: test.records
title: {zh: 记录, en: Records}
in_force: 2024-01-01..2025-12-31
facts:
  child:
    fee: {type: money, unit: CNY/month, range: "[0..1000]", label: {zh: 收费, en: fee}}
    local: {type: boolean, label: {zh: 户籍, en: local}}
    town: {type: string, label: {zh: 街道, en: town}}
    note: {type: integer, label: {zh: 备注, en: note}}
  town:
    id: {type: string, label: {zh: 街道, en: town}}
pricing:
  doubled: {title: t, unit: CNY/month, amount: child.fee * 2}
  when_local: {title: t, unit: CNY/month, when: child.local, amount: child.fee}
  divided: {title: t, unit: CNY/month, amount: 1000 / child.fee}
  # In force on another day than that of the tests.
  ended: {title: t, unit: CNY/month, in_force: 2024-01-01..2024-06-30, when: child.local, amount: child.fee}
eligibility:
  is_local:
    title: {zh: 录取, en: Admission}
    all: [{id: local, when: child.local}]
    admission: [{id: fee, ascending: child.fee}]
indicators:
  locals: {title: {zh: 本地, en: Locals}, unit: child, value: {of: child, count: child.local}, by: [town], target: {at_least: 10}}
  fees: {title: {zh: 收费, en: Fees}, unit: CNY/month, value: {of: child, where: child.local, sum: child.fee}, by: [town], target: {at_least: 1000}}
  share: {title: {zh: 占比, en: Share}, unit: percent, by: [town],
          ratio: {numerator: {of: child, count: child.local}, denominator: {of: child, count: true}}, target: {at_least: 0.5}}
  past: {title: {zh: 过去, en: Past}, unit: child, in_force: 2024-01-01..2024-06-30, value: {of: child, count: child.local}, by: [town], target: {at_least: 10}}
"""
WORDS_EN = "read {}, determined {}, undetermined {}, not applicable {}, not in force {}, in error {}, unreadable {}"
WORDS_ZH = "读入 {}，已定 {}，未定 {}，不适用 {}，不生效 {}，有错误 {}，无法读取 {}"
HEADER = "id,child.fee,child.local,child.town,child.note\n"
RULES = ("doubled", "when_local", "divided", "is_local", "ended")


class Row:
    """A record with what is known of it. fee: None is missing, "wrong" is refused; likewise local and note."""

    def __init__(self, chance, number):
        self.id = f"n{number}"
        self.fee = chance.choice([0, 1, 10, 1000, None, None, "wrong"])
        self.local = chance.choice([True, False, True, False, None, "wrong"])
        self.town = chance.choice(["A", "B", ""])
        self.note = chance.choice([None, None, None, 3, "wrong"])
        self.readable = chance.random() > 0.2
        self.text = self.written(chance)

    def written(self, chance):
        fee = {None: chance.choice(["", " ", "\u3000"]), "wrong": chance.choice(["-1", "1001", "x", "１.x", "1,5"])}.get(self.fee, str(self.fee))
        local = {None: "", "wrong": chance.choice(["oui", "对", "1"])}.get(self.local, str(self.local).lower())
        note = {None: "", "wrong": chance.choice(["1.5", "a", "3\u202e"])}.get(self.note, str(self.note))
        cells = [self.id, f'"{fee}"' if "," in fee else fee, chance.choice([local, f" {local}\u00a0"]), self.town, note]
        if self.readable:
            return ",".join(cells).encode()
        return chance.choice([",".join(cells[:-1]).encode(), ",".join(cells + [""]).encode(),
                              ",".join([self.id + '"', *cells[1:]]).encode(), ",".join(['"a"b', *cells[1:]]).encode(),
                              b"\xff" + ",".join(cells).encode(), b"\x00" + ",".join(cells).encode()])

    @property
    def has_wrong_cell(self):
        return "wrong" in (self.fee, self.local, self.note)


def open_quote(chance, rows):
    """Of one row below which there is no other quote, that of the id is never closed."""
    last = max([i for i, row in enumerate(rows) if b'"' in row.text], default=-1)
    if last + 1 < len(rows) and chance.random() < 0.5:
        row = rows[chance.randrange(last + 1, len(rows))]
        row.readable, row.text = False, b'"' + row.text


def random_rows(seed, count):
    chance = random.Random(seed)
    rows = [Row(chance, number) for number in range(count)]
    open_quote(chance, rows)
    ending = chance.choice([b"\n", b"\r\n"])
    return rows, HEADER.encode() + ending.join(row.text for row in rows) + chance.choice([b"", ending])


def counted(fates):
    fates = list(fates)
    counts = {key: sum(fate == key for fate in fates) for key in KEYS[1:]}
    return {"read": len(fates), **counts}


def assert_sums(counts):
    assert tuple(counts) == KEYS and counts["read"] == sum(counts[key] for key in KEYS[1:]), counts


def files(folder, content, towns="town.id\nA\nB\nC\n"):
    write(folder, {"records.yaml": PACK, "rows.csv": content, "data/child.csv": content, "data/town.csv": towns})


# ---- run ----

def fate_of_rule(row, rule):
    if not row.readable:
        return "unreadable"
    if rule == "ended":
        return "not_in_force"
    if row.has_wrong_cell:
        return "error"
    if rule == "divided" and row.fee == 0:
        return "error"
    if rule == "when_local" and row.local is False:
        return "not_applicable"
    lacks = {"doubled": row.fee is None, "divided": row.fee is None, "is_local": row.local is None,
             "when_local": row.local is None or row.fee is None}[rule]
    return "undetermined" if lacks else "determined"


def fate_of_all(row):
    fates = {fate_of_rule(row, rule) for rule in RULES}
    return next(key for key in ("unreadable", "error", "undetermined", "determined", "not_applicable", "not_in_force") if key in fates)


def test_run(folder):
    for seed, count in [*((seed, 60) for seed in range(12)), (100, 0), (101, 1), (102, 9000)]:
        rows, content = random_rows(seed, count)
        files(folder, content)
        summaries = []
        for threads in ("1", "3"):
            result = run("run", "records.yaml", *(word for rule in RULES for word in ("--rule", rule)), "--input", "rows.csv", "--output", "out.csv",
                         "--summary", "summary.json", "--threads", threads, "--as-of", "2025-01-01", folder=folder)
            expected = counted(map(fate_of_all, rows))
            expect(result, 1 if expected["error"] + expected["unreadable"] else 0, err=f"out.csv: {count} rows")
            summaries.append((folder / "summary.json").read_text(encoding="utf-8"))
            summary = json.loads(summaries[-1])
            assert summary["records"] == expected, (seed, summary, expected)
            assert_sums(summary["records"])
            assert [rule["rule"] for rule in summary["rules"]] == list(RULES), summary
            for rule in summary["rules"]:
                assert rule["records"] == counted(fate_of_rule(row, rule["rule"]) for row in rows), (seed, rule)
                assert_sums(rule["records"])
                line = re.search(rf"^  {rule['rule']}: {WORDS_EN.format(*[chr(40) + chr(92) + 'd+)'] * len(KEYS))}$", result.err, re.M)
                assert [int(text) for text in line.groups()] == list(rule["records"].values()), result
        assert summaries[0] == summaries[1]
        got = list(csv.DictReader(io.StringIO((folder / "out.csv").read_bytes().decode("utf-8"), newline="")))
        assert len(got) == len(rows)  # each record keeps its place
        for number, (row, answer) in enumerate(zip(rows, got)):
            assert bool(answer["error"]) == (fate_of_all(row) in ("error", "unreadable")), (row.text, answer)
            assert not answer["error"] or answer["error"].startswith(f"line {number + 2}: "), answer
            assert not row.readable or answer["id"] == row.id, answer


def test_summary_takes_no_other_file_away(folder):
    rows, content = random_rows(1, 5)
    files(folder, content)
    options = ["run", "records.yaml", "--rule", "doubled", "--input", "rows.csv", "--output", "out.csv", "--as-of", "2025-01-01"]
    expect(run(*options, "--summary", "rows.csv", folder=folder), 2, err="input itself")
    assert (folder / "rows.csv").read_bytes() == content
    expect(run(*options, "--summary", "out.csv", folder=folder), 2, err="the same")
    expect(run(*options, "--summary", "./out.csv", folder=folder), 2, err="output itself")
    assert len((folder / "out.csv").read_bytes().splitlines()) == len(rows) + 1
    assert json.loads(run(*options, "--summary", "-", folder=folder).out)["records"]["read"] == 5


# ---- report ----

def fate_in_indicator(row, indicator):
    """A wrong cell that leaves the row unknown is an error; in a fact that is not read it is none."""
    if not row.readable:
        return "unreadable"
    if indicator == "past":
        return "not_in_force"
    is_unknown = not isinstance(row.local, bool)
    wrong = row.local == "wrong"
    if indicator == "fees" and row.local is not False:
        is_unknown |= not isinstance(row.fee, int)
        wrong |= row.fee == "wrong"
    return "determined" if not is_unknown else "error" if wrong else "undetermined"


REASONS = {"undetermined": r"(\d+) 行资料不全(?!或)", "error": r"(\d+) 行有错误", "unreadable": r"(\d+) 条记录无法读取",
           "either": r"(\d+) 行资料不全或有错误"}


def told(measure):
    """How many records the reason of a measure names, of each kind."""
    reason = measure.get("reason", {}).get("zh", "")
    return {kind: sum(map(int, re.findall(pattern, reason))) for kind, pattern in REASONS.items()}


def assert_reason(measure, counts):
    """The reason counts as the records do. The records of a region are not counted apart."""
    got, none = told(measure), dict.fromkeys(REASONS, 0)
    assert got["unreadable"] == counts["unreadable"], (measure, counts)
    expected = {**none, **{kind: counts[kind] for kind in ("undetermined", "error", "unreadable")}}
    if "region" in measure:
        kind = "either" if counts["undetermined"] and counts["error"] else "error" if counts["error"] else "undetermined"
        expected = {**none, "unreadable": counts["unreadable"], kind: measure["unknown"] - counts["unreadable"]}
    assert measure["outcome"] == "determined" or got == expected, (measure, counts)


def test_report(folder):
    for seed, count in [*((seed, 40) for seed in range(12)), (100, 0), (101, 1), (102, 9000)]:
        rows, content = random_rows(seed, count)
        files(folder, content)
        options = ["report", "records.yaml", "--data", "data", "--as-of", "2025-01-01", "--by", "town"]
        bad = any(not row.readable or row.has_wrong_cell for row in rows)
        board = json.loads(expect(run(*options, "--format", "json", folder=folder), bad).out)
        table = list(csv.DictReader(io.StringIO(expect(run(*options, "--format", "csv", folder=folder), bad).out)))
        text = expect(run(*options, "--lang", "en", folder=folder), bad).out
        unreadable = sum(not row.readable for row in rows)
        file = next(one for one in board["files"] if one["entity"] == "child")
        assert (file["read"], file["unreadable"]) == (count, unreadable), file
        assert file["error"] == sum(row.readable and row.has_wrong_cell for row in rows), (seed, file)
        assert [one["line"] for one in file["reasons"]] == [i + 2 for i, row in enumerate(rows) if not row.readable][:100], file
        assert all(one["reason"] for one in file["reasons"]), file
        for measure in board["measures"]:
            name = measure["rule"].split(":")[1]
            counts = counted(fate_in_indicator(row, name) for row in rows)
            assert measure.get("unreadable", 0) == unreadable, measure
            if name != "past":  # of a rule that is not in force no record is open
                assert_reason(measure, counts)
            if "region" in measure:
                assert "records" not in measure, measure
                continue
            assert measure["records"] == counts, (seed, measure, counts)
            assert_sums(measure["records"])
            line = next(one for one in table if one["rule"] == measure["rule"] and not one["region"])
            assert [int(line[f"records.{key}"]) for key in KEYS] == list(counts.values()), line
            title = {"locals": "Locals", "fees": "Fees", "share": "Share", "past": "Past"}[name]
            words = next(one for one in reversed(text.splitlines()) if one.strip().startswith(title)).split()
            assert words[1:len(KEYS) + 1] == [str(number) for number in counts.values()], words
            assert name == "past" or measure["unknown"] == counts["undetermined"] + counts["error"] + counts["unreadable"], measure


def test_report_claims_nothing_that_a_broken_record_could_overthrow(folder):
    """The broken records are put right in any way: what the board said before still holds."""
    decided = 0
    for seed in range(30):
        chance = random.Random(seed)
        kept = [f"n{i},{chance.choice([1, 10, 100])},{chance.choice(['true', 'true', 'false'])},{chance.choice('AB')}," for i in range(chance.choice([3, 12, 14]))]
        places = sorted(chance.sample(range(len(kept) + 1), chance.choice([1, 2])))
        broken, mended = list(kept), list(kept)
        for place in reversed(places):
            broken.insert(place, chance.choice(["n,1,true", "n,1,true,A,,,", '"n",1,"true"x,A,', '"n"x,1,true,A,', 'n"n,1,true,A,']))
            if chance.random() < 0.8:
                mended.insert(place, f"m{place},{chance.choice([0, 1000])},{chance.choice(['true', 'false', ''])},{chance.choice('AB')},")
        claims, facts = (board_of(folder, HEADER + "\n".join(lines) + "\n", code) for lines, code in ((broken, 1), (mended, 0)))
        for key, claim in claims.items():
            fact = facts[key]
            for bound, sign in (("lower", -1), ("upper", 1)):
                if bound in claim and "value" in fact and fact["unknown"] == 0:
                    assert (float(fact["value"]) - float(claim[bound])) * sign <= 1e-9, (seed, key, claim, fact)
            if claim["met"] is not None and fact["met"] is not None:
                decided += 1
                assert claim["met"] == fact["met"], (seed, key, claim, fact)
            assert claim["outcome"] == "not_in_force" or claim["unknown"] >= len(places), claim
    assert decided > 20, decided


def board_of(folder, content, code):
    files(folder, content)
    result = run("report", "records.yaml", "--data", "data", "--as-of", "2025-01-01", "--by", "town", "--format", "json", folder=folder)
    measures = json.loads(expect(result, code).out)["measures"]
    return {(one["rule"], one.get("region", {}).get("id")): one for one in measures}


REASONS_OF_LINES = [  # of the whole and of the town A, from records that leave the sum of fees open
    (["n1,1001,true,A,"], "1 行有错误", "1 行有错误"),
    (["n1,1000,oui,A,"], "1 行有错误", "1 行有错误"),
    (["n1,,true,A,"], "1 行资料不全，缺少：收费", "1 行资料不全，缺少：收费"),
    (["n1,,true,A,", "n2,x,true,A,"], "1 行资料不全，缺少：收费；1 行有错误", "2 行资料不全或有错误，缺少：收费"),
    (["n1,,true,A,", "n2,x,true,B,", "n3,1"], "1 条记录无法读取；1 行资料不全，缺少：收费；1 行有错误",
     "1 条记录无法读取；1 行资料不全或有错误，缺少：收费"),
]


def test_a_reason_blames_a_missing_fact_only_where_one_is_missing(folder):
    for lines, whole, in_a in REASONS_OF_LINES:
        board = board_of(folder, HEADER + "\n".join(lines) + "\n", 0 if lines == ["n1,,true,A,"] else 1)
        assert board["test.records:fees", None]["reason"]["zh"] == whole, board
        assert board["test.records:fees", "A"]["reason"]["zh"] == in_a, board


def test_report_of_a_list_of_regions_that_is_broken(folder):
    files(folder, HEADER + "n1,1,true,A,\n", towns='town.id\nA\n"B\nC\n')
    options = ["report", "records.yaml", "--data", "data", "--as-of", "2025-01-01", "--by", "town"]
    board = json.loads(expect(run(*options, "--format", "json", folder=folder), 1).out)
    assert {one["region"]["id"] for one in board["measures"] if "region" in one} == {"A", "C"}, board
    towns = next(one for one in board["files"] if one["entity"] == "town")
    assert (towns["read"], towns["unreadable"], towns["reasons"][0]["line"]) == (3, 1, 3), towns
    assert all(one["records"]["read"] == 1 for one in board["measures"] if "records" in one), board
    expect(run(*options, folder=folder), 1, out=["data/town.csv:3: ", "名单里有记录无法读取：可能还有未列出的 town"])


def test_eval_and_replay_of_an_indicator(folder):
    """An answer over a file with broken records is undetermined, and so is its repetition; the receipt tells of them."""
    files(folder, HEADER + "n1,1,true,A,\nn2,1\nn3,1,false,B,\n")
    options = ["records.yaml", "--rule", "share", "--data", "data", "--as-of", "2025-01-01"]
    answer = json.loads(expect(run("eval", *options, "--format", "json", "--receipt", "r.json", folder=folder), 1, err="child.csv:3").out)
    assert (answer["outcome"], answer["unreadable"], answer["met"]) == ("undetermined", 1, None), answer
    assert answer["records"] == counted(["determined", "determined", "unreadable"]), answer
    assert answer["reason"]["zh"] == "1 条记录无法读取", answer
    for language, words in (("zh", "无法读取、按未知计的记录：1"), ("en", "records that cannot be read, counted as unknown: 1")):
        expect(run("eval", *options, "--lang", language, folder=folder), 1, out=words)
    receipt = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    counts = {count["entity"]: count for count in receipt["rows"]["counts"]}
    assert counts["child"] == {"entity": "child", "count": 2, "unreadable": 1}, receipt
    expect(run("replay", "r.json", "--data", "data", "records.yaml", folder=folder), 0, out="same")
    files(folder, HEADER + "n1,1,true,A,\nn3,1,false,B,\n")
    expect(run("replay", "r.json", "--data", "data", "records.yaml", folder=folder), 1, out="different")
    answer = json.loads(expect(run("eval", *options, "--format", "json", "--explain", folder=folder), 0).out)
    assert answer["records"]["unreadable"] == 0 and "unreadable" not in answer and list(answer)[-1] == "explanation", answer


# ---- admit ----

def fate_on_list(row, seen):
    if not row.readable:
        return "unreadable"
    if row.has_wrong_cell or row.id in seen:
        return "error"
    seen.add(row.id)
    lacks = row.local is None or (row.local and row.fee is None)
    return "undetermined" if lacks else "determined"


def test_admit(folder):
    for seed, count in [*((seed, 40) for seed in range(12)), (100, 0), (101, 1), (102, 3000)]:
        rows, content = random_rows(seed, count)
        chance = random.Random(seed)
        for row in rows:  # some ids twice
            if chance.random() < 0.1 and row.readable:
                row.id, old = "n0", row.id
                row.text = row.text.replace(old.encode(), b"n0", 1)
        files(folder, HEADER.encode() + b"\n".join(row.text for row in rows) + b"\n")
        options = ["admit", "records.yaml", "--rule", "is_local", "--input", "rows.csv", "--id", "id", "--places", "3", "--as-of", "2025-01-01"]
        seen = set()
        counts = counted(fate_on_list(row, seen) for row in rows)
        found = json.loads(expect(run(*options, "--format", "json", folder=folder), 1 if counts["error"] + counts["unreadable"] else 0).out)
        assert found["records"] == counts, (seed, found["records"], counts)
        assert_sums(found["records"])
        assert len(found["entries"]) == count and found["final"] == (counts["read"] == counts["determined"]), found
        lines = {entry["line"] for entry in found["entries"] if entry.get("error") == "TUOYU_ERROR_SYNTAX"}
        assert lines == {i + 2 for i, row in enumerate(rows) if not row.readable}, (seed, lines)
        for language, words in (("zh", f"记录：{WORDS_ZH}\n"),
                                ("en", f"Records: {WORDS_EN}\n")):
            text = run(*options, "--lang", language, folder=folder).out
            assert not count or text.endswith(words.format(*counts.values())), text
            assert ("名单未定" in text or "Not final" in text) == (not found["final"]), text


if __name__ == "__main__":
    main(globals())
