#include "kernel/descendants.hpp"

#include <array>
#include <cerrno>

#include "kernel/directory.hpp"
#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

constexpr int tick_ms = 10;  // of the clock that user space is shown, on every architecture that foster is built for

struct Process {
  pid_t parent = 0;
  std::int64_t start = 0;  // clock ticks since the boot
};

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

// Fields 4 and 22 of /proc/PID/stat (proc_pid_stat(5)). The name before them may hold anything, brackets as well, so it
// is counted from the last one.
bool look_at(pid_t pid, Process& process) {
  std::array<char, 512> room;
  std::string_view rest = read_process_file(pid, "/stat", room);
  std::size_t bracket = rest.size();
  while (bracket > 0 && rest[bracket - 1] != ')') --bracket;
  if (bracket == 0) return false;
  rest.remove_prefix(bracket);  // behind field 2
  for (int field = 2; field <= 22 && !rest.empty(); ++field) {
    const auto number = number_of(take_until(rest, ' '));
    if (field == 4) process.parent = static_cast<pid_t>(number);
    if (field == 22) process.start = number;
  }
  return true;
}

// Its parents are followed up to us; a chain longer than any that is sane has changed while it was read.
bool is_below(pid_t self, Process process) {
  for (int steps = 0; steps < 1000 && process.parent > 1; ++steps) {
    if (process.parent == self) return true;
    if (!look_at(process.parent, process)) return false;
  }
  return process.parent == self;
}

}  // namespace

// Not inlined: the room for the list would be part of a frame that stays.
[[gnu::noinline]] int signal_descendants(pid_t self, int number, std::int64_t since_ms) {
  const auto list = sys::twice([] { return sys::open_to_read("/proc"); });
  if (!list) return ENOENT;
  // Where we ourselves are not found there is nothing mounted, or nothing to be read.
  bool seen = false;
  int error = 0;
  Numbers processes(list.value());
  for (pid_t pid = processes.next(); pid >= 0; pid = processes.next()) {
    Process process;
    if (!sys::twice([&] { return look_at(pid, process); })) continue;
    if (pid == self) seen = true;
    if (pid == self || process.start < since_ms / tick_ms || !is_below(self, process)) continue;
    const auto sent = sys::twice([&] { return sys::send_signal(pid, number); });
    if (!sent && sent.error() != ESRCH) error = sent.error();
  }
  (void)sys::close(list.value());
  return processes.are_whole() && seen ? error : ENOENT;
}

}  // namespace foster
