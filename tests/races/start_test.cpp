// TERM while the main command is being started: none is lost, whichever way it is cloned.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "race.hpp"

namespace {

#ifdef SYS_fork
constexpr long fork_number = SYS_fork;
#else
constexpr long fork_number = SYS_clone;
#endif

enum class Caller { init, child };

// Stands still at the first of these calls that the init, or its child, makes once the init takes signals.
HeldCall hold_at(Init& init, Caller caller) {
  for (;;) {
    const HeldCall call = init.next_held();
    const bool by_init = call.pid == init.pid();
    if (by_init == (caller == Caller::init) && has_blocked_all(init.pid())) return call;
    init.let_go(call);
  }
}

void term_at(Start start, Caller caller, const std::vector<long>& calls) {
  start.hold = calls;
  Init init(start);
  const HeldCall call = hold_at(init, caller);
  init.signal(SIGTERM);
  init.let_go(call);
  check_term_arrived(init);
}

void race_at(const std::string& name, Caller caller, const std::vector<long>& calls) {
  race(name, [&](int) { for_each_start([&](const Start& start) { term_at(start, caller, calls); }); });
}

}  // namespace

TEST_CASE("TERM is pending when the child is cloned") {
  race_at("TERM pending at fork", Caller::init, {SYS_clone, SYS_clone3, fork_number});
}

TEST_CASE("TERM comes before the child has its own process group") {
  race_at("TERM before the child's setpgid", Caller::child, {SYS_setpgid});
}

TEST_CASE("TERM comes while the child still has init's mask") {
  race_at("TERM while the child has init's mask", Caller::child, {SYS_rt_sigprocmask});
}

TEST_CASE("TERM comes at the child's execve") { race_at("TERM at execve", Caller::child, {SYS_execve}); }

TEST_CASE("TERM comes in the first 4 ms") {
  constexpr int longest_delay_us = 4000;
  race("TERM 0 to 4 ms after the start", [](int run) {
    for_each_start([run](const Start& start) {
      Init init(start);
      init.wait_until(
          "the init to block all signals", [&] { return has_blocked_all(init.pid()); }, 0);
      ::usleep(static_cast<useconds_t>(run * longest_delay_us / race_runs()));
      init.signal(SIGTERM);
      check_term_arrived(init);
    });
  });
}

TEST_CASE("the child is gone before the parent's loop, with and without TERM") {
  race("child gone before the loop", [](int run) {
    for_each_start(
        [run](Start start) {
          // Between the clone and the loop init goes to /, and so does nobody else.
          start.hold = {SYS_chdir};
          Init init(start);
          const HeldCall call = init.next_held();
          REQUIRE(call.pid == init.pid());
          init.wait_until("the main command to end", [&] { return proc::look_at(init.command()).state == 'Z'; });
          if (run % 2 == 0) init.signal(SIGTERM);
          init.let_go(call);
          CHECK(init.exit_code() == 42);
        },
        act("exit", "42"));
  });
}
