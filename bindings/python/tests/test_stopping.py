# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C, other signals and exceptions end a run over a table long before it would end by itself.

Each run here would take many minutes, as each of its rows is computed by the interpreter for some
milliseconds; a child process that does not stop is killed after five. Nothing else is timed."""

import textwrap

import pytest

from child_process import run_child

# The signal comes from a thread of the child a moment after the run has begun.
CHILD = """
    import pyarrow, signal, time, traceback
    LONG = "count(for i in 1..20000 return i + 1)"
    SLOW = PACK.replace("child.fee * 2,", f"'child.fee * 2 + {LONG} * 0',")
    SLOW = SLOW.replace("count: staff.certified}", f"count: 'staff.certified and {LONG} > 5'}}")
    assert SLOW.count("20000") == 2
    policy = tuoyu.Policy.load({"slow.yaml": SLOW})
    ROWS = 200_000
    batch = policy.batch("ceiling", as_of=DAY)
    table = pyarrow.table({"child.fee": range(ROWS)})
    staff = pyarrow.table({"certified": [True] * ROWS})
    tally = policy.indicator("certified_rate").tally(as_of=DAY)
    handed_out = 0
    def reader():
        def parts():
            global handed_out
            for part in table.to_batches(max_chunksize=50):
                handed_out += 1
                yield part
        return pyarrow.RecordBatchReader.from_batches(table.schema, parts())
    def send(number):
        time.sleep(0.4)
        os.kill(os.getpid(), number)
    def signalled(number, work):
        threading.Thread(target=send, args=(number,), daemon=True).start()
        began = time.monotonic()
        try:
            work()
        finally:
            assert time.monotonic() - began > 0.3   # it was the signal that ended it, no error before
"""

WORKS = {
    "run": "batch.run(table)",
    "run_in_two_threads": "batch.run(table, threads=2)",
    "run_in_many_threads": "batch.run(table, threads=7)",
    "run_with_progress": "batch.run(table, progress=lambda rows: None)",
    "run_in_threads_with_progress": "batch.run(table, threads=2, progress=lambda rows: None)",
    "run_over_parts": "batch.run(pyarrow.Table.from_batches(table.to_batches(max_chunksize=100)))",
    "run_over_parts_in_threads":
        "batch.run(pyarrow.Table.from_batches(table.to_batches(max_chunksize=2000)), threads=2)",
    "add_table": "tally.add_table('staff', staff)",
    "add_table_with_digests": "tally.add_table('staff', staff, digests=True)",
    "add_table_in_threads": "tally.add_table('staff', staff, threads=2)",
    "stream": "pyarrow.RecordBatchReader.from_stream(batch.stream(table)).read_all()",
    "stream_with_ids":
        "pyarrow.RecordBatchReader.from_stream(batch.stream(table, id='child.fee')).read_all()",
    "cases": "[policy.pricing('ceiling').quote({'child.fee': fee}, as_of=DAY) for fee in range(ROWS)]",
    "merges": """[tally.merge(policy.indicator('certified_rate').tally(as_of=DAY)) for _ in iter(int, 1)]""",
}


def child(code, **parameters):
    return run_child(textwrap.dedent(CHILD) + textwrap.dedent(code).format(**parameters))


@pytest.mark.parametrize("work", WORKS)
def test_ctrl_c(work):
    out = child("""
        try:
            signalled(signal.SIGINT, lambda: {work})
        except KeyboardInterrupt:
            print("stopped")
    """, work=WORKS[work])
    assert out == "stopped\n"


def test_ctrl_c_between_the_parts_of_a_reader():
    # Counted: far fewer parts were handed out than there are. The first to be answered is not all of them.
    for work in ("batch.run(reader())",
                 "pyarrow.RecordBatchReader.from_stream(batch.stream(reader())).read_all()"):
        out = child("""
            try:
                signalled(signal.SIGINT, lambda: {work})
            except (KeyboardInterrupt, ValueError, OSError) as error:
                # One that hits the reader itself, which is code of Python, comes as the reader's own error.
                assert isinstance(error, KeyboardInterrupt) or "KeyboardInterrupt" in str(error), error
                print(0 < handed_out < ROWS / 50 / 2)
        """, work=work)
        assert out == "True\n"


def test_a_tally_that_is_stopped_has_nothing_added():
    for threads in (1, 3):
        out = child("""
            tally.add("staff", {{"certified": True}})
            before = tally.to_bytes()
            try:
                signalled(signal.SIGINT, lambda: tally.add_table("staff", staff, threads={threads}))
            except KeyboardInterrupt:
                assert tally.to_bytes() == before
                print(tally.add_table("staff", staff.slice(0, 3)).rows, tally.measure().denominator)
        """, threads=threads)
        assert out == "3 4\n"


def test_an_exception_of_another_signal():
    for work in ("batch.run(table)", "batch.run(table, threads=2)",
                 "tally.add_table('staff', staff, threads=2)",
                 "pyarrow.RecordBatchReader.from_stream(batch.stream(table)).read_all()"):
        out = child("""
            class Timeout(Exception): pass
            def handler(number, frame): raise Timeout("too long")
            signal.signal(signal.SIGUSR1, handler)
            try:
                signalled(signal.SIGUSR1, lambda: {work})
            except (Timeout, OSError) as error:
                # A consumer of a stream raises an error of its own first, and the handler's follows.
                if isinstance(error, OSError):
                    try: time.sleep(60)
                    except Timeout as error: print(error)
                else: print(error)
            except BaseException as error:
                print(repr(error))
        """, work=work)
        assert "too long" in out


def test_a_handler_that_raises_nothing_stops_nothing():
    out = child("""
        heard = []
        def hear(number, frame):
            heard.append(policy.pricing("ceiling").quote({{"child.fee": 1}}, as_of=DAY).amount)
        signal.signal(signal.SIGUSR1, hear)
        for threads in (1, 2):
            part = table.slice(0, 700)
            threading.Thread(target=send, args=(signal.SIGUSR1,), daemon=True).start()
            answers = batch.run(part, threads=threads)
            assert len(answers) == 700 and answers.error_rows == 0
            assert pyarrow.table(answers)["ceiling.amount"].to_pylist()[:3] == [0, 2, 4]
            while len(heard) < threads: time.sleep(0.01)
        print(heard)
    """)
    assert out == "[Decimal('2'), Decimal('2')]\n"


def test_an_exception_of_one_thread_stops_the_others():
    out = child("""
        seen = []
        def progress(rows):
            seen.append(rows)
            if len(seen) == 3: raise LookupError("mine")
        try:
            batch.run(table, threads=3, progress=progress)
        except LookupError as error:
            print(error, seen[-1] < ROWS / 10)
    """)
    assert out == "mine True\n"


def test_progress_hears_of_fallback_rows_by_time():
    # A block would take seconds; progress is called all the same, with fewer rows than a block has.
    out = child("""
        seen = []
        try:
            batch.run(table, progress=lambda rows: seen.append(rows) or len(seen) > 2)
        except tuoyu.TuoyuError as error:
            print(error.status, seen == sorted(seen), seen[0] < 1024)
    """)
    assert out == "TUOYU_ERROR_CANCELLED True True\n"
