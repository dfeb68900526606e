# SPDX-License-Identifier: Apache-2.0
"""Reads the text of the example packs without a YAML library: sections, rules, worked examples, numbers.

The packs are written in one style (two spaces an indent, one example a line or a block), which is all that this knows."""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
COMMAND = BUILD / "src" / "cli" / "tuoyu"
PACKS = ROOT / "examples" / "packs"
RULE_KINDS = ("pricing", "cost_sharing", "eligibility", "indicators")


def tuoyu_text(*arguments):
    """The command's exit status (0 is well, 1 something was found wrong) and what it printed."""
    process = subprocess.run([str(COMMAND), *map(str, arguments)], capture_output=True, timeout=120)
    assert process.returncode in (0, 1, 2), process.stderr.decode("utf-8", "replace")
    return process.returncode, process.stdout.decode("utf-8")


def tuoyu(*arguments):
    return tuoyu_text(*arguments)[0]


class Pack:
    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines()
        self.id = re.search(r"^id: (\S+)$", self.text, re.M).group(1)
        uses = re.search(r"^uses: \[(.*)\]$", self.text, re.M)
        self.uses = uses.group(1).split(", ") if uses else []
        self.rules = {name: (kind, block) for kind in RULE_KINDS for name, block in self.entries(kind)}
        self.examples = [Example(block) for block in self.blocks("examples", r"  - ")]

    def section(self, key):
        found = re.search(rf"^{key}:.*\n((?: .*\n|\n)*)", self.text + "\n", re.M)
        return found.group(1) if found else ""

    def blocks(self, key, start):
        """The blocks of a section, each beginning with a line that matches `start`."""
        return [block for block in re.split(rf"^(?={start})", self.section(key), flags=re.M) if block.strip()]

    def entries(self, key):
        return [(re.match(r"  (\w+):", block).group(1), block) for block in self.blocks(key, r"  \w+:")]


class Example:
    def __init__(self, block):
        self.text = block
        self.name = re.search(r"name: (.+?)(?:, rule: |\n)", block).group(1)
        self.rule = re.search(r"rule: ([\w.:-]+)", block).group(1)
        self.as_of = re.search(r"as_of: (\S{10})", block).group(1)
        self.expect = re.search(r"expect: (\{.*?\})(?:, cite|, status|, note|, given|\}?$|\n)", block, re.M).group(1)


def packs():
    return [Pack(path) for path in sorted(PACKS.glob("*/*.yaml"))]
