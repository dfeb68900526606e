#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A million random operations of each kind against Python's `decimal`: + - * / and comparisons, whole powers, roundings,
and conversions from and to text. The driver that is named on the command line judges them; see million_driver.c for the
form of a line. The operands of a block stand in a pool, which the lines refer to by number.

    oracle_million.py DRIVER [COUNT]"""
import decimal
import random
import subprocess
import sys
from decimal import Decimal

from oracle_decimal import HALF_EVEN, MODES, canonical

SEED = 20250731
BLOCKS, POOL, DIGITS = 20, 2000, 34
# Wide enough that what the powers here lose cannot move the 34th digit but where they are exact.
POWERS = decimal.Context(prec=110, Emin=-999999, Emax=999999, traps=[])
WIDE = decimal.Context(prec=400, Emin=-999999, Emax=999999, traps=[])
LENGTHS = [1, 2, 3, 4, 6, 8, 12, 16, 17, 19, 20, 25, 33, 34, 34]

rng = random.Random(SEED)


def coefficient():
    length = rng.choice(LENGTHS)
    shape = rng.random()
    if shape < 0.1:
        return rng.choice([10**length - 1, 10**(length - 1), 5 * 10**(length - 1), 0, 1])
    return rng.randrange(10**length)


def exponent():
    where = rng.random()
    if where < 0.6:
        return rng.randint(-6, 4)
    if where < 0.9:
        return rng.randint(-40, 40)
    return rng.choice([rng.randint(-3200, 3200), rng.randint(-6176, -6120), rng.randint(6060, 6111)])


def number():
    return Decimal(f"{'-' if rng.getrandbits(1) else ''}{coefficient()}E{exponent()}")


def pool():
    """Some stand close to one before, so that sums cancel and comparisons are close."""
    numbers = [number() for _ in range(POOL - POOL // 5)]
    for _ in range(POOL // 5):
        near = rng.choice(numbers)
        numbers.append(-near if rng.getrandbits(1) else HALF_EVEN.next_plus(near))
    return [value for value in numbers if value.is_finite() and abs(value.as_tuple().exponent) <= 6176]


def shown(value):
    return "INFINITE" if value.is_infinite() else str(value)


def arithmetic(numbers, count):
    add, subtract, multiply, divide = HALF_EVEN.add, HALF_EVEN.subtract, HALF_EVEN.multiply, HALF_EVEN.divide
    last = len(numbers)
    for _ in range(count):
        i, j = int(rng.random() * last), int(rng.random() * last)
        left, right = numbers[i], numbers[j]
        quotient = shown(divide(left, right)) if right else "ZERO"
        yield (f"a\t{i}\t{j}\t{shown(add(left, right))}\t{shown(subtract(left, right))}\t{shown(multiply(left, right))}"
               f"\t{quotient}\t{(left > right) - (left < right)}\n")


def powers(numbers, count):
    small = [i for i, value in enumerate(numbers) if value and abs(value.adjusted()) < 60]
    for _ in range(count):
        i = small[int(rng.random() * len(small))]
        power = int(rng.random() * 25) - 12 if rng.random() < 0.95 else int(rng.random() * 200) - 100
        yield f"p\t{i}\t{power}\t{shown(HALF_EVEN.plus(POWERS.power(numbers[i], power)))}\n"


def roundings(numbers, count):
    near = [i for i, value in enumerate(numbers) if abs(value.adjusted()) < 60]
    units = {scale: Decimal((0, (1,), -scale)) for scale in range(-40, 41)}
    for _ in range(count):
        i, mode = near[int(rng.random() * len(near))], int(rng.random() * len(MODES))
        value = numbers[i]
        # Mostly where it cuts off the last digits, which is where the ties are.
        scale = -value.as_tuple().exponent - 1 - int(rng.random() * 3) if rng.random() < 0.5 else int(rng.random() * 9) - 4
        scale = max(-40, min(40, scale))
        yield f"r\t{i}\t{scale}\t{mode}\t{value.quantize(units[scale], rounding=MODES[mode], context=WIDE)}\n"


def texts(numbers, count):
    """Each number is new; how it is written is not its canonical text, which must come out."""
    for k in range(count):
        value = number()
        form = k % 3
        spelled = str(value) if form == 0 or not -60 < value.as_tuple().exponent < 40 else f"{value:f}"
        if form == 1 and "." in spelled and "E" not in spelled:
            spelled += "000"
        yield f"t\t{spelled.replace('E', 'e') if form == 2 else spelled}\t{canonical(value)}\n"


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    driver = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, text=True, encoding="ascii")
    for _ in range(BLOCKS):
        numbers = pool()
        driver.stdin.write(f"n\t{len(numbers)}\n")
        driver.stdin.writelines(f"{value}\n" for value in numbers)
        for make in (arithmetic, powers, roundings, texts):
            driver.stdin.writelines(make(numbers, count // BLOCKS))
    driver.stdin.close()
    return driver.wait()


if __name__ == "__main__":
    sys.exit(main())
