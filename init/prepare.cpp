#include "prepare.hpp"

#include "kernel/place.hpp"

namespace foster {

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

Settings settings_of(const Options& options) {
  return {.target = options.target, .report_orphans = options.report_orphans, .terminate_rest = true};
}

}  // namespace foster
