#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The recipes of .github/CONTRIBUTING.md are true: for each a real addition is made in a copy of the tree, touches the
files that the recipe names, as many as it says, and no more than the bound kept in tests/house/recipes/. The copy with all
additions is built once, and each is then used as a user would: by the command, in columns, in explanations, in Python and
Java.

    check_recipes.py [--count]

--count: holds the files to the recipes only, and builds nothing."""
import pathlib
import sys
import tempfile

from recipes import binding_recipe, builtin_recipe, contributing, kind_recipe, operation_recipe, pack_key_recipe
from recipes.built_tree import BuiltTree, Failed
from recipes.scratch_tree import AnchorMissing, ScratchTree, changed

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADDITIONS = [builtin_recipe, operation_recipe, pack_key_recipe, binding_recipe, kind_recipe]


def violations(addition, recipe, touched):
    if recipe is None:
        yield "CONTRIBUTING.md has no recipe of that title with a number of files"
        return
    yield from recipe.violations(touched)
    if recipe.number > addition.MOST:
        yield f"the recipe needs {recipe.number} files; {addition.MOST} are the most it may need"


def count_files(tree, told):
    """Makes all additions, and yields what is wrong with each: title, finding."""
    before = tree.state()
    for addition in ADDITIONS:
        try:
            addition.apply(tree)
        except AnchorMissing as missing:
            yield addition.TITLE, str(missing)
        after = tree.state()
        touched = changed(before, after)
        print(f"{addition.TITLE}: {len(touched)} files: {' '.join(touched)}")
        for finding in violations(addition, told.get(addition.TITLE), touched):
            yield addition.TITLE, finding
        before = after


def use_additions(tree, told):
    """Builds the tree with all additions and uses each; yields what is wrong: title, finding."""
    rules = "".join(getattr(addition, "RULES", "") for addition in ADDITIONS)
    pricing = "".join(getattr(addition, "PRICING", "") for addition in ADDITIONS)
    try:
        built = BuiltTree(tree, pricing, rules, kind_recipe.EXAMPLES)
    except Failed as failure:
        yield "all additions together", str(failure)
        return
    for check in ("check_tables.py", "check_room_order.py"):
        try:
            built.run([sys.executable, tree.root / "tests" / "house" / check])
        except Failed as failure:
            yield "all additions together", str(failure)
    for addition in ADDITIONS:
        try:
            addition.use(built)
        except Failed as failure:
            yield addition.TITLE, str(failure)
    if not built.has_python or not built.has_java:
        print("not all bindings could be built here: SWIG, Python's headers or a JDK are missing")


def finds_what_is_planted(told):
    """The check itself is checked: a file too many, one that no recipe has, one too few, a recipe that grew."""
    recipe = told[builtin_recipe.TITLE]
    good = ["src/feel/builtin_table.inc", "src/feel/builtin_list.c", "src/compile/lower_call.c"]
    planted = [good + ["src/program/check_builtin.c"], good + ["README.md"], good[:2],
               good[:2] + ["src/compile/lower_number.c"], ["src/feel/builtin_table.inc", "src/feel/x/builtin_list.c", good[2]]]
    grown = contributing.Recipe(recipe.title, 4, "`src/a.c` `src/b.c` `src/c.c` `src/d.c`")
    judged = [not list(recipe.violations(good)), *(list(recipe.violations(touched)) for touched in planted),
              list(violations(builtin_recipe, grown, ["src/a.c", "src/b.c", "src/c.c", "src/d.c"]))]
    return all(judged)


def main(arguments):
    told = contributing.recipes((ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    if builtin_recipe.TITLE not in told or not finds_what_is_planted(told):
        print("the check does not find what is planted")
        return 1
    with tempfile.TemporaryDirectory(prefix="tuoyu-recipes-") as folder:
        tree = ScratchTree(ROOT, folder)
        findings = list(count_files(tree, told))
        if not findings and "--count" not in arguments:
            findings = list(use_additions(tree, told))
    for title, finding in findings:
        print(f"{title}: {finding}")
    failed = len({title for title, _ in findings})
    print(f"{max(0, len(ADDITIONS) - failed)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
