# SPDX-License-Identifier: Apache-2.0
"""Payouts: what became of the claims against a budget."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

from . import _raw as raw
from .answers import Answer
from .handles import number_of, until_none


class ClaimState(enum.IntEnum):
    OPEN = 0
    PAID = 1
    IN_PART = 2
    UNPAID = 3
    NOT_DUE = 4
    ERROR = 5
    PAID_BEFORE = 6
    CLAW_BACK = 7


@dataclass(frozen=True)
class StateTotals:
    """What the claims of one state are together."""

    claims: int
    claimed: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Claim:
    """What became of a claim against a budget. paid_before: in the payouts that this one follows on; claw_back: what
    was paid beyond what is due; both None where nothing was. status: of one in error; missing: names that an open one waits
    for; duplicates: how many further records were added under its id; is_final: what is paid of it stays the
    same, however claims turn out that are open or in error."""

    id: str
    claimed: Decimal | None
    paid: Decimal | None
    state: ClaimState
    status: str | None
    missing: list[str]
    duplicates: int = 0
    is_final: bool = True
    paid_before: Decimal | None = None
    claw_back: Decimal | None = None


class Payout(Answer):
    """Who is paid from a budget; numbers stand in `unit`. UNDETERMINED while claims are open or in error:
    they take nothing, but might come before others once they are known."""

    @property
    def budget(self) -> Decimal | None:
        """What there was to pay from."""
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_BUDGET))

    @property
    def paid(self) -> Decimal | None:
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_PAID))

    @property
    def left(self) -> Decimal | None:
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_LEFT))

    @property
    def unpaid(self) -> Decimal | None:
        """What was claimed and is not paid."""
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_UNPAID))

    @property
    def overspent(self) -> Decimal | None:
        """By how much more was used of the budget than there is: nothing is paid while it is above 0."""
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_OVERSPENT))

    @property
    def used(self) -> Decimal | None:
        """What was used of the budget before this payout."""
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_USED))

    @property
    def claw_back(self) -> Decimal | None:
        """What was paid too much, of all claims together."""
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_CLAW_BACK))

    @property
    def whole(self) -> Decimal | None:
        """What the claims split, of all together whose split is determined."""
        return number_of(raw.call_payout_number(self._native, raw.PAYOUT_WHOLE))

    @property
    def payers(self) -> dict[str, Decimal | None]:
        """The share of each payer in `whole`."""
        return {raw.tuoyu_payout_payer_id(self._native, index): number_of(raw.call_payout_payer_share(self._native, index))
                for index in range(raw.tuoyu_payout_payer_count(self._native))}

    @property
    def states(self) -> dict[ClaimState, StateTotals]:
        """The claims of each state together."""
        return {state: StateTotals(claims=raw.tuoyu_payout_state_count(self._native, state),
                                   claimed=Decimal(raw.call_payout_state_claimed(self._native, state)),
                                   paid=Decimal(raw.call_payout_state_paid(self._native, state)))
                for state in ClaimState}

    @property
    def unit(self) -> str:
        return raw.tuoyu_payout_unit(self._native)

    def _claim(self, index: int) -> Claim:
        code = raw.tuoyu_payout_claim_code(self._native, index)
        return Claim(id=raw.tuoyu_payout_claim_id(self._native, index),
                     claimed=number_of(raw.call_payout_claim_claimed(self._native, index)),
                     paid=number_of(raw.call_payout_claim_paid(self._native, index)),
                     state=ClaimState(raw.tuoyu_payout_claim_state(self._native, index)),
                     status=raw.tuoyu_status_name(code) if code else None,
                     missing=list(until_none(raw.tuoyu_payout_claim_missing, self._native, index)),
                     duplicates=raw.tuoyu_payout_claim_duplicates(self._native, index),
                     is_final=raw.tuoyu_payout_claim_is_final(self._native, index),
                     paid_before=number_of(raw.call_payout_claim_paid_before(self._native, index)),
                     claw_back=number_of(raw.call_payout_claim_claw_back(self._native, index)))

    @property
    def claims(self) -> list[Claim]:
        """Those that something is due to in the order in which they are paid; then the others as they were
        added."""
        return [self._claim(index) for index in range(raw.tuoyu_payout_claim_count(self._native))]
