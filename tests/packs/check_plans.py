#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks for the plan of every rule of the example packs on each day on which a worked example has an answer from it: tables
are answered by the block machine, and not every row by the interpreter."""
import sys

from pack_text import PACKS, packs, tuoyu_text

INTERPRETED = ": every row by the interpreter"


def asked(pack, kinds):
    """The rules of the pack's worked examples by day: its own, or those of a pack that it uses."""
    days = {}
    for example in pack.examples:
        own = f"{pack.id}:{example.rule}"
        rule = next(name for name in [own, *kinds] if name in kinds and (name == example.rule or name.endswith(f":{example.rule}")))
        if kinds[rule] != "indicators" and "error:" not in example.expect:
            days.setdefault(example.as_of, set()).add(rule)
    return days


def main():
    all_packs = packs()
    kinds = {f"{pack.id}:{name}": kind for pack in all_packs for name, (kind, _) in pack.rules.items()}
    plans, failures = 0, []
    for pack in all_packs:
        for day, rules in asked(pack, kinds).items():
            options = [word for rule in sorted(rules) for word in ("--rule", rule)]
            status, text = tuoyu_text("plan", pack.path, *options, "--as-of", day, "--packs", PACKS)
            plans += len(rules)
            if status:
                failures.append(f"{pack.id} on {day}: no plan")
            for line in text.splitlines():
                if INTERPRETED in line:
                    failures.append(f"on {day} {line}")
    print("\n".join(failures))
    print(f"{plans - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not plans else 0


if __name__ == "__main__":
    sys.exit(main())
