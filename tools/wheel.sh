#!/usr/bin/env bash
# tools/wheel.sh MATURIN FOLDER OPTION…: builds the wheel into FOLDER.
set -euo pipefail

maturin=$(realpath "$1")
folder=$(realpath -m "$2")
options=("${@:3}")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The wheel carries it; maturin takes it from the folder of the package.
cd "$root"
cargo run --quiet -p xtask -- licenses tenantry-python "$(rustc --print host-tuple)" bindings-python/THIRD-PARTY-LICENSES

# Panic messages hold source paths, which must not carry this machine's own into a package.
export RUSTFLAGS="--remap-path-prefix=$root=/tenantry --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=/registry"
cd "$root/bindings-python"
"$maturin" build --quiet --locked --out "$folder" "${options[@]}"
