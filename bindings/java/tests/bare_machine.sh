#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bare_machine.sh [FOLDER]: answers a family from the jar on a Debian 12 that has a JRE and nothing of ours, and compares
# the answers with those given here, to the byte. Needs root, debootstrap, and a jar that was built (tests/run.sh).
# FOLDER (build/bare-machine) keeps that Debian, half a gigabyte, for the next time.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
BARE=$(realpath -m "${1:-$ROOT/build/bare-machine}")
WORK="$ROOT/build/bare-family"
DAY=2025-09-30

make_machine() {
    [ -d "$BARE/etc" ] || debootstrap --variant=minbase bookworm "$BARE" >"$WORK/debootstrap.log"
    mountpoint -q "$BARE/proc" || mount -t proc proc "$BARE/proc"
    [ -x "$BARE/usr/bin/java" ] && return
    chroot "$BARE" sh -c 'apt-get update -qq && mkdir -p /usr/share/man/man1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless' >"$WORK/apt.log" 2>&1
}

# family JAVA… : the three answers as JSON, into the file that is named last.
family() { "$@" Family examples "$DAY" "answers.json"; }

rm -rf "$WORK"
mkdir -p "$WORK/machine"
trap 'umount "$BARE/proc" 2>/dev/null || true' EXIT
make_machine
if ls "$BARE"/usr/lib/*/libyaml-0.so.* >/dev/null 2>&1; then echo "$BARE has libyaml: it is no bare machine" >&2; exit 1; fi

javac -encoding UTF-8 -cp "$ROOT/build/bindings/java/tuoyu.jar" -d "$WORK/machine" "$ROOT/examples/Family.java"
cp -r "$ROOT/build/bindings/java/tuoyu.jar" "$ROOT/examples" "$WORK/machine/"
rm -rf "$BARE/opt/family"
cp -r "$WORK/machine" "$BARE/opt/family"
(cd "$WORK/machine" && family java -cp .:tuoyu.jar)
family chroot "$BARE" sh -c 'cd /opt/family && exec java -cp .:tuoyu.jar "$@"' java
cmp "$WORK/machine/answers.json" "$BARE/opt/family/answers.json"
echo "the same answers on a machine with a JRE only"
