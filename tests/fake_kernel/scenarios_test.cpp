// The scenarios without a fault, and with a signal from outside before every call.
#include <doctest/doctest.h>

#include <csignal>

#include "findings.hpp"

using fake::Findings;
using fake::Run;

namespace {

void check(const Run& run, Findings& findings) {
  const auto outcome = fake::perform(run);
  for (const auto& promise : broken_promises(run, outcome)) {
    findings.add(promise, run.name() + "\n" + outcome.kernel->errors());
  }
}

// Not before the first, by which init blocks its signals: the kernel has them for itself until then.
constexpr int first_safe_call = 2;

}  // namespace

TEST_CASE("every scenario keeps every promise") {
  Findings findings;
  for (const auto& loop : fake::loops()) {
    for (const auto& scenario : fake::scenarios()) check({.scenario = scenario, .loop = loop}, findings);
  }
  findings.fail();
}

TEST_CASE("a signal that comes before any call is not lost") {
  Findings findings;
  int runs = 0;
  for (const auto& loop : fake::loops()) {
    for (const auto& scenario : fake::scenarios()) {
      (void)fake::perform({.scenario = scenario, .loop = loop});
      const auto trace = fake::last_trace();
      for (const auto side : fake::both_sides) {
        const int first = side == fake::Side::parent ? first_safe_call : 1;
        for (int before = first; before <= trace.count_of(side); ++before) {
          for (const int number : {SIGTERM, SIGWINCH, SIGCHLD}) {
            const fake::Happening happening{.what = fake::Happening::What::signal, .number = number};
            check({.scenario = scenario, .loop = loop, .early = {side, before, happening}}, findings);
            ++runs;
          }
        }
      }
    }
  }
  findings.fail();
  MESSAGE(runs, " runs");
  CHECK(runs > 0);
}
