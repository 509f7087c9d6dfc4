// How long to wait after an error that should not be: 1 ms, then twice as long each time, 1 s at most.
#pragma once

#include <algorithm>

namespace foster {

class Backoff {
 public:
  static constexpr int longest_ms = 1000;
  int next_ms() {
    last_ms_ = last_ms_ == 0 ? 1 : std::min(2 * last_ms_, longest_ms);
    return last_ms_;
  }
  void reset() { last_ms_ = 0; }

 private:
  int last_ms_ = 0;
};

// The shorter of two limits, of which the second may be none (-1).
inline int earlier_ms(int limit_ms, int other_ms) { return other_ms < 0 ? limit_ms : std::min(limit_ms, other_ms); }

}  // namespace foster
