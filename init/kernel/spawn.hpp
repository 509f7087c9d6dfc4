// Starts the main command: clone, the child's ordered steps, exec.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "kernel/inherited.hpp"
#include "kernel/listen_pid.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// What is done before the command runs, in this order; all but the clone by the child.
enum class Stage : int { none, clone, clone_with_pidfd, group, terminal, disposition, mask, exec };

// What is to be run, and how. It must outlive the use of the environment.
struct Command {
  char** words;  // as for execute_command
  char** environment;
  bool session;        // leads a session of its own, not only a process group
  int terminal;        // the descriptor of that session's terminal; -1: it has none
  int failure_status;  // of a start that fails before exec
  ListenPid listen_pid{};
};

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

// Starts `command` in a process group of its own, in the foreground if there is one to give.
// Every signal must be blocked: the child unblocks them as it execs, and what arrives before waits for it.
Spawned spawn(Command& command, const Inherited& inherited, Pidfd pidfd, Report& report, PathRoom& room);

// 127, 126 or `failure_status`: what init exits with after this error.
int exit_code_of(const SpawnError& error, int failure_status);

// Reports it in one line.
void report_spawn_error(Report& report, const SpawnError& error, const Command& command);

}  // namespace foster
