// Whether the kernel has killed for want of memory in our cgroup.
#pragma once

#include "kernel/room.hpp"

namespace foster {

// How often, since the cgroup was made, which for a container is since its start; 0 where it cannot be known. From
// memory.events, or memory.oom_control of cgroup v1, below the usual mount. `room` is for their paths.
int count_oom_kills(PathRoom& room);

}  // namespace foster
