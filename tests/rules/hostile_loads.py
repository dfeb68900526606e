# SPDX-License-Identifier: Apache-2.0
"""Packs that are built to make a load slow or large, each grown until it meets a default limit: a mebibyte of text, or
100 000 YAML nodes.

LOADS is a list of (family, name, function); a function gives the texts of the packs that are loaded together. As a program
it writes the loads to the standard output, or those whose `family/name` begins with one of its arguments, for
hostile_driver.c to read: a line `family/name count`, then for each text a line with its length in bytes, and the text.
"""
import datetime
import itertools
import re
import sys

TEXT_BYTES = 1024 * 1024
NODES = 100_000
SCALAR_BYTES = 64 * 1024

LOADS = []


def load(family):
    """Adds a function to the list, named as it is called."""
    def add(function):
        LOADS.append((family, function.__name__.removeprefix(family + "_"), function))
        return function
    return add


def head(identifier="x.y", period="2024-01-01..", uses=None):
    lines = ["tuoyu: 1", f"id: {identifier}", "title: T", f"in_force: {period}"]
    if uses:
        lines.append("uses: [" + ", ".join(uses) + "]")
    return "\n".join(lines) + "\n"


QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def nodes_of(text):
    """No fewer than the YAML nodes of a text, and hardly more."""
    text = QUOTED.sub("q", text)
    return sum(text.count(sign) for sign in (",", "\n", ": ", "[", "{"))


def fill(before, part, after="", most=None):
    """before, then part(0), part(1), … while text and nodes stay within the limits, then after."""
    pieces, size = [before], len(before.encode()) + len(after.encode())
    used = nodes_of(before) + nodes_of(after)
    for i in itertools.count():
        text = part(i)
        used += nodes_of(text)
        size += len(text.encode())
        if size > TEXT_BYTES or used > NODES - 50 or (most is not None and i >= most):
            break
        pieces.append(text)
    pieces.append(after)
    return "".join(pieces)


def pack(sections, part, after="", most=None):
    return [fill(head() + sections, part, after, most=most)]


def names(prefix, count):
    return ", ".join(f"{prefix}{i}" for i in range(count))


def day(number):
    return (datetime.date(1900, 1, 1) + datetime.timedelta(days=number)).isoformat()


NAME = "n" * 60_000  # within the limit of one scalar; as a key it needs the explicit form `? key`
KEY = "n" * 1_000    # the longest that YAML takes before a colon
CITED = "sources:\n  s: {title: T}\n"
CHILD = "facts:\n  c:\n    n: {type: integer}\n    m: {type: integer}\n    d: {type: date}\n    b: {type: boolean}\n    t: {type: string}\n"


def enum(count):
    return f"facts:\n  e:\n    k: {{type: enum, values: [{names('v', count)}]}}\n"


# ---- Many values ----

@load("values")
def values_of_an_enum():
    return pack("facts:\n  e:\n    k:\n      type: enum\n      values: [v", lambda i: f", v{i}", "]\n")


@load("values")
def values_with_labels():
    return pack("facts:\n  e:\n    k:\n      type: enum\n      values:\n", lambda i: f"        v{i}: l\n")


@load("values")
def values_looked_up_by_tables():
    row = "rows: [{when: ['not(\"v1\")'], then: [1]}, {when: ['-'], then: [2]}]"
    return pack(enum(40_000) + "tables:\n", lambda i: f"  t{i}: {{hit: F, inputs: [e.k], outputs: [o], {row}}}\n", most=1200)


@load("values")
def values_looked_up_by_definitions():
    return pack(enum(40_000) + "definitions:\n", lambda i: f"  d{i}: e.k = \"v39999\"\n")


@load("values")
def values_that_are_none():
    return pack(enum(40_000) + "definitions:\n", lambda i: f"  d{i}: e.k = \"w{i}\"\n")


@load("values")
def values_of_two_enums():
    two = enum(30_000) + f"    l: {{type: enum, values: [{names('w', 30_000)}]}}\ndefinitions:\n"
    return pack(two, lambda i: f"  d{i}: e.k = e.l\n")


@load("values")
def values_in_criteria():
    rule = "eligibility:\n  r:\n    title: T\n    all:\n"
    return pack(enum(40_000) + rule, lambda i: f"      - {{id: c{i}, when: 'e.k in (\"v{i}\", \"v39999\")'}}\n")


@load("values")
def values_in_cells():
    rule = "pricing:\n"
    return pack(enum(40_000) + rule, lambda i: f"  p{i}: {{title: T, unit: CNY, amount: 'if e.k = \"v{i}\" then 1 else 2'}}\n")


@load("values")
def values_of_an_output():
    table = f"tables:\n  t:\n    inputs: [as_of]\n    hit: F\n    outputs: [{{name: o, values: [{names('v', 30_000)}]}}]\n    rows:\n"
    return pack(table, lambda i: "      - {when: ['-'], then: [v29999]}\n")


