# SPDX-License-Identifier: Apache-2.0
"""Packs for tests: facts with declared ranges and scales, dated parameters, tables, and definitions that read them and each
other. Each knows its YAML and what its definitions are for a row; nothing here asks the library."""
import decimal
import json

from exact_oracle import ERROR, FIRST_DAY, LAST_DAY, MISSING, NONE, Expression, Null, day_text, round_to

Decimal = decimal.Decimal
OUTPUTS = ("one", "two")  # of tables that have two


class Fact:
    def __init__(self, name, kind, scale=0, low=None, high=None, brackets="[]", nullable=False, values=()):
        self.name, self.kind, self.scale, self.low, self.high = "x." + name, kind, scale, low, high
        self.brackets, self.nullable, self.values = brackets, nullable, values

    def yaml(self):
        keys = {"number": "type: number", "percent": "type: percent", "boolean": "type: boolean", "date": "type: date",
                "text": "type: enum, values: " + json.dumps(list(self.values), ensure_ascii=False)}[self.kind]
        if self.kind in ("number", "percent"):
            keys += f", scale: {self.scale}"
        show = day_text if self.kind == "date" else str
        if self.low is not None or self.high is not None:
            low, high = ("" if end is None else show(end) for end in (self.low, self.high))
            keys += f', range: "{self.brackets[0]}{low}..{high}{self.brackets[1]}"'
        return f"    {self.name[2:]}: {{{keys}{', nullable: true' if self.nullable else ''}}}\n"

    def holds(self, value):
        if self.low is not None and (value < self.low or (value == self.low and self.brackets[0] != "[")):
            return False
        return self.high is None or value < self.high or (value == self.high and self.brackets[1] == "]")


class Column:
    """type: as the driver has it. cells: integers, None (missing) or NONE. words: of texts."""

    def __init__(self, fact, kind, width, is_unsigned, scale, offset, cells, words=()):
        self.fact, self.kind, self.width, self.is_unsigned = fact, kind, width, is_unsigned
        self.scale, self.offset, self.cells, self.words = scale, offset, cells, words

    def text(self):
        cells = ["." if cell is None else "~" if cell is NONE else str(cell) for cell in self.cells]
        head = f"column {self.fact.name} {self.kind} {self.width} {self.is_unsigned} {self.scale} {self.offset} "
        head += f"{len(self.cells) - self.offset} {len(self.words)}"
        return "\n".join([head, " ".join(cells), *self.words]) + "\n"

    def value(self, row):
        cell, fact = self.cells[self.offset + row], self.fact
        if cell is None:
            return MISSING
        if cell is NONE:
            return NONE if fact.nullable else ERROR
        if fact.kind == "boolean":
            return cell != 0
        if fact.kind == "text":
            word = self.words[cell] if 0 <= cell < len(self.words) else None
            return word if word in fact.values else ERROR
        if fact.kind == "date":
            return cell if FIRST_DAY <= cell <= LAST_DAY and fact.holds(cell) else ERROR
        number = Decimal(cell).scaleb(-self.scale)
        has_decimals = number != number.quantize(Decimal(1).scaleb(-fact.scale), rounding=decimal.ROUND_DOWN)
        if has_decimals or not fact.holds(number):
            return ERROR
        return number / 100 if fact.kind == "percent" else number

    def only(self, row):
        return Column(self.fact, self.kind, self.width, self.is_unsigned, self.scale, 0, [self.cells[self.offset + row]], self.words)


class Parameter:
    """values: (first day, text, value) in order; value None ends it. None: unset."""

    def __init__(self, name, kind, values):
        self.name, self.kind, self.values = name, kind, values

    def yaml(self):
        if not self.values:
            return f"  {self.name}: {{unset: nobody knows{self.type_key()}}}\n"
        dated = ", ".join(f"{day_text(day)}: {{{'end: true' if value is None else 'value: ' + text}}}" for day, text, value in self.values)
        return f"  {self.name}: {{cite: s 1, standing: cited{self.type_key()}, values: {{{dated}}}}}\n"

    def type_key(self):
        return {"number": "", "percent": ", unit: percent", "boolean": ", type: boolean", "date": ", type: date", "text": ", type: string"}[self.kind]

    def value(self, as_of):
        if not self.values:
            return MISSING
        chosen = [value for day, _, value in self.values if day <= as_of][-1]
        return ERROR if chosen is None else chosen


