# SPDX-License-Identifier: Apache-2.0
"""Budgets that may run out: claims are added one by one, then it is asked who is paid."""

from __future__ import annotations

from typing import Any, Mapping, TYPE_CHECKING

from . import raw
from .answers import Payout
from .errors import TuoyuError
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
        """Adds a claim. One with an error raises, is listed as such, and the budget goes on. A second claim of an id raises,
        too: with the same facts the two are one claim, else none of them is paid."""
        from .policies import Case
        if isinstance(claim, Case):
            checked(raw.call_budget_add, self.pointer, name_of(id), claim.pointer)
            return
        with self._facts_of(id, claim) as case:
            checked(raw.call_budget_add, self.pointer, name_of(id), case.pointer)

    def _facts_of(self, id: str, claim: Mapping[str, Any]) -> Case:
        """The claim as a case; one that cannot be read is listed as an error."""
        try:
            return self._policy.case(claim)
        except TuoyuError as error:
            try:
                checked(raw.call_budget_add_unreadable, self.pointer, name_of(id), error.code)
            except TuoyuError:  # another claim has the id: neither is paid
                pass
            raise

    def pay(self) -> Payout:
        """Who is paid of the claims so far; more may be added afterwards."""
        return Payout(checked(raw.call_budget_pay, self.pointer))
