#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Options, help, version, schema, feel: what each answers to the shell."""
import json
import re
import subprocess

from command_test import COMMAND, ROOT, expect, main, run, write

COMMANDS = ["check", "test", "eval", "run", "admit", "report", "feel", "schema"]


def test_no_command_is_wrong_usage(_):
    assert "usage: tuoyu" in expect(run(), 2).err


def test_unknown_command_is_named(_):
    expect(run("chek"), 2, err="chek")


def test_help_names_every_command(_):
    expect(run("--help"), 0, out=COMMANDS)


def test_each_command_has_help(_):
    for command in COMMANDS:
        expect(run(command, "--help"), 0, out=f"tuoyu {command}")


def options_of(text):
    return set(re.findall(r"--[a-z]+", text))


def test_the_usage_has_the_options_that_are_described(_):
    commands = re.findall(r"^  (\w+) {2,}", run("--help").out, re.M)
    assert len(commands) == 11, commands
    for command in commands:
        usage, _, rest = run(command, "--help").out.partition("\n\n")
        described = set(re.findall(r"^  (--[a-z]+)", rest, re.M))
        assert options_of(usage) == described, (command, options_of(usage) ^ described)


def usage_of(command):
    return run(command, "--help").out.partition("\n\n")[0]


def test_the_readme_knows_the_commands_and_their_options(_):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `tuoyu (\w+)([^`]*)`", readme, re.M)
    assert {command for command, _ in rows} == set(re.findall(r"^  (\w+) {2,}", run("--help").out, re.M))
    for command, arguments in rows:
        assert options_of(arguments) <= options_of(usage_of(command)), (command, arguments)


def test_version(_):
    expect(run("--version"), 0, out="tuoyu 0.")


def test_wrong_options(_):
    for arguments, text in [(["check", "--nope", "x"], "--nope"), (["check", "-x"], "-x"), (["check"], "PACK"),
                            (["check", "--packs"], "--packs needs a value"), (["schema", "x"], "argument"),
                            (["eval", "p.yaml", "--rule", "a", "--rule", "b"], "twice"),
                            (["eval", "p.yaml", "--explain=yes"], "no value"),
                            (["eval", "p.yaml", "--rule", "a", "--lang", "fr"], "zh, en"),
                            (["report", "p.yaml", "--data", ".", "--format", "xml"], "text, json, csv"),
                            (["run", "p.yaml", "--rule", "a", "--output", "b"], "--input"),
                            (["run", "p.yaml", "--input", "a", "--output", "b"], "--rule"),
                            (["run", "p.yaml", "--rule", "a", "--input", "b"], "--output"),
                            (["admit", "p.yaml", "--rule", "a", "--input", "b", "--id", "c"], "--places"),
                            (["admit", "p.yaml", "--rule", "a", "--input", "b", "--places", "1"], "--id"),
                            (["admit", "p.yaml", "--rule", "a", "--input", "b", "--id", "c", "--places", "-1"], "whole number"),
                            (["admit", "p.yaml", "--rule", "a", "--input", "b", "--id", "c", "--places", "1x"], "whole number"),
                            (["admit", "p.yaml", "--rule", "a", "--id", "c", "--places", "1"], "--input"),
                            (["report", "p.yaml"], "--data")]:
        expect(run(*arguments), 2, err=text)


def test_dates_that_are_none(folder):
    for date in ["2025-02-29", "2025-1-1", "today", ""]:
        expect(run("eval", "fees.yaml", "--rule", "extra", "--case", "-", "--as-of", date, folder=folder), 2, err="--as-of")


def test_two_dashes_end_the_options(folder):
    write(folder, {"--odd.yaml": "tuoyu: 1\n"})
    expect(run("check", "--", "--odd.yaml", folder=folder), 1, err="--odd.yaml:")


def test_schema_is_draft_07(_):
    schema = json.loads(expect(run("schema"), 0).out)
    assert "draft-07" in schema["$schema"], schema["$schema"]


def test_feel_evaluates(_):
    assert expect(run("feel", "1 + 2"), 0).out.strip() == "3"


LEFT_OUT = {"date(year: 2024, month: 1)": "day", "insert before(list: [1], position: 1)": "newItem",
            "list contains(list: [1])": "element", "[list contains(list: [1])][1]": "element",
            "substring(start position: 1)": "string", "modulo(dividend: 7)": "divisor"}


def test_why_it_is_null_is_said_once(_):
    """A call by names that lacks an argument is found when it is read, and again when it is evaluated."""
    for expression, name in LEFT_OUT.items():
        assert expect(run("feel", expression), 0, out="null").err == ""
        said = expect(run("feel", "--explain", expression), 0, out="null").err
        assert f"the argument `{name}` of " in said, said
        assert said.count("is missing") == 1 and said.count("warning") == 1, said
    said = expect(run("feel", "--explain", "[list contains(list: [1]), modulo(dividend: 7)]"), 0).err
    assert said.count("is missing") == 2, said


def test_full_disk_is_noticed(_):
    with open("/dev/full", "wb") as full:
        process = subprocess.run([COMMAND, "--help"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert process.returncode == 2 and b"cannot be written" in process.stderr


if __name__ == "__main__":
    main(globals())
