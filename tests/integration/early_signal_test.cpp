// Promise 1: no signal is lost between fork and exec, whichever way the main command is cloned.
#include <doctest/doctest.h>
#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "harness.hpp"

namespace {

constexpr int own_code = 55;

// Refusing the better ones is what leads to the next way to clone.
struct WayToClone {
  std::string name;
  Words before;
  std::uint64_t flags;  // that the clone has, of those that tell the ways apart
};

constexpr std::uint64_t telling_flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD;

// Where init is to reap, it has no use for a pidfd.
std::vector<WayToClone> ways_to_clone() {
  const std::uint64_t pidfd = init_options() == Words{"--reap=init"} ? 0 : CLONE_PIDFD;
  return {{"vfork, with a pidfd if the kernel is to reap", {}, CLONE_VM | CLONE_VFORK | pidfd},
          {"vfork", act("deny", "clone:PIDFD=EINVAL"), CLONE_VM | CLONE_VFORK},
          {"fork", act("deny", "clone:VFORK=EPERM"), 0},
          {"fork without a pipe", act("deny", "clone:VFORK=EPERM,pipe2=EMFILE"), 0}};
}

// TERM ends it before its handler is there, or the handler does.
bool is_right(int code) { return code == 128 + SIGTERM || code == own_code; }

// From here on every signal waits for the init: before, the kernel itself drops what PID 1 has no handler for.
bool has_blocked_all(pid_t init) {
  const auto kill_and_stop = (std::uint64_t{1} << (SIGKILL - 1)) | (std::uint64_t{1} << (SIGSTOP - 1));
  if ((proc::signal_set(init, "SigBlk") | kill_and_stop) == ~std::uint64_t{0}) return true;
  // While it is asleep in this call, the kernel shows what it waits for as not blocked.
  return proc::blocked_in(init) == SYS_rt_sigtimedwait;
}

Start start_with(const WayToClone& way, const std::string& target) {
  return {.words = Words{target} + act("on-term", std::to_string(own_code)), .before = way.before};
}

#ifdef SYS_fork
constexpr long fork_number = SYS_fork;
#else
constexpr long fork_number = SYS_clone;
#endif

bool is_clone(const HeldCall& call) {
  return call.number == SYS_clone || call.number == SYS_clone3 || call.number == fork_number;
}

// The calls of the start, from the clone on until the main command is executed, each time held at the next of them.
// False when there are no more.
bool check_term_at_call(const WayToClone& way, const std::string& target, int index) {
  Start start = start_with(way, target);
  start.hold = {SYS_clone, SYS_clone3, fork_number, SYS_setpgid, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_execve};
  Init init(start);
  HeldCall call = init.next_held();
  while (!(is_clone(call) && call.pid == init.pid() && has_blocked_all(init.pid()))) {
    init.let_go(call);
    call = init.next_held();
  }
  // What is refused to it is not held: this is the clone that is done.
  CHECK((call.number == SYS_clone ? call.arguments[0] & telling_flags : 0) == way.flags);
  for (int i = 0; i < index; ++i) {
    const bool executed = call.number == SYS_execve && call.pid != init.pid();
    init.let_go(call);
    if (executed) {
      init.signal(SIGTERM);
      CHECK(is_right(init.exit_code()));
      return false;
    }
    call = init.next_held();
  }
  CAPTURE(call.number);
  init.signal(SIGTERM);
  init.let_go(call);
  CHECK(is_right(init.exit_code()));
  return true;
}

}  // namespace

TEST_CASE("TERM is not lost at any system call of the start, each way to clone") {
  for (const auto& way : ways_to_clone()) {
    for (const std::string target : {"-g", "-c"}) {
      CAPTURE(way.name);
      CAPTURE(target);
      int calls = 0;
      while (check_term_at_call(way, target, calls)) ++calls;
      // At least the clone and the execve.
      CHECK(calls >= 2);
    }
  }
}

TEST_CASE("TERM is not lost in the first milliseconds, each way to clone") {
  const int runs = race_runs();
  constexpr int longest_delay_us = 4000;
  for (const auto& way : ways_to_clone()) {
    for (const std::string target : {"-g", "-c"}) {
      CAPTURE(way.name);
      CAPTURE(target);
      for (int run = 0; run < runs; ++run) {
        Init init(start_with(way, target));
        init.wait_until(
            "the init to block all signals", [&] { return has_blocked_all(init.pid()); }, 0);
        ::usleep(static_cast<useconds_t>(run * longest_delay_us / runs));
        init.signal(SIGTERM);
        CHECK(is_right(init.exit_code()));
      }
    }
  }
}
