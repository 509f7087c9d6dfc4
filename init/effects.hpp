// What an action does, and what came of it as the next event. No decision is made here.
#pragma once

#include <cstdint>

#include "kernel/process_name.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"
#include "kernel/sys.hpp"
#include "kernel/terminal.hpp"
#include "policy/policy.hpp"
#include "timers.hpp"

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
  Effects(const State& state, const Means& means, Report& report) : state_(state), means_(means), report_(report) {}

  // True if the outcome is an event: `event`, which led to the action, has become that one.
  bool perform(const Action& action, Event& event);

  Timers& timers() { return timers_; }
  [[nodiscard]] bool watches_children() const { return watches_children_; }
  [[nodiscard]] bool unseen() const { return unseen_; }  // SIGCHLD is still ignored
  static constexpr int no_exit = -1;
  [[nodiscard]] int exit_status() const { return exit_status_; }  // no_exit: not yet

 private:
  void watch_children();
  void tell(const Action& action, Event& event);
  [[nodiscard]] sys::Done send(Target target, const Event& event) const;
  [[nodiscard]] sys::Result<pid_t> find_group(Event& event) const;
  void suspend(int number) const;
  int signal_others(int number);

  const State& state_;
  const Means& means_;
  Report& report_;
  Timers timers_;
  std::int64_t last_look_ms_ = 0;  // at the descendants
  int exit_status_ = no_exit;
  bool watches_children_ = false;
  bool unseen_ = false;
  ProcessName sender_{};
};

}  // namespace foster
