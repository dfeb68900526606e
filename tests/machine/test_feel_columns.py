#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cases of FEEL as columns: each literal of an expression becomes a fact, all of them at once and each by itself, and the
rows hold the literal's value first, then its neighbours, what is outside the fact's range, and nothing. The machines must
agree with the interpreter in every row, the first row with the expression as it was written, and that with the case's own
result, but where it is an error in a pack and null in plain FEEL.

Run over tests/feel/cases, and over the conformance cases where they lie beside the project. How many of the expressions
have a typed form is counted and may not fall."""
import collections
import datetime
import decimal
import json
import re
import sys
import urllib.parse

from column_jobs import ROOT, Driver
from exact_oracle import NONE, day_number, day_text
from program_model import Column, Fact

Decimal = decimal.Decimal
CASES = ROOT / "tests" / "feel" / "cases"
CONFORMANCE = ROOT.parent / "shared" / "feel" / "vectors.jsonl"
ROWS, MOST_LITERALS = 16, 12
AS_OF = day_number(2024, 5, 1)
HEAD = "tuoyu: 1\nid: cn.case\ntitle: case\nin_force: 2020-01-01..\nfacts:\n  x:\n    unused: {type: boolean}\n"

# Typed forms that were there when this was written; there may be more.
LEAST_TYPED = {"cases of the project": 1000, "conformance cases": 280}

# Where a literal says more than its value.
LITERALS_WANTED = (
    "instance of function",  # the type of a function is that of its formula, as far as it is known
)
COERCED = "0082-feel-coercion"  # results are converted to a declared type, which packs do not

TOKEN = re.compile(r"""date\(\s*"(?P<date>\d{4}-\d\d-\d\d)"\s*\) | @"(?P<at_date>\d{4}-\d\d-\d\d)" | @?"(?P<text>(?:[^"\\]|\\.)*)"
    | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*) | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?) | .""", re.X | re.S)

Literal = collections.namedtuple("Literal", "start end kind value")
# result: ("value", kind, value), ("null",), or ("true",): the expression is one that must hold.
Case = collections.namedtuple("Case", "name text result")


# ---- Literals ----


def is_key(rest):
    """Of a context: what follows is a colon."""
    return re.match(r"\s*:", rest)


def literals_of(text):
    found = []
    for token in TOKEN.finditer(text):
        day = token["date"] or token["at_date"]
        if day:
            try:
                datetime.date.fromisoformat(day)
            except ValueError:
                continue
            found.append(Literal(*token.span(), "date", day_number(*map(int, day.split("-")))))
        elif token["number"]:
            value = Decimal(token["number"])
            decimals = max(0, -value.as_tuple().exponent) + 1
            if decimals <= 12 and (value + 4).scaleb(decimals) < 2 ** 63:  # else no column holds it
                found.append(Literal(*token.span(), "number", value))
        elif token["name"] in ("true", "false"):
            found.append(Literal(*token.span(), "boolean", token["name"] == "true"))
        elif token["text"] and token[0][0] != "@" and re.fullmatch(r"[\w -]+", token["text"]) and not is_key(text[token.end():]):
            found.append(Literal(*token.span(), "text", token["text"]))
    return found


def fact_for(name, literal, words):
    """A fact that the literal's value is in the middle of."""
    if literal.kind == "number":
        scale = max(0, -literal.value.as_tuple().exponent)
        return Fact(name, "number", min(scale + 1, 12), literal.value - 3, literal.value + 3)
    if literal.kind == "date":
        return Fact(name, "date", low=literal.value - 40, high=literal.value + 400)
    return Fact(name, literal.kind, values=words)


def column_for(fact, literal, turn):
    """The literal first, then what is near it, begun elsewhere for each fact so that rows mix."""
    if fact.kind == "boolean":
        near, first, scale = [0, 1, None, 1, 0], int(literal.value), 0
    elif fact.kind == "text":
        near, first, scale = [*range(len(fact.values)), None], fact.values.index(literal.value), 0
    elif fact.kind == "date":
        day, first, scale = literal.value, literal.value, 0
        near = [day + 1, day - 1, day, day + 31, day - 31, None, day + 366, day - 41, day + 400, day + 401, day]
    else:
        scale = fact.scale
        first, one = int(literal.value.scaleb(scale)), 10 ** scale
        near = [first + 1, first - 1, first + one, first - one, first, None, first + 5 * one // 10, first - 3 * one, first + 3 * one,
                first + 3 * one + 1, first + 2 * one, first]
    cells = [first] + [near[(turn * 3 + i) % len(near)] for i in range(ROWS - 1)]
    kind, width = {"boolean": ("b", 0), "text": ("c", 4), "date": ("d", 4), "number": ("n", 8)}[fact.kind]
    return Column(fact, kind, width, 0, scale, 0, cells, fact.values)


def job(text, chosen):
    """The pack in which the chosen literals are facts, and their columns."""
    words = sorted({literal.value for literal in literals_of(text) if literal.kind == "text"} | {"another"})
    parts, end, facts, columns = [], 0, [], []
    for i, literal in enumerate(chosen):
        fact = fact_for(f"a{i}", literal, words)
        facts.append(fact)
        columns.append(column_for(fact, literal, i))
        parts += [text[end:literal.start], fact.name]
        end = literal.end
    body = "".join([*parts, text[end:]])
    pack = HEAD + "".join(fact.yaml() for fact in facts) + "definitions:\n  result: " + json.dumps(body, ensure_ascii=False) + "\n"
    return pack, columns


# ---- Cases ----


