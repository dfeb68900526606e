# SPDX-License-Identifier: Apache-2.0
"""Waiting lists: who is admitted where places are few, in an order that depends on the cases alone."""

from __future__ import annotations

import dataclasses
import enum
import json
import operator
from dataclasses import dataclass
from typing import Any, Mapping, TYPE_CHECKING

from . import raw
from .answers import Records
from .handles import Handle, checked, name_of

if TYPE_CHECKING:
    from .policies import Case, Policy


class WaitingState(enum.IntEnum):
    ADMITTED = 1
    WAITING = 2
    PENDING = 3
    REFUSED = 4
    ERROR = 5


@dataclass(frozen=True)
class WaitingEntry:
    """position: from 1; None for those who have no place: facts are missing, not eligible, an error."""

    id: str
    state: WaitingState
    position: int | None
    reason: str


class WaitingList(Handle):
    """Used by one thread at a time."""

    _free = staticmethod(raw.tuoyu_waiting_list_free)

    def __init__(self, policy: Policy, pointer: Any) -> None:
        super().__init__(pointer)
        self._policy = policy

    def add(self, id: str, facts: Case | Mapping[str, Any]) -> None:
        """Each id once. A case with an error raises, is kept as one, and the list goes on."""
        from .policies import Case
        if isinstance(facts, Case):
            checked(raw.call_waiting_list_add, self.pointer, name_of(id), facts.pointer)
            return
        with self._policy.case(facts) as case:
            checked(raw.call_waiting_list_add, self.pointer, name_of(id), case.pointer)

    def add_error(self, reason: str, *, id: str = "", line: int = 0, unreadable: bool = True) -> None:
        """Adds a record that cannot be asked, as an entry in error, so that it does not vanish: the list is then not final.
        id: what there is of one. line: where it stands in its source, from 1. unreadable: it is no row at all; else it was
        read, but something is wrong with it."""
        number, is_unreadable = operator.index(line), bool(unreadable)
        checked(raw.call_waiting_list_add_error, self.pointer, number, name_of(id), is_unreadable, name_of(reason))

    @property
    def records(self) -> Records:
        """What became of the entries."""
        return Records(*(raw.tuoyu_waiting_list_records(self.pointer, which) for which in range(len(dataclasses.fields(Records)))))

    @property
    def is_final(self) -> bool:
        """Whether no entry lacks facts, has an error or cannot be read: such a one may yet come before others."""
        return raw.tuoyu_waiting_list_is_final(self.pointer)

    def __len__(self) -> int:
        return raw.tuoyu_waiting_list_count(self.pointer)

    def entries(self, language: str = "zh") -> list[WaitingEntry]:
        """In order: those admitted, those who wait, then those without a place; with the reason for each place."""
        checked(raw.call_waiting_list_order, self.pointer)
        return [self._entry(index, language) for index in range(len(self))]

    def _entry(self, index: int, language: str) -> WaitingEntry:
        state = WaitingState(raw.tuoyu_waiting_list_state(self.pointer, index))
        return WaitingEntry(id=raw.tuoyu_waiting_list_id(self.pointer, index), state=state,
                            position=index + 1 if state <= WaitingState.WAITING else None,
                            reason=checked(raw.call_waiting_list_reason, self.pointer, index, language))

    def to_json(self) -> str:
        checked(raw.call_waiting_list_order, self.pointer)
        return checked(raw.call_waiting_list_to_json, self.pointer)

    def to_dict(self) -> dict[str, Any]:
        return json.loads(self.to_json())

    def to_text(self, language: str = "zh") -> str:
        checked(raw.call_waiting_list_order, self.pointer)
        return checked(raw.call_waiting_list_to_text, self.pointer, language)

    def __str__(self) -> str:
        return self.to_text()
