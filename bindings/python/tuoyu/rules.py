# SPDX-License-Identifier: Apache-2.0
"""The rules that answer for one case."""

from __future__ import annotations

import datetime
from typing import Any, Mapping

from . import _raw as raw
from .answers import Quote, Split, Verdict
from .budgets import Budget
from .cases import Case, case_of
from .handles import Handle, days_of
from .loaded_packs import LoadedPacks
from .waiting_lists import WaitingList


class Rule(Handle):
    """A rule of a policy, which it keeps: it answers also when the policy's own handle is closed."""

    _pickle_advice = "pickle the Policy, and ask it for the rule by name where it arrives"

    def __init__(self, policy: LoadedPacks, native: Any) -> None:
        super().__init__(native, policy._native)

    def _evaluate(self, function: Any, facts: Case | Mapping[str, Any], as_of: datetime.date) -> Any:
        day = days_of(as_of)
        if isinstance(facts, Case):
            return function(self._native, facts._native, day)
        with case_of(self._policy_of_rule(), facts) as case:
            return function(self._native, case._native, day)


class Pricing(Rule):
    """What may be charged?"""

    def quote(self, facts: Case | Mapping[str, Any], *, as_of: datetime.date) -> Quote:
        """facts: a Case, or names to values as for Policy.case. Raises FactError and TuoyuError."""
        return Quote(self._evaluate(raw.call_pricing_quote, facts, as_of))


class CostSharing(Rule):
    """Who pays what?"""

    def split(self, facts: Case | Mapping[str, Any], *, as_of: datetime.date) -> Split:
        return Split(self._evaluate(raw.call_cost_sharing_split, facts, as_of))

    def budget(self, facts: Case | Mapping[str, Any] | None = None, *, as_of: datetime.date) -> Budget:
        """The budget that claims by this rule are paid from. facts: of the budget itself, such as what was
        spent of it."""
        facts = {} if facts is None else facts
        return Budget(self._evaluate(raw.call_cost_sharing_budget, facts, as_of), self._policy)


class Eligibility(Rule):
    """May it, is it entitled?"""

    def verdict(self, facts: Case | Mapping[str, Any], *, as_of: datetime.date) -> Verdict:
        return Verdict(self._evaluate(raw.call_eligibility_verdict, facts, as_of))

    def waiting_list(self, places: int, *, as_of: datetime.date) -> WaitingList:
        """For a rule with `admission`: who is admitted to so many places, and in which order the others
        wait."""
        native = raw.call_eligibility_waiting_list(self._native, days_of(as_of), places)
        return WaitingList(native, self._policy)
