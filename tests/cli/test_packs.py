#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check and test: findings, and finding the packs that others use."""
import re

from command_test import FEES, ROOT, SHARED, expect, main, run, write


def errors(text):
    return [line for line in text.splitlines() if re.match(r".*:\d+:\d+: error: ", line)]


def test_clean_packs(folder):
    expect(run("check", "fees.yaml", "shared.yaml", folder=folder), 0, out="2 of 2 packs are clean")


def test_errors_have_place_line_and_caret(folder):
    write(folder, {"fees.yaml": FEES.replace("base + shared_extra", "base + shard_extra").replace("of: child.fee", "of: child.fees")})
    result = expect(run("check", "fees.yaml", folder=folder), 1, out="0 of 1", err=["shared_extra", "child.fee`", "^"])
    found = errors(result.err)
    assert len(found) >= 2 and all(line.startswith("fees.yaml:") for line in found), found


def test_missing_file_is_no_finding(folder):
    expect(run("check", "none.yaml", folder=folder), 2, err="none.yaml")
    expect(run("check", "none.yaml", "fees.yaml", folder=folder), 2, out="1 of 2", err="none.yaml")
    expect(run("check", ".", folder=folder), 2, err="cannot be read")


def test_used_pack_is_found_below_and_above(folder):
    (folder / "shared.yaml").unlink()
    write(folder, {"below/shared.yaml": SHARED})
    expect(run("check", "fees.yaml", folder=folder), 0)
    write(folder, {"deep/city/fees.yaml": FEES, "deep/shared.yaml": SHARED})
    (folder / "below" / "shared.yaml").unlink()
    expect(run("check", "deep/city/fees.yaml", folder=folder), 0)
    expect(run("check", "fees.yaml", folder=folder / "deep" / "city"), 0)


def test_search_ends_at_a_repository_and_at_bare_folders(folder):
    write(folder, {"project/.git/HEAD": "", "project/packs/fees.yaml": FEES, "bare/a/b/fees.yaml": FEES})
    expect(run("check", "project/packs/fees.yaml", folder=folder), 1, err=["test.shared", "looked for in project/packs, project;"])
    result = expect(run("check", "bare/a/b/fees.yaml", folder=folder), 1, err="looked for in bare/a/b, bare/a;")
    assert "--packs" in result.err


def test_packs_option_replaces_the_search(folder):
    write(folder, {"elsewhere/shared.yaml": SHARED, "empty/readme": ""})
    expect(run("check", "fees.yaml", "--packs", "elsewhere", folder=folder), 0)
    expect(run("check", "fees.yaml", "--packs=empty", folder=folder), 1, err="test.shared")
    expect(run("check", "fees.yaml", "--packs", "empty", "--packs", "elsewhere", folder=folder), 0)
    expect(run("check", "fees.yaml", "--packs", "nowhere", folder=folder), 2, err="nowhere")


def test_two_files_of_one_id_are_not_chosen_between(folder):
    write(folder, {"copy.yaml": SHARED})
    expect(run("check", "fees.yaml", folder=folder), 2, err=["copy.yaml", "shared.yaml", "test.shared"])
    expect(run("eval", "fees.yaml", "copy.yaml", "--rule", "extra", "--case", "-", "--as-of", "2024-05-01", folder=folder), 0)


def test_other_files_do_not_disturb(folder):
    write(folder, {"broken.yaml": "a: [", "compose.yaml": "services: {}\n", "binary.yaml": bytes(range(256))})
    expect(run("check", "fees.yaml", folder=folder), 0)


def test_unrelated_packs_may_share_names(folder):
    other = FEES.replace("id: test.fees", "id: test.other").replace("value: 60", "value: 50")
    write(folder, {"other.yaml": other})
    expect(run("check", "fees.yaml", "other.yaml", folder=folder), 0, out="2 of 2")
    expect(run("test", "fees.yaml", "other.yaml", folder=folder), 0, out="4 passed, 0 failed")


def test_finding_of_a_used_pack_is_printed_once(folder):
    write(folder, {"other.yaml": FEES.replace("id: test.fees", "id: test.other"), "shared.yaml": SHARED.replace("formula: shared_extra", "formula: shared_extr")})
    result = expect(run("check", "fees.yaml", "other.yaml", "shared.yaml", folder=folder), 1, out="0 of 3")
    assert len([line for line in errors(result.err) if line.startswith("shared.yaml:")]) == 1, result


def test_examples_of_the_named_packs_run_once(folder):
    expect(run("test", "fees.yaml", folder=folder), 0, out="2 passed, 0 failed")
    expect(run("test", "fees.yaml", "shared.yaml", folder=folder), 0, out="3 passed, 0 failed")


