# SPDX-License-Identifier: Apache-2.0
"""Indicators: sums that grow row by row, measured for all rows or for a region."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any, Iterable, Iterator, Mapping

from . import _raw as raw
from .answers import Measure
from .cases import Case, case_of
from .errors import made_error
from .handles import Handle, day_of, days_of, name_of, until_none
from .rules import Rule
from .tables import Table, fact_names, ranges_of, reading_of, results_of, threads_of


class Indicator(Rule):
    """Are we there?"""

    @property
    def entities(self) -> list[str]:
        """Whose rows it counts."""
        return list(until_none(raw.tuoyu_indicator_entity, self._native))

    @property
    def regions(self) -> list[str]:
        """By which kinds of region it can be broken down; their rows are needed too, so that an empty one
        counts as zero."""
        return list(until_none(raw.tuoyu_indicator_region, self._native))

    def tally(self, *, as_of: datetime.date) -> Tally:
        return Tally(self, raw.call_indicator_tally(self._native, days_of(as_of)))

    def tally_from_bytes(self, content: bytes | bytearray | memoryview) -> Tally:
        """What Tally.to_bytes gave: of this indicator and of the same packs. Nothing in it is trusted."""
        return Tally(self, raw.call_tally_from_bytes(self._native, bytes(memoryview(content))))


ERRORS_KEPT = 100  # of one table


@dataclasses.dataclass(frozen=True)
class AddedRows:
    """How a table went into a tally."""

    rows: int
    error_rows: int
    """Rows with something wrong: a cell that is wrong is a fact that is missing."""
    fallback_rows: int
    """Rows that were computed by the interpreter."""
    errors: tuple[tuple[int, str], ...]
    """The first of the wrong rows by their number, from 0, and what is wrong."""


class Tally(Handle):
    """Sums over rows. Used by one thread at a time: a call while another runs on it raises RuntimeError.
    Tallies of parts of the rows merge, so each thread or machine has its own."""

    _pickle_advice = "send its to_bytes(), and read them by Indicator.tally_from_bytes()"

    _indicator: Any = None

    def __init__(self, indicator: Indicator, native: Any) -> None:
        super().__init__(native, indicator._policy)
        self._indicator = raw.tuoyu_indicator_ref(indicator._native)

    @property
    def as_of(self) -> datetime.date:
        return day_of(raw.tuoyu_tally_as_of(self._native))

    def add(self, entity: str, row: Case | Mapping[str, Any]) -> None:
        """Adds one row; a mapping's names may leave out the entity: {"certified": True} for "staff". A row
        with an error raises, is counted as an error, and the tally goes on."""
        name_of(entity, "an entity")
        if isinstance(row, Case):
            raw.call_tally_add(self._native, entity, row._native)
            return
        with case_of(self._policy_of_rule(), _with_entity(entity, row)) as case:
            raw.call_tally_add(self._native, entity, case._native)

    def add_unreadable(self, entity: str, count: int = 1) -> None:
        """Counts records of an entity that cannot be read, such as lines of a file that are no rows. Nothing
        is known of them: they widen the bounds of the whole and, since they may be of any region, of every
        region."""
        raw.call_tally_add_unreadable(self._native, name_of(entity, "an entity"), count)

    def add_table(self, entity: str, table: Any, *, id: str | Iterable[str] | None = None, threads: int = 1,
                  unknown_columns: str = "refuse", floats: str = "refuse", nulls: str = "missing",
                  digests: bool = False) -> AddedRows:
        """Adds all rows of a table: anything with __arrow_c_stream__ or __arrow_c_array__. It comes to the
        same as add() of each row. Columns are facts, named with the entity or without it. id: columns that
        need not be facts, which are passed over; so is an index of pandas. The other words are those of
        Policy.batch(); with digests a receipt holds the digest of the rows, which costs several times the
        rest. Rows that are wrong stop nothing; where the table itself is wrong, or the run is stopped by
        Ctrl-C, nothing is added."""
        if threads < 1:
            raise ValueError("threads: 1 or more are wanted")
        name_of(entity, "an entity")
        flags = (*reading_of(unknown_columns, floats, nulls), digests)
        facts = fact_names(self._policy_of_rule())
        source = Table(table, id, lambda name: name in facts or f"{entity}.{name}" in facts)
        run = _TableRun(entity, source, flags, [self._empty() for _ in range(threads)])
        raw.call_tally_merge(self._native, run.add_all())
        return run.added()

    def _empty(self) -> Any:
        """A native tally of the same indicator and day, which nobody else knows of."""
        return raw.call_indicator_tally(self._indicator, raw.tuoyu_tally_as_of(self._native))

    def close(self) -> None:
        super().close()
        if self._indicator is not None:
            self._indicator.close()

    def merge(self, other: Tally) -> None:
        """Adds what the other, which stays as it is, has come to: of the same indicator, packs and day. Rows
        give the same measures in whatever order and parts they were added."""
        if not isinstance(other, Tally):
            raise TypeError(f"a Tally is wanted, not {type(other).__name__}")
        if other._native is self._native:
            self._check_open()
            raise made_error(raw.TUOYU_ERROR_INVALID_ARGUMENT, "a tally cannot be merged with itself")
        raw.call_tally_merge(self._native, other._native)

    def to_bytes(self) -> bytes:
        """All that it has come to, for Indicator.tally_from_bytes; the same for the same rows in any
        order."""
        return raw.call_tally_to_bytes(self._native)

    def regions(self, kind: str) -> list[str]:
        """The ids of that kind of region which were seen, sorted."""
        name_of(kind, "a kind of region")
        return list(until_none(raw.call_tally_region_id, self._native, kind))

    def measure(self, kind: str | None = None, region: str | None = None) -> Measure:
        """Of all rows, or of one region: measure("subdistrict", "小港街道")."""
        if kind is None or region is None:
            if kind is not region:
                raise TypeError("a kind of region and a region go together")
            return Measure(raw.call_tally_measure(self._native))
        name_of(kind, "a kind of region")
        return Measure(raw.call_tally_measure_region(self._native, kind, name_of(region, "a region")))


def _with_entity(entity: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a row with the entity that they may leave out."""
    if not isinstance(row, Mapping):
        raise TypeError(f"a row: a mapping of names to values is wanted, not {type(row).__name__}")
    full = {}
    for name, value in row.items():
        full[name if "." in name_of(name, "the name of a fact") else f"{entity}.{name}"] = value
    return full


