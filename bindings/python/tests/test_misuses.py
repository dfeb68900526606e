# SPDX-License-Identifier: Apache-2.0
"""The misuses of tests/vectors/misuses.csv, a test for each by its name: what is wrong is said, and nothing crashes.
Here are those of handles, threads and processes; test_misuses_of_arguments.py has the others."""

import copy
import csv
import inspect
import pathlib
import pickle
from collections.abc import Mapping
from decimal import Decimal

import numpy
import pyarrow
import pytest

import test_misuses_of_arguments
import tuoyu
from child_process import run_child
from misuse_helpers import (
    CHILD, DAY, FEE, PACK, answers_of, ask, facts_for, policy, refuses, rules_of, tally_of)

__all__ = ["policy"]  # a fixture
MISUSES = pathlib.Path(__file__).resolve().parents[3] / "tests" / "vectors" / "misuses.csv"


def test_each_misuse_has_its_test():
    with open(MISUSES, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {f"test_{row['id']}" for row in rows if row["languages"] in ("both", "python")}
    assert len(wanted) >= 50 and {row["languages"] for row in rows} <= {"both", "python", "java"}
    names = [*globals(), *vars(test_misuses_of_arguments)]
    tests = {name for name in names if name.startswith("test_") and name != "test_misuses_of_arguments"}
    assert wanted <= tests
    assert tests - wanted == {"test_each_misuse_has_its_test"}


# ---- What is closed ----

def test_policy_closed(policy):
    policy.close()
    refuses(ValueError, "Policy is closed", lambda: policy.rules, lambda: policy.facts,
            lambda: policy.pack_ids, lambda: policy.pricing("ceiling"), lambda: policy.cost_sharing("shares"),
            lambda: policy.case(), lambda: policy.eligibility("entitled"),
            lambda: policy.indicator("certified_rate"), lambda: policy.batch("ceiling", as_of=DAY),
            policy.run_examples, policy.example_answers, policy.__enter__, lambda: copy.copy(policy),
            lambda: pickle.dumps(policy), lambda: tuoyu.Case(policy))


def test_policy_closed_twice(policy):
    rule = policy.pricing("ceiling")
    for _ in range(3):
        policy.close()
    with policy.__class__.load({"city.yaml": PACK}) as other:
        other.close()
    assert rule.quote(FEE, as_of=DAY).amount == 2000


def test_rule_closed(policy):
    case = policy.case(CHILD)
    for rule in rules_of(policy):
        rule.close()
        rule.close()
        name = type(rule).__name__
        refuses(ValueError, f"{name} is closed", lambda: ask(rule, facts_for(rule)), lambda: ask(rule, case))
    indicator, rated = policy.indicator("certified_rate"), policy.eligibility("rated")
    sharing = policy.cost_sharing("support")
    for rule in (indicator, sharing, rated):
        rule.close()
    refuses(ValueError, "is closed", lambda: indicator.entities, lambda: indicator.regions,
            lambda: indicator.tally_from_bytes(b""), lambda: sharing.budget(as_of=DAY),
            lambda: rated.waiting_list(1, as_of=DAY))


def test_case_closed(policy):
    case = policy.case(CHILD)
    case.close()
    values = ["x", 1, Decimal(1), True, None, DAY, numpy.int64(1), numpy.bool_(True)]
    for value in values:
        refuses(ValueError, "Case is closed", lambda: case.__setitem__("child.fee", value))
    refuses(ValueError, "Case is closed", lambda: case.update(FEE), lambda: case.read("child.fee: 1"),
            case.clear, case.__enter__, lambda: policy.pricing("ceiling").quote(case, as_of=DAY),
            lambda: policy.cost_sharing("shares").split(case, as_of=DAY),
            lambda: policy.eligibility("entitled").verdict(case, as_of=DAY),
            lambda: policy.cost_sharing("support").budget(case, as_of=DAY),
            lambda: policy.cost_sharing("support").budget(as_of=DAY).add("a", case),
            lambda: policy.eligibility("rated").waiting_list(1, as_of=DAY).add("a", case),
            lambda: tally_of(policy).add("staff", case))


def test_answer_closed(policy):
    for answer in answers_of(policy):
        answer.close()
        name = type(answer).__name__
        refuses(ValueError, f"{name} is closed", answer.to_json, answer.to_dict, answer.to_text,
                answer.explain, answer.explanation, answer.receipt, answer._repr_html_, lambda: str(answer),
                lambda: answer.outcome, lambda: answer.missing, lambda: answer.citations,
                lambda: answer.standing, answer.__enter__)
    table = policy.batch("ceiling", as_of=DAY).run(pyarrow.table({"child.fee": [1]}))
    table.close()
    refuses(ValueError, "is closed", table.__arrow_c_stream__, table.__arrow_c_schema__,
            lambda: pyarrow.table(table))
    waiting = policy.eligibility("rated").waiting_list(1, as_of=DAY)
    waiting.close()
    refuses(ValueError, "WaitingList is closed", waiting.to_json, waiting.to_text, waiting.entries,
            lambda: len(waiting), lambda: waiting.add("a", CHILD), lambda: waiting.add_error("torn"),
            lambda: waiting.records, lambda: waiting.is_final)
    measure, payout = answers_of(policy)[3:]
    measure.close()
    payout.close()
    refuses(ValueError, "Measure is closed", measure.reason, lambda: measure.records,
            lambda: measure.unreadable, lambda: measure.distance_unit)
    refuses(ValueError, "Payout is closed", lambda: payout.overspent, lambda: payout.claims)


def test_tally_closed(policy):
    tally, other = tally_of(policy), tally_of(policy)
    tally.close()
    refuses(ValueError, "Tally is closed", lambda: tally.add("staff", {"certified": True}),
            lambda: tally.add("staff", policy.case({"staff.certified": True})), lambda: tally.merge(other),
            lambda: other.merge(tally), tally.measure, lambda: tally.measure("subdistrict", "小港"),
            tally.to_bytes, lambda: tally.regions("subdistrict"), lambda: tally.as_of,
            lambda: tally.add_unreadable("staff"),
            lambda: tally.add_table("staff", pyarrow.table({"certified": [True]})))
    assert other.measure().denominator == 3


def test_budget_closed(policy):
    budget = policy.cost_sharing("support").budget(as_of=DAY)
    budget.close()
    refuses(ValueError, "Budget is closed", lambda: budget.add("a", CHILD),
            lambda: budget.add("a", policy.case(CHILD)), lambda: budget.add("a", {"child.fee": "x"}),
            budget.pay)


# ---- What outlives what ----

def test_policy_closed_rule_asked_with_case(policy):
    rules, case = rules_of(policy), policy.case(CHILD | {"staff.certified": True})
    expected = [ask(rule, case).to_json() for rule in rules]
    policy.close()
    assert [ask(rule, case).to_json() for rule in rules] == expected


def test_policy_closed_rule_asked_with_map(policy):
    rules = rules_of(policy)
    expected = [ask(rule, facts_for(rule)).to_json() for rule in rules]
    budget = policy.cost_sharing("support").budget(as_of=DAY)
    waiting = policy.eligibility("rated").waiting_list(1, as_of=DAY)
    batch = policy.batch("ceiling", as_of=DAY)
    policy.close()
    assert [ask(rule, facts_for(rule)).to_json() for rule in rules] == expected
    budget.add("a", CHILD)
    assert budget.pay().claims[0].paid == 500
    waiting.add("a", CHILD | {"child.fee": 3000})
    assert waiting.entries()[0].state is tuoyu.WaitingState.ADMITTED
    assert len(batch.run(pyarrow.table({"child.fee": [1], "row": [1]}), id="row")) == 1


def test_policy_closed_indicator_tallied(policy):
    expected = tally_of(policy).measure().to_json()
    rule = policy.indicator("certified_rate")
    policy.close()
    tally = rule.tally(as_of=DAY)
    rule.close()
    for number in range(3):
        tally.add("staff", {"certified": number % 2 == 0, "subdistrict": "小港"})
    assert tally.measure().to_json() == expected
    tally.add_table("staff", pyarrow.table({"certified": [True, None]}))
    assert (tally.measure().denominator, tally.measure().unknown) == (4, 1)


# ---- Closed while it is used: each in a process of its own ----

def test_policy_closed_while_loading_rule():
    run_child("""
        for _ in range(60):
            policy = load()
            def find():
                for _ in range(30):
                    try:
                        assert policy.pricing("ceiling").quote({"child.fee": 7}, as_of=DAY).amount == 14
                        assert policy.rules and policy.facts
                    except ValueError as error:
                        assert str(error) == "this Policy is closed", error
            together(find, find, policy.close)
    """)


def test_rule_closed_while_answering():
    run_child("""
        policy = load()
        for _ in range(200):
            rule = policy.pricing("ceiling")
            def answer(fee):
                with policy.case({"child.fee": fee}) as case:
                    for facts in [case, {"child.fee": fee}] * 20:
                        try:
                            assert rule.quote(facts, as_of=DAY).amount == 2 * fee
                        except ValueError as error:
                            assert str(error) in ("this Pricing is closed", "this Policy is closed"), error
            together(lambda: answer(3), lambda: answer(5), rule.close)
    """)


def test_case_closed_while_converting():
    run_child("""
        policy = load()
        import collections.abc

        class Mine:
            # Converts to 7, and closes the handle first.
            def __index__(self): close(); gc.collect(); return 7
        class Number(Decimal):
            def __str__(self): close(); gc.collect(); return "7"
        class Day(datetime.date):
            def toordinal(self): close(); gc.collect(); return super().toordinal()
        class Scalar:
            shape = ()
            @property
            def dtype(self): close(); gc.collect(); return self
            kind = "b"
            def __bool__(self): close(); return True
        class Facts(collections.abc.Mapping):
            def __iter__(self): close(); gc.collect(); return iter(["child.fee"])
            def __len__(self): return 1
            def __getitem__(self, name): close(); return 7
        def names():
            close(); gc.collect()
            yield "ceiling"
        class Table:
            def __arrow_c_stream__(self, requested_schema=None):
                import pyarrow
                close(); gc.collect()
                return pyarrow.table({"child.fee": [1, 2, 3]}).__arrow_c_stream__()

        def case(): return policy.case({"child.name": "x" * 200})
        def budget(): return policy.cost_sharing("support").budget(as_of=DAY)
        def waiting(): return policy.eligibility("rated").waiting_list(3, as_of=DAY)
        def tally(): return policy.indicator("certified_rate").tally(as_of=DAY)
        def batch(): return policy.batch("ceiling", as_of=DAY)
        tries = [
            (case, lambda it: it.__setitem__("child.fee", Mine())),
            (case, lambda it: it.__setitem__("child.fee", Number(7))),
            (case, lambda it: it.__setitem__("child.birth_date", Day(2024, 1, 1))),
            (case, lambda it: it.__setitem__("child.registered", Scalar())),
            (case, lambda it: it.update(Facts())),
            (lambda: policy.pricing("ceiling"), lambda it: it.quote(Facts(), as_of=DAY)),
            (lambda: policy.pricing("ceiling"), lambda it: it.quote({"child.fee": 1}, as_of=Day(2025, 1, 1))),
            (lambda: policy.cost_sharing("shares"), lambda it: it.split({"child.fee": Mine()}, as_of=DAY)),
            (lambda: policy.cost_sharing("support"), lambda it: it.budget({"child.fee": Number(1)},
                                                                          as_of=DAY)),
            (lambda: policy.eligibility("rated"), lambda it: it.verdict({"child.registered": Scalar()},
                                                                        as_of=DAY)),
            (lambda: policy.eligibility("rated"), lambda it: it.waiting_list(Mine(), as_of=DAY)),
            (lambda: policy.indicator("certified_rate"), lambda it: it.tally(as_of=Day(2025, 1, 1))),
            (budget, lambda it: it.add("a", Facts())),
            (waiting, lambda it: it.add("a", Facts())),
            (waiting, lambda it: it.add_error("torn", line=Mine())),
            (tally, lambda it: it.add_unreadable("staff", Mine())),
            (tally, lambda it: it.add("child", Facts())),
            (tally, lambda it: it.add_table("child", Table())),
            (load, lambda it: it.batch(names(), as_of=DAY)),
            (load, lambda it: it.batch(["ceiling"], as_of=Day(2025, 1, 1))),
            (load, lambda it: it.case(Facts())),
            (batch, lambda it: it.run(Table())),
            (batch, lambda it: it.stream(Table())),
            (batch, lambda it: it.run(policy_table(), progress=lambda rows: close())),
            (batch, lambda it: it.run(policy_table(), id=names_of_columns())),
        ]
        def policy_table():
            import pyarrow
            return pyarrow.table({"child.fee": [1] * 3000})
        def names_of_columns():
            close(); gc.collect()
            yield "child.fee"
        outcomes = set()
        for make, use in tries:
            for _ in range(5):
                handle = make()
                close = handle.close
                try:
                    use(handle)
                    outcomes.add("answered")
                except (ValueError, RuntimeError) as error:
                    assert "closed" in str(error) or "another call" in str(error), (error, use)
                    outcomes.add("closed")
        assert outcomes == {"answered", "closed"}, outcomes
    """)


def test_case_closed_while_setting():
    run_child("""
        policy = load()
        pricing = policy.pricing("ceiling")
        for _ in range(150):
            case = policy.case()
            def set_facts():
                for number in range(100):
                    try:
                        case["child.fee"] = number
                        case["child.name"] = "𠮷" * number
                        case.read("child.registered: true")
                        pricing.quote(case, as_of=DAY)
                    except CLOSED_OR_BUSY as error:
                        assert "closed" in str(error) or "another call" in str(error), error
            together(set_facts, set_facts, case.close)
    """)


def test_batch_closed_while_running():
    run_child("""
        import pyarrow
        policy = load()
        table = pyarrow.table({"child.fee": list(range(4000)), "child.name": ["𠮷"] * 4000})
        expected = pyarrow.table(policy.batch(["ceiling", "entitled"], as_of=DAY).run(table))
        answered = []
        for number in range(16):
            batch, begun = policy.batch(["ceiling", "entitled"], as_of=DAY), threading.Event()
            def run():
                try:
                    answers = batch.run(table, threads=1 + number % 2, progress=lambda rows: begun.set())
                except ValueError as error:
                    assert "is closed" in str(error), error
                else:
                    assert pyarrow.table(answers).combine_chunks().equals(expected.combine_chunks())
                    answered.append(1)
            def close():
                begun.wait()
                batch.close()
            together(run, run, run, close)
        assert len(answered) >= 16
    """)


def test_tally_closed_while_adding():
    run_child("""
        import pyarrow
        policy = load()
        table = pyarrow.table({"certified": [True] * 5000})
        for _ in range(40):
            tally = policy.indicator("certified_rate").tally(as_of=DAY)
            def add():
                for _ in range(20):
                    try:
                        tally.add("staff", {"certified": True})
                        tally.add_table("staff", table)
                        tally.add_unreadable("staff")
                        tally.measure().reason("en")
                        tally.to_bytes()
                    except CLOSED_OR_BUSY as error:
                        assert "closed" in str(error) or "another call" in str(error), error
            together(add, add, tally.close)
    """)


# ---- Threads, mappings, copies ----

def test_two_threads_one_case():
    run_child("""
        policy = load()
        pricing, rated = policy.pricing("ceiling"), policy.eligibility("rated")
        case, busy, answered = policy.case({"child.fee": 1000}), [], []
        def use():
            for number in range(3000):
                try:
                    amount = pricing.quote(case, as_of=DAY).amount
                    assert amount in (None, 2000, 14), amount
                    case.clear()
                    case["child.fee"] = 7
                    case["child.name"] = "𠮷" * (number % 50)
                    rated.verdict(case, as_of=DAY).to_json()
                    answered.append(1)
                except RuntimeError as error:
                    assert "another call is using this Case" in str(error), error
                    busy.append(1)
        together(use, use, use)
        assert answered
        case["child.fee"] = 1000
        assert pricing.quote(case, as_of=DAY).amount == 2000
    """)


class Throwing(Mapping):
    """A mapping that throws at a certain step of being read."""

    def __init__(self, where, name="child.fee"):
        self.where, self.name = where, name

    def _at(self, where):
        if self.where == where:
            raise LookupError(f"thrown in {where}")

    def __iter__(self):
        self._at("iter")
        yield self.name
        self._at("end")

    def __len__(self):
        return 1

    def __getitem__(self, name):
        self._at("getitem")
        return 1000


def test_exception_in_mapping(policy):
    pricing, budget = policy.pricing("ceiling"), policy.cost_sharing("support").budget(as_of=DAY)
    waiting, tally = policy.eligibility("rated").waiting_list(1, as_of=DAY), tally_of(policy)
    for where in ("iter", "getitem", "end"):
        facts = Throwing(where)
        refuses(LookupError, f"thrown in {where}", lambda: pricing.quote(facts, as_of=DAY),
                lambda: budget.add("a", facts),
                lambda: pricing.quote({"child": Throwing(where, "fee")}, as_of=DAY),
                lambda: waiting.add("a", facts), lambda: tally.add("staff", facts),
                lambda: policy.case(facts))
        assert pricing.quote(FEE, as_of=DAY).amount == 2000
    assert (len(waiting), budget.pay().claims, tally.measure().denominator) == (0, [], 3)


def errors_of_every_class(policy):
    calls = [lambda: tuoyu.Policy.load({"a.yaml": "tuoyu: 1\nid: ("}), lambda: policy.case({"child.fe": 1}),
             lambda: policy.pricing("nothing"), lambda: policy.case({"child.fee": Decimal("NaN")}),
             lambda: tuoyu.Policy.load({}), lambda: tally_of(policy).measure("subdistrict", "nowhere")]
    for call in calls:
        with pytest.raises(tuoyu.TuoyuError) as caught:
            call()
        yield caught.value


def test_error_serialised(policy):
    classes = set()
    for error in errors_of_every_class(policy):
        error.add_note("a note") if hasattr(error, "add_note") else None
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(error, protocol))
            assert type(again) is type(error) and str(again) == str(error) and again.args == error.args
            assert vars(again) == vars(error)
        assert copy.deepcopy(error).findings == copy.copy(error).findings == error.findings
        classes.add(type(error))
    assert classes == {tuoyu.TuoyuError, tuoyu.PackError, tuoyu.FactError}


