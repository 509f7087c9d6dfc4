#!/usr/bin/env bash
# A limit on the number of processes, as containers have one: a cgroup where this user may make one. To be sourced by
# scripts/demo.

pids_cgroup=

# pids_cgroup_parents: the folders in which a cgroup with a limit of processes may be made, best first.
pids_cgroup_parents() {
  local mount type options own
  while read -r _ mount type options _; do
    case $type,$options, in
      cgroup,*,pids,*) own=$(sed -n 's/^[0-9]*:\([^:]*,\)\?pids\(,[^:]*\)\?://p' /proc/self/cgroup) ;;
      cgroup2,*) own=$(sed -n 's/^0:://p' /proc/self/cgroup) ;;
      *) continue ;;
    esac
    printf '%s\n' "$mount$own" "$mount${own%/*}" "$mount"
  done </proc/mounts
}

# usable_cgroup FOLDER LIMIT: it takes the limit, and a process.
usable_cgroup() {
  [[ -w $1/pids.max ]] && echo "$2" >"$1/pids.max" && (echo "$BASHPID" >"$1/cgroup.procs")
}

# make_pids_limit LIMIT: sets `pids_cgroup`, or returns 1 where no cgroup can be made.
make_pids_limit() {
  local parent folder
  while read -r parent; do
    folder=$parent/foster-demo.$$
    mkdir "$folder" 2>/dev/null || continue
    pids_cgroup=$folder
    usable_cgroup "$folder" "$1" 2>/dev/null && return
    remove_pids_limit
  done < <(pids_cgroup_parents)
  return 1
}

# enter_pids_limit: the calling process and all that it will start.
enter_pids_limit() { [[ -z $pids_cgroup ]] || echo "$BASHPID" >"$pids_cgroup/cgroup.procs"; }

# remove_pids_limit: the kernel may take a moment to let go of the last process.
remove_pids_limit() {
  local attempt
  [[ -n $pids_cgroup ]] || return 0
  for ((attempt = 0; attempt < 100; ++attempt)); do
    rmdir "$pids_cgroup" 2>/dev/null && break
    sleep 0.02
  done
  [[ ! -d $pids_cgroup ]] || fail "could not remove $pids_cgroup"
  pids_cgroup=
}
