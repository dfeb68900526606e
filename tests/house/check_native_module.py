#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_native_module.py JAR: the native library in the jar needs the C library and nothing else, and shows the functions
that Java looks for and nothing else; so it loads on a machine that has no library of ours, and beside other versions of
those that it carries."""
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

C_LIBRARY = re.compile(r"(lib(c|m|pthread)\.so\.6|libpthread\.so\.0|ld-linux[-\w]*\.so\.\d)$")
CARRIED = ["yaml_parser_parse", "pcre2_compile_8", "utf8proc_decompose", "nettle_sha256_update", "__bid128_add",
           "tuoyu_policy_load"]


def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def complaints(library):
    """What is wrong with one library."""
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", "\n".join(lines("readelf", "--dynamic", library)))
    found = [f"it needs {name}" for name in needed if not C_LIBRARY.match(name)]
    if not needed:
        found.append("readelf tells nothing that it needs: the check reads nothing")
    shown = [line.split()[-1] for line in lines("nm", "--dynamic", "--defined-only", library)]
    found += [f"it shows {name}" for name in shown if not name.startswith("Java_tuoyu_raw_") and name != "JNI_OnLoad"]
    if len(shown) < 100:
        found.append(f"it shows {len(shown)} functions only")
    for line in lines("nm", "--dynamic", "--undefined-only", library):
        kind, name = line.split()[-2:]
        if kind == "U" and "@GLIBC_" not in name:
            found.append(f"it looks for {name} outside")
    inside = {line.split()[-1] for line in lines("nm", "--defined-only", library)}
    return found + [f"it lacks {name}" for name in CARRIED if name not in inside]


def main(jar):
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(jar) as archive:
        names = [name for name in archive.namelist() if name.endswith(".so")]
        found = [] if names else ["the jar carries no native library"]
        for name in names:
            library = pathlib.Path(archive.extract(name, folder))
            found += [f"{name}: {complaint}" for complaint in complaints(library)]
            versions = re.findall(r"GLIBC_([\d.]+)", "\n".join(lines("objdump", "--dynamic-syms", str(library))))
            newest = max(versions, key=lambda version: [int(part) for part in version.split(".")], default="none")
            print(f"{name}: {library.stat().st_size} bytes, newest symbol of the C library {newest}")
    print("\n".join(found[:20]))
    print(f"{len(names)} libraries, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
