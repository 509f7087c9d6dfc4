// Starts the main command: clone, the child's ordered steps, exec.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "kernel/inherited.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// What is done before the command runs, in this order; all but the clone by the child.
enum class Stage : int { none, clone, clone_with_pidfd, group, terminal, disposition, mask, exec };

struct SpawnError {
  Stage stage = Stage::none;
  int error = 0;  // errno
  [[nodiscard]] bool is_one() const { return stage != Stage::none; }
};

struct Child {
  pid_t pid = 0;
  int pidfd = -1;  // -1: none was asked for, or the kernel has none to give
};

// Whether the child is to be held by a pidfd. Where one is required, it is that or a refused clone.
enum class Pidfd : std::uint8_t { none, if_possible, required };

struct Spawned {
  Child child;
  SpawnError error;
};

// Starts `command` (as for execute_command) in a process group of its own, in the foreground if there is one to give.
// Every signal must be blocked: the child unblocks them as it execs, and what arrives before waits for it.
Spawned spawn(char** command, char* const* environment, const Inherited& inherited, Pidfd pidfd, Report& report,
              PathRoom& room);

// 127, 126 or 125: what init exits with after this error.
int exit_code_of(const SpawnError& error);

// Reports it in one line.
void report_spawn_error(Report& report, const SpawnError& error, char** command, char* const* environment);

}  // namespace foster
