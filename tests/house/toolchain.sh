# SPDX-License-Identifier: Apache-2.0
# Sourced by examples/run.sh and tests/run.sh: what is installed, and the one build that both use.
# Needs ROOT, the project's folder.

BUILD="$ROOT/build"
LOGS="$BUILD/logs"

# What the library, the command, and both bindings need; Debian 12's names.
BUILD_PACKAGES=(gcc libc6-dev meson ninja-build pkg-config libyaml-dev libintelrdfpmath-dev libpcre2-dev libutf8proc-dev
                nettle-dev libcsv-dev swig python3 python3-dev default-jdk-headless)

say() { printf '%s\n' "$*"; }

fail() { printf '%s\n' "$*" >&2; exit 1; }

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }

# Runs as root: directly, or by sudo where there is one.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else fail "these Debian packages are missing and installing them needs root: ${missing[*]}"
    fi
}

# Installs those of the named Debian packages that are missing, and says which.
require_packages() {
    local package missing=()
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null 2>&1 || fail "this is not Debian; please install what corresponds to: ${missing[*]}"
    say "installing Debian packages: ${missing[*]}"
    mkdir -p "$LOGS"
    quietly "installing" as_root env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "${missing[@]}"
}

# quietly WHAT COMMAND…: shows the output only where the command fails.
quietly() {
    local what=$1 log
    shift
    mkdir -p "$LOGS"
    log="$LOGS/$(printf '%s' "$what" | tr -c '[:alnum:]\n' '-').log"
    "$@" >"$log" 2>&1 </dev/null && return
    cat "$log" >&2
    fail "failed: $what"
}

# build_folder FOLDER [SETUP OPTION…]: configures it once (again where tests became possible), then builds.
build_folder() {
    local folder=$1
    shift
    if [ ! -f "$folder/build.ninja" ]; then quietly "configuring ${folder##*/}" meson setup "$folder" "$ROOT" "$@"; fi
    quietly "building ${folder##*/}" ninja -C "$folder"
}

# The build that users see: build/tuoyu, build/src/libtuoyu.so.
build_tuoyu() {
    build_folder "$BUILD" --buildtype=release
    ln -sf src/cli/tuoyu "$BUILD/tuoyu"
}
