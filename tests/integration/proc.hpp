// What /proc tells about a process, numbers as the test sees them from outside the new namespaces.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace proc {

struct Process {
  pid_t pid = 0;
  char state = 0;  // 'Z' is a zombie; 0: there is no such process (any more)
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
};

// "" for what cannot be read.
std::string read(pid_t pid, const std::string& name);

Process look_at(pid_t pid);

// Of its main thread, zombies included.
std::vector<pid_t> children(pid_t pid);

// The value of a line of /proc/PID/status, "" if there is none.
std::string status_field(pid_t pid, const std::string& name);

// A signal set of /proc/PID/status: SigBlk, SigIgn, SigCgt, SigPnd, ShdPnd; signal n is bit n - 1.
std::uint64_t signal_set(pid_t pid, const std::string& name);

// How often it went to sleep or was put aside: unchanged means that it did not run.
std::uint64_t context_switches(pid_t pid);

// The system call that it is blocked in.
struct Call {
  long number = -1;  // -1: it runs
  std::array<std::uint64_t, 3> arguments{};
};
Call blocked_call(pid_t pid);
long blocked_in(pid_t pid);  // its number

// Each open descriptor and what it leads to.
std::map<int, std::string> descriptors(pid_t pid);

std::string working_directory(pid_t pid);

}  // namespace proc
