#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables calculated_*.txt beside it: what must come out is worked out here, by Python's decimal, datetime and
unicodedata and by the rules of the standard, and not by the library.

    make_calculated.py            writes them anew
    make_calculated.py --check    fails where a table is not what would be written"""
import datetime
import decimal
import pathlib
import random
import sys
import unicodedata
from decimal import Decimal

FOLDER = pathlib.Path(__file__).resolve().parent
FEEL = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1)
rng = random.Random(34)


def shown(number):
    text = f"{number:f}" if -40 < number.adjusted() < 60 else str(number)
    return "0" if number == 0 else text


# ---- Numbers ----

ROUNDINGS = {
    "decimal": decimal.ROUND_HALF_EVEN, "floor": decimal.ROUND_FLOOR, "ceiling": decimal.ROUND_CEILING,
    "round up": decimal.ROUND_UP, "round down": decimal.ROUND_DOWN, "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN}
MODES = {
    "half even": decimal.ROUND_HALF_EVEN, "floor": decimal.ROUND_FLOOR, "ceiling": decimal.ROUND_CEILING,
    "up": decimal.ROUND_UP, "down": decimal.ROUND_DOWN, "half up": decimal.ROUND_HALF_UP,
    "half down": decimal.ROUND_HALF_DOWN}
TIES = [("0.5", 0), ("1.5", 0), ("2.5", 0), ("2.4999999999999999999999999999999999"[:34], 0), ("0.125", 2), ("0.135", 2),
        ("25", -1), ("35", -1), ("0.0000000005", 9)]


def roundings():
    yield "Each rounding on ties of both signs"
    for name, mode in ROUNDINGS.items():
        for text, scale in TIES:
            for sign in ("", "-"):
                rounded = Decimal(sign + text).quantize(Decimal((0, (1,), -scale)), rounding=mode)
                yield f"{name}({sign}{text}, {scale})", shown(rounded)
    yield "To a multiple of a step"
    for name, mode in MODES.items():
        for text, step in [("1225", 50), ("1275", 50), ("1.25", "0.5"), ("0.3", "0.2")]:
            for sign in ("", "-"):
                quotient = (Decimal(sign + text) / Decimal(step)).quantize(Decimal(1), rounding=mode)
                yield f'round to({sign}{text}, {step}, "{name}")', shown(quotient * Decimal(step))


def long_number():
    digits = rng.choice([1, 5, 17, 33, 34])
    return Decimal((rng.getrandbits(1), tuple(rng.choices(range(10), k=digits)), -rng.randint(0, 20)))


def arithmetic():
    yield "34 digits, rounded half to even"
    for _ in range(25):
        left, right = long_number(), long_number()
        for sign, operation in [("+", FEEL.add), ("-", FEEL.subtract), ("*", FEEL.multiply), ("/", FEEL.divide)]:
            if sign == "/" and right == 0:
                continue
            yield f"{left:f} {sign} {right:f}", shown(operation(left, right))
    yield "Remainders have the sign of the divisor"
    for left, right in [("12", "5"), ("10.1", "4.5"), ("5.0", "2.5"), ("0.3", "0.1"), ("1", "3"), ("7", "7"), ("0", "4")]:
        for signs in ("", "-"), ("-", ""), ("-", "-"), ("", ""):
            dividend, divisor = Decimal(signs[0] + left), Decimal(signs[1] + right)
            quotient = (dividend / divisor).to_integral_value(decimal.ROUND_FLOOR)
            yield f"modulo({dividend}, {divisor})", shown(dividend - divisor * quotient)
    yield "Whole powers"
    for base, exponent in [("2", 100), ("10", 33), ("10", -33), ("-3", 3), ("-3", 4), ("1.1", 20), ("0.5", 30), ("7", -2)]:
        yield f"({base}) ** {exponent}", shown(FEEL.power(Decimal(base), exponent))


# ---- Dates ----

def days_in_month(year, month):
    return (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, days_in_month(year, month)))


ENDS = [datetime.date(*parts) for parts in [
    (2023, 1, 31), (2023, 2, 28), (2024, 2, 29), (2024, 2, 28), (2024, 12, 31), (2025, 3, 31), (2000, 2, 29), (1999, 12, 31),
    (1900, 2, 28), (2100, 2, 28), (2024, 4, 30), (2024, 10, 31)]]


def duration(days):
    return f'@"{"-" if days < 0 else ""}P{abs(days)}D"'


def dates():
    yield "Months and years from the ends of months and from leap days"
    for day in ENDS:
        for months, text in [(1, "P1M"), (-1, "P1M"), (12, "P1Y"), (-12, "P1Y"), (49, "P4Y1M"), (-2, "P2M")]:
            yield f'@"{day}" {"-" if months < 0 else "+"} @"{text}"', f'@"{add_months(day, months)}"'
        yield f'add months(@"{day}", 18)', f'@"{add_months(day, 18)}"'
    yield "Parts of dates"
    for day in ENDS:
        yield f'day of year(@"{day}")', str(day.timetuple().tm_yday)
        yield f'week of year(@"{day}")', str(day.isocalendar()[1])
        yield f'day of week(@"{day}")', f'"{day:%A}"'
        yield f'month of year(@"{day}")', f'"{day:%B}"'
        yield f'@"{day}".weekday', str(day.isoweekday())
        yield f'end of month(@"{day}")', f'@"{day.replace(day=days_in_month(day.year, day.month))}"'
    yield "Days between dates"
    for left, right in zip(ENDS, ENDS[1:]):
        yield f'@"{left}" - @"{right}"', duration((left - right).days)
        yield f'@"{right}" + {duration((left - right).days)}', f'@"{left}"'
        yield f'completed days(@"{left}", @"{right}")', str((right - left).days)
    yield "Days that are and are not in the calendar"
    for year in (1900, 2000, 2023, 2024, 2100):
        for month, day in [(2, 28), (2, 29), (2, 30), (4, 31), (6, 30), (12, 31), (13, 1), (0, 1), (1, 0)]:
            try:
                datetime.date(year, month, day)
                yield f"date({year}, {month}, {day})", f'@"{year}-{month:02}-{day:02}"'
            except ValueError:
                yield f"date({year}, {month}, {day})", "null: date: there is no day"
    yield "Moments, with what comes after midnight"
    for day in ENDS[:6]:
        moment = datetime.datetime(day.year, day.month, day.day, 23, 59, 59)
        for seconds in (1, 86401, -86400 * 365):
            text = f'{"-" if seconds < 0 else ""}PT{abs(seconds)}S'
            yield f'@"{moment.isoformat()}" + @"{text}"', f'@"{(moment + datetime.timedelta(seconds=seconds)).isoformat()}"'


# ---- Null and errors through every operator ----

KINDS = ["5", '"a"', "true", '@"2025-01-31"', '@"10:00:00"', '@"2025-01-31T10:00:00Z"', '@"P1M"', '@"P1D"', "[1, 2]", "{x: 1}",
         "[1..2]"]
DATES, DURATIONS = {3, 5}, {6, 7}


def arithmetic_goes(sign, left, right):
    """Whether the standard has a value for operands of these kinds."""
    if left == right == 0:
        return True
    if sign == "+":
        return left == right == 1 or (left == right and left in DURATIONS) or \
            any((a in DATES and b in DURATIONS) or (a, b) == (4, 7) for a, b in ((left, right), (right, left)))
    if sign == "-":
        return (left in DATES and right in DATES | DURATIONS) or left == right == 4 or (left, right) == (4, 7) or \
            (left == right and left in DURATIONS)
    if sign == "*":
        return {left, right} <= DURATIONS | {0} and 0 in (left, right)
    return sign == "/" and left in DURATIONS and right in (0, left)


def nulls():
    signs = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "raise to a power"}
    yield "Null and an error beside a value"
    for sign, name in signs.items():
        for kind in KINDS[:8]:
            yield f"{kind} {sign} null", f"null: cannot {name}"
            yield f"null {sign} {kind}", f"null: cannot {name}"
        yield f"(1 / 0) {sign} 5", "null: division by zero"
        yield f"5 {sign} (1 / 0)", "null: division by zero"
    for sign in ("<", "<=", ">", ">="):
        for kind in KINDS[:8]:
            yield f"{kind} {sign} null", "null: cannot compare"
        yield f"(1 / 0) {sign} 5", "null: division by zero"
        yield f"5 {sign} (1 / 0)", "null: division by zero"
    for kind in KINDS:
        yield f"{kind} = null", "false"
        yield f"null != {kind}", "true"
        yield f"({kind}) instance of Null", "false"
    yield "Kinds that go together, and kinds that do not"
    for sign, name in signs.items():
        for i, left in enumerate(KINDS):
            for j, right in enumerate(KINDS):
                goes = arithmetic_goes(sign, i, j)
                if not goes:
                    yield f"{left} {sign} {right}", f"null: cannot {name}"
                elif i or j:
                    yield f"({left} {sign} {right}) = null", "false"
    for i, left in enumerate(KINDS):
        for j, right in enumerate(KINDS):
            if i != j:
                yield f"{left} = {right}", "null: cannot compare"
                yield f"{left} < {right}", "null: cannot compare"
    yield "Three-valued logic: of each pair, whether it is true, false or null"
    truths = {"true": True, "false": False, "null": None, "1": None, "1 / 0 > 0": None}
    for left, a in truths.items():
        for right, b in truths.items():
            both = False if a is False or b is False else True if a and b else None
            either = True if a or b else False if a is False and b is False else None
            for word, value in ("and", both), ("or", either):
                yield f"(({left}) {word} ({right})) = null", str(value is None).lower()
                if value is not None:
                    yield f"({left}) {word} ({right})", str(value).lower()


# ---- Characters ----

def characters():
    yield "Full-width forms of what the language is written with: each is named, and what was meant"
    for code in [*range(0xFF01, 0xFF21), 0xFF3B, 0xFF3D, 0xFF5B, 0xFF5D]:
        character = chr(code)
        meant = unicodedata.normalize("NFKC", character)
        if meant in "_$":  # these are parts of names
            continue
        yield f"1 {character} 1", f"error: SYNTAX {character} (U+{code:04X}) is not the character `{meant}`"
        yield f'string length("{character}")', "1"
    yield "Names in composed and decomposed form are one"
    for name in ["é", "Ångström", "가격", "ñandú", "がくせい", "ệ"]:
        for one in ("NFC", "NFD"):
            for other in ("NFC", "NFD"):
                written, read = (unicodedata.normalize(form, name) for form in (one, other))
                yield f"{{{written}: 7, r: {read} + 1}}.r", "8"
                yield f"{{{written}: 7}}.{read}", "7"
    yield "But texts are compared as they are written"
    yield '"é" = "e\u0301"', "false"
    yield "Lengths count characters, whatever their bytes"
    for text in ["托育", "𠮷野家", "a𠮷b", "👶🏽", "", "ß", "\u200d"]:
        yield f'string length("{text}")', str(len(text))
        for start in range(1, len(text) + 1):
            yield f'substring("{text}", {start}, 1)', f'"{text[start - 1]}"'
            yield f'substring("{text}", {-start})', f'"{text[-start:]}"'
    yield "Escapes"
    for character in "月𠮷😀\u00e9\u0001\uffff":
        code = ord(character)
        if code < 0x10000:
            yield f'string length("\\u{code:04X}")', "1"
        else:
            high, low = 0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code - 0x10000 & 0x3FF)
            yield f'"\\u{high:04X}\\u{low:04X}"', f'"{character}"'
        yield f'"\\U{code:06X}" = "\\U{code:06x}"', "true"
    for lone in ("D800", "DC00", "DFFF"):
        yield f'"\\u{lone}"', "error: SYNTAX"


TABLES = {"numbers": [roundings, arithmetic], "dates": [dates], "nulls": [nulls], "characters": [characters]}


def table(makers):
    lines = ["# Written by make_calculated.py"]
    for maker in makers:
        for row in maker():
            lines.append("# " + row if isinstance(row, str) else f"{row[0]} => {row[1]}")
    return "\n".join(lines) + "\n"


def main(arguments):
    stale = 0
    for name, makers in TABLES.items():
        path, text = FOLDER / f"calculated_{name}.txt", table(makers)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.name} is not what make_calculated.py writes")
            stale += 1
    print(f"{len(TABLES) - stale} passed, {stale} failed")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
