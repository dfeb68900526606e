#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run: what comes in as CSV, what goes out, and that a row is answered as the same case is by eval."""
import csv
import io
import json
import os
import random
import re
import signal
import subprocess
import time

from command_test import COMMAND, expect, main, run, write

HEADER = "name,child.kind,child.fee,child.registered\n"
RULES = ["--rule", "ceiling", "--rule", "split", "--rule", "admitted"]


def convert(folder, rows, *options, rules=RULES):
    write(folder, {"rows.csv": rows})
    return run("run", "fees.yaml", *rules, "--input", "rows.csv", "--output", "out.csv", "--as-of", "2024-05-01", *options, folder=folder)


def output(folder):
    return list(csv.DictReader(io.StringIO((folder / "out.csv").read_bytes().decode("utf-8"), newline="")))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_columns(folder):
    expect(convert(folder, HEADER + "甲,toddler,1700,true\n"), 0)
    header = (folder / "out.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == (HEADER.strip() + ",ceiling.amount,ceiling.complies,ceiling.outcome,ceiling.missing,ceiling.standing"
                      ",split.whole,split.payers.city,split.payers.family,split.outcome,split.missing,split.standing"
                      ",admitted.decision,admitted.outcome,admitted.missing,admitted.standing,error"), header
    row = output(folder)[0]
    assert (row["name"], row["ceiling.amount"], row["ceiling.complies"], row["split.payers.city"], row["split.payers.family"], row["admitted.decision"],
            row["error"]) == ("甲", "1600", "false", "1020", "680", "eligible", ""), row


def case_of(row):
    return json.dumps({key: value for key, value in row.items() if key.startswith("child.") and key.count(".") == 1 and value})


def test_each_row_is_answered_as_eval_does(folder):
    kinds, fees, registered = ["infant", "toddler", ""], ["0", "0.01", "1599.99", "1600.00", "100000", ""], ["true", "false", ""]
    rows = "".join(f"n{k}{f}{r},{k},{f},{r}\n" for k in kinds for f in fees for r in registered)
    expect(convert(folder, HEADER + rows), 0)
    got = output(folder)
    assert len(got) == len(kinds) * len(fees) * len(registered)
    for row in got:
        for rule in ("ceiling", "split", "admitted"):
            result = run("eval", "fees.yaml", "--rule", rule, "--case", "-", "--as-of", "2024-05-01", "--format", "json", folder=folder,
                         given=case_of(row).encode())
            answer = json.loads(expect(result, 0).out)
            assert row[f"{rule}.outcome"] == answer["outcome"], (row, answer)
            assert row[f"{rule}.standing"] == answer["standing"], (row, answer)
            assert row[f"{rule}.missing"].split() == [item["name"] for item in answer.get("missing", [])], (row, answer)
            if rule == "ceiling":
                complies = {None: "", True: "true", False: "false"}[answer.get("complies")]
                assert (row["ceiling.amount"], row["ceiling.complies"]) == (answer.get("amount", ""), complies), (row, answer)
            elif rule == "split":
                lines = answer["payers"]
                assert row["split.whole"] == answer.get("whole", ""), (row, answer)
                assert (row["split.payers.city"], row["split.payers.family"]) == (lines.get("city", ""), lines.get("family", "")), (row, answer)
            else:
                assert row["admitted.decision"] == answer["decision"], (row, answer)


