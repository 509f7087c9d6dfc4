// The loop in which the kernel reaps: SIGCHLD is ignored, so that no child becomes a zombie, and the main command's
// wait status comes from its pidfd. Orphans cost nothing at all.
#pragma once

#include <sys/signalfd.h>

#include <span>

#include "kernel/backoff.hpp"
#include "kernel/sys.hpp"
#include "messages.hpp"
#include "policy/policy.hpp"

namespace foster {

// Asked of this process itself: what would keep the kernel from reaping, whatever the command is. Changes nothing. 0,
// or the errno of `what`, which follows "cannot".
int find_lack(sys::Recipient recipient, Phrase& what);

class KernelReaps {
 public:
  // Of the main command: its pid, and its pidfd. `room` is for the signals that are read at once.
  KernelReaps(pid_t main, int pidfd, std::span<signalfd_siginfo> room) : main_(main), pidfd_(pidfd), batch_(room) {}

  // From here on the kernel reaps; where something is lacking, nothing is changed. 0, or the errno of `what`.
  int take_over(Target target, Phrase& what);

  // Signals that were read and are not handled yet.
  [[nodiscard]] bool has_more() const { return taken_ < read_; }
  static constexpr bool sees_children = false;

  // The main command's end, or the next signal that has arrived; or that signals cannot be had, once that has lasted.
  // False: nothing yet, after limit_ms at the latest (sys::forever_ms: no limit).
  bool next(Event& event, int limit_ms);

 private:
  bool take_dead_child(Event& event);
  bool take_exit(Event& event);
  bool take_signal(Event& event);
  bool look(int what, Event& event);
  void take_from_batch(Event& event);
  bool pause(Event& event);

  pid_t main_;
  int pidfd_;
  int signals_ = sys::no_descriptor;
  bool ended_ = false;    // and that has been told
  bool draining_ = true;  // there may be children that died before the kernel was told, and are not reaped
  std::size_t taken_ = 0;
  std::size_t read_ = 0;
  Backoff reaping_;
  Backoff waiting_;
  std::span<signalfd_siginfo> batch_;
};

}  // namespace foster
