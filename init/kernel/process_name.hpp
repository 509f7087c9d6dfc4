// What a process is called, as far as it can be read: /proc may not be there.
#pragma once

#include <sys/types.h>

#include <array>

namespace foster {

// The kernel's 15 bytes (TASK_COMM_LEN), with room for a newline.
using ProcessName = std::array<char, 17>;

// As in /proc/PID/comm, without its newline; empty where it cannot be read.
void read_name(pid_t pid, ProcessName& name);

}  // namespace foster
