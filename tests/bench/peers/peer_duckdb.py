# SPDX-License-Identifier: Apache-2.0
"""The reference workload in DuckDB: DECIMAL columns as narrow as the facts, ceilings in a small table to join, the answers
written to a table (what was fastest of that, Arrow out, and CASE for the ceilings)."""
import duckdb
import pyarrow

from reference_rows import KINDS, fen_of

LOAD = """
CREATE TABLE child AS SELECT age_months, registered <> 0 AS registered, permit_months, children,
    ((income // 100)::DECIMAL(9,2) + (income % 100)::DECIMAL(4,0) * 0.01)::DECIMAL(7,2) AS income,
    enum_range(NULL::kind)[kind + 1]::kind AS kind, filed <> 0 AS filed,
    ((per_carer // 100)::DECIMAL(4,2) + (per_carer % 100)::DECIMAL(4,0) * 0.01)::DECIMAL(4,2) AS per_carer,
    ((fee // 100)::DECIMAL(9,2) + (fee % 100)::DECIMAL(4,0) * 0.01)::DECIMAL(6,2) AS fee,
    (employer_share::DECIMAL(9,0) * 0.0001)::DECIMAL(4,4) AS employer_share
FROM raw"""
LIMITS = """
CREATE TABLE limits AS
SELECT kinds.kind::kind AS kind, ages.month::SMALLINT AS age_months,
    CASE WHEN month < 36 THEN amounts[1 + (month >= 6)::INT + (month >= 12)::INT + (month >= 24)::INT] ELSE 0 END::DECIMAL(6,2) AS ceiling,
    CASE WHEN month < 12 THEN 3 WHEN month < 24 THEN 5 WHEN month < 36 THEN 7 ELSE 0 END::DECIMAL(4,2) AS carers
FROM (VALUES ('public', [3500, 3300, 3000, 2800]), ('inclusive', [4500, 4200, 3800, 3500]),
    ('ordinary', [5800, 5500, 5000, 4600]), ('unlisted', [6500, 6200, 6000, 5600])) kinds(kind, amounts), range(42) ages(month)"""
DECIDE = """
CREATE OR REPLACE TEMP TABLE answer AS
WITH limited AS (
    SELECT *, least(fee, ceiling) AS charged,
        CASE WHEN children < 2 THEN 1.0 WHEN children = 2 THEN 1.2 ELSE 1.5 END::DECIMAL(2,1) AS factor,
        age_months < 36 AND (registered OR permit_months >= 6) AND income <= 5000::DECIMAL(7,2) * (children + 2)
            AND (children >= 2 OR income <= 8000::DECIMAL(7,2)) AND filed AND kind <> 'unlisted' AND per_carer <= carers AS eligible
    FROM child JOIN limits USING (kind, age_months)),
bracketed AS (
    SELECT *, (0.5::DECIMAL(1,1) * least(charged, 1000::DECIMAL(6,2))
        + 0.3::DECIMAL(1,1) * least(greatest(charged - 1000::DECIMAL(6,2), 0::DECIMAL(6,2)), 1000::DECIMAL(6,2))
        + 0.1::DECIMAL(1,1) * greatest(charged - 2000::DECIMAL(6,2), 0::DECIMAL(6,2)))::DECIMAL(7,3) AS bracketed FROM limited),
subsidised AS (
    SELECT *, CASE WHEN eligible THEN least(round(bracketed * factor, 2), 800) ELSE 0 END::DECIMAL(6,2) AS subsidy FROM bracketed),
shared AS (
    SELECT *, least(round(charged * employer_share, 2), charged - subsidy)::DECIMAL(6,2) AS employer FROM subsidised)
SELECT eligible, ceiling, subsidy, employer, (charged - subsidy - employer)::DECIMAL(6,2) AS family FROM shared"""


class DuckdbPeer:
    name = "DuckDB, DECIMAL"

    def __init__(self, rows):
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 1")
        self.connection.execute(f"CREATE TYPE kind AS ENUM {tuple(KINDS)}")
        self.connection.register("raw", pyarrow.table({name: pyarrow.array(values) for name, values in rows.input.items()}))
        self.connection.execute(LOAD)
        self.connection.execute(LIMITS)
        self.connection.unregister("raw")

    def run(self):
        self.connection.execute(DECIDE)

    def answers(self):
        table = self.connection.sql("SELECT * FROM answer").to_arrow_table()
        money = {name: fen_of(table[name]) for name in ("ceiling", "subsidy", "employer", "family")}
        return {"eligible": table["eligible"].to_numpy(), **money}
