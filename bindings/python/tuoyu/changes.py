# SPDX-License-Identifier: Apache-2.0
"""Changes of a policy's numbers: what a scenario is made of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Iterable, Literal, Mapping, Union

from . import _raw as raw
from .handles import days_of, name_of

#: What a parameter can be given, added or multiplied by.
ChangeValue = Union[str, int, Decimal, bool, datetime.date]

_OPERATIONS = {"set": 1, "add": 2, "scale": 3}  # the library's numbers of them
_ALL_DAYS = -(2 ** 31)  # the library's first day of a change that holds on all days


@dataclass(frozen=True)
class Change:
    """A change of one parameter.

    parameter: its name, or `pack.id:name` where several packs have one. value: in its unit, percent in percent
    (80), as int, Decimal, date, bool or text as a pack writes it; float is refused, since it is not exact.
    operation: "set" gives the parameter this value; "add" adds to each of its values, percentage points to a
    percent; "scale" multiplies them. first_day: from which on it holds; None for all days. reason: why, for
    whoever reads an answer."""

    parameter: str
    value: ChangeValue
    operation: Literal["set", "add", "scale"] = "set"
    first_day: datetime.date | None = None
    reason: str = ""


def changes_of(given: Mapping[str, ChangeValue] | Iterable[Change],
               first_day: datetime.date | None, reason: str) -> tuple[Change, ...]:
    """The changes of a mapping, which are from that day on and for that reason, or those of a list."""
    if isinstance(given, Mapping):
        return tuple(Change(name, value, "set", first_day, reason) for name, value in given.items())
    changes = tuple([given] if isinstance(given, Change) else given)
    for change in changes:
        if not isinstance(change, Change):
            raise TypeError(f"changes: a mapping of names to values, or Changes, are wanted, not "
                            f"{type(change).__name__}")
    if first_day is not None or reason:
        raise TypeError("first_day and reason go with a mapping; a Change has its own")
    return changes


def changed_policy(policy: Any, changes: tuple[Change, ...]) -> Any:
    """A native policy like this one, with the changes."""
    texts = raw.call_changes_new()
    for change in changes:
        name = name_of(change.parameter, "the name of a parameter")
        if change.operation not in _OPERATIONS:
            raise ValueError(f"operation: one of {', '.join(_OPERATIONS)} is wanted, not {change.operation!r}")
        day = _ALL_DAYS if change.first_day is None else days_of(change.first_day, "first_day")
        if not raw.call_changes_add(texts, name, _text_of(name, change.value), name_of(change.reason, "a reason"),
                                    _OPERATIONS[change.operation], day):
            raise MemoryError
    return raw.call_policy_with(policy, texts)


def _text_of(name: str, value: Any) -> str:
    """The value as a pack writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return name_of(value, f"the value of {name}")
    if isinstance(value, datetime.date):
        days_of(value, name)  # refuses a date and time
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "__index__"):
        return str(value.__index__())
    if isinstance(value, float):
        raise TypeError(f"{name}: a float is not exact: give a Decimal, or the digits as text")
    raise TypeError(f"{name}: an int, Decimal, date, bool or text is wanted, not {type(value).__name__}")
