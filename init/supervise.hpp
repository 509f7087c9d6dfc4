// Wait -> event -> step -> perform, until the policy says exit. Every effect of the running init, and no decision.
#pragma once

#include "kernel/report.hpp"
#include "policy/policy.hpp"

namespace foster {

// Runs until the main command has ended; returns init's exit status. Every signal must be blocked.
int supervise(State& state, Report& report);

}  // namespace foster
