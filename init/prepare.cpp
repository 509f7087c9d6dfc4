#include "prepare.hpp"

#include "kernel/kernel_reaps.hpp"
#include "kernel/place.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// Why init has to reap, whatever the kernel can; the end of all phrases: it need not.
Phrase need_to_reap(const Options& options, const Inherited& inherited) {
  if (options.report_orphans) return Phrase::for_report_orphans;
  if (inherited.terminal.is_there()) return Phrase::for_terminal;
  return Phrase::end;
}

// Elsewhere "all" would be strangers as well. A variable is inherited by inits that are started within, and means
// PID 1.
bool settle_target(Options& options, Report& report) {
  if (options.is_pid1 || options.target != Target::all) return true;
  const bool by_variable = options.target_by_variable;
  if (!by_variable || report.wants(Level::warning)) {
    report.say(by_variable ? Phrase::target_taken : Phrase::target_refused);
  }
  options.target = Target::group;
  return by_variable;
}

void tell_rewrites(const Options& options, Report& report) {
  for (int number = 1; number <= last_signal; ++number) {
    if (!options.rewritten_again.contains(number)) continue;
    add_phrase(add_signal(report.line(), number), Phrase::rewritten_again);
    report.send();
  }
}

}  // namespace

bool prepare(Options& options, pid_t self, Report& report) {
  options.is_pid1 = self == 1;
  if (report.wants(Level::info)) tell_rewrites(options, report);
  if (!settle_target(options, report)) return false;
  if (options.subreaper == Subreaper::not_unasked) {
    if (!options.is_pid1 && !adopts_orphans() && report.wants(Level::warning)) report.say(Phrase::no_subreaper);
  } else if (!options.is_pid1 && options.subreaper != Subreaper::no) {
    const int error = adopt_orphans();
    // Unasked, it is tried in silence: a kernel before 3.4, or qemu-user, has none to give.
    if (error != 0 && options.subreaper == Subreaper::yes) {
      report.failure(Phrase::become_subreaper, error);
      return false;
    }
  }
  if (options.parent_death_signal == 0) return true;
  const int error = watch_parent(options.parent_death_signal);
  if (error != 0) report.failure(Phrase::watch_parent, error);
  return error == 0;
}

bool choose_pidfd(const Options& options, const Inherited& inherited, Report& report, Pidfd& pidfd) {
  const Phrase need = need_to_reap(options, inherited);
  pidfd = need == Phrase::end && options.reaper != Reaper::init ? Pidfd::if_possible : Pidfd::none;
  if (options.reaper != Reaper::kernel) return true;
  pidfd = Pidfd::required;
  Text& line = add_phrase(report.line(), Phrase::kernel_cannot_reap);
  if (need != Phrase::end) {
    add_phrase(line, need);
  } else {
    Phrase lacking{};
    const int error = find_lack(sys::Recipient::group, lacking);
    if (error == 0) return true;
    add_reason(add_phrase(add_phrase(line, Phrase::for_lack), lacking), error);
  }
  add_phrase(line, Phrase::allowed_reapers);
  report.send();
  return false;
}

}  // namespace foster