def test_bad_rows_stand_beside_the_others(folder):
    rows = ["a,toddler,1,true", "b,todler,1,true", "c,toddler,-1,maybe", "d,toddler", "e,toddler,1,true,x", 'f,tod"dler,1,true',
            "g,infant,2,false"]
    result = expect(convert(folder, HEADER + "\n".join(rows) + "\n"), 1, err="7 rows, 5 of them with errors")
    got = output(folder)
    assert [bool(row["error"]) for row in got] == [False, True, True, True, True, True, False], got
    assert [row["error"].split(":")[0] for row in got] == ["", "line 3", "line 4", "line 5", "line 6", "line 7", ""], got
    assert "child.kind" in got[1]["error"] and "toddler" in got[1]["error"], got[1]
    assert "child.fee" in got[2]["error"] and "child.registered" in got[2]["error"], got[2]
    assert "2 fields" in got[3]["error"] and "5 fields" in got[4]["error"] and "quote" in got[5]["error"], got
    outcomes = ["determined", "error", "error", "unreadable", "unreadable", "unreadable", "determined"]
    assert all([row[f"{rule}.outcome"] for row in got] == outcomes for rule in ("ceiling", "split", "admitted")), got
    assert all(row["ceiling.amount"] == row["admitted.decision"] == "" for row in got[1:6]), got
    assert got[6]["ceiling.amount"] == "2100" and result.out == "", got


def test_error_of_one_rule_leaves_the_others(folder):
    pack = "tuoyu: 1\nid: test.divide\ntitle: t\nauthority: a\nin_force: 2024-01-01..\nuses: [test.fees]\npricing:\n  ratio:\n    title: t\n    unit: CNY/month\n    steps: [{id: all, formula: 1000 / child.fee}]\n    note: n\n"
    write(folder, {"divide.yaml": pack, "rows.csv": HEADER + "a,toddler,0,true\nb,toddler,10,true\n"})
    result = run("run", "divide.yaml", "--rule", "ratio", "--rule", "ceiling", "--input", "rows.csv", "--output", "out.csv", "--as-of", "2024-05-01", folder=folder)
    expect(result, 1)
    got = output(folder)
    assert "line 2: " in got[0]["error"] and got[0]["ratio.amount"] == "" and got[0]["ceiling.amount"] == "1600", got
    assert got[1]["error"] == "" and got[1]["ratio.amount"] == "100", got


def test_quotes_crlf_mark_and_line_breaks(folder):
    text = '\ufeff"name",child.kind,"child.fee",child.registered\r\n"一""二,\r\n三"," toddler ",1,true\r\n\r\n last ,toddler,x,true\r\n'
    expect(convert(folder, text), 1)
    got = output(folder)
    assert got[0]["name"] == '一"二,\r\n三' and got[0]["child.kind"] == " toddler " and got[0]["ceiling.amount"] == "1600", got[0]
    assert got[1]["name"] == " last " and got[1]["error"].startswith("line 5: "), got[1]


def test_whatever_is_in_a_field_passes_through(folder):
    """Python's csv module writes and reads: an independent oracle."""
    chance = random.Random(7)
    for ending in ("\n", "\r\n"):
        fields = [["".join(chance.choice('a,"\n\r 托𠮷;\t=\'') for _ in range(chance.randrange(12))) for _ in range(3)] for _ in range(400)]
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator=ending, quoting=chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        writer.writerow(["child.fee", "child.kind", "x", "y", "z"])
        writer.writerows([["1", "toddler", *row] for row in fields])
        expect(convert(folder, stream.getvalue(), rules=["--rule", "ceiling"]), 0, err="400 rows")
        got = output(folder)
        assert [[row["x"], row["y"], row["z"]] for row in got] == fields
        assert {row["ceiling.amount"] for row in got} == {"1600"}


def test_quote_never_closed(folder):
    """It takes its own line along, and no other record."""
    expect(convert(folder, HEADER + 'a,toddler,1,true\n"b,toddler,1,true\nc,toddler,1,true\n'), 1)
    got = output(folder)
    assert [(row["name"], row["ceiling.amount"]) for row in got] == [("a", "1600"), ("", ""), ("c", "1600")], got
    assert got[1]["error"] == "line 3: a quote that is opened here is never closed", got


def expected_records(lines):
    """Which lines are good and which are not, by trying: from each line on, the shortest run of lines that is one record as RFC
    4180 has it; where there is none, the line alone is a broken one. A field is plain without quotes, or quoted with them doubled."""
    field = r'(?:"(?:[^"]|"")*"|[^",\r\n]*)'
    whole = re.compile(rf"{field}(?:,{field})*", re.S)
    at = 0
    while at < len(lines):
        for end in range(at + 1, len(lines) + 1):
            text = "\n".join(lines[at:end])
            if whole.fullmatch(text):
                break
        else:
            end = None
        if lines[at] or end != at + 1:
            yield at, end is not None
        at = end or at + 1


