// The loop in which init reaps: what the kernel has to tell, one event at a time. Works on every kernel.
#pragma once

#include <array>

#include "kernel/backoff.hpp"
#include "kernel/sys.hpp"
#include "policy/policy.hpp"

namespace foster {

// The next dead child, by whichever call works: wait4(2) or waitid(2). 0: there is none.
sys::Result<pid_t> reap_child(pid_t pid, int& status);

class InitReaps {
 public:
  // With names, each child's name is read before it is reaped, for there is none afterwards.
  explicit InitReaps(bool names) : names_(names) {}

  // The next child that has ended or signal that has arrived, children first: when this blocks, there is no zombie.
  // Or that signals cannot be had, once that has lasted.
  // The event's name is good until the next call.
  void next(Event& event);

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
