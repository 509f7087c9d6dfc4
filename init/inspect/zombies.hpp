// Why a zombie is still there, and what removes it.
#pragma once

#include "inspect/output.hpp"
#include "inspect/processes.hpp"

namespace foster {

// Looks at them a second time, and adds a line for each: cause and cure. Nothing where there are none.
void add_zombies(Output& out, Processes& processes);

// The line for one.
void add_zombie(Output& out, const Processes& processes, const Process& zombie);

}  // namespace foster
