# SPDX-License-Identifier: Apache-2.0
"""What goes to other processes: errors, policies and batches come back whole, and a pool never hangs."""

import concurrent.futures
import datetime
import functools
import multiprocessing
import pickle
from decimal import Decimal

import pyarrow
import pytest

import tuoyu
from child_process import CITY, run_child

DAY = datetime.date(2025, 1, 1)
PACK = CITY.read_text(encoding="utf-8")
WAYS = ["spawn", "forkserver"]  # forking from a process with threads is warned of; see the misuse `fork`


@pytest.fixture
def policy():
    with tuoyu.Policy.load({"city.yaml": PACK}) as loaded:
        yield loaded


# ---- What the processes do: by name, so that they find it ----

def fail(what):
    with tuoyu.Policy.load({"city.yaml": PACK}) as policy:
        if what == "fact":
            policy.case({"child.fe": 1})
        if what == "rule":
            policy.pricing("ceilin")
        tuoyu.Policy.load({"a.yaml": "tuoyu: 1\nid: (\nid: x"})


def price(policy, fee):
    return policy.pricing("ceiling").quote({"child.fee": fee}, as_of=DAY).receipt()


def answer(batch, table):
    return pyarrow.table(batch.run(table))


def tally_bytes(policy, rows):
    tally = policy.indicator("certified_rate").tally(as_of=DAY)
    for row in rows:
        tally.add("staff", row)
    return tally.to_bytes()


def return_handle(policy):
    return policy.pricing("ceiling").quote({"child.fee": 1}, as_of=DAY)


def pool_of(way):
    return concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(way))


# ---- Errors ----

@pytest.mark.parametrize("way", WAYS)
def test_errors_come_out_of_a_pool(way):
    kinds = {"fact": tuoyu.FactError, "rule": tuoyu.TuoyuError, "pack": tuoyu.PackError}
    with pool_of(way) as pool:
        for what, kind in kinds.items():
            with pytest.raises(kind) as here:
                fail(what)
            there = pool.submit(fail, what).exception(timeout=120)
            assert type(there) is type(here.value) is kind
            assert (there.code, there.status, there.findings) == (here.value.code, here.value.status,
                                                                  here.value.findings)
            assert (str(there), there.source, there.line, there.column) == \
                (str(here.value), here.value.source, here.value.line, here.value.column)


def test_multiprocessing_does_not_hang():
    # The pool of multiprocessing waits for ever for a result that cannot be read.
    out = run_child("""
        import multiprocessing, pickle
        def work(fee):
            return load().pricing("ceiling").quote({"child.fee": fee}, as_of=DAY)   # no handle can come back
        def fail(fee):
            load().case({"child.fee": fee})
        with multiprocessing.get_context("fork").Pool(2) as pool:
            for function, fees in ((fail, [-1, 5, -2]), (work, [1, 2, 3])):
                try: pool.map(function, fees)
                except tuoyu.FactError as error: print(error.status)
                except multiprocessing.pool.MaybeEncodingError as error:
                    print("cannot be pickled" in str(error))
    """,
                    timeout=120)
    assert out == "TUOYU_ERROR_FACT_RANGE\nTrue\n"


def test_an_error_keeps_its_notes_and_its_cause():
    error = tuoyu.FactError(-42, "TUOYU_ERROR_FACT_RANGE",
                            [tuoyu.Finding(-42, 0, "𠮷.yaml", 3, 4, "too 𠮷", "less")], "text\n")
    error.row = 7
    again = pickle.loads(pickle.dumps(error))
    assert again.row == 7 and again.findings[0].source == "𠮷.yaml" and str(
        again) == "text" and again.column == 4
    empty = pickle.loads(pickle.dumps(tuoyu.TuoyuError(-5, "TUOYU_ERROR_CANCELLED", [], "")))
    assert str(empty) == "TUOYU_ERROR_CANCELLED" and (empty.source, empty.line) == ("", 0)


# ---- Policies and batches ----

@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_policy_comes_back_with_its_digests(policy, protocol):
    again = pickle.loads(pickle.dumps(policy, protocol))
    assert again.pack_ids == policy.pack_ids and again.rules == policy.rules
    assert price(again, Decimal("1050.55")) == price(policy,
                                                     Decimal("1050.55"))  # a receipt has the packs' SHA-256
    tally = policy.indicator("certified_rate").tally_from_bytes(tally_bytes(again, [{"certified": True}]))
    assert tally.measure().value == 100


def test_several_packs_keep_their_names_and_order():
    packs = [(f"𠮷{name}.yaml", f"tuoyu: 1\nid: {name}\ntitle: T\nin_force: 2024-01-01..\n"
              f"pricing: {{{name}: {{title: P, unit: CNY, amount: 1}}}}\n") for name in ("b", "c", "a")]
    for given in (packs, dict(packs), iter(packs)):
        with tuoyu.Policy.load(given) as policy:
            again = pickle.loads(pickle.dumps(policy))
            assert again.pack_ids == policy.pack_ids == ["b", "c", "a"]
            assert again._packs == tuple(packs)
            assert pickle.loads(pickle.dumps(again)).rules == policy.rules


def test_what_was_closed_meanwhile(policy):
    content = pickle.dumps(policy)
    batch = policy.batch("ceiling", as_of=DAY)
    policy.close()
    with pytest.raises(ValueError, match="Policy is closed"):
        pickle.dumps(policy)
    assert price(pickle.loads(content), 5)
    assert pickle.loads(pickle.dumps(batch)).plan() == batch.plan()
    batch.close()
    with pytest.raises(ValueError, match="Batch is closed"):
        pickle.dumps(batch)


def test_a_batch_comes_back_with_its_options(policy):
    table = pyarrow.table(
        {"child.fee": ["0.5", "x", None], "note": [1, 2, 3], "child.share": [0.5, 1.5, None]})
    batch = policy.batch(iter(["ceiling", "shares"]),
                         as_of=DAY,
                         unknown_columns="ignore",
                         floats="shortest",
                         nulls="none",
                         numbers="text",
                         columns=iter(["values", "error"]))
    again = pickle.loads(pickle.dumps(batch))
    assert again.plan() == batch.plan()
    assert answer(again, table).equals(answer(batch, table))
    assert answer(pickle.loads(pickle.dumps(again)), table).equals(answer(batch, table))


@pytest.mark.parametrize("way", WAYS)
def test_processes_share_the_work(policy, way):
    fees = list(range(1, 40))
    table = pyarrow.table({"child.fee": fees})
    batch = policy.batch("ceiling", as_of=DAY)
    rows = [{"certified": number % 3 == 0, "subdistrict": f"s{number % 5}"} for number in range(60)]
    with pool_of(way) as pool:
        receipts = pool.map(functools.partial(price, policy), fees, chunksize=20)
        parts = [pool.submit(answer, batch, table.slice(first, 13)) for first in range(0, 39, 13)]
        tallies = [pool.submit(tally_bytes, policy, rows[first:first + 20]) for first in range(0, 60, 20)]
        refused = pool.submit(return_handle, policy)
        assert list(receipts) == [price(policy, fee) for fee in fees]
        found = pyarrow.concat_tables([part.result() for part in parts])
        assert found.combine_chunks().equals(answer(batch, table).combine_chunks())
        whole = policy.indicator("certified_rate").tally(as_of=DAY)
        for part in tallies:
            whole.merge(policy.indicator("certified_rate").tally_from_bytes(part.result()))
        assert whole.to_bytes() == tally_bytes(policy, rows)
        with pytest.raises(TypeError, match="Quote: .* to_dict"):
            refused.result(timeout=120)
