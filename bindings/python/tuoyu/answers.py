# SPDX-License-Identifier: Apache-2.0
"""Quotes, splits, verdicts and measures: immutable, all values native."""

from __future__ import annotations

import datetime
import enum
import html
import itertools
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable

from . import raw
from .handles import Handle, checked, number_or_none, text_or_none


class Outcome(enum.IntEnum):
    DETERMINED = 1
    UNDETERMINED = 2
    NOT_APPLICABLE = 3


class Provenance(enum.IntEnum):
    """How well founded; the weakest marks the whole answer."""

    CITED = 1
    DERIVED = 2
    DRAFT = 3
    ASSUMED = 4


class Decision(enum.IntEnum):
    """Of a verdict and of each criterion (there: met, not met, unknown, does not apply)."""

    ELIGIBLE = 1
    INELIGIBLE = 2
    UNDETERMINED = 3
    NOT_APPLICABLE = 4


@dataclass(frozen=True)
class Missing:
    """A fact or parameter that would help to decide. status: TUOYU_ERROR_FACT_MISSING or TUOYU_ERROR_PARAMETER_UNSET."""

    name: str
    status: str
    label: str


@dataclass(frozen=True)
class Citation:
    """text: document and clause, "" where nothing is cited; text_en by the document's English title, if it has one."""

    name: str
    text: str
    text_en: str
    status: Provenance


@dataclass(frozen=True)
class Step:
    """One step of a quote; value None where it is not determined."""

    id: str
    label: str
    value: Decimal | None


@dataclass(frozen=True)
class Line:
    payer: str
    label: str
    amount: Decimal


class SubsidyState(enum.IntEnum):
    OPEN = 0
    PAID = 1
    NOT_DUE = 2
    EXCLUDED = 3
    CUT = 4


@dataclass(frozen=True)
class Subsidy:
    """One of the subsidies that make up a split's whole. combination: the id of the one that excluded or cut it, and
    because its clause; instead: the subsidy that is paid in its place."""

    id: str
    label: str
    claimed: Decimal | None
    amount: Decimal | None
    state: SubsidyState
    combination: str | None
    because: str
    instead: str | None


class ClaimState(enum.IntEnum):
    OPEN = 0
    PAID = 1
    IN_PART = 2
    UNPAID = 3
    NOT_DUE = 4
    ERROR = 5


