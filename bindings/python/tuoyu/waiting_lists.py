# SPDX-License-Identifier: Apache-2.0
"""Waiting lists: who is admitted where places are few, in an order that depends on the cases alone."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from typing import Any, Mapping

from . import _raw as raw
from .answers import Records, records_of
from .cases import Case, case_of
from .handles import Handle, name_of


class WaitingState(enum.IntEnum):
    ADMITTED = 1
    WAITING = 2
    PENDING = 3
    REFUSED = 4
    ERROR = 5


class Admission(enum.IntEnum):
    """Whether an entry is admitted in every way that the open ones could turn out, in some, or in none."""

    CERTAIN = 1
    POSSIBLE = 2
    NONE = 3


@dataclass(frozen=True)
class WaitingEntry:
    """position: from 1; None for those who have no place: facts are missing, not eligible, an error.
    hangs_on_count: how many open entries may come before an admitted one and cost it its place; hangs_on: the
    ids of the first twenty."""

    id: str
    state: WaitingState
    position: int | None
    reason: str
    admission: Admission
    hangs_on_count: int
    hangs_on: tuple[str, ...]


HANGS_ON_NAMED = 20


class WaitingList(Handle):
    """Used by one thread at a time: a call while another runs on it raises RuntimeError."""

    _pickle_advice = "send its to_dict(), or the cases, and add them where they arrive"

    def add(self, id: str, facts: Case | Mapping[str, Any]) -> None:
        """Each id once. A case with an error raises, is kept as one, and the list goes on."""
        name_of(id, "an id")
        if isinstance(facts, Case):
            raw.call_waiting_list_add(self._native, id, facts._native)
            return
        with case_of(self._policy_of_rule(), facts) as case:
            raw.call_waiting_list_add(self._native, id, case._native)

    def add_error(self, reason: str, *, id: str = "", line: int = 0, unreadable: bool = True) -> None:
        """Adds a record that cannot be asked, as an entry in error, so that it does not vanish: the list is
        then not final. id: what there is of one, whatever it holds. line: where it stands in its source, from
        1. unreadable: it is no row at all; else it was read, but something is wrong with it."""
        raw.call_waiting_list_add_error(self._native, line, id, unreadable, reason)

    @property
    def records(self) -> Records:
        """What became of the entries."""
        return records_of(raw.tuoyu_waiting_list_records, self._native)

    @property
    def is_final(self) -> bool:
        """Whether no entry lacks facts, has an error or cannot be read: such a one may yet come before
        others."""
        return raw.tuoyu_waiting_list_is_final(self._native)

    def __len__(self) -> int:
        return raw.tuoyu_waiting_list_count(self._native)

    def entries(self, language: str = "zh") -> list[WaitingEntry]:
        """In order: those admitted, those who wait, then those without a place; with the reason for each place."""
        raw.call_waiting_list_order(self._native)
        return [self._entry(index, language) for index in range(len(self))]

    def _entry(self, index: int, language: str) -> WaitingEntry:
        state = WaitingState(raw.tuoyu_waiting_list_state(self._native, index))
        return WaitingEntry(id=raw.tuoyu_waiting_list_id(self._native, index), state=state,
                            position=index + 1 if state <= WaitingState.WAITING else None,
                            reason=raw.call_waiting_list_reason(self._native, index, language),
                            admission=Admission(raw.tuoyu_waiting_list_admission(self._native, index)),
                            hangs_on_count=raw.tuoyu_waiting_list_hangs_on_count(self._native, index),
                            hangs_on=self._hangs_on(index))

    def _hangs_on(self, index: int) -> tuple[str, ...]:
        count = min(HANGS_ON_NAMED, raw.tuoyu_waiting_list_hangs_on_count(self._native, index))
        places = (raw.tuoyu_waiting_list_hangs_on(self._native, index, i) for i in range(count))
        return tuple(raw.tuoyu_waiting_list_id(self._native, place) for place in places)

    def to_json(self) -> str:
        raw.call_waiting_list_order(self._native)
        return raw.call_waiting_list_to_json(self._native)

    def to_dict(self) -> dict[str, Any]:
        return json.loads(self.to_json())

    def to_text(self, language: str = "zh") -> str:
        raw.call_waiting_list_order(self._native)
        return raw.call_waiting_list_to_text(self._native, language)

    def __str__(self) -> str:
        return self.to_text()
