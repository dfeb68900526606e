# SPDX-License-Identifier: Apache-2.0
"""The rows of the reference workload, made once in C and seen by all, and the library's answers to them.

Money is in fen, children_per_carer in hundredths, the employer's share in ten thousandths."""
import ctypes
import pathlib

import numpy
import pyarrow

INPUTS = {"age_months": numpy.int16, "registered": numpy.uint8, "permit_months": numpy.uint8, "income": numpy.int64,
          "children": numpy.uint8, "kind": numpy.uint8, "filed": numpy.uint8, "per_carer": numpy.int16,
          "fee": numpy.int64, "employer_share": numpy.int16}
OUTPUTS = {"eligible": numpy.uint8, "ceiling": numpy.int64, "subsidy": numpy.int64, "employer": numpy.int64,
           "family": numpy.int64}
KINDS = ["public", "inclusive", "ordinary", "unlisted"]


def fen_of(yuan):
    """A column of decimals with two places as whole fen."""
    return numpy.rint(yuan.cast(pyarrow.float64()).to_numpy() * 100).astype(numpy.int64)


class Input(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in INPUTS]


class Output(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in OUTPUTS]


def arrays(columns, kinds, rows):
    """Columns as arrays over the memory that C has them in."""
    found = {}
    for name, kind in kinds.items():
        address = ctypes.cast(getattr(columns, name), ctypes.POINTER(numpy.ctypeslib.as_ctypes_type(kind)))
        found[name] = numpy.ctypeslib.as_array(address, shape=(rows,))
    return found


class ReferenceRows:
    """input, and expected, which is what the natural C answers: a dict of arrays each. run_ours() answers all rows in C."""

    def __init__(self, library, pack, rows):
        self.rows = rows
        self._c = ctypes.CDLL(library)
        self._c.reference_engine_make.restype = ctypes.c_void_p
        self._input, self._output = Input(), Output()
        count = ctypes.c_size_t(rows)
        if not self._c.workload_allocate(ctypes.byref(self._input), ctypes.byref(self._output), count):
            raise MemoryError
        self.input, self._answers = arrays(self._input, INPUTS, rows), arrays(self._output, OUTPUTS, rows)
        self.expected = {name: numpy.empty(rows, kind) for name, kind in OUTPUTS.items()}
        expected = Output(**{name: values.ctypes.data for name, values in self.expected.items()})
        self._c.workload_plain(ctypes.byref(self._input), ctypes.byref(expected), count)
        text = pathlib.Path(pack).read_bytes()
        self._engine = ctypes.c_void_p(self._c.reference_engine_make(text, ctypes.byref(self._input), count))
        if not self._engine:
            raise RuntimeError("the pack is not right")

    def free(self):
        self._c.reference_engine_free(self._engine)
        self._c.workload_free(ctypes.byref(self._input), ctypes.byref(self._output))
        self.input = self.expected = self._answers = None

    def run_ours(self):
        all_rows = ctypes.c_size_t(0), ctypes.c_size_t(self.rows)
        if not self._c.reference_engine_run(self._engine, *all_rows, ctypes.byref(self._output)):
            raise RuntimeError("a run failed")

    def answers(self):
        return self._answers | {"eligible": self._answers["eligible"] == 0}

    def table(self):
        """The same rows as an Arrow table of the facts, as a user of the Python package has them."""
        def decimals(name, scale):
            digits = self.input[name].astype(numpy.int64)
            return pyarrow.Array.from_buffers(pyarrow.decimal64(18, scale), self.rows, [None, pyarrow.py_buffer(digits)])

        given = self.input
        kinds = pyarrow.DictionaryArray.from_arrays(given["kind"].view(numpy.int8), KINDS)
        return pyarrow.table({
            "child.age_months": given["age_months"], "child.registered": given["registered"].view(numpy.bool_),
            "child.permit_months": given["permit_months"], "household.income": decimals("income", 2),
            "household.children": given["children"], "institution.kind": kinds,
            "institution.filed": given["filed"].view(numpy.bool_), "institution.children_per_carer": decimals("per_carer", 2),
            "institution.fee": decimals("fee", 2), "employer.share": decimals("employer_share", 4)})
