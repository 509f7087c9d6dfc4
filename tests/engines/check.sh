#!/usr/bin/env bash
# A check is a function that runs in a shell of its own and is left at the first command that fails. To be sourced.

passed=0
failed=0

# check NAME COMMAND...: runs it, prints one line, and what the command had to say if it failed.
check() {
  local name=$1 output status
  shift
  # Not as a condition: inside one, bash would not leave the command at its first failure.
  set +e
  output=$(
    set -e
    "$@" 2>&1
  )
  status=$?
  set -e
  if ((status == 0)); then
    passed=$((passed + 1))
    say "ok      $name"
  else
    failed=$((failed + 1))
    output=${output:-it ended with $status and said nothing}
    say "FAILED  $name"$'\n'"        ${output//$'\n'/$'\n        '}" # at once: others may print as well
  fi
}

# expect WHAT EXPECTED ACTUAL: ends the check, saying so, unless both are the same.
expect() {
  [[ $3 == "$2" ]] && return
  printf '%s: expected "%s", got "%s"\n' "$1" "$2" "$3"
  exit 1
}

# expect_in WHAT PART TEXT: ends the check unless the text contains the part.
expect_in() {
  [[ $3 == *"$2"* ]] && return
  printf '%s: expected "%s" in it, got "%s"\n' "$1" "$2" "$3"
  exit 1
}

# wait_until SECONDS COMMAND...: asks again and again; fails when the time is over. Only a failure waits so long.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.05
  done
}
