#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and installs the library alone on a bare Debian 12, without SWIG, Java and Python's headers, and then the programs of
# examples/c against it, shared and static. Run by hand, as root; it downloads a Debian of 200 MB by debootstrap.
#   ./tests/house/bare_debian.sh FOLDER      the new system, or one that an earlier run left there
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
SYSTEM=$(realpath -m "${1:?usage: $0 FOLDER}")
[ -x "$SYSTEM/bin/sh" ] || debootstrap --variant=minbase bookworm "$SYSTEM"

inside() { chroot "$SYSTEM" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

timed() { # WHAT COMMAND…: runs it and says how long it took
    local what=$1 begin=$SECONDS
    shift
    "$@" >"$SYSTEM/tmp/log" 2>&1 || { cat "$SYSTEM/tmp/log"; exit 1; }
    printf '%-52s %4d s\n' "$what" $((SECONDS - begin))
}

timed "packages that a build of the library needs" inside sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    gcc g++ libc6-dev meson ninja-build pkg-config libyaml-dev libintelrdfpmath-dev libpcre2-dev libutf8proc-dev nettle-dev'
for tool in swig java javac cmocka; do inside sh -c "command -v $tool" && { echo "$tool is there"; exit 1; }; done
inside sh -c 'test ! -e /usr/include/python3.11/Python.h && test ! -e /usr/include/csv.h && test ! -e /usr/include/cmocka.h'

rm -rf "$SYSTEM/srv/tuoyu" "$SYSTEM/srv/build" "$SYSTEM/srv/consumer"
mkdir -p "$SYSTEM/srv/tuoyu" "$SYSTEM/srv/consumer"
git -C "$ROOT" archive HEAD | tar -x -C "$SYSTEM/srv/tuoyu"
timed "meson setup" inside meson setup /srv/build /srv/tuoyu --buildtype=release --libdir=lib -Dauto_features=disabled
timed "ninja" inside ninja -C /srv/build
timed "ninja install" inside ninja -C /srv/build install
inside ldconfig

# A stranger has the three programs, the packs, and nothing of the source.
cp -r "$ROOT/examples" "$SYSTEM/srv/consumer/"
rm -rf "$SYSTEM/srv/tuoyu" "$SYSTEM/srv/build"
inside sh -eu -c '
    cd /srv/consumer
    PACKS=$(for name in national/childcare-standards national/child-allowance national/child-health-visits national/family-childcare-sites \
                        ningbo/childcare-construction-grant beilun/inclusive-childcare beilun/illustrative; do echo examples/packs/$name.yaml; done)
    build() { # KIND COMPILER FLAGS…
        kind=$1
        shift
        for program in family table indicators; do
            "$@" -Wall -Wextra -pedantic -Werror examples/c/$program.c -x none $LIBRARIES -o $kind-$program
        done
        ./$kind-family 2025-09-30 examples/beilun/family.yaml $kind.json $PACKS >$kind.txt
        ./$kind-table examples/packs/jiande/fees-and-subsidy.yaml >>$kind.txt
        ./$kind-indicators $PACKS >>$kind.txt
    }
    LIBRARIES=$(pkg-config --libs tuoyu)
    build shared gcc -std=c11 $(pkg-config --cflags tuoyu)
    build shared-c++ g++ -std=c++17 -x c++ $(pkg-config --cflags tuoyu)
    LIBRARIES=$(pkg-config --static --libs tuoyu | sed s/-ltuoyu/-l:libtuoyu.a/)
    build static gcc -std=c11 $(pkg-config --cflags tuoyu)
    LIBRARIES="-static $(pkg-config --static --libs tuoyu)"
    build wholly-static gcc -std=c11 $(pkg-config --cflags tuoyu)
    for kind in shared-c++ static wholly-static; do cmp shared.txt $kind.txt; cmp shared.json $kind.json; done
    cat shared.txt
    strip *-family
    ls -l /usr/local/lib/libtuoyu.* *-family | awk "{print \$5, \$9, \$10, \$11}"
    ldd shared-family static-family | grep -v linux-vdso'
