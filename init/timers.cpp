#include "timers.hpp"

#include <algorithm>

#include "kernel/sys.hpp"

namespace foster {

void Timers::set(Timer timer, int delay_ms) { due_ms_[static_cast<std::size_t>(timer)] = sys::now_ms() + delay_ms; }

[[gnu::noinline]] int Timers::take_due(Event& event) {
  // One that is not set comes behind all others.
  const auto order = [](std::int64_t due_ms) { return static_cast<std::uint64_t>(due_ms) - 1; };
  auto* const next = std::ranges::min_element(due_ms_, {}, order);
  if (*next == 0) return sys::forever_ms;
  const std::int64_t now_ms = sys::now_ms();
  const std::int64_t left_ms = *next - now_ms;
  // Without a clock it is due at once: never would be worse.
  if (now_ms >= 0 && left_ms > 0) return static_cast<int>(left_ms);
  *next = 0;
  event.kind = Event::Kind::time_is_up;
  event.timer = static_cast<Timer>(next - due_ms_.begin());
  return 0;
}

}  // namespace foster
