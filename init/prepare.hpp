// What the options ask of init itself before the command starts, and while it runs.
#pragma once

#include <sys/types.h>

#include "command_line/options.hpp"
#include "kernel/inherited.hpp"
#include "kernel/report.hpp"
#include "kernel/spawn.hpp"
#include "policy/policy.hpp"

namespace foster {

// What only PID 1 can do is refused, or, asked for by a variable, left. Child subreaper and parent-death signal, as
// asked for. False, and a line on stderr, if one cannot be had.
bool prepare(Options& options, pid_t self, Report& report);

// Whether the main command is to be held by a pidfd, so that the kernel can reap. False, and a line on stderr, if
// --reap=kernel cannot be had.
bool choose_pidfd(const Options& options, const Inherited& inherited, Report& report, Pidfd& pidfd);

}  // namespace foster
