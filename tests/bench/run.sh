#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds with release flags, measures, and prints a table.
#   ./tests/bench/run.sh [--json FILE]    FILE gets a line of JSON for each case: case, ours, peer, ratio, unit, bar
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) || exit 1
. "$ROOT/tests/house/toolchain.sh"

json=
case "${1:-}" in
    '') ;;
    --json) json=${2:?--json takes a file} ;;
    *) fail "usage: $0 [--json FILE]" ;;
esac
require_packages "${BUILD_PACKAGES[@]}" libcmocka-dev
build_tuoyu

PACKS="$ROOT/examples/packs"
lines=$(mktemp) || exit 1
trap 'rm -f "$lines"' EXIT
{
    "$BUILD/tests/bench/bench_feel" || exit 1
    "$BUILD/tests/bench/bench_pack" "$PACKS/beilun/inclusive-childcare.yaml" "$PACKS"/*/*.yaml || exit 1
} >"$lines" || fail "a benchmark failed"
[ -z "$json" ] || cp "$lines" "$json"
python3 "$ROOT/tests/bench/print_table.py" <"$lines"
