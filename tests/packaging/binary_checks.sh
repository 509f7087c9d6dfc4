#!/usr/bin/env bash
# A binary of a release, run as it is or under qemu. To be sourced.
# shellcheck disable=SC2154 # test-release sets $host

# The machine as ELF names it, its emulator, and the architecture as RPM names it.
machine_table() {
  cat <<'ROWS'
amd64    X86-64     qemu-x86_64-static   x86_64
arm64    AArch64    qemu-aarch64-static  aarch64
armhf    ARM        qemu-arm-static      armv7hl
i386     80386      qemu-i386-static     i686
ppc64el  PowerPC64  qemu-ppc64le-static  ppc64le
s390x    S/390      qemu-s390x-static    s390x
riscv64  RISC-V     qemu-riscv64-static  riscv64
ROWS
}
machine_of() { machine_table | awk -v arch="$1" '$1 == arch { print $2 }'; }
emulator_of() { machine_table | awk -v arch="$1" '$1 == arch { print $3 }'; }
rpm_name_of() { machine_table | awk -v arch="$1" '$1 == arch { print $4 }'; }

# runs_here ARCH: without an emulator. Most amd64 kernels run i386 as well.
runs_here() {
  [[ $1 == "$host" ]] || { [[ $host/$1 == amd64/i386 ]] && "$(file_of i386)" --version >/dev/null 2>&1; }
}

# start_of ARCH: the words that its binary is started with, one a line.
start_of() {
  runs_here "$1" || emulator_of "$1"
  file_of "$1"
}

# status_of COMMAND...: its exit status.
status_of() {
  local status=0
  "$@" || status=$?
  say "$status"
}

build_id_of() { readelf --notes "$1" | sed -n 's/.*Build ID: //p'; }

# is_right_kind ARCH: static, for that machine; and its debug information is its own.
is_right_kind() {
  local file
  file=$(file_of "$1")
  expect_in "machine" "$(machine_of "$1")" "$(readelf --file-header "$file" | grep Machine:)"
  expect "needs at run time" "" "$(readelf --wide --segments --dynamic "$file" 2>&1 | grep -E 'INTERP|NEEDED' || true)"
  expect "build id of the debug information" "$(build_id_of "$file")" "$(build_id_of "$file.debug")"
  expect_in "sections of the debug information" .debug_info "$(readelf --wide --sections "$file.debug")"
}

tells_version() {
  expect_in "--version" "${version}_foster - git.$(git rev-parse --short=12 HEAD)" "$("${start[@]}" --version)"
}

passes_status_on() {
  expect "exit status of 'true'" 0 "$(status_of "${start[@]}" true)"
  expect "exit status of 'exit 42'" 42 "$(status_of "${start[@]}" sh -c 'exit 42')"
  # shellcheck disable=SC2016 # the command's own
  expect "exit status of a killed command" 137 "$(status_of "${start[@]}" -q sh -c 'kill -KILL $$')"
}

refuses_missing() { expect "exit status" 127 "$(status_of "${start[@]}" /no/such/command 2>"$work/missing")"; }

names_missing() {
  refuses_missing
  expect_in "message" /no/such/command "$(<"$work/missing")"
  expect "lines" 1 "$(wc -l <"$work/missing")"
}

# forwards_term: to a command that has a handler for it.
forwards_term() {
  local ready='' status=0
  coproc INIT { exec "${start[@]}" sh -c 'trap "exit 7" TERM; echo ready; read -r never'; }
  read -r -t "$patience" -u "${INIT[0]}" ready || expect "the command's line" ready "$ready"
  kill -TERM "$INIT_PID"
  wait "$INIT_PID" || status=$?
  expect "exit status" 7 "$status"
}

# is_pid1: it reaps an orphan, which otherwise would stay in /proc, and the command's status is its own.
is_pid1() {
  # shellcheck disable=SC2016 # the command's own
  expect "exit status" 42 "$(status_of timeout "$patience" unshare --pid --fork --mount-proc "${start[@]}" sh -c '
    [ "$PPID" = 1 ] || exit 1
    orphan=$(sh -c "sleep 0 >&2 & echo \$!")
    while [ -e "/proc/$orphan" ]; do :; done
    exit 42')"
}

readonly patience=30 # seconds, which only a failure takes

# check_binary ARCH
check_binary() {
  local -a start
  mapfile -t start < <(start_of "$1")
  check "$1: static, for its machine, with its debug information" is_right_kind "$1"
  check "$1: --version tells the commit" tells_version
  check "$1: the command's exit status" passes_status_on
  if runs_here "$1"; then
    check "$1: a missing command" names_missing
  else
    check "$1: a missing command" refuses_missing
    say "skipped: $1: the message about a missing command: with qemu a vfork child can tell its parent nothing"
  fi
  check "$1: TERM reaches the command" forwards_term
  if ((EUID == 0)); then
    check "$1: as PID 1" is_pid1
  else
    say "skipped: $1: as PID 1: a PID namespace wants root"
  fi
  say "size    $1: $(stat --format %s "$(file_of "$1")") bytes"
}
