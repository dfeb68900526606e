# SPDX-License-Identifier: Apache-2.0
"""Quotes, splits, verdicts and measures: immutable, all values native."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import html
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable

from . import _raw as raw
from .handles import Handle, number_of, until_none


class Outcome(enum.IntEnum):
    """Whether there is an answer. NOT_IN_FORCE: the rule is not in force on the day."""

    DETERMINED = 1
    UNDETERMINED = 2
    NOT_APPLICABLE = 3
    NOT_IN_FORCE = 5


#: Who an explanation is for, with the library's number of each.
READERS = {"parent": 1, "official": 2, "engineer": 3}


class Standing(enum.IntEnum):
    """How well founded; the weakest marks the whole answer."""

    CITED = 1
    DERIVED = 2
    DRAFT = 3
    ASSUMED = 4
    #: Somebody proposes it in place of the number that holds: see `Policy.with_changes`.
    PROPOSED = 5


class Decision(enum.IntEnum):
    """Of a verdict and of each criterion (there: met, not met, unknown, does not apply)."""

    ELIGIBLE = 1
    INELIGIBLE = 2
    UNDETERMINED = 3
    NOT_APPLICABLE = 4


@dataclass(frozen=True)
class Missing:
    """A fact or parameter that would help to decide. status: TUOYU_ERROR_FACT_MISSING or
    TUOYU_ERROR_PARAMETER_UNSET. held_by: who has it, "" where no pack says so."""

    name: str
    status: str
    label: str
    held_by: str = ""


@dataclass(frozen=True)
class Citation:
    """text: document and clause, "" where nothing is cited; text_en by the document's English title, if it
    has one."""

    name: str
    text: str
    text_en: str
    standing: Standing


@dataclass(frozen=True)
class Step:
    """One step of a quote; value None where it is not determined."""

    id: str
    label: str
    value: Decimal | None


@dataclass(frozen=True)
class Line:
    """amount None where it is not determined."""

    payer: str
    label: str
    amount: Decimal | None


class SubsidyState(enum.IntEnum):
    OPEN = 0
    PAID = 1
    NOT_DUE = 2
    EXCLUDED = 3
    CUT = 4


@dataclass(frozen=True)
class Subsidy:
    """One of the subsidies that make up a split's whole. combination: the id of the one that excluded or cut
    it, and because its clause; instead: the subsidy that is paid in its place."""

    id: str
    label: str
    claimed: Decimal | None
    amount: Decimal | None
    state: SubsidyState
    combination: str | None
    because: str
    instead: str | None


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
    """done: the day it was done; start and due: the first and the last day on which it is to be done; None:
    none, or not known."""

    id: str
    text: str
    state: ChecklistState
    done: datetime.date | None
    start: datetime.date | None
    due: datetime.date | None


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


class Answer(Handle):
    """What all answers have. `language` arguments are "zh" or "en"."""

    _pickle_advice = "send its to_dict(), or its receipt()"

    @property
    def outcome(self) -> Outcome:
        return Outcome(raw.tuoyu_answer_outcome(self._native))

    @property
    def standing(self) -> Standing:
        return Standing(raw.tuoyu_answer_standing(self._native))

    @property
    def missing(self) -> list[Missing]:
        return [
            Missing(name=raw.tuoyu_answer_missing_name(self._native, index),
                    status=raw.tuoyu_status_name(raw.tuoyu_answer_missing_code(self._native, index)),
                    label=raw.tuoyu_answer_missing_label(self._native, index, "zh"),
                    held_by=raw.tuoyu_answer_missing_held_by(self._native, index, "zh"))
            for index in range(raw.tuoyu_answer_missing_count(self._native))]

    def objection(self, language: str = "zh") -> str:
        """Where and until when one can object, as the rule or its pack says it; "" where neither does."""
        return raw.tuoyu_answer_objection(self._native, language)

    @property
    def citations(self) -> list[Citation]:
        return [
            Citation(name=raw.tuoyu_answer_citation_name(self._native, index),
                     text=raw.tuoyu_answer_citation_text(self._native, index),
                     text_en=raw.tuoyu_answer_citation_text_in(self._native, index, "en"),
                     standing=Standing(raw.tuoyu_answer_citation_standing(self._native, index)))
            for index in range(raw.tuoyu_answer_citation_count(self._native))]

    def to_json(self) -> str:
        """The answer as JSON text, the same in every language."""
        return raw.call_answer_to_json(self._native)

    def to_dict(self) -> dict[str, Any]:
        return json.loads(self.to_json())

    def to_text(self, language: str = "zh", explain: bool = False) -> str:
        return raw.call_answer_to_text(self._native, language, explain)

    def explain(self, language: str = "zh", reader: str = "engineer") -> str:
        """The answer for its reader: "parent", at most 12 lines of plain words; "official", the result;
        "engineer", every step with its numbers and the clause behind it."""
        if not isinstance(reader, str):
            raise TypeError(f"reader is a str, not {type(reader).__name__}")
        if reader not in READERS:
            raise ValueError(f"there is no reader `{reader}`: choose one of {', '.join(READERS)}")
        return raw.call_answer_explain_for(self._native, READERS[reader], language)

    def explanation(self) -> dict[str, Any]:
        """The explanation as a tree: the rule on top, below each node's `children` what it was computed
        from."""
        return json.loads(raw.call_answer_explain_json(self._native))

    def receipt(self) -> str:
        """One line of JSON from which `tuoyu replay` repeats the decision; keep it as it is, to the byte."""
        return raw.call_answer_to_receipt(self._native)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.explain())}</pre>"


class Quote(Answer):
    """What may be charged."""

    @property
    def amount(self) -> Decimal | None:
        return number_of(raw.call_quote_amount(self._native))

    @property
    def unit(self) -> str:
        return raw.tuoyu_quote_unit(self._native)

    @property
    def complies(self) -> bool | None:
        """Whether the charged fee complies; None if none was given or the rule compares none."""
        return {1: True, 0: False}.get(raw.tuoyu_quote_complies(self._native))

    @property
    def excess(self) -> Decimal | None:
        return number_of(raw.call_quote_excess(self._native))

    @property
    def shortfall(self) -> Decimal | None:
        """By how much the charged fee falls short of what must be charged at least."""
        return number_of(raw.call_quote_shortfall(self._native))

    @property
    def binding(self) -> str | None:
        """The bound that decided the amount; None where its formula did."""
        return raw.tuoyu_quote_binding(self._native)

    @property
    def breaks(self) -> str | None:
        """The tightest limit that the charged fee breaks: a bound, "amount", "at_most" or "at_least"."""
        return raw.tuoyu_quote_breaks(self._native)

    @property
    def steps(self) -> list[Step]:
        return [
            Step(id=raw.tuoyu_quote_step_id(self._native, index),
                 label=raw.tuoyu_quote_step_label(self._native, index, "zh"),
                 value=number_of(raw.tuoyu_quote_step_value(self._native, index)))
            for index in range(raw.tuoyu_quote_step_count(self._native))]


class Split(Answer):
    """Who pays what; the lines sum to the whole, to the fen."""

    @property
    def whole(self) -> Decimal | None:
        return number_of(raw.call_split_whole(self._native))

    @property
    def unit(self) -> str:
        return raw.tuoyu_split_unit(self._native)

    @property
    def binding(self) -> str | None:
        """The bound that decided the whole; None where its formula did."""
        return raw.tuoyu_split_binding(self._native)

    @property
    def before_bounds(self) -> Decimal | None:
        """What the whole would be without bounds."""
        return number_of(raw.call_split_before_bounds(self._native))

    def subsidies(self, language: str = "zh") -> list[Subsidy]:
        """The subsidies that make up the whole; empty where the rule has none."""
        return [
            Subsidy(id=raw.tuoyu_split_subsidy_id(self._native, index),
                    label=raw.tuoyu_split_subsidy_label(self._native, index, language),
                    claimed=number_of(raw.call_split_subsidy_claimed(self._native, index)),
                    amount=number_of(raw.call_split_subsidy_amount(self._native, index)),
                    state=SubsidyState(raw.tuoyu_split_subsidy_state(self._native, index)),
                    combination=raw.tuoyu_split_subsidy_combination(self._native, index),
                    because=raw.tuoyu_split_subsidy_because(self._native, index, language),
                    instead=raw.tuoyu_split_subsidy_instead(self._native, index))
            for index in range(raw.tuoyu_split_subsidy_count(self._native))]

    @property
    def lines(self) -> list[Line]:
        return [
            Line(payer=raw.tuoyu_split_line_payer(self._native, index),
                 label=raw.tuoyu_split_line_label(self._native, index, "zh"),
                 amount=number_of(raw.call_split_line_amount(self._native, index)))
            for index in range(raw.tuoyu_split_line_count(self._native))]

    @property
    def instalments(self) -> list[Instalment]:
        """The parts in which the whole is paid; they sum to it, to the fen."""
        return [
            Instalment(id=raw.tuoyu_split_instalment_id(self._native, index),
                       label=raw.tuoyu_split_instalment_label(self._native, index, "zh"),
                       amount=number_of(raw.call_split_instalment_amount(self._native, index)),
                       state=InstalmentState(raw.tuoyu_split_instalment_state(self._native, index)))
            for index in range(raw.tuoyu_split_instalment_count(self._native))]

    @property
    def entitled(self) -> Decimal | None:
        """The instalments that are not forfeited."""
        return number_of(raw.call_split_entitled(self._native))

    @property
    def payable(self) -> Decimal | None:
        """What is to be paid now, after what was paid already."""
        return number_of(raw.call_split_payable(self._native))

    @property
    def claw_back(self) -> Decimal | None:
        """What was paid beyond the entitlement."""
        return number_of(raw.call_split_claw_back(self._native))


class Verdict(Answer):
    """Is it entitled, with the reasons."""

    @property
    def decision(self) -> Decision:
        return Decision(raw.tuoyu_verdict_decision(self._native))

    def reasons(self, language: str = "zh") -> list[Reason]:
        return [
            Reason(id=raw.tuoyu_verdict_reason_id(self._native, index),
                   decision=Decision(raw.tuoyu_verdict_reason_decision(self._native, index)),
                   text=raw.tuoyu_verdict_reason_text(self._native, index, language),
                   citation=raw.tuoyu_verdict_reason_citation(self._native, index))
            for index in range(raw.tuoyu_verdict_reason_count(self._native))]

    def _sets(self, count: int, member: Callable[[Any, int, int], str | None]) -> list[list[str]]:
        def one(index: int) -> list[str]:
            return list(until_none(member, self._native, index))
        return [one(index) for index in range(count)]

    @property
    def exception(self) -> str | None:
        """The exception that decided; None where the criteria did."""
        return raw.tuoyu_verdict_exception(self._native)

    @property
    def valid_until(self) -> datetime.date | None:
        """The last day on which it holds; None where the rule gives none, or it is not known."""
        return _date(raw.call_verdict_valid_until(self._native))

    @property
    def score(self) -> Decimal | None:
        """The sum of a scorecard's points; None where there is none, or facts are missing."""
        return number_of(raw.call_verdict_score(self._native))

    @property
    def score_lower(self) -> Decimal | None:
        """The least that the score can be, whatever the missing facts are; None where there is no bound."""
        return number_of(raw.call_verdict_score_lower(self._native))

    @property
    def score_upper(self) -> Decimal | None:
        """The most that it can be, likewise."""
        return number_of(raw.call_verdict_score_upper(self._native))

    def points(self, language: str = "zh") -> list[Points]:
        return [
            Points(id=raw.tuoyu_verdict_score_item_id(self._native, index),
                   text=raw.tuoyu_verdict_score_item_text(self._native, index, language),
                   points=number_of(raw.call_verdict_score_item_points(self._native, index)))
            for index in range(raw.tuoyu_verdict_score_item_count(self._native))]

    def grades(self, language: str = "zh") -> list[Grade]:
        """The grades that are possible, the best first: one where it is decided."""
        return [
            Grade(id=raw.tuoyu_verdict_grade_id(self._native, index),
                  label=raw.tuoyu_verdict_grade_label(self._native, index, language),
                  consequence=raw.tuoyu_verdict_grade_consequence(self._native, index, language))
            for index in range(raw.tuoyu_verdict_grade_count(self._native))]

    def checklist(self, language: str = "zh") -> list[ChecklistItem]:
        def day(index: int, which: int) -> datetime.date | None:
            return _date(raw.call_verdict_checklist_day(self._native, index, which))
        return [
            ChecklistItem(id=raw.tuoyu_verdict_checklist_id(self._native, index),
                          text=raw.tuoyu_verdict_checklist_text(self._native, index, language),
                          state=ChecklistState(raw.tuoyu_verdict_checklist_state(self._native, index)),
                          done=day(index, raw.CHECKLIST_DONE), start=day(index, raw.CHECKLIST_FROM),
                          due=day(index, raw.CHECKLIST_DUE))
            for index in range(raw.tuoyu_verdict_checklist_count(self._native))]

    @property
    def deciding(self) -> list[list[str]]:
        """Where facts are missing: the smallest sets of them whose knowledge could decide."""
        return self._sets(raw.tuoyu_verdict_deciding_count(self._native), raw.tuoyu_verdict_deciding_fact)

    @property
    def to_become_eligible(self) -> list[list[str]]:
        """Where the case is ineligible: the smallest sets of criteria whose change would make it eligible."""
        return self._sets(raw.tuoyu_verdict_change_count(self._native), raw.tuoyu_verdict_change_criterion)


