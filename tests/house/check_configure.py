#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What meson makes of the options, of machines that are not served, and of tools that are missing. It configures only."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from public_interface import ROOT

# What a library alone may need; a PATH of links to these, and to nothing else, is a machine without SWIG and
# Java.
TOOLS = [
    "cc",
    "gcc",
    "c++",
    "g++",
    "ld",
    "ld.bfd",
    "as",
    "ar",
    "nm",
    "ranlib",
    "strip",
    "objcopy",
    "pkg-config",
    "python3",
    "meson",
    "ninja",
    "sh",
    "uname",
    "dpkg-architecture",
    "git",
    "env",
    "ls",
]
BUILT_FOR_OTHERS = {"tuoyujni", "java_jar", "java_raw", "_raw", "python_raw", "calls", "arrow_capsules"}


class Machine:
    """A folder to configure in, with the tools that a library needs."""

    def __init__(self, folder):
        self.folder, self.count = folder, 0
        self.path = folder / "bin"
        self.path.mkdir()
        for name in TOOLS:
            found = shutil.which(name)
            if found:
                (self.path / name).symlink_to(found)

    def configure(self, *options, bare=True):
        """The build folder, and what meson said; the folder is None where it refused."""
        self.count += 1
        build = self.folder / f"build-{self.count}"
        environment = {**os.environ, "PATH": str(self.path)} if bare else os.environ
        done = subprocess.run(
            ["meson", "setup", build, ROOT, *options], env=environment, capture_output=True, text=True
        )
        return (build if done.returncode == 0 else None), done.stdout + done.stderr

    def cross(self, cpu, endian):
        """A file that describes another machine; its compiler is this one's, which is enough to be asked for the byte order."""
        path = self.folder / f"{cpu}.ini"
        path.write_text(
            f"[binaries]\nc = '{shutil.which('gcc')}'\nobjcopy = '{shutil.which('objcopy')}'\n"
            f"pkgconfig = '{shutil.which('pkg-config')}'\n"
            f"[host_machine]\nsystem = 'linux'\ncpu_family = '{cpu}'\ncpu = '{cpu}'\nendian = '{endian}'\n",
            encoding="utf-8",
        )
        return f"--cross-file={path}"


def introspect(build, what):
    return json.loads((build / "meson-info" / f"intro-{what}.json").read_text(encoding="utf-8"))


def errors(said):
    return [line for line in said.splitlines() if "ERROR:" in line]


def big_endian(machine):
    for cpu in ("s390x", "ppc64", "sparc64"):
        build, said = machine.configure(machine.cross(cpu, "big"), bare=False)
        if (
            build
            or len(errors(said)) != 1
            or "little-endian machines only" not in errors(said)[0]
            or cpu not in errors(said)[0]
        ):
            yield f"{cpu} is not refused by one clear line: {errors(said)}"
    build, said = machine.configure(
        machine.cross("aarch64", "little"), "-Dauto_features=disabled", bare=False
    )
    if not build:
        yield f"aarch64 is refused: {errors(said)}"


def big_endian_without_meson(machine):
    """A compiler that is called by another build system refuses, too."""
    done = subprocess.run(
        [
            "gcc",
            "-std=c11",
            "-fsyntax-only",
            "-w",
            "-I",
            ROOT / "src",
            "-I",
            ROOT / "include",
            "-U__BYTE_ORDER__",
            "-D__BYTE_ORDER__=__ORDER_BIG_ENDIAN__",
            ROOT / "src/base/public_layout.c",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    if done.returncode == 0 or "little-endian machines only" not in done.stderr:
        yield f"the code does not refuse big-endian: {done.stderr[:300]}"


def no_128_bits(machine):
    build, said = machine.configure("-Dc_args=-D__int128=nothing_of_the_kind", bare=False)
    if build or "128-bit integers" not in "".join(errors(said)):
        yield f"a compiler without 128-bit integers is not refused by a clear line: {errors(said)}"


def library_alone(machine):
    build, said = machine.configure("-Dauto_features=disabled")
    if not build:
        yield f"a library alone cannot be configured without SWIG and Java: {errors(said)}"
        return
    installed = {target["name"] for target in introspect(build, "targets") if target["installed"]}
    if installed != {"tuoyu"}:
        yield f"a library alone installs {sorted(installed)}"
    for tool in ("swig", "javac", "cmocka", "csv", "threads"):
        if f"{tool} found" in said or f"{tool} " in "".join(
            line for line in said.splitlines() if line.startswith("Program")
        ):
            yield f"a library alone looks for {tool}"


def by_itself(machine):
    """Without options, what cannot be built is left out; nobody's compiler stops at a warning that ours has not got."""
    build, said = machine.configure()
    if not build:
        yield f"without SWIG and Java nothing can be configured: {errors(said)}"
        return
    names = {target["name"] for target in introspect(build, "targets")}
    if names & BUILT_FOR_OTHERS or "core" not in names:
        yield f"without SWIG and Java these are built: {sorted(names & BUILT_FOR_OTHERS)}"
    options = {option["name"]: option["value"] for option in introspect(build, "buildoptions")}
    if options["werror"] or options["default_library"] != "both":
        yield f"by default, werror is {options['werror']} and default_library {options['default_library']}"


def without_cmocka(machine):
    """What examples/run.sh configures on a new machine: all that is there, and no cmocka."""
    build, said = machine.configure("-Dtests=disabled", bare=False)
    if not build:
        yield f"without the tests: {errors(said)}"


def missing_tools(machine):
    for option, tool in (("python", "swig"), ("java", "swig")):
        build, said = machine.configure(f"-D{option}=enabled")
        if build or tool not in "".join(errors(said)):
            yield f"-D{option}=enabled without {tool}: {errors(said)}"


def kinds_of_library(machine):
    for kind, types in (
        ("shared", {"shared library"}),
        ("static", {"static library"}),
        ("both", {"shared library", "static library"}),
    ):
        build, said = machine.configure(f"-Ddefault_library={kind}", "-Dauto_features=disabled")
        found = (
            {target["type"] for target in introspect(build, "targets") if target["name"] == "tuoyu"}
            if build
            else errors(said)
        )
        if found != types:
            yield f"-Ddefault_library={kind} builds {found}"
        description = (build / "meson-private" / "tuoyu.pc").read_text(encoding="utf-8") if build else ""
        wants = "Requires: yaml-0.1" if kind == "static" else "Requires.private: yaml-0.1"
        if wants not in description or any(
            name not in description for name in ("libpcre2-8", "libutf8proc", "nettle", "-lm")
        ):
            yield f"tuoyu.pc of {kind} does not name what the static library needs:\n{description}"


def main():
    failures = []
    with tempfile.TemporaryDirectory() as temporary:
        machine = Machine(pathlib.Path(temporary))
        for check in (
            big_endian,
            big_endian_without_meson,
            no_128_bits,
            library_alone,
            by_itself,
            without_cmocka,
            missing_tools,
            kinds_of_library,
        ):
            failures += check(machine)
    print("\n".join(failures))
    print(f"{machine.count} configurations, {len(failures)} findings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
