#include "kernel/reaping.hpp"

#include <cerrno>

namespace foster {

sys::Result<pid_t> reap_child(pid_t pid, int& status, bool stops) {
  const auto reaped = sys::reap(pid, status, stops);
  if (reaped) return reaped;
  const auto found = sys::reap_with_waitid(pid, status, stops);
  // "There is no child" is an answer, whatever the other call says.
  return found || reaped.error() != ECHILD ? found : reaped;
}

void reap_what_is_dead() {
  int status = 0;
  for (bool found = true; found;) {
    const auto reaped = reap_child(sys::any_child, status, false);
    found = reaped && reaped.value() > 0;
  }
}

}  // namespace foster
