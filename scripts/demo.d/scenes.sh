#!/usr/bin/env bash
# The five scenes. Each explains itself, then is played on both sides; what it reports was counted or measured.
# To be sourced by scripts/demo.
# shellcheck disable=SC2034,SC2154 # the files of the demo share their variables

scenes=(orphans father stop prevention limit)
declare -A title=(
  [orphans]="(a) 200 orphans die"
  [father]="(b) a zombie's father dies"
  [stop]="(c) TERM is sent to PID 1"
  [prevention]="(d) zombies left, three ways"
  [limit]="(e) a limit of processes"
)

orphan_count=200
patience=2 # seconds that PID 1 is given to react to TERM
children_each_way=20
job_count=300
process_limit=64

introduction() {
  cat <<'TEXT'
When a process dies, a row of it stays in the process table until its parent has asked how it ended ("waited" for it).
Until then it is a zombie: dead, it holds no memory, but still a process number. When the parent dies first, the
process becomes an orphan, and PID 1 is its parent from then on. On a full system PID 1 is an init, which waits for
whatever it is given. In a container PID 1 is your application, which does not know that it has this duty.

Each scene runs in a fresh PID namespace, as a container does: once with the application as PID 1, once with foster.
TEXT
}

explain_orphans() {
  heading "${title[orphans]}"
  note "The application runs a helper, and waits for it as it should. The helper has started $orphan_count processes and"
  note "ends before them. So PID 1 becomes their parent; then they die. In the table, a zombie has the state Z."
}

scene_orphans() {
  local expected=0
  [[ $1 == under ]] || expected=$orphan_count
  side_heading "$1"
  start_app "$1" orphans "$orphan_count"
  hear alive
  go_on
  hear dead
  await_zombies "$expected"
  show_table
  record orphans "$1" $((counted == expected)) "$counted zombies left"
  end_well
}

explain_father() {
  heading "${title[father]}"
  note "A service in the background, \"father\", never waits for its child. The dead child cannot be killed: it is dead"
  note "already. But when its father dies, PID 1 becomes its parent, and can wait for it."
}

scene_father() {
  local expected=0 child left what="still there"
  [[ $1 == under ]] || expected=2
  side_heading "$1"
  start_app "$1" father
  hear zombie
  child=$(pid_of child)
  inside kill -KILL "$child"
  note "The table after \`kill -9 $child\`, which did not remove the dead child:"
  show_table
  left=$(zombies "^child$")
  inside kill -KILL "$(pid_of father)"
  await_zombies "$expected"
  note "The table after the father has been killed:"
  show_table
  (($(zombies "^child$"))) || what=gone
  record father "$1" $((left == 1 && counted == expected)) "the child is $what; $counted zombies"
  end_well
}

explain_stop() {
  heading "${title[stop]}"
  note "This is how a container is stopped. The kernel spares PID 1 every signal that it has not asked for, and most"
  note "applications never ask for TERM. \`docker stop\` then waits 10 seconds, and kills without mercy."
}

scene_stop() {
  local sent took code=0 what
  side_heading "$1"
  start_app "$1" idle
  hear idle
  show_table
  sent=${EPOCHREALTIME/[.,]/}
  kill -TERM "$pid1"
  read -r -t "$patience" -u "$from_app" _ || code=$? # the end of its output, or above 128: still alive
  took=$((${EPOCHREALTIME/[.,]/} - sent))
  took=$((took / 1000)).$((took / 100 % 10))
  if ((code > 128)); then
    note "The table, $took ms after TERM:"
    show_table
    end_app
    what="ignored, alive after $took ms"
  else
    end_app
    what="stopped after $took ms, status $status"
  fi
  if [[ $1 == without ]]; then
    record stop "$1" $((code > 128)) "$what"
  else
    record stop "$1" $((code <= 128 && status == 128 + 15)) "$what"
  fi
}

explain_prevention() {
  heading "${title[prevention]}"
  note "How a program prevents zombies itself, $children_each_way children each way: it waits for each (waitpid);"
  note "it ignores SIGCHLD, so that the kernel keeps no zombies for it; or it forks twice, so that the grandchild is an"
  note "orphan and PID 1's business."
  note "The last way is only safe where PID 1 does that business."
}

scene_prevention() {
  local expected=0 waited ignored forked_twice
  [[ $1 == under ]] || expected=$children_each_way
  side_heading "$1"
  start_app "$1" prevention "$children_each_way"
  hear waitpid
  await_zombies 0
  waited=$counted
  go_on
  hear ignored
  await_zombies "$waited"
  ignored=$((counted - waited))
  go_on
  hear "double fork"
  await_zombies $((waited + ignored + expected))
  forked_twice=$((counted - waited - ignored))
  show_table
  record prevention "$1" $((waited == 0 && ignored == 0 && forked_twice == expected)) \
    "waitpid $waited, ignored $ignored, forked twice $forked_twice"
  end_well
}

explain_limit() {
  heading "${title[limit]}"
  note "Containers have a limit on the number of processes, and a zombie counts. Here it is $process_limit, and the application"
  note "does $job_count small jobs, one after the other; each leaves one orphan, which ends at once."
}

scene_limit() {
  local jobs must what
  local -a own_limit=()
  side_heading "$1"
  if make_pids_limit "$process_limit"; then
    note "The limit is the cgroup's, pids.max."
  else
    note "The limit is the user's, RLIMIT_NPROC: no cgroup can be made here."
    own_limit=("$process_limit")
  fi
  start_app "$1" jobs "$job_count" "${own_limit[@]}"
  hear "[0-9]+ .*"
  jobs=${heard%% *}
  show_table
  note "The application: $jobs jobs done, ${heard#* }."
  if ((jobs < job_count)); then
    what="cannot fork after $jobs of $job_count jobs"
  else
    what="runs on: $jobs of $job_count jobs"
  fi
  must=$((jobs == job_count))
  [[ $1 == under ]] || must=$((jobs < job_count))
  record limit "$1" "$must" "$what"
  end_well
  remove_pids_limit
}