@dataclass(frozen=True)
class Records:
    """What became of records that came in: read = determined + undetermined + not_applicable + not_in_force +
    error + unreadable."""

    read: int
    determined: int
    """With an answer, or known to be counted or not."""
    undetermined: int
    """Facts or parameters are missing."""
    not_applicable: int
    """The rule's `when` is false."""
    not_in_force: int
    """The rule is not in force on the day."""
    error: int
    """Read, but with something wrong."""
    unreadable: int
    """No row at all: too short, a stray quote, not UTF-8."""


def records_of(count_of: Any, native: Any) -> Records:
    """The counts that a raw function gives for each of the fields, in their order."""
    return Records(*(count_of(native, which) for which in range(len(dataclasses.fields(Records)))))


@dataclass(frozen=True)
class Promise:
    """What an entity promises of its records (`require` of a pack), and what became of it: how many records break
    it, which are in error, and of how many that cannot be told because facts are missing."""

    name: str
    because: str
    because_en: str
    expression: str
    citation: str
    broken: int
    unknown: int


class Measure(Answer):
    """One indicator for all rows or for a region. Numbers stand in `unit`: 80 with unit percent is eighty
    percent."""

    def _number(self, which: int) -> Decimal | None:
        return number_of(raw.call_measure_number(self._native, which))

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
    def distance_least(self) -> Decimal | None:
        """The least that `distance` can be once all is known."""
        return self._number(raw.MEASURE_DISTANCE_LEAST)

    @property
    def distance_most(self) -> Decimal | None:
        """The most that `distance` can be once all is known; None also where nothing bounds it."""
        return self._number(raw.MEASURE_DISTANCE_MOST)

    @property
    def met(self) -> bool | None:
        """None: there is no target, or the unknown rows would decide."""
        return {1: True, 0: False}.get(raw.tuoyu_measure_met(self._native))

    @property
    def unit(self) -> str:
        return raw.tuoyu_measure_unit(self._native)

    @property
    def distance_unit(self) -> str:
        """The unit of `distance`: of a ratio that of its numerator, or the entity that it counts. "" where it
        is not known."""
        return raw.tuoyu_measure_distance_unit(self._native)

    @property
    def unknown(self) -> int:
        """Rows left out because something about them is not known, and records that cannot be read."""
        return raw.tuoyu_measure_unknown(self._native)

    @property
    def unreadable(self) -> int:
        """Records that cannot be read (Tally.add_unreadable); of a region all of them, since each may be in
        it."""
        return raw.tuoyu_measure_unreadable(self._native)

    @property
    def records(self) -> Records | None:
        """What became of the records that were counted; None for a region, to which records are not told."""
        records = records_of(raw.tuoyu_measure_records, self._native)
        return None if records.read < 0 else records

    @property
    def promises(self) -> list[Promise]:
        """The promises that the records are held to; empty for a region."""
        names = until_none(raw.tuoyu_measure_promise_name, self._native)
        return [Promise(name, raw.tuoyu_measure_promise_because(self._native, index, "zh"),
                        raw.tuoyu_measure_promise_because(self._native, index, "en"),
                        raw.tuoyu_measure_promise_expression(self._native, index),
                        raw.tuoyu_measure_promise_citation(self._native, index),
                        raw.tuoyu_measure_promise_broken(self._native, index),
                        raw.tuoyu_measure_promise_unknown(self._native, index))
                for index, name in enumerate(names)]

    def reason(self, language: str = "zh") -> str:
        """Why it has no value, or what leaves it open, in one line; empty where there is nothing to say."""
        return raw.call_measure_reason(self._native, language)