def test_broken_quotes_take_no_other_record_along(folder):
    """Random lines with quotes anywhere, against an oracle that tries."""
    chance = random.Random(23)
    for trial in range(25):
        lines = []
        for i in range(chance.randrange(1, 12)):
            cell = f"n{i}"
            for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
                at = chance.randrange(len(cell) + 1)
                cell = cell[:at] + chance.choice(['"', '""', '"']) + cell[at:]
            lines.append(chance.choice(["", f"{cell},infant,1,true", f"{cell},infant,1,true", f'"{cell}",infant,1,true', f'x,infant,1,{cell}']))
        ending = chance.choice(["\n", "\r\n", "\r"])
        convert(folder, HEADER + ending.join(lines) + chance.choice(["", ending]))
        got = output(folder)
        expected = list(expected_records(lines))
        broken = [row["error"].split(":")[0] for row in got if "quote" in row["error"]]
        assert len(got) == len(expected), (trial, lines, expected, got)
        assert broken == [f"line {at + 2}" for at, is_good in expected if not is_good], (trial, lines, expected, broken)


def test_quote_that_is_closed_too_late(folder):
    """Beyond 1 MiB nobody meant it; what follows is read on."""
    rows = "".join(f"r{i},infant,1,true\n" for i in range(70000))
    assert len(rows) > 2 ** 20
    expect(convert(folder, HEADER + '"open,infant,1,true\n' + rows + 'last",infant,1,true\nr,infant,1,true\n'), 1, err="70003")
    got = output(folder)
    assert "not closed within 1 MiB" in got[0]["error"] and [row["name"] for row in got[1:-2]] == [f"r{i}" for i in range(70000)]
    assert got[-2]["error"].startswith("line 70003: ") and got[-1]["ceiling.amount"] == "2100", got[-2:]


def test_line_that_is_too_long(folder):
    expect(convert(folder, HEADER + "a,infant,1,true\n" + "x" * (2 ** 20 + 200000) + ",infant,1,true\nb,infant,1,true\n"), 1, err="3 rows")
    got = output(folder)
    assert [row["error"] for row in got] == ["", "line 3: it is longer than 1 MiB", ""] and got[2]["name"] == "b", got


def test_no_final_line_break(folder):
    expect(convert(folder, HEADER + "a,toddler,1,true"), 0)
    assert output(folder)[0]["ceiling.amount"] == "1600"


def test_empty_files(folder):
    for text in ["", "\ufeff", "\n\r\n"]:
        expect(convert(folder, text), 2, err="is empty")
        assert not (folder / "out.csv").exists()
    expect(convert(folder, HEADER), 0, err="0 rows")
    assert output(folder) == []


def test_headers_that_cannot_be(folder):
    expect(convert(folder, "child.fee,child.kind,child.fee\n1,toddler,2\n"), 2, err=["1 and 3", "child.fee"])
    expect(convert(folder, "a,b\n1,2\n"), 2, err="no column is a fact")
    expect(convert(folder, "1,toddler,1700,true\n"), 2, err="no column is a fact")
    expect(convert(folder, "child.fee,error\n1,2\n"), 2, err="error")
    expect(convert(folder, "child.fee,ceiling.amount\n1,2\n"), 2, err="ceiling.amount")
    expect(convert(folder, "姓名,child.fee\n甲,1\n".encode("gb18030"), "--strict"), 2, err="UTF-8")
    expect(convert(folder, "child.fee\n1\n".encode("utf-16"), "--strict"), 2, err="UTF-8")
    assert not (folder / "out.csv").exists()


