# SPDX-License-Identifier: Apache-2.0
"""A scratch tree that was built, and what can be asked of it: the command, both bindings, the reference pages."""
import csv
import io
import json
import os
import shutil
import subprocess

AS_OF = "2024-05-01"
HEAD = """\
tuoyu: 1
id: cn.recipes
title: {zh: 配方, en: Recipes}
in_force: 2024-01-01..
facts:
  fee:
    charged: {type: money, unit: CNY/month, range: "[0..10000]", label: {zh: 实际收费, en: fee charged}}
    benchmark: {type: money, unit: CNY/month, range: "[0..10000]", label: {zh: 基准, en: benchmark}}
    months: {type: integer, unit: month, range: "[0..120]", label: {zh: 月数, en: months}}
    is_waived: {type: boolean, label: {zh: 免收, en: waived}}
pricing:
"""
ROWS = [{"charged": "1800.5", "benchmark": "1500", "months": "1", "is_waived": "false"},
        {"charged": "1400", "benchmark": "1500", "months": "2", "is_waived": "true"},
        {"charged": "2000", "benchmark": "1750", "months": "3", "is_waived": "false"}]


class Failed(Exception):
    """What was added does not do what it should."""


def require(is_so, message):
    if not is_so:
        raise Failed(message)


class BuiltTree:
    """Builds the tree: the command, the pages' programs, and the bindings for which everything is here."""

    def __init__(self, tree, pricing, rules, examples):
        self.tree = tree
        self.build = tree.root / "build"
        self.run(["meson", "setup", self.build, tree.root, "--buildtype=plain", "-Db_ndebug=false", "-Dwerror=true",
                  "-Dbench=disabled", "-Dcli=enabled", "-Dtests=enabled", "-Ddefault_library=shared"])
        targets = {target["name"] for target in json.loads(self.run(["meson", "introspect", "--targets", self.build]))}
        self.has_python, self.has_java = "python_package" in targets, "java_jar" in targets
        wanted = ["src/cli/tuoyu", "tests/pack/test_schema", "tests/feel/reference_page"]
        wanted += ["python_package"] * self.has_python + ["bindings/java/tuoyu.jar"] * self.has_java
        self.run(["ninja", "-C", self.build, f"-j{min(2, os.cpu_count() or 1)}", *wanted])
        self.command = self.build / "src" / "cli" / "tuoyu"
        self.head = HEAD + pricing
        self.pack = tree.root / "recipes.yaml"
        self.pack.write_text(self.head + rules + "examples:" + examples, encoding="utf-8")

    def run(self, arguments, status=0, **options):
        """What a program says on both outputs; Failed where it ends with another status."""
        done = subprocess.run([str(argument) for argument in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, encoding="utf-8", **options)
        said = "\n".join(done.stdout.splitlines()[-40:])
        require(done.returncode == status, f"{arguments[0]} ended with {done.returncode}, not {status}:\n{said}")
        return done.stdout

    def ask(self, rule, facts, *options):
        case = self.tree.root / "case.json"
        case.write_text(json.dumps({"fee": {name: json.loads(value) for name, value in facts.items()}}), encoding="utf-8")
        return self.run([self.command, "eval", self.pack, "--rule", rule, "--case", case, "--as-of", AS_OF, *options])

    # ---- What is expected ----

    def expect_output(self, arguments, wanted):
        said = self.run([self.command, *arguments])
        require(wanted in said, f"tuoyu {arguments[0]} does not say {wanted}")

    def expect_value(self, rule, facts, wanted, member="amount"):
        answer = json.loads(self.ask(rule, facts, "--format", "json"))
        require(answer.get(member) == wanted, f"{rule} of {facts}: {member} is {answer.get(member)}, not {wanted}")

    def expect_explained(self, rule, language, words):
        said = self.ask(rule, ROWS[0], "--explain", "--lang", language)
        require(words in said, f"the explanation of {rule} in {language} has not {words!r}:\n{said}")

    def expect_typed(self, rule, operation=""):
        """The rule's columns are computed by kernels, among them the operation."""
        plan = self.run([self.command, "plan", self.pack, "--rule", rule, "--as-of", AS_OF])
        require("interpreter" not in plan, f"{rule} is left to the interpreter:\n{plan}")
        require(operation in plan, f"{rule} does without the operation {operation}:\n{plan}")

    def expect_columns(self, column, wanted):
        """The column over ROWS, a few rows at a time and many: either machine has to compute it."""
        for times in (1, 1000):
            table = io.StringIO()
            writer = csv.writer(table)
            writer.writerow([f"fee.{name}" for name in ROWS[0]])
            writer.writerows([list(row.values()) for row in ROWS] * times)
            answers = self.run([self.command, "run", self.pack, "--rule", column.split(".")[0], "--input", "-",
                                "--output", self.tree.root / "out.csv", "--as-of", AS_OF], input=table.getvalue())
            rows = list(csv.DictReader(io.StringIO(self.tree.read("out.csv"))))
            values = [row[column] for row in rows]
            require(values == wanted * times, f"{column} is {values[:3]}…, not {wanted}…:\n{answers}")

    def expect_refused(self, pricing, *words):
        """`tuoyu check` finds an error of a rule, and its message has these words."""
        pack = self.tree.root / "refused.yaml"
        pack.write_text(self.head + pricing, encoding="utf-8")
        said = self.run([self.command, "check", pack], status=1)
        errors = [line for line in said.splitlines() if "error:" in line]
        require(any(all(word in line for word in words) for line in errors), f"no error has {words}:\n{said}")

    def expect_page(self, program, page, words):
        """The program of the reference page writes it anew, and it has the words."""
        program = self.build / program
        if program.name == "reference_page":
            (self.tree.root / page).write_text(self.run([program]), encoding="utf-8")
        else:
            self.run([program], env={**os.environ, "TUOYU_UPDATE": "1", "TUOYU_SOURCE": str(self.tree.root)})
        require(words in self.tree.read(page), f"{page} has not {words}")

    def expect_python(self, script, wanted):
        if not self.has_python:
            return
        package = self.tree.root / "python" / "tuoyu"
        if not package.exists():
            shutil.copytree(self.tree.root / "bindings" / "python" / "tuoyu", package)
            for module in (self.build / "bindings" / "python" / "tuoyu").glob("_raw*.so"):
                shutil.copy(module, package)
        said = self.run(["python3", "-c", script, self.pack],
                        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONIOENCODING": "utf-8"})
        require(said.strip() == wanted, f"Python says {said}, not {wanted}")

    def expect_java(self, name, program, wanted):
        if not self.has_java:
            return
        source = self.tree.root / f"{name}.java"
        source.write_text(program, encoding="utf-8")
        jar = self.build / "bindings" / "java" / "tuoyu.jar"
        said = self.run(["java", "-cp", jar, source, self.pack])
        require(said.strip() == wanted, f"Java says {said}, not {wanted}")
