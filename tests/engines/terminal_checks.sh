#!/usr/bin/env bash
# What a container does at a terminal, which "script" provides. To be sourced.
# shellcheck disable=SC2154 # $client and $run_options are of engine.sh

readonly ctrl_c=$'\003'

# open_terminal ARGUMENT...: the engine's run with them, in the foreground of a terminal. What is shown there can be
# read from $screen, and what is written to $keys is typed.
open_terminal() {
  local command
  printf -v command '%q ' "${client[@]}" run --rm --interactive --tty "${run_options[@]}" "$@"
  coproc terminal {
    SHELL=$BASH exec timeout --foreground --kill-after=5 "$patience" \
      script --quiet --return --command "$command" /dev/null
  }
  terminal_pid=$terminal_PID # bash forgets its own names for these as soon as it has ended
  exec {screen}<&"${terminal[0]}" {keys}>&"${terminal[1]}"
}

press() { printf '%s' "$1" >&"$keys"; }

# await_line LINE: until it is shown.
await_line() {
  local line shown=
  while IFS= read -r -t "$patience" line <&"$screen"; do
    [[ ${line%%$'\r'*} != "$1" ]] || return 0
    shown+=$line$'\n'
  done
  printf 'the line "%s" never came; this did:\n%s' "$1" "$shown"
  exit 1
}

expect_end() {
  local status=0
  wait "$terminal_pid" || status=$?
  expect "exit status" "$1" "$status"
}

ctrl_c_ends_the_command() {
  open_terminal "$@" sh -c 'echo ready; exec sleep 1000'
  await_line ready
  press "$ctrl_c"
  expect_end 130
}

ctrl_c_ends_the_job() {
  open_terminal "$@" sh
  press $'sh -c "echo ready; exec sleep 1000"\n'
  await_line ready
  press "$ctrl_c"
  press $'echo "status $?"\n'
  await_line "status 130"
  press $'exit 5\n'
  expect_end 5
}
