// Wait -> event -> step -> perform, until the policy says exit. Every effect of the running init, and no decision.
#pragma once

#include "effects.hpp"
#include "kernel/report.hpp"
#include "policy/policy.hpp"

namespace foster {

// Runs until the container is to end; returns init's exit status. Every signal must be blocked.
int supervise(State& state, const Means& means, Report& report);

}  // namespace foster
