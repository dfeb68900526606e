#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh RESULTS.xml: installs the package into a virtual environment of its own, as a user does, and runs its tests.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
ENVIRONMENT="$ROOT/build/python-environment"
STAMP="$ENVIRONMENT/installed"

[ -x "$ENVIRONMENT/bin/python" ] || /usr/bin/python3 -m venv "$ENVIRONMENT"
if [ ! -f "$STAMP" ] || [ -n "$(find "$ROOT/src" "$ROOT/include" "$ROOT/bindings" "$ROOT/pyproject.toml" -newer "$STAMP" -type f -print -quit)" ]; then
    "$ENVIRONMENT/bin/pip" install --quiet --disable-pip-version-check 'pytest>=7,<9' 'pyyaml>=6,<7' 'pyarrow>=20,<27' 'polars>=1.20,<3' \
        'pandas>=2.2,<4' 'duckdb>=1.2,<3'
    "$ENVIRONMENT/bin/pip" install --quiet --disable-pip-version-check --force-reinstall "$ROOT"
    touch "$STAMP"
fi
cd "$ROOT/bindings/python/tests"
"$ENVIRONMENT/bin/python" -m pytest -q -p no:cacheprovider --junit-xml="$1" .
