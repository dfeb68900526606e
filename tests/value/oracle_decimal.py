# SPDX-License-Identifier: Apache-2.0
"""Decimals against Python's `decimal` and whole numbers without end.

Writes cases, one a line, to the driver that is named on the command line; the same seed gives the same cases.
A case: operation, operands, the text or status that must come out; for functions that are not correctly rounded the
lowest and the highest text that may.
"""
import decimal
import random
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

SEED = 20230206
DIGITS, EXPONENT_MIN, EXPONENT_MAX = 34, -6176, 6111
HALF_EVEN = decimal.Context(prec=DIGITS, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[])
WIDE = decimal.Context(prec=400, Emin=-999999, Emax=999999, traps=[])
MODES = [decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_UP, decimal.ROUND_HALF_DOWN, decimal.ROUND_UP, decimal.ROUND_DOWN,
         decimal.ROUND_FLOOR, decimal.ROUND_CEILING]

rng = random.Random(SEED)


def canonical(number):
    """The text that depends on the value alone."""
    sign, digits, exponent = number.as_tuple()
    text = ''.join(map(str, digits)).lstrip('0')
    if not text:
        return '0'
    stripped = text.rstrip('0')
    exponent += len(text) - len(stripped)
    minus = '-' if sign else ''
    if 0 <= exponent <= 40 - len(stripped):
        return minus + stripped + '0' * exponent
    if -40 <= exponent < 0:
        padded = stripped.rjust(1 - exponent, '0')
        return f'{minus}{padded[:exponent]}.{padded[exponent:]}'
    fraction = '.' + stripped[1:] if len(stripped) > 1 else ''
    return f'{minus}{stripped[0]}{fraction}E{exponent + len(stripped) - 1:+d}'


def result(number):
    if number.is_nan():
        return 'EVALUATION'
    return 'OVERFLOW' if number.is_infinite() else canonical(number)


def exact(fraction):
    """The text of a fraction if 34 digits hold it, else OVERFLOW. Its denominator divides a power of ten."""
    if fraction == 0:
        return '0'
    exponent = 0
    numerator, denominator = abs(fraction.numerator), fraction.denominator
    while denominator != 1:
        step = 1 if denominator < 10**40 else 40
        numerator *= 10**step
        exponent -= step
        common = Fraction(numerator, denominator)
        numerator, denominator = common.numerator, common.denominator
    while numerator % 10 == 0:
        numerator //= 10
        exponent += 1
    digits = len(str(numerator))
    if digits > DIGITS or exponent < EXPONENT_MIN or exponent > EXPONENT_MAX + DIGITS - digits:
        return 'OVERFLOW'
    return canonical(Decimal((int(fraction < 0), tuple(map(int, str(numerator))), exponent)))


def coefficient():
    length = rng.choice([1, 2, 3, 5, 8, 12, 16, 17, 19, 20, 21, 25, 30, 33, 34, 34])
    shape = rng.random()
    if shape < 0.12:
        return rng.choice([10**length - 1, 10**(length - 1), 5 * 10**(length - 1), 0, 1, 2**63, 2**64, 2**113 % 10**34])
    if shape < 0.2:
        return int(rng.choice('123456789') + rng.choice('059') * (length - 1))
    return rng.randrange(10**length)


def number(spread=None):
    """Money, ties, long ones, and the far ends."""
    where = rng.random() if spread is None else 0.0
    if where < 0.5:
        exponent = rng.randint(-(spread or 4), spread or 4)
    elif where < 0.85:
        exponent = rng.randint(-40, 40)
    elif where < 0.95:
        exponent = rng.randint(-3200, 3200)
    else:
        exponent = rng.choice([rng.randint(EXPONENT_MIN, EXPONENT_MIN + 60), rng.randint(EXPONENT_MAX - 60, EXPONENT_MAX)])
    return Decimal((rng.getrandbits(1), tuple(map(int, str(coefficient()))), exponent))


def written(value):
    """Some text of it, not the canonical one."""
    sign, digits, exponent = value.as_tuple()
    text = ''.join(map(str, digits))
    minus = '-' if sign else ''
    if -60 <= exponent < 0 and rng.getrandbits(1):
        padded = text.rjust(1 - exponent, '0')
        return f'{minus}{padded[:exponent]}.{padded[exponent:]}' + '0' * rng.choice([0, 0, 1, 50])
    if exponent == 0 and rng.getrandbits(1):
        return minus + rng.choice(['', '0', '000']) + text
    return f'{minus}{text}{rng.choice("eE")}{rng.choice(["", "+"]) if exponent >= 0 else ""}{exponent}'


