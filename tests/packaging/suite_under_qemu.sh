#!/usr/bin/env bash
# The integration tests of this machine with the init of another architecture, which the kernel starts under qemu by
# itself: binfmt_misc, in namespaces that alone know of it. To be sourced.
# shellcheck disable=SC2154 # test-release sets $work
# shellcheck source=tests/packaging/beyond_qemu.sh
source tests/packaging/beyond_qemu.sh

# For the first shell in those namespaces: ROW COMMAND...
# shellcheck disable=SC2016
readonly register_emulator='set -e
  mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
  printf %s "$1" >/proc/sys/fs/binfmt_misc/register
  exec "${@:2}"'

# with_emulator ARCH COMMAND...: in user and mount namespaces, which have all of this machine's users.
with_emulator() {
  local emulator pid from to map
  emulator=$(emulator_of "$1")
  # shellcheck disable=SC2016 # the new shell's own
  coproc NAMESPACES {
    exec unshare --user --mount bash -c 'echo; read -r; exec "$@"' bash \
      bash -c "$register_emulator" bash "$(<"/usr/lib/binfmt.d/${emulator%-static}.conf")" "${@:2}" 2>&1
  }
  pid=$NAMESPACES_PID
  exec {from}<&"${NAMESPACES[0]}" {to}>&"${NAMESPACES[1]}" # bash takes its own away when the process ends
  read -r -u "$from"
  for map in uid_map gid_map; do say "0 0 4294967295" >"/proc/$pid/$map"; done
  say >&"$to"
  cat <&"$from"
  exec {from}<&- {to}>&-
  wait "$pid"
}

# each_beyond FORMAT: of awk's printf, for a name and the reason.
each_beyond() {
  beyond_qemu | awk -v format="$1\n" '/^# / { reason = substr($0, 3); next } { printf format, $0, reason }'
}

# as_filter: names as doctest wants them, ? for a comma of their own.
as_filter() { tr ',' '?' | paste -sd ,; }

# knows_test NAME
knows_test() {
  build/dev/integration_tests --list-test-cases --test-case="$(as_filter <<<"$1")" | grep -q 'filters: [1-9]'
}

runs_suite() {
  local name
  FOSTER_BINARY=$(file_of "$1")
  export FOSTER_BINARY FOSTER_ACTOR=$PWD/build/dev/actor RACE_RUNS=20
  while read -r name; do
    knows_test "$name" || expect "test case" "$name" "none of that name"
  done < <(each_beyond '%s')
  INIT_OPTIONS=--reap=init with_emulator "$1" \
    build/dev/integration_tests --test-case-exclude="$(each_beyond '%s' | as_filter)" | tee "$work/suite-$1"
}

# run_suite_under_qemu ARCH...
run_suite_under_qemu() {
  local arch
  if ((EUID != 0)) || ! with_emulator "$1" true >"$work/error"; then
    say "skipped: the integration tests under qemu: they want root, and a binfmt_misc per user namespace (Linux 6.7)"
    return
  fi
  quietly scripts/build dev
  for arch in "$@"; do
    : >"$work/suite-$arch"
    check "$arch: the integration tests under qemu" runs_suite "$arch"
    sed -n "s/^\[doctest\] test/$arch: test/p" "$work/suite-$arch"
    each_beyond "skipped: $arch under qemu: %s: %s"
  done
}
