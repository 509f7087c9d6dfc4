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

# begin_suite NAME ENGINES [--if-possible]: builds foster. Anybody but root leaves here.
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
}

# make_work: the folder $work, which is gone with this shell, and all that tear_down knows of with it.
make_work() {
  work=$(mktemp --directory "/var/tmp/foster-$checks_of.XXXXXX") # a disk, and a short path: a socket's has 107 bytes
  trap 'tear_down || true; rm -rf --one-file-system "$work"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  say "${work##*/}" >"$work/groups"
  cp build/release/foster "$work/foster"
}

# side_by_side FUNCTION...: each in a shell and with a folder of its own; what they count is added.
side_by_side() {
  local part counted good bad result unfinished=$#
  local -a groups=()
  counted=$(mktemp)
  # In process groups of their own: Ctrl-C is for this shell alone, which ends them and what they wait for.
  set -m
  for part; do
    (
      make_work
      "$part"
      say "$passed $failed $status" >>"$counted"
    ) </dev/null &
    groups+=("-$!")
  done
  set +m
  # shellcheck disable=SC2064 # as they are now
  trap "kill -- ${groups[*]} 2>/dev/null || true; wait; rm -f '$counted'" EXIT
  wait
  # shellcheck disable=SC2064
  trap "rm -f '$counted'" EXIT
  while read -r good bad result; do
    passed=$((passed + good)) failed=$((failed + bad)) unfinished=$((unfinished - 1))
    ((result == 0)) || status=$result
  done <"$counted"
  failed=$((failed + unfinished)) # what ended a shell, it has said itself
}

end_suite() {
  say "$checks_of: $passed passed, $failed failed"
  ((failed == 0)) || status=1
  exit "$status"
}
