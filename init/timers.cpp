#include "timers.hpp"

#include <algorithm>

#include "kernel/sys.hpp"

namespace foster {

void Timers::set(Timer timer, int delay_ms) { due_ms_[static_cast<std::size_t>(timer)] = sys::now_ms() + delay_ms; }

bool Timers::take_due(Timer& timer, int& limit_ms) {
  limit_ms = sys::forever_ms;
  auto* const next = std::ranges::min_element(due_ms_, {}, [](std::int64_t due) { return due == 0 ? INT64_MAX : due; });
  if (*next == 0) return false;
  const std::int64_t now_ms = sys::now_ms();
  const std::int64_t left_ms = *next - now_ms;
  // Without a clock it is due at once: never would be worse.
  if (now_ms >= 0 && left_ms > 0) {
    limit_ms = static_cast<int>(left_ms);
    return false;
  }
  timer = static_cast<Timer>(next - due_ms_.begin());
  *next = 0;
  return true;
}

}  // namespace foster