def other_handles(policy):
    """All that do not pickle."""
    batch = policy.batch("ceiling", as_of=DAY)
    table = pyarrow.table({"child.fee": [1]})
    return [
        *rules_of(policy), *answers_of(policy),
        policy.case(CHILD),
        tally_of(policy),
        policy.cost_sharing("support").budget(as_of=DAY),
        policy.eligibility("rated").waiting_list(1, as_of=DAY),
        batch.run(table),
        batch.stream(table)
    ]


def test_handle_serialised(policy):
    again = pickle.loads(pickle.dumps(policy))
    assert again.rules == policy.rules and again.facts == policy.facts
    assert again.pricing("ceiling").quote(FEE, as_of=DAY).receipt() == policy.pricing("ceiling").quote(
        FEE, as_of=DAY).receipt()
    for handle in other_handles(policy):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError, match=f"{type(handle).__name__}: .* cannot be pickled"):
                pickle.dumps(handle, protocol)


def test_handle_copied(policy):
    for handle in other_handles(policy):
        refuses(TypeError, "", lambda: copy.copy(handle), lambda: copy.deepcopy(handle))
    for make in (copy.copy, copy.deepcopy):
        same = make(policy)
        batch = same.batch("ceiling", as_of=DAY)
        again = make(batch)
        same.close()
        batch.close()
        assert policy.pricing("ceiling").quote(FEE, as_of=DAY).amount == 2000
        assert len(again.run(pyarrow.table({"child.fee": [1, 2]}))) == 2
        refuses(ValueError, "closed", lambda: same.rules, lambda: batch.plan())


