// --pause: holds a pod's namespaces, reaps, and leaves with 0 on INT or TERM.
#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>

#include "files.hpp"
#include "harness.hpp"
#include "one_line.hpp"

namespace {

// Its last step is the wait.
void await_pause(Init& init) {
  init.wait_until("the pause", [&] { return init.is_at_rest(); });
}

void check_ends_with_0(const Start& start) {
  for (const int number : {SIGTERM, SIGINT}) {
    Init init(start);
    await_pause(init);
    init.signal(number);
    CHECK(init.exit_code() == 0);
    CHECK(init.all_errors().empty());
    CHECK(init.all_output().empty());
  }
}

void open_some() {
  for (const int fd : {3, 7, 200}) ::dup2(STDIN_FILENO, fd);
}

}  // namespace

TEST_CASE("pause leaves with 0 on TERM and on INT") {
  check_ends_with_0({.words = {"--pause"}});
  check_ends_with_0({.words = {"-P"}});
  check_ends_with_0({.words = {"-P"}, .init = init_called("catatonit")});
  check_ends_with_0({.words = {"-P"}, .init = init_called("podman-init")});
  check_ends_with_0({.init = init_called("pause")});
  check_ends_with_0({.words = {"-P"}, .init = init_called("pause")});
}

TEST_CASE("pause ignores every other signal") {
  Init init(Start{.words = {"--pause"}});
  await_pause(init);
  for (const int number : forwarded_signals()) {
    if (number != SIGTERM && number != SIGINT) init.signal(number);
  }
  init.signal(SIGCHLD);
  await_pause(init);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 0);
}

TEST_CASE("pause sits in / and holds descriptors 0 to 2 alone") {
  for (const Words& before : {Words{}, act("deny", "close_range=ENOSYS")}) {
    Init init(Start{.words = {"--pause"}, .before = before, .before_exec = open_some});
    await_pause(init);
    CHECK(proc::working_directory(init.pid()) == "/");
    CHECK(proc::descriptors(init.pid()).size() == 3);
  }
}

TEST_CASE("pause reaps what was dead before") {
  // The orphan is the init's own from before its exec.
  Init init(Start{.words = {"--pause"}, .before = act("orphan", "one", "exit", "3")});
  init.read_line();
  init.wait_until("the orphan to be gone", [&] { return init.is_at_rest() && proc::children(init.pid()).empty(); });
}

TEST_CASE("a child that dies during the pause is reaped by the kernel, which does not wake it") {
  Init init(Start{.words = {"--pause"}, .before = act("helper", "child")});
  CHECK(init.read_line() == "child ready");
  await_pause(init);
  const auto before = proc::context_switches(init.pid());
  ::kill(init.command(), SIGKILL);
  init.wait_until("the child to be gone", [&] { return proc::children(init.pid()).empty(); });
  CHECK(proc::context_switches(init.pid()) == before);
}

TEST_CASE("pause says once that it is not PID 1") {
  const Start start{.words = {"--pause"}, .place = Place::inner};
  Init init(start);
  check_one_line(init.read_error() + "\n", {"not PID 1"});
  await_pause(init);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 0);
  CHECK(init.all_errors().empty());
  Start quiet = start;
  quiet.words = {"-q", "--pause"};
  Init silent(quiet);
  await_pause(silent);
  silent.signal(SIGTERM);
  CHECK(silent.exit_code() == 0);
  CHECK(silent.all_errors().empty());
}
