#include "kernel/terminal.hpp"

#include <unistd.h>

#include <cerrno>

#include "kernel/sys.hpp"
#include "policy/signals.hpp"

namespace foster {

namespace {

bool is_gone(pid_t group) { return sys::send_signal_to_group(group, 0).error() == ESRCH; }

void suspend(int number, pid_t whom) {
  (void)sys::reset_signal(number);
  (void)sys::send_signal(whom, number);
  (void)sys::set_signal_mask(SignalSet::all().bits() & ~SignalSet().add(number).bits());
  (void)sys::set_signal_mask(SignalSet::all().bits());
}

}  // namespace

void find_terminal(Terminal& terminal) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    const auto foreground = sys::foreground_group(fd);
    if (!foreground) continue;
    const auto own = sys::group_of(0);
    if (!own || own.value() == 0) return;
    terminal = {.fd = fd, .group = own.value(), .ours = own.value() == foreground.value()};
    return;
  }
}

int give_up(Terminal& terminal) {
  const int fd = terminal.fd;
  const bool leads = sys::leads_session();
  if (fd >= 0 && sys::give_up_terminal(fd) && leads) {
    siginfo_t raised;
    while (sys::wait_signal(SignalSet().add(SIGHUP).add(SIGCONT).bits(), raised, 0)) {
    }
  }
  terminal = {};
  return fd;
}

int take_as_controlling(int fd) { return sys::take_terminal(fd).error(); }

int give_foreground(const Terminal& terminal, pid_t group) {
  return sys::set_foreground_group(terminal.fd, group).error();
}

bool offer_foreground(const Terminal& terminal, pid_t group) {
  const auto foreground = sys::foreground_group(terminal.fd);
  // 0 is a group outside the namespace: nothing is known of it.
  if (!foreground || foreground.value() == 0) return false;
  if (foreground.value() == group) return true;
  const bool to_give = foreground.value() == terminal.group || is_gone(foreground.value());
  return to_give && give_foreground(terminal, group) == 0;
}

void take_foreground_back(const Terminal& terminal, pid_t group) {
  if (!terminal.is_there()) return;
  const auto foreground = sys::foreground_group(terminal.fd);
  // It may fail if the terminal is gone by now: then there is nothing to give back.
  if (foreground && foreground.value() == group) (void)sys::set_foreground_group(terminal.fd, terminal.group);
}

void suspend_own_group(int number) {
  siginfo_t continued;
  // All of it: a shell that waits for us in our group must stop, too.
  suspend(number, 0);
  // That is what woke us up. Handed on later, it would undo a stop that comes in between.
  (void)sys::wait_signal(SignalSet().add(SIGCONT).bits(), continued, 0);
}

void suspend_self(int number) { suspend(number, sys::own_pid()); }

}  // namespace foster
