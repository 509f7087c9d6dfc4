// /proc/PID/stat, taken apart.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>

namespace foster {

// Of the clock that user space is shown, on every architecture that foster is built for.
inline constexpr int tick_ms = 10;

struct ProcessStat {
  // By their numbers in proc_pid_stat(5). Times are in ticks, `start` since the boot.
  enum Field { parent_pid = 4, group, session, flags = 9, user_time = 14, system_time, threads = 20, start = 22 };

  pid_t pid = 0;
  char state = 0;
  std::array<char, 35> name{};  // ends with a NUL; the kernel's own threads have names of more than 15 bytes
  std::array<std::int64_t, start + 1> fields{};  // what is below zero is 0 here: nobody needs it

  [[nodiscard]] pid_t parent() const { return static_cast<pid_t>(fields[parent_pid]); }
};

// 0, or the errno; what is no such file counts as a process that is gone.
int read_stat(pid_t pid, ProcessStat& stat);

// False if `text` is not the whole of it, as far as it is needed.
bool parse_stat(const char* text, ProcessStat& stat);

}  // namespace foster
