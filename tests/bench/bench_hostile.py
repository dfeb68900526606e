#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Processor time of the loads that are built to hurt (tests/rules/hostile_loads.py): a line of JSON for the slowest of each family.

    bench_hostile.py DRIVER [--times N] [--all] [FAMILY/NAME…]

Each load is done N times (3), and the quickest counts. --all: a line for each load, with its steps and bytes."""
import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "rules"))
import hostile_loads  # noqa: E402
from test_hostile_loads import outcomes  # noqa: E402

BAR = 100  # ms, for every load at the default limits


def line(case, milliseconds, note=None):
    return {"case": case, "ours": round(milliseconds, 2), "peer": None, "ratio": None, "unit": "ms", "bound": "ours at most", "bar": BAR,
            **({"note": note} if note else {})}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("driver")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("loads", nargs="*")
    given = parser.parse_intermixed_args()
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
