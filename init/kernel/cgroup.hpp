// What the kernel says of our own cgroup.
#pragma once

#include "kernel/room.hpp"

namespace foster {

// Reads a file of it such as "pids.max" into `room`: in cgroup v1 of the controller's own hierarchy, below the usual
// mounts. False where it cannot be had.
bool read_cgroup_file(PathRoom& room, const char* file);

}  // namespace foster
