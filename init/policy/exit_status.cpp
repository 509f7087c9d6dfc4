#include "policy/exit_status.hpp"

#include <sys/wait.h>

#include <cerrno>

namespace foster {

// Of a stop, and of going on, the lowest seven bits are set.
bool has_ended(int wait_status) { return signal_of_end(wait_status) != 0x7f; }

int exit_code(int wait_status) {
  const int signal = signal_of_end(wait_status);
  return signal != 0 ? 128 + signal : WEXITSTATUS(wait_status);
}

int exit_code_of_exec_error(int error) { return error == ENOENT || error == ENOTDIR ? 127 : 126; }

}  // namespace foster
