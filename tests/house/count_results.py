#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the logs of the test runs that are named and prints what failed and, last, `N passed, N failed`.

    count_results.py LABEL=testlog.json … LABEL=junit.xml …

A test program counts by its cases where it says how many (cmocka, or a closing line `N passed, N failed`), else as one.
One that ended badly without a failing case counts as one failure more."""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

CMOCKA_RAN = re.compile(r"\[==========\] .*?(\d+) test\(s\) run\.")
CMOCKA_FAILED = re.compile(r"\[  FAILED  \] .*?(\d+) test\(s\)")
CLOSING = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed", re.M)


def count_program(entry):
    text = entry.get("stdout", "") + "\n" + entry.get("stderr", "")
    good = entry["result"] in ("OK", "EXPECTEDFAIL")
    ran = sum(map(int, CMOCKA_RAN.findall(text)))
    closing = CLOSING.findall(text)
    if ran:
        failed = sum(map(int, CMOCKA_FAILED.findall(text)))
        passed = ran - failed
    elif closing:
        passed, failed = map(int, closing[-1])
    else:
        passed, failed = int(good), 0
    if not good and not failed:
        failed = 1
    return passed, failed, text


def from_meson(label, path):
    passed = failed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        more_passed, more_failed, text = count_program(entry)
        passed += more_passed
        failed += more_failed
        if more_failed:
            tail = "\n    ".join(text.strip().splitlines()[-40:])
            print(f"FAILED {label}: {entry['name']} ({entry['result']})\n    {tail}")
    return passed, failed


def from_junit(label, path):
    passed = failed = 0
    for case in xml.etree.ElementTree.parse(path).iter("testcase"):
        broken = [child for child in case if child.tag in ("failure", "error", "skipped")]
        failed += bool(broken)
        passed += not broken
        for child in broken:
            print(f"FAILED {label}: {case.get('classname')}.{case.get('name')} ({child.tag})\n    {(child.text or '').strip()[:2000]}")
    return passed, failed


def main(arguments):
    total_passed = total_failed = 0
    for argument in arguments:
        label, _, name = argument.partition("=")
        path = pathlib.Path(name)
        if not path.exists():
            print(f"FAILED {label}: no log at {name}")
            total_failed += 1
            continue
        passed, failed = (from_junit if path.suffix == ".xml" else from_meson)(label, path)
        print(f"{label}: {passed + failed} tests" + (f", {failed} failed" if failed else ""))
        if not passed and not failed:
            print(f"FAILED {label}: no test ran")
            failed = 1
        total_passed += passed
        total_failed += failed
    print(f"{total_passed} passed, {total_failed} failed")
    return 1 if total_failed or not total_passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
