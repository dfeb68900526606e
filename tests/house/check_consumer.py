#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs the library into an empty folder and builds the programs of examples/c against it as a stranger
would, with pkg-config alone: as C11 and as C++17, against the shared library, the static one, and without any
shared library at all. What they print is what the packs' worked examples say. No inner name of the library
meets one of theirs."""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from public_interface import ROOT, project_version

BUILD = pathlib.Path(os.environ.get("TUOYU_BUILD", ROOT / "build"))
EXAMPLES = ROOT / "examples"
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Wshadow", "-Wconversion", "-Werror"]
LANGUAGES = [["gcc", "-std=c11", "-x", "c"], ["g++", "-std=c++17", "-x", "c++"]]
PACKS = [
    EXAMPLES / "packs" / name
    for name in (
        "national/childcare-standards.yaml",
        "national/child-allowance.yaml",
        "national/child-health-visits.yaml",
        "national/family-childcare-sites.yaml",
        "ningbo/childcare-construction-grant.yaml",
        "beilun/inclusive-childcare.yaml",
        "beilun/illustrative.yaml",
    )
]
FAMILY = EXAMPLES / "beilun" / "family.yaml"
AS_OF = "2025-09-30"

TABLE = """\
ceiling complies subsidy outcome        entitled       missing
3000    yes      1000    determined     eligible       
3000    no       800     determined     eligible       
3000    yes      600     determined     eligible       
3000    yes      600     determined     eligible       
3000    yes      none    not_applicable ineligible     
3000    yes      none    undetermined   eligible       child.days_in_month
"""
INDICATORS = f"""\
whole: 83.{"3" * 32} percent, between 71.{"428571" * 5}43 and 85.{"714285" * 5}71, open, 0 to go
新碶街道: 75 percent, between 75 and 75, not met, 1 to go
小港街道: 100 percent, between 66.{"6" * 31}7 and 100, open, 0 to go
梅山街道: none percent, between none and none, open, none to go
"""
FAMILY_LINES = """\
quote    1500 CNY/month, over by 30
split    district 300, employer 336, institution 168, family 876
verdict  eligible
"""


def run(*command, **options):
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True, **options
    ).stdout


class Installed:
    """The library in a folder of its own, and how a program is built against it."""

    def __init__(self, folder):
        self.folder = folder
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", folder)
        (self.description,) = folder.rglob("tuoyu.pc")
        self.libraries = self.description.parent.parent
        self.shared, self.static = self.libraries / "libtuoyu.so", self.libraries / "libtuoyu.a"
        self.environment = {
            **os.environ,
            "PKG_CONFIG_PATH": str(self.description.parent),
            "PKG_CONFIG_SYSROOT_DIR": str(folder),
        }

    def flags(self, *options):
        return shlex.split(run("pkg-config", *options, "tuoyu", env=self.environment))

    def ways(self):
        """Each way of linking that the build allows: its name, and what stands on the compiler's command line."""
        if self.shared.exists():
            yield "shared", self.flags("--libs")
        if self.static.exists():
            yield (
                "static",
                ["-l:libtuoyu.a" if flag == "-ltuoyu" else flag for flag in self.flags("--static", "--libs")],
            )
            yield "wholly static", ["-static", *self.flags("--static", "--libs")]

    def build(self, language, sources, libraries, *more):
        program = self.folder / "program"
        run(
            *language,
            *WARNINGS,
            *self.flags("--cflags"),
            *sources,
            "-x",
            "none",
            *more,
            *libraries,
            "-o",
            program,
        )
        return program

    def run(self, program, *arguments):
        return run(program, *arguments, env={**os.environ, "LD_LIBRARY_PATH": str(self.libraries)})


def answers_of_the_command():
    command = BUILD / "src" / "cli" / "tuoyu"
    if not command.exists():
        return None
    return "".join(
        run(command, "eval", *PACKS, "--rule", rule, "--case", FAMILY, "--as-of", AS_OF, "--format", "json")
        for rule in ("monthly_fee", "monthly_care_cost", "inclusive_place")
    )


def examples(installed, libraries, what, *more):
    """What the three programs answer that is not as it should be."""
    for language in LANGUAGES:
        for name, arguments, expected in (
            ("family", [AS_OF, FAMILY, installed.folder / "answers", *PACKS], FAMILY_LINES),
            ("table", [EXAMPLES / "packs/jiande/fees-and-subsidy.yaml"], TABLE),
            ("indicators", PACKS, INDICATORS),
        ):
            program = installed.build(language, [EXAMPLES / "c" / f"{name}.c"], libraries, *more)
            printed = installed.run(program, *arguments)
            if printed != expected:
                yield f"{name} by {language[0]}, {what}, printed:\n{printed}"
        answers, command = (
            (installed.folder / "answers").read_text(encoding="utf-8"),
            answers_of_the_command(),
        )
        if command is not None and answers != command:
            yield f"family by {language[0]}, {what}, does not answer as the command:\n{answers}"


