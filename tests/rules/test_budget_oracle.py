#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random budgets with hostile facts against an oracle in whole numbers and fractions, which shares nothing
with the library: amounts that are negative, zero, huge, missing, null or torn, ids that come twice, budgets
that are overspent or no amount.

Of every payout it must hold that nothing paid is below zero or beyond the budget, that all sums are exact,
that each record is in it, and that a line which is final stays the same however the open claims turn out.

    test_budget_oracle.py DRIVER [COUNT]"""
import collections
import decimal
import json
import random
import subprocess
import sys
from fractions import Fraction

SEED = 20250301
BATCH = 1000
MOST = 10 ** 17  # fen: amounts from here on are refused
NULL, TORN = "null", "torn"
HEAD = """\
tuoyu: 1
id: cn.test
title: t
authority: t
in_force: 2024-01-01..2025-12-31
sources: {s: {title: s}}
facts:
  fund:
    year: {type: money, unit: CNY, nullable: true}
    spent: {type: money, unit: CNY, nullable: true}
  claim:
    due: {type: money, unit: CNY, nullable: true}
    share: {type: percent, scale: 1}
    before: {type: money, unit: CNY}
    passed: {type: boolean}
    rank: {type: integer, nullable: true}
    filed: {type: date, nullable: true}
    note: {type: string}
