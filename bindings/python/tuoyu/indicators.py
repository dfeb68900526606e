# SPDX-License-Identifier: Apache-2.0
"""Indicators: sums that grow row by row, measured for all rows or for a region."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import datetime
import itertools
import operator
from typing import Any, Iterator, Mapping, TYPE_CHECKING

from . import raw
from .answers import Measure
from .batches import chunks_of, flag, ranges_of, results_of
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


ERRORS_KEPT = 100  # of one table


@dataclasses.dataclass(frozen=True)
class AddedRows:
    """How a table went into a tally."""

    rows: int
    error_rows: int
    """Rows with something wrong: a cell that is wrong is a fact that is missing."""
    slow_rows: int
    """Rows that were computed by the interpreter."""
    errors: tuple[tuple[int, str], ...]
    """The first of the wrong rows by their number, from 0, and what is wrong."""


class Tally(Handle):
    """Sums over rows. Used by one thread at a time; tallies of parts of the rows merge, so each thread or machine has its own."""

    _free = staticmethod(raw.tuoyu_tally_free)

    def __init__(self, indicator: Indicator, pointer: Any) -> None:
        super().__init__(pointer)
        self._indicator = indicator
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

    def add_unreadable(self, entity: str, count: int = 1) -> None:
        """Counts records of an entity that cannot be read, such as lines of a file that are no rows. Nothing is known of them:
        they widen the bounds of the whole and, since they may be of any region, of every region."""
        records = operator.index(count)
        checked(raw.call_tally_add_unreadable, self.pointer, entity, records)

    def add_table(self, entity: str, table: Any, *, threads: int = 1, unknown_columns: str = "refuse", floats: str = "refuse",
                  null: str = "missing", digests: bool = False) -> AddedRows:
        """Adds all rows of a table: anything with __arrow_c_stream__ or __arrow_c_array__. It comes to the same as add() of
        each row. Columns are facts, named with the entity or without it. The other words are those of Policy.batch(); with
        digests a receipt holds the digest of the rows, which costs several times the rest. Rows that are wrong stop nothing;
        where the table itself is wrong nothing is added."""
        if threads < 1:
            raise ValueError("threads: 1 or more are wanted")
        flags = (flag("unknown_columns", unknown_columns, "ignore", "refuse"), flag("floats", floats, "shortest", "refuse"),
                 flag("null", null, "none", "missing"), digests)
        parts = [_Part(self._indicator.tally(as_of=self.as_of), entity, flags) for _ in range(threads)]
        try:
            if threads == 1:
                for before, chunk in _numbered(chunks_of(table)):
                    parts[0].add(*chunk, 0, -1, before)
            else:
                _add_in_threads(parts, table)
            for part in parts:
                self.merge(part.tally)
        finally:
            for part in parts:
                part.tally.close()
        return AddedRows(*(sum(part.counts[i] for part in parts) for i in range(3)),
                         tuple(sorted(error for part in parts for error in part.errors)[:ERRORS_KEPT]))

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


def _numbered(chunks: Iterator[tuple[Any, Any]]) -> Iterator[tuple[int, tuple[Any, Any]]]:
    """Each chunk with the rows before it."""
    before = 0
    for schema, array in chunks:
        yield before, (schema, array)
        before += raw.arrow_array_length(array)


class _Part:
    """A tally that nobody else knows of, for the rows that one thread adds: so it cannot be closed meanwhile."""

    def __init__(self, tally: Tally, entity: str, flags: tuple[bool, ...]) -> None:
        self.tally, self._entity, self._flags = tally, entity, flags
        self.counts = (0, 0, 0)
        self.errors: list[tuple[int, str]] = []

    def add(self, schema: Any, array: Any, first: int, count: int, before: int) -> None:
        counts = checked(raw.arrow_tally_add_table, self.tally.pointer, self._entity, schema, array, first, count, *self._flags,
                         self.errors, before, ERRORS_KEPT)
        self.counts = tuple(map(sum, zip(self.counts, counts)))


def _add_in_threads(parts: list[_Part], table: Any) -> None:
    """Each part takes a range of every chunk, one chunk after the other."""
    with concurrent.futures.ThreadPoolExecutor(len(parts)) as pool:
        for before, chunk in _numbered(chunks_of(table)):
            ranges = ranges_of(*chunk, len(parts))
            results_of([pool.submit(part.add, *one, before) for part, one in zip(parts, ranges)])
