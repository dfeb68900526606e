#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random rules, of random packs, over random tables: each cell against the case asked by itself (compare_rules).

    test_random_rules.py [--seed N] [--packs N] [--rows N]"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from random_rules import RandomRules

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build")) / "tests" / "columns" / "compare_rules"
COUNTED = re.compile(r"(\d+) rules, (\d+) rows, (\d+) of them with errors, (\d+) by the interpreter; answers: (\d+) determined, (\d+) undetermined, (\d+) not")


def run(text, path, rows, seed):
    """How it ended, what it said, and what it counted or None."""
    path.write_text(text, encoding="utf-8")
    process = subprocess.run([PROGRAM, "--rows", str(rows), "--seed", str(seed), "--any-answers", path], capture_output=True, text=True)
    found = COUNTED.search(process.stdout)
    return process.returncode, process.stdout + process.stderr, found and [int(count) for count in found.groups()]


def show(seed, rules, path, rows, said):
    """The pack with only the rule that failed, where that fails, too."""
    names = re.findall(r"^FAILED \S*?:(\w+)", said, re.M)
    text = rules.yaml()
    for name in dict.fromkeys(names):
        code, alone, _ = run(rules.yaml(only=name), path, rows, seed)
        if code == 1 or code < 0:
            text, said = rules.yaml(only=name), alone
            break
    print(f"FAILED seed {seed}\n{text}\n{said[:4000]}")


def main():
    parser = argparse.ArgumentParser()
    for name, default in (("seed", 0), ("packs", 40), ("rows", 2000)):
        parser.add_argument("--" + name, type=int, default=default)
    options = parser.parse_args()
    refused = failed = 0
    sums = [0] * 7
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "random.yaml"
        for seed in range(options.seed, options.seed + options.packs):
            rules = RandomRules(seed)
            code, said, counted = run(rules.yaml(), path, options.rows, seed)
            if code == 2:
                refused += 1
                print(f"seed {seed} is refused: {' | '.join(re.findall('error: .*', said)) or said[:300]}")
                continue
            if code != 0:
                failed += 1
                show(seed, rules, path, options.rows, said)
            sums = [total + count for total, count in zip(sums, counted or sums)]
    kept = options.packs - refused
    rules, rows, errors, slow, determined, undetermined, not_applicable = sums
    print(f"{kept} packs, {rules} rules, {rows} rows, {errors} of them with errors, {slow} by the interpreter; "
          f"answers: {determined} determined, {undetermined} undetermined, {not_applicable} not applicable")
    checks = {
        "no difference": not failed,
        "packs are read": refused * 4 <= options.packs,
        "each kind of answer was met": min(determined, undetermined, errors) * 20 > rows and not_applicable > 0,
        "columns answer many": slow * 4 < rows * 3,
    }
    for what, is_good in checks.items():
        if not is_good:
            print(f"FAILED {what}")
    passed = sum(checks.values())
    print(f"{passed} passed, {len(checks) - passed} failed")
    return 0 if passed == len(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