def test_unknown_columns_are_named_once_and_passed_through(folder):
    result = expect(convert(folder, "child.fees,child.fee,child.kind,,\n7,1,toddler,x,y\n8,2,toddler,,\n"), 0)
    assert result.err.count("child.fees is no fact") == 1 and "did you mean" in result.err.lower().replace("child.fee?", ""), result
    assert [row["child.fees"] for row in output(folder)] == ["7", "8"]


def test_very_many_columns(folder):
    expect(convert(folder, "child.fee" + "," * 500000 + "\n1\n"), 2, err="500001 columns")
    result = expect(convert(folder, "child.fee," + ",".join(f"c{i}" for i in range(100)) + "\n1" + "," * 100 + "\n"), 0)
    assert result.err.count("is no fact") == 10 and "and 90 more columns" in result.err, result


def test_bytes_that_are_no_text(folder):
    expect(convert(folder, HEADER.encode() + b"\xff,toddler,1,true\nb\x00c,toddler,1,true\nd,toddler,1,true\n"), 1)
    got = output(folder)
    assert [row["error"][:7] for row in got] == ["line 2:", "line 3:", ""] and got[0]["name"] == "\ufffd", got


def test_a_nul_is_told_as_such(folder):
    """It is UTF-8, so that saving the file otherwise would not help."""
    nul, encoding = "it holds a NUL (U+0000)", "it is not UTF-8"
    cells = {b"\x00": nul, b"a\x00": nul, b"\x00\x00b": nul, "𠮷\x00甲".encode(): nul, b'"a\x00,b"': nul,
             b"a\x00\xff": encoding, b"\xb1\x00a": encoding, b"\xc3\x00\xa9": encoding,
             "甲".encode("gbk"): encoding, b"\xed\xa0\x80": encoding}
    rows = HEADER.encode() + b"".join(cell + b",toddler,1,true\n" for cell in cells)
    expect(convert(folder, rows), 2, err=["in two encodings", "line 5 is UTF-8", "line 10 is GB18030"])
    expect(convert(folder, rows, "--encoding", "utf-8"), 1)
    for row, said in zip(output(folder), cells.values(), strict=True):
        assert row["error"].endswith(said) and row["name"].count("\ufffd") > 0, (row, said)


def test_input_is_never_overwritten(folder):
    write(folder, {"rows.csv": HEADER + "a,toddler,1,true\n"})
    os.link(folder / "rows.csv", folder / "link.csv")
    os.symlink("rows.csv", folder / "symbolic.csv")
    before = (folder / "rows.csv").read_bytes()
    for name in ["rows.csv", "./rows.csv", "link.csv", "symbolic.csv"]:
        result = run("run", "fees.yaml", *RULES, "--input", "rows.csv", "--output", name, "--as-of", "2024-05-01", folder=folder)
        expect(result, 2, err="input itself")
    assert (folder / "rows.csv").read_bytes() == before


def test_nothing_stays_of_what_failed(folder):
    before = names(folder)
    write(folder, {"rows.csv": HEADER + "a,toddler,1,true\n", "out.csv": "kept\n"})
    for rules in [["--rule", "celing"], ["--rule", "certified_rate"], ["--rule", "split", "--rule", "split"]]:
        expect(convert(folder, HEADER + "a,toddler,1,true\n", rules=rules), 2)
    assert (folder / "out.csv").read_text() == "kept\n" and names(folder) == sorted(before + ["rows.csv", "out.csv"])
    result = run("run", "fees.yaml", *RULES, "--input", "rows.csv", "--output", "none/out.csv", "--as-of", "2024-05-01", folder=folder)
    expect(result, 2, err="none/out.csv")
    expect(run("run", "fees.yaml", *RULES, "--input", "no.csv", "--output", "o.csv", folder=folder), 2, err="no.csv")
    expect(run("run", "fees.yaml", *RULES, "--input", "rows.csv", "--output", "/dev/full", "--as-of", "2024-05-01", folder=folder), 2, err="/dev/full")


