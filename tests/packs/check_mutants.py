#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each number, day, end of a range, operator and condition of the example packs is held by a worked example, or by a reason
in mutants_allowed.csv: `tuoyu test --mutate` changes them one at a time."""
import json
import pathlib
import subprocess
import sys

from pack_text import COMMAND, PACKS

ALLOWED = pathlib.Path(__file__).with_name("mutants_allowed.csv")
LEAST_NOTICED = 1300  # when this was written it was 1395; a command that changes nothing must not pass


def main(names):
    packs = [pathlib.Path(name).resolve() for name in names] or sorted(PACKS.glob("*/*.yaml"))
    process = subprocess.run([str(COMMAND), "test", "--mutate", "--format", "json", "--except", str(ALLOWED), *map(str, packs)],
                             capture_output=True, timeout=280)
    sys.stderr.write(process.stderr.decode("utf-8", "replace"))
    found = json.loads(process.stdout)
    for change in found["survivors"]:
        if "allowed" not in change:
            print(f'{change["file"]}:{change["line"]}: {change["kind"]}: {change["was"]} -> {change["instead"]} '
                  f'({change["place"]}; {change["cite"]}): no worked example notices')
    print({key: value for key, value in found.items() if key != "survivors"})
    enough = bool(names) or found["noticed"] >= LEAST_NOTICED
    print(f'{found["noticed"]} passed, {found["survived"] + (not enough)} failed')
    return 0 if process.returncode == 0 and enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
