# SPDX-License-Identifier: Apache-2.0
"""Rules over tables, by Arrow's own protocol: pyarrow, polars, pandas, DuckDB and whatever else speaks it, without a copy."""

from __future__ import annotations

import concurrent.futures
import datetime
import itertools
from typing import Any, Callable, Iterable, Iterator, TYPE_CHECKING

from . import raw
from .handles import Handle, checked, days_of, name_of

if TYPE_CHECKING:
    from .policies import Policy

SMALLEST_RANGE = 1024  # rows that are worth a thread of their own


def flag(name: str, value: str, other: str, default: str) -> bool:
    if value not in (other, default):
        raise ValueError(f"{name}: {default!r} or {other!r} is wanted, not {value!r}")
    return value == other


COLUMNS = {"values": raw.TUOYU_COLUMNS_VALUES, "outcome": raw.TUOYU_COLUMNS_OUTCOME, "missing": raw.TUOYU_COLUMNS_MISSING,
           "provenance": raw.TUOYU_COLUMNS_PROVENANCE, "status": raw.TUOYU_COLUMNS_STATUS, "error": raw.TUOYU_COLUMNS_ERROR}


def _columns(names: Iterable[str] | None) -> int:
    if names is None:
        return 0
    chosen = 0
    for name in [names] if isinstance(names, str) else names:
        if name not in COLUMNS:
            raise ValueError(f"columns: {', '.join(map(repr, COLUMNS))} are wanted, not {name!r}")
        chosen |= COLUMNS[name]
    if not chosen:
        raise ValueError("columns: one or more are wanted")
    return chosen


def _form_of_numbers(numbers: str) -> tuple[bool, bool]:
    """As text? As integers?"""
    if numbers not in ("decimal", "text", "integer"):
        raise ValueError(f"numbers: 'decimal', 'text' or 'integer' is wanted, not {numbers!r}")
    return numbers == "text", numbers == "integer"


def _stream_of(table: Any) -> Any | None:
    """The capsule of a table's stream; None for what is one array."""
    if hasattr(table, "__arrow_c_stream__"):
        return table.__arrow_c_stream__()
    if hasattr(table, "__arrow_c_array__"):
        return None
    raise TypeError(f"a table is wanted that has __arrow_c_stream__ or __arrow_c_array__ (of pyarrow, polars, pandas, DuckDB, …), "
                    f"not {type(table).__name__}")


def chunks_of(table: Any) -> Iterator[tuple[Any, Any]]:
    """Schema and array of each part of a table, as capsules."""
    stream = _stream_of(table)
    if stream is None:
        yield table.__arrow_c_array__()
        return
    schema = raw.arrow_stream_schema(stream)
    while (array := raw.arrow_stream_next(stream)) is not None:
        yield schema, array


class Batch(Handle):
    """Rules that answer tables on one day. Immutable; threads may share it.

        answers = policy.batch(["monthly_fee"], as_of=day).run(table)
        pyarrow.table(answers); polars.DataFrame(answers)

    A column is found by the full name of its fact (`child.birth_date`); a fact without a column is missing in every row. The
    answers have, for each rule, NAME.amount and NAME.complies, or NAME.whole and a column for each payer, or NAME.decision;
    NAME.outcome, NAME.missing, NAME.provenance, NAME.status (0 value, 1 missing, 2 error, 3 not applicable); and last `error`,
    which says what is wrong with a row. A row that is wrong stops nothing."""

    _free = staticmethod(raw.tuoyu_batch_unref)

    def __init__(self, policy: Policy, rules: Iterable[str], as_of: datetime.date, *, unknown_columns: str, floats: str,
                 null: str, numbers: str, columns: Iterable[str] | None = None) -> None:
        names = [name_of(name) for name in ([rules] if isinstance(rules, str) else rules)]
        for name in names:
            if "\n" in name:
                raise ValueError("the name of a rule is one line")
        super().__init__(checked(
            raw.call_batch_new, policy.pointer, "\n".join(names), days_of(as_of),
            flag("unknown_columns", unknown_columns, "ignore", "refuse"), flag("floats", floats, "shortest", "refuse"),
            flag("null", null, "none", "missing"), *_form_of_numbers(numbers), _columns(columns)))

    def __arrow_c_schema__(self) -> Any:
        """The schema of the answers."""
        return checked(raw.arrow_batch_schema, self.pointer)

    def plan(self) -> str:
        """What the rules are computed by, for people: the operations of their typed program with type, proven interval and the
        line of the pack that each was made from; then what each column is made of. The form may change."""
        return checked(raw.call_batch_plan, self.pointer)

    def run(self, table: Any, *, threads: int = 1, progress: Callable[[int], object] | None = None) -> Answers:
        """Answers every row, in order. table: anything with __arrow_c_stream__ or __arrow_c_array__. threads: how many work
        at the same time. progress: called now and then with the rows done so far; a true answer stops the run. Raises
        FactError for columns that are no facts or cannot hold theirs, TuoyuError, and what progress raises."""
        if threads < 1:
            raise ValueError("threads: 1 or more are wanted")
        with _Running(self, progress) as batch:
            if threads == 1:
                parts = [batch.run(*chunk, 0, -1) for chunk in chunks_of(table)]
            else:
                with concurrent.futures.ThreadPoolExecutor(threads) as pool:
                    parts = results_of([pool.submit(batch.run, *part) for chunk in chunks_of(table)
                                      for part in ranges_of(*chunk, threads)])
            kind = AnswersInOnePart if len(parts) == 1 else Answers
            return kind(batch.pointer, parts)

    def trim(self) -> None:
        """Gives back the memory of earlier answers that the batch keeps for the next ones. It is never more than
        was in use at the same time, and goes with the batch in any case."""
        raw.tuoyu_batch_trim(self.pointer)

    def stream(self, table: Any) -> AnswerStream:
        """As run, but each part is answered when it is asked for, in constant memory: what comes out is an Arrow stream, to be
        read once (`pyarrow.RecordBatchReader.from_stream(…)`)."""
        stream = _stream_of(table)
        if stream is None:
            raise TypeError("a table is wanted that has __arrow_c_stream__")
        return AnswerStream(checked(raw.arrow_batch_run_stream, self.pointer, stream))