@load("values")
def values_that_no_output_has():
    table = f"tables:\n  t:\n    inputs: [as_of]\n    hit: F\n    outputs: [{{name: o, values: [{names('value_', 30_000)}]}}]\n    rows:\n"
    return pack(table, lambda i: f"      - {{when: ['-'], then: [value_x{i}]}}\n")


@load("values")
def values_of_a_parameter():
    return pack("parameters:\n  p:\n    cite: s\n    standing: cited\n    values:\n",
                lambda i: f"      {day(i)}: {{value: 1}}\n", CITED)


@load("values")
def values_in_one_cell():
    cell = ", ".join(f'"v{i}"' for i in range(6500))
    return pack(enum(20_000) + "tables:\n", lambda i: f"  t{i}: {{hit: F, inputs: [e.k], outputs: [o], rows: [{{when: ['{cell}'], then: [1]}}]}}\n")


# ---- Many tables ----

def tables(part, sections=CHILD):
    return pack(sections + "tables:\n", part)


@load("tables")
def tables_of_two_rows():
    return tables(lambda i: f"  t{i}: {{inputs: [c.n], outputs: [o], rows: [{{when: ['<1'], then: [1]}}, {{when: ['>=1'], then: [2]}}]}}\n")


@load("tables")
def tables_of_one_row():
    return tables(lambda i: f"  t{i}: {{inputs: [c.n], outputs: [o], rows: [{{when: '-', then: 1}}]}}\n")


@load("tables")
def tables_of_dates():
    rows = ", ".join(f"{{when: ['[date(\"20{i:02}-01-01\")..date(\"20{i + 1:02}-01-01\"))'], then: [{i}]}}" for i in range(20))
    return tables(lambda i: f"  t{i}: {{inputs: [c.d], outputs: [o], rows: [{rows}]}}\n")


@load("tables")
def tables_that_ordinary_packs_have():
    rows = ", ".join(f"{{when: ['[{a}..{a + 1})', '[{b}..{b + 1})', '-'], then: [{a}]}}" for a in range(10) for b in range(10))
    return tables(lambda i: f"  t{i}: {{inputs: [c.n, c.m, c.b], outputs: [o], rows: [{rows}]}}\n")


@load("tables")
def tables_with_many_inputs():
    inputs, cells = ", ".join(["c.n"] * 60), ", ".join(["<1"] * 60)
    return tables(lambda i: f"  t{i}: {{inputs: [{inputs}], outputs: [o], rows: [{{when: [{cells}], then: [1]}}]}}\n")


@load("tables")
def tables_with_many_outputs():
    outputs, cells = names("o", 200), ", ".join(["1"] * 200)
    return tables(lambda i: f"  t{i}: {{inputs: [c.n], outputs: [{outputs}], rows: [{{when: '-', then: [{cells}]}}]}}\n")


@load("tables")
def tables_that_read_each_other():
    return tables(lambda i: f"  t{i}: {{hit: F, inputs: [{'c.n' if i % 60 == 0 else f't{i - 1}'}], outputs: [o], rows: [{{when: '<1', then: 1}}, {{when: '-', then: 2}}]}}\n")


@load("tables")
def tables_over_many_facts():
    facts = CHILD + "".join(f"    f{i}: {{type: integer}}\n" for i in range(5_000))
    return tables(lambda i: f"  t{i}: {{inputs: [c.f{i % 5000} + c.f{(i + 7) % 5000}, c.n], outputs: [o], rows: [{{when: ['<1', '-'], then: [1]}}]}}\n", facts)


@load("tables")
def tables_over_definitions_that_are_read_thrice():
    definitions = "definitions:\n  d0: c.n\n" + "".join(f"  d{i}: d{i - 1} * d{i - 1} * d{i - 1}\n" for i in range(1, 20))
    return tables(lambda i: f"  t{i}: {{inputs: [d19], outputs: [o], rows: [{{when: '<1', then: 1}}, {{when: '>3', then: 2}}]}}\n",
                  CHILD + definitions)


@load("tables")
def tables_with_gaps():
    return tables(lambda i: f"  t{i}: {{inputs: [c.n, c.m, c.b], outputs: [o], rows: [{{when: ['<1', '>3', 'true'], then: [1]}}, {{when: ['>=1', '-', '-'], then: [2]}}]}}\n")


@load("tables")
def tables_called_like_entities():
    facts = "facts:\n" + "".join(f"  t{i}: {{f: {{type: date}}}}\n" for i in range(6_000))
    return tables(lambda i: f"  t{i}: {{inputs: [as_of], outputs: [o], rows: [{{when: '-', then: 1}}]}}\n", facts)


# ---- Many rows ----

def rows(inputs, part, hit="U", outputs="[o]", sections=CHILD):
    table = f"tables:\n  t:\n    hit: {hit}\n    inputs: {inputs}\n    outputs: {outputs}\n    rows:\n"
    return pack(sections + table, part)