cost_sharing:
"""
Shape = collections.namedtuple("Shape", "name step mode pays uses ties leftover short order")
rng = random.Random(SEED)
met = collections.Counter()


# ---- Rules ----

def shapes():
    """step: in mills (a thousandth of a yuan); pays: whole, share or payable; uses: nothing, what was spent,
    or a third of it."""
    made = []
    for index in range(60):
        ties = rng.choice(["id", "pro_rata"])
        leftover = rng.choice(["", "largest_remainder", "id"]) if ties == "pro_rata" else ""
        made.append(
            Shape(
                f"r{index}", rng.choice([10, 10, 10, 100, 10000, 1]), rng.choice(["down", "half up"]),
                rng.choice(["whole", "share", "share", "payable"]),
                rng.choice(["", "spent", "spent", "spent / 3"]), ties, leftover,
                "pay_part" if ties == "pro_rata" else rng.choice(["pay_part", "stop", "skip"]),
                rng.choice([(), ("rank", ), ("-rank", ), ("filed", ), ("rank", "filed"),
                            ("-rank", "filed")])))
    return made


def rule_text(shape):
    order = ", ".join(f"{{by: claim.{key[1:]}, first: highest}}" if key[0] == "-" else f"claim.{key}"
                      for key in shape.order)
    rate = "claim.share" if shape.pays == "share" else "0.5"
    rounding = f"round: {{to: {shape.step / 1000}, mode: {shape.mode}}}"
    parts = ["title: t", "unit: CNY", "cite: s 1", "of: claim.due", rounding,
             f"payers: [{{id: city, rate: {rate}}}]", "residual: county"]
    if shape.pays == "payable":
        parts.append("instalments: [{id: first, share: 0.4}, {id: rest, after: claim.passed}]")
        parts.append("paid: claim.before")
    budget = ["of: fund.year", f"ties: {shape.ties}", f"when_short: {shape.short}"]
    budget += [f"leftover: {shape.leftover}"] if shape.leftover else []
    budget += [f"used: fund.{shape.uses}"] if shape.uses else []
    budget += ["payer: city"] if shape.pays == "share" else []
    budget += [f"order: [{order}]"] if order else []
    return f"  {shape.name}: {{{', '.join(parts)}, budget: {{{', '.join(budget)}}}}}\n"


# ---- Facts ----

def money(small):
    """Fen, or None for missing, NULL, TORN."""
    chance = rng.random()
    if chance < 0.75:
        return rng.randrange(small)
    if chance < 0.80:
        return None
    return rng.choice([
        0, 0, -1, -rng.randrange(1, 10 ** 6),
        rng.randrange(10 ** 9), MOST - 1, MOST, MOST - rng.randrange(1000), 10 ** 35, -10 ** 35, NULL
    ])


def text_of(fen):
    digits = f"{abs(fen) // 100}.{abs(fen) % 100:02}"
    digits = rng.choice([digits, digits.rstrip("0").rstrip(".")])
    return ("-" if fen < 0 else "") + digits


def json_of(facts):
    """The same facts are not always the same bytes."""
    items = []
    for name, value in facts.items():
        entity = "fund" if name in ("year", "spent") else "claim"
        if value == TORN:
            shown = '"x"'
        elif value == NULL:
            shown = "null"
        elif name in ("due", "before", "year", "spent"):
            shown = f'"{text_of(value)}"'
        elif name == "share":
            shown = f'"{value // 10}.{value % 10}"' if value >= 0 else f'"-{-value // 10}.{-value % 10}"'
        elif name == "filed":
            shown = f'"2025-01-{value:02}"'
        elif name == "passed":
            shown = "true" if value else "false"
        elif name == "note":
            shown = f'"{value}"'
        else:
            shown = str(value)
        items.append(f'"{entity}.{name}":{shown}')
    rng.shuffle(items)
    return "{" + ",".join(items) + "}"


def random_claim(small):
    is_odd = rng.random() < 0.3
    facts = {"due": money(small),
             "rank": rng.choice([0, 1, 1, 2, NULL, None] if is_odd else [0, 1, 2]),
             "filed": rng.choice([1, 2, NULL, None] if rng.random() < 0.3 else [1, 2, 3]),
             "share": rng.choice([500, 1000, 333, 0, 1001, -1, None] if rng.random() < 0.4 else [500, 750]),
             "passed": rng.choice([True, False, None] if is_odd else [True, False]),
             "before": rng.choice([-1, 10 ** 35, MOST, None]) if rng.random() < 0.1 else rng.randrange(small)}
    if facts["due"] not in (None, NULL) and rng.random() < 0.02:
        facts["due"] = TORN
    return {name: value for name, value in facts.items() if value is not None}


def changed(facts):
    """The same facts, or almost."""
    other = dict(facts)
    chance = rng.random()
    if chance < 0.4:
        return other
    if chance < 0.55:
        other["due"] = TORN
    elif chance < 0.7:
        other["note"] = "again"
    elif chance < 0.85 and len(other) > 1:
        del other[rng.choice(sorted(other))]
    else:
        other["due"] = rng.randrange(1000)
    return other


def random_records(small):
    records = []
    for i in range(rng.randrange(9)):
        chance = rng.random()
        if records and chance < 0.15:
            id, facts = rng.choice(records)
            records.append((id, changed(facts)))
        elif chance < 0.18:
            records.append(("", random_claim(small)))
        else:
            records.append((f"{rng.choice(['a', 'B', '𠮷', 'é'])}{i}", random_claim(small)))
    return records


# ---- The oracle ----

def rounded(mills, step, mode):
    """mills: a Fraction or a whole number."""
    quotient = Fraction(mills) / step
    if mode == "down":
        return int(quotient) * step
    size = abs(quotient)
    whole = size.numerator // size.denominator
    whole += size - whole >= Fraction(1, 2)
    return (whole if quotient >= 0 else -whole) * step


class Wrong(Exception):
    pass


def payable(mills):
    """An amount that a split may have, in fen."""
    if mills < 0 or mills >= MOST * 10 or mills % 10:
        raise Wrong
    return mills // 10


def claimed(shape, facts):
    """Fen that are due; None where facts are missing. Raises Wrong."""
    due, share, before, passed = (facts.get(name) for name in ("due", "share", "before", "passed"))
    whole = city = None
    if due == NULL:
        raise Wrong
    if due is not None:
        whole = rounded(due * 10, shape.step, shape.mode)
        payable(whole)
    rate = share if shape.pays == "share" else 500
    if whole is not None and rate is not None:
        city = rounded(Fraction(whole * rate, 1000), shape.step, shape.mode)
        payable(city)
        payable(whole - city)
    if shape.pays == "share":
        return None if city is None else city // 10
    if shape.pays == "whole":
        return None if whole is None else whole // 10
    if whole is not None:
        first = rounded(Fraction(whole * 4, 10), shape.step, shape.mode)
        payable(first)
        payable(whole - first)
    if before is not None:
        payable(before * 10)
    if whole is None or before is None or passed is None:
        return None
    return max(0, (whole if passed else first) // 10 - before)


def too_much(shape, facts):
    """Fen that were paid beyond the whole of a claim that is determined."""
    if shape.pays in ("share", "whole"):
        return 0
    whole = rounded(facts["due"] * 10, shape.step, shape.mode)
    return max(0, facts["before"] - whole // 10)


def keys_of(shape, facts):
    """Sorts as the pack says, null last; None where one is missing."""
    keys = []
    for key in shape.order:
        value = facts.get(key.lstrip("-"))
        if value is None:
            return None
        keys.append((1, 0) if value == NULL else (0, -value if key[0] == "-" else value))
    return tuple(keys)


def group(records):
    """By id, in the order in which ids come; a record without one stands for itself."""
    groups = []
    by_id = {}
    for id, facts in records:
        if id and id in by_id:
            by_id[id].append(facts)
            continue
        groups.append((id, [facts]))
        by_id[id] = groups[-1][1]
    return groups


def judge(shape, records):
    """A claim for each id: its state before anything is paid, what is claimed, its place."""
    claims = []
    for id, all_facts in group(records):
        claim = {"id": id, "records": len(all_facts), "amount": None, "keys": None}
        is_torn = not id or any(TORN in facts.values() for facts in all_facts)
        if len(all_facts) > 1 and (is_torn or any(facts != all_facts[0] for facts in all_facts)):
            claim["state"] = "contested"
        elif is_torn:
            claim["state"] = "error"
        else:
            judge_one(shape, claim, all_facts[0])
        claims.append(claim)
    return claims


def judge_one(shape, claim, facts):
    try:
        amount = claimed(shape, facts)
    except Wrong:
        claim["state"] = "error"
        return
    claim["amount"] = amount
    if amount is None:
        claim["state"] = "open"
    elif amount == 0:
        claim["too_much"] = too_much(shape, facts)
        claim["state"] = "claw_back" if claim["too_much"] else "not_due"
    else:
        claim["keys"] = keys_of(shape, facts)
        claim["state"] = "open" if claim["keys"] is None else "in line"


def pay(shape, claims, left):
    """What is paid of each claim in line, by id in their order, and what is left."""
    step = max(shape.step // 10, 1)
    line = sorted((claim["keys"], claim["id"].encode(), claim["amount"]) for claim in claims
                  if claim["state"] == "in line")
    paid, stopped, at = [], False, 0
    while at < len(line):
        end = at + 1
        while shape.ties == "pro_rata" and end < len(line) and line[end][0] == line[at][0]:
            end += 1
        amounts = [amount for _, _, amount in line[at:end]]
        if stopped:
            payments = [0] * len(amounts)
        elif sum(amounts) <= left:
            payments = amounts
        elif len(amounts) > 1:
            stopped = True
            payments = [amount * left // sum(amounts) // step * step for amount in amounts]
            rest = left - sum(payments)
            lost = [Fraction(amount * left, sum(amounts)) - payment for amount, payment in zip(amounts, payments)]
            turns = sorted(range(len(amounts)), key=lambda i: 0 if shape.leftover == "id" else -lost[i])
            for i in turns:
                amount = amounts[i]
                if rest >= step and amount - payments[i] >= step:
                    payments[i] += step
                    rest -= step
        else:
            stopped = shape.short != "skip"
            payments = [left // step * step if shape.short == "pay_part" else 0]
        paid += [(line[i][1].decode(), payment) for i, payment in zip(range(at, end), payments)]
        left -= sum(payments)
        at = end
    return collections.OrderedDict(paid), left


def budget_of(shape, fund):
    """(fen that there are, how much is overspent); None where it is not known. Raises Wrong."""
    year, used = fund.get("year"), fund.get("spent") if shape.uses else 0
    if used == NULL and shape.uses == "spent / 3":  # a third of null is wrong, whatever the year is
        raise Wrong
    if used not in (None, NULL) and used < 0:
        raise Wrong
    if year is None or used is None:
        return None
    if NULL in (year, used):
        raise Wrong
    used = Fraction(used, 3 if shape.uses == "spent / 3" else 1)
    left = max(0, (year - used).numerator // (year - used).denominator)
    if left >= MOST:
        raise Wrong
    with decimal.localcontext(decimal.Context(prec=34)):
        shown = decimal.Decimal(used.numerator) / 100 / used.denominator  # as the library's 34 digits have it
        over = max(decimal.Decimal(0), shown - decimal.Decimal(year) / 100)
    return left, over


# ---- Comparing ----

def fen(text):
    number = Fraction(text) * 100
    assert number.denominator == 1, f"{text} is not in whole fen"
    return int(number)


def check_sums(shape, answer):
    """What must hold of any payout, whatever was claimed."""
    step = max(shape.step // 10, 1)
    there_was, paid, left, unpaid = (fen(answer[key]) for key in ("budget", "paid", "left", "unpaid"))
    payments = [(fen(claim["paid"]), fen(claim["claimed"])) for claim in answer["claims"]
                if "paid" in claim and "claimed" in claim]
    assert all(0 <= part <= whole
               for part, whole in payments), "a payment below zero or beyond what is claimed"
    assert all(part == whole or part % step == 0
               for part, whole in payments), "a payment that is no multiple of the step"
    assert sum(part for part, _ in payments) == paid <= there_was, "more is paid than there is"
    assert left == there_was - paid >= 0 and unpaid == sum(whole - part for part, whole in payments) >= 0


SETTLED = ("in line", "not_due", "claw_back")


def completion(claims, there_is):
    """The claims as open ones may turn out."""
    made = []
    for number, claim in enumerate(claims):
        if claim["state"] in SETTLED:
            made.append(claim)
        elif rng.random() < 0.8:
            known = claim["state"] == "open" and claim["amount"]
            amount = known or rng.choice([1, 10 ** 16, max(1, there_is), rng.randrange(1, 5000)])
            keys = rng.choice([((0, -10 ** 9),), ((0, 10 ** 9),), ((1, 0),), ((0, rng.randrange(3)),)])
            made.append({
                "id": claim["id"] or f"{rng.choice('az')}{number}-",
                "state": "in line",
                "amount": amount,
                "keys": keys * 2
            })
    return made


def check_final(shape, claims, answer, there_is, paid):
    """Lines that are final stay what they are. Keys are as many as the order has."""
    final = {
        claim["id"]
        for claim in answer["claims"] if "paid" in claim and claim.get("final", True) and claim["id"] in paid
    }
    is_open = any(claim["state"] not in SETTLED for claim in claims)
    assert is_open or len(final) == len(paid), "nothing is open, and yet a line is not final"
    met["final beside open"] += bool(is_open and final)
    met["not final"] += len(final) < len(paid)
    for _ in range(3 if is_open and final else 0):
        turned = [dict(claim, keys=claim["keys"][:len(shape.order)]) if claim["state"] == "in line" else claim
                  for claim in completion(claims, there_is)]
        other, _ = pay(shape, turned, there_is)
        assert all(other[id] == paid[id] for id in final), "a line that was final has changed"


def expected_claim(claim, known, paid):
    """What the library must say of a claim, but for the names that are missing and whether it is final."""
    state = claim["state"]
    made = {"id": claim["id"]}
    if state == "in line" and known:
        payment = paid[claim["id"]]
        made["claimed"], made["paid"] = claim["amount"], payment
        made["state"] = "paid" if payment == claim["amount"] else "in_part" if payment else "unpaid"
    elif state in ("in line", "open"):
        made["state"] = "open"
        if claim["amount"] is not None:
            made["claimed"] = claim["amount"]
    elif state == "not_due":
        made.update(claimed=0, paid=0, state="not_due")
    elif state == "claw_back":
        made.update(claimed=0, paid=0, state="claw_back", claw_back=claim["too_much"])
    else:
        made["state"] = "error"
    if claim["records"] > 1:
        made["duplicates"] = claim["records"] - 1
    return made


def shown_claim(claim):
    made = {key: claim[key] for key in ("id", "state", "duplicates") if key in claim}
    made.update({key: fen(claim[key]) for key in ("claimed", "paid", "claw_back") if key in claim})
    return made


def compare(shape, fund, records, status, answer):
    try:
        budget = budget_of(shape, fund)
    except Wrong:
        assert status != "TUOYU_OK" and answer is None, "a budget that is no amount was opened"
        met["budget refused"] += 1
        return
    assert status == "TUOYU_OK", f"not opened: {status}"
    claims = judge(shape, records)
    paid, left = pay(shape, claims, budget[0]) if budget else ({}, None)
    in_line = sorted((claim["keys"], claim["id"].encode(), number) for number, claim in enumerate(claims)
                     if claim["state"] == "in line")
    ordered = [claims[number]
               for _, _, number in in_line] + [claim for claim in claims if claim["state"] != "in line"]
    wanted = [expected_claim(claim, budget is not None, paid) for claim in ordered]
    assert [shown_claim(claim) for claim in answer["claims"]] == wanted, f"other claims: wanted {wanted}"
    contested = {claim["id"] for claim in claims if claim["state"] == "contested"}
    assert {claim["id"]
            for claim in answer["claims"] if claim.get("code") == "TUOYU_ERROR_DUPLICATE"} == contested
    is_open = budget is None or any(claim["state"] not in SETTLED for claim in claims)
    assert answer["outcome"] == ("undetermined" if is_open else "determined")
    if budget is None:
        assert not {"budget", "paid", "left", "unpaid", "overspent"} & set(answer)
        met["budget unknown"] += 1
        return
    assert (fen(answer["budget"]), fen(answer["left"])) == (budget[0], left)
    assert decimal.Decimal(answer.get("overspent", 0)) == budget[1]
    beyond = sum(claim.get("too_much", 0) for claim in claims if claim["state"] == "claw_back")
    assert fen(answer.get("claw_back", "0")) == beyond, "another sum to claw back"
    met["clawed back"] += beyond > 0
    check_sums(shape, answer)
    check_final(shape, claims, answer, budget[0], paid)
    count_met(claims, budget, paid)


def count_met(claims, budget, paid):
    amounts = {claim["id"]: claim["amount"] for claim in claims}
    met["overspent"] += budget[1] > 0
    met["contested"] += any(claim["state"] == "contested" for claim in claims)
    met["repeated"] += any(claim["records"] > 1 and claim["state"] == "in line" for claim in claims)
    met["in error"] += any(claim["state"] == "error" for claim in claims)
    met["in part"] += any(0 < payment < amounts[id] for id, payment in paid.items())
    met["unpaid"] += any(payment == 0 for payment in paid.values())
    met["huge"] += any(payment > 10 ** 15 for payment in paid.values())


# ---- Running ----

def random_job(shapes_there_are):
    shape = rng.choice(shapes_there_are)
    small = rng.choice([300, 300, 300, 3000, 10 ** 7, MOST])
    records = random_records(small)
    total = sum(facts["due"] for _, facts in records
                if isinstance(facts.get("due"), int) and 0 < facts["due"] <= small)
    fund = {"year": rng.randrange(total * 2 + 9) % MOST if rng.random() < 0.8 else money(small),
            "spent": rng.randrange(total + 1) if rng.random() < 0.7 else money(small)}
    return shape, {name: value for name, value in fund.items() if value is not None}, records


def run(driver, pack, jobs):
    lines = [f"pack\t{len(pack.encode())}\n{pack}"]
    for shape, fund, records in jobs:
        lines.append(f"open\t{shape.name}\t{json_of(fund)}\n")
        lines += [f"add\t{id}\t{json_of(facts)}\n" for id, facts in records]
        lines.append("pay\n")
    process = subprocess.run([driver], input="".join(lines).encode(), capture_output=True, check=False)
    if process.returncode:
        sys.exit(f"the driver ended with {process.returncode}: {process.stderr.decode()}")
    return process.stdout.decode().splitlines()


def main():
    driver, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    made = shapes()
    pack = HEAD + "".join(map(rule_text, made))
    failed = 0
    for done in range(0, count, BATCH):
        jobs = [random_job(made) for _ in range(min(BATCH, count - done))]
        for number, (job, line) in enumerate(zip(jobs, run(driver, pack, jobs), strict=True)):
            status, _, text = line.partition("\t")
            try:
                compare(*job, status, json.loads(text) if text else None)
            except (AssertionError, KeyError) as error:
                failed += 1
                if failed <= 5:
                    print(f"budget {done + number}: {error!r}\n  {rule_text(job[0])}  {job[1:]}\n  {line}")
    missing = [
        name for name in ("budget refused", "budget unknown", "overspent", "contested", "repeated",
                          "in error", "in part", "unpaid", "huge", "final beside open", "not final")
        if met[name] < count / 1000
    ]
    if missing:
        print(f"too few budgets with: {', '.join(missing)}")
    print(f"{count - failed} passed, {failed} failed; {dict(met)}")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