@dataclass(frozen=True)
class Claim:
    """What became of a claim against a budget. status: of one in error; missing: names that an open one waits
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


class InstalmentState(enum.IntEnum):
    OPEN = 0
    DUE = 1
    LATER = 2
    FORFEITED = 3


@dataclass(frozen=True)
class Instalment:
    id: str
    label: str
    amount: Decimal | None
    state: InstalmentState


@dataclass(frozen=True)
class Reason:
    id: str
    decision: Decision
    text: str
    citation: str


@dataclass(frozen=True)
class Points:
    """What an item of a scorecard gives; points None where facts are missing."""

    id: str
    text: str
    points: Decimal | None


@dataclass(frozen=True)
class Grade:
    """consequence: what follows from it, "" where the pack says nothing."""

    id: str
    label: str
    consequence: str


class ChecklistState(enum.IntEnum):
    """OPEN: a fact that would say is missing."""

    OPEN = 0
    DONE = 1
    DUE = 2
    OVERDUE = 3
    NOT_YET = 4
    NOT_APPLICABLE = 5


@dataclass(frozen=True)
class ChecklistItem:
    """done: the day it was done; start and due: the first and the last day on which it is to be done; None: none, or not known."""

    id: str
    text: str
    state: ChecklistState
    done: datetime.date | None
    start: datetime.date | None
    due: datetime.date | None


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


class Answer(Handle):
    """What all answers have. `language` arguments are "zh" or "en"."""

    def __init__(self, pointer: Any) -> None:
        super().__init__(pointer)
        self._answer = self._answer_of(pointer)

    @staticmethod
    def _answer_of(pointer: Any) -> Any:
        raise NotImplementedError

    @property
    def _shared(self) -> Any:
        self.pointer
        return self._answer

    @property
    def outcome(self) -> Outcome:
        return Outcome(raw.tuoyu_answer_outcome(self._shared))

    @property
    def provenance(self) -> Provenance:
        return Provenance(raw.tuoyu_answer_provenance(self._shared))

    @property
    def missing(self) -> list[Missing]:
        return [
            Missing(name=raw.tuoyu_answer_missing_name(self._shared, index),
                    status=raw.tuoyu_status_name(raw.tuoyu_answer_missing_code(self._shared, index)),
                    label=raw.tuoyu_answer_missing_label(self._shared, index, "zh"))
            for index in range(raw.tuoyu_answer_missing_count(self._shared))]

    @property
    def citations(self) -> list[Citation]:
        return [
            Citation(name=raw.tuoyu_answer_citation_name(self._shared, index), text=raw.tuoyu_answer_citation_text(self._shared, index),
                     text_en=raw.tuoyu_answer_citation_text_in(self._shared, index, "en"),
                     status=Provenance(raw.tuoyu_answer_citation_status(self._shared, index)))
            for index in range(raw.tuoyu_answer_citation_count(self._shared))]

    def to_json(self) -> str:
        """The answer as JSON text, the same in every language."""
        return checked(raw.call_answer_to_json, self._shared)

    def to_dict(self) -> dict[str, Any]:
        return json.loads(self.to_json())

    def to_text(self, language: str = "zh", explain: bool = False) -> str:
        return checked(raw.call_answer_to_text, self._shared, language, explain)

    def explain(self, language: str = "zh") -> str:
        """Every step with its numbers and the clause behind it."""
        return self.to_text(language, explain=True)

    def explanation(self) -> dict[str, Any]:
        """The explanation as a tree: the rule on top, below each node's `children` what it was computed from."""
        return json.loads(checked(raw.call_answer_explain_json, self._shared))

    def receipt(self) -> str:
        """One line of JSON from which `tuoyu replay` repeats the decision; keep it as it is, to the byte."""
        return checked(raw.call_answer_to_receipt, self._shared)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.explain())}</pre>"


class Quote(Answer):
    """What may be charged."""

    _free = staticmethod(raw.tuoyu_quote_free)
    _answer_of = staticmethod(raw.tuoyu_quote_answer)

    @property
    def amount(self) -> Decimal | None:
        return number_or_none(raw.call_quote_amount, self.pointer)

    @property
    def unit(self) -> str:
        return raw.tuoyu_quote_unit(self.pointer)

    @property
    def complies(self) -> bool | None:
        """Whether the charged fee complies; None if none was given or the rule compares none."""
        return {1: True, 0: False}.get(raw.tuoyu_quote_complies(self.pointer))

    @property
    def excess(self) -> Decimal | None:
        return number_or_none(raw.call_quote_excess, self.pointer)

    @property
    def shortfall(self) -> Decimal | None:
        """By how much the charged fee falls short of what must be charged at least."""
        return number_or_none(raw.call_quote_shortfall, self.pointer)

    @property
    def binding(self) -> str | None:
        """The bound that decided the amount; None where its formula did."""
        return raw.tuoyu_quote_binding(self.pointer)

    @property
    def breaks(self) -> str | None:
        """The tightest limit that the charged fee breaks: a bound, "amount", "at_most" or "at_least"."""
        return raw.tuoyu_quote_breaks(self.pointer)

    @property
    def steps(self) -> list[Step]:
        return [
            Step(id=raw.tuoyu_quote_step_id(self.pointer, index), label=raw.tuoyu_quote_step_label(self.pointer, index, "zh"),
                 value=_number(raw.tuoyu_quote_step_value(self.pointer, index)))
            for index in range(raw.tuoyu_quote_step_count(self.pointer))]


