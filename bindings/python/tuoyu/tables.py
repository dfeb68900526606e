# SPDX-License-Identifier: Apache-2.0
"""Tables that come in by Arrow's protocol: their parts, what becomes of each of their columns, and threads
that share rows."""

from __future__ import annotations

import concurrent.futures
import contextlib
import difflib
import json
import re
from typing import Any, Callable, Iterable, Iterator

from . import _raw as raw
from .handles import name_of

SMALLEST_RANGE = 1024  # rows that are worth a thread of their own

HIDDEN, PASSED = 1, 2  # roles of columns, as in arrow_roles.h

RANGE_ADVICE = "is a range, which pandas does not hand over; reset_index() makes it a column"

# What pandas calls a level of an index that has no name of its own.
UNNAMED_INDEX = re.compile(r"__index_level_\d+__")


UNKNOWN_COLUMNS = {"refuse": raw.TUOYU_UNKNOWN_COLUMNS_REFUSE, "ignore": raw.TUOYU_UNKNOWN_COLUMNS_IGNORE}
FLOATS = {"refuse": raw.TUOYU_FLOATS_REFUSE, "shortest": raw.TUOYU_FLOATS_SHORTEST}
NULLS = {"missing": raw.TUOYU_NULLS_MISSING, "none": raw.TUOYU_NULLS_NONE}
NUMBERS = {"decimal": raw.TUOYU_NUMBERS_DECIMAL, "text": raw.TUOYU_NUMBERS_TEXT,
           "integer": raw.TUOYU_NUMBERS_INTEGER}


def option(name: str, value: str, choices: dict[str, int]) -> int:
    """What C calls the choice."""
    if not isinstance(value, str) or value not in choices:
        *others, last = map(repr, choices)
        raise ValueError(f"{name}: {', '.join(others)} or {last} is wanted, not {value!r}")
    return choices[value]


def reading_of(unknown_columns: str, floats: str, nulls: str) -> tuple[int, int, int]:
    """How a table is read."""
    return (option("unknown_columns", unknown_columns, UNKNOWN_COLUMNS), option("floats", floats, FLOATS),
            option("nulls", nulls, NULLS))


# ---- Columns ----

def fact_names(policy: Any) -> set[str]:
    """The full names of the facts of a native policy."""
    return {raw.tuoyu_policy_fact_name(policy, index) for index in range(raw.tuoyu_policy_fact_count(policy))}


def _ids_of(id: str | Iterable[str] | None) -> list[str]:
    names = [] if id is None else [id] if isinstance(id, str) else list(id)
    return [name_of(name, "id: the name of a column") for name in names]


def _texts_of(values: Iterable[object]) -> set[str]:
    return {value for value in values if isinstance(value, str)}


def _index_of(schema: Any) -> tuple[set[str], set[str]]:
    """Of the frame of pandas that the table was made from, as its metadata says: the columns that are its
    index, and the name of an index that is a range, which is described only and is no column."""
    try:
        index = json.loads(raw.arrow_schema_metadata(schema, "pandas") or b"{}")["index_columns"]
        names = [level.get("name") for level in index if isinstance(level, dict)]
        return _texts_of(index), _texts_of(names)
    except (ValueError, TypeError, KeyError, RecursionError):
        return set(), set()


def _no_column(name: str, names: list[str], ranges: set[str]) -> ValueError:
    near = difflib.get_close_matches(name, names, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    if name in ranges:
        hint = f": it is an index that {RANGE_ADVICE}"
    return ValueError(f"id: the table has no column {name!r}{hint}")


def roles_of(schema: Any, id: str | Iterable[str] | None, is_fact: Callable[[str], bool]) -> bytes:
    """A byte for each column; none where all of them are facts, or are meant to be."""
    names, ids = raw.arrow_schema_names(schema), _ids_of(id)
    index, ranges = _index_of(schema)
    for name in ids:
        if name not in names:
            raise _no_column(name, names, ranges)
    for name in ranges:
        if is_fact(name) and name not in names:
            raise ValueError(f"the index {name!r} is a fact, but {RANGE_ADVICE}")
    may_be_none = index.union(ids, filter(UNNAMED_INDEX.fullmatch, names))
    no_facts = {name for name in may_be_none if not is_fact(name)}
    roles = bytes((HIDDEN if name in no_facts else 0) | (PASSED if name in ids else 0) for name in names)
    return roles if any(roles) else b""


# ---- Parts ----

class Table:
    """A table to be read once: its schema, the roles of its columns, and its parts one after the other."""

    def __init__(self, table: Any, id: str | Iterable[str] | None, is_fact: Callable[[str], bool]) -> None:
        self._stream = self._array = None
        if hasattr(table, "__arrow_c_stream__"):
            self._stream = table.__arrow_c_stream__()
            self.schema = raw.arrow_stream_schema(self._stream)
        elif hasattr(table, "__arrow_c_array__"):
            schema, array = table.__arrow_c_array__()
            self.schema, self._array = raw.arrow_take_schema(schema), raw.arrow_take_array(array)
        else:
            raise TypeError("a table is wanted that has __arrow_c_stream__ or __arrow_c_array__ (of pyarrow, "
                            f"polars, pandas, DuckDB, …), not {type(table).__name__}")
        self.roles = roles_of(self.schema, id, is_fact)

    @property
    def stream(self) -> Any:
        """The capsule of its stream."""
        if self._stream is None:
            raise TypeError("a table is wanted that has __arrow_c_stream__")
        return self._stream

    def parts(self) -> Iterator[Any]:
        if self._array is not None:
            yield self._array
            return
        while (array := raw.arrow_stream_next(self._stream)) is not None:
            yield array


# ---- Threads ----

def ranges_of(array: Any, threads: int) -> Iterator[tuple[int, int]]:
    """First rows and counts of the ranges of an array that so many threads take."""
    rows = raw.arrow_array_length(array)
    size = max(-(-rows // threads), SMALLEST_RANGE)
    for first in range(0, max(rows, 1), size):
        yield first, min(size, rows - first)


@contextlib.contextmanager
def threads_of(count: int, stop: Any) -> Iterator[concurrent.futures.ThreadPoolExecutor]:
    """So many threads. Where an exception leaves the block, be it that this thread is interrupted, they are
    told to stop, and have stopped when it goes on."""
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        try:
            yield pool
        except BaseException:
            raw.run_stop_set(stop)
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def results_of(waiting: list[concurrent.futures.Future[Any]]) -> list[Any]:
    """What all of them come to, in order; or the exception of one that raises, without waiting for others."""
    done, _ = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_EXCEPTION)
    for part in waiting:
        if part in done:
            part.result()
    return [part.result() for part in waiting]
