# SPDX-License-Identifier: Apache-2.0
"""Rules over tables, by Arrow's own protocol: pyarrow, polars, pandas, DuckDB and whatever else speaks it,
without a copy."""

from __future__ import annotations

import datetime
import itertools
import threading
from typing import Any, Callable, Iterable, Iterator

from . import _raw as raw
from .handles import Handle, days_of, rule_name
from .loaded_packs import LoadedPacks, MadeOf
from .tables import NUMBERS, Table, fact_names, option, ranges_of, reading_of, results_of, threads_of


COLUMNS = {"values": raw.TUOYU_COLUMNS_VALUES, "outcome": raw.TUOYU_COLUMNS_OUTCOME,
           "missing": raw.TUOYU_COLUMNS_MISSING, "standing": raw.TUOYU_COLUMNS_STANDING,
           "error": raw.TUOYU_COLUMNS_ERROR}


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


def _rule_names(rules: Iterable[str]) -> list[str]:
    names = [rule_name(name) for name in ([rules] if isinstance(rules, str) else rules)]
    for name in names:
        if "\n" in name:
            raise ValueError("the name of a rule is one line")
    return names


def _member_names(members: Iterable[str]) -> list[str]:
    names = [rule_name(name) for name in ([members] if isinstance(members, str) else members)]
    for name in names:
        if not name or set(name) & set(" \n"):
            raise ValueError(f"members: names such as 'split.payable' are wanted, not {name!r}")
    return names


class Batch(Handle):
    """Rules that answer tables on one day. Immutable; threads may share it, and it pickles with the texts of
    its packs.

        answers = policy.batch(["monthly_fee"], as_of=day).run(table, id="household")
        pyarrow.table(answers); polars.DataFrame(answers)

    A column is found by the full name of its fact (`child.birth_date`); a fact without a column is missing in
    every row. The answers have, for each rule, NAME.amount and NAME.complies, or NAME.whole and NAME.payers.PAYER
    for each payer, or NAME.decision; NAME.outcome (determined, undetermined, not_applicable, error, not_in_force),
    NAME.missing, NAME.standing; and last `error`, which says what is wrong with a row. A row that is wrong
    stops nothing.

    `id` names one or several columns that tell the rows apart: they need not be facts, and go out before the
    answers as they are. An index of a frame of pandas needs no name: what is no fact of it is passed over."""

    def __init__(self, policy: LoadedPacks, rules: Iterable[str], as_of: datetime.date, *, unknown_columns: str,
                 floats: str, nulls: str, numbers: str, columns: Iterable[str] | None = None,
                 members: Iterable[str] = ()) -> None:
        names = _rule_names(rules)
        asked = _member_names(members)
        chosen = None if columns is None else [columns] if isinstance(columns, str) else list(columns)
        native = raw.call_batch_new(
            policy._native, "\n".join(names), days_of(as_of), *reading_of(unknown_columns, floats, nulls),
            option("numbers", numbers, NUMBERS), _columns(chosen), "\n".join(asked),
            policy._language == "zh")
        super().__init__(native, policy._native)
        self._made_of = policy._made_of
        self._recipe = {"rules": names, "as_of": as_of, "unknown_columns": unknown_columns, "floats": floats,
                        "nulls": nulls, "numbers": numbers, "columns": chosen, "members": asked}

    def __reduce__(self) -> Any:
        self._check_open()
        return _batch_again, (self._made_of, self._recipe)

    def __copy__(self) -> Batch:
        """Another handle of the same batch: each is closed for itself."""
        copy = type(self).__new__(type(self))
        Handle.__init__(copy, raw.tuoyu_batch_ref(self._native), self._policy)
        copy._made_of, copy._recipe = self._made_of, self._recipe
        return copy

    def __deepcopy__(self, memo: dict[int, Any]) -> Batch:
        return self.__copy__()

    def __arrow_c_schema__(self) -> Any:
        """The schema of the answers, without the columns of `id`."""
        return raw.arrow_answer_schema(self._native, None, b"")

    def plan(self) -> str:
        """What the rules are computed by, for people: the operations of their typed program with type, proven
        interval and the line of the pack that each was made from; then what each column is made of. The form
        may change."""
        return raw.call_batch_plan(self._native)

    def run(self, table: Any, *, id: str | Iterable[str] | None = None, threads: int = 1,
            progress: Callable[[int], object] | None = None) -> Answers:
        """Answers every row, in order. table: anything with __arrow_c_stream__ or __arrow_c_array__. id:
        columns that tell rows apart. threads: how many work at the same time. progress: called now and then
        with the rows done so far; a true answer stops the run, and so does Ctrl-C. Raises FactError for
        columns that are no facts or cannot hold theirs, ValueError for an id that is no column, TuoyuError,
        and what progress raises."""
        if threads < 1:
            raise ValueError("threads: 1 or more are wanted")
        batch, source = self._open(table, id)
        run = _Run(batch, source, progress)
        parts = list(run.in_threads(threads) if threads > 1 else run.in_turn())
        kind = AnswersInOnePart if len(parts) == 1 else Answers
        return kind(batch, source.schema, source.roles, parts)

    def trim(self) -> None:
        """Gives back the memory of earlier answers that the batch keeps for the next ones. It is never more
        than was in use at the same time, and goes with the batch in any case."""
        raw.tuoyu_batch_trim(self._native)

    def stream(self, table: Any, *, id: str | Iterable[str] | None = None) -> AnswerStream:
        """As run, but each part is answered when it is asked for, in constant memory: what comes out is an
        Arrow stream, to be read once (`pyarrow.RecordBatchReader.from_stream(…)`)."""
        if not hasattr(table, "__arrow_c_stream__"):
            raise TypeError("a table is wanted that has __arrow_c_stream__")
        batch, source = self._open(table, id)
        return AnswerStream(raw.arrow_batch_stream(batch, source.schema, source.stream, source.roles,
                                                   threading.main_thread().ident or 0))

    def _open(self, table: Any, id: str | Iterable[str] | None) -> tuple[Any, Table]:
        """The table, and a native batch that stays where this one is closed while the table is read."""
        self._check_open()
        batch, policy = raw.tuoyu_batch_ref(self._native), raw.tuoyu_policy_ref(self._policy)
        source = Table(table, id, lambda name: name in fact_names(policy))
        _check_names(batch, source)
        return batch, source


