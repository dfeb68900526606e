# SPDX-License-Identifier: Apache-2.0
"""The rules that answer for one case."""

from __future__ import annotations

import datetime
from typing import Any, Mapping, TYPE_CHECKING

from . import raw
from .answers import Quote, Split, Verdict
from .budgets import Budget
from .handles import Handle, checked, days_of
from .waiting_lists import WaitingList

if TYPE_CHECKING:
    from .policies import Case, Policy


class Rule(Handle):
    """A rule of a policy; keeps its policy alive."""

    def __init__(self, policy: Policy, pointer: Any) -> None:
        super().__init__(pointer)
        self._policy = policy

    def _evaluate(self, function: Any, facts: Case | Mapping[str, Any], as_of: datetime.date) -> Any:
        from .policies import Case
        if isinstance(facts, Case):
            return checked(function, self.pointer, facts.pointer, days_of(as_of))
        with self._policy.case(facts) as case:
            return checked(function, self.pointer, case.pointer, days_of(as_of))


class Pricing(Rule):
    """What may be charged?"""

    _free = staticmethod(raw.tuoyu_pricing_unref)

    def quote(self, facts: Case | Mapping[str, Any], *, as_of: datetime.date) -> Quote:
        """facts: a Case, or names to values as for Policy.case. Raises FactError and TuoyuError."""
        return Quote(self._evaluate(raw.call_pricing_quote, facts, as_of))


class CostSharing(Rule):
    """Who pays what?"""

    _free = staticmethod(raw.tuoyu_cost_sharing_unref)

    def split(self, facts: Case | Mapping[str, Any], *, as_of: datetime.date) -> Split:
        return Split(self._evaluate(raw.call_cost_sharing_split, facts, as_of))

    def budget(self, facts: Case | Mapping[str, Any] | None = None, *, as_of: datetime.date) -> Budget:
        """The budget that claims by this rule are paid from. facts: of the budget itself, such as what was spent of it."""
        return Budget(self._policy, self._evaluate(raw.call_cost_sharing_budget, {} if facts is None else facts, as_of))


class Eligibility(Rule):
    """May it, is it entitled?"""

    _free = staticmethod(raw.tuoyu_eligibility_unref)

    def verdict(self, facts: Case | Mapping[str, Any], *, as_of: datetime.date) -> Verdict:
        return Verdict(self._evaluate(raw.call_eligibility_verdict, facts, as_of))

    def waiting_list(self, places: int, *, as_of: datetime.date) -> WaitingList:
        """For a rule with `admission`: who is admitted to so many places, and in which order the others wait."""
        return WaitingList(self._policy, checked(raw.call_eligibility_waiting_list, self.pointer, days_of(as_of), places))