def test_failing_example_is_named_and_placed(folder):
    write(folder, {"fees.yaml": FEES.replace("amount: 1600", "amount: 1601")})
    result = expect(run("test", "fees.yaml", folder=folder), 1, out=["FAILED test.fees: 托班"], err=["fees.yaml:", "1600"])
    assert result.out.splitlines()[-1] == "1 passed, 1 failed", result


def test_pack_with_errors_cannot_pass(folder):
    write(folder, {"fees.yaml": FEES.replace("uses:", "use:")})
    result = expect(run("test", "fees.yaml", "shared.yaml", folder=folder), 1)
    assert result.out.splitlines()[-1] == "1 passed, 0 failed", result


# ---- Arguments that are left out ----

FACTS_OF_C = """\
facts: {c: {d: {type: date}, n: {type: integer}, b: {type: boolean}, fee: {type: money, unit: CNY}}}
"""
# Calls by names that lack an argument, and what makes them whole.
LEFT_OUT = [("month: 1)", "month: 1, day: 2)"), ("dividend: c.n)", "dividend: c.n, divisor: 2)"),
            ("list: [item])", "list: [item], element: 1)"), ("divisor: i)", "dividend: 7, divisor: i)")]
DAY, NUMBER = "date(year: 2024, month: 1) = c.d", "modulo(dividend: c.n)"
MONEY = f"if {DAY} then c.fee else c.fee"
PRICE, SHARES = "pricing: {r: {title: T, unit: CNY", "cost_sharing: {r: {title: T, unit: CNY, of: c.fee"
WHO, RATE = "eligibility: {r: {title: T", "payers: [{id: a, rate: 0.5}], residual: f"
COUNT, TABLE = "indicators: {r: {title: T, unit", "tables: {t: {hit: F, outputs: [o]"
PLACES_OF_EXPRESSIONS = {
    "a definition": f"definitions: {{q: '{NUMBER}'}}",
    "a criterion": f"{WHO}, all: [{{id: a, when: '{DAY}'}}]}}}}",
    "an exception": f"{WHO}, all: [{{id: a, when: c.b}}], except: [{{id: e, decision: eligible, when: '{DAY}'}}]}}}}",
    "a key of admission": f"{WHO}, all: [{{id: a, when: c.b}}], admission: [{{id: e, ascending: '{NUMBER}'}}]}}}}",
    "an amount": f"{PRICE}, amount: '{MONEY}'}}}}",
    "a step": f"{PRICE}, steps: [{{id: a, formula: '{MONEY}', unit: CNY}}]}}}}",
    "a condition of a rule": f"{PRICE}, when: '{DAY}', amount: c.fee}}}}",
    "a rate": f"{SHARES}, payers: [{{id: a, rate: '{NUMBER}'}}], residual: f}}}}",
    "a bound": f"{SHARES}, bounds: [{{id: z, at_most: '{MONEY}'}}], {RATE}}}}}",
    "a count": f"{COUNT}: c, value: {{of: c, count: '{DAY}'}}}}}}",
    "a condition of rows": f"{COUNT}: CNY, value: {{of: c, where: '{DAY}', sum: c.fee}}}}}}",
    "an input": f"{TABLE}, inputs: ['{NUMBER}'], rows: [{{when: ['-'], then: [1]}}]}}}}",
    "a cell": f"{TABLE}, inputs: [c.n], rows: [{{when: ['{NUMBER}'], then: [1]}}, {{when: ['-'], then: [2]}}]}}}}",
    "an output": f"{TABLE}, inputs: [c.n], rows: [{{when: ['-'], then: ['{NUMBER}']}}]}}}}",
    "a filter": "definitions: {q: 'count([1, 2][list contains(list: [item])])'}",
    "a loop": "definitions: {q: 'for i in [1] return modulo(divisor: i)'}",
    "a negated test": f"definitions: {{q: '5 in not({NUMBER})'}}",
}


def test_an_argument_left_out_is_found_wherever_it_stands(folder):
    for place, section in PLACES_OF_EXPRESSIONS.items():
        whole = section
        for missing, complete in LEFT_OUT:
            whole = whole.replace(missing, complete)
        for name, text in (("left_out.yaml", section), ("whole.yaml", whole)):
            write(folder, {name: small("x.y", f"{FACTS_OF_C}{text}\n")})
        expect(run("check", "whole.yaml", folder=folder), 0, out="1 of 1 packs are clean")
        said = ["left_out.yaml:6:", "the argument `", "is missing: write "]
        result = expect(run("check", "left_out.yaml", folder=folder), 1, out="0 of 1", err=said)
        assert len(errors(result.err)) == 1, (place, result.err)
        expect(run("test", "left_out.yaml", folder=folder), 1, err=said)


# ---- Packs that are clean one by one, but do not go together ----

