// Rewritten signals, --target=all, and who it was that asked for the end.
#include <doctest/doctest.h>

#include "caught.hpp"
#include "one_line.hpp"
#include "others.hpp"

namespace {

constexpr int own_code = 7;

void check_arrives_as(Init& init, int number, int as) {
  CAPTURE(number);
  init.signal(number);
  CHECK(init.read_line() == caught("main", as));
}

// The line of -v about a stop of `command`; `stop` makes it come, where the command itself does not.
std::string line_of_stop(
    const Words& command, const std::function<void(Init&)>& stop = [](Init&) {}) {
  Init init(Words{"-v"} + command);
  stop(init);
  for (;;) {
    const std::string line = init.read_error();
    if (has(line, " asks for the end")) return line;
  }
}

}  // namespace

TEST_CASE("-r hands a signal on as another one, and leaves the rest alone") {
  for (const Words& options : {Words{"-r", "TERM:QUIT,HUP:USR1"}, Words{"-rTERM:QUIT", "--rewrite=1:SIGUSR1"}}) {
    CAPTURE(joined(options));
    Init init(options + act("catch", "main"));
    REQUIRE(init.read_line() == "main ready");
    for (const int number : forwarded_signals())
      check_arrives_as(init, number, number == SIGTERM ? SIGQUIT : number == SIGHUP ? SIGUSR1 : number);
  }
}

TEST_CASE("-r A:0 drops the signal") {
  Init init(Words{"-vvr", "HUP:0"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  init.signal(SIGHUP);
  init.wait_until_at_rest();
  check_arrives_as(init, SIGTERM, SIGTERM);
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(has(init.all_errors(), "SIGHUP is dropped\n"));
}

TEST_CASE("-r: a chain is not followed, and a pair may be swapped") {
  Init init(Words{"-r", "TERM:HUP,HUP:INT,INT:TERM"} + act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  check_arrives_as(init, SIGTERM, SIGHUP);
  check_arrives_as(init, SIGHUP, SIGINT);
  check_arrives_as(init, SIGINT, SIGTERM);
}

TEST_CASE("-r: KILL and STOP can be what a signal becomes") {
  Init init(Words{"-r", "TERM:KILL,USR1:STOP"} + act("hold"));
  CHECK(init.read_line() == "ready");
  const pid_t main = init.command();
  init.signal(SIGUSR1);
  init.wait_until("the command to be stopped", [main] { return proc::look_at(main).state == 'T'; });
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 128 + SIGKILL);
  check_one_line(init.all_errors(), {"was killed by SIGKILL, handed on by foster"});
}

TEST_CASE("of several rewrites of a signal the last one wins, and -v says so") {
  const std::string told = "foster: SIGTERM is rewritten more than once: the last one counts\n";
  for (const Words& options : {Words{}, Words{"-v"}}) {
    CAPTURE(joined(options));
    Init init(
        Start{.words = options + Words{"-r", "TERM:INT,TERM:HUP", "--rewrite", "TERM:QUIT"} + act("catch", "main"),
              .environment = {"FOSTER_REWRITE=TERM:USR1,USR2:INT"}});
    REQUIRE(init.read_line() == "main ready");
    check_arrives_as(init, SIGTERM, SIGQUIT);
    check_arrives_as(init, SIGUSR2, SIGINT);
    ::kill(init.command(), SIGKILL);
    CHECK(init.exit_code() == 128 + SIGKILL);
    CHECK(has(init.all_errors(), told) == !options.empty());
  }
}

TEST_CASE("--target=all reaches processes outside the group") {
  for (const auto& [options, environment] : std::vector<std::pair<Words, Words>>{
           {{"--target=all"}, {}}, {{}, {"FOSTER_TARGET=all"}}, {{"--target=all"}, {"FOSTER_TARGET=child"}}}) {
    Init init(
        Start{.words = options + beside(act("catch", "other"), act("catch", "main")), .environment = environment});
    read_ready(init, {"main", "other"});
    for (const int number : forwarded_signals()) {
      CAPTURE(number);
      init.signal(number);
      const std::set<std::string> lines{init.read_line(), init.read_line()};
      CHECK(lines == std::set<std::string>{caught("main", number), caught("other", number)});
    }
    ::kill(init.command(), SIGKILL);
    CHECK(init.exit_code() == 128 + SIGKILL);
  }
}

TEST_CASE("--target=all where init is not PID 1: refused on the command line") {
  Init init(Start{.words = Words{"--target=all"} + Words{"echo", "ran"}, .place = Place::inner});
  CHECK(init.exit_code() == 125);
  check_one_line(init.all_errors(), {"--target", "all", "PID 1", "child", "group"});
  CHECK(init.all_output().empty());
}

TEST_CASE("FOSTER_TARGET=all where init is not PID 1: a warning, and the group") {
  Init init(Start{.words = beside(act("catch", "other"), act("helper", "helper") + act("catch", "main")),
                  .environment = {"FOSTER_TARGET=all"},
                  .place = Place::inner});
  read_ready(init, {"main", "other", "helper"});
  init.signal(SIGUSR1);
  const std::set<std::string> lines{init.read_line(), init.read_line()};
  CHECK(lines == std::set<std::string>{caught("main", SIGUSR1), caught("helper", SIGUSR1)});
  check_one_line(init.drain_errors(), {"FOSTER_TARGET", "all", "PID 1", "group"});
  for (const pid_t pid : proc::children(init.command())) {
    if (proc::look_at(pid).session != pid) continue;
    ::kill(pid, SIGUSR2);
    CHECK(init.read_line() == caught("other", SIGUSR2));
  }
}

TEST_CASE("FOSTER_TARGET=all, not PID 1: the command line wins without a word, and -q is quiet") {
  for (const std::string option : {"-g", "-q"}) {
    Init init(Start{.words = Words{option} + act("exit", std::to_string(own_code)),
                    .environment = {"FOSTER_TARGET=all"},
                    .place = Place::inner});
    CHECK(init.exit_code() == own_code);
    CHECK(init.all_errors().empty());
  }
}

TEST_CASE("-v says who asked for the end") {
  const std::string outside = line_of_stop(act("catch", "main"), [](Init& init) {
    REQUIRE(init.read_line() == "main ready");
    init.signal(SIGTERM);
  });
  CHECK(outside == "foster: SIGTERM asks for the end; sent from outside the pid namespace");
  const std::string inside = line_of_stop(act("send", "1", "15") + act("catch", "main"));
  CHECK(inside == "foster: SIGTERM asks for the end; sent by pid 2 ('actor')");
  const std::string other = line_of_stop(Words{"--stop-signal=QUIT"} + act("send", "1", "3") + act("catch", "main"));
  CHECK(other == "foster: SIGQUIT asks for the end; sent by pid 2 ('actor')");
}

TEST_CASE("without -v nothing is said of who asked for the end, nor with it of another signal") {
  for (const auto& [options, number] : std::vector<std::pair<Words, int>>{{{}, SIGTERM}, {{"-v"}, SIGHUP}}) {
    Init init(options + act("catch", "main"));
    REQUIRE(init.read_line() == "main ready");
    check_arrives_as(init, number, number);
    init.wait_until_at_rest();
    CHECK_FALSE(has(init.drain_errors(), "asks for the end"));
  }
}
