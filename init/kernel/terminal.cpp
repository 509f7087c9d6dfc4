#include "kernel/terminal.hpp"

#include <unistd.h>

#include "kernel/sys.hpp"

namespace foster {

Terminal find_terminal() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const auto foreground = sys::foreground_group(fd);
    if (!foreground) continue;
    const auto own = sys::group_of(0);
    if (!own || own.value() == 0 || own.value() != foreground.value()) return {};
    return {.fd = fd, .group = own.value()};
  }
  return {};
}

int give_foreground(const Terminal& terminal, pid_t group) {
  return sys::set_foreground_group(terminal.fd, group).error();
}

void take_foreground_back(const Terminal& terminal, pid_t group) {
  if (!terminal.is_ours()) return;
  const auto foreground = sys::foreground_group(terminal.fd);
  // It may fail if the terminal is gone by now: then there is nothing to give back.
  if (foreground && foreground.value() == group) (void)sys::set_foreground_group(terminal.fd, terminal.group);
}

}  // namespace foster