def test_handle_made_by_hand(policy):
    run_child("""
        import inspect
        from tuoyu.handles import Handle

        def handles(cls):
            yield cls
            for below in cls.__subclasses__():
                yield from handles(below)

        SPECIAL = "__enter__", "__len__", "__str__", "__arrow_c_stream__"
        tried = 0
        for cls in list(handles(Handle)):
            for made in (cls.__new__(cls), type("Mine", (cls,), {}).__new__(type("Mine", (cls,), {}))):
                for name in dir(cls):
                    static = inspect.getattr_static(cls, name)
                    if name.startswith("__") and name not in SPECIAL or name.startswith("_pickle"): continue
                    if inspect.isclass(static) or isinstance(static, (classmethod, staticmethod)): continue
                    tried += 1
                    try:
                        member = getattr(made, name)
                        if not callable(member) or name == "close": continue
                        for arguments in ((), ("zh",), ("a", {}), (made,), (None, None)):
                            try: member(*arguments)
                            except (TypeError, ValueError, AttributeError): pass
                    except (TypeError, ValueError, AttributeError): pass
                made.close()
        assert tried > 200, tried
        policy = load()
        raw = tuoyu._raw
        for call in (lambda: tuoyu.Quote(5).amount, lambda: tuoyu.Quote(policy._native).amount,
                     lambda: tuoyu.Pricing(policy, object()).quote({}, as_of=DAY),
                     lambda: tuoyu.Case(None), lambda: raw.NativeHandle(),
                     lambda: type(policy._native)(), lambda: object.__new__(type(policy._native)),
                     lambda: policy._native.__class__.__new__(policy._native.__class__)):
            try: call()
            except (TypeError, ValueError, AttributeError): continue
            raise AssertionError(call)
    """)
    with pytest.raises(TypeError, match="Case"):
        tuoyu.Case.__new__(tuoyu.Case)["child.fee"] = 1

    class Mine(tuoyu.Policy):
        """A subclass of a user."""
    with Mine.load({"city.yaml": PACK}) as mine:
        assert type(mine) is Mine and mine.pricing("ceiling").quote(FEE, as_of=DAY).amount == 2000
        assert type(copy.copy(mine)) is Mine
    assert inspect.isclass(Mine)


