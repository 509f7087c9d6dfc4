// One process, as /proc shows it.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernel/process_stat.hpp"

namespace foster {

struct Process {
  // Besides the kernel's own letters: somebody else's, which may not be read (hidepid); and a process whose first
  // thread has ended while others live, which the kernel shows as a zombie, too.
  static constexpr char unreadable = '?';
  static constexpr char leader_dead = 'L';
  static constexpr char zombie = 'Z';
  static constexpr char gone = 'X';

  ProcessStat stat;
  std::int64_t user = 0;
  std::int64_t tracer = 0;
  std::int64_t memory_kib = 0;
  std::int64_t handled = 0;  // signals, as a set
  std::size_t command_bytes = 0;
  std::array<char, 264> command;  // more than Text::escaped() shows; a blank behind each word

  // The tree: see Processes::link().
  Process* above = nullptr;
  Process* below = nullptr;  // the first of them
  Process* next = nullptr;   // of the same parent
};

// False if there is no such process (any more).
bool read_process(pid_t pid, Process& process);

}  // namespace foster
