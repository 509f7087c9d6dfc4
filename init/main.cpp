// PID 1: starts one command, hands every signal on to it, reaps what the kernel brings, and leaves with its status.
#include "command_line/options.hpp"
#include "kernel/descriptors.hpp"
#include "kernel/inherited.hpp"
#include "kernel/report.hpp"
#include "kernel/spawn.hpp"
#include "kernel/sys.hpp"
#include "policy/exit_status.hpp"
#include "prepare.hpp"
#include "show.hpp"
#include "supervise.hpp"

namespace foster {
namespace {

int run(const Options& options, char* const* environment, const Inherited& inherited, Report& report, Room& room) {
  const pid_t self = sys::own_pid();
  Pidfd pidfd = Pidfd::none;
  if (!choose_pidfd(options, inherited, report, pidfd) || !prepare(options, self, report)) return exit_start_failed;
  const auto [child, error] = spawn(options.command, environment, inherited, pidfd, report, room.path);
  int status = exit_code_of(error);
  if (error.is_one()) {
    report_spawn_error(report, error, options.command, environment);
  } else {
    const int kept = keep_only(child.pidfd);
    // So that no mount stays busy because of us; of no consequence if it fails.
    (void)sys::change_directory("/");
    State state{.settings = settings_of(options), .self = self, .main = child.pid};
    status = supervise(state, kept, pidfd == Pidfd::required, report, room.signals);
  }
  take_foreground_back(inherited.terminal, child.pid);
  return status;
}

int start(char** arguments, char* const* environment, Room& room) {
  Inherited inherited;
  const int error = take_over(inherited);
  Parsed parsed;
  parse_options(arguments, environment, parsed);
  Report report(room.line);
  report.set_threshold(parsed.options.verbosity);
  if (parsed.error.kind != UsageError::Kind::none) {
    explain(report.line(), parsed.error);
    report.send();
  } else if (error != 0) {
    report.failure("take over the signals", error);
  } else if (parsed.options.mode != Mode::run) {
    return show(parsed.options.mode, inherited, report);
  } else {
    return run(parsed.options, environment, inherited, report, room);
  }
  return exit_start_failed;
}

}  // namespace
}  // namespace foster

int main(int /*argc*/, char** argv, char** environment) {
  [[gnu::section(".bss.zz")]] static foster::Room room;
  return foster::start(argv, environment, room);
}
