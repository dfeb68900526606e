# SPDX-License-Identifier: Apache-2.0
"""The reference workload in numpy, whole fen: as one writes it, column by column; and as one writes it to be fast, in 32 bits and
in blocks that stay in cache, without a temporary array."""
import numpy as np

BLOCK = 16384
CEILINGS = np.array([350000, 330000, 300000, 280000, 0, 450000, 420000, 380000, 350000, 0,
                     580000, 550000, 500000, 460000, 0, 650000, 620000, 600000, 560000, 0], dtype=np.int32)
BAND_OF_AGE = np.array([0] * 6 + [1] * 6 + [2] * 12 + [3] * 12 + [4] * 6, dtype=np.uint8)
CARERS_OF_AGE = np.array([300] * 12 + [500] * 12 + [700] * 12 + [0] * 6, dtype=np.int16)
FACTORS = np.array([10, 10, 12, 15], dtype=np.int32)
INCOMES = np.array([min(500000 * (n + 2), 800000 if n < 2 else 10**9) for n in range(4)], dtype=np.int32)


class NumpyPeer:
    name = "numpy, whole columns"

    def __init__(self, rows):
        self.rows = rows
        self.output = None

    def run(self):
        given = self.rows.input
        age, children, income = given["age_months"], given["children"], given["income"]
        eligible = ((age < 36) & (given["registered"].view(np.bool_) | (given["permit_months"] >= 6))
                    & (income <= 500000 * (children.astype(np.int64) + 2)) & ((children >= 2) | (income <= 800000))
                    & given["filed"].view(np.bool_) & (given["kind"] != 3) & (given["per_carer"] <= CARERS_OF_AGE[age]))
        ceiling = CEILINGS.astype(np.int64)[given["kind"] * np.uint8(5) + BAND_OF_AGE[age]]
        charged = np.minimum(given["fee"], ceiling)
        tenths = (np.minimum(charged, 100000) * 5 + np.clip(charged - 100000, 0, 100000) * 3
                  + np.maximum(charged - 200000, 0))
        subsidy = np.minimum((tenths * FACTORS[children] + 50) // 100, 80000) * eligible
        employer = np.minimum((charged * given["employer_share"] + 5000) // 10000, charged - subsidy)
        self.output = {"eligible": eligible, "ceiling": ceiling, "subsidy": subsidy, "employer": employer,
                       "family": charged - subsidy - employer}

    def answers(self):
        return self.output


class NumpyBlocksPeer:
    name = "numpy, in blocks"

    def __init__(self, rows):
        self.rows = rows
        self.output = {name: np.empty(rows.rows, values.dtype) for name, values in rows.expected.items()}
        self.ints = [np.empty(BLOCK, np.int32) for _ in range(5)]
        self.shorts = np.empty(BLOCK, np.int16)
        self.bytes = [np.empty(BLOCK, np.uint8) for _ in range(2)]
        self.flags = [np.empty(BLOCK, np.bool_) for _ in range(2)]

    def run(self):
        for start in range(0, self.rows.rows, BLOCK):
            part = slice(start, min(start + BLOCK, self.rows.rows))
            self._block({name: values[part] for name, values in self.rows.input.items()},
                        {name: values[part] for name, values in self.output.items()}, part.stop - part.start)

    def _eligible(self, given, n):
        holds, other = (flags[:n] for flags in self.flags)
        limit, income = (ints[:n] for ints in self.ints[:2])
        np.less(given["age_months"], 36, out=holds)
        np.greater_equal(given["permit_months"], 6, out=other)
        np.logical_or(other, given["registered"].view(np.bool_), out=other)
        np.logical_and(holds, other, out=holds)
        np.take(INCOMES, given["children"], out=limit, mode="clip")
        np.copyto(income, given["income"], casting="unsafe")
        np.logical_and(holds, np.less_equal(income, limit, out=other), out=holds)
        np.logical_and(holds, given["filed"].view(np.bool_), out=holds)
        np.logical_and(holds, np.not_equal(given["kind"], 3, out=other), out=holds)
        np.take(CARERS_OF_AGE, given["age_months"], out=self.shorts[:n], mode="clip")
        return np.logical_and(holds, np.less_equal(given["per_carer"], self.shorts[:n], out=other), out=holds)

    def _block(self, given, out, n):
        charged, tenths, part, factor, ceiling = (ints[:n] for ints in self.ints)
        band, cell = (values[:n] for values in self.bytes)
        eligible = self._eligible(given, n)
        out["eligible"][:] = eligible
        np.take(BAND_OF_AGE, given["age_months"], out=band, mode="clip")
        np.add(np.multiply(given["kind"], 5, out=cell), band, out=cell)
        np.take(CEILINGS, cell, out=ceiling, mode="clip")
        out["ceiling"][:] = ceiling
        np.copyto(charged, given["fee"], casting="unsafe")
        np.minimum(charged, ceiling, out=charged)
        np.multiply(np.minimum(charged, 100000, out=tenths), 5, out=tenths)
        np.clip(np.subtract(charged, 100000, out=part), 0, 100000, out=part)
        np.add(tenths, np.multiply(part, 3, out=part), out=tenths)
        np.maximum(np.subtract(charged, 200000, out=part), 0, out=part)
        np.add(tenths, part, out=tenths)
        np.take(FACTORS, given["children"], out=factor, mode="clip")
        np.floor_divide(np.add(np.multiply(tenths, factor, out=tenths), 50, out=tenths), 100, out=tenths)
        np.multiply(np.minimum(tenths, 80000, out=tenths), eligible, out=tenths)
        out["subsidy"][:] = tenths
        np.floor_divide(np.add(np.multiply(charged, given["employer_share"], out=part), 5000, out=part), 10000, out=part)
        np.subtract(charged, tenths, out=charged)
        np.minimum(part, charged, out=part)
        out["employer"][:] = part
        np.subtract(charged, part, out=out["family"])

    def answers(self):
        return self.output
