#include "model.hpp"

namespace policy_test {

const std::vector<Arrival>& arrivals() {
  static const std::vector<Arrival> all{
      {.label = "PIPE from another process", .event = plain(SIGPIPE), .forwarded = true},
      {.label = "PIPE with a value", .event = queued(SIGPIPE), .forwarded = true, .carries_value = true},
      {.label = "PIPE from the kernel", .event = signal_from(0, SIGPIPE, SI_KERNEL), .forwarded = true},
      {.label = "PIPE of our own write", .event = signal_from(self, SIGPIPE)},
      {.label = "RTMIN", .event = plain(first_realtime_signal), .forwarded = true},
      {.label = "RTMIN with a value", .event = queued(first_realtime_signal), .forwarded = true, .carries_value = true},
      {.label = "CHLD of a child", .event = signal_from(main_command, SIGCHLD, CLD_EXITED)},
      {.label = "CHLD that somebody sent", .event = plain(SIGCHLD)},
      {.label = "CHLD with a value", .event = queued(SIGCHLD)},
      {.label = "orphan exits with 3", .event = child_ended(orphan, exited(3)), .is_orphans_end = true},
      {.label = "orphan is killed", .event = child_ended(orphan, killed(SIGKILL)), .is_orphans_end = true},
      {.label = "orphan stops", .event = child_ended(orphan, stopped(SIGSTOP))},
      {.label = "orphan goes on", .event = child_ended(orphan, continued)},
      {.label = "main command stops", .event = child_ended(main_command, stopped(SIGTSTP))},
      {.label = "main command goes on", .event = child_ended(main_command, continued)},
      {.label = "main command is traced", .event = child_ended(main_command, traced_exec)},
      {.label = "main command exits with 0", .event = child_ended(main_command, exited(0)), .exit_status = 0},
      {.label = "main command exits with 42", .event = child_ended(main_command, exited(42)), .exit_status = 42},
      {.label = "main command exits with 255", .event = child_ended(main_command, exited(255)), .exit_status = 255},
      {.label = "main command is killed by TERM",
       .event = child_ended(main_command, killed(SIGTERM)),
       .exit_status = 143},
      {.label = "main command dumps core",
       .event = child_ended(main_command, killed_with_core(SIGSEGV)),
       .exit_status = 139},
  };
  return all;
}

}  // namespace policy_test
