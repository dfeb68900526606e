#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every wrong pack, loaded in English and in Chinese: as many findings, with the same codes, places, severities and ids,
and the same names in quotes. What stands in Chinese is Chinese: no Latin word but in quotes, names of formats, units and
calls, and no half-width punctuation beside a Chinese character."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "house"))
import check_messages  # noqa: E402

LEAST_FINDINGS = 500
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"|U\+[0-9A-F]+|0x[0-9A-F]{2}|\w+( \w+)*\(\)")
# What the Chinese of a finding need not repeat of the English: examples in messages may differ.
NAME = re.compile(r"`([^`]+)`|'([^']+)'")


def loads():
    for path in sorted((ROOT / "tests" / "pack" / "bad").glob("*.yaml")):
        yield [path]
    for path in sorted((ROOT / "tests" / "rules" / "bad").glob("*.yaml")):
        beside = re.match(r"# Beside ([^.]*)\.", path.read_text(encoding="utf-8"))
        if beside:
            names = [name for name in re.split(r", ", beside[1]) if name]
            yield [path, *(path.with_name(name + ".yaml") for name in names)]


def findings(driver, language, paths):
    out = subprocess.run([driver, language, *map(str, paths)], capture_output=True, check=True).stdout.decode("utf-8")
    return [line.split("\t") for line in out.splitlines()]


def wrong_with_text(text):
    bare = QUOTED.sub("`", text)
    for word in check_messages.LATIN.findall(bare):
        if not all(part in check_messages.NAMES for part in re.split(r"[-_.+]", word) if part):
            yield f"the Latin word {word}"
    if re.search(r"[\u4e00-\u9fff][,;:()?!]|[,;:()?!][\u4e00-\u9fff]", bare):
        yield "half-width punctuation"
    if re.search(r"\{(word )?\d\}|\ufffd|\\x", text):
        yield "a hole, or bytes of a seal"
    if text and not re.search(r"[\u4e00-\u9fff]", text):
        yield "no Chinese"


def wrong_with(english, chinese):
    if len(english) != len(chinese):
        yield f"{len(english)} findings in English, {len(chinese)} in Chinese"
    for left, right in zip(english, chinese):
        if left[:6] != right[:6]:
            yield f"{left[:6]} in English, {right[:6]} in Chinese"
        if not left[5]:
            yield f"no id: {left[6]}"
        for part in (6, 7):
            if bool(left[part]) != bool(right[part]):
                yield f"only one has a hint: {left} {right}"
            for problem in wrong_with_text(right[part]):
                yield f"{problem}: {right[part]} — {left[part]}"
        for quoted in NAME.finditer(left[6]):
            name = quoted[1] or quoted[2]
            if name not in right[6] and name not in check_messages_words():
                yield f"{name} is not named: {right[6]} — {left[6]}"


WORDS = set()


def check_messages_words():
    if not WORDS:
        WORDS.update(row.english for row in check_messages.rows_of(ROOT))
    return WORDS


def main(driver):
    count, failed = 0, 0
    for paths in loads():
        english, chinese = (findings(driver, language, paths) for language in ("en", "zh"))
        count += len(english)
        for problem in wrong_with(english, chinese):
            print(f"{paths[0].name}: {problem}")
            failed += 1
    refused = subprocess.run([driver, "fr", str(paths[0])], check=False).returncode
    if refused != 2:
        print("a language that is none was taken")
        failed += 1
    print(f"{count} findings")
    return 1 if failed or count < LEAST_FINDINGS else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
