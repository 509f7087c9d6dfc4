// Every call of every scenario fails: once, and from then on, with every errno that it can answer.
#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "findings.hpp"
#include "sanitized.hpp"

using fake::both_sides;
using fake::Fault;
using fake::Findings;
using fake::is_sanitized;
using fake::last_trace;
using fake::Loop;
using fake::Run;
using fake::Scenario;
using fake::Side;

namespace {

using Clock = std::chrono::steady_clock;

// Per second of the simulated clock: what the scenario takes without a fault where init reaps, and something for every
// retry.
int most_calls(int calls) { return 3 * calls + 100; }

// Where descriptors can neither be closed together nor listed, each number is tried.
int most_closes(const Scenario& scenario) {
  constexpr int descriptor_limit = 1024;
  return scenario.proc == fake::Proc::mounted ? 0 : descriptor_limit;
}

class Matrix {
 public:
  Matrix(const Scenario& scenario, const Loop& loop, Findings& findings)
      : scenario_(scenario), loop_(loop), findings_(findings) {
    // A fault may leave init to reap, which takes the most calls.
    (void)fake::perform({.scenario = scenario, .loop = fake::loops().front()});
    for (const Side side : both_sides) calls_ += last_trace().count_of(side);
    (void)fake::perform({.scenario = scenario, .loop = loop});
    for (const Side side : both_sides) {
      const int count = last_trace().count_of(side);
      for (int at = 1; at <= count; ++at) {
        if (!is_sanitized || !is_amid_likes(side, at)) places_.push_back({side, at, last_trace().entry(side, at).call});
      }
    }
  }

  int run() {
    int runs = 0;
    for (const auto& place : places_) {
      for (const int error : fake::errors_of(place.call)) {
        for (const bool stays : {false, true}) {
          run_once({.side = place.side, .at = place.at, .error = error, .stays = stays});
          ++runs;
        }
      }
    }
    return runs;
  }

 private:
  struct Place {
    Side side;
    int at;
    fake::Call call;
  };

  // In the middle of a long row of the same calls, with more to come. The sanitizers are about memory, and slow: they
  // are spared these. Elsewhere every call is tried.
  static bool is_amid_likes(Side side, int at) {
    constexpr int near = 3;
    const fake::Trace& trace = last_trace();
    if (at <= near || at + near > trace.count_of(side)) return false;
    for (int other = at - near; other <= at + near; ++other) {
      if (trace.entry(side, other).call != trace.entry(side, at).call) return false;
    }
    return true;
  }

  void run_once(const Fault& fault) {
    const Run run{.scenario = scenario_,
                  .loop = loop_,
                  .fault = fault,
                  .calls_a_second = most_calls(calls_) + most_closes(scenario_)};
    const auto broken = broken_promises(run, fake::perform(run));
    const auto call = last_trace().entry(fault.side, fault.at).call;
    const std::string kind = std::string(name_of(call)) + " fails " + (fault.stays ? "from then on: " : "once: ");
    for (const auto& promise : broken) findings_.add(kind + promise, run.name());
  }

  const Scenario& scenario_;
  const Loop& loop_;
  Findings& findings_;
  int calls_ = 0;
  std::vector<Place> places_;
};

}  // namespace

TEST_CASE("no single fault, and none that stays, breaks a promise") {
  int runs = 0;
  Findings findings;
  const auto start = Clock::now();
  for (const auto& [scenario, loop] : fake::possible_pairs()) runs += Matrix(scenario, loop, findings).run();
  const std::chrono::duration<double> seconds = Clock::now() - start;
  findings.fail();
  MESSAGE(runs, " runs, ", static_cast<int>(runs / seconds.count()), " a second");
  CHECK(runs > 0);
}
