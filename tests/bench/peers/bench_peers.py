#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The library against its peers in Python, one thread each: they take turns over the same rows in this process, and every
answer is compared first. Prints a line of JSON a case.

    bench_peers.py LIBRARY PACK    libreference_bench.so and reference.yaml; PYTHONPATH has the package tuoyu"""
import argparse
import datetime
import gc
import importlib
import json
import os
import statistics
import sys
import time

TURNS = 7
AS_OF = datetime.date(1970, 1, 1) + datetime.timedelta(days=19800)
RULES = ["entitled", "fee_limit", "monthly_fee"]
# module, class, rows, at least so many times as fast
PEERS = [("peer_numpy", "NumpyPeer", 10_000_000, 3), ("peer_numpy", "NumpyBlocksPeer", 10_000_000, 3),
         ("peer_polars", "PolarsPeer", 10_000_000, 3), ("peer_duckdb", "DuckdbPeer", 10_000_000, 10),
         ("peer_openfisca", "OpenfiscaPeer", 1_000_000, 20), ("peer_zen", "ZenPeer", 20_000, 500)]


class PythonPackage:
    """The library through its Python package, Arrow in and out."""
    name = "tuoyu for Python"

    def __init__(self, rows, pack):
        import tuoyu
        self.table = rows.table()
        self.policy = tuoyu.Policy.load_files(pack)
        self.batch = self.policy.batch(RULES, as_of=AS_OF, numbers="integer", columns=["values"])

    def run(self):
        self.output = self.batch.run(self.table)

    def answers(self):
        import pyarrow.compute
        table = pyarrow.table(self.output)
        columns = {"ceiling": "fee_limit.amount", "subsidy": "monthly_fee.payers.public", "employer": "monthly_fee.payers.employer",
                   "family": "monthly_fee.payers.family"}
        fen = {name: table[column].to_numpy() for name, column in columns.items()}
        return fen | {"eligible": pyarrow.compute.equal(table["entitled.decision"].cast(pyarrow.string()), "eligible").to_numpy()}


def different(expected, answers):
    """Rows with an answer that is not the natural C's, and by how many fen at most."""
    import numpy
    wrong, most = numpy.zeros(len(expected["eligible"]), bool), 0
    for name, values in expected.items():
        distance = numpy.abs(numpy.asarray(answers[name]).astype(numpy.int64) - values.astype(numpy.int64))
        wrong |= distance != 0
        most = max(most, int(distance.max()) if len(distance) else 0)
    return int(wrong.sum()), most


def check(contender, expected, may_be_off):
    wrong, most = different(expected, contender.answers())
    if wrong and not (may_be_off and most <= 1):
        sys.exit(f"bench_peers: {contender.name}: {wrong} rows differ, by up to {most} fen")
    return wrong


class Ours:
    name = "tuoyu in C"

    def __init__(self, rows):
        self.run, self.answers = rows.run_ours, rows.answers


def take_turns(contenders):
    """Seconds of each, the median."""
    spent = [[] for _ in contenders]
    for _ in range(TURNS):
        for times, contender in zip(spent, contenders):
            start = time.perf_counter()
            contender.run()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in spent]


def measure(module, name, count, bar, arguments):
    from reference_rows import ReferenceRows
    rows = ReferenceRows(arguments.library, arguments.pack, count)
    contenders = [Ours(rows), PythonPackage(rows, arguments.pack), getattr(importlib.import_module(module), name)(rows)]
    wrong = 0
    for contender in contenders:
        contender.run()
        wrong = check(contender, rows.expected, module == "peer_openfisca")
    ours, package, peer = (count / seconds for seconds in take_turns(contenders))
    unit, scale = ("decisions/s", 1) if module == "peer_zen" else ("M rows/s", 1e6)
    case = {"case": f"reference workload, {count} rows: {contenders[2].name}", "ours": ours / scale, "peer": peer / scale,
            "ratio": ours / peer, "unit": unit, "bound": "ratio at least", "bar": bar}
    if module == "peer_openfisca":
        case["note"] = f"{wrong} of {count} rows are wrong by a fen"
    from_python = {"case": f"{case['case']}; ours from Python", "ours": package / scale, "peer": peer / scale,
                   "ratio": package / peer, "unit": unit}
    contenders.clear()
    rows.free()
    return [case, from_python]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("pack")
    parser.add_argument("--rows", type=int, help="no table longer than this")
    arguments = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = "1"
    for module, name, count, bar in PEERS:
        count = min(count, arguments.rows or count)
        for case in measure(module, name, count, bar, arguments):
            print(json.dumps(case), flush=True)
        gc.collect()


if __name__ == "__main__":
    main()
