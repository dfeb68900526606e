#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds, runs every test, and ends with `N passed, N failed`.
#   ./tests/run.sh
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
. "$ROOT/tests/house/toolchain.sh"

TEST_PACKAGES=(binutils clang-format clang-tidy g++ git libcmocka-dev python3-venv python3-pip junit5 libgoogle-gson-java)
SANITIZED="$BUILD/sanitized"
RESULTS=()

# run_suites LABEL FOLDER [MESON TEST OPTION…]: all suites of a build; its log is counted at the end.
run_suites() {
    local label=$1 folder=$2
    shift 2
    say "running: $label"
    meson test -C "$folder" --no-rebuild --num-processes "$(nproc)" "$@" >"$LOGS/tests-$label.log" 2>&1 </dev/null
    RESULTS+=("$label=$folder/meson-logs/testlog.json")
}

require_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
say "building"
build_tuoyu -Dtests=enabled -Dbench=enabled -Dwerror=true
say "building with AddressSanitizer and UndefinedBehaviorSanitizer"
build_folder "$SANITIZED" --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false -Dwerror=true \
    -Ddefault_library=shared -Dcli=enabled -Dpython=disabled -Djava=disabled -Dtests=enabled -Dbench=enabled

mkdir -p "$LOGS"
run_suites release "$BUILD"
run_suites sanitized "$SANITIZED" --no-suite house --no-suite kept --timeout-multiplier 4
for script in "$ROOT"/bindings/*/tests/run.sh; do
    [ -f "$script" ] || continue
    language=$(basename "$(dirname "$(dirname "$script")")")
    say "running: $language"
    rm -f "$BUILD/results-$language.xml"
    bash "$script" "$BUILD/results-$language.xml" >"$LOGS/tests-$language.log" 2>&1 </dev/null || tail -n 60 "$LOGS/tests-$language.log"
    RESULTS+=("$language=$BUILD/results-$language.xml")
done
exec python3 "$ROOT/tests/house/count_results.py" "${RESULTS[@]}"
