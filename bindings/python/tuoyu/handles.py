# SPDX-License-Identifier: Apache-2.0
"""Handles that are freed once: by `with`, by close(), or by the collector; and values as they go in and
out."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from typing import Any, Iterator, TypeVar

from . import _raw as raw
from .errors import made_error

H = TypeVar("H", bound="Handle")
EPOCH = datetime.date(1970, 1, 1).toordinal()


def days_of(date: datetime.date, name: str = "as_of") -> int:
    """Days since 1970-01-01. A date and time is refused: whether a moment belongs to a day depends on the
    time zone."""
    if isinstance(date, datetime.datetime):
        if date != date:  # NaT of pandas
            raise TypeError(f"{name}: {date!r} is no day; a fact that is not known is left out")
        kind = type(date).__name__
        raise TypeError(f"{name}: a date is wanted, not a date and time ({kind}); its .date() is the day")
    if not isinstance(date, datetime.date):
        raise TypeError(f"{name}: a datetime.date is wanted, not {type(date).__name__}")
    return date.toordinal() - EPOCH


def day_of(days: int) -> datetime.date:
    return datetime.date.fromordinal(days + EPOCH)


def number_of(text: str | None) -> Decimal | None:
    """A number as the raw module gives it; None where there is none."""
    return Decimal(text) if text else None


def name_of(name: str, what: str = "a name") -> str:
    """The name itself; TypeError for what is no text. Nothing may be cut off at U+0000, and no name holds
    it."""
    if not isinstance(name, str):
        raise TypeError(f"{what} (str) is wanted, not {type(name).__name__}")
    if "\0" in name:
        raise made_error(raw.TUOYU_ERROR_ENCODING, f"{what} holds U+0000: {name!r}")
    return name


def rule_name(name: str) -> str:
    return name_of(name, "the name of a rule")


def until_none(function: Any, *arguments: Any) -> Iterator[str]:
    """What a raw function gives for the indices from 0 on, until there is none."""
    for index in itertools.count():
        found = function(*arguments, index)
        if found is None:
            return
        yield found


class Handle:
    """Owns one native handle. It is freed once: by close(), by `with`, or by the collector; and never while a
    call on it runs, in whatever thread: the last call to end frees what was closed meanwhile."""

    _native: Any = None
    _policy: Any = None  # a reference of its own to the policy, where cases are made for what it is asked
    _pickle_advice = "make it again where it is wanted"

    def __init__(self, native: Any, policy: Any = None) -> None:
        self._native = native
        if policy is not None:
            self._policy = raw.tuoyu_policy_ref(policy)

    def close(self) -> None:
        """Frees the native memory now, or when the calls that run have ended; closing again does nothing."""
        if self._native is not None:
            self._native.close()
        if self._policy is not None:
            self._policy.close()

    def _check_open(self) -> None:
        if self._native is None:
            raise TypeError(f"this {type(self).__name__} was not made by the library")
        if self._native.closed:
            raise ValueError(f"this {type(self).__name__} is closed")

    def _policy_of_rule(self) -> Any:
        """The native policy that cases are made for."""
        self._check_open()
        return self._policy

    def __enter__(self: H) -> H:
        self._check_open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> Any:
        name = type(self).__name__
        raise TypeError(f"{name}: a native handle cannot be pickled or copied; {self._pickle_advice}")
