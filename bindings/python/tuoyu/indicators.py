# SPDX-License-Identifier: Apache-2.0
"""Indicators: sums that grow row by row, measured for all rows or for a region."""

from __future__ import annotations

import datetime
import itertools
from typing import Any, Iterator, Mapping, TYPE_CHECKING

from . import raw
from .answers import Measure
from .handles import Handle, checked, day_of, days_of
from .rules import Rule

if TYPE_CHECKING:
    from .policies import Case, Policy


def _until_none(function: Any, *arguments: Any) -> Iterator[str]:
    for index in itertools.count():
        found = function(*arguments, index)
        if found is None:
            return
        yield found


class Indicator(Rule):
    """Are we there?"""

    _free = staticmethod(raw.tuoyu_indicator_unref)

    @property
    def entities(self) -> list[str]:
        """Whose rows it counts."""
        return list(_until_none(raw.tuoyu_indicator_entity, self.pointer))

    @property
    def regions(self) -> list[str]:
        """By which kinds of region it can be broken down; their rows are needed too, so that an empty one counts as zero."""
        return list(_until_none(raw.tuoyu_indicator_region, self.pointer))

    def tally(self, *, as_of: datetime.date) -> Tally:
        return Tally(self, checked(raw.call_indicator_tally, self.pointer, days_of(as_of)))

    def tally_from_bytes(self, content: bytes) -> Tally:
        """What Tally.to_bytes gave: of this indicator and of the same packs. Nothing in it is trusted."""
        return Tally(self, checked(raw.call_tally_from_bytes, self.pointer, bytes(content)))


class Tally(Handle):
    """Sums over rows. Used by one thread at a time; tallies of parts of the rows merge, so each thread or machine has its own."""

    _free = staticmethod(raw.tuoyu_tally_free)

    def __init__(self, indicator: Indicator, pointer: Any) -> None:
        super().__init__(pointer)
        self._policy: Policy = indicator._policy

    @property
    def as_of(self) -> datetime.date:
        return day_of(raw.tuoyu_tally_as_of(self.pointer))

    def add(self, entity: str, row: Case | Mapping[str, Any]) -> None:
        """Adds one row; a mapping's names may leave out the entity: {"certified": True} for "staff". A row with an error
        raises, is counted as an error, and the tally goes on."""
        from .policies import Case
        if isinstance(row, Case):
            checked(raw.call_tally_add, self.pointer, entity, row.pointer)
            return
        with self._policy.case({name if "." in name else f"{entity}.{name}": value for name, value in row.items()}) as case:
            checked(raw.call_tally_add, self.pointer, entity, case.pointer)

    def merge(self, other: Tally) -> None:
        """Adds what the other, which stays as it is, has come to: of the same indicator, packs and day. Rows give the same
        measures in whatever order and parts they were added."""
        checked(raw.call_tally_merge, self.pointer, other.pointer)

    def to_bytes(self) -> bytes:
        """All that it has come to, for Indicator.tally_from_bytes; the same for the same rows in any order."""
        return checked(raw.call_tally_to_bytes, self.pointer)

    def regions(self, kind: str) -> list[str]:
        """The ids of that kind of region which were seen, sorted."""
        return list(_until_none(raw.call_tally_region_id, self.pointer, kind))

    def measure(self, kind: str | None = None, region: str | None = None) -> Measure:
        """Of all rows, or of one region: measure("subdistrict", "小港街道")."""
        if kind is None or region is None:
            if kind is not region:
                raise TypeError("a kind of region and a region go together")
            return Measure(checked(raw.call_tally_measure, self.pointer))
        return Measure(checked(raw.call_tally_measure_region, self.pointer, kind, region))
