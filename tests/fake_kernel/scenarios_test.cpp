// The scenarios without a fault, and with something from outside before every call.
#include <doctest/doctest.h>

#include <csignal>

#include "findings.hpp"

using fake::Findings;
using fake::Happening;
using fake::Run;
using fake::Side;
using What = fake::Happening::What;

namespace {

void check(const Run& run, Findings& findings) {
  const auto outcome = fake::perform(run);
  for (const auto& promise : broken_promises(run, outcome)) {
    findings.add(promise, run.name() + "\n" + outcome.kernel->errors());
  }
}

// `happening` before each call of every scenario, from the call `first` of init's on.
int check_early(const Happening& happening, int first, Findings& findings) {
  int runs = 0;
  for (const auto& [scenario, loop] : fake::possible_pairs()) {
    (void)fake::perform({.scenario = scenario, .loop = loop});
    const auto trace = fake::last_trace();
    for (const auto side : fake::both_sides) {
      for (int before = side == Side::parent ? first : 1; before <= trace.count_of(side); ++before) {
        check({.scenario = scenario, .loop = loop, .early = {side, before, happening}}, findings);
        ++runs;
      }
    }
  }
  return runs;
}

// Not before the first, by which init blocks its signals: the kernel has them for itself until then.
constexpr int first_safe_call = 2;

}  // namespace

TEST_CASE("every scenario keeps every promise") {
  Findings findings;
  for (const auto& [scenario, loop] : fake::possible_pairs()) check({.scenario = scenario, .loop = loop}, findings);
  findings.fail();
}

TEST_CASE("a signal that comes before any call is not lost") {
  Findings findings;
  int runs = 0;
  for (const int number : {SIGTERM, SIGWINCH, SIGCHLD}) {
    runs += check_early({.what = What::signal, .number = number}, first_safe_call, findings);
  }
  findings.fail();
  MESSAGE(runs, " runs");
  CHECK(runs > 0);
}

// Between the clone and the moment from which the kernel reaps, between that and the round of those that were dead
// before, and at any other time.
TEST_CASE("a death before any call is learned, and leaves no zombie") {
  Findings findings;
  int runs = 0;
  for (const auto& happening :
       {Happening{.what = What::main_exits, .number = 11}, Happening{.what = What::main_killed, .number = SIGKILL},
        Happening{.what = What::orphans, .number = 2}}) {
    runs += check_early(happening, 1, findings);
  }
  findings.fail();
  MESSAGE(runs, " runs");
  CHECK(runs > 0);
}
