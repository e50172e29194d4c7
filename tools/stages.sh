#!/usr/bin/env bash
# Runs make targets one after the other, all of them even when one fails, and says how long each took. The
# last line sums up the tests which the runners (cargo, node, pytest) reported; a failed stage that reported
# no failed test counts as one.
set -uo pipefail

passed=0 failed=0 table="" status=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# counts FILE: "passed failed", from the runners' summary lines.
counts() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        /^test result: / { passed += $4; failed += $6 }
        /^(ℹ|#) pass [0-9]+$/ { passed += $3 }
        /^(ℹ|#) fail [0-9]+$/ { failed += $3 }
        /^=*( )?([0-9]+ [a-z]+,? )+in [0-9.]+s/ {
            for (i = 1; i < NF; i++) {
                if ($(i + 1) ~ /^passed/) passed += $i
                if ($(i + 1) ~ /^(failed|error)/) failed += $i
            }
        }
        END { print passed + 0, failed + 0 }'
}

for stage in "$@"; do
    echo "=== $stage"
    start=$SECONDS
    "${MAKE:-make}" --no-print-directory "$stage" 2>&1 </dev/null | tee "$log"
    code=${PIPESTATUS[0]}
    read -r stage_passed stage_failed < <(counts "$log")
    verdict=passed
    if [ "$code" -ne 0 ]; then
        verdict=FAILED status=1
        [ "$stage_failed" -ne 0 ] || stage_failed=1
    elif [ "$stage_passed" -eq 0 ]; then
        stage_passed=1 # a check without tests of its own
    fi
    passed=$((passed + stage_passed)) failed=$((failed + stage_failed))
    table+=$(printf '  %-14s %-7s %5d s %6d passed %4d failed' "$stage" "$verdict" $((SECONDS - start)) "$stage_passed" "$stage_failed")$'\n'
done

printf '=== summary, %d s\n%s%d passed, %d failed\n' "$SECONDS" "$table" "$passed" "$failed"
exit "$status"
