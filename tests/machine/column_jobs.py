# SPDX-License-Identifier: Apache-2.0
"""Hands jobs to the driver of columns and reads what it answers."""
import collections
import decimal
import os
import pathlib
import subprocess
import urllib.parse

from exact_oracle import ERROR, FIRST_DAY, LAST_DAY, NONE, Null

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
DRIVER = BUILD / "tests" / "machine" / "column_driver"

# cells: by row a token. type and scale: of the column.
Output = collections.namedtuple("Output", "is_typed type scale cells")
# findings: why the pack was refused, or None. outputs: by name. operations: names, one for each. differences: lines.
Answer = collections.namedtuple("Answer", "findings outputs operations differences")


class Driver:
    def __init__(self):
        self.process = subprocess.Popen([DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def answer(self, pack, as_of, columns, first, rows):
        """columns: texts as the driver reads them."""
        text = pack.encode("utf-8")
        job = [b"pack %d\n" % len(text), text, b"date %d\n" % as_of, *(column.encode("utf-8") for column in columns),
               b"run %d %d\n" % (first, rows)]
        self.process.stdin.write(b"".join(job))
        self.process.stdin.flush()
        answer = Answer(None, {}, [], [])
        while True:
            line = self.process.stdout.readline().decode("utf-8")
            if not line:
                raise RuntimeError(f"the driver ended ({self.process.wait()}) at this pack:\n{pack}")
            word, _, rest = line.rstrip("\n").partition(" ")
            if word == "done":
                return answer
            if word == "rejected":
                answer = answer._replace(findings=urllib.parse.unquote(rest))
            elif word == "output":
                name, is_typed, kind, scale, *cells = rest.split(" ")
                answer.outputs[name] = Output(is_typed == "1", kind, int(scale), cells)
            elif word == "operation":
                answer.operations.append(rest)
            else:
                answer.differences.append(rest)

    def close(self):
        self.process.stdin.close()
        status = self.process.wait()
        assert status == 0, f"the driver ended with {status}"


def fits(value, output):
    """Whether the column can hold the value at all."""
    if output.type == "d":
        return FIRST_DAY <= value <= LAST_DAY
    if output.type != "n":
        return True
    scaled = value.scaleb(output.scale)
    return scaled == scaled.to_integral_value() and -2 ** 63 <= scaled < 2 ** 63


def agrees(value, cell, output):
    """Whether a cell says what the value is; numbers in the border's unit."""
    if not isinstance(value, Null) and not fits(value, output):
        value = ERROR
    if isinstance(value, Null):
        return cell == ("~" if value is NONE else "!" if value.reasons & ERROR.reasons else "?")
    if cell in "~!?":
        return False
    if output.type == "b":
        return cell == ("t" if value else "f")
    if output.type == "d":
        return int(cell) == value
    if output.type == "c":
        return urllib.parse.unquote(cell[1:]) == value
    return decimal.Decimal(cell) == value
