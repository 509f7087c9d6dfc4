#include <cerrno>

#include "model.hpp"

namespace policy_test {

namespace {

Arrival handed_on(std::string_view label, const Event& event) {
  return {.label = label, .event = event, .forwarded = true, .carries_value = event.signal.si_code == SI_QUEUE};
}

Arrival end(std::string_view label, int wait_status, int exit_status) {
  return {.label = label, .event = child_changed(main_command, wait_status), .exit_status = exit_status};
}

Arrival orphans_end(std::string_view label, int wait_status) {
  return {.label = label, .event = child_changed(orphan, wait_status), .is_orphans_end = true};
}

Arrival nothing(std::string_view label, const Event& event) { return {.label = label, .event = event}; }

constexpr Fault forbidden{EPERM, "EPERM"};
constexpr Fault nobody{ESRCH, "ESRCH"};
constexpr Fault full{EAGAIN, "EAGAIN"};

}  // namespace

const Scope& forwarding_scope() {
  static const Scope scope{.arrivals = {handed_on("PIPE from another process", plain(SIGPIPE)),
                                        handed_on("PIPE with a value", queued(SIGPIPE)),
                                        handed_on("PIPE from the kernel", signal_from(0, SIGPIPE, SI_KERNEL)),
                                        nothing("PIPE of our own write", signal_from(self, SIGPIPE)),
                                        handed_on("RTMIN", plain(first_realtime_signal)),
                                        handed_on("RTMIN with a value", queued(first_realtime_signal)),
                                        nothing("CHLD of a child", signal_from(main_command, SIGCHLD, CLD_EXITED)),
                                        nothing("CHLD that somebody sent", plain(SIGCHLD)),
                                        nothing("CHLD with a value", queued(SIGCHLD)),
                                        orphans_end("orphan exits with 3", exited(3)),
                                        orphans_end("orphan is killed", killed(SIGKILL)),
                                        nothing("orphan stops", child_changed(orphan, stopped(SIGSTOP))),
                                        nothing("orphan goes on", child_changed(orphan, continued)),
                                        nothing("main command goes on", child_changed(main_command, continued)),
                                        nothing("main command is traced", child_changed(main_command, traced_exec)),
                                        end("main command exits with 0", exited(0), 0),
                                        end("main command exits with 42", exited(42), 42),
                                        end("main command exits with 255", exited(255), 255),
                                        end("main command is killed by TERM", killed(SIGTERM), 143),
                                        end("main command dumps core", killed_with_core(SIGSEGV), 139)},
                           .faults = {forbidden, nobody, full},
                           .main_moves = true};
  return scope;
}

const Scope& end_scope() {
  static const Scope scope{
      .arrivals = {handed_on("TERM", plain(SIGTERM)), handed_on("INT", plain(SIGINT)),
                   handed_on("QUIT", plain(SIGQUIT)), handed_on("HUP", plain(SIGHUP)),
                   handed_on("USR1", plain(SIGUSR1)), nothing("CHLD that somebody sent", plain(SIGCHLD)),
                   orphans_end("orphan exits with 3", exited(3)), end("main command exits with 42", exited(42), 42),
                   end("main command is killed by TERM", killed(SIGTERM), 143),
                   end("main command is killed by HUP", killed(SIGHUP), 129),
                   end("main command is killed by KILL", killed(SIGKILL), 137)},
      .faults = {forbidden}};
  return scope;
}

const Scope& terminal_scope() {
  static const Scope scope{
      .arrivals = {nothing("main command is stopped by TSTP", child_changed(main_command, stopped(SIGTSTP))),
                   nothing("main command is stopped by TTIN", child_changed(main_command, stopped(SIGTTIN))),
                   nothing("main command is stopped by TTOU", child_changed(main_command, stopped(SIGTTOU))),
                   nothing("main command is stopped by STOP", child_changed(main_command, stopped(SIGSTOP))),
                   handed_on("CONT", plain(SIGCONT)), handed_on("TSTP", plain(SIGTSTP)),
                   handed_on("TSTP from the terminal", signal_from(0, SIGTSTP, SI_KERNEL)),
                   handed_on("TERM", plain(SIGTERM)), orphans_end("orphan exits with 3", exited(3)),
                   end("main command exits with 42", exited(42), 42)},
      .faults = {}};
  return scope;
}

}  // namespace policy_test
