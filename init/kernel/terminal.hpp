// The foreground of the controlling terminal: handed to the command's group, and taken back at the end.
#pragma once

#include <sys/types.h>

namespace foster {

struct Terminal {
  int fd = -1;      // 0, 1 or 2; -1: there is none whose foreground is ours to give
  pid_t group = 0;  // our own process group
  [[nodiscard]] bool is_ours() const { return fd >= 0; }
};

// Looks at descriptors 0, 1 and 2 for our controlling terminal with our group in its foreground. Numbers of 0 mean
// that both are outside the namespace, which proves nothing (ioctl_tty(2)).
Terminal find_terminal();

// Gives the foreground to `group`, in the child before exec. Returns 0 or the errno.
int give_foreground(const Terminal& terminal, pid_t group);

// Takes the foreground back if `group` still holds it: a shell above us would read from a terminal it does not have.
void take_foreground_back(const Terminal& terminal, pid_t group);

}  // namespace foster
