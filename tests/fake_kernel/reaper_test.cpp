// Who reaps: what --reap=kernel is refused for, and what --reap=auto falls back from.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "run.hpp"

using fake::Call;
using fake::End;
using fake::Fault;
using fake::Loop;
using fake::Run;

namespace {

const Loop& loop_of(const std::vector<std::string>& options) {
  return *std::ranges::find(fake::loops(), options, &Loop::options);
}

constexpr std::array probe{Call::open_process, Call::can_tell_exit,        Call::send_signal_by,
                           Call::open_signals, Call::wait_signals_or_exit, Call::ignore_signal};

bool is_in_probe(Call call) { return std::ranges::find(probe, call) != probe.end(); }

// Nobody there to get a signal is an answer, not a refusal.
bool is_answer(Call call, int error) { return call == Call::send_signal_by && error == ESRCH; }

// Calls check(run) with a fault for each step of the probe that init takes behind its first call of `from` (the very
// first call of all: from the start) and before the next one of `to`, for each of its errors, once and for ever.
template <class Check>
int refuse_each(const Loop& loop, Call from, Call to, Check check) {
  int runs = 0;
  (void)fake::perform({.scenario = fake::story(), .loop = loop});
  const fake::Trace trace = fake::last_trace();
  bool is_behind = from == Call::set_signal_mask;
  for (int at = 1; at <= trace.count_of(fake::Side::parent); ++at) {
    const Call call = trace.entry(fake::Side::parent, at).call;
    if (is_behind && call == to) break;
    is_behind = is_behind || call == from;
    if (!is_behind || !is_in_probe(call)) continue;
    for (const int error : errors_of(call)) {
      if (is_answer(call, error)) continue;
      for (const bool stays : {false, true}) {
        const Fault fault{.at = at, .error = error, .stays = stays};
        check(Run{.scenario = fake::story(), .loop = loop, .fault = fault});
        ++runs;
      }
    }
  }
  return runs;
}

void check_refusal(const Run& run, const std::string& words) {
  const auto outcome = fake::perform(run);
  const std::string& errors = outcome.kernel->errors();
  CAPTURE(run.name());
  CAPTURE(errors);
  CHECK(outcome.end == End::exited);
  CHECK(outcome.kernel->exit_status() == 125);
  CHECK_FALSE(outcome.kernel->command_ran());
  if (run.scenario.stderr_closed) return;
  CHECK(errors.starts_with("foster: "));
  CHECK(std::ranges::count(errors, '\n') == 1);
  CHECK(errors.find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("where the kernel can reap, it does, unless init is to") {
  for (const auto& loop : fake::loops()) {
    const auto outcome = fake::perform({.scenario = fake::story(), .loop = loop});
    CAPTURE(loop.name);
    CHECK(outcome.kernel->reaps() == (loop.options != std::vector<std::string>{"--reap=init"}));
  }
}

TEST_CASE("where the kernel reaps, orphans cost no call") {
  const auto calls = [](const char* name) {
    const auto& scenario = *std::ranges::find(fake::scenarios(), name, &fake::Scenario::name);
    (void)fake::perform({.scenario = scenario, .loop = loop_of({"--reap=kernel"})});
    return fake::last_trace().count_of(fake::Side::parent);
  };
  CHECK(calls("300 orphans") == calls("plain exit"));
}

TEST_CASE("where the kernel cannot reap, --reap=kernel is refused in one line, before the command runs") {
  for (const auto& [scenario, loop] : fake::refused_pairs()) {
    check_refusal({.scenario = scenario, .loop = loop}, scenario.needs_init);
  }
  CHECK_FALSE(fake::refused_pairs().empty());
}

TEST_CASE("--reap=kernel is refused when a step of the probe is, and the line says which") {
  const int runs = refuse_each(loop_of({"--reap=kernel"}), Call::set_signal_mask, Call::clone_sharing_memory,
                               [](const Run& run) { check_refusal(run, "--reap=kernel is not possible: cannot "); });
  CHECK(runs > 0);
}

TEST_CASE("whichever step of the probe is refused, init reaps, without a word, and nothing is left of the probe") {
  const int runs = refuse_each(loop_of({}), Call::clone_sharing_memory, Call::reap, [](const Run& run) {
    const auto outcome = fake::perform(run);
    CAPTURE(run.name());
    CHECK(outcome.end == End::exited);
    CHECK(outcome.kernel->exit_status() == 42);
    CHECK_FALSE(outcome.kernel->reaps());
    CHECK(outcome.kernel->needless_descriptors().empty());
    CHECK(outcome.kernel->errors().empty());
  });
  CHECK(runs > 0);
}

TEST_CASE("where a clone with a pidfd is refused, init reaps without one") {
  for (const auto& [scenario, loop] : fake::possible_pairs()) {
    if (scenario.refused_clones == 0) continue;
    const Run run{.scenario = scenario, .loop = loop};
    const auto outcome = fake::perform(run);
    CAPTURE(run.name());
    CHECK_FALSE(outcome.kernel->reaps());
  }
}