class Definition:
    """round: (step in the border's unit, mode) or None; or a table in place of an expression."""

    def __init__(self, name, kind, expression=None, rounding=None, table=None):
        self.name, self.kind, self.expression, self.rounding, self.table = name, kind, expression, rounding, table

    def yaml(self):
        if self.table:
            return table_yaml(self.name, self.table)
        keys = [f"formula: '{self.expression.text()}'"]
        if self.kind == "percent":
            keys.append("unit: percent")
        if self.rounding:
            keys.append(f"round: {{to: {self.rounding[0]}, mode: {self.rounding[1]}}}")
        return f"  {self.name}: {{{', '.join(keys)}}}\n"

    def compiled(self):
        function = (self.table or self.expression).compiled()
        if not self.rounding:
            return function
        step, mode = Decimal(self.rounding[0]), self.rounding[1]
        if self.kind == "percent":
            step /= 100

        def then_rounded(row):
            value = function(row)
            return value if isinstance(value, Null) else round_to(value, step, mode)
        return then_rounded

    def names(self):
        """Of facts, parameters and definitions that it reads."""
        found, waiting = set(), []
        if self.table:
            waiting += [*self.table.inputs, *(self.table.default or ())]
            for tests, outputs in self.table.rows:
                waiting += outputs
                waiting += [test for column in tests for test in column]
        else:
            waiting.append(self.expression)
        while waiting:
            part = waiting.pop()
            if isinstance(part, Expression) and part.operation == "name":
                found.add(part.detail)
            if isinstance(part, Expression) and part.operation == "in":
                waiting += part.detail
            waiting += part.parts
        return found


def table_yaml(name, table):
    lines = [f"  {name}:", f"    hit: {table.hit}", "    cite: s 1", "    standing: cited", "    inputs:"]
    lines += [f"      - {{expression: '{part.text()}'}}" for part in table.inputs]
    values = f", values: [{', '.join(table.priorities)}]" if table.priorities else ""
    lines += [f"    outputs: [{', '.join(f'{{name: {output}{values}}}' for output in OUTPUTS[:len(table.kinds)])}]", "    rows:"]
    cells = lambda outputs: ", ".join(output.detail[1] if table.priorities else f"'{output.text()}'" for output in outputs)
    for tests, outputs in table.rows:
        when = ", ".join("'" + ", ".join(test.text() for test in column) + "'" for column in tests)
        lines.append(f"      - {{when: [{when}], then: [{cells(outputs)}]}}")
    if table.default:
        lines.append(f"    default: [{cells(table.default)}]")
    return "\n".join(lines) + "\n"


class Program:
    def __init__(self, as_of, facts, parameters, definitions, columns):
        self.as_of, self.facts, self.parameters = as_of, facts, parameters
        self.definitions, self.columns = definitions, columns

    def yaml(self):
        parts = ["tuoyu: 1\nid: cn.random\ntitle: random\nin_force: 2020-01-01..\nsources: {s: {title: t}}\nfacts:\n  x:\n"]
        parts += [fact.yaml() for fact in self.facts]
        for section, members in (("parameters", self.parameters), ("tables", [d for d in self.definitions if d.table]),
                                 ("definitions", [d for d in self.definitions if not d.table])):
            if members:
                parts.append(section + ":\n")
                parts += [member.yaml() for member in members]
        return "".join(parts)

    def row(self, index):
        """Names to values: facts, parameters, and no definition yet."""
        values = {fact.name: MISSING for fact in self.facts}
        values.update((parameter.name, parameter.value(self.as_of)) for parameter in self.parameters)
        values.update((column.fact.name, column.value(index)) for column in self.columns)
        values["as_of"] = self.as_of
        return values

    def row_count(self):
        return min((len(column.cells) - column.offset for column in self.columns), default=1)

    def expected(self, rows):
        """By definition: its value in each row."""
        functions = [(definition.name, definition.compiled()) for definition in self.definitions]
        results = {definition.name: [] for definition in self.definitions}
        for index in rows:
            values = self.row(index)
            for name, function in functions:
                value = values[name] = function(values)
                results[name].append(value)
                for i, output in enumerate(OUTPUTS):
                    values[f"{name}.{output}"] = value[i] if isinstance(value, tuple) else value
        return results

    def pruned(self, wanted):
        """Of its definitions only the wanted one and what that reads."""
        needed, kept = {wanted}, []
        for definition in reversed(self.definitions):
            if definition.name in needed or any(f"{definition.name}.{output}" in needed for output in OUTPUTS):
                needed |= definition.names()
                kept.insert(0, definition)
        return Program(self.as_of, [fact for fact in self.facts if fact.name in needed] or self.facts[:1],
                       [parameter for parameter in self.parameters if parameter.name in needed], kept,
                       [column for column in self.columns if column.fact.name in needed])
