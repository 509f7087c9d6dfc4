// Files of /proc and its like, which are short.
#pragma once

#include <sys/types.h>

#include <span>
#include <string_view>

namespace foster {

// The beginning of the file, as much as one read brings into `room`; without data if it cannot be had.
std::string_view read_start(const char* path, std::span<char> room);

// The same of a file below /proc/PID.
std::string_view read_process_file(pid_t pid, const char* name, std::span<char> room);

}  // namespace foster
