# SPDX-License-Identifier: Apache-2.0
"""The reference workload in polars: whole fen in 32 bits, one lazy query on the streaming engine, look-ups by gathering."""
import numpy
import polars as pl

MONEY = pl.Int32
CEILINGS = [[350000, 330000, 300000, 280000], [450000, 420000, 380000, 350000],
            [580000, 550000, 500000, 460000], [650000, 620000, 600000, 560000]]
AGES = 42


def band(age):
    return (age >= 6) + (age >= 12) + (age >= 24)


def table(values, kind=MONEY):
    return pl.lit(pl.Series(values, dtype=kind))


def query(frame):
    age, children, charged = pl.col("age_months"), pl.col("children"), pl.col("charged")
    ceilings = table([row[band(month)] if month < 36 else 0 for row in CEILINGS for month in range(AGES)])
    carers = table([(300, 300, 500, 700)[band(month)] if month < 36 else 0 for month in range(AGES)], pl.Int16)
    eligible = ((age < 36) & (pl.col("registered") | (pl.col("permit_months") >= 6))
                & (pl.col("income") <= (children.cast(pl.Int64) + 2) * 500000)
                & ((children >= 2) | (pl.col("income") <= 800000)) & pl.col("filed") & (pl.col("kind") != 3)
                & (pl.col("per_carer") <= carers.gather(age.cast(pl.UInt32))))
    tenths = (pl.min_horizontal(charged, pl.lit(100000, MONEY)) * 5 + (charged - 100000).clip(0, 100000) * 3
              + (charged - 200000).clip(lower_bound=0))
    subsidy = ((tenths * table([10, 10, 12, 15]).gather(children.cast(pl.UInt32)) + 50) // 100).clip(upper_bound=80000)
    part = (charged * pl.col("employer_share").cast(MONEY) + 5000) // 10000
    return (frame.lazy()
            .with_columns(ceiling=ceilings.gather(pl.col("kind").cast(pl.UInt32) * AGES + age.cast(pl.UInt32)), eligible=eligible)
            .with_columns(charged=pl.min_horizontal(pl.col("fee").cast(MONEY), "ceiling"))
            .with_columns(subsidy=pl.when("eligible").then(subsidy).otherwise(pl.lit(0, MONEY)))
            .with_columns(employer=pl.min_horizontal(part, charged - pl.col("subsidy")))
            .select("eligible", *[money.cast(pl.Int64) for money in (pl.col("ceiling"), pl.col("subsidy"), pl.col("employer"))],
                    family=(charged - pl.col("subsidy") - pl.col("employer")).cast(pl.Int64)))


class PolarsPeer:
    name = "polars"

    def __init__(self, rows):
        flags = {name: rows.input[name].view(numpy.bool_) for name in ("registered", "filed")}
        self.query = query(pl.DataFrame({**rows.input, **flags}))
        self.output = None

    def run(self):
        self.output = self.query.collect(engine="streaming")

    def answers(self):
        return {column.name: column.to_numpy() for column in self.output}