@load("rows")
def rows_of_intervals():
    return rows("[c.n]", lambda i: f"      - {{when: '[{i}..{i + 1})', then: {i}}}\n")


@load("rows")
def rows_that_all_overlap():
    return rows("[c.n]", lambda i: f"      - {{when: '< {i}', then: {i}}}\n")


@load("rows")
def rows_that_all_agree():
    return rows("[c.n]", lambda i: f"      - {{when: '< {i}', then: 1}}\n", hit="A")


@load("rows")
def rows_that_never_decide():
    return rows("[c.n]", lambda i: f"      - {{when: '> {i}', then: {i}}}\n", hit="F")


@load("rows")
def rows_by_priority():
    return rows("[c.n]", lambda i: f"      - {{when: '> {i}', then: {'ab'[i % 2]}}}\n", hit="P", outputs="[{name: o, values: [a, b]}]")


@load("rows")
def rows_of_texts():
    return rows("[c.t]", lambda i: f"      - {{when: '\"text number {i}\"', then: {i}}}\n")


@load("rows")
def rows_of_days():
    return rows("[c.d]", lambda i: f"      - {{when: '[date(\"{day(i)}\")..date(\"{day(i + 1)}\"))', then: {i}}}\n")


@load("rows")
def rows_of_a_grid():
    return rows("[c.n, c.m]", lambda i: f"      - {{when: ['[{i % 90}..{i % 90 + 1})', '[{i // 90}..{i // 90 + 1})'], then: {i}}}\n")


@load("rows")
def rows_of_a_cube_with_holes():
    return rows("[c.n, c.m, c.n + c.m]", lambda i: f"      - {{when: ['not({i})', 'not({i + 1}, {i + 2})', '> {i}'], then: {i}}}\n", hit="F")


@load("rows")
def rows_of_formulas():
    return rows("[c.n]", lambda i: f"      - {{when: '? * {i} > c.m', then: 'c.m * {i}'}}\n", hit="F")


@load("rows")
def rows_with_numbers_of_great_exponents():
    return rows("[c.n]", lambda i: f"      - {{when: 'modulo(1e6144, {i + 3})', then: {i}}}\n", hit="F")


@load("rows")
def rows_with_loops_in_their_cells():
    return rows("[c.n]", lambda i: f"      - {{when: 'count(split(\"{'a,' * 30}\", \",\")) + {i}', then: {i}}}\n", hit="F")


@load("rows")
def rows_each_with_its_law():
    sections = "sources:\n" + "".join(f"  s{i}: {{title: The law number {i}}}\n" for i in range(6_000)) + CHILD
    return rows("[c.n]", lambda i: f"      - {{when: '{i}', then: {i}, cite: s{5999 - i % 6000} clause}}\n", hit="F", sections=sections)


# ---- Long names ----

@load("names")
def names_of_an_entity():
    return pack(f"facts:\n  ? {NAME}\n  :\n", lambda i: f"    f{i}: {{type: date}}\n")


@load("names")
def names_of_an_entity_within_a_line():
    return pack(f"facts:\n  {KEY}:\n", lambda i: f"    f{i}: {{type: date}}\n")


@load("names")
def names_of_an_entity_that_are_allowed():
    return pack(f"facts:\n  {KEY[:240]}:\n", lambda i: f"    f{i}: {{type: date}}\n")


@load("names")
def names_of_entities():
    return pack("facts:\n", lambda i: f"  {KEY}{i}: {{f: {{type: date}}}}\n")


@load("names")
def names_of_a_pack():
    long = ".".join(["n" * 60] * 900)
    return [fill(head(long) + "parameters:\n", lambda i: f"  p{i}: {{unset: T}}\n")]


@load("names")
def names_of_a_pack_that_are_allowed():
    return [fill(head("n" * 250) + "parameters:\n", lambda i: f"  p{i}: {{unset: T}}\n")]


@load("names")
def names_of_definitions():
    return pack("definitions:\n", lambda i: f"  {KEY[:240]}{i}: {KEY[:240]}{i - 1 if i % 60 else i + 1}\n")


@load("names")
def names_of_definitions_that_are_read():
    return pack(f"definitions:\n  {KEY[:250]}: 1\n", lambda i: f"  d{i}: {KEY[:250]} + {KEY[:250]}\n")


@load("names")
def names_of_a_source():
    return pack(f"sources:\n  s: {{title: {'长' * 20_000}}}\nparameters:\n",
                lambda i: f"  p{i}: {{cite: s c{i}, standing: cited, values: {{2024-01-01: {{value: 1}}}}}}\n")


@load("names")
def names_of_a_rule():
    return pack(f"eligibility:\n  {KEY[:250]}:\n    title: T\n    all:\n", lambda i: f"      - {{id: c{i}, when: true}}\n")


