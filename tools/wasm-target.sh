#!/usr/bin/env bash
# Runs a command with a compiler that can build for wasm32-unknown-unknown:
#
#     tools/wasm-target.sh cargo build -p tenantry-wasm --profile wasm
#
# Not every machine that has Rust has this target, nor can each of them reach rustup's server. So the
# target comes from the first of these that works:
#
#   toolchain  the toolchain has it already
#   rustup     rustup adds it
#   source     Debian packages the standard library's source of this very rustc: build it, once
#   compiler   Debian's own compiler, whose library source always matches it: build that, once
#
# What is built or fetched stays under target/, by rustc version; nothing is installed system-wide.
# WASM_TARGET_FROM=<one of the names> tries that one only.
set -euo pipefail

readonly TARGET=wasm32-unknown-unknown
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=$(rustc -vV | sed -n 's/^release: //p')
commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
host=$(rustc -vV | sed -n 's/^host: //p')
lld="$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld"
cache="${CARGO_TARGET_DIR:-$root/target}/wasm-sysroot/$version-${commit:0:9}"
# Panic messages hold source paths, which must not carry this machine's own into a package.
remap_registry="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=/registry"

say() { echo "wasm-target: $*" >&2; }

# --- apt, with a state of its own -----------------------------------------------------------------

# private_apt DIR PROGRAM ARGS…: an apt program that sees DIR/sources.list only and writes below DIR only.
private_apt() {
    local dir=$1 program=$2
    shift 2
    mkdir -p "$dir/lists/partial" "$dir/archives/partial"
    "$program" -qq \
        -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir" -o Dir::Cache::Archives="$dir/archives" \
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
        -o APT::Sandbox::User= -o APT::Update::Error-Mode=any -o Debug::NoLocking=1 "$@"
}

# The system's own sources of its own Debian release: "mirror release" lines.
system_sources() {
    local codename
    codename=$(. /etc/os-release && [ "${ID:-}" = debian ] && echo "$VERSION_CODENAME")
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(CREATED_BY)' |
        awk -v codename="$codename" \
            '$4 == "Packages" && $3 == "main" && index($2, codename) == 1 { print $1, $2 }'
}

# --- building the standard library ---------------------------------------------------------------

