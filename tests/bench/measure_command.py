#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The peak memory of `tuoyu run` on short and long CSV, which should be the same, and how many rows a second it answers.

    measure_command.py TUOYU reference.yaml [--rows N,M…] [--threads N,M…]

The rows are written into the command's standard input as it reads, the same hundred thousand over and over; its output is
thrown away. In the clock: reading and writing CSV, and the three rules of the reference workload. Prints a line of JSON a case."""
import argparse
import json
import os
import random
import subprocess
import sys
import time

BLOCK = 100_000
RULES = ["entitled", "fee_limit", "monthly_fee"]
HEADER = ("child.age_months,child.registered,child.permit_months,household.income,household.children,institution.kind,"
          "institution.filed,institution.children_per_carer,institution.fee,employer.share\n")
KINDS = ["public", "inclusive", "ordinary", "unlisted"]


def decimal(digits, places):
    return f"{digits // 10**places}.{digits % 10**places:0{places}}"


def make_block(rows):
    chance = random.Random(20240101)
    boolean = ("false", "true")
    return "".join(
        f"{chance.randrange(42)},{boolean[chance.randrange(2)]},{chance.randrange(24)},{decimal(chance.randrange(200000, 3200000), 2)},"
        f"{chance.randrange(1, 4)},{KINDS[chance.randrange(4)]},{boolean[chance.randrange(8) != 0]},"
        f"{decimal(chance.randrange(200, 600), 2)},{decimal(chance.randrange(50000, 750000), 2)},{decimal(chance.randrange(2001), 4)}\n"
        for _ in range(rows)).encode()


def run(tuoyu, pack, block, times, threads):
    """Seconds, and the most memory at a time in MiB."""
    command = [tuoyu, "run", pack, *(word for rule in RULES for word in ("--rule", rule)), "--input", "-", "--output", "-",
               "--as-of", "2024-03-18", "--threads", threads]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.stdin.write(HEADER.encode())
        for _ in range(times):
            process.stdin.write(block)
        process.stdin.close()
    except BrokenPipeError:
        pass
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"measure_command: {' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tuoyu")
    parser.add_argument("pack")
    parser.add_argument("--rows", default="1000000,10000000", help="of each run, a comma between; the first is what the others are held against")
    parser.add_argument("--threads", default="1,2", help="of each run after the first, which has the most of them")
    arguments = parser.parse_args()
    counts = [int(count) for count in arguments.rows.split(",")]
    threads = arguments.threads.split(",")
    block_rows = min(BLOCK, counts[0])
    block = make_block(block_rows)
    _, first = run(arguments.tuoyu, arguments.pack, block, counts[0] // block_rows, threads[-1])
    for count in counts[1:]:
        for number in threads:
            seconds, memory = run(arguments.tuoyu, arguments.pack, block, count // block_rows, number)
            print(json.dumps({"case": f"command: {count} rows of CSV, threads: {number}", "ours": count / seconds / 1e6, "peer": None,
                              "ratio": None, "unit": "M rows/s"}), flush=True)
        print(json.dumps({"case": f"command: most memory, {count} rows of CSV against {counts[0]}", "ours": round(memory, 1),
                          "peer": round(first, 1), "ratio": memory / first, "unit": "MiB", "bound": "ratio within", "bar": 0.1}), flush=True)


if __name__ == "__main__":
    main()
