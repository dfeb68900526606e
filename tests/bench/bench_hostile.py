#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Processor time of the loads that are built to hurt (tests/rules/hostile_loads.py): a line of JSON for the slowest of each family.

    bench_hostile.py DRIVER [--times N] [--all] [FAMILY/NAME…]
    bench_hostile.py --files [--times N] [--all]       the files of tests/cli/hostile_files.py, given to the command

Each load is done N times (3), and the quickest counts. --all: a line for each load, with its steps and bytes."""
import argparse
import json
import pathlib
import resource
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "rules"), str(TESTS / "cli")]
import hostile_loads  # noqa: E402
from test_hostile_loads import outcomes  # noqa: E402

BAR = 100  # ms, for every load at the default limits


def line(case, milliseconds, note=None):
    return {"case": case, "ours": round(milliseconds, 2), "peer": None, "ratio": None, "unit": "ms", "bound": "ours at most", "bar": BAR,
            **({"note": note} if note else {})}


def files(times, wants_all):
    """Lines for the files: the slowest of each kind and family, or all. What the command needs for a right file is taken off."""
    import hostile_files
    import test_hostile_files
    slowest = {}
    with tempfile.TemporaryDirectory() as folder:
        def milliseconds(kind, data):
            def one():
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                test_hostile_files.run(folder, kind, data)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            return min(one() for _ in range(times))
        right = {kind: milliseconds(kind, data) for kind, data in test_hostile_files.RIGHT.items()}
        for kind, family, name, function in hostile_files.FILES:
            taken, data = milliseconds(kind, function()) - right[kind], function()
            if wants_all:
                print(json.dumps(line(f"hostile {kind}: {family}/{name}", taken, f"{len(data)} bytes")), flush=True)
            if taken > slowest.get((kind, family), (-1, ""))[0]:
                slowest[kind, family] = (taken, name)
    for (kind, family), (taken, name) in slowest.items():
        if not wants_all:
            print(json.dumps(line(f"hostile {kind}: {family}, the slowest", taken, name)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("driver", nargs="?")
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("loads", nargs="*")
    given = parser.parse_intermixed_args()
    if given.files:
        files(given.times, given.all)
        return
    loads = [load for load in hostile_loads.LOADS
             if not given.loads or any(f"{load[0]}/{load[1]}".startswith(name) for name in given.loads)]
    slowest, counts = {}, {}
    for load in loads:
        for outcome in outcomes(given.driver, [load], given.times):
            milliseconds, family = outcome.microseconds / 1000, load[0]
            counts[family] = counts.get(family, 0) + 1
            if given.all:
                note = f"{outcome.steps / 1e6:.2f} M steps, {outcome.most_bytes / 2**20:.1f} MiB, {outcome.status}"
                print(json.dumps(line(f"hostile load: {outcome.name}", milliseconds, note)), flush=True)
            if family not in slowest or milliseconds > slowest[family][0]:
                slowest[family] = (milliseconds, load[1])
    for family, (milliseconds, name) in slowest.items():
        if not given.all:
            print(json.dumps(line(f"hostile loads: {family}, the slowest of {counts[family]}", milliseconds, name)))


if __name__ == "__main__":
    main()
