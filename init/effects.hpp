// What an action does, and what came of it as the next event. No decision is made here.
#pragma once

#include <cstdint>
#include <span>

#include "kernel/process_name.hpp"
#include "kernel/room.hpp"
#include "kernel/sys.hpp"
#include "kernel/terminal.hpp"
#include "policy/policy.hpp"

namespace foster {

// What the running init has at hand.
struct Means {
  int pidfd = -1;                 // of the main command: with it the kernel reaps, if it can; -1: none
  bool kernel_must_reap = false;  // if it cannot, that is reported
  const Terminal& terminal;
  const char* termination_log = nullptr;  // a path; nullptr: none
  Room& room;
};

class Effects {
 public:
  // Signals go by `pidfd` where there is one: where the kernel reaps, a number may be a stranger's by now.
  Effects(const State& state, int pidfd, const Means& means) : state_(state), pidfd_(pidfd), means_(means) {}

  // Of any action whose outcome is an event; `event` is the one that led to it.
  void perform(const Action& action, const Event& event, Event& result);

 private:
  [[nodiscard]] sys::Done send(const Action& action, const Event& event) const;
  void find_group(Event& result) const;
  int signal_others(int number);

  const State& state_;
  int pidfd_;
  const Means& means_;
  std::int64_t last_look_ms_ = 0;  // at the descendants
};

}  // namespace foster
