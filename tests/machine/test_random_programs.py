#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random packs over random columns: the interpreter, the row machine, and the block machine with each instruction set and
block size, against an oracle that never asks the library. A difference is shown by its seed, and by the smallest pack and
row found that differ.

    test_random_programs.py [--seed N] [--programs N] [--rows N] [--definitions N]

Counts how often each typed operation was used; one that never was is a failure, because then nothing was shown of it."""
import argparse
import collections
import decimal
import re
import sys

from column_jobs import ROOT, Driver, agrees
from exact_oracle import Expression, Null, Table, constant
from program_model import Definition, Program
from random_program import make_program

Decimal = decimal.Decimal
Difference = collections.namedtuple("Difference", "definition row what")
MOST_SHRINKING_RUNS = 400
ONLY_IN_RULES = {"known"}  # made for how well founded an answer is
SIMPLEST = {"number": constant("number", "1", Decimal(1)), "percent": constant("percent", "0.5", Decimal("0.5")),
            "boolean": constant("boolean", "true", True)}


def run(driver, program):
    return driver.answer(program.yaml(), program.as_of, [column.text() for column in program.columns], 0, program.row_count())


def first_difference(program, answer):
    """Between machines, or from the oracle; None if there is none."""
    for line in answer.differences:
        name, row, what = re.match(r"(\w+) (-?\d+) (.*)", line).groups()
        return Difference(name, int(row), what)
    expected = program.expected(range(program.row_count()))
    for definition in program.definitions:
        output = answer.outputs.get(definition.name)
        if output is None:
            if definition.kind not in ("text", None):  # None: of a table with several outputs
                return Difference(definition.name, 0, "is no output")
            continue
        for row, (value, cell) in enumerate(zip(expected[definition.name], output.cells)):
            if definition.kind == "percent" and not isinstance(value, Null):
                value = value * 100
            if not agrees(value, cell, output):
                return Difference(definition.name, row, f"the oracle says {value}, the interpreter {cell}")
    return None


# ---- Shrinking ----


def simpler_expressions(part):
    for inner in part.parts:
        if inner.kind == part.kind:
            yield inner
    if part.operation not in ("name", "constant") and part.kind in SIMPLEST:
        yield SIMPLEST[part.kind]
    if part.operation == "in" and len(part.detail) > 1:
        for i in range(len(part.detail)):
            yield Expression(part.kind, "in", part.parts, part.detail[:i] + part.detail[i + 1:])
    for i, inner in enumerate(part.parts):
        for changed in simpler_expressions(inner):
            yield Expression(part.kind, part.operation, (*part.parts[:i], changed, *part.parts[i + 1:]), part.detail)


def simpler_tables(table):
    for i in range(len(table.rows) if len(table.rows) > 1 else 0):
        yield Table(table.kinds, table.hit, table.inputs, table.rows[:i] + table.rows[i + 1:], table.default, table.priorities)
    if table.default:
        yield Table(table.kinds, table.hit, table.inputs, table.rows, None, table.priorities)
    for i in range(len(table.inputs) if len(table.inputs) > 1 else 0):
        rows = [(tests[:i] + tests[i + 1:], out) for tests, out in table.rows]
        yield Table(table.kinds, table.hit, table.inputs[:i] + table.inputs[i + 1:], rows, table.default, table.priorities)


def simpler_programs(program):
    for column in program.columns:
        others = [other for other in program.columns if other is not column]
        yield Program(program.as_of, program.facts, program.parameters, program.definitions, others)
    for i, definition in enumerate(program.definitions):
        changes = [Definition(definition.name, definition.kind, table=table) for table in simpler_tables(definition.table)] if definition.table else []
        if definition.rounding:
            changes.append(Definition(definition.name, definition.kind, definition.expression))
        if definition.expression:
            changes += [Definition(definition.name, definition.kind, part, definition.rounding) for part in simpler_expressions(definition.expression)]
        for changed in changes:
            definitions = program.definitions[:i] + [changed] + program.definitions[i + 1:]
            yield Program(program.as_of, program.facts, program.parameters, definitions, program.columns)


def shrink(driver, program, difference):
    """The smallest program found that still differs somehow, and how."""
    runs = 0

    def differs(candidate):
        nonlocal runs
        runs += 1
        answer = run(driver, candidate)
        return None if answer.findings else first_difference(candidate, answer)

    one_row = [column.only(max(difference.row, 0)) for column in program.columns]
    for candidate in (program.pruned(difference.definition), Program(program.as_of, program.facts, program.parameters, program.definitions, one_row)):
        found = differs(candidate)
        if found:
            program, difference = candidate, found
    progresses = True
    while progresses and runs < MOST_SHRINKING_RUNS:
        progresses = False
        for candidate in simpler_programs(program.pruned(difference.definition)):
            found = differs(candidate) if runs < MOST_SHRINKING_RUNS else None
            if found:
                program, difference, progresses = candidate.pruned(found.definition), found, True
                break
    return program, difference


def show(seed, program, difference):
    print(f"FAILED seed {seed}: {difference.definition}, row {difference.row}: {difference.what}")
    print(program.yaml())
    print("as of", program.as_of, "with the row", program.row(max(difference.row, 0)))
    for column in program.columns:
        print(column.text() if len(column.cells) < 20 else f"column {column.fact.name}: {len(column.cells)} cells")


# ---- All ----


def operations_there_are():
    text = (ROOT / "src" / "compile" / "operation_table.h").read_text(encoding="utf-8")
    return re.findall(r'X\([A-Z_]+, "([^"]+)"', text)


def main():
    parser = argparse.ArgumentParser()
    for name, default in (("seed", 0), ("programs", 100), ("rows", 120), ("definitions", 25)):
        parser.add_argument("--" + name, type=int, default=default)
    options = parser.parse_args()
    driver, operations = Driver(), collections.Counter()
    failures = refused = outputs = typed = cells = 0
    for seed in range(options.seed, options.seed + options.programs):
        program = make_program(seed, options.definitions, options.rows)
        answer = run(driver, program)
        if answer.findings:
            refused += 1
            if " in month" not in answer.findings and " in day" not in answer.findings:  # units are not among what is tried here
                failures += 1
                print(f"FAILED seed {seed}: the pack is refused\n{answer.findings}")
            continue
        operations.update(answer.operations)
        outputs += len(answer.outputs)
        typed += sum(output.is_typed for output in answer.outputs.values())
        cells += sum(len(output.cells) for output in answer.outputs.values())
        difference = first_difference(program, answer)
        if difference:
            failures += 1
            show(seed, *shrink(driver, program, difference))
    driver.close()
    print(f"{options.programs} programs, {refused} refused; {outputs} outputs, {typed} of them typed; {cells} cells")
    print(", ".join(f"{name}: {count}" for name, count in operations.most_common()))
    used = {name.partition(" by the mode")[0] for name in operations}
    modes = {name.partition(" by the mode ")[2] for name in operations} - {""}
    checks = {
        "no difference": not failures,
        "packs are read": refused * 20 <= options.programs,
        "outputs are typed": typed * 2 > outputs > 0,
        "each operation was used": not set(operations_there_are()) - used - ONLY_IN_RULES,
        "each way to round was used": len(modes) == 7,
    }
    for what, is_good in checks.items():
        if not is_good:
            print(f"FAILED {what}", sorted(set(operations_there_are()) - used) if "operation" in what else "")
    passed = sum(checks.values())
    print(f"{passed} passed, {len(checks) - passed} failed")
    return 0 if passed == len(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
