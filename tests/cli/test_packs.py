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



def test_the_guide_makes_whole_packs(folder):
    """The pieces of steps 1 to 5 of the guide, one after the other, are a pack that passes its own examples; and so is the last."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "examples/packs/README.md").read_text(encoding="utf-8"), re.S)
    first = next(i for i, block in enumerate(blocks) if block.startswith("examples:"))
    write(folder, {"guide.yaml": "".join(blocks[:first + 1]), "more.yaml": blocks[-1]})
    for pack, count in (("guide.yaml", 6), ("more.yaml", 3)):
        expect(run("check", pack, folder=folder), 0)
        expect(run("test", pack, folder=folder), 0, out=f"{count} passed, 0 failed")


if __name__ == "__main__":
    main(globals())
