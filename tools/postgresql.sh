#!/usr/bin/env bash
# Prints the folder of a PostgreSQL server's programs, Debian's where there is none yet.
set -euo pipefail

find_server() {
    local folder
    for folder in "$(dirname "$(readlink -f "$(command -v postgres || echo /nowhere/postgres)")")" /usr/lib/postgresql/*/bin; do
        [ ! -x "$folder/postgres" ] || [ ! -x "$folder/initdb" ] || { echo "$folder"; return; }
    done
    return 1
}

find_server && exit
command -v apt-get >/dev/null || { echo "no PostgreSQL, and no apt-get to install it" >&2; exit 1; }
{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2
find_server
