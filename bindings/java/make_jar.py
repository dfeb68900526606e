#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_jar.py OUT.jar WORK RAW NATIVE JAVAC JAR SOURCE…: compiles, puts the native library beside the classes, packs.
The library's folder is named by system and machine as Java names them, so that jars of several machines can be merged."""
import pathlib
import platform
import shutil
import subprocess
import sys

MACHINES = {"x86_64": "amd64", "AMD64": "amd64"}


def main(out, work, raw, native, javac, jar, *sources):
    work = pathlib.Path(work)
    classes = work / "classes"
    shutil.rmtree(work, ignore_errors=True)
    classes.mkdir(parents=True)
    raw_sources = sorted(str(path) for path in pathlib.Path(raw).glob("*.java"))
    subprocess.run([javac, "-encoding", "UTF-8", "--release", "17", "-nowarn", "-d", str(classes), *raw_sources], check=True)
    subprocess.run([javac, "-encoding", "UTF-8", "--release", "17", "-Xlint:all", "-Xlint:-processing", "-Werror",
                    "-cp", str(classes), "-d", str(classes), *sources], check=True)
    machine = MACHINES.get(platform.machine(), platform.machine())
    folder = classes / "tuoyu" / "native" / f"{platform.system().lower()}-{machine}"
    folder.mkdir(parents=True)
    shutil.copyfile(native, folder / "libtuoyujni.so")
    subprocess.run([jar, "--create", "--file", out, "-C", str(classes), "."], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
