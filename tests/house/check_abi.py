#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the library's ABI with the baseline of the release (tests/house/tuoyu-0.1.abi, by libabigail).

    check_abi.py            fails where something that the baseline has was changed or removed, or was added unrecorded
    check_abi.py --update   writes the baseline anew; its diff is then read like any other"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
BASELINE = ROOT / "tests" / "house" / "tuoyu-0.1.abi"
LIBRARY = BUILD / "src" / "libtuoyu.so"
# Only what the headers show; no places of the machine it was built on.
OPTIONS = ["--headers-dir", str(ROOT / "include")]


def main(arguments):
    if "--update" in arguments:
        subprocess.run(["abidw", *OPTIONS, "--no-comp-dir-path", "--no-show-locs", "--no-corpus-path", "--out-file", str(BASELINE),
                        str(LIBRARY)], check=True)
        return 0
    compared = subprocess.run(["abidiff", "--headers-dir2", str(ROOT / "include"), "--no-show-locs", str(BASELINE), str(LIBRARY)],
                              capture_output=True, text=True)
    print(compared.stdout, compared.stderr)
    return 1 if compared.returncode else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