@load("names")
def names_of_steps():
    return pack("pricing:\n  p:\n    title: T\n    unit: CNY\n    steps:\n", lambda i: f"      - {{id: {KEY[:240]}{i}, formula: 1}}\n")


@load("names")
def names_of_values():
    return pack("facts:\n  e:\n    k:\n      type: enum\n      values:\n", lambda i: f"        - {NAME}{i}\n",
                "definitions:\n" + "".join(f"  d{i}: e.k = \"{i}\"\n" for i in range(5000)))


@load("names")
def names_of_a_unit():
    return pack("facts:\n  c:\n", lambda i: f"    f{i}: {{type: integer, unit: {KEY[:250]}/{KEY[:250]}}}\n",
                "definitions:\n" + "".join(f"  d{i}: c.f{i} + 1 / c.f{i}\n" for i in range(500)))


@load("names")
def names_with_many_words():
    words = " ".join(["word"] * 10_000)
    return pack("definitions:\n", lambda i: f"  d{i}: {words} + 1\n")


@load("names")
def names_with_many_dots():
    path = "c" + ".a" * 30_000
    return pack(CHILD + "definitions:\n", lambda i: f"  d{i}: {path}\n")


# ---- Deep ----

@load("deep")
def deep_brackets():
    return [head() + "note: " + "[" * (TEXT_BYTES - 100)]


