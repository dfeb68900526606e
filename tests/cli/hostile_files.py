# SPDX-License-Identifier: Apache-2.0
"""Files that are built to make the command slow or large: cases, CSV files and receipts, each grown to what the readers
take (a mebibyte of text, of one record; CSV files without end are grown to some mebibytes).

FILES is a list of (kind, family, name, function); kind is case, csv or receipt, and the function gives the bytes."""
import json
import random

MEBIBYTE = 1024 * 1024
FILES = []
HEADER = "child.fee,child.registered,child.kind,child.name\n"
ROW = "1000,true,infant,a\n"
SUM = "0" * 64


def hostile(kind, family):
    """Adds a function to the list, named as it is called."""
    def add(function):
        FILES.append((kind, family, function.__name__, function))
        return function
    return add


def one(kind, family, name, data):
    data = data if isinstance(data, bytes) else data.encode()
    FILES.append((kind, family, name, lambda: data))


def grown(part, first="", last="", size=MEBIBYTE):
    part, first, last = (text.encode() if isinstance(text, str) else text for text in (part, first, last))
    return first + part * ((size - len(first) - len(last)) // len(part)) + last


# ---- Cases: YAML and JSON ----

one("case", "deep", "brackets", grown("["))
one("case", "deep", "braces", grown('{"a":'))
one("case", "deep", "closed_brackets", "[" * 500_000 + "]" * 500_000)
one("case", "deep", "indented", "".join(" " * i + "a:\n" for i in range(1400)))
one("case", "deep", "dashes", grown("- "))
one("case", "names", "unknown_facts", "".join(f"a{i}: 1\n" for i in range(45_000)))
one("case", "names", "alike", "".join(f"child.fee{i}: 1\n" for i in range(45_000)))
one("case", "names", "one_of_a_mebibyte", grown("a", last=": 1\n"))
one("case", "names", "dots", grown("a.", last="a: 1\n"))
one("case", "names", "beginnings", "".join("child.fee"[: 1 + i % 8] + "_" * (i % 40) + f": {i}\n" for i in range(30_000)))
one("case", "duplicates", "one_fact", grown("child.fee: 1\n"))
one("case", "duplicates", "nested", "child: {" + ", ".join(["fee: 1"] * 49_000) + "}\n")
one("case", "duplicates", "two_ways", grown("child.fee: 1\nchild: {fee: 1}\n"))
one("case", "scalars", "longest", "child.name: " + "a" * 65_000 + "\n")
one("case", "scalars", "too_long", grown("a", first="child.name: "))
one("case", "scalars", "escapes", "child.name: \"" + "\\u4e00" * 170_000 + "\"\n")
one("case", "scalars", "folded", "child.name: >\n" + "  a\n" * 250_000)
one("case", "scalars", "spaces", "child.name: '" + "\u3000" * 20_000 + "'\n")
one("case", "scalars", "combining", "child.name: '" + "e" + "\u0301" * 30_000 + "'\n")
one("case", "scalars", "digits", "child.fee: " + "9" * 65_000 + "\n")
one("case", "scalars", "zeros", "child.fee: 0." + "0" * 65_000 + "1\n")
one("case", "scalars", "exponent", "child.fee: 1e999999999999999999999\n")
one("case", "values", "of_an_enum", "child.kind: '" + "infan" * 12_000 + "'\n")
one("case", "values", "lists", "child.fee: [" + "1," * 49_000 + "1]\n")
one("case", "values", "contexts", "child.fee: {" + ",".join(f"a{i}: 1" for i in range(49_000)) + "}\n")
one("case", "bytes", "nul", grown(b"\0"))
one("case", "bytes", "no_utf8", grown(b"\xff", first="child.name: '"))
one("case", "bytes", "surrogates", grown(b"\xed\xa0\x80", first="child.name: '"))
one("case", "bytes", "marks", grown(b"\xef\xbb\xbf"))
one("case", "bytes", "utf16", "child.name: a\n".encode("utf-16") * 20_000)
one("case", "yaml", "anchors", grown("&a "))
one("case", "yaml", "aliases", "a: &a [x]\n" + grown("b: [*a, *a]\n").decode())
one("case", "yaml", "tags", grown("!!str "))
one("case", "yaml", "directives", "".join(f"%TAG !{i}! tag:a\n" for i in range(50_000)) + "---\na: 1\n")
one("case", "yaml", "documents", grown("---\n"))
one("case", "yaml", "comments", grown("#\n"))
one("case", "yaml", "merge", grown("<<: {a: 1}\n"))
one("case", "yaml", "tabs", grown("\t"))
one("case", "yaml", "line_feeds", grown("\n"))
one("case", "yaml", "question_marks", grown("? "))
one("case", "yaml", "quotes", grown('"'))
one("case", "yaml", "commas", grown(",", first="["))
one("case", "size", "over_a_mebibyte", grown("a: 1\n", size=3 * MEBIBYTE))
one("case", "size", "empty", b"")
one("case", "json", "control", '{"child.name":"' + "\\u0000" * 100_000 + '"}')
one("case", "json", "numbers", '{"child.fee":' + "1" * 60_000 + "}")
one("case", "json", "spaces", "{" + " " * 900_000 + '"child.fee":1}')
one("case", "json", "unclosed", '{"child.fee":"' + "a" * 60_000)

# ---- CSV ----

one("csv", "lines", "one_without_end", grown("a", first=HEADER, size=8 * MEBIBYTE))
one("csv", "lines", "empty", grown("\n", first=HEADER, size=4 * MEBIBYTE))
one("csv", "lines", "carriage_returns", grown("\r", first=HEADER, size=4 * MEBIBYTE))
one("csv", "lines", "of_a_mebibyte", HEADER.encode() + b"".join(b"1,true,infant," + b"a" * 1_000_000 + b"\n" for _ in range(6)))
one("csv", "columns", "in_the_header", ",".join(f"c{i}" for i in range(140_000)) + "\n" + ROW)
one("csv", "columns", "in_the_header_alike", ",".join(f"child.fee{i}" for i in range(70_000)) + "\n" + ROW)
one("csv", "columns", "the_same_again", ",".join(["child.fee"] * 100_000) + "\n" + ROW)
one("csv", "columns", "in_a_row", HEADER + "," * 1_000_000 + "\n")
one("csv", "columns", "a_million_separators", "," * 1_000_000 + "\n" + "," * 1_000_000 + "\n")
one("csv", "columns", "header_of_a_mebibyte", "c" * 1_048_000 + "\n")
one("csv", "quotes", "never_closed", grown("a\n", first=HEADER + '"', size=4 * MEBIBYTE))
one("csv", "quotes", "each_line_opens", grown('"a\n', first=HEADER, size=2 * MEBIBYTE))
one("csv", "quotes", "all", grown('"', first=HEADER, size=2 * MEBIBYTE))
one("csv", "quotes", "doubled", grown('""', first=HEADER + '1,true,infant,"', last='"\n'))
one("csv", "quotes", "stray", grown('1,true,infant,a"b\n', first=HEADER, size=2 * MEBIBYTE))
one("csv", "quotes", "open_to_a_mebibyte", grown('"' + "a\n" * 1000, first=HEADER, size=3 * MEBIBYTE))
one("csv", "numbers", "digits", HEADER + (("9" * 60_000) + ",true,infant,a\n") * 30)
one("csv", "numbers", "exponents", HEADER + "1e99999999999,true,infant,a\n" * 20_000)
one("csv", "numbers", "grouped", HEADER + '"' + ",".join(["1"] + ["000"] * 15_000) + '",true,infant,a\n')
one("csv", "numbers", "full_width", HEADER + ("１" * 20_000) + ",true,infant,a\n")
one("csv", "encodings", "utf8_then_gb18030", HEADER.encode() + "1,true,infant,甲\n".encode() * 50_000 + "1,true,infant,甲乙\n".encode("gb18030") * 50_000)
one("csv", "encodings", "either", HEADER.encode() + b"1,true,infant,\xc2\xb7\xc3\x97\n" * 60_000)
one("csv", "encodings", "neither", HEADER.encode() + b"1,true,infant,\xff\xfe\xfd\n" * 60_000)
one("csv", "encodings", "gb18030_cut", HEADER.encode() + b"1,true,infant,\x81\x30\x81\n" * 60_000)
one("csv", "encodings", "utf16", (HEADER + ROW * 60_000).encode("utf-16"))
one("csv", "encodings", "utf16_odd", (HEADER + ROW * 60_000).encode("utf-16")[:-1])
one("csv", "encodings", "utf16_surrogates", b"\xff\xfe" + HEADER.encode("utf-16-le") + b"\x00\xd8" * 400_000)
one("csv", "encodings", "marks", b"\xef\xbb\xbf" * 300_000 + HEADER.encode() + ROW.encode())
one("csv", "encodings", "mark_in_each_cell", HEADER.encode() + "\ufeff1,\ufefftrue,\ufeffinfant,\ufeffa\n".encode() * 40_000)
one("csv", "bytes", "nuls", grown(b"\0", first=HEADER, size=2 * MEBIBYTE))
one("csv", "bytes", "nul_in_each_row", HEADER.encode() + b"1,true,infant,a\0b\n" * 60_000)
one("csv", "bytes", "random", HEADER.encode() + random.Random(7).randbytes(2 * MEBIBYTE))
one("csv", "bytes", "a_workbook", b"PK\x03\x04" + b"\0" * 2 * MEBIBYTE)
one("csv", "bytes", "empty", b"")
one("csv", "values", "distinct_enums", HEADER + "".join(f"1,true,k{i},a\n" for i in range(60_000)))
one("csv", "values", "distinct_texts", HEADER + "".join(f"1,true,infant,n{i}\n" for i in range(90_000)))
one("csv", "values", "near_enums", HEADER + "".join("1,true," + "infan" * (i % 50) + ",a\n" for i in range(15_000)))
one("csv", "values", "dates", HEADER + "2023/1/5,2023年1月5日,infant,a\n" * 40_000)
one("csv", "cells", "one_giant", HEADER + "1,true,infant," + "a" * 1_048_000 + "\n")
one("csv", "cells", "of_spaces", HEADER + ("1,true,infant," + "\u3000" * 1000 + "\n") * 600)
one("csv", "cells", "combining", HEADER + "1,true,infant,e" + "\u0301" * 300_000 + "\n")
one("csv", "cells", "invisible", HEADER + "1,true,infant," + "\u200b" * 300_000 + "\n")
one("csv", "separators", "all_three", ",;\t" * 300_000 + "\n" + ",;\t" * 300_000)
one("csv", "separators", "semicolons_in_commas", "child.fee;child.name,child.kind\n" * 60_000)
one("csv", "header", "none", ROW * 60_000)
one("csv", "header", "of_quotes", '"' * 1_000_001 + "\n" + ROW)
one("csv", "header", "of_labels", "收费,户籍,班型\n" + "1,是,infant\n" * 60_000)
one("csv", "rows", "short", HEADER + "1\n" * 300_000)
one("csv", "rows", "long", HEADER + "1,true,infant,a,b,c,d\n" * 60_000)

# ---- Receipts ----


def receipt(**changes):
    whole = {"receipt": 1, "engine": "0.2.0", "rule": "test.hostile:ceiling", "as_of": "2025-01-01",
             "packs": [{"id": "test.hostile", "sha256": SUM}], "inputs": {"child.fee": "1"}, "outputs": {"outcome": "determined"}}
    return json.dumps({**whole, **changes}, separators=(",", ":"), ensure_ascii=False)


one("receipt", "deep", "lists", receipt(inputs="@").replace('"@"', "[" * 400_000 + "]" * 400_000))
one("receipt", "deep", "objects", receipt(inputs="@").replace('"@"', '{"a":' * 150_000))
one("receipt", "deep", "outputs", receipt(outputs="@").replace('"@"', "[" * 60 + "]" * 60))
one("receipt", "size", "inputs", receipt(inputs={f"child.f{i}": "1" for i in range(40_000)}))
one("receipt", "size", "outputs", receipt(outputs={f"o{i}": "1" for i in range(45_000)}))
one("receipt", "size", "packs", receipt(packs=[{"id": f"a{i}", "sha256": SUM} for i in range(9_000)]))
one("receipt", "size", "over_the_limit", receipt(engine="0" * (3 * MEBIBYTE)))
one("receipt", "size", "empty", b"")
one("receipt", "size", "spaces", " " * 1_000_000 + receipt())
one("receipt", "forged", "digest", receipt())
one("receipt", "forged", "digest_too_short", receipt(packs=[{"id": "test.hostile", "sha256": "0"}]))
one("receipt", "forged", "digest_of_a_mebibyte", receipt(packs=[{"id": "test.hostile", "sha256": "0" * 1_000_000}]))
one("receipt", "forged", "packs_the_same", receipt(packs=[{"id": "a", "sha256": SUM}] * 9_000))
one("receipt", "forged", "rule_of_a_mebibyte", receipt(rule="r" * 1_000_000))
one("receipt", "forged", "engine", receipt(engine="\u202e" * 1000))
one("receipt", "keys", "doubled", "{" + '"receipt":1,' * 80_000 + '"engine":"a"}')
one("receipt", "keys", "inputs_doubled", receipt(inputs="@").replace('"@"', "{" + ",".join(['"child.fee":"1"'] * 40_000) + "}"))
one("receipt", "keys", "unknown", receipt(**{f"k{i}": i for i in range(40_000)}))
one("receipt", "types", "all_numbers", receipt(engine=1, rule=1, as_of=1, packs=1, inputs=1, outputs=1))
one("receipt", "types", "all_null", receipt(engine=None, rule=None, as_of=None, packs=None, inputs=None))
one("receipt", "types", "packs_of_lists", receipt(packs=[[]] * 40_000))
one("receipt", "types", "inputs_of_lists", receipt(inputs={"child.fee": [1] * 90_000}))
one("receipt", "types", "long_number", receipt(inputs="@").replace('"@"', '{"child.fee":' + "9" * 60_000 + "}"))
one("receipt", "days", "none_such", receipt(as_of="2025-02-30"))
one("receipt", "days", "huge", receipt(as_of="9" * 60_000))
one("receipt", "text", "escapes", receipt(inputs="@").replace('"@"', '{"child.name":"' + "\\u4e00" * 160_000 + '"}'))
one("receipt", "text", "line_separators", receipt(inputs={"child.name": "\u2028" * 21_000}))
one("receipt", "text", "many_line_separators", "\u2028" * 340_000)
one("receipt", "text", "half_surrogates", receipt(inputs="@").replace('"@"', '{"child.name":"' + "\\ud800" * 10_000 + '"}'))
one("receipt", "text", "no_utf8", b"\xff" * MEBIBYTE)
one("receipt", "text", "nuls", b"\0" * MEBIBYTE)
one("receipt", "text", "cut", receipt()[:-10])
one("receipt", "rows", "counts", receipt(rows={"counts": {f"e{i}": i for i in range(40_000)}, "sha256": SUM}))
one("receipt", "rows", "and_inputs", receipt(rows={"counts": {"child": -1}, "sha256": SUM}, claims={"count": 10**30, "sha256": SUM}))
one("receipt", "yaml", "anchors", "&a " * 300_000 + "{}")
one("receipt", "yaml", "tags", "!!str " * 170_000)
one("receipt", "yaml", "plain", "receipt: 1\nengine: x\n" * 40_000)
