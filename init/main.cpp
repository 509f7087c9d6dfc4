// PID 1: starts one command, hands every signal on to it, reaps what the kernel brings, and leaves with its status.
#include "command_line/options.hpp"
#include "inspect/ps.hpp"
#include "install.hpp"
#include "kernel/descriptors.hpp"
#include "kernel/inherited.hpp"
#include "kernel/report.hpp"
#include "kernel/spawn.hpp"
#include "kernel/sys.hpp"
#include "pause.hpp"
#include "policy/exit_status.hpp"
#include "prepare.hpp"
#include "show.hpp"
#include "supervise.hpp"

namespace foster {
namespace {

int run(Options& options, char** environment, Inherited& inherited, Report& report, Room& room) {
  const pid_t self = sys::own_pid();
  if (self <= 0) {
    report.failure(Phrase::learn_own_pid, -self);
    return options.failure_status;
  }
  Pidfd pidfd = Pidfd::none;
  if (!choose_pidfd(options, inherited, report, pidfd) || !prepare(options, self, report)) {
    return options.failure_status;
  }
  if (options.mode == Mode::pause) return pause(self, report);
  const int terminal = options.session ? give_up(inherited.terminal) : -1;
  Child child;
  int status = 0;
  {
    // In a block of its own: what the start has on the stack makes room for what stays.
    Command command{{options.command, environment}, options.session, pidfd,  terminal,
                    options.failure_status,         inherited,       report, room};
    spawn(command);
    child = command.child;
    if (command.error.is_one()) {
      report_failure(command);
      status = exit_code_of_failure(command);
    }
  }
  if (status == 0) {
    const int kept = keep_only(child.pidfd);
    // So that no mount stays busy because of us; of no consequence if it fails.
    (void)sys::change_directory("/");
    options.terminal = inherited.terminal.is_there();
    State state{.self = self, .main = child.pid, .settings = options};
    const Means means{kept, pidfd == Pidfd::required, inherited.terminal, options.termination_log, room};
    status = supervise(state, means, report);
  }
  take_foreground_back(inherited.terminal, child.pid);
  return status;
}

int start(char** arguments, char** environment, Room& room) {
  Inherited inherited;
  const int error = take_over(inherited);
  Parsed parsed;
  parse_options(arguments, environment, parsed);
  Options& options = parsed.options;
  Report report(room.line);
  report.set_threshold(options.verbosity);
  if (parsed.error.kind != UsageError::Kind::none) {
    explain(report.line(), parsed);
    report.send();
  } else if (error != 0) {
    report.failure(Phrase::take_over_signals, error);
  } else if (options.mode <= Mode::pause) {
    return run(options, environment, inherited, report, room);
  } else if (options.mode == Mode::install) {
    if (install(options.install_path, room, report)) return 0;
  } else {
    // Whoever waits for an answer may give up.
    (void)give_back_mask(inherited);
    return options.mode == Mode::ps ? ps(options, room, report) : show(parsed, report, room.path);
  }
  return options.failure_status;
}

}  // namespace
}  // namespace foster

int main(int /*argc*/, char** argv, char** environment) {
  [[gnu::section(".bss.zz")]] static foster::Room room;
  return foster::start(argv, environment, room);
}
