#!/usr/bin/env bash
# The script of action.yml: builds the arguments from the inputs, runs the gate, and passes its outcome to GitHub. The
# inputs are quoted variables everywhere, so that their content is never evaluated.
set -uo pipefail

argv=(run)
# A value is joined to its flag, so that one that begins with a dash is still a value.
flag() { if [ -n "$2" ]; then argv+=("$1=$2"); fi; }
flag --target "$INPUT_TARGET"
flag --states "$INPUT_STATES"
flag --config "$INPUT_CONFIG"
flag --gate "$INPUT_GATE"
flag --waivers "$INPUT_WAIVERS"
while IFS= read -r scenario; do flag --scenario "$scenario"; done <<< "$INPUT_SCENARIOS"
if [ "$INPUT_ALLOW_UNTESTED" = true ]; then argv+=(--allow-untested); fi
while IFS= read -r argument; do if [ -n "$argument" ]; then argv+=("$argument"); fi; done <<< "$INPUT_ARGUMENTS"

# A path is one line: a line break would begin another output.
out=${INPUT_OUT%%$'\n'*}
out=${out:-.invite-conformance}
reports=(console github "markdown=$out/summary.md" "html=$out/report.html" "junit=$out/junit.xml" "sarif=$out/invite.sarif")
flag --out "$out"
for report in "${reports[@]}"; do flag --report "$report"; done

# Removes the files of earlier steps.
rm -f -- "$out"/{result.json,summary.md,report.html,junit.xml,invite.sarif}
node "$ACTION_PATH/dist/cli/main.js" "${argv[@]}"
code=$?

if [ -f "$out/summary.md" ]; then
  cat -- "$out/summary.md" >> "$GITHUB_STEP_SUMMARY"
else
  echo "## ⚠️ participant: invite: nothing was judged (exit code $code); the log says why" >> "$GITHUB_STEP_SUMMARY"
fi
node "$ACTION_PATH/scripts/action-outputs.mjs" "$code" "$out" >> "$GITHUB_OUTPUT"
exit "$code"
