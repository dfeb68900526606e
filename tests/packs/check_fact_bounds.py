#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the ranges and decimals that the example packs allow for facts with fact_bounds.csv, entered by hand: they keep
typing errors out and are no law, so that no worked example would notice a slip in them."""
import csv
import pathlib
import re
import sys

from pack_text import packs

TABLE = pathlib.Path(__file__).with_name("fact_bounds.csv")


def bounds(pack):
    """`entity.fact` → (range, scale), for the facts of the pack that have either."""
    found = {}
    for entity, block in pack.entries("facts"):
        for name, definition in re.findall(r"^    (\w+): ?(.*(?:\n {6}.*)*)", block, re.M):
            allowed = re.search(r'range: "([^"]*)"', definition)
            scale = re.search(r"scale: (\d+)", definition)
            if allowed or scale:
                found[f"{entity}.{name}"] = (allowed.group(1) if allowed else "", scale.group(1) if scale else "")
    return found


def expected():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["fact"]: (row["range"], row["scale"]) for row in csv.DictReader(file)}


def findings(pack, table=None):
    table = table or expected()
    return [f"{pack.path.name}: {fact} allows {allowed}, {TABLE.name} says {table.get(fact, 'nothing')}"
            for fact, allowed in bounds(pack).items() if table.get(fact) != allowed]


def main():
    table, all_packs = expected(), packs()
    checked = {fact for pack in all_packs for fact in bounds(pack)}
    failures = [finding for pack in all_packs for finding in findings(pack, table)]
    failures += [f"{TABLE.name}: no pack has {fact} with a range" for fact in table.keys() - checked]
    print("\n".join(failures))
    print(f"{len(checked) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
