// The processes below us, where we are not PID 1 and kill(-1) would reach strangers.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace foster {

// Sends `number` to every descendant of `self` that was started at since_ms or later (sys::now_ms()). Returns 0, the
// errno of one that cannot be signalled, or ENOENT where /proc does not show them.
int signal_descendants(pid_t self, int number, std::int64_t since_ms);

}  // namespace foster
