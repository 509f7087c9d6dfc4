// The loop in which init reaps: what the kernel has to tell, one event at a time. Works on every kernel.
#pragma once

#include <array>

#include "kernel/sys.hpp"
#include "policy/policy.hpp"

namespace foster {

// How long to wait after an error that should not be: 1 ms, then twice as long each time, 1 s at most.
class Backoff {
 public:
  static constexpr int longest_ms = 1000;
  int next_ms();
  void reset() { last_ms_ = 0; }

 private:
  int last_ms_ = 0;
};

class InitReaps {
 public:
  // With names, each child's name is read before it is reaped, for there is none afterwards.
  explicit InitReaps(bool names) : names_(names) {}

  // The next child that has ended or signal that has arrived, children first: when this blocks, there is no zombie.
  // Or that signals cannot be had, once that has lasted.
  // The event's name is good until the next call.
  Event next();

 private:
  bool take_child(Event& event);
  bool take_signal(Event& event);
  sys::Result<pid_t> reap(int& status);

  bool names_;
  bool draining_ = true;  // there may be dead children that are not reaped
  Backoff reaping_;
  Backoff waiting_;
  std::array<char, 17> name_{};
};

}  // namespace foster
