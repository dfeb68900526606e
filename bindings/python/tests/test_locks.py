# SPDX-License-Identifier: Apache-2.0
"""The interpreter's lock is released while the library works, so that other threads go on.

Between two plain assignments a thread keeps the lock, because the interpreter is told not to take it away for
a minute: so what another thread sees between them happened while a call had released it."""

import datetime
import sys
import threading
import time

import pyarrow
import pytest

import tuoyu

DAY = datetime.date(2025, 1, 1)

# Each evaluation of `slow` takes some thousand steps.
PACK = """
tuoyu: 1
id: test.slow
title: {zh: 慢, en: Slow}
in_force: 2024-01-01..
sources: {notice: {title: N}}
facts:
  child:
    fee: {type: money, unit: CNY}
    born: {type: date}
    street: {type: string}
  street: {id: {type: string}}
definitions:
  slow: count(for i in 1..3000 return i + 1) > child.fee / child.fee
pricing:
  price: {title: P, unit: CNY, cite: notice 1, amount: 'if slow then child.fee else 0', charged: child.fee}
cost_sharing:
  share:
    title: S
    unit: CNY
    cite: notice 1
    of: 'if slow then child.fee else 0'
    payers: [{id: district, rate: 0.5}]
    residual: family
    budget: {of: '1000', order: [child.born], when_short: pay_part}
eligibility:
  entitled:
    title: E
    cite: notice 1
    admission: [{id: age, ascending: child.born}]
    all: [{id: slow, when: slow, because: slow}]
indicators:
  rate:
    title: R
    unit: percent
    cite: notice 1
    by: [street]
    ratio: {numerator: {of: child, count: slow}, denominator: {of: child, count: true}}
  all: {title: A, unit: person, cite: notice 1, by: [street], value: {of: child, count: child.fee > 0}}
examples:
  - {name: one, rule: price, as_of: 2025-01-01, given: {child.fee: 5}, expect: {amount: 5}}
"""
FACTS = {"child.fee": 5, "child.born": datetime.date(2024, 1, 1)}
RULES = "".join(f"  p{number}: {{title: P, unit: CNY, cite: notice 1, amount: 'child.fee * {number}'}}\n"
                 for number in range(300))
LONG_PACK = PACK.replace("pricing:\n", "pricing:\n" + RULES, 1)


class Other:
    """A thread that counts how often it runs while a call does."""

    def __init__(self):
        self.is_inside, self.ticks, self.ends = False, 0, False

    def run(self):
        while not self.ends:
            if self.is_inside:
                self.ticks += 1
            time.sleep(0)

    def is_let_in(self, call, seconds=20):
        """Whether it runs during the call, which is made until it does."""
        end = time.monotonic() + seconds
        while not self.ticks and time.monotonic() < end:
            self.is_inside = True
            call()
            self.is_inside = False
        return self.ticks > 0


@pytest.fixture
def other():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(60)
    other = Other()
    thread = threading.Thread(target=other.run)
    thread.start()
    yield other
    other.ends = True
    thread.join()
    sys.setswitchinterval(interval)


@pytest.fixture(scope="module")
def policy():
    with tuoyu.Policy.load({"slow.yaml": PACK}) as loaded:
        yield loaded


def big_tally(policy):
    table = pyarrow.table({"fee": [1] * 20000, "street": [f"s{number}" for number in range(20000)]})
    tally = policy.indicator("all").tally(as_of=DAY)
    tally.add_table("child", table)
    return tally


def waiting_list(policy):
    rule, days = policy.eligibility("entitled"), [
        datetime.date(2024, 1, 1 + number % 28) for number in range(60)
    ]
    waiting = rule.waiting_list(5, as_of=DAY)
    for number, born in enumerate(days):
        waiting.add(f"c{number}", FACTS | {"child.born": born})
    return waiting


def payout(policy):
    budget = policy.cost_sharing("share").budget(as_of=DAY)
    for number in range(60):
        budget.add(f"c{number}", FACTS)
    return budget