def test_success_leaves_only_the_output_with_usual_rights(folder):
    before = names(folder)
    expect(convert(folder, HEADER + "a,toddler,1,true\n"), 0)
    assert names(folder) == sorted(before + ["rows.csv", "out.csv"])
    assert (folder / "out.csv").stat().st_mode & 0o777 == (folder / "rows.csv").stat().st_mode & 0o777


def interrupted(folder, number, *, ignored=False):
    """Starts `run` with rows that never end, sends the signal once the file beside the output is there; the exit status,
    None where it went on."""
    write(folder, {"out.csv": "kept\n"})
    before = names(folder)
    process = subprocess.Popen([COMMAND, "run", "fees.yaml", *RULES, "--input", "-", "--output", "out.csv", "--as-of", "2024-05-01"],
                               cwd=folder, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                               preexec_fn=(lambda: signal.signal(number, signal.SIG_IGN)) if ignored else None)
    process.stdin.write(HEADER.encode() + b"a,toddler,1,true\n" * 10000)
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while names(folder) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert names(folder) != before
    process.send_signal(number)
    if ignored:
        process.communicate(b"b,toddler,1,true\n", timeout=60)
        return process.returncode
    process.wait(timeout=60)
    process.stdin.detach().close()
    process.stderr.close()
    assert names(folder) == before and (folder / "out.csv").read_text() == "kept\n", names(folder)
    return process.returncode


def test_a_signal_leaves_nothing_behind(folder):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        assert interrupted(folder, number) == -number


def test_a_signal_that_is_to_be_ignored_is(folder):
    assert interrupted(folder, signal.SIGHUP, ignored=True) == 0
    assert len(output(folder)) == 10001


def test_standard_streams(folder):
    result = run("run", "fees.yaml", "--rule", "ceiling", "--input", "-", "--output", "-", "--as-of", "2024-05-01", folder=folder,
                 given=(HEADER + "a,toddler,1,true\n").encode())
    assert expect(result, 0).out.splitlines()[1].startswith("a,toddler,1,true,1600,true,determined,"), result


def test_outside_its_dates_every_row_says_so(folder):
    expect(convert(folder, HEADER + "a,toddler,1,true\n"), 0)
    write(folder, {"rows.csv": HEADER + "a,toddler,1,true\n"})
    result = run("run", "fees.yaml", "--rule", "ceiling", "--input", "rows.csv", "--output", "out.csv", "--as-of", "2026-01-01",
                 "--columns", "ceiling.reasons.en,ceiling.applies", folder=folder)
    expect(result, 0, err="ceiling: read 1, determined 0, undetermined 0, not applicable 0, not in force 1, in error 0, unreadable 0")
    row = output(folder)[0]
    assert (row["ceiling.outcome"], row["ceiling.amount"], row["ceiling.complies"], row["error"]) == ("not_in_force", "", "", ""), row
    assert row["ceiling.reasons.en"] == "the rule is not in force on 1 January 2026: it is until 31 December 2025", row
    assert row["ceiling.applies"] == "false", row


def test_many_rows_in_order(folder):
    count = 5000
    expect(convert(folder, HEADER + "".join(f"r{i},toddler,{i}.5,true\n" for i in range(count))), 0, err=f"{count} rows")
    got = output(folder)
    assert [row["name"] for row in got] == [f"r{i}" for i in range(count)]
    assert all(row["ceiling.complies"] == ("true" if i < 1600 else "false") for i, row in enumerate(got))


# ---- Columns and threads ----

def run_threads(folder, threads, *, rules=RULES, code=0):
    result = run("run", "fees.yaml", *rules, "--input", "rows.csv", "--output", "out.csv", "--as-of", "2024-05-01", "--threads", threads,
                 folder=folder)
    expect(result, code)
    return (folder / "out.csv").read_bytes()