library_in() { echo "$1"/usr/src/*/library; }

# build_std LIBRARY SYSROOT: builds LIBRARY for the target into SYSROOT with the rustc and cargo in force.
build_std() {
    local library=$1 sysroot=$2 work=$2.build lib tools
    say "building the standard library for $TARGET, once"
    rm -rf "$work"
    mkdir -p "$work/src"
    printf '[package]\nname = "std-builder"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
    echo '#![no_std]' >"$work/src/lib.rs"
    # Bitcode lets the link-time optimiser see into the library; the remapping is that of released toolchains.
    (
        cd "$work"
        unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
        RUSTC_BOOTSTRAP=1 __CARGO_TESTS_ONLY_SRC_ROOT="$library" CARGO_TARGET_DIR="$work/target" \
            CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Cembed-bitcode=yes \
--remap-path-prefix=$library=/rustc/$commit/library $remap_registry" \
            cargo build --quiet -Z build-std=std,panic_abort --target "$TARGET" --release
    )
    lib=$sysroot/lib/rustlib/$TARGET/lib
    tools=$sysroot/lib/rustlib/$host/bin
    mkdir -p "$lib" "$tools"
    cp "$work/target/$TARGET/release/deps/"*.rlib "$lib"
    ln -sf "$lld" "$tools/rust-lld"
    rm -rf "$work"
}

# --- the four ways --------------------------------------------------------------------------------
# Each `from_…` makes the target available or fails; `env_…` exports what a build then needs.

has_target() { ls "$(rustc --print target-libdir --target "$TARGET")"/libcore-*.rlib >/dev/null 2>&1; }

from_toolchain() { has_target; }
env_toolchain() { use_rustflags ""; }

from_rustup() {
    command -v rustup >/dev/null || return 1
    RUSTUP_MAX_RETRIES=0 timeout 120 rustup --quiet target add "$TARGET" 2>/dev/null && has_target
}
env_rustup() { use_rustflags ""; }

from_source() {
    [ -e "$cache/source/done" ] && return
    command -v apt-get >/dev/null && [ -x "$lld" ] || return 1
    local dir=$cache/source mirror suite package
    rm -rf "$dir" && mkdir -p "$dir"
    mirror=$(system_sources | awk '{ print $1; exit }')
    [ -n "$mirror" ] || return 1
    # One suite at a time: the one that mostly has it lists little, the later ones list everything.
    for suite in stable-backports testing unstable stable oldstable-backports; do
        echo "deb $mirror $suite main" >"$dir/sources.list"
        private_apt "$dir" apt-get update >/dev/null 2>&1 || continue
        package=$(private_apt "$dir" apt-cache madison rust-src |
            awk -v version="$version" 'index($3, version "+") == 1 || index($3, version "-") == 1 { print $3; exit }')
        [ -z "$package" ] || break
    done
    [ -n "${package:-}" ] || return 1
    say "fetching the source of Rust $version's standard library"
    (cd "$dir" && private_apt "$dir" apt-get download "rust-src=$package" >/dev/null)
    mkdir "$dir/package"
    dpkg-deb --fsys-tarfile "$dir"/rust-src_*.deb | # all of rustc; the library is its twentieth part
        tar -x -C "$dir/package" --wildcards --no-wildcards-match-slash './usr/src/*/library'
    build_std "$(library_in "$dir/package")" "$dir/sysroot"
    rm -rf "$dir"/{lists,archives,package} "$dir"/*.{deb,bin} "$dir/sources.list"
    touch "$dir/done"
}
env_source() { use_rustflags "--sysroot $cache/source/sysroot"; }

from_compiler() {
    [ -e "$cache/compiler/done" ] && return
    command -v apt-get >/dev/null && [ -x "$lld" ] || return 1
    local dir=$cache/compiler package
    rm -rf "$dir" && mkdir -p "$dir"
    system_sources | sort -u | sed 's/.*/deb & main/' >"$dir/sources.list"
    private_apt "$dir" apt-get update >/dev/null
    say "fetching Debian's own Rust compiler"
    # apt works out which libraries this machine still lacks; they are unpacked beside the compiler.
    private_apt "$dir" apt-get install --download-only --yes --reinstall --no-install-recommends \
        rustc-web cargo-web rust-web-src libstd-rust-web-dev >/dev/null
    for package in "$dir"/archives/*.deb; do
        dpkg -x "$package" "$dir/prefix"
    done
    (
        use_compiler
        commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
        build_std "$(library_in "$dir/prefix")" "$dir/sysroot"
    )
    rm -rf "$dir"/{lists,archives} "$dir"/*.bin "$dir/sources.list"
    touch "$dir/done"
}
use_compiler() {
    local prefix=$cache/compiler/prefix
    export PATH="$prefix/usr/bin:$PATH" RUSTC="$prefix/usr/bin/rustc"
    LD_LIBRARY_PATH="$(find "$prefix" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    export LD_LIBRARY_PATH
}
env_compiler() {
    use_compiler
    use_rustflags "--sysroot $cache/compiler/sysroot"
}

# The only place where this target's flags are set: `--sysroot` given twice is an error.
use_rustflags() {
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$1 --remap-path-prefix=$root=/tenantry $remap_registry"
}

for way in ${WASM_TARGET_FROM:-toolchain rustup source compiler}; do
    # Re-entered, so that `set -e` holds inside: a function called as a condition would run on after an error.
    if [ "${WASM_TARGET_STEP:-}" = "$way" ]; then
        "from_$way"
        exit
    fi
    if WASM_TARGET_FROM=$way WASM_TARGET_STEP=$way "${BASH_SOURCE[0]}"; then
        "env_$way"
        [ $# -eq 0 ] || exec "$@"
        exit 0
    fi
done
say "no way worked: install the target, e.g. with \`rustup target add $TARGET\`"
exit 1
