#include "policy/exit_status.hpp"

#include <sys/wait.h>

#include <cerrno>

namespace foster {

bool has_ended(int wait_status) { return WIFEXITED(wait_status) || WIFSIGNALED(wait_status); }

// Not inlined: it is asked for in many places.
[[gnu::noinline]] int signal_of_end(int wait_status) { return WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0; }

int exit_code(int wait_status) {
  const int signal = signal_of_end(wait_status);
  return signal != 0 ? 128 + signal : WEXITSTATUS(wait_status);
}

int exit_code_of_exec_error(int error) { return error == ENOENT || error == ENOTDIR ? 127 : 126; }

}  // namespace foster
