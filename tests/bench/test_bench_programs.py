#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The benchmark programs run and agree: each compares all its answers before it measures, and ends badly where one differs. A few
thousand rows; nothing is said of how fast they are."""
import glob
import json
import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["TUOYU_SOURCE"])
BUILD = pathlib.Path(os.environ["TUOYU_BUILD"])
PROGRAMS = BUILD / "tests" / "bench"
PACKS = sorted(glob.glob(str(SOURCE / "examples/packs/*/*.yaml")))
REFERENCE = SOURCE / "tests/bench/reference.yaml"

RUNS = {
    "bench_reference": ([PROGRAMS / "bench_reference", REFERENCE, "3001"], 7),
    "bench_beilun": ([PROGRAMS / "bench_beilun", "2500", SOURCE / "examples/packs/beilun/illustrative.yaml", *PACKS], 1),
    "bench_pack": ([PROGRAMS / "bench_pack", SOURCE / "examples/packs/beilun/inclusive-childcare.yaml", *PACKS], 1),
    "bench_hostile": ([sys.executable, SOURCE / "tests/bench/bench_hostile.py", BUILD / "tests/rules/hostile_driver", "--times", "1",
                       "deep/b", "packs/above_one"], 2),
    "bench_case": ([PROGRAMS / "bench_case", SOURCE / "examples/packs/beilun/inclusive-childcare.yaml", *PACKS], 8),
    "measure_command": ([sys.executable, SOURCE / "tests/bench/measure_command.py", BUILD / "src/cli/tuoyu", REFERENCE,
                         "--rows", "1000,3000"], 2),
}


def complaint(output, least):
    """What is wrong with the lines of JSON; None if nothing is."""
    cases = [json.loads(line) for line in output.splitlines()]
    if len(cases) < least:
        return f"{len(cases)} cases instead of {least} or more"
    for case in cases:
        if not {"case", "ours", "peer", "ratio", "unit"} <= case.keys() or ("bound" in case) != ("bar" in case):
            return f"a line lacks a key: {case}"
    return None


def results_complaint():
    """results.py fails where a bar is missed, and only there."""
    case = {"case": "c", "ours": 2, "peer": 1, "ratio": 2, "unit": "u", "bar": 2}
    for bound, change, status in [("ratio at least", {}, 0), ("ratio at least", {"ratio": 1.99}, 1), ("ratio at most", {}, 0),
                                  ("ratio at most", {"ratio": 2.01}, 1), ("ours at most", {}, 0), ("ours at most", {"ours": 2.01}, 1),
                                  ("ratio within", {"ratio": 0.9, "bar": 0.11}, 0), ("ratio within", {"ratio": 0.9, "bar": 0.09}, 1)]:
        line = json.dumps(case | {"bound": bound} | change)
        done = subprocess.run([sys.executable, SOURCE / "tests/bench/results.py"], input=line, capture_output=True, text=True, check=False)
        if done.returncode != status:
            return f"status {done.returncode} for {line}\n{done.stderr}"
    return None


def main():
    failed = {}
    for name, (command, least) in RUNS.items():
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        failed[name] = done.stderr or "failed" if done.returncode else complaint(done.stdout, least)
    failed["results"] = results_complaint()
    for name, why in failed.items():
        if why:
            print(f"{name}: {why}")
    count = sum(why is not None for why in failed.values())
    print(f"{len(failed) - count} passed, {count} failed")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
