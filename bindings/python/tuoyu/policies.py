# SPDX-License-Identifier: Apache-2.0
"""A policy: what its packs declare, and the rules, batches and cases that are made of it."""

from __future__ import annotations

import datetime
import json
from typing import Any, Iterable, Literal, Mapping

from . import _raw as raw
from .batches import Batch
from .cases import Case, case_of
from .changes import Change, ChangeValue, changes_of
from .errors import TuoyuError
from .handles import rule_name
from .indicators import Indicator
from .loaded_packs import LoadedPacks
from .rules import CostSharing, Eligibility, Pricing


ColumnKind = Literal["values", "outcome", "missing", "standing", "error"]


def version() -> str:
    """Of the library that runs."""
    return raw.tuoyu_version()


def pack_schema() -> str:
    """The JSON Schema (draft-07) of a pack."""
    return raw.call_pack_schema()


class Policy(LoadedPacks):
    """Packs, read and compiled. Immutable; threads may share it. It pickles as the texts of its packs, which
    are read again where it arrives: a pool of processes is best given it once, by its initializer."""

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

    def listing(self) -> dict[str, Any]:
        """What the policy has, from which forms, documents and simulations are made: `packs`, `parameters` with
        their dated values, units, clauses, standing and bounds, `facts` with types, units, ranges and values,
        `rules` with the facts that each can ever need. The keys are those of `tuoyu_policy_to_json()`; numbers
        are texts, labels have "zh", "en" or both, and what a pack does not write is left out."""
        found: dict[str, Any] = json.loads(raw.call_policy_to_json(self._native))
        return found

    @property
    def changes(self) -> tuple[Change, ...]:
        """What this policy was changed by, in order; nothing for packs as they stand."""
        return self._changes

    def with_changes(self, changes: Mapping[str, ChangeValue] | Iterable[Change], *,
                     first_day: datetime.date | None = None, reason: str = "") -> Policy:
        """A policy like this one, with some numbers changed; this one stays as it is.

            cheaper = policy.with_changes({"monthly_ceiling": 3800}, first_day=date(2026, 1, 1), reason="…")
            policy.with_changes([tuoyu.Change("subsidy", 100, "add"), tuoyu.Change("rate", "1.1", "scale")])

        changes: a mapping of parameters to their new values, or Changes, made in order. first_day and reason:
        of a mapping, as in Change. A changed number is `Standing.PROPOSED`, and so is each answer that rests on
        one; receipts tell the changes. Rules, cases, batches and tallies of the new policy are made anew. It
        takes tens of microseconds, whatever the size of the packs. Raises TuoyuError."""
        return self._changed(changes_of(changes, first_day, reason))

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
              columns: Iterable[ColumnKind] | None = None, members: Iterable[str] = ()) -> Batch:
        """These rules, to answer tables: see Batch.

        unknown_columns: what to do with columns that are no facts, and that the run's `id` does not name.
        floats: "shortest" reads binary floating point by the shortest decimal text of each number. nulls:
        "none" takes a null of a nullable fact for "there is none". numbers: "text" gives numbers as canonical
        text, which holds every number; "integer" as int64 in units of the last decimal (fen), the fastest,
        with the decimals in the field's metadata `scale`. columns: which of an answer's columns are wanted,
        all where it is not given; "values" are the amounts, payers and decisions. members: further members of
        answers that go out as columns, as they are called in `answer.to_dict()`: "split.payable",
        "split.instalments.first.due", "fee.steps.base", "place.unmet", "place.reasons.zh"; a rule with members is
        answered row by row, in microseconds each. Raises TuoyuError."""
        return Batch(self, rules, as_of, unknown_columns=unknown_columns, floats=floats, nulls=nulls,
                     numbers=numbers, columns=columns, members=members)

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
