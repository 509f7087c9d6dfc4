// Events as the kernel brings them, for tests of the policy.
#pragma once

#include "policy/policy.hpp"

namespace policy_test {

using namespace foster;

inline constexpr pid_t self = 1;
inline constexpr pid_t main_command = 7;
inline constexpr pid_t orphan = 23;
inline constexpr pid_t another = 40;  // who sends us signals, and the group of a main command that has left its own

// As wait(2) encodes them on Linux, everywhere: written down here so that no macro is tested with itself.
constexpr int exited(int code) { return code << 8; }
constexpr int killed(int number) { return number; }
constexpr int killed_with_core(int number) { return number | 0x80; }
constexpr int stopped(int number) { return number << 8 | 0x7f; }
constexpr int continued = 0xffff;
constexpr int traced_exec = 4 << 16 | SIGTRAP << 8 | 0x7f;  // a stop as ptrace(2) has it, PTRACE_EVENT_EXEC

inline Event signal_from(pid_t sender, int number, int code = SI_USER) {
  Event event{.kind = Event::Kind::signal_arrived};
  event.signal.si_signo = number;
  event.signal.si_code = code;
  event.signal.si_pid = sender;
  return event;
}

inline Event plain(int number) { return signal_from(another, number); }
inline Event queued(int number) { return signal_from(another, number, SI_QUEUE); }

inline Event child_changed(pid_t pid, int status) {
  Event event{.kind = Event::Kind::child_changed};
  event.pid = pid;
  event.status = status;
  return event;
}

inline Event time_is_up(Timer timer) { return {.kind = Event::Kind::time_is_up, .timer = timer}; }
inline Event all_gone() { return {.kind = Event::Kind::all_gone}; }

inline State state_with(const Settings& settings) { return {.self = self, .main = main_command, .settings = settings}; }

}  // namespace policy_test
