// Starts the main command: clone, the child's ordered steps, exec.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "kernel/exec.hpp"
#include "kernel/inherited.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// What is done before the command runs, in this order; all but the clone by the child.
enum class Stage : int { none, clone, clone_with_pidfd, group, disposition, mask, exec };

// Whether the child is to be held by a pidfd. Where one is required, it is that or a refused clone.
enum class Pidfd : std::uint8_t { none, if_possible, required };

struct SpawnError {
  Stage stage = Stage::none;
  int error = 0;  // errno
  [[nodiscard]] bool is_one() const { return stage != Stage::none; }
};

struct Child {
  pid_t pid = 0;
  int pidfd = -1;  // -1: none was asked for, or the kernel has none to give
};

// What is to be run, how, and what came of it.
struct Command {
  Program program;
  bool session;  // leads a session of its own, not only a process group
  Pidfd pidfd;
  int terminal;        // the descriptor of that session's terminal; -1: it has none
  int failure_status;  // of a start that fails before exec
  const Inherited& inherited;
  Report& report;
  Room& room;
  Child child{};
  // Written by a child that shares our memory; where it does not (qemu-user and valgrind make a fork of a vfork), it
  // stays as it is, and the child's exit code says as much as can be known.
  SpawnError error{};
};

// Starts `command` in a process group of its own, in the foreground if there is one to give.
// Every signal must be blocked: the child unblocks them as it execs, and what arrives before waits for it.
void spawn(Command& command);

// 127, 126 or the status of a start that failed: what init exits with after the command's error.
int exit_code_of_failure(const Command& command);

// Reports it in one line.
void report_failure(const Command& command);

}  // namespace foster
