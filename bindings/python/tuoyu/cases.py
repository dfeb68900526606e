# SPDX-License-Identifier: Apache-2.0
"""The facts of a case, from values of Python."""

from __future__ import annotations

import datetime
import operator
from decimal import Decimal
from typing import Any, Mapping

from . import _raw as raw
from .errors import TuoyuError, made_error
from .handles import Handle, days_of, name_of
from .loaded_packs import LoadedPacks


class Case(Handle):
    """One flat set of facts. Used by one thread at a time: a call while another runs on it raises
    RuntimeError."""

    _pickle_advice = "send the facts as a dict, and make the case where they arrive"

    def __init__(self, policy: LoadedPacks) -> None:
        super().__init__(raw.call_case_new(policy._native))

    def __setitem__(self, name: str, value: Any) -> None:
        """bool, int, Decimal, date, or text in the fact's declared type; a number or bool of numpy likewise.
        None: there is none (a nullable fact only); a fact that is not known is left out. float is refused: it
        is not exact. Raises FactError, TypeError."""
        name_of(name, "the name of a fact")
        if value is None:
            raw.call_case_set_none(self._native, name)
        elif isinstance(value, bool):
            raw.call_case_set_boolean(self._native, name, value)
        elif isinstance(value, str):
            raw.call_case_set_text(self._native, name, value)
        elif isinstance(value, datetime.date):
            raw.call_case_set_date(self._native, name, days_of(value, name))
        elif isinstance(value, (int, Decimal)):
            self._set_number(name, value)
        elif _kind_of(value) == "b":
            raw.call_case_set_boolean(self._native, name, bool(value))
        elif hasattr(value, "__index__"):
            self._set_number(name, value)
        else:
            raise TypeError(f"{name}: {_why_no_value(value)}")

    def _set_number(self, name: str, value: Any) -> None:
        text = _number_text(name, value)
        try:
            raw.call_case_set_number(self._native, name, text)
        except TuoyuError as error:
            if error.findings:
                raise
            # The text is not even read as a number of 34 digits, so that the library knows of no fact yet.
            raise _number_error(name, f"{_shortened(text)}: {_why_no_number(value)}") from None

    def update(self, facts: Mapping[str, Any], prefix: str = "") -> None:
        """Sets all of them; a mapping under a name is of the facts below it."""
        if not isinstance(facts, Mapping):
            raise TypeError(f"facts: a mapping of names to values is wanted, not {type(facts).__name__}")
        for name, value in facts.items():
            full = prefix + name_of(name, "the name of a fact")
            if isinstance(value, Mapping):
                self.update(value, f"{full}.")
            else:
                self[full] = value

    def read(self, text: str, source: str = "facts") -> None:
        """Facts from YAML or JSON text. source: what errors call it."""
        raw.call_case_read(self._native, name_of(source, "source"), text)

    def clear(self) -> None:
        raw.tuoyu_case_clear(self._native)


def case_of(policy: Any, facts: Mapping[str, Any]) -> Case:
    """A case with these facts, for a native policy."""
    case = Case.__new__(Case)
    Handle.__init__(case, raw.call_case_new(policy))
    try:
        case.update(facts)
    except BaseException:
        case.close()
        raise
    return case


def _kind_of(value: Any) -> str | None:
    """The letter by which numpy says what a scalar of its own is: b, i, u, f, …; None for what is no such
    scalar."""
    is_scalar = getattr(value, "shape", None) == ()
    return getattr(getattr(value, "dtype", None), "kind", None) if is_scalar else None


def _number_error(name: str, what: str) -> TuoyuError:
    return made_error(raw.TUOYU_ERROR_FACT_TYPE, f"'{name}' is given {what}")


def _number_text(name: str, value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    try:
        number = operator.index(value)
    except TypeError as error:  # such as an array of several numbers
        raise TypeError(f"{name}: {_why_no_value(value)}") from error
    try:
        return str(number)
    except ValueError:  # Python writes no integer of more than some thousand digits
        what = f"an integer of {number.bit_length()} bits: a number has 34 digits at most"
        raise _number_error(name, what) from None


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:40]}… ({len(text)} characters)"


def _why_no_number(value: Any) -> str:
    if isinstance(value, Decimal) and not value.is_finite():
        return "a finite number is wanted; a fact that is not known is left out"
    return "a number has 34 digits at most, and an exponent from -6176 to 6144"


def _why_no_value(value: Any) -> str:
    """Why a value cannot be a fact's; each reason says what to give instead."""
    name = type(value).__name__
    is_float = isinstance(value, float) or _kind_of(value) == "f"
    if name == "NAType" or (is_float and value != value):
        return f"{value!r} is no value; a fact that is not known is left out"
    if is_float:
        return f"{name} is binary floating point, which is not exact; give an int, a Decimal, or text"
    return f"a fact is a bool, an int, a Decimal, a date, a text, or None, not {name}"