def inner_names():
    """Names that the library's own objects and the decimal library define for each other."""
    names = set()
    for archive in (BUILD / "src" / "libcore.a", run("gcc", "-print-file-name=libbidgcc000.a").strip()):
        lines = run("nm", "-g", "--defined-only", archive).splitlines()
        names |= {line.split()[2] for line in lines if len(line.split()) == 3}
    return sorted(name for name in names if not name.startswith("tuoyu_") and re.fullmatch(r"\w+", name))


def names_that_clash(installed):
    """Builds a program that defines every inner name of the library itself; it must link, and answer as before."""
    source, clashes = installed.folder / "clashes.c", installed.folder / "clashes.o"
    names = inner_names()
    source.write_text("".join(f"char {name}[64] = {{1}};\n" for name in names), encoding="utf-8")
    run("gcc", "-w", "-fno-builtin", "-c", source, "-o", clashes)
    for what, libraries in installed.ways():
        yield from examples(
            installed, libraries, f"{what}, beside a program with {len(names)} inner names", clashes
        )
    if len(names) < 500:
        yield f"only {len(names)} inner names were found: the check reads nothing"


def versions(installed):
    """The version is one, wherever it is asked for, and the SONAME goes with it."""
    source = installed.folder / "version.c"
    source.write_text(
        "#include <stdio.h>\n#include <tuoyu/tuoyu.h>\nint main(void)\n{\n"
        '    printf("%s %s\\n", TUOYU_VERSION, tuoyu_version());\n    return 0;\n}\n',
        encoding="utf-8",
    )
    for what, libraries in installed.ways():
        printed = installed.run(installed.build(LANGUAGES[0], [source], libraries))
        if printed != f"{project_version()} {project_version()}\n":
            yield f"{what}: headers and library are of {printed}"
    if run("pkg-config", "--modversion", "tuoyu", env=installed.environment).strip() != project_version():
        yield "pkg-config knows another version"
    major, minor, _ = project_version().split(".")
    soname = f"libtuoyu.so.{major if major != '0' else f'0.{minor}'}"
    if installed.shared.exists() and not re.search(
        rf"SONAME\s+{re.escape(soname)}\n", run("objdump", "-p", installed.shared)
    ):
        yield f"the SONAME is not {soname}"


def embedded(installed):
    """A shared library that holds the static one keeps it to itself if it wants to."""
    if not installed.static.exists():
        return
    source, library = installed.folder / "plugin.c", installed.folder / "plugin.so"
    source.write_text(
        "#include <tuoyu/tuoyu.h>\nconst char *plugin(void);\nconst char *plugin(void) { return tuoyu_version(); }\n",
        encoding="utf-8",
    )
    libraries = dict(installed.ways())["static"]
    run(
        "gcc",
        "-shared",
        "-fPIC",
        *installed.flags("--cflags"),
        source,
        *libraries,
        "-Wl,--exclude-libs,libtuoyu.a",
        "-o",
        library,
    )
    exported = [line.split()[-1] for line in run("nm", "-D", "--defined-only", library).splitlines()]
    if exported != ["plugin"]:
        yield f"a shared library that holds ours exports {exported[:5]}"


def headers(installed):
    here = {path.name for path in (ROOT / "include" / "tuoyu").glob("*.h")}
    there = {path.name for path in installed.folder.rglob("include/tuoyu/*.h")}
    if here != there:
        yield f"headers that are not installed, or not ours: {sorted(here ^ there)}"


def main():
    with tempfile.TemporaryDirectory() as temporary:
        installed = Installed(pathlib.Path(temporary))
        ways = list(installed.ways())
        failures = [failure for what, libraries in ways for failure in examples(installed, libraries, what)]
        failures += [
            *versions(installed),
            *embedded(installed),
            *headers(installed),
            *names_that_clash(installed),
        ]
    if not ways:
        failures.append("no library was installed")
    print("\n".join(failures))
    print(f"{', '.join(what for what, _ in ways)}: {len(failures)} findings")
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        print(failure.cmd, failure.stdout, failure.stderr)
        sys.exit(1)
