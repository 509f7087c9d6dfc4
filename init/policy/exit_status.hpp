// From a wait status or a failed start to the number that init exits with, 0 to 255.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace foster {

// The start failed before exec: a usage error, or a system call that refused (as docker run, env and timeout have it).
inline constexpr int exit_start_failed = 125;

// A set of exit codes, 0 to 255.
class ExitCodes {
 public:
  constexpr void add(int code) { words_[word(code)] |= 1U << place(code); }
  [[nodiscard]] constexpr bool contains(int code) const { return (words_[word(code)] >> place(code) & 1U) != 0; }

 private:
  static constexpr std::size_t word(int code) { return static_cast<std::size_t>(code) / 32; }
  static constexpr unsigned place(int code) { return static_cast<unsigned>(code) % 32; }
  std::array<std::uint32_t, 8> words_{};
};

// True for the status of a process that is gone; false for one that is only stopped or continued (wait(2)).
bool has_ended(int wait_status);

// The signal that it died by, or 0, for a status that has_ended().
constexpr int signal_of_end(int wait_status) { return wait_status & 0x7f; }

// The exit code, or 128 + n for a death by signal n, as every shell has it. For a status that has_ended().
int exit_code(int wait_status);

// 127 where the command was not found (ENOENT, ENOTDIR), 126 where it is there and cannot be run.
int exit_code_of_exec_error(int error);

}  // namespace foster