def project_cases():
    """Those that say that two expressions are equal."""
    for path in sorted(CASES.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            left, arrow, right = line.partition(" => ")
            if not arrow or line.startswith(("#", "pack ", "test ")) or right.startswith(("null", "unknown", "error")):
                continue
            name = f"{path.name}:{number}"
            if right in ("true", "false"):
                yield Case(name, left, ("value", "boolean", right == "true"))
            elif re.fullmatch(r"-?\d+(\.\d+)?", right):
                yield Case(name, left, ("value", "number", Decimal(right)))
            else:
                yield Case(name, f"({left}) = ({right})", ("true",))


def with_inputs(expression, inputs):
    """Inputs written as literals, or None where one is no column."""
    written = {"decimal": str, "boolean": str, "date": lambda day: f'date("{day}")', "string": lambda text: json.dumps(text, ensure_ascii=False)}
    for name in sorted(inputs, key=len, reverse=True):
        if inputs[name]["t"] not in written:
            return None
        expression = expression.replace(name, "(" + written[inputs[name]["t"]](inputs[name]["v"]) + ")")
    return expression


def conformance_cases():
    for line in CONFORMANCE.read_text(encoding="utf-8").splitlines() if CONFORMANCE.exists() else ():
        vector = json.loads(line)
        name, text, expected = vector["group"] + " " + vector["id"], with_inputs(vector["expr"], vector["inputs"]), vector["expected"]
        if text is None or vector["group"] == COERCED:
            continue
        if expected["t"] == "null":
            yield Case(name, text, ("null",))
        elif expected["t"] == "decimal":
            yield Case(name, text, ("value", "number", Decimal(expected["v"])))
        elif expected["t"] == "boolean":
            yield Case(name, text, ("value", "boolean", expected["v"] in (True, "true")))
        elif expected["t"] == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", expected["v"]):
            yield Case(name, text, ("value", "date", day_number(*map(int, expected["v"].split("-")))))
        elif expected["t"] == "string":
            yield Case(name, f"({text}) = {json.dumps(expected['v'], ensure_ascii=False)}", ("true",))


# ---- Running ----


def is_result(cell, output, result):
    if cell == "!":
        return True
    if result[0] == "null":
        return cell == "~"
    if result[0] == "true":
        return cell == "t"
    if cell in "~?":
        return False
    kind, value = result[1:]
    if kind == "boolean":
        return cell == ("t" if value else "f")
    if kind == "date":
        return output.type == "d" and int(cell) == value
    # The conformance cases give fewer digits than 34.
    return output.type in "nx" and (Decimal(cell) == value or abs(Decimal(cell) - value) < Decimal("1e-8"))


class Counts:
    def __init__(self):
        self.expressions = self.refused = self.run = self.typed = self.errors = self.failed = 0

    def fail(self, case, pack, what):
        self.failed += 1
        print(f"FAILED {case.name}: {what}\n{pack}")


def is_beyond(output, written):
    """A number with more decimals than its typed column has: an error of its row, as slot_columns.h says."""
    is_number = re.fullmatch(r"-?[\d.]+(E-?\d+)?", written)
    return output.cells[0] == "!" and output.is_typed and is_number and -Decimal(written).as_tuple().exponent > output.scale


def same_cell(left, right):
    """Numbers of columns of different scales are compared as numbers."""
    is_number = re.compile(r"-?[\d.]+(e-?\d+)?")
    if is_number.fullmatch(left) and is_number.fullmatch(right):
        return Decimal(left) == Decimal(right)
    return left == right


def run_as_written(driver, case, counts):
    """The cell of the expression as it is; None where it is refused or no column."""
    pack, _ = job(case.text, [])
    answer = driver.answer(pack, AS_OF, [], 0, 1)
    output = answer.outputs.get("result")
    if answer.findings or output is None:
        return None
    cell = output.cells[0]
    if answer.differences:
        counts.fail(case, pack, answer.differences[0])
    if not is_result(cell, output, case.result):
        counts.fail(case, pack, f"it is {cell}, not {case.result}")
    counts.errors += cell == "!" and case.result[0] != "null"
    return cell


def run_case(driver, case, counts):
    literals = literals_of(case.text)[:MOST_LITERALS]
    variants = [literals] + [[literal] for literal in literals if len(literals) > 1]
    if not literals or any(word in case.text for word in LITERALS_WANTED):
        return
    written = run_as_written(driver, case, counts)
    for chosen in variants:
        counts.expressions += 1
        pack, columns = job(case.text, chosen)
        answer = driver.answer(pack, AS_OF, [column.text() for column in columns], 0, ROWS)
        output = answer.outputs.get("result")
        if answer.findings or output is None:  # a literal is wanted there, or the result is no column
            counts.refused += 1
            continue
        counts.run += 1
        counts.typed += output.is_typed and "fact" in answer.operations
        if answer.differences:
            counts.fail(case, pack, answer.differences[0])
        if written is not None and not same_cell(output.cells[0], written) and not is_beyond(output, written):
            counts.fail(case, pack, f"the first row is {output.cells[0]}, as written it is {written}")


def main():
    passed = failed = 0
    driver = Driver()
    for label, cases in (("cases of the project", project_cases()), ("conformance cases", conformance_cases())):
        if label == "conformance cases" and not CONFORMANCE.exists():
            print("the conformance cases are not here")
            continue
        counts = Counts()
        for case in cases:
            run_case(driver, case, counts)
        print(f"{label}: {counts.expressions} expressions with facts for literals, {counts.refused} refused or no column, "
              f"{counts.run} run, {counts.typed} of them typed; {counts.errors} are errors in a pack only")
        if counts.typed < LEAST_TYPED[label]:
            counts.failed += 1
            print(f"FAILED {label}: only {counts.typed} are typed")
        passed += counts.run
        failed += counts.failed
    driver.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
