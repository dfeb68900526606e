# SPDX-License-Identifier: Apache-2.0
"""Packs in, a policy out."""

from __future__ import annotations

import datetime
import os
from typing import Any, Iterable, Literal, Mapping

from . import _raw as raw
from .batches import Batch
from .cases import Case, case_of
from .errors import TuoyuError, language_error, made_error
from .handles import Handle, name_of, rule_name
from .indicators import Indicator
from .rules import CostSharing, Eligibility, Pricing


Language = Literal["zh", "en"]
ColumnKind = Literal["values", "outcome", "missing", "standing", "error"]


def version() -> str:
    """Of the library that runs."""
    return raw.tuoyu_version()


def pack_schema() -> str:
    """The JSON Schema (draft-07) of a pack."""
    return raw.call_pack_schema()


def _pairs_of(packs: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    if isinstance(packs, (str, bytes)):
        raise TypeError("packs: a mapping of names to texts, or pairs of them, are wanted, not one text")
    items: Any = packs.items() if isinstance(packs, Mapping) else packs
    pairs = tuple((name_of(name, "the name of a pack"), text) for name, text in items)
    if not pairs:
        raise made_error(raw.TUOYU_ERROR_INVALID_ARGUMENT, "no pack is given", "give one or more")
    return pairs


class Policy(Handle):
    """Packs, read and compiled. Immutable; threads may share it. It pickles as the texts of its packs, which
    are read again where it arrives: a pool of processes is best given it once, by its initializer."""

    _packs: tuple[tuple[str, str], ...] = ()
    _language: Language = "en"

    @classmethod
    def load(cls, packs: Mapping[str, str] | Iterable[tuple[str, str]], language: Language = "en") -> Policy:
        """packs: what errors call each text (a file name, say) to its YAML. All that `uses:` names must be
        among them. language: in which the findings are said, and the column `error` of the policy's batches.
        Raises PackError with all findings of all packs."""
        if language not in ("zh", "en"):
            raise language_error(language)
        pairs = _pairs_of(packs)
        texts = raw.call_packs_new()
        for name, text in pairs:
            if not raw.call_packs_add(texts, name, text):
                raise MemoryError
        policy = cls(raw.call_policy_load(texts, language == "zh"))
        policy._packs = pairs
        policy._language = language
        return policy

    @classmethod
    def load_files(cls, *paths: str | os.PathLike[str], language: Language = "en") -> Policy:
        """As load, from files in UTF-8."""
        texts = []
        for path in paths:
            with open(path, encoding="utf-8") as file:
                texts.append((os.fspath(path), file.read()))
        return cls.load(texts, language)

    def __reduce__(self) -> Any:
        self._check_open()
        return type(self).load, (self._packs, self._language)

    def __copy__(self) -> Policy:
        """Another handle of the same policy: each is closed for itself."""
        copy = type(self)(raw.tuoyu_policy_ref(self._native))
        copy._packs = self._packs
        copy._language = self._language
        return copy

    def __deepcopy__(self, memo: dict[int, Any]) -> Policy:
        return self.__copy__()

    @property
    def pack_ids(self) -> list[str]:
        count = raw.tuoyu_policy_pack_count(self._native)
        return [raw.tuoyu_policy_pack_id(self._native, i) for i in range(count)]

    @property
    def rules(self) -> list[str]:
        """Full names, `pack.id:name`."""
        count = raw.tuoyu_policy_rule_count(self._native)
        return [raw.tuoyu_policy_rule_name(self._native, i) for i in range(count)]

    @property
    def facts(self) -> dict[str, str]:
        """Names of facts to their types."""
        return {
            raw.tuoyu_policy_fact_name(self._native, i): raw.tuoyu_policy_fact_type(self._native, i)
            for i in range(raw.tuoyu_policy_fact_count(self._native))}

    def pricing(self, name: str) -> Pricing:
        """By its name, or `pack.id:name` where several packs have one. Raises TuoyuError."""
        return Pricing(self, raw.call_policy_pricing(self._native, rule_name(name)))

    def cost_sharing(self, name: str) -> CostSharing:
        return CostSharing(self, raw.call_policy_cost_sharing(self._native, rule_name(name)))

    def eligibility(self, name: str) -> Eligibility:
        return Eligibility(self, raw.call_policy_eligibility(self._native, rule_name(name)))

    def indicator(self, name: str) -> Indicator:
        return Indicator(self, raw.call_policy_indicator(self._native, rule_name(name)))

    def batch(self, rules: Iterable[str], *, as_of: datetime.date,
              unknown_columns: Literal["refuse", "ignore"] = "refuse",
              floats: Literal["refuse", "shortest"] = "refuse",
              nulls: Literal["missing", "none"] = "missing",
              numbers: Literal["decimal", "text", "integer"] = "decimal",
              columns: Iterable[ColumnKind] | None = None) -> Batch:
        """These rules, to answer tables: see Batch.

        unknown_columns: what to do with columns that are no facts, and that the run's `id` does not name.
        floats: "shortest" reads binary floating point by the shortest decimal text of each number. nulls:
        "none" takes a null of a nullable fact for "there is none". numbers: "text" gives numbers as canonical
        text, which holds every number; "integer" as int64 in units of the last decimal (fen), the fastest,
        with the decimals in the field's metadata `scale`. columns: which of an answer's columns are wanted,
        all where it is not given; "values" are the amounts, payers and decisions. Raises TuoyuError."""
        return Batch(self, rules, as_of, unknown_columns=unknown_columns, floats=floats, nulls=nulls,
                     numbers=numbers, columns=columns)

    def case(self, facts: Mapping[str, Any] | None = None) -> Case:
        """A case with these facts: {"child.birth_date": date(2024, 1, 31)} or {"child": {"birth_date":
        …}}."""
        return case_of(self._native, {} if facts is None else facts)

    def _example_name(self, index: int) -> str:
        pack = raw.tuoyu_policy_example_pack(self._native, index)
        return f"{pack}:{raw.tuoyu_policy_example_name(self._native, index)}"

    def run_examples(self) -> dict[str, bool]:
        """The worked examples that the packs carry: full name, `pack.id:name`, to whether all came out as
        expected."""
        return {
            self._example_name(i): raw.call_policy_example_run(self._native, i)
            for i in range(raw.tuoyu_policy_example_count(self._native))}

    def example_answers(self) -> dict[str, str]:
        """What the worked examples answer: full name, `pack.id:name`, to JSON, or to the status of the error
        that one ends with."""
        answers = {}
        for i in range(raw.tuoyu_policy_example_count(self._native)):
            name = self._example_name(i)
            try:
                answers[name] = raw.call_policy_example_to_json(self._native, i)
            except TuoyuError as error:
                answers[name] = error.status
        return answers