def near(value):
    """Another number of about the same size, so that sums cancel and comparisons are close."""
    sign, digits, exponent = value.as_tuple()
    shifted = max(0, int(''.join(map(str, digits))) + rng.choice([-1, 0, 1, 5]))
    shifted = min(shifted, 10**DIGITS - 1)
    move = rng.choice([0, 0, 0, 1, -1])
    exponent = min(max(exponent + move, EXPONENT_MIN), EXPONENT_MAX)
    return Decimal((sign ^ rng.getrandbits(1), tuple(map(int, str(shifted))), exponent))


def arithmetic(count):
    for _ in range(count):
        left = number()
        right = near(left) if rng.random() < 0.2 else number()
        yield 'add', left, right, result(HALF_EVEN.add(left, right))
        yield 'subtract', left, right, result(HALF_EVEN.subtract(left, right))
        yield 'multiply', left, right, result(HALF_EVEN.multiply(left, right))
        yield 'divide', left, right, 'DIVISION_BY_ZERO' if right == 0 else result(HALF_EVEN.divide(left, right))
        yield 'compare', left, right, str(int(left > right) - int(left < right))


def roundings(count):
    for _ in range(count):
        value = number(rng.choice([2, 4, 20, 40]))
        scale = rng.randint(-36, 36) if rng.random() < 0.5 else rng.randint(-3, 3)
        if rng.random() < 0.4:  # a tie, or next to one
            sign, digits, _ = value.as_tuple()
            whole = (digits[:33 - rng.randint(0, 30)] or (0,)) + (5,)
            value = Decimal((sign, whole, -scale - 1))
            value = HALF_EVEN.add(value, Decimal((0, (1,), -scale - 30))) if rng.random() < 0.2 else value
        mode = rng.randrange(len(MODES))
        rounded = value.quantize(Decimal((0, (1,), -scale)), rounding=MODES[mode], context=WIDE)
        yield 'round', value, scale, mode, canonical(rounded)


def round_fraction(value, mode):
    """A fraction to a whole number."""
    magnitude, negative = abs(value), value < 0
    whole = magnitude.numerator // magnitude.denominator
    lost = magnitude - whole
    half = Fraction(1, 2)
    away = {
        decimal.ROUND_HALF_EVEN: lost > half or (lost == half and whole % 2 == 1),
        decimal.ROUND_HALF_UP: lost >= half,
        decimal.ROUND_HALF_DOWN: lost > half,
        decimal.ROUND_UP: lost > 0,
        decimal.ROUND_DOWN: False,
        decimal.ROUND_FLOOR: lost > 0 and negative,
        decimal.ROUND_CEILING: lost > 0 and not negative,
    }[MODES[mode]]
    return (whole + away) * (-1 if negative else 1)


def multiples(count):
    for _ in range(count):
        step = Decimal(rng.choice(['0.5', '0.05', '10', '100', '1', '3', '0.3', '7', '25', '0.25', '1e-10', '1e20']))
        if rng.random() < 0.3:
            step = abs(number(6)) or Decimal(1)
        value = number(rng.choice([2, 4, 12]))
        if rng.random() < 0.4:
            value = HALF_EVEN.multiply(step, Decimal(rng.randint(-2001, 2001)) / 2)
        mode = rng.randrange(len(MODES))
        wanted = exact(round_fraction(Fraction(value) / Fraction(step), mode) * Fraction(step))
        yield 'round_to', value, step, mode, wanted


