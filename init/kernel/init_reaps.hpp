// The loop in which init reaps: what the kernel has to tell, one event at a time. Works on every kernel.
#pragma once

#include "kernel/backoff.hpp"
#include "kernel/process_name.hpp"
#include "kernel/sys.hpp"
#include "policy/policy.hpp"

namespace foster {

class InitReaps {
 public:
  // With names, each child's name is read before it is reaped, for there is none afterwards.
  // The main command is told apart: while it lives there is a child, so that to have none is an error; 0: it has ended.
  // Restless: it may be that no SIGCHLD comes, so it looks once a second.
  InitReaps(pid_t main, bool names, bool stops, bool restless)
      : main_(main), names_(names), stops_(stops), restless_(restless) {}

  [[nodiscard]] static constexpr bool has_more() { return false; }
  static constexpr bool sees_children = true;

  // The next child that has ended (or stopped) or signal that has arrived, children first: when this blocks, there is
  // no zombie. Or that signals cannot be had, once that has lasted. False: nothing yet, after limit_ms at the latest
  // (sys::forever_ms: no limit). The event's name is good until the next call.
  bool next(Event& event, int limit_ms);

 private:
  bool take_child(Event& event);
  bool take_signal(Event& event, int limit_ms);
  sys::Result<pid_t> reap(int& status);

  pid_t main_;
  bool names_;
  bool stops_;
  bool restless_;
  bool draining_ = true;  // there may be dead children that are not reaped
  Backoff reaping_;
  Backoff waiting_;
  ProcessName name_{};
};

}  // namespace foster
