#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the commands write: a file keeps its mode, a link is followed, and nothing half-made stays, however a command ends."""
import os
import resource
import signal
import subprocess
import time

from command_test import BUILD, COMMAND, expect, main, run, write

ROWS = "child.kind,child.fee\ntoddler,1700\ninfant,2000\n"
CLAIMS = """\
tuoyu: 1
id: test.claims
title: t
in_force: 2024-01-01..
facts: {a: {fee: {type: money, unit: CNY}}}
cost_sharing: {split: {title: t, unit: CNY, of: a.fee, payers: [{id: gov, rate: 0.5}], residual: family,
                       budget: {of: 100, payer: gov, order: [a.fee], when_short: pay_part}}}
"""
DAY = ("--as-of", "2024-05-01")


def writers(folder):
    """Every option that writes a file, as arguments before the path, and what makes the others go elsewhere."""
    write(folder, {"rows.csv": ROWS, "claims.yaml": CLAIMS, "claims.csv": "id,a.fee\n1,10\n", "case.json": '{"child.kind": "toddler"}'})
    run_one = ["run", "fees.yaml", "--rule", "ceiling", "--input", "rows.csv", *DAY]
    pay = ["pay", "claims.yaml", "--rule", "split", "--input", "claims.csv", *DAY]
    return [run_one + ["--output"], run_one + ["--output", "-", "--summary"], pay + ["--output"], pay + ["--output", "-", "--receipt"],
            ["eval", "fees.yaml", "--rule", "ceiling", "--case", "case.json", *DAY, "--receipt"]]


def mode_of(path):
    return path.stat().st_mode & 0o7777


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_keeps_its_mode(folder):
    for arguments in writers(folder):
        fresh = folder / "fresh"
        expect(run(*arguments, fresh, folder=folder), 0)
        for mode in (0o600, 0o640, 0o604, 0o666, 0o400, 0o755):
            write(folder, {"kept": "before\n"})
            (folder / "kept").chmod(mode)
            owner = (folder / "kept").stat().st_uid, (folder / "kept").stat().st_gid
            before = names(folder)
            expect(run(*arguments, "kept", folder=folder), 0)
            assert mode_of(folder / "kept") == mode and names(folder) == before, (arguments, oct(mode), oct(mode_of(folder / "kept")))
            assert (folder / "kept").read_bytes() == fresh.read_bytes() != b"before\n", arguments
            assert ((folder / "kept").stat().st_uid, (folder / "kept").stat().st_gid) == owner
        (folder / "kept").unlink()
        fresh.unlink()


def test_a_new_file_has_the_usual_mode(folder):
    for arguments in writers(folder):
        for mask in (0o022, 0o077, 0o002):
            process = subprocess.run([COMMAND, *map(str, arguments), "new"], cwd=folder, capture_output=True, timeout=60, check=False,
                                     preexec_fn=lambda mask=mask: os.umask(mask) and None)
            assert process.returncode == 0, process
            assert mode_of(folder / "new") == 0o666 & ~mask, (arguments, oct(mask), oct(mode_of(folder / "new")))
            (folder / "new").unlink()


def test_a_link_is_followed(folder):
    (folder / "elsewhere").mkdir()
    for arguments in writers(folder):
        target = folder / "elsewhere" / "target"
        target.write_text("before\n")
        target.chmod(0o600)
        for link, to in (("direct", "elsewhere/target"), ("absolute", str(target)), ("twice", "direct")):
            target.write_text("before\n")
            if not (folder / link).is_symlink():
                os.symlink(to, folder / link)
            before = names(folder)
            expect(run(*arguments, link, folder=folder), 0)
            assert (folder / link).is_symlink() and os.readlink(folder / link) == to, arguments
            assert mode_of(target) == 0o600 and target.read_text() != "before\n", arguments
            assert names(folder) == before and names(folder / "elsewhere") == ["target"], arguments


def test_a_link_to_nothing_is_refused(folder):
    os.symlink("nowhere/file", folder / "broken")
    os.symlink("loop", folder / "loop")
    for arguments in writers(folder):
        for link in ("broken", "loop"):
            expect(run(*arguments, link, folder=folder), 2, err=f"{link}: cannot be written: ")
            assert (folder / link).is_symlink() and not (folder / "nowhere").exists(), arguments


def test_a_link_to_the_input_is_the_input(folder):
    write(folder, {"rows.csv": ROWS})
    os.symlink("rows.csv", folder / "link")
    expect(run("run", "fees.yaml", "--rule", "ceiling", "--input", "rows.csv", "--output", "link", *DAY, folder=folder), 2, err="input itself")
    assert (folder / "rows.csv").read_text() == ROWS


def test_the_manual_says_so(folder):
    for command in ("run", "eval"):
        words = " ".join(run(command, "--help", folder=folder).out.split())
        assert "mode" in words and "a link is followed" in words, words


# ---- However it ends ----

def interrupted(folder, number, output):
    before = names(folder)
    process = subprocess.Popen([COMMAND, "run", "fees.yaml", "--rule", "ceiling", "--input", "-", "--output", output, *DAY], cwd=folder,
                               stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
    process.stdin.write(b"child.kind,child.fee\n" + b"toddler,1\n" * 20000)
    process.stdin.flush()
    place = (folder / output).resolve().parent
    deadline = time.monotonic() + 60
    while not list(place.glob("*.??????")) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(place.glob("*.??????")), names(place)
    process.send_signal(number)
    process.wait(timeout=60)
    process.stdin.detach().close()
    process.stderr.close()
    assert not list(place.glob("*.??????")) and names(folder) == before, names(folder)
    return process.returncode


def test_a_signal_leaves_nothing_behind_where_a_link_leads(folder):
    (folder / "elsewhere").mkdir()
    write(folder, {"elsewhere/target": "kept\n"})
    os.symlink("elsewhere/target", folder / "link")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE, signal.SIGXCPU):
        for output in ("link", "elsewhere/target", "elsewhere/new"):
            assert interrupted(folder, number, output) == -number
        assert (folder / "elsewhere" / "target").read_text() == "kept\n" and names(folder / "elsewhere") == ["target"]


def is_sanitized():
    return b"__asan_init" in COMMAND.read_bytes() or b"__asan_init" in (BUILD / "src" / "libtuoyu.so").read_bytes()


def test_memory_that_runs_out_leaves_nothing_behind(folder):
    """With ever less memory, until it does not even start: whatever there is in the end is whole, or not there."""
    if is_sanitized():
        return  # a sanitizer reserves more than any such limit
    rows = "child.kind,child.fee,note\n" + f"toddler,1700,{'x' * 60000}\n" * 300
    write(folder, {"rows.csv": rows})
    expect(run("run", "fees.yaml", "--rule", "ceiling", "--input", "rows.csv", "--output", "whole.csv", *DAY, folder=folder), 0)
    whole = (folder / "whole.csv").read_bytes()
    before, ran_out = names(folder), 0
    for megabytes in range(10, 90, 4):
        limit = megabytes * 2 ** 20
        process = subprocess.run([COMMAND, "run", "fees.yaml", "--rule", "ceiling", "--input", "rows.csv", "--output", "out.csv", "--threads", "1", *DAY],
                                 cwd=folder, capture_output=True, timeout=60, check=False,
                                 preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        ran_out += b"out of memory" in process.stderr
        if process.returncode == 0:
            assert (folder / "out.csv").read_bytes() == whole
            (folder / "out.csv").unlink()
        assert names(folder) == before, (megabytes, process, names(folder))
    assert ran_out > 0


if __name__ == "__main__":
    main(globals())
