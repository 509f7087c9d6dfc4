// Promise 3: whenever init is seen blocked in its wait, it has no zombie child.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "harness.hpp"

namespace {

std::set<pid_t> zombies_of(pid_t parent) {
  std::set<pid_t> zombies;
  for (const pid_t child : proc::children(parent)) {
    const auto process = proc::look_at(child);
    if (process.state == 'Z' && process.parent == parent) zombies.insert(child);
  }
  return zombies;
}

// Looks once, and again at what was found if the init did not run in between: the first look takes a while, and a
// death that falls into it is no fault of an init that is about to be woken.
std::set<pid_t> zombies_while_blocked(Init& init) {
  const auto before = proc::context_switches(init.pid());
  if (!init.is_at_rest()) return {};
  const auto first = zombies_of(init.pid());
  if (first.empty() || !init.is_at_rest()) return {};
  std::set<pid_t> still;
  const auto second = zombies_of(init.pid());
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::inserter(still, still.end()));
  return init.is_at_rest() && proc::context_switches(init.pid()) == before ? still : std::set<pid_t>{};
}

void check_orphans(Init& init) {
  do {
    CHECK(zombies_while_blocked(init).empty());
  } while (!init.has_output());
  CHECK(init.read_line() == "done");
  const pid_t main = init.command();
  init.wait_until("the last orphan to be gone",
                  [&] { return init.is_at_rest() && proc::children(init.pid()) == std::vector<pid_t>{main}; });
}

// How many processes one wave may have, with the limits that are set here.
int most_at_once() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NPROC, &limit);
  return static_cast<int>(std::min<rlim_t>(10'000, limit.rlim_cur / 4));
}

}  // namespace

TEST_CASE("10,000 orphans in waves leave no zombie") {
  Init init(act("orphans", "10000", "250"));
  check_orphans(init);
}

TEST_CASE("10,000 orphans at once leave no zombie") {
  const int count = most_at_once();
  if (count < 10'000) skip("10,000 orphans at once: the limits allow " + std::to_string(count));
  Init init(act("orphans", std::to_string(count), std::to_string(count)));
  check_orphans(init);
}

TEST_CASE("1,000 orphans leave no zombie with -w") {
  Init init(Words{"-w"} + act("orphans", "1000", "100"));
  check_orphans(init);
}

TEST_CASE("orphans are adopted and reaped by a subreaper") {
  Init init(Start{.words = act("orphans", "1000", "250"), .place = Place::inner});
  check_orphans(init);
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(init.reaped_outside().empty());
}

TEST_CASE("orphans are left to PID 1 with --subreaper=no") {
  Init init(Start{.words = Words{"--subreaper=no"} + act("orphans", "100", "50"), .place = Place::inner});
  CHECK(init.read_line() == "done");
  init.wait_until("the outer PID 1 to reap them", [&] { return proc::children(init.namespace_pid1()).size() == 1; });
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(init.reaped_outside().size() == 100);
}

TEST_CASE("-w reports each orphan: pid, name, how it ended") {
  struct Case {
    std::string name, way, value, end;
  };
  for (const auto& [name, way, value, end] :
       {Case{"plain", "exit", "3", "exited with 3"}, Case{"a b) c", "exit", "0", "exited with 0"},
        Case{"(((", "signal", "9", "was killed by SIGKILL"},
        Case{"fifteen letters", "signal", "15", "was killed by SIGTERM"}, Case{"", "exit", "255", "exited with 255"}}) {
    CAPTURE(name);
    Init init(Words{"-w"} + act("orphan", name, way, value) + act("hold"));
    const std::string made = init.read_line();
    REQUIRE(made.rfind("orphan ", 0) == 0);
    const std::string line = init.read_error();
    CAPTURE(line);
    CHECK(line.find(made) != std::string::npos);
    CHECK(line.find(name) != std::string::npos);
    CHECK(line.find(end) != std::string::npos);
  }
}

TEST_CASE("-w reports every one of many orphans, each once") {
  Init init(Words{"-w"} + act("orphans", "500", "100"));
  std::set<std::string> lines;
  for (int i = 0; i < 500; ++i) lines.insert(init.read_error());
  CHECK(lines.size() == 500);
}

TEST_CASE("without -w nothing is said of orphans") {
  Init init(act("orphans", "100", "100"));
  CHECK(init.read_line() == "done");
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  CHECK(init.all_errors().find("orphan") == std::string::npos);
}