class Split(Answer):
    """Who pays what; the lines sum to the whole, to the fen."""

    _free = staticmethod(raw.tuoyu_split_free)
    _answer_of = staticmethod(raw.tuoyu_split_answer)

    @property
    def whole(self) -> Decimal | None:
        return number_or_none(raw.call_split_whole, self.pointer)

    @property
    def unit(self) -> str:
        return raw.tuoyu_split_unit(self.pointer)

    @property
    def binding(self) -> str | None:
        """The bound that decided the whole; None where its formula did."""
        return raw.tuoyu_split_binding(self.pointer)

    @property
    def before_bounds(self) -> Decimal | None:
        """What the whole would be without bounds."""
        return number_or_none(raw.call_split_before_bounds, self.pointer)

    def subsidies(self, language: str = "zh") -> list[Subsidy]:
        """The subsidies that make up the whole; empty where the rule has none."""
        return [
            Subsidy(id=raw.tuoyu_split_subsidy_id(self.pointer, index), label=raw.tuoyu_split_subsidy_label(self.pointer, index, language),
                    claimed=number_or_none(raw.call_split_subsidy_claimed, self.pointer, index),
                    amount=number_or_none(raw.call_split_subsidy_amount, self.pointer, index),
                    state=SubsidyState(raw.tuoyu_split_subsidy_state(self.pointer, index)),
                    combination=raw.tuoyu_split_subsidy_combination(self.pointer, index),
                    because=raw.tuoyu_split_subsidy_because(self.pointer, index, language),
                    instead=raw.tuoyu_split_subsidy_instead(self.pointer, index))
            for index in range(raw.tuoyu_split_subsidy_count(self.pointer))]

    @property
    def lines(self) -> list[Line]:
        return [
            Line(payer=raw.tuoyu_split_line_payer(self.pointer, index), label=raw.tuoyu_split_line_label(self.pointer, index, "zh"),
                 amount=number_or_none(raw.call_split_line_amount, self.pointer, index))
            for index in range(raw.tuoyu_split_line_count(self.pointer))]

    @property
    def instalments(self) -> list[Instalment]:
        """The parts in which the whole is paid; they sum to it, to the fen."""
        return [
            Instalment(id=raw.tuoyu_split_instalment_id(self.pointer, index),
                       label=raw.tuoyu_split_instalment_label(self.pointer, index, "zh"),
                       amount=number_or_none(raw.call_split_instalment_amount, self.pointer, index),
                       state=InstalmentState(raw.tuoyu_split_instalment_state(self.pointer, index)))
            for index in range(raw.tuoyu_split_instalment_count(self.pointer))]

    @property
    def entitled(self) -> Decimal | None:
        """The instalments that are not forfeited."""
        return number_or_none(raw.call_split_entitled, self.pointer)

    @property
    def payable(self) -> Decimal | None:
        """What is to be paid now, after what was paid already."""
        return number_or_none(raw.call_split_payable, self.pointer)

    @property
    def claw_back(self) -> Decimal | None:
        """What was paid beyond the entitlement."""
        return number_or_none(raw.call_split_claw_back, self.pointer)


