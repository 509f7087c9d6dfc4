#include "kernel/descendants.hpp"

#include <cerrno>

#include "kernel/directory.hpp"
#include "kernel/process_stat.hpp"
#include "kernel/sys.hpp"

namespace foster {

namespace {

// Its parents are followed up to us; a chain longer than any that is sane has changed while it was read.
bool is_below(pid_t self, ProcessStat& stat) {
  for (int steps = 0; steps < 1000 && stat.parent() > 1; ++steps) {
    if (stat.parent() == self) return true;
    if (read_stat(stat.parent(), stat) != 0) return false;
  }
  return stat.parent() == self;
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
    ProcessStat stat;
    if (!sys::twice([&] { return read_stat(pid, stat) == 0; })) continue;
    if (pid == self) seen = true;
    if (pid == self || stat.fields[ProcessStat::start] < since_ms / tick_ms || !is_below(self, stat)) continue;
    const auto sent = sys::twice([&] { return sys::send_signal(pid, number); });
    if (!sent && sent.error() != ESRCH) error = sent.error();
  }
  (void)sys::close(list.value());
  return processes.error() == 0 && seen ? error : ENOENT;
}

}  // namespace foster