SMALL = """\
tuoyu: 1
id: {id}
title: T
in_force: {period}
"""


def small(identifier, sections="", period="2024-01-01.."):
    return SMALL.format(id=identifier, period=period) + sections


def clashing(folder, packs, says):
    """Each pack is clean, all of them are not; what is said names the two that clash. Returns the result of `check`."""
    write(folder, packs)
    for name in packs:
        expect(run("check", name, folder=folder), 0, out="1 of 1 packs are clean")
    expect(run("check", "--apart", *packs, folder=folder), 0, out=f"{len(packs)} of {len(packs)} packs are clean")
    result = expect(run("check", *packs, folder=folder), 1, out=f"{len(packs)} of {len(packs)} packs are clean, but not together",
                    err=["clean one by one, but cannot be loaded together", *says])
    tested = expect(run("test", *packs, folder=folder), 1, out="the packs do not go together", err=says)
    assert tested.out.splitlines()[-1] == "0 passed, 0 failed", tested
    expect(run("test", "--apart", *packs, folder=folder), 0)
    return result


def test_versions_that_are_in_force_together(folder):
    clashing(folder, {"a.yaml": small("x.y"), "b.yaml": small("x.y", period="2025-01-01..")},
             ["b.yaml:2:5: error: two packs have the id `x.y` and are in force together, from 2025-01-01 on", "a.yaml:2:5: note"])


def test_versions_that_follow_each_other_go_together(folder):
    write(folder, {"a.yaml": small("x.y", period="2024-01-01..2024-12-31"), "b.yaml": small("x.y", period="2025-01-01..")})
    expect(run("check", "a.yaml", "b.yaml", folder=folder), 0, out="2 of 2 packs are clean")


def test_facts_that_are_declared_differently(folder):
    facts = "facts: {{child: {{fee: {}}}}}\n"
    first = "{type: money, unit: CNY/month, range: '[0..10]'}"
    for other in ("{type: date}", "{type: money, unit: CNY/day, range: '[0..10]'}", "{type: money, unit: CNY/month, range: '[0..11]'}",
                  "{type: money, unit: CNY/month}", "{type: money, unit: CNY/month, range: '[0..10]', nullable: true}"):
        clashing(folder, {"a.yaml": small("x.a", facts.format(first)), "b.yaml": small("x.b", facts.format(other))},
                 ["b.yaml:5:", "error: the fact `child.fee` is declared with", "a.yaml:5:"])


def test_overrides_of_one_parameter(folder):
    override = "uses: [x.top]\noverrides: {q: {values: {2024-01-01: {value: 1, standing: assumed, note: n}}}}\n"
    clashing(folder, {"top.yaml": small("x.top", "parameters: {q: {unset: T}}\n"), "a.yaml": small("x.a", override),
                      "b.yaml": small("x.b", override)}, ["b.yaml:6:", "two packs override `q`", "a.yaml:6:"])


def test_versions_of_which_one_has_another_kind_of_rule(folder):
    clashing(folder, {"a.yaml": small("x.y", "pricing: {r: {title: T, unit: CNY, amount: 1}}\n", "2024-01-01..2024-12-31"),
                      "b.yaml": small("x.y", "eligibility: {r: {title: T, all: [{id: c, when: true}]}}\n", "2025-01-01..")},
             ["b.yaml:5:", "of another kind in another version", "a.yaml:5:"])


def test_of_many_packs_those_that_clash_are_named(folder):
    packs = {f"p{i:02}.yaml": small(f"x.p{i:02}", f"facts: {{e{i}: {{f: {{type: date}}}}}}\n") for i in range(60)}
    packs["p37.yaml"] = small("x.p12")
    result = clashing(folder, packs, ["p37.yaml:2:5: error", "p12.yaml:2:5: note"])
    assert len(errors(result.err)) == 1, result


def test_a_pack_with_errors_does_not_hide_a_clash(folder):
    write(folder, {"a.yaml": small("x.y"), "b.yaml": small("x.y", "note: another\n"), "bad.yaml": small("x.z", "titel: T\n")})
    expect(run("check", "a.yaml", "bad.yaml", "b.yaml", folder=folder), 1, out="2 of 3 packs are clean",
           err=["titel", "two packs have the id `x.y`"])


