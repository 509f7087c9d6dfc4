#include "kernel/init_reaps.hpp"

#include <cerrno>

#include "text.hpp"

namespace foster {

namespace {

// As far as it can be read: /proc may not be there.
void read_name(pid_t pid, std::span<char> name) {
  std::array<char, 32> path{};
  Text(path).add("/proc/").number(pid).add("/comm");
  std::ranges::fill(name, '\0');
  const auto fd = sys::open_to_read(path.data());
  if (!fd) return;
  const auto bytes = sys::read(fd.value(), std::as_writable_bytes(name));
  (void)sys::close(fd.value());
  // The kernel ends it with a newline.
  if (bytes && bytes.value() > 0) name[bytes.value() - 1] = '\0';
}

}  // namespace

sys::Result<pid_t> reap_child(pid_t pid, int& status) {
  const auto reaped = sys::reap(pid, status);
  return reaped ? reaped : sys::reap_with_waitid(pid, status);
}

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
  return reap_child(pid, status);
}

// While the main command lives it is our child, so that ECHILD, too, is an error that passes, like any other; an end
// that was not learned is asked for again, never made up.
bool InitReaps::take_child(Event& event) {
  const auto child = reap(event.status);
  if (!child) return false;
  reaping_.reset();
  draining_ = child.value() > 0;
  event.kind = Event::Kind::child_ended;
  event.pid = child.value();
  event.name = name_.data();
  return draining_;
}

bool InitReaps::take_signal(Event& event) {
  // Children that could not be reaped now are tried again after a while, and signals go on in the meantime.
  const int limit_ms = draining_ ? reaping_.next_ms() : sys::forever_ms;
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

void InitReaps::next(Event& event) {
  event = {};
  while (!(draining_ && take_child(event)) && !take_signal(event)) {
  }
}

}  // namespace foster