class Payout(Answer):
    """Who is paid from a budget; numbers stand in `unit`. UNDETERMINED while claims are open or in error: they take nothing,
    but might come before others once they are known."""

    _free = staticmethod(raw.tuoyu_payout_free)
    _answer_of = staticmethod(raw.tuoyu_payout_answer)

    @property
    def budget(self) -> Decimal | None:
        """What there was to pay from."""
        return number_or_none(raw.call_payout_number, self.pointer, raw.PAYOUT_BUDGET)

    @property
    def paid(self) -> Decimal | None:
        return number_or_none(raw.call_payout_number, self.pointer, raw.PAYOUT_PAID)

    @property
    def left(self) -> Decimal | None:
        return number_or_none(raw.call_payout_number, self.pointer, raw.PAYOUT_LEFT)

    @property
    def unpaid(self) -> Decimal | None:
        """What was claimed and is not paid."""
        return number_or_none(raw.call_payout_number, self.pointer, raw.PAYOUT_UNPAID)

    @property
    def overspent(self) -> Decimal | None:
        """By how much more was used of the budget than there is: nothing is paid while it is above 0."""
        return number_or_none(raw.call_payout_number, self.pointer, raw.PAYOUT_OVERSPENT)

    @property
    def unit(self) -> str:
        return raw.tuoyu_payout_unit(self.pointer)

    def _claim(self, index: int) -> Claim:
        code = raw.tuoyu_payout_claim_code(self.pointer, index)
        names = (raw.tuoyu_payout_claim_missing(self.pointer, index, place) for place in itertools.count())
        return Claim(id=raw.tuoyu_payout_claim_id(self.pointer, index),
                     claimed=number_or_none(raw.call_payout_claim_claimed, self.pointer, index),
                     paid=number_or_none(raw.call_payout_claim_paid, self.pointer, index),
                     state=ClaimState(raw.tuoyu_payout_claim_state(self.pointer, index)),
                     status=raw.tuoyu_status_name(code) if code else None,
                     missing=list(itertools.takewhile(bool, names)),
                     duplicates=raw.tuoyu_payout_claim_duplicates(self.pointer, index),
                     is_final=raw.tuoyu_payout_claim_is_final(self.pointer, index))

    @property
    def claims(self) -> list[Claim]:
        """Those that something is due to in the order in which they are paid; then the others as they were added."""
        return [self._claim(index) for index in range(raw.tuoyu_payout_claim_count(self.pointer))]


class Verdict(Answer):
    """Is it entitled, with the reasons."""

    _free = staticmethod(raw.tuoyu_verdict_free)
    _answer_of = staticmethod(raw.tuoyu_verdict_answer)

    @property
    def decision(self) -> Decision:
        return Decision(raw.tuoyu_verdict_decision(self.pointer))

    def reasons(self, language: str = "zh") -> list[Reason]:
        return [
            Reason(id=raw.tuoyu_verdict_reason_id(self.pointer, index),
                   decision=Decision(raw.tuoyu_verdict_reason_decision(self.pointer, index)),
                   text=raw.tuoyu_verdict_reason_text(self.pointer, index, language),
                   citation=raw.tuoyu_verdict_reason_citation(self.pointer, index))
            for index in range(raw.tuoyu_verdict_reason_count(self.pointer))]

    def _sets(self, count: int, member: Callable[[Any, int, int], str | None]) -> list[list[str]]:
        return [list(itertools.takewhile(bool, (member(self.pointer, index, place) for place in itertools.count())))
                for index in range(count)]

    @property
    def exception(self) -> str | None:
        """The exception that decided; None where the criteria did."""
        return raw.tuoyu_verdict_exception(self.pointer)

    @property
    def valid_until(self) -> datetime.date | None:
        """The last day on which it holds; None where the rule gives none, or it is not known."""
        return _date(text_or_none(raw.call_verdict_valid_until, self.pointer))

    @property
    def score(self) -> Decimal | None:
        """The sum of a scorecard's points; None where there is none, or facts are missing."""
        return number_or_none(raw.call_verdict_score, self.pointer)

    @property
    def score_lower(self) -> Decimal | None:
        """The least that the score can be, whatever the missing facts are; None where there is no bound."""
        return number_or_none(raw.call_verdict_score_lower, self.pointer)

    @property
    def score_upper(self) -> Decimal | None:
        """The most that it can be, likewise."""
        return number_or_none(raw.call_verdict_score_upper, self.pointer)

    def points(self, language: str = "zh") -> list[Points]:
        return [
            Points(id=raw.tuoyu_verdict_score_item_id(self.pointer, index),
                   text=raw.tuoyu_verdict_score_item_text(self.pointer, index, language),
                   points=number_or_none(raw.call_verdict_score_item_points, self.pointer, index))
            for index in range(raw.tuoyu_verdict_score_item_count(self.pointer))]

    def grades(self, language: str = "zh") -> list[Grade]:
        """The grades that are possible, the best first: one where it is decided."""
        return [
            Grade(id=raw.tuoyu_verdict_grade_id(self.pointer, index),
                  label=raw.tuoyu_verdict_grade_label(self.pointer, index, language),
                  consequence=raw.tuoyu_verdict_grade_consequence(self.pointer, index, language))
            for index in range(raw.tuoyu_verdict_grade_count(self.pointer))]

    def checklist(self, language: str = "zh") -> list[ChecklistItem]:
        def day(index: int, which: int) -> datetime.date | None:
            return _date(text_or_none(raw.call_verdict_checklist_day, self.pointer, index, which))
        return [
            ChecklistItem(id=raw.tuoyu_verdict_checklist_id(self.pointer, index),
                          text=raw.tuoyu_verdict_checklist_text(self.pointer, index, language),
                          state=ChecklistState(raw.tuoyu_verdict_checklist_state(self.pointer, index)),
                          done=day(index, raw.CHECKLIST_DONE), start=day(index, raw.CHECKLIST_FROM),
                          due=day(index, raw.CHECKLIST_DUE))
            for index in range(raw.tuoyu_verdict_checklist_count(self.pointer))]

    @property
    def deciding(self) -> list[list[str]]:
        """Where facts are missing: the smallest sets of them whose knowledge could decide."""
        return self._sets(raw.tuoyu_verdict_deciding_count(self.pointer), raw.tuoyu_verdict_deciding_fact)

    @property
    def to_become_eligible(self) -> list[list[str]]:
        """Where the case is ineligible: the smallest sets of criteria whose change would make it eligible."""
        return self._sets(raw.tuoyu_verdict_change_count(self.pointer), raw.tuoyu_verdict_change_criterion)


