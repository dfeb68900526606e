# SPDX-License-Identifier: Apache-2.0
"""Budgets that may run out: claims are added one by one, then it is asked who is paid."""

from __future__ import annotations

from typing import Any, Mapping, TYPE_CHECKING

from . import raw
from .answers import Payout
from .handles import Handle, checked, name_of

if TYPE_CHECKING:
    from .policies import Case, Policy


class Budget(Handle):
    """Used by one thread at a time."""

    _free = staticmethod(raw.tuoyu_budget_free)

    def __init__(self, policy: Policy, pointer: Any) -> None:
        super().__init__(pointer)
        self._policy = policy

    def add(self, id: str, claim: Case | Mapping[str, Any]) -> None:
        """Adds a claim under an id of its own. One with an error raises, is listed as such, and the budget goes on."""
        from .policies import Case
        if isinstance(claim, Case):
            checked(raw.call_budget_add, self.pointer, name_of(id), claim.pointer)
            return
        with self._policy.case(claim) as case:
            checked(raw.call_budget_add, self.pointer, name_of(id), case.pointer)

    def pay(self) -> Payout:
        """Who is paid of the claims so far; more may be added afterwards."""
        return Payout(checked(raw.call_budget_pay, self.pointer))
