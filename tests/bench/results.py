#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads lines of JSON from the benchmarks (standard input), prints them as a table, and fails where a bar is missed.

    results.py [--json FILE] [--page FILE --revision TEXT --compiler TEXT]

A line has case, ours, peer, ratio (ours / peer), unit; where there is a bar, bound and bar; it may have a note."""
import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

HEADS = ["case", "ours", "peer", "ratio", "unit", "bar", ""]


def is_met(case):
    ours, ratio, bar = case["ours"], case["ratio"], case.get("bar")
    return {"ours at most": lambda: ours <= bar, "ratio at least": lambda: ratio >= bar, "ratio at most": lambda: ratio <= bar,
            "ratio within": lambda: abs(ratio - 1) <= bar}[case["bound"]]()


def miss(case):
    """By how much a bar is missed, in words."""
    bound, bar = case["bound"], case["bar"]
    if bound == "ratio within":
        return f"the ratio is {case['ratio']:.3g}, {abs(case['ratio'] - 1):.0%} from 1 instead of {bar:.0%}"
    found = case["ours"] if bound == "ours at most" else case["ratio"]
    what = f"{found:.3g} {case['unit']}" if bound == "ours at most" else f"a ratio of {found:.3g}"
    return f"{what} instead of {bound.split(' ', 1)[1]} {bar:g}" + (f": {abs(found / bar - 1):.0%} off" if bar else "")


def shown(value):
    return "" if value is None else f"{value:.4g}" if abs(value) < 10000 else f"{value:.0f}"


def row_of(case):
    bound = case.get("bound")
    verdict = "" if bound is None else "met" if is_met(case) else "MISSED"
    bar = "" if bound is None else f"{bound} {case['bar']:g}"
    name = case["case"] + (f" ({case['note']})" if case.get("note") else "")
    return [name, shown(case["ours"]), shown(case["peer"]), shown(case["ratio"]), case["unit"], bar, verdict]


def print_table(cases):
    rows = [HEADS, *map(row_of, cases)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    for row in rows:
        cells = [cell.rjust(width) if i in (1, 2, 3) else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


# ---- The page ----

def processor():
    text = subprocess.run(["lscpu"], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, check=False).stdout
    facts = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    facts = {key.strip(): value.strip() for key, value in facts.items()}
    family = f"family {facts.get('CPU family', '?')}, model {facts.get('Model', '?')}, stepping {facts.get('Stepping', '?')}"
    kinds = [kind for kind in ("avx2", "avx512f", "avx512vbmi") if kind in facts.get("Flags", "").split()]
    caches = ", ".join(f"{name} {facts[f'{name} cache']}" for name in ("L1d", "L2", "L3") if f"{name} cache" in facts)
    return f"{facts.get('Model name', platform.processor())} ({family}), {os.cpu_count()} cores, {' '.join(kinds)}; {caches}"


def memory():
    kibibytes = int(pathlib.Path("/proc/meminfo").read_text(encoding="ascii").split()[1])
    return f"{kibibytes / 2**20:.0f} GiB"


def system():
    release = dict(line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if "=" in line)
    return f"{release.get('PRETTY_NAME', '').strip(chr(34))}, Linux {platform.release().split('-')[0]}"


def escaped(row):
    return [cell.replace("|", "\\|") for cell in row]


def write_page(path, cases, revision, compiler):
    missed = [case for case in cases if "bound" in case and not is_met(case)]
    busy = os.getloadavg()[0]
    lines = ["# Results of the benchmark", "", "Written by `./tests/bench/run.sh --page FILE` from what it measured; the cases are explained in",
             "[README.md](README.md). The ratio is ours / peer.", "",
             "| | |", "|---|---|",
             f"| date | {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC |", f"| revision | {revision} |",
             f"| processor | {processor()} |", f"| memory | {memory()} |", f"| system | {system()} |", f"| compiler | {compiler} |",
             f"| load at the end, of the last minute | {busy:.2f} (the benchmark itself is 1) |", "",
             "| " + " | ".join(HEADS[:-1] + [" "]) + " |", "|---|---:|---:|---:|---|---|---|"]
    lines += ["| " + " | ".join(escaped(row_of(case))) + " |" for case in cases]
    lines += ["", "## Missed bars", ""]
    lines += [f"- {case['case']}: {miss(case)}." for case in missed] or ["None."]
    if missed:
        lines += ["", "What was tried stands in [README.md](README.md#what-was-tried)."]
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("--page")
    parser.add_argument("--revision", default="")
    parser.add_argument("--compiler", default="")
    arguments = parser.parse_args()
    lines = [line for line in sys.stdin if line.strip()]
    cases = [json.loads(line) for line in lines]
    if arguments.json:
        pathlib.Path(arguments.json).write_text("".join(lines), encoding="utf-8")
    print_table(cases)
    if arguments.page:
        write_page(arguments.page, cases, arguments.revision, arguments.compiler)
    return 1 if any("bound" in case and not is_met(case) for case in cases) else 0


if __name__ == "__main__":
    sys.exit(main())
