# SPDX-License-Identifier: Apache-2.0
"""Signals and `cancelled_by` end calls that are no runs over a table: loads, evaluations, worked examples,
claims, entries of lists, rows of tallies. Each here would take days; nothing else is timed."""

import pickle
import textwrap

import pytest
import tuoyu

from child_process import run_child

CHILD = """
    import signal, time
    LONG = "if some i in 1..100000000000 satisfies i < 0 then 1 else 0"
    PACK = '''
    tuoyu: 1
    id: test.long
    title: {zh: 长, en: Long}
    in_force: 2024-01-01..2025-12-31
    sources: {s: {title: 文件}}
    facts: {child: {fee: {type: money, unit: CNY}, id: {type: string}}, fund: {year: {type: money, unit: CNY}}}
    definitions: {long: LONG}
    pricing:
      price: {title: T, unit: CNY, cite: s 1, steps: [{id: a, formula: child.fee + long}]}
    cost_sharing:
      grant: {title: T, unit: CNY, cite: s 1, of: child.fee + long, payers: [{id: city, rate: 1}],
              budget: {of: fund.year, when_short: pay_part, cite: s 2}}
    eligibility:
      place: {title: T, cite: s 1, all: [{id: a, when: long >= 0}], admission: [{id: fee, ascending: child.fee}]}
    indicators:
      share: {title: T, unit: percent, cite: s 1, ratio: {numerator: {of: child, where: long >= 0, count: child.fee > 1},
              denominator: {of: child, count: true}}}
    examples:
      - {name: e, rule: price, as_of: 2025-01-01, given: {child.fee: 7}, expect: {amount: 7}}
    '''.replace("LONG", LONG)
    PACK = PACK.lstrip()
    policy = tuoyu.Policy.load({"long.yaml": PACK}, limits={"steps": 2**62})
    FEE = {"child.fee": 7}
    def wide(count):
        lines = "".join(f"  p{i}: {{unit: CNY, values: {{2024-01-01: {{value: {i}, cite: s 1, standing: cited}}}}}}\\n" for i in range(count))
        head = "tuoyu: 1\\nid: test.wide\\ntitle: T\\nin_force: 2024-01-01..\\nsources: {s: {title: S}}\\n"
        return {"wide.yaml": head + "parameters:\\n" + lines}
    MANY = {"load_steps": 10**15, "load_bytes": 2**31, "text_bytes": 2**30, "nodes": 10**9}
    def send():
        time.sleep(0.4)
        os.kill(os.getpid(), signal.SIGINT)
    def signalled(work):
        threading.Thread(target=send, daemon=True).start()
        began = time.monotonic()
        try:
            work()
        finally:
            assert time.monotonic() - began > 0.3
"""

WORKS = {
    "quote": "policy.pricing('price').quote(FEE, as_of=DAY)",
    "split": "policy.cost_sharing('grant').split(FEE, as_of=DAY)",
    "verdict": "policy.eligibility('place').verdict(FEE, as_of=DAY)",
    "claim": "policy.cost_sharing('grant').budget({'fund.year': 9}, as_of=DAY).add('a', FEE)",
    "entry": "policy.eligibility('place').waiting_list(as_of=DAY, places=1).add('a', FEE)",
    "row": "policy.indicator('share').tally(as_of=DAY).add('child', FEE)",
    "examples": "policy.run_examples()",
    "example_answers": "policy.example_answers()",
}


def child(code, **parameters):
    return run_child(textwrap.dedent(CHILD) + textwrap.dedent(code).format(**parameters))


@pytest.mark.parametrize("work", WORKS)
def test_ctrl_c(work):
    out = child("""
        try:
            signalled(lambda: {work})
        except KeyboardInterrupt:
            print("stopped")
    """, work=WORKS[work])
    assert out == "stopped\n"


def test_ctrl_c_in_a_load():
    out = child("""
        packs = wide(400000)
        heard = []
        signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number) or 1 / 0)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        try:
            tuoyu.Policy.load(packs, limits=MANY)
        except ZeroDivisionError:
            print("stopped", len(heard))
    """)
    assert out == "stopped 1\n"


@pytest.mark.parametrize("work", WORKS)
def test_cancelled_by(work):
    out = child("""
        asked = []
        try:
            with tuoyu.cancelled_by(lambda: asked.append(1) or len(asked) == 3):
                {work}
        except tuoyu.TuoyuError as error:
            print(error.status, len(asked))
    """, work=WORKS[work])
    if work == "example_answers":  # the status of an example's error is its answer
        assert out in ("", "TUOYU_ERROR_CANCELLED 3\n")
    else:
        assert out == "TUOYU_ERROR_CANCELLED 3\n"


