# SPDX-License-Identifier: Apache-2.0
"""What expressions mean, worked out without the library: numbers by Python's decimal arithmetic of 34 digits, roundings by
fractions, dates by counting days. Every expression has a text, which is FEEL, and a value for a row.

Values are Decimal, bool, Day, Text (str) and Null. In a pack a null says why: a fact or parameter is missing, something is
an error, both, or neither, which is the null of a fact that was given as none."""
import collections
import decimal
import fractions

CONTEXT = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144,
                          traps=[decimal.Overflow, decimal.DivisionByZero, decimal.InvalidOperation])
WIDE = decimal.Context(prec=400, Emin=-999999, Emax=999999)


class Null:
    def __init__(self, reasons):
        self.reasons = reasons

    def __repr__(self):
        return ("none", "missing", "error", "missing and error")[self.reasons]


NONE, MISSING, ERROR, BOTH = NULLS = [Null(reasons) for reasons in range(4)]


def joined(*values):
    """The null whose reasons are those of all nulls among the values."""
    reasons = 0
    for value in values:
        if isinstance(value, Null):
            reasons |= value.reasons
    return NULLS[reasons]


def has_reason(value):
    return isinstance(value, Null) and value.reasons != 0


# ---- Days: counted from 1970-01-01 in the Gregorian calendar, which goes on before its beginning ----


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year, month):
    return (31, 29 if is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


BEFORE_MONTH = {leap: [sum(month_length(2000 if leap else 2001, m) for m in range(1, month)) for month in range(1, 13)]
                for leap in (False, True)}
DAYS_TO_1970 = 719162


def day_number(year, month, day):
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + BEFORE_MONTH[is_leap(year)][month - 1] + day - 1 - DAYS_TO_1970


def parts_of(number):
    year = (number + DAYS_TO_1970) * 400 // 146097 + 1
    while day_number(year, 1, 1) > number:
        year -= 1
    while day_number(year + 1, 1, 1) <= number:
        year += 1
    month = 1
    while month < 12 and day_number(year, month + 1, 1) <= number:
        month += 1
    return year, month, number - day_number(year, month, 1) + 1


FIRST_DAY, LAST_DAY = day_number(1, 1, 1), day_number(9999, 12, 31)


def day_text(number):
    return "%04d-%02d-%02d" % parts_of(number)


def months_later(number, months):
    year, month, day = parts_of(number)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return day_number(year, month + 1, min(day, month_length(year, month + 1)))


def whole_months(start, end):
    """A month that ends on a day it lacks is complete on its last day."""
    if end < start:
        return -whole_months(end, start)
    months = 0
    year, month, day = parts_of(start)
    end_year, end_month, end_day = parts_of(end)
    months = (end_year - year) * 12 + end_month - month
    if months and end_day < day and end_day != month_length(end_year, end_month):
        months -= 1
    return months


# ---- Rounding: exactly, of fractions ----


def rounded(fraction, mode):
    below = fraction.numerator // fraction.denominator
    rest = fraction - below
    if rest == 0:
        return below
    half = fractions.Fraction(1, 2)
    is_negative = fraction < 0
    nearest = below if rest < half else below + 1
    if mode == "floor":
        return below
    if mode == "ceiling":
        return below + 1
    if mode == "up":
        return below if is_negative else below + 1
    if mode == "down":
        return below + 1 if is_negative else below
    if rest != half:
        return nearest
    if mode == "half even":
        return below if below % 2 == 0 else below + 1
    away = below if is_negative else below + 1
    return away if mode == "half up" else 2 * below + 1 - away


def exact_decimal(fraction):
    """The decimal that a fraction with a denominator of twos and fives is; one of more than 34 digits is an error."""
    value = WIDE.divide(decimal.Decimal(fraction.numerator), decimal.Decimal(fraction.denominator))
    assert fractions.Fraction(value) == fraction
    return value if CONTEXT.plus(value) == value else ERROR


def round_to(value, step, mode):
    step = fractions.Fraction(step)
    if step <= 0:
        return ERROR
    return exact_decimal(rounded(fractions.Fraction(value) / step, mode) * step)


def round_decimals(value, decimals, mode):
    return round_to(value, decimal.Decimal(1).scaleb(-int(decimals)), mode)


# ---- What null does ----


def operator(function):
    """A null with reasons passes on; a null that is a value is nothing to compute with."""
    def apply(*values):
        for value in values:
            if isinstance(value, Null):
                null = joined(*values)
                return null if null.reasons else ERROR
        try:
            return function(*values)
        except decimal.DecimalException:
            return ERROR
    return apply


def built_in(function):
    """A null passes, with reasons or without."""
    def apply(*values):
        for value in values:
            if isinstance(value, Null):
                return joined(*values)
        try:
            return function(*values)
        except decimal.DecimalException:
            return ERROR
    return apply


def is_equal(left, right):
    if has_reason(left) or has_reason(right):
        return joined(left, right)
    if isinstance(left, Null) or isinstance(right, Null):
        return isinstance(left, Null) and isinstance(right, Null)
    return left == right


def negated(truth):
    return truth if isinstance(truth, Null) else not truth


def both(left, right):
    if left is False or right is False:
        return False
    return True if left is True and right is True else joined(left, right)


def either(left, right):
    if left is True or right is True:
        return True
    return False if left is False and right is False else joined(left, right)


def choice(condition, then, otherwise):
    if has_reason(condition):
        return condition
    return then if condition is True else otherwise


def counted(wanted, *truths):
    if isinstance(wanted, Null):
        return wanted
    trues = sum(truth is True for truth in truths)
    unknowns = sum(isinstance(truth, Null) for truth in truths)
    if trues >= wanted:
        return True
    return False if trues + unknowns < wanted else joined(*truths)


def clamped(value, low, high):
    return ERROR if low > high else min(max(value, low), high)


less, less_equal = operator(lambda a, b: a < b), operator(lambda a, b: a <= b)
greater, greater_equal = operator(lambda a, b: a > b), operator(lambda a, b: a >= b)
COMPARISONS = {"=": is_equal, "!=": lambda a, b: negated(is_equal(a, b)), "<": less, "<=": less_equal, ">": greater, ">=": greater_equal}


def number(value):
    return decimal.Decimal(value)


# What each operation is called here: its text in FEEL, and its value.
Meaning = collections.namedtuple("Meaning", "text apply")
MEANINGS = {
    "add": Meaning("({} + {})", operator(CONTEXT.add)),
    "subtract": Meaning("({} - {})", operator(CONTEXT.subtract)),
    "multiply": Meaning("({} * {})", operator(CONTEXT.multiply)),
    "divide": Meaning("({} / {})", operator(CONTEXT.divide)),
    "negate": Meaning("(-{})", operator(CONTEXT.minus)),
    "min": Meaning("min({}, {})", operator(min)),
    "max": Meaning("max({}, {})", operator(max)),
    "sum": Meaning("sum({}, {})", operator(CONTEXT.add)),
    "clamp": Meaning("clamp({}, {}, {})", built_in(clamped)),
    "abs": Meaning("abs({})", built_in(CONTEXT.abs)),
    "floor": Meaning("floor({})", built_in(lambda x: round_decimals(x, 0, "floor"))),
    "ceiling": Meaning("ceiling({})", built_in(lambda x: round_decimals(x, 0, "ceiling"))),
    "decimal": Meaning("decimal({}, {})", built_in(lambda x, d: round_decimals(x, d, "half even"))),
    "round half up": Meaning("round half up({}, {})", built_in(lambda x, d: round_decimals(x, d, "half up"))),
    "round half down": Meaning("round half down({}, {})", built_in(lambda x, d: round_decimals(x, d, "half down"))),
    "round up": Meaning("round up({}, {})", built_in(lambda x, d: round_decimals(x, d, "up"))),
    "round down": Meaning("round down({}, {})", built_in(lambda x, d: round_decimals(x, d, "down"))),
    "round to": Meaning("round to({}, {}, {})", built_in(round_to)),
    "and": Meaning("({} and {})", both),
    "or": Meaning("({} or {})", either),
    "not": Meaning("not({})", negated),
    "if": Meaning("(if {} then {} else {})", choice),
    "between": Meaning("({} between {} and {})", lambda x, low, high: both(greater_equal(x, low), less_equal(x, high))),
    "at least": Meaning("at least({}, [{}, {}, {}, {}])", counted),
    "year": Meaning("{}.year", operator(lambda day: number(parts_of(day)[0]))),
    "month": Meaning("{}.month", operator(lambda day: number(parts_of(day)[1]))),
    "day": Meaning("{}.day", operator(lambda day: number(parts_of(day)[2]))),
    "start of month": Meaning("start of month({})", built_in(lambda day: day - parts_of(day)[2] + 1)),
    "end of month": Meaning("end of month({})", built_in(lambda day: day - parts_of(day)[2] + month_length(*parts_of(day)[:2]))),
    "completed months": Meaning("completed months({}, {})", built_in(lambda a, b: number(whole_months(a, b)))),
    "completed years": Meaning("completed years({}, {})", built_in(
        lambda a, b: number(rounded(fractions.Fraction(whole_months(a, b), 12), "down")))),
    "completed days": Meaning("completed days({}, {})", built_in(lambda a, b: number(b - a))),
    "add months": Meaning("add months({}, {})", built_in(
        lambda day, months: months_later(day, int(months)) if months == int(months) else ERROR)),
    "add years": Meaning("add years({}, {})", built_in(
        lambda day, years: months_later(day, 12 * int(years)) if years == int(years) else ERROR)),
}
for sign, comparison in COMPARISONS.items():
    MEANINGS[sign] = Meaning("({} " + sign + " {})", comparison)


class Expression:
    """kind: number, percent, boolean, date or text. operation: a key of MEANINGS; or `constant` (detail: its text and
    value), `name` (detail: the name), `in` (parts[0] against tests in detail)."""
    __slots__ = ("kind", "operation", "parts", "detail")

    def __init__(self, kind, operation, parts=(), detail=None):
        self.kind, self.operation, self.parts, self.detail = kind, operation, tuple(parts), detail

    def text(self):
        if self.operation == "constant":
            return self.detail[0]
        if self.operation == "name":
            return self.detail
        if self.operation == "in":
            return "(" + self.parts[0].text() + " in (" + ", ".join(test.text() for test in self.detail) + "))"
        return MEANINGS[self.operation].text.format(*(part.text() for part in self.parts))

    def compiled(self):
        """A function from a row (a mapping from names to values) to the value."""
        if self.operation == "constant":
            value = self.detail[1]
            return lambda row: value
        if self.operation == "name":
            name = self.detail
            return lambda row: row[name]
        parts = [part.compiled() for part in self.parts]
        if self.operation == "in":
            tests = [test.compiled() for test in self.detail]
            return lambda row: any_holds(tests, parts[0](row), row)
        apply = MEANINGS[self.operation].apply
        if len(parts) == 1:
            return lambda row: apply(parts[0](row))
        if len(parts) == 2:
            return lambda row: apply(parts[0](row), parts[1](row))
        return lambda row: apply(*[part(row) for part in parts])


def constant(kind, text, value):
    return Expression(kind, "constant", detail=(text, value))


# ---- Tests, of `in` and of tables ----


def any_holds(tests, value, row):
    result = False
    for test in tests:
        if result is True:
            break
        result = either(result, test(value, row))
    return result


class Test:
    """kind: `any`; a sign, with a bound; `equal`, with a value; `range`, with brackets and two ends; `list`, with such
    tests; `condition`, with an expression over `?`; `not`, with tests."""
    __slots__ = ("kind", "parts", "brackets")

    def __init__(self, kind, parts=(), brackets="[]"):
        self.kind, self.parts, self.brackets = kind, tuple(parts), brackets

    def text(self):
        texts = [part.text() for part in self.parts]
        if self.kind == "any":
            return "-"
        if self.kind == "range":
            return self.brackets[0] + texts[0] + ".." + texts[1] + self.brackets[1]
        if self.kind in ("not", "list"):
            return {"not": "not({})", "list": "[{}]"}[self.kind].format(", ".join(texts))
        return texts[0] if self.kind in ("equal", "condition") else self.kind + " " + texts[0]

    def compiled(self):
        parts = [part.compiled() for part in self.parts]
        if self.kind == "any":
            return lambda value, row: True
        if self.kind == "not":
            return lambda value, row: negated(any_holds(parts, value, row))
        if self.kind == "equal":
            return lambda value, row: is_equal(value, parts[0](row))
        if self.kind == "condition":
            return lambda value, row: parts[0]({**row, "?": value})
        if self.kind == "list":
            return lambda value, row: joined(value, *(part(value, row) for part in parts)) if has_reason(value) else any_holds(parts, value, row)
        if self.kind != "range":
            compare = COMPARISONS[self.kind]
            return lambda value, row: compare(value, parts[0](row))
        above = greater_equal if self.brackets[0] == "[" else greater
        below = less_equal if self.brackets[1] == "]" else less

        def lies_within(value, row):
            low, high = (ERROR if part is NONE else part for part in (part(row) for part in parts))
            return joined(value, low, high) if has_reason(value) else both(above(value, low), below(value, high))
        return lies_within


# ---- Tables ----


class Table:
    """A decision table. kinds: of its outputs. rows: (tests by input, alternatives each, and what comes out by output);
    default: what comes out where no row fits, or None. Its value is that of its output, or a tuple. Of the policy P,
    priorities are the outputs, the highest first."""

    def __init__(self, kinds, hit, inputs, rows, default, priorities=None):
        self.kinds, self.hit, self.inputs, self.rows, self.default, self.priorities = kinds, hit, inputs, rows, default, priorities

    def compiled(self):
        inputs = [part.compiled() for part in self.inputs]
        rows = [([None if tests[0].kind == "any" else [test.compiled() for test in tests] for tests in row], compiled_outputs(out))
                for row, out in self.rows]
        default = compiled_outputs(self.default) if self.default else lambda row: ERROR

        def decide(row):
            values = [part(row) for part in inputs]
            hits, maybes, reasons = [], [], []
            for tests, out in rows:
                fits = row_fits(tests, values, row)
                if fits is True:
                    hits.append(out(row))
                elif isinstance(fits, Null):
                    maybes.append((len(hits), out(row)))
                    reasons.append(fits)
                if self.hit == "F" and hits:
                    break
            return self.decided(hits, maybes, joined(*reasons), default(row))
        return decide

    def decided(self, hits, maybes, unknown, default):
        """What every way that the rows which may fit can turn out agrees on, else unknown."""
        agrees = lambda value: all(not has_reason(out) and not has_reason(value) and out == value for _, out in maybes)
        if not hits:
            if not maybes:
                return default
            may_conflict = self.hit == "U" and len(maybes) > 1
            return default if self.default and not may_conflict and agrees(default) else unknown
        if self.hit == "U":
            return ERROR if len(hits) > 1 else unknown if maybes else hits[0]
        if self.hit == "P":
            return self.by_priority(hits, maybes, unknown)
        for other in hits[1:]:
            if has_reason(other):
                return other
            if not has_reason(hits[0]) and other != hits[0]:
                return ERROR
        return hits[0] if agrees(hits[0]) else unknown

    def by_priority(self, hits, maybes, unknown):
        rank = lambda value: self.priorities.index(value)
        best = min(hits, key=rank)
        return best if all(rank(out) >= rank(best) for _, out in maybes) else unknown


def compiled_outputs(outputs):
    functions = [output.compiled() for output in outputs]
    return functions[0] if len(functions) == 1 else lambda row: tuple(function(row) for function in functions)


def row_fits(tests, values, row):
    reasons = []
    for alternatives, value in zip(tests, values):
        if alternatives is None:
            continue
        fits = any_holds(alternatives, value, row)
        if fits is True:
            continue
        if not has_reason(fits) or value is NONE:
            return False
        reasons.append(fits)
    return joined(*reasons) if reasons else True
