# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import _raw as raw

SEVERITY_ERROR = 0


@dataclass(frozen=True)
class Finding:
    """One thing that was found wrong. Line and column count from 1; 0 where no place is known. `id` is that of
    the message, the same in each language; empty where this package found it itself."""

    code: int
    severity: int
    source: str
    line: int
    column: int
    message: str
    hint: str
    id: str = ""


class TuoyuError(Exception):
    """An error of the library. `status` is its name (TUOYU_ERROR_SYNTAX), `code` its number; `findings` are
    all that was found, in order; source, line and column are the first one's. It pickles with all of it."""

    def __init__(self, code: int, status: str, findings: list[Finding], text: str) -> None:
        super().__init__(text.rstrip("\n") or status)
        self.code = code
        self.status = status
        self.findings = findings
        first = findings[0] if findings else None
        self.source = first.source if first else ""
        self.line = first.line if first else 0
        self.column = first.column if first else 0

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception pickles by its arguments, which is the text alone here, and its notes and the like.
        return type(self), (self.code, self.status, self.findings, str(self)), self.__dict__


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


def error_of(code: int, status: str, findings: list[tuple[Any, ...]], text: str) -> TuoyuError:
    """What the raw module raises for a status: findings are the fields of each Finding, text is all of them
    for people."""
    return class_of(code)(code, status, [Finding(*finding) for finding in findings], text)


def made_error(code: int, message: str, hint: str = "") -> TuoyuError:
    """An error that this package finds itself, in the form of the library's."""
    finding = Finding(code, SEVERITY_ERROR, source="", line=0, column=0, message=message, hint=hint)
    text = f"error: {message} ({hint})" if hint else f"error: {message}"
    return class_of(code)(code, raw.tuoyu_status_name(code), [finding], text)


def language_error(language: str) -> TuoyuError:
    """There are no texts in this language."""
    message = f"there are no texts in the language `{language}`"
    return made_error(raw.TUOYU_ERROR_INVALID_ARGUMENT, message, "give zh or en")