def _batch_again(made_of: MadeOf, recipe: dict[str, Any]) -> Batch:
    with LoadedPacks._again(*made_of) as policy:
        return Batch(policy, **recipe)


def _check_names(batch: Any, source: Table) -> None:
    """A column that is passed on may not be called as one of the answers'."""
    if not source.roles:
        return
    schema = raw.arrow_answer_schema(batch, source.schema, source.roles)
    answers = raw.arrow_schema_names(raw.arrow_take_schema(schema))
    twice = {name for name in answers if answers.count(name) > 1}
    if twice:
        raise ValueError(f"id: the answers would have two columns {min(twice)!r}; rename it in the table")


class _Run:
    """Rows of one table on their way through a batch."""

    def __init__(self, batch: Any, source: Table, progress: Callable[[int], object] | None) -> None:
        self._batch, self._source, self._progress = batch, source, progress
        self._stop = raw.run_stop_new()
        self._keys = itertools.count()
        self._done: dict[int, int] = {}

    def _counting(self, progress: Callable[[int], object]) -> Callable[[int], object]:
        """Tells progress of the rows of all ranges, where it is told of those of one."""
        key = next(self._keys)

        def report(rows: int) -> object:
            self._done[key] = rows
            return progress(sum(list(self._done.values())))
        return report

    def range(self, array: Any, first: int, count: int) -> Any:
        report = self._progress and self._counting(self._progress)
        source = self._source
        return raw.arrow_batch_run(self._batch, source.schema, array, source.roles, first, count, report,
                                   self._stop)

    def in_turn(self) -> Iterator[Any]:
        for array in self._source.parts():
            yield self.range(array, 0, -1)

    def in_threads(self, threads: int) -> Iterator[Any]:
        with threads_of(threads, self._stop) as pool:
            yield from results_of([pool.submit(self.range, array, *rows) for array in self._source.parts()
                                   for rows in ranges_of(array, threads)])


class Answers(Handle):
    """What rules answered to a table, row by row; to be read by `pyarrow.table(answers)`,
    `polars.DataFrame(answers)`, and the like, as often as wanted and without a copy."""

    _pickle_advice = "send pyarrow.table(answers)"

    def __init__(self, batch: Any, schema: Any, roles: bytes, parts: list[Any]) -> None:
        super().__init__(raw.tuoyu_batch_ref(batch))
        self._schema, self._roles = schema, roles
        self._parts = [part[0] for part in parts]
        self._rows = [part[1] for part in parts]
        self.error_rows = sum(part[2] for part in parts)
        """Rows with something in the column `error`."""
        self.fallback_rows = sum(part[3] for part in parts)
        """Rows that were computed by the interpreter."""

    def close(self) -> None:
        """Lets go of the answers: what consumers have of them stays until they release it."""
        super().close()
        self._parts = []

    def __len__(self) -> int:
        """Rows."""
        return sum(self._rows)

    def __arrow_c_schema__(self) -> Any:
        self._check_open()
        return raw.arrow_answer_schema(self._native, self._schema, self._roles)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        self._check_open()
        return raw.arrow_share_stream(self._native, self._schema, self._roles, self._parts)

    def __repr__(self) -> str:
        return f"<Answers: {len(self)} rows, {self.error_rows} with errors>"


class AnswersInOnePart(Answers):
    """Answers that are one array, too, such as those to a record batch by one thread:
    `pyarrow.record_batch(answers)`. Where they are in several parts this is not to be seen, because consumers
    take the array where there is one."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]:
        return self.__arrow_c_schema__(), raw.arrow_share_array(self._parts[0])


class AnswerStream:
    """An Arrow stream of answers; read once. Ctrl-C stops it where the main thread reads: the reader then
    says that the stream was stopped, and KeyboardInterrupt follows."""

    def __init__(self, capsule: Any) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        capsule, self._capsule = self._capsule, None
        if capsule is None:
            raise ValueError("the stream was read before")
        return capsule

    def __reduce__(self) -> Any:
        raise TypeError("AnswerStream: a stream cannot be pickled or copied; read it, and send the table")
