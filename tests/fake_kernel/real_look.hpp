// What /proc shows of a process on the real kernel.
#pragma once

#include <sys/types.h>

#include <vector>

namespace fake {

std::vector<pid_t> children_of(pid_t parent);

// With no signal to take.
bool sleeps(pid_t pid);

bool is_zombie(pid_t pid);

}  // namespace fake