def random_rows(count, *, seed):
    """Rows of which many lack cells and some are wrong: in a cell, in the number of cells, in a quote, in a byte. Whether each is
    right, by how it was made; None where that is for the library to say."""
    chance = random.Random(seed)
    rows, right = [], []
    verdicts = {"99999.999": False, "12345.678901234567890123": False, "+7": None, "007.50": None, "1e3": None}
    for i in range(count):
        kind = chance.choice(["infant", "toddler", "", " ", " toddler\t", "\"infant\""])
        fee = chance.choice(["0", "1600", "1600.01", "+7", "007.50", "99999.999", "100000", "12345.678901234567890123", "1e3", "", ""])
        registered = chance.choice(["true", "false", "", " true "])
        row, is_right = f"n{i},{kind},{fee},{registered}", verdicts.get(fee, True)
        if chance.randrange(20) == 0:
            row, is_right = chance.choice([f"n{i},todler,1,true", f"n{i},infant,-1,true", f"n{i},infant,100000.01,", f"n{i},infant,1,maybe",
                                           f"n{i},infant,1", f"n{i},infant,1,true,", f'n"{i},infant,1,true',
                                           f"n{i},infant,１x,true"]), False
        rows.append(row)
        right.append(is_right)
    return rows, right


def test_threads_change_no_byte(folder):
    """Over many chunks, among them one without a single row that can be answered."""
    rows, right = random_rows(21000, seed=11)
    rows[5000:14000] = [f"n{i},infant" for i in range(5000, 14000)]
    right[5000:14000] = [False] * 9000
    write(folder, {"rows.csv": HEADER + "\n".join(rows) + "\n"})
    expected = run_threads(folder, 1, code=1)
    got = output(folder)
    assert len(got) == len(rows)
    for i, row in enumerate(got):
        assert not row["error"] or row["error"].startswith(f"line {i + 2}: "), row
        assert right[i] is None or bool(row["error"]) != right[i], (rows[i], row)
        assert f"{i}" in row["name"] or row["error"], row
    for threads in (2, 3, 8, 256):
        assert run_threads(folder, threads, code=1) == expected, threads


def test_threads_more_than_chunks(folder):
    for count in (0, 1, 2, 4095, 4096, 4097):
        write(folder, {"rows.csv": HEADER + "".join(f"r{i},infant,{i}.5,true\n" for i in range(count))})
        expected = run_threads(folder, 1)
        assert [row["name"] for row in output(folder)] == [f"r{i}" for i in range(count)]
        assert run_threads(folder, 8) == expected


def test_threads_that_cannot_be(folder):
    for text in ("0", "-1", "257", "two", "1x", "", "+1", " 1", "99999999999999999999"):
        expect(convert(folder, HEADER, "--threads", text), 2, err=["--threads", "from 1 to 256"])
        assert not (folder / "out.csv").exists()


def test_random_rows_are_answered_as_single_cases(folder):
    """By eval, which asks one case by the functions for one: the values, and of a wrong cell what is said of it."""
    rows, _ = random_rows(150, seed=12)
    write(folder, {"rows.csv": HEADER + "\n".join(rows) + "\n"})
    run_threads(folder, 2, code=1)
    compared = 0
    for text, row in zip(rows, output(folder)):
        cells = next(csv.reader([text]))
        if len(cells) != 4 or '"' in text and not text.split(",")[1].startswith('"'):
            assert row["ceiling.outcome"] == "unreadable" and row["error"], row
            continue
        case = json.dumps({name: cell.strip() for name, cell in zip(HEADER.strip().split(",")[1:], cells[1:]) if cell.strip()})
        for rule, value in (("ceiling", "amount"), ("split", "whole"), ("admitted", "decision")):
            result = run("eval", "fees.yaml", "--rule", rule, "--case", "-", "--as-of", "2024-05-01", "--format", "json", folder=folder,
                         given=case.encode())
            if result.code:
                assert row["error"] and (row[f"{rule}.outcome"], row[f"{rule}.{value}"]) == ("error", ""), (text, row, result)
                continue
            answer = json.loads(result.out)
            assert not row["error"] and row[f"{rule}.{value}"] == answer.get(value, ""), (text, row, answer)
            assert (row[f"{rule}.outcome"], row[f"{rule}.standing"]) == (answer["outcome"], answer["standing"]), (text, row, answer)
            assert row[f"{rule}.missing"].split() == [item["name"] for item in answer.get("missing", [])], (text, row, answer)
            compared += 1
    assert compared > 250, compared


