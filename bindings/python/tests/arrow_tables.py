# SPDX-License-Identifier: Apache-2.0
"""Packs, rows and tables for the tests of Arrow, and what each row has to come to: the answer of its case."""

import datetime
import random
from decimal import Decimal

import pyarrow
import pytest

import tuoyu

DAY = datetime.date(2025, 1, 1)

PACK = """
tuoyu: 1
id: test.tables
title: {zh: 表, en: Tables}
in_force: 2024-01-01..2025-12-31
sources:
  notice: {title: {zh: 通知, en: Notice}}
facts:
  child:
    fee: {type: money, unit: CNY/month, range: '[0..100000]', label: {zh: 保育费, en: Care fee}}
    share: {type: percent, label: {zh: 比例, en: Share}}
    months: {type: integer, unit: month, label: {zh: 月数, en: Months}}
    birth_date: {type: date, label: {zh: 出生日期, en: Birth date}}
    registered: {type: boolean, label: {zh: 本区户籍, en: Registered}}
    name: {type: string, label: {zh: 姓名, en: Name}}
    kind: {type: enum, values: [public, private], label: {zh: 类型, en: Kind}}
    allowance: {type: money, unit: CNY/month, nullable: true, label: {zh: 津贴, en: Allowance}}
pricing:
  ceiling:
    title: {zh: 上限, en: Ceiling}
    cite: notice 第二条
    unit: 元/月
    round: {to: 0.01, mode: half up, cite: notice 第二条}
    steps:
      - {id: doubled, formula: child.fee * 2, unit: CNY/month, label: {zh: 两倍, en: Doubled}}
      - {id: bounded, formula: 'min(doubled, 4000)', unit: CNY/month, label: {zh: 封顶, en: Bounded}}
    charged: child.fee
cost_sharing:
  shares:
    title: {zh: 分担, en: Shares}
    cite: notice 第四条
    unit: CNY/month
    of: child.fee
    payers:
      - {id: district, rate: child.share, label: {zh: 区, en: District}}
    residual: {id: family, label: {zh: 家庭, en: Family}}
eligibility:
  entitled:
    title: {zh: 资格, en: Entitled}
    cite: notice 第五条
    all:
      - {id: young, when: 'completed months(child.birth_date, as_of) < 36', because: {zh: 未满三岁, en: under three}}
      - {id: registered, when: child.registered, because: {zh: 本区户籍, en: registered here}}
      - {id: named, when: 'child.name = "𠮷田"', because: {zh: 姓名为𠮷田, en: is named so}}
      - {id: kind, when: 'child.kind = "public"', because: {zh: 公办, en: public}}
      - {id: long, when: child.months >= 3, because: {zh: 满三个月, en: three months}}
  without:
    title: {zh: 无津贴, en: Without}
    cite: notice 第六条
    all:
      - {id: none, when: child.allowance = null, because: {zh: 无津贴, en: no allowance}}
"""
RULES = ["ceiling", "shares", "entitled"]
FACTS = ["child.fee", "child.share", "child.months", "child.birth_date", "child.registered", "child.name", "child.kind"]


@pytest.fixture(scope="module")
def policy():
    with tuoyu.Policy.load({"tables.yaml": PACK}) as loaded:
        yield loaded


def random_rows(count):
    """Facts of many cases; None is missing. Some are wrong."""
    dice = random.Random(count)
    day = datetime.date(2023, 1, 1)
    return [{
        "child.fee": dice.choice([None, Decimal("1050.55"), Decimal("0.00"), Decimal("2000.01"), Decimal("-1.00"), Decimal("100000.01")]),
        "child.share": dice.choice([None, Decimal("0"), Decimal("33"), Decimal("100"), Decimal("50")]),
        "child.months": dice.choice([None, 0, 3, 12, -7]),
        "child.birth_date": dice.choice([None, day, datetime.date(1, 1, 1), datetime.date(2022, 1, 1), datetime.date(9999, 12, 31)]),
        "child.registered": dice.choice([None, True, True, False]),
        "child.name": dice.choice([None, "𠮷田", "𠮷田", "", "a long name that no view holds inline"]),
        "child.kind": dice.choice([None, "public", "public", "private", "pubic"]),
    } for _ in range(count)]


ARROW_TYPES = {
    "child.fee": pyarrow.decimal128(10, 2), "child.share": pyarrow.decimal128(5, 1), "child.months": pyarrow.int32(),
    "child.birth_date": pyarrow.date32(), "child.registered": pyarrow.bool_(), "child.name": pyarrow.string(),
    "child.kind": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
}


def table_of(rows, types=ARROW_TYPES):
    return pyarrow.table({name: pyarrow.array([row[name] for row in rows], types[name]) for name in types})


def answer_of(policy, row):
    """The row as a case of its own: what the columns must say."""
    columns, problems = {}, []
    case = policy.case()
    for name in FACTS:
        try:
            if row[name] is not None:
                case[name] = row[name]
        except tuoyu.FactError as error:
            problems += [error.findings[0].message]
    for rule in RULES:
        answer = None
        if not problems:
            ask = {"ceiling": lambda: policy.pricing(rule).quote, "shares": lambda: policy.cost_sharing(rule).split,
                   "entitled": lambda: policy.eligibility(rule).verdict}[rule]()
            answer = ask(case, as_of=DAY)
        if rule == "ceiling":
            columns[f"{rule}.amount"] = answer and answer.amount
            columns[f"{rule}.complies"] = answer and answer.complies
        elif rule == "shares":
            columns[f"{rule}.whole"] = answer and answer.whole
            lines = {line.payer: line.amount for line in answer.lines} if answer else {}
            for payer in ("district", "family"):
                columns[f"{rule}.payers.{payer}"] = lines.get(payer)
        else:
            columns[f"{rule}.decision"] = answer and answer.decision.name.lower()
        columns[f"{rule}.outcome"] = answer.outcome.name.lower() if answer else "error"
        columns[f"{rule}.missing"] = answer and " ".join(missing.name for missing in answer.missing)
        columns[f"{rule}.standing"] = answer and answer.standing.name.lower()
    columns["error"] = problems or None
    return columns


def assert_equals_cases(policy, rows, answers):
    table = pyarrow.table(answers)
    assert len(answers) == table.num_rows == len(rows)
    table.validate(full=True)
    for row, found in zip(rows, table.to_pylist(), strict=True):
        expected = answer_of(policy, row)
        problems = expected.pop("error")
        error = found.pop("error")
        assert found == expected
        assert (error is None) == (problems is None)
        for problem in problems or []:
            assert problem in error


def one_column(policy, name, array, rule, **options):
    batch = policy.batch([rule], as_of=DAY, **options)
    return pyarrow.table(batch.run(pyarrow.table({name: array}))).to_pylist()
