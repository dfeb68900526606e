# SPDX-License-Identifier: Apache-2.0
"""What the tests of the command share: running it, folders with packs and rows, and counting results."""
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
COMMAND = BUILD / "src" / "cli" / "tuoyu"

FEES = """\
tuoyu: 1
id: test.fees
title: {zh: 测试收费, en: Test fees}
authority: {zh: 测试局, en: Test office}
in_force: 2024-01-01..2025-12-31
uses: [test.shared]
sources:
  notice: {title: {zh: 测试通知, en: Test notice}}
facts:
  child:
    fee: {type: money, unit: CNY/month, range: "[0..100000]", label: {zh: 收费, en: fee}}
    registered: {type: boolean, label: {zh: 户籍, en: registered}}
    kind: {type: enum, values: [infant, toddler], label: {zh: 班型, en: kind}}
  subdistrict:
    id: {type: string, label: {zh: 街道, en: sub-district}}
  staff:
    certified: {type: boolean, label: {zh: 持证, en: certified}}
    subdistrict: {type: string, label: {zh: 街道, en: sub-district}}
parameters:
  share: {unit: percent, cite: notice 第一条, standing: cited, values: {2024-01-01: {value: 60}}}
  target: {unit: percent, cite: notice 第二条, standing: cited, values: {2024-01-01: {value: 80}}}
pricing:
  ceiling:
    title: {zh: 最高收费, en: Ceiling}
    unit: CNY/month
    cite: notice 第三条
    steps:
      - {id: base, formula: 'if child.kind = "infant" then 2000 else 1500', unit: CNY/month}
      - {id: top, formula: base + shared_extra, unit: CNY/month}
    charged: child.fee
cost_sharing:
  split:
    title: {zh: 分担, en: Split}
    unit: CNY/month
    cite: notice 第四条
    of: child.fee
    payers:
      - {id: city, rate: share}
    residual: {id: family, label: {zh: 家庭, en: family}}
eligibility:
  admitted:
    title: {zh: 可入托, en: Admitted}
    all:
      - {id: local, when: child.registered, because: {zh: 本地户籍, en: registered here}, cite: notice 第五条}
indicators:
  certified_rate:
    title: {zh: 持证率, en: Certified staff}
    unit: percent
    ratio: {numerator: {of: staff, count: staff.certified}, denominator: {of: staff, count: true}}
    by: [subdistrict]
    target: {at_least: target}
    cite: notice 第六条
examples:
  - {name: 托班, rule: ceiling, as_of: 2024-05-01, given: {child: {kind: toddler, fee: 1000}}, expect: {amount: 1600, complies: true}}
  - {name: 乳儿班, rule: ceiling, as_of: 2024-05-01, given: {child: {kind: infant, fee: 2200}}, expect: {amount: 2100, excess: 100}}
"""

SHARED = """\
tuoyu: 1
id: test.shared
title: 共用
authority: 测试局
in_force: 2020-01-01..
sources:
  law: {title: 共用法}
parameters:
  shared_extra: {unit: CNY/month, cite: law 第一条, standing: cited, values: {2020-01-01: {value: 100}}}
pricing:
  extra: {title: 加价, unit: CNY/month, cite: law 第一条, steps: [{id: all, formula: shared_extra, unit: CNY/month}]}
examples:
  - {name: 共用的例子, rule: extra, as_of: 2024-05-01, given: {}, expect: {amount: 100}}
"""


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode("utf-8")
        self.err = process.stderr.decode("utf-8")

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def run(*arguments, folder=None, given=b"", environment=None):
    process = subprocess.run([str(COMMAND), *map(str, arguments)], cwd=folder, input=given, capture_output=True, timeout=120,
                             env={**os.environ, "LC_ALL": "C", **(environment or {})})
    result = Result(process)
    assert result.code in (0, 1, 2), f"ended by a signal or a sanitizer: {result}"
    return result


def expect(result, code, out=(), err=()):
    """Exit status, and texts that must stand in the two outputs."""
    assert result.code == code, f"expected exit {code}: {result}"
    for text in [out] if isinstance(out, str) else out:
        assert text in result.out, f"stdout lacks {text!r}: {result}"
    for text in [err] if isinstance(err, str) else err:
        assert text in result.err, f"stderr lacks {text!r}: {result}"
    return result


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def main(namespace):
    """Runs every function test_…(folder) in a folder of its own that holds the two packs."""
    passed = failed = 0
    for name, function in list(namespace.items()):
        if not name.startswith("test_") or not callable(function):
            continue
        with tempfile.TemporaryDirectory() as temporary:
            # One level down, in what looks like a repository: packs are looked for above too, but no further up than its root,
            # beyond which the folders of other tests stand.
            folder = pathlib.Path(temporary) / "packs"
            folder.mkdir()
            (pathlib.Path(temporary) / ".git").mkdir()
            write(folder, {"fees.yaml": FEES, "shared.yaml": SHARED})
            try:
                function(folder)
                passed += 1
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"FAILED {name}")
                traceback.print_exc(file=sys.stdout)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)