# ---- Processes ----

def test_interpreter_exit():
    out = run_child("""
        import atexit, pyarrow
        policy = load()
        class Ring: pass
        ring = Ring(); ring.self = ring; ring.tally = policy.indicator("certified_rate").tally(as_of=DAY)
        local = threading.local(); local.case = policy.case({"child.fee": 1})
        quote = policy.pricing("ceiling").quote({"child.fee": 1}, as_of=DAY)
        table = pyarrow.table({"child.fee": [1] * 3000})
        batch = policy.batch("ceiling", as_of=DAY)
        answers = batch.run(table)
        consumer = pyarrow.RecordBatchReader.from_stream(batch.stream(table))
        error = None
        try: policy.pricing("x")
        except tuoyu.TuoyuError as caught: error = caught
        atexit.register(lambda: print(policy.pricing("ceiling").quote({"child.fee": 2}, as_of=DAY).amount))
        # A daemon thread that the exit stops within pyarrow's C++ ends the process by itself, so that the
        # threads read a table of this library: earlier answers, whose columns are no facts.
        loose = policy.batch("ceiling", as_of=DAY, unknown_columns="ignore")
        def forever():
            while True:
                policy.pricing("ceiling").quote({"child.fee": 3}, as_of=DAY).to_json()
                loose.run(answers)
        for _ in range(3): threading.Thread(target=forever, daemon=True).start()
        import time; time.sleep(0.2)
    """)
    assert out == "4\n"


