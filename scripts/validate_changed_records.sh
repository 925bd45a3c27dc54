#!/usr/bin/env bash
# Check all records for GitHub: validate_changed_records.sh BASE SUMMARY
# Of those that changed since BASE, doubts are told too, and quotes are looked for in their sources.
set -euo pipefail
base=$1 summary=$2

changed=()
while IFS= read -r -d '' file; do
    changed+=(--only "$file")
done < <(git diff -z --name-only --diff-filter=d "$base...HEAD" -- 'records/*.yaml')

# Without a changed record nothing is fetched.
[ ${#changed[@]} -eq 0 ] || changed+=(--fetch)
kb validate records --format github --summary "$summary" ${changed[@]+"${changed[@]}"}
