# SPDX-License-Identifier: Apache-2.0
"""Where the kept answers stand, for the script that makes them and the tests that hold today's answers to them."""
import json
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
COMMAND = BUILD / "src" / "cli" / "tuoyu"
KEPT = ROOT / "tests" / "kept"
PACKS = KEPT / "packs"
DATA = KEPT / "beilun"
VECTORS = ROOT / "tests" / "vectors"


def pack_files():
    """The kept copies of the example packs, which go together."""
    return sorted(PACKS.glob("*.yaml"))


def lines(name):
    """The JSON documents of a file that has one a line."""
    return [json.loads(line) for line in (KEPT / name).read_text(encoding="utf-8").splitlines()]
