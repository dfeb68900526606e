#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each load of hostile_loads.py keeps the default limits: steps that are counted, and bytes that the allocator was asked for.

    test_hostile_loads.py DRIVER

Nothing is timed here; tests/bench/bench_hostile.py prints the processor time."""
import collections
import io
import subprocess
import sys

import hostile_loads

LOAD_STEPS = 10_000_000
LOAD_BYTES = 32 * 1024 * 1024
EXCUSED = {("line", "of_surrogates"), ("values", "looked_up_by_tables")}
FAMILIES = {"values", "tables", "rows", "names", "deep", "wide", "errors", "examples", "cycles", "alike", "line", "packs"}

Outcome = collections.namedtuple("Outcome", "name status steps most_bytes microseconds bytes findings last")


def outcomes(driver, loads, times=1, is_analysed=True):
    stream = io.BytesIO()
    for family, name, function in loads:
        hostile_loads.write(stream, family, name, function())
    done = subprocess.run([driver, str(times), *([] if is_analysed else ["plain"])], input=stream.getvalue(), capture_output=True, check=True)
    for line in done.stdout.decode().splitlines():
        name, status, *numbers, last = line.split("\t")
        yield Outcome(name, status, *(int(float(number)) for number in numbers), last)


def is_grown(family, name, texts):
    """Whether a load meets a limit that texts have, or comes near to it. (Packs are as many as one likes; one text of surrogates
    is as long as a scalar may be, and 1200 tables that look up 40 000 values took minutes once.)"""
    nodes = max(hostile_loads.nodes_of(text) for text in texts)
    size = max(len(text.encode()) for text in texts)
    return (len(texts) >= 250 or size >= 0.9 * hostile_loads.TEXT_BYTES or nodes >= 0.9 * hostile_loads.NODES
            or (family, name) in EXCUSED)


def wrong_with(outcome):
    """What is wrong with a load; an empty list if nothing is."""
    wrong = []
    if outcome.steps > LOAD_STEPS:
        wrong.append(f"{outcome.steps} steps")
    if outcome.most_bytes > LOAD_BYTES:
        wrong.append(f"{outcome.most_bytes} bytes")
    if outcome.status == "TUOYU_ERROR_NO_MEMORY" or "out of memory" in outcome.last:
        wrong.append("a limit is told as lack of memory")
    if outcome.status != "TUOYU_OK" and not outcome.findings:
        wrong.append("no finding says why")
    if "loading takes more than" in outcome.last and not ("raise the limit load_steps" in outcome.last or "raise the limit load_bytes" in outcome.last):
        wrong.append("what to do is not said")
    return wrong


def main(driver):
    loads = hostile_loads.LOADS
    problems, seen = [], collections.Counter(family for family, _, _ in loads)
    if set(seen) != FAMILIES or min(seen.values()) < 5 or len(loads) < 60:
        problems.append(f"the families are {seen}")
    if len({(family, name) for family, name, _ in loads}) < len(loads):
        problems.append("two loads have one name")
    ended = collections.Counter()
    for load in loads:
        family, name, function = load
        if not is_grown(family, name, function()):
            problems.append(f"{family}/{name} is not grown to a limit")
        for outcome in outcomes(driver, [load]):
            problems += [f"{outcome.name}: {wrong}: {outcome}" for wrong in wrong_with(outcome)]
            ended[outcome.status] += 1
            ended["steps"] += "raise the limit load_steps" in outcome.last
            ended["bytes"] += "raise the limit load_bytes" in outcome.last
            ended["undecided"] += "not decided" in outcome.last
            # Analysis fails no load: it takes what is left of the steps, and what it cannot settle is told.
            for plain in outcomes(driver, [load], is_analysed=False):
                if plain.status != outcome.status:
                    problems.append(f"{outcome.name}: {outcome.status} with analysis, {plain.status} without")
                if plain.steps > outcome.steps:
                    problems.append(f"{outcome.name}: analysis takes {outcome.steps - plain.steps} steps")
                ended["analysis used the last step"] += outcome.status == "TUOYU_OK" and "not decided" in outcome.last
    # Loads that end in each way are among them, or the test would not see that a limit is gone.
    for way in ("TUOYU_OK", "TUOYU_ERROR_LIMIT", "TUOYU_ERROR_CYCLE", "TUOYU_ERROR_UNKNOWN_NAME", "steps", "bytes", "undecided", "analysis used the last step"):
        if ended[way] < 3:
            problems.append(f"only {ended[way]} loads end with {way}")
    # The same texts take the same steps: the driver ends badly otherwise.
    first_of_each = {family: load for load in reversed(loads) for family in [load[0]]}
    again = sum(1 for _ in outcomes(driver, first_of_each.values(), times=2))
    if again != len(FAMILIES):
        problems.append(f"{again} loads were repeated")
    print("\n".join(problems))
    print(f"{len(loads) + again - len(problems)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
