#include "kernel/init_reaps.hpp"

#include <cerrno>

#include "kernel/reaping.hpp"
#include "policy/exit_status.hpp"

namespace foster {

sys::Result<pid_t> InitReaps::reap(int& status) {
  name_.front() = '\0';
  pid_t pid = sys::any_child;
  if (names_) {
    const auto dead = sys::find_dead_child();
    // A look that fails costs the name, not the child.
    if (dead && dead.value() > 0) {
      pid = dead.value();
      read_name(pid, name_);
    }
  }
  return reap_child(pid, status, stops_);
}

// While the main command lives it is our child, so that ECHILD, too, is an error that passes, like any other; an end
// that was not learned is asked for again, never made up.
bool InitReaps::take_child(Event& event) {
  const auto child = reap(event.status);
  if (!child) {
    event.kind = Event::Kind::all_gone;
    return main_ == 0 && child.error() == ECHILD;
  }
  draining_ = child.value() > 0;
  if (draining_ || !restless_) reaping_.reset();
  event.kind = Event::Kind::child_changed;
  event.pid = child.value();
  event.name = name_.data();
  if (event.pid == main_ && has_ended(event.status)) main_ = 0;
  const bool found = draining_;
  draining_ = found || restless_;
  return found;
}

bool InitReaps::take_signal(Event& event, int limit_ms) {
  // Children that could not be reaped now are tried again after a while, and signals go on in the meantime.
  if (draining_) limit_ms = earlier_ms(reaping_.next_ms(), limit_ms);
  const auto taken = sys::wait_signal(SignalSet::all().bits(), event.signal, limit_ms);
  if (taken) {
    waiting_.reset();
    draining_ = draining_ || event.signal.si_signo == SIGCHLD;
    event.kind = Event::Kind::signal_arrived;
  } else if (taken.error() != EAGAIN || limit_ms == sys::forever_ms) {
    // No news of signals is no news of children either: look after them.
    draining_ = true;
    const int pause_ms = waiting_.next_ms();
    sys::sleep_ms(pause_ms);
    event.kind = Event::Kind::wait_failed;
    event.error = taken.error();
    return pause_ms == Backoff::longest_ms;
  }
  return bool(taken);
}

bool InitReaps::next(Event& event, int limit_ms) {
  event = {};
  return (draining_ && take_child(event)) || take_signal(event, limit_ms);
}

}  // namespace foster
