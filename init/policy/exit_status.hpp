// From a wait status or a failed start to the number that init exits with, 0 to 255.
#pragma once

namespace foster {

// The start failed before exec: a usage error, or a system call that refused (as docker run, env and timeout have it).
inline constexpr int exit_start_failed = 125;

// True for the status of a process that is gone; false for one that is only stopped or continued (wait(2)).
bool has_ended(int wait_status);

// The exit code, or 128 + n for a death by signal n, as every shell has it. For a status that has_ended().
int exit_code(int wait_status);

// 127 where the command was not found (ENOENT, ENOTDIR), 126 where it is there and cannot be run.
int exit_code_of_exec_error(int error);

}  // namespace foster
