#include "prepare.hpp"

#include "kernel/kernel_reaps.hpp"
#include "kernel/place.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// Why init has to reap, whatever the kernel can; nullptr: it need not.
const char* need_to_reap(const Options& options, const Inherited& inherited) {
  if (options.report_orphans) return "with --report-orphans, which needs init to see them";
  if (inherited.terminal.is_ours()) return "on a terminal, where init has to see the command stop";
  return nullptr;
}

}  // namespace

bool prepare(const Options& options, pid_t self, Report& report) {
  if (self != 1 && options.subreaper != Subreaper::no) {
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
    line.add(' ').add(need);
  } else {
    const Lack lack = find_lack(sys::Recipient::group);
    if (lack.what == nullptr) return true;
    add_reason(line.add(": cannot ").add(lack.what).add(": "), lack.error);
  }
  line.add("; allowed here: auto, init");
  report.send();
  return false;
}

Settings settings_of(const Options& options) {
  return {.target = options.target, .report_orphans = options.report_orphans, .terminate_rest = true};
}

}  // namespace foster
