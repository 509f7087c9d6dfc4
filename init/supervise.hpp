// Wait -> event -> step -> perform, until the policy says exit. Every effect of the running init, and no decision.
#pragma once

#include "kernel/report.hpp"
#include "kernel/room.hpp"
#include "policy/policy.hpp"

namespace foster {

// Runs until the main command has ended; returns init's exit status. Every signal must be blocked. With the main
// command's pidfd (-1: none) the kernel reaps, if it can; if it `must` and cannot, that is reported. `room` is for
// signals.
int supervise(State& state, int pidfd, bool must, Report& report, std::span<signalfd_siginfo> room);

}  // namespace foster
