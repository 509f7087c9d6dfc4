// --ps: every process that /proc shows, and what is to be done about the zombies among them.
#pragma once

#include "command_line/options.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// With --max-zombies only one line where more than that stay. Returns the exit status: 0,
// too_many_zombies, or exit_start_failed after a line on stderr.
int ps(const Options& options, Room& room, Report& report);

inline constexpr int too_many_zombies = 1;

}  // namespace foster
