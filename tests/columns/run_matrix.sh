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

# check LABEL PROGRAM LOCALE ZONE OPTION…: runs the workloads and compares with the first hash that there was.
check() {
    local label=$1 program=$2 locale=$3 zone=$4 workload hash rows packs begin
    shift 4
    for workload in reference beilun beilun_by_rows; do
        rows=$ROWS packs=("${reference[@]}")
        [ "$workload" = beilun ] && rows=$((ROWS / 50)) packs=("${beilun[@]}")
        [ "$workload" = beilun_by_rows ] && rows=$((ROWS / 1000)) packs=("${beilun[@]}")
        begin=$SECONDS
        hash=$(LOCPATH="$LOCALES" LC_ALL="$locale.UTF-8" TZ="$zone" "$program" --rows "$rows" --workload "$workload" "$@" "${packs[@]}" 2>/dev/null)
        : "${expected[$workload]:=$hash}"
        if [ -n "$hash" ] && [ "$hash" = "${expected[$workload]}" ]; then
            passed=$((passed + 1)); say "same    $label $locale $zone $* ($((SECONDS - begin)) s): $hash"
        else
            failed=$((failed + 1)); say "DIFFERS $label $locale $zone $*: ${hash:-no result}, not ${expected[$workload]}"
        fi
    done
}

for compiler in gcc clang; do
    for level in 3 0; do
        folder="$MATRIX/$compiler-O$level"
        if [ ! -f "$folder/build.ninja" ]; then
            CC=$compiler quietly "configuring $compiler -O$level" meson setup "$folder" "$ROOT" --buildtype=plain -Doptimization="$level"
        fi
        quietly "building $compiler -O$level" ninja -C "$folder" tests/columns/result_hash
        program="$folder/tests/columns/result_hash"
        label="$compiler -O$level"
        check "$label" "$program" tr_TR Asia/Shanghai --threads 1
        check "$label" "$program" zh_CN America/New_York --threads 2
        [ "$level" = 3 ] || continue
        check "$label" "$program" tr_TR America/New_York --threads 8
        check "$label" "$program" zh_CN Asia/Shanghai --threads 2 --range 4097
        check "$label" "$program" tr_TR Asia/Shanghai --threads 2 --instructions 1
        check "$label" "$program" zh_CN America/New_York --threads 2 --instructions 2 --blocks 7
        check "$label" "$program" tr_TR America/New_York --threads 2 --instructions 3 --blocks 4096
    done
done
say "$ROWS rows of the reference workload, $((ROWS / 50)) of Beilun's, $((ROWS / 1000)) row by row"
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
