#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The hash of what rules answer is the same for any number of threads, range of rows, instruction set, size of blocks, locale
and time zone. The whole matrix, with compilers and ten million rows, is run_matrix.sh beside this file."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
PROGRAM = BUILD / "tests" / "columns" / "result_hash"
PACKS = ROOT / "examples" / "packs"
BEILUN = [*sorted((PACKS / "beilun").glob("*.yaml")), *sorted((PACKS / "national").glob("*.yaml")),
          PACKS / "ningbo" / "childcare-construction-grant.yaml"]
# By name: rows, and packs.
WORKLOADS = {
    "reference": (12000, [ROOT / "tests" / "bench" / "reference.yaml", ROOT / "tests" / "columns" / "hash_rules.yaml"]),
    "beilun": (6000, BEILUN),
    "beilun_by_rows": (600, BEILUN),
}


def locales():
    """Those there are here; tr_TR has letters whose case is not English."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
    return ["C"] + [name for name in listed if name.startswith(("tr_TR", "zh_CN"))]


def run(workload, options=(), environment=None):
    rows, packs = WORKLOADS[workload]
    process = subprocess.run([PROGRAM, "--rows", str(rows), "--workload", workload, *options, *packs], capture_output=True, text=True,
                             env={**os.environ, "LC_ALL": "C", **(environment or {})})
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def main():
    passed = failed = 0
    for workload in WORKLOADS:
        expected = run(workload)
        print(expected)
        ranges = [["--range", str(size)] for size in (1, 7, 1000, 1024, 4097) if size > 1 or workload == "beilun_by_rows"]
        machines = [["--instructions", str(chosen), "--blocks", str(size)] for chosen, size in ((1, 0), (2, 7), (3, 1024), (1, 1), (3, 4096), (2, 65536))]
        variations = [(options, {}) for options in [["--threads", "2"], ["--threads", "8", "--range", "333"], *ranges, *machines]]
        variations += [([], {"LC_ALL": name, "TZ": zone}) for name in locales() for zone in ("Asia/Shanghai", "America/New_York")]
        for options, environment in variations:
            is_same = run(workload, options, environment) == expected
            passed += is_same
            failed += not is_same
            if not is_same:
                print(f"FAILED {workload} {options} {environment}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