def test_a_load_is_cancelled_and_can_be_done_again():
    out = child("""
        packs = wide(3000)
        try:
            with tuoyu.cancelled_by(lambda: True):
                tuoyu.Policy.load(packs)
        except tuoyu.TuoyuError as error:
            print(error.status)
        with tuoyu.cancelled_by(lambda: False):
            print(len(tuoyu.Policy.load(packs).pack_ids))
    """)
    assert out == "TUOYU_ERROR_CANCELLED\n1\n"


def test_an_exception_of_cancel_comes_through():
    out = child("""
        def cancel(): raise LookupError("mine")
        for work in (lambda: policy.pricing('price').quote(FEE, as_of=DAY), lambda: policy.run_examples()):
            try:
                with tuoyu.cancelled_by(cancel): work()
            except LookupError as error:
                print(error)
    """)
    assert out == "mine\nmine\n"


def test_each_thread_asks_its_own_and_blocks_nest():
    out = child("""
        done = []
        def long(name, cancel):
            try:
                with tuoyu.cancelled_by(cancel): policy.pricing('price').quote(FEE, as_of=DAY)
            except tuoyu.TuoyuError as error:
                done.append(name)
        stop = threading.Event()
        other = threading.Thread(target=long, args=("other", stop.is_set))
        other.start()
        long("mine", lambda: True)
        print(done)
        with tuoyu.cancelled_by(lambda: 1 / 0):
            with tuoyu.cancelled_by(lambda: True):
                try: policy.pricing('price').quote(FEE, as_of=DAY)
                except tuoyu.TuoyuError as error: print(error.status)
            try: policy.pricing('price').quote(FEE, as_of=DAY)
            except ZeroDivisionError: print("outer")
        stop.set()
        other.join()
        print(done)
    """)
    assert out == "['mine']\nTUOYU_ERROR_CANCELLED\nouter\n['mine', 'other']\n"


def test_what_cancel_calls_is_heard_too():
    # cancel asks the library itself, and a handler of a signal, too.
    out = child("""
        short = tuoyu.Policy.load({{"a.yaml": PACK.replace(LONG, "0")}})
        def cancel(): return short.pricing('price').quote(FEE, as_of=DAY).amount == 7
        try:
            with tuoyu.cancelled_by(cancel): policy.pricing('price').quote(FEE, as_of=DAY)
        except tuoyu.TuoyuError as error: print(error.status)
    """)
    assert out == "TUOYU_ERROR_CANCELLED\n"


PACK = """tuoyu: 1
id: test.limits
title: T
in_force: 2024-01-01..
sources: {s: {title: S}}
facts: {child: {n: {type: integer, range: "[0..90000]"}}}
pricing:
  price: {title: T, unit: CNY, cite: s 1, steps: [{id: a, formula: "count(for i in 1..child.n return {a: i})"}]}
"""


def test_limits():
    day = __import__("datetime").date(2025, 1, 1)
    for name in ("bytes", "steps", "list_items"):
        policy = tuoyu.Policy.load({"p": PACK}, limits={name: 20000})
        for loaded in (policy, pickle.loads(pickle.dumps(policy)), policy.__copy__()):
            assert loaded.pricing("price").quote({"child.n": 10}, as_of=day).amount == 10
            with pytest.raises(tuoyu.TuoyuError) as caught:
                loaded.pricing("price").quote({"child.n": 50000}, as_of=day)
            assert caught.value.status == "TUOYU_ERROR_LIMIT"
            assert "20000" in str(caught.value)
    with pytest.raises(tuoyu.TuoyuError) as caught:
        tuoyu.Policy.load({"p": PACK}, limits={"load_steps": 100})
    assert "load_steps" in str(caught.value)
    assert tuoyu.Policy.load({"p": PACK}, limits={"bytes": 0}).rules


@pytest.mark.parametrize("limits", [{"byte": 1}, {"": 1}, {"bytes": -1}, {"size": 1}, {"BYTES": 1}, {"bytes ": 1}])
def test_no_such_limit(limits):
    with pytest.raises(ValueError):
        tuoyu.Policy.load({"p": PACK}, limits=limits)


def test_cancel_must_be_a_function():
    with pytest.raises(TypeError):
        with tuoyu.cancelled_by(True):
            pass