def test_packs_with_versions_of_their_own_below_them(folder):
    """Each pack takes what lies nearest to it, whatever another one found before; together they have two of one id."""
    user = "uses: [x.v]\ndefinitions: {{d: {}}}\n"
    write(folder, {"one/a.yaml": small("x.a", user.format("first")), "one/v.yaml": small("x.v", "parameters: {first: {unset: T}}\n"),
                   "two/b.yaml": small("x.b", user.format("second")), "two/v.yaml": small("x.v", "parameters: {second: {unset: T}}\n")})
    for packs in (["one/a.yaml", "two/b.yaml"], ["two/b.yaml", "one/a.yaml"]):
        expect(run("check", "--apart", *packs, folder=folder), 0, out="2 of 2 packs are clean")
        expect(run("check", *packs, folder=folder), 1, out="2 of 2 packs are clean, but not together",
               err=["one/v.yaml:2:5", "two/v.yaml:2:5", "two packs have the id `x.v`"])


def test_copies_of_one_text_are_one_pack(folder):
    shared, user = small("x.v", "parameters: {q: {unset: T}}\n"), "uses: [x.v]\ndefinitions: {d: q}\n"
    write(folder, {"one/a.yaml": small("x.a", user), "one/v.yaml": shared, "two/b.yaml": small("x.b", user), "two/v.yaml": shared})
    expect(run("check", "one/a.yaml", "two/b.yaml", folder=folder), 0, out="2 of 2 packs are clean")
    expect(run("check", "one/v.yaml", "one/v.yaml", "two/v.yaml", folder=folder), 0, out="3 of 3 packs are clean")


def test_the_example_packs_go_together(_):
    packs = sorted(str(path) for path in (ROOT / "examples" / "packs").rglob("*.yaml"))
    expect(run("check", *packs), 0, out=f"{len(packs)} of {len(packs)} packs are clean")


def test_the_guide_makes_whole_packs(folder):
    """The pieces of steps 1 to 5 of the guide, one after the other, are a pack that passes its own examples; and so is the last."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "examples/packs/README.md").read_text(encoding="utf-8"), re.S)
    first = next(i for i, block in enumerate(blocks) if block.startswith("examples:"))
    write(folder, {"guide.yaml": "".join(blocks[:first + 1]), "more.yaml": blocks[-1]})
    for pack, count in (("guide.yaml", 6), ("more.yaml", 3)):
        expect(run("check", pack, folder=folder), 0)
        expect(run("test", pack, folder=folder), 0, out=f"{count} passed, 0 failed")


FORMER = """\
tuoyu: 1
id: test.former
title: t
authority: a
in_force: 2024-01-01..
sources: {law: {title: 法}}
facts: {child: {status: {type: money, unit: CNY/month}}}
parameters:
  top: {unit: CNY/month, KEY: cited, values: {2024-01-01: {value: 100, cite: law 一}}}
  low: {unit: CNY/month, values: {2024-01-01: {value: 10, cite: law 二, KEY: cited}}}
pricing: {fee: {title: t, unit: CNY/month, cite: law 一, amount: "min(top, child.status) + low"}}
"""


def test_a_key_of_an_earlier_release_is_read(folder):
    answers = set()
    for key in ("standing", "status"):
        write(folder, {"pack.yaml": FORMER.replace("KEY", key), "case.yaml": "child: {status: 70}"})
        found = expect(run("eval", "pack.yaml", "--rule", "fee", "--case", "case.yaml", "--as-of", "2024-05-01", folder=folder), 0)
        assert found.err.count("since release 0.2") == (key == "status"), found.err
        answers.add(found.out)
    assert len(answers) == 1 and "80" in answers.pop()
    write(folder, {"pack.yaml": FORMER.replace("KEY: cited, values", "standing: cited, status: cited, values")})
    expect(run("check", "pack.yaml", folder=folder), 1, err="unknown key 'status'")


def test_an_unknown_name_with_a_form_of_another_character_says_so(folder):
    """As a name copied out of a PDF has them. What Unicode composes is the same name, and only warned of."""
    for name, form, is_same in (("月龄", "\u2f49", False), ("人数", "\u2f08", False), ("子女", "\u2f26", False), ("山区", "\u2f2d", False),
                                ("里程", "\uf9e9", True), ("年龄", "\uf98e", True)):
        pack = ("tuoyu: 1\nid: test.forms\ntitle: t\nin_force: 2024-01-01..\nsources: {law: {title: 法}}\n"
                f"facts: {{child: {{{name}: {{type: integer, range: '[0..99]'}}}}}}\n"
                f"eligibility: {{r: {{title: t, cite: law 一, all: [{{id: a, when: 'child.{form}{name[1:]} < 36'}}]}}}}\n")
        write(folder, {"forms.yaml": pack})
        found = expect(run("check", "forms.yaml", folder=folder), 0 if is_same else 1)
        says = [f"did you mean `child.{name}`?", f"U+{ord(form):04X}, which looks like U+{ord(name[0]):04X}"]
        assert all(part in found.err + found.out for part in says) != is_same, found
        assert f"U+{ord(form):04X} stands here" in found.err + found.out, found


if __name__ == "__main__":
    main(globals())
