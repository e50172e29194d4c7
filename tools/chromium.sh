#!/usr/bin/env bash
# Prints the path of a Chrome or Chromium that the browser tests can use. Where none is installed: as root
# on Debian it installs one, elsewhere it says how. CHROMIUM=<path> names one that is not found by itself.
set -euo pipefail

find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    return 1
}

find_chromium && exit

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "chromium: installing it" >&2
    export DEBIAN_FRONTEND=noninteractive
    # The lists may be missing (a fresh container) or older than what the mirror still holds.
    apt-get -qq update >&2 || echo "chromium: going on with the package lists there are" >&2
    apt-get -qq install --yes --no-install-recommends chromium >/dev/null
    find_chromium && exit
fi
echo "chromium: the browser tests need Chrome or Chromium: install one (on Debian: apt-get install chromium), or set CHROMIUM to its path" >&2
exit 1