def test_fork():
    out = run_child("""
        import multiprocessing, warnings
        warnings.simplefilter("ignore")
        policy = load()
        case = policy.case({"child.fee": 1000})
        batch = policy.batch("ceiling", as_of=DAY)
        def answer():
            import pyarrow
            assert policy.pricing("ceiling").quote(case, as_of=DAY).amount == 2000
            assert policy.pricing("ceiling").quote({"child.fee": 7}, as_of=DAY).amount == 14
            assert len(batch.run(pyarrow.table({"child.fee": [1] * 5000}), threads=2)) == 5000
            try: policy.case({"child.fe": 1})
            except tuoyu.FactError: pass
            else: raise AssertionError
        answer()
        for _ in range(3):
            child = os.fork()
            if child == 0:
                try: answer()
                except BaseException as error:
                    print(repr(error), file=sys.stderr); os._exit(1)
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
        process = multiprocessing.get_context("fork").Process(target=answer)
        process.start(); process.join()
        assert process.exitcode == 0
        answer()
        print("answered")
    """)
    assert out == "answered\n"


def test_unclosed():
    out = run_child("""
        import resource
        policy = load()
        def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        def use(count):
            pricing, rated = policy.pricing("ceiling"), policy.eligibility("rated")
            for number in range(count):
                case = policy.case({"child.fee": number % 100000, "child.name": "𠮷" * 20})
                quote, verdict = pricing.quote(case, as_of=DAY), rated.verdict(case, as_of=DAY)
                assert quote.amount is not None and verdict.outcome
                try: policy.case({"child.fe": 1})
                except tuoyu.FactError: pass
        use(1000)
        before = most()
        use(20000)
        print(most() - before)
    """)
    assert int(out) < 16 * 1024  # KiB: one case has about ten
