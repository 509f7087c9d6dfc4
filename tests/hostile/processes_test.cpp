// Children that init did not start, and a main command that does not stay where it was.
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>

#include "course.hpp"

namespace {

// In the launcher, which the init takes the place of. `exit_signal` is what its end raises.
void leave_zombie(int exit_signal) {
  const long child = ::syscall(SYS_clone, exit_signal, nullptr, nullptr, nullptr, nullptr);
  must(child >= 0, "clone");
  if (child == 0) ::_exit(3);
  siginfo_t info{};
  must(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT | __WALL) == 0, "waitid");
}

void leave_living_child() {
  const pid_t child = ::fork();
  must(child >= 0, "fork");
  if (child != 0) return;
  ::syscall(SYS_close_range, 0, ~0U, 0);
  for (;;) ::pause();
}

bool leads_a_session() {
  Init init(plain_command());
  const pid_t command = wait_for_command(init);
  return proc::look_at(command).session == command;
}

bool has_one_child_in_its_own_session(Init& init) {
  const auto children = proc::children(init.pid());
  return children.size() == 1 && proc::look_at(children.front()).session == children.front();
}

}  // namespace

TEST_CASE("a zombie inherited at exec") {
  check_works({.before_exec = [] { leave_zombie(SIGCHLD); }});
}

TEST_CASE("a child cloned with exit signal 0") {
  check_works({.before_exec = [] { leave_zombie(0); }});
}

TEST_CASE("a child inherited at exec") {
  Init init(Start{.words = usual_command(), .before_exec = leave_living_child});
  const pid_t command = wait_for_command(init);
  const auto children = proc::children(init.pid());
  for (const pid_t child : children) {
    if (child != command) ::kill(child, SIGKILL);
  }
  check_usual_course(init);
}

TEST_CASE("the main command moves to another group, and leaves a helper behind") {
  if (leads_a_session())
    return skip("a main command that leaves its group: the leader of a session cannot (setpgid(2))");
  Init init(act("helper", "helper") + act("leave-group") + act("catch", "main"));
  const std::set<std::string> ready{init.read_line(), init.read_line()};
  REQUIRE(ready == std::set<std::string>{"main ready", "helper ready"});
  for (const int number : {SIGUSR1, SIGHUP, SIGTERM}) {
    INFO("signal " << number);
    init.signal(number);
    const std::set<std::string> lines{init.read_line(), init.read_line()};
    const std::string what = " signal " + std::to_string(number) + " code 0 value 0";
    const std::set<std::string> expected{"main" + what, "helper" + what};
    CHECK_MESSAGE(lines == expected, "not both got the signal once");
  }
}

TEST_CASE("the main command daemonizes") {
  for (const auto place : {Place::pid1, Place::inner}) {
    INFO(std::string(place == Place::pid1 ? "as PID 1" : "not PID 1"));
    Init init(Start{.words = act("daemon", "7"), .place = place});
    const std::string end = end_of(init);
    CHECK_MESSAGE(end == "exit 7", end);
  }
}

TEST_CASE("the main command daemonizes, and --wait stays") {
  if (is_peer()) return skip("--wait: it is foster's own");
  for (const auto place : {Place::pid1, Place::inner}) {
    INFO(std::string(place == Place::pid1 ? "as PID 1" : "not PID 1"));
    Init init(Start{.words = Words{"--wait"} + act("daemon", "7"), .place = place});
    CHECK(init.read_line() == "daemon");
    // The main command is gone then, and nothing but the daemon's end wakes it.
    wait_while_alive(init, "the daemon to be left", [&] { return has_one_child_in_its_own_session(init); });
    wait_until_idle(init);
    ::kill(proc::children(init.pid()).front(), SIGKILL);
    const std::string end = end_of(init);
    CHECK_MESSAGE(end == "exit 7", end);
  }
}
