# SPDX-License-Identifier: Apache-2.0
"""Ending long work from outside."""

from __future__ import annotations

import contextlib
from typing import Any, Callable, Iterator

from . import _raw as raw


@contextlib.contextmanager
def cancelled_by(cancel: Callable[[], Any]) -> Iterator[None]:
    """Within the block, each long call of this thread asks `cancel` about every 50 ms, and ends with a TuoyuError
    of status TUOYU_ERROR_CANCELLED where it answers with truth; an exception of it ends the call, too. Loads,
    evaluations, worked examples, payouts and the ordering of waiting lists are asked; a run over a table has
    `progress`. Signals, such as that of Ctrl-C, need none of this."""
    if not callable(cancel):
        raise TypeError("cancel: a function is wanted that says whether to end")
    before = raw.interrupt_by(cancel)
    try:
        yield
    finally:
        raw.interrupt_by(before)
