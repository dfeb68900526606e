# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was found wrong. Line and column count from 1; 0 where no place is known."""

    code: int
    severity: int
    source: str
    line: int
    column: int
    message: str
    hint: str


class TuoyuError(Exception):
    """An error of the library. `status` is its name (TUOYU_ERROR_SYNTAX), `code` its number; `findings` are all that was
    found, in order; source, line and column are the first one's."""

    def __init__(self, code: int, status: str, findings: list[Finding], text: str) -> None:
        super().__init__(text.rstrip("\n") or status)
        self.code = code
        self.status = status
        self.findings = findings
        first = findings[0] if findings else None
        self.source = first.source if first else ""
        self.line = first.line if first else 0
        self.column = first.column if first else 0


class PackError(TuoyuError):
    """A pack cannot be read or does not make sense."""


class FactError(TuoyuError, ValueError):
    """A fact of a case is unknown, of another type, out of its range, or a date that does not exist."""


def class_of(code: int) -> type[TuoyuError]:
    """The exception of a status; the ranges are those of status.h."""
    if -39 <= code <= -20:
        return PackError
    if -59 <= code <= -40:
        return FactError
    return TuoyuError
