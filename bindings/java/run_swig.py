#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_swig.py SWIG WRAPPER.c FOLDER INTERFACES INCLUDE INPUT.i: the raw Java module into a folder made anew."""
import pathlib
import shutil
import subprocess
import sys


def main(swig, wrapper, folder, interfaces, include, source):
    shutil.rmtree(folder, ignore_errors=True)
    pathlib.Path(folder).mkdir(parents=True)
    subprocess.run([swig, "-java", "-package", "tuoyu.raw", "-outdir", folder, "-o", wrapper, f"-I{interfaces}", f"-I{include}", source],
                   check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
