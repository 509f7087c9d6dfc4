// The hand-over of the terminal: its foreground is the command's while it lives, and foster's own again at the end.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "harness.hpp"

namespace {

// As the test's own namespace counts.
pid_t foreground(const Init& init) { return ::tcgetpgrp(init.terminal()); }

}  // namespace

TEST_CASE("a session leader on its own terminal hands the foreground over, and takes it back") {
  // Held at its exit: with the session leader goes the terminal, and nobody could look.
  Init init(Start{.words = act("hold"), .terminal = true, .hold = {SYS_exit_group}});
  CHECK(init.read_line() == "ready");
  CHECK(foreground(init) == init.command());
  ::kill(init.command(), SIGKILL);
  const HeldCall exit = init.next_held();
  CHECK(exit.pid == init.pid());
  CHECK(foreground(init) == proc::look_at(init.pid()).group);
  init.let_go(exit);
  CHECK(init.exit_code() == 128 + SIGKILL);
}

TEST_CASE("in the foreground group of another session leader, the foreground goes over and comes back") {
  Init init(Start{.words = act("hold"), .place = Place::inner, .terminal = true});
  CHECK(init.read_line() == "ready");
  CHECK(foreground(init) == init.command());
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(foreground(init) == init.namespace_pid1());
}

TEST_CASE("a failed start leaves the foreground where it was") {
  Init init(Start{.words = {"/no-such-command"}, .place = Place::inner, .terminal = true});
  CHECK(init.exit_code() == 127);
  CHECK(foreground(init) == init.namespace_pid1());
}

TEST_CASE("started in the background it does not take the foreground") {
  Init init(Start{.words = act("hold"), .before = act("own-group"), .place = Place::inner, .terminal = true});
  CHECK(init.read_line() == "ready");
  CHECK(foreground(init) == init.namespace_pid1());
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(foreground(init) == init.namespace_pid1());
}

TEST_CASE("a foreground that somebody else has meanwhile is not taken back") {
  // The group that it moves to is led by its child, which outlives it.
  const Words words = act("leave-group") + act("take-foreground") + act("hold");
  Init init(Start{.words = words, .place = Place::inner, .terminal = true});
  CHECK(init.read_line() == "ready");
  const pid_t other = proc::look_at(init.command()).group;
  REQUIRE(other != init.command());
  REQUIRE(foreground(init) == other);
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(foreground(init) == other);
}

TEST_CASE("Ctrl-C and Ctrl-\\ end the command, and the exit code says so") {
  for (const auto& [key, code] : {std::pair{"\x03", 128 + SIGINT}, std::pair{"\x1c", 128 + SIGQUIT}}) {
    for (const auto place : {Place::pid1, Place::inner}) {
      CAPTURE(code);
      Init init(Start{.words = act("hold"), .place = place, .terminal = true});
      CHECK(init.read_line() == "ready");
      init.write(key);
      CHECK(init.exit_code() == code);
    }
  }
}
