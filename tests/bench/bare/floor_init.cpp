// The limit of what an init can be that reaps by itself: it waits for a signal, reaps or forwards, and waits again.
#include "floor.hpp"

namespace {

void reap(long child) {
  int status = 0;
  for (long pid = 0; (pid = call(SYS_wait4, -1, &status, 1L /* WNOHANG */, 0L)) > 0;) {
    if (pid == child) leave_with(status);
  }
}

}  // namespace

void bare_main(char** stack) {
  Command command = read_command(stack);
  const long child = start(command, 0, nullptr);
  for (;;) {
    siginfo_t info{};
    const long number = wait_for_signal(&info);
    if (number == SIGCHLD) {
      reap(child);
    } else if (number > 0) {
      forward(child, info);
    }
  }
}
