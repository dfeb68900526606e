#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds with release flags, installs what the library is measured against in a folder of its own, measures, prints a table.
#   ./tests/bench/run.sh [--json FILE] [--page FILE] [--large | --quick]
#       --json FILE    a line of JSON for each case: case, ours, peer, ratio, unit; bound and bar where there is a bar
#       --page FILE    the table as a page, with machine, compiler and revision
#       --quick        a tenth of the rows, to try it out
#       --large        also 100 million rows: 8 GB of memory, and minutes more
# Exit status: 0 every bar is met, 1 one is missed or something failed.
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) || exit 1
. "$ROOT/tests/house/toolchain.sh"

results=()
rows=10000000 largest=0 children=1000000 command_rows=1000000,10000000
while [ $# -gt 0 ]; do
    case "$1" in
        --json | --page) results+=("$1" "$(realpath -m "${2:?$1 takes a file}")"); shift ;;
        --large) largest=100000000 command_rows=$command_rows,$largest ;;
        --quick) rows=1000000 children=100000 command_rows=100000,1000000 ;;
        *) fail "usage: $0 [--json FILE] [--page FILE] [--large | --quick]" ;;
    esac
    shift
done
cd "$ROOT" || exit 1
require_packages "${BUILD_PACKAGES[@]}" libcmocka-dev python3-venv python3-pip
build_tuoyu -Dbench=enabled

BENCH="$ROOT/tests/bench"
PEERS="$BUILD/peers"
PYTHON="$PEERS/bin/python"
[ -x "$PYTHON" ] || quietly "making a virtual environment" /usr/bin/python3 -m venv "$PEERS"
if ! cmp -s "$BENCH/peers/requirements.txt" "$PEERS/installed"; then
    say "installing peers"
    quietly "installing peers" "$PYTHON" -m pip install --disable-pip-version-check -r "$BENCH/peers/requirements.txt"
    cp "$BENCH/peers/requirements.txt" "$PEERS/installed"
fi
unset "${!OPENBLAS_@}" # they may hold numpy to an older processor

measured=$(mktemp) || exit 1
trap 'rm -f "$measured"' EXIT
measure() { # PROGRAM ARGUMENT…
    say "measuring: $(basename "$1") $([[ $1 == */python* ]] && basename "$2")" >&2
    "$@" >>"$measured" || fail "failed: $*"
}
say "measuring; this takes some minutes, and says more on a quiet machine"
measure "$BUILD/tests/bench/bench_reference" "$BENCH/reference.yaml" "$rows" "$largest"
PYTHONPATH="$BUILD/bindings/python" measure "$PYTHON" "$BENCH/peers/bench_peers.py" "$BUILD/tests/bench/libreference_bench.so" "$BENCH/reference.yaml" --rows "$rows"
measure "$BUILD/tests/bench/bench_beilun" "$children" examples/packs/beilun/illustrative.yaml examples/packs/*/*.yaml
measure "$BUILD/tests/bench/bench_pack" examples/packs/beilun/inclusive-childcare.yaml examples/packs/*/*.yaml
measure "$PYTHON" "$BENCH/bench_hostile.py" "$BUILD/tests/rules/hostile_driver"
measure "$BUILD/tests/bench/bench_case" examples/packs/beilun/inclusive-childcare.yaml examples/packs/*/*.yaml
measure "$PYTHON" "$BENCH/measure_command.py" "$BUILD/tuoyu" "$BENCH/reference.yaml" --rows "$command_rows"
measure "$BUILD/tests/bench/bench_feel"
compiler=$(cc --version | head -n 1)
revision=$(git -C "$ROOT" describe --always --dirty 2>/dev/null || echo unknown)
python3 "$BENCH/results.py" "${results[@]}" --compiler "$compiler" --revision "$revision" <"$measured"
