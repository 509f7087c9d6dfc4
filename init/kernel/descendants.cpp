#include "kernel/descendants.hpp"

#include <array>
#include <cerrno>
#include <climits>

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

std::int64_t ticks_of(std::string_view digits) {
  std::int64_t ticks = 0;
  for (const char digit : digits) ticks = ticks * 10 + (digit - '0');
  return ticks;
}

// Fields 4 and 22 of /proc/PID/stat (proc_pid_stat(5)). The name before them may hold anything, brackets as well, so it
// is counted from the last one.
bool look_at(pid_t pid, Process& process) {
  std::array<char, 512> room;
  std::array<char, 32> path;
  Text(path).add("/proc/").number(pid).add("/stat").add('\0');
  std::string_view rest = read_start(path.data(), room);
  const auto bracket = rest.rfind(')');
  if (bracket == std::string_view::npos) return false;
  rest.remove_prefix(bracket);  // the end of field 2
  for (int field = 2; field <= 22 && !rest.empty(); ++field) {
    const std::string_view word = take_until(rest, ' ');
    if (field == 4) process.parent = parse_number(word, INT_MAX);
    if (field == 22) process.start = ticks_of(word);
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

int signal_descendants(pid_t self, int number, std::int64_t since_ms) {
  const auto list = sys::twice([] { return sys::open_to_read("/proc"); });
  if (!list) return ENOENT;
  // Where we ourselves are not found there is nothing mounted, or nothing to be read.
  bool seen = false;
  int error = 0;
  const bool whole = for_each_number(list.value(), [&](pid_t pid) {
    Process process;
    if (!sys::twice([&] { return look_at(pid, process); })) return;
    if (pid == self) seen = true;
    if (pid == self || process.start < since_ms / tick_ms || !is_below(self, process)) return;
    const auto sent = sys::twice([&] { return sys::send_signal(pid, number); });
    if (!sent && sent.error() != ESRCH) error = sent.error();
  });
  (void)sys::close(list.value());
  return whole && seen ? error : ENOENT;
}

}  // namespace foster
