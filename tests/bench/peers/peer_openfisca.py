# SPDX-License-Identifier: Apache-2.0
"""The reference workload in OpenFisca-core: a country package of one entity. It computes in float32, so that amounts may be
wrong; the benchmark says in how many rows."""
import pathlib

import numpy
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2024-03"
Child = Entity("child", "children", "A child with its household, institution and employer", "")
Child.is_person = True


class Kind(Enum):
    public = "public"
    inclusive = "inclusive"
    ordinary = "ordinary"
    unlisted = "unlisted"


class Band(Enum):
    under_6 = "under 6 months"
    under_12 = "under 12 months"
    under_24 = "under 24 months"
    under_36 = "under 36 months"
    from_36 = "36 months and more"


def variable(name, kind, **more):
    """OpenFisca reads what a class says itself, not what it inherits."""
    return type(name, (Variable,), {"value_type": kind, "entity": Child, "definition_period": MONTH, **more})


FACTS = [variable("age_months", int), variable("registered", bool), variable("permit_months", int), variable("income", float),
         variable("children", int), variable("kind", Enum, possible_values=Kind, default_value=Kind.public), variable("filed", bool),
         variable("per_carer", float), variable("fee", float), variable("employer_share", float)]


def to_fen(amount):
    return numpy.floor(amount * 100 + 0.5) / 100


def by_band(node):
    """Its numbers as an array to index; OpenFisca's own look-up by a vector visits each row in Python."""
    return numpy.array([node[band.name] for band in Band], dtype=numpy.float32)


def age_band(child, period):
    age = child("age_months", period)
    return (age >= 6).astype(numpy.uint8) + (age >= 12) + (age >= 24) + (age >= 36)


def eligible(child, period, parameters):
    law = parameters(period).childcare
    children, income = child("children", period), child("income", period)
    return ((child("age_months", period) < law.age_limit)
            & (child("registered", period) | (child("permit_months", period) >= law.permit_months))
            & (income <= law.income_per_head * (children + 2))
            & ((children >= 2) | (income <= law.income_of_one_child))
            & child("filed", period) & (child("kind", period) != Kind.unlisted)
            & (child("per_carer", period) <= by_band(law.carer_limit)[numpy.asarray(child("age_band", period))]))


def ceiling(child, period, parameters):
    limits = parameters(period).childcare.fee_ceiling
    kind, band = numpy.asarray(child("kind", period)), numpy.asarray(child("age_band", period))
    return numpy.array([by_band(limits[of.name]) for of in Kind])[kind, band]


def charged(child, period):
    return numpy.minimum(child("fee", period), child("ceiling", period))


def subsidy(child, period, parameters):
    law = parameters(period).childcare.subsidy
    children = child("children", period)
    factor = numpy.where(children < 2, 1, numpy.where(children == 2, law.factor_of_two, law.factor_of_three))
    amount = numpy.minimum(to_fen(law.rates.calc(child("charged", period)) * factor), law.most)
    return child("eligible", period) * amount


def employer(child, period):
    fee = child("charged", period)
    return numpy.minimum(to_fen(fee * child("employer_share", period)), fee - child("subsidy", period))


def family(child, period):
    return child("charged", period) - child("subsidy", period) - child("employer", period)


COMPUTED = [variable("age_band", Enum, possible_values=Band, default_value=Band.under_6, formula=age_band),
            variable("eligible", bool, formula=eligible)]
COMPUTED += [variable(formula.__name__, float, formula=formula) for formula in (ceiling, charged, subsidy, employer, family)]


class OpenfiscaPeer:
    """In the clock: a simulation, its inputs set, and the five answers calculated. Not: the system of rules, which is warm,
    and making float32 of the rows."""
    name = "OpenFisca-core, float32"

    def __init__(self, rows):
        self.rows = rows.rows
        self.system = TaxBenefitSystem([Child])
        self.system.load_parameters(str(pathlib.Path(__file__).parent / "openfisca_childcare"))
        self.system.add_variables(*FACTS, *COMPUTED)
        self.given = {name: values.astype(numpy.int32) for name, values in rows.input.items()}
        self.given |= {name: rows.input[name].view(numpy.bool_) for name in ("registered", "filed")}
        self.given |= {name: (rows.input[name] / scale).astype(numpy.float32)
                       for name, scale in (("income", 100), ("per_carer", 100), ("fee", 100), ("employer_share", 10000))}
        self.output = None

    def run(self):
        simulation = SimulationBuilder().build_default_simulation(self.system, self.rows)
        for name, values in self.given.items():
            simulation.set_input(name, PERIOD, values)
        self.output = {name: simulation.calculate(name, PERIOD) for name in ("eligible", "ceiling", "subsidy", "employer", "family")}

    def answers(self):
        fen = {name: numpy.rint(values.astype(numpy.float64) * 100).astype(numpy.int64) for name, values in self.output.items()}
        return fen | {"eligible": self.output["eligible"]}
