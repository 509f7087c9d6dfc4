// The processes as people read them: a summary, and a row for each.
#pragma once

#include "inspect/output.hpp"
#include "inspect/processes.hpp"
#include "kernel/room.hpp"

namespace foster {

// "Tasks: ...", and the cgroup's limit for them where there is one. `path` is room for paths.
void add_summary(Output& out, const Processes& processes, PathRoom& path);

// In the order of their numbers; below their parents where they are linked.
void add_table(Output& out, const Processes& processes);

}  // namespace foster