def test_what_is_wrong_with_a_cell_is_said_with_what_was_meant(folder):
    """As the functions for one case say it: message and hint, and all of a row."""
    expect(convert(folder, HEADER + "a,todler,1,true\nb,infant,-1,maybe\n"), 1)
    got = output(folder)
    assert got[0]["error"].startswith("line 2: ") and "did you mean" in got[0]["error"] and got[0]["error"].endswith(")"), got[0]
    assert "child.fee" in got[1]["error"].split("; ")[0] and "child.registered" in got[1]["error"].split("; ")[1], got[1]


def test_wide_rows_and_long_cells(folder):
    """Chunks are full by their bytes, too."""
    cell = "长" * 100000
    rows = "".join(f'"{cell}{i}",infant,{i},true\n' for i in range(60))
    write(folder, {"rows.csv": HEADER + rows})
    expected = run_threads(folder, 1)
    got = output(folder)
    assert [row["name"] for row in got] == [f"{cell}{i}" for i in range(60)] and {row["ceiling.amount"] for row in got} == {"2100"}
    assert run_threads(folder, 3) == expected


def test_input_that_ends_within_quotes(folder):
    """The last record of many is open: those before it are answered, and it is named by the line on which it begins."""
    rows = "".join(f"r{i},infant,1,true\n" for i in range(9000))
    for ending in ('"open,infant,1,true', '"open\n\n\n', 'x,"inf', '"', 'x,infant,1,"true""'):
        write(folder, {"rows.csv": HEADER + rows + ending})
        expected = run_threads(folder, 2, code=1)
        got = output(folder)
        assert len(got) == 9001 and not any(row["error"] for row in got[:9000])
        assert got[9000]["error"].startswith("line 9002: ") and "never closed" in got[9000]["error"], (ending, got[9000])
        assert run_threads(folder, 1, code=1) == expected


def endless_rows(folder, *options, ignores_pipe):
    process = subprocess.Popen([COMMAND, "run", "fees.yaml", *RULES, "--input", "-", "--as-of", "2024-05-01", *options], cwd=folder,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignores_pipe else signal.SIG_DFL))
    process.stdout.close()
    deadline = time.monotonic() + 60
    try:
        process.stdin.write(HEADER.encode())
        while time.monotonic() < deadline:
            process.stdin.write(b"a,toddler,1,true\n" * 10000)
            process.stdin.flush()
    except BrokenPipeError:
        pass
    assert time.monotonic() < deadline, "it reads on though nobody can have what it writes"
    try:
        process.stdin.close()
    except BrokenPipeError:
        pass
    problem = process.stderr.read().decode()
    process.stderr.close()
    return process.wait(timeout=60), problem


def test_closed_pipe_ends_it(folder):
    for threads in ("1", "4"):
        code, problem = endless_rows(folder, "--output", "-", "--threads", threads, ignores_pipe=True)
        assert code == 2 and "cannot be written" in problem and "Broken pipe" in problem, (code, problem)
        code, _ = endless_rows(folder, "--output", "-", "--threads", threads, ignores_pipe=False)
        assert code == -signal.SIGPIPE, code


def test_full_device_ends_it(folder):
    code, problem = endless_rows(folder, "--output", "/dev/full", "--threads", "3", ignores_pipe=True)
    assert code == 2 and "No space left" in problem, (code, problem)


def test_input_that_cannot_be_read(folder):
    """A folder opens, but does not read: no output is left."""
    result = run("run", "fees.yaml", *RULES, "--input", ".", "--output", "out.csv", "--as-of", "2024-05-01", "--threads", "4", folder=folder)
    expect(result, 2)
    assert not (folder / "out.csv").exists()


if __name__ == "__main__":
    main(globals())
