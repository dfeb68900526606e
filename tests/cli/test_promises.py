#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What entities promise of their records: one that breaks a promise is in error wherever it is used, and told; one of
which that cannot be told is used. Random files against an oracle, through report, run, admit, pay and eval."""
import csv
import io
import json
import random

from command_test import expect, main, run, write

PACK = """\
tuoyu: 1
id: test.promises
title: {zh: 约定, en: Promises}
in_force: 2024-01-01..2025-12-31
sources: {law: {title: 设置标准}}
entities:
  institution:
    label: {zh: 托育机构, en: institution}
    require:
      - {id: places_hold, that: institution.inclusive <= institution.places, because: {zh: 普惠托位不多于托位, en: no more inclusive places than places}, cite: law 第一条}
      - {id: opened_in_time, that: institution.places > 0 or institution.open = false}
facts:
  institution:
    places: {type: integer, range: "[0..1000]", label: {zh: 托位, en: places}}
    inclusive: {type: integer, range: "[0..1000]", label: {zh: 普惠托位, en: inclusive places}}
    open: {type: boolean, label: {zh: 开业, en: open}}
    town: {type: string, label: {zh: 街道, en: town}}
  child:
    fee: {type: integer, range: "[0..1000]", label: {zh: 收费, en: fee}}
  town:
    id: {type: string, label: {zh: 街道, en: town}}
pricing:
  grant: {title: {zh: 补助, en: Grant}, unit: CNY, amount: institution.inclusive * 100, standing: assumed}
  fee: {title: {zh: 收费, en: Fee}, unit: CNY, amount: child.fee, standing: assumed}
cost_sharing:
  support:
    title: {zh: 扶持, en: Support}
    unit: CNY
    of: institution.inclusive * 10
    payers: [{id: state, rate: 1}]
    budget: {of: 1000, when_short: pay_part, order: [{by: institution.inclusive, first: lowest}]}
eligibility:
  admitted:
    title: {zh: 录取, en: Admission}
    all: [{id: open, when: institution.open}]
    admission: [{id: most, descending: institution.inclusive}]
indicators:
  share: {title: {zh: 占比, en: Share}, unit: percent, by: [town], ratio: {numerator: {of: institution, sum: institution.inclusive}, denominator: {of: institution, sum: institution.places}}, target: {at_least: 0.5}}
  number: {title: {zh: 家数, en: Number}, unit: institution, by: [town], value: {of: institution, where: institution.open, count: true}, target: {at_least: 3}}
