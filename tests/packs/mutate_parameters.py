#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Changes each number and each date of each example pack, one at a time, and runs the pack's worked examples on it: a
change that none of them notices is a number that nothing holds to its word.

    mutate_parameters.py [PACK.yaml…]

A number goes up and down by one of its last decimal; a first day goes to the day before and the day after, a last day too.
Left alone are texts, citations, units and the sources' own dates; the ranges and decimals of facts are checked by
check_fact_bounds.py, which is run on changes of those."""
import concurrent.futures
import datetime
import decimal
import pathlib
import re
import sys
import tempfile

import check_fact_bounds
from pack_text import PACKS, Pack, packs, tuoyu

CHANGED = ("in_force", "facts", "parameters", "definitions", "tables", "overrides", "pricing", "cost_sharing", "eligibility", "indicators")
TEXTS = re.compile(r"\b(?:label|title|because|note|unset): (?:\{[^{}]*\}|[^{].*)"
                   r"|\b(?:cite|unit|id|name): [^,}\]]*"
                   r"|^ +(?:zh|en): .*")
DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
NUMBER = re.compile(r"(?<![\w一-鿿])(?<!\d\.)\d+(?:\.\d+)?(?![\w一-鿿])")


def masked(line):
    """The line with its texts blanked, so that what is left has the same places."""
    return TEXTS.sub(lambda found: " " * len(found.group()), line)


def days_around(day):
    day = datetime.date.fromisoformat(day)
    return [(day + datetime.timedelta(days=step)).isoformat() for step in (-1, 1)]


def numbers_around(number):
    value = decimal.Decimal(number)
    step = decimal.Decimal(1).scaleb(value.as_tuple().exponent)
    return [str(value - step), str(value + step)] if value >= step else [str(value + step)]


def mutants(pack):
    """(section, line number, what was, what is instead, whole text) for each change of the pack."""
    section = ""
    first_day = re.search(r"^in_force: (\S{10})", pack.text, re.M).group(1)
    for index, line in enumerate(pack.lines):
        if line[:1].strip():
            section = line.split(":")[0]
        if section not in CHANGED:
            continue
        plain = masked(line) if section != "in_force" else line
        dates = list(DATE.finditer(plain))
        plain = DATE.sub(lambda found: "x" * len(found.group()), plain)
        for kind, found in [("date", one) for one in dates] + [("number", one) for one in NUMBER.finditer(plain)]:
            was = found.group()
            changes = days_around(was) if kind == "date" else numbers_around(was)
            if kind == "date" and section != "in_force" and was == first_day and line[found.end():found.end() + 2] in (": ", "..", ":"):
                changes = changes[1:]   # before the pack's own first day nothing is in force, whatever a value says
            for instead in changes:
                changed = line[:found.start()] + instead + line[found.end():]
                yield section, index + 1, was, instead, "\n".join(pack.lines[:index] + [changed] + pack.lines[index + 1:]) + "\n"


def nothing_answers(pack, text, day):
    """Whether a pack that begins a day earlier still says of everything that it is not in force that day, because all that it
    rests on begins later: then nobody could notice. A pack without rules has overrides only, which have days of their own."""
    if not pack.rules:
        return True
    blocks = [example.text.replace(example.expect, "{error: not_in_force}").replace(example.as_of, day, 1)
              for example in pack.examples if "error:" not in example.expect]
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / pack.path.name
        copy.write_text(text[:text.index("\nexamples:\n")] + "\nexamples:\n" + "".join(blocks), encoding="utf-8")
        return tuoyu("test", copy, "--packs", PACKS) == 0


def is_caught(pack, section, text, overlays):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / pack.path.name
        copy.write_text(text, encoding="utf-8")
        if section == "facts":
            return bool(check_fact_bounds.findings(Pack(copy)))
        return tuoyu("test", copy, *overlays, "--packs", PACKS) != 0


def main(names):
    chosen = [Pack(pathlib.Path(name).resolve()) for name in names] or packs()
    unsound = [pack.path for pack in chosen if tuoyu("test", pack.path) != 0 or check_fact_bounds.findings(pack)]
    if unsound:
        print("these must pass unchanged first:", *unsound)
        return 1
    work = [(pack, *mutant) for pack in chosen for mutant in mutants(pack)]
    overlays = {pack.id: [other.path for other in packs() if pack.id in other.uses] for pack in chosen}

    def caught_or_equal(pack, section, _, was, instead, text):
        first_day_earlier = section == "in_force" and instead < was and f"in_force: {instead}.." in text
        return is_caught(pack, section, text, overlays[pack.id]) or (first_day_earlier and nothing_answers(pack, text, instead))

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        caught = list(pool.map(lambda one: caught_or_equal(*one), work))
    for (pack, section, number, was, instead, _), noticed in zip(work, caught):
        if not noticed:
            print(f"{pack.path.relative_to(PACKS)}:{number}: {section}: {was} changed to {instead} and no worked example noticed: "
                  f"{pack.lines[number - 1].strip()[:160]}")
    print(f"{sum(caught)} passed, {len(caught) - sum(caught)} failed")
    return 0 if work and all(caught) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