class _Part:
    """What one thread adds, to a tally of its own."""

    def __init__(self, tally: Any) -> None:
        self.tally = tally
        self.counts: tuple[int, ...] = (0, 0, 0)
        self.errors: list[tuple[int, str]] = []


class _TableRun:
    """Rows of one table on their way into the tallies of threads."""

    def __init__(self, entity: str, source: Table, flags: tuple[bool, ...], tallies: list[Any]) -> None:
        self._entity, self._source, self._flags = entity, source, flags
        self._stop = raw.run_stop_new()
        self.parts = [_Part(tally) for tally in tallies]

    def _add(self, part: _Part, array: Any, first: int, count: int, before: int) -> None:
        source = self._source
        counts = raw.arrow_tally_add_table(part.tally, self._entity, source.schema, array, source.roles, first,
                                           count, *self._flags, part.errors, before, ERRORS_KEPT, self._stop)
        part.counts = tuple(map(sum, zip(part.counts, counts)))

    def _add_in_turn(self) -> None:
        for before, array in _numbered(self._source.parts()):
            self._add(self.parts[0], array, 0, -1, before)

    def _add_in_threads(self) -> None:
        """Each part takes a range of every array of the table, one array after the other."""
        with threads_of(len(self.parts), self._stop) as pool:
            for before, array in _numbered(self._source.parts()):
                ranges = ranges_of(array, len(self.parts))
                results_of([pool.submit(self._add, part, array, first, count, before)
                            for part, (first, count) in zip(self.parts, ranges)])

    def add_all(self) -> Any:
        """A native tally of all rows: whoever is interrupted before it is there has added nothing."""
        if len(self.parts) == 1:
            self._add_in_turn()
        else:
            self._add_in_threads()
        whole = self.parts[0].tally
        for part in self.parts[1:]:
            raw.call_tally_merge(whole, part.tally)
        return whole

    def added(self) -> AddedRows:
        rows, error_rows, fallback_rows = (sum(part.counts[i] for part in self.parts) for i in range(3))
        errors = sorted(error for part in self.parts for error in part.errors)
        return AddedRows(rows, error_rows, fallback_rows, tuple(errors[:ERRORS_KEPT]))


def _numbered(arrays: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    """Each array with the rows before it."""
    before = 0
    for array in arrays:
        yield before, array
        before += raw.arrow_array_length(array)
