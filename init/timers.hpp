// What is to come due, on the monotonic clock. Read only while something is set: at rest nothing wakes init up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "policy/policy.hpp"

namespace foster {

class Timers {
 public:
  // Replaces the one that is set.
  void set(Timer timer, int delay_ms);

  // How long until the next one (sys::forever_ms: none is set); 0: one is due, and has been taken, as the event.
  int take_due(Event& event);

 private:
  std::array<std::int64_t, timer_count> due_ms_{};  // 0: not set
};

}  // namespace foster
