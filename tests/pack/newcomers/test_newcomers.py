#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What newcomers write (mistakes.txt): a load gives exactly one error, the cause, at the line of the mistake, and the
message says in Chinese as in English what is needed to mend it.

test_newcomers.py DRIVER checks. `--show zh` beside it prints each mistake with its message."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LEAST_MISTAKES = 60
ERROR, WARNING = "0", "1"  # severities


class Mistake:
    def __init__(self, title):
        self.title, self.old, self.new, self.at = title, [], [], None
        self.words = {"en": [], "zh": []}
        self.severity = ERROR

    def made(self, lines):
        """The lines of the pack with the mistake in them, and the number of the line where its error must stand."""
        places = [i for i in range(len(lines)) if lines[i:i + len(self.old)] == self.old]
        if len(places) != 1:
            raise ValueError(f"{self.title}: its lines stand {len(places)} times in the pack")
        wrong = lines[:places[0]] + self.new + lines[places[0] + len(self.old):]
        line = self.at if isinstance(self.at, str) else places[0] + self.at
        return wrong, (wrong.index(line) if isinstance(line, str) else line) + 1


def mistakes():
    found = []
    for line in (HERE / "mistakes.txt").read_text(encoding="utf-8").splitlines():
        mark, rest = line[:2], line[2:]
        if line.startswith("=="):
            found.append(Mistake(line[3:]))
        elif mark == "- ":
            found[-1].old.append(rest)
        elif mark in ("+ ", "! "):
            if mark == "! ":
                found[-1].at = len(found[-1].new)
            found[-1].new.append(rest)
        elif mark == "@ ":
            found[-1].at = rest
        elif line == "warning":
            found[-1].severity = WARNING
        elif line[:3] in ("en ", "zh "):
            found[-1].words[mark].append(line[3:])
        elif line and not line.startswith("#"):
            raise ValueError(f"not read: {line}")
    return found


def load(driver, language, lines, beside):
    """The findings of a load: line, severity, message with its hint."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        out = subprocess.run([driver, language, file.name, *beside], capture_output=True, check=True).stdout
    findings = [line.split("\t") for line in out.decode("utf-8").splitlines()]
    return [(int(each[1]), each[4], each[6] + (f" ({each[7]})" if each[7] else "")) for each in findings]


def wrong_with(mistake, driver, lines, beside):
    wrong, expected = mistake.made(lines)
    for language, words in mistake.words.items():
        findings = load(driver, language, wrong, beside)
        errors = [each for each in findings if each[1] <= mistake.severity]
        if len(errors) != 1 or errors[0][1] != mistake.severity:
            yield f"{language}: {len(errors)} errors: {errors}"
            continue
        line, _, message = errors[0]
        if line != expected:
            yield f"{language}: at line {line}, not {expected}: {message}"
        for word in words:
            if word not in message:
                yield f"{language}: does not say {word}: {message}"
        if not words:
            yield f"{language}: no word is asked for"


def show(language, driver, lines, beside):
    for mistake in mistakes():
        print(f"== {mistake.title}\n" + "\n".join(mistake.new))
        for line, severity, message in load(driver, language, mistake.made(lines)[0], beside):
            print(f"   {'EWN'[int(severity)]} {line}: {message}")


def main(driver, arguments):
    lines = (HERE / "city.yaml").read_text(encoding="utf-8").splitlines()
    beside = [str(HERE / "province.yaml")]
    if arguments[:1] == ["--show"]:
        return show(arguments[1], driver, lines, beside)
    failed = [(f"the pack without a mistake: {each}") for each in load(driver, "en", lines, beside)]
    for mistake in mistakes():
        failed += [f"{mistake.title}: {problem}" for problem in wrong_with(mistake, driver, lines, beside)]
    print("\n".join(failed))
    count = len(mistakes())
    print(f"{count} mistakes, {len(failed)} findings")
    return 1 if failed or count < LEAST_MISTAKES else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
