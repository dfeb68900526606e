# SPDX-License-Identifier: Apache-2.0
"""Code in a Python of its own, for what could take the interpreter down with it."""

import pathlib
import subprocess
import sys
import textwrap

CITY = pathlib.Path(__file__).resolve().parents[2] / "tests" / "city.yaml"

PRELUDE = """
import datetime, gc, os, sys, threading
from decimal import Decimal
import tuoyu
PACK = open(sys.argv[1], encoding="utf-8").read()
DAY = datetime.date(2025, 1, 1)
CLOSED_OR_BUSY = (ValueError, RuntimeError)

def load():
    return tuoyu.Policy.load({"city.yaml": PACK})

def together(*works):
    # Each in a thread of its own, begun at the same moment.
    gate = threading.Barrier(len(works))
    def begin(work):
        gate.wait()
        work()
    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


def run_child(code, timeout=300):
    """What it prints, once it has ended with 0."""
    program = PRELUDE + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", program, CITY],
                          capture_output=True,
                          text=True,
                          timeout=timeout,
                          check=False)
    assert done.returncode == 0, f"the child ended with {done.returncode}:\n{done.stderr}"
    return done.stdout
