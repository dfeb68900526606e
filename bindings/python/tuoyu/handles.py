# SPDX-License-Identifier: Apache-2.0
"""Handles that are freed once: by `with`, by close(), or by the collector."""

from __future__ import annotations

import datetime
import threading
import weakref
from decimal import Decimal
from typing import Any, Callable

from . import raw
from .errors import Finding, TuoyuError, class_of

EPOCH = datetime.date(1970, 1, 1).toordinal()


def days_of(date: datetime.date) -> int:
    """Days since 1970-01-01."""
    if not isinstance(date, datetime.date):
        raise TypeError(f"a date is wanted, not {type(date).__name__}")
    return date.toordinal() - EPOCH


def day_of(days: int) -> datetime.date:
    return datetime.date.fromordinal(days + EPOCH)


class _Call:
    """Status and diagnostics of the last call."""

    def __init__(self) -> None:
        self.pointer = raw.call_new()
        if self.pointer is None:
            raise MemoryError
        weakref.finalize(self, raw.call_free, self.pointer).atexit = False


class _Calls(threading.local):
    """Each thread has a call of its own."""

    def __init__(self) -> None:
        self.call = _Call()


_calls = _Calls()


def _finding(call: Any, index: int) -> Finding:
    return Finding(
        code=raw.call_finding_code(call, index), severity=raw.call_finding_severity(call, index),
        source=raw.call_finding_source(call, index), line=raw.call_finding_line(call, index),
        column=raw.call_finding_column(call, index), message=raw.call_finding_message(call, index),
        hint=raw.call_finding_hint(call, index))


def _raise(call: Any, status: int) -> None:
    if status == raw.TUOYU_ERROR_NO_MEMORY:
        raise MemoryError
    findings = [_finding(call, index) for index in range(raw.call_finding_count(call))]
    name = raw.tuoyu_status_name(status)
    raise class_of(status)(status, name, findings, raw.call_findings_text(call))


def checked(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a raw function with this thread's call object; raises what it reports."""
    call = _calls.call.pointer
    result = function(call, *arguments)
    status = raw.call_status(call)
    if status != 0:
        _raise(call, status)
    return result


def number_or_none(function: Callable[..., str | None], *arguments: Any) -> Decimal | None:
    text = function(_calls.call.pointer, *arguments)
    return None if text is None else Decimal(text)


def text_or_none(function: Callable[..., str | None], *arguments: Any) -> str | None:
    return function(_calls.call.pointer, *arguments)


def name_of(name: str) -> str:
    """The name itself; TypeError for what is no text."""
    if not isinstance(name, str):
        raise TypeError(f"a name is wanted, not {type(name).__name__}")
    return name


class Handle:
    """Owns one native handle."""

    _free: Callable[[Any], None]

    def __init__(self, pointer: Any) -> None:
        self._pointer = pointer
        self._finalizer = weakref.finalize(self, type(self)._free, pointer)
        self._finalizer.atexit = False

    @property
    def pointer(self) -> Any:
        if not self._finalizer.alive:
            raise ValueError(f"this {type(self).__name__} is closed")
        return self._pointer

    def close(self) -> None:
        """Frees the native memory now; closing again does nothing."""
        self._finalizer()

    def __enter__(self):
        self.pointer
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