def merge_again(policy):
    indicator, part = policy.indicator("all"), big_tally(policy)
    return lambda: indicator.tally(as_of=DAY).merge(part)


def read_text(policy):
    case, text = policy.case(), "child: {fee: 5, street: '" + "x" * 60000 + "'}"
    return lambda: case.read(text)


def add_anew(make):
    """Adds to a handle under ids of their own."""
    handle, ids = make(), iter(range(10 ** 9))
    return lambda: handle.add(str(next(ids)), FACTS)


class Rows:
    """A table as one array, which is handed over without a call that releases the lock."""

    def __init__(self):
        self.batch = pyarrow.record_batch({"child.fee": [5] * 50})

    def __arrow_c_array__(self, requested_schema=None):
        return self.batch.__arrow_c_array__()


ROWS = Rows()

CALLS = {
    "load": lambda policy: lambda: tuoyu.Policy.load({"slow.yaml": LONG_PACK}),
    "quote": lambda policy: lambda: policy.pricing("price").quote(FACTS, as_of=DAY),
    "split": lambda policy: lambda: policy.cost_sharing("share").split(FACTS, as_of=DAY),
    "verdict": lambda policy: lambda: policy.eligibility("entitled").verdict(FACTS, as_of=DAY),
    "examples": lambda policy: policy.run_examples,
    "example_answers": lambda policy: policy.example_answers,
    "read": read_text,
    "claim": lambda policy: add_anew(lambda: policy.cost_sharing("share").budget(as_of=DAY)),
    "pay": lambda policy: payout(policy).pay,
    "payout_text": lambda policy: payout(policy).pay().to_text,
    "payout_json": lambda policy: payout(policy).pay().to_json,
    "receipt": lambda policy: payout(policy).pay().receipt,
    "explanation": lambda policy: payout(policy).pay().explain,
    "waiting": lambda policy: add_anew(lambda: policy.eligibility("entitled").waiting_list(5, as_of=DAY)),
    "order": lambda policy: waiting_list(policy).to_json,
    "order_text": lambda policy: waiting_list(policy).to_text,
    "row": lambda policy: lambda tally=policy.indicator("rate").tally(as_of=DAY): tally.add(
        "child", {"fee": 5}),
    "merge": merge_again,
    "to_bytes": lambda policy: big_tally(policy).to_bytes,
    "from_bytes": lambda policy: lambda content=big_tally(policy).to_bytes(): policy.indicator("all").
    tally_from_bytes(content),
    "batch": lambda policy: lambda: policy.batch(["price", "share", "entitled"], as_of=DAY),
    "run": lambda policy: lambda: policy.batch("share", as_of=DAY).run(ROWS),
    "add_table": lambda policy: lambda: policy.indicator("rate").tally(as_of=DAY).add_table("child", ROWS),
}


@pytest.mark.parametrize("name", CALLS)
def test_other_threads_go_on(policy, other, name):
    assert other.is_let_in(CALLS[name](policy))


def test_the_test_itself(other):
    """Calls of C that keep the lock let nobody in: else the other tests would say nothing."""
    assert not other.is_let_in(lambda: sum(range(200000)), seconds=1)
    assert not other.is_let_in(lambda: sorted(range(100000), reverse=True), seconds=1)


def test_the_answers_are_the_same_beside_others(policy):
    """Many threads, each with cases of its own, over one policy."""
    rules = policy.pricing("price"), policy.cost_sharing("share"), policy.eligibility("entitled")
    wrong = []

    def work(number):
        for fee in range(number, number + 8):
            quote = rules[0].quote({"child.fee": fee}, as_of=DAY)
            split = rules[1].split({"child.fee": fee * 2}, as_of=DAY)
            verdict = rules[2].verdict({"child.fee": fee}, as_of=DAY)
            found = (quote.amount, split.whole, [line.amount for line in split.lines], verdict.decision)
            if found != (fee, 2 * fee, [fee, fee], tuoyu.Decision.ELIGIBLE):
                wrong.append(found)
    threads = [threading.Thread(target=work, args=(1 + 10 * number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