class Measure(Answer):
    """One indicator for all rows or for a region. Numbers stand in `unit`: 80 with unit percent is eighty percent."""

    _free = staticmethod(raw.tuoyu_measure_free)
    _answer_of = staticmethod(raw.tuoyu_measure_answer)

    def _number(self, which: int) -> Decimal | None:
        return number_or_none(raw.call_measure_number, self.pointer, which)

    @property
    def value(self) -> Decimal | None:
        """Over the rows whose facts are known; None where there is none."""
        return self._number(raw.MEASURE_VALUE)

    @property
    def lower(self) -> Decimal | None:
        """Were all unknown rows to count against it."""
        return self._number(raw.MEASURE_LOWER)

    @property
    def upper(self) -> Decimal | None:
        """Were all unknown rows to count for it."""
        return self._number(raw.MEASURE_UPPER)

    @property
    def numerator(self) -> Decimal | None:
        return self._number(raw.MEASURE_NUMERATOR)

    @property
    def denominator(self) -> Decimal | None:
        return self._number(raw.MEASURE_DENOMINATOR)

    @property
    def target(self) -> Decimal | None:
        return self._number(raw.MEASURE_TARGET)

    @property
    def distance(self) -> Decimal | None:
        """How much more of the numerator reaches the target."""
        return self._number(raw.MEASURE_DISTANCE)

    @property
    def met(self) -> bool | None:
        """None: there is no target, or the unknown rows would decide."""
        return {1: True, 0: False}.get(raw.tuoyu_measure_met(self.pointer))

    @property
    def unit(self) -> str:
        return raw.tuoyu_measure_unit(self.pointer)

    @property
    def unknown(self) -> int:
        """Rows left out because facts were missing."""
        return raw.tuoyu_measure_unknown(self.pointer)
