// TERM while the main command, or init itself, is about to end: the status is the main command's.
#include <doctest/doctest.h>
#include <sys/syscall.h>

#include <algorithm>

#include "one_line.hpp"
#include "race.hpp"

namespace {

bool is_main_command_dead(Init& init) {
  const auto children = proc::children(init.pid());
  return children.empty() || proc::look_at(children.front()).state == 'Z';
}

// The calls of the end, and those of the start that have the same numbers, each time held at the next of them. False if
// init's own exit came before the call with this index.
bool term_at_call(const Start& start, int index) {
  Init init(start);
  bool was_there = false;
  for (int i = 0;; ++i) {
    const HeldCall call = init.next_held();
    const bool is_init = call.pid == init.pid();
    was_there = was_there || !is_init;
    const bool is_last = is_init && call.number == SYS_exit_group;
    if (i < index) {
      init.let_go(call);
      if (is_last) return false;
      continue;
    }
    const bool ended_before = was_there && is_main_command_dead(init);
    init.signal(SIGTERM);
    init.let_go(call);
    const int code = init.exit_code();
    CAPTURE(call.number);
    CAPTURE(is_init);
    CHECK_MESSAGE((code == 42 || (!ended_before && code == 128 + SIGTERM)), "the exit code is ", code);
    return true;
  }
}

// In either loop: from here on only news wakes it.
bool is_wait_at_rest(const HeldCall& call) {
  return (call.number == SYS_rt_sigtimedwait || call.number == SYS_ppoll) && call.arguments[2] == 0;
}

// Init goes to / just before its loop begins; from then on it is held at each call until the main command is dead.
// False if that was the wait of the loop.
bool main_ends_at_call(const std::string& target, int index) {
  Init init(Start{.words = Words{target} + act("hold"),
                  .hold = {SYS_chdir, SYS_ioctl, SYS_pidfd_send_signal, SYS_signalfd4, SYS_ppoll, SYS_rt_sigaction,
                           SYS_wait4, SYS_rt_sigtimedwait}});
  HeldCall call = init.next_held();
  for (; call.number != SYS_chdir; call = init.next_held()) init.let_go(call);
  for (int i = 0; i < index;) {
    init.let_go(call);
    call = init.next_held();
    if (call.pid == init.pid()) ++i;
  }
  const pid_t main = init.command();
  ::kill(main, SIGKILL);
  init.wait_until("the main command to end", [&] { return is_main_command_dead(init); });
  init.let_go(call);
  CAPTURE(call.number);
  CHECK(init.exit_code() == 128 + SIGKILL);
  check_one_line(init.all_errors(), {"was killed by SIGKILL, not sent by foster\n"});
  return !is_wait_at_rest(call);
}

}  // namespace

TEST_CASE("the main command ends at each system call that the loop begins with") {
  for (const std::string target : {"-g", "-c"}) {
    CAPTURE(target);
    int most_calls = 0;
    race("main command ends as the loop begins, " + target, [&](int) {
      int calls = 0;
      while (main_ends_at_call(target, calls)) ++calls;
      most_calls = std::max(most_calls, calls);
    });
    // At least: the way to /, and a look for dead children.
    CHECK(most_calls >= 2);
  }
}

TEST_CASE("TERM at each system call of the end") {
  for (const std::string target : {"-g", "-c"}) {
    CAPTURE(target);
    int most_calls = 0;
    race("TERM at exit, " + target, [&](int) {
      const Start start{.words = Words{target} + act("exit", "42"),
                        .hold = {SYS_wait4, SYS_waitid, SYS_rt_sigtimedwait, SYS_kill, SYS_ppoll, SYS_ioctl,
                                 SYS_pidfd_send_signal, SYS_exit_group}};
      int calls = 0;
      while (term_at_call(start, calls)) ++calls;
      most_calls = std::max(most_calls, calls);
    });
    // At least: the command's exit, the wait for it and our own exit.
    CHECK(most_calls >= 3);
  }
}

TEST_CASE("TERM at the moment that the main command ends") {
  race("TERM as the main command ends", [](int) {
    Init init(command_with_handler());
    REQUIRE(init.read_line() == "ready");
    // Whichever comes first, one of the two is its status.
    ::kill(init.command(), SIGKILL);
    init.signal(SIGTERM);
    const int code = init.exit_code();
    CHECK_MESSAGE((code == 128 + SIGKILL || code == own_code), "the exit code is ", code);
  });
}
