#!/usr/bin/env bash
# tools/demo.sh stories: how users come and share, how a breached vendor is cut off, and how users leave.
# tools/demo.sh compare NPM PYTHON: shows that Rust, Node and Python lived through the very same. The SHA-256 of their
# transcripts is the same, for every scenario.
set -euo pipefail

scenarios=examples/scenarios
rust() { cargo run --quiet -p tenantry-cli -- simulate "$@"; }

if [ "$1" = stories ]; then
    for story in onboarding shared-credential incident off-boarding; do
        rust "$scenarios/$story.json"
        echo
    done
    exit
fi

npm=$2 python=$3
node_() { node "$npm/bin.js" simulate "$@"; }
python_() { "$python" -m tenantry simulate "$@"; }

status=0
printf '%-32s %s\n' "transcript of" "SHA-256 in Rust, Node and Python"
for file in "$scenarios"/*.json; do
    hashes=$(for language in rust node_ python_; do "$language" --json "$file" | sha256sum | cut -d' ' -f1; done)
    if [ "$(sort -u <<<"$hashes" | wc -l)" = 1 ]; then
        printf '%-32s %s, all three\n' "$(basename "$file" .json)" "$(head -n 1 <<<"$hashes")"
    else
        printf '%-32s DIFFER: %s\n' "$(basename "$file" .json)" "$(paste -sd' ' <<<"$hashes")"
        status=1
    fi
done
exit "$status"
