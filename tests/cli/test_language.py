#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The language of what is told: --lang, else that of the locale where people look at a terminal, else English. Files are
the same wherever the command runs."""
import csv
import io
import os
import pathlib
import pty
import re
import subprocess
import sys

from command_test import COMMAND, FEES, expect, main, run, write

CHINESE = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "rules"))
import test_chinese_findings  # noqa: E402

BAD = FEES.replace("unit: CNY/month", "unti: CNY/month", 1)
ROWS = "name,child.kind,child.fee\n甲,infants,12\n"


def on_terminal(*arguments, folder, **environment):
    """What the command tells where stderr is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([str(COMMAND), *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=theirs,
                               env={**os.environ, **environment})
    os.close(theirs)
    told = b""
    try:
        while piece := os.read(ours, 4096):
            told += piece
    except OSError:
        pass  # the other end is closed
    process.wait()
    os.close(ours)
    return told.decode("utf-8")


def is_chinese(text):
    return bool(re.search(r"[\u4e00-\u9fff].*：", text))


def commands():
    return re.findall(r"^  (\w+) {2,}", run("--help").out, re.M)


def test_every_command_takes_the_language(folder):
    for command in commands():
        for language in ("zh", "en"):
            told = run(command, "--lang", language, folder=folder, environment={"LC_ALL": ""}).err
            assert "no option" not in told, (command, told)


def test_every_command_refuses_what_is_no_language(folder):
    for command in commands():
        for wrong in ("--lang=fr", "--lang=zh_CN", "--lang="):
            expect(run(command, wrong, folder=folder), 2)
        expect(run(command, "--lang"), 2, err="--lang needs a value")


def test_findings_are_in_the_language_that_is_asked(folder):
    write(folder, {"bad.yaml": BAD})
    english = expect(run("check", "bad.yaml", folder=folder), 1, err="error: unknown key 'unti'")
    chinese = expect(run("check", "--lang", "zh", "bad.yaml", folder=folder), 1, err=["错误：", "没有`unti`这个键", "（建议：是不是想写`unit`？）"])
    assert "error" not in chinese.err and english.err.count("\n") == chinese.err.count("\n"), (english.err, chinese.err)
    assert re.findall(r"bad\.yaml:\d+:\d+", english.err) == re.findall(r"bad\.yaml:\d+:\d+", chinese.err)


def test_wrong_usage_is_told_in_the_language(folder):
    for arguments, chinese in ((("check",), "没有写明规则包"), (("eval", "p.yaml", "--foo"), "没有选项`--foo`"),
                               (("run", "fees.yaml", "--rule", "ceiling"), "没有给出`--input`"),
                               (("run", "fees.yaml", "--rule", "a", "--rule", "a", "--input", "i", "--output", "o"), "`--rule a`给了两次"),
                               (("check", "nowhere.yaml"), "读不出来")):
        english = run(*arguments, folder=folder)
        told = expect(run(*arguments, "--lang", "zh", folder=folder), english.code, err=chinese)
        assert english.code == 2 and is_chinese(told.err) and not is_chinese(english.err), (english, told)


def test_the_locale_counts_on_a_terminal_only(folder):
    write(folder, {"bad.yaml": BAD})
    piped = run("check", "bad.yaml", folder=folder, environment=CHINESE)
    assert "error:" in piped.err and not is_chinese(piped.err), piped.err
    assert "错误：" in on_terminal("check", "bad.yaml", folder=folder, **CHINESE)
    assert "错误：" in on_terminal("check", "bad.yaml", folder=folder, **{**CHINESE, "LC_ALL": "zh_TW.UTF-8", "LANG": "C"})
    for other in ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, {"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"},
                  {"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}):
        assert "error:" in on_terminal("check", "bad.yaml", folder=folder, **other), other
    assert "error:" in on_terminal("check", "--lang", "en", "bad.yaml", folder=folder, **CHINESE)


def errors_of(folder):
    return [row["error"] for row in csv.DictReader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8")))]


def test_files_do_not_depend_on_the_terminal(folder):
    write(folder, {"rows.csv": ROWS})
    arguments = ("run", "fees.yaml", "--rule", "ceiling", "--input", "rows.csv", "--output", "out.csv", "--as-of", "2024-05-01")
    on_terminal(*arguments, folder=folder, **CHINESE)
    assert errors_of(folder) == ["line 2: 'child.kind' has no value 'infants' (did you mean 'infant'?)"], errors_of(folder)
    run(*arguments, "--lang", "zh", folder=folder)
    assert errors_of(folder) == ["第2行：`child.kind`没有`infants`这个值（是不是想写`infant`？）"], errors_of(folder)


def test_a_null_says_why_in_the_language(folder):
    expect(run("feel", "--explain", '1 + "a"', folder=folder), 0, err="cannot add: the number 1 + the string \"a\"")
    expect(run("feel", "--lang", "zh", "--explain", '1 + "a"', folder=folder), 0, err="警告：不能相加：")


# One of each kind of value; every operation is tried on each two of them.
OPERANDS = ["1", "0", '"a"', "true", "[1]", "{a: 1}", 'date("2024-01-01")', 'duration("P1D")', "[1..2]", "9E6144"]
OPERATIONS = ["+", "-", "*", "/", "**", "<"]


def failing_expressions():
    """The wrong expressions of the reference of built-ins, which has all of them, and operations that have no result."""
    reference = (pathlib.Path(__file__).resolve().parents[2] / "src" / "feel" / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^- error: `([^`]+)` — ", reference, re.M)
    assert len(examples) > 20, "the reference has no wrong examples"
    yield from examples
    yield from (f"{left} {sign} {right}" for left in OPERANDS for sign in OPERATIONS for right in OPERANDS)
    yield from (f"{whole}[{index}]" for whole in ("[1, 2]", "1", '"a"') for index in ("3", "-3", "0", "1.5", '"b"'))


def causes(text):
    """Place and message of each finding."""
    return re.findall(r"^(expression:\d+:\d+): [^\s:：]+[:：]\s*(.*)$", text, re.M)


def test_what_an_evaluation_finds_is_chinese_throughout(folder):
    count, wrong = 0, []
    for expression in failing_expressions():
        english, chinese = (causes(run("feel", "--lang", language, "--explain", expression, folder=folder).err) for language in ("en", "zh"))
        if [place for place, _ in english] != [place for place, _ in chinese]:
            wrong.append((expression, english, chinese))
        for _, said in chinese:
            count += 1
            problems = [*test_chinese_findings.wrong_with_text(said), *(["quotes within quotes"] if "``" in said else [])]
            wrong += [(expression, said, problem) for problem in problems]
    assert not wrong and count > 200, (count, wrong[:5])


if __name__ == "__main__":
    main(globals())
