# SPDX-License-Identifier: Apache-2.0
"""Packs in, a policy out; and the facts of a case."""

from __future__ import annotations

import datetime
import os
from decimal import Decimal
from typing import Any, Iterable, Literal, Mapping

from . import raw
from .batches import Batch
from .errors import TuoyuError
from .handles import Handle, checked, days_of, name_of
from .indicators import Indicator
from .rules import CostSharing, Eligibility, Pricing


def version() -> str:
    """Of the library that runs."""
    return raw.tuoyu_version()


def pack_schema() -> str:
    """The JSON Schema (draft-07) of a pack."""
    return checked(raw.call_pack_schema)


class Policy(Handle):
    """Packs, read and compiled. Immutable; threads may share it."""

    _free = staticmethod(raw.tuoyu_policy_unref)

    @classmethod
    def load(cls, packs: Mapping[str, str] | Iterable[tuple[str, str]]) -> Policy:
        """packs: what errors call each text (a file name, say) to its YAML. All that `uses:` names must be among them.
        Raises PackError with all findings of all packs."""
        pairs = packs.items() if isinstance(packs, Mapping) else packs
        texts = raw.call_packs_new()
        if texts is None:
            raise MemoryError
        try:
            for name, text in pairs:
                if not raw.call_packs_add(texts, name, text):
                    raise MemoryError
            return cls(checked(raw.call_policy_load, texts))
        finally:
            raw.call_packs_free(texts)

    @classmethod
    def load_files(cls, *paths: str | os.PathLike[str]) -> Policy:
        """As load, from files in UTF-8."""
        texts = []
        for path in paths:
            with open(path, encoding="utf-8") as file:
                texts.append((os.fspath(path), file.read()))
        return cls.load(texts)

    @property
    def pack_ids(self) -> list[str]:
        return [raw.tuoyu_policy_pack_id(self.pointer, i) for i in range(raw.tuoyu_policy_pack_count(self.pointer))]

    @property
    def rules(self) -> list[str]:
        """Full names, `pack.id:name`."""
        return [raw.tuoyu_policy_rule_name(self.pointer, i) for i in range(raw.tuoyu_policy_rule_count(self.pointer))]

    @property
    def facts(self) -> dict[str, str]:
        """Names of facts to their types."""
        return {
            raw.tuoyu_policy_fact_name(self.pointer, i): raw.tuoyu_policy_fact_type(self.pointer, i)
            for i in range(raw.tuoyu_policy_fact_count(self.pointer))}

    def pricing(self, name: str) -> Pricing:
        """By its name, or `pack.id:name` where several packs have one. Raises TuoyuError."""
        return Pricing(self, checked(raw.call_policy_pricing, self.pointer, name_of(name)))

    def cost_sharing(self, name: str) -> CostSharing:
        return CostSharing(self, checked(raw.call_policy_cost_sharing, self.pointer, name_of(name)))

    def eligibility(self, name: str) -> Eligibility:
        return Eligibility(self, checked(raw.call_policy_eligibility, self.pointer, name_of(name)))

    def indicator(self, name: str) -> Indicator:
        return Indicator(self, checked(raw.call_policy_indicator, self.pointer, name_of(name)))

    def batch(self, rules: Iterable[str], *, as_of: datetime.date, unknown_columns: Literal["refuse", "ignore"] = "refuse",
              floats: Literal["refuse", "shortest"] = "refuse", null: Literal["missing", "none"] = "missing",
              numbers: Literal["decimal", "text", "integer"] = "decimal",
              columns: Iterable[Literal["values", "outcome", "missing", "provenance", "status", "error"]] | None = None) -> Batch:
        """These rules, to answer tables: see Batch.

        unknown_columns: what to do with columns that are no facts. floats: "shortest" reads binary floating point by the
        shortest decimal text of each number. null: "none" takes a null of a nullable fact for "there is none". numbers:
        "text" gives numbers as canonical text, which holds every number; "integer" as int64 in units of the last decimal (fen),
        the fastest, with the decimals in the field's metadata `scale`. columns: which of an answer's columns are wanted, all
        where it is not given; "values" are the amounts, payers and decisions. Raises TuoyuError."""
        return Batch(self, rules, as_of, unknown_columns=unknown_columns, floats=floats, null=null, numbers=numbers,
                     columns=columns)

    def case(self, facts: Mapping[str, Any] | None = None) -> Case:
        """A case with these facts: {"child.birth_date": date(2024, 1, 31)} or {"child": {"birth_date": …}}."""
        case = Case(self)
        try:
            case.update(facts or {})
        except BaseException:
            case.close()
            raise
        return case

    def run_examples(self) -> dict[str, bool]:
        """The worked examples that the packs carry: full name, `pack.id:name`, to whether all came out as expected."""
        return {
            f"{raw.tuoyu_policy_example_pack(self.pointer, i)}:{raw.tuoyu_policy_example_name(self.pointer, i)}":
                checked(raw.call_policy_example_run, self.pointer, i)
            for i in range(raw.tuoyu_policy_example_count(self.pointer))}

    def example_answers(self) -> dict[str, str]:
        """What the worked examples answer: full name, `pack.id:name`, to JSON, or to the status of the error that one ends with."""
        answers = {}
        for i in range(raw.tuoyu_policy_example_count(self.pointer)):
            name = f"{raw.tuoyu_policy_example_pack(self.pointer, i)}:{raw.tuoyu_policy_example_name(self.pointer, i)}"
            try:
                answers[name] = checked(raw.call_policy_example_to_json, self.pointer, i)
            except TuoyuError as error:
                answers[name] = error.status
        return answers


class Case(Handle):
    """One flat set of facts. Used by one thread at a time."""

    _free = staticmethod(raw.tuoyu_case_free)

    def __init__(self, policy: Policy) -> None:
        super().__init__(checked(raw.call_case_new, policy.pointer))
        self._policy = policy

    def __setitem__(self, name: str, value: Any) -> None:
        """bool, int, Decimal, date, or text in the fact's declared type. None: there is none (a nullable fact only);
        a fact that is not known is left out. float is refused: it is not exact. Raises FactError, TypeError."""
        name_of(name)
        if value is None:
            checked(raw.call_case_set_none, self.pointer, name)
        elif isinstance(value, bool):
            checked(raw.call_case_set_boolean, self.pointer, name, value)
        elif isinstance(value, str):
            checked(raw.call_case_set_text, self.pointer, name, value)
        elif isinstance(value, datetime.date):
            if isinstance(value, datetime.datetime):
                raise TypeError(f"{name}: a date is wanted, not a date and time")
            checked(raw.call_case_set_date, self.pointer, name, days_of(value))
        else:
            checked(raw.call_case_set_number, self.pointer, name, _number_text(name, value))

    def update(self, facts: Mapping[str, Any], prefix: str = "") -> None:
        for name, value in facts.items():
            if isinstance(value, Mapping):
                self.update(value, f"{prefix}{name}.")
            else:
                self[f"{prefix}{name}"] = value

    def read(self, text: str, source: str = "facts") -> None:
        """Facts from YAML or JSON text. source: what errors call it."""
        checked(raw.call_case_read, self.pointer, source, text)

    def clear(self) -> None:
        raw.tuoyu_case_clear(self.pointer)


def _number_text(name: str, value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "__index__"):
        return str(value.__index__())
    raise TypeError(f"{name}: {type(value).__name__} is not exact; give an int, a Decimal, or text")
