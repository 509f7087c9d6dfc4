#include "prepare.hpp"

#include "kernel/kernel_reaps.hpp"
#include "kernel/place.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// Why init has to reap, whatever the kernel can; nullptr: it need not.
const char* need_to_reap(const Options& options, const Inherited& inherited) {
  if (options.report_orphans) return " with --report-orphans, which needs init to see them";
  if (inherited.terminal.is_there()) return " on a terminal, where init has to see the command stop";
  return nullptr;
}

// Elsewhere "all" would be strangers as well. A variable is inherited by inits that are started within, and means
// PID 1.
bool settle_target(Options& options, Report& report) {
  if (options.is_pid1 || options.target != Target::all) return true;
  report.line().add(options.target_by_variable
                        ? "variable FOSTER_TARGET: 'all' is for PID 1 alone; taken here: group"
                        : "option '--target': 'all' is for PID 1 alone; allowed here: child, group");
  if (!options.target_by_variable || report.wants(Level::warning)) report.send();
  options.target = Target::group;
  return options.target_by_variable;
}

void tell_rewrites(const Options& options, Report& report) {
  for (int number = 1; number <= last_signal; ++number) {
    if (!options.rewritten_again.contains(number)) continue;
    add_signal(report.line(), number).add(" is rewritten more than once: the last one counts");
    report.send();
  }
}

}  // namespace

bool prepare(Options& options, pid_t self, Report& report) {
  options.is_pid1 = self == 1;
  if (report.wants(Level::info)) tell_rewrites(options, report);
  if (!settle_target(options, report)) return false;
  if (options.subreaper == Subreaper::not_unasked) {
    if (!options.is_pid1 && !adopts_orphans() && report.wants(Level::warning)) {
      report.line().add("not PID 1 and no child subreaper: orphans go to another process (-s adopts them)");
      report.send();
    }
  } else if (!options.is_pid1 && options.subreaper != Subreaper::no) {
    const int error = adopt_orphans();
    // Unasked, it is tried in silence: a kernel before 3.4, or qemu-user, has none to give.
    if (error != 0 && options.subreaper == Subreaper::yes) {
      report.failure("become a child subreaper", error);
      return false;
    }
  }
  if (options.parent_death_signal == 0) return true;
  const int error = watch_parent(options.parent_death_signal);
  if (error != 0) report.failure("watch the parent", error);
  return error == 0;
}

bool choose_pidfd(const Options& options, const Inherited& inherited, Report& report, Pidfd& pidfd) {
  const char* const need = need_to_reap(options, inherited);
  pidfd = need == nullptr && options.reaper != Reaper::init ? Pidfd::if_possible : Pidfd::none;
  if (options.reaper != Reaper::kernel) return true;
  pidfd = Pidfd::required;
  Text& line = report.line().add("--reap=kernel is not possible");
  if (need != nullptr) {
    line.add(need);
  } else {
    const Lack lack = find_lack(sys::Recipient::group);
    if (lack.what == nullptr) return true;
    add_reason(line.add(": cannot ").add(lack.what).add(": "), lack.error);
  }
  line.add("; allowed here: auto, init");
  report.send();
  return false;
}

}  // namespace foster
