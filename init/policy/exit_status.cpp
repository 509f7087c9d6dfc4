#include "policy/exit_status.hpp"

#include <sys/wait.h>

#include <cerrno>

namespace foster {

bool has_ended(int wait_status) { return WIFEXITED(wait_status) || WIFSIGNALED(wait_status); }

int exit_code(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

int exit_code_of_exec_error(int error) { return error == ENOENT || error == ENOTDIR ? 127 : 126; }

}  // namespace foster
