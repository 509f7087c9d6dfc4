// A simulation that nobody checks tests its author's beliefs: the same scenarios on the real kernel leave the same
// trace.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <iostream>
#include <sstream>

#include "real.hpp"

using fake::Call;
using fake::Entry;
using fake::Run;
using fake::Side;
using fake::Trace;

namespace {

// What timing may change: how often init is told of its children (SIGCHLD coalesces, and comes once more for a child
// that was reaped in the round before), how often it looks for them in vain, and how often it looks whether the child
// of a fork has come to its exec; and whether a signal comes before a time limit runs out. Nothing else: every other
// call is there, in its order, with its outcome.
bool is_a_matter_of_time(const Entry& entry) {
  const bool looks = entry.call == Call::reap || entry.call == Call::reap_with_waitid ||
                     entry.call == Call::find_dead_child || entry.call == Call::wait_readable ||
                     entry.call == Call::is_stopped;
  // How much of a folder comes at once depends on what else is in it.
  if (entry.call == Call::list_directory && entry.outcome > 0) return true;
  return (looks && entry.outcome == 0) ||
         (entry.call == Call::wait_signal && (entry.outcome == SIGCHLD || entry.outcome == -EAGAIN));
}

// A child that has said why it failed is ended with init, before its write or after. Where the kernel reaps, a main
// command that has just been sent a signal may be gone when it is looked for.
std::string outcome_of(const Entry& entry, Side side, bool kernel_reaps) {
  const bool is_found_or_gone = entry.outcome == 1 || entry.outcome == -ESRCH;
  if (kernel_reaps && entry.call == Call::group_of && is_found_or_gone) return "found or gone";
  if (side == Side::child && entry.call == Call::write) return "either";
  if (entry.outcome == fake::did_not_return) return "does not return";
  return entry.outcome < 0 ? ::strerrorname_np(-entry.outcome) : std::to_string(entry.outcome);
}

// One line for each call, and how often it was made in a row.
std::string text_of(const Trace& trace, Side side, bool kernel_reaps) {
  std::ostringstream text;
  std::string last;
  int times = 0;
  const auto write_last = [&] {
    const bool counts = times > 1 && !last.ends_with("gone");
    if (times > 0) text << last << (counts ? ", " + std::to_string(times) + " times\n" : "\n");
    times = 0;
  };
  for (int at = 1; at <= trace.count_of(side); ++at) {
    const Entry& entry = trace.entry(side, at);
    if (is_a_matter_of_time(entry)) continue;
    const std::string line = std::string(name_of(entry.call)) + " = " + outcome_of(entry, side, kernel_reaps);
    if (line != last) write_last();
    last = line;
    ++times;
  }
  write_last();
  return text.str();
}

// Sorted: of signals that wait together, the one that comes first is not the one whose handler ends first.
std::vector<fake::Seen> sorted(std::vector<fake::Seen> seen) {
  std::ranges::sort(seen);
  return seen;
}

std::vector<fake::Seen> caught(const Run& run, const fake::Outcome& outcome) {
  const auto& does = run.scenario.does;
  std::vector<fake::Seen> all;
  for (const auto& info : outcome.kernel->seen()) {
    const bool is_caught =
        info.si_signo == does.exits_on || std::ranges::find(does.catches, info.si_signo) != does.catches.end();
    if (is_caught) all.push_back({info.si_signo, info.si_code == SI_QUEUE ? info.si_value.sival_int : 0});
  }
  return all;
}

void compare_both(const Run& run) {
  const auto simulated = fake::perform(run);
  Trace& real_trace = fake::shared_trace();
  const bool kernel_reaps = simulated.kernel->reaps();
  const auto real = fake::perform_on_real_kernel(run, real_trace);
  CAPTURE(run.name());
  CAPTURE(real.errors);
  for (const auto side : fake::both_sides) {
    CHECK_EQ(text_of(real_trace, side, kernel_reaps), text_of(fake::last_trace(), side, kernel_reaps));
  }
  REQUIRE(WIFEXITED(real.wait_status));
  CHECK_EQ(WEXITSTATUS(real.wait_status), simulated.kernel->exit_status());
  CHECK(sorted(real.seen) == sorted(caught(run, simulated)));
}

// One that does not come to its end is not the end of the others.
void compare(const Run& run) {
  try {
    compare_both(run);
  } catch (const std::exception& trouble) {
    FAIL_CHECK(run.name(), ": ", trouble.what());
  }
}

int compare_each_fault(const fake::Scenario& scenario, const fake::Loop& loop) {
  int compared = 0;
  (void)fake::perform({.scenario = scenario, .loop = loop});
  const auto trace = fake::last_trace();
  for (const auto side : fake::both_sides) {
    for (int at = 1; at <= trace.count_of(side); ++at) {
      compare({.scenario = scenario, .loop = loop, .fault = {.side = side, .at = at, .error = EPERM}});
      ++compared;
    }
  }
  return compared;
}

}  // namespace

TEST_CASE("both kernels leave the same trace") {
  int compared = 0;
  for (const auto& [scenario, loop] : fake::possible_pairs()) {
    if (const auto why = fake::why_not_real(scenario, loop); !why.empty()) {
      std::cout << "skipped: " << scenario.name << ", " << loop.name << ", on the real kernel: " << why << std::endl;
      continue;
    }
    compare({.scenario = scenario, .loop = loop});
    ++compared;
  }
  MESSAGE(compared, " scenarios compared");
}

// What follows from an error is the same on both as well.
TEST_CASE("both kernels leave the same trace when a call fails") {
  int compared = 0;
  for (const auto* const story : {&fake::steady_story(), &fake::waiting_story()}) {
    for (const auto& loop : fake::loops()) {
      // Where it is not, the test above has said so.
      if (fake::why_not_real(*story, loop).empty()) compared += compare_each_fault(*story, loop);
    }
  }
  MESSAGE(compared, " runs compared");
}
