// --wait where init is not PID 1, and kill(-1) would reach strangers: its own descendants, and nobody else.
#include <doctest/doctest.h>

#include <chrono>

#include "caught.hpp"
#include "others.hpp"

namespace {

constexpr int own_code = 7;

Words main_command() { return on_cue(act("exit", std::to_string(own_code))); }

Start below(const Words& words) { return {.words = words, .place = Place::inner}; }

pid_t stranger_of(Init& init) {
  const auto children = proc::children(init.namespace_pid1());
  REQUIRE(children.size() == 2);
  return children.front() == init.pid() ? children.back() : children.front();
}

// The kernel tells when a process was started in ticks of 10 ms: one that is as young as that when the others are told
// may be taken for one that came later.
void wait_for_next_tick(Init& init) {
  const auto now = [] { return std::chrono::steady_clock::now(); };
  const auto end = now() + std::chrono::milliseconds(20);
  init.wait_until("the tick to be over", [&] { return now() > end; });
}

// Whatever it got before would stand in the place of this.
void check_got_nothing(Init& init, pid_t stranger) {
  ::kill(stranger, SIGUSR1);
  CHECK(init.read_line() == caught("stranger", SIGUSR1));
}

}  // namespace

TEST_CASE("not PID 1, --wait=0: the descendants are told, a stranger of the same user is not") {
  Start start = below(Words{"--wait=0"} + beside(act("worker", "other", "300"), main_command()));
  start.before = act("stranger", "stranger");
  Init init(start);
  read_ready(init, {"stranger", "main", "other"});
  const pid_t stranger = stranger_of(init);
  give_cue(init);
  CHECK(init.read_line() == "other done");
  CHECK(init.exit_code() == own_code);
  CHECK(init.drain_errors().empty());
  check_got_nothing(init, stranger);
}

TEST_CASE("not PID 1: at the deadline the descendants are killed, a stranger is not") {
  Start start = below(Words{"--wait=0", "-k", "50ms"} + beside(act("catch", "other"), main_command()));
  start.before = act("stranger", "stranger");
  Init init(start);
  read_ready(init, {"stranger", "main", "other"});
  const pid_t stranger = stranger_of(init);
  const pid_t other = other_of(init);
  give_cue(init);
  CHECK(init.exit_code() == own_code);
  CHECK(proc::look_at(other).state == 0);
  if (init.has_output()) CHECK(init.read_line() == caught("other", SIGTERM));
  check_got_nothing(init, stranger);
  CHECK(init.reaped_outside().empty());
}

TEST_CASE("not PID 1: a stop signal while they are waited for is for the descendants") {
  Start start = below(Words{"--wait"} + beside(act("worker", "other", "300"), main_command()));
  start.before = act("stranger", "stranger");
  Init init(start);
  read_ready(init, {"stranger", "main", "other"});
  const pid_t stranger = stranger_of(init);
  end_main(init);
  init.wait_until_at_rest();
  init.signal(SIGTERM);
  CHECK(init.read_line() == "other done");
  CHECK(init.exit_code() == own_code);
  check_got_nothing(init, stranger);
}

TEST_CASE("not PID 1: --wait sends a daemon nothing") {
  Init init(below(Words{"--wait"} + beside(act("catch", "daemon"), main_command())));
  read_ready(init, {"main", "daemon"});
  const pid_t daemon = other_of(init);
  end_main(init);
  init.wait_until_at_rest();
  ::kill(daemon, SIGUSR1);
  CHECK(init.read_line() == caught("daemon", SIGUSR1));
  ::kill(daemon, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("not PID 1: grandchildren are told") {
  Init init(
      below(Words{"--wait=0"} + beside(act("helper", "grandchild") + act("worker", "child", "100"), main_command())));
  read_ready(init, {"main", "child", "grandchild"});
  const pid_t grandchild = proc::children(other_of(init)).front();
  give_cue(init);
  const std::set<std::string> lines{init.read_line(), init.read_line()};
  CHECK(lines == std::set<std::string>{"child done", caught("grandchild", SIGTERM)});
  ::kill(grandchild, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("not PID 1: a descendant that comes after the others were told is told as well") {
  // Most often within the same tick of the kernel's clock, which start times are counted in.
  for (int run = 0; run < 10; ++run) {
    Init init(below(Words{"--wait=0", "-k", "5s"} + beside(act("heir", "other"), main_command())));
    read_ready(init, {"main", "other"});
    give_cue(init);
    CHECK(init.read_line() == "other ready");
    CHECK(init.read_line() == "other done");
    CHECK(init.exit_code() == own_code);
  }
}

TEST_CASE("not PID 1: each descendant is told once") {
  Init init(below(Words{"--wait=0", "-k", "20s"} +
                  beside(act("catch", "one"), beside(act("worker", "two", "0"), main_command()))));
  read_ready(init, {"main", "one", "two"});
  wait_for_next_tick(init);
  give_cue(init);
  const std::set<std::string> lines{init.read_line(), init.read_line()};
  CHECK(lines == std::set<std::string>{caught("one", SIGTERM), "two done"});
  init.wait_until("one to be left alone", [&] { return proc::children(init.pid()).size() == 1; });
  const pid_t one = proc::children(init.pid()).front();
  ::kill(one, SIGUSR1);
  CHECK(init.read_line() == caught("one", SIGUSR1));
  ::kill(one, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("not PID 1, without /proc: the group alone is told, and that is said") {
  if (init_is_sanitized()) return skip("--wait without /proc: the sanitizer needs /proc");
  Start start =
      below(Words{"--wait=0", "-k", "20s"} + beside(act("catch", "other"), act("helper", "helper") + main_command()));
  start.before = act("stranger", "stranger");
  start.own_proc = false;
  Init init(start);
  read_ready(init, {"stranger", "main", "other", "helper"});
  const pid_t stranger = stranger_of(init);
  give_cue(init);
  CHECK(init.read_line() == caught("helper", SIGTERM));
  const std::string line = init.read_error();
  CAPTURE(line);
  CHECK(has(line, "cannot find the descendants in /proc: SIGTERM is sent to process group "));
  pid_t other = 0;
  pid_t helper = 0;
  for (const pid_t pid : proc::children(init.pid())) (proc::look_at(pid).session == pid ? other : helper) = pid;
  REQUIRE(other > 0);  // 0 would be our own group
  REQUIRE(helper > 0);
  ::kill(other, SIGUSR2);
  CHECK(init.read_line() == caught("other", SIGUSR2));
  for (const pid_t pid : {helper, other}) ::kill(pid, SIGKILL);
  CHECK(init.exit_code() == own_code);
  CHECK(init.drain_errors().empty());
  check_got_nothing(init, stranger);
}
