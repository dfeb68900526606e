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

# Whether a folder was configured with all of these options.
is_configured() {
    local folder=$1 option
    shift
    [ -f "$folder/build.ninja" ] || return 1
    for option; do grep -qxF -- "$option" "$folder/options-given" 2>/dev/null || return 1; done
}

# build_folder FOLDER OPTION…: configures it where that was not done with these options, then builds.
build_folder() {
    local folder=$1 again=()
    shift
    if ! is_configured "$folder" "$@"; then
        [ -f "$folder/build.ninja" ] && again=(--reconfigure)
        quietly "configuring ${folder##*/}" meson setup "${again[@]}" "$folder" "$ROOT" "$@"
        printf '%s\n' "$@" >>"$folder/options-given"
    fi
    quietly "building ${folder##*/}" ninja -C "$folder"
}

# build_tuoyu [OPTION…]: the build that users see, with all that stands on the library: build/tuoyu, build/src/libtuoyu.so.
build_tuoyu() {
    build_folder "$BUILD" --buildtype=release -Ddefault_library=both -Dcli=enabled -Dpython=enabled -Djava=enabled "$@"
    ln -sf src/cli/tuoyu "$BUILD/tuoyu"
}
