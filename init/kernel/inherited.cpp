#include "kernel/inherited.hpp"

#include <cerrno>

#include "kernel/reaping.hpp"
#include "kernel/sys.hpp"

namespace foster {

int take_over(Inherited& inherited) {
  std::uint64_t mask = 0;
  if (const auto blocked = sys::set_signal_mask(SignalSet::all().bits(), &mask); !blocked) return blocked.error();
  inherited.mask = SignalSet(mask);
  // An empty wait that is over at once: where it is forbidden, no signal would ever be handed on.
  siginfo_t none;
  if (const auto wait = sys::wait_signal(0, none, 0); wait.error() != EAGAIN) return wait.error();
  const auto ignored = sys::reset_signal(SIGCHLD);
  if (!ignored) return ignored.error();
  inherited.child_signal_ignored = ignored.value();
  reap_what_is_dead();
  find_terminal(inherited.terminal);
  return 0;
}

int give_back_disposition(const Inherited& inherited) {
  return inherited.child_signal_ignored ? sys::ignore_signal(SIGCHLD).error() : 0;
}

int give_back_mask(const Inherited& inherited) { return sys::set_signal_mask(inherited.mask.bits()).error(); }

int block_all() { return sys::set_signal_mask(SignalSet::all().bits()).error(); }

}  // namespace foster
