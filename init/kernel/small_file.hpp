// Files of /proc and its like, which are short.
#pragma once

#include <sys/types.h>

#include <span>

#include "kernel/sys.hpp"

namespace foster {

// The beginning of the file, as much as one read brings into `room` with a NUL behind it: how many bytes. An empty text
// where it cannot be had. The path may stand in the same room: the file is open before it is read.
sys::Result<std::size_t> read_file(const char* path, std::span<char> room);

// A file below /proc/PID, or a folder.
sys::Result<int> open_process_file(pid_t pid, const char* name);

// The same of a file below /proc/PID.
sys::Result<std::size_t> read_process_file(pid_t pid, const char* name, std::span<char> room);

// The number behind `name` at the beginning of one of the lines; 0 where it is in none.
std::int64_t number_in(const char* lines, const char* name, unsigned base = 10);

// The number that stands at the beginning of `text`, behind blanks; 0 if there is none.
std::int64_t number_at(const char* text, unsigned base = 10);

}  // namespace foster
