#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The hash of what rules answer to random rows must be the same from gcc and clang, at -O0 and -O3, in Turkish and Chinese, in
# two time zones, with 1, 2 and 8 threads, from each instruction set, in whole tables and in ranges. Installs what is missing.
#   ./tests/columns/run_matrix.sh [ROWS]      10000000; of the rules of Beilun a fiftieth of them, of those answered row by row a thousandth
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) || exit 1
. "$ROOT/tests/house/toolchain.sh"

ROWS=${1:-10000000}
MATRIX="$BUILD/matrix"
LOCALES="$MATRIX/locales"
require_packages "${BUILD_PACKAGES[@]}" libcmocka-dev clang locales tzdata

mkdir -p "$LOCALES"
for name in tr_TR zh_CN; do
    [ -d "$LOCALES/$name.UTF-8" ] || quietly "making the locale $name" localedef -i "$name" -f UTF-8 "$LOCALES/$name.UTF-8"
done

reference=("$ROOT/tests/bench/reference.yaml" "$ROOT/tests/columns/hash_rules.yaml")
beilun=("$ROOT"/examples/packs/beilun/*.yaml "$ROOT"/examples/packs/national/*.yaml "$ROOT/examples/packs/ningbo/childcare-construction-grant.yaml")
declare -A expected=()
passed=0 failed=0

# check BUILD LOCALE ZONE OPTION…: runs the workloads and compares with the first hash that there was.
check() {
    local build=$1 locale=$2 zone=$3 program="$MATRIX/$1/tests/columns/result_hash" workload hash rows packs begin
    shift 3
    for workload in reference beilun beilun_by_rows; do
        rows=$ROWS packs=("${reference[@]}")
        [ "$workload" = beilun ] && rows=$((ROWS / 50)) packs=("${beilun[@]}")
        [ "$workload" = beilun_by_rows ] && rows=$((ROWS / 1000)) packs=("${beilun[@]}")
        begin=$SECONDS
        hash=$(LOCPATH="$LOCALES" LC_ALL="$locale.UTF-8" TZ="$zone" "$program" --rows "$rows" --workload "$workload" "$@" "${packs[@]}" 2>/dev/null)
        : "${expected[$workload]:=$hash}"
        if [ -n "$hash" ] && [ "$hash" = "${expected[$workload]}" ]; then
            passed=$((passed + 1)); say "same    $build $locale $zone $* ($((SECONDS - begin)) s): $hash"
        else
            failed=$((failed + 1)); say "DIFFERS $build $locale $zone $*: ${hash:-no result}, not ${expected[$workload]}"
        fi
    done
}

for build in gcc-O3 clang-O3 gcc-O0 clang-O0; do
    if [ ! -f "$MATRIX/$build/build.ninja" ]; then
        CC=${build%-*} quietly "configuring $build" meson setup "$MATRIX/$build" "$ROOT" --buildtype=plain -Doptimization="${build#*-O}"
    fi
    quietly "building $build" ninja -C "$MATRIX/$build" tests/columns/result_hash
done
for build in gcc-O3 clang-O3 gcc-O0 clang-O0; do
    check "$build" tr_TR Asia/Shanghai --threads 1
    check "$build" zh_CN America/New_York --threads 2
done
for build in gcc-O3 clang-O3; do
    check "$build" tr_TR America/New_York --threads 8
    check "$build" zh_CN Asia/Shanghai --threads 2 --range 4097
    check "$build" tr_TR Asia/Shanghai --threads 2 --instructions 1
    check "$build" zh_CN America/New_York --threads 2 --instructions 2 --blocks 7
    check "$build" tr_TR America/New_York --threads 2 --instructions 3 --blocks 4096
done
say "$ROWS rows of the reference workload, $((ROWS / 50)) of Beilun's, $((ROWS / 1000)) row by row"
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
