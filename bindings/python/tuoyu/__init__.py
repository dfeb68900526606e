# SPDX-License-Identifier: Apache-2.0
"""What may be charged, who pays what, is it entitled, are we there: policy of inclusive childcare from YAML
packs.

    import datetime, tuoyu

    with tuoyu.Policy.load({"city.yaml": text}) as policy:
        day = datetime.date(2025, 1, 1)
        quote = policy.pricing("full_day").quote({"city.urban_income": 60000}, as_of=day)
        print(quote.amount, quote.unit)          # 4000 CNY/month
        print(quote.explain("zh"))

Numbers are `decimal.Decimal`, never float; dates are `datetime.date`. An error is a `TuoyuError` with code
and place. An answer that lacks a fact is no error: its outcome is `Outcome.UNDETERMINED` and `missing` says
what to ask for."""

from .answers import (
    ChecklistItem, ChecklistState, Citation, Decision, Grade, Instalment, InstalmentState, Line,
    Measure, Missing, Outcome, Points, Promise, Standing, Quote, Reason, Records, Split, Step, Subsidy,
    SubsidyState, Verdict)
from .batches import Answers, Batch
from .budgets import Budget
from .cases import Case
from .changes import Change
from .errors import FactError, Finding, PackError, TuoyuError
from .indicators import AddedRows, Indicator, Tally
from .interrupts import cancelled_by
from .payouts import Claim, ClaimState, Payout, StateTotals
from .policies import Policy, pack_schema, version
from .rules import CostSharing, Eligibility, Pricing
from .waiting_lists import Admission, WaitingEntry, WaitingList, WaitingState

__all__ = [
    "Admission", "AddedRows", "Answers", "Batch", "Budget", "Case", "Change", "ChecklistItem", "ChecklistState", "Citation",
    "Claim", "ClaimState", "CostSharing", "Decision", "Eligibility", "FactError", "Finding", "Grade",
    "Indicator", "Instalment", "InstalmentState", "Line", "Measure", "Missing", "Outcome", "PackError",
    "Payout", "Points", "Policy", "Pricing", "Promise", "Standing", "Quote", "Reason", "Records", "Split",
    "StateTotals", "Step",
    "Subsidy", "SubsidyState", "Tally", "TuoyuError", "Verdict", "WaitingEntry", "WaitingList",
    "WaitingState", "cancelled_by", "pack_schema", "version",
]
