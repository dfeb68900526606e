# SPDX-License-Identifier: Apache-2.0
"""Random rules of three kinds over the facts, parameters, tables and definitions of a random program; as YAML."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "machine"))
from exact_oracle import Expression  # noqa: E402  pylint: disable=wrong-import-position
from program_model import Program  # noqa: E402  pylint: disable=wrong-import-position
from random_program import ROUNDING_MODES, Maker  # noqa: E402  pylint: disable=wrong-import-position

STANDINGS = ("cited", "derived", "draft", "assumed")


def quote(text):
    return "'" + text + "'"


def quoted(expression):
    return quote(expression.text())


class RuleMaker(Maker):
    """Each method gives a rule as keys and values in YAML's flow style."""
    SIZES = (1, 10, 100, 5000, 5000, 10 ** 5, 10 ** 12)  # mostly such as columns can compute with

    def number(self, depth):
        """Without what counts months or days: money is not counted in these."""
        while True:
            made = super().number(depth)
            if "completed" not in made.text():
                return made

    def boolean(self, depth):
        if depth > 0 and self.chance(0.1):
            age = Expression("number", self.pick("completed months", "completed years"), [self.make("date", depth - 1), self.make("date", 0)])
            return Expression("boolean", self.pick("<", ">="), [age, self.literal("number")])
        return super().boolean(depth)

    def chance(self, share):
        return self.random.random() < share

    def standing(self, share=0.5):
        if not self.chance(share):
            return []
        return [f"cite: s {self.random.randint(3, 9)}", f"standing: {self.random.choice(STANDINGS)}"]

    def rounding(self):
        return f"round: {{to: {self.pick('0.01', '1', '0.1', '10', '0.5')}, mode: {self.random.choice(ROUNDING_MODES)}}}"

    def number_text(self):
        return quoted(self.make("number", self.random.randint(1, 3)))

    def condition(self, depth=2):
        return quoted(self.make("boolean", depth))

    def opening(self):
        keys = ["title: t", *self.standing(0.7)]
        if self.chance(0.25):
            keys.append(f"when: {self.condition()}")
        return keys

    def steps(self, rule):
        steps, known = [], len(self.names["number"])
        for i in range(self.random.randint(1, 3)):
            keys = [f"id: {rule}_s{i}", f"formula: {self.number_text()}", *self.standing(0.3)]
            if self.chance(0.3):
                keys.append(self.rounding())
            steps.append("{" + ", ".join(keys) + "}")
            self.names["number"].append(f"{rule}_s{i}")
        return steps, known

    def pricing(self, rule):
        keys = self.opening() + ["unit: CNY/month"]
        steps, known = self.steps(rule)
        keys.append(f"steps: [{', '.join(steps)}]")
        if self.chance(0.4):
            keys.append(f"amount: {self.number_text()}")
        if self.chance(0.6):
            keys.append(self.rounding())
        if self.chance(0.7):
            keys.append(f"charged: {self.number_text()}")
            if self.chance(0.3):
                keys.append(f"at_most: {self.number_text() if self.chance(0.5) else 'amount * 1.1'}")
            if self.chance(0.3):
                keys.append(f"at_least: {self.number_text()}")
        if self.chance(0.4):
            bounds = []
            for i in range(self.random.randint(1, 3)):
                bound = [f"id: {rule}_b{i}", f"{self.pick('at_most', 'at_least')}: {self.number_text()}", *self.standing(0.3)]
                if self.chance(0.3):
                    bound.append(f"when: {self.condition(1)}")
                bounds.append("{" + ", ".join(bound) + "}")
            keys.append(f"bounds: [{', '.join(bounds)}]")
        elif self.chance(0.2):
            keys.append(f"float_band: {{of: {self.number_text()}, up: 0.1, down: {self.pick('free', '0.2')}}}")
        del self.names["number"][known:]
        return keys

    def share(self, i):
        keys = [f"id: payer{i}", *self.standing(0.3)]
        if self.chance(0.5):
            keys.append(f"rate: {self.pick('0.25', '0.1', '0.333', quoted(self.name_of('percent')))}")
        else:
            keys.append(f"amount: 'min(abs({self.make('number', 1).text()}), remaining)'")
        if self.chance(0.4):
            keys.append(f"at_most: {self.pick('remaining', 'whole * 0.5', '200')}")
        if self.chance(0.2):
            keys.append(f"at_least: {self.pick('0', '1', quote('min(10, remaining)'))}")
        if self.chance(0.3):
            keys.append(f"when: {self.condition(1)}")
        return "{" + ", ".join(keys) + "}"

    def instalment(self, i, is_rest):
        keys = [f"id: part{i}", *self.standing(0.3)]
        if not is_rest:
            keys.append(f"share: {self.pick('0.3', '0.4', '0.125')}" if self.chance(0.7) else f"amount: {self.pick('10', quote('whole * 0.2'))}")
        if self.chance(0.6):
            keys.append(f"after: {self.condition(1)}" if self.chance(0.6) else f"due: {quoted(self.make('date', 1))}")
        if self.chance(0.4):
            keys.append(f"forfeit_when: {self.condition(1)}")
        return "{" + ", ".join(keys) + "}"

    def cost_sharing(self, rule):
        keys = self.opening() + ["unit: CNY/month"]
        known = len(self.names["number"])
        if self.chance(0.5):
            steps, known = self.steps(rule)
            keys.append(f"steps: [{', '.join(steps)}]")
        of = self.make("number", 2).text()
        keys.append(f"of: 'abs({of})'" if self.chance(0.9) else f"of: '{of}'")
        if self.chance(0.4):
            keys.append(f"round: {{to: {self.pick('0.01', '1', '0.1')}, mode: {self.random.choice(ROUNDING_MODES)}}}")
        keys.append(f"payers: [{', '.join(self.share(i) for i in range(self.random.randint(1, 3)))}]")
        if self.chance(0.9):
            keys.append("residual: family")
        if self.chance(0.3):
            parts = [self.instalment(i, is_rest=i == 0) for i in range(self.random.randint(1, 3))]
            keys.append(f"instalments: [{', '.join(parts)}]")
            if self.chance(0.5):
                keys.append(f"paid: {quote('abs(' + self.make('number', 1).text() + ')')}")
        del self.names["number"][known:]
        return keys

    def criterion(self, rule, depth):
        self.serial += 1
        keys = [f"id: {rule}_c{self.serial}", *self.standing(0.5)]
        if depth > 0 and self.chance(0.3):
            keys.append(self.group(rule, depth - 1))
        else:
            keys.append(f"when: {self.condition()}")
        if self.chance(0.2):
            keys.append(f"only_if: {self.condition(1)}")
        return "{" + ", ".join(keys) + "}"

    def group(self, rule, depth):
        members = [self.criterion(rule, depth) for _ in range(self.random.randint(1, 4))]
        kind = self.pick("all", "all", "any", "none", "at_least")
        listed = f"[{', '.join(members)}]"
        return f"at_least: {{count: {self.random.randint(1, len(members))}, of: {listed}}}" if kind == "at_least" else f"{kind}: {listed}"

    def eligibility(self, rule):
        self.serial = 0
        keys = self.opening() + [self.group(rule, 2)]
        if self.chance(0.3):
            exceptions = [f"{{id: {rule}_e{i}, when: {self.condition(1)}, decision: {self.pick('eligible', 'ineligible')}"
                          + "".join(", " + key for key in self.standing(0.5)) + "}" for i in range(self.random.randint(1, 2))]
            keys.append(f"except: [{', '.join(exceptions)}]")
        return keys


