// The same run on the real kernel: the program becomes PID 1 of a new PID namespace, and its calls leave the same
// trace.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "run.hpp"

namespace fake {

struct Seen {
  int number;
  int value;  // 0 unless it was queued
  auto operator<=>(const Seen&) const = default;
};

struct RealOutcome {
  int wait_status = 0;
  std::vector<Seen> seen{};  // by the main command, of the signals that it catches
  std::string errors{};
};

// Empty if it can be done here, else why not.
std::string why_not_real(const Scenario& scenario, const Loop& loop);

// Throws what went wrong in the harness itself, a time limit among it.
RealOutcome perform_on_real_kernel(const Run& run, Trace& trace);

// In memory that stays shared over a fork; lives as long as the program.
Trace& shared_trace();

}  // namespace fake
