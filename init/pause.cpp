#include "pause.hpp"

#include "kernel/backoff.hpp"
#include "kernel/descriptors.hpp"
#include "kernel/reaping.hpp"
#include "kernel/sys.hpp"
#include "policy/signals.hpp"

namespace foster {

namespace {

// No mount, socket or pipe stays busy because of us.
void let_go_of_everything() {
  (void)keep_only(sys::no_descriptor);
  (void)sys::change_directory("/");
}

// An ignored SIGCHLD leaves it to the kernel from here on, but for those that are dead by then.
void leave_reaping_to_the_kernel() {
  (void)sys::ignore_signal(SIGCHLD);
  reap_what_is_dead();
}

void wait_for_stop_signal(Report& report) {
  Backoff backoff;
  bool told = false;
  for (;;) {
    siginfo_t info;
    const auto taken = sys::wait_signal(SignalSet::all().bits(), info, sys::forever_ms);
    if (!taken) {
      const int pause_ms = backoff.next_ms();
      if (pause_ms == Backoff::longest_ms && !told) report.failure(Phrase::wait_for_signals, taken.error());
      told = told || pause_ms == Backoff::longest_ms;
      sys::sleep_ms(pause_ms);
      continue;
    }
    backoff.reset();
    if (taken.value() == SIGTERM || taken.value() == SIGINT) return;
    // It arrives only where it could not be ignored, or from somebody's hand.
    if (taken.value() == SIGCHLD) reap_what_is_dead();
  }
}

}  // namespace

int pause(pid_t self, Report& report) {
  if (self != 1 && report.wants(Level::warning)) report.say(Phrase::not_pid1);
  let_go_of_everything();
  leave_reaping_to_the_kernel();
  wait_for_stop_signal(report);
  return 0;
}

}  // namespace foster
