// --kill-after and --stop-signal: what starts the clock, and what is gone when it is over.
#include <doctest/doctest.h>

#include <algorithm>

#include "caught.hpp"
#include "one_line.hpp"
#include "others.hpp"

namespace {

constexpr int own_code = 7;

// Of `actor catch main`, which no signal but KILL ends.
void check_killed(Init& init) {
  CHECK(init.exit_code() == 128 + SIGKILL);
  const std::string text = init.all_errors();
  CAPTURE(text);
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  CHECK(has(text, "the time for the end is over: SIGKILL is sent\n"));
  CHECK(has(text, "was killed by SIGKILL, sent by foster"));
}

// It is handed on as `as`, and init then waits without a time limit.
void check_starts_no_clock(Init& init, int number, int as) {
  CAPTURE(number);
  init.signal(number);
  CHECK(init.read_line() == caught("main", as));
  init.wait_until_at_rest();
}

// The command must have been given time enough to say what it got, on a busy machine as well.
void check_starts_clock(const Words& options, int number, int as) {
  CAPTURE(joined(options));
  Init init(options + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  init.signal(number);
  CHECK(init.read_line() == caught("main", as));
  check_killed(init);
}

}  // namespace

TEST_CASE("-k: a command that does not end at TERM is killed, 137") {
  for (const auto place : {Place::pid1, Place::inner}) {
    for (const Words& options : {Words{"-k", "1s"}, Words{"-ck1s"}, Words{"--kill-after=1s"}}) {
      CAPTURE(joined(options));
      Init init(Start{.words = options + act("catch", "main"), .place = place});
      REQUIRE(init.read_line() == "main ready");
      init.signal(SIGTERM);
      CHECK(init.read_line() == caught("main", SIGTERM));
      check_killed(init);
    }
  }
  Init init(Start{.words = act("ignore", "15") + act("hold"), .environment = {"FOSTER_KILL_AFTER=100ms"}});
  CHECK(init.read_line() == "ready");
  init.signal(SIGTERM);
  check_killed(init);
}

TEST_CASE("-k: the others of the group are gone, too") {
  for (const std::string target : {"-g", "-c"}) {
    CAPTURE(target);
    Init init(Start{.words = Words{target, "-k", "100ms"} + act("helper", "helper") + act("catch", "main"),
                    .place = Place::inner});
    read_ready(init, {"main", "helper"});
    const pid_t helper = other_of(init);
    init.signal(SIGTERM);
    CHECK(init.exit_code() == 128 + SIGKILL);
    init.wait_until("the helper to be gone", [helper] { return proc::look_at(helper).state == 0; });
  }
}

TEST_CASE("-k: HUP, QUIT and USR1 start no clock") {
  Init init(Words{"-k", "1ms"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  for (const int number : {SIGHUP, SIGQUIT, SIGUSR1, SIGINT}) check_starts_no_clock(init, number, number);
}

TEST_CASE("-k: the first stop signal starts the clock, the next ones do not begin it anew") {
  Init init(Words{"-k", "1s"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  int sent = 0;
  // For ever, if each of them began it anew.
  init.wait_until(
      "the command to be killed",
      [&] {
        init.signal(SIGTERM);
        ++sent;
        return proc::children(init.pid()).empty() || proc::look_at(init.pid()).state == 'Z';
      },
      50);
  CHECK(sent > 1);
  CHECK(init.exit_code() == 128 + SIGKILL);
}

TEST_CASE("-k has no effect on a command that ends when it is asked to, nor on one that nobody asks") {
  Init asked(Words{"-k", "20s"} + act("on-term", std::to_string(own_code)));
  CHECK(asked.read_line() == "ready");
  asked.wait_until_at_rest();
  asked.signal(SIGTERM);
  CHECK(asked.exit_code() == own_code);
  CHECK(asked.all_errors().empty());
  Init alone(Words{"-k", "0"} + act("exit", std::to_string(own_code)));
  CHECK(alone.exit_code() == own_code);
  CHECK(alone.all_errors().empty());
}

TEST_CASE("--stop-signal adds to TERM, and starts the clock") {
  const Words options{"--stop-signal=QUIT,RTMIN+3", "-k", "1s"};
  for (const int number : {SIGQUIT, 37, SIGTERM}) check_starts_clock(options, number, number);
  Init init(Start{.words = Words{"--stop-signal", "INT"} + Words{"-k", "100ms"} + act("catch", "main"),
                  .environment = {"FOSTER_STOP_SIGNAL=QUIT"}});
  REQUIRE(init.read_line() == "main ready");
  // Lists add up.
  init.signal(SIGQUIT);
  check_killed(init);
}

TEST_CASE("a stop signal is judged as it arrives, before it is rewritten") {
  check_starts_clock({"--stop-signal=QUIT", "-r", "QUIT:USR1", "-k", "1s"}, SIGQUIT, SIGUSR1);
  check_starts_clock({"-r", "TERM:QUIT", "-k", "1s"}, SIGTERM, SIGQUIT);
  Init dropped(Words{"-r", "TERM:0", "-k", "100ms"} + act("catch", "main"));
  REQUIRE(dropped.read_line() == "main ready");
  dropped.signal(SIGTERM);
  check_killed(dropped);
  Init init(Words{"-r", "USR1:TERM,HUP:QUIT", "--stop-signal=QUIT", "-k", "1ms"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  check_starts_no_clock(init, SIGUSR1, SIGTERM);
  check_starts_no_clock(init, SIGHUP, SIGQUIT);
}

TEST_CASE("--target=all -k: processes outside the group are gone, too") {
  Init init(Words{"--target=all", "-k", "100ms", "--wait"} + beside(act("catch", "other"), act("catch", "main")));
  read_ready(init, {"main", "other"});
  init.signal(SIGTERM);
  // --wait would stay while the other one lives.
  CHECK(init.exit_code() == 128 + SIGKILL);
}
