// Promise 1: every signal that init accepts is delivered to a living target.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "caught.hpp"
#include "loops.hpp"

namespace {

// Of main and helper, in any order.
void read_both_ready(Init& init) {
  const std::set<std::string> ready{init.read_line(), init.read_line()};
  REQUIRE(ready == std::set<std::string>{"main ready", "helper ready"});
}

pid_t helper_of(Init& init) {
  const pid_t main = init.command();
  init.wait_until("the helper", [main] { return !proc::children(main).empty(); });
  return proc::children(main).front();
}

}  // namespace

TEST_CASE("each of the 61 signals arrives once, one at a time") {
  CHECK(forwarded_signals().size() == 61);
  for (const auto place : {Place::pid1, Place::inner}) {
    for (const Words& options : {Words{}, Words{"-g"}, Words{"-c"}}) {
      CAPTURE(joined(options));
      Init init(Start{.words = options + act("catch", "main"), .place = place});
      check_each_arrives_once(init);
    }
  }
}

TEST_CASE("the other processes of the group get each signal, too") {
  Init init(act("helper", "helper") + act("catch", "main"));
  read_both_ready(init);
  for (const int number : forwarded_signals()) {
    CAPTURE(number);
    init.signal(number);
    const std::set<std::string> lines{init.read_line(), init.read_line()};
    CHECK(lines == std::set<std::string>{caught("main", number), caught("helper", number)});
  }
}

TEST_CASE("with -c nobody but the main command gets a signal") {
  Init init(Words{"-c"} + act("helper", "helper") + act("catch", "main"));
  read_both_ready(init);
  const pid_t helper = helper_of(init);
  for (const int number : forwarded_signals()) {
    init.signal(number);
    CHECK(init.read_line() == caught("main", number));
  }
  ::kill(helper, SIGUSR1);
  CHECK(init.read_line() == caught("helper", SIGUSR1));
}

TEST_CASE("a main command that left its group alone still gets each signal") {
  Init init(act("leave-group") + act("catch", "main"));
  check_each_arrives_once(init);
}

TEST_CASE("a main command that left a helper behind in its group still gets each signal") {
  Init init(act("helper", "helper") + act("leave-group") + act("catch", "main"));
  read_both_ready(init);
  for (const int number : forwarded_signals()) {
    CAPTURE(number);
    init.signal(number);
    const std::set<std::string> lines{init.read_line(), init.read_line()};
    CHECK(lines == std::set<std::string>{caught("main", number), caught("helper", number)});
  }
}

TEST_CASE("5,000 queued values arrive in order with -c") {
  constexpr int count = 5000;
  Init init(Words{"-c"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  for (int value = 1; value <= count; ++value) init.queue(SIGRTMIN, value);
  for (int value = 1; value <= count; ++value) REQUIRE(init.read_line() == caught("main", SIGRTMIN, SI_QUEUE, value));
}

TEST_CASE("a queued value reaches the main command with each signal and -c") {
  Init init(Words{"-c"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  for (const int number : forwarded_signals()) {
    init.queue(number, -number);
    CHECK(init.read_line() == caught("main", number, SI_QUEUE, -number));
  }
}

TEST_CASE("a queued signal reaches the group, as a signal where init reaps") {
  if (loops::kernel_is_to_reap()) return;  // there the value arrives, too: kernel_reaps_test.cpp
  Init init(act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  init.queue(SIGUSR1, 5);
  CHECK(init.read_line() == caught("main", SIGUSR1));
}

TEST_CASE("a value that the main command's full queue does not take costs the value, not the signal") {
  Init init(Words{"-c"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  const rlimit none{0, 0};
  REQUIRE(::prlimit(init.command(), RLIMIT_SIGPENDING, &none, nullptr) == 0);
  for (int i = 0; i < 2; ++i) {
    init.queue(SIGRTMIN, 5);
    CHECK(init.read_line() == caught("main", SIGRTMIN));
  }
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  // Told once, before the last line.
  CHECK(init.read_error().find("SIGRTMIN is sent to pid ") != std::string::npos);
  CHECK(init.read_error().find("was killed by SIGKILL") != std::string::npos);
  CHECK(init.all_errors().empty());
}

TEST_CASE("CHLD is not forwarded") {
  Init init(act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  init.signal(SIGCHLD);
  init.queue(SIGCHLD, 1);
  // Of the signals that wait, the one with the highest number is taken last (signal(7)).
  init.signal(SIGRTMAX);
  CHECK(init.read_line() == caught("main", SIGRTMAX));
}

TEST_CASE("KILL and STOP from inside end or stop nobody") {
  for (const std::string number : {"9", "19"}) {
    CAPTURE(number);
    Init init(act("send", "1", number) + act("catch", "main"));
    REQUIRE(init.read_line() == "main ready");
    init.signal(SIGTERM);
    CHECK(init.read_line() == caught("main", SIGTERM));
  }
}

TEST_CASE("a stop and a continuation of the init lose no signal") {
  Init init(act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  init.signal(SIGSTOP);
  init.wait_until("the init to stop", [&] { return proc::look_at(init.pid()).state == 'T'; });
  init.signal(SIGUSR1);
  init.signal(SIGTERM);
  init.signal(SIGCONT);
  std::set<std::string> lines;
  for (int i = 0; i < 3; ++i) lines.insert(init.read_line());
  CHECK(lines == std::set<std::string>{caught("main", SIGUSR1), caught("main", SIGTERM), caught("main", SIGCONT)});
}

TEST_CASE("what is left of the group gets TERM when the main command ends") {
  // Not as PID 1: there the kernel's KILL follows at once.
  Init init(Start{.words = act("helper", "helper") + act("catch", "main"), .place = Place::inner});
  read_both_ready(init);
  ::kill(init.command(), SIGKILL);
  CHECK(init.read_line() == caught("helper", SIGTERM));
  CHECK(init.exit_code() == 128 + SIGKILL);
}

TEST_CASE("with -c nothing is sent when the main command ends") {
  Init init(Start{.words = Words{"-c"} + act("helper", "helper") + act("catch", "main"), .place = Place::inner});
  read_both_ready(init);
  const pid_t helper = helper_of(init);
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  ::kill(helper, SIGUSR1);
  CHECK(init.read_line() == caught("helper", SIGUSR1));
}
