#include "kernel/place.hpp"

#include "kernel/sys.hpp"

namespace foster {

int adopt_orphans() { return sys::become_subreaper().error(); }

bool adopts_orphans() {
  const auto is_one = sys::is_subreaper();
  return is_one && is_one.value();
}

int watch_parent(int signal) {
  const pid_t before = sys::parent_pid();
  if (const auto set = sys::set_parent_death_signal(signal); !set) return set.error();
  // A parent outside the namespace is 0 before and after: only a change tells that it died in between.
  return sys::parent_pid() == before ? 0 : sys::send_signal(sys::own_pid(), signal).error();
}

}  // namespace foster