def ranges_of(schema: Any, array: Any, threads: int) -> Iterator[tuple[Any, Any, int, int]]:
    rows = raw.arrow_array_length(array)
    size = max(-(-rows // threads), SMALLEST_RANGE)
    for first in range(0, max(rows, 1), size):
        yield schema, array, first, min(size, rows - first)


def results_of(waiting: list[concurrent.futures.Future[Any]]) -> list[Any]:
    try:
        return [part.result() for part in waiting]
    except BaseException:
        for part in waiting:
            part.cancel()
        raise


class _Running(Handle):
    """A reference of its own, so that closing the batch while it runs does no harm."""

    _free = staticmethod(raw.tuoyu_batch_unref)

    def __init__(self, batch: Batch, progress: Callable[[int], object] | None = None) -> None:
        super().__init__(raw.tuoyu_batch_ref(batch.pointer))
        self._progress = progress
        self._keys = itertools.count()
        self._done: dict[int, int] = {}

    def run(self, schema: Any, array: Any, first: int, count: int) -> Any:
        report = None
        if self._progress is not None:
            key = next(self._keys)

            def report(rows: int) -> object:
                self._done[key] = rows
                return self._progress(sum(list(self._done.values())))
        return checked(raw.arrow_batch_run, self.pointer, schema, array, first, count, report)


class Answers(Handle):
    """What rules answered to a table, row by row; to be read by `pyarrow.table(answers)`, `polars.DataFrame(answers)`, and
    the like, as often as wanted and without a copy."""

    _free = staticmethod(raw.tuoyu_batch_unref)

    def __init__(self, pointer: Any, parts: list[Any]) -> None:
        super().__init__(raw.tuoyu_batch_ref(pointer))
        self._parts = [part[0] for part in parts]
        self._rows = [part[1] for part in parts]
        self.error_rows = sum(part[2] for part in parts)
        """Rows with something in the column `error`."""
        self.slow_rows = sum(part[3] for part in parts)
        """Rows that were computed by the interpreter."""

    def __len__(self) -> int:
        """Rows."""
        return sum(self._rows)

    def __arrow_c_schema__(self) -> Any:
        return checked(raw.arrow_batch_schema, self.pointer)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return checked(raw.arrow_share_stream, self.pointer, self._parts)

    def __repr__(self) -> str:
        return f"<Answers: {len(self)} rows, {self.error_rows} with errors>"


class AnswersInOnePart(Answers):
    """Answers that are one array, too, such as those to a record batch by one thread: `pyarrow.record_batch(answers)`. Where
    they are in several parts this is not to be seen, because consumers take the array where there is one."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]:
        return self.__arrow_c_schema__(), raw.arrow_share_array(self._parts[0])


class AnswerStream:
    """An Arrow stream of answers; read once."""

    def __init__(self, capsule: Any) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        capsule, self._capsule = self._capsule, None
        if capsule is None:
            raise ValueError("the stream was read before")
        return capsule
