// Many orphans: all are reaped, and cost PID 1 neither memory nor descriptors.
#include <doctest/doctest.h>
#include <unistd.h>

#include <sstream>

#include "race.hpp"

namespace {

void wait_until_all_are_gone(Init& init) {
  const pid_t main = init.command();
  init.wait_until("the last orphan to be gone",
                  [&] { return init.is_at_rest() && proc::children(init.pid()) == std::vector{main}; });
}

// In KiB, from /proc/PID/smaps_rollup.
long memory(pid_t pid, const std::string& name) {
  std::istringstream lines(proc::read(pid, "smaps_rollup"));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + ":", 0) == 0) return std::stol(line.substr(name.size() + 1));
  }
  FAIL("no " << name << " in smaps_rollup");
  return -1;
}

struct Holdings {
  long resident;
  long dirty;
  std::map<int, std::string> descriptors;
};

Holdings holdings_of(pid_t pid) { return {memory(pid, "Rss"), memory(pid, "Private_Dirty"), proc::descriptors(pid)}; }

}  // namespace

TEST_CASE("300 orphans that die at once are all reaped") {
  race("300 orphans at once", [](int) {
    Init init(act("orphans", "300", "300"));
    CHECK(init.read_line() == "done");
    wait_until_all_are_gone(init);
    init.signal(SIGTERM);
    CHECK(init.exit_code() == 128 + SIGTERM);
  });
}

TEST_CASE("orphans in a row cost PID 1 no memory and no descriptor") {
  // 100,000 in the full form.
  const int count = 500 * race_runs();
  // One before, so that what reaping needs is there when it is looked at first.
  const Words wait{"/bin/sh", "-c", R"(echo ready; read -r line; exec "$@")", "sh"};
  Init init(act("orphan", "first", "exit", "0") + wait + act("orphans", std::to_string(count), "50"));
  init.read_line();
  CHECK(init.read_line() == "ready");
  wait_until_all_are_gone(init);
  const Holdings before = holdings_of(init.pid());
  CHECK(before.resident > 0);

  init.write("\n");
  // Longer than the harness waits for a line.
  init.wait_until("the orphans to begin", [&] { return init.has_output() || proc::children(init.pid()).size() > 1; });
  while (!init.has_output()) ::usleep(10'000);
  CHECK(init.read_line() == "done");
  wait_until_all_are_gone(init);
  const Holdings after = holdings_of(init.pid());
  MESSAGE(count, " orphans: resident ", before.resident, " -> ", after.resident, " KiB, private dirty ", before.dirty,
          " -> ", after.dirty, " KiB, descriptors ", before.descriptors.size(), " -> ", after.descriptors.size());
  CHECK(after.resident == before.resident);
  CHECK(after.dirty == before.dirty);
  CHECK(after.descriptors == before.descriptors);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}