class RandomRules:
    """rules: by kind, and name, their YAML."""

    def __init__(self, seed, definitions=12, rules=3):
        maker = RuleMaker(seed)
        maker.add_facts()
        maker.add_parameters()
        maker.add_definitions(definitions)
        self.random = maker.random
        self.program = Program(maker.as_of, maker.facts, maker.parameters, maker.definitions, [])
        self.rules = {kind: {f"{kind}_{i}": getattr(maker, kind)(f"{kind}_{i}") for i in range(rules)}
                      for kind in ("pricing", "cost_sharing", "eligibility")}
        self.standings = [maker.random.choice(STANDINGS) for _ in range(400)]

    def yaml(self, only=None):
        """only: the name of a rule; the others are left out."""
        standings = iter(self.standings)
        text = re.sub(r"standing: cited", lambda _: f"standing: {next(standings)}", self.program.yaml())
        cited = iter(self.standings)
        text = re.sub(r"(  d\d+: \{)", lambda match: match[1] + (f"cite: s 2, standing: {standing}, " if (standing := next(cited)) != "cited" else ""), text)
        for kind, rules in self.rules.items():
            chosen = {name: keys for name, keys in rules.items() if only in (None, name)}
            if chosen:
                text += f"{kind}:\n" + "".join(f"  {name}: {{{', '.join(keys)}}}\n" for name, keys in chosen.items())
        return text
