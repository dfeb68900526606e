# SPDX-License-Identifier: Apache-2.0
"""Random packs and columns of facts, the same for a seed on every machine."""
import decimal
import random

from exact_oracle import FIRST_DAY, LAST_DAY, NONE, Expression, Table, Test, constant, day_number, day_text
from program_model import OUTPUTS, Column, Definition, Fact, Parameter, Program

Decimal = decimal.Decimal
ROUNDING_MODES = ("half up", "half down", "half even", "up", "down", "floor", "ceiling")
WORDS = ("a", "b", "c", "d")
IN_FORCE = day_number(2020, 1, 1)


class Maker:
    SIZES = (1, 10, 100, 5000, 10 ** 5, 10 ** 5, 10 ** 9, 10 ** 12, 10 ** 15, 4 * 10 ** 18)  # of numbers

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.as_of = self.random.choice([IN_FORCE, day_number(2024, 2, 29), self.random.randint(IN_FORCE, day_number(2027, 12, 31))])
        self.facts, self.parameters, self.definitions = [], [], []
        self.constants = set()  # definitions that are the same in every case
        self.names = {kind: [] for kind in ("number", "percent", "boolean", "date", "text")}
        self.small = []  # names of whole numbers that are few
        self.words = {}  # of texts: what they can be

    def pick(self, *choices):
        return self.random.choice(choices)

    # -- Facts and parameters --

    def add_facts(self):
        is_crowded = self.random.random() < 0.15  # more facts to wait for than a word has bits
        for i in range(self.random.randint(60, 110) if is_crowded else self.random.randint(6, 10)):
            self.facts.append(self.number_fact(f"n{i}", "number"))
        self.facts.append(self.number_fact("share", "percent"))
        for i in range(3):
            self.facts.append(Fact(f"is{i}", "boolean", nullable=self.random.random() < 0.3))
        for i in range(2):
            self.facts.append(Fact(f"word{i}", "text", values=self.random.sample(WORDS, self.random.randint(1, 4)),
                                   nullable=self.random.random() < 0.2))
        for i in range(3):
            self.facts.append(self.date_fact(f"day{i}"))
        self.facts.append(Fact("few", "number", 0, Decimal(-30), Decimal(30)))
        self.small.append("x.few")
        for fact in self.facts:
            self.names[fact.kind].append(fact.name)
            self.words[fact.name] = set(fact.values)

    def number_fact(self, name, kind):
        scale = self.pick(0, 0, 1, 2, 2, 3, 4, 6)
        size = self.random.choice(self.SIZES)
        if kind == "percent":
            size = self.pick(1, 100, 300)
        decimals = min(scale + self.pick(0, 0, 0, 1), 6)
        ends = sorted(Decimal(self.random.randint(-size * self.pick(0, 0, 1), size) * 10 ** min(decimals, 3)).scaleb(-min(decimals, 3))
                      for _ in range(2))
        low, high = ends[0], max(ends[1], ends[0] + 1)
        shape = self.random.random()
        if shape < 0.1:
            low = high = None
        elif shape < 0.2:
            high = None
        elif shape < 0.25:
            low = None
        brackets = ("(" if low is None else self.pick("[", "[", "(")) + (")" if high is None else self.pick("]", "]", ")"))
        return Fact(name, kind, scale, low, high, brackets, nullable=self.random.random() < 0.15)

    def date_fact(self, name):
        spans = ((None, None), (day_number(1900, 1, 1), day_number(2100, 12, 31)), (day_number(2016, 2, 29), day_number(2025, 2, 28)),
                 (FIRST_DAY, LAST_DAY), (day_number(2020, 1, 31), None))
        low, high = self.random.choice(spans)
        brackets = ("(" if low is None else self.pick("[", "(")) + (")" if high is None else self.pick("]", ")"))
        return Fact(name, "date", low=low, high=high, brackets=brackets, nullable=self.random.random() < 0.15)

    def add_parameters(self):
        for i, kind in enumerate(("number", "number", "number", "percent", "boolean", "date", "number", "boolean")):
            values = [] if i >= 6 else self.dated_values(kind)
            self.parameters.append(Parameter(f"p{i}", kind, values))
            self.names[kind].append(f"p{i}")

    def dated_values(self, kind):
        days = [IN_FORCE] + sorted(self.random.sample(range(IN_FORCE + 1, IN_FORCE + 2800), self.random.randint(0, 3)))
        values = []
        for day in days:
            if day > IN_FORCE and self.random.random() < 0.1:
                values.append((day, None, None))
                break
            values.append((day, *self.parameter_value(kind)))
        return values

    def parameter_value(self, kind):
        if kind == "boolean":
            return self.pick(("true", True), ("false", False))
        if kind == "date":
            day = self.random.randint(day_number(2015, 1, 1), day_number(2028, 12, 31))
            return day_text(day), day
        text = self.pick("0", "1", "2.5", "-0.5", "12", "0.8", "100", "1000.01", "33.333")
        if kind == "percent":
            text = self.pick("0", "12.5", "80", "100", "33.3")
            return text, Decimal(text) / 100
        return text, Decimal(text)

    # -- Expressions --

    def name_of(self, kind):
        return Expression(kind, "name", detail=self.random.choice(self.names[kind]))

    def make(self, kind, depth):
        return getattr(self, kind)(depth)

    def literal(self, kind):
        if kind == "number":
            text = self.pick("0", "1", "2", "3", "2.5", "100", "0.125", "1000000", "12", "0.01", "7.77")
            return constant("number", text, Decimal(text))
        if kind == "percent":
            text = self.pick("0", "0.5", "1", "0.125")
            return constant("percent", text, Decimal(text))
        if kind == "boolean":
            return constant("boolean", *self.pick(("true", True), ("false", False)))
        if kind == "date":
            day = self.pick(day_number(2024, 2, 29), day_number(2023, 1, 31), day_number(2025, 12, 31),
                            self.random.randint(day_number(2015, 1, 1), day_number(2028, 12, 31)))
            return constant("date", f'date("{day_text(day)}")', day)
        word = self.random.choice(WORDS)
        return constant("text", f'"{word}"', word)

    def possible(self, part):
        """The words that a text can be."""
        if part.operation == "constant":
            return {part.detail[1]}
        if part.operation == "name":
            return self.words[part.detail]
        return self.possible(part.parts[1]) | self.possible(part.parts[2])

    def word_of(self, part):
        return self.one_of(sorted(self.possible(part)))

    def leaf(self, kind):
        if kind == "date" and self.random.random() < 0.2:
            return Expression("date", "name", detail="as_of")
        return self.literal(kind) if not self.names[kind] or self.random.random() < 0.25 else self.name_of(kind)

    def number(self, depth):
        if depth <= 0 or self.random.random() < 0.12:
            return self.leaf("number")
        make, less = self.make, depth - 1
        pick = self.random.randrange(16)
        if pick < 4:
            return Expression("number", self.pick("add", "subtract", "multiply", "sum"), [make("number", less), make("number", less)])
        if pick == 4:
            return Expression("number", "multiply", [make("number", less), make("percent", 0)])
        if pick == 5:
            return self.quotient(less)
        if pick < 9:
            return self.some_rounding(less)
        if pick == 9:
            return Expression("number", self.pick("min", "max"), [make("number", less), make("number", less)])
        if pick == 10:
            low, high = sorted((self.literal("number"), self.literal("number")), key=lambda part: part.detail[1])
            if self.random.random() < 0.2:
                high = self.name_of("number")
            return Expression("number", "clamp", [make("number", less), low, high])
        if pick == 11:
            return Expression("number", self.pick("abs", "negate"), [make("number", less)])
        if pick == 12:
            return Expression("number", "if", [make("boolean", less), make("number", less), make("number", less)])
        if pick == 13:
            return Expression("number", self.pick("completed months", "completed years", "completed days"), [make("date", less), make("date", less)])
        if pick == 14:
            return Expression("number", self.pick("year", "month", "day"), [self.leaf_day()])
        return Expression("number", self.pick("min", "max"), [make("number", less), self.literal("number")])

    def leaf_day(self):
        return Expression("date", "name", detail=self.random.choice(self.names["date"] + ["as_of"]))

    def quotient(self, depth):
        below = self.some_divisor() if self.random.random() < 0.3 else self.divisor()
        return Expression("number", "divide", [self.make("number", depth), below])

    def some_divisor(self):
        """A fact, a parameter or a number. A divisor that is always 0 is refused when a pack is loaded: one that is written,
        and a definition that comes to it. A parameter may be 0."""
        below = self.make("number", 0)
        is_written_zero = below.operation == "constant" and not below.detail[1]
        is_constant = below.operation == "name" and below.detail in self.constants
        return self.divisor() if is_written_zero or is_constant else below

    def reads_a_case(self, part):
        """Whether a part is not the same in every case, as far as its names say."""
        if part.operation == "name":
            return part.detail not in self.constants
        return part.operation == "in" or any(map(self.reads_a_case, part.parts))

    def divisor(self):
        text = self.pick("3", "12", "7", "4", "0.5", "22", "1000", "64", "1.25", "365")
        return constant("number", text, Decimal(text))

    def some_rounding(self, depth):
        operand = self.make("number", depth)
        if self.random.random() < 0.6:
            operand = Expression("number", "divide", [operand, self.divisor()])
            if self.random.random() < 0.3:  # computed with further before it is rounded
                operand = Expression("number", "multiply", [operand, self.divisor()])
        pick = self.random.randrange(8)
        if pick == 0:
            return Expression("number", self.pick("floor", "ceiling"), [operand])
        if pick < 4:
            name = self.pick("decimal", "round half up", "round half down", "round up", "round down")
            decimals = self.pick("0", "1", "2", "3", "-1", "-2")
            return Expression("number", name, [operand, constant("number", decimals, Decimal(decimals))])
        step, mode = self.pick("0.01", "0.1", "1", "10", "0.5", "50", "3", "0.25"), self.random.choice(ROUNDING_MODES)
        return Expression("number", "round to", [operand, constant("number", step, Decimal(step)), constant("text", f'"{mode}"', mode)])

    def percent(self, depth):
        if depth <= 0 or self.random.random() < 0.3:
            return self.leaf("percent")
        if self.random.random() < 0.3:
            return Expression("percent", "if", [self.make("boolean", depth - 1), self.make("percent", 0), self.make("percent", 0)])
        return Expression("percent", self.pick("min", "max", "add", "subtract"), [self.name_of("percent"), self.make("percent", depth - 1)])

    def date(self, depth):
        if depth <= 0 or self.random.random() < 0.25:
            return self.leaf("date")
        pick, less = self.random.randrange(6), depth - 1
        if pick < 2:
            return Expression("date", self.pick("start of month", "end of month"), [self.make("date", less)])
        if pick < 4:
            text = self.pick("1", "6", "-13", "36", "12", "-1")
            months = constant("number", text, Decimal(text)) if self.random.random() < 0.6 else Expression(
                "number", "name", detail=self.random.choice(self.small))
            return Expression("date", self.pick("add months", "add months", "add years"), [self.make("date", less), months])
        if pick == 4:
            return Expression("date", self.pick("min", "max"), [self.make("date", less), self.make("date", less)])
        return Expression("date", "if", [self.make("boolean", less), self.make("date", less), self.make("date", less)])

    def text(self, depth):
        if depth <= 0 or self.random.random() < 0.3:
            return self.leaf("text")
        return Expression("text", "if", [self.make("boolean", depth - 1), self.make("text", depth - 1), self.make("text", 0)])

    def boolean(self, depth):
        if depth <= 0 or self.random.random() < 0.12:
            return self.leaf("boolean")
        pick, less = self.random.randrange(16), depth - 1
        if pick == 14:  # as conditions mostly are: a list of comparisons
            compared = Expression("boolean", self.pick("<", "<=", ">", ">=", "=", "!="), [self.make("number", 0), self.make("number", 0)])
            return Expression("boolean", self.pick("and", "or"), [self.make("boolean", less), compared])
        if pick < 4:
            sides = [self.make("boolean", less), self.make("boolean", less)]
            if self.random.random() < 0.3:  # what is joined to a comparison
                kind = self.pick("number", "date")
                sides[1] = Expression("boolean", self.pick("=", "!=", "!=", ">"), [self.name_of(kind), self.make(kind, 0)])
            return Expression("boolean", self.pick("and", "or"), sides)
        if pick == 4:
            return Expression("boolean", "not", [self.make("boolean", less)])
        if pick < 7:
            kind = self.pick("number", "number", "date", "percent")
            return Expression("boolean", self.pick("<", "<=", ">", ">=", "=", "!="), [self.make(kind, less), self.make(kind, less)])
        if pick == 7:
            left = self.make(self.pick("boolean", "text"), less)
            others = [name for name in self.names["text"] if left.kind == "text" and self.words[name] & self.possible(left)]
            right = self.make("boolean", 0) if left.kind == "boolean" else self.word_of(left)
            if others and self.random.random() < 0.4:
                right = Expression("text", "name", detail=self.random.choice(others))
            return Expression("boolean", self.pick("=", "!="), [left, right])
        if pick == 8:
            sides = [Expression("number", "divide", [self.make("number", less), self.some_divisor()]), self.make("number", 0)]
            return Expression("boolean", self.pick("<", "<=", ">", ">=", "="), sides)
        if pick == 9:
            kind = self.pick("number", "number", "date")
            return Expression("boolean", "between", [self.make(kind, less), self.make(kind, 0), self.make(kind, 0)])
        if pick < 12:
            kind = self.pick("number", "number", "date", "text", "boolean")
            left = self.make(kind, less)
            return Expression("boolean", "in", [left], [self.test(left) for _ in range(self.random.randint(1, 3))])
        if pick == 12:
            wanted = self.pick("0", "1", "2", "3", "4", "5")
            return Expression("boolean", "at least", [constant("number", wanted, Decimal(wanted))] + [self.make("boolean", less) for _ in range(4)])
        if pick == 13:
            fact = self.random.choice(self.facts)
            return Expression("boolean", self.pick("=", "!="), [Expression(fact.kind, "name", detail=fact.name), constant(fact.kind, "null", NONE)])
        return Expression("boolean", "if", [self.make("boolean", less), self.make("boolean", less), self.make("boolean", less)])

    # -- Tests and tables --

    def test(self, tested):
        kind = tested.kind
        if kind == "text":
            return Test("equal", [self.word_of(tested)])
        bound = lambda: self.literal(kind) if self.random.random() < 0.8 else self.name_of(kind)
        pick = self.random.random()
        if kind == "boolean" or pick < 0.15:
            return Test("equal", [bound()])
        if pick < 0.5:
            return Test("range", [bound(), bound()], self.pick("[", "(") + self.pick("]", ")"))
        if pick < 0.6:
            items = [Test("equal", [bound()]) if self.random.random() < 0.6 else Test("range", [bound(), bound()], "[]")
                     for _ in range(self.random.randint(0, 3))]
            return Test("list", items)
        if pick < 0.7:
            tested = Expression(kind, "name", detail="?")
            return Test("condition", [Expression("boolean", self.pick("<", ">=", "!="), [tested, bound()])])
        return Test(self.pick("<", "<=", ">", ">="), [bound()])

    def cell_of(self, tested):
        """The tests of a cell of a table, one of which must hold."""
        pick = self.random.random()
        if pick < 0.25:
            return [Test("any")]
        tests = [self.test(tested) for _ in range(self.pick(1, 1, 2))]
        return [Test("not", tests)] if pick < 0.4 else tests

    def input(self):
        kind = self.pick("number", "number", "text", "boolean", "date")
        return self.make(kind, 1) if self.random.random() < 0.3 else self.name_of(kind)

    def output(self, kind):
        if self.random.random() < 0.2 and kind in ("number", "boolean", "date"):
            return Expression(kind, "name", detail=self.random.choice([p.name for p in self.parameters if p.kind == kind]))
        return self.literal(kind)

    def table(self):
        hit, kinds = self.pick("U", "A", "F", "F", "P"), [self.pick("number", "number", "boolean", "text", "date")]
        if hit == "P":
            words = list(self.random.sample(WORDS, self.random.randint(2, 4)))
            return self.open_table(["text"], hit, lambda: [self.one_of(words)], words)
        if hit in "UF" and self.random.random() < 0.3:
            kinds.append(self.pick("number", "text", "date"))
            output = lambda: [self.literal(kind) for kind in kinds]
        else:
            output = lambda: [self.output(kinds[0])]
        return self.open_table(kinds, hit, output, None) if hit == "F" else self.parted_table(kinds, hit, output)

    def one_of(self, words):
        word = self.random.choice(words)
        return constant("text", f'"{word}"', word)

    def open_table(self, kinds, hit, output, priorities):
        """Rows that may overlap in any way."""
        inputs = [self.input() for _ in range(self.random.randint(1, 3))]
        rows = [([self.cell_of(part) for part in inputs], output()) for _ in range(self.random.randint(1, 6))]
        return Table(kinds, hit, inputs, rows, output() if self.random.random() < 0.6 else None, priorities)

    def parted_table(self, kinds, hit, output):
        """Rows that the first input keeps apart, now and then by a parameter, which nobody can check beforehand; of A,
        several with one output."""
        first = self.name_of(self.pick("number", "number", "date"))
        cuts = sorted({self.literal(first.kind).detail for _ in range(self.random.randint(1, 5))}, key=lambda cut: cut[1])
        cuts = [constant(first.kind, *cut) for cut in cuts]
        parts = [Test("<", [cuts[0]]), Test(">=", [cuts[-1]])]
        parts += [Test("range", [low, high], "[)") for low, high in zip(cuts, cuts[1:])]
        self.random.shuffle(parts)
        del parts[self.random.randint(1, len(parts)):]
        if self.random.random() < 0.3:
            parts.append(Test(self.pick("<", ">="), [Expression(first.kind, "name", detail=self.pick(
                *[p.name for p in self.parameters if p.kind == first.kind and p.values]))]))
        inputs, rows = [first], []
        if self.random.random() < 0.6:
            inputs.append(self.input())
        for part in parts:
            outputs = output()
            for _ in range(self.random.randint(1, 2) if hit == "A" else 1):
                rows.append(([[part], *(self.cell_of(other) for other in inputs[1:])], outputs))
        return Table(kinds, hit, inputs, rows, output() if self.random.random() < 0.5 else None)

    def add_definitions(self, count):
        for i in range(count):
            if self.random.random() < 0.15:
                table = self.table()
                self.definitions.append(Definition(f"t{i}", table.kinds[0] if len(table.kinds) == 1 else None, table=table))
                for at, kind in enumerate(table.kinds):
                    rows = [outputs[at] for _, outputs in table.rows] + ([table.default[at]] if table.default else [])
                    self.make_known(f"t{i}" + (f".{OUTPUTS[at]}" if len(table.kinds) > 1 else ""), kind, rows)
                continue
            kind = self.pick("number", "number", "number", "boolean", "boolean", "date", "percent", "text")
            made = Definition(f"d{i}", kind, self.make(kind, self.random.randint(1, 4)))
            if kind == "number" and self.random.random() < 0.25:
                made.rounding = (self.pick("0.01", "1", "0.1", "10", "0.5"), self.random.choice(ROUNDING_MODES))
            elif kind == "percent" and self.random.random() < 0.3:
                made.rounding = (self.pick("0.1", "1", "0.01"), self.random.choice(ROUNDING_MODES))
            self.definitions.append(made)
            if not self.reads_a_case(made.expression):
                self.constants.add(made.name)
            self.make_known(made.name, kind, [made.expression])

    def make_known(self, name, kind, expressions):
        """A name that what is made later can read."""
        self.names[kind].append(name)
        if kind == "text":
            self.words[name] = set().union(*map(self.possible, expressions))

    # -- Columns --

    def column(self, fact, rows):
        kind = {"number": "n", "percent": "n", "boolean": "b", "date": "d", "text": "c"}[fact.kind]
        width = self.random.choice({"n": (1, 2, 4, 8, 8, 8, 16), "b": (0, 1), "d": (4, 4, 8), "c": (1, 2, 4, 8)}[kind])
        scale = fact.scale + (self.pick(-1, 1, 2) if self.random.random() < 0.2 else 0) if kind == "n" else 0
        is_unsigned = int(kind in "nc" and self.random.random() < 0.2)
        offset = self.random.randint(1, 70) if self.random.random() < 0.4 else 0
        words = list(fact.values)
        if kind == "c" and self.random.random() < 0.6:
            self.random.shuffle(words)
            words.append("elsewhere")
        missing = self.pick(0, 0.03, 0.15, 1 if self.random.random() < 0.1 else 0)
        none = 0.1 if fact.nullable else 0.02 if self.random.random() < 0.1 else 0
        if self.is_complete:
            missing = none = 0
        cells = []
        for _ in range(offset + rows):
            chance = self.random.random()
            cells.append(None if chance < missing else NONE if chance < missing + none else self.cell(fact, kind, width, is_unsigned, scale, words))
        return Column(fact, kind, width, is_unsigned, scale, offset, cells, words)

    def cell(self, fact, kind, width, is_unsigned, scale, words):
        if kind == "b":
            return self.random.randint(0, 1)
        if kind == "c":
            return self.random.randint(0, len(words) - 1) if self.random.random() < 0.98 else len(words)
        bits = min(8 * width, 64)
        least, most = (0, 2 ** min(bits, 63) - 1) if is_unsigned else (-2 ** (bits - 1), 2 ** (bits - 1) - 1)
        low, high = (self.whole(end, scale, kind, other) for end, other in ((fact.low, -10 ** 5), (fact.high, 10 ** 5)))
        pick = self.random.randrange(40)
        choices = {0: low, 1: high, 2: low - 1, 3: high + 1, 4: 0, 5: self.random.randint(least, most), 6: low + 1, 7: high - 1,
                   8: 1000 ** self.random.randint(0, 5)}
        if pick in choices:
            value = choices[pick]
        elif pick < 16 and kind == "d":
            value = self.month_end()
        elif pick < 16:
            value = self.random.randint(low, low + max(0, high - low) // 1000)
        else:
            value = self.random.randint(min(low, high), max(low, high))
        return value if least <= value <= most else self.random.randint(max(least, -100), min(most, 100))

    def whole(self, end, scale, kind, otherwise):
        if kind == "d":
            return end if end is not None else (16000 if otherwise < 0 else 20500)
        return int(end.scaleb(scale)) if end is not None else otherwise

    def month_end(self):
        year, month = self.random.randint(2018, 2026), self.pick(1, 2, 2, 3, 4, 12)
        return day_number(year, month % 12 + 1, 1) + self.pick(-1, 0, -2, -3)

    def columns(self, rows):
        """A third of all tables know everything."""
        self.is_complete = self.random.random() < 0.35
        return [self.column(fact, rows) for fact in self.facts if self.is_complete or self.random.random() > 0.03]


def make_program(seed, definitions, rows):
    maker = Maker(seed)
    maker.add_facts()
    maker.add_parameters()
    maker.add_definitions(definitions)
    return Program(maker.as_of, maker.facts, maker.parameters, maker.definitions, maker.columns(rows))
