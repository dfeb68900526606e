#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The modules of the Python package stand in an order, and one imports those before it only, wherever the import stands: at
the top, in a function, or for type checkers. So there is no circle between modules."""
import ast
import pathlib
import sys
import tempfile

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python" / "tuoyu"
ORDER = ["_raw", "interrupts", "errors", "handles", "changes", "loaded_packs", "cases", "answers", "tables", "payouts", "budgets",
         "waiting_lists", "rules",
         "indicators", "batches", "policies", "__init__"]


def imports(text):
    """Line and module of each import of the package's own modules."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] == "tuoyu"):
            path = (node.module or "").split(".")[0 if node.level else 1:]
            names = path[:1] if path and path[0] else [alias.name for alias in node.names]
            yield from ((node.lineno, name) for name in names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                package, _, module = alias.name.partition(".")
                if package == "tuoyu":
                    yield node.lineno, module.split(".")[0] or "__init__"


def violations(package):
    for path in sorted(package.glob("*.py")):
        if path.stem not in ORDER:
            yield f"{path.name}: it has no place in the order of the modules"
            continue
        before = ORDER[:ORDER.index(path.stem)]
        for line, module in imports(path.read_text(encoding="utf-8")):
            if module not in before:
                yield f"{path.name}:{line}: imports {module}, which is not before it"


PLANTED = ["from .policies import Policy\n", "from . import policies\n", "import tuoyu.policies\n", "import tuoyu\n",
           "from tuoyu.policies import Policy\n", "from tuoyu import policies\n", "def f():\n    from .policies import Policy\n",
           "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .policies import Policy\n",
           "from .cases import Case\n", "from .unheard_of import Thing\n"]
INNOCENT = ["from . import _raw as raw\n", "from .errors import TuoyuError\nfrom .handles import Handle\n",
            "import datetime\nfrom json import policies\n"]


def finds_what_is_planted():
    """The check itself is checked, in the place of a module low in the order."""
    with tempfile.TemporaryDirectory() as folder:
        planted = pathlib.Path(folder) / "cases.py"
        for text, wanted in [*((text, True) for text in PLANTED), *((text, False) for text in INNOCENT)]:
            planted.write_text(text, encoding="utf-8")
            if bool(list(violations(planted.parent))) != wanted:
                print(f"planted and judged wrongly: {text}")
                return False
    return True


def main():
    if not finds_what_is_planted():
        return 1
    found = list(violations(PACKAGE))
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {path.stem for path in PACKAGE.glob("*.pyi")}
    found += [f"{module}: in the order, and not in the package" for module in ORDER if module not in modules]
    print("\n".join(found))
    print(f"{len(modules)} modules, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