@load("deep")
def deep_braces():
    return [head() + "note: " + "{a: " * (TEXT_BYTES // 4 - 100)]


@load("deep")
def deep_items():
    return [head() + "note:\n" + "- " * (TEXT_BYTES // 2 - 100)]


@load("deep")
def deep_keys():
    text, i = head(), 0
    while len(text) + i + 4 < TEXT_BYTES and i < 1400:
        text += " " * i + "a:\n"
        i += 1
    return [text]


@load("deep")
def deep_parentheses():
    expression = "(" * 60 + "1" + ")" * 60
    return pack("definitions:\n", lambda i: f"  d{i}: '{expression}'\n")


@load("deep")
def deep_lists():
    expression = "[" * 60 + "1" + "]" * 60
    return pack("definitions:\n", lambda i: f"  d{i}: '{expression}'\n")


@load("deep")
def deep_conditions():
    expression = "if c.b then 1 else " * 240 + "2"
    return pack(CHILD + "definitions:\n", lambda i: f"  d{i}: '{expression}'\n")


@load("deep")
def deep_definitions():
    return pack("definitions:\n", lambda i: f"  d{i}: {'1' if i % 60 == 0 else f'd{i - 1} + d{i - 1}'}\n")


@load("deep")
def deep_definitions_without_end():
    return pack("definitions:\n", lambda i: f"  d{i}: d{i + 1}\n")


@load("deep")
def deep_groups_of_criteria():
    return pack("eligibility:\n", lambda i: f"  r{i}: {{title: T, all: [{{id: a, any: [{{id: b, all: [{{id: c, any: [{{id: d, all: [{{id: e, when: true}}]}}]}}]}}]}}]}}\n")


@load("deep")
def deep_filters():
    expression = "[1]" + "[item > 0]" * 60
    return pack("definitions:\n", lambda i: f"  d{i}: '{expression}'\n")


# ---- Wide ----

@load("wide")
def wide_facts():
    return pack("facts:\n  c:\n", lambda i: f"    f{i}: {{type: date}}\n")


@load("wide")
def wide_parameters():
    return pack(CITED + "parameters:\n", lambda i: f"  p{i}: {{cite: s, standing: cited, values: {{2024-01-01: {{value: 1}}}}}}\n")


@load("wide")
def wide_definitions():
    return pack("definitions:\n", lambda i: f"  d{i}: 1\n")


@load("wide")
def wide_contexts():
    context = "{" + ", ".join(f"a{i}: {i}" for i in range(4_000)) + "}"
    return pack(f"definitions:\n  d: '{context}'\n", lambda i: f"  e{i}: d.a3999\n")


@load("wide")
def wide_lists():
    numbers = "[" + ", ".join(str(i) for i in range(9_000)) + "]"
    return pack("definitions:\n", lambda i: f"  d{i}: 'sum({numbers})'\n")


@load("wide")
def wide_lists_of_texts():
    texts = "[" + ", ".join(f'"{i}"' for i in range(7_000)) + "]"
    return pack("definitions:\n", lambda i: f"  d{i}: 'count({texts})'\n")


@load("wide")
def wide_criteria():
    return pack("eligibility:\n  r:\n    title: T\n    any:\n", lambda i: f"      - {{id: c{i}, when: true}}\n")


@load("wide")
def wide_scorecards():
    return pack("eligibility:\n  r:\n    title: T\n    all: [{id: c, when: score > 1}]\n    score:\n      items:\n",
                lambda i: f"        - {{id: s{i}, points: 1}}\n")


@load("wide")
def wide_checklists():
    return pack(CHILD + "eligibility:\n  r:\n    title: T\n    all: [{id: c, when: all_done}]\n    checklist:\n",
                lambda i: f"      - {{id: p{i}, done: c.b, due: c.d}}\n")


@load("wide")
def wide_exceptions():
    return pack("eligibility:\n  r:\n    title: T\n    all: [{id: c, when: true}]\n    except:\n",
                lambda i: f"      - {{id: x{i}, when: false, decision: eligible}}\n")


@load("wide")
def wide_steps():
    return pack("pricing:\n  p:\n    title: T\n    unit: CNY\n    steps:\n", lambda i: f"      - {{id: s{i}, formula: 1}}\n")


@load("wide")
def wide_rules():
    return pack("pricing:\n", lambda i: f"  p{i}: {{title: T, unit: CNY, amount: 1}}\n")


@load("wide")
def wide_splits():
    payers = ", ".join(f"{{id: p{i}, rate: 0.01, at_most: 5}}" for i in range(60))
    return pack("cost_sharing:\n", lambda i: f"  r{i}: {{title: T, unit: CNY, of: 1, payers: [{payers}], residual: f}}\n")


@load("wide")
def wide_subsidies():
    subsidies = ", ".join(f"{{id: s{i}, amount: 1}}" for i in range(24))
    together = ", ".join(f"{{id: k{i}, only_one: [{names('s', 24)}], keep: highest}}" for i in range(24))
    return pack("cost_sharing:\n", lambda i: f"  r{i}: {{title: T, unit: CNY, subsidies: [{subsidies}], combinations: [{together}], payers: [{{id: f, rate: 1}}]}}\n")


@load("wide")
def wide_indicators():
    return pack(CHILD + "indicators:\n", lambda i: f"  i{i}: {{title: T, unit: child, value: {{of: c, count: c.b}}}}\n")


@load("wide")
def wide_waiting_lists():
    keys = ", ".join(f"{{id: k{i}, ascending: c.n}}" for i in range(200))
    return pack(CHILD + "eligibility:\n", lambda i: f"  r{i}: {{title: T, all: [{{id: c, when: c.b}}], admission: [{keys}]}}\n")


@load("wide")
def wide_sources_cited():
    sources = "sources:\n" + "".join(f"  s{i}: {{title: T}}\n" for i in range(8_000))
    return pack(sources + "parameters:\n",
                lambda i: f"  p{i}: {{cite: s{7999 - i % 8000} c, standing: cited, values: {{2024-01-01: {{value: 1}}}}}}\n")


# ---- Many errors ----

@load("errors")
def errors_of_unknown_names():
    return pack("definitions:\n", lambda i: f"  definition_{i}: definitoin_{i}\n")


@load("errors")
def errors_of_unknown_sources():
    return pack("sources:\n" + "".join(f"  source_number_{i}: {{title: T}}\n" for i in range(8_000)) + "parameters:\n",
                lambda i: f"  p{i}: {{cite: sourec_number_{i}, standing: cited, values: {{2024-01-01: {{value: 1}}}}}}\n")


@load("errors")
def errors_of_unknown_keys():
    return pack("", lambda i: f"key_{i}: 1\n")


@load("errors")
def errors_of_unknown_words():
    return pack("facts:\n  c:\n", lambda i: f"    f{i}: {{type: daet}}\n")


@load("errors")
def errors_of_types():
    return pack(CHILD + "definitions:\n", lambda i: f"  d{i}: c.n + c.t\n")


@load("errors")
def errors_of_units():
    facts = "facts:\n  c:\n    a: {type: money, unit: CNY}\n    b: {type: money, unit: CNY/month}\n"
    return pack(facts + "definitions:\n", lambda i: f"  d{i}: {' + '.join(['c.a'] * 50)} + c.b\n")


@load("errors")
def errors_of_names_twice():
    return pack("eligibility:\n  r:\n    title: T\n    all:\n", lambda i: f"      - {{id: c, when: true}}\n")


@load("errors")
def errors_of_keys_twice():
    return pack("definitions:\n", lambda i: "  d: 1\n")


@load("errors")
def errors_of_days():
    return pack("parameters:\n  p:\n    values:\n", lambda i: f"      2024-02-{30 + i}: {{value: 1}}\n")


@load("errors")
def errors_of_rules_in_examples():
    rules = "pricing:\n" + "".join(f"  price_number_{i}: {{title: T, unit: CNY, amount: 1}}\n" for i in range(5_000))
    return pack(rules + "examples:\n", lambda i: f"  - {{name: n{i}, rule: prcie_number_{i}, as_of: 2024-01-01, expect: {{amount: 1}}}}\n")


@load("errors")
def errors_of_overrides():
    return pack("overrides:\n", lambda i: f"  parameter_{i}: {{cite: s, standing: cited, values: {{2024-01-01: {{value: 1}}}}}}\n", CITED)


@load("errors")
def errors_of_anchors():
    return pack("definitions:\n", lambda i: f"  d{i}: &a{i} 1\n")


@load("errors")
def errors_of_none_in_sums():
    return pack(CHILD + "definitions:\n", lambda i: f"  d{i}: 17 + {i}\n")


# ---- Many examples ----

@load("examples")
def examples_of_one_rule():
    return pack("pricing:\n  p: {title: T, unit: CNY, amount: 1}\nexamples:\n",
                lambda i: f"  - {{name: n{i}, rule: p, as_of: 2024-01-01, expect: {{amount: 1}}}}\n")


@load("examples")
def examples_of_many_rules():
    rules = "pricing:\n" + "".join(f"  p{i}: {{title: T, unit: CNY, amount: 1}}\n" for i in range(5_000))
    return pack(rules + "examples:\n", lambda i: f"  - {{name: n{i}, rule: p{4999 - i % 5000}, as_of: 2024-01-01, expect: {{amount: 1}}}}\n")


@load("examples")
def examples_with_many_facts():
    return pack(CHILD + "pricing:\n  p: {title: T, unit: CNY, amount: 1}\nexamples:\n  - name: n\n    rule: p\n    as_of: 2024-01-01\n    expect: {amount: 1}\n    given:\n",
                lambda i: f"      c.f{i}: 1\n")


@load("examples")
def examples_with_the_same_fact():
    return pack(CHILD + "pricing:\n  p: {title: T, unit: CNY, amount: 1}\nexamples:\n  - name: n\n    rule: p\n    as_of: 2024-01-01\n    expect: {amount: 1}\n    given:\n      c: {x: 1}\n",
                lambda i: f"      c{i}: {{f: 1}}\n")


@load("examples")
def examples_with_many_rows():
    return pack(CHILD + "indicators:\n  i: {title: T, unit: child, value: {of: c, count: c.b}}\nexamples:\n  - name: n\n    rule: i\n    as_of: 2024-01-01\n    expect: {value: 1}\n    rows:\n      c:\n",
                lambda i: "        - {b: true}\n")


@load("examples")
def examples_with_many_cases():
    return pack(CHILD + "eligibility:\n  e: {title: T, all: [{id: c, when: c.b}], admission: [{id: k, first: c.b}]}\nexamples:\n  - name: n\n    rule: e\n    as_of: 2024-01-01\n    places: 1\n    expect: {admitted: [a]}\n    cases:\n",
                lambda i: f"      i{i}: {{c.b: true}}\n")


@load("examples")
def examples_that_expect_much():
    return pack("pricing:\n  p: {title: T, unit: CNY, amount: 1}\nexamples:\n  - name: n\n    rule: p\n    as_of: 2024-01-01\n    expect:\n      steps:\n",
                lambda i: f"        s{i}: 1\n")


@load("examples")
def examples_of_one_name():
    return pack("pricing:\n  p: {title: T, unit: CNY, amount: 1}\nexamples:\n",
                lambda i: f"  - {{name: n, rule: p, as_of: 2024-01-01, expect: {{amount: 1}}}}\n")


@load("examples")
def examples_with_long_entities():
    return pack(f"pricing:\n  p: {{title: T, unit: CNY, amount: 1}}\nexamples:\n  - name: n\n    rule: p\n    as_of: 2024-01-01\n    expect: {{amount: 1}}\n    given:\n      ? {NAME}\n      :\n",
                lambda i: f"        f{i}: 1\n")


# ---- Cycles ----

@load("cycles")
def cycles_of_one():
    return pack("definitions:\n", lambda i: f"  d{i}: d{i}\n")


@load("cycles")
def cycles_of_two():
    return pack("definitions:\n", lambda i: f"  d{i}: d{i ^ 1}\n")


@load("cycles")
def cycles_of_sixty():
    return pack("definitions:\n", lambda i: f"  d{i}: d{i + 1 if i % 60 < 59 else i - 59}\n")


@load("cycles")
def cycles_in_long_expressions():
    long = " and ".join(f"d{i}" for i in range(1500))
    return pack("definitions:\n", lambda i: f"  d{i}: {long}\n")


@load("cycles")
def cycles_of_tables():
    return pack("tables:\n", lambda i: f"  t{i}: {{inputs: [t{i ^ 1}], outputs: [o], rows: [{{when: '-', then: t{i}}}]}}\n")


@load("cycles")
def cycles_of_packs():
    return [head(f"x.p{i}", uses=[f"x.p{(i + 1) % 1500}"]) for i in range(1500)]


@load("cycles")
def cycles_of_packs_that_all_use_each_other():
    everyone = [f"x.p{i}" for i in range(250)]
    return [head(name, uses=[other for other in everyone if other != name]) for name in everyone]


@load("cycles")
def cycles_of_packs_with_themselves():
    return [head(f"x.p{i}", uses=[f"x.p{i}"]) for i in range(1500)]


@load("cycles")
def cycles_of_rules():
    return pack("cost_sharing:\n", lambda i: f"  r{i}: {{title: T, unit: CNY, subsidies: [{{id: s, rule: r{i ^ 1}}}], payers: [{{id: f, rule: 1, rate: 1}}]}}\n")


@load("cycles")
def cycles_of_splits():
    return pack("cost_sharing:\n", lambda i: f"  r{i}: {{title: T, unit: CNY, subsidies: [{{id: s, rule: r{i + 1}}}], payers: [{{id: f, rate: 1}}]}}\n")


# ---- Look-alikes ----

@load("alike")
def alike_names():
    return pack("definitions:\n", lambda i: f"  household_income_of_the_family_in_the_year_{i:06}: 1\n",
                "".join(f"  e{i}: household_income_of_the_family_in_the_year_x{i:05}\n" for i in range(300)))


@load("alike")
def alike_facts():
    return pack("definitions:\n" + "".join(f"  d{i}: c.completed_months_of_age_x{i:05}\n" for i in range(300)) + "facts:\n  c:\n",
                lambda i: f"    completed_months_of_age_{i:06}: {{type: date}}\n")


@load("alike")
def alike_values():
    values = ", ".join(f"private_inclusive_{i:05}" for i in range(30_000))
    return pack(f"facts:\n  e:\n    k: {{type: enum, values: [{values}]}}\ndefinitions:\n",
                lambda i: f"  d{i}: e.k = \"private_inclusive_x{i:04}\"\n")


@load("alike")
def alike_characters():
    return pack("definitions:\n", lambda i: f"  d{i}: 'ｍｉｎ（１，{i}）'\n")


@load("alike")
def alike_letters():
    return pack("definitions:\n", lambda i: f"  nаme{i}: name{i}\n")


@load("alike")
def alike_beginnings():
    beginning = "x" * 200
    return pack("definitions:\n", lambda i: f"  {beginning}{i}: {beginning}{i - 1 if i % 60 else 'y'}\n")


@load("alike")
def alike_packs():
    return [head(f"cn.province.city.pack-{i:04}", uses=[f"cn.province.city.pakc-{i:04}"]) for i in range(1500)]


@load("alike")
def alike_rules():
    rules = "pricing:\n" + "".join(f"  price_of_the_month_{i:05}: {{title: T, unit: CNY, amount: 1}}\n" for i in range(6_000))
    return pack(rules + "cost_sharing:\n",
                lambda i: f"  r{i}: {{title: T, unit: CNY, subsidies: [{{id: s, rule: price_of_the_month_x{i:04}}}], payers: [{{id: f, rate: 1}}]}}\n")


@load("alike")
def alike_payers():
    payers = ", ".join(f"{{id: payer_{i:02}, rate: 0.01}}" for i in range(60))
    return pack("cost_sharing:\n", lambda i: f"  r{i}: {{title: T, unit: CNY, of: 1, payers: [{payers}], residual: f, budget: {{of: 1, payer: paeyr_{i % 60:02}, when_short: stop}}}}\n")


@load("alike")
def alike_built_ins():
    return pack("definitions:\n", lambda i: f"  d{i}: 'completed monhts(as_of, as_of, {i})'\n")


# ---- One long line ----

def one_line(sections):
    return ['{"tuoyu": 1, "id": "x.y", "title": "T", "in_force": "2024-01-01..", ' + sections + "}"]


def one_line_of(part, before, after="}}"):
    return [fill('{"tuoyu": 1, "id": "x.y", "title": "T", "in_force": "2024-01-01..", ' + before, part, after)]


@load("line")
def line_of_definitions():
    return one_line_of(lambda i: f'{"," if i else ""}"d{i}": "1"', '"definitions": {')


@load("line")
def line_of_errors():
    return one_line_of(lambda i: f'{"," if i else ""}"d{i}": "u{i}"', '"definitions": {')


@load("line")
def line_of_keys_twice():
    return one_line_of(lambda i: f'{"," if i else ""}"d": "1"', '"definitions": {')


@load("line")
def line_of_chinese():
    return one_line_of(lambda i: f'{"," if i else ""}"月龄{i}": "错误的名称{i}"', '"definitions": {')


@load("line")
def line_of_tables():
    return one_line_of(lambda i: f'{"," if i else ""}"t{i}": {{"inputs": ["as_of"], "outputs": ["o"], "rows": [{{"when": "-", "then": "1"}}, {{"when": "-", "then": "2"}}]}}', '"tables": {')


@load("line")
def line_of_one_text():
    return [head() + "note: " + "a" * (TEXT_BYTES - 200) + "\n"]


@load("line")
def line_of_one_quoted_text():
    return [head() + 'note: "' + "\\u0041" * (TEXT_BYTES // 6 - 200) + '"\n']


@load("line")
def line_of_one_remark():
    return [head() + "#" + "a" * (TEXT_BYTES - 200) + "\n"]


@load("line")
def line_of_one_key():
    return [head() + "k" * (TEXT_BYTES - 200) + ": 1\n"]


@load("line")
def line_of_blanks():
    return [head() + "note: a" + " " * (TEXT_BYTES - 200) + "b\n"]


@load("line")
def line_of_expressions():
    long = " + ".join(["1"] * 200)
    return one_line_of(lambda i: f'{"," if i else ""}"d{i}": "{long} + c"', '"definitions": {')


@load("line")
def line_of_text_lines():
    return [head() + 'note: "' + "a\n  " * (TEXT_BYTES // 4 - 200) + '"\n']


@load("line")
def line_of_surrogates():
    return one_line('"note": "' + "\\ud83d\\ude00" * (60_000 // 12) + '", "authority": "' + "\\ud83d" * 10 + '"')


# ---- Many packs ----

@load("packs")
def packs_that_are_large():
    return [fill(head(f"x.p{i}") + "definitions:\n", lambda j: f"  d{j}: 1\n") for i in range(10)]


@load("packs")
def packs_that_are_small():
    return [head(f"x.p{i}") for i in range(20_000)]


@load("packs")
def packs_in_a_chain():
    return [head(f"x.p{i}", uses=[f"x.p{i + 1}"] if i < 1999 else None) for i in range(2000)]


@load("packs")
def packs_below_one():
    top = fill(head("x.top") + "parameters:\n", lambda j: f"  q{j}: {{unset: T}}\n", most=2000)
    return [top] + [head(f"x.p{i}", uses=["x.top"]) for i in range(1000)]


@load("packs")
def packs_above_one():
    return [head("x.bottom", uses=[f"x.p{i}" for i in range(2000)])] + [head(f"x.p{i}") for i in range(2000)]


@load("packs")
def packs_that_share_facts():
    facts = "facts:\n  c:\n" + "".join(f"    f{i}: {{type: date}}\n" for i in range(200))
    return [head(f"x.p{i}", uses=["x.p0"] if i else None) + facts for i in range(400)]


def version(i, sections=""):
    return head("x.v", f"{day(2 * i)}..{day(2 * i + 1)}") + sections


@load("packs")
def packs_that_are_versions():
    return [version(i) for i in range(3000)] + [head("x.below", uses=["x.v"])]


@load("packs")
def packs_that_are_versions_with_names():
    sections = "parameters:\n" + "".join(f"  p{i}: {{unset: T}}\n" for i in range(100))
    return [version(i, sections) for i in range(400)] + [head("x.below", uses=["x.v"])]


@load("packs")
def packs_that_are_versions_with_rules():
    sections = "pricing:\n" + "".join(f"  p{i}: {{title: T, unit: CNY, amount: 1}}\n" for i in range(50))
    return [version(i, sections) for i in range(300)]


@load("packs")
def packs_that_override_one():
    top = head("x.top", "1900-01-01..") + "parameters:\n  q: {unset: T}\n"
    override = "overrides:\n  q: {values: {1900-01-01: {value: 1, standing: assumed, note: n}}}\n"
    return [top] + [head(f"x.p{i}", f"{day(2 * i)}..{day(2 * i + 1)}", ["x.top"]) + override for i in range(1500)]


@load("packs")
def packs_with_rules_of_one_name():
    rule = "pricing:\n  p: {title: T, unit: CNY, amount: 1}\n"
    return [head(f"x.p{i}", uses=["x.p0"] if i else None) + rule for i in range(1500)]


@load("packs")
def packs_with_names_that_collide():
    sections = "parameters:\n" + "".join(f"  q{i}: {{unset: T}}\n" for i in range(50))
    return [head(f"x.p{i}", uses=["x.p0"] if i else None) + sections for i in range(500)]


@load("packs")
def packs_of_one_id():
    return [head("x.y") for _ in range(3000)]


@load("packs")
def packs_with_examples_of_others():
    examples = "examples:\n" + "".join(f"  - {{name: n{j}, rule: 'x.p0:p0x{j}', as_of: 2024-01-01, expect: {{amount: 1}}}}\n" for j in range(5))
    rules = ["pricing:\n" + "".join(f"  p{i}x{j}: {{title: T, unit: CNY, amount: 1}}\n" for j in range(5)) for i in range(600)]
    return [head(f"x.p{i}", uses=["x.p0"] if i else None) + rules[i] + examples for i in range(600)]


def write(out, family, name, texts):
    encoded = [text.encode() for text in texts]
    out.write(f"{family}/{name} {len(encoded)}\n".encode())
    for text in encoded:
        out.write(f"{len(text)}\n".encode())
        out.write(text)


def main(wanted):
    for family, name, function in LOADS:
        if not wanted or any(f"{family}/{name}".startswith(one) for one in wanted):
            write(sys.stdout.buffer, family, name, function())


if __name__ == "__main__":
    main(sys.argv[1:])
