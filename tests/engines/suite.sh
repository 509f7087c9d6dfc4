#!/usr/bin/env bash
# What a script of checks under engines begins and ends with. It defines tear_down. To be sourced.
# shellcheck disable=SC2154 # $passed and $failed are of check.sh

checks_of= # for the reader
status=0   # the exit status
status_if_not_run=1

# not_run WHAT REASON
not_run() {
  say "$checks_of: not run: $1: $2"
  status=$status_if_not_run
}

# begin_suite NAME ENGINES [--if-possible]: builds foster, and makes $work, which is gone in the end with all that tear_down
# knows of. Anybody but root leaves here.
begin_suite() {
  local engines=$2
  checks_of=$1
  shift 2
  case $* in
    '') ;;
    --if-possible) status_if_not_run=0 ;;
    *) fail "'$*' is not understood; usage: scripts/${0##*/} [--if-possible]" ;;
  esac
  if ((EUID != 0)); then
    not_run "$engines" "root is wanted"
    exit "$status"
  fi
  scripts/build
  work=$(mktemp --directory "/var/tmp/foster-$checks_of.XXXXXX") # a disk, and a short path: a socket's has 107 bytes
  trap 'tear_down || true; rm -rf --one-file-system "$work"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  say "${work##*/}" >"$work/groups"
  cp build/release/foster "$work/foster"
}

end_suite() {
  say "$checks_of: $passed passed, $failed failed"
  ((failed == 0)) || status=1
  exit "$status"
}
