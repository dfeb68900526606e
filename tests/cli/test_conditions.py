#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Conditions that always or never hold: random ones over facts with few values, held to trying every value. What is warned of
is so for every case, at the place that the warning names; and what is so for every value of its one fact is warned of."""
import datetime
import itertools
import random
import re

from command_test import expect, main, run, write

DAYS = [datetime.date(2024, 1, day) for day in range(1, 9)]
DOMAINS = {"x.n": list(range(0, 8)), "x.s": ["a", "b", "c"], "x.t": [True, False], "x.d": DAYS, "x.e": [None, 0, 1, 2, 3]}
FACTS = """\
facts:
  x:
    n: {type: integer, range: "[0..7]"}
    s: {type: enum, values: [a, b, c]}
    t: {type: boolean}
    d: {type: date, range: "[2024-01-01..2024-01-08]"}
    e: {type: integer, range: "[0..3]", nullable: true}
"""
COMPARE = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
           "=": lambda a, b: a == b, "!=": lambda a, b: a != b}


class Condition:
    """A text with its parts, where they stand in it, and what it is of a case: True, False or None."""

    def __init__(self, text, value, names, parts=()):
        self.text, self.value, self.names, self.parts = text, value, frozenset(names), parts


def literal(value):
    return f'date("{value}")' if isinstance(value, datetime.date) else f'"{value}"' if isinstance(value, str) else str(value)


def compared(name, sign, constant):
    def value(case):
        return None if case[name] is None and sign not in ("=", "!=") else COMPARE[sign](case[name], constant)
    return Condition(f"{name} {sign} {literal(constant)}", value, [name])


def atom(chance, name):
    if name == "x.t":
        return Condition("x.t", lambda case: case["x.t"], ["x.t"])
    values = [value for value in DOMAINS[name] if value is not None]
    if name == "x.s":
        if chance.random() < 0.4:
            chosen = chance.sample(values, chance.randint(1, 3))
            return Condition(f"x.s in ({', '.join(map(literal, chosen))})", lambda case: case["x.s"] in chosen, [name])
        return compared(name, chance.choice(["=", "!="]), chance.choice(values))
    step = datetime.timedelta(days=1) if name == "x.d" else 1
    wide = [values[0] - step, *values, values[-1] + step]
    if chance.random() < 0.35:
        low, high, left, right = *(chance.choice(wide) for _ in range(2)), chance.choice("[("), chance.choice("])")
        def inside(case):
            one = case[name]
            return None if one is None else (one > low or (left == "[" and one == low)) and (one < high or (right == "]" and one == high))
        return Condition(f"{name} in {left}{literal(low)}..{literal(high)}{right}", inside, [name])
    return compared(name, chance.choice(list(COMPARE)), chance.choice(wide))


def joined(sign, left, right):
    def value(case):
        both = [left.value(case), right.value(case)]
        decides = sign == "or"
        return decides if decides in both else None if None in both else not decides
    return Condition(f"({left.text}) {sign} ({right.text})", value, left.names | right.names,
                     ((1, left), (len(left.text) + len(sign) + 5, right)))


def negated(part):
    def value(case):
        one = part.value(case)
        return None if one is None else not one
    return Condition(f"not({part.text})", value, part.names, ((4, part),))


def condition(chance, names, depth):
    if depth == 0 or chance.random() < 0.25:
        return atom(chance, chance.choice(names))
    if chance.random() < 0.2:
        return negated(condition(chance, names, depth - 1))
    return joined(chance.choice(["and", "or"]), condition(chance, names, depth - 1), condition(chance, names, depth - 1))


def outcomes(one):
    names = sorted(one.names)
    return {one.value(dict(zip(names, values))) for values in itertools.product(*(DOMAINS[name] for name in names))}


def part_at(one, column, offset=0):
    """The parts that may begin at a column: a finding points behind or before the brackets that a part begins with."""
    brackets = len(one.text) - len(one.text.lstrip("("))
    found = [one] if offset - 1 <= column <= offset + brackets else []
    for place, part in one.parts:
        found += part_at(part, column, offset + place)
    return found


def check(folder, conditions):
    rows = [f"  d{i}: {{formula: '{one.text}'}}" for i, one in enumerate(conditions)]
    text = "tuoyu: 1\nid: cn.c\ntitle: t\nin_force: 2024-01-01..\n" + FACTS + "definitions:\n" + "\n".join(rows) + "\n"
    write(folder, {"c.yaml": text})
    found = {}
    first = text[:text.index("definitions:")].count("\n") + 2
    for line, column, word in re.findall(r"c\.yaml:(\d+):(\d+): warning: this (always|never) holds", run("check", "c.yaml", folder=folder).err):
        index = int(line) - first
        found.setdefault(index, []).append((int(column) - 1 - len(f"  d{index}: {{formula: '"), word))
    return found


def test_what_is_warned_of_is_so(folder):
    told = 0
    for seed in range(12):
        chance = random.Random(seed)
        conditions = [condition(chance, chance.sample(list(DOMAINS), chance.randint(1, 3)), chance.randint(0, 3)) for _ in range(8)]
        for index, warnings in check(folder, conditions).items():
            for column, word in warnings:
                told += 1
                parts = part_at(conditions[index], column)
                assert any((outcomes(part) <= {True}) if word == "always" else True not in outcomes(part) for part in parts), (
                    conditions[index].text, column, word, [part.text for part in parts])
    assert told > 20, told


def test_what_is_so_of_one_fact_is_warned_of(folder):
    settled = open_ones = 0
    for seed in range(100, 114):
        chance = random.Random(seed)
        conditions = [condition(chance, [chance.choice(["x.n", "x.s", "x.d", "x.t"])], chance.randint(0, 2)) for _ in range(7)]
        found = check(folder, conditions)
        for index, one in enumerate(conditions):
            if "not(" in one.text:
                continue  # inside not() each part is looked at by itself
            if len(outcomes(one)) == 1:
                settled += 1
                assert index in found, one.text
            else:
                open_ones += 1
    assert settled > 8 and open_ones > 20, (settled, open_ones)


def test_kinds(folder):
    for formula, word in (
            ("x.n > 5 and x.t and x.n < 3", "never"), ("x.n > 5 or x.t or x.n <= 5", "always"), ("x.n > 5 and x.n < 6", "never"),
            ("x.n between 5 and 4", "never"), ("x.n in [5..4]", "never"), ("x.n >= 0", "always"), ("x.n > 7", "never"),
            ('x.s = "a" and x.s = "b"', "never"), ('x.s != "a" or x.s != "b"', "always"), ('x.s in ("a", "b", "c")', "always"),
            ("x.t and not(x.t)", "never"), ("x.n = null", "never"), ("if x.n > 9 then 1 else 2", "never"),
            ('x.d < date("2024-01-05") and x.d > @"2024-01-04"', "never"), ("as_of > @\"2024-05-05\" and as_of < @\"2024-05-06\"", "never"),
            ("max(if x.n < 0 then 1 else 2, 3)", "never"), ("x.n > 5 and x.n < 7", None), ("x.e >= 0", None), ("x.e = null", None),
            ("x.n > 3 or x.t", None), ("as_of > @\"2024-05-05\"", None), ("x.n * 2 > 20", None), ("x.n > 3 and x.e < 2", None)):
        found = check(folder, [Condition(formula, None, [])])
        assert [said for _, said in found.get(0, [])] == ([word] if word else []), (formula, found)


RULE = """\
tuoyu: 1
id: cn.c
title: t
in_force: 2024-01-01..
{facts}definitions:
  low: {{formula: 'x.n < 3'}}
