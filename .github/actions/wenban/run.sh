#!/usr/bin/env bash
# The action's work. Inputs come in the environment (INPUT_...), outputs go to $GITHUB_OUTPUT, and what was checked to
# $GITHUB_STEP_SUMMARY. Exit code: the conversion's, else that of the first step after it that failed.
set -euo pipefail

# The lines of a text without the white space around them, and without empty ones.
lines() { printf '%s\n' "$1" | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'; }

mapfile -t sources < <(lines "$INPUT_SOURCES")
mapfile -t formats < <(lines "${INPUT_TO//[ ,]/$'\n'}")
mapfile -t reports < <(lines "$INPUT_REPORT")
out=${INPUT_OUT%%$'\n'*}

arguments=(--out "$out" --style "$INPUT_STYLE" --lang "$INPUT_LANG" --jobs "$INPUT_JOBS")
for format in "${formats[@]}"; do arguments+=(--to "$format"); done
for report in "${reports[@]}"; do arguments+=(--report "$report"); done
if [ -n "$INPUT_TIMEOUT" ]; then arguments+=(--timeout "$INPUT_TIMEOUT"); fi
if [ "$INPUT_FAIL_FAST" = true ]; then arguments+=(--fail-fast); fi

code=0
wenban convert "${arguments[@]}" -- "${sources[@]}" || code=$?
{
  echo "exit-code=$code"
  echo "manifest=$out/manifest.json"
} >>"$GITHUB_OUTPUT"
if [ ! -e "$out/manifest.json" ]; then exit "$code"; fi

# The first failure counts.
failed() { if [ "$code" = 0 ]; then code=$1; fi; }
if [ "$INPUT_CATALOGUE" = true ]; then wenban catalogue "$out" || failed $?; fi
if [ "$INPUT_VERIFY" = true ]; then
  said=$(wenban verify "$out") || failed $?
  printf '%s\n' "$said"
  fence='~~~'
  printf '### wenban\n\n%s\n%s\n%s\n' "$fence" "$said" "$fence" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "$INPUT_PACK" ]; then wenban pack "$out" --out "$INPUT_PACK" || failed $?; fi
exit "$code"