def remainders(count):
    for _ in range(count):
        spread = rng.choice([3, 10, 40, 40, 3000]) if rng.random() < 0.02 else rng.choice([3, 10, 40])
        left, right = number(spread), number(spread)
        if right == 0:
            yield 'modulo', left, right, 'DIVISION_BY_ZERO'
            continue
        numerator, divisor = Fraction(left), Fraction(right)
        yield 'modulo', left, right, exact(numerator - divisor * (numerator // divisor))


def powers(count):
    for _ in range(count):
        base = Decimal((rng.getrandbits(1), tuple(map(int, str(rng.randrange(1, 10**rng.choice([1, 2, 3, 5, 34]))))),
                        rng.randint(-6, 1)))
        exponent = rng.choice([rng.randint(0, 12), rng.randint(-40, 40), rng.randint(-400, 400)])
        # In 400 digits, then once more by the rules of 34.
        yield 'power', base, exponent, result(HALF_EVEN.plus(WIDE.power(base, exponent)))
    for _ in range(count // 20):
        base = abs(number(10)) or Decimal(2)
        yield 'square_root', base, result(HALF_EVEN.sqrt(base))
        yield ('logarithm', base) + bounds(HALF_EVEN.ln(base))
        exponent = Decimal(rng.randint(-10**6, 10**6)) / 10**rng.randint(2, 6)
        yield ('exponential', exponent) + bounds(HALF_EVEN.exp(exponent))
        yield ('power', base, exponent) + bounds(HALF_EVEN.power(base, exponent), 4)


def bounds(value, units=1):
    """So many units in the last place below and above."""
    if value.is_infinite():
        return 'OVERFLOW', 'OVERFLOW'
    low = high = value
    for _ in range(units):
        low, high = HALF_EVEN.next_minus(low), HALF_EVEN.next_plus(high)
    return canonical(low), canonical(high)


def texts(count):
    for _ in range(count):
        value = number()
        yield 'text', written(value), canonical(value)
        sign, digits, exponent = value.as_tuple()
        longer = digits + tuple(rng.randrange(10) for _ in range(rng.randint(0, 8)))
        spelled = f'{"-" if sign else ""}{"".join(map(str, longer))}E{exponent}'
        yield 'text', spelled, exact(Fraction(Decimal(spelled))) if abs(exponent) < 400 else None
        broken = list(written(value))
        broken.insert(rng.randint(0, len(broken)), rng.choice('.-+eE _,xN٣１'))
        yield 'text', ''.join(broken), read(''.join(broken))
    for spelled in ['', '-', '.', '-.', '1.', '.5', '-.5', '1e', '1e+', 'e5', '1E5', '1e5.0', 'NaN', 'Infinity', 'inf', '+1', ' 1',
                    '1 ', '1_000', '0x10', '--1', '1..2', '0e999999999999999999999', '1e999999999999999999999',
                    '1e-99999999999999999999', '0.' + '0' * 6175 + '1', '0.' + '0' * 6176 + '1', '1' + '0' * 6144,
                    '1' + '0' * 6145, '0' * 5000 + '7', '1.' + '0' * 5000, '1' + '0' * 200 + 'e-200', '9' * 34, '9' * 35]:
        yield 'text', spelled, read(spelled)


def read(spelled):
    if not re.fullmatch(r'-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?', spelled):
        return 'SYNTAX'
    mantissa, _, exponent = spelled.lower().partition('e')
    if Decimal(mantissa) == 0:
        return '0'
    if abs(int(exponent or 0)) > 20000:
        return 'OVERFLOW'
    return exact(Fraction(Decimal(mantissa)) * Fraction(10)**int(exponent or 0)) if abs(int(exponent or 0)) < 400 else \
        exact_far(mantissa, int(exponent))


def exact_far(mantissa, exponent):
    """As exact, for exponents where fractions get slow."""
    sign, digits, own = Decimal(mantissa).as_tuple()
    text = ''.join(map(str, digits)).lstrip('0')
    stripped = text.rstrip('0')
    exponent += own + len(text) - len(stripped)
    if len(stripped) > DIGITS or exponent < EXPONENT_MIN or exponent > EXPONENT_MAX + DIGITS - len(stripped):
        return 'OVERFLOW'
    return canonical(Decimal((sign, tuple(map(int, stripped)), exponent)))


def integers(count):
    edges = [0, 1, -1, 2**63 - 1, -2**63, 2**63, -2**63 - 1, 10**18, 10**19]
    for _ in range(count):
        value = rng.choice([rng.choice(edges), rng.randint(-2**64, 2**64), rng.randint(-10**6, 10**6)])
        scale = rng.choice([0, 2, 2, 4, rng.randint(-20, 20)])
        shown = Decimal((int(value < 0), tuple(map(int, str(abs(value)))), -scale))
        shown = shown if rng.getrandbits(1) else HALF_EVEN.add(shown, Decimal((0, (1,), -scale - rng.randint(1, 9))))
        scaled = Fraction(shown) * Fraction(10)**scale
        fits = scaled.denominator == 1 and -2**63 <= scaled < 2**63
        yield 'integer', shown, scale, str(scaled.numerator) if fits else 'OVERFLOW'


def cases():
    yield from arithmetic(36000)
    yield from roundings(30000)
    yield from multiples(8000)
    yield from remainders(10000)
    yield from powers(4000)
    yield from texts(8000)
    yield from integers(6000)


def main():
    decimal.getcontext().prec = 60
    driver = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, text=True, encoding='utf-8')
    for case in cases():
        if case[-1] is None:
            continue
        shown = [written(part) if isinstance(part, Decimal) else str(part) for part in case]
        driver.stdin.write('\t'.join(shown) + '\n')
    driver.stdin.close()
    return driver.wait()


if __name__ == '__main__':
    sys.exit(main())