"""
HEADER = "id,institution.places,institution.inclusive,institution.open,institution.town\n"
PROMISES = ("institution.places_hold", "institution.opened_in_time")


def random_rows(seed, count):
    chance = random.Random(seed)
    return [(chance.choice([None, 0, 10, 20]), chance.choice([None, 0, 10, 15, 30]), chance.choice([None, True, False]), chance.choice("AB"))
            for _ in range(count)]


def promises_of(row):
    """Of each promise: True, False, or None where it cannot be told."""
    places, inclusive, is_open, _ = row
    holds = None if None in (places, inclusive) else inclusive <= places
    has_places, is_closed = None if places is None else places > 0, None if is_open is None else not is_open
    opened = True if True in (has_places, is_closed) else None if None in (has_places, is_closed) else False
    return holds, opened


def is_broken(row):
    return False in promises_of(row)


def file_of(rows):
    cells = [[f"n{i}", *("" if cell is None else str(cell).lower() for cell in row)] for i, row in enumerate(rows)]
    return HEADER + "".join(",".join(line) + "\n" for line in cells)


def files(folder, rows):
    write(folder, {"p.yaml": PACK, "rows.csv": file_of(rows), "data/institution.csv": file_of(rows), "data/town.csv": "town.id\nA\nB\n"})


def test_report(folder):
    for seed, count in [*((seed, 30) for seed in range(8)), (50, 5000)]:
        rows = random_rows(seed, count)
        files(folder, rows)
        options = ["report", "p.yaml", "--data", "data", "--as-of", "2025-01-01"]
        code = 1 if any(map(is_broken, rows)) else 0
        board = json.loads(expect(run(*options, "--format", "json", folder=folder), code).out)
        file = next(one for one in board["files"] if one["entity"] == "institution")
        found = {one["promise"]: one for one in file["findings"]}
        for i, name in enumerate(PROMISES):
            lines = [number + 2 for number, row in enumerate(rows) if promises_of(row)[i] is False]
            unknown = sum(promises_of(row)[i] is None for row in rows)
            if lines:
                assert (found[name]["records"], found[name]["lines"]) == (len(lines), lines[:10]), (seed, found)
            for measure in board["measures"]:
                held = measure["promises"][name]
                assert (held["broken"], held["unknown"]) == (len(lines), unknown), (seed, name, held)
                assert measure["records"]["error"] == sum(map(is_broken, rows)), measure
        assert set(found) == {name for i, name in enumerate(PROMISES) if any(promises_of(row)[i] is False for row in rows)}
        good = [row for row in rows if not is_broken(row)]
        number = next(one for one in board["measures"] if one["rule"].endswith("number"))
        sure = sum(row[2] is True for row in good)
        assert (number["value"], number["lower"]) == (str(sure), str(sure)), number
        assert number["upper"] == str(sure + sum(row[2] is None for row in good) + len(rows) - len(good)), number
        table = list(csv.DictReader(io.StringIO(run(*options, "--format", "csv", folder=folder).out)))
        assert all((PROMISES[0] + ": " in line["findings"]) == (PROMISES[0] in found) for line in table), table
        for language, words in (("zh", "普惠托位不多于托位 (设置标准 第一条): "), ("en", "no more inclusive places than places (设置标准 第一条): ")):
            assert words in run(*options, "--lang", language, folder=folder).out


def test_a_board_claims_nothing_that_a_broken_record_could_overthrow(folder):
    """Every record that breaks a promise is put right in some way: what was said before still holds."""
    for seed in range(12):
        chance, rows = random.Random(seed), [row for row in random_rows(seed, 8) if None not in row]
        files(folder, rows)
        options = ["report", "p.yaml", "--data", "data", "--as-of", "2025-01-01", "--format", "json"]
        claims = {one["rule"]: one for one in json.loads(run(*options, folder=folder).out)["measures"]}
        for _ in range(3):
            mended = [(chance.choice([10, 1000]), chance.choice([0, 10]), chance.choice([True, False]), row[3]) if is_broken(row) else row for row in rows]
            files(folder, mended)
            for fact in json.loads(expect(run(*options, folder=folder), 0).out)["measures"]:
                claim = claims[fact["rule"]]
                assert claim["met"] in (None, fact["met"]), (claim, fact)
                for bound, sign in (("lower", -1), ("upper", 1)):
                    if bound in claim and "value" in fact:
                        assert (float(fact["value"]) - float(claim[bound])) * sign <= 1e-9, (claim, fact)


def test_run(folder):
    for seed, count in [*((seed, 40) for seed in range(6)), (60, 6000)]:
        rows = random_rows(seed, count)
        files(folder, rows)
        broken = sum(map(is_broken, rows))
        expect(run("run", "p.yaml", "--rule", "grant", "--rule", "fee", "--input", "rows.csv", "--output", "o.csv", "--summary", "s.json", "--as-of",
                   "2025-01-01", folder=folder), 1 if broken else 0)
        summary = json.loads((folder / "s.json").read_text(encoding="utf-8"))
        grant, fee = (rule["records"] for rule in summary["rules"])
        assert (grant["error"], fee["error"]) == (broken, 0), summary  # the other rule reads no institution
        assert grant["undetermined"] == sum(row[1] is None and not is_broken(row) for row in rows), summary
        for row, answer in zip(rows, csv.DictReader(io.StringIO((folder / "o.csv").read_text(encoding="utf-8")))):
            assert (answer["grant.outcome"] == "error") == is_broken(row), (row, answer)
            for name, holds in zip(PROMISES, promises_of(row)):
                assert (name in answer["error"]) == (holds is False), (row, answer)


def test_admit_and_pay(folder):
    for seed in range(6):
        rows = random_rows(seed, 20)
        files(folder, rows)
        broken = {f"n{i}" for i, row in enumerate(rows) if is_broken(row)}
        found = json.loads(run("admit", "p.yaml", "--rule", "admitted", "--input", "rows.csv", "--id", "id", "--places", "5", "--as-of", "2025-01-01",
                               "--format", "json", folder=folder).out)
        assert {entry["id"] for entry in found["entries"] if entry.get("error") == "TUOYU_ERROR_PROMISE"} == broken, found
        assert found["records"]["error"] == len(broken), found
        run("pay", "p.yaml", "--rule", "support", "--input", "rows.csv", "--output", "o.csv", "--as-of", "2025-01-01", folder=folder)
        claims = list(csv.DictReader(io.StringIO((folder / "o.csv").read_text(encoding="utf-8"))))
        assert {claim["id"] for claim in claims if claim["state"] == "error"} == broken, claims
        assert all("places_hold" in claim["error"] or "opened_in_time" in claim["error"] for claim in claims if claim["id"] in broken), claims


def test_eval(folder):
    files(folder, [])
    case = {"broken": "institution: {places: 20, inclusive: 30}\n", "unknown": "institution: {inclusive: 30}\n", "kept": "institution: {places: 30, inclusive: 30}\n"}
    write(folder, {f"{name}.yaml": text for name, text in case.items()})
    options = ["eval", "p.yaml", "--rule", "grant", "--as-of", "2025-01-01", "--case"]
    expect(run(*options, "broken.yaml", folder=folder), 1,
           err=["the record breaks the promise `institution.places_hold`: no more inclusive places than places", "设置标准 第一条"])
    for name in ("unknown", "kept"):
        expect(run(*options, f"{name}.yaml", folder=folder), 0, out="3,000")


REFUSED = [
    ("that: institution.inclusive <= institution.places", "that: institution.inclusive <= child.fee", "reads `child.fee`, a fact of another entity"),
    ("that: institution.inclusive <= institution.places", "that: institution.inclusive <= institution.palces", "did you mean"),
    ("that: institution.inclusive <= institution.places", "that: institution.inclusive", "number"),
    ("id: opened_in_time", "id: places_hold", "places_hold"),
    ("cite: law 第一条", "cite: lew 第一条", "lew"),
    ("cite: law 第一条", "cites: law 第一条", "cites"),
]


def test_promises_that_are_refused(folder):
    for old, new, said in REFUSED:
        write(folder, {"bad.yaml": PACK.replace(old, new, 1)})
        result = run("check", "bad.yaml", folder=folder)
        assert result.code == 1 and said in result.err, (new, result)


def test_only_rules_that_see_the_pack_are_held_to_it(folder):
    """A promise of a pack below does not change what a rule above answers; on a day on which its pack is not in force nobody is held to it."""
    above = PACK[:PACK.index("entities:")].replace("test.promises", "test.above") + PACK[PACK.index("facts:"):PACK.index("cost_sharing:")]
    below = """\
tuoyu: 1
id: test.below
title: t
in_force: 2025-01-01..2025-12-31
uses: [test.above]
entities: {institution: {label: x, require: [{id: few, that: institution.inclusive < 5}]}}
pricing: {own: {title: t, unit: CNY, amount: institution.inclusive * 2, standing: assumed}}
"""
    write(folder, {"above.yaml": above, "below.yaml": below, "case.yaml": "institution: {inclusive: 30}\n"})
    options = ["eval", "below.yaml", "above.yaml", "--case", "case.yaml", "--rule"]
    expect(run(*options, "grant", "--as-of", "2025-06-01", folder=folder), 0, out="3,000")
    expect(run(*options, "own", "--as-of", "2025-06-01", folder=folder), 1, err="institution.few")
    expect(run(*options, "own", "--as-of", "2024-06-01", folder=folder), 0, out="不生效")


if __name__ == "__main__":
    main(globals())
