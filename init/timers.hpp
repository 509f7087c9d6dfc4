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

  // Takes one that is due now, as an event. If there is none, `limit_ms` is how long until the next one
  // (sys::forever_ms: none is set).
  bool take_due(Event& event, int& limit_ms);

 private:
  std::array<std::int64_t, timer_count> due_ms_{};  // 0: not set
};

}  // namespace foster
