// Not PID 1: as a subreaper or not, and with a parent that dies.
#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>

#include "caught.hpp"

namespace {

constexpr int own_code = 55;

bool is_subreaper(const Words& options, const Words& environment = {}) {
  Init init(Start{.words = options + act("orphan", "one", "exit", "3") + act("hold"),
                  .environment = environment,
                  .place = Place::inner});
  const pid_t main = init.command();
  init.read_line();
  CHECK(init.read_line() == "ready");
  init.wait_until("the orphan to be reaped", [&] {
    return proc::children(init.pid()) == std::vector{main} && proc::children(init.namespace_pid1()).size() == 1;
  });
  ::kill(main, SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  return init.reaped_outside().empty();
}

}  // namespace

TEST_CASE("not PID 1: a subreaper, unless told otherwise") {
  CHECK(is_subreaper({}));
  CHECK(is_subreaper({"-s"}));
  CHECK(is_subreaper({"--subreaper"}));
  CHECK(is_subreaper({"--subreaper=yes"}));
  CHECK(is_subreaper({"--subreaper=auto"}));
  CHECK(is_subreaper({"--subreaper=no", "-s"}));
  CHECK_FALSE(is_subreaper({"--subreaper=no"}));
  CHECK_FALSE(is_subreaper({"-s", "--subreaper=no"}));
}

TEST_CASE("FOSTER_SUBREAPER, and the command line wins over it") {
  CHECK_FALSE(is_subreaper({}, {"FOSTER_SUBREAPER=no"}));
  CHECK_FALSE(is_subreaper({}, {"FOSTER_SUBREAPER=0"}));
  CHECK(is_subreaper({}, {"FOSTER_SUBREAPER=yes"}));
  CHECK(is_subreaper({"-s"}, {"FOSTER_SUBREAPER=no"}));
  CHECK_FALSE(is_subreaper({"--subreaper=no"}, {"FOSTER_SUBREAPER=yes"}));
  CHECK(is_subreaper({}, {"FOSTER_SUBREAPER="}));
}

TEST_CASE("where there is no subreaper to be had: silently without, but an error if it was asked for") {
  const Start start{.words = act("exit", "4"), .before = act("deny", "prctl=EINVAL"), .place = Place::inner};
  Init silent(start);
  CHECK(silent.exit_code() == 4);
  CHECK(silent.all_errors().empty());
  Start asked = start;
  asked.words = Words{"-s"} + start.words;
  Init refused(asked);
  CHECK(refused.exit_code() == 125);
  CHECK(refused.read_error().find("subreaper") != std::string::npos);
}

TEST_CASE("-p: the command gets the signal when foster's parent dies") {
  for (const Words& options : {Words{"-p", "USR1"}, Words{"-pSIGUSR1"}, Words{"--parent-death-signal=10"}}) {
    CAPTURE(joined(options));
    // The parent stands before the init, so that the harness takes it for that.
    Init outer(Start{.words = options + act("catch", "main"), .before = act("parent"), .place = Place::inner});
    REQUIRE(outer.read_line() == "main ready");
    ::kill(outer.pid(), SIGKILL);
    const std::string line = outer.read_line();
    CHECK(line.rfind("main signal " + std::to_string(SIGUSR1) + " ", 0) == 0);
  }
}

TEST_CASE("FOSTER_PARENT_DEATH_SIGNAL does the same") {
  Init outer(Start{.words = act("catch", "main"),
                   .before = act("parent"),
                   .environment = {"FOSTER_PARENT_DEATH_SIGNAL=TERM"},
                   .place = Place::inner});
  REQUIRE(outer.read_line() == "main ready");
  ::kill(outer.pid(), SIGKILL);
  CHECK(outer.read_line().rfind("main signal " + std::to_string(SIGTERM) + " ", 0) == 0);
}

TEST_CASE("-p: the command gets the signal when the parent died before it could be asked for") {
  Init outer(Start{.words = Words{"-p", "TERM"} + act("on-term", std::to_string(own_code)),
                   .before = act("parent"),
                   .place = Place::inner,
                   .hold = {SYS_prctl}});
  const pid_t parent = outer.pid();
  const pid_t init = outer.command();
  HeldCall call = outer.next_held();
  while (call.pid != init || call.arguments[0] != PR_SET_PDEATHSIG) {
    outer.let_go(call);
    call = outer.next_held();
  }
  ::kill(parent, SIGKILL);
  outer.wait_until("the parent to be gone", [parent] { return proc::look_at(parent).state == 0; });
  outer.let_go(call);
  CHECK(WTERMSIG(outer.wait()) == SIGKILL);
  // The init is the outer PID 1's child now, and ends with its command: by TERM, or by its handler.
  const std::string ended = outer.report();
  const int code = WEXITSTATUS(std::stoi(ended.substr(ended.rfind(' '))));
  CHECK((code == 128 + SIGTERM || code == own_code));
}

TEST_CASE("-p says nothing to PID 1, whose parent is outside and lives") {
  Init init(Words{"-p", "USR1"} + act("catch", "main"));
  check_each_arrives_once(init);
}
