// --ps=PID: one process, field by field, in words.
#pragma once

#include "inspect/output.hpp"
#include "inspect/processes.hpp"

namespace foster {

// Prints all that /proc tells of it. 0, or the errno.
int explain(Output& out, Processes& processes, pid_t pid);

}  // namespace foster
