// --exit-zero: codes, and `forwarded`.
#include <doctest/doctest.h>

#include "others.hpp"

namespace {

enum class Sender { init, somebody_else };

// Of a command that the signal kills, sent to the init or past it.
int code_after(const Words& options, int number, Sender sender, const Words& environment = {}) {
  Init init(Start{.words = options + act("hold"), .environment = environment});
  REQUIRE(init.read_line() == "ready");
  if (sender == Sender::init)
    init.signal(number);
  else
    ::kill(init.command(), number);
  return init.exit_code();
}

int code_of(const Words& options, const Words& command, const Words& environment = {}) {
  Init init(Start{.words = options + command, .environment = environment});
  return init.exit_code();
}

}  // namespace

TEST_CASE("-e: these codes become 0, others stay") {
  for (const Words& options :
       {Words{"-e", "143,137"}, Words{"-e143", "--exit-zero=137"}, Words{"--exit-zero", "137,143"}}) {
    CAPTURE(joined(options));
    CHECK(code_of(options, act("die", "15")) == 0);
    CHECK(code_of(options, act("die", "9")) == 0);
    CHECK(code_of(options, act("exit", "143")) == 0);
    CHECK(code_of(options, act("die", "2")) == 128 + SIGINT);
    CHECK(code_of(options, act("exit", "1")) == 1);
  }
  CHECK(code_of({"-e", "0,255"}, act("exit", "255")) == 0);
  CHECK(code_of({"-e", "3"}, act("exit", "3"), {"FOSTER_EXIT_ZERO=4"}) == 0);
  CHECK(code_of({"-e", "3"}, act("exit", "4"), {"FOSTER_EXIT_ZERO=4"}) == 0);
}

TEST_CASE("--exit-zero=forwarded: a signal that we handed on is no failure, one that somebody else sent is") {
  for (const int number : {SIGTERM, SIGINT, SIGHUP, 34, 64}) {
    CAPTURE(number);
    CHECK(code_after({"--exit-zero=forwarded"}, number, Sender::init) == 0);
    CHECK(code_after({"--exit-zero=forwarded"}, number, Sender::somebody_else) == 128 + number);
    CHECK(code_after({}, number, Sender::init) == 128 + number);
  }
  CHECK(code_after({}, SIGTERM, Sender::init, {"FOSTER_EXIT_ZERO=forwarded"}) == 0);
  CHECK(code_after({"-e", "3,forwarded"}, SIGTERM, Sender::init) == 0);
}

TEST_CASE("--exit-zero=forwarded: an exit code is not a signal") {
  Init init(Words{"-e", "forwarded"} + act("on-term", "143"));
  CHECK(init.read_line() == "ready");
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 143);
}

TEST_CASE("--exit-zero=forwarded: it counts as what the signal was handed on") {
  CHECK(code_after({"-e", "forwarded", "-r", "TERM:INT"}, SIGTERM, Sender::init) == 0);
  CHECK(code_after({"-e", "forwarded", "-r", "TERM:KILL"}, SIGTERM, Sender::init) == 0);
  Init init(Words{"-e", "forwarded", "-r", "TERM:0"} + act("hold"));
  CHECK(init.read_line() == "ready");
  init.signal(SIGTERM);
  init.wait_until_at_rest();
  ::kill(init.command(), SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}

TEST_CASE("--exit-zero=forwarded: a KILL of our own making stays 137, unless that is asked for") {
  const Words ignores = act("ignore", "15") + act("hold");
  for (const auto& [exit_zero, code] :
       std::vector<std::pair<std::string, int>>{{"forwarded", 128 + SIGKILL}, {"forwarded,137", 0}}) {
    CAPTURE(exit_zero);
    Init init(Words{"-e", exit_zero, "-k", "50ms"} + ignores);
    CHECK(init.read_line() == "ready");
    init.signal(SIGTERM);
    CHECK(init.exit_code() == code);
  }
}
