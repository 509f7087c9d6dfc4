#include "inspect/process.hpp"

#include <cerrno>

#include "kernel/small_file.hpp"
#include "text.hpp"

namespace foster {

namespace {

void parse_status(const char* lines, Process& process) {
  process.user = number_in(lines, "Uid:");  // the real one comes first
  process.tracer = number_in(lines, "TracerPid:");
  process.memory_kib = number_in(lines, "VmRSS:");  // one of the kernel's own threads has none
  process.handled = number_in(lines, "SigCgt:", 16);
}

// Each ends with a NUL.
void separate_words(Process& process, std::size_t bytes) {
  char* const command = process.command.data();
  process.command_bytes = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    if (command[i] != '\0') process.command_bytes = i + 1;
    if (command[i] == '\0') command[i] = ' ';
  }
}

}  // namespace

bool read_process(pid_t pid, Process& process) {
  const int error = read_stat(pid, process.stat);
  if (error != 0) {
    process.stat.state = Process::unreadable;
    return error != ENOENT && error != ESRCH;
  }
  std::array<char, 2560> room;  // all up to the signals, and many groups
  const auto status = read_process_file(pid, "/status", room);
  const auto command = read_process_file(pid, "/cmdline", process.command);
  if (!status || !command || process.stat.state == Process::gone) return false;
  parse_status(room.data(), process);
  separate_words(process, command.value());
  if (process.stat.state == Process::zombie && process.stat.fields[ProcessStat::threads] > 1)
    process.stat.state = Process::leader_dead;
  return true;
}

}  // namespace foster
