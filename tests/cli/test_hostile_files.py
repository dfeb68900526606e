# SPDX-License-Identifier: Apache-2.0
"""Each file of hostile_files.py is answered or refused in words, in bounded memory: the system lets the command have 32 MiB
beside what it needs for a file that is right. Nothing is timed; tests/bench/bench_hostile.py prints the time."""
import collections
import functools
import resource
import subprocess
import sys
import tempfile

import hostile_files
from command_test import COMMAND

PACK = """tuoyu: 1
id: test.hostile
title: T
in_force: 2024-01-01..2025-12-31
sources: {s: {title: S}}
facts:
  child:
    fee: {type: money, unit: CNY/month, range: "[0..100000]", label: {zh: 收费}}
    registered: {type: boolean, label: {zh: 户籍}}
    kind: {type: enum, values: [infant, toddler], label: {zh: 班型}}
    name: {type: string, label: {zh: 姓名}}
pricing:
  ceiling: {title: T, unit: CNY/month, cite: s 1, steps: [{id: a, formula: 'if child.kind = "infant" then child.fee else 0 * child.fee'}]}
"""
LIMIT = 32 * 1024 * 1024
ARGUMENTS = {"case": ["eval", "{pack}", "--rule", "ceiling", "--as-of", "2025-01-01", "--case", "{file}"],
             "csv": ["run", "{pack}", "--rule", "ceiling", "--as-of", "2025-01-01", "--threads", "1", "--input", "{file}", "--output", "{out}"],
             "receipt": ["replay", "{file}", "{pack}"]}
RIGHT = {"case": b"child.fee: 1\n", "csv": (hostile_files.HEADER + hostile_files.ROW).encode(), "receipt": hostile_files.receipt().encode()}


def run(folder, kind, data, most=resource.RLIM_INFINITY):
    """The command's result for a file, with at most so much memory of its own (what is mapped privately, and the heap)."""
    paths = {"pack": f"{folder}/pack.yaml", "file": f"{folder}/file", "out": f"{folder}/out"}
    for name, content in (("pack", PACK.encode()), ("file", data)):
        with open(paths[name], "wb") as file:
            file.write(content)
    return subprocess.run([COMMAND, *(argument.format(**paths) for argument in ARGUMENTS[kind])], capture_output=True, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most, most)), timeout=600)


@functools.lru_cache
def least(folder, kind):
    """The least memory, by some 256 KiB, with which a file that is right is read."""
    low, high = 0, 64 * 1024 * 1024
    while high - low > 256 * 1024:
        middle = (low + high) // 2
        done = run(folder, kind, RIGHT[kind], middle)
        is_enough = done.returncode in (0, 1) and b"memory" not in done.stderr
        low, high = (low, middle) if is_enough else (middle, high)
    return high


def wrong_with(done):
    """What is wrong with the way in which the command ended; None if nothing is."""
    if done.returncode not in (0, 1, 2):
        return f"it ended with {done.returncode}: {done.stderr[:300]!r}"
    if b"memory" in done.stderr and b"load_bytes" not in done.stderr:
        return f"memory ran out: {done.stderr[:300]!r}"
    if done.returncode and not done.stderr:
        return "nothing says why"
    if len(done.stderr) > 200_000:
        return f"{len(done.stderr)} bytes of messages"
    for line in done.stderr.decode("utf-8").splitlines():
        if len(line) > 10_000:
            return f"a line of {len(line)} characters on stderr"
    return None


def main():
    problems, families = [], collections.defaultdict(set)
    with tempfile.TemporaryDirectory() as folder:
        for kind, family, name, function in hostile_files.FILES:
            families[kind].add(family)
            wrong = wrong_with(run(folder, kind, function(), least(folder, kind) + LIMIT))
            if wrong:
                problems.append(f"{kind}: {family}/{name}: {wrong}")
    for kind, seen in families.items():
        if len(seen) < 7:
            problems.append(f"{kind}: {len(seen)} families")
    print("\n".join(problems))
    print(f"{len(hostile_files.FILES) - len(problems)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
