# SPDX-License-Identifier: Apache-2.0
"""Budgets that may run out: claims are added one by one, then it is asked who is paid."""

from __future__ import annotations

from typing import Any, Mapping

from . import _raw as raw
from .cases import Case, case_of
from .errors import TuoyuError
from .handles import Handle, name_of
from .payouts import Payout


class Budget(Handle):
    """Used by one thread at a time: a call while another runs on it raises RuntimeError."""

    _pickle_advice = "send the claims, and add them where they arrive"

    def add(self, id: str, claim: Case | Mapping[str, Any]) -> None:
        """Adds a claim. One with an error raises, is listed as such, and the budget goes on. A second claim of
        an id raises, too: with the same facts the two are one claim, else none of them is paid."""
        name_of(id, "an id")
        if isinstance(claim, Case):
            raw.call_budget_add(self._native, id, claim._native)
            return
        with self._facts_of(id, claim) as case:
            raw.call_budget_add(self._native, id, case._native)

    def follow(self, receipt: str) -> None:
        """Goes on from an earlier payout, whose `receipt()` this is, before claims are added: what it paid under an
        id is not paid again, what it paid beyond what is due is told (Claim.claw_back), and the budget goes on from what
        it left. Raises TuoyuError for a receipt of another rule, another budget or a later day, and for one whose
        sums do not agree; what it says of single claims is proven by repeating that payout only. Packs that are
        another version now stand in `json()["previous"]["other_packs"]` of the payout."""
        raw.call_budget_follow(self._native, name_of(receipt, "a receipt"))

    def _facts_of(self, id: str, claim: Mapping[str, Any]) -> Case:
        """The claim as a case; one that cannot be read is listed as an error."""
        try:
            return case_of(self._policy_of_rule(), claim)
        except TuoyuError as error:
            try:
                raw.call_budget_add_unreadable(self._native, id, error.code)
            except TuoyuError:  # another claim has the id: neither is paid
                pass
            raise

    def add_unreadable(self, id: str = "") -> None:
        """Lists a record that is no row and so no claim, so that it does not vanish: it is in error, with the
        status TUOYU_ERROR_SYNTAX, and the payout is not final. id: what there is of one. If there is a claim of that
        id, it is not paid, and TuoyuError says so."""
        raw.call_budget_add_unreadable(self._native, name_of(id, "an id"), raw.TUOYU_ERROR_SYNTAX)

    def pay(self) -> Payout:
        """Who is paid of the claims so far; more may be added afterwards."""
        return Payout(raw.call_budget_pay(self._native))
