#!/usr/bin/env bash
# The stage: an application in a PID namespace of its own, as PID 1 or under foster, and the ways to look at it.
# To be sourced by scripts/demo.
# shellcheck disable=SC2034,SC2154 # the files of the demo share their variables

# choose_namespaces: sets `enter`, the command that makes the namespaces, and `look`, the one that joins them.
choose_namespaces() {
  local reason
  enter=(unshare --pid --fork --kill-child --mount-proc)
  look=(nsenter --pid --mount)
  "${enter[@]}" true 2>/dev/null && return
  enter+=(--user --map-root-user)
  look+=(--user --preserve-credentials)
  reason=$("${enter[@]}" true 2>&1) ||
    fail "no PID namespace can be made here: ${reason%%$'\n'*} (be root, or allow user namespaces)"
}

# start_app SIDE ARG...: the story's program, SIDE says whether it is PID 1 itself ("without") or foster is ("under").
# Sets `pid1`, PID 1's number as it is seen out here.
start_app() {
  local side=$1
  shift
  # A session of its own: PID 1's process group and session have numbers inside the namespace, too.
  local -a command=(setsid "$story" "$@")
  [[ $side == without ]] || command=(setsid "$foster" -- "$story" "$@")
  coproc APP { enter_pids_limit && exec "${enter[@]}" "${command[@]}"; }
  launcher=$APP_PID
  exec {from_app}<&"${APP[0]}"- {to_app}>&"${APP[1]}"-
}

# hear PATTERN: waits until the application says something, which must match. Sets `heard`.
hear() {
  heard=
  read -r -t 20 -u "$from_app" heard || fail "the application ended or fell silent before it said '$1'"
  [[ $heard =~ ^$1$ ]] || fail "the application said '$heard' and not '$1'"
  pid1=$(pgrep -P "$launcher") || fail "PID 1 of the namespace is gone"
}

go_on() { echo >&"$to_app"; }

# end_app: its stdin ends, and so does it. Sets `status`, the exit status of PID 1.
end_app() {
  exec {to_app}>&- {from_app}<&-
  status=0
  wait "$launcher" || status=$?
  launcher=
}

# end_well: the same, where the end has no story of its own.
end_well() {
  end_app
  ((status == 0)) || fail "PID 1 ended with status $status and not with the application's 0"
}

# For an interrupted demo: with unshare, the whole namespace goes. Without a word of bash's about it.
kill_app() {
  [[ -n ${launcher-} ]] || return 0
  { kill -KILL "$launcher" && wait "$launcher"; } 2>/dev/null || true
}

inside() { "${look[@]}" --target "$pid1" "$@"; }

# table: the process table of the namespace, but for the ps that prints it.
table() { inside ps -N -C ps -o pid,ppid,stat,comm; }

# zombies PATTERN: how many there are with such a name.
zombies() {
  inside ps -N -C ps -o stat=,comm= | awk -v name="$1" '$1 ~ /^Z/ && $2 ~ name { n++ } END { print n + 0 }'
}

# pid_of NAME: as it is inside.
pid_of() { inside ps -C "$1" -o pid= | tr -d ' '; }

# await_zombies EXPECTED: gives the kernel and PID 1 five seconds to come to this number. Sets `counted`, what there
# really is then.
await_zombies() {
  local attempt
  for ((attempt = 0; attempt < 100; ++attempt)); do
    counted=$(zombies .)
    ((counted == $1)) && break
    sleep 0.05
  done
}
