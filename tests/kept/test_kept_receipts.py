#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The kept answers, asked again: the same receipt gives the same bytes. make.py says how they were made."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from kept_answers import BUILD, COMMAND, DATA, KEPT, PACKS, lines, pack_files


RECEIPTS_AT_LEAST, EXAMPLES_AT_LEAST = 100, 600


def run(*arguments):
    return subprocess.run([str(COMMAND), *map(str, arguments)], capture_output=True, timeout=120, check=False)


def packs_of(receipt):
    """The kept pack files that the receipt names; vectors' packs by file, since several of them have one id."""
    sums = {pack["sha256"] for pack in receipt["packs"]}
    return [path for path, digest in DIGESTS.items() if digest in sums]


def digests():
    import hashlib
    found = {}
    for path in [*pack_files(), *sorted(PACKS.glob("vectors/*.yaml"))]:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in found.values():
            found[path] = digest
    return found


DIGESTS = digests()
# A receipt says which release made it; the kept ones are of an older one, and all else in them must be as it was.
ENGINE = re.compile(r'"engine":"[^"]*"')
VERSION = run("--version").stdout.decode().split()[-1]


def asked_again(receipt, folder, payout):
    """The command's arguments that ask for what the receipt records, and those that replay it."""
    if "rows" in receipt:
        return ["eval", "--data", DATA], ["--data", DATA]
    case = folder / "case.json"
    case.write_text(json.dumps(payout["given"] if payout else receipt["inputs"], ensure_ascii=False), encoding="utf-8")
    if payout is None:
        return ["eval", "--case", case], []
    claims = folder / "claims.csv"
    claims.write_text(payout["claims"], encoding="utf-8")
    return ["pay", "--case", case, "--input", claims, "--output", folder / "out.csv"], ["--claims", claims]


def difference(line, payout):
    """What is different today, or None."""
    receipt = json.loads(line)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        again, more = asked_again(receipt, folder, payout)
        packs = packs_of(receipt)
        (folder / "kept.json").write_text(line, encoding="utf-8")
        replayed = run("replay", folder / "kept.json", *more, *packs)
        if replayed.returncode != 0 or replayed.stdout != b"same\n":
            return f"replay: {replayed.stdout.decode()}{replayed.stderr.decode()}"
        run(*again, *packs, "--rule", receipt["rule"], "--as-of", receipt["as_of"], "--receipt", folder / "today.json")
        today = (folder / "today.json").read_text(encoding="utf-8") if (folder / "today.json").exists() else ""
        expected = ENGINE.sub(f'"engine":"{VERSION}"', line, count=1)
        return None if today == expected else f"kept:  {line}today: {today}"


def test_receipts():
    kept = (KEPT / "receipts.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    payouts = iter(lines("payouts.jsonl"))
    jobs = [(line, next(payouts) if "claims" in json.loads(line) else None) for line in kept]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(lambda job: difference(*job), jobs))
    for text in filter(None, found):
        print(text)
    return len(found) - sum(map(bool, found)), sum(map(bool, found))


def test_worked_examples():
    today = run("test", "--answers", *pack_files()).stdout.decode("utf-8").splitlines()
    kept = (KEPT / "worked_examples.txt").read_text(encoding="utf-8").splitlines()
    differing = [pair for pair in zip(kept, today) if pair[0] != pair[1]]
    for pair in differing:
        print("kept:  {}\ntoday: {}".format(*pair))
    failed = len(differing) + abs(len(kept) - len(today))
    return len(kept) - failed, failed


def examples_of_the_packs():
    """How many worked examples the kept packs carry, by their texts."""
    name = re.compile(r"^  - *\{?name:", re.M)
    return sum(len(name.findall(path.read_text(encoding="utf-8"))) for path in pack_files())


def main():
    assert COMMAND.exists(), f"no command in {BUILD}"
    receipts, examples = test_receipts(), test_worked_examples()
    passed, failed = (sum(column) for column in zip(receipts, examples))
    there = examples_of_the_packs()
    lacking = sum(receipts) < RECEIPTS_AT_LEAST or sum(examples) < there or there < EXAMPLES_AT_LEAST
    if lacking:
        print(f"answers are lacking: {sum(receipts)} receipts, {sum(examples)} of {there} worked examples")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or lacking else 0


if __name__ == "__main__":
    sys.exit(main())
