// What /proc tells of processes and their terminals, besides tests/integration/proc.hpp.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace looks {

// The group in the foreground of the terminal that this process has.
pid_t foreground_of(pid_t pid);

bool is_in_foreground(pid_t pid);

// State T.
bool is_stopped(pid_t pid);

// It sleeps, and no signal is pending.
bool is_at_rest(pid_t pid);

// In clock ticks (sysconf(_SC_CLK_TCK) to the second), at user and at system level.
long processor_time(pid_t pid);

// How often it went to sleep by itself.
std::uint64_t sleeps(pid_t pid);

// A process and all below it, those nearer to it first.
std::vector<pid_t> family(pid_t pid);

std::string name_of(pid_t pid);

}  // namespace looks
