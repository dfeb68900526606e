#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows columns of a CSV file as a table; Chinese characters take two places.

    python3 examples/office/table.py FILE.csv COLUMN[=HEADING]…"""
import csv
import sys
import unicodedata


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def main(path, columns):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        rows = [[row[column.partition("=")[0]] or "—" for column in columns] for row in csv.DictReader(stream)]
    heads = [column.rpartition("=")[2] for column in columns]
    widest = [max(map(width, cells)) for cells in zip(heads, *rows)]
    for cells in [heads, *rows]:
        print("  " + "  ".join(cell + " " * (most - width(cell)) for cell, most in zip(cells, widest)).rstrip())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