eligibility:
  r:
    title: t
    {group}:
      - {{id: a, when: {first}, because: b}}
      - {{id: b, when: x.t, because: b}}
      - {{id: c, when: {second}, because: b}}
"""


def test_criteria_are_taken_together(folder):
    for group, first, second, word in (
            ("all", "x.n > 5", "x.n <= 5", "never"), ("all", "low", "x.n > 4", "never"), ("all", "low", "x.n > 2", "never"),
            ("all", "low", "x.n > 1", None), ("any", "x.n > 5", "x.n <= 5", "always"), ("any", "low", "x.n >= 3", "always"),
            ("any", "low", "x.n > 3", None), ("all", "x.s = \"a\"", "x.s = \"b\"", "never"), ("all", "x.t", "not(x.t)", "never")):
        write(folder, {"r.yaml": RULE.format(facts=FACTS, group=group, first=f"'{first}'", second=f"'{second}'")})
        found = expect(run("check", "r.yaml", folder=folder), 0).err
        said = re.findall(r"this (never|always) holds", found)
        assert said == ([word] if word else []), (group, first, second, found)


def test_what_follows_is_not_told_again(folder):
    rows = "\n".join(f"  d{i}: {{formula: 'd{i - 1} and x.t'}}" for i in range(1, 6))
    write(folder, {"f.yaml": "tuoyu: 1\nid: cn.c\ntitle: t\nin_force: 2024-01-01..\n" + FACTS +
                             "definitions:\n  d0: {formula: 'x.n < 3 and x.n > 4'}\n" + rows + "\n"})
    assert run("check", "f.yaml", folder=folder).err.count("never holds") == 1


def test_many_names_that_double_are_bounded(folder):
    rows = "\n".join(f"  d{i}: {{formula: 'd{i - 1} and d{i - 1}'}}" for i in range(1, 60))
    write(folder, {"f.yaml": "tuoyu: 1\nid: cn.c\ntitle: t\nin_force: 2024-01-01..\n" + FACTS +
                             "definitions:\n  d0: {formula: 'x.n < 3'}\n" + rows + "\n"})
    assert "never holds" not in expect(run("check", "f.yaml", folder=folder), 0).err


if __name__ == "__main__":
    main(globals())
