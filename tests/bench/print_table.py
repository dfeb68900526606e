#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads lines of JSON from benchmarks and prints them as a table; fails where something is over its bar."""
import json
import sys


def shown(value):
    return "" if value is None else f"{value:g}"


def main():
    rows, over = [], 0
    for line in sys.stdin:
        case = json.loads(line)
        bar = case.get("bar")
        is_over = bar is not None and case["ours"] > bar
        over += is_over
        rows.append([case["case"], shown(case["ours"]), shown(case["peer"]), shown(case["ratio"]), shown(bar), case["unit"],
                     "over the bar" if is_over else ""])
    heads = ["case", "ours", "peer", "ratio", "bar", "unit", ""]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, *rows]:
        cells = [cell.ljust(width) if i in (0, 5, 6) else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
